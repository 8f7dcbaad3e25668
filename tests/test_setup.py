"""The three lists of dependencies agree, and importing the package costs what it should."""

import ast
import json
import os
import pkgutil
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import warnings
from pathlib import Path

import gymnasium as gym
import pytest
import yaml
from lessons import NOTEBOOKS
from packaging.dependency_groups import resolve_dependency_groups
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from cartpole_lib.__main__ import parser
from cartpole_lib.saving import drop_traces

ROOT = Path(__file__).parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
GROUPS = resolve_dependency_groups(PYPROJECT["dependency-groups"], "test", "lint")
WANTED = [Requirement(line) for line in [*PYPROJECT["project"]["dependencies"], *GROUPS]]
LOCK_LINES = (ROOT / "requirements.txt").read_text().splitlines()
LOCKED = [Requirement(line.rstrip("\\")) for line in LOCK_LINES if line[:1].isalnum()]


def test_environment_yml_says_the_same():
    python, pip, pip_section = yaml.safe_load((ROOT / "environment.yml").read_text())[
        "dependencies"
    ]
    *lines, editable = pip_section["pip"]
    assert {str(Requirement(line)) for line in lines} == {
        str(requirement) for requirement in WANTED
    }
    assert len(lines) == len(WANTED)
    assert (pip, editable) == ("pip", "-e .")
    assert Requirement(python.replace("=", "==") + ".*").specifier.contains("3.11.9")
    assert Requirement("python" + PYPROJECT["project"]["requires-python"]).specifier.contains(
        "3.11.9"
    )


@pytest.mark.parametrize("wanted", WANTED, ids=str)
def test_the_lock_has_what_pyproject_wants(wanted):
    pins = [
        locked
        for locked in LOCKED
        if canonicalize_name(locked.name) == canonicalize_name(wanted.name)
    ]
    assert pins
    for pin in pins:
        [version] = [specifier.version for specifier in pin.specifier]
        assert wanted.specifier.contains(version)


def test_the_lock_is_whole_and_names_no_index():
    assert all(str(locked.specifier).startswith("==") for locked in LOCKED)
    blocks = "\n".join(LOCK_LINES).replace("\\\n", " ").splitlines()
    assert all("--hash=sha256:" in block for block in blocks if block[:1].isalnum())
    assert not [line for line in LOCK_LINES if "://" in line or "index-url" in line]


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
def test_the_lock_serves_every_machine(platform, python):
    machine = {"linux": "x86_64", "darwin": "arm64", "win32": "AMD64"}[platform]
    here = {
        "sys_platform": platform,
        "platform_machine": machine,
        "python_version": python,
        "python_full_version": python + ".7",
        "os_name": "nt" if platform == "win32" else "posix",
        "implementation_name": "cpython",
    }
    names = [
        locked.name for locked in LOCKED if locked.marker is None or locked.marker.evaluate(here)
    ]
    assert len(names) == len(set(names))
    assert ("tensorflow-cpu" in names) == (platform == "linux")
    assert ("tensorflow" in names) == (platform != "linux")
    assert {"numpy", "gymnasium", "pygame", "keras"} <= set(names)


def test_make_trusts_and_runs_the_lessons_by_name():
    makefile = (ROOT / "Makefile").read_text().replace("\\\n", " ")
    [line] = [line for line in makefile.splitlines() if line.startswith("LESSONS :=")]
    for folder in ("notebooks", "notebooks/solutions"):
        assert line.split()[2:] == sorted(path.stem for path in (ROOT / folder).glob("*.ipynb"))


def run_python(code, **variables):
    environment = {
        key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")
    }
    for name in (
        "TF_CPP_MIN_LOG_LEVEL",
        "TF_ENABLE_ONEDNN_OPTS",
        "PYGAME_HIDE_SUPPORT_PROMPT",
        "SDL_VIDEODRIVER",
    ):
        environment.pop(name, None)
    return subprocess.run(
        [sys.executable, "-c", code],
        env=environment | variables,
        capture_output=True,
        text=True,
        check=True,
    )


LIBRARY = ROOT / "cartpole_lib"
WITH_KERAS = {
    "actor_critic",
    "gradients",
    "networks",
    "reinforce",
    "study.methods",
    "study.mistakes",
}


