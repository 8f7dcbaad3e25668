"""Scripts of tests/ are red when what they look for is there; `make` runs them, seldom."""

import importlib
import json
import os
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import execute_notebooks
import hypothesis
import ledger
import nbformat
import notebook_faults
import numpy as np
import plant_faults
import pytest
import repetitions
import test_faults
from faults import Fault, all_faults
from gymnasium.envs.classic_control import cartpole
from lessons import NOTEBOOKS, ROOT, cells
from test_setup import STRICT

sys.path.insert(0, str(ROOT / "publish"))
import slides

# ---- scripts that try the tests with other versions and other digits


PINNED = (ROOT / "requirements.txt").read_text().split()[0]


@pytest.fixture
def script(monkeypatch):
    """Run a script of tests/ with other programs left out; return its exit code and what it called."""

    def run(name, fails=lambda words: False, *words):
        called = []

        def stub(words, **options):
            called.append((list(map(str, words)), options["env"]))
            return SimpleNamespace(
                returncode=int(fails(called[-1][0])), stdout=f"{PINNED}\na==1\n", stderr=""
            )

        monkeypatch.setattr(subprocess, "run", stub)
        monkeypatch.setattr(sys, "argv", [name, *words])
        with pytest.raises(SystemExit) as end:
            runpy.run_path(str(ROOT / "tests" / f"{name}.py"), run_name="__main__")
        return end.value.code, called

    return run


def runs_tests(words):
    return words[1:3] == ["-m", "pytest"]


@pytest.mark.parametrize(("name", "n_cases"), [("versions", 5), ("processors", 3)])
def test_a_case_that_fails_fails_the_script(name, n_cases, script, capsys):
    assert not script(name)[0]
    for failing in range(n_cases):
        counted = []

        def fails(words, failing=failing, counted=counted):
            counted += [words] if runs_tests(words) else []
            return runs_tests(words) and len(counted) == failing + 1

        assert script(name, fails)[0] == 1 and len(counted) == n_cases
        assert len(re.findall("FAILED", capsys.readouterr().out)) == 1


@pytest.mark.parametrize(("name", "places"), [("versions", ["tests"]), ("processors", [])])
def test_other_versions_and_processors_run_every_notebook_strictly(name, places, script):
    for words, _ in script(name)[1]:
        if runs_tests(words):
            assert {*places, "notebooks", *STRICT} <= set(words)
            assert not {"--nbval-lax", "-k", "--co"} & set(words)


def test_each_version_is_what_its_name_says_and_tests_itself(script):
    _, called = script("versions")
    starts = [i for i, (words, _) in enumerate(called) if words[1:2] == ["venv"]]
    tried = []
    for start in starts:
        make, packages, course, tests = (words for words, _ in called[start : start + 4])
        folder = make[-1]
        assert all(env["VIRTUAL_ENV"] == folder for _, env in called[start : start + 5])
        assert course[1:] == ["pip", "install", "--no-deps", "--editable", "."]
        assert Path(tests[0]).is_relative_to(folder)
        tried.append((make[make.index("--python") + 1], packages[3:]))
    groups = ["-r", "pyproject.toml", "--group", "test", "--group", "lint"]
    assert tried == [
        *[(python, ["-r", "requirements.txt"]) for python in ("3.11", "3.12", "3.13")],
        ("3.11", [*groups, "--resolution", "lowest-direct"]),
        ("3.13", [*groups, "--upgrade"]),
    ]


def test_what_cannot_be_installed_is_a_failure(script):
    assert script("versions", lambda words: "install" in words)[0] == 1


def test_only_packages_that_moved_are_said_to_have_moved(script, capsys):
    script("versions", lambda words: False, "newest")
    said = capsys.readouterr().out
    assert "a none -> 1" in said and PINNED.partition("=")[0] not in said


def test_another_processor_has_another_sine(script, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "another")
    _, called = script("processors", lambda words: False, "sine")
    [(_, env)] = called
    file = Path(env["PYTHONPATH"]) / "sitecustomize.py"
    monkeypatch.setattr(cartpole, "np", np)
    runpy.run_path(str(file))
    angles = np.linspace(-0.2, 0.2, 8)
    for name in ("cos", "sin"):
        right = getattr(np, name)(angles)
        assert (getattr(cartpole.np, name)(angles) == right + np.spacing(right)).all()


