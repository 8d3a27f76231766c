"""What a message does: texts in, a probability for each behavior of the codebook out, with the words responsible."""

from steadily.behaviors.coding import Codes, code, code_history
from steadily.behaviors.corrections import Correction, Recalibration, recalibrate
from steadily.behaviors.words import Span, words_responsible

__all__ = ["Codes", "Correction", "Recalibration", "Span", "code", "code_history", "recalibrate", "words_responsible"]
