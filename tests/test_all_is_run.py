"""`make test` and the workflow run all tests, and are red when one of them is."""

import ast
import functools
import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter

import nbformat
import pytest
import test_notebook_links as links
import test_notebooks as form
import test_setup as setup
from lessons import NOTEBOOKS, ROOT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from test_notebook_rules import each

# ---- make


OPTIONS = ["-n", "auto", "--dist", "loadfile", "--durations", "10", *setup.STRICT]


@setup.needs_make
def test_make_test_leaves_out_no_test():
    """By -k, --ignore, --co or -W it would be green, and run less."""
    words = setup.words_of_pytest(setup.told("test"))
    assert sorted(words) == sorted(["tests", "notebooks", "--nbval-cell-timeout=300", *OPTIONS])
    words = setup.words_of_pytest(setup.told("browser"))
    assert words[:2] == ["-n", "0"] and all(
        word.startswith("tests/browser/on_") for word in words[2:]
    )


TARGETS = re.search(r"^\.PHONY: (.*)", setup.MAKEFILE, re.MULTILINE)[1].split()
STUB = '#!/bin/sh\necho "$(basename "$0") $*" >> log\n[ "$(grep -c "" log)" -ne "$FAILS" ]\n'


@pytest.fixture
def stubs(tmp_path):
    """Run a target of the Makefile where each program only writes down that it was called."""
    lesson = tmp_path / "notebooks" / "01_meet_cartpole.ipynb"
    for path in [tmp_path / "python3", *(tmp_path / ".venv" / "bin" / n for n in PROGRAMS)]:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(STUB)
        path.chmod(0o755)
    lesson.parent.mkdir()
    lesson.touch()
    shutil.copy(ROOT / "Makefile", tmp_path)

    def run(target, fails):
        (tmp_path / "log").write_text("")
        (tmp_path / ".venv" / "trusted").unlink(missing_ok=True)
        outer = "MAKE", "MFLAGS", "PYTHON", "LESSON", "ONLY"
        given = {name: text for name, text in os.environ.items() if not name.startswith(outer)}
        path = f"{tmp_path}{os.pathsep}{given['PATH']}"
        run = subprocess.run(
            ["make", target, "OS="],
            cwd=tmp_path,
            env=given | {"PATH": path, "FAILS": str(fails)},
            capture_output=True,
        )
        return run.returncode, (tmp_path / "log").read_text().splitlines()

    return run


PROGRAMS = ["python", "ruff", "uv", "jupyter"]


@setup.needs_make
@pytest.mark.skipif(sys.platform == "win32", reason="scripts of a shell")
@pytest.mark.parametrize("target", TARGETS)
def test_make_fails_where_one_of_its_commands_fails(target, stubs):
    """A dash before a command, or `|| true` behind it, and nobody sees that it failed."""
    code, called = stubs(target, fails=0)
    assert code == 0 and called
    for place, command in enumerate(called, 1):
        trusts = command.startswith("jupyter trust")  # Lab opens without
        assert (stubs(target, fails=place)[0] == 0) == trusts, command


@setup.needs_make
@pytest.mark.parametrize(
    ("target", "script"),
    [
        ("images", "images/draw.py"),
        ("notebook-faults", "tests/notebook_faults.py"),
        ("html", "publish/pages.py site"),
        ("clean", "install.py --clean"),
    ],
)
def test_a_target_runs_what_its_name_says(target, script):
    assert setup.told(target).splitlines()[-1].endswith(script)


def test_lab_and_readme_open_the_first_lesson():
    places = setup.MAKEFILE + setup.PAGES["README.md"]
    assert set(re.findall(r"default_url=/lab/tree/(\S+)", places)) == {
        NOTEBOOKS[0].relative_to(ROOT).as_posix()
    }


def test_notebooks_are_trusted_and_run_by_name():
    """Others' notebooks beside them may do what they like once they are trusted."""
    [line] = re.findall(r"^NOTEBOOKS := (.*)", setup.MAKEFILE, re.MULTILINE)
    folders = "notebooks/", "notebooks/solutions/"
    assert line == " ".join(f"$(LESSONS:%={folder}%.ipynb)" for folder in folders)


