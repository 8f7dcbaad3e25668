"""What a lesson says has code behind it: a number that a cell has, a name that exists."""

import ast
import builtins
import keyword
import re
from contextlib import suppress
from functools import cache

import pytest
from ledger import name_of
from lessons import NOTEBOOKS, ROOT, cells, code_tree, definitions, page
from test_same_code import LIBRARY_CODE

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=name_of)

# What each may say without a cell beside it that has the number, and why.
NUMBERS = {
    # percent, the thresholds of both versions and a time limit, the episodes of an evaluation
    "": {10, 95, 100, 195, 200, 475},
    "01": {0.5, 50, 490},  # the spin of an exercise; steps of a second; a step of an example
    "02": {0.0000001, 7, 31},  # to try; digits that float32 has; weights counted in 2.1
    "03": {0.64, 0.729, 0.81, 4.8},  # powers of gamma; the answer in a hint
    "04": {0.95, 150},  # the well-known settings: lesson 6 has them as code
    "05": {17, 30, 60},  # products of numbers in its cells
    "06": {0.9, 150, 402, 2029},  # its seeds, settings of lesson 4, a study to make
    "07": {20, 50},  # critic steps of lesson 5; rewards that other courses take
}
# What captions may, too: one in twenty, limits of updates, a threshold of the registry.
CAPTIONS = {"06": {20, 300}, "08": {80, 110}}
# Names in prose that no code has: what an exercise asks the reader to write, or points to.
NAMES = {
    "flipped",
    "zero_is_no_end",
    "my_worlds",
    "CartPoleEnv",
    "FrameStackObservation",
    "wrappers",
}
COUNTS = "four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
COUNTS = {word: number for number, word in enumerate(COUNTS.split(), 4)}
COUNTS |= {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "hundred": 100,
}
NEAR = 10  # cells before and after


def numbers_in(text):
    return {float(n.replace(",", "")) for n in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}