def test_no_tensorflow_where_it_is_not_needed():
    modules = {
        ".".join(path.relative_to(LIBRARY).with_suffix("").parts)
        for path in LIBRARY.rglob("*.py")
        if path.name != "__init__.py"
    }
    assert modules > WITH_KERAS
    told = re.search("Only (`.*?) import Keras", PAGES["CONTRIBUTING.md"], re.DOTALL)[1]
    assert set(re.findall("`(.*?)`", told)) == WITH_KERAS
    imports = "; ".join(f"import cartpole_lib.{module}" for module in sorted(modules - WITH_KERAS))
    loaded = run_python(
        f"{imports}; import sys; print({{'tensorflow', 'keras'}} & set(sys.modules))"
    )
    assert loaded.stdout == "set()\n"


def test_a_window_beside_tensorflow_uses_no_opengl():
    """With Mesa's, pygame.display.set_mode is a segmentation fault once TensorFlow is loaded."""
    show = "import cartpole_lib, os; print(os.environ['SDL_FRAMEBUFFER_ACCELERATION'])"
    assert run_python(show).stdout == "0\n"


def test_variables_already_set_are_left_alone():
    show = "import cartpole_lib, os; print(os.environ['TF_CPP_MIN_LOG_LEVEL'], os.environ.get('SDL_VIDEODRIVER'))"
    assert run_python(show, TF_CPP_MIN_LOG_LEVEL="0", SDL_VIDEODRIVER="x11").stdout == "0 x11\n"
    if sys.platform == "linux":
        assert run_python(show).stdout == "1 dummy\n"
        assert run_python(show, DISPLAY=":0").stdout == "1 None\n"
        assert run_python(show, WAYLAND_DISPLAY="wayland-0").stdout == "1 None\n"


def test_no_kernels_of_a_processors_own_and_no_sound():
    """oneDNN gives other last digits on other processors; SDL without this gives ALSA's notices."""
    names = "TF_ENABLE_ONEDNN_OPTS", "SDL_AUDIODRIVER"
    show = f"import cartpole_lib, os; print(*(os.environ[name] for name in {names}))"
    assert run_python(show).stdout == "0 dummy\n"


def test_keras_that_was_loaded_with_another_backend_is_refused():
    """As a notebook does that imports Keras first, where ~/.keras/keras.json names another."""
    code = (
        "import sys; from types import SimpleNamespace as Named;"
        "sys.modules['keras'] = Named(backend=Named(backend=lambda: 'jax')); import cartpole_lib"
    )
    with pytest.raises(subprocess.CalledProcessError) as refused:
        run_python(code, KERAS_BACKEND="tensorflow")
    sentence = "KERAS_BACKEND is 'jax', but this course needs 'tensorflow': unset that variable"
    assert sentence in refused.value.stderr


def test_no_module_prints():
    for path in LIBRARY.rglob("*.py"):
        if path.name == "__main__.py":
            continue  # the command line
        calls = [
            node.func
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Call)
        ]
        assert not [call for call in calls if isinstance(call, ast.Name) and call.id == "print"], (
            path
        )


@pytest.mark.parametrize(
    "script", ["bench", "thirty_seeds", "execute_notebooks", "notebook_faults", "stopping"]
)
def test_scripts_print_what_every_terminal_has(script):
    """A terminal of code page 1252, or of plain ASCII, would stop a script half-way."""
    for node in ast.walk(ast.parse((ROOT / "tests" / f"{script}.py").read_text())):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("print", "sys.exit"):
            assert ast.unparse(node).isascii(), ast.unparse(node)


def test_public_functions_have_docstrings():
    for path in LIBRARY.rglob("*.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{path.name}: {node.name}"


def test_the_workflow_may_little_and_runs_what_was_read():
    [path] = (ROOT / ".github" / "workflows").iterdir()
    workflow = yaml.safe_load(path.read_text())
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 90
        for step in job["steps"]:
            assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", step.get("uses", "a@" + "0" * 40))


def test_each_week_the_newest_of_everything_is_tried():
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text())
    [time] = workflow[True]["schedule"]  # YAML reads the key "on" as true
    assert re.fullmatch(r"\d+ \d+ \* \* \d", time["cron"])
    assert workflow["jobs"]["newest"]["if"] == "github.event_name == 'schedule'"
    assert "test-versions ONLY=newest" in workflow["jobs"]["newest"]["steps"][-1]["run"]


def test_importing_keeps_pygame_quiet():
    assert run_python("import cartpole_lib, pygame").stdout == ""