# ---- the workflow


KEYS = {"strategy", "runs-on", "timeout-minutes", "steps"}
OF_A_JOB = {
    "test": KEYS,
    "newest": KEYS - {"strategy"} | {"if"},
    "page": KEYS - {"strategy"} | {"if", "needs", "permissions", "environment"},
}


def test_nothing_in_the_workflow_leaves_out_a_part_of_it():
    """A condition, an exclusion, a path or a variable: less is run, and it is green."""
    assert set(setup.WORKFLOW) == {"name", True, "permissions", "concurrency", "jobs"}
    begins = setup.WORKFLOW[True]
    assert set(begins) == {"push", "pull_request", "schedule"} and begins["pull_request"] is None
    assert {name: set(job) for name, job in setup.JOBS.items()} == OF_A_JOB
    assert set(setup.JOBS["test"]["strategy"]) == {"fail-fast", "matrix"}
    assert set(setup.JOBS["test"]["strategy"]["matrix"]) == {"os", "python"}
    for job in setup.JOBS.values():
        for step in job["steps"]:
            assert set(step) in ({"uses", "with"}, {"uses"}, {"run"}, {"run", "shell"})


def test_the_workflow_runs_commands_of_make_on_machines_of_github():
    """Nobody else's program runs there, and no words of who opened a pull request."""
    runs = {
        name: [step for step in job["steps"] if "run" in step] for name, job in setup.JOBS.items()
    }
    assert runs == {
        "test": [{"run": "make test PYTHON=python", "shell": "bash"}],  # on Windows, too
        "newest": [{"run": "make test-versions ONLY=newest PYTHON=python"}],
        "page": [{"run": "make html PYTHON=python"}],
    }
    used = {step["uses"] for job in setup.JOBS.values() for step in job["steps"] if "uses" in step}
    assert all(action.startswith("actions/") for action in used)
    assert len({action.partition("@")[0] for action in used}) == len(used)  # one commit of each
    machines = {job["runs-on"] for job in setup.JOBS.values()}
    assert machines == {"${{ matrix.os }}", "ubuntu-latest"}


@pytest.mark.skipif(sys.platform == "win32", reason="it is a script of bash")
def test_a_check_of_all_hands_nothing_on_that_leaves_out_a_test(tmp_path):
    """`make test LESSON=01`, `make -i test` and PYTEST_ADDOPTS are less than all tests."""
    bash = shutil.which("bash")
    for name, script in {"make": 'echo "$*|$PYTEST_ADDOPTS|$MAKEFLAGS"', "chromium": ""}.items():
        (tmp_path / name).write_text(f"#!{bash}\n{script}\n")
        (tmp_path / name).chmod(0o755)
    (tmp_path / "dirname").symlink_to(shutil.which("dirname"))
    command = [bash, str(ROOT / ".ci" / "run")]
    run = subprocess.run(command, env={"PATH": str(tmp_path)}, capture_output=True, text=True)
    assert run.stdout.splitlines() == ["test||", "browser||"]


# ---- settings of pytest and ruff, and what is pinned


def test_pytest_takes_every_test_and_heeds_every_warning():
    assert setup.PYPROJECT["tool"]["pytest"] == {
        "ini_options": {
            "addopts": "-q --strict-markers --disable-plugin-autoload -p xdist.plugin -p nbval.plugin "
            "-p no:logging",
            "testpaths": ["tests"],
            "empty_parameter_set_mark": "fail_at_collect",
            "filterwarnings": [
                "error",
                "ignore::DeprecationWarning",
                "ignore:.*:pytest.PytestUnraisableExceptionWarning",
                "ignore::pytest.PytestCacheWarning",
            ],
        }
    }


REASONS = {
    "sys.platform == 'win32'",
    "sys.platform != 'linux' or not (STDLIB / 'ensurepip').is_dir()",
    "shutil.which('make') is None",
    "shutil.which('node') is None",
    "matplotlib.__version__ != LOCKED",
}


