"""
Sets a book in type, in a process of its own that reads it from standard input and writes the PDF to standard output.

Typst remembers what it has set, so that the next time goes faster. What a person wrote shall not stay in the memory of the app once the
vault is locked, so whoever has set it goes when it is done. Nothing but Typst is imported here: it has to start fast.
"""

from __future__ import annotations

import json
import sys

NOT_SET = 3


def press(given: dict[str, object]) -> bytes | None:
    """
    The PDF.

    Args:
        given: What `typst.compile` takes: `input`, `root`, `sys_inputs`, `ignore_system_fonts`, `timestamp`; and `standard`.

    Returns:
        The file, or nothing where it cannot be set.
    """
    import typst

    standard = given.pop("standard")
    for standards in ([standard], []):
        try:
            return typst.compile(**given, pdf_standards=standards)  # type: ignore[call-overload, no-any-return]
        except typst.TypstError:
            # the standard refuses a book for one letter without a shape; without its seal the book is tagged all the same
            continue
    return None


def main() -> int:
    """One book; its status says whether it could be set, and nothing that was in it is told."""
    content = press(json.load(sys.stdin.buffer))
    if content is None:
        return NOT_SET
    sys.stdout.buffer.write(content)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
