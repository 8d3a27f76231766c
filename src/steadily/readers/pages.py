"""The pages that say how to get a chat out of an app: inside the installed package, or in the checkout."""

from __future__ import annotations

from importlib import resources
from pathlib import Path


def page_text(name: str) -> str:
    """A page's Markdown, by its name without the ending (`Reader.page`)."""
    packaged = resources.files("steadily").joinpath("exporting", f"{name}.md")
    if packaged.is_file():
        return packaged.read_text(encoding="utf-8")
    return (Path(__file__).parents[3] / "docs" / "exporting" / f"{name}.md").read_text(encoding="utf-8")
