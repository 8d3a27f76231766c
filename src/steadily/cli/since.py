"""Before and after a day that was named, in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from steadily.cli.terminal import INDENT, WIDTH
from steadily.program.remeasure import Remeasured
from steadily.report.telling.remeasured import CAVEAT, how_many_compared, since_heading, tell_since

NOTHING = "Nothing here can be compared."


def show_since(named: date, compared: Sequence[Remeasured], console: Console | None = None) -> None:
    """
    Print what is so before and since a day.

    Args:
        named: The day.
        compared: From `program.remeasure.since`.
        console: Where to; standard output without one.
    """
    console = console or Console(highlight=False)
    console.width = min(console.width, WIDTH)
    console.print()
    console.print(Text(since_heading(named), style="bold"))
    for one in compared:
        told = tell_since(one)
        console.print()
        console.print(Padding(Text(told.heading, style="bold"), INDENT))
        console.print(Padding(Text(f"{told.said} {told.spread}".strip()), INDENT))
    for line in (how_many_compared(sum(one.change is not None for one in compared)), CAVEAT if compared else NOTHING):
        if line:
            console.print()
            console.print(Padding(Text(line, style="dim"), INDENT))
