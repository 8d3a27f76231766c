"""The words of short messages, folded so that a slip of the thumb or another ending is the same word. Used by `ritual_signs`."""

from __future__ import annotations

import polars as pl

USUAL = 8
"""A word that is said less often is passed over."""
LONG_WORD = 5
"""Letters from which on a word can be known again in a slip of the thumb or with another ending."""
SLIP = 5
"""A word with the letters of another, in another order, counts as that one where that one is so many times as usual."""
WORD = r"[\p{L}\p{M}\p{N}]+(?:'\p{L}+)?|\p{Extended_Pictographic}"


def words_of(short: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """
    The words of messages, one by one.

    Args:
        short: Reads `place`, `slot`, `text`.

    Returns:
        One row per word, in order: `place`, `slot`, `word`, `id` (the number of its folded word, null for a rare one);
        and the folded words: `id`, `said`, `shown` (as it is most often written).
    """
    found = short.select(
        "place",
        "slot",
        word=pl.col("text").str.to_lowercase().str.replace_all("’", "'", literal=True).str.extract_all(WORD),
    )
    found = found.explode("word").drop_nulls("word")
    counted = _without_endings(_without_slips(found.group_by("word").len()))
    usual = (
        counted.sort("len", "word", descending=[True, False])
        .group_by("said", maintain_order=True)
        .agg(pl.col("word").first().alias("shown"), pl.col("len").sum())
        .filter(pl.col("len") >= USUAL)
        .sort("said")
    )
    vocabulary = usual.select("said", "shown").with_row_index("id")
    numbered = counted.join(vocabulary, on="said").select("word", "id")
    return found.join(numbered, on="word", how="left", maintain_order="left"), vocabulary


def _without_slips(counted: pl.DataFrame) -> pl.DataFrame:
    """The words with `said`: the much more usual word of the same first letter and letters, where there is one."""
    letters = pl.col("word").str.head(1) + pl.col("word").str.split("").list.sort().list.join("")
    alike = counted.with_columns(
        letters=pl.when(pl.col("word").str.len_chars() >= LONG_WORD).then(letters).otherwise("word")
    )
    best = (
        alike.filter(pl.col("len") >= USUAL)
        .sort("len", "word", descending=[True, False])
        .unique("letters", keep="first", maintain_order=True)
        .select("letters", best="word", n_best="len")
    )
    slipped = pl.col("n_best") >= SLIP * pl.col("len")
    said = pl.when(slipped).then("best").otherwise("word")
    return alike.join(best, on="letters", how="left").select("word", "len", said=said.fill_null(pl.col("word")))


def _without_endings(counted: pl.DataFrame) -> pl.DataFrame:
    """The same, where `said` is the word without its last letter or two, if that is a word of theirs, too: noodles, noodle."""
    words = counted.select(stem=pl.col("said").unique()).filter(pl.col("stem").str.len_chars() >= LONG_WORD - 1)
    for n in (1, 2):
        shorter = pl.col("said").str.head(-n)
        stems = counted.select("said").unique().with_columns(stem=shorter).join(words, on="stem")
        counted = counted.join(stems, on="said", how="left").select("word", "len", said=pl.coalesce("stem", "said"))
    return counted


def terms_of(words: pl.DataFrame, n_words: int) -> pl.DataFrame:
    """
    Words and pairs of neighbors.

    Args:
        words: From `words_of`.
        n_words: How many folded words there are.

    Returns:
        One row per word and per pair, rare words left out: `place`, `slot`, `term` (a number, for `said`).
    """
    number = pl.col("id").cast(pl.Int64) + 1
    second = pl.when(pl.col("place") == pl.col("place").shift(-1)).then(number.shift(-1))
    single = words.select("place", "slot", term=number).drop_nulls()
    pairs = words.select("place", "slot", term=number * (n_words + 1) + second).drop_nulls()
    return pl.concat([single, pairs])


def said(term: int, shown: list[str]) -> str:
    """A term in words."""
    first, second = divmod(term, len(shown) + 1)
    return f"{shown[first - 1]} {shown[second - 1]}" if first else shown[second - 1]
