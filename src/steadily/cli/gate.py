"""`steadily gate`: where coaching must stop, for each line of a file."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from steadily.cli.json_lines import chunks, lines, object_of
from steadily.errors import NoMessages

if TYPE_CHECKING:
    from steadily.safety.outreach import Said

CHUNK = 64


def gate(
    file: Annotated[Path, typer.Argument(metavar="IN.jsonl", help="One object a line; - reads standard input.")],
) -> None:
    """
    Say where coaching must stop: abuse, control, crisis or none, and why, for each line of the file.

    A line is {"id", "text"} or {"id", "messages": [{"from": "me" or "partner", "text"}]}. "none" is no promise of safety.
    """
    n_used = n_lines = 0
    for chunk in chunks(lines(file), CHUNK):
        n_lines += len(chunk)
        for told in _answered([_parsed(line) for line in chunk]):
            n_used += "problem" not in told
            sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    if not n_used:
        raise NoMessages(
            f"None of the {n_lines} lines could be read. Each must be an object with an id and a text, or with messages."
        )


def _parsed(line: str) -> dict[str, Any]:
    value = object_of(line)
    found: dict[str, Any] = {"id": value.get("id")}
    if isinstance(value.get("messages"), list):
        return found | {"messages": value["messages"]}
    if isinstance(value.get("text"), str):
        return found | {"text": value["text"]}
    return found | {"problem": value.get("problem", "this line has neither text nor messages")}


def _answered(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    from steadily.safety.gate import gate_chats, gate_texts

    texts = iter(gate_texts([row["text"] for row in rows if "text" in row]))
    chats = iter(gate_chats([_messages(row["messages"]) for row in rows if "messages" in row]))
    for row in rows:
        if "problem" in row:
            yield {"id": row["id"], "gate": "none", "why": "", "problem": row["problem"]}
            continue
        answer = next(texts if "text" in row else chats)
        yield {"id": row["id"], "gate": answer.gate, "why": answer.why}


def _messages(given: list[Any]) -> list[Said]:
    from steadily.safety.outreach import Said

    return [
        Said("partner" if one.get("from") == "partner" else "me", one["text"])
        for one in given
        if isinstance(one, dict) and isinstance(one.get("text"), str)
    ]
