# make        installs what is needed into .venv, once, and computes results/pocket/report.html
# make full   computes everything into results/pocket-full: about two hours
# make test   checks everything
# make help   lists the rest

PYTHON ?= python3
CONFIG ?= config/pocket.yaml
TARGET ?=
CORES ?= all
# What jobs may take together, in MB: by default four fifths of what is free, where the system tells.
MEMORY ?= $(shell awk '/^MemAvailable/ {print int($$2 / 1024 * 0.8)}' /proc/meminfo 2> /dev/null)

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := run
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: run full list test clean clean-all lock help

# Only this folder's environment counts, whichever is active; pip installs nowhere else.
unexport PYTHONHOME PYTHONDONTWRITEBYTECODE PYTHONNOUSERSITE VIRTUAL_ENV CONDA_PREFIX
unexport PIP_TARGET PIP_PREFIX PIP_USER PIP_REQUIRE_VIRTUALENV
unexport SNAKEMAKE_PROFILE
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export PYTHONPATH := $(CURDIR)/workflow

VENV := .venv/bin/python
INSTALLED := .venv/installed
# Ctrl-C ends it without a traceback also before its logger, which says so, has been loaded.
SNAKEMAKE := $(VENV) -c 'import signal; signal.signal(signal.SIGINT, signal.SIG_DFL); \
  from snakemake.cli import main; main()' --workflow-profile workflow/profiles/default

# The logger has said that it was interrupted: make, which ends by SIGINT too, has nothing to add.
run: $(INSTALLED)
	@trap 'exit 0' INT; $(SNAKEMAKE) $(TARGET) --configfile $(CONFIG) \
	  --cores $(CORES) $(if $(MEMORY),--resources mem_mb=$(MEMORY))

full: CONFIG = config/pocket.yaml config/full.yaml
full: run

list: $(INSTALLED)
	@$(VENV) -m switchrank list $(CONFIG)

test: $(INSTALLED)
	$(VENV) -m ruff check .
	$(VENV) -m ruff format --check .
	$(VENV) -m snakefmt --check Snakefile workflow/rules
	$(SNAKEMAKE) --lint
	@bash tests/install-tex.sh
	$(VENV) -m pytest -q -n auto --ignore tests/workflow
	$(VENV) -m pytest -q tests/workflow

# What was downloaded (resources/) and installed (.venv/) stays. Where nothing is installed, nothing was computed.
clean:
	@if [ -e $(INSTALLED) ]; then $(VENV) -m switchrank clean $(CONFIG); fi

clean-all:
	rm -rf results/* logs

# Resolves anew what the pins in pyproject.toml leave open, installing nothing.
lock: $(INSTALLED)
	@$(VENV) -m pip install --quiet --dry-run --ignore-installed --report .venv/resolved.json --editable '.[test]'
	@{ sed -n '/^#/p' constraints.txt; $(VENV) -c "$$LOCK" .venv/resolved.json; } > constraints.txt.new
	@mv constraints.txt.new constraints.txt

define LOCK
import json, sys
packages = [item["metadata"] for item in json.load(open(sys.argv[1]))["install"]]
pins = {f"{p['name']}=={p['version'].partition('+')[0]}" for p in packages if p["name"] != "switchrank"}
print(*sorted(pins, key=str.casefold), sep="\n")
endef
export LOCK

help:
	@echo 'make           install into .venv, then compute results/pocket/report.html; interrupt it at will'
	@echo 'make full      compute everything into results/pocket-full: about two hours'
	@echo 'make list      list the systems and pairs of an experiment, and what can be a TARGET'
	@echo 'make test      lint, formats, unit tests and the workflow on a small slice'
	@echo 'make clean     remove the results of an experiment; clean-all: of all; what was downloaded stays'
	@echo 'make lock      pin in constraints.txt the newest versions that pyproject.toml leaves open'
	@echo
	@echo 'CONFIG=...     the experiment: a file, or several of which each changes those before it, in quotes'
	@echo 'TARGET=...     compute these files and what they need, such as results/pocket/cells/ml-cs/ar-it.json'
	@echo 'CORES=2        use only two'
	@echo 'PYTHON=...     the Python 3.11 or later that .venv is made with (default: python3)'

# An installation that was cut off leaves .venv/unfinished and begins anew; the mark of success comes last.
# (That some file does not compile is no failure: packages carry templates and test data that are not meant to.)
$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; v = sys.version_info; v < (3, 11) and sys.exit( \
	  "Python 3.11 or later is needed, $(PYTHON) is %d.%d: try make PYTHON=/path/to/python3.11" % v[:2])'
	@$(PYTHON) -c 'import ensurepip, venv' 2> /dev/null \
	  || { echo '$(PYTHON) cannot make environments: install its venv package (python3-venv)' >&2; exit 1; }
	@if [ -e .venv/unfinished ]; then rm -rf .venv; fi
	@mkdir -p .venv && touch .venv/unfinished && rm -f $@
	@if [ ! -x $(VENV) ]; then $(PYTHON) -m venv .venv; fi
	@echo "Installing $$(grep -c == constraints.txt) packages into .venv (2 to 3 GB, some minutes, once)"
	@$(VENV) -m pip install --disable-pip-version-check --constraint constraints.txt --editable '.[test]' \
	  | sed -un 's/^Collecting \([A-Za-z0-9._-]*\).*/  \1/p; s/^Installing collected packages.*/  unpacking them/p'
	@echo 'Compiling, so that every later start is fast'
	@$(VENV) -m compileall -q -j 0 .venv/lib > /dev/null || true
	@$(VENV) -m switchrank warm
	@mv .venv/unfinished $@
