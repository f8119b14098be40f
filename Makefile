# make run        sets everything up and opens the application (without a display: reads the samples)
# make test       sets everything up and runs lint, layers, types and tests
# make evaluate   measures the models on DATA (see docs/teaching.md)
# make docs       the manual as a site, in build/site
# make bench      times the parts that must be fast
# make screenshots  pictures of every view, in both languages, light and dark, at 100 % and 200 %, small screens too, in build/screenshots
# make translations collects the texts of the window for resources/languages, and lists what has no translation
# make fuzz MINUTES=n  damages files for n minutes and goes on where it ended; make faults KILLS=n ends the program n times
#                 while somebody writes, and lets each call on the disk fail in four ways
# make audit      looks up known holes in the packages that run Inklattice
# make bundle     makes a folder that runs without Python, in build/dist, tests it, and packs it into build/Inklattice.sh

PYTHON ?= $(shell command -v python3.11 || command -v python3)
DATA ?= ../shared/data
MOST_PACKED := 210000000
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
APT := DEBIAN_FRONTEND=noninteractive apt-get
DEBIAN_ROOT := [ -f /etc/debian_version ] && [ "$$(id -u)" = 0 ]

# What Qt's window system plugin links to, as Debian names it.
QT_LIBRARIES := libegl1 libgl1 libglib2.0-0 libfontconfig1 libdbus-1-3 libxkbcommon-x11-0 libx11-xcb1 libxcb-cursor0 \
    libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xkb1 \
    fonts-dejavu-core

.PHONY: run test docs evaluate bench screenshots translations bundle fuzz faults audit

run: .venv/installed .venv/libraries .venv/compiled
	@$(BIN)/python main.py

# Two test processes of one thread each: more threads would only wait for one another.
test: .venv/installed-dev .venv/libraries .venv/compiled
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n 2

# What it finds lies in build/fuzz/findings, and becomes a case of the tests of what failed.
fuzz: .venv/installed-dev .venv/compiled
	@mkdir -p build
	$(BIN)/python -W ignore -m tests.fuzz $(or $(MINUTES),10) build/fuzz 2> build/fuzz.log

faults: .venv/installed-dev .venv/compiled
	KILLS=$(or $(KILLS),60) $(BIN)/python -m pytest -q -s tests/faults

# In an environment of its own, whose packages are none of ours. What the index cannot tell of fails, too; and before that a version
# whose holes everybody knows shows whether it tells of any.
AUDIT := .venv/audit/bin/pip-audit --strict --no-deps --disable-pip --progress-spinner off -r

audit: .venv/audit/installed
	@echo Jinja2==3.1.2 | $(AUDIT) /dev/stdin 2> /dev/null | grep -q -e CVE -e GHSA -e PYSEC \
	    || { echo "The index of packages that is reached from here tells of no holes: audit where it does."; exit 1; }
	$(AUDIT) requirements.txt

.venv/audit/installed: | .venv/bin/python
	$(BIN)/python -m venv .venv/audit
	.venv/audit/bin/python -m pip install pip-audit==2.9.0
	@touch $@

docs: .venv/installed-dev
	$(BIN)/mkdocs build --quiet --strict

evaluate: .venv/installed .venv/compiled
	@$(BIN)/python main.py evaluate mnist --data $(DATA)/mnist
	@$(BIN)/python main.py evaluate amounts --data $(DATA)/orand_car_a
	@$(BIN)/python main.py evaluate cheques --data $(DATA)/cheques
	@$(BIN)/python main.py evaluate ink-numbers --data $(DATA)/unipen
	@$(BIN)/python main.py evaluate chars --data $(DATA)/unipen
	@$(BIN)/python main.py evaluate words --data $(DATA)/unipen --limit 800
	@$(BIN)/python main.py evaluate lines --data $(DATA)/unipen --limit 150

bench: .venv/installed .venv/libraries .venv/compiled
	@$(BIN)/python main.py bench

screenshots: .venv/installed-dev .venv/libraries .venv/compiled
	$(BIN)/python -m tests.screenshots build/screenshots
	$(BIN)/python -m tests.screenshots.manual build/screenshots docs/pictures

translations: .venv/installed-dev
	@$(BIN)/python -m tests.translations

bundle: .venv/installed-dev .venv/libraries
	$(BIN)/pyinstaller --noconfirm --log-level WARN --distpath build/dist --workpath build/work build.spec
	build/dist/Inklattice/Inklattice --self-test
	$(BIN)/python -m pytest -s tests/bundle.py
	tar -C build/dist --owner=0 --group=0 -c Inklattice | xz -T0 --x86 --lzma2=preset=9 | cat resources/installer.sh - > build/Inklattice.sh
	@ls -l build/Inklattice.sh && [ $$(wc -c < build/Inklattice.sh) -le $(MOST_PACKED) ]

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Inklattice needs Python 3.11 or newer.")'
	@$(PYTHON) -c 'import ensurepip' || if $(DEBIAN_ROOT); then $(APT) update && $(APT) install -y python3-venv; fi
	$(PYTHON) -m venv .venv

.venv/installed: requirements.txt | .venv/bin/python
	$(PIP) install -r requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt requirements-batch.txt requirements-study.txt .venv/installed
	$(PIP) install -r requirements-dev.txt
	@touch $@

# The loops of the graph engine, of the fit of lines and of pages become machine code, and all modules byte code, once, before anybody waits for them.
.venv/compiled: recognizer/kernels.py recognizer/ink/lines.py $(wildcard recognizer/page/*.py recognizer/gtn/*.py) | .venv/installed
	@echo "Compiling the graph engine, which takes half a minute once."
	@$(BIN)/python -c 'from recognizer.gtn import compile_kernels; compile_kernels()'
	@$(BIN)/python -c 'import numpy; from recognizer.ink.lines import fit_lines; fit_lines([numpy.eye(2)])'
	@$(BIN)/python -c 'from recognizer.page.warm import compile_kernels; compile_kernels()'
	@$(BIN)/python -m compileall -q main.py ui recognizer
	@touch $@

# Where libraries cannot be installed there is no stamp, so that the advice comes back until it is followed.
.venv/libraries: | .venv/installed
	@lacking() { ldd .venv/lib/python3*/site-packages/PySide6/Qt/plugins/platforms/libqxcb.so 2>/dev/null \
	    | awk '/not found/ { print $$1 }' | sort -u | tr '\n' ' '; }; \
	if [ -n "$$(lacking)" ] && $(DEBIAN_ROOT); then \
	    $(APT) update && $(APT) install -y --no-install-recommends $(QT_LIBRARIES); fi; \
	if [ -z "$$(lacking)" ]; then touch $@; \
	else echo "Qt lacks $$(lacking)- please install what Debian calls: $(QT_LIBRARIES)"; fi