# ---- trainings that are repeated


@pytest.fixture
def repeated(monkeypatch, tmp_path):
    """Repeat two notebooks that are not run; return the exit code, the digits and the table."""

    def repeat(errors, n_repetitions=3):
        asked, pages = [], [path for path in repetitions.TRAINING if path.name[:2] == "05"]
        claims = {path: ledger.entry(path)["asserts"] for path in pages}

        def run_apart(_, path, n_digits):
            asked.append(n_digits)
            failed = errors if (path, n_digits) == (pages[0], 1) else []
            return failed, {claim: [n_digits, 9] for claim in claims[path]}

        monkeypatch.setattr(repetitions, "run_apart", run_apart)
        monkeypatch.setattr(repetitions, "MARGINS", tmp_path / "margins.json")
        monkeypatch.setattr(os, "environ", dict(os.environ))
        (tmp_path / "margins.json").write_text('{"another": {}}')
        code = repetitions.main(n_repetitions, "05")
        return code, sorted(asked), json.loads((tmp_path / "margins.json").read_text())

    return repeat


def test_claims_that_hold_are_written_down_beside_those_of_other_notebooks(repeated):
    code, asked, table = repeated([])
    assert not code and asked == [1, 1, 2, 2, 3, 3]  # with 0 it is this machine's own sine
    assert len(table) == 3 and table.pop("another") == {}
    for row in table.values():
        assert row["repetitions"] == 3
        assert all(apart["least"] == 1 and apart["mean"] == 2 for apart in row["claims"].values())


def test_a_claim_that_failed_once_is_red_and_nothing_is_written(repeated, capsys):
    code, _, table = repeated(["cell x: ValueError()"])
    assert code and table == {"another": {}}
    said = capsys.readouterr().out.splitlines()
    assert any(line.endswith("cell x: ValueError()") and "repetition [1]" in line for line in said)


def test_a_repetition_runs_each_cell_with_other_digits_and_keeps_what_failed(tmp_path):
    sources = [
        "import numpy as np",
        "from gymnasium.envs.classic_control import cartpole",
        "raise ValueError('planted')",
        "assert cartpole.np.sin(0.1) == np.sin(0.1) + 7 * np.spacing(np.sin(0.1)), 'no'",
        "assert 2 < np.sqrt(16), 'no'",
        "assert 2 < 3 < 1, 'planted, too'",
    ]
    some = [nbformat.v4.new_code_cell(s, id=f"c{i}") for i, s in enumerate(sources)]
    page = nbformat.v4.new_notebook(cells=some)
    nbformat.write(page, tmp_path / "some.ipynb")
    context = repetitions.multiprocessing.get_context("spawn")
    errors, margins = repetitions.run_apart(context, tmp_path / "some.ipynb", 7)
    said = ["cell c2: ValueError('planted')", "cell c5: AssertionError('planted, too')"]
    assert errors == said
    assert margins == {"2 < np.sqrt(16)": [2.0], "2 < 3 < 1": [1.0, -2.0]}


def test_a_process_that_died_is_a_failure():
    context = repetitions.multiprocessing.get_context("spawn")
    assert repetitions.run_apart(context, None, 1) == (["the process died"], {})


# ---- faults that are planted


