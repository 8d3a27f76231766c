"""From files to one `Conversation`: recognize, choose, tell the two apart, put on one clock, merge, number."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from steadily.conversation import AUTHORS, SCHEMA, Conversation, Partners, SourceFile
from steadily.errors import Choice, ChoiceNeeded, Issue, NoMessages, UnknownFormat, UnreadableFile
from steadily.readers.choosing import choose
from steadily.readers.clock import add_instants
from steadily.readers.discovery import gather
from steadily.readers.merging import merge
from steadily.readers.people import Pair, find_pair, fold_name
from steadily.readers.reader import DateOrder, Progress, ReadOptions, no_progress
from steadily.readers.registry import READERS, recognize
from steadily.readers.source import Source
from steadily.readers.transcript import Transcript
from steadily.readers.zone import zone_named


def read_export(
    paths: Sequence[str | Path],
    *,
    me: Sequence[str] = (),
    partner: Sequence[str] = (),
    chat: str | None = None,
    zone: str | None = None,
    date_order: DateOrder | None = None,
    columns: Mapping[str, str] | None = None,
    progress: Progress = no_progress,
) -> Conversation:
    """
    Read one couple's messages from chat exports.

    Several files of one chat (overlapping, split, or from two apps) become one conversation, each message once.

    Args:
        paths: Exported files, zips, or folders that are searched for chats.
        me: How the person who looks back is named in the exports (name, number or id); several if they differ.
        partner: The same for the other person; needed for groups, and where a person has several names.
        chat: Which chat, where an input holds several: its title or one of the names in it.
        zone: IANA time zone for exports that hold wall-clock times; None takes this machine's.
        date_order: Order of day, month, year, where the file's own evidence does not tell.
        columns: For one's own CSV or JSON: field (`time`, `sender`, `text`) → column.
        progress: Told how far reading has come.

    Returns:
        The conversation, with everything that could not be read or was decided in its `issues`.

    Raises:
        InputError: The input cannot be used; the message says what to do.
        ChoiceNeeded: A person has to choose a chat, or who is who.
    """
    zone_name = zone_named(zone)
    options = ReadOptions(date_order=date_order, columns=columns or {}, me=tuple(me), progress=progress)
    sources = gather(paths)
    chosen = choose(_all_transcripts(sources, options), chat=chat, partner=partner)
    return assemble(chosen, me=me, partner=partner, zone=zone_name, zone_given=zone is not None)


def read_source(source: Source, **options: object) -> Iterator[Transcript]:
    """The transcripts of one source, without choosing or merging."""
    yield from _all_transcripts([source], ReadOptions(**options))  # type: ignore[arg-type]


def _all_transcripts(sources: Sequence[Source], options: ReadOptions) -> Iterator[Transcript]:
    """Every chat in the sources, reader by reader, each input's sources together."""
    batches: dict[tuple[str, int], list[Source]] = {}
    for source in sources:
        reader = recognize(source)
        if reader is not None:
            batches.setdefault((reader.name, id(source.family)), []).append(source)
        elif source.given and len(source.family) <= 1:
            raise _unknown(source)
    if not batches:
        raise UnknownFormat(
            "No chat was found in what you gave. `steadily readers` lists what can be read, and how to export it."
        )
    readers = {reader.name: reader for reader in READERS}
    for (name, _), batch in batches.items():
        for transcript in readers[name].read(batch, options):
            yield replace(transcript, reader=name)


def _unknown(source: Source) -> UnreadableFile | UnknownFormat:
    if not source.size:
        return UnreadableFile(f"{source.label} is empty. Export the chat again and give the new file.")
    return UnknownFormat(
        f"{source.label} is in no format that can be read. `steadily readers` lists the formats and how to export each; "
        "a table of your own can be read with --columns."
    )


def assemble(
    transcripts: Sequence[Transcript], *, me: Sequence[str], partner: Sequence[str], zone: str, zone_given: bool
) -> Conversation:
    """
    One conversation from the transcripts of one couple.

    Args:
        transcripts: What was read; at least one.
        me: Names of the person who looks back.
        partner: Names of the other.
        zone: IANA time zone.
        zone_given: Whether the person chose it (otherwise it is said that it was assumed).

    Returns:
        The conversation.

    Raises:
        NoMessages: Nothing between two people is in them.
        ChoiceNeeded: Who is who is not clear.
    """
    pairs = _pairs(transcripts, me=me, partner=partner)
    ordered = sorted(range(len(transcripts)), key=lambda index: (transcripts[index].app, _last(transcripts[index])))
    partners = _partners([pairs[index] for index in ordered])
    tables: dict[str, pl.DataFrame] = {}
    files: list[SourceFile] = []
    issues: list[Issue] = []
    for number, index in enumerate(ordered):
        transcript, pair = transcripts[index], pairs[index]
        rows = add_instants(_two_people(transcript, pair), clock=transcript.clock, zone=zone)
        rows = rows.with_columns(source=pl.lit(number, pl.UInt16))
        n_duplicates = 0
        if transcript.app in tables:
            merged = merge(tables[transcript.app], rows, second_is_local=transcript.clock == "local")
            tables[transcript.app], n_duplicates = merged.rows, merged.n_duplicates
            issues.extend(_shift_issue(merged.shift_s, number))
        else:
            tables[transcript.app] = rows
        files.append(_source_file(transcript, rows, n_duplicates))
        issues.extend(replace(issue, source=number) for issue in transcript.issues)
        issues.extend(_left_out(transcript, rows, number))
    if any(file.clock == "local" for file in files) and not zone_given:
        sentence = f"These exports hold wall-clock times without a time zone; they were read as {zone}."
        issues.append(
            Issue(sentence, "If that is wrong, choose it: --zone Europe/Lisbon.", source=-1, weight="decided")
        )
    messages = _number(pl.concat(tables.values()), partners)
    return Conversation(messages, partners, zone, tuple(issues), tuple(files))


