"""Same name, same code: what a lesson writes out is what the library runs, and the other way round."""

import ast
import copy
import re

import pytest
from lessons import LESSONS, NOTEBOOKS, ROOT, SOLUTIONS, cells, code_tree, definitions

FOLDER = ROOT / "cartpole_lib"
LIBRARY = {
    ".".join(path.relative_to(FOLDER).with_suffix("").parts): definitions(
        ast.parse(path.read_text())
    )
    for path in FOLDER.rglob("*.py")
    if path.parent.name != "guards"
}
LIBRARY_CODE = {name: node for module in LIBRARY.values() for name, node in module.items()}
SHOWN_IN = re.compile(r"Shown\s+in\s+notebook\s+(\d\d)")
PROMISES = [
    (name, number)
    for name, node in LIBRARY_CODE.items()
    for number in SHOWN_IN.findall(ast.get_docstring(node) or "")
]
WRITTEN_IN = re.compile(r"from cartpole_lib\.([\w.]+) import (.+?)  # written in notebook (\d\d)")


def code(node):
    """Return the code of a function or class without comments, docstrings and guards, as text."""
    node = copy.deepcopy(node)
    node.decorator_list = [d for d in node.decorator_list if "guard" not in ast.unparse(d)]
    for part in ast.walk(node):
        if isinstance(part, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(part):
            part.body = part.body[1:]
    return ast.unparse(node)


def lesson(number):
    [path] = [path for path in LESSONS if path.name.startswith(number)]
    return path


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_library_name_in_a_lesson_has_the_librarys_code(path):
    for name, node in definitions(code_tree(path)).items():
        if name in LIBRARY_CODE:
            assert code(node) == code(LIBRARY_CODE[name])
            assert (name, path.name[:2]) in PROMISES, (
                f"the docstring of {name} does not say where it is shown"
            )


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
def test_a_library_name_in_a_solution_has_the_librarys_code(path):
    for name, node in definitions(code_tree(path)).items():
        if name in LIBRARY_CODE:
            assert code(node) == code(LIBRARY_CODE[name])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_guards_stand_outside(path):
    """The code that is shown is the algorithm: who complains about arguments is not on the page."""
    for cell in cells(path, "code"):
        assert not re.search(r"check_\w+\(|cartpole_lib\.guards|@guard", cell.source), cell.source


@pytest.mark.parametrize(("name", "number"), PROMISES)
def test_a_promised_function_is_in_its_lesson(name, number):
    assert name in definitions(code_tree(lesson(number)))


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_defines_each_name_once(path):
    names = [
        node.name
        for node in code_tree(path).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    ]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_written_in_tells_the_truth(path):
    for cell in cells(path, "code"):
        for module, names, number in WRITTEN_IN.findall(cell.source):
            assert number < path.name[:2] or path in LESSONS
            for name in names.split(", "):
                assert name in LIBRARY[module]
                assert name in definitions(code_tree(lesson(number)))
