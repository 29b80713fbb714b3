# Two commands for a newcomer: `make demo` and `make test`. Everything they need is put into .venv.
PYTHON ?= python3
UV_VERSION := 0.13.9
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
STAMP := $(VENV)/.installed

# Where the shell asks for no .pyc, pytest would rewrite every test in each of its processes at each run.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo simulate example run test test-slow test-browser test-busy test-lowest test-cluster test-crash crash cluster fuzz weather asks audit another-server bench bench-engines bench-lock check fix lock manifest doctor screens conformance counts clean

help: ## Say what can be made.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Between needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(STAMP): $(UV) requirements.lock pyproject.toml
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

setup: $(STAMP) ## Make the .venv with everything locked.

demo: setup ## Start the bot and a Slack of your own; prints one URL. Ctrl-C stops it.
	@exec $(BIN)/between demo

simulate: setup ## A quarter of a group with habits in seconds: transcript and figures, into data/simulation.
	@exec $(BIN)/between simulate --into data/simulation $(ARGS)

example: setup ## Write docs/quarter.md anew: scenes of that quarter.
	$(BIN)/between simulate --into data/simulation
	cp data/simulation/example.md docs/quarter.md

run: setup ## Run against real Slack, with .env filled in.
	@exec $(BIN)/between run

doctor: setup ## Check tokens, scopes, Redis, clock and zone data.
	@exec $(BIN)/between doctor

# Four processes: some tests wait for a socket or a server. This one is for whoever changes something, every time;
# what takes longer, or wants the machine to itself, is in the four that follow, which CI runs after it.
test: setup check ## All checks, and all tests but those of the next four.
	$(BIN)/python -m pytest -n 4 --dist worksteal -m "not browser and not slow and not dies" --ignore tests/crash

test-slow: setup ## Promises over many tries, a quarter played, every screen with any words, programs started and killed.
	$(BIN)/python -m pytest -n 4 --dist worksteal -m "slow and not browser and not dies" --ignore tests/crash

test-browser: setup ## The demo, its second scene and the playground's page in a real Chromium, on a phone's screen too.
	$(BIN)/python -m pytest -n 2 --dist loadfile -m browser tests/browser tests/playground

# Each loop ends with the shell that started it. A red run says what was red; the others are run all the same.
test-busy: setup ## OF="test test-slow test-browser", RUNS=5 times, beside two busy loops; prints the closing lines.
	@said=$$(mktemp); red=0; loops=; \
	for loop in 1 2; do sh -c 'while kill -0 $$PPID 2>/dev/null; do :; done' & loops="$$loops $$!"; done; \
	trap 'kill $$loops; rm -f $$said' EXIT; \
	for run in $$(seq $(or $(RUNS),5)); do \
		$(MAKE) --no-print-directory $(or $(OF),test test-slow test-browser) >$$said 2>&1 || { red=1; grep -E '^(FAILED|ERROR|E  |>  |make|[a-z_/]+\.py:[0-9]+)' $$said; }; \
		grep -E '^=.* in [0-9.]+s' $$said; \
	done; exit $$red

WORDS := tests/crash/test_words_in_weather.py

# -rP prints what the months say of themselves, the seed among it, also where they pass.
test-crash: setup ## 300 times `kill -9` over months, four bots, bad weather, every zone, death at each call; prints seeds.
	CRASH_KILLS=$(or $(CRASH_KILLS),300) $(BIN)/python -m pytest -n 2 --dist loadfile -rP --ignore $(WORDS) tests/crash
	DIE_AT_LENGTH=$(or $(DIE_AT_LENGTH),1) $(BIN)/python -m pytest -n 2 --dist load --timeout 300 -m dies tests/scheduler

test-cluster: setup ## A primary killed under load: cluster, sentinels, Valkey.
	$(BIN)/python -m pytest --maxfail 5 -m "cluster and not at_length" tests/cluster

crash: setup ## 5,000 times `kill -9` (some six minutes).
	CRASH_KILLS=$(or $(CRASH_KILLS),5000) $(BIN)/python -m pytest -n 2 --dist load -rP tests/crash/test_month.py

