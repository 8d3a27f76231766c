"""The commands, and what happens when one cannot go on: a plain sentence on standard error and the exit status."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from steadily.cli.code import code
from steadily.cli.gate import gate
from steadily.cli.help import help_, lines
from steadily.cli.look import look
from steadily.cli.open import open_, serve
from steadily.cli.readers import readers
from steadily.cli.sample import sample
from steadily.cli.say import say
from steadily.cli.workbook import workbook
from steadily.errors import ChoiceNeeded, SteadilyError, UsageError
from steadily.report.wording import count

app = typer.Typer(
    name="steadily",
    help="A private companion for rebuilding trust after distance. Everything stays on this machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
app.command("open")(open_)
app.command()(look)
app.command()(code)
app.command()(gate)
app.command()(say)
app.command()(readers)
app.command()(sample)
app.command()(workbook)
app.command("help")(help_)
app.command()(serve)
app.add_typer(lines)

INPUT_STATUS, USAGE_STATUS = 1, 2


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"steadily {version('steadily')}")
        raise typer.Exit


@app.callback()
def steadily(
    _show_version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """A private companion for rebuilding trust after distance. Everything stays on this machine."""


def main() -> None:
    """Run the command line; a problem with the input is one sentence, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except ChoiceNeeded as choice:
        typer.echo(str(choice), err=True)
        for one in choice.choices:
            n = f"  ({count(one.n_messages, 'message')})" if one.n_messages else ""
            typer.echo(f"  {one.label}{n}", err=True)
        raise SystemExit(INPUT_STATUS) from None
    except SteadilyError as error:
        typer.echo(str(error), err=True)
        raise SystemExit(USAGE_STATUS if isinstance(error, UsageError) else INPUT_STATUS) from None
