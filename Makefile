# Every way into the project. `make` alone lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup run test check build release sim chaos bench fmt tsan

ROUNDS ?= 200

help: ## list the targets
	@awk 'BEGIN { FS = ":.*## " } /^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install the system packages that are missing (as root), or name the command
	@scripts/setup.sh tests

run: ## build and start the server on 127.0.0.1:8080 with the samples; Ctrl-C stops it
	@scripts/run.sh

test: ## set up, lint, build with warnings as errors, run all tests; what CI runs
	@scripts/test.sh

check: ## lint only: format, shell syntax, imports between targets
	@scripts/check.sh

build: ## build everything for debugging, tests included
	@scripts/build.sh debug

release: ## build the server as it is deployed
	@scripts/build.sh release

sim: ## replay the simulation; SEED=n takes that seed
	@$(if $(SEED),ESCAPEMENT_SIM_SEED=$(SEED)) scripts/test-only.sh SimulationTests

chaos: ## the kill -9 test at length; ROUNDS=n (200)
	@ESCAPEMENT_CHAOS_ROUNDS=$(ROUNDS) scripts/test-only.sh 'EndToEndTests.*Kill'

bench: ## build and run the benchmarks; ARGS='--quick' or '--only NAME,…' narrows them
	@scripts/bench.sh $(ARGS)

fmt: ## format the sources in place
	@scripts/format.sh write

tsan: ## all tests under the thread sanitizer (slow: builds everything once more)
	@scripts/tsan.sh
