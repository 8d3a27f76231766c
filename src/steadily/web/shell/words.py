"""Filters for templates."""

from __future__ import annotations

from datetime import date, datetime
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from steadily.report.wording import MONTHS, count
from steadily.web.look import in_words
from steadily.web.look.drawing import ON_A_PHONE

register = template.Library()


@register.filter
def many(n: int, noun: str) -> str:
    """`3 messages`."""
    return count(n, noun)


@register.filter
def day(moment: date) -> str:
    """`4 March 2026`."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


@register.filter
def clock(moment: datetime) -> str:
    """`07:05`."""
    return f"{moment:%H:%M}"


@register.filter
def of(found: dict[str, object], name: str) -> object:
    """What stands under a name; nothing where there is none."""
    return found.get(name)


@register.filter
def narrow(charts: dict[str, str], measure: str) -> str:
    """The chart as it stands on a phone."""
    return charts.get(f"{measure}{ON_A_PHONE}", "")


@register.filter
def picture(svg: str) -> SafeString:
    """A chart that was drawn here, from numbers only."""
    return mark_safe(svg)


@register.filter
def as_table(rows: list[list[str]]) -> SafeString:
    """A chart's numbers, header first; written here since hundreds of rows take a template long."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in rows[0])
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows[1:])
    return mark_safe(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")


@register.filter
def in_the_app(sentence: str) -> str:
    """A reader's remedy without options of a command."""
    return in_words.in_the_app(sentence)
