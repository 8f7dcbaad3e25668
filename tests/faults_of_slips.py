"""Faults that a merge or a slip of the hand leaves in the words of notebooks: (name, notebook, change)."""

import copy

from changes import added, both, code, code_of, prose


def raw(new):
    """A replacement that is taken as it stands, for text with backslashes."""
    return lambda _: new


def text(words):
    return added(words, "markdown")


def index_of(cells, beginning):
    [place] = [i for i, cell in enumerate(cells) if cell.source.startswith(beginning)]
    return place


def moved(beginning, before):
    """Move the cell that begins with a text in front of another."""

    def change(cells):
        cell = cells.pop(index_of(cells, beginning))
        cells.insert(index_of(cells, before), cell)

    return change


def twice(beginning):
    """A merge that kept a paragraph from both sides."""

    def change(cells):
        place = index_of(cells, beginning)
        again = copy.deepcopy(cells[place])
        again["id"] = "planted"
        cells.insert(place + 1, again)

    return change


def exchanged(first, second):
    """Exchange the sources of two cells."""

    def change(cells):
        one, other = cells[index_of(cells, first)], cells[index_of(cells, second)]
        one.source, other.source = other.source, one.source

    return change


def of_type(beginning, cell_type):
    """The key R in the wrong cell."""

    def change(cells):
        cells[index_of(cells, beginning)]["cell_type"] = cell_type

    return change


def hidden(beginning):
    """A cell that was collapsed when the notebook was saved."""

    def change(cells):
        cells[index_of(cells, beginning)].metadata["jupyter"] = {"source_hidden": True}

    return change


def bar_that_stopped(cells):
    for cell in code_of(cells):
        for output in cell.outputs:
            data = output.get("data", {})
            if data.get("text/plain", "").startswith("100%|"):
                data["text/plain"] = " 36%|###6      | 12/33 [00:04<00:07,  2.80it/s]"
                return
    raise ValueError("no bar")


# ---- what a merge or a slip of the hand leaves behind
MERGES = [
    (
        "marks of a merge conflict in the prose",
        "03",
        prose(
            r"For CartPole 0\.95 to 0\.99 is usual\.",
            "\n<<<<<<< HEAD\nFor CartPole 0.95 to 0.99 is usual.\n=======\n"
            "For CartPole 0.9 to 0.99 is usual.\n>>>>>>> horizon",
        ),
    ),
    ("a paragraph twice", "03", twice("Standardised by itself, every episode has the mean")),
    (
        "the conclusion above its experiment",
        "01",
        moved("Ten searches, and all of them end", "def search_by_luck"),
    ),
    (
        "two explanations of solutions exchanged",
        "03s",
        exchanged("So the early actions of a long episode", "With rewards of 1 the wrong order"),
    ),
    ("prose in a raw cell", "01s", of_type("Much worse than chance", "raw")),
    ("the code of a lesson collapsed", "03", hidden("def discounted_returns")),
    ("a bar that stopped on its way", "04", bar_that_stopped),
    ("letters of another encoding", "05", prose("the \\*\\*λ-return\\*\\*", "the **Î»-return**")),
    ("a note of the author in the prose", "06", text("TODO: is this still so? Ask Anna.")),
    (
        "a heading that is none, for want of a space",
        "03",
        prose("^### The effective horizon", "###The effective horizon"),
    ),
]

# ---- questions, answers, and what stands in the cell to write in
QUESTIONS = [
    (
        "an answer unfolded from the start",
        "07",
        prose("<details><summary>The answer", "<details open><summary>The answer"),
    ),
    (
        "an answer that is not closed",
        "05",
        prose(
            r"an opinion of the last observation, too\.</details>",
            "an opinion of the last observation, too.",
        ),
    ),
    (
        "your turn without an answer",
        "07",
        prose(r"\n\n<details><summary>The answer</summary>195 belongs.*</details>", ""),
    ),
    (
        "a question with two right answers",
        "01",
        prose(
            r"Tempting, for nothing is better than 500\. But",
            "Right, for nothing is better than 500. And",
        ),
    ),
    (
        "a question without a right answer",
        "06",
        prose(r"Right\. A share of runs is", "Tempting. But a share of runs is"),
    ),
    (
        "a stub that asks for words its check refuses",
        "02",
        code('# return "rises", "falls" or "stays"', '# return "up", "down" or "same"'),
    ),
    (
        "a stub that gives the answer away",
        "04",
        code('# return "to balance", "to fall" or "nothing"', '# return "to fall"'),
    ),
]

QUESTIONS += [
    (
        "a hint of another exercise",
        "05",  # the race is no "### 5f", so nobody compares its statement or counts its hints
        prose(
            r"<details><summary>Another hint</summary>The library's loops play all .*</details>",
            "<details><summary>Another hint</summary>Four settings beside the seed: <code>lam</code>, "
            "<code>n_value_steps</code>, <code>n_updates</code>, and the one that ends a training when "
            "it is solved.</details>",
        ),
    )
]

# ---- comments in the code: neither the ledger nor the comparison with the library reads them
COMMENTS = [
    ("a shape in a comment", "01", code(r"# \(T \+ 1, 4\)$", "# (T, 4)")),
    ("actions exchanged in a comment", "08", code("# 0: sink, 1: burn", "# 0: burn, 1: sink")),
    (
        "a measured range in a comment",
        "05",
        code(r"# 1\.41 to 1\.77 on 30 seeds", "# 1.14 to 1.17 on 30 seeds"),
    ),
]

