"""A file of corrections: what a person said of single messages, which stands above what was read."""

from __future__ import annotations

import json
from pathlib import Path

from steadily.codebook import LABELS
from steadily.errors import UnreadableFile

FORM = 'It has to be an object of rows and behaviors, such as {"12": ["repair"], "40": []}.'


def read_corrections(path: Path) -> dict[int, frozenset[str]]:
    """
    What was said, by row of the conversation.

    Args:
        path: As `corrections.json` in what the app takes out; rows are those that findings point to.

    Raises:
        UnreadableFile: It cannot be read, is of another form, or names a behavior that there is not.
    """
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableFile(f"{path.name} cannot be read ({error.strerror}). Nothing was changed.") from error
    except ValueError as error:
        raise UnreadableFile(f"{path.name} is not JSON. {FORM}") from error
    if not isinstance(said, dict) or not all(key.isdecimal() and isinstance(one, list) for key, one in said.items()):
        raise UnreadableFile(f"{path.name} has another form. {FORM}")
    unknown = {str(label) for labels in said.values() for label in labels} - set(LABELS)
    if unknown:
        raise UnreadableFile(
            f"{path.name} names {min(unknown)!r}, which is no behavior. They are: {', '.join(LABELS)}."
        )
    return {int(row): frozenset(labels) for row, labels in said.items()}