def reasons(path):
    """Return the conditions under which tests of a file are skipped."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.skipif":
            yield ast.unparse(node.args[0])
        if isinstance(node, ast.Attribute) and node.attr in ("importorskip", "xfail"):
            yield ast.unparse(node)


def test_a_test_is_left_out_for_known_reasons_alone():
    """A condition with a slip in it leaves it out everywhere, and that is green."""
    found = {reason for path in (ROOT / "tests").glob("*.py") for reason in reasons(path)}
    assert found == REASONS


def written(path):
    """Return the functions at the top of a file, and the names of all that it defines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return [node for node in tree.body if isinstance(node, ast.FunctionDef)], names


def is_fixture_for_all(function):
    return any("autouse" in ast.unparse(decorator) for decorator in function.decorator_list)


def test_what_is_written_as_a_test_is_one():
    """With a slip in its name, inside another or in another file pytest does not see it."""
    files = list((ROOT / "tests").rglob("*.py"))
    words = Counter(word for path in files for word in re.findall(r"\w+", path.read_text("utf-8")))
    for path in files:
        functions, names = written(path)
        tests = [function.name for function in functions if function.name.startswith("test_")]
        assert tests == [name for name in names if name.startswith("test_")], path
        assert not tests or path.name.startswith(("test_", "on_")), path
        helpers = [f for f in functions if f.name not in tests and not is_fixture_for_all(f)]
        assert not [f.name for f in helpers if words[f.name] < 2 and "test_" in path.name], path


def ruff(*words, text=None):
    program = str(setup.Path(sys.executable).with_name("ruff"))
    return subprocess.run(
        [program, *words], cwd=ROOT, input=text, capture_output=True, text=True
    ).stdout


SLIPS = {
    "F821": "x = y",
    "F841": "def f():\n    x = 1",
    "B006": "def f(x=[]):\n    return x",
    "F401": "import sys",
}


@pytest.mark.parametrize("place", ["cartpole_lib/x.py", "tests/x.py", "publish/x.py", "install.py"])
@pytest.mark.parametrize(("rule", "slip"), SLIPS.items())
def test_lint_finds_a_slip_wherever_it_stands(place, rule, slip):
    found = ruff("check", "--output-format=concise", f"--stdin-filename={place}", "-", text=slip)
    assert f" {rule} " in found


def test_lint_finds_slips_of_notebooks(tmp_path):
    """Dice of the whole process, lines that a projector cuts, names that are not there."""
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks", ignore=lambda *_: IGNORED_THERE)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    lines = ["import numpy as np", "np.random.seed(1)", "print(y)", f"# {'x' * 85}"]
    page = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("\n".join(lines))])
    nbformat.write(page, tmp_path / "notebooks" / "09_slips.ipynb")
    found = ruff("check", "--no-cache", "--output-format=concise", str(tmp_path))
    assert set(re.findall(r": ([A-Z]+\d+) ", found)) == {"NPY002", "F821", "E501"}


IGNORED_THERE = [path.name for path in (ROOT / "notebooks").iterdir() if path.name != "ruff.toml"]


def test_lint_leaves_out_no_file():
    """Of tests and lessons, too."""
    seen = {setup.Path(line).resolve() for line in ruff("check", "--show-files").splitlines()}
    folders = "cartpole_lib", "images", "notebooks", "publish", "tests"
    ours = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    assert {path.resolve() for path in [*ours, *NOTEBOOKS, ROOT / "install.py"]} <= seen


