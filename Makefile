# Needs make, Python 3.11 or newer and a browser; everything else goes into .venv.
# Packages are installed only when a list of pins has changed since the last time (its checksum lies in .venv).

VENV := .venv
PY := $(VENV)/bin/python
PYTHON ?=
ARGS ?=
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help run test check soak samples docs pins clean venv install install-dev

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-8s  %s\n", $$1, $$2}' Makefile

run: install ## Start Aftermath in the browser; a new database gets the sample company
	@state=$$($(PY) -m data create) || exit 1; \
	if [ "$$state" = created ]; then \
		echo "Loading the sample company into the new database…"; \
		$(PY) -m importers --sample || { \
			echo "The sample was not loaded. Try again with: $(PY) -m importers --sample" >&2; exit 1; }; \
	fi
	@exec $(PY) -m streamlit run serve.py $(ARGS)

test: install-dev ## Run the whole test suite (ARGS="-k clock" for a part of it)
	$(PY) -m pytest -n $(WORKERS) --dist loadfile $(ARGS)

check: install-dev ## Lint, format check and types
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

soak: install-dev ## Run the property tests and the kills with many more examples
	$(PY) -m pytest -n $(WORKERS) -m "hypothesis or soak" --hypothesis-profile=soak --timeout=3600 $(ARGS)

samples: install ## Write the sample company's spreadsheets anew
	$(PY) -m data.samples.make

docs: install-dev ## Write the documents that repeat the code anew (ARGS=--pictures for the screenshots too)
	$(PY) -m docs $(ARGS)

pins: install-dev ## Compile the lists of pinned packages from pyproject.toml (run it with the oldest Python)
	CUSTOM_COMPILE_COMMAND="make pins" $(PY) -m piptools compile -q --strip-extras --no-emit-index-url \
		--no-emit-find-links --no-emit-trusted-host --extra postgres --extra auth -o requirements.txt pyproject.toml
	CUSTOM_COMPILE_COMMAND="make pins" $(PY) -m piptools compile -q --strip-extras --no-emit-index-url \
		--no-emit-find-links --no-emit-trusted-host --all-extras -c requirements.txt \
		-o requirements-dev.txt pyproject.toml

clean: ## Remove the virtual environment and caches; the database in var/ stays
	rm -rf $(VENV) .pytest_cache .ruff_cache .mypy_cache .hypothesis build *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# An environment that was moved, half made or made with an older Python is made again.
venv:
	@if ! $(PY) -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
		for python in $(PYTHON) python3.13 python3.12 python3.11 python3 python; do \
			"$$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
			echo "Making $(VENV) with $$("$$python" --version)"; \
			rm -rf $(VENV) && "$$python" -m venv $(VENV) && exit 0; \
		done; \
		echo "Aftermath needs Python 3.11 or newer, with its venv module (Debian: python3-venv)." >&2; \
		echo "If it is installed elsewhere, say where: make PYTHON=/path/to/python3 …" >&2; \
		exit 1; \
	fi

install: venv
	@$(call pip_install,requirements.txt)

# The pins of requirements-dev.txt hold those of requirements.txt, so one installation serves both.
install-dev: venv
	@$(call pip_install,requirements-dev.txt)
	@cksum < requirements.txt > $(VENV)/requirements.txt.installed

define pip_install
cksum < $(1) | cmp -s - $(VENV)/$(1).installed && exit 0; \
echo "Installing $(1); the first time takes a few minutes…"; \
for attempt in 1 2 3; do \
	if $(PY) -m pip install --quiet --disable-pip-version-check --retries 3 -r $(1); then \
		cksum < $(1) > $(VENV)/$(1).installed; \
		exit 0; \
	fi; \
	echo "Attempt $$attempt of 3 failed." >&2; \
	sleep $$((attempt * 5)); \
done; \
echo "The packages could not be installed. Check the network, then run make again." >&2; \
exit 1
endef
