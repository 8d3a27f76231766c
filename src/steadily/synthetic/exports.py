"""A synthetic couple's chat as WhatsApp, iMessage, Telegram and Signal would export it, seen from my phone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from steadily.conversation import Conversation
from steadily.synthetic.couple import SyntheticCouple

Form = Literal["whatsapp", "imessage", "telegram", "signal"]
APPLE_EPOCH_S = 978_307_200
NOTICE = (
    "Messages and calls are end-to-end encrypted. No one outside of this chat, not even WhatsApp, can read or listen to them. "
    "Tap to learn more."
)
TAPBACKS = {"❤️": 2000, "👍": 2001, "👎": 2002, "😂": 2003}
CUSTOM_TAPBACK = 2006
Row = dict[str, Any]


def write_export(couple: SyntheticCouple, folder: Path, form: Form) -> Path:
    """
    Write the chat as one app would export it.

    Args:
        couple: The couple.
        folder: Where to; made if it is not there.
        form: Which app.

    Returns:
        The file that was written. WhatsApp's holds minutes and no reactions, as the real one does.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return WRITERS[form](couple.conversation, folder)


def _names(conversation: Conversation) -> dict[str, str]:
    return {"me": conversation.partners.me, "partner": conversation.partners.partner}


def _rows(conversation: Conversation) -> Iterator[Row]:
    return conversation.messages.iter_rows(named=True)


