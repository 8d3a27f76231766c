"""`steadily readers`: what can be read, and how to get it out of each app."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from steadily.errors import UsageError


def readers(
    app: Annotated[
        str | None, typer.Argument(metavar="[APP]", help="Show the steps for one app, e.g. whatsapp.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the list for a program to read.")] = False,
) -> None:
    """List the chat exports that can be read, and show how to get each out of its app."""
    from steadily.readers.registry import READERS

    if app is not None:
        typer.echo(page_for(app))
        return
    rows = [
        {"name": one.name, "app": one.app, "form": one.form, "page": f"docs/exporting/{one.page}.md"} for one in READERS
    ]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("App", "What it exports", "How to get it out", box=None, pad_edge=False, header_style="bold")
    for one in READERS:
        table.add_row(one.app, one.form, f"steadily readers {one.page}")
    Console().print(table)


def page_for(app: str) -> str:
    """
    The page on how to get a chat out of an app.

    Args:
        app: The app's name, a part of it, or the page's name, in any case.

    Raises:
        UsageError: No app of that name is known.
    """
    from steadily.readers.pages import page_text
    from steadily.readers.registry import READERS

    wanted = app.casefold().replace(" ", "-")
    for one in READERS:
        names = (one.page, one.name, *(name.casefold().replace(" ", "-") for name in one.app.split(", ")))
        if wanted in names or wanted in one.page.split("-"):
            return page_text(one.page)
    raise UsageError(
        "No app of that name is known. `steadily readers` lists them; `steadily readers other` is for any other."
    )
