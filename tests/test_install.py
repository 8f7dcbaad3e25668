"""install.py fills .venv and nothing else: tried on a Python made for it, which a mistake may spoil."""

import ast
import hashlib
import importlib.util
import json
import os
import re
import runpy
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

SCRIPT = Path(__file__).parent.parent / "install.py"
STDLIB = Path(sysconfig.get_paths()["stdlib"])
PIP = importlib.util.find_spec("pip").submodule_search_locations[0]
pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not (STDLIB / "ensurepip").is_dir(), reason="copies a Linux Python"
)


def write_wheel(folder, name):
    """Write the smallest wheel that pip takes, with a module that Lab has, and return it."""
    info = f"{name}-1.0.dist-info"
    contents = {
        f"{name}.py": "",
        f"{name}lab/labextensions.py": "open('calls', 'a').write('x')",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": "",
    }
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for file, text in contents.items():
            wheel.writestr(file, text)
    return path


@pytest.fixture(scope="module")
def python(tmp_path_factory):
    """A Python of its own: the standard library is linked, where packages go is not.

    Its ensurepip copies the pip of this one, compiled already: a real one compiles for seconds.
    """
    base = tmp_path_factory.mktemp("user") / "python"
    library = base / "lib" / STDLIB.name
    (library / "site-packages").mkdir(parents=True)
    (base / "bin").mkdir()
    for path in STDLIB.iterdir():
        if path.name not in ("site-packages", "dist-packages", "ensurepip"):
            (library / path.name).symlink_to(path)
    (library / "ensurepip").mkdir()
    (library / "ensurepip" / "__main__.py").write_text(
        "import shutil, sysconfig, time\ntime.sleep(0.5)  # so that a killed install leaves it alive\n"
        f"shutil.copytree({PIP!r}, sysconfig.get_path('purelib') + '/pip')\n"
    )
    for path in STDLIB.parent.glob("libpython*"):
        (base / "lib" / path.name).symlink_to(path)
    here = base / "bin" / f"python{sys.version_info[0]}.{sys.version_info[1]}"
    shutil.copy(os.path.realpath(sys.executable), here)
    return here


