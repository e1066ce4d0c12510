# Everything a newcomer needs: `make run` starts the product, `make test` checks it.
# Only Python 3.11 or newer must be there; everything else is set up here.

PYTHON ?= python3
VENV := .venv
BIN := $(CURDIR)/$(VENV)/bin
export PATH := $(BIN):$(PATH)
UI := platform/web/static/ui
UI_SOURCES := $(shell find designer_ui -path designer_ui/node_modules -prune -o -type f -print 2>/dev/null)
N ?= 20000

.DEFAULT_GOAL := help
.PHONY: help run setup ui test test-setup test-ui lint types bench docs wheel lock clean

help:
	@echo "make run    start the product with the demo workspace (http://127.0.0.1:8000)"
	@echo "make test   set up what the tests need and run everything"
	@echo "make lint   style, types and layers only"
	@echo "make bench  measure (N=1000000 for the full run)"
	@echo "make docs   write the generated reference pages"
	@echo "make wheel  build the package with the interface inside"

run: $(UI)/index.html $(VENV)/.app
	@exec joinery serve --demo

setup: $(VENV)/.app

ui: $(UI)/index.html

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Joinery needs Python 3.11 or newer; name one with make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.app: requirements/app.lock requirements/build.lock setup.cfg pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/app.lock -r requirements/build.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

designer_ui/node_modules/.package-lock.json: designer_ui/package-lock.json $(VENV)/.app
	cd designer_ui && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(UI)/index.html: designer_ui/node_modules/.package-lock.json $(UI_SOURCES)
	cd designer_ui && npm run --silent build
	@touch $@

$(VENV)/.test: requirements/test.lock $(VENV)/.app
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.lock
	@touch $@

test-setup: $(VENV)/.test $(UI)/index.html
	@sh tests/browser/setup.sh

lint: $(VENV)/.test designer_ui/node_modules/.package-lock.json
	ruff check .
	ruff format --check .
	lint-imports --config setup.cfg
	$(MAKE) --no-print-directory types
	cd designer_ui && npm run --silent lint

test-ui: designer_ui/node_modules/.package-lock.json
	cd designer_ui && npm run --silent test

types: $(VENV)/.test
	@mkdir -p build/typing && ln -sfn ../../platform build/typing/joinery
	mypy -p joinery

# Style and types keep one core busy; the interface's tests run beside them.
test: test-setup
	$(MAKE) --no-print-directory -j 2 lint test-ui
	pytest -n 2 --dist loadfile -m "not browser"
	pytest -n 2 --dist loadfile --reruns 1 --rerun-show-tracebacks -raR tests/browser

bench: $(VENV)/.test
	python -m bench --records $(N)

docs: $(VENV)/.app
	joinery docs

wheel: $(UI)/index.html $(VENV)/.app
	python -m build --wheel --outdir dist .
	python bench/check_wheel.py dist

lock:
	pip-compile --quiet --strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file requirements/app.lock setup.cfg
	pip-compile --quiet --strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file requirements/build.lock requirements/build.in
	pip-compile --quiet --strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file requirements/test.lock requirements/test.in

clean:
	rm -rf build dist $(UI) designer_ui/node_modules $(VENV)
