"""`steadily say`: a draft, before it is sent."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from steadily.cli.json_lines import chunks, lines, object_of
from steadily.errors import NoMessages, UsageError

CHUNK = 16
CONTEXT_HELP = "A message before it, as 'me: …' or 'partner: …'; may be given several times, oldest first."


def say(
    draft: Annotated[str, typer.Argument(metavar="DRAFT", help="What is about to be sent.")] = "",
    context: Annotated[list[str] | None, typer.Option("--context", help=CONTEXT_HELP)] = None,
    situation: Annotated[str, typer.Option("--situation", help="What is going on, in a sentence.")] = "",
    file: Annotated[
        Path | None,
        typer.Option("--jsonl", metavar="IN.jsonl", help="Many drafts, one object a line; - reads standard input."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The answer as one JSON object.")] = False,
) -> None:
    """
    Read a draft before it is sent: what may stand in its way, other ways to say it, and whether it can wait.

    A line of IN.jsonl is {"id", "draft", "context": ["me: …", "partner: …"], "situation"}; the last two may be missing.
    """
    if bool(draft.strip()) == (file is not None):
        raise UsageError("Give one draft in quotes, or a file of drafts with --jsonl.")
    if file is not None:
        _every(file)
        return
    answer = _answer({"draft": draft, "context": context or [], "situation": situation})
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n" if as_json else _plainly(draft, answer))


def _every(file: Path) -> None:
    n_used = n_lines = 0
    for chunk in chunks(lines(file), CHUNK):
        for line in chunk:
            n_lines += 1
            told = _told(line)
            n_used += "problem" not in told
            sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    if not n_used:
        raise NoMessages(f"None of the {n_lines} lines could be read. Each must be an object with an id and a draft.")


def _told(line: str) -> dict[str, Any]:
    value = object_of(line)
    if "problem" in value and "draft" not in value:
        return {"id": None, "problem": value["problem"]}
    if not isinstance(value.get("draft"), str):
        return {"id": value.get("id"), "problem": "this line has no draft"}
    return {"id": value.get("id")} | _answer(value)


def _answer(row: dict[str, Any]) -> dict[str, Any]:
    from steadily.coach.described import described

    given = row.get("context")
    context = [one for one in given if isinstance(one, str)] if isinstance(given, list) else []
    situation = row["situation"] if isinstance(row.get("situation"), str) else ""
    return described(row["draft"], context, situation)


def _plainly(draft: str, answer: dict[str, Any]) -> str:
    """The answer for a person at a terminal."""
    if answer["gate"] != "none":
        return f"{answer['hold']['why']}\nsteadily help shows whom you can call.\n"
    told = [f"“{draft[one['start'] : one['end']]}”: {one['why']}" for one in answer["spans"]]
    told += [answer["hold"]["why"]] if answer["hold"]["advised"] else []
    told += [f"\n{one['text']}\n    {one['note']}" for one in answer["alternatives"]]
    return "\n".join(told or ["Nothing to say. Go by what you know of them."]) + "\n"
