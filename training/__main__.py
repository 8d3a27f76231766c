"""
Build the models, step by step, each from what the one before left: `python -m training --work FOLDER`.

A step whose result is there is not done again, and one that was broken off goes on from its last checkpoint. `--tiny` goes
the whole way with a coder of random weights and a handful of rows, to show that the way is open.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn

from steadily.behaviors import weights
from steadily.behaviors.careful import CarefulModel
from steadily.behaviors.careful import tokenizer as shared_tokenizer
from steadily.behaviors.fast import FastModel
from steadily.behaviors.reading import Message, Model
from training import measure
from training.batches import of_examples
from training.calibration import calibrated, fit_calibration
from training.distill import Corpus, Rhythm, Said, begin, distill, said, student_logits
from training.edit_states import from_edits
from training.editing import (
    Marked,
    half_done_drafts,
    learned_drafts,
    learned_editor,
    marked_drafts,
    pieces_of,
    ship_edits,
    stings_of,
)
from training.editing import Rhythm as EditorRhythm
from training.examples import (
    CALIBRATION,
    EVERYDAY,
    HELD_OUT,
    SAFETY_CALIBRATION,
    SAFETY_HELD_OUT,
    SETS,
    Example,
    Pair,
    SafetyItem,
    chats,
    coded_items,
    natural,
    pairs,
    public,
    safety,
    turning,
    utterances,
)
from training.fit import Pace, Source, fit
from training.four_bits import FourBits, products_met
from training.gates import DANGER, gate_facts, learned_gates, ship_gates, taught
from training.losses import from_codes, from_pairs, from_public, from_safety, from_turning
from training.model import Coder, blank, from_pretrained
from training.pool import pool
from training.pretrained import pretrained
from training.public_sets import public_scores
from training.rounding import Rounded, rounded_tables
from training.ship import ship_careful, write_manifest
from training.ship_fast import ship_fast
from training.shipped import from_shipped
from training.shipped_fast import student_from_shipped
from training.student import Student
from training.vocabulary import pruned, shrink, small_vocabulary

THREADS = 2
PUBLIC_PACE = Pace(epochs=0.2, rate=3e-5)
COUPLES_PACE = Pace(epochs=10, rate=6e-5, fade=0.93, head_rate=1e-3)
ROUNDED_PACE = Pace(epochs=3, rate=4e-5, fade=0.93, head_rate=4e-4, warm=0.02)
AGAIN_PACE = Pace(epochs=3, rate=8e-5, fade=0.93, head_rate=5e-4, warm=0.05, frozen=7)
TINY_PACE = Pace(epochs=1, frozen=1)
PUBLIC_SHARE = 0.01
"""Of each public set, what is seen again in each epoch of the second stage, so that its head is not forgotten."""
STUDENT_RHYTHM = Rhythm(epochs=12)
STUDENT_AGAIN = Rhythm(epochs=6, rate=8e-4)
TINY_ROWS = 60
LARGEST_GAP = 0.03
UNCALIBRATED = {
    "slopes": [1.0] * len(measure.LABELS),
    "shifts": [0.0] * len(measure.LABELS),
    "thresholds": [0.5] * len(measure.LABELS),
}


@dataclass(frozen=True)
class Data:
    """All that is learned from or measured on."""

    learned: list[Example]
    calibration: list[Example]
    held_out: list[Example]
    natural: list[Example]
    public: list[Example]
    public_dev: list[Example]
    pairs: list[Pair]
    safety: list[SafetyItem]
    safety_calibration: list[SafetyItem]
    chats: list[list[str]]
    marked: list[Marked]
    half_done: list[Marked]


def main() -> None:
    """Read the options and go all the way."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="where steps leave their results (some 3 GB)")
    parser.add_argument("--out", type=Path, help="where the shipped files go; the package, if not given")
    parser.add_argument("--from-shipped", action="store_true", help="go on from the weights in the package")
    parser.add_argument("--tiny", action="store_true", help="a coder of random weights and a handful of rows")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(THREADS)
    data = _data(tiny=options.tiny)
    begun = _shipped_before() if options.from_shipped else _learned(options.work, data, tiny=options.tiny)
    _build(options.work, options.out or weights.FOLDER, data, begun, tiny=options.tiny)


