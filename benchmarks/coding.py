"""
How fast messages are coded, beside others in the same run: `python benchmarks/coding.py [--bulk 200000]`.

A draft: 25 words behind three messages, p50 and p99 of many runs. Bulk: messages of the sample couple and its like, each with
the five before it. Beside them VADER, TF-IDF with a linear model, and plain MiniLM-L6 in eight bits (a mean of states and a
linear layer; no context), which say less: they stand for what the same time buys elsewhere.
"""

from __future__ import annotations

import argparse
import itertools
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from steadily.behaviors import code, code_history, words_responsible
from training.examples import records

DRAFT = "I know you were busy and I am not trying to start anything, I just felt alone with it today and could use {} minutes of you"
BEFORE = [
    "me: did you manage to ring the school about thursday, they left another message",
    "partner: no I told you I was in meetings until four today and then traffic",
    "partner: can we not do this right now please",
]
RUNS = 300
START = "import time; t = time.perf_counter(); from steadily.behaviors import code; code(['hello love']); print(time.perf_counter() - t)"


def timed(work: Callable[[], object], runs: int = RUNS) -> tuple[float, float]:
    """The median and the 99th percentile of so many runs, in ms."""
    work()
    took = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        took.append(1000 * (time.perf_counter() - began))
    return float(np.median(took)), float(np.quantile(took, 0.99))


def drafts() -> Iterator[str]:
    """One draft in which a number changes, so that none was just read."""
    yield from (DRAFT.format(minutes) for minutes in itertools.count(10))


def explained(draft: str) -> list[str]:
    """The labels of a draft, whose words are asked for."""
    labels = code([draft], [BEFORE]).labels(0) or ["disclosure"]
    words_responsible(draft, labels, BEFORE)
    return labels


def chat(n: int) -> tuple[list[str], list[str]]:
    """Texts and speakers of a chat of *n* messages, drawn from the bank of the sample couple, each text a little its own."""
    bank = [str(one["text"]) for one in records(Path("training/utterances/hb.jsonl"))]
    rng = random.Random(1)
    texts = []
    for _ in range(n):
        text = rng.choice(bank)
        texts.append(text if rng.random() < 0.25 else f"{text} {rng.choice(bank).split()[0].lower()}")
    return texts, [rng.choice(("me", "partner")) for _ in range(n)]


def a_second(work: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    """Messages a second."""
    began = time.perf_counter()
    work(texts)
    return len(texts) / (time.perf_counter() - began)


def vader() -> Callable[[Sequence[str]], object]:
    """VADER's mood of each text."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()
    return lambda texts: [analyzer.polarity_scores(text)["compound"] for text in texts]


def tfidf() -> Callable[[Sequence[str]], object]:
    """TF-IDF of words and pairs of words with 22 linear models."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import SGDClassifier
    from sklearn.multioutput import MultiOutputClassifier

    from training.examples import utterances
    from training.measure import truth

    rows = utterances()
    vectors = TfidfVectorizer(ngram_range=(1, 2), min_df=2)
    model = MultiOutputClassifier(SGDClassifier(loss="log_loss", random_state=1))
    model.fit(vectors.fit_transform([one.text for one in rows]), truth(rows) > 0)
    return lambda texts: model.predict(vectors.transform(texts))


def minilm(scratch: Path) -> Callable[[Sequence[str]], object]:
    """MiniLM-L6 in eight bits, by ONNX Runtime, batches of like length."""
    import onnxruntime as ort
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from tokenizers import Tokenizer
    from transformers import AutoModel

    from training.pretrained import pretrained

    folder = pretrained("minilm", scratch)
    encoder = AutoModel.from_pretrained(folder, attn_implementation="eager").eval()
    example = torch.ones(2, 8, dtype=torch.long)
    axes = {name: {0: "n", 1: "length"} for name in ("ids", "mask", "states")}
    torch.onnx.export(
        encoder, (example, example), scratch / "plain.onnx", input_names=["ids", "mask"], output_names=["states"],
        dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip
    quantize_dynamic(scratch / "plain.onnx", scratch / "small.onnx", weight_type=QuantType.QInt8, per_channel=True)
    session = ort.InferenceSession(scratch / "small.onnx", providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(128)
    name = session.get_outputs()[0].name

    def run(texts: Sequence[str]) -> None:
        rows = sorted((one.ids for one in tokenizer.encode_batch(list(texts))), key=len)
        for start in range(0, len(rows), 64):
            part = rows[start : start + 64]
            ids = np.zeros((len(part), len(part[-1])), dtype=np.int64)
            for place, row in enumerate(part):
                ids[place, : len(row)] = row
            session.run([name], {"ids": ids, "mask": (ids > 0).astype(np.int64)})

    return run


def first_use() -> float:
    """Seconds from the import to the first code, in a process of its own; the least of three."""
    took = [subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True) for _ in range(3)]
    return min(float(one.stdout) for one in took)


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bulk", type=int, default=200_000)
    options = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"first use after import: {first_use():.2f} s")
    each = drafts()
    p50, p99 = timed(lambda: code([next(each)], [BEFORE]))
    print(f"one draft behind three messages: p50 {p50:.0f} ms, p99 {p99:.0f} ms")
    p50, p99 = timed(lambda: explained(next(each)))
    print(f"  and the words responsible for {len(explained(next(each)))} labels: p50 {p50:.0f} ms, p99 {p99:.0f} ms")
    texts, speakers = chat(options.bulk)
    code_history(texts[:100], speakers[:100])
    fast = a_second(lambda given: code_history(given, speakers[: len(given)]), texts)
    rates = {
        "Steadily, fast": fast,
        "Steadily, careful": a_second(
            lambda given: code_history(given, speakers[: len(given)], model="careful"), texts[:500]
        ),
        "VADER": a_second(vader(), texts[:20_000]),
        "TF-IDF + linear": a_second(tfidf(), texts[:50_000]),
    }
    with tempfile.TemporaryDirectory() as scratch:
        rates["MiniLM-L6, eight bits, no context"] = a_second(minilm(Path(scratch)), texts[:5_000])
    for name, rate in rates.items():
        print(f"{name:36}{rate:10,.0f} messages a second  {rate / fast:8.3f} of ours")


if __name__ == "__main__":
    main()