def _whatsapp(conversation: Conversation, folder: Path) -> Path:
    names = _names(conversation)
    path = folder / f"WhatsApp Chat with {names['partner']}.txt"
    lines: list[str] = []
    for row in _rows(conversation):
        stamp = f"{row['local_time']:%d/%m/%Y, %H:%M}"
        lines += [f"{stamp} - {NOTICE}"] if not lines else []
        body = _whatsapp_body(row)
        if body is not None:
            lines.append(f"{stamp} - {names[row['author']]}: {body}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _whatsapp_body(row: Row) -> str | None:
    if row["kind"] == "text":
        return str(row["text"])
    if row["kind"] == "media":
        return "<Media omitted>"
    if row["kind"] == "call":
        return f"Voice call, {max(round(row['call_s'] / 60), 1)} min" if row["call_s"] else "Missed voice call"
    return None


def _telegram(conversation: Conversation, folder: Path) -> Path:
    names, ids = _names(conversation), {"me": "user1001", "partner": "user2002"}
    reactions = _reactions(conversation)
    messages = []
    for row in _rows(conversation):
        if row["kind"] == "reaction":
            continue
        record: Row = {"id": row["row"] + 1, "type": "service" if row["kind"] == "call" else "message"}
        record |= {
            "date": f"{row['local_time']:%Y-%m-%dT%H:%M:%S}",
            "date_unixtime": str(int(row["sent_at"].timestamp())),
        }
        if row["kind"] == "call":
            record |= {
                "actor": names[row["author"]],
                "actor_id": ids[row["author"]],
                "action": "phone_call",
                "text": "",
            }
            record |= {"duration_seconds": int(row["call_s"])} if row["call_s"] else {"discard_reason": "missed"}
        else:
            record |= {"from": names[row["author"]], "from_id": ids[row["author"]], "text": row["text"] or ""}
            record |= _telegram_media(row["media"])
        given = reactions.get(row["row"], [])
        if given:
            record["reactions"] = [
                {
                    "type": "emoji",
                    "count": 1,
                    "emoji": one["text"],
                    "recent": [
                        {
                            "from": names[one["author"]],
                            "from_id": ids[one["author"]],
                            "date": f"{one['local_time']:%Y-%m-%dT%H:%M:%S}",
                        }
                    ],
                }
                for one in given
            ]
        messages.append(record)
    chat = {"name": names["partner"], "type": "personal_chat", "id": 2002, "messages": messages}
    path = folder / "result.json"
    path.write_text(json.dumps(chat, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def _telegram_media(media: str | None) -> Row:
    if media == "image":
        return {"photo": "(File not included. Change data exporting settings to download.)"}
    kinds = {"video": "video_file", "audio": "voice_message", "sticker": "sticker"}
    return {"file": "(File not included.)", "media_type": kinds[media]} if media in kinds else {}


def _reactions(conversation: Conversation) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in _rows(conversation):
        if row["kind"] == "reaction":
            found.setdefault(row["reply_to"], []).append(row)
    return found


def _signal(conversation: Conversation, folder: Path) -> Path:
    names = _names(conversation)
    frames: list[Row] = [
        {"version": "1", "backupTimeMs": str(_ms(conversation.messages["sent_at"][-1]))},
        {"account": {"profileKey": "", "givenName": names["me"]}},
        {"recipient": {"id": "1", "self": {}}},
        {"recipient": {"id": "2", "contact": {"profileGivenName": names["partner"]}}},
        {"chat": {"id": "7", "recipientId": "2"}},
    ]
    reactions = _reactions(conversation)
    ids = {"me": "1", "partner": "2"}
    for row in _rows(conversation):
        if row["kind"] == "reaction":
            continue
        sent = str(_ms(row["sent_at"]))
        item: Row = {"chatId": "7", "authorId": ids[row["author"]], "dateSent": sent}
        item |= {"outgoing": {}} if row["author"] == "me" else {"incoming": {"dateReceived": sent}}
        if row["kind"] == "call":
            ended = str(int(sent) + int(row["call_s"] * 1000))
            state = "ACCEPTED" if row["call_s"] else "MISSED"
            call = {"type": "AUDIO_CALL", "state": state, "startedCallTimestamp": sent, "endedCallTimestamp": ended}
            item["updateMessage"] = {"individualCall": call}
        else:
            item["standardMessage"] = _signal_message(row, reactions.get(row["row"], []), ids)
        frames.append({"chatItem": item})
    (folder / "metadata.json").write_text('{"version": 1}', encoding="utf-8")
    path = folder / "main.jsonl"
    path.write_text("".join(json.dumps(frame, ensure_ascii=False) + "\n" for frame in frames), encoding="utf-8")
    return path


def _signal_message(row: Row, reactions: list[Row], ids: dict[str, str]) -> Row:
    message: Row = {"text": {"body": row["text"]}} if row["text"] else {}
    if row["media"]:
        kinds = {"image": "image/jpeg", "video": "video/mp4", "audio": "audio/aac", "sticker": "image/webp"}
        message["attachments"] = [{"pointer": {"contentType": kinds[row["media"]]}}]
    if reactions:
        message["reactions"] = [
            {"emoji": one["text"], "authorId": ids[one["author"]], "sentTimestamp": str(_ms(one["sent_at"]))}
            for one in reactions
        ]
    return message


def _ms(at: datetime) -> int:
    return int(at.astimezone(UTC).timestamp() * 1000)


SCRIPT = """
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT, service TEXT, uncanonicalized_id TEXT);
CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, guid TEXT, style INTEGER, chat_identifier TEXT, display_name TEXT, service_name TEXT);
CREATE TABLE chat_handle_join (chat_id INTEGER, handle_id INTEGER);
CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER, message_date INTEGER);
CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY, guid TEXT, filename TEXT, mime_type TEXT, uti TEXT, transfer_name TEXT);
CREATE TABLE message_attachment_join (message_id INTEGER, attachment_id INTEGER);
CREATE TABLE message (
    ROWID INTEGER PRIMARY KEY, guid TEXT, text TEXT, attributedBody BLOB, handle_id INTEGER, service TEXT, date INTEGER,
    is_from_me INTEGER, item_type INTEGER DEFAULT 0, group_action_type INTEGER DEFAULT 0, cache_has_attachments INTEGER DEFAULT 0,
    associated_message_guid TEXT, associated_message_type INTEGER DEFAULT 0, associated_message_emoji TEXT,
    thread_originator_guid TEXT, date_edited INTEGER DEFAULT 0, date_retracted INTEGER DEFAULT 0, message_summary_info BLOB,
    balloon_bundle_id TEXT
);
INSERT INTO chat VALUES (1, 'iMessage;-;+15550100', 45, '+15550100', '', 'iMessage');
INSERT INTO chat_handle_join VALUES (1, 1);
"""


def _imessage(conversation: Conversation, folder: Path) -> Path:
    """The Mac's chat.db; calls are not in it, as in the real one. The partner's handle is their name."""
    path = folder / "chat.db"
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    with database:
        database.executescript(SCRIPT)
        database.execute("INSERT INTO handle VALUES (1, ?, 'iMessage', NULL)", (_names(conversation)["partner"],))
        for row in _rows(conversation):
            if row["kind"] != "call":
                _imessage_row(database, row)
    database.close()
    return path


def _imessage_row(database: sqlite3.Connection, row: Row) -> None:
    identity, mine = row["row"] + 1, int(row["author"] == "me")
    date = (_ms(row["sent_at"]) - APPLE_EPOCH_S * 1000) * 1_000_000
    text, target, kind, emoji = row["text"], None, 0, None
    if row["kind"] == "reaction":
        target, kind = f"p:0/GUID-{row['reply_to'] + 1}", TAPBACKS.get(row["text"], CUSTOM_TAPBACK)
        text, emoji = None, row["text"] if kind == CUSTOM_TAPBACK else None
    elif row["media"]:
        text = "\ufffc"
    database.execute(
        "INSERT INTO message (ROWID, guid, text, handle_id, service, date, is_from_me, cache_has_attachments, "
        "associated_message_guid, associated_message_type, associated_message_emoji) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        (
            identity,
            f"GUID-{identity}",
            text,
            0 if mine else 1,
            "iMessage",
            date,
            mine,
            int(bool(row["media"])),
            target,
            kind,
            emoji,
        ),
    )
    database.execute("INSERT INTO chat_message_join VALUES (1, ?, ?)", (identity, date))
    if row["media"]:
        kinds = {"image": "image/jpeg", "video": "video/quicktime", "audio": "audio/amr", "sticker": "image/png"}
        database.execute(
            "INSERT INTO attachment VALUES (?, ?, NULL, ?, NULL, NULL)",
            (identity, f"A-{identity}", kinds[row["media"]]),
        )
        database.execute("INSERT INTO message_attachment_join VALUES (?, ?)", (identity, identity))


WRITERS: dict[Form, Callable[[Conversation, Path], Path]] = {
    "whatsapp": _whatsapp,
    "imessage": _imessage,
    "telegram": _telegram,
    "signal": _signal,
}
