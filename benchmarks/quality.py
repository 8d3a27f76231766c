"""
How well messages are coded: `python benchmarks/quality.py [--short | --public]`.

Measured on writers whom no model learned from (`training.examples.HELD_OUT`), beside TF-IDF with a linear model on the same
rows and VADER for pairs. Intervals are 90 %, from drawing the writers' personas again (they write alike; rows are not independent).
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from steadily.behaviors.coding import ModelName, load
from steadily.behaviors.reading import Message
from steadily.behaviors.weights import manifest
from steadily.codebook import LABELS
from training.examples import CALIBRATION, EVERYDAY, HELD_OUT, SETS, Example, Pair, pairs, public, records, utterances
from training.matched import other_gender, other_spelling
from training.measure import (
    both_right,
    calibration_error,
    f1_scores,
    recall_precision,
    report,
    truth,
)

Floats = npt.NDArray[np.float64]
DRAWS = 400
GAP = 0.03
PUBLISHED = {"goemotions": "0.46 (Demszky et al. 2020, BERT, all of it learned, test split)"}


@dataclass(frozen=True)
class Fold:
    """What is learned from and what is measured on."""

    learned: list[Example]
    held_out: list[Example]
    personas: list[str]
    pairs: list[Pair]
    learned_pairs: list[Pair]


def fold() -> Fold:
    """The writer-held-out fold."""
    rows = utterances()
    held = [one for one in rows if one.group in HELD_OUT]
    folder = Path("training/utterances")
    persona = {one["id"]: str(one["writer"]) for name in HELD_OUT for one in records(folder / f"{name}.jsonl")}
    every = pairs()
    return Fold(
        [one for one in rows if one.group not in HELD_OUT + EVERYDAY + CALIBRATION],
        held,
        [persona[one.id] for one in held],
        [one for one in every if one.group in HELD_OUT + CALIBRATION],
        [one for one in every if one.group not in HELD_OUT + CALIBRATION],
    )


def messages(examples: Sequence[Example]) -> list[Message]:
    """Examples as the models take them."""
    return [Message(one.text, one.context) for one in examples]


def interval(score: Callable[[npt.NDArray[np.intp]], float], personas: Sequence[str]) -> tuple[float, float]:
    """A 90 % interval of a score of rows, drawing personas again."""
    rng = np.random.default_rng(1)
    names = sorted(set(personas))
    rows = [np.flatnonzero(np.array(personas) == name) for name in names]
    drawn = [score(np.concatenate([rows[at] for at in rng.integers(0, len(names), len(names))])) for _ in range(DRAWS)]
    low, high = np.nanquantile(drawn, [0.05, 0.95])
    return float(low), float(high)


def show_model(name: ModelName, data: Fold) -> Floats:
    """The tables of one model."""
    p = load(name).probabilities(messages(data.held_out)).astype(np.float64)
    thresholds = np.array(manifest()[name]["thresholds"])
    true = truth(data.held_out)
    print(
        f"\n## {name}: {len(data.held_out)} messages of {len(set(data.personas))} personas, {len(HELD_OUT)} writers\n"
    )
    print(report(p, thresholds, data.held_out))
    said = p >= thresholds
    low, high = interval(lambda rows: float(np.nanmean(f1_scores(said[rows], true[rows]))), data.personas)
    print(f"macro-F1 somewhere between {low:.3f} and {high:.3f}")
    quiet = np.array(["quiet" in one.tags for one in data.held_out])
    recall, _ = recall_precision(said[quiet], true[quiet])
    print(
        "recall on quiet danger: "
        + ", ".join(f"{label} {recall[LABELS.index(label)]:.2f}" for label in ("threat", "control", "crisis"))
    )
    return p


def show_everyday(name: ModelName) -> None:
    """How much is found in everyday chats, where most lines do nothing, and how often danger is named where there is none."""
    rows = [one for one in utterances() if one.group in EVERYDAY]
    true = truth(rows) > 0
    said = load(name).probabilities(messages(rows)) >= np.array(manifest()[name]["thresholds"])
    false = (said & ~true).sum(0)
    told = ", ".join(f"{label} {false[LABELS.index(label)]}" for label in ("threat", "control", "crisis", "contempt"))
    f1 = 2 * (said & true).sum() / (said.sum() + true.sum())
    print(f"{name}, everyday chats of {len(EVERYDAY)} writers, {len(rows)} messages: F1 over all labels together {f1:.3f}, "
          f"every label right at {(said == true).all(1).mean():.3f} of messages; named where it is not: {told}")  # fmt: skip


def show_fairness(name: ModelName, data: Fold) -> None:
    """How far probabilities move when only gendered words, spelling or the tone of skin differ."""
    for kind, turned in (("gender", other_gender), ("spelling", other_spelling)):
        both = [(one, Message(turned(one.text), tuple(map(turned, one.context)))) for one in data.held_out]
        differ = [
            (Message(one.text, one.context), other)
            for one, other in both
            if (one.text, one.context) != (other.text, other.context)
        ]
        first = load(name).probabilities([one for one, _ in differ])
        second = load(name).probabilities([other for _, other in differ])
        gaps = np.abs((first - second).mean(0))
        each = np.abs(first - second).mean(0)
        worst = int(gaps.argmax())
        print(f"{name}, {kind}: {len(differ)} matched messages; mean gap at most {gaps[worst]:.3f} ({LABELS[worst]}), "
              f"mean absolute gap at most {each.max():.3f} ({LABELS[int(each.argmax())]}); {(gaps > GAP).sum()} above {GAP}")  # fmt: skip


def tfidf(learned: Sequence[Example], texts: Sequence[Example], labels: Sequence[str]) -> Floats:
    """Probabilities by TF-IDF of words and letters and a linear model for each label."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_union

    joined = [" ".join((*one.context[-2:], "||", one.text)) for one in (*learned, *texts)]
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), min_df=3, sublinear_tf=True)
    features = make_union(words, letters).fit_transform(joined)
    found = np.zeros((len(texts), len(labels)))
    for k, label in enumerate(labels):
        there = np.array([label in one.labels for one in learned])
        fitted = LogisticRegression(C=8, class_weight="balanced", max_iter=300, solver="liblinear").fit(
            features[: len(learned)], there
        )
        found[:, k] = fitted.predict_proba(features[len(learned) :])[:, 1]
    return found


