"""`steadily look`: what months of messages show."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.console import Console
from rich.prompt import IntPrompt

from steadily.cli.progress import late_bar
from steadily.conversation import Conversation
from steadily.errors import ChoiceNeeded, UsageError

if TYPE_CHECKING:
    from steadily.report.therapist import Wanted

Order = Literal["dmy", "mdy", "ymd"]


def look(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="Exported chats: files, zips or folders. - reads pasted text.")
    ],
    me: Annotated[list[str] | None, typer.Option("--me", metavar="NAME", help="Your name in the export.")] = None,
    partner: Annotated[
        list[str] | None, typer.Option("--with", metavar="NAME", help="The other person's name in the export.")
    ] = None,
    chat: Annotated[
        str | None, typer.Option("--chat", metavar="NAME", help="Which chat, if there are several.")
    ] = None,
    zone: Annotated[
        str | None,
        typer.Option("--zone", metavar="ZONE", help="Time zone of the times in the file, e.g. Europe/Lisbon."),
    ] = None,
    date_order: Annotated[
        Order | None, typer.Option("--date-order", help="Order of day, month and year in the file.")
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option("--columns", metavar="time=A,sender=B,text=C", help="Columns of a table of your own."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings for a program to read.")] = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write the look back as one page.")
    ] = None,
    pdf: Annotated[
        Path | None, typer.Option("--pdf", metavar="FILE", help="Write chosen chapters as a PDF, for a therapist.")
    ] = None,
    sections: Annotated[
        str | None, typer.Option("--sections", metavar="a,b", help="Which chapters; all of them if not given.")
    ] = None,
    names: Annotated[
        bool, typer.Option("--names/--no-names", help="Your names in the PDF, or only you and your partner.")
    ] = False,
    quotes: Annotated[bool, typer.Option("--quotes/--no-quotes", help="Some messages quoted in the PDF.")] = False,
    corrections: Annotated[
        Path | None,
        typer.Option("--corrections", metavar="FILE", help='What you said of single messages: {"row": [behaviors]}.'),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since", metavar="DATE", help="Compare before and after this day, as 2026-03-01; name it beforehand."
        ),
    ] = None,
) -> None:
    """
    Look back at a chat: what it covers, when it changed, and how the two of you write.

    Nothing is sent anywhere and nothing is kept.
    """
    from steadily.cli.corrections import read_corrections
    from steadily.pipeline import code_conversation, coded_messages, look_back
    from steadily.program.remeasure import since as remeasure_since
    from steadily.report.machine import as_json as to_json

    def read(who_me: list[str], who_partner: list[str], which: str | None) -> Conversation:
        from steadily.readers.assembly import read_export

        with late_bar() as progress:
            return read_export(
                files,
                me=who_me,
                partner=who_partner,
                chat=which,
                zone=zone,
                date_order=date_order,
                columns=parse_columns(columns),
                progress=progress,
            )

    said = read_corrections(corrections) if corrections else {}
    named = parse_day(since)
    wanted = _wanted(pdf, sections, names=names, quotes=quotes)
    conversation = with_choices(read, me or [], partner or [], chat)
    with late_bar() as progress:
        codes = code_conversation(conversation, progress=progress)
        found = look_back(conversation, coded_messages(conversation, codes, said), progress=progress)
    told = found.told
    if html is not None:
        from steadily.report.html import write_html

        write_html(html, conversation, told, found.coded)
        typer.echo(f"Written to {html}. It holds private things: keep it where only you can read it.", err=True)
    if pdf is not None:
        from steadily.report.overview import headline
        from steadily.report.therapist import for_therapist, write_for_therapist
        from steadily.safety.helplines import today

        top = headline(conversation, told)
        content = for_therapist(top, told, found.coded, conversation.partners, wanted, today())
        write_for_therapist(pdf, content)
        typer.echo(f"Written to {pdf}. It is not locked: keep it where only you can read it.", err=True)
    compared = remeasure_since(named, found.coded) if named else []
    if as_json:
        from steadily.report.telling.remeasured import since_as_json

        whole = to_json(conversation, told, found.coded) | {"since": since_as_json(compared) if named else None}
        typer.echo(json.dumps(whole, ensure_ascii=False))
    elif html is None and pdf is None:
        from steadily.cli.since import show_since
        from steadily.cli.terminal import show

        show(conversation, told)
        if named:
            show_since(named, compared)


def _wanted(pdf: Path | None, sections: str | None, *, names: bool, quotes: bool) -> Wanted:
    """
    What is to be in the PDF.

    Raises:
        UsageError: There is no such chapter, or there is no PDF for what was said of it.
    """
    from steadily.report.therapist import Wanted, parse_sections

    if pdf is None and (sections is not None or names or quotes):
        raise UsageError("--sections, --names and --quotes say what is in the PDF: give --pdf FILE too.")
    return Wanted(() if sections is None else parse_sections(sections), names=names, quotes=quotes)


def parse_day(text: str | None) -> date | None:
    """
    A day as `2026-03-01`.

    Raises:
        UsageError: It is not of that form.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError("--since takes a day as year, month and day, such as 2026-03-01.") from None


def parse_columns(text: str | None) -> dict[str, str]:
    """
    `time=When,sender=Who,text=What` as a mapping.

    Raises:
        UsageError: It is not of that form.
    """
    if not text:
        return {}
    pairs = [part.partition("=") for part in text.split(",")]
    fields = {field.strip(): column.strip() for field, _, column in pairs}
    if not all(fields.values()) or set(fields) - {"time", "sender", "text"}:
        raise UsageError("--columns takes the form time=A,sender=B,text=C, with the names of the columns in your file.")
    return fields


def with_choices(
    read: Callable[[list[str], list[str], str | None], Conversation],
    me: list[str],
    partner: list[str],
    chat: str | None,
) -> Conversation:
    """
    Read, asking the person wherever a choice is needed and someone is there to ask.

    Raises:
        ChoiceNeeded: Nobody is there to ask.
    """
    while True:
        try:
            return read(me, partner, chat)
        except ChoiceNeeded as needed:
            if not (sys.stdin.isatty() and sys.stderr.isatty()) or not needed.choices:
                raise
            answer = _ask(needed)
            if needed.what == "me":
                me = [answer]
            elif needed.what == "partner":
                partner = [*partner, answer]
            else:
                chat = answer


def _ask(needed: ChoiceNeeded) -> str:
    typer.echo(str(needed), err=True)
    for number, choice in enumerate(needed.choices, start=1):
        typer.echo(f"  {number}  {choice.label}", err=True)
    places = [str(place) for place in range(1, len(needed.choices) + 1)]
    number = IntPrompt.ask("Number", choices=places, console=Console(stderr=True))
    return needed.choices[number - 1].value