def packages_of(python):
    return list((python.parent.parent / "lib" / STDLIB.name / "site-packages").iterdir())


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A checkout that needs one package, in a folder whose name is not easy."""
    root = tmp_path_factory.mktemp("home") / "a course (1) für"
    root.mkdir()
    shutil.copy(SCRIPT, root)
    package = write_wheel(root.parent, "jupyter")
    digest = hashlib.sha256(package.read_bytes()).hexdigest()
    (root / "requirements.txt").write_text(f"jupyter==1.0 --hash=sha256:{digest}\n")
    write_wheel(root, "course")
    (root / "backend.py").write_text(
        "import shutil\n\n\ndef build_editable(folder, *settings):\n"
        "    name = 'course-1.0-py3-none-any.whl'\n    shutil.copy(name, folder)\n    return name\n"
    )
    (root / "pyproject.toml").write_text(
        "[build-system]\nrequires = []\nbuild-backend = 'backend'\nbackend-path = ['.']\n"
        "[project]\nname = 'course'\nversion = '1.0'\n"
    )
    return root


def start(python, course, *arguments, **variables):
    environment = {name: text for name, text in os.environ.items() if name[:4] != "PIP_"}
    offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": course.parent, "PIP_CONFIG_FILE": os.devnull}
    return subprocess.Popen(
        [python, course / "install.py", *arguments],
        env=environment | offline | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def said(process):
    """Wait for the end of an install; return its exit code and all it said."""
    words = process.communicate(timeout=600)[0]
    return process.returncode, words


@pytest.fixture(scope="module")
def ends(python, course):
    """What two installs say that start together, while pip of a killed one is still alive."""
    killed = start(python, course)
    while not (course / ".venv" / "pyvenv.cfg").exists():
        assert killed.poll() is None, said(killed)
        time.sleep(0.01)
    killed.kill()
    killed.wait()
    assert not (course / ".venv" / "installed").exists()
    return [said(process) for process in [start(python, course) for _ in range(2)]]


@pytest.fixture
def copy(ends, course, tmp_path):
    """A copy of the installed checkout, to spoil; its pip, 2,000 files, is never called."""
    without_pip = shutil.ignore_patterns("pip")
    return shutil.copytree(course, tmp_path / "copy", symlinks=True, ignore=without_pip)


def test_two_at_once_and_one_killed_install_once_and_into_the_checkout(python, course, ends):
    assert [code for code, _ in ends] == [0, 0], ends
    assert max(words.count("Another install runs in this folder") for _, words in ends) == 1
    assert list(course.glob(".venv/lib/*/site-packages/jupyter.py"))
    assert (course / "calls").read_text() == "x"
    assert not packages_of(python)
    assert said(start(python, course)) == (0, "")
    assert said(start(python, course, "--this-python")) == (0, "")


@pytest.fixture
def script():
    """Give install.py as a module whose folder is the one given."""

    def load(folder):
        spec = importlib.util.spec_from_file_location("install", folder / "install.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return load


def test_a_python_that_is_not_in_venv_gets_nothing(python, copy, script, capfd):
    """As when .venv is removed beside an install: .venv/bin/python is the user's own then."""
    users = python.parent.parent / "lib" / STDLIB.name / "site-packages" / "pip"
    users.mkdir()
    (users / "__main__.py").write_text("open('harm', 'w')")
    (copy / ".venv" / "pyvenv.cfg").unlink()
    with pytest.raises(SystemExit, match="The install did not end"):
        script(copy).inside("pip", "install", "jupyter")
    assert "Nothing was installed" in capfd.readouterr().err
    assert not (copy / "harm").exists()
    assert not script(copy).works("3")
    shutil.rmtree(users)


@pytest.mark.parametrize("variable", ["PIP_TARGET", "PIP_PYTHON"])
def test_settings_of_pip_that_lead_elsewhere(variable, python, course, ends, script, monkeypatch):
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    script(course).refuse_other_targets()
    monkeypatch.setenv(variable, str(python))
    with pytest.raises(SystemExit, match="pip is told to install elsewhere: take away :env:"):
        script(course).refuse_other_targets()


@pytest.fixture
def settled(copy):
    """The copy, with a stamp as if it had been installed where it is."""
    done = copy / ".venv" / "installed"
    done.write_text(json.dumps(json.loads(done.read_text()) | {"the folder": str(copy)}))
    return copy


@pytest.mark.parametrize("gone", ["bin/python", "pyvenv.cfg"])
def test_its_python_is_gone(gone, settled, script):
    assert script(settled).changes(this_python=False) == []
    (settled / ".venv" / gone).unlink()
    assert script(settled).changes(this_python=False) == ["its Python is gone"]


def test_what_makes_the_stamp_void(copy, settled, script):
    install = script(settled)
    assert install.changes(this_python=True) == ["PYTHON has changed"]
    (settled / "requirements.txt").write_text("")
    assert install.changes(this_python=False) == ["requirements.txt has changed"]
    moved = settled.rename(settled.with_name("moved"))
    assert "the folder has changed" in script(moved).changes(this_python=False)
    for text in ("", "{}", "[1", "null"):  # empty is what earlier versions wrote
        (moved / ".venv" / "installed").write_text(text)
        assert script(moved).changes(this_python=False)


