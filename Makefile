# The same few commands on a laptop and in CI. `make` alone lists them.
#
# PYTHON  the interpreter to make .venv with (found by itself: 3.11 to 3.14, for which the locked packages have wheels)
# VENV    the folder of the environment (.venv)
# WORKERS how many tests run at a time (2); each starts databases of its own, a Neo4j among them
# The service heeds EIG_HOME, EIG_HOST, EIG_PORT and the other settings of docs/settings.md.

VENV = .venv
WORKERS = 2
BIN = $(VENV)/bin
PYTEST = $(BIN)/python -m pytest --numprocesses $(WORKERS) --dist worksteal
# The locks are complete (--no-deps), and only what is imported needs compiling (--no-compile: half the time).
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet
INSTALL = $(PIP) install --no-deps --no-compile
LOCKER = .make/locker
# The knowledge base as it is loaded; installing makes it too, here it follows the tables when they are edited.
COMPILED = ingest/kb/compiled/wide.npz
# The page as it is served, made from its sources the same way.
PAGE = app/web/static/.digest
PAGE_SOURCES = $(shell find app/web/frontend -name node_modules -prune -o -type f -print)
# Exact, so that two people who lock get the same file.
UV = uv==0.13.9
COMPILE = $(LOCKER)/bin/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-emit-index-url --custom-compile-command 'make lock'

.PHONY: help install run test browser lint format bench pictures lock clean

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## /\1:/p' Makefile | while IFS=: read -r name what; do \
		printf '  make %-8s %s\n' "$$name" "$$what"; done

install: $(VENV)/.runtime $(COMPILED) $(PAGE) ## install what the service needs; leaves .venv/bin/eig

run: install ## ingest the sample articles and serve: prints the address to open
	@$(BIN)/eig ingest app/samples
	@exec $(BIN)/eig serve

test: $(VENV)/.dev $(COMPILED) $(PAGE) ## run all tests; graph and ingest must be covered to 95 %
	@OPENBLAS_NUM_THREADS=1 $(PYTEST) --cov --cov-report=
	@$(BIN)/python -m coverage report --fail-under=95
	@$(MAKE) --no-print-directory browser

browser: $(VENV)/.dev $(COMPILED) $(PAGE) ## run the tests of the page and the box alone, in a Chromium
	@$(PYTEST) tests/browser

lint: $(VENV)/.dev ## style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/ty check
	$(BIN)/lint-imports
	$(BIN)/python page_build.py check

format: $(VENV)/.dev ## put the code into the common form
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: $(VENV)/.dev $(PAGE) ## measure how fast it is
	$(BIN)/python -m benchmarks

pictures: $(VENV)/.dev $(COMPILED) $(PAGE) ## take the pictures of the docs from the running page
	$(BIN)/python -m benchmarks.pictures

lock: $(LOCKER)/bin/uv ## pin and hash all packages anew (make lock UPGRADE=--upgrade takes newer ones)
	$(COMPILE) $(UPGRADE) pyproject.toml requirements/build.in --output-file requirements/runtime.txt
	$(COMPILE) $(UPGRADE) pyproject.toml requirements/build.in --extra dev \
		--constraints requirements/runtime.txt --output-file requirements/dev.txt
	$(COMPILE) $(UPGRADE) requirements/node.in --output-file requirements/node.txt

clean: ## remove what the commands above made, but not the data
	rm -rf $(VENV) .make .coverage .coverage.* htmlcov .pytest_cache .mypy_cache .ruff_cache .hypothesis \
		.import_linter_cache build dist app/web/static app/web/frontend/node_modules
	find app graph ingest tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

$(COMPILED): $(wildcard ingest/kb/data/*.tsv ingest/kb/*.py) | $(VENV)/.runtime
	@$(BIN)/eig kb build
	@touch $@

# Without the page (EIG_SKIP_FRONTEND=1) there is nothing to note the time of.
$(PAGE): $(PAGE_SOURCES) page_build.py | $(VENV)/.runtime
	@$(BIN)/python page_build.py build
	@if [ -e $@ ]; then touch $@; fi

# --- environments: made once, and again only when what they are made from has changed -------------------------------

$(BIN)/python:
	@for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
		if "$$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null; then \
			exec "$$python" -m venv $(VENV); \
		fi; \
	done; echo 'make: Python 3.11 to 3.14 is needed and was not found: install it, or name it with PYTHON=…' >&2; exit 1

# Only where the machine has no Node of its own.
$(VENV)/.node: requirements/node.txt page_build.py | $(BIN)/python
	@if $(BIN)/python page_build.py needs-node; then \
		echo 'installing the locked Node into $(VENV), to build the page with'; \
		$(INSTALL) --require-hashes --requirement requirements/node.txt; \
	fi
	@touch $@

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml $(BIN)/python | $(VENV)/.node
	@echo 'installing the locked packages into $(VENV)'
	@$(INSTALL) --require-hashes --requirement requirements/runtime.txt
	@$(INSTALL) --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.runtime
	@echo 'installing the locked tools of developers into $(VENV)'
	@$(INSTALL) --require-hashes --requirement requirements/dev.txt
	@touch $@

$(LOCKER)/bin/uv: $(BIN)/python
	@$(BIN)/python -m venv $(LOCKER)
	@$(LOCKER)/bin/python -m pip --quiet install '$(UV)'