@pytest.fixture
def small_course(monkeypatch, tmp_path):
    """A course of one line and one test, in which faults are planted as in this one."""
    texts = {
        "cartpole_lib/__init__.py": "",
        "cartpole_lib/x.py": "right = 1\n",
        "tests/stopping.py": "",
        "tests/faults/__init__.py": "",
        "tests/test_x.py": "from cartpole_lib.x import right\ndef test_it(): assert right\n",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(plant_faults, "ROOT", tmp_path)
    monkeypatch.setattr(plant_faults, "all_faults", lambda: FAULTS)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # to load them takes seconds
    return plant_faults


FAULTS = [
    Fault("caught", "x.py", "right = 1", "right = 0", "test_x.py"),
    Fault("survives", "x.py", "right = 1", "right = 2", "test_x.py"),
    Fault("cannot be told", "x.py", "right = 1", "right = 3", "test_x.py", "it is true, too"),
    Fault("has no test", "x.py", "right = 1", "right = 0", "test_x.py::test_other"),
]


def test_a_planted_fault_is_found_by_a_test_that_fails_and_by_nothing_else(small_course, capsys):
    context = repetitions.multiprocessing.get_context("spawn")
    answers, _ = small_course.plant_all(context, [FAULTS[0], FAULTS[1], FAULTS[3]])
    assert answers[:2] == ["test_x.py::test_it", None] and isinstance(answers[2], ValueError)
    said = [line.partition(" [")[0] for line in capsys.readouterr().out.splitlines()]
    assert said[:2] == ["caught: caught by test_x.py::test_it", "survives: SURVIVED"]


@pytest.mark.parametrize(
    ("word", "answers", "without", "code"),
    [
        ("caught", ["test_x.py"], None, 0),
        ("caught", ["test_x.py"], "test_x.py", 1),  # it fails without the fault, too
        ("survives", [None], None, 1),
        ("survives", [TimeoutError("no end")], None, 1),
        ("cannot", [None], None, 0),
        ("no such", [], None, 1),
    ],
)
def test_planting_is_red_unless_every_fault_is_caught(
    word, answers, without, code, small_course, monkeypatch, capsys
):
    planted = []
    monkeypatch.setattr(os, "environ", dict(os.environ))
    monkeypatch.setattr(
        small_course, "plant_all", lambda _, faults: planted.append(faults) or (answers, 0.0)
    )
    monkeypatch.setattr(small_course, "run_apart", lambda *_: (without, 0.0))
    assert small_course.main(word) == code
    assert all(word in fault.name for fault in planted[0]) and len(planted[0]) == len(answers)


@pytest.mark.parametrize(
    ("lines", "longest", "kind"),
    [("import os\nos._exit(0)\n", 60, ChildProcessError), ("", 0, TimeoutError)],
)
def test_a_test_that_has_no_end_has_found_nothing(lines, longest, kind, small_course):
    (small_course.ROOT / "tests" / "test_x.py").write_text(lines)
    context = repetitions.multiprocessing.get_context("spawn")
    with small_course.copied() as copy:
        answer, _ = small_course.run_apart(context, copy, ["test_x.py"], longest)
    assert isinstance(answer, kind)


def test_every_table_of_faults_is_planted():
    """Those of the library, and those of notebooks."""
    folder, n_rows = ROOT / "tests" / "faults", 0
    for path in folder.glob("[a-z]*.py"):
        tables = importlib.import_module(f"faults.{path.stem}").FAULTS
        n_rows += sum(map(len, tables.values()))
    assert len(all_faults()) == n_rows == len(test_faults.FAULTS)
    planted = notebook_faults.READ + notebook_faults.RERUN
    for path in folder.parent.glob("faults_of_*.py"):
        tables = vars(importlib.import_module(path.stem)).values()
        for row in (row for table in tables if isinstance(table, list) for row in table):
            assert row in planted, row


@pytest.mark.parametrize(("n_survivors", "code"), [(0, False), (2, False), (3, True)])
def test_notebook_faults_are_red_if_many_survive(n_survivors, code, monkeypatch, capsys):
    def tested(chosen):
        faults = [fault for fault in chosen if fault[0] != "no fault"][:40]
        yield from ((fault, ["a_test"] * (i >= n_survivors)) for i, fault in enumerate(faults))

    monkeypatch.setattr(notebook_faults, "tested", tested)
    assert notebook_faults.main([]) == code
    assert f"{40 - n_survivors} of 40 caught" in capsys.readouterr().out


def test_what_finds_a_fault_of_a_notebook_is_a_test_that_fails():
    failures = notebook_faults.Failures()
    for name, failed in (("test_a[01]", True), ("test_b[01]", False)):
        said = {"failed": failed, "passed": not failed, "nodeid": f"tests/test_x.py::{name}"}
        failures.pytest_runtest_logreport(SimpleNamespace(**said))
    assert failures.names == ["test_a"]


def test_notebook_faults_begin_with_pages_that_have_none(monkeypatch):
    """A test that fails anyhow has found nothing."""
    monkeypatch.setattr(
        notebook_faults, "tested", lambda chosen: [(chosen[0], ["test_that_fails_anyhow"])]
    )
    with pytest.raises(AssertionError, match="mend that first"):
        notebook_faults.main([])


def test_notebook_faults_are_shown_to_every_test_that_reads_notebooks():
    there = {path.stem for path in (ROOT / "tests").glob("test_notebook_*.py")}
    assert there - {"test_notebook_rules", "test_notebook_faults"} <= set(notebook_faults.READERS)


def test_a_fault_of_a_notebook_is_planted(tmp_path):
    path = shutil.copy(NOTEBOOKS[0], tmp_path / NOTEBOOKS[0].name)
    notebook_faults.planted(path, lambda cells: cells.pop())
    after = nbformat.read(path, as_version=4).cells
    assert len(after) == len(nbformat.read(NOTEBOOKS[0], as_version=4).cells) - 1


@pytest.mark.parametrize(("code", "found"), [(0, []), (1, ["a re-run"]), (4, [])])
def test_a_rerun_that_did_not_start_has_found_nothing(code, found, monkeypatch):
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: SimpleNamespace(returncode=code))
    assert notebook_faults.caught_by_a_rerun(notebook_faults.RERUN[0]) == found


