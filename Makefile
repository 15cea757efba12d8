# Everything a developer runs. Each target installs what it lacks by itself (see Scripts/setup.sh).
.DEFAULT_GOAL := help
SHELL := /bin/bash

PYTHON ?= python3
PREFIX ?= /usr/local
VENV := .build/venv
# Files of packages that the differential tests read, beside the standard library of $(PYTHON).
PACKAGES = $(VENV)/lib
MERLON_DEV = .build/debug/merlon-dev
ORACLE = $(VENV)/bin/python Tests/oracle
AST_DIFF = $(ORACLE)/ast_diff.py --merlon-dev $(MERLON_DEV)

.PHONY: help setup setup-oracle build demo test swift-test examples-test oracle-sample oracle bench generate format \
  lint install clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install what the build and the tests need
	@Scripts/setup.sh Tests/requirements.txt

setup-oracle: setup
	@Scripts/setup.sh Tests/requirements-oracle.txt

build: setup ## Build everything for development
	swift build

demo: setup ## Build merlon and scan the vulnerable example
	swift build -c release --product merlon
	.build/release/merlon scan Examples/vulnerable-shop --fail-on never

test: setup swift-test oracle-sample examples-test ## All tests that a change must pass

swift-test: setup
	swift build --build-tests
	swift test --skip-build

# The example applications test themselves, each in an environment of its own.
examples-test: setup ## The example applications' own tests
	@for makefile in Examples/*/Makefile; do \
	  [ ! -e "$$makefile" ] || $(MAKE) --no-print-directory -C "$$(dirname "$$makefile")" test || exit 1; \
	done

oracle-sample: swift-test
	$(AST_DIFF) --stdlib --sample 500 --minimum 500 $(PACKAGES)
	$(ORACLE)/rejection.py --merlon-dev $(MERLON_DEV)
	$(ORACLE)/semantics.py --merlon-dev $(MERLON_DEV)
	$(ORACLE)/mutations.py --merlon-dev $(MERLON_DEV) --count 10000 $(PACKAGES)
	$(ORACLE)/symtable_diff.py --merlon-dev $(MERLON_DEV) --limit 300 $(PACKAGES)
	$(ORACLE)/imports_diff.py --merlon-dev $(MERLON_DEV) --names 500 fastapi starlette pydantic jwt jose requests
	$(ORACLE)/toml_oracle.py $(MERLON_DEV) --mutations 20

oracle: setup-oracle ## The full differential tests, some minutes
	swift build
	$(AST_DIFF) --stdlib --minimum 5000 $(PACKAGES) $(wildcard ../shared)
	$(ORACLE)/rejection.py --merlon-dev $(MERLON_DEV)
	$(ORACLE)/semantics.py --merlon-dev $(MERLON_DEV)
	for seed in 1 2 3 4 5; do \
	  $(ORACLE)/mutations.py --merlon-dev $(MERLON_DEV) --count 50000 --seed $$seed $(PACKAGES) || exit 1; \
	done
	$(ORACLE)/symtable_diff.py --merlon-dev $(MERLON_DEV) $(PACKAGES)
	$(ORACLE)/imports_diff.py --merlon-dev $(MERLON_DEV) --names 6000 fastapi starlette pydantic pydantic_settings \
	  sqlalchemy httpx requests jwt jose passlib authlib jinja2 uvicorn anyio click celery kombu
	$(ORACLE)/toml_oracle.py $(MERLON_DEV)
	$(ORACLE)/templates.py --merlon-dev $(MERLON_DEV) --random 3000
	$(ORACLE)/redos.py $(MERLON_DEV)
	$(ORACLE)/reports.py --merlon .build/debug/merlon --path Examples/vulnerable-shop --path Examples/hardened-shop
	$(ORACLE)/api_map.py --merlon .build/debug/merlon

bench: setup-oracle ## Speed beside other tools; prints Markdown tables
	swift build -c release
	@for benchmark in Benchmarks/*/run.py; do \
	  [ ! -e "$$benchmark" ] || $(VENV)/bin/python "$$benchmark" || exit 1; \
	done

generate: setup ## Write the generated registries and pages anew
	swift build --product merlon-dev
	.build/debug/merlon-dev generate
	@# The pages show what the tool holds, so it is built again with the new registry.
	swift build --product merlon-dev
	.build/debug/merlon-dev generate

format: ## Format the Swift sources
	swift format format --in-place --parallel --recursive Sources Tests Package.swift

lint: ## Check the format of the Swift sources
	swift format lint --strict --parallel --recursive Sources Tests Package.swift

install: setup ## Install merlon below PREFIX (default /usr/local)
	swift build -c release --product merlon --static-swift-stdlib -Xlinker -s --scratch-path .build/static
	install -D -m 755 .build/static/release/merlon "$(DESTDIR)$(PREFIX)/bin/merlon"

clean: ## Remove what was built, the environment of the tests included
	rm -rf .build
