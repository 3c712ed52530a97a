# Everything one does with this project. `make` alone lists it; README says more.

VENV ?= .venv
PORT ?= 8000
JOBS ?= 2
PYTHON ?=
export PORT

BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime-installed
DEV := $(VENV)/.dev-installed
AXE := node_modules/.package-lock.json
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/*.po))
FLASK := $(BIN)/flask --app wsgi
REPORT := var/test-report.xml

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run test check audit format lint types contracts migrate migration translate compile lock clean

help: ## this list
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-18s%s\n", $$1, $$2 }'


# ---- run and test

run: $(RUNTIME) compile ## serve the demo municipality on 127.0.0.1, port 8000 (PORT=)
	$(FLASK) serve

test: $(DEV) $(AXE) compile ## the test suite; what this machine cannot run is skipped, with the reason
	$(BIN)/pytest -n $(JOBS) -m "not audit"

check: lint types contracts $(AXE) compile ## everything that must hold before a change lands, nothing skipped
	@mkdir -p var
	REQUIRE_ALL=1 $(BIN)/pytest -n $(JOBS) -m "not audit" --junit-xml=$(REPORT)
	@$(BIN)/python .ci/nothing_skipped.py $(REPORT)

audit: $(DEV) $(AXE) compile ## the long checks: every combination, full counts, each guard removed in turn
	REQUIRE_ALL=1 $(BIN)/pytest -n $(JOBS) -m audit


# ---- code

format: $(DEV) ## write the code as `make check` wants it
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

lint: $(DEV) ## format and style
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(DEV) ## static types
	$(BIN)/mypy

contracts: $(DEV) ## who may import whom
	$(BIN)/lint-imports --no-logo


# ---- database and texts

migrate: $(RUNTIME) ## bring the database of DATABASE_URL up to date
	$(BIN)/alembic upgrade head

migration: $(DEV) ## draft the next migration from the models: make migration m="what it does"
	@[ -n "$(m)" ] || { echo 'Say what it does: make migration m="add opening hours"'; exit 1; }
	$(BIN)/alembic upgrade head
	$(BIN)/alembic revision --autogenerate -m "$(m)" \
	  --rev-id $$(printf %04d $$(( 1 + $$(ls migrations/versions/[0-9]*.py 2>/dev/null | wc -l) )))

translate: $(RUNTIME) ## bring texts from code and templates into every catalogue
	@mkdir -p var
	$(BIN)/pybabel --quiet extract -F pyproject.toml --add-location=file --sort-by-file -w 110 \
	  --ignore-dirs ".* node_modules var" -o var/messages.pot .
	$(BIN)/pybabel --quiet update -i var/messages.pot -d translations -w 110 \
	  --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date

compile: $(CATALOGUES) ## compile the catalogues that changed

%.mo: %.po | $(RUNTIME)
	@$(BIN)/pybabel --quiet compile -i $< -o $@


# ---- what is installed

# Writes the lock files anew, newest versions that pyproject.toml allows. They hold versions and hashes
# but no address, so that they install from whichever index or mirror a machine is set up with.
PIP_COMPILE = CUSTOM_COMPILE_COMMAND="make lock" $(VENV)-lock/bin/pip-compile --quiet --upgrade --generate-hashes \
  --strip-extras --allow-unsafe --no-emit-options --no-emit-index-url --no-emit-trusted-host --no-emit-find-links

lock: $(BIN)/python ## write requirements/ and package-lock.json anew
	$(BIN)/python -m venv $(VENV)-lock
	$(VENV)-lock/bin/pip install --quiet --upgrade pip-tools
	$(PIP_COMPILE) -o requirements/runtime.txt pyproject.toml
	$(PIP_COMPILE) -o requirements/dev.txt --extra dev -c requirements/runtime.txt pyproject.toml
	sed -i 's| -c requirements/runtime.txt||' requirements/dev.txt
	npm install --package-lock-only --omit-lockfile-registry-resolved --no-fund --no-audit
	$(BIN)/python .ci/strip_addresses.py package-lock.json
	! grep -n '://' requirements/*.txt package-lock.json

$(RUNTIME): requirements/runtime.txt | $(BIN)/python
	@echo "Installing what $< names into $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(DEV): requirements/dev.txt | $(BIN)/python
	@echo "Installing what $< names into $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@ $(RUNTIME)

$(AXE): package-lock.json
	@if command -v npm >/dev/null; then npm ci --silent --no-fund --no-audit && touch $@; \
	else echo "npm is not installed: what needs axe-core is skipped"; fi

$(BIN)/python:
	@for python in $(PYTHON) python3 python3.13 python3.12 python3.11; do \
	  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && found=$$python && break; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "Python 3.11 or newer is needed and was not found. Install it, or name it: make PYTHON=/path/to/python3"; exit 1; \
	elif "$$found" -c 'import ensurepip, venv' 2>/dev/null; then "$$found" -m venv $(VENV); \
	elif "$$found" -m virtualenv --version >/dev/null 2>&1; then "$$found" -m virtualenv --quiet $(VENV); \
	else \
	  echo "$$found cannot make an environment. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; \
	fi

clean: ## remove what make made (the database and files in var/ stay)
	rm -rf $(VENV) $(VENV)-lock node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	rm -f $(CATALOGUES) $(REPORT) var/messages.pot
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
