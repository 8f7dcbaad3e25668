"""What the code of a notebook may do: compute and draw. It fetches nothing, starts nothing, leaves nothing."""

import ast
import re
from functools import cache

import pytest
from ledger import name_of
from lessons import LESSONS, NOTEBOOKS, cells, code_tree, definitions
from test_same_code import PROMISES

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=name_of)

# What a cell may import. Anything new is worth a second look: does it fetch, start or write?
MODULES = """
    cartpole_lib difflib functools gymnasium inspect ipywidgets json keras matplotlib numpy pathlib
    PIL tempfile tensorflow time tqdm typing collections itertools math dataclasses scipy
    warnings
"""
# Parts of them that reach out, run what was downloaded, stop the kernel or change all of it.
REACHES_OUT = re.compile(
    r"\b(get_file|datasets|applications|hub|data_utils|urlopen|urlretrieve|requests|socket|urllib|http"
    r"|subprocess|system|popen|Popen|spawnl|execv|getoutput|run_cell|run_line_magic|get_ipython"
    r"|__import__|import_module|eval|exec|compile|input|globals|setattr|enable_unsafe_deserialization"
    r"|Javascript|IFrame|HTML|display_html|display_javascript|FileLink|environ|putenv|getcwd|chdir"
    r"|expanduser|simplefilter|filterwarnings"
    r"|sleep|breakpoint|set_trace|seterr|set_random_seed|set_seed|run_functions_eagerly)\b"
)
WRITES = re.compile(
    r"\.(write\w*|savefig|save|savez\w*|savetxt|tofile|to_(csv|json|pickle|excel|parquet)|dump|export"
    r"|save_weights|imsave|mkdir|makedirs|touch|rename|symlink_to|copyfile|imwrite)\($"
)
NUMBERS_IN_LESSON_3 = {"each_by_itself"}  # the function of that name comes in lesson 7


@cache
def known():
    """Return what a reader knows as the library's: shown in a lesson, or imported in one."""
    nodes = [node for path in NOTEBOOKS for node in ast.walk(code_tree(path))]
    ours = [n for n in nodes if isinstance(n, ast.ImportFrom) and "cartpole_lib." in str(n.module)]
    return {name for name, _ in PROMISES} | {alias.name for node in ours for alias in node.names}


