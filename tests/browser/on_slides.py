"""Every slide of every lesson fits, and a cell runs on stage."""

import re
import time

import pytest

from conftest import LESSONS, TOKEN, save_picture

# [top, bottom, right] of the cells on the slide that is shown, and its first words
EXTENT = """() => {
  const slide = [...document.querySelectorAll('.slides section.present')]
    .find(section => !section.querySelector('section'));
  if (!slide) return null;
  const cells = [...slide.querySelectorAll('.jp-Cell')].filter(cell => cell.offsetHeight > 0);
  const boxes = cells.map(cell => cell.getBoundingClientRect());
  return [Math.min(...boxes.map(b => b.top)), Math.max(...boxes.map(b => b.bottom)),
          Math.max(...boxes.map(b => b.right)), slide.innerText.slice(0, 60)];
}"""


def open_slides(page, lab, name):
    page.goto(f"{lab}/rise/notebooks/{name}?token={TOKEN}")
    page.wait_for_selector(".slides section.present .jp-Cell", timeout=120_000)
    time.sleep(5)
    page.mouse.click(1270, 5)


@pytest.mark.parametrize("name", LESSONS)
def test_no_slide_overflows(page, lab, name):
    open_slides(page, lab, name)
    seen, too_large = [], []
    for i in range(200):
        time.sleep(1)  # the slide is moving
        extent = page.evaluate(EXTENT)
        if seen and extent == seen[-1]:
            break
        seen.append(extent)
        top, bottom, right, words = extent
        if top < 0 or bottom > 720 or right > 1280:
            too_large.append((words, round(top), round(bottom), round(right)))
        if i % 12 == 4:
            save_picture(page, f"slide-{name[:2]}-{i:03}")
        page.keyboard.press("Space")
    assert len(seen) > 20, "the slides did not move"
    assert not too_large


def test_letters_are_large_and_a_cell_runs_on_stage(page, lab):
    open_slides(page, lab, LESSONS[2])
    size = "selector => parseFloat(getComputedStyle(document.querySelector(selector)).fontSize)"
    assert page.evaluate(size, ".reveal .jp-MarkdownOutput p") >= 20
    for _ in range(30):
        time.sleep(1)
        editor = page.locator(".slides section.present .cm-content:visible")
        if editor.count():
            break
        page.keyboard.press("Space")
    assert page.evaluate(size, ".reveal .cm-line") >= 18
    # Running may move to the next slide, so the number is looked for on every slide; what is
    # pressed before the kernel is there is lost, so it is pressed again.
    number = page.locator(".slides .jp-CodeCell .jp-InputPrompt", has_text=re.compile(r"\[\d+\]:"))
    for _ in range(20):
        page.locator(".slides section.present .cm-content:visible").first.click()
        page.keyboard.press("Shift+Enter")
        time.sleep(4)
        if number.count():
            break
    assert number.count(), "no cell was run on stage"
    save_picture(page, "slide-run")
