"""`steadily code`: what each message of a file does."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from steadily.cli.json_lines import chunks, lines
from steadily.errors import NoMessages

if TYPE_CHECKING:
    from steadily.behaviors.coding import ModelName
    from steadily.behaviors.form import Speaker

CHUNK = 512
FAST_CHUNK = 8_192


@dataclass(frozen=True)
class _Row:
    """One line of input; `problem` says why it cannot be used."""

    id: Any
    text: str = ""
    context: tuple[str, ...] = ()
    speaker: Speaker = "me"
    problem: str = ""


def code(
    file: Annotated[Path, typer.Argument(metavar="IN.jsonl", help="One object a line; - reads standard input.")],
    words: Annotated[bool, typer.Option("--words", help="Also give the words responsible for each label.")] = False,
    fast: Annotated[
        bool, typer.Option("--fast", help="The fast model, for whole histories: a little less exact.")
    ] = False,
) -> None:
    """
    Say what each message does: a line of labels and probabilities for each line of the file.

    A line is {"id", "text", "context": ["me: …", "partner: …"], "speaker": "me" or "partner"}; the last two may be missing.
    What a message cannot be coded for (no words, not English, a damaged line) stands in its line as "uncoded".
    """
    n_used = n_lines = 0
    for chunk in chunks(lines(file), FAST_CHUNK if fast else CHUNK):
        rows = [_parsed(line) for line in chunk]
        n_lines += len(rows)
        for told in _coded(rows, words=words, model="fast" if fast else "careful"):
            n_used += "uncoded" not in told
            sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    if not n_used:
        raise NoMessages(
            f"None of the {n_lines} lines could be coded. Each line must be an object with an id and an English text."
        )


def _parsed(line: str) -> _Row:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return _Row(None, problem="this line is not JSON")
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        return _Row(value.get("id") if isinstance(value, dict) else None, problem="this line has no text")
    context = value.get("context") or []
    before = tuple(str(one) for one in context) if isinstance(context, list) else ()
    return _Row(value.get("id"), value["text"], before, "partner" if value.get("speaker") == "partner" else "me")


def _coded(rows: list[_Row], *, words: bool, model: ModelName) -> Iterator[dict[str, Any]]:
    from steadily.behaviors import code as code_texts
    from steadily.codebook import LABELS

    codes = code_texts(
        [row.text for row in rows],
        [row.context for row in rows],
        [row.speaker for row in rows],
        model=model,
        one_chat=False,
    )
    for number, row in enumerate(rows):
        told: dict[str, Any] = {"id": row.id, "labels": codes.labels(number), "p": {}}
        if codes.coded[number]:
            told["p"] = {label: round(float(p), 4) for label, p in zip(LABELS, codes.p[number], strict=True)}
            if words:
                told["words"] = _words(row, told["labels"])
        else:
            told["uncoded"] = row.problem or ("no words" if not row.text.strip() else "not English, or no words")
        yield told


def _words(row: _Row, labels: list[str]) -> list[dict[str, Any]]:
    from steadily.behaviors import words_responsible

    spans = words_responsible(row.text, labels, row.context, row.speaker)
    return [{"start": one.start, "end": one.end, "behavior": one.behavior} for one in spans]