class Begun(NamedTuple):
    """A coder that has learned, its tokenizer, its large tables in four bits and its student where it has them."""

    tokenizer: str
    coder: Coder
    tables: dict[str, FourBits]
    student: Student | None = None


def _shipped_before() -> Begun:
    return Begun(*from_shipped(), student_from_shipped())


def _learned(work: Path, data: Data, *, tiny: bool) -> Begun:
    """From a pretrained encoder, in full numbers."""
    described, coder = _blank(data) if tiny else _pretrained(work, data)
    tokenizer = Tokenizer.from_str(described)
    _step(work, "public", coder, lambda: _learn_public(work, coder, tokenizer, data))
    _step(work, "couples", coder, lambda: _learn_couples(work, coder, tokenizer, data))
    return Begun(described, coder, {})


def _build(work: Path, out: Path, data: Data, begun: Begun, *, tiny: bool) -> None:
    described, coder = begun.tokenizer, begun.coder
    tokenizer = Tokenizer.from_str(described)
    pace = TINY_PACE if tiny else AGAIN_PACE if begun.student else ROUNDED_PACE
    rounded = _rounded(work, begun, tokenizer, data, pace)
    student = begun.student or begin(coder)
    rhythm = Rhythm(epochs=1) if tiny else STUDENT_AGAIN if begun.student else STUDENT_RHYTHM
    _step(work, "student", student, lambda: _learn_student(work, student, coder, tokenizer, data, rhythm))
    out.mkdir(parents=True, exist_ok=True)
    careful = ship_careful(coder, described, out, UNCALIBRATED, rounded)
    fast = ship_fast(student, out, UNCALIBRATED, Corpus(tokenizer, data.calibration))
    made = _made(coder, tokenizer, data)
    write_manifest(out, {"careful": careful, "fast": fast, "made": made})
    trained = {
        "careful": said(coder, tokenizer, data.calibration).logits,
        "fast": student_logits(student, tokenizer, data.calibration),
    }
    for name, model in _shipped(out).items():
        _compare(name, model, trained[name], data)
    _come_back(tokenizer, coder, student, data)
    models = _shipped(out)
    found = {name: _calibration(model, data) for name, model in models.items()}
    gates = _gates(out, data, _harmless(models["careful"], data, found["careful"]["thresholds"]))
    edits = _edits(out, data, tiny=tiny)
    facts = {"careful": careful | found["careful"], "fast": fast | found["fast"], "gates": gates, "edits": edits}
    write_manifest(out, facts | {"made": made})
    for name, model in _shipped(out).items():
        p = model.probabilities(_messages(data.held_out)).astype(np.float64)
        _log(f"held out, {name}:\n" + measure.report(p, np.array(found[name]["thresholds"]), data.held_out))
    _log(f"written to {out.name}")


def _data(*, tiny: bool) -> Data:
    rows = utterances()
    apart = HELD_OUT + EVERYDAY + CALIBRATION
    learned = [one for one in rows if one.group not in apart]
    calibration = [one for one in rows if one.group in CALIBRATION]
    held_out = [one for one in rows if one.group in HELD_OUT]
    kept_pairs = [one for one in pairs() if one.group not in apart]
    items = safety()
    data = Data(
        learned,
        calibration,
        held_out,
        natural(),
        public("train"),
        public("dev"),
        kept_pairs,
        [one for one in items if one.group not in SAFETY_HELD_OUT + SAFETY_CALIBRATION],
        [one for one in items if one.group in SAFETY_CALIBRATION],
        chats(),
        marked_drafts(),
        half_done_drafts(),
    )
    if not tiny:
        return data
    return Data(
        learned[:300],
        calibration[:TINY_ROWS],
        held_out[:TINY_ROWS],
        data.natural[:TINY_ROWS],
        _few_of_each(data.public),
        _few_of_each(data.public_dev),
        data.pairs[:24],
        data.safety[:TINY_ROWS],
        data.safety_calibration[:TINY_ROWS],
        data.chats[:3],
        data.marked[:TINY_ROWS],
        data.half_done[:TINY_ROWS],
    )


def _few_of_each(rows: Sequence[Example]) -> list[Example]:
    return [one for name in SETS for one in [row for row in rows if row.task == name][:TINY_ROWS]]


def _blank(data: Data) -> tuple[str, Coder]:
    described = small_vocabulary(_texts(data))
    return described, blank(Tokenizer.from_str(described).get_vocab_size())


