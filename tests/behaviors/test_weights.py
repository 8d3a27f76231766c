"""The weights in the package: listed, whole, small enough, and a clear error where they are not."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from steadily.behaviors import weights
from steadily.behaviors.weights import GROUP, manifest, pack, unpack
from steadily.errors import WeightsError

LIMIT = 60_000_000


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The weights in a folder of their own."""
    folder = tmp_path / "weights"
    shutil.copytree(weights.FOLDER, folder)
    monkeypatch.setattr(weights, "FOLDER", folder)
    manifest.cache_clear()
    yield folder
    manifest.cache_clear()


def test_every_file_is_listed_with_its_hash() -> None:
    """And nothing else lies there."""
    listed = json.loads((weights.FOLDER / "manifest.json").read_text())["files"]
    there = {path.name for path in weights.FOLDER.iterdir()} - {"manifest.json"}

    assert set(listed) == there
    for name, digest in listed.items():
        assert hashlib.sha256((weights.FOLDER / name).read_bytes()).hexdigest() == digest


def test_all_weights_fit_the_wheel() -> None:
    """At most 60 MB."""
    assert sum(path.stat().st_size for path in weights.FOLDER.iterdir()) <= LIMIT


@pytest.mark.parametrize("name", ["careful.bin", "words.json", "fast_reader.onnx"])
def test_a_damaged_file_is_told(copied: Path, name: str) -> None:
    """One byte off: the error names the file and what to do."""
    content = bytearray((copied / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copied / name).write_bytes(content)

    with pytest.raises(WeightsError, match=rf"{name} .*damaged.*pip install"):
        weights.weights(name)


def test_a_missing_file_is_told(copied: Path) -> None:
    """The same for one that is not there."""
    (copied / "words.bin").unlink()

    with pytest.raises(WeightsError, match=r"words\.bin .*missing.*pip install"):
        weights.weights("words.bin")


@pytest.mark.parametrize(("content", "problem"), [(None, "missing"), ("{", "damaged")])
def test_a_bad_manifest_is_told(copied: Path, content: str | None, problem: str) -> None:
    """Missing or not JSON."""
    path = copied / "manifest.json"
    path.unlink()
    if content is not None:
        path.write_text(content)
    manifest.cache_clear()

    with pytest.raises(WeightsError, match=problem):
        manifest()


@given(st.integers(0, 2**32), st.integers(1, 5), st.integers(1, 3))
def test_what_is_packed_is_unpacked(seed: int, n_rows: int, n_runs: int) -> None:
    """Numbers times multipliers, whatever they are."""
    rng = np.random.default_rng(seed)
    table = rng.integers(-7, 8, (n_rows, n_runs * GROUP)).astype(np.int8)
    multipliers = rng.integers(1, 19, (n_rows, n_runs)).astype(np.uint8)
    packed = np.frombuffer(pack(table), dtype=np.uint8)

    expected = table * np.repeat(multipliers, GROUP, axis=1)
    assert (unpack(packed, multipliers.ravel(), table.shape) == expected).all()