SYSTEMS = {"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}


@functools.cache
def installed():
    """Return all that is installed, by name."""
    found = importlib.metadata.distributions()
    return {canonicalize_name(package.name): package for package in found if package.name}


PINS = {
    (canonicalize_name(pin.name), str(pin.specifier).removeprefix("==")) for pin in setup.LOCKED
}


def needed(package, here):
    """Return the names of what a package needs on a machine, apart from its extras."""
    for text in package.requires or []:
        wanted = Requirement(text)
        if wanted.marker is None or wanted.marker.evaluate(here | {"extra": ""}):
            yield canonicalize_name(wanted.name)


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_lock_has_what_its_packages_need_on_every_system(system):
    """pip refuses what has no hash: an install there would stop in its midst."""
    here = {"sys_platform": system, "platform_system": SYSTEMS[system]}
    here |= {"os_name": "nt" if system == "win32" else "posix", "python_version": "3.12"}
    here |= {"python_full_version": "3.12.7", "platform_machine": "x86_64"}
    pinned = {
        canonicalize_name(pin.name)
        for pin in setup.LOCKED
        if not pin.marker or pin.marker.evaluate(here)
    }
    asked = [
        name for name in pinned if (name, getattr(installed().get(name), "version", "")) in PINS
    ]
    lacking = {name: set(needed(installed()[name], here)) - pinned for name in asked}
    assert not {name: names for name, names in lacking.items() if names}


def test_every_hash_is_whole():
    hashes = [line.split()[0] for line in setup.LOCK_LINES if "--hash" in line]
    assert all(re.fullmatch("--hash=sha256:[0-9a-f]{64}", text) for text in hashes)


def test_what_is_installed_is_the_library_alone():
    targets = setup.PYPROJECT["tool"]["hatch"]["build"]["targets"]
    assert targets["wheel"]["packages"] == ["cartpole_lib"]


# ---- what pages say of the machinery


def test_readme_says_of_its_measurements_what_their_script_does():
    script = (ROOT / "tests" / "bench.py").read_text()
    n_envs = re.search(r"^N_ENVS, .* = (\d+),", script, re.MULTILINE)[1]
    first = int(re.search(r"^FIRST_SEED = (\d+)", script, re.MULTILINE)[1])
    n_seeds = int(re.search(r"`make bench SEEDS=(\d+)` prints", setup.PAGES["README.md"])[1])
    assert f"\nCartPole-v1, {n_envs} environments side by side," in setup.PAGES["README.md"]
    assert f"\nthe seeds {first} to {first + n_seeds - 1}." in setup.PAGES["README.md"]


def test_readme_quotes_what_is_said_and_knows_where_the_game_is():
    quoted = re.search(r'old Python: "(.*?) …"', setup.PAGES["README.md"])[1]
    assert f'"{quoted}' in (ROOT / "install.py").read_text()
    [game] = [path for path in NOTEBOOKS if "play_cartpole(" in path.read_text(encoding="utf-8")]
    assert f"the game in lesson {int(game.name[:2])} |" in setup.PAGES["README.md"]


@pytest.mark.parametrize("page", setup.PAGES)
def test_a_file_of_the_library_that_a_page_names_is_there(page):
    for name in re.findall(r"`([\w/]+\.(?:py|js|css|json))`", setup.PAGES[page]):
        name = name.replace("lesson_N", "lesson_1")
        places = [ROOT, *(ROOT / part for part in ("cartpole_lib", "images", "publish", "tests"))]
        assert any((place / name).is_file() for place in places), name


def test_an_install_changes_how_lab_saves_and_nothing_else_of_lab():
    """A token that is empty, or another address, would open it to the whole network."""
    settings = json.loads((ROOT / "publish" / "jupyter_server_config.json").read_text())
    assert settings == {"FileContentsManager": {"pre_save_hook": "cartpole_lib.saving.drop_traces"}}


def test_rules_read_every_page_and_are_tried_on_every_slip():
    assert set(setup.PAGES) == {"README.md", "CONTRIBUTING.md", "INSTRUCTORS.md"}
    for rules in (form, links):
        assert set(rules.every_page.args[1]) == {*NOTEBOOKS, *ROOT.glob("*.md")}
        assert set(rules.every_notebook.args[1]) == set(NOTEBOOKS)
    assert [wrong for _, _, [wrong] in each(None, str, "right", "a", "b")] == ["a", "b"]


def test_what_is_made_here_is_not_committed_and_what_is_committed_is_not_ignored():
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    made = {".venv/", ".venv.lock", "__pycache__/", ".ipynb_checkpoints/", "/wheels/", "/site/"}
    assert made <= set(ignored) and not [line for line in ignored if line.startswith(("*", "!"))]


def test_a_room_without_network_looks_for_wheels_where_they_were_put():
    folder = re.search(r"pip download .*--dest (\w+)", setup.MAKEFILE)[1]
    assert f"PIP_FIND_LINKS={folder} make lab" in setup.PAGES["INSTRUCTORS.md"]
