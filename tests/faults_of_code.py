"""Faults in the code of notebooks and in what it stored: (name, notebook, change). "03s" has solutions."""

from changes import IGNORED, added, both, code, code_of, printed, removed

FIRST_DIGIT = r"\d(?=\d*)"


def another_digit(found):
    return str((int(found[0]) + 1) % 10)


def ignore_a_wrong_digit(cells):
    """Tag the first cell that prints, so that nobody sees its wrong digit."""
    cell = next(cell for cell in code_of(cells) if cell.outputs)
    printed(FIRST_DIGIT, another_digit)(cells)
    cell.metadata["tags"] = [IGNORED]


def forget_outputs(cells):
    next(c for c in code_of(cells) if IGNORED in c.metadata.get("tags", [])).outputs = []


def silent(line):
    return added(f"try:\n    {line}\nexcept Exception:\n    pass")


ASSERTS = [
    ("an assert deleted", "01", code(r"^assert worst.*\n?", "")),
    ("an assert cell deleted", "01", removed(r"^assert np.median\(attempts\)")),
    ("the assert after a training deleted", "04", removed(r"^assert all\(solved\)")),
    ("assert True", "02", code(r"^assert max\(untrained\).*", "assert True")),
    ("assert 1", "03", code(r"^assert min\(after_one_step\).*", "assert 1")),
    (
        "assert that something equals itself",
        "01",
        code(r"^assert reward == 1", "assert reward == reward"),
    ),
    (
        "assert allclose of something with itself",
        "02",
        code(r"softmax, sigmoid, atol", "softmax, softmax, atol"),
    ),
    (
        "assert with brackets around test and words",
        "02",
        code(r"^assert (max\(untrained\).*)", r"assert (\1)"),
    ),
    ("assert ... or True", "03", code(r"(?<=> lean > chance), ", " or True, ")),
    (
        "assert len(...) >= 0",
        "02",
        code(r"^assert max\(untrained\).*", "assert len(untrained) >= 0"),
    ),
    (
        "a margin ten times as wide",
        "01",
        code(r"np.median\(attempts\) < 200", "np.median(attempts) < 2000"),
    ),
    ("an assert turned into a comment", "05", code("^assert falling", "# assert falling")),
    ("an assert behind if False", "05", code(r"^assert (falling.*)", r"if False:\n    assert \1")),
    ("an assert whose error is swallowed", "03", silent("assert min(after_one_step) > 1e9")),
    (
        "an error suppressed",
        "03",
        added("from contextlib import suppress\nwith suppress(AssertionError):\n    x = 1"),
    ),
]
IGNORED_CELLS = [
    (
        f"a wrong digit in an ignored output of lesson {n}",
        f"0{n}",
        printed(FIRST_DIGIT, another_digit, True),
    )
    for n in (1, 2, 4, 5, 7, 8)
] + [
    (
        "a wrong digit in an ignored output of a solution",
        "05s",
        printed(FIRST_DIGIT, another_digit, True),
    ),
    ("a line of an ignored output missing", "02", printed(r"^.*\n", "", True)),
    ("an ignored output missing", "02", forget_outputs),
    (
        "another result in an ignored cell",
        "02",
        code(r"np\.rint\(untrained\)", "(np.rint(untrained) + 1)"),
    ),
    ("a wrong digit, and its cell tagged as ignored", "01", ignore_a_wrong_digit),
    (
        "fewer seeds than the output shows",
        "01",
        code(r"seed in range\(10\)\]", "seed in range(5)]"),
    ),
]
SHELL = [
    ("!pip in a solution", "03s", added("!pip install seaborn")),
    ("%pip in a lesson", "03", added("%pip install seaborn")),
    ("a cell magic for the shell", "02s", added("%%bash\nls")),
    ("%run of a script", "02", added("%run helper.py")),
    ("the output of a shell command as a list", "03", added("files = !ls")),
    ("a shell through get_ipython", "03", added("get_ipython().system('ls')")),
    ("a subprocess", "03", added("import subprocess\nsubprocess.run(['ls'])")),
    ("os.system", "03s", added("import os\nos.system('ls')")),
    ("eval of a text", "03", added("print(eval('1 + 1'))")),
]
NETWORK = [
    ("urllib, its error swallowed", "03", silent("import urllib.request")),
    (
        "requests, its error printed",
        "03",
        added("try:\n    import requests\nexcept ImportError as e:\n    print(e)"),
    ),
    ("a socket", "04", added("import socket\nsocket.create_connection(('example.org', 80))")),
    ("a file that Keras fetches", "02", added("keras.utils.get_file('x', origin='x')")),
    ("a data set that Keras fetches", "02", added("keras.datasets.mnist.load_data()")),
    ("an address in the code", "03", added("print('see https://example.org')")),
    ("a module imported by its name", "03", added("__import__('ur' + 'llib')")),
]
FILES = [
    (
        "open for writing",
        "03",
        added("with open('notes.txt', 'w') as file:\n    print(1, file=file)"),
    ),
    ("write_text beside the lesson", "04", added("Path('notes.txt').write_text('a')")),
    ("savefig", "03", added("plt.figure().savefig('returns.png')")),
    ("np.save", "03", added("np.save('returns.npy', np.ones(3))")),
    (
        "a saved policy beside the lesson",
        "04",
        code(r'Path\(folder\) / "policy.keras"', 'Path("policy.keras")'),
    ),
    ("a study in a folder that stays", "06", code(r"folder\.name, n_jobs", "'study', n_jobs")),
    ("a new folder", "04", added("Path('runs').mkdir(exist_ok=True)")),
    ("a table written over", "06", added("Path('thirty_seeds.json').open('w').close()")),
]
NAMES = [
    (
        "other code under a library name",
        "03s",
        added("def standardize(returns):\n    return returns"),
    ),
    (
        "a lambda under a library name",
        "03s",
        added("discounted_returns = lambda rewards, gamma: rewards"),
    ),
    ("an import under a library name", "03", added("from numpy import sum as discounted_returns")),
    ("a function of the library replaced", "01", added("rollout.play_episode = None")),
    (
        "a lesson's function that is not the library's",
        "03",
        code(r"gamma \* following$", "following"),
    ),
    (
        "written in another notebook",
        "03",
        code(r"# written in notebook 01", "# written in notebook 02"),
    ),
    ("a function of another module", "03s", code("cartpole_lib.returns", "cartpole_lib.rollout")),
    ("a relative import", "03", added("from .helpers import gain")),
]
FORM = [
    ("a semicolon that hides an output", "01", code(r"^returns = evaluate\(.*", r"\g<0>;")),
    ("an empty cell", "03", added(" ")),
    ("code edited, never run", "03", both(code("figsize=\\(9, ", "figsize=(8, "))),
]
CODE = ASSERTS + IGNORED_CELLS + SHELL + NETWORK + FILES + NAMES + FORM
