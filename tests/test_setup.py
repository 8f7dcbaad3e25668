"""The three lists of dependencies agree, and importing the package costs what it should."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.dependency_groups import resolve_dependency_groups
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

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
    assert workflow[True]["schedule"]  # YAML reads the key "on" as true
    assert workflow["jobs"]["newest"]["if"] == "github.event_name == 'schedule'"
    assert "test-versions ONLY=newest" in workflow["jobs"]["newest"]["steps"][-1]["run"]


def test_make_installs_what_the_groups_of_its_own_say():
    """Slides, browser tests and PPO are not in the lock: nobody who studies needs them."""
    makefile = (ROOT / "Makefile").read_text()
    for group in ("present", "browser", "ppo"):
        for requirement in PYPROJECT["dependency-groups"][group]:
            assert f'"{requirement}"' in makefile


def test_importing_keeps_pygame_quiet():
    assert run_python("import cartpole_lib, pygame").stdout == ""
