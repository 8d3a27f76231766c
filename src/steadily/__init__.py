"""
Steadily: a private companion for rebuilding emotional trust after distance.

The public verbs load what they need when they are used::

    conversation = steadily.read(["WhatsApp Chat with Jules.txt"], me=["Robin"])
    told = steadily.look_back(conversation).told
    codes = steadily.code(["I snapped. That was on me, I'm sorry"])
    read = steadily.review("you never call. fine", ["partner: sorry, long day"])
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from steadily.behaviors.coding import code
    from steadily.coach.review import review
    from steadily.pipeline import look_back
    from steadily.readers.assembly import read_export as read

__all__ = ["code", "look_back", "read", "review"]

_HOMES = {
    "read": ("steadily.readers.assembly", "read_export"),
    "code": ("steadily.behaviors.coding", "code"),
    "look_back": ("steadily.pipeline", "look_back"),
    "review": ("steadily.coach.review", "review"),
}


def __getattr__(name: str) -> object:
    """Load a public verb on first use, so that `import steadily` stays light."""
    if name not in _HOMES:
        raise AttributeError(f"module 'steadily' has no attribute {name!r}")
    from importlib import import_module

    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
