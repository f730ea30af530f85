# Everything a person needs; `make help` lists it. Each target installs what it needs by itself.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
ARGS ?=
# More workers than the two cores of a small machine: a test waits, for sockets and processes, half
# of its time. Whichever worker is idle takes tests from another: the costly ones lie together.
PARALLEL := -n 3 --dist worksteal
# What is compiled is kept: the workers, and the processes that tests start, read the same again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test quick sweep coverage check bench pictures lint types contracts format

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(INSTALLED) ## live with the bot and a pretend Slack in a browser; ARGS=--tour plays it here
	@$(BIN)/windshield sandbox $(ARGS)

test: $(INSTALLED) ## all tests
	$(BIN)/python -m pytest -q $(PARALLEL) $(ARGS)

quick: lint ## lint, and the tests of one minute: on SQLite, without bad days and what is slow
	$(BIN)/python -m pytest -q $(PARALLEL) -m 'not slow and not postgresql and not sweep' $(ARGS)

sweep: $(INSTALLED) ## what make test leaves out: every form by everybody who is wrong for it; much on PostgreSQL
	$(BIN)/python -m pytest -q -m 'sweep and not postgresql' $(ARGS)
	$(BIN)/python -m pytest -q $(PARALLEL) -m 'sweep and postgresql' $(ARGS)
	$(BIN)/python -m pytest -q $(PARALLEL) -m 'hypothesis and not sweep' --hypothesis-profile=many $(ARGS)

coverage: $(INSTALLED) ## all tests, and which lines and branches none of them takes; twice as slow
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -q $(PARALLEL) $(ARGS); ended=$$?; \
	$(BIN)/coverage combine --quiet && $(BIN)/coverage report && exit $$ended

check: lint types contracts test ## what CI runs

bench: $(INSTALLED) ## what it costs, as ratios measured in one run; ARGS=many for some of it
	$(BIN)/python -m tests.bench $(ARGS)

pictures: $(INSTALLED) ## the pictures of README and docs, made anew; needs Chromium and poppler
	$(BIN)/python -m tests.browser.pictures
	$(BIN)/python -m tests.exchange.pictures

lint: $(INSTALLED)
	$(BIN)/ruff format --check
	$(BIN)/ruff check

types: $(INSTALLED)
	$(BIN)/mypy

contracts: $(INSTALLED)
	$(BIN)/lint-imports

format: $(INSTALLED) ## mend what lint would complain of
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer, please: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@
