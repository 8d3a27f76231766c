"""`steadily help` and `steadily helplines check`: where to find help, and the list for a person who calls the numbers."""

from __future__ import annotations

import os
from typing import Annotated

import typer
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from steadily.safety.helplines import KINDS, TRACES, UNCALLED, Helpline, countries, helplines, to_check

WIDTH = 84
INDENT = (0, 0, 0, 2)
lines = typer.Typer(name="helplines", help="The list of helplines, for whoever keeps it.", no_args_is_help=True)


def help_(
    country: Annotated[
        str | None, typer.Option("--country", metavar="XX", help="A code such as GB, or a name such as Ireland.")
    ] = None,
) -> None:
    """Show whom to call or write to, in the country that you choose. Works offline; nothing is kept."""
    console = Console(highlight=False)
    console.width = min(console.width, WIDTH)
    if country is None:
        _choose(console)
        return
    found = helplines(country)
    console.print()
    console.print(Text(found[0].country, style="bold"))
    if all(one.kind != "emergency" for one in found):
        console.print("In an emergency call the number that you know; there is no checked one for this country here.")
    for kind, title in KINDS.items():
        for place, one in enumerate([one for one in found if one.kind == kind]):
            if place == 0:
                console.print()
                console.print(Text(title, style="bold"))
            _show(console, one)
    console.print()
    console.print(f"{UNCALLED} {TRACES}")


def _choose(console: Console) -> None:
    console.print()
    console.print("Choose a country: steadily help --country XX. Nothing is looked up, and the choice is not kept.")
    console.print()
    for iso, name in countries().items():
        console.print(Padding(f"{iso}  {name}", INDENT))


def _show(console: Console, one: Helpline) -> None:
    console.print(Padding(Text(one.name), INDENT))
    reach = [part for part in (one.dial, one.text_chat, one.url) if part]
    console.print(Padding(Text(" · ".join(reach), style="bold"), (0, 0, 0, 4)))
    console.print(Padding(f"{one.answers} · for {one.for_whom}", (0, 0, 0, 4)))
    if one.tell:
        console.print(Padding(one.tell, (0, 0, 0, 4)))
    console.print(Padding(Text(f"{one.known}; in our list as of {one.checked.isoformat()}", style="dim"), (0, 0, 0, 4)))


@lines.command()
def check() -> None:
    """List every line for a person with a phone: the ones checked longest ago first, with what to find out."""
    for one in to_check():
        due = "DUE" if one.is_stale else "ok"
        reach = " · ".join(part for part in (one.dial, one.text_chat, one.url) if part)
        typer.echo(
            os.linesep.join(
                (
                    f"[ ] {due:3}  {one.iso}  {one.kind}  {one.name}",
                    f"        {reach}",
                    f"        hours: {one.hours} · for: {one.for_whom}",
                    f"        {one.notes}",
                    f"        checked {one.checked.isoformat()} · {one.status} · {one.source} {one.source_date}",
                )
            )
        )
    typer.echo("Ask: does it answer? at these hours? for these people? Then set the day in safety/helplines.tsv.")


@lines.callback()
def _helplines() -> None:
    """The list of helplines, for whoever keeps it."""