# ---- what make runs: told, not done


MAKEFILE = (ROOT / "Makefile").read_text()
needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="README: without make")


def make(*words):
    """Run make as in a shell where nothing is set."""
    outer = "MAKE", "MFLAGS", "PYTHON", "LESSON", "ONLY", "SEEDS", "LABFLAGS"  # of `make test`
    rest = {name: text for name, text in os.environ.items() if not name.startswith(outer)}
    return subprocess.run(["make", *words], cwd=ROOT, env=rest, capture_output=True, text=True)


def told(*words):
    """Return the commands that make would run, each a line."""
    run = make("-n", *words)
    assert run.returncode == 0, run.stderr
    return run.stdout.replace("\\\n", " ")


def words_of_pytest(commands):
    [line] = [line for line in commands.splitlines() if "-m pytest" in line]
    return shlex.split(line.partition("-m pytest")[2])


STRICT = ["--nbval", "--nbval-current-env", "--nbval-sanitize-with=tests/sanitize.cfg"]


@needs_make
def test_make_test_lints_and_runs_tests_and_every_notebook():
    commands = told("test")
    assert re.search(r"/ruff check$.*/ruff format --check$", commands, re.M | re.S)
    assert {"tests", "notebooks", *STRICT} <= set(words_of_pytest(commands))


@needs_make
def test_make_test_of_a_lesson_runs_it_its_solutions_and_its_exercises():
    words = words_of_pytest(told("test", "LESSON=04"))
    pages = [path.relative_to(ROOT).as_posix() for path in NOTEBOOKS if path.name[:2] == "04"]
    checks = [f"tests/{path.name}" for path in ROOT.glob("tests/test_notebook*.py")]
    assert len(pages) == 2 and {*pages, *checks, *STRICT} <= set(words)
    assert "tests/test_exercises.py" in words and "notebooks" not in words


@needs_make
def test_every_make_installs_first_and_a_chosen_python_must_be_its_own():
    for target in re.search(r"^\.PHONY: (.*)", MAKEFILE, re.M)[1].split():
        lines = told(target).splitlines()
        scripts = [line.strip() for line in lines if "install.py" in line]
        assert scripts == ['"python3" install.py' + " --clean" * (target == "clean")]
    assert '"python3.12" install.py --this-python' in told("lab", "PYTHON=python3.12")


@needs_make
def test_a_python_that_is_not_there_is_said_in_one_sentence():
    run = make("install", "PYTHON=no-such-python")
    sentence = "There is no no-such-python: make lab PYTHON=python3.12, or where your Python is\n"
    assert run.returncode and run.stdout == sentence and "not found" not in run.stderr


@needs_make
def test_lab_shows_animations_before_any_cell_is_run():
    """Those of a notebook that nobody trusts are left out."""
    commands = told("-W", "notebooks/01_meet_cartpole.ipynb", "lab").splitlines()
    [line] = [line for line in commands if "jupyter trust" in line]
    assert {path.relative_to(ROOT).as_posix() for path in NOTEBOOKS} <= set(line.split())


@needs_make
@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("bench SEEDS=7", "tests/bench.py 7"),
        ("ppo SEEDS=7", "tests/bench_ppo.py 7"),
        ("faults ONLY=gamma", 'tests/plant_faults.py "gamma"'),
        ("test-versions ONLY=lowest", "tests/versions.py lowest"),
        ("test-processors ONLY=sine", 'tests/processors.py "sine"'),
        ("test-repeated LESSON=05", "tests/repetitions.py 30 05"),
        ("study", "tests/world_seeds.py"),
        ("lab LABFLAGS=--allow-root", "jupyter lab --allow-root "),
        ("present LABFLAGS=--allow-root", "jupyter lab --allow-root "),
    ],
)
def test_what_is_set_at_the_command_line_reaches_its_command(words, command):
    assert command in told(*words.split())


@needs_make
def test_make_installs_what_the_groups_of_its_own_say():
    """Slides, browser tests and PPO are not in the lock: nobody who studies needs them."""
    groups = PYPROJECT["dependency-groups"]
    wanted = {name: groups[name] for name in ("present", "browser", "ppo")}
    wanted["browser"] = wanted["browser"] + wanted["present"]  # it looks at the slides, too
    for target, requirements in wanted.items():
        commands = told(target)
        assert all(f'"{requirement}"' in commands for requirement in requirements), target