def test_only_a_venv_of_make_is_emptied(copy, script):
    venv, elsewhere = copy / ".venv", copy.with_name("elsewhere")
    script(copy).make_room()
    assert [path.name for path in venv.iterdir()] == ["installing"]
    (venv / "installing").rename(venv / "mine")
    with pytest.raises(SystemExit, match="was not made by make, so it is left as it is"):
        script(copy).make_room()
    venv.rename(elsewhere)
    (elsewhere / "mine").rename(elsewhere / "installed")
    venv.symlink_to(elsewhere)
    with pytest.raises(SystemExit, match="was not made by make, so it is left as it is"):
        script(copy).make_room()
    script(copy).clean()
    assert (elsewhere / "installed").exists() and not venv.is_symlink()


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 10, 2), (3, 14, 0)])
def test_another_python_gets_one_sentence_and_no_venv(version, settled, script, monkeypatch):
    install = script(settled)
    monkeypatch.setattr(install.sys, "version_info", version)
    install.main(this_python=False)  # what is whole needs no Python but its own
    shutil.rmtree(settled / ".venv")
    sentence = rf"needs Python 3.11, 3.12 or 3.13, but .* is {version[0]}\.{version[1]}: make lab"
    with pytest.raises(SystemExit, match=sentence):
        install.main(this_python=False)
    assert not (settled / ".venv").exists()


def test_the_script_can_be_read_by_python_2():
    newer = ast.JoinedStr | ast.AnnAssign | ast.NamedExpr | ast.Nonlocal | ast.AsyncFunctionDef
    for node in ast.walk(ast.parse(SCRIPT.read_text(encoding="ascii"))):
        assert not isinstance(node, newer), ast.unparse(node)
        if isinstance(node, ast.arguments):
            assert not node.kwonlyargs and not node.posonlyargs
        if isinstance(node, ast.Call):  # print(a, b) would print a tuple there
            assert ast.unparse(node.func) != "print" or len(node.args) == 1


# ---- what it asks for, and how it ends: in a checkout where nothing is installed


@pytest.fixture
def bare(tmp_path):
    """A checkout with a .venv that an install had begun."""
    shutil.copy(SCRIPT, tmp_path)
    (tmp_path / "requirements.txt").write_text("jupyter==1.0\n")
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "installing").touch()
    return tmp_path


def test_only_what_is_pinned_is_installed_and_nothing_of_the_users_is_heeded(
    bare, script, monkeypatch
):
    install, asked = script(bare), []

    def run(*command):
        assert not (bare / ".venv" / "installed").exists()  # what is not whole is not said to be
        asked.append(command)
        (bare / "requirements.txt").write_text("by a git pull meanwhile")

    monkeypatch.setattr(install, "run", run)
    monkeypatch.setattr(install, "refuse_other_targets", lambda: asked.append("other targets"))
    monkeypatch.setattr(install.subprocess, "call", lambda words, **_: asked.append(tuple(words)))
    install.install(["nothing is whole there yet"])
    venv, targets, packages, course, compiled, news = asked
    assert venv == (sys._base_executable, "-I", "-m", "venv", install.VENV)  # no venv of a venv
    assert targets == "other targets"
    assert {words[:2] for words in (packages, course, compiled, news)} == {(install.PYTHON, "-I")}
    pip = {"--no-user", "--no-compile", "--require-hashes", "-r", "requirements.txt"}
    assert packages[4:6] == ("pip", "install") and set(packages[6:]) == pip
    assert {"--no-user", "--no-deps", "--editable", "."} <= set(course[6:])
    assert compiled[2:4] == ("-m", "compileall")
    assert compiled[-3:] == ("-j", "0", install.VENV)  # on all cores
    assert news[4:] == (
        "jupyterlab.labextensions",
        "disable",
        "@jupyterlab/apputils-extension:announcements",
    )
    assert install.changes(this_python=True) == ["requirements.txt has changed"]


