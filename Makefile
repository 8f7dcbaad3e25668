# Thin names for commands that anyone can read and type. README has the same steps without make.
PYTHON ?= python3
SEEDS ?= 10
BIN := $(if $(filter Windows_NT,$(OS)),.venv/Scripts,.venv/bin)
LABFLAGS ?=

# By name, because what others put beside them is neither trusted nor run.
LESSONS := 01_meet_cartpole 02_one_step_of_play 03_which_action_earned_the_reward \
  04_learning_from_whole_episodes 05_a_critic_that_tells_good_from_lucky 06_was_it_luck \
  07_silent_bugs 08_other_worlds
LESSON ?=
ONLY ?=
PAGES = $(wildcard notebooks/$(LESSON)*.ipynb notebooks/solutions/$(LESSON)*.ipynb)
TESTED = $(if $(LESSON),$(or $(PAGES),$(error LESSON=$(LESSON): there is no such lesson, take LESSON=04)) \
  $(wildcard tests/test_notebook*.py) tests/test_ledger.py tests/test_same_code.py tests/test_exercises.py,tests notebooks)
NOTEBOOKS := $(LESSONS:%=notebooks/%.ipynb) $(LESSONS:%=notebooks/solutions/%.ipynb)

.PHONY: install lab test notebooks ledger notebook-faults faults images bench ppo study browser test-versions test-processors test-repeated html present wheels lint format lock clean

lab: install .venv/trusted
	$(BIN)/jupyter lab $(LABFLAGS) --LabApp.default_url=/lab/tree/notebooks/01_meet_cartpole.ipynb

# Files run side by side, one for each core, so one thread of TensorFlow each is enough.
# make test LESSON=04 tests one lesson, its solutions and its exercises.
test: export TF_NUM_INTRAOP_THREADS := 1
test: export TF_NUM_INTEROP_THREADS := 1
test: lint
	$(BIN)/python -m pytest $(TESTED) -n auto --dist loadfile --durations 10 \
	  --nbval --nbval-current-env --nbval-cell-timeout=300 --nbval-sanitize-with=tests/sanitize.cfg

# Not part of test: it needs Chromium, and takes minutes.
browser: install
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "playwright>=1.50,<2" "jupyterlab-rise>=0.43,<1"
	$(BIN)/python -m pytest -n 0 tests/browser/on_lab.py tests/browser/on_slides.py tests/browser/on_pages.py

test-versions: install
	$(BIN)/python tests/versions.py $(ONLY)

test-processors: install
	$(BIN)/python tests/processors.py "$(ONLY)"

# Every training anew, thirty times: does each claim hold, and with how much room? An hour and a
# half; LESSON=05 takes one lesson and its solutions.
test-repeated: SEEDS = 30
test-repeated: install
	$(BIN)/python tests/repetitions.py $(SEEDS) $(LESSON)

notebooks: install
	$(BIN)/python tests/execute_notebooks.py $(NOTEBOOKS)

# Which claims the notebooks make, and digests of what a re-run does not compare: read the diff.
ledger: install
	$(BIN)/python tests/ledger.py $(NOTEBOOKS)

notebook-faults: install
	$(BIN)/python tests/notebook_faults.py

images: install
	$(BIN)/python images/draw.py

bench: install
	$(BIN)/python tests/bench.py $(SEEDS)

# Beside them tuned PPO of a well-known library, which comes only here: it brings PyTorch.
ppo: install
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "stable-baselines3>=2.6,<3"
	$(BIN)/python tests/bench_ppo.py $(SEEDS)

# A wrong line in a copy of the library: which test finds it? ONLY=gamma takes those with the word.
faults: install
	$(BIN)/python tests/plant_faults.py "$(ONLY)"

study: install
	$(BIN)/python tests/thirty_seeds.py
	$(BIN)/python tests/world_seeds.py

html: install
	$(BIN)/python publish/pages.py site

# JupyterLab-RISE comes only here: who studies needs no slides.
present: install
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "jupyterlab-rise>=0.43,<1"
	$(BIN)/jupyter lab $(LABFLAGS) --LabApp.default_url=/lab/tree/notebooks/01_meet_cartpole.ipynb

# All that an install needs, for machines without network (INSTRUCTORS.md).
wheels: install
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --dest wheels --require-hashes -r requirements.txt
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --dest wheels hatchling editables

lint: install
	$(BIN)/ruff check
	$(BIN)/ruff format --check

format: install
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

lock: install
	$(BIN)/uv pip compile pyproject.toml --group test --group lint --universal --upgrade \
	  --generate-hashes --no-strip-extras --no-emit-index-url --no-header --quiet --output-file requirements.txt

clean:
	"$(PYTHON)" install.py --clean

# One place for all of it, .venv, and one install at a time. A PYTHON that was chosen must be its own.
install:
	@command -v "$(PYTHON)" > /dev/null || { echo "There is no $(PYTHON): make lab PYTHON=python3.12, or where your Python is"; exit 1; }
	@"$(PYTHON)" install.py $(if $(filter file,$(origin PYTHON)),,--this-python)

# A trusted notebook shows its stored animations before any cell is run. Lab opens without it, too.
.venv/trusted: $(wildcard $(NOTEBOOKS)) | install
	@$(BIN)/jupyter trust $^ 2> /dev/null && { touch $@ || true; } || echo "Not every notebook could be trusted: run its cells to see the animations."
