"""The page's side of the widget of lesson 1, `widget.js`, played by Node with a page that is made up."""

import base64
import io
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image
from test_pages import contrast

from cartpole_lib.play.widget import play_cartpole

SCRIPT = Path(__file__).parent.parent / "cartpole_lib" / "play" / "widget.js"
needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="Node runs the script")

PAGE = """
const sent = [], drawn = [], listeners = [], handlers = {}, timers = new Map();
let now = 0, number = 0;
class Element {
  children = []; attributes = {}; textContent = "";
  setAttribute(name, value) { this.attributes[name] = String(value); }
  append(child) { this.children.push(child); }
  addEventListener(_, act) { this.click = act; }
  contains(other) { return this === other || this.children.some((child) => child.contains(other)); }
  getContext() { return { drawImage: (...what) => drawn.push(what) }; }
}
const here = { value: { now: () => now } };
Object.defineProperty(globalThis, "performance", here);
globalThis.setTimeout = (act, wait) => { timers.set(++number, [act, now + wait]); return number; };
globalThis.clearTimeout = (timer) => timers.delete(timer);
globalThis.document = { createElement: () => new Element() };
globalThis.createImageBitmap = async (blob) => blob.type;
globalThis.window = { // where JupyterLab listens, too: who does not come first hears nothing
  addEventListener: (name, act, first) => { if (first) listeners.push(act); },
  removeEventListener: (name, act, first) => { if (first) listeners.splice(listeners.indexOf(act), 1); },
};
const model = {
  get: (name) => ({ step_milliseconds: 20, slower: 4 })[name],
  send: (content) => sent.push(content),
  on: (name, act) => { handlers[name] = act; },
  off: (name) => { delete handlers[name]; },
};
const el = new Element(), { default: { render } } = await import(SCRIPT), leave = render({ model, el });
const [score, canvas, status, row] = el.children[0].children;
const [left, right, pause, slower, anew] = row.children;
const answer = (state) => handlers["msg:custom"](
  { score: 7, best: null, over: false, words: "", ...state }, ["picture"]);
function press(key, more) {
  const event = { key, target: canvas, preventDefault() { this.prevented = true; },
                  stopPropagation() { this.stopped = true; }, ...more };
  for (const act of listeners) act(event);
  return [event.prevented ?? false, event.stopped ?? false];
}
function pass(wait) {
  now += wait;
  for (const [timer, [act, at]] of [...timers]) if (at <= now) { timers.delete(timer); act(); }
}
await answer();
"""


def played(script):
    """Run a script on the page, after the first answer; return the value of its last line."""
    *lines, last = script.strip().splitlines()
    module = "data:text/javascript;base64," + base64.b64encode(SCRIPT.read_bytes()).decode()
    page = PAGE.replace("SCRIPT", json.dumps(module))
    whole = "\n".join([page, *lines, f"console.log(JSON.stringify({last.strip()}))"])
    command = ["node", "--input-type=module"]
    run = subprocess.run(command, input=whole, capture_output=True, text=True, encoding="utf-8")
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def push(action):
    return {"do": "push", "action": action}


@needs_node
def test_keys_and_buttons_push_to_their_side_and_the_last_push_goes_on():
    pushes = played("""
        pass(100); press("ArrowLeft"); pass(20); await answer(); pass(20); await answer();
        press("ArrowRight"); pass(20); await answer();
        left.click(); pass(20); await answer(); right.click(); pass(20);
        sent
    """)
    assert pushes == [{"do": "show"}, *map(push, [0, 0, 1, 0, 1])]


@needs_node
def test_only_one_message_is_under_way_and_steps_take_their_time():
    counts = played("""
        press("ArrowLeft"); pass(19); const early = sent.length; pass(1); const first = sent.length;
        pass(100); press("ArrowRight"); pass(100); const waiting = sent.length; await answer(); pass(0);
        [early, first, waiting, sent.length]
    """)
    assert counts == [1, 2, 2, 3]


@needs_node
def test_slow_motion_takes_as_long_as_python_says():
    counts = played("""
        press("S"); press("ArrowLeft"); pass(79); const early = sent.length; pass(1);
        const late = sent.length; await answer(); press("s"); pass(20);
        [early, late, sent.length, slower.attributes["aria-pressed"]]
    """)
    assert counts == [1, 2, 3, "false"]