@pytest.mark.parametrize("setting", ["target", "prefix", "root", "python"])
def test_each_setting_that_leads_elsewhere_is_refused(setting, bare, script, monkeypatch):
    install = script(bare)
    said = f"global.timeout='60'\n:env:.{setting}='/elsewhere'\n".encode()
    monkeypatch.setattr(install.subprocess, "check_output", lambda *_, **__: said)
    with pytest.raises(SystemExit, match=f"take away :env:.{setting}='/elsewhere'. Then start"):
        install.refuse_other_targets()


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 4), (3, 13, 9)])
def test_each_python_that_the_course_names_is_taken(version, bare, script, monkeypatch):
    install, reasons = script(bare), []
    monkeypatch.setattr(install.sys, "version_info", version)
    monkeypatch.setattr(install, "install", reasons.append)
    install.main(this_python=True)
    assert reasons == [["nothing is whole there yet"]]


def test_another_release_of_the_same_python_is_another(settled, script):
    version = ".".join(map(str, sys.version_info[:3]))
    assert script(settled).works(version) and not script(settled).works(version[:-1])


def test_a_command_that_fails_ends_the_install(bare, script):
    script(bare).run(sys.executable, "-c", "")
    with pytest.raises(
        SystemExit, match="The install did not end: see the lines above. Then start"
    ):
        script(bare).run(sys.executable, "-c", "raise SystemExit(1)")


def test_what_cannot_be_read_or_written_is_said_in_one_sentence(bare):
    (bare / "requirements.txt").unlink()
    code, words = said(start(sys.executable, bare))
    assert code == 1 and "Traceback" not in words
    assert re.search(r"The install stopped: .*requirements.txt'. Then start again", words)


def start_beside_another(script, folder, *arguments):
    """Start the script while another holds the lock; return the process once it has said so."""
    with script(folder).one_at_a_time():
        process = start(sys.executable, folder, *arguments, PYTHONUNBUFFERED="1")
        assert process.stdout.readline().startswith("Another install runs in this folder")
        yield process
    yield process


def test_ctrl_c_is_answered_in_one_sentence(bare, script):
    waiting = start_beside_another(script, bare)
    process = next(waiting)
    process.send_signal(signal.SIGINT)
    code, words = said(process)
    assert (code, words) == (1, "\nStopped. The same command starts the install again.\n")


def test_clean_waits_for_an_install_and_removes_its_venv(bare, script):
    waiting = start_beside_another(script, bare, "--clean")
    next(waiting)
    assert (bare / ".venv" / "installing").exists()
    code, words = said(next(waiting))
    assert (code, words) == (0, "") and not (bare / ".venv").exists()


def test_the_words_of_make_are_understood():
    makefile = (SCRIPT.parent / "Makefile").read_text()
    for word in ("--clean", "--this-python"):
        assert word in makefile and f'"{word}" in sys.argv' in SCRIPT.read_text()


# ---- small things that stop an install, or frighten who waits for it


def test_clean_where_there_is_no_venv_is_no_error(bare, script):
    shutil.rmtree(bare / ".venv")
    script(bare).clean()
    assert not (bare / ".venv").exists()


def test_a_python_that_is_too_old_can_clean(bare, script, monkeypatch):
    monkeypatch.delattr(os, "set_inheritable")  # as in 2.7
    script(bare).clean()
    assert not (bare / ".venv").exists()


def test_a_venv_that_is_empty_is_taken(bare, script):
    """As an install leaves it that was stopped at its first moment."""
    (bare / ".venv" / "installing").unlink()
    script(bare).make_room()
    assert (bare / ".venv").is_dir()


def test_a_link_in_a_venv_is_removed_and_not_what_it_leads_to(bare, script):
    (bare / "mine").mkdir()
    (bare / "mine" / "work").touch()
    (bare / ".venv" / "link").symlink_to(bare / "mine")
    script(bare).make_room()
    assert [path.name for path in (bare / ".venv").iterdir()] == ["installing"]
    assert (bare / "mine" / "work").exists()


