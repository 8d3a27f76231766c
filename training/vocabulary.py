"""
Fewer words for the encoder to know: tokens that English chats never need are left out, and so are their embeddings.

What stays: every token that the training texts use, every single Latin letter and sign, and then the commonest (they come
first in the vocabulary) until there are enough. A word that lost its token is put together from shorter ones.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence

import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers
from torch import nn

from training.four_bits import four_bits, in_full
from training.model import Coder

N_TOKENS = 16_000
LAST_LATIN = "\u024f"


def pruned(tokenizer_json: str, texts: Sequence[str], n_tokens: int = N_TOKENS) -> tuple[str, list[int]]:
    """
    A smaller vocabulary.

    Args:
        tokenizer_json: A tokenizer of kind WordPiece, as its library writes it.
        texts: What the models are to read.
        n_tokens: How many tokens to keep.

    Returns:
        The tokenizer with fewer tokens, and for each of them its place in the old vocabulary.
    """
    described = json.loads(tokenizer_json)
    vocabulary: dict[str, int] = described["model"]["vocab"]
    special = {one["content"] for one in described["added_tokens"]}
    seen = _seen(tokenizer_json, texts)
    plain = [token for token in vocabulary if _is_latin(token)]
    needed = [token for token in plain if token in special or len(token.removeprefix("##")) == 1]
    ranked = sorted(plain, key=lambda token: (-min(seen[vocabulary[token]], 2), vocabulary[token]))
    kept = sorted(dict.fromkeys([*needed, *ranked][: n_tokens + len(needed)]), key=lambda token: vocabulary[token])[
        :n_tokens
    ]
    kept = sorted({*needed, *kept}, key=lambda token: vocabulary[token])
    places = [vocabulary[token] for token in kept]
    new = {token: place for place, token in enumerate(kept)}
    described["model"]["vocab"] = new
    described["added_tokens"] = [one | {"id": new[one["content"]]} for one in described["added_tokens"]]
    described["post_processor"] = None
    described["truncation"] = described["padding"] = None
    return json.dumps(described, ensure_ascii=False), places


def small_vocabulary(texts: Iterable[str]) -> str:
    """A tokenizer of two thousand tokens learned from *texts*, of the encoders' kind, for checking the way."""
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(vocab_size=2000, special_tokens=["<s>", "<pad>", "</s>", "<unk>", "[UNK]"])
    tokenizer.train_from_iterator(texts, trainer)
    return str(tokenizer.to_str())


def _seen(tokenizer_json: str, texts: Iterable[str]) -> Counter[int]:
    tokenizer = Tokenizer.from_str(tokenizer_json)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return Counter(one for encoded in tokenizer.encode_batch(list(texts)) for one in encoded.ids)


def _is_latin(token: str) -> bool:
    return all(letter <= LAST_LATIN for letter in token)


def shrink(coder: Coder, places: list[int], pad: int) -> None:
    """Keep of a coder's word embeddings only the rows at *places*, in that order, and as they ship: in four bits."""
    old = coder.encoder.embeddings.word_embeddings.weight.detach()
    new = nn.Embedding(len(places), old.shape[1], padding_idx=pad)
    new.weight.data = torch.tensor(in_full(four_bits(old[torch.tensor(places)].numpy())))
    coder.encoder.embeddings.word_embeddings = new
    coder.encoder.config.vocab_size = len(places)