def numbers_of_code(tree):
    """Return the numbers that code has: as literals, in words, or as lengths."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant):
            found |= numbers_in(str(node.value))
        if isinstance(node, ast.List | ast.Tuple):
            found.add(len(node.elts))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "range":
            limits = [n.value for n in node.args if isinstance(n, ast.Constant)]
            found.add(limits[-1] - limits[0] if limits else 0)
    return found


def numbers_of(cell):
    """Return the numbers that stand in a cell of code or were printed by it."""
    found = numbers_of_code(ast.parse(cell.source))
    for output in cell.outputs:
        found |= numbers_in(output.get("text", "") + output.get("data", {}).get("text/plain", ""))
    return found


# What looks like an amount in prose and is none.
NO_AMOUNT = [
    r"```.*?```|\]\([^)]*\)|`[^`]*`|<code>.*?</code>|^#[^\n]*$",
    r"\b(lessons?|sections?|exercises?|examples?|equation|number)(,?( and| to)? \d+(\.\d+)?)+",
    r"\b(in|of) [1-8]\.\d\b(?! m)|\([1-8]\.\d\b|\(\d+\)|^\| \d+ \|",  # sections, rows
    r"\([^()]*\b(19|20)\d\d\)",  # years
    r"\*\*You need\*\*[^\n]*|[\d–]+ (minutes|seconds)",
]


def numbers_said(text):
    """Return the numbers of a text, but whole ones up to three, apart from those that name a place or a duration."""
    for pattern in NO_AMOUNT:
        text = re.sub(pattern, "", text, flags=re.IGNORECASE | re.MULTILINE | re.DOTALL)
    digits = re.findall(r"(?<![\w.^_{])\d[\d,]*(?:\.\d+)?(?![\w^]|\.\d)", text)
    words = [COUNTS[word] for word in re.findall(r"\w+", text.lower()) if word in COUNTS]
    return {n for n in {*(float(d.replace(",", "")) for d in digits), *words} if n > 3 or n % 1}


@every_notebook
def test_a_number_in_prose_is_in_a_cell_near_it(path):
    """In the goal, the recap and the exercises: in any cell of the lesson."""
    notebook, missing = page(path), {}
    have = [numbers_of(cell) if cell.cell_type == "code" else set() for cell in notebook]
    lesson = "\n".join(cell.source for cell in page(ROOT / "notebooks" / path.name))
    sections = {float(n) for n in re.findall(r"^## (\d\.\d) ", lesson, flags=re.MULTILINE)}
    allowed = NUMBERS[""] | NUMBERS.get(path.name[:2], set()) | sections
    exercises = ROOT / "cartpole_lib" / "exercises" / f"lesson_{int(path.name[:2])}.py"
    allowed |= numbers_of_code(ast.parse(exercises.read_text()))
    if path.parent.name == "solutions":
        have += [numbers_of(cell) for cell in cells(ROOT / "notebooks" / path.name, "code")]
    at_end = False
    for i, cell in enumerate(notebook):
        at_end |= cell.source.startswith("## Recap")
        if cell.cell_type == "markdown" and not cell.source.startswith("## Further"):
            whole = at_end or i == 0 or path.parent.name == "solutions"
            near = have if whole else have[max(0, i - NEAR) : i + NEAR + 1]
            unknown = numbers_said(cell.source) - set.union(*near) - allowed
            missing |= {number: cell.source[:60] for number in unknown}
    assert not missing, "no cell has these"


def captions(tree):
    """Return the captions that code writes out, as nodes of its tree."""
    shows = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and ast.unparse(n.func) == "show"]
    return [n.args[1] for n in shows if isinstance(n.args[1], ast.Constant)]


def numbers_without_captions(cell):
    """Return the numbers of a cell of code but for those that a caption says itself."""
    tree = ast.parse(cell.source)
    for caption in captions(tree):
        caption.value = ""
    printed = "".join(o.get("text", "") for o in cell.outputs)
    return numbers_of_code(tree) | numbers_in(printed)


@every_notebook
def test_a_caption_says_what_is_drawn(path):
    """Its numbers are in a cell near it, and a line that it calls dashed or dotted is one."""
    code, allowed = cells(path, "code"), NUMBERS[""] | CAPTIONS.get(path.name[:2], set())
    for i, cell in enumerate(code):
        for caption in captions(ast.parse(cell.source)):
            near = map(numbers_without_captions, code[max(0, i - 3) : i + 4])
            unknown = numbers_said(caption.value) - set.union(*near) - allowed
            assert not unknown, f"{unknown} in: {caption.value}"
            for word, style in {"dashed": '"--"', "dotted": '":"'}.items():
                drawn = style in cell.source or "plot_" in cell.source  # those draw limits
                assert word not in caption.value.lower() or drawn, caption.value


# ---- names


def parameters(node):
    """Return the names that a function takes, or a class."""
    if isinstance(node, ast.ClassDef):
        fields = [n.target.id for n in node.body if isinstance(n, ast.AnnAssign)]
        made = [n for n in node.body if getattr(n, "name", "") == "__init__"]
        return parameters(made[0]) if made else fields
    return [argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)]


def calls_in_prose(path):
    """Return (code, call) for each call that stands whole in code letters."""
    for cell in cells(path, "markdown"):
        for parts in re.findall(r"(?<!`)`([^`\n]+)`(?!`)|<code>([^<]+)</code>", cell.source):
            code = "".join(parts).replace("…", "...")
            with suppress(SyntaxError):
                yield from ((code, n) for n in ast.walk(ast.parse(code)) if isinstance(n, ast.Call))


@every_notebook
def test_a_call_in_prose_has_arguments_that_the_function_takes(path):
    tree = code_tree(ROOT / "notebooks" / path.name)
    known = {**LIBRARY_CODE, **definitions(tree), **definitions(code_tree(path))}
    for code, call in calls_in_prose(path):
        filled_in = ast.unparse(call.func) == "partial"
        function = known.get(ast.unparse(call.args[0] if filled_in else call.func))
        if function and not getattr(getattr(function, "args", None), "vararg", None):
            assert {k.arg for k in call.keywords} <= set(parameters(function)), code
            assert len(call.args) - filled_in <= len(parameters(function)), code


MODULES = ("np", "tf", "keras", "gym", "plt")


@cache
def pairs_of_code():
    """Return what code has, in all lessons and the library: a.b of modules, and keyword=name."""
    files = (ROOT / "cartpole_lib").rglob("*.py")
    trees = [ast.parse(p.read_text(encoding="utf-8")) for p in files]
    nodes = [n for tree in (*trees, *map(code_tree, NOTEBOOKS)) for n in ast.walk(tree)]
    have = {ast.unparse(n) for n in nodes if isinstance(n, ast.Attribute | ast.keyword)}
    for arguments in (node for node in nodes if isinstance(node, ast.arguments)):
        defaults = zip(reversed(arguments.args), reversed(arguments.defaults))
        have |= {f"{name.arg}={ast.unparse(default)}" for name, default in defaults}
    return have


@every_notebook
def test_parts_of_modules_and_functions_handed_over_are_those_of_the_code(path):
    for cell in cells(path, "markdown"):
        for parts in re.findall(r"(?<!`)`([^`\n]+)`(?!`)|<code>([^<]+)</code>", cell.source):
            code = "".join(parts)
            found = re.findall(rf"(?<![\w.])(?:{'|'.join(MODULES)})\.\w+", code)
            found += re.findall(r"\b[a-z_]+=(?!lambda\b)[a-z]\w*\b(?![\w(.:])", code)
            assert set(found) <= pairs_of_code(), code


@every_notebook
def test_what_a_cell_keeps_is_used(path):
    """A name that nobody asks for is mostly left over from a merge."""
    tree = code_tree(path)
    asked = {
        n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)
    }
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            assert node.targets[0].id in asked | {"_"}, ast.unparse(node)


@cache
def vocabulary(tree):
    """Return all words that a piece of code uses."""
    kinds = ("id", "attr", "arg", "name", "asname", "module")
    words = {str(getattr(n, kind, "")) for n in ast.walk(tree) for kind in kinds}
    words |= {str(n.value) for n in ast.walk(tree) if isinstance(n, ast.Constant)}
    return set(re.findall(r"[A-Za-z_]\w*", " ".join(words)))


def said(text):
    return {
        word
        for code in re.findall(r"(?<!`)`([^`\n]+)`(?!`)|<code>([^<]+)</code>", text)
        for word in re.findall(
            r"(?<![\w\\])[A-Za-z_]\w{2,}", re.sub(r"[\w/]+\.(py|ipynb)", "", "".join(code))
        )
    }


PYTHON = set(dir(builtins)) | set(keyword.kwlist)


@cache
def words_of_library():
    files = (ROOT / "cartpole_lib").rglob("*.py")
    return set().union(*(vocabulary(ast.parse(p.read_text(encoding="utf-8"))) for p in files))


@every_notebook
def test_a_name_in_prose_exists(path):
    own = vocabulary(code_tree(path)) | vocabulary(code_tree(ROOT / "notebooks" / path.name))
    printed = re.findall(r"\w+", str([cell.outputs for cell in cells(path, "code")]))
    for cell in cells(path, "markdown"):
        here = (
            own
            if cell.source.startswith("## Recap")
            else own | words_of_library() | NAMES | set(printed)
        )
        missing = said(cell.source) - here - PYTHON
        assert not missing, f"no code has {missing}: {cell.source[:60]}"


FOLDERS = ("cartpole_lib", *(f"cartpole_lib/{f}" for f in ("guards", "study", "exercises")))
FOLDERS += ("images", "publish")
# Words of other programs and of solutions, and the beginning of a name.
OTHERS = """
    BEGIN HOME HTTPS_PROXY PIP_FIND_LINKS PIP_NO_INDEX PIP_TARGET SOLUTION activate cache_dir classic
    control dev faults_of_ proc reuid setpriv tmp unshare validate_call
"""


@pytest.mark.parametrize("path", sorted(ROOT.glob("*.md")), ids=name_of)
def test_a_name_in_a_document_stands_in_a_file(path):
    """Not of a test, for tests and faults name what is not there."""
    tests = set((ROOT / "tests").rglob("*.py"))
    files = {ROOT / "Makefile", ROOT / "pyproject.toml", *tests}
    files |= {file for part in (".", *FOLDERS) for file in (ROOT / part).glob("*.py")}
    known = {part for file in files for part in (*file.relative_to(ROOT).parts, file.stem)}
    for file in files - {test for test in tests if re.search("test_|fault", str(test))}:
        known |= set(re.findall(r"\w+", file.read_text(encoding="utf-8")))
    assert not said(path.read_text(encoding="utf-8")) - known - PYTHON - set(OTHERS.split())


def test_the_words_that_we_use_have_names_in_the_code():
    table = (ROOT / "README.md").read_text(encoding="utf-8").partition("## The words we use")[2]
    names = "".join(re.findall(r"^\|[^|]*\|([^|]*)\|", table, flags=re.MULTILINE))
    assert len(said(names)) > 15 and said(names) <= words_of_library()
