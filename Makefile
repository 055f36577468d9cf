# `make book` builds the book, `make test` tests it; both set up everything they need first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
READY := $(VENV)/.ready
PROJECT := --editable packages/warm-kernel --editable .

.DEFAULT_GOAL := help
.PHONY: help setup book test quick browser check format javascript lab lock sbom texts clean

help:
	@echo "make book    set up and build the whole book: _build/html/index.html"
	@echo "make test    set up and run the checks and tests, the browser included"
	@echo "make quick   the tests without a whole book and without a browser, in about a minute"
	@echo "make check   ruff and mypy only"
	@echo "make javascript   check the weight lab's scripts (needs Node, which the book and the tests do not)"
	@echo "make lab     the same, and the tests of the weight lab alone"
	@echo "make texts   update the message catalogues for translation, and the texts that lab/dev.html shows"
	@echo "make lock    pin requirements.in into requirements.txt (needs uv)"
	@echo "make sbom    list what is installed with its licences: _build/sbom.cdx.json (CycloneDX; needs uv)"
	@echo "make clean   remove what was built"

setup: $(READY)

# The locked versions, to the byte, then this project itself without touching them.
$(READY): requirements.txt pyproject.toml packages/warm-kernel/pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed, this is " + sys.version.split()[0] + ". Name another: make book PYTHON=python3.12")'
	@test ! -L $(VENV) || { echo "$(VENV) is a link; another folder would be emptied through it. Remove the link first." >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
ifdef UV
	uv pip install --quiet --require-hashes --python $(BIN)/python -r requirements.txt
	uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation $(PROJECT)
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation $(PROJECT)
endif
	touch $@

book: $(READY)
	$(BIN)/paritrana build

# Two processes share the tests by their files, so that what a file builds is built once; one small book serves both.
# On two cores the threads of the linear algebra would only wait for each other.
test quick: export OPENBLAS_NUM_THREADS := 1
test: check browser
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

# Neither a whole book nor a browser.
quick: $(READY)
	$(BIN)/python -m pytest -m "not slow" --numprocesses 2 --dist loadfile

# A Chromium on the PATH, else Debian's where apt-get may be used, else Playwright's own.
browser: $(READY)
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
	|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; } \
	|| $(BIN)/playwright install chromium

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

javascript:
	npm --prefix lab ci --no-fund --no-audit --silent
	npm --prefix lab run --silent check

lab: javascript browser
	$(BIN)/python -m pytest tests/lab

texts: $(READY)
	$(BIN)/python -m paritrana.build.site.catalogues
	$(BIN)/python -m paritrana.lab
	$(BIN)/python -m paritrana.panel.browser

lock:
	uv pip compile requirements.in --universal --python-version 3.11 --quiet --generate-hashes --custom-compile-command "make lock" -o requirements.txt

# The tool runs in an environment of its own: what lists the parts is none of them.
sbom: $(READY)
	mkdir -p _build
	uv tool run --quiet --from cyclonedx-bom==7.5.0 cyclonedx-py environment --pyproject pyproject.toml \
		--output-reproducible --validate -o _build/sbom.cdx.json $(BIN)/python

clean:
	rm -rf _build
