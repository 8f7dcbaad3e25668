"""Faults that rules of form see without the ledger: (name, notebook, change)."""

import copy
import re

from changes import IGNORED, code, code_of, prose
from faults_of_slips import index_of, raw, twice


def words(old, new):
    """A change of words as they stand, for text with backslashes."""
    return prose(re.escape(old), raw(new))


def text_of_code(old, new):
    return code(re.escape(old), raw(new))


def pictures(cells):
    return [o.data for c in code_of(cells) for o in c.outputs if "image/png" in o.get("data", {})]


def put_into(data, other):
    """Put another picture, both forms of it, under the words of one."""
    source = re.search(r'src="[^"]+"', other["text/html"])[0]
    data["text/html"] = re.sub(r'src="[^"]+"', lambda _: source, data["text/html"])
    data["image/png"] = other["image/png"]


def picture_of_another_cell(cells):
    one, other = pictures(cells)[:2]
    put_into(one, other)


def exchanged_pictures(one, other):
    def change(cells):
        first, second = pictures(cells)[one], pictures(cells)[other]
        before = copy.deepcopy(first)
        put_into(first, second)
        put_into(second, before)

    return change


def of_first_picture(change_of):
    def change(cells):
        change_of(
            next(o for c in code_of(cells) for o in c.outputs if "image/png" in o.get("data", {}))
        )

    return change


def narrow(output):
    output.data["text/html"] = re.sub(r'width="\d+"', 'width="120"', output.data["text/html"])


def narrow_for_jupyter(output):
    output.metadata = {"image/png": {"width": 60}}


def without_still(output):
    del output.data["image/png"]


def output_lost(beginning):
    def change(cells):
        cells[index_of(cells, beginning)].outputs = []

    return change


def ignored_output_lost(cells):
    tagged = [c for c in code_of(cells) if IGNORED in c.metadata.get("tags", [])]
    next(c for c in tagged if "print(" in c.source).outputs = []


# ---- what a tool or a hasty hand does to formulas
FORMULAS = [
    ("a brace lost in a formula", "03", words(r"\gamma \, G_{t+1}$$", r"\gamma \, G_{t+1$$")),
    ("the braces of an index lost", "03", words(r"\gamma \, G_{t+1}$$", r"\gamma \, G_t+1$$")),
    ("a bracket lost in a formula", "03", words(r"= (a - p)\, s_i", r"= (a - p\, s_i")),
    ("a backslash lost", "03", words(r"by a factor $\gamma$", "by a factor $gamma$")),
    ("a backslash that became a tab", "03", words(r"makes $\theta$", "makes $\theta$")),
    ("a backslash that became a new line", "03", words(r"scores $\nabla", "scores $\nabla")),
    ("a backslash that became a backspace", "05", words(r"a small $\beta$", "a small $\beta$")),
    ("a word in a formula without its command", "03", words(r"\text{mean}(G)}", "mean(G)}")),
    ("a product in a table", "05", words("1 + 0.5 · 0.5 = 1.25", "1 - 0.5 · 0.5 = 1.25")),
    ("a sum in a table", "05", words("0 + 0.5 · 1 = 0.5", "0 + 0.5 · 1 = 1.5")),
    (
        "two terms exchanged in a formula",
        "05",
        words(
            r"$$\delta_t = \tilde r_t + \gamma V(s_{t+1}) - V(s_t)$$",
            r"$$\delta_t = \tilde r_t + \gamma V(s_t) - V(s_{t+1})$$",
        ),
    ),
    (
        "a factor lost",
        "05",
        words(r"\delta_t + \gamma\lambda\, A_{t+1}$", r"\delta_t + \gamma\, A_{t+1}$"),
    ),
    (
        "an equation of a recap turned round",
        "05",
        words("| $A(s, a) = Q(s, a) - V(s)$", "| $A(s, a) = V(s) - Q(s, a)$"),
    ),
]

# ---- Markdown that is shown otherwise than it was meant
MARKDOWN = [
    ("code letters not closed", "03", words("`bootstrap` is 0. Leave", "`bootstrap is 0. Leave")),
    (
        "emphasis not closed",
        "03",
        words("mean of the *other* episodes", "mean of the *other episodes"),
    ),
    (
        "a fence not closed",
        "02",
        words("### Several episodes\n\n", "### Several episodes\n\n```\n"),
    ),
    ("a list right below its text", "08", words("do about it?\n\n- ", "do about it?\n- ")),
    ("a table right below its heading", "03", words("## Recap\n\n|", "## Recap\n|")),
    ("a table without its second line", "04", words("|---|---|\n| `solved`", "| `solved`")),
    (
        "prose that is shown as code",
        "03",
        words("So we standardise over", "    So we standardise over"),
    ),
    (
        "a text in the heading above it",
        "03",
        words("horizon\n\nThe weights", "horizon The weights"),
    ),
    ("a heading in bold", "05", words("### Which guess is best?", "**Which guess is best?**")),
    ("a name without code letters", "06", words("`help(run_study)`", "help(run_study)")),
    (
        "a backslash in code letters",
        "03",
        words("`returns_by_definition`", r"`returns\_by\_definition`"),
    ),
    ("a tag of another program", "01", words("*Restart Kernel*", "<kbd>Restart Kernel</kbd>")),
    ("a list that counts wrong", "04", words("4. **Update** the", "3. **Update** the")),
    ("a step of a list lost", "07", prose(r"^3\. One update on two made-up episodes.*\n", "")),
    ("a row of a numbered table lost", "07", prose(r"^\| 9 \| autoreset rows.*\n", "")),
    ("a bug under the number of another", "07", words("Number 5 compares", "Number 6 compares")),
]