weather: setup ## A simulated quarter with Slack failing all through it, searched for private words (some five minutes).
	WEATHER_WEEKS=$(or $(WEATHER_WEEKS),13) $(BIN)/python -m pytest -rP $(WORDS)

fuzz: setup ## 100,000 payloads over the wire: forged, ill-typed, malformed, hostile (half an hour).
	FUZZ_PAYLOADS=$(or $(FUZZ_PAYLOADS),100000) $(BIN)/python -m pytest -n 2 -rP tests/fuzz

asks: setup ## A thousand quiet asks: their askers can't tell a no from silence, away or not asked (some two minutes).
	ASKS=$(or $(ASKS),1000) $(BIN)/python -m pytest -n 2 --dist load tests/promises/test_a_thousand_asks.py

# Not in `make test`: it asks the network, and what is red there tomorrow may be nobody's doing.
audit: setup ## Known vulnerabilities of all that is locked; names what can't be looked up from here.
	$(BIN)/python -m tests.audit

# As `audit`, not in `make test`: npx fetches the other server.
another-server: setup ## Install by OAuth on another server that speaks Slack's, and every way it can fail; needs npx.
	$(BIN)/python -m tests.connect.another_server

cluster: setup ## All shapes of Redis and Valkey, blow upon blow (ten minutes or more).
	$(BIN)/python -m pytest -m cluster tests/cluster

LOWEST := .venv-lowest

test-lowest: $(UV) ## All tests with the lowest versions that pyproject.toml allows, in a .venv of their own.
	test -d $(LOWEST) || $(PYTHON) -m venv $(LOWEST)
	$(UV) pip install --quiet --python $(LOWEST)/bin/python --resolution lowest-direct --editable ".[playground,dev]"
	$(LOWEST)/bin/python -m pytest -n 3 --dist loadfile --ignore tests/crash

check: setup ## Format, lint, types, import directions.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: setup ## Format and mend what ruff can mend.
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(UV) ## Write requirements.lock anew, for Linux and macOS, and what of it the bot alone needs.
	$(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" --python-version 3.11 \
		--extra playground --extra dev --output-file requirements.lock pyproject.toml
	$(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" --python-version 3.11 \
		--constraint requirements.lock --output-file requirements-bot.lock pyproject.toml

conformance: setup ## List in docs/conformance.md what the playground holds itself to.
	$(BIN)/python -m tests.playground.behaviours

counts: setup ## Write docs/counts.md, the quarter in docs/attention.md and what works for whom in docs/connect.md.
	$(BIN)/python -m tests.views.counts
	$(BIN)/python -m tests.domain.attention
	$(BIN)/python -m tests.domain.reach

screens: setup ## Take the pictures in docs/screens from the demo; needs Chromium.
	$(BIN)/python -m tests.browser.screens

manifest: setup ## Write manifest.json from the code.
	$(BIN)/between manifest > manifest.json

clean: ## Remove .venv and caches; data stays.
	rm -rf $(VENV) $(BENCH) $(LOWEST) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

BENCH := .venv-bench

bench: setup ## All benchmarks, at length; each prints JSON (an hour on a quiet machine of two cores).
	for one in playground_post fan_out growth answering encryption digest matching; do $(BIN)/python -m benchmarks.$$one || exit 1; done

bench-engines: setup ## Between beside APScheduler, docket, streaQ and SAQ, which get a .venv of their own.
	test -d $(BENCH) || $(PYTHON) -m venv $(BENCH)
	$(UV) pip install --quiet --python $(BENCH)/bin/python --require-hashes -r benchmarks/engines/requirements.lock
	$(BIN)/python -m benchmarks.engines --others $(BENCH)/bin/python

bench-lock: $(UV) ## Write the other engines' lock file anew.
	$(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make bench-lock" --python-version 3.11 \
		benchmarks/engines/requirements.in --output-file benchmarks/engines/requirements.lock
