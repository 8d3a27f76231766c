"""
Feed every reader damaged exports: nothing but a `SteadilyError` may come out, and no line may vanish.

    python benchmarks/fuzz_readers.py [--n 100000] [--seed 1] [--reader NAME]

Inputs are the golden exports, mutated: bytes flipped, cut, doubled, swapped for hostile ones, lines shuffled, JSON values
exchanged for values of other types. For each transcript the tally must be balanced, and its rows must fit the schema.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from readers_golden import cases, lay_out
from steadily.errors import SteadilyError
from steadily.readers.discovery import gather
from steadily.readers.reader import Reader, ReadOptions
from steadily.readers.registry import READERS
from steadily.readers.source import Source, from_bytes
from steadily.readers.transcript import RAW_SCHEMA

HOSTILE = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe2\x80\x8e", b"\xed\xa0\x80", b"\r", b"\n\n", b"\t", b'"', b"\\", b"{", b"}", b"[", b"]",
    b"<", b"&#55357;", b"&#0;", b"99999999999999999999", b"-1", b"1e400", b"NaN", b"null", b": ", b" - ", b"0/0/0", b"99:99",
    "٣".encode(), "年".encode(), "\u202f".encode(), "\U0001f600".encode(), b"%s" * 4, b"A" * 300,
)  # fmt: skip
VALUES = (
    None,
    True,
    False,
    0,
    -1,
    1e308,
    10**30,
    "",
    "x",
    "\ud800",
    [],
    {},
    [None],
    {"a": []},
    "2024-13-45",
    1714557600,
)


@dataclass(frozen=True)
class Case:
    """One golden input in memory: the reader it is for, and its files."""

    reader: Reader
    files: tuple[tuple[str, bytes], ...]


def golden() -> list[Case]:
    """Every golden input, unpacked and read into memory."""
    by_name = {reader.name: reader for reader in READERS}
    found = []
    for folder in cases():
        with tempfile.TemporaryDirectory() as scratch:
            sources = gather(lay_out(folder, Path(scratch)))
            files = tuple((source.path, source.read()) for source in sources)
        found.append(Case(by_name[folder.parent.name], files))
    return found


def mutated(data: bytes, rng: random.Random) -> bytes:
    """*data* with one to six changes."""
    for _ in range(rng.randint(1, 6)):
        place = rng.randrange(len(data) + 1)
        match rng.randrange(9):
            case 0:
                data = data[:place] + bytes([rng.randrange(256)]) + data[place + 1 :]
            case 1:
                data = data[:place]
            case 2:
                data = data[:place] + data[place + rng.randrange(1, 40) :]
            case 3:
                stop = place + rng.randrange(1, 200)
                data = data[:stop] + data[place:stop] + data[stop:]
            case 4:
                data = data[:place] + rng.choice(HOSTILE) + data[place:]
            case 5:
                lines = data.split(b"\n")
                rng.shuffle(lines)
                data = b"\n".join(lines)
            case 6:
                data = _exchanged(data, rng)
            case 7:
                lines = data.split(b"\n")
                del lines[rng.randrange(len(lines))]
                data = b"\n".join(lines)
            case _:
                data = data.replace(
                    rng.choice((b"0", b"1", b":", b"/", b"a", b",")), rng.choice((b"", b"9", b"-", b" ")), 3
                )
    return data


def _exchanged(data: bytes, rng: random.Random) -> bytes:
    """JSON with a few values exchanged for others; anything else as it is."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return data
    for _ in range(rng.randint(1, 3)):
        _exchange_one(value, rng)
    return json.dumps(value).encode()


def _exchange_one(value: object, rng: random.Random) -> None:
    while True:
        if isinstance(value, dict) and value:
            key: object = rng.choice(list(value))
        elif isinstance(value, list) and value:
            key = rng.randrange(len(value))
        else:
            return
        inner = value[key]  # type: ignore[call-overload,index]
        if isinstance(inner, dict | list) and inner and rng.random() < 0.75:
            value = inner
            continue
        value[key] = deepcopy(rng.choice(VALUES))  # type: ignore[call-overload,index]
        return


def try_once(case: Case, rng: random.Random) -> str:
    """Mutate one file of a case and read them all; what came of it."""
    files = list(case.files)
    target = rng.randrange(len(files))
    files[target] = (files[target][0], mutated(files[target][1], rng))
    family: list[Source] = []
    family.extend(replace(from_bytes(data, path, f"file {path}"), family=family) for path, data in files)
    sources = [source for source in family if case.reader.sniff(source)]
    if not sources:
        return "not recognized"
    try:
        for transcript in case.reader.read(sources, ReadOptions()):
            if not transcript.tally.balanced:
                raise AssertionError(f"{case.reader.name}: {transcript.tally}")
            if dict(transcript.rows.schema) != RAW_SCHEMA:
                raise AssertionError(f"{case.reader.name}: another schema")
            if transcript.rows["kind"].null_count() or transcript.rows["at"].null_count():
                raise AssertionError(f"{case.reader.name}: a row without kind or time")
    except SteadilyError:
        return "refused"
    return "read"


def run(n: int, seed: int, only: Sequence[str] = ()) -> Counter[str]:
    """
    Try *n* mutated inputs, evenly over the golden cases.

    Raises:
        AssertionError: A reader lost track of a line.
        Exception: A reader raised something that is no `SteadilyError`; the seed of the try is in a note on it.
    """
    found = [case for case in golden() if not only or case.reader.name in only]
    results: Counter[str] = Counter()
    for number in range(n):
        case = found[number % len(found)]
        try:
            results[try_once(case, random.Random(seed * 1_000_003 + number))] += 1
        except Exception as error:
            error.add_note(f"{case.reader.name}, try {number} of seed {seed}")
            raise
    return results


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--n", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reader", nargs="*", default=[])
    arguments = parser.parse_args()
    start = time.perf_counter()
    results = run(arguments.n, arguments.seed, arguments.reader)
    took = time.perf_counter() - start
    print(
        f"{arguments.n:,} mutated inputs over {len(READERS)} readers in {took:.0f} s: {dict(results)}; nothing else came out."
    )


if __name__ == "__main__":
    main()
