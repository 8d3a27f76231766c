# What can be done here. Everything runs in an environment of its own, .venv, made on first use.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SMALL := $(VENV)/.installed-app
DONE := $(VENV)/.installed-test
LEARN := $(VENV)/.installed-train

# Without these glibc gives every large tensor back to the system and asks for it again: half of the time of training.
MALLOC := MALLOC_ARENA_MAX=1 MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=20000000000 MALLOC_TOP_PAD_=500000000

.PHONY: demo test check bench fuzz train train-check quality clean

$(SMALL): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable .
	touch $(SMALL)

$(DONE): $(SMALL)
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	touch $(DONE)

$(LEARN): $(DONE)
	$(BIN)/python -m pip install --quiet --editable '.[train]'
	touch $(LEARN)

demo: $(SMALL)  ## the app in your browser, on the sample couple, with data that goes when you stop it
	$(BIN)/steadily open --sample

test: $(DONE)  ## the tests
	$(BIN)/python -m pytest

check: test  ## what has to hold before a commit: tests, style, types, import contracts
	$(BIN)/ruff format --check src tests benchmarks training
	$(BIN)/ruff check src tests benchmarks training
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(LEARN)  ## speed beside other projects, and how well changes are found; a few minutes
	$(BIN)/python -m pip install --quiet --editable '.[bench]'
	$(BIN)/python benchmarks/reading.py
	PYTHONPATH=. $(BIN)/python benchmarks/coding.py
	$(BIN)/python benchmarks/contact_changes.py

fuzz: $(DONE)  ## 100,000 damaged exports over all readers; a few minutes
	$(BIN)/python benchmarks/fuzz_readers.py

train: $(LEARN)  ## build the models from the data, a day or more on two cores; goes on where it was broken off
	$(MALLOC) $(BIN)/python -m training --work train-data

train-check: $(LEARN)  ## the same way from data to weights, with a tiny network and a handful of rows; a minute or two
	rm -rf train-data/tiny
	$(MALLOC) $(BIN)/python -m training --tiny --work train-data/tiny --out train-data/tiny/out

quality: $(DONE)  ## how well messages are coded, on writers whom no model learned from
	$(BIN)/python -m pip install --quiet --editable '.[bench]'
	PYTHONPATH=. $(BIN)/python benchmarks/quality.py

clean:  ## remove the environment and what the demo wrote
	rm -rf $(VENV) demo bench-data train-data build dist