@needs_node
def test_a_pause_stops_the_cart_until_the_next_push():
    counts = played("""
        press("p"); pass(99); const early = status.textContent.slice(0, 5);
        press("ArrowLeft"); pass(20); await answer(); press("p"); pass(99);
        const paused = [sent.length, status.textContent, pause.attributes["aria-pressed"]];
        press("p"); pass(20); await answer(); const again = sent.length; press("p"); pass(99);
        press("ArrowRight"); pass(20);
        [early, ...paused, again, sent.length]
    """)
    assert counts == ["Press", 2, "Paused.", "true", 3, 4]  # before the game nothing is paused


@needs_node
def test_a_new_game_waits_for_its_first_push():
    asked = played("""
        press("ArrowLeft"); pass(20); await answer(); press("p"); press("r"); await answer(); pass(99);
        [sent, status.textContent, ...[left, pause].map((button) => button.attributes["aria-pressed"])]
    """)
    assert asked[0] == [{"do": "show"}, push(0), {"do": "restart"}]
    assert asked[2:] == ["false", "false"]
    assert asked[1].startswith("Press the left or right key, or a button, to begin.")


@needs_node
def test_the_end_is_compared_and_nothing_is_pushed_any_more():
    shown = played("""
        press("ArrowLeft"); pass(20); await answer({ over: true, best: 9, words: "you: 9, lean: 42" });
        press("ArrowRight"); pass(99);
        const pressed = [left, right].map((button) => button.attributes["aria-pressed"]);
        [sent.length, status.textContent, score.textContent, ...pressed]
    """)
    end = "you: 9, lean: 42. R or the button begins a new game."
    assert shown == [2, end, "score: 7    best: 9", "false", "false"]


@needs_node
def test_each_answer_is_drawn_and_no_best_is_said_to_be_none():
    drawn = played("[drawn, score.textContent]")
    assert drawn == [[["image/jpeg", 0, 0]], "score: 7    best: none yet"]


@needs_node
def test_keys_of_the_game_are_kept_from_the_page_and_others_are_not():
    """Arrows would scroll it; Ctrl+S saves the notebook; Enter and blank press what has focus."""
    kept = played("""
        const elsewhere = { target: new Element() };
        const game = [press("ArrowLeft"), press("R"), press("Enter"), press(" ")];
        const modified = ["ctrlKey", "altKey", "metaKey"].map((key) => press("s", { [key]: true }));
        [...game, press("x"), press("ArrowLeft", elsewhere), ...modified]
    """)
    both, untouched = [True, True], [False, False]  # not done by the page, not seen by others
    assert kept == [both, both, *[[False, True]] * 2, *[untouched] * 5]


@needs_node
def test_a_key_that_is_held_down_is_pressed_once():
    assert (
        played('press("s"); press("s", { repeat: true });\nslower.attributes["aria-pressed"]')
        == "true"
    )


@needs_node
def test_a_kernel_that_says_nothing_is_told_of():
    said = played(
        'press("ArrowLeft"); pass(20); pass(2999); const early = status.textContent; pass(1);\n'
        "[early, status.textContent]"
    )
    assert said[0] == "" and said[1].startswith("No answer: the kernel is busy")


@needs_node
def test_a_cell_that_is_run_again_leaves_no_keys_and_no_time_behind():
    left = played(
        'press("ArrowLeft"); leave(); render({ model, el })();\n'  # a step waits, then an answer
        "[listeners.length, timers.size, Object.keys(handlers)]"
    )
    assert left == [0, 0, []]


@needs_node
def test_the_game_can_be_reached_by_keys_and_is_told_to_who_cannot_see_it():
    """What has no focus gets no keys; a screen reader says what changes in a status."""
    *buttons, canvas, status = played("""
        [...row.children.map((button) => button.textContent), canvas.attributes, status.attributes]
    """)
    assert canvas["tabindex"] == "0" and status["role"] == "status"
    told = re.findall(r"(\w) (?:pauses|is slow motion|begins a new game)", canvas["aria-label"])
    assert told == [text[-2] for text in buttons[2:]] == ["P", "S", "R"]
    assert canvas["role"] == "application"  # else a screen reader keeps the arrows for itself
    assert "Left and right arrow keys push the cart" in canvas["aria-label"]


@needs_node
def test_a_status_that_stays_is_not_said_again_at_each_step():
    """A screen reader speaks whenever it is written, fifty times a second."""
    written = played("""
        press("ArrowLeft"); pass(20); await answer(); const words = []; let last = status.textContent;
        const status_text = { get: () => last, set: (text) => { words.push(text); last = text; } };
        Object.defineProperty(status, "textContent", status_text);
        pass(20); await answer(); pass(20); await answer(); press("p");
        words
    """)
    assert written == ["Paused."]


