// The page's side of widget.py: it draws what the environment answers, and keeps the time.
// Only one message is under way at a time, so a slow kernel makes the game slow, not jerky.

const WAIT = 3000; // milliseconds without an answer before we say so
const BEGIN = "Press the left or right key, or a button, to begin. The last push goes on.";
const HELP = "CartPole. Left and right arrow keys push the cart. P pauses, S is slow motion, R begins a new game.";

function element(tag, parent, attributes = {}, text = "") {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  parent.append(made);
  return made;
}

function render({ model, el }) {
  const root = element("div", el, { class: "cartpole-game" });
  const score = element("p", root);
  const canvas = element("canvas", root, { width: 600, height: 400, tabindex: 0, role: "application", "aria-label": HELP });
  const status = element("p", root, { role: "status" }, BEGIN);
  const row = element("div", root, { class: "cartpole-buttons" });

  let action = null; // before the first push of an episode
  let over = false, paused = false, slow = false, waiting = false, restarting = false;
  let sent = 0, timer = 0, watchdog = 0;

  const button = (text, act) => {
    const made = element("button", row, { type: "button" }, text);
    made.addEventListener("click", act);
    return made;
  };
  const left = button("◀ push left", () => push(0));
  const right = button("push right ▶", () => push(1));
  const pause = button("pause (P)", () => { paused = !paused && action !== null; changed(); });
  const slower = button("slow motion (S)", () => { slow = !slow; changed(); });
  const anew = button("new game (R)", () => { restarting = true; changed(); });
  const keys = { ArrowLeft: left, ArrowRight: right, p: pause, s: slower, r: anew };

  function push(direction) {
    if (over) return;
    action = direction;
    paused = false;
    changed();
  }

  function changed() {
    const pressed = [[left, action === 0], [right, action === 1], [pause, paused], [slower, slow]];
    for (const [made, on] of pressed) made.setAttribute("aria-pressed", on);
    if (!over) say(paused ? "Paused." : action === null ? BEGIN : "");
    next();
  }

  function say(words) {
    if (status.textContent !== words) status.textContent = words;
  }

  function next() {
    if (waiting) return;
    clearTimeout(timer);
    if (restarting) {
      [restarting, paused, action] = [false, false, null];
      send({ do: "restart" });
    } else if (action !== null && !paused && !over) {
      const step = model.get("step_milliseconds") * (slow ? model.get("slower") : 1);
      timer = setTimeout(() => send({ do: "push", action }), sent + step - performance.now());
    }
  }

  function send(content) {
    [waiting, sent] = [true, performance.now()];
    watchdog = setTimeout(() => say("No answer: the kernel is busy, or has stopped. Then run this cell again."), WAIT);
    model.send(content);
  }

  async function answered(state, buffers) {
    clearTimeout(watchdog);
    [waiting, over] = [false, state.over];
    score.textContent = `score: ${state.score}    best: ${state.best ?? "none yet"}`;
    if (over) action = null;
    changed();
    if (over) say(`${state.words}. R or the button begins a new game.`);
    canvas.getContext("2d").drawImage(await createImageBitmap(new Blob(buffers, { type: "image/jpeg" })), 0, 0);
  }

  function keyDown(event) {
    const modified = event.ctrlKey || event.altKey || event.metaKey; // Ctrl+S is for the notebook
    if (modified || !root.contains(event.target)) return;
    const made = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (made || event.key === "Enter" || event.key === " ") event.stopPropagation();
    if (!made) return;
    event.preventDefault(); // arrows would scroll the page
    if (!event.repeat) made.click();
  }

  // Before JupyterLab sees it, for which R, Enter and the like are commands of its own.
  window.addEventListener("keydown", keyDown, true);
  model.on("msg:custom", answered);
  send({ do: "show" });

  return () => {
    clearTimeout(timer);
    clearTimeout(watchdog);
    window.removeEventListener("keydown", keyDown, true);
    model.off("msg:custom", answered);
  };
}

export default { render };
