"""A real JupyterLab on a copy of this checkout, and a real browser: `make browser`."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
LESSONS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
PICTURES = ROOT / "screenshots"
PORT, TOKEN = 8931, "course"
# Without these Chromium asks for its makers' hosts at every start.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def checkout(tmp_path_factory):
    """A copy of what is committed or about to be, with a history of its own."""
    copy = tmp_path_factory.mktemp("checkout")
    names = subprocess.check_output(["git", "ls-files"], cwd=ROOT, text=True).splitlines()
    for name in names:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, copy / name)
    git = ["git", "-c", "user.name=test", "-c", "user.email=test@localhost"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "copy"]):
        subprocess.run([*git, *command], cwd=copy, check=True)
    return copy


@pytest.fixture(scope="session")
def config(tmp_path_factory):
    """The folder of the settings that a user of JupyterLab has changed: none at first."""
    return tmp_path_factory.mktemp("config")


@pytest.fixture(scope="session")
def lab(checkout, config, tmp_path_factory):
    """The address of a JupyterLab that was started in the copy, as `make lab` does."""
    own = {
        f"JUPYTER_{kind.upper()}_DIR": str(tmp_path_factory.mktemp(kind))
        for kind in ("data", "runtime")
    }
    own["JUPYTER_CONFIG_DIR"] = str(config)
    notebooks = [f"notebooks/{name}" for name in LESSONS]
    jupyter = [str(Path(sys.executable).with_name("jupyter"))]
    environment = {**os.environ, **own}
    subprocess.run([*jupyter, "trust", *notebooks], cwd=checkout, env=environment, check=True)
    options = ["--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={PORT}"]
    options += ["--port-retries=0", f"--IdentityProvider.token={TOKEN}"]
    log = (tmp_path_factory.mktemp("log") / "lab.txt").open("w")
    process = subprocess.Popen(
        [*jupyter, "lab", *options], cwd=checkout, env=environment, stdout=log, stderr=log
    )
    address = f"http://127.0.0.1:{PORT}"
    try:
        wait_for(lambda: urllib.request.urlopen(f"{address}/api", timeout=5))
        yield address
    finally:
        process.terminate()
        process.wait(30)
        log.close()


def wait_for(call, seconds=90):
    """Call until it raises no error; raise its last one after so many seconds."""
    end = time.monotonic() + seconds
    while True:
        try:
            return call()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.5)


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright  # `make browser` installs it

    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium):
    """A page of 1280 by 720 pixels that must not raise an error."""
    page = chromium.new_page(viewport={"width": 1280, "height": 720})
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.close()
    assert not errors, errors


def save_picture(page, name):
    """Save what the page looks like, for somebody to look at."""
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")