# ---- what a re-run compares, and what the ledger keeps of the rest


def notebook_of(folder, *parts):
    """Write a notebook and return its file; the cells have names by their place."""
    for i, cell in enumerate(parts):
        cell.id = f"cell-{i}"
    folder.mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=list(parts)), folder / "some.ipynb")
    return folder / "some.ipynb"


def lesson_of(
    words="A word.", source="x = f(2, y)\nassert x > 1, 'no'", tags=(), printed="a", alt="b"
):
    output, data = nbformat.v4.new_output, {"text/plain": "b", "text/html": alt}
    ignored = {"tags": ["nbval-ignore-output"]}
    return [
        nbformat.v4.new_markdown_cell(words),
        nbformat.v4.new_code_cell(source, metadata={"tags": list(tags)}),
        nbformat.v4.new_code_cell(
            "g()", metadata=ignored, outputs=[output("stream", text=printed)]
        ),
        nbformat.v4.new_code_cell("x", outputs=[output("display_data", data)]),
    ]


@pytest.mark.parametrize(
    ("change", "parts"),
    [
        ({"words": "A ward."}, {"page"}),
        ({"tags": ["nbval-skip"]}, {"page"}),
        ({"source": "x = f(2, y)\nassert x > 1, 'no'  # why"}, {"page"}),
        ({"source": "x = f(3, y)\nassert x > 1, 'no'"}, {"page", "code"}),
        ({"source": "x = f(y, 2)\nassert x > 1, 'no'"}, {"page", "code"}),
        ({"source": "x = f(2, y)\nassert x > 0, 'no'"}, {"page", "code", "asserts"}),
        ({"source": "x = f(2, y)"}, {"page", "code", "asserts"}),
        ({"printed": "c"}, {"outputs"}),
        ({"alt": "c"}, {"outputs"}),
    ],
)
def test_the_ledger_keeps_what_a_rerun_passes_over(change, parts, tmp_path):
    """Also after it was written anew: a digest of nothing agrees with itself."""
    before = ledger.entry(notebook_of(tmp_path / "before", *lesson_of()))
    after = ledger.entry(notebook_of(tmp_path / "after", *lesson_of(**change)))
    assert {part for part in before if before[part] != after[part]} == parts


def test_a_row_of_results_is_sealed_with_all_that_stands_in_it():
    row = ledger.sealed({"seed": 1, "returns": [9.0, 10.0]})
    assert ledger.sealed(row) == row
    assert ledger.sealed(row | {"returns": [9.0, 11.0]})["digest"] != row["digest"]


