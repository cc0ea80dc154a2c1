# Everything there is to do here, by name. `make` prints the list.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup setup-build build test test-core e2e chaos smoke snapshots fuzz lint format run demo docs bench install clean

PREFIX ?= /usr/local
FUZZ_SECONDS ?= 60
ARGS ?= --help
SWIFT_FLAGS := --explicit-target-dependency-import-check error
BUCKETBOT := .build/debug/bucketbot

help: ## print this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

setup: setup-build ## install what building and testing need and is not there yet
	@scripts/install-packages test
	@scripts/install-python test

setup-build: ## install only what building needs
	@scripts/install-packages build

build: setup-build ## build the program and its tests
	swift build --build-tests $(SWIFT_FLAGS)

test: setup lint build smoke ## all that has to pass: setup, lint, build, smoke, and every test
	@scripts/test

test-core: build ## the tests of the decisions alone: no socket, no file but fixtures
	@scripts/test '^BotCoreTests\.'

e2e: setup build ## the tests of the whole program against its stand-ins
	@scripts/test '^(EndToEnd|BotTests)\.'

chaos: setup build ## kill the server 200 times while 500 events come; CHAOS_KILLS=, CHAOS_DELIVERIES=, CHAOS_SEED=
	@scripts/chaos

smoke: build ## try the built program from outside: help, exit statuses, completions, documents in step
	@scripts/smoke $(BUCKETBOT)

snapshots: setup build ## record every text that people read anew, and show what changed
	@scripts/snapshots

fuzz: setup-build ## feed the parsers with libFuzzer; FUZZ_SECONDS=60 for each
	@scripts/install-packages fuzz
	@scripts/fuzz $(FUZZ_SECONDS)

lint: ## the format and the laws that a search can hold, and the test of that search
	swift format lint --strict --recursive --parallel Package.swift Sources Tests Plugins Fuzzing Benchmarks
	@scripts/lint-selftest
	@scripts/lint

format: ## rewrite the Swift files to the format
	swift format --in-place --recursive --parallel Package.swift Sources Tests Plugins Fuzzing Benchmarks

run: build ## build and run the program; ARGS='check --help'
	@$(BUCKETBOT) $(ARGS)

demo: setup-build ## the whole loop on this machine, with stand-ins; DEMO_ONCE=1 ends by itself; no network once built
	swift build --product bucketbot $(SWIFT_FLAGS)
	@$(BUCKETBOT) demo $(if $(DEMO_ONCE),--once)

docs: build ## write docs/RULES.md from the rules themselves
	@scripts/write-rules $(BUCKETBOT) docs/RULES.md

bench: setup-build ## measure the budgets, each beside its peer in the same run
	@scripts/install-packages bench
	@scripts/install-python bench
	@scripts/bench

install: setup-build ## install program and shell completions below $(DESTDIR)$(PREFIX)
	@scripts/install '$(DESTDIR)$(PREFIX)'

clean: ## delete what was built; what setup installed stays
	rm -rf .build .build-fuzz .build-release
