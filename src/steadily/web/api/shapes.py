"""What goes in and what comes out, as in docs/json.md."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import StringConstraints

MOST_AT_ONCE = 500
Text = Annotated[str, StringConstraints(max_length=50_000)]


class Message(Schema):
    """A message to be coded."""

    id: str | int | None = None
    text: Text
    context: list[Text] = Field(default=[], max_length=50)
    speaker: Literal["me", "partner"] = "me"


class Messages(Schema):
    """Messages to be coded."""

    messages: list[Message] = Field(max_length=MOST_AT_ONCE)
    model: Literal["careful", "fast"] = "careful"


class Coded(Schema):
    """A coded message."""

    id: str | int | None
    labels: list[str]
    p: dict[str, float]


class Line(Schema):
    """One line of a chat."""

    from_: Literal["me", "partner"] = Field(alias="from")
    text: Text


class Item(Schema):
    """A text, or a piece of a chat, for the gate."""

    id: str | int | None = None
    text: Text | None = None
    messages: list[Line] | None = Field(default=None, max_length=200)


class Items(Schema):
    """Items for the gate."""

    items: list[Item] = Field(max_length=100)


class Answered(Schema):
    """What the gate says of an item."""

    id: str | int | None
    gate: Literal["none", "abuse", "control", "crisis"]
    why: str


class Draft(Schema):
    """A draft to be read."""

    draft: Text
    context: list[Text] = Field(default=[], max_length=50)
    situation: Text = ""


class Readings(Schema):
    """Tone from -1 to 1, transparency and pressure from 0 to 1."""

    tone: float
    transparency: float
    pressure: float


class Span(Schema):
    """Words of a draft that may stand in its way."""

    start: int
    end: int
    behavior: str
    why: str


class Alternative(Schema):
    """Another way to say it."""

    text: str
    kind: Literal["own words", "smallest change", "phrase", "machine"]
    note: str


class Hold(Schema):
    """Whether it can wait."""

    advised: bool
    why: str


class Reading(Schema):
    """How a draft may land."""

    readings: Readings
    landing: float
    spans: list[Span]
    alternatives: list[Alternative]
    hold: Hold
    gate: Literal["none", "abuse", "control", "crisis"]


class Told(Schema):
    """A finding in words."""

    measure: str
    heading: str
    statement: str
    spread: str
    caveat: str
    estimate: float | None
    interval: list[float] | None
    n: int
    unit: str
    messages: list[int]


class Story(Schema):
    """What was found."""

    headline: str
    findings: list[Told]


class Found(Schema):
    """A message of the chat, with what it was read as."""

    row: int
    sent_at: str
    author: str | None
    text: str
    labels: list[str]


class Search(Schema):
    """Messages that fit."""

    total: int
    messages: list[Found]


class Problem(Schema):
    """Why something could not be done."""

    detail: Any
