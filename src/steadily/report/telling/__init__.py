"""Sentences of the measures that rest on what messages do, one file a measure; `report.sentences` gathers them."""