def _last(transcript: Transcript) -> str:
    return str(transcript.rows["at"].max() or "")


def _pairs(transcripts: Sequence[Transcript], *, me: Sequence[str], partner: Sequence[str]) -> list[Pair]:
    """Who is who in each transcript; what one tells helps with the next."""
    mine, theirs = list(me), list(partner)
    pairs: dict[int, Pair] = {}
    for last_try in (False, True):
        for index, transcript in enumerate(transcripts):
            if index in pairs:
                continue
            try:
                pairs[index] = find_pair(transcript, me=mine, partner=theirs)
            except ChoiceNeeded:
                if last_try or len(transcripts) == 1:
                    raise
                continue
            mine += [*pairs[index].me, pairs[index].me_name]
            theirs += [*pairs[index].partner, pairs[index].partner_name] if not partner else []
    if not partner:
        _check_same_partner([pairs[index] for index in range(len(transcripts))])
    return [pairs[index] for index in range(len(transcripts))]


def _check_same_partner(pairs: Sequence[Pair]) -> None:
    """Two names that cannot be one person's are asked about, not merged."""
    names = {fold_name(pair.partner_name): pair.partner_name for pair in pairs if _is_name(pair.partner_name)}
    words = [set(name.split()) for name in names]
    if len(names) > 1 and not set.intersection(*words):
        raise ChoiceNeeded(
            "These files seem to be chats with different people. If it is one person under several names, "
            "give each with --with; otherwise look at one chat at a time.",
            what="partner",
            choices=tuple(Choice(name, name) for name in names.values()),
        )


def _is_name(name: str) -> bool:
    return "@" not in name and not any(letter.isdigit() for letter in name)


def _partners(pairs: Sequence[Pair]) -> Partners:
    def best(names: list[str]) -> str:
        return next((name for name in names if _is_name(name)), names[0])

    return Partners(
        me=best([pair.me_name for pair in pairs]),
        partner=best([pair.partner_name for pair in pairs]),
        me_aliases=frozenset().union(*(pair.me | {pair.me_name} for pair in pairs)),
        partner_aliases=frozenset().union(*(pair.partner | {pair.partner_name} for pair in pairs)),
    )


def _two_people(transcript: Transcript, pair: Pair) -> pl.DataFrame:
    """The rows of the two, and the app's own, with `author` in place of `sender`."""
    rows = transcript.rows
    author = (
        pl.when(_is_one_of(pair.me))
        .then(pl.lit("me", AUTHORS))
        .when(_is_one_of(pair.partner))
        .then(pl.lit("partner", AUTHORS))
        .otherwise(pl.lit(None, AUTHORS))
    )
    rows = rows.with_columns(author=author, app=pl.lit(transcript.app))
    if rows["author"].null_count() != rows["sender"].null_count():
        rows = rows.filter(pl.col("sender").is_null() | pl.col("author").is_not_null())
    return rows.drop("sender")


def _is_one_of(senders: frozenset[str]) -> pl.Expr:
    return pl.any_horizontal(pl.col("sender") == sender for sender in sorted(senders))


def _left_out(transcript: Transcript, rows: pl.DataFrame, number: int) -> Iterator[Issue]:
    n_others = transcript.rows.height - rows.height
    if n_others:
        sentence = f"{n_others} messages are from other people in this chat."
        yield Issue(sentence, "They were left out: this is about the two of you.", 0, n_others, number, "coverage")


def _shift_issue(shift_s: int, number: int) -> Iterator[Issue]:
    if shift_s:
        hours = f"{abs(shift_s) / 3600:g} hours"
        sentence = f"The clock of this export stands {hours} apart from the one before; shared messages show that."
        yield Issue(sentence, "Its times were moved so that they agree.", source=number, weight="decided")


def _source_file(transcript: Transcript, rows: pl.DataFrame, n_duplicates: int) -> SourceFile:
    return SourceFile(
        app=transcript.app,
        reader=transcript.reader,
        label=transcript.label,
        clock=transcript.clock,
        n_rows=rows.height - n_duplicates,
        n_duplicates=n_duplicates,
        first_at=rows["sent_at"].min(),  # type: ignore[arg-type]
        last_at=rows["sent_at"].max(),  # type: ignore[arg-type]
    )


def _number(rows: pl.DataFrame, partners: Partners) -> pl.DataFrame:
    """Sort by time (stable), number the rows, and turn reply keys into row numbers."""
    if rows["author"].drop_nulls().n_unique() != 2:
        raise NoMessages("Only one person writes in these files, so there is nothing between two people to read.")
    if not rows["sent_at"].is_sorted():
        rows = rows.sort("sent_at", maintain_order=True)
    names = "\n".join(sorted((fold_name(partners.me), fold_name(partners.partner))))
    rows = rows.with_columns(
        row=pl.int_range(pl.len(), dtype=pl.UInt32),
        conversation_id=pl.lit(hashlib.blake2b(names.encode(), digest_size=6).hexdigest()),
    )
    if rows["reply_key"].null_count() == rows.height:
        rows = rows.with_columns(reply_to=pl.lit(None, pl.UInt32))
    else:
        targets = rows.filter(pl.col("key").is_not_null()).select("app", reply_key="key", reply_to="row")
        targets = targets.unique(["app", "reply_key"], keep="first", maintain_order=True)
        rows = rows.join(targets, on=["app", "reply_key"], how="left", maintain_order="left")
    return rows.select(*SCHEMA)
