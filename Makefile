# Every task of this project; `make help` lists them. Two are enough to begin: `make demo` and `make test`.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
APP := clients/worker
export NIANGJIA_VAR ?= $(CURDIR)/var
export PORT

.PHONY: help
help: ## list the tasks
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

# --- the two commands of the README ---

.PHONY: demo
demo: ready app ## run the product with its demo city (http://127.0.0.1:8000; PORT=… for another)
	@exec $(BIN)/niangjia demo $(if $(PEOPLE),--people $(PEOPLE))

.PHONY: test
test: ready-dev browser java lint types storeys translations app-check shells-check pytest ## everything that must hold: about 15 minutes
	@echo "all of it passed"

# --- setting up; each step runs only when what it stands on has changed ---

.PHONY: ready ready-dev machine
ready: machine .venv/ready
ready-dev: machine .venv/ready-dev

machine:
	@bash tools/machine.sh $(PYTHON)

.venv/ready: requirements.lock.txt pyproject.toml
	@echo "  … Python packages into .venv (about a minute)"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock.txt
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(MAKE) -s messages
	@touch $@

.venv/ready-dev: .venv/ready requirements-dev.lock.txt
	@echo "  … Python packages for development into .venv"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.lock.txt
	@touch $@

$(APP)/node_modules/.package-lock.json: $(APP)/package-lock.json
	@echo "  … packages of the phone app"
	@cd $(APP) && npm ci --silent --no-audit --no-fund

APP_SOURCES := $(shell find $(APP)/src $(APP)/public $(APP)/index.html $(APP)/vite.config.ts -type f 2>/dev/null)
$(APP)/dist/index.html: $(APP)/node_modules/.package-lock.json $(APP_SOURCES)
	@echo "  … the phone app"
	@cd $(APP) && npm run --silent build > /dev/null
	@touch $@

.PHONY: app
app: machine $(APP)/dist/index.html ## build the phone app

.PHONY: browser
browser: ## install Chromium and a Chinese font by apt where they are missing
	@bash tools/browser.sh

.PHONY: java
java: ## install Java by apt where it is missing (one test runs Spark on this machine)
	@bash tools/java.sh

# --- the parts of `make test` ---

.PHONY: lint types storeys translations app-check shells-check pytest
lint: ## ruff: style and formatting
	$(BIN)/ruff check -q . && $(BIN)/ruff format -q --check .

types: ## mypy, strict
	NIANGJIA_NO_DATABASE=1 $(BIN)/mypy src conftest.py tests benchmarks

storeys: ## import contracts
	$(BIN)/lint-imports --no-cache > /tmp/storeys.$$$$ || { cat /tmp/storeys.$$$$; exit 1; }

translations: messages ## every text has its Chinese
	$(BIN)/python tools/translations.py --check

app-check: app ## the phone app: types, unit tests, size, and its API types against the server's description
	$(MAKE) -s api && git diff --exit-code --stat $(APP)/openapi.json $(APP)/src/api/schema.ts
	cd $(APP) && npm run --silent check && npm test --silent && npm run --silent size

shells-check: ## the mini-program shells
	cd clients/shells && node --test

pytest: ## all Python tests, browser journeys last
	$(BIN)/pytest -q -n 2 --dist loadgroup -m "not browser"
	$(BIN)/pytest -q -m browser

# --- now and then ---

.PHONY: messages api lock bench format
messages: ## compile the translations
	@$(BIN)/python tools/translations.py --compile

translate: ## collect new texts into the translation file
	$(BIN)/python tools/translations.py --collect

api: ## write the API's description and the phone app's types from it
	@NIANGJIA_NO_DATABASE=1 $(BIN)/python tools/openapi.py > $(APP)/openapi.json.new && mv $(APP)/openapi.json.new $(APP)/openapi.json
	@cd $(APP) && npm run --silent api

matrix: ## write the access matrix anew, to be read in review
	@NIANGJIA_NO_DATABASE=1 PYTHONPATH=. $(BIN)/python tools/matrix.py > tests/access_matrix.txt

pictures: ready-dev app browser ## take the pictures of the guides anew (five minutes)
	@PYTHONPATH=. $(BIN)/python tools/pictures.py

format: ## let ruff put the code in order
	$(BIN)/ruff check -q --fix . ; $(BIN)/ruff format -q .

EVENINGS ?= ../shared/data/speed_dating_waves_01_14.csv.gz
bench: ready-dev ## the benchmarks one after the other, as tables (EVENINGS=… names the speed-dating file)
	$(BIN)/python -m benchmarks.web
	$(BIN)/python -m benchmarks.replay $(EVENINGS)
	$(BIN)/python -m benchmarks.roll_import
	$(BIN)/python -m benchmarks.matching $(if $(wildcard $(EVENINGS)),--data $(EVENINGS))
	$(BIN)/python -m benchmarks.chat
	$(BIN)/python -m benchmarks.claims
	$(BIN)/python -m benchmarks.claims.torture
	$(BIN)/python -m benchmarks.year

bench-matching: ready-dev ## the matching engine beside its peers (EVENINGS=… names the speed-dating file)
	$(BIN)/python -m benchmarks.matching $(if $(wildcard $(EVENINGS)),--data $(EVENINGS))

lock: ## write the lock files anew (no registry is named in them)
	$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 \
	  pyproject.toml --group build -o requirements.lock.txt
	$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 \
	  pyproject.toml --group build --group dev --extra spark -o requirements-dev.lock.txt
