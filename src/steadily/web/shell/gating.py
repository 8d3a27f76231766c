"""What a person writes, before it is used: whether coaching stops at it."""

from __future__ import annotations

from django.http import HttpRequest

from steadily.codebook import GATES_BY_WEIGHT
from steadily.safety.gate import gate_texts
from steadily.web.accounts.place import place_of
from steadily.web.shell.stopping import stop_now


def stops_at(request: HttpRequest, *texts: str) -> bool:
    """
    Whether coaching stops at any of these; of several reasons the gravest is kept, to be read under `stopped`.

    Args:
        request: Of the visit.
        texts: Each is read by itself.
    """
    found = {one.gate for one in gate_texts(texts)}
    gravest = next((gate for gate in GATES_BY_WEIGHT if gate in found), None)
    if gravest:
        stop_now(place_of(request).vault, gravest)
    return gravest is not None
