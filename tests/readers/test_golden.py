"""Every export format against its golden cases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from readers_golden import as_json, cases, lay_out
from steadily.readers.discovery import gather
from steadily.readers.reader import ReadOptions
from steadily.readers.registry import CATCH_ALL, READERS, recognize

ALSO = {"sigexport": {"whatsapp_txt"}}
"""signal-export writes heads that WhatsApp could write too; it stands before WhatsApp in the registry."""
BY_NAME = {reader.name: reader for reader in READERS}
CASES = [pytest.param(case, id=f"{case.parent.name}-{case.name}") for case in cases()]


@pytest.mark.parametrize("case", CASES)
def test_it_reads_what_the_golden_file_says(case: Path, tmp_path: Path) -> None:
    """Rows, names, issues and counts are those that were read by eye and committed."""
    reader = BY_NAME[case.parent.name]
    sources = [source for source in gather(lay_out(case, tmp_path)) if reader.sniff(source)]

    found = [as_json(transcript) for transcript in reader.read(sources, ReadOptions())]

    assert found == json.loads((case / "expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES)
def test_it_accounts_for_every_line_or_record(case: Path, tmp_path: Path) -> None:
    """Nothing is silently dropped: every unit is a row, a continuation, structure or an issue."""
    reader = BY_NAME[case.parent.name]
    sources = [source for source in gather(lay_out(case, tmp_path)) if reader.sniff(source)]

    for transcript in reader.read(sources, ReadOptions()):
        assert transcript.tally.balanced, transcript.tally


@pytest.mark.parametrize("case", CASES)
def test_it_is_recognized_by_its_own_reader_alone(case: Path, tmp_path: Path) -> None:
    """No two readers take the same file for theirs, those of last resort aside."""
    own = case.parent.name
    claims = set()
    for source in gather(lay_out(case, tmp_path)):
        claims |= {reader.name for reader in READERS if reader.name not in CATCH_ALL and reader.sniff(source)}

    assert claims - ALSO.get(own, set()) == ({own} if own not in CATCH_ALL else set())


@pytest.mark.parametrize("case", CASES)
def test_it_is_read_by_its_own_reader(case: Path, tmp_path: Path) -> None:
    """The first reader in the registry that takes the main file is the right one."""
    recognized = [recognize(source) for source in gather(lay_out(case, tmp_path))]

    assert case.parent.name in {reader.name for reader in recognized if reader}


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_it_is_complete(reader: object) -> None:
    """A format is one module, one golden folder, one line in the registry and one page."""
    root = Path(__file__).parents[2]

    assert cases(reader.name), "no golden case"
    assert (root / "docs" / "exporting" / f"{reader.page}.md").exists(), "no page on how to export"
    assert f"`{reader.name}`" in (root / "docs" / "exporting" / f"{reader.page}.md").read_text(encoding="utf-8")
