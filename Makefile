# `make book` makes the edition, `make test` proves the program; both set up what is missing.
# People and .ci/run use the same targets. Logic longer than a line lives in .ci/.

.DEFAULT_GOAL := help
.PHONY: docs help book test test-rest check tools bench scale golden prove audit lock clean

# `make test PYTHON=python3.13` tests under another Python, in an environment of its own.
VENV := .venv$(patsubst python%,-%,$(notdir $(PYTHON)))
BIN := $(VENV)/bin
export PYTHON VENV
ARGS ?=

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

book: ## set up, then make the edition in book/ into dist/
	@.ci/setup book
	@$(BIN)/engross build book $(ARGS)

test: ## set up, then run the tests of a few minutes (ARGS="-k words" picks some)
	@.ci/setup test
	@$(BIN)/pytest -n auto --dist loadscope -m "not slow and not rest" $(ARGS)

test-rest: ## set up, then run the longer tests that .ci/run adds to these
	@.ci/setup test
	@$(BIN)/pytest -n auto --dist loadscope -m "rest and not slow" $(ARGS)

check: ## style, types and layers of the code, fastest first
	@.ci/setup test
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/lint-imports
	@$(BIN)/mypy

tools: ## install the outside checkers that the tests use
	@.ci/setup tools

bench: ## time engross against a plain script, write docs/performance.md; measure how it sets
	@.ci/setup test
	@$(BIN)/python tests/bench/bench.py $(ARGS)
	@$(BIN)/python tests/bench/setting.py

scale: ## time volumes of 1, 50 and 300 documents against the plain script, write docs/performance.md
	@.ci/setup test
	@$(BIN)/python tests/bench/ledger.py
	@$(BIN)/python tests/bench/scale.py $(ARGS)

docs: ## write the manual into site/: generated pages, pictures, every link checked
	@.ci/setup test
	@$(BIN)/python .ci/docs/generate.py
	@$(BIN)/python .ci/docs/pictures.py
	@$(BIN)/mkdocs build --strict

golden: ## rewrite the golden files from what is made now; then read the diff
	@.ci/setup test
	@$(BIN)/pytest tests/golden --golden $(ARGS)

prove: ## the long proofs (hours at most); writes docs/proof.md with today's date
	@.ci/setup prove
	@$(BIN)/python .ci/prove.py $(ARGS)

audit: ## ask for known weaknesses of the locked versions (needs the network)
	@.ci/setup test
	@.ci/audit $(ARGS)

lock: ## resolve the locked versions anew, with hashes
	@.ci/lock

clean: ## remove the environment and every cache; dist/ and book/ stay
	rm -rf .venv .venv-* .engross book/.engross .tools .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