@needs_make
def test_windows_has_its_programs_elsewhere():
    assert ".venv/Scripts/ruff check" in told("lint", "OS=Windows_NT")
    assert ".venv/bin/ruff check" in told("lint", "OS=")


def test_a_file_named_like_a_target_stops_nothing():
    """`make html` would say that there is nothing to be done where a file `html` lies."""
    phony = re.search(r"^\.PHONY: (.*)", MAKEFILE, re.M)[1].split()
    assert sorted(phony) == sorted(set(re.findall(r"^([a-z][\w-]*):", MAKEFILE, re.M)))


def test_a_room_without_network_gets_what_builds_the_package():
    """pip builds cartpole_lib anew there: hatchling does it, and needs editables for `-e`."""
    built = [Requirement(line).name for line in PYPROJECT["build-system"]["requires"]]
    assert f"--dest wheels {' '.join(built)} editables" in MAKEFILE


# ---- commands that pages tell


PAGES = {path.name: path.read_text(encoding="utf-8") for path in ROOT.glob("*.md")}
TOLD = [line for text in PAGES.values() for line in re.findall(r"^python -m .*", text, re.M)]


@pytest.mark.parametrize("line", TOLD)
def test_a_command_that_a_page_tells_is_taken(line):
    words, other = shlex.split(line, comments=True)[3:], re.search("# or (--.*)", line)
    for options in ([], shlex.split(other[1]) if other else []):
        arguments = parser().parse_args([*words, *options])
        assert arguments.run.startswith(words[0])
        files = vars(arguments).get("file"), vars(arguments).get("save")
        assert {Path(file).suffix for file in files if file} <= {".keras"}


def test_options_that_readme_tells_exist():
    section = PAGES["README.md"].partition("## From a terminal")[2].partition("\n## ")[0]
    known = (ROOT / "cartpole_lib" / "__main__.py").read_text(encoding="utf-8")
    assert set(re.findall(r"--[a-z]+", section)) <= set(re.findall(r"--[a-z]+", known))
    worlds = re.findall(r"--env ([\w-]+)", section)
    assert worlds and set(worlds) <= set(gym.registry)


@pytest.mark.parametrize("page", PAGES)
def test_a_make_that_a_page_tells_exists(page):
    phony = re.search(r"^\.PHONY: (.*)", MAKEFILE, re.M)[1].split()
    found = re.findall(
        r"(?:`|^|\s)make ([a-z][\w-]*)(?=[`\s].*)?(?: [A-Z]|`|  +#)", PAGES[page], re.M
    )
    assert set(found) <= set(phony)
    given = re.findall(r"make [a-z-]+ ([A-Z]+)=", PAGES[page])
    assert set(given) <= set(re.findall(r"^([A-Z]+) \?=", MAKEFILE, re.M))
    assert page != "README.md" or {"lab", "test", "html", "bench", "ppo", "clean"} <= set(found)


def test_lab_opens_a_lesson_that_is_there():
    opened = re.findall(r"default_url=/lab/tree/(\S+)", MAKEFILE + PAGES["README.md"])
    assert len(opened) == 4 and all((ROOT / path).is_file() for path in opened)


def test_who_installs_without_make_gets_the_same():
    """Hashes of all packages, then the package alone, and Lab without announcements."""
    steps = PAGES["README.md"].partition("**Without make**")[2].split("```")[1].splitlines()
    folder = steps[1].split()[-1]
    assert steps[2] == rf"{folder}\Scripts\activate"
    on_linux = f"`python3 -m venv {folder}` and `source {folder}/bin/activate`"
    assert folder == ".venv" and on_linux in PAGES["README.md"]
    assert steps[3:5] == [
        "pip install --require-hashes -r requirements.txt",
        "pip install --no-deps -e .",
    ]
    assert steps[5] in PAGES["README.md"].partition("**With conda**")[2]
    assert steps[5].split()[-1] in (ROOT / "install.py").read_text()
    tests = re.search(r"`pytest (tests notebooks .*)`", PAGES["README.md"])[1]
    assert tests.split() == ["tests", "notebooks", *STRICT]


def test_conda_activates_the_environment_that_it_made():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    assert (
        f"create -f environment.yml\nconda activate {environment['name']}\n" in PAGES["README.md"]
    )
    assert environment["channels"] == ["conda-forge"]  # others want a licence of some


# ---- what runs on other machines, and what is published


WORKFLOW = yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text())
JOBS = WORKFLOW["jobs"]