def _pretrained(work: Path, data: Data) -> tuple[str, Coder]:
    """The pretrained encoder with the words that are needed, which are chosen once."""
    encoder = pretrained("mpnet", work / "pretrained")
    path = work / "vocabulary.json"
    if not path.exists():
        described, places = pruned((encoder / "tokenizer.json").read_text(encoding="utf-8"), _texts(data))
        path.write_text(json.dumps({"tokenizer": described, "places": places}), encoding="utf-8")
    found = json.loads(path.read_text(encoding="utf-8"))
    coder = from_pretrained(encoder)
    shrink(coder, found["places"], pad=Tokenizer.from_str(found["tokenizer"]).token_to_id("<pad>"))
    return found["tokenizer"], coder


def _texts(data: Data) -> list[str]:
    return [text for one in [*data.learned, *data.natural, *data.public] for text in (*one.context, one.text)]


def _step(work: Path, name: str, network: nn.Module, learn: Callable[[], None]) -> None:
    """Do a step, or take its result if it is there."""
    path = work / f"{name}.pt"
    if not path.exists():
        _log(f"{name}: learning")
        learn()
        torch.save(network.state_dict(), path)
    network.load_state_dict(torch.load(path, weights_only=True))
    network.eval()


def _learn_public(work: Path, coder: Coder, tokenizer: Tokenizer, data: Data) -> None:
    fit(coder, from_public(tokenizer, data.public), PUBLIC_PACE, checkpoint=work / "public.checkpoint", log=_log)


def _learn_couples(work: Path, coder: Coder, tokenizer: Tokenizer, data: Data) -> None:
    sources = [*_sources(tokenizer, data), *from_public(tokenizer, data.public, share=PUBLIC_SHARE)]
    fit(coder, sources, COUPLES_PACE, checkpoint=work / "couples.checkpoint", log=_log)


def _sources(tokenizer: Tokenizer, data: Data) -> list[Source]:
    marked = learned_drafts(data.marked)
    grouped = {row for group in turning(data.learned) for row in group}
    return [
        from_codes(tokenizer, [one for row, one in enumerate(data.learned) if row not in grouped]),
        from_codes(tokenizer, data.natural, name="natural"),
        from_turning(tokenizer, data.learned),
        from_safety(tokenizer, data.safety),
        from_safety(tokenizer, coded_items(data.learned), name="coded danger", times=1),
        from_pairs(tokenizer, data.pairs),
        from_edits(tokenizer, [*marked, *learned_drafts(data.half_done)], pieces_of(marked)),
    ]


def _rounded(work: Path, begun: Begun, tokenizer: Tokenizer, data: Data, pace: Pace) -> dict[str, FourBits]:
    """The coder with its large tables in four bits, which it then learns to live with."""
    coder = begun.coder
    path = work / "rounded.pt"
    if not path.exists():
        _log("rounding: learning")
        rounding = Rounded(coder, begun.tables or _four_bits(coder, tokenizer, data))
        checkpoint = work / "rounded.checkpoint"
        fit(coder, _sources(tokenizer, data), pace, checkpoint=checkpoint, log=_log, rounding=rounding)
        tables = {name: tuple(map(torch.tensor, found)) for name, found in rounding.tables().items()}
        torch.save({"coder": coder.state_dict(), "tables": tables}, path)
    kept = torch.load(path, weights_only=True)
    coder.load_state_dict(kept["coder"])
    coder.eval()
    return {name: FourBits(*(one.numpy() for one in found)) for name, found in kept["tables"].items()}


def _four_bits(coder: Coder, tokenizer: Tokenizer, data: Data) -> dict[str, FourBits]:
    met = products_met(coder, of_examples(tokenizer, random.Random(1).sample(data.learned, len(data.learned))))
    return rounded_tables(coder, met)


def _come_back(tokenizer: Tokenizer, coder: Coder, student: Student, data: Data) -> None:
    """
    That learning can go on from what was shipped.

    Raises:
        ValueError: The files make another network.
    """
    _, again, _ = from_shipped()
    few = data.calibration[:TINY_ROWS]
    gaps = {
        "careful": said(again, tokenizer, few).logits - said(coder, tokenizer, few).logits,
        "fast": student_logits(student_from_shipped(), tokenizer, few) - student_logits(student, tokenizer, few),
    }
    for name, gap in gaps.items():
        if float(np.abs(gap).mean()) > LARGEST_GAP:
            raise ValueError(f"{name}: the shipped files come back as another network")


