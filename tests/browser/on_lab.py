"""Each lesson in a real JupyterLab: it opens, runs, answers, and stays as it was."""

import subprocess
import time

import pytest

from conftest import LESSONS, TOKEN, save_picture

FRESH = "&reset"  # Lab forgets which files were open
IDLE = "text=Python 3 (ipykernel) | Idle"


def open_lesson(page, lab, name):
    page.goto(f"{lab}/lab/tree/notebooks/{name}?token={TOKEN}{FRESH}")
    page.wait_for_selector(IDLE, timeout=120_000)
    assert page.locator(".jp-Dialog").count() == 0


def menu(page, *words):
    for word in words:
        page.get_by_role("menuitem", name=word, exact=True).click()


def run_all(page):
    menu(page, "Run", "Run All Cells")
    time.sleep(3)  # Lab says "Idle" a moment longer
    for _ in range(3):  # between two cells it says so, too
        page.wait_for_selector(IDLE, timeout=400_000)
        time.sleep(1)
    page.wait_for_selector(IDLE, timeout=400_000)


def cell_with(page, text):
    """Scroll to the code cell that holds a text and return it."""
    cells = page.locator(".jp-CodeCell", has_text=text)
    for _ in range(80):
        if cells.count():
            cells.first.scroll_into_view_if_needed()
            return cells.first
        page.mouse.wheel(0, 600)
        time.sleep(0.1)
    raise AssertionError(f"no cell with {text}")


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_runs_from_top_to_bottom(page, lab, name):
    open_lesson(page, lab, name)
    save_picture(page, f"lab-{name[:2]}-opened")
    run_all(page)
    assert page.locator(".jp-RenderedText[data-mime-type*=stderr]").count() == 0
    assert page.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
    assert page.locator(".jp-Dialog").count() == 0
    save_picture(page, f"lab-{name[:2]}-run")


def test_opening_and_saving_leaves_a_lesson_as_it_is(page, lab, checkout):
    open_lesson(page, lab, LESSONS[5])
    page.locator(".jp-Notebook").first.click()
    page.keyboard.press("Control+s")
    time.sleep(4)
    changed = subprocess.check_output(
        ["git", "diff", "--stat", LESSONS[5]], cwd=checkout / "notebooks", text=True
    )
    assert changed == ""


def test_the_slider_moves_by_keyboard(page, lab):
    open_lesson(page, lab, LESSONS[2])
    run_all(page)
    handle = cell_with(page, "interact(draw_for_slider").locator(".noUi-handle").first
    handle.focus()
    before = handle.get_attribute("aria-valuenow")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    time.sleep(1)
    assert handle.get_attribute("aria-valuenow") != before
    save_picture(page, "lab-slider")


def test_cartpole_is_played_by_keys_and_by_buttons(page, lab):
    open_lesson(page, lab, LESSONS[0])
    run_all(page)
    cell = cell_with(page, "play_cartpole(seed=0)")
    shown = cell.locator(".jp-OutputArea-output").first
    before = shown.inner_text()
    buttons = cell.get_by_role("button")
    assert buttons.count() >= 2
    buttons.first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    time.sleep(2)
    assert shown.inner_text() != before
    save_picture(page, "lab-game")


def test_an_exercise_answers(page, lab):
    open_lesson(page, lab, LESSONS[0])
    run_all(page)
    editor = cell_with(page, "def against_or_chance").locator(".cm-content").first
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text('def against_or_chance():\n    return "better"')
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    answer = cell_with(page, 'check("1a"').locator(".jp-OutputArea-output")
    answer.filter(has_text="1a wrong").wait_for(timeout=30_000)
    save_picture(page, "lab-exercise")


def pictures_of_a_lesson(page, lab, look):
    open_lesson(page, lab, LESSONS[3])
    for i in range(3):
        page.locator(".jp-Notebook").first.hover()
        page.mouse.wheel(0, 2500)
        time.sleep(1)
        save_picture(page, f"lab-{look}-{i}")


def test_at_150_percent(chromium, lab):
    size = {"width": 1280 * 2 // 3, "height": 720 * 2 // 3}
    page = chromium.new_page(viewport=size, device_scale_factor=1.5)
    pictures_of_a_lesson(page, lab, "150-percent")
    page.close()


def test_in_the_dark(page, lab, config):
    folder = config / "lab" / "user-settings" / "@jupyterlab" / "apputils-extension"
    folder.mkdir(parents=True, exist_ok=True)
    setting = folder / "themes.jupyterlab-settings"
    setting.write_text('{"theme": "JupyterLab Dark"}')
    try:
        pictures_of_a_lesson(page, lab, "dark")
        assert page.locator("body[data-jp-theme-light=false]").count() == 1
    finally:
        setting.unlink()
