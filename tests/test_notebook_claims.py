"""What a lesson claims has an assert behind it, and the assert can fail."""

import ast
import builtins
import re

import pytest
from ledger import IGNORED, name_of
from lessons import NOTEBOOKS, cells, code_tree

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=name_of)


def asserts(path):
    return [node for node in ast.walk(code_tree(path)) if isinstance(node, ast.Assert)]


def says_nothing(test):
    """Return whether a condition cannot fail, or compares a thing with itself."""
    if isinstance(test, ast.BoolOp):
        return any(map(says_nothing, test.values))
    if isinstance(test, ast.Compare):
        sides = [ast.unparse(side) for side in (test.left, *test.comparators)]
        length = sides[0].startswith("len(") and isinstance(test.ops[0], ast.GtE)
        return len(set(sides)) < len(sides) or (length and sides[1] == "0")
    if isinstance(test, ast.Call):
        given = [ast.unparse(argument) for argument in test.args]
        return len(set(given)) < len(given) or not any(map(variable, [test]))
    return isinstance(test, ast.Tuple) or not variable(test)


def variable(node):
    """Return whether anything in a piece of code has a name that is no builtin."""
    found = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    return bool(found - set(dir(builtins)))


@every_notebook
def test_an_assert_speaks_to_whoever_trips_it(path):
    for statement in asserts(path):
        said = ast.unparse(statement.msg or ast.Constant(""))
        assert len(re.findall(r"\w+", said)) > 1, ast.unparse(statement)


WIDE = {"np.allclose(*both, atol=1)"}  # ends of two bootstrap intervals up to 34


@every_notebook
def test_an_assert_can_fail(path):
    for statement in asserts(path):
        assert not says_nothing(statement.test), ast.unparse(statement)
        for part in ast.walk(statement.test):
            limit = {"atol": 0.05, "rtol": 0.1}.get(getattr(part, "arg", None))
            narrow = limit is None or ast.literal_eval(part.value) <= limit
            assert narrow or ast.unparse(statement.test) in WIDE, ast.unparse(statement)
            if isinstance(part, ast.Compare) and isinstance(part.ops[0], ast.Lt | ast.LtE):
                difference = isinstance(part.left, ast.BinOp) and isinstance(part.left.op, ast.Sub)
                assert not difference, f"no abs: {ast.unparse(statement)}"
    for node in ast.walk(code_tree(path)):
        assert not isinstance(node, ast.If) or variable(node.test), "this branch is always the same"


# One of many is enough for these, and the text says so: luck differs, one net forgets.
ONE_OF_MANY = {
    "max(untrained) > 3 * min(untrained)",
    "gained[:, 2].max() > 50",
    "gained[:, :2].min() < -25",
}


def asks_one_of_many(compare):
    """Return whether the largest must be large, or the smallest small: then one is enough."""
    sides = [ast.unparse(side) for side in (compare.left, *compare.comparators)]
    for left, operator, right in zip(sides, compare.ops, sides[1:]):
        low, high = (right, left) if isinstance(operator, ast.Gt | ast.GtE) else (left, right)
        if re.match(r"max\(|\S*\.max\(", high) or re.match(r"min\(|\S*\.min\(", low):
            return not isinstance(operator, ast.Eq)
    return False


@every_notebook
def test_an_assert_asks_all_that_it_speaks_of(path):
    """No `or`, no `any`, no list in the place of its entries, no function without its call."""
    for test in (statement.test for statement in asserts(path)):
        plain = ast.Compare | ast.Call | ast.BoolOp | ast.UnaryOp
        assert isinstance(test, plain), ast.unparse(test)
        for part in ast.walk(test):
            assert not isinstance(part, ast.Or), ast.unparse(test)
            if isinstance(part, ast.Compare) and ast.unparse(part) not in ONE_OF_MANY:
                assert not asks_one_of_many(part), ast.unparse(test)
        assert not re.match(r"any\(", ast.unparse(test)), ast.unparse(test)


@every_notebook
def test_no_error_is_swallowed(path):
    for node in ast.walk(code_tree(path)):
        if isinstance(node, ast.ExceptHandler):
            said = "".join(map(ast.unparse, node.body))
            assert node.name and node.name in said, "say what went wrong"
            assert "BaseException" not in ast.unparse(node.type), "Ctrl-C must get through"
        assert not (isinstance(node, ast.Name) and node.id == "suppress")


# It shows a wrong program at work. The test of that program comes three cells later.
LATER = {"for rate, returns in returns_of_rates.items():"}


def names(cell):
    return {node.id for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Name)}


def shows_only(cell):
    """Return whether a cell ends with an animation, a slider or a check, which judges itself."""
    lines = cell.source.splitlines()
    return lines[0] in LATER or re.match(r"(_ = )?(animate|interact|check)\(", lines[-1])


@every_notebook
def test_what_is_ignored_is_asserted_soon(path):
    """The next asserts use what the cell made, or what it printed."""
    code = cells(path, "code")
    for i, cell in enumerate(code):
        if IGNORED in cell.metadata.get("tags", []) and not shows_only(cell):
            soon = [c for c in code[i : i + 4] if re.search(r"^\s*assert ", c.source, re.MULTILINE)]
            assert any(names(c) & names(cell) - set(dir(builtins)) for c in soon), cell.source