def commands_of(job):
    return [step["run"] for step in JOBS[job]["steps"] if "run" in step]


def test_all_tests_run_on_every_system_and_python_that_the_course_names():
    matrix = JOBS["test"]["strategy"]["matrix"]
    assert {name.split("-")[0] for name in matrix["os"]} == {"ubuntu", "macos", "windows"}
    assert JOBS["test"]["strategy"]["fail-fast"] is False  # one that fails hides no other
    assert commands_of("test") == ["make test PYTHON=python"]
    fits = Requirement("python" + PYPROJECT["project"]["requires-python"]).specifier
    assert [v for v in map("3.{}".format, range(8, 20)) if fits.contains(v)] == matrix["python"]
    assert "You need Python 3.11, 3.12 or 3.13," in PAGES["README.md"]
    called = re.findall(r"\bpy(?:thon)? ?-?(3\.\d+)", PAGES["README.md"], re.I)
    assert len(called) > 3 and set(called) <= set(matrix["python"])
    assert matrix["python"] == ["3.11", "3.12", "3.13"]


def test_each_job_runs_what_its_name_says_and_is_red_if_that_fails():
    """Else nine jobs are of one Python on one system, or all are green."""
    test = JOBS["test"]
    [setup] = [s["with"] for s in test["steps"] if "setup-python" in s.get("uses", "")]
    used = test["runs-on"], setup["python-version"]
    assert used == ("${{ matrix.os }}", "${{ matrix.python }}")
    for job in JOBS.values():
        assert not [part for part in (job, *job["steps"]) if "continue-on-error" in part]


def test_the_workflow_runs_for_main_and_for_each_pull_request():
    assert WORKFLOW[True]["push"] == {"branches": ["main"]}  # YAML reads the key "on" as true
    assert "pull_request" in WORKFLOW[True]
    group = "pull_request.number || github.run_id"  # a push to main stops no older run
    assert group in WORKFLOW["concurrency"]["group"]


def test_pages_are_published_from_main_alone_once_all_tests_have_passed():
    page = JOBS["page"]
    assert (page["needs"], page["if"]) == ("test", "github.event_name == 'push'")
    [upload] = [step["with"] for step in page["steps"] if "upload" in step.get("uses", "")]
    assert commands_of("page") == ["make html PYTHON=python"]
    assert f"publish/pages.py {upload['path']}\n" in MAKEFILE


def test_only_publishing_may_write_and_no_job_keeps_the_key_of_the_repository():
    allowed = {"contents": "read", "pages": "write", "id-token": "write"}
    assert {name: job["permissions"] for name, job in JOBS.items() if "permissions" in job} == {
        "page": allowed
    }
    for job in JOBS.values():
        [checkout] = [s["with"] for s in job["steps"] if "actions/checkout" in s.get("uses", "")]
        assert checkout == {"persist-credentials": False}


def test_lint_still_finds_what_it_is_there_for():
    lines = ["import sys", "import os", "def f(x=[]):", "    try:", "        l = '%s' % x "]
    lines += ["    except ValueError:", "        pass"]
    ruff = [str(Path(sys.executable).with_name("ruff")), "check", "--output-format=concise"]
    command = [*ruff, "--stdin-filename=cartpole_lib/x.py", "-"]
    slips = "\n".join(lines) + "\n"
    run = subprocess.run(command, cwd=ROOT, input=slips, capture_output=True, text=True)
    found = set(re.findall(r": ([A-Z]+\d+) ", run.stdout))
    assert found >= {"B006", "D100", "D103", "E741", "F401", "I001", "SIM105", "UP031", "W291"}


@pytest.mark.skipif(sys.platform == "win32", reason="it is a script of bash")
@pytest.mark.parametrize(
    ("fails", "programs", "made"),
    [
        ("none", ["chromium"], ["test", "browser"]),
        ("none", [], ["test"]),
        ("test", ["chromium"], ["test"]),
        ("browser", ["chromium"], ["test", "browser"]),
    ],
)
def test_a_check_of_all_is_red_if_a_part_fails_and_says_what_it_left_out(
    fails, programs, made, tmp_path
):
    for program in ["make", *programs]:
        script = f'#!{shutil.which("bash")}\necho "made: $1"\n[ "$1" != {fails} ]\n'
        (tmp_path / program).write_text(script)
        (tmp_path / program).chmod(0o755)
    (tmp_path / "dirname").symlink_to(shutil.which("dirname"))
    command = [shutil.which("bash"), str(ROOT / ".ci" / "run")]
    run = subprocess.run(command, env={"PATH": str(tmp_path)}, capture_output=True, text=True)
    assert (run.returncode != 0) == (fails in made)
    assert re.findall("made: (.*)", run.stdout) == made
    assert ("LEFT OUT" in run.stdout) == (not programs)


