# Two commands do everything: `make lab` runs the course, `make test` checks it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEV_READY := $(VENV)/.dev-ready
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# pytest-xdist workers: browsers and kernels are hungry, so no more than there are cores.
WORKERS ?= auto
# What some tests need besides Chromium, as program:package. Without it they are skipped, and say so.
TOOLS := pg_ctlcluster:postgresql bwrap:bubblewrap openssl:openssl

.PHONY: help lab setup supervise check test bench lint browser tools lock clean

help:
	@echo "make lab        start the course as a learner"
	@echo "make supervise  open the course with Formgrader"
	@echo "make check      check content, notebooks and releases"
	@echo "make test       run every test (on Debian, installs the programs they need)"
	@echo "make bench      measure: opening a page, saving, importing, grading"
	@echo "make lint       ruff and mypy"
	@echo "make setup      only make the environment in .venv"

lab: setup
	@$(BIN)/iop-training lab

supervise: setup
	@$(BIN)/iop-training supervise

check: setup
	@$(BIN)/iop-training check

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; '$(PYTHON)' is older. Try: make lab PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { echo "The venv module is missing. On Debian: sudo apt install python3-venv"; exit 1; }
	@echo "Installing what the course needs into $(VENV) (a minute or two the first time) ..."
	@$(PIP_INSTALL) --require-hashes -r requirements.lock
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $(READY)

$(DEV_READY): $(READY) requirements-dev.lock
	@$(PIP_INSTALL) --require-hashes -r requirements-dev.lock
	@touch $(DEV_READY)

# Tests of one file share servers, browsers and batches, so a file stays in one process; the long
# ones, which drive a browser, come first.
test: $(DEV_READY) browser tools
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

bench: $(DEV_READY) browser
	@$(BIN)/python tests/bench

lint: $(DEV_READY)
	@$(BIN)/ruff check . && $(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy

browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
	  { echo "Installing Chromium for the browser tests ..."; \
	    if [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -y -qq chromium; \
	    else sudo apt-get update -qq && sudo apt-get install -y -qq chromium; fi; } || \
	  { echo "Chromium is missing and could not be installed. On Debian: sudo apt install chromium"; exit 1; }

tools:
	@missing=; for tool in $(TOOLS); do \
	  command -v $${tool%%:*} >/dev/null || missing="$$missing $${tool##*:}"; done; \
	test -z "$$missing" || { echo "Installing$$missing for the tests ..."; \
	  if [ "$$(id -u)" = 0 ]; then sudo=; else sudo=sudo; fi; \
	  $$sudo apt-get update -qq && $$sudo apt-get install -y -qq --no-install-recommends $$missing; } || \
	  echo "Not installed:$$missing. The tests that need it are skipped."

# Pins with hashes and without any address; works for each Python from 3.11 on.
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-header --no-annotate
lock:
	$(COMPILE) --extra build pyproject.toml -o requirements.lock
	$(COMPILE) --all-extras -c requirements.lock pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache
