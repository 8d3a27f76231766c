"""What a person reads when coaching stops: one kind sentence, no accusation, no score, no diagnosis."""

from __future__ import annotations

from steadily.codebook import Gate

WHY: dict[Gate, str] = {
    "crisis": (
        "Someone's life may be in danger here: please call a crisis line or the emergency number now; "
        "you need not be sure, and you are not responsible for another's choice."
    ),
    "abuse": (
        "This speaks of harm or of fear: that comes before finding words, and there are people who know it well."
    ),
    "control": (
        "This speaks of watching, forbidding or having to prove things: before any word on what to write, it is worth talking "
        "to someone who knows such things well."
    ),
}
"""The same whoever wrote the words, since it may be either of the two."""
NOTHING_FOUND = "Nothing in these words asked to stop; that is no promise, and you know best whether you feel safe."
STOPPED = (
    "Steadily has stopped suggesting what to write. Help, calming down, your private notes, export and erasing are still here.",
    "This may be a mistake. If you have read why and want to go on, you can turn it back on, here on this device.",
)
