# Every way into the project. `make` alone lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup run run-cluster test check build release sim chaos chaos-cluster bench fmt tsan fuzz-api fuzz-query

ROUNDS ?= 200

help: ## list the targets
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install the system packages that are missing (as root), or name the command; fetch the fuzzer
	@scripts/setup.sh tests && scripts/fuzz-tools.sh

run: ## build and start the server on 127.0.0.1:8080 with the samples; Ctrl-C stops it
	@scripts/run.sh

run-cluster: ## the same with two nodes on a PostgreSQL of their own, and a tour of it; Ctrl-C stops them
	@scripts/run-cluster.sh

test: ## set up, lint, build with warnings as errors, run all tests; what CI runs
	@scripts/test.sh

check: ## lint only: format, shell syntax, imports between targets
	@scripts/check.sh

build: ## build everything for debugging, tests included
	@scripts/build.sh debug

release: ## build the server as it is deployed
	@scripts/build.sh release

sim: ## replay the simulation; SEED=n takes that seed, RUNS=m as many from it
	@$(if $(SEED),ESCAPEMENT_SIM_SEED=$(SEED)) $(if $(RUNS),ESCAPEMENT_SIM_RUNS=$(RUNS)) \
	    scripts/test-only.sh SimulationTests

chaos: ## the kill -9 test at length; ROUNDS=n (200)
	@ESCAPEMENT_CHAOS_ROUNDS=$(ROUNDS) scripts/test-only.sh 'EndToEndTests.*Kill'

chaos-cluster: ROUNDS = 20
chaos-cluster: ## the fault tests of three nodes and their PostgreSQL at length; ROUNDS=n (20); SEED=n takes that seed
	@$(if $(SEED),ESCAPEMENT_CHAOS_SEED=$(SEED)) ESCAPEMENT_CHAOS_ROUNDS=$(ROUNDS) \
		scripts/test-only.sh 'EndToEndTests.*ClusterChaos'

bench: ## build and run the benchmarks; ARGS='--quick' or '--only NAME,…' narrows them
	@scripts/bench.sh $(ARGS)

fuzz-api: SECONDS_MAX = 180
fuzz-api: ## call a server with what its OpenAPI documents allow and what not; SECONDS_MAX=n (180); SEED=n
	@$(if $(SEED),SEED=$(SEED)) scripts/fuzz-api.sh $(SECONDS_MAX)

fuzz-query: INPUTS = 1000000
fuzz-query: ## read as many random filters; INPUTS=n (1000000)
	@ESCAPEMENT_FUZZ_INPUTS=$(INPUTS) scripts/test-only.sh 'CoreTests.FilterFuzzTests'

fmt: ## format the sources in place
	@scripts/format.sh write

tsan: ## all tests under the thread sanitizer (slow: builds everything once more)
	@scripts/tsan.sh
