"""
Simple Markdown as data for the page: paragraphs, lists, emphasis, blanks to fill in.

What comes out is dictionaries and strings. The page is set from them by functions, never by pasting text into markup, so no text
can do anything on the page but stand there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

Block = dict[str, Any]
Span = dict[str, Any]
BLANK = re.compile(r"\{([^{}]+)\}")


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).disable(["html_block", "html_inline", "image"])


def blocks(text: str) -> list[Block]:
    """
    Markdown as blocks.

    Args:
        text: Paragraphs, lists, quotes and headings, with emphasis inside. Everything else stays as its letters.

    Returns:
        `{"is": "p", "spans"}`, `{"is": "ol" or "ul", "items", "tight"}`, `{"is": "quote", "blocks"}`, `{"is": "name", "spans"}` (a heading
        within a text).
    """
    tree = SyntaxTreeNode(_parser().parse(curly(text)))
    return [block for node in tree.children for block in _block(node)]


def curly(text: str) -> str:
    """A text of the book's own with the quotation marks and apostrophes of print."""
    text = re.sub(r"(^|[\s(\[“‘—])\"", r"\1“", text).replace('"', "”")
    return re.sub(r"(^|[\s(\[“‘—])'(?=\w)", r"\1‘", text).replace("'", "’")


def plainly(text: str, **style: bool) -> list[Block]:
    """What a person wrote, as paragraphs: each line of theirs, and nothing of it read as Markdown."""
    return [{"is": "p", "spans": [{"t": line.strip(), **style}]} for line in text.splitlines() if line.strip()]


def with_blanks(text: str) -> list[Span]:
    """A phrase whose blanks in braces become places to write in."""
    parts = BLANK.split(curly(text))
    spans = [{"blank": part} if place % 2 else {"t": part} for place, part in enumerate(parts)]
    return [one for one in spans if one.get("t", one.get("blank"))]


def _block(node: SyntaxTreeNode) -> list[Block]:
    if node.type in ("ordered_list", "bullet_list"):
        items = [[block for inner in item.children for block in _block(inner)] for item in node.children]
        tight = all(inner.hidden for item in node.children for inner in item.children if inner.type == "paragraph")
        if node.type == "bullet_list":
            return [{"is": "ul", "items": items, "tight": tight}]
        return [{"is": "ol", "items": items, "tight": tight, "start": int(node.attrs.get("start", 1))}]
    if node.type == "blockquote":
        return [{"is": "quote", "blocks": [block for inner in node.children for block in _block(inner)]}]
    if node.type in ("code_block", "fence"):
        return plainly(node.content)
    if node.type == "hr":
        return []
    spans = [span for inner in node.children for span in _spans(inner)]
    return [{"is": "name" if node.type == "heading" else "p", "spans": spans}] if spans else []


def _spans(node: SyntaxTreeNode, **style: bool) -> list[Span]:
    if node.type in ("softbreak", "hardbreak"):
        return [{"t": " ", **style}]
    if node.type == "strong":
        style["b"] = True
    if node.type == "em":
        style["i"] = True
    if node.children:
        return _joined([span for inner in node.children for span in _spans(inner, **style)])
    return [{"t": node.content, **style}] if node.content else []


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Neighbors of the same style as one, so that letters that belong together are set together."""
    joined: list[Span] = []
    for span in spans:
        if joined and {**joined[-1], "t": ""} == {**span, "t": ""}:
            joined[-1] = {**span, "t": joined[-1]["t"] + span["t"]}
        else:
            joined.append(span)
    return joined
