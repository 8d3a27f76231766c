"""
What can go wrong, and how it is said.

Two kinds. A bad line is a value: an `Issue`, collected on the conversation and shown beside it. What stops work is an
exception that says what happened, where, and what to do::

    SteadilyError
    ├── InputError              the input could not be used (exit status 1)
    │   ├── UnreadableFile      missing, unreadable, binary, damaged
    │   ├── UnknownFormat       no reader recognizes it
    │   ├── UnsafeArchive       a zip that escapes its folder or unpacks to far more than it holds
    │   ├── EncryptedArchive    a zip with a password
    │   ├── NoMessages          recognized, but nothing between two people is in it
    │   └── ChoiceNeeded        several chats, several people, or "which of the two is you?"
    ├── WeightsError            a model's weights are missing or damaged
    ├── VaultError              what is kept cannot be opened, or not be kept
    │   ├── WrongPassphrase     another passphrase opens it, or a new one is too short
    │   ├── WrongCode           another recovery code opens it, or it was mistyped
    │   ├── VaultExists         there is one already
    │   ├── VaultDamaged        rows or keys are not what was kept
    │   └── NotKept             no room; nothing has changed
    ├── ModelServerError        the person's own model server could not be asked, or its answer not used
    └── UsageError              an option that cannot be (exit status 2)

No message here ever holds message text or a person's name: both would end up in terminals, logs and bug reports.
Names that a person must choose from travel in `ChoiceNeeded.choices`, apart from the message.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


class SteadilyError(Exception):
    """Something stopped the work; the message says what happened, where, and what to do."""


class InputError(SteadilyError):
    """The input could not be used."""


class UnreadableFile(InputError):
    """A file is missing, may not be read, or is damaged."""


class UnknownFormat(InputError):
    """No reader recognizes the input."""


class WeightsError(SteadilyError):
    """The weights of a model are missing or damaged."""


class VaultError(SteadilyError):
    """What is kept cannot be opened, or something cannot be kept."""


class WrongPassphrase(VaultError):
    """Another passphrase opens the vault, or a new one is too short."""


class WrongCode(VaultError):
    """Another recovery code opens the vault, or this one was mistyped."""


class VaultExists(VaultError):
    """There is a vault already."""


class VaultDamaged(VaultError):
    """Rows or keys are not what was kept."""


class NotKept(VaultError):
    """There was no room to keep something; nothing has changed."""


class ModelServerError(SteadilyError):
    """The model server that a person connected could not be asked, or its answer cannot be used; all goes on without it."""


class UnsafeArchive(InputError):
    """An archive that would write outside its folder or unpack to far more than it holds."""


class EncryptedArchive(InputError):
    """An archive that needs a password."""


class NoMessages(InputError):
    """The input was recognized, but holds no messages between two people."""


@dataclass(frozen=True)
class Choice:
    """
    One thing a person can choose.

    Attributes:
        value: What to pass back (a chat key or a name).
        label: What to show.
        n_messages: How many messages it stands for.
    """

    value: str
    label: str
    n_messages: int = 0


class ChoiceNeeded(InputError):
    """
    A person has to choose before the work can go on.

    Attributes:
        what: `chat` (several chats were found), `me` (which of the two is you) or `partner` (a group: with whom).
        choices: What can be chosen. These hold names; the message does not.
    """

    def __init__(self, message: str, *, what: Literal["chat", "me", "partner"], choices: tuple[Choice, ...]) -> None:
        super().__init__(message)
        self.what = what
        self.choices = choices


class UsageError(SteadilyError):
    """An option or argument that cannot be."""


@dataclass(frozen=True)
class Issue:
    """
    Something in a source that could not be read as it stands, or that was decided on the way.

    Attributes:
        problem: What is so, in one plain sentence without message text or names.
        remedy: What a person can do, or what was done instead.
        line: First line (text formats) or record number (others) it speaks of, from 1; 0 for the whole file.
        n_lines: How many lines or records from there on.
        source: Index into `Conversation.sources`, from 0; -1 for all of them together.
        weight: `lost` (something was not read), `decided` (a choice was made) or `coverage` (what the export holds).
    """

    problem: str
    remedy: str
    line: int = 0
    n_lines: int = 1
    source: int = 0
    weight: Literal["lost", "decided", "coverage"] = "lost"
