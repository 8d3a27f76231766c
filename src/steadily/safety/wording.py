"""What a person reads when coaching stops: one kind sentence, no accusation, no score, no diagnosis."""

from __future__ import annotations

from steadily.codebook import Gate

WHY: dict[Gate, str] = {
    "crisis": (
        "Someone here may be thinking of dying or of hurting themselves: please call a crisis line or the emergency number now; "
        "you need not be sure, and you are not responsible for another's choice."
    ),
    "abuse": (
        "Some of these words speak of harm or of fear, and before any word on what to write, that deserves someone who knows it well."
    ),
    "control": (
        "Some of these words are about watching, forbidding or proving, and before any word on what to write, it is worth talking "
        "to someone who knows such things well."
    ),
}
"""The same whoever wrote the words, since it may be either of the two."""
NOTHING_FOUND = "Nothing in these words asked to stop; that is no promise, and you know best whether you feel safe."
STOPPED = (
    "Steadily has stopped suggesting what to write. Help, calming down, your private notes, export and erasing are still here.",
    "This can be a mistake. If you have read why and want to go on, you can turn it back on yourself; nobody else can.",
)
