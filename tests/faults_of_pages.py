"""Faults in the words, links, numbers, exercises and pictures of notebooks: (name, notebook, change)."""

from changes import added, another_picture, both, code, code_of, picture, prose, removed, source


def text(words):
    return added(words, "markdown")


def shown(media_type, content):
    """Return a change that gives the first picture one more form."""

    def change(cells):
        for data in [o.get("data", {}) for cell in code_of(cells) for o in cell.outputs]:
            if "image/png" in data:
                data[media_type] = data.get(media_type, "") + content
                return

    return change


def printed_more(words):
    def change(cells):
        next(o for cell in code_of(cells) for o in cell.outputs if "text" in o).text += words

    return change


def wrong_verdict(cells):
    [cell] = [cell for cell in code_of(cells) if cell.source.startswith('check("3b"')]
    data = cell.outputs[0].data
    data["text/plain"] = data["text/plain"].replace("right", "not right")


PICTURES = [
    ("alt text that differs from the words", "03", picture("text/html", 'alt="', 'alt="Not so: ')),
    ("alt text missing", "02", picture("text/html", 'alt="[^"]*"', 'alt=""')),
    (
        "a caption that differs from the words",
        "02",
        picture("text/html", "<p><em>", "<p><em>Not so: "),
    ),
    ("another picture in HTML", "03", another_picture("text/html")),
    ("another picture for code hosts", "05", another_picture("image/png")),
    ("a script in a stored output", "01", shown("text/html", "<script>alert(1)</script>")),
    ("a handler in a stored output", "02", picture("text/html", "<img", "<img onload='go()'")),
    ("an output that is JavaScript", "03", shown("application/javascript", "alert(1)")),
    (
        "a picture from elsewhere",
        "03",
        shown("text/html", '<img alt="a very small picture" src="https://a.b/c.png">'),
    ),
    ("a frame in the prose", "03", text('<iframe src="x.html"></iframe>')),
    ("an <img> without alt in the prose", "03", text('<img src="../images/cartpole.png">')),
    ("an image without words in the prose", "03", text("![](../images/cartpole.png)")),
    (
        "an image that does not exist",
        "02",
        prose(r"images/policy_network", "images/policy_netwrok"),
    ),
]
LINKS = [
    ("a broken anchor on this page", "03", text("See [above](#3.9-Not-there).")),
    (
        "a broken anchor in another lesson",
        "04",
        text("See [there](03_which_action_earned_the_reward.ipynb#3.9-Gone)."),
    ),
    (
        "lesson 5 leads to lesson 4",
        "03",
        text("See [lesson 5](04_learning_from_whole_episodes.ipynb)."),
    ),
    ("a title that leads to another lesson", "07", prose(r"08_other_worlds", "06_was_it_luck")),
    (
        "the next lesson is the one after",
        "01",
        prose(
            r"^Next: \[2\. One step of play\]\(02_[^)]*",
            "Next: [3.](03_which_action_earned_the_reward.ipynb",
        ),
    ),
    ("a link to a page that is gone", "04", prose(r"\(05_a_critic\w+", "(05_critic")),
    (
        "solutions of another lesson",
        "03",
        prose(r"solutions/03_[^)]*", "solutions/02_one_step_of_play.ipynb"),
    ),
    (
        "a solution leads to another lesson",
        "03s",
        prose(r"\[lesson 3\]\(../03_[^)]*", "[the lesson](../02_one_step_of_play.ipynb"),
    ),
    ("a link out of the course", "03", text("See [this](../../other/README.md).")),
    ("a link without encryption", "03", text("See [this](http://example.org).")),
    ("a section that does not exist", "02", prose(r"Section 2\.4", "Section 2.9")),
    ("a section of another lesson that does not exist", "04", text("As section 3.12 says, it is.")),
    ("a lesson that does not exist", "03", prose(r"Lesson 4 takes", "Lesson 9 takes")),
]
WORDS = [
    (
        "a recap that names a function that is not there",
        "03",
        prose("`gradient_at_chance`", "`gradient_of_chance`"),
    ),
    (
        "a recap that names another lesson's function",
        "03",
        prose("`gradient_at_chance`", "`train_actor_critic`"),
    ),
    (
        "prose that names a function that is not there",
        "01",
        prose("`summarize` does", "`summarise` does"),
    ),
    (
        "an argument that does not exist",
        "04",
        prose("`update=reinforce_update`", "`step=reinforce_updates`"),
    ),
    (
        "a hint that names what is not there",
        "03",
        prose("<code>np.cumsum</code>", "<code>np.cumsumm</code>"),
    ),
    ("a number in prose: the dice", "02", prose("31 weights", "41 weights")),
    ("a number in prose: a threshold", "03", prose("1.95 becomes 1", "1.87 becomes 1")),
    ("a number in prose: a count in words", "01", prose("Ten searches", "Fourteen searches")),
    ("a number in prose: seeds in words", "05", prose(r"over thirty seeds", "over seventy seeds")),
    ("a number in prose: a new one", "06", text("The mean of all was 8,642 steps.")),
    ("a number in prose: a percentage", "01", prose("about 95 times", "about 93 times")),
    ("a number in prose: the fraction of runs", "07", text("Of these, 27.5 % were solved.")),
]
NUMBERS = [
    ("another number in the title", "03", prose("^# 3", "# 4")),
    ("another number in the title of solutions", "03s", prose("^# Solutions 3", "# Solutions 2")),
    (
        "another title of the solutions",
        "03s",
        prose("^# Solutions 3. .*", "# Solutions 3. Other worlds"),
    ),
    ("a section number twice", "03", prose(r"^## 3\.4", "## 3.3")),
    ("a section of another lesson", "04", prose(r"^## 4\.2", "## 5.2")),
    ("a lesson that needs a later one", "03", prose(r"\*\*You need\*\*", "**You need** lesson 6,")),
    ("the progress of another lesson", "03", code(r"progress\(3\)", "progress(2)")),
    ("a path of Linux in the code", "03", added('data = "/tmp/returns.npy"')),
    ("a path of Windows in the prose", "03", text("It is in C:\\Users of your machine.")),
    ("a folder of a server in an output", "02", printed_more("/srv/data\n")),
    ("a home in the prose", "03", text("Look into ~/.keras for it.")),
    ("a place of a Mac", "03", text("It is in /Users and there.")),
]
EXERCISES = [
    ("an exercise without a solution", "03s", removed(r"^### 3b|^def returns_before|^check\(.3b")),
    ("a solution without its heading", "03s", prose(r"^### 3c .*", "### Without a loop")),
    (
        "a solution under another heading",
        "03s",
        both(prose("^### 3b", "### 3x"), prose("^### 3c", "### 3b"), prose("^### 3x", "### 3c")),
    ),
    (
        "a statement that differs in the solution",
        "03s",
        prose("pays 0 at every step", "pays 1 at every step"),
    ),
    ("a check of another exercise", "03", code(r'check\("3b"', 'check("3a"')),
    (
        "an answer left in the lesson",
        "03",
        code(r"^    raise NotImplementedError$", "    return 0"),
    ),
    ("an exercise with one hint", "03", prose(r"\n<details><summary>Another hint.*", "")),
    ("a solution missing, older form", "05s", removed(r"^## 2\. |^### 5b")),
    (
        "a solution's heading, older form",
        "06s",
        source(r"^##+ (2\. |6b )", "## Another ", "markdown"),
    ),
    ("a stored verdict that is not right", "03s", wrong_verdict),
]
PAGES = PICTURES + LINKS + WORDS + NUMBERS + EXERCISES