def show_tfidf(data: Fold) -> None:
    """The same fold by TF-IDF, at a threshold of one half."""
    said = tfidf(data.learned, data.held_out, LABELS) >= 0.5
    right, total = both_right(said, data.held_out)
    f1 = f1_scores(said, truth(data.held_out))
    print(f"\nTF-IDF + linear: macro-F1 {np.nanmean(f1):.3f}, context {right} of {total} = {right / max(1, total):.2f}")


def show_pairs(data: Fold) -> None:
    """How often the softer of two drafts is ranked softer."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    from steadily.behaviors.careful import careful

    vader = SentimentIntensityAnalyzer()
    ours = careful()
    softer = [one.landing for one in ours.read([Message(one.softer, one.context) for one in data.pairs])]
    harsher = [one.landing for one in ours.read([Message(one.harsher, one.context) for one in data.pairs])]
    mood = [
        (vader.polarity_scores(one.softer)["compound"], vader.polarity_scores(one.harsher)["compound"])
        for one in data.pairs
    ]
    print(f"\npairs of writers not learned from: {len(data.pairs)}; ranked right: ours "
          f"{np.mean(np.array(softer) > np.array(harsher)):.3f}, VADER {np.mean([a > b for a, b in mood]):.3f}")  # fmt: skip


def falls(one: Example, label: int, rng: np.random.Generator) -> dict[str, float]:
    """How far the probability of a label falls when the words named are taken away, and as many others."""
    from steadily.behaviors.careful import careful
    from steadily.behaviors.words import PIECE, shares, words_responsible

    context = [line.replace("them:", "partner:", 1) for line in one.context]
    spans = words_responsible(one.text, [LABELS[label]], context)
    pieces = [match.span() for match in PIECE.finditer(one.text)]
    named = [at for at, (start, _) in enumerate(pieces) if any(span.start <= start < span.end for span in spans)]
    if not named or len(named) >= len(pieces):
        return {}
    message = Message(one.text, one.context)
    looked = np.argsort(-shares(one.text, pieces, careful().read([message])[0])[:, label])
    ways = {
        "ours": named,
        "the network's look": looked[: len(named)].tolist(),
        "chance": rng.choice(len(pieces), len(named), replace=False).tolist(),
    }
    texts = [" ".join(one.text[a:b] for at, (a, b) in enumerate(pieces) if at not in gone) for gone in ways.values()]
    p = careful().probabilities([message, *(Message(text, one.context) for text in texts)])[:, label]
    return {how: float(p[0] - after) for how, after in zip(ways, p[1:], strict=True)}


def show_words(data: Fold, n: int = 200) -> None:
    """How much a label's logit falls when the words named are taken away: ours, the network's own attention, and chance."""
    from steadily.behaviors.careful import careful

    rng = np.random.default_rng(1)
    p = careful().probabilities(messages(data.held_out))
    thresholds = np.array(manifest()["careful"]["thresholds"])
    chosen = [
        (row, k)
        for row, k in zip(*np.nonzero(p >= thresholds), strict=True)
        if len(data.held_out[row].text.split()) >= 5
    ]
    rng.shuffle(chosen)
    drops: dict[str, list[float]] = {"ours": [], "the network's look": [], "chance": []}
    for row, k in chosen[:n]:
        one = data.held_out[row]
        for how, drop in falls(one, int(k), rng).items():
            drops[how].append(drop)
    told = ", ".join(f"{how} {np.mean(each):.2f}" for how, each in drops.items())
    better = np.mean(np.array(drops["ours"]) > np.array(drops["chance"]))
    print(f"\nwords responsible, {len(drops['ours'])} labels: probability without as many words named falls by: {told}; "
          f"ours beats chance in {better:.2f}")  # fmt: skip


def show_public() -> None:
    """
    Public sets, development splits: heads on the frozen states of the careful network as it ships, beside TF-IDF. It takes a quarter
    of an hour and what `pip install 'steadily[train]'` brings.
    """
    from tokenizers import Tokenizer

    from training.public_sets import public_scores
    from training.shipped import from_shipped

    described, coder, _ = from_shipped()
    learned, dev = public("train"), public("dev")
    ours = public_scores(coder, Tokenizer.from_str(described), learned, dev, lambda _: None)
    print(
        "\npublic sets (development splits), macro-F1: heads on the careful network's states; TF-IDF + linear; published"
    )
    for name, labels in SETS.items():
        mine = [one for one in dev if one.task == name]
        if name not in ours:
            continue
        said = tfidf([one for one in learned if one.task == name], mine, labels) >= 0.5
        true = np.array([[label in one.labels for label in labels] for one in mine], dtype=np.float64)
        print(f"{name:17}{len(mine):6} rows  ours {ours[name]:.3f}  TF-IDF {np.nanmean(f1_scores(said, true)):.3f}"
              f"  {PUBLISHED.get(name, '')}")  # fmt: skip


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="the models' own tables only")
    parser.add_argument("--public", action="store_true", help="the public sets alone")
    options = parser.parse_args()
    if options.public:
        show_public()
        return
    data = fold()
    found = {name: show_model(name, data) for name in ("careful", "fast")}
    true = truth(data.held_out)
    errors = {name: calibration_error(p, true) for name, p in found.items()}
    print("\nexpected calibration error: " + ", ".join(f"{name} {error:.3f}" for name, error in errors.items()))
    show_pairs(data)
    if options.short:
        return
    for name in ("careful", "fast"):
        show_everyday(name)
        show_fairness(name, data)
    show_tfidf(data)
    show_words(data)


if __name__ == "__main__":
    main()
