# What can be done here. Everything runs in an environment of its own, .venv, made on first use.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SMALL := $(VENV)/.installed-report
DONE := $(VENV)/.installed-test

.PHONY: demo test check bench fuzz clean

$(SMALL): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable '.[report]'
	touch $(SMALL)

$(DONE): $(SMALL)
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	touch $(DONE)

demo: $(SMALL)  ## the look back on the sample couple, here and as a page
	$(BIN)/steadily sample demo
	$(BIN)/steadily look "demo/WhatsApp Chat with Jules.txt" --zone Europe/London
	$(BIN)/steadily look "demo/WhatsApp Chat with Jules.txt" --zone Europe/London --html demo/look-back.html
	@echo "Open demo/look-back.html in a browser for the same with charts and the messages behind each line."

test: $(DONE)  ## the tests
	$(BIN)/python -m pytest

check: test  ## what has to hold before a commit: tests, style, types, import contracts
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(DONE)  ## speed beside other projects, and how well changes are found; a few minutes
	$(BIN)/python -m pip install --quiet --editable '.[bench]'
	$(BIN)/python benchmarks/reading.py
	$(BIN)/python benchmarks/contact_changes.py

fuzz: $(DONE)  ## 100,000 damaged exports over all readers; a few minutes
	$(BIN)/python benchmarks/fuzz_readers.py

clean:  ## remove the environment and what the demo wrote
	rm -rf $(VENV) demo bench-data build dist
