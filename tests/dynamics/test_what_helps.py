"""What was followed by warmth: a planted difference comes out, mood does not, and shuffled answers give nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import numpy.typing as npt
import polars as pl
import pytest

from conversations import conversation_of
from steadily.codebook import LABELS
from steadily.conversation import SCHEMA
from steadily.dynamics.coded import CODE_COLUMNS, with_codes
from steadily.dynamics.matched_moments import PAUSE, moments
from steadily.dynamics.what_helps import Helped, false_discovery, find_what_helps, what_helps
from steadily.report.telling.what_helps import DID, SENTENCES

START = datetime(2025, 1, 6, 9)
MINE, WARM = LABELS.index("disclosure"), LABELS.index("appreciation")
READ_RIGHT, READ_WRONG = (2.2, 1.8), (0.8, 6.0)
"""Beta laws of what a reader says where something is there, and where it is not: half of what is there stays below its line."""

Floats = npt.NDArray[np.float64]


def read(there: Floats, rng: np.random.Generator) -> Floats:
    """What a calibrated reader that misses half says of what is there."""
    from scipy.stats import beta

    score = np.where(there > 0, rng.beta(*READ_RIGHT, len(there)), rng.beta(*READ_WRONG, len(there)))
    usual = there.mean()
    yes, no = usual * beta.pdf(score, *READ_RIGHT), (1 - usual) * beta.pdf(score, *READ_WRONG)
    calibrated: Floats = yes / (yes + no)
    return calibrated


def planted(
    seed: int, effect: float = 0.15, *, weeks: int = 40, often: float = -2.2, noisy: bool = True
) -> tuple[pl.DataFrame, float]:
    """
    Sessions of turns in which a behavior of mine raises the chance of a warm answer, while one hidden mood a session
    raises both.

    Returns:
        The coded table, and the planted difference as it shows between turns that are read as carrying the behavior and
        others.
    """
    rng = np.random.default_rng(seed)
    rows: list[tuple[datetime, bool, float]] = []
    for week in range(weeks):
        for session in range(rng.poisson(6)):
            mood, late = rng.normal(), rng.random() < 0.5
            at = START + timedelta(weeks=week, days=session % 7, hours=11 * late)
            last = float(rng.random() < np.clip(0.25 + 0.12 * mood, 0.02, 0.98))
            rows.append((at, False, last))
            for _ in range(2 + rng.poisson(4)):
                did = float(rng.random() < 1 / (1 + np.exp(-(often + mood + 0.9 * last + 0.6 * late))))
                chance = 0.25 + 0.12 * mood + 0.15 * last + 0.06 * late + effect * did
                last = float(rng.random() < np.clip(chance, 0.02, 0.98))
                at += timedelta(minutes=6)
                rows += [(at - timedelta(minutes=3), True, did), (at, False, last)]
    rows.sort()
    mine, there = np.array([one for _, one, _ in rows]), np.array([one for *_, one in rows])
    p = np.zeros((len(rows), len(LABELS)), dtype=np.float32)
    p[mine, MINE] = read(there[mine], rng) if noisy else there[mine]
    p[~mine, WARM] = read(there[~mine], rng) if noisy else there[~mine]
    coded = p[mine, MINE] >= 0.5
    seen = there[mine][coded].mean() - there[mine][~coded].mean()
    warm = p[~mine, WARM]
    seen *= warm[there[~mine] > 0].mean() - warm[there[~mine] == 0].mean()
    times = [at for at, *_ in rows]
    table = pl.DataFrame(
        {
            "conversation_id": ["0123456789ab"] * len(rows),
            "row": range(len(rows)),
            "sent_at": [at.replace(tzinfo=UTC) for at in times],
            "local_time": times,
            "author": np.where(mine, "me", "partner"),
            "kind": ["text"] * len(rows),
            "text": ["some words"] * len(rows),
            **dict.fromkeys(("media", "call_s", "reply_to"), [None] * len(rows)),
            "edited": [False] * len(rows),
            "source": [0] * len(rows),
            "line": range(len(rows)),
        },
        schema=SCHEMA,
    )
    return with_codes(table, p, p >= 0.5), float(effect * seen)


def of(found: tuple[Helped, ...], behavior: str = "disclosure") -> Helped:
    """The one that is about a behavior."""
    (one,) = (one for one in found if one.behavior == behavior)
    return one


def coded_of(rows: list[tuple[datetime, str, set[str]]]) -> pl.DataFrame:
    """A coded table by hand: when, who, which behaviors."""
    p = np.array([[float(label in labels) for label in LABELS] for *_, labels in rows], dtype=np.float32)
    return with_codes(conversation_of([(at, who, "words") for at, who, _ in rows]).messages, p, p >= 0.5)


def test_intervals_hold_what_was_planted() -> None:
    """Thirty chats, half of what is there unseen, mood behind both: most intervals hold the planted difference, and all lie near it."""
    held, off = [], []
    for seed in range(30):
        table, effect = planted(seed)
        one = of(what_helps(table))
        held.append(one.interval[0] <= effect <= one.interval[1])
        off.append(one.estimate - effect)

    assert np.mean(held) >= 0.75
    assert abs(np.mean(off)) < 0.01


def test_mood_alone_is_not_told() -> None:
    """No effect, only a mood that raises both: unmatched the difference is large, matched it is none."""
    told, plain = [], []
    for seed in range(20):
        table, _ = planted(seed, 0.0)
        one = of(what_helps(table))
        told.append(one.survives)
        found = moments(table)
        did = found.coded[:, DISCLOSURE]
        plain.append(found.warm[did].mean() - found.warm[~did].mean())

    assert np.mean(plain) > 0.03
    assert np.mean(told) <= 0.15


DISCLOSURE = list(DID).index("disclosure")


def test_shuffled_answers_give_nothing() -> None:
    """The answers of the partner dealt out anew: hardly a chat in which anything is told."""
    rng, told = np.random.default_rng(3), []
    for seed in range(20):
        table, _ = planted(seed)
        place = np.arange(table.height)
        theirs = np.flatnonzero((table["author"] == "partner").to_numpy())
        place[theirs] = rng.permutation(theirs)
        dealt = table.drop(CODE_COLUMNS).hstack(table.select(CODE_COLUMNS)[place])
        told.append(any(one.survives for one in what_helps(dealt)))

    assert np.mean(told) <= 0.15


def test_the_order_of_rows_does_not_matter() -> None:
    table, _ = planted(1)

    assert what_helps(table.sample(fraction=1.0, shuffle=True, seed=4)) == what_helps(table)


def test_only_my_behaviors_are_looked_at() -> None:
    """Seen from the other side there is no behavior left to look at: the partner only thanked, and that is followed by nothing warm."""
    table, _ = planted(1)
    swapped = table.with_columns(
        author=pl.when(pl.col("author") == "me")
        .then(pl.lit("partner"))
        .otherwise(pl.lit("me"))
        .cast(table["author"].dtype)
    )

    assert [one.behavior for one in what_helps(table)] == ["disclosure"]
    assert [one.behavior for one in what_helps(swapped)] == ["appreciation"]
    assert not any(one.survives for one in what_helps(swapped))


def test_a_person_can_read_what_is_behind_it() -> None:
    """The rows are my messages that carry it, and the difference is that between the two shares."""
    table, _ = planted(2, 0.3)

    (finding,) = find_what_helps(table)

    assert finding.measure == "what_helps.followed"
    assert finding.facts["behavior"] == "disclosure"
    assert finding.facts["after"] - finding.facts["beside"] == pytest.approx(finding.estimate)
    behind = table.filter(pl.col("row").is_in(list(finding.messages)))
    assert behind.select(pl.col("disclosure").all(), (pl.col("author") == "me").all()).row(0) == (True, True)
    statement, spread = SENTENCES[finding.measure][2](finding, *finding.interval)
    assert statement.startswith("When you named a feeling or a need of your own, kind words followed more often")
    assert "no proof that one led to the other" in statement
    assert spread


def test_answers_in_another_session_are_not_answers() -> None:
    """A turn that is answered the next morning is no moment; two messages in a row are one turn."""
    rows = [
        (START, "me", {"affection"}),
        (START + timedelta(minutes=1), "me", set()),
        (START + timedelta(minutes=5), "partner", {"affection"}),
        (START + timedelta(minutes=9), "me", set()),
        (START + timedelta(days=1), "partner", set()),
        (START + timedelta(days=1, minutes=9), "me", {"repair"}),
    ]
    found = moments(coded_of(rows))

    assert len(found.warm) == 1
    assert found.warm[0] == pytest.approx(1.0, abs=1e-5)
    assert found.rows[0].tolist() == [0]


def test_a_pause_is_a_calm_answer_some_time_after_sharp_words() -> None:
    """Soon is none, sharp is none, after plain words is none."""
    rows = []
    for day, (before, minutes, mine) in enumerate(
        [({"criticism"}, 30, set()), ({"criticism"}, 5, set()), ({"criticism"}, 30, {"contempt"}), (set(), 30, set())]
    ):
        at = START + timedelta(days=day)
        rows += [(at, "partner", before), (at + timedelta(minutes=minutes), "me", mine)]
        rows.append((at + timedelta(minutes=minutes + 2), "partner", set()))
    found = moments(coded_of(rows))

    assert found.coded[:, list(DID).index(PAUSE)].tolist() == [True, False, False, False]
    assert found.rows[-1].tolist() == [1]


def test_false_discovery_is_that_of_scipy() -> None:
    from scipy.stats import false_discovery_control

    p = np.random.default_rng(1).random(12) ** 2

    assert false_discovery(p) == pytest.approx(false_discovery_control(p))


@pytest.mark.parametrize("n", [0, 1, 60])
def test_too_little_is_an_answer(n: int) -> None:
    table = planted(1, weeks=10)[0].head(n)

    (finding,) = find_what_helps(table)

    assert (finding.measure, finding.estimate) == ("what_helps.none", None)


def test_a_chat_without_codes_says_nothing() -> None:
    table, _ = planted(1)
    blank = with_codes(
        table.select(list(SCHEMA)),
        np.full((table.height, len(LABELS)), np.nan, np.float32),
        np.zeros((table.height, len(LABELS)), bool),
    )

    assert what_helps(blank) == ()
    assert find_what_helps(blank)[0].estimate is None


def test_none_is_told_plainly() -> None:
    """Where nothing survives, it says how much was looked at."""
    table, _ = planted(5, 0.0)

    (finding,) = find_what_helps(table)

    assert (finding.measure, finding.estimate) == ("what_helps.none", 0.0)
    assert "common enough to look at" in SENTENCES[finding.measure][2](finding, 0.0, 0.0)[0]
