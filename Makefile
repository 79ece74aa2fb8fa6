# Every task of this project. `make help` lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
export NIANGJIA_VAR ?= $(CURDIR)/var

.PHONY: help
help: ## list the tasks
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

.PHONY: lint types storeys
lint: ## ruff: style and formatting
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: ## mypy, strict
	NIANGJIA_NO_DATABASE=1 $(BIN)/mypy src conftest.py tests benchmarks

storeys: ## import contracts
	$(BIN)/lint-imports

.PHONY: lock
lock: ## write the lock files anew (no registry is named in them)
	$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 \
	  pyproject.toml -o requirements.lock.txt
	$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 \
	  pyproject.toml --group dev -o requirements-dev.lock.txt
