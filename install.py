"""Fill .venv, and nothing else, with what requirements.txt pins: every `make` calls this first.

It stands here because the user's own Python runs it, before there is anything to import. It is
plain enough for Python 2.7 to read, which must be able to say which Python is needed.
"""

import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.realpath(__file__))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, *(["Scripts", "python.exe"] if os.name == "nt" else ["bin", "python"]))
BEGUN, DONE = os.path.join(VENV, "installing"), os.path.join(VENV, "installed")
AGAIN = "Then start again; if that fails, too: make clean"

# Whether a process is in .venv is settled when it starts, so the one that installs must ask.
INSIDE = (
    "import os, runpy, sys\n"
    "if sys.prefix == sys.base_prefix or not os.path.samefile(sys.prefix, %r):\n"
    "    sys.exit('Nothing was installed: ' + sys.prefix + ' is not .venv. Start again.')\n" % VENV
)
MODULE = INSIDE + "runpy.run_module(sys.argv.pop(1), run_name='__main__', alter_sys=True)"


def main(this_python):
    """Install what is missing; `this_python` says that .venv must be of the Python that runs this."""
    if not changes(this_python):
        return
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        sys.exit(
            "This course needs Python 3.11, 3.12 or 3.13, but %s is %d.%d: make lab PYTHON=python3.12"
            % ((sys.executable,) + tuple(sys.version_info[:2]))
        )
    with one_at_a_time():
        os.environ["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
        why = changes(this_python)  # another may have installed it while this one waited
        if why:
            install(why)


def clean():
    """Remove .venv, but not from under an install."""
    with one_at_a_time():
        if os.path.islink(VENV):
            os.remove(VENV)
        elif os.path.exists(VENV):
            shutil.rmtree(VENV)


def wanted():
    """Return what the packages in .venv depend on."""
    with open(os.path.join(ROOT, "requirements.txt"), "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    version = "%d.%d.%d" % tuple(sys.version_info[:3])
    python = [version, getattr(sys, "base_prefix", sys.prefix)]
    return {"the folder": ROOT, "requirements.txt": digest, "PYTHON": python}


def changes(this_python):
    """Return what has changed since the last whole install, in words; nothing if it still holds."""
    try:
        with open(DONE) as file:
            stamp = dict(json.load(file))
    except (IOError, ValueError, TypeError):
        return ["nothing is whole there yet"]
    now = wanted()
    if not this_python:
        now["PYTHON"] = stamp.get("PYTHON")
    changed = [name + " has changed" for name in sorted(now) if stamp.get(name) != now[name]]
    return changed or ([] if works(now["PYTHON"][0]) else ["its Python is gone"])


def works(version):
    """Say whether the Python of .venv is there, still of this version, and looks into .venv."""
    code = INSIDE + "sys.exit(not sys.version.startswith(%r))" % (version + " ")
    try:
        with open(os.devnull, "w") as nowhere:
            return subprocess.call([PYTHON, "-I", "-c", code], stderr=nowhere) == 0
    except OSError:
        return False


@contextlib.contextmanager
def one_at_a_time():
    """Wait until no other install runs here. The system itself frees the lock of a killed one."""
    with open(VENV + ".lock", "a") as file:
        waiting = False
        while not locked(file):
            if not waiting:
                print("Another install runs in this folder: waiting for its end.")
            waiting = True
            time.sleep(0.2)
        if hasattr(os, "set_inheritable"):  # in Python 2.7 every file is
            os.set_inheritable(file.fileno(), True)  # a pip that outlives this keeps the lock
        yield


def locked(file):
    """Take the lock if it is free, and say so."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def install(why):
    """Make .venv anew. Its stamp is written first, and gets its name last."""
    print("Installing into .venv (%s); this takes a few minutes." % ", ".join(why))
    make_room()
    with open(BEGUN, "w") as file:
        json.dump(wanted(), file)
    run(getattr(sys, "_base_executable", sys.executable), "-I", "-m", "venv", VENV)
    refuse_other_targets()
    # pip's own compiling takes one core; without any the first import of TensorFlow takes a minute.
    inside(
        "pip", "install", "--no-user", "--no-compile", "--require-hashes", "-r", "requirements.txt"
    )
    # The package comes second and alone: pip refuses "-e" beside hashes.
    inside("pip", "install", "--no-user", "--no-deps", "--quiet", "--editable", ".")
    subprocess.call([PYTHON, "-I", "-m", "compileall", "-qq", "-j", "0", VENV], close_fds=False)
    news = "@jupyterlab/apputils-extension:announcements"
    inside("jupyterlab.labextensions", "disable", news)
    os.rename(BEGUN, DONE)


def make_room():
    """Empty .venv, but only one that this script made, and that lies in this folder."""
    mine = os.path.exists(BEGUN) or os.path.exists(DONE)
    if os.path.islink(VENV) or (os.path.exists(VENV) and os.listdir(VENV) and not mine):
        sys.exit(
            ".venv was not made by make, so it is left as it is: rename it, or remove it with "
            "make clean. Then start again."
        )
    os.makedirs(VENV, exist_ok=True)
    if os.path.exists(DONE):
        os.replace(DONE, BEGUN)
    for name in set(os.listdir(VENV)) - {os.path.basename(BEGUN)}:
        path = os.path.join(VENV, name)
        shutil.rmtree(path) if os.path.isdir(path) and not os.path.islink(path) else os.remove(path)


def refuse_other_targets():
    """Stop if pip's settings send packages to another place than .venv."""
    command = [PYTHON, "-I", "-c", MODULE, "pip", "config", "list"]
    settings = subprocess.check_output(command, close_fds=False).decode("utf-8", "replace")
    found = re.findall(r"^\S+\.(?:target|prefix|root|python)=.*", settings, re.M)
    if found:
        sys.exit("pip is told to install elsewhere: take away %s. Then start again." % found[0])


def inside(module, *arguments):
    """Run a module as a command, in a process that found itself in .venv."""
    run(PYTHON, "-I", "-c", MODULE, module, *arguments)


def run(*command):
    """Run a command that must succeed; it has said itself what is wrong."""
    if subprocess.call(command, cwd=ROOT, close_fds=False):
        sys.exit("The install did not end: see the lines above. " + AGAIN)


if __name__ == "__main__":
    try:
        clean() if "--clean" in sys.argv else main("--this-python" in sys.argv)
    except KeyboardInterrupt:
        sys.exit("\nStopped. The same command starts the install again.")
    except (EnvironmentError, subprocess.CalledProcessError) as problem:
        sys.exit("The install stopped: %s. %s" % (problem, AGAIN))