# ---- sentences
SENTENCES = [
    ("two letters exchanged", "03", words("adds the same rewards", "adds the same rewadrs")),
    (
        "an article of another noun",
        "03",
        words("is called a **baseline**", "is called an **baseline**"),
    ),
    ("two full stops", "03", words("with what is usual instead.", "with what is usual instead..")),
    (
        "a sentence without its capital",
        "03",
        words("So walk backwards. After", "So walk backwards. after"),
    ),
    ("a minus that is a hyphen", "03", words("10, 0, −50 with", "10, 0, -50 with")),
    ("another word of the field", "05", words("So a critic pays where", "So an agent pays where")),
    ("a word that every lesson has otherwise", "05", words("the one below it", "the one above it")),
    (
        "the sentence of all solutions",
        "04s",
        words("Yours may differ and be right.", "Yours must be the same."),
    ),
    (
        "a question lost",
        "04",
        prose(r"^\*\*An update is done\. (.*)\*\*$", r"An update is done. \1"),
    ),
    (
        "an answer that says nothing",
        "07",
        prose(r"</summary>Which episode was the better one\..*?</details>", "</summary></details>"),
    ),
]

# ---- references, arguments and names
NAMES = [
    ("a later lesson in the past", "03", words("Lesson 2 found that", "Lesson 5 found that")),
    (
        "a lesson that speaks of itself",
        "05",
        words("Lesson 4 also *divided*", "Lesson 5 also *divided*"),
    ),
    (
        "a section that speaks of itself",
        "04",
        words("Section 4.7 measures", "Section 4.5 measures"),
    ),
    ("the year of a paper", "05", words("Pardo and others (2018)", "Pardo and others (2017)")),
    (
        "the year of a paper in the text",
        "04",
        words("(Nota and Thomas 2020)", "(Nota and Thomas 2021)"),
    ),
    ("the title of a paper", "07", words("learning that matters*", "learning matters*")),
    (
        "an argument that this function has not",
        "07s",
        words("gamma=0, n_updates=15, weigh=", "gamma=0, n_updates=15, lam="),
    ),
    ("a function handed over as another thing", "04", words("`update=reinf", "`weigh=reinf")),
    ("a function of another module in prose", "02", words("`tf.function`", "`keras.function`")),
    ("the threshold of the race", "05", words("return of at least 490", "return of at least 475")),
    (
        "a name that nobody uses",
        "05",
        code(r"^angles, turns = ", r"old_policy = lean_policy\n\g<0>"),
    ),
    ("a cell of code twice", "03", twice("ax = plt.subplots()[1]\nfor gamma")),
]

# ---- claims that ask less, and captions
WEAKER = [
    (
        "the largest in the place of the smallest",
        "08",
        text_of_code("assert min(lengths)", "assert max(lengths)"),
    ),
    (
        "any run in the place of all",
        "07",
        text_of_code("assert all(run.sampled", "assert any(run.sampled"),
    ),
    ("one of two in the place of both", "05", text_of_code("> 0.4 and midway", "> 0.4 or midway")),
    (
        "a function that is not called",
        "02",
        code(r"^assert np\.array_equal\(.*\), \"", 'assert np.array_equal, "'),
    ),
    ("a distance without abs", "07", text_of_code("abs(report - truth) < 5", "report - truth < 5")),
    (
        "a tolerance of a half",
        "02",
        text_of_code("probabilities, atol=0.01", "probabilities, atol=0.5"),
    ),
    (
        "an assert that says only dots",
        "01",
        text_of_code('"chance, lean and the threshold are not in this order"', '"..."'),
    ),
    (
        "the number of runs in a caption",
        "06",
        text_of_code(
            "mean of thirty runs each, and its 95 %", "mean of forty runs each, and its 90 %"
        ),
    ),
    (
        "dashed for dotted in a caption",
        "06",
        text_of_code("wrong winner. Dotted: one", "wrong winner. Dashed: one"),
    ),
]

# ---- stored pictures and outputs
STORED = [
    ("the picture of another cell, both forms", "03", picture_of_another_cell),
    ("two pictures exchanged, both forms", "05", exchanged_pictures(0, 1)),
    ("two animations exchanged, both forms", "01", exchanged_pictures(1, 2)),
    ("a picture made narrow", "03", of_first_picture(narrow)),
    ("a picture made narrow by metadata", "03", of_first_picture(narrow_for_jupyter)),
    ("a picture that code hosts cannot show", "05", of_first_picture(without_still)),
    ("a picture that is missing", "03", output_lost("ax = plt.subplots()[1]\nfor gamma")),
    ("an ignored output that is missing", "07", ignored_output_lost),
]
FORMS = FORMULAS + MARKDOWN + SENTENCES + NAMES + WEAKER + STORED