@pytest.mark.parametrize("script", ["versions", "processors"])
def test_a_word_that_no_case_has_is_told_so(script):
    """Else nothing is run, and that passes."""
    command = [sys.executable, str(ROOT / "tests" / f"{script}.py"), "neu"]
    run = subprocess.run(command, capture_output=True, text=True)
    said = "ONLY=neu: no case has this word, take one of "
    assert run.returncode == 1 and run.stderr.startswith(said), run.stderr


@needs_make
def test_a_lesson_that_is_not_there_is_not_tested():
    """Else the checks of all lessons pass, and none was run again."""
    run = make("-n", "test", "LESSON=4")
    assert run.returncode and "LESSON=4: there is no such lesson, take LESSON=04" in run.stderr


def test_a_warning_fails_a_test():
    for kind in (UserWarning, RuntimeWarning, FutureWarning):
        with pytest.raises(kind):
            warnings.warn("as a library would", kind, stacklevel=2)
    options = PYPROJECT["tool"]["pytest"]["ini_options"]
    assert all((ROOT / folder).is_dir() for folder in options["testpaths"])


def test_an_install_tells_lab_how_to_save():
    """Lab looks for its settings in etc/jupyter of the environment."""
    shared = PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    [(file, place)] = shared.items()
    assert place == "etc/jupyter/jupyter_server_config.json"
    settings = json.loads((ROOT / file).read_text())
    assert pkgutil.resolve_name(settings["FileContentsManager"]["pre_save_hook"]) is drop_traces


def test_texts_are_utf_8_on_every_machine():
    """Without encoding Windows reads and writes its own letters, and stops at π."""
    for path in [*LIBRARY.rglob("*.py"), *(ROOT / "publish").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                given = {keyword.arg for keyword in node.keywords}
                assert name not in ("read_text", "write_text") or "encoding" in given, path
                assert name != "open" or isinstance(node.func, ast.Attribute), path


# ---- what nobody runs before it is needed


@needs_make
@pytest.mark.parametrize("target", ["notebooks", "ledger"])
def test_what_is_of_all_notebooks_gets_all_of_them(target):
    words = {path.relative_to(ROOT).as_posix() for path in NOTEBOOKS}
    assert words <= set(told(target).split())


def test_a_script_that_make_runs_is_there():
    scripts = re.findall(r"[\w/-]+\.py\b", re.sub("#.*", "", MAKEFILE))
    assert len(scripts) > 12 and all((ROOT / script).is_file() for script in scripts)


@needs_make
def test_make_browser_runs_every_browser_test():
    there = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("tests/browser/on_*.py")}
    assert there and there <= set(words_of_pytest(told("browser")))


@needs_make
def test_make_test_of_a_lesson_reads_its_ledger_and_its_code():
    words = words_of_pytest(told("test", "LESSON=04"))
    assert {"tests/test_ledger.py", "tests/test_same_code.py"} <= set(words)


def test_files_that_run_side_by_side_have_a_thread_each():
    """Else as many threads as the square of the cores wait for each other."""
    for name in ("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"):
        assert f"\ntest: export {name} := 1\n" in MAKEFILE


@needs_make
def test_make_study_runs_both_studies():
    assert re.findall(r"tests/\w+_seeds\.py", told("study")) == [
        "tests/thirty_seeds.py",
        "tests/world_seeds.py",
    ]


@needs_make
def test_a_room_without_network_gets_all_that_is_pinned():
    download = "pip download --quiet --disable-pip-version-check --dest wheels"
    assert f"{download} --require-hashes -r requirements.txt\n" in told("wheels")


@needs_make
def test_ppo_is_compared_on_as_many_seeds_as_readme_says():
    said = re.search(r"`make ppo` prints this, on (\d+) of the seeds", PAGES["README.md"])[1]
    assert told("ppo").endswith(f"tests/bench_ppo.py {said}\n")