# ---- formulas
FORMULAS = [
    (
        "an index of a formula",
        "03",
        prose(
            r"^\$\$G_t = r_t \+ \\gamma \\, G_\{t\+1\}\$\$",
            raw(r"$$G_t = r_t + \gamma \, G_{t-1}$$"),
        ),
    ),
    (
        "a sign of a formula",
        "05",
        prose(
            r"^\$\$\\delta_t = \\tilde r_t \+ \\gamma V\(s_\{t\+1\}\) - V\(s_t\)",
            raw(r"$$\delta_t = \tilde r_t + \gamma V(s_{t+1}) + V(s_t)"),
        ),
    ),
    ("the larger for the smaller in a formula", "05", prose(r"\\min\\big", raw(r"\max\big"))),
    (
        "the sign of a result by hand",
        "03",
        prose(r"\\cdot \(-50\) = -22", raw(r"\cdot (-50) = 22")),
    ),
    ("two equations with one number", "04", prose(r"\\tag\{4\}", raw(r"\tag{3}"))),
    (
        "a bar that splits a row of a table",
        "02",
        prose(
            r"^\| loss of an action \| \$-\\log \\pi\(a \\mid s\)\$",
            raw(r"| loss of an action | $-\log \pi(a | s)$"),
        ),
    ),
    (
        "a dollar lost",
        "03s",
        prose(
            r"gives the sample \$\(r_0 - b\)\(0 - p\)\$", raw("gives the sample $(r_0 - b)(0 - p)")
        ),
    ),
    (
        "a command that LaTeX does not know",
        "03s",
        prose(r"\\Longrightarrow", raw(r"\Longrighttarrow")),
    ),
]

# ---- references that exist, and are wrong; and some that no test follows
REFERENCES = [
    (
        "another lesson that exists",
        "03",
        prose("Lesson 2 found that the scores", "Lesson 1 found that the scores"),
    ),
    (
        "another section that exists",
        "01",
        prose(r"Section 3\.7 says what to do", "Section 3.5 says what to do"),
    ),
    ("an exercise that is not there", "05", prose(r"\(exercise 5a\)", "(exercise 5f)")),
    (
        "a file that is not there, in code letters",
        "08",
        prose("tests/world_seeds", "tests/word_seeds"),
    ),
    (
        "a link that is none, for a space",
        "02",
        prose(
            r"^Next: \[3\. Which action earned the reward\?\]\(",
            "Next: [3. Which action earned the reward?] (",
        ),
    ),
    (
        "a link to another page of the same site",
        "01",
        prose("classic_control/cart_pole/", "classic_control/acrobot/"),
    ),
    (
        "a picture from elsewhere, by reference",
        "03",
        text(
            "![The returns of one episode, as bars.][bars]\n\n[bars]: https://example.org/bars.png"
        ),
    ),
    (
        "the picture of another lesson",
        "04",
        prose(r"images/course_map\.png", "images/actor_critic.png"),
    ),
    (
        "words of a picture that say otherwise",
        "02",
        prose("feed five elu units", "feed five tanh units"),
    ),
    (
        "the titles of two sections exchanged",
        "06",
        both(
            prose(r"^## 6\.4 .*", "## 6.4 Does the baseline matter?"),
            prose(r"^## 6\.5 .*", "## 6.5 Who learns faster?"),
        ),
    ),
]

# ---- what the prose says
CLAIMS = [
    (
        "the threshold of the other version",
        "01",
        prose("solved: a mean of 475 over", "solved: a mean of 195 over"),
    ),
    (
        "left for right",
        "01",
        prose("0 pushes left, 1 pushes right", "0 pushes right, 1 pushes left"),
    ),
    (
        "words that are not the course's",
        "04",
        prose(
            r"1\. \*\*Play\*\* whole episodes with the policy as it is\.",
            "1. **Play** whole trajectories with the agent as it is.",
        ),
    ),
    ("the minutes of a lesson", "04", prose("about 50 minutes to read", "about 5 minutes to read")),
    (
        "six for four",
        "06",
        prose("chosen for it, six against four", "chosen for it, four against six"),
    ),
    (
        "two names exchanged in a recap",
        "03",
        both(
            prose(r"\$ \| `discounted_returns` \|", "$ | `planted` |"),
            prose(r"\$ \| `returns_by_definition` \|", "$ | `discounted_returns` |"),
            prose(r"\$ \| `planted` \|", "$ | `returns_by_definition` |"),
        ),
    ),
    (
        "code in the prose that is not what ran",
        "08",
        prose(r"range\(7000, 7010\)", "range(7000, 7005)"),
    ),
    (
        "an argument of another function",
        "06",
        prose(r"`partial\(train_reinforce, gamma=0\.9\)`", "`partial(train_reinforce, lam=0.9)`"),
    ),
]

# ---- code: what only the ledger should see
OTHER_CODE = [
    ("a list in the place of all of it", "04", code(r"^assert all\(solved\),", "assert solved,")),
    (
        "a generator without a seed",
        "03",
        code(
            r"some_rewards = np\.random\.default_rng\(0\)", "some_rewards = np.random.default_rng()"
        ),
    ),
    ("a file that Keras draws", "02", added("keras.utils.plot_model(policy_net)")),
]

SLIPS = MERGES + QUESTIONS + COMMENTS + FORMULAS + REFERENCES + CLAIMS + OTHER_CODE
