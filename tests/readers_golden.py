"""
Golden pairs: an export as an app writes it, and what a reader must make of it.

Each case is a folder `tests/golden/READER/CASE/` with `input/` and `expected.json`. In `input/`, `NAME.db.sql` becomes
the SQLite database `NAME.db`, and a folder `NAME.zip.d` becomes the archive `NAME.zip`.

    python tests/readers_golden.py READER [CASE]            compare, print the differences
    python tests/readers_golden.py READER [CASE] --write    write expected.json (read it line by line before committing)
"""

from __future__ import annotations

import importlib
import json
import shutil
import sqlite3
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from steadily.readers.discovery import gather
from steadily.readers.reader import Reader, ReadOptions
from steadily.readers.transcript import Transcript

GOLDEN = Path(__file__).parent / "golden"


def cases(reader: str | None = None) -> list[Path]:
    """Every case folder, or those of one reader."""
    return sorted(path.parent for path in GOLDEN.glob(f"{reader or '*'}/*/input"))


def lay_out(case: Path, folder: Path) -> list[Path]:
    """Copy a case's input into *folder* in its real form; the paths that a person would give."""
    target = folder / "input"
    shutil.copytree(case / "input", target)
    for script in sorted(target.rglob("*.sql")):
        database = sqlite3.connect(script.with_suffix(""))
        database.executescript(script.read_text(encoding="utf-8"))
        database.close()
        script.unlink()
    for unpacked in sorted(target.rglob("*.zip.d")):
        with zipfile.ZipFile(unpacked.with_suffix(""), "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(path for path in unpacked.rglob("*") if path.is_file()):
                archive.write(path, path.relative_to(unpacked).as_posix())
        shutil.rmtree(unpacked)
    found = sorted(target.iterdir())
    return found if len(found) == 1 else [target]


def as_json(transcript: Transcript) -> dict[str, Any]:
    """A transcript in the form of expected.json; fields at their default are left out of rows."""
    defaults: dict[str, Any] = {"kind": "text", "edited": False}
    rows = []
    for row in transcript.rows.iter_rows(named=True):
        row["at"] = row["at"].isoformat(timespec="milliseconds")
        rows.append({key: value for key, value in row.items() if value is not None and value != defaults.get(key)})
    return {
        "app": transcript.app,
        "title": transcript.title,
        "clock": transcript.clock,
        "me": transcript.me,
        "is_group": transcript.is_group,
        "names": dict(transcript.names),
        "tally": {
            name: getattr(transcript.tally, name)
            for name in ("n_units", "n_rows", "n_continuations", "n_structure", "n_issues")
        },
        "issues": [[issue.line, issue.n_lines, issue.weight, issue.problem] for issue in transcript.issues],
        "rows": rows,
    }


def read_case(reader: Reader, case: Path, folder: Path) -> list[dict[str, Any]]:
    """What *reader* makes of a case."""
    sources = [source for source in gather(lay_out(case, folder)) if reader.sniff(source)]
    return [as_json(transcript) for transcript in reader.read(sources, ReadOptions())]


def dump(chats: list[dict[str, Any]]) -> str:
    """Readable JSON: one line a row."""
    parts = []
    for chat in chats:
        head = {key: value for key, value in chat.items() if key not in ("rows", "issues")}
        lines = [f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}," for key, value in head.items()]
        for key in ("issues", "rows"):
            body = ",\n".join(f"    {json.dumps(row, ensure_ascii=False)}" for row in chat[key])
            lines.append(f'  "{key}": [\n{body}\n  ]' if body else f'  "{key}": []')
            if key == "issues":
                lines[-1] += ","
        parts.append("{\n" + "\n".join(lines) + "\n}")
    return "[\n" + ",\n".join(parts) + "\n]\n"


def main(arguments: list[str]) -> int:
    """Compare or write the cases of one reader."""
    write = "--write" in arguments
    names = [argument for argument in arguments if not argument.startswith("--")]
    reader: Reader = importlib.import_module(f"steadily.readers.{names[0]}").READER
    status = 0
    for case in cases(reader.name):
        if len(names) > 1 and case.name != names[1]:
            continue
        with tempfile.TemporaryDirectory() as folder:
            found = dump(read_case(reader, case, Path(folder)))
        expected = case / "expected.json"
        if write:
            expected.write_text(found, encoding="utf-8")
        elif not expected.exists() or expected.read_text(encoding="utf-8") != found:
            status = 1
            print(f"{case.name} differs:\n{found}")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
