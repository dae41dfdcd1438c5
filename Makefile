# Kinerja: every command a developer needs. `make` alone lists them. Needs Python 3.11 or newer; Apache Kafka (`make
# test-kafka`, `make chaos`, `make kafka`) needs Java 17 and Maven as well, which are installed where that may be done.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
KAFKA := deploy/kafka/target/fetched
ARGS ?=
PYTEST_ARGS ?=
# Empty: the half year is not played; one engine is enough where time counts.
HALF_YEAR ?= tests/route
# The first of these that is 3.11 or newer makes the environment.
PYTHONS ?= python3 python3.13 python3.12 python3.11 python3.14

.PHONY: help setup demo up down secrets kafka assets test test-fast test-kafka chaos lint format types boundaries contracts golden migration bench pictures lock clean

help:  ## this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP)  ## create .venv from the lock files (the other commands do it when it is needed)
	@:

# uv does not read pip's settings, so a package index or certificate that pip was told about is handed on; and unlike
# pip it trusts the certificates of the system only when asked to.
PIP_SETTING = $$($(BIN)/python -m pip config get global.$(1) 2>/dev/null || $(BIN)/python -m pip config get :env:.$(1) 2>/dev/null || true)

$(STAMP): requirements.lock requirements-setup.lock pyproject.toml
	@rm -f $@; python=""; \
	for candidate in $(PYTHONS); do \
	    if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python="$$candidate"; break; fi; \
	done; \
	test -n "$$python" || { echo "kinerja needs Python 3.11 or newer; none among: $(PYTHONS)" >&2; exit 1; }; \
	$(BIN)/python -m pip --version >/dev/null 2>&1 || "$$python" -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-setup.lock
	@index="$(call PIP_SETTING,index-url)"; certificate="$(call PIP_SETTING,cert)"; \
	test -z "$$index" || export UV_DEFAULT_INDEX="$${UV_DEFAULT_INDEX:-$$index}"; \
	test -z "$$certificate" || export SSL_CERT_FILE="$${SSL_CERT_FILE:-$$certificate}"; \
	export VIRTUAL_ENV="$(CURDIR)/$(VENV)"; \
	$(BIN)/uv --system-certs pip sync --compile-bytecode --quiet --require-hashes requirements.lock requirements-setup.lock; \
	$(BIN)/uv --system-certs pip install --quiet --no-deps --editable .
	@touch $@

demo: $(STAMP)  ## every place lives through a half-year cycle: make demo ARGS="--once"
	@$(BIN)/kinerja demo $(ARGS)

up: $(STAMP)  ## start the local stack and stay; Ctrl-C stops it
	@$(BIN)/kinerja up $(ARGS)

down: $(STAMP)  ## stop a stack that runs in another terminal
	@$(BIN)/kinerja down $(ARGS)

secrets: $(STAMP)  ## passwords, keys and certificates for docker-compose.yml, made once
	@$(BIN)/kinerja secrets

kafka: $(STAMP) $(KAFKA)  ## run Apache Kafka here, for `make up ARGS="--kafka 127.0.0.1:9192"`; Ctrl-C stops it
	@$(BIN)/python -m kinerja.stack.kafka

$(KAFKA): deploy/kafka/pom.xml deploy/kafka/fetch
	@deploy/kafka/fetch

test: $(STAMP)  ## every test but the load tests, on real engines
	@$(BIN)/python -m pytest -m "not load" -n 2 --dist loadfile --ignore tests/route $(PYTEST_ARGS)
	@test -z "$(HALF_YEAR)" || $(BIN)/python -m pytest -m "not load" $(HALF_YEAR) $(PYTEST_ARGS)  # alone: it needs both cores

test-kafka: $(STAMP) $(KAFKA)  ## the tests that use a broker, the half year and short outages on Apache Kafka
	@deploy/pgbouncer/fetch  # for the tests of what stands before a database
	@$(BIN)/python -m pytest --apache-kafka -m "not load" --ignore tests/route --ignore tests/chaos $(PYTEST_ARGS)
	@test -z "$(HALF_YEAR)" || $(BIN)/python -m pytest --apache-kafka -m "not load" $(HALF_YEAR) $(PYTEST_ARGS)
	@$(BIN)/python -m pytest --apache-kafka -m "not load" tests/chaos $(PYTEST_ARGS)

chaos: $(STAMP) $(KAFKA)  ## workers killed and added, Kafka away a minute, PostgreSQL two, Temporal five: nothing lost or doubled
	@$(BIN)/python -m pytest --apache-kafka --long-outages tests/chaos $(PYTEST_ARGS)
	@$(BIN)/python -m pytest -n 0 --long-outages tests/services/integrations/test_killed.py $(PYTEST_ARGS)

test-fast: $(STAMP)  ## the tests that need no engine
	@$(BIN)/python -m pytest -m "not connected and not load" $(PYTEST_ARGS)

lint: $(STAMP)  ## ruff, mypy strict, import boundaries, no broken reader
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/kinerja contracts --check

format: $(STAMP)  ## let ruff fix what it can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

types: $(STAMP)  ## mypy strict alone
	@$(BIN)/mypy

boundaries: $(STAMP)  ## who may import whom
	@$(BIN)/lint-imports

contracts: $(STAMP)  ## write OpenAPI, AsyncAPI (docs/api) and permissions of every service, runbooks, and the schema of policies; what breaks a reader is refused: ARGS="--accept 'why'"
	@$(BIN)/kinerja contracts $(ARGS)
	@$(BIN)/kinerja policy schema > docs/policy.schema.json

golden: $(STAMP)  ## record new events and new fields of events (tests/contracts/golden), after the contracts changed
	@$(BIN)/python -m tests.contracts.record

migration: $(STAMP)  ## draft a migration from the models: make migration SERVICE=plans NAME=add_x
	@$(BIN)/python -m kinerja.stack.draft "$(SERVICE)" "$(NAME)"

bench: $(STAMP)  ## measure against the budgets
	@$(BIN)/python -m bench $(ARGS)

pictures: $(STAMP)  ## take the pictures of the portal's main pages (docs/portal) anew, with Chromium
	@$(BIN)/python -m pytest --pictures tests/portal/test_pictures.py $(PYTEST_ARGS)

COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url $(UPGRADE)
lock: $(STAMP)  ## resolve the dependencies again (UPGRADE=--upgrade takes newer ones)
	@$(COMPILE) --extra cli --extra local --group dev pyproject.toml --output-file requirements.lock
	@$(COMPILE) pyproject.toml --output-file requirements-runtime.lock

ASSETS := services/portal/assets
assets:  ## build the portal's style from npm again (Node.js is needed for this alone; what is built is committed)
	@cd $(ASSETS) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@cd $(ASSETS) && npx sass --quiet-deps --no-source-map --style=compressed --load-path=. portal.scss ../static/portal.css

clean:  ## remove what can be made again (.venv, caches); the stack's data in .kinerja/ stays
	@rm -rf $(VENV) build dist deploy/kafka/target .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis *.egg-info
	@find . -name __pycache__ -type d -prune -not -path './.git/*' -exec rm -rf {} +
