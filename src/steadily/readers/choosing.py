"""Which of the chats that were found is the one, and letting go of the others' rows on the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from steadily.errors import Choice, ChoiceNeeded, NoMessages
from steadily.readers.people import fold_name, senders_of
from steadily.readers.transcript import Transcript


@dataclass
class _Candidate:
    """One chat a person can choose, in all files it was found in."""

    label: str
    n_messages: int = 0
    transcripts: list[Transcript] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def add(self, transcript: Transcript) -> None:
        self.n_messages += transcript.rows.height
        self.names |= _names(transcript)
        self.transcripts.append(transcript)

    def let_go(self) -> None:
        """Drop the rows; what is needed to choose stays."""
        self.transcripts = [replace(one, rows=one.rows.clear()) for one in self.transcripts]


def choose(transcripts: Iterable[Transcript], *, chat: str | None, partner: Sequence[str]) -> list[Transcript]:
    """
    The transcripts of one couple among all that were found.

    Files that hold the same two names are one chat. Rows of chats that cannot be the one, or that a person will first have
    to choose from, are let go at once: a whole archive is searched in the memory of its largest chat.

    Args:
        transcripts: What the readers found.
        chat: The chat's title or a name in it; None where there is no choice.
        partner: Names of the other person, which also choose.

    Returns:
        At least one transcript.

    Raises:
        NoMessages: There is none with messages.
        ChoiceNeeded: There are several.
    """
    wanted = {fold_name(name) for name in ([chat] if chat else partner)}
    candidates: dict[object, _Candidate] = {}
    inputs: dict[str, set[object]] = {}
    for transcript in transcripts:
        if not transcript.rows.height and not transcript.given:
            continue
        key = _key(transcript)
        found = candidates.setdefault(key, _Candidate(transcript.title or _pair_label(transcript)))
        found.add(transcript)
        same_input = inputs.setdefault(transcript.label.split(",")[0], set())
        same_input.add(key)
        if wanted and not wanted & found.names:
            found.let_go()
        elif not wanted and len(same_input) > 1:
            for one in same_input:
                candidates[one].let_go()
    fitting = _fitting(candidates.values(), wanted)
    if len(fitting) == 1 or all(len(keys) == 1 for keys in inputs.values()):
        return [transcript for found in fitting for transcript in found.transcripts]
    raise ChoiceNeeded("Several chats were found. Choose one with --chat NAME.", what="chat", choices=_choices(fitting))


def _fitting(candidates: Iterable[_Candidate], wanted: set[str]) -> list[_Candidate]:
    found = list(candidates)
    if not found:
        raise NoMessages("No messages were found in what you gave. Check that it is the right file or folder.")
    fitting = [one for one in found if not wanted or wanted & one.names]
    if not fitting:
        sentence = "No chat by that name was found. Choose one of these with --chat."
        raise ChoiceNeeded(sentence, what="chat", choices=_choices(found))
    return [one for one in fitting if one.n_messages] or fitting


def _choices(candidates: Iterable[_Candidate]) -> tuple[Choice, ...]:
    ordered = sorted(candidates, key=lambda found: -found.n_messages)
    return tuple(Choice(found.label, found.label, found.n_messages) for found in ordered)


def _names(transcript: Transcript) -> set[str]:
    """Every name by which the chat may be asked for: its title, the names and ids in it, and their first words."""
    names = {
        fold_name(name) for name in (transcript.title, transcript.chat, *transcript.names.values(), *transcript.names)
    }
    return names | {name.split(" ")[0] for name in names if name}


def _key(transcript: Transcript) -> object:
    people = frozenset(fold_name(transcript.names.get(sender, sender)) for sender in senders_of(transcript))
    if len(people) == 2 and not transcript.is_group:
        return people
    return (transcript.app, transcript.label, transcript.chat)


def _pair_label(transcript: Transcript) -> str:
    return " · ".join(sorted(transcript.names.values())[:4]) or transcript.chat