def calls(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


@every_notebook
def test_every_cell_is_plain_python(path):
    """No shell, no magic: what is not in the course's environment must not be fetched by a cell."""
    for cell in cells(path, "code"):
        assert not re.search(r"^\s*[!%?]|^\s*\w+ = [!%]|\?$", cell.source, re.MULTILINE), (
            cell.source
        )
        ast.parse(cell.source)


@every_notebook
def test_only_what_the_course_installs_is_imported(path):
    for node in ast.walk(code_tree(path)):
        if isinstance(node, ast.Import):
            assert {alias.name.split(".")[0] for alias in node.names} <= set(MODULES.split()), (
                ast.unparse(node)
            )
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module.split(".")[0] in MODULES.split(), ast.unparse(
                node
            )


@every_notebook
def test_nothing_is_fetched_or_started(path):
    for cell in cells(path, "code"):
        for node in ast.walk(ast.parse(cell.source)):
            name = getattr(node, "attr", getattr(node, "id", getattr(node, "module", "")))
            names = [
                name,
                *(alias.name for alias in getattr(node, "names", []) if hasattr(alias, "name")),
            ]
            assert not any(REACHES_OUT.search(n or "") for n in names), ast.unparse(node)
            text = node.value if isinstance(node, ast.Constant) else ""
            assert not re.search(r"\b(https?|ftp|file|s3|gs)://", str(text)), text


def writes(call):
    """Return whether a call leaves a file: `open` for anything but reading, or one that saves."""
    name = ast.unparse(call.func)
    if name == "open" or name.endswith(".open"):
        texts = [str(n.value) for n in ast.walk(call) if isinstance(n, ast.Constant)]
        return any(re.fullmatch(r"[rbt+]*[wax+][rbt+]*", text) for text in texts)
    return bool(WRITES.search(name + "(")) or name in ("save_policy", "save_file")


@every_notebook
def test_nothing_is_left_beside_the_lesson(path):
    """What is written goes to a temporary folder: two kernels may run a lesson at once."""
    for cell in cells(path, "code"):
        if any(map(writes, calls(ast.parse(cell.source)))):
            assert re.search(r"Path\(folder\)|folder\.name", cell.source), cell.source
    for call in calls(code_tree(path)):
        if ast.unparse(call.func) == "run_study":
            where = [*call.args[2:3], *(k.value for k in call.keywords if k.arg == "path")]
            assert where and "folder" in ast.unparse(where[0]), "a study in a temporary folder"


@every_notebook
def test_dice_have_a_seed_and_loops_something_to_do(path):
    for node in ast.walk(code_tree(path)):
        if isinstance(node, ast.Call) and re.search(
            r"(default_rng|SeedGenerator)$", ast.unparse(node.func)
        ):
            assert node.args, "without a seed each run shows other numbers"
        if isinstance(over := getattr(node, "iter", None), ast.List | ast.Tuple):
            assert over.elts, f"what stands in it never runs: {ast.unparse(node)}"


TRAIN = ("train", "play_and_learn", "train_reinforce", "train_actor_critic")


@every_notebook
def test_a_cell_that_trains_a_network_builds_it(path):
    """Run twice, it must not go on with what the first run left."""
    for cell in cells(path, "code"):
        tree = ast.parse(cell.source)
        made = {
            ast.unparse(n) for n in ast.walk(tree) if isinstance(getattr(n, "ctx", None), ast.Store)
        }
        for call in calls(tree):
            if ast.unparse(call.func) in TRAIN:
                given = map(ast.unparse, [*call.args, *(k.value for k in call.keywords)])
                nets = {name for name in given if re.fullmatch(r"\w*net", name)}
                assert nets <= made, ast.unparse(call)


@every_notebook
def test_what_has_a_label_has_a_legend(path):
    for cell in cells(path, "code"):
        for call in calls(ast.parse(cell.source)):
            named = any(k.arg == "label" for k in call.keywords)
            if named and "show(" in cell.source and "colorbar" not in ast.unparse(call.func):
                assert "legend(" in cell.source, ast.unparse(call)


@every_notebook
def test_a_figure_on_axes_of_its_own_says_what_they_are(path):
    for cell in cells(path, "code"):
        if "plt.subplots()" in cell.source and "show(" in cell.source and "def " not in cell.source:
            assert re.search(r"xlabel=.*ylabel=", cell.source, re.DOTALL), cell.source


def given_names(tree):
    """Return every name that code binds other than by `def` and `class` at its top."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del):
            yield node.attr if isinstance(node, ast.Attribute) else node.id
        if isinstance(node, ast.alias) and node.asname:
            yield node.asname
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node not in tree.body:
            yield node.name


def imports_from_elsewhere(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and not str(node.module).startswith("cartpole_lib"):
            yield from (alias.name for alias in node.names)


@every_notebook
def test_no_other_code_under_a_name_of_the_library(path):
    tree = code_tree(path)
    taken = (known() - NUMBERS_IN_LESSON_3) & {*given_names(tree), *imports_from_elsewhere(tree)}
    assert not taken, f"{taken}: give it another name"


@every_notebook
def test_every_written_in_is_true(path):
    """Of imports over several lines, too, which test_same_code does not read."""
    for cell in cells(path, "code"):
        imports = [n for n in ast.parse(cell.source).body if isinstance(n, ast.ImportFrom)]
        for node in imports:
            text = "\n".join(cell.source.splitlines()[node.lineno - 1 : node.end_lineno])
            for number in re.findall(r"# written in notebook (\d+)", text):
                written = definitions(code_tree(LESSONS[int(number) - 1]))
                assert {alias.name for alias in node.names} <= set(written), text


def test_what_a_reader_knows_as_the_librarys_is_shown_or_imported():
    assert {"discounted_returns", "evaluate", "check"} <= known() and "standard" not in known()