def test_the_ledger_of_one_notebook_leaves_those_of_others(monkeypatch, tmp_path):
    monkeypatch.setattr(ledger, "LEDGER", tmp_path / "ledger.json")
    for path in (NOTEBOOKS[0], NOTEBOOKS[-1], tmp_path / "mine.ipynb"):
        ledger.write([path])
    names = {ledger.name_of(path) for path in (NOTEBOOKS[0], NOTEBOOKS[-1])}
    assert set(json.loads((tmp_path / "ledger.json").read_text())) == names


def printed_texts():
    for path in NOTEBOOKS:
        for output in (output for cell in cells(path, "code") for output in cell.outputs):
            yield output.get("text", "") or output.get("data", {}).get("text/plain", "")


NUMBERS = "95 % of 3, 12.5\n50% of 4\na | b\narray([1, 2])\n30 steps in 1.5 s"


def test_only_bars_of_progress_are_taken_as_equal():
    """What swallows a number has it compared no more."""
    file = (ROOT / "tests" / "sanitize.cfg").read_text()
    [pattern] = map(re.compile, re.findall("^regex: (.*)$", file, re.MULTILINE))  # as nbval reads
    found = [match[0] for text in [*printed_texts(), NUMBERS] for match in pattern.finditer(text)]
    assert found and all(re.fullmatch(r"\s*\d+%\|[^|\n]*\|.*", text) for text in found)
    assert pattern.fullmatch(" 50%|#####     | 5/10 [00:01<00:01, 5.00it/s]")


def test_a_rerun_leaves_out_pixels_and_no_cell():
    """A hook of pytest could also drop tests, or what failed."""
    hooks = runpy.run_path(str(ROOT / "conftest.py"))
    assert [name for name in hooks if name[:2] != "__"] == ["pytest_collectstart"]
    collector = SimpleNamespace(skip_compare=())
    hooks["pytest_collectstart"](collector)
    assert collector.skip_compare == ("text/html",)
    others = re.findall(r"def (pytest_\w+)", (ROOT / "tests" / "conftest.py").read_text())
    assert others == ["pytest_configure", "pytest_collection_finish"]


def test_what_hypothesis_tries_is_not_less_than_its_makers_meant():
    assert hypothesis.settings.default.max_examples >= 100


# ---- make notebooks


def test_a_cell_that_fails_ends_the_run_and_leaves_the_notebook(monkeypatch, tmp_path):
    path = notebook_of(tmp_path / "folder", nbformat.v4.new_code_cell("1 / 0"))
    before, clients = path.read_bytes(), []

    def fails(client):
        clients.append(client)
        raise RuntimeError("ZeroDivisionError")

    monkeypatch.setattr(execute_notebooks.NotebookClient, "execute", fails)
    with pytest.raises(RuntimeError):
        execute_notebooks.execute(path)
    [client] = clients
    assert path.read_bytes() == before and not client.allow_errors and client.coalesce_streams
    assert client.resources == {"metadata": {"path": str(path.parent)}}


@pytest.mark.parametrize(("folder", "kinds"), [("notebooks", ["slide"]), ("solutions", [])])
def test_lessons_are_cut_into_slides_and_solutions_are_not(folder, kinds, monkeypatch, tmp_path):
    monkeypatch.setattr(execute_notebooks.NotebookClient, "execute", lambda client: None)
    path = notebook_of(tmp_path / folder, nbformat.v4.new_markdown_cell("# A"))
    execute_notebooks.execute(path)
    [cell] = nbformat.read(path, as_version=4).cells
    assert list(cell.metadata.get("slideshow", {}).values()) == kinds


WIDGET = execute_notebooks.WIDGET


