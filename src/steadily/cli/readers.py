"""`steadily readers`: what can be read, and how to get it out of each app."""

from __future__ import annotations

import json
from typing import Annotated

import typer


def readers(
    as_json: Annotated[bool, typer.Option("--json", help="Print the list for a program to read.")] = False,
) -> None:
    """List the chat exports that can be read, and how to get each out of its app."""
    from steadily.readers.registry import READERS

    rows = [
        {"name": one.name, "app": one.app, "form": one.form, "page": f"docs/exporting/{one.page}.md"} for one in READERS
    ]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("App", "What it exports", "How to get it out", box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(row["app"], row["form"], row["page"])
    Console().print(table)