def test_page_and_kernel_speak_of_the_same_things(monkeypatch):
    script, widget, answers = SCRIPT.read_text(encoding="utf-8"), play_cartpole(seed=0), []
    monkeypatch.setattr(widget, "send", lambda *answer: answers.append(answer))
    asked = sorted(set(re.findall(r'\bdo: "(\w+)"', script)))
    for number, do in enumerate(asked, 1):
        widget._handle_custom_msg({"do": do, "action": 1}, [])
        assert len(answers) == number, do
    assert asked == ["push", "restart", "show"]
    state, [picture] = answers[0]
    assert set(re.findall(r"\bstate\.(\w+)", script)) == set(state)
    assert set(re.findall(r'model\.get\("(\w+)"\)', script)) == {"step_milliseconds", "slower"}
    assert set(widget.traits(sync=True)) >= {"step_milliseconds", "slower"}
    assert picture[:3] == b"\xff\xd8\xff" and 'type: "image/jpeg"' in script  # how a JPEG begins
    width, height = Image.open(io.BytesIO(picture)).size  # what is larger is cut off
    assert f'"canvas", root, {{ width: {width}, height: {height}, ' in script


@needs_node
def test_steps_take_their_time_in_the_midst_of_a_game():
    """Counted from the last message, not from when the page was opened."""
    counts = played("""
        pass(1000); press("ArrowLeft"); pass(0); await answer(); pass(19);
        const early = sent.length; pass(1);
        [early, sent.length]
    """)
    assert counts == [2, 3]


@needs_node
def test_the_button_that_was_pressed_looks_pressed():
    first, second = played("""
        const look = () => row.children.map((made) => made.attributes["aria-pressed"] === "true");
        press("ArrowLeft"); const first = look(); press("ArrowRight"); press("s");
        [first, look()]
    """)
    assert first == [True, False, False, False, False]
    assert second == [False, True, False, True, False]


def test_the_game_can_be_read_and_pressed_and_shows_where_keys_go():
    """As WCAG asks: 4.5 of contrast, 44 pixels for a finger, and a focus that is seen."""
    look = SCRIPT.with_suffix(".css").read_text(encoding="utf-8")
    rules = dict(re.findall(r"^\.cartpole-game ?(\S*) \{(.*?)\}", look, re.MULTILINE | re.DOTALL))
    colours = re.search(r"color: (#\w+); background: (#\w+)", rules["button"]).groups()
    assert contrast(*colours) > 4.5
    assert int(re.search(r"min-height: (\d+)px", rules["button"])[1]) >= 44
    for place in ("button:focus-visible", "canvas:focus"):
        assert "outline: 3px solid" in rules[place], place
    assert "border-color" in rules['button[aria-pressed="true"]']
    assert "max-width: 100%" in rules["canvas"] and "display: none" not in look


def test_the_look_is_of_the_parts_that_the_game_has_and_fits_a_phone_and_the_dark():
    script, css = (SCRIPT.with_suffix(end).read_text(encoding="utf-8") for end in (".js", ".css"))
    named = set(re.findall(r'class: "([\w-]+)"', script))
    assert (
        named == set(re.findall(r"\.([a-z-]+)[ {]", css)) == {"cartpole-game", "cartpole-buttons"}
    )
    rules = dict(re.findall(r"^\.cartpole-game ?(\S*) \{(.*?)\}", css, re.MULTILINE | re.DOTALL))
    assert "color: var(--jp-ui-font-color0" in rules[""]  # Lab's own, light in the dark
    assert int(re.search(r"font-size: (\d+)px", rules[""])[1]) >= 14
    assert "display: flex; flex-wrap: wrap; gap: 8px" in rules[".cartpole-buttons"]
    assert "touch-action: manipulation" in rules["button"]  # two quick pushes do not zoom
    assert "min-height: 1.4em" in rules["p"]  # else the game jumps when words come
    assert not re.search(r"[^-]\bheight:", rules["canvas"])  # it keeps its proportions
    assert "outline-offset: -" in rules["canvas:focus"]  # Lab cuts off what is outside
    assert contrast(re.search(r"border: 1px solid (#\w+)", rules["canvas"])[1], "#ffffff") > 3