@pytest.mark.parametrize(
    ("data", "left"),
    [
        (
            {"text/plain": "  0%|  | 0/9", WIDGET: {"model_id": "a"}},
            {"text/plain": "100%|##########| done"},
        ),
        (
            {"text/plain": "interactive(children=…", WIDGET: {"model_id": "a"}},
            {"text/plain": "a slider: run this cell to move it"},
        ),
        (
            {"text/plain": "a game", "image/png": "AA==", WIDGET: {"model_id": "a"}},
            {"text/plain": "a game", "image/png": "AA=="},
        ),
        ({"text/plain": "0.5"}, {"text/plain": "0.5"}),
    ],
)
def test_what_ends_with_the_kernel_is_said_in_words(data, left):
    cell = nbformat.v4.new_code_cell("x", outputs=[nbformat.v4.new_output("display_data", data)])
    cell.metadata = {"tags": ["a"], "jupyter": {}, "slideshow": {}, "trusted": 1, "execution": {}}
    page = nbformat.v4.new_notebook(cells=[cell], metadata={"widgets": {}})
    execute_notebooks.normalise(page)
    assert page.cells[0].outputs[0].data == left
    assert set(page.cells[0].metadata) == {"tags", "jupyter", "slideshow"}
    assert page.metadata == execute_notebooks.NOTEBOOK_METADATA


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        ("KeyboardInterrupt", "Stopped. What is done is kept"),
        ("OSError(28, 'full')", "OSError: [Errno 28] full"),
        ("ValueError('planted')", "Traceback"),
    ],
)
def test_what_ends_a_script_is_said(problem, said):
    command = [sys.executable, "-c", f"import stopping\nraise {problem}"]
    folder = ROOT / "tests"
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert run.returncode and said in run.stderr
    assert ("Traceback" in run.stderr) == (said == "Traceback")


# ---- slides


def test_the_look_of_slides_is_what_the_rule_for_them_counts_with():
    """Else a slide overflows, or letters are too small for the back of a room."""
    look = (ROOT / "notebooks" / "rise.css").read_text(encoding="utf-8")
    sizes = [int(size) for size in re.findall(r"font-size: (\d+)px", look)]
    assert len(sizes) > 6 and min(sizes) >= 18
    lines = re.findall(r"\.(cm-line|jp-OutputArea-output pre) \{.*line-height: (\d+)px", look)
    assert {place: int(height) for place, height in lines} == {
        "cm-line": slides.CODE_LINE,
        "jp-OutputArea-output pre": slides.CODE_LINE,
    }
    rules = dict(re.findall(r"^(\S.*?) \{ (.*) \}", look, re.MULTILINE))
    heights = {
        place: int(height)
        for place, rule in rules.items()
        for height in re.findall(r"max-height: (\d+)", rule)
    }
    assert len(heights) == 7 and all(height <= 660 for height in heights.values())
    for place, height in heights.items():
        if "not(:has(img))" in place:  # the rest of an output can be scrolled to
            assert height >= 12 * slides.CODE_LINE
        for n_lines in map(int, re.findall(r"nth-child\((\d+)\)", place)):
            assert n_lines * slides.CODE_LINE + 2 * slides.GAP + height <= slides.PAGE
    assert heights[".reveal .jp-MarkdownCell"] >= slides.PAGE
    assert "overflow-y: auto" in rules[".reveal .jp-OutputArea-output:not(:has(img))"]


def test_words_of_a_slide_take_the_room_that_is_counted_and_what_takes_more_scrolls():
    look = (ROOT / "notebooks" / "rise.css").read_text(encoding="utf-8")
    rules = dict(re.findall(r"^\.reveal (\S.*?) \{ (.*) \}", look, re.MULTILINE))
    prose = ".jp-RenderedHTMLCommon"
    size, high = map(float, re.findall(r"font-size: (\d+)px; line-height: (.*);", rules[prose])[0])
    assert slides.LINE - 5 < size * high <= slides.LINE
    first, *others = (int(re.search(r"\d+", rules[f"{prose} h{n}"])[0]) for n in (1, 2, 3))
    assert first > others[0] > others[1] > size and first * high <= 2 * slides.LINE
    for place, rule in rules.items():
        if "max-height" in rule and place.endswith((" img", "-inputWrapper")):
            assert ("width: auto" if place.endswith(" img") else "overflow-y: auto") in rule, place
    heights = {
        place: int(re.findall(r"max-height: (\d+)|$", r)[0] or 0) for place, r in rules.items()
    }
    assert heights[f"{prose} img"] + slides.GAP <= slides.height_of_block("![")
    beside = heights[".jp-CodeCell:has(img) .jp-Cell-inputWrapper"]  # code, and its picture below
    assert beside + heights[".jp-OutputArea-output img"] + 2 * slides.GAP <= slides.PAGE