def test_a_python_in_its_venv_is_the_one_that_made_it(bare, script, monkeypatch):
    """Else who has activated .venv and says PYTHON=python gets all anew, and the next time again."""
    install = script(bare)
    outside = install.wanted()
    monkeypatch.setattr(sys, "prefix", install.VENV)
    assert install.wanted() == outside


def test_what_is_set_for_the_users_own_python_does_not_make_an_install_void(
    settled, script, monkeypatch
):
    """Else each make installs anew."""
    monkeypatch.setenv("PYTHONHOME", "/nowhere")
    assert script(settled).changes(this_python=False) == []


def test_that_its_python_is_gone_is_not_said_in_other_words_too(settled, script, capfd):
    (settled / ".venv" / "pyvenv.cfg").unlink()
    assert not script(settled).works("3")
    assert capfd.readouterr() == ("", "")


def test_nobody_is_told_to_upgrade_pip_in_the_midst_of_an_install(bare, script, monkeypatch):
    install, said = script(bare), []
    monkeypatch.setenv("PIP_DISABLE_PIP_VERSION_CHECK", "")
    monkeypatch.setattr(install, "install", lambda _: said.append(dict(os.environ)))
    install.main(this_python=False)
    assert said[0]["PIP_DISABLE_PIP_VERSION_CHECK"] == "1"


def test_an_install_says_why_and_how_long_it_takes(bare, script, monkeypatch, capsys):
    install = script(bare)
    monkeypatch.setattr(install, "make_room", lambda: sys.exit("no further"))
    with pytest.raises(SystemExit, match="no further"):
        install.install(["PYTHON has changed", "the folder has changed"])
    assert capsys.readouterr().out == (
        "Installing into .venv (PYTHON has changed, the folder has changed); "
        "this takes a few minutes.\n"
    )


def test_a_pip_that_cannot_be_asked_is_said_in_one_sentence_with_what_helps(bare, monkeypatch):
    def broken(*_, **__):
        raise subprocess.CalledProcessError(2, "pip config list")

    monkeypatch.setattr(subprocess, "call", lambda *_, **__: 0)
    monkeypatch.setattr(subprocess, "check_output", broken)
    monkeypatch.setattr(sys, "argv", ["install.py"])
    sentence = r"The install stopped: .*pip config list.*\. Then start again; .*: make clean$"
    with pytest.raises(SystemExit, match=sentence):
        runpy.run_path(str(bare / "install.py"), run_name="__main__")


def test_the_python_that_is_advised_is_one_that_is_taken():
    told = SCRIPT.read_text() + (SCRIPT.parent / "Makefile").read_text()
    advised = re.findall(r"make lab PYTHON=python(3\.\d+)", told)
    assert len(advised) == 2 and set(advised) <= {"3.11", "3.12", "3.13"}


@pytest.mark.parametrize("busy", [BlockingIOError, PermissionError])
def test_a_lock_that_another_holds_is_no_error(busy, bare, script, monkeypatch):
    """Windows says that it is not permitted."""

    def taken(*_):
        raise busy

    monkeypatch.setattr("fcntl.flock", taken)
    assert not script(bare).locked(None)


def test_on_windows_a_lock_is_tried_and_not_waited_for(bare, script, monkeypatch):
    """Windows itself waits for ten seconds, says nothing, and fails then."""
    install, asked = script(bare), []
    windows = SimpleNamespace(LK_LOCK=1, LK_NBLCK=2, locking=lambda *what: asked.append(what))
    monkeypatch.setitem(sys.modules, "msvcrt", windows)
    monkeypatch.setattr(install, "os", SimpleNamespace(name="nt"))
    assert install.locked(SimpleNamespace(fileno=lambda: 7)) and asked == [(7, 2, 1)]


def test_windows_has_its_python_elsewhere(bare, script, monkeypatch):
    with monkeypatch.context() as windows:
        windows.setattr(os, "name", "nt")
        install = script(bare)
    assert Path(install.PYTHON) == bare / ".venv" / "Scripts" / "python.exe"
