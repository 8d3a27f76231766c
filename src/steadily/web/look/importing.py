"""
Reading a chat in the background, with progress that tells what it is doing, and questions where a person has to choose.

An import changes nothing until the very end, when chat, codes and story are put into the vault together.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

import polars as pl
from django.db import connection

from steadily.conversation import Conversation
from steadily.dynamics.rupture_repair import ruptures
from steadily.errors import ChoiceNeeded, SteadilyError
from steadily.pipeline import code_conversation, coded_messages
from steadily.readers.assembly import read_export
from steadily.readers.reader import DateOrder
from steadily.safety.history import gate_history
from steadily.safety.outreach import Said
from steadily.vault import Vault
from steadily.web.look.carrying import carried
from steadily.web.look.chats import Chat, put_chat
from steadily.web.look.coded_chat import by_hand
from steadily.web.look.in_words import in_the_app
from steadily.web.look.retelling import told_anew
from steadily.web.look.uploads import wipe
from steadily.web.shell.stopping import stop_now

log = logging.getLogger("steadily.web")
KEPT_S = 30 * 60
MEGABYTE = 1_000_000
UNEXPECTED = (
    "Something went wrong while this was read, and nothing was kept. Other files are not affected. Try it once more."
)


@dataclass
class Import:
    """
    One import.

    Attributes:
        folders: Where the files lie until they are read.
        vault: Where the chat goes.
        me: Which names are the person's own, once chosen.
        partner: Which are the other's.
        chat: Which chat of several.
        zone: The time zone of the times in the files; nothing for this machine's.
        stage: What it is doing.
        done: How far that has come, in what the stage counts.
        total: How far it has to go.
        needed: The choice that a person has to make.
        problem: Why it stopped.
        finished: Whether the chat is in the vault.
        n_messages: How many messages were read.
    """

    folders: list[Path]
    vault: Vault
    me: list[str] = field(default_factory=list)
    partner: list[str] = field(default_factory=list)
    chat: str | None = None
    zone: str | None = None
    date_order: DateOrder | None = None
    stage: str = "Opening"
    done: int = 0
    total: int = 1
    needed: ChoiceNeeded | None = None
    problem: str = ""
    finished: bool = False
    n_messages: int = 0
    at: float = field(default_factory=time.monotonic)

    @property
    def is_running(self) -> bool:
        """Whether it goes on by itself."""
        return not (self.needed or self.problem or self.finished)

    @property
    def share(self) -> float:
        """How far the stage has come, 0 to 1."""
        return self.done / max(1, self.total)

    @property
    def so_far(self) -> str:
        """The same in words: megabytes read, messages coded, measures taken."""
        if self.stage == "Reading" and self.total >= MEGABYTE:
            return f"{self.done / MEGABYTE:.0f} of {self.total / MEGABYTE:.0f} MB"
        noun = {"Reading what each message does": "messages", "Looking back": "measures"}.get(self.stage, "")
        return f"{self.done:,} of {self.total:,} {noun}" if noun else ""

    def go_on(self) -> None:
        """Begin, or go on after a choice."""
        self.needed, self.problem = None, ""
        Thread(target=self._work, daemon=True).start()

    def give_up(self) -> None:
        """Remove the files."""
        for folder in self.folders:
            wipe(folder)
        self.folders = []

    def _work(self) -> None:
        try:
            self._read()
        except ChoiceNeeded as needed:
            self.needed = needed
        except SteadilyError as error:
            self._stop(in_the_app(str(error)))
        except Exception:
            log.exception("an import stopped")
            self._stop(UNEXPECTED)
        finally:
            connection.close()

    def _stop(self, problem: str) -> None:
        self.problem = problem
        self.give_up()

    def _read(self) -> None:
        conversation = read_export(
            [path for folder in self.folders for path in sorted(folder.iterdir())],
            me=self.me,
            partner=self.partner,
            chat=self.chat,
            zone=self.zone,
            date_order=self.date_order,
            progress=self._progress,
        )
        self.n_messages = conversation.messages.height
        self.give_up()
        codes = code_conversation(conversation, progress=self._progress)
        said = carried(self.vault, conversation)
        coded, chat = coded_messages(conversation, codes, said), Chat(conversation, codes.p)
        mended = by_hand(self.vault, chat, ruptures(coded))
        story = told_anew(conversation, coded, said, mended, progress=self._progress)
        self._progress("Keeping it", 0, 1)
        put_chat(self.vault, chat, story, said)
        answer = gate_history(_said(conversation), codes.p)
        if answer.gate != "none":
            stop_now(self.vault, answer.gate)
        self.finished = True

    def _progress(self, stage: str, done: int, total: int) -> None:
        self.stage, self.done, self.total = stage, done, total


def _said(conversation: Conversation) -> list[Said]:
    rows = conversation.messages.select("author", pl.col("text").fill_null(""))
    return [Said(author or "me", text if author else "") for author, text in rows.iter_rows()]


_imports: dict[str, Import] = {}


def begin(
    folders: Sequence[Path],
    vault: Vault,
    *,
    zone: str | None = None,
    date_order: DateOrder | None = None,
    me: Sequence[str] = (),
) -> str:
    """Start an import; returns its name."""
    for name, one in list(_imports.items()):
        if time.monotonic() - one.at > KEPT_S:
            one.give_up()
            _imports.pop(name)
    name = secrets.token_hex(16)
    _imports[name] = Import(list(folders), vault, me=list(me), zone=zone, date_order=date_order)
    _imports[name].go_on()
    return name


def named(name: str) -> Import | None:
    """The import of that name."""
    return _imports.get(name)


def let_go(name: str) -> None:
    """Give an import up, or forget it once it is done."""
    one = _imports.pop(name, None)
    if one is not None:
        one.give_up()
