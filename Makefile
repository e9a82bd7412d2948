# Each recipe is one line that also works without make.
PORT ?= 8501
PYTHON ?= python3.11
BIN = .venv/bin

.PHONY: help run test test-spark bench shots

help: ## lists these commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /make \1	/'

run: .venv/run ## starts the dashboard on http://localhost:8501 (PORT= for another)
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: .venv/test ## checks style and types, then runs every test, browser tests included
	@command -v chromium >/dev/null || { echo "Tests need Debian's Chromium: apt-get install chromium fonts-noto-core"; exit 1; }
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports && $(BIN)/python -m pytest -n 2 --dist loadfile

test-spark: .venv-spark/test ## runs the cubes on PySpark, in an environment of its own; needs Java
	@command -v java >/dev/null || { echo "PySpark needs Java: apt-get install default-jre-headless"; exit 1; }
	.venv-spark/bin/python -m pytest tests/spark

bench: .venv/test ## times the dashboard against an empty Streamlit app, in one run
	$(BIN)/python -m tests.bench

shots: .venv/test ## draws every page at three sizes into build/shots/
	$(BIN)/python -m tests.shots

.venv/run: requirements.txt
	$(PYTHON) -m venv .venv && $(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt && touch $@

.venv/test: requirements-test.txt requirements.txt
	$(PYTHON) -m venv .venv && $(BIN)/pip install --quiet --disable-pip-version-check -r requirements-test.txt && touch .venv/run $@

.venv-spark/test: requirements-spark.txt requirements.txt
	$(PYTHON) -m venv .venv-spark && .venv-spark/bin/pip install --quiet --disable-pip-version-check -r requirements-spark.txt && touch $@