@needs_make
def test_make_format_formats():
    commands = [re.sub(r"\S*/ruff", "ruff", line) for line in told("format").splitlines()]
    assert commands[-2:] == ["ruff check --fix", "ruff format"]


@needs_make
def test_make_lock_writes_anew_what_an_install_reads():
    words = told("lock").splitlines()[-1].split()
    assert words[-2:] == ["--output-file", "requirements.txt"]
    assert {"--upgrade", "--universal", "--generate-hashes", "--no-emit-index-url"} <= set(words)
    groups = [group for flag, group in zip(words, words[1:]) if flag == "--group"]
    assert sorted(groups) == ["lint", "test"]


@needs_make
@pytest.mark.skipif(sys.platform == "win32", reason="it is a line of a shell")
@pytest.mark.parametrize("works", [True, False])
def test_lab_opens_whether_or_not_every_notebook_can_be_trusted(works, tmp_path):
    commands = told("-W", "notebooks/01_meet_cartpole.ipynb", "lab", "OS=").splitlines()
    [line] = [line for line in commands if "jupyter trust" in line]
    assert all(word.endswith(".ipynb") for word in line.partition(" 2>")[0].split()[2:])
    jupyter = tmp_path / ".venv" / "bin" / "jupyter"
    jupyter.parent.mkdir(parents=True)
    jupyter.write_text(f"#!/bin/sh\nexit {0 if works else 1}\n")
    jupyter.chmod(0o755)
    run = subprocess.run(line, shell=True, cwd=tmp_path, capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")
    assert ("run its cells to see the animations" in run.stdout) == (not works)
    assert (tmp_path / ".venv" / "trusted").exists() == works  # so that it is asked once


def test_a_page_is_laid_out_before_it_is_published():
    steps = [step["uses"].partition("@")[0] for step in JOBS["page"]["steps"] if "uses" in step]
    assert steps == [
        "actions/checkout",
        "actions/setup-python",
        "actions/upload-pages-artifact",
        "actions/deploy-pages",
    ]
    assert JOBS["page"]["environment"] == {"name": "github-pages"}  # GitHub takes no other


def test_every_job_has_a_python_that_the_course_names_and_keeps_what_pip_loads():
    named = [*JOBS["test"]["strategy"]["matrix"]["python"], "${{ matrix.python }}"]
    for job in JOBS.values():
        [setup] = [s["with"] for s in job["steps"] if "setup-python" in s.get("uses", "")]
        assert setup["python-version"] in named
        assert (setup["cache"], setup["cache-dependency-path"]) == ("pip", "requirements.txt")


def test_a_newer_push_to_a_pull_request_stops_the_older_run():
    assert WORKFLOW["concurrency"]["cancel-in-progress"] is True


@pytest.fixture
def check_of_all(tmp_path):
    """Run .ci/run where there are no other programs than bash, dirname and the given scripts."""
    bash = shutil.which("bash")

    def run(**scripts):
        for program, script in scripts.items():
            path = tmp_path / program.replace("_", "-")
            path.write_text(f"#!{bash}\n{script}\n")
            path.chmod(0o755)
        (tmp_path / "dirname").symlink_to(shutil.which("dirname"))
        command, here = [bash, str(ROOT / ".ci" / "run")], {"PATH": str(tmp_path)}
        return subprocess.run(command, env=here, cwd=tmp_path, capture_output=True, text=True)

    return run


@pytest.mark.skipif(sys.platform == "win32", reason="it is a script of bash")
def test_a_check_of_all_is_of_its_own_checkout_wherever_it_is_started(check_of_all):
    run = check_of_all(make='echo "made in $PWD"')
    assert run.stdout.splitlines()[0] == f"made in {ROOT.resolve()}"


@pytest.mark.skipif(sys.platform == "win32", reason="it is a script of bash")
@pytest.mark.parametrize("works", [True, False])
def test_a_check_of_all_takes_chromium_where_it_can_and_goes_on_where_it_cannot(
    works, check_of_all, tmp_path
):
    take = f"{shutil.which('ln')} -sf {shutil.which('true')} {tmp_path}/chromium"
    scripts = {"apt_get": take if works else '[ "$1" = update ]', "id": "echo 0"}
    run = check_of_all(make='echo "made: $1"', **scripts)
    assert run.returncode == 0, run.stderr
    assert re.findall("made: (.*)", run.stdout) == ["test", "browser"][: 1 + works]
    assert ("LEFT OUT" in run.stdout) == (not works)
