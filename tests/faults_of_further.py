"""Faults of notebooks by a reader who knew the other tables: (name, notebook, change)."""

from changes import IGNORED, added, both, code, prose
from faults_of_slips import index_of, moved


def text(words):
    return added(words, "markdown")


def tagged(beginning, tag):
    def change(cells):
        cells[index_of(cells, beginning)].metadata["tags"] = [tag]

    return change


def exchanged(one, other):
    """Exchange two texts in the code."""
    return both(code(one, "planted"), code(other, one), code("planted", other))


SILENCED = [
    (
        "an older marker that ignores an output",
        "06",
        code("^three_runs = ", r"# PYTEST_VALIDATE_IGNORE_OUTPUT\n\g<0>"),
    ),
    (
        "a comment that skips a cell",
        "03",
        code(r"^print\(returns_by_definition", r"# NBVAL_SKIP\n\g<0>"),
    ),
    ("a tag that lets a cell fail", "03", tagged("def returns_by_definition", "raises-exception")),
    ("a tag misspelt", "04", tagged('print(f"one by one:', "nbval-ignore-outputs")),
    ("a cell that is always the same, ignored", "03", tagged("lengths = (500, 20", IGNORED)),
    ("warnings silenced", "04", added("import warnings\n\nwarnings.filterwarnings('ignore')")),
    ("pytest.raises", "03", added("import pytest\n\nwith pytest.raises(ValueError):\n    int('')")),
    ("an except that takes all", "01", code("^except ValueError as", "except BaseException as")),
]

# ---- one kernel, from top to bottom, and again
KERNEL = [
    ("a global seed of Keras", "04", added("keras.utils.set_random_seed(0)")),
    ("TensorFlow without its compiler", "04", added("tf.config.run_functions_eagerly(True)")),
    ("NumPy's warnings off for the whole kernel", "03", added('np.seterr(all="ignore")')),
    ("a nap", "03", added("import time\n\ntime.sleep(20)")),
    ("a breakpoint", "03", added("breakpoint()")),
    ("a question at the keyboard", "03", added('name = input("Who are you? ")')),
    (
        "a network that is built in another cell than it is trained",
        "04",
        both(
            code(r"^policy_net = .*\nreturns, snapshots", "returns, snapshots"),
            code(
                r"^def train\(policy_net", r"policy_net = scaled_policy_net(space, 2, 0)\n\n\g<0>"
            ),
        ),
    ),
    (
        "a critic that is built in another cell than it is trained",
        "05",
        both(
            code(r"^value_net = scaled_value_net\(space, seed=2\)\n", ""),
            code(r"^def train\(policy_net", r"value_net = scaled_value_net(space, 2)\n\n\g<0>"),
        ),
    ),
    (
        "a registration that cannot run twice",
        "08",
        code(r"^gym\.registry\.pop\(.Balloon-v0.*\n", ""),
    ),
]

# ---- what code draws and asserts
DRAWN = [
    (
        "a legend lost",
        "03",
        code(r'^ax\.legend\(\)\nshow\(ax, "The weight', 'show(ax, "The weight'),
    ),
    ("two labels exchanged", "05", exchanged('label="happened', 'label="expected')),
    ("two axes exchanged", "03", exchanged('label="step"', 'label="return"')),
    ("an axis without a label", "05", code(', ylabel="return of a training episode"', "")),
    ("radians on an axis of degrees", "05", code(r"np\.degrees\(seen\[(.*?)\]\)", r"seen[\1]")),
    ("the threshold of the other version", "05", code("returns_of, 475\\)", "returns_of, 195)")),
    (
        "the weights after the update that is meant",
        "04",
        code(r"np\.argmax\(above\)\)\]", "np.argmax(above)) + 1]"),
    ),
    (
        "evaluated on the starts of the training",
        "04",
        code(r"\(greedy_policy\(policy_net\), seed=1", "(greedy_policy(policy_net), seed=0"),
    ),
    ("a tolerance that lets all pass", "02", code("total, 0, atol=1e-6", "total, 0, atol=10")),
    ("any in the place of all", "04", code(r"^assert all\(run\.solved", "assert any(run.solved")),
    ("all of an empty list", "04", code(r"^(assert all\(run.*) runs\)", r"\1 runs[5:])")),
    ("or in the place of and", "04", code(r"^assert same\.all\(\) and", "assert same.all() or")),
    (
        "an assert in a loop over nothing",
        "05",
        code("^assert fall", "for _ in []:\n    assert fall"),
    ),
    ("an assert that was never repeated", "05", added('assert np.mean(returns) > 1, "it fell"')),
    ("words that blame the other side", "04", code(r"trained before\?", "not trained enough?")),
]

SENTENCES = [
    ("a word twice", "03", prose("Compare with what is usual", "Compare with with what is usual")),
    (
        "a bracket that is not closed",
        "04",
        prose(r"differently in each batch\.\)", "in each batch."),
    ),
    ("a quotation that is not closed", "05", prose('falls in a moment"', "falls in a moment")),
    (
        "a paragraph that breaks off",
        "03",
        prose(r"For CartPole 0\.95 to 0\.99 is.*", "For CartPole"),
    ),
    ("a paragraph without a full stop", "06", prose(r"knowingly or not\.$", "knowingly or not")),
    ("American spelling", "03", prose("So we standardise over", "So we standardize over")),
    ("bold that is none, for a space", "03", prose(r"\*\*standardising", "** standardising")),
    ("two headings alike", "03", prose("^### A footnote .*", "### The effective horizon")),
    ("a note in a comment of HTML", "03", text("<!-- check this before the workshop -->")),
    (
        "Markdown in what is folded",
        "04",
        prose("<code>leave_one_out</code> w", "`leave_one_out` w"),
    ),
    ("another kind of quotation marks", "03", text("They say “early is better than late”.")),
    ("a link to a draft", "03", text("See [the slides](https://docs.google.com/document/d/1).")),
    ("a link that is followed", "03", text("See [this](https://example.org/?utm_source=course).")),
    ("a sentence that begins in the middle", "03", text("and so on, as we have seen")),
    (
        "minutes that README has otherwise",
        "07",
        prose("about 75 minutes to", "about 45 minutes to"),
    ),
    ("the time of all cells", "05", prose("in about 40 seconds", "in about 4 minutes")),
    (
        "the right answer of a question exchanged",
        "05",
        both(
            prose(r"Right\. A wrong baseline", "Tempting. A wrong baseline"),
            prose("Tempting, for single advantages", "Right, for single advantages"),
        ),
    ),
    ("a section without the word, that is not there", "04", text("As we saw in 1.9, it holds.")),
    ("an equation that is not there", "04", prose(r"give \(11\)", "give (47)")),
    ("code that is not closed", "05", prose("</code>", "")),
    ("an address without a link", "07", text("More is on https://example.org/bugs.")),
    ("the conclusion above its table", "04", moved("Far better than chance", "known = [run")),
]

FURTHER = SILENCED + KERNEL + DRAWN + SENTENCES
