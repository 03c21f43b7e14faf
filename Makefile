# Every target sets up .venv by itself when it is missing; nothing but Python 3.11+ and make is needed.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
SAMPLE := sample.corpus

.PHONY: figures test verify picture lab lint lock clean

figures: $(READY)  ## import and annotate the sample, execute every notebook, write the figures
	$(BIN)/workbench import data/sample/articles.jsonl --into $(SAMPLE)
	$(BIN)/workbench annotate $(SAMPLE)
	$(BIN)/workbench figures $(SAMPLE) --out figures

test: $(READY)  ## the tests, long simulations with smaller counts
	$(BIN)/python -m pytest -m "not verify"

verify: $(READY)  ## the long versions of tests and simulations
	$(BIN)/python -m pytest -m verify

picture: figures  ## renew the README's picture
	cp figures/02_volume.png data/sample/coverage.png

lab: $(READY)  ## JupyterLab on the notebooks, with the sample ready
	$(BIN)/workbench import data/sample/articles.jsonl --into $(SAMPLE)
	$(BIN)/workbench annotate $(SAMPLE)
	$(BIN)/jupyter lab --notebook-dir=. notebooks/01_corpus.ipynb

lint: $(READY)  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lock: $(READY)  ## renew requirements.lock from pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra model --extra dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-annotate --quiet --custom-compile-command "make lock" \
	  --output-file requirements.lock

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] <= (3, 13) else "The workbench needs Python 3.11 to 3.13, this is " + sys.version.split()[0] + "; say make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

clean:  ## remove what the targets made, .venv included
	rm -rf .venv $(SAMPLE) figures
