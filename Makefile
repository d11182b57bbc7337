# Every job has one name. `make demo` and `make test` need Python 3.11, make and a package registry.
PYTHON ?= python3.11
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
RUNTIME := $(VENV)/.runtime

.PHONY: demo test lint types bench floors docs pictures clean

# What users install, and no tools: all that the demo needs.
$(RUNTIME): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(STAMP): $(RUNTIME)
	$(BIN)/pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/pip install --quiet --disable-pip-version-check --editable . --group dev
	touch $@

test: $(STAMP)
	$(BIN)/pytest -n 2

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(STAMP)
	$(BIN)/mypy

bench: $(STAMP)
	$(BIN)/python -m benchmarks bench

floors: $(STAMP)
	$(BIN)/python -m benchmarks floors

demo: $(RUNTIME)
	OSKIL=$(BIN)/oskil sh scripts/demo.sh build/demo

docs: $(STAMP)
	$(BIN)/python scripts/write_docs.py

# Needs Chromium; OSKIL_CHROMIUM names one that is not /usr/bin/chromium.
pictures: $(STAMP) demo
	$(BIN)/python scripts/screenshot.py build/demo/site docs/images

clean:
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache
