# The words of this project; `make help` lists them.
SHELL := /bin/sh
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
PYTEST := -m pytest -q -p no:cacheprovider
export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
# Each start of the bot compiles six hundred modules where an environment forbids to keep them.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help install run check test train vectors shell interactive eval bench kills containers lint style format lock

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*  ## /\1  /p' $(MAKEFILE_LIST) | awk -F'  ' '{printf "  make %-12s %s\n", $$1, $$2}'

install: .venv/.complete actions/.venv/.complete  ## make both environments from their locks

run: install  ## start the whole bot and keep it alive until Ctrl-C
	@exec ./optfm run

check: install  ## before a commit: style, types, the tests that need nothing beside them
	@$(MAKE) --no-print-directory style
	cd actions && exec .venv/bin/python $(PYTEST) -n 2 -m "not peer"
	.venv/bin/python $(PYTEST) tests/common

test: install models/optfm.tar.gz  ## all tests: both environments, stories, the whole system
	cd actions && exec .venv/bin/python $(PYTEST) -n 3
	.venv/bin/python $(PYTEST) -n 3 --dist loadfile --no-loadscope-reorder tests

train: install  ## train the model into models/
	.venv/bin/rasa train --fixed-model-name optfm

vectors: train  ## before a release: keep the vectors of the examples with the repository
	.venv/bin/python -m components.shipped_vectors

shell: install  ## talk to the bot in the terminal, beside `make run` or alone
	@exec ./optfm rasa shell

interactive: install  ## teach the bot in a conversation; examples land in data/ by topic
	@exec ./optfm rasa interactive

eval: install models/optfm.tar.gz  ## how well topics and prices are found, as tables
	@.venv/bin/python -W ignore tests/nlu/evaluate.py
	@.venv/bin/python -W ignore tests/nlu/kinds.py
	@cd actions && PYTHONPATH=. .venv/bin/python -m tests.eval.evaluate
	@cd actions && PYTHONPATH=. .venv/bin/python -m tests.eval.talk
	@cd actions && PYTHONPATH=. .venv/bin/python -m tests.eval.knowledge

bench: install models/optfm.tar.gz  ## how fast it is, beside stock Rasa and plain searches
	@cd actions && PYTHONPATH=. .venv/bin/python ../benchmarks/price_search.py
	@cd actions && PYTHONPATH=. .venv/bin/python ../benchmarks/api_search.py
	@cd actions && PYTHONPATH=. .venv/bin/python ../benchmarks/long_messages.py
	@cd actions && PYTHONPATH=. .venv/bin/python ../benchmarks/desk_queue.py
	@cd actions && PYTHONPATH=. .venv/bin/python ../benchmarks/llm_tokens.py
	@cd actions && PYTHONPATH=. .venv/bin/python ../benchmarks/llm_load.py
	@.venv/bin/python -W ignore benchmarks/turns.py

kills: install models/optfm.tar.gz  ## two hundred kills while requests are left; then all of them are counted
	.venv/bin/python tests/kills/kill_loop.py

containers: install  ## play docker-compose.yml as root: people talk while each container is killed and stopped
	actions/.venv/bin/python tests/containers/play.py $(PLAY)

lint: install style  ## style, types, Rasa's own look at the training data
	.venv/bin/rasa data validate --fail-on-warnings

style:
	actions/.venv/bin/ruff format --check . actions
	actions/.venv/bin/ruff check . actions
	cd actions && .venv/bin/mypy optfm
	MYPYPATH= actions/.venv/bin/mypy --python-executable .venv/bin/python connectors

format: install  ## let ruff mend the style
	actions/.venv/bin/ruff format . actions
	actions/.venv/bin/ruff check --fix . actions

lock: $(UV)  ## choose the newest versions that fit and write the locks, the images' without tests
	$(UV) pip compile $(LOCK_OPTIONS) --python 3.10 --upgrade --group pyproject.toml:tests pyproject.toml -o requirements.lock
	$(UV) pip compile $(LOCK_OPTIONS) --python 3.10 -c requirements.lock pyproject.toml -o deploy/images/rasa.lock
	cd actions && $(abspath $(UV)) pip compile $(LOCK_OPTIONS) --python 3.12 --upgrade --group pyproject.toml:tests pyproject.toml -o requirements.lock
	cd actions && $(abspath $(UV)) pip compile $(LOCK_OPTIONS) --python 3.12 -c requirements.lock pyproject.toml -o ../deploy/images/actions.lock

LOCK_OPTIONS := -q --generate-hashes --no-header --no-emit-index-url --no-emit-find-links

models/optfm.tar.gz: config.yml domain.yml $(shell find data components actions/optfm/text/vocabulary -name '*.yml' -o -name '*.py')
	@$(MAKE) --no-print-directory train

.venv/.complete: requirements.lock $(UV)
	$(UV) venv --quiet --clear --python 3.10 .venv
	$(UV) pip sync --compile-bytecode --python .venv/bin/python --require-hashes requirements.lock
	@touch $@

actions/.venv/.complete: actions/requirements.lock $(UV)
	$(UV) venv --quiet --clear --python 3.12 actions/.venv
	$(UV) pip sync --compile-bytecode --python actions/.venv/bin/python --require-hashes actions/requirements.lock
	@touch $@

.tools/bin/uv:
	@echo "uv нет на PATH: ставлю в .tools/"
	python3 -m venv .tools
	.tools/bin/pip install --quiet uv
