# Thin names for commands that anyone can read and type. README has the same steps without make.
PYTHON ?= python3
SEEDS ?= 10
BIN := $(if $(filter Windows_NT,$(OS)),.venv/Scripts,.venv/bin)
LESSONS := $(wildcard notebooks/*.ipynb notebooks/solutions/*.ipynb)

# Without compiled bytecode the first import of TensorFlow takes a minute.
export UV_COMPILE_BYTECODE := 1

.PHONY: lab test notebooks images bench study html lint format lock clean

lab: .venv/trusted
	$(BIN)/jupyter lab --LabApp.default_url=/lab/tree/notebooks/01_meet_cartpole.ipynb

# Files run side by side, one for each core, so one thread of TensorFlow each is enough.
test: export TF_NUM_INTRAOP_THREADS := 1
test: export TF_NUM_INTEROP_THREADS := 1
test: .venv/installed
	$(BIN)/python -m pytest tests notebooks -n auto --dist loadfile --durations 10 \
	  --nbval --nbval-current-env --nbval-cell-timeout=300 --nbval-sanitize-with=tests/sanitize.cfg

notebooks: .venv/installed
	$(BIN)/python tests/execute_notebooks.py $(LESSONS)

images: .venv/installed
	$(BIN)/python images/draw.py

bench: .venv/installed
	$(BIN)/python tests/bench.py $(SEEDS)

study: .venv/installed
	$(BIN)/python tests/thirty_seeds.py
	$(BIN)/python tests/acrobot_seeds.py

html: .venv/installed
	$(BIN)/python publish/pages.py site

lint: .venv/installed
	$(BIN)/ruff check
	$(BIN)/ruff format --check

format: .venv/installed
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

lock: .venv/installed
	$(BIN)/uv pip compile pyproject.toml --group test --group lint --universal --upgrade \
	  --generate-hashes --no-emit-index-url --no-header --quiet --output-file requirements.txt

clean:
	rm -rf .venv

# The package comes second and alone: pip and uv refuse "-e" beside hashes.
.venv/installed: requirements.txt
	$(PYTHON) -c "import sys; v = sys.version_info[:2]; (3, 11) <= v <= (3, 13) or sys.exit(f'This course needs Python 3.11, 3.12 or 3.13, but $(PYTHON) is {v[0]}.{v[1]}: make lab PYTHON=python3.12')"
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip install --python $(BIN)/python --require-hashes -r requirements.txt
	$(BIN)/uv pip install --python $(BIN)/python --no-deps --editable .
	$(BIN)/jupyter labextension disable @jupyterlab/apputils-extension:announcements
	$(BIN)/python -c "open('$@', 'w').close()"

# A trusted notebook shows its stored animations before any cell is run.
.venv/trusted: .venv/installed $(LESSONS)
	$(BIN)/jupyter trust $(LESSONS)
	$(BIN)/python -c "open('$@', 'w').close()"