def _learn_student(
    work: Path, student: Student, coder: Coder, tokenizer: Tokenizer, data: Data, rhythm: Rhythm
) -> None:
    coded = [*data.learned, *data.natural]
    pooled = pool(data.learned, data.public, data.safety, data.chats)
    path = work / "said.npz"
    if not path.exists():
        _log(f"student: the careful network reads {len(coded)} coded messages and {len(pooled)} others")
        np.savez(path, **said(coder, tokenizer, [*coded, *pooled])._asdict())
    found = Said(**np.load(path))
    distill(student, tokenizer, coded, pooled, found, rhythm, log=_log)


def _edits(out: Path, data: Data, *, tiny: bool) -> dict[str, Any]:
    """The editor, on the states of the careful model as it was just written; what the manifest says of it."""
    rhythm = EditorRhythm(epochs=1) if tiny else EditorRhythm()
    network, pieces = learned_editor(CarefulModel(), data.marked, data.half_done, rhythm, log=_log)
    return ship_edits(network, pieces, stings_of(learned_drafts(data.marked)), out)


def _gates(out: Path, data: Data, drafts: Sequence[str]) -> dict[str, Any]:
    """The gate's network, on what the careful model as it was just written makes of every item; what the manifest says of it."""
    items = [*data.safety, *data.safety_calibration]
    given = taught(CarefulModel(), items, data.calibration, data.learned, drafts)
    return ship_gates(learned_gates(given), out) | gate_facts(given, SAFETY_CALIBRATION, _log)


def _harmless(model: Model, data: Data, thresholds: Sequence[float]) -> list[str]:
    """Harsh and hurt drafts in which no danger is found."""
    drafts = [one.draft for one in learned_drafts(data.marked)]
    p = model.probabilities([Message(one, ()) for one in drafts])
    carries = [p[:, place] >= thresholds[place] for place, label in enumerate(measure.LABELS) if label in DANGER]
    return [one for one, dangerous in zip(drafts, np.any(carries, axis=0), strict=True) if not dangerous]


def _made(coder: Coder, tokenizer: Tokenizer, data: Data) -> dict[str, Any]:
    """How the models were made, for the manifest."""
    scores = public_scores(coder, tokenizer, data.public, data.public_dev, _log)
    return {
        "on": datetime.now(UTC).date().isoformat(),
        "coded": len(data.learned),
        "public": {name: round(score, 3) for name, score in scores.items()},
    }


def _shipped(out: Path) -> dict[str, Model]:
    """The models as they are in use, from the files that were just written."""
    weights.FOLDER = out
    weights.manifest.cache_clear()
    shared_tokenizer.cache_clear()
    return {"careful": CarefulModel(), "fast": FastModel()}


def _messages(examples: Sequence[Example]) -> list[Message]:
    return [Message(one.text, one.context) for one in examples]


def _compare(name: str, model: Model, trained: measure.Floats, data: Data) -> None:
    """
    How far the shipped files differ from the network that was trained.

    Raises:
        ValueError: So far that something must have gone wrong on the way.
    """
    p = 1 / (1 + np.exp(-trained))
    gap = float(np.abs(model.probabilities(_messages(data.calibration)) - p).mean())
    _log(f"{name}: probabilities as shipped differ from those as trained by {gap:.4f} on average")
    if gap > LARGEST_GAP:
        raise ValueError(f"{name}: what is shipped is not what was trained")


def _calibration(model: Model, data: Data) -> dict[str, list[float]]:
    """Slopes, shifts and thresholds, on what the shipped files say of writers that nobody learned from."""
    true = measure.truth(data.calibration)
    p = np.clip(model.probabilities(_messages(data.calibration)).astype(np.float64), 1e-6, 1 - 1e-6)
    raw = np.log(p / (1 - p))
    slopes, shifts = fit_calibration(raw, true)
    thresholds = measure.best_thresholds(calibrated(raw, slopes, shifts), true)
    found = {"slopes": slopes.round(4), "shifts": shifts.round(4), "thresholds": thresholds.round(3)}
    return {name: values.tolist() for name, values in found.items()}


def _log(line: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')}  {line}\n")


if __name__ == "__main__":
    main()
