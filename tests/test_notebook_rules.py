"""Each rule for notebooks still finds what it is there for: a page with one slip, and one without."""

import base64
import functools
import io
from types import SimpleNamespace

import nbformat
import pytest
import test_notebook_claims as claims
import test_notebook_code as code_rules
import test_notebook_formulas as formulas
import test_notebook_links as links
import test_notebook_pages as pages
import test_notebook_slips as slips
import test_notebook_words as words
import test_notebooks as form
import test_same_code as same
from lessons import LESSONS
from PIL import Image

NAME = LESSONS[2].name  # what is planted stands on a page with the name of lesson 3
IGNORED = {"tags": ["nbval-ignore-output"]}


def prose(*paragraphs):
    return nbformat.v4.new_markdown_cell("\n\n".join(paragraphs))


def code(source, *outputs, **metadata):
    return nbformat.v4.new_code_cell(
        source, execution_count=1, outputs=list(outputs), metadata=metadata
    )


def output(kind="stream", **fields):
    return nbformat.v4.new_output(kind, **fields)


def png(shade):
    buffer = io.BytesIO()
    Image.new("L", (24, 16), shade).save(buffer, "png")
    return base64.b64encode(buffer.getvalue()).decode()


def picture(alt="A pole that leans to the right.", caption=None, still=0, width=24):
    image = f'<img alt="{alt}" src="data:image/png;base64,{png(0)}" width="{width}">'
    html = f"<div>{image}<p><em>{caption or alt}</em></p></div>"
    words = "A pole that leans to the right."
    data = {"text/plain": words, "text/html": html, "image/png": png(still)}
    return output("display_data", data=data)


def each(rule, kind, right, *wrong):
    """Return a row for each wrong text: a rule, a page that it must accept, one that it must refuse."""
    return [(rule, [kind(right)], [kind(text)]) for text in wrong]


CLAIMS = [
    *each(
        claims.test_an_assert_speaks_to_whoever_trips_it,
        code,
        "assert x, 'not so'",
        "assert x",
        "assert x, '...'",
    ),
    *each(
        claims.test_an_assert_can_fail,
        code,
        "assert np.isclose(x, y, atol=0.05), 'far'",
        "assert True, 'no'",
        "assert (x, 'no')",
        "assert x == x, 'no'",
        "assert x > 1 or 1, 'no'",
        "assert len(x) >= 0, 'no'",
        "assert np.allclose(x, x), 'no'",
        "assert np.isclose(x, y, atol=0.5), 'far'",
        "assert x - y < 0.1, 'far'",
        "assert np.isclose(x, y, rtol=0.2), 'far'",
        "if True:\n    x = 1",
    ),
    *each(
        claims.test_an_assert_asks_all_that_it_speaks_of,
        code,
        "assert min(x) > 1 and max(x) < 9 and not any(y), 'no'",
        "assert max(x) > 1, 'no'",
        "assert x.min() <= 1, 'no'",
        "assert 1 < max(x), 'no'",
        "assert any(x), 'no'",
        "assert x > 1 or y > 1, 'no'",
        "assert x, 'no'",
        "assert np.array_equal, 'no'",
    ),
    *each(
        claims.test_no_error_is_swallowed,
        code,
        "try:\n    f()\nexcept ValueError as error:\n    print(error)",
        "try:\n    f()\nexcept ValueError:\n    pass",
        "try:\n    f()\nexcept ValueError as error:\n    pass",
        "try:\n    f()\nexcept BaseException as error:\n    print(error)",
        "with suppress(ValueError):\n    f()",
    ),
    (
        claims.test_what_is_ignored_is_asserted_soon,
        [code("x = f()", **IGNORED), code("assert x, 'no'")],
        [code("x = f()", **IGNORED), code("assert y, 'no'")],
    ),
]
CODE = [
    *each(
        code_rules.test_every_cell_is_plain_python,
        code,
        "x = 1 % 2",
        "!ls",
        "%time x",
        "x = !ls",
        "x?",
    ),
    *each(
        code_rules.test_only_what_the_course_installs_is_imported,
        code,
        "import numpy",
        "import os",
        "from os import path",
        "from . import numpy",
    ),
    *each(
        code_rules.test_nothing_is_fetched_or_started,
        code,
        "x = f(y)",
        "urlopen(x)",
        "x.system(y)",
        "from x import subprocess",
        "from urllib.request import Request",
        "x = 'https://a.org/b'",
        "warnings.simplefilter('ignore')",
    ),
    *each(
        code_rules.test_nothing_is_left_beside_the_lesson,
        code,
        "net.save(Path(folder) / 'x')\nopen('x')\nrun_study(x, y, folder / 'z')",
        "net.save('x')",
        "plt.savefig('x')",
        "open('x', 'w')",
        "run_study(x, y)",
        "run_study(x, y, path='z')",
    ),
    *each(
        code_rules.test_dice_have_a_seed_and_loops_something_to_do,
        code,
        "for i in [1]:\n    np.random.default_rng(i)",
        "np.random.default_rng()",
        "keras.random.SeedGenerator()",
        "for i in []:\n    x",
        "all(i for i in ())",
    ),
    *each(
        code_rules.test_a_cell_that_trains_a_network_builds_it,
        code,
        "net = f()\ntrain_reinforce(policy_net=net)",
        "train_reinforce(policy_net=net)",
    ),
    *each(
        code_rules.test_what_has_a_label_has_a_legend,
        code,
        "ax.plot(x, label='a')\nax.legend()\nshow(ax, 'b')",
        "ax.plot(x, label='a')\nshow(ax, 'b')",
    ),
    *each(
        code_rules.test_a_figure_on_axes_of_its_own_says_what_they_are,
        code,
        "ax = plt.subplots()[1]\nax.set(xlabel='a', ylabel='b')\nshow(ax, 'c')",
        "ax = plt.subplots()[1]\nax.set(xlabel='a')\nshow(ax, 'c')",
    ),
    *each(
        code_rules.test_no_other_code_under_a_name_of_the_library,
        code,
        "def evaluate():\n    pass",
        "evaluate = 1",
        "import numpy as evaluate",
        "from numpy import evaluate",
        "def f():\n    def evaluate():\n        pass",
    ),
    *each(
        code_rules.test_every_written_in_is_true,
        code,
        "from cartpole_lib.policies import (\n    lean_policy,\n)  # written in notebook 01",
        "from cartpole_lib.policies import (\n    lean_policy,\n)  # written in notebook 02",
    ),
    *each(
        same.test_written_in_tells_the_truth,
        code,
        "from cartpole_lib.policies import lean_policy  # written in notebook 01",
        "from cartpole_lib.policies import lean_policy  # written in notebook 02",
    ),
    *each(same.test_guards_stand_outside, code, "x = 1", "@guard\ndef f():\n    pass"),
    *each(
        same.test_a_library_name_in_a_lesson_has_the_librarys_code,
        code,
        "def f():\n    return 1",
        "def lean_policy(observations):\n    return 1",
        "def discounted_returns(rewards, gamma, bootstrap=0.0):\n    return rewards",
    ),
    *each(
        same.test_a_lesson_defines_each_name_once,
        code,
        "def f():\n    pass",
        "def f():\n    pass\n\n\ndef f():\n    pass",
    ),
]


@functools.wraps(links.test_links_lead_where_they_say)
def links_lead_where_they_say(path):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(links, "ROOT", path.parent)
        links.test_links_lead_where_they_say(path)


PAPER = "## Further reading\n\n- Nota and Thomas ({}), *{}*: what is lost."
SAME = (
    "## Exercises\n\nWrite your answer in place of `raise NotImplementedError`, run the cell, then "
    "the one {} it.\n\n### How far did you get?\n\nAs you last checked them, and only in this "
    "kernel: {}."
)
LINKS = [
    *each(
        links_lead_where_they_say,
        prose,
        f"# A\n\n[Keras](https://keras.io/a), [above](#A), [lesson 3]({NAME}#A)",
        "[zz](https://a.org)",
        "[zz](none.ipynb)",
        "[zz](../)",
        "# A\n\n[zz](#B)",
        f"# A\n\n[lesson 4]({NAME})",
        '<a href="none.md">zz</a>',
        "[a]: none.md",
        "See https://a.org.",
    ),
    *each(
        links.test_numbers_of_a_page_agree,
        prose,
        "# 3. Which action earned the reward?\n\n## 3.1 A\n\n## 3.2 B",
        "# 3. Which action earned the reward?\n\n## 3.1 A\n\n## 3.3 B",
        "# 3. Which action earned the reward?\n\n## 2.1 A",
        "# 3. Another title",
    ),
    (
        links.test_numbers_of_a_page_agree,
        [prose("# 3. Which action earned the reward?"), code('check("3a", f)\nprogress(3)')],
        [prose("# 3. Which action earned the reward?"), code('check("2a", f)\nprogress(3)')],
    ),
    *each(
        links.test_lessons_and_sections_that_are_named_exist,
        prose,
        "As lesson 8 says, section 3.7, and a few words (3.1). In 3.6 it went down by 2.4 m.",
        "As lesson 9 says.",
        "As section 3.0 says.",
        "A few words (3.0).",
        "In 3.9 we saw it.",
    ),
    *each(
        links.test_a_lesson_needs_earlier_ones_and_leads_to_the_next,
        prose,
        "**You need** lessons 1 to 2, sums.\n\nNext: [4. A](04_a.ipynb)",
        "**You need** lesson 3, sums.\n\nNext: [4. A](04_a.ipynb)",
        "**You need** lesson 2, sums.\n\nNext: [4. A](02_a.ipynb)",
    ),
]
LINKS += [
    *each(
        links.test_what_a_lesson_is_said_to_have_done_came_before,
        prose,
        "# 3. A\n\n## 3.1 A\n\nLesson 2 found it, lesson 5 takes it, 3.2 shows it.",
        "# 3. A\n\nLesson 5 found it.",
        "# 3. A\n\nLesson 4 also *divided* it.",
        "# 3. A\n\nSee lesson 3.",
        "# 3. A\n\n## 3.1 A\n\nSection 3.1 shows it.",
    ),
    *each(
        links.test_a_paper_has_one_year_and_one_title,
        prose,
        PAPER.format(2020, "Is the policy gradient a gradient?") + "\n\n(Nota and Thomas 2020)",
        PAPER.format(2021, "Is the policy gradient a gradient?"),
        PAPER.format(2020, "Is it a gradient?"),
        "As was shown (Nota and Thomas 2021).",
    ),
    *each(
        links.test_what_stands_in_every_lesson_is_the_same_in_all,
        prose,
        SAME.format("below", "nothing is kept"),
        SAME.format("above", "nothing is kept"),
        SAME.format("below", "all is kept"),
    ),
]
PAGES = [
    (
        pages.test_words_of_a_picture_are_the_same_everywhere,
        [code("x", picture())],
        [code("x", picture(alt="A pole that leans to the left."))],
    ),
    (
        pages.test_words_of_a_picture_are_the_same_everywhere,
        [code("x", picture())],
        [code("x", picture(caption="A pole that leans to the left."))],
    ),
    (
        pages.test_both_forms_of_a_picture_show_the_same,
        [code("x", picture())],
        [code("x", picture(still=99))],
    ),
    (
        pages.test_what_is_printed_or_shown_is_stored,
        [code("print(1)", output(text="1")), code("def f():\n    print(1)"), code("x", picture())],
        [code("for i in x:\n    print(i)")],
    ),
    (
        pages.test_what_is_printed_or_shown_is_stored,
        [code("x", picture())],
        [code("x", output("display_data", data={"text/html": "<p>a</p>"}))],
    ),
    (
        pages.test_a_picture_is_that_of_its_cell,
        [code("plt.subplots(figsize=(0.3, 0.2))", picture())],
        [code("plt.subplots(figsize=(0.3, 0.3))", picture())],
    ),
    (
        pages.test_a_picture_is_that_of_its_cell,
        [code("x", picture()), code("y", picture(still=9))],
        [code("x", picture()), code("y", picture())],
    ),
    (
        pages.test_a_picture_is_that_of_its_cell,
        [code("x", picture())],
        [code("x", picture(width=12))],
    ),
    (
        pages.test_a_picture_is_that_of_its_cell,
        [code("x", output(text="1"))],
        [code("x", output("display_data", metadata={"image/png": {"width": 9}}))],
    ),
    *each(
        pages.test_images_in_prose_have_words,
        prose,
        '<img alt="A pole that leans to the right.">',
        '<img alt="A pole">',
        "<img>",
    ),
    *each(
        pages.test_no_script_and_nothing_from_elsewhere,
        prose,
        "<i>b</i> is on the left",
        "<script>a</script>",
        '<i onclick="a">b</i>',
        "[a](javascript:b)",
        '<img src="https://a.org/b.png">',
    ),
    (
        pages.test_no_script_and_nothing_from_elsewhere,
        [code("x", picture())],
        [code("x", output("display_data", data={"application/javascript": "a"}))],
    ),
    *each(
        pages.test_no_path_of_a_machine,
        prose,
        "a/tmp/b, and/or https://a.org/home/b",
        "/tmp/b",
        r"C:\b",
        "~/b",
        "file://b",
        "localhost",
        "192.168.0.1",
    ),
    *each(form.test_no_trace_of_a_machine, prose, "a home", "/home/b", "/Users/b"),
]
RACE = (
    "### The race\n\nIn at most **{} training episodes** it takes a mean return of at least {} over "
    "100 evaluation episodes. A referee hands out name and seed."
)
SLIPS = [
    *each(
        slips.test_nothing_is_left_of_a_merge_or_a_draft,
        prose,
        "A",
        "<<<<<<< HEAD",
        "=======",
        "TODO: more",
        "<!-- more -->",
    ),
    *each(
        slips.test_no_paragraph_comes_twice,
        prose,
        "a " * 40 + "\n\n" + "b " * 40,
        ("a " * 40 + "\n\n") * 2,
    ),
    *each(
        slips.test_letters_are_those_of_the_course,
        prose,
        "π ≥\n0",
        "â",
        "a\u200bb",
        "a\u00a0b",
        "$\theta$",
        "$\beta$",
    ),
    (slips.test_no_code_comes_twice, [code("x"), code("y")], [code("x"), code("x")]),
    *each(
        slips.test_sentences_are_written_as_usual,
        prose,
        "An hour, a unit, an actor. Of −1 and `-1` one (a) is **an** error.",
        "It is so , and not so.",
        "It is so..",
        "It is so. and not so.",
        "It is -1.",
        "A trajectory ends.",
        "It has a actor.",
        "It is an **baseline**.",
    ),
    *each(
        slips.test_no_word_is_another_with_two_letters_exchanged,
        prose,
        "All rewards are quiet.",
        "All rewadrs are quiet.",
    ),
    (
        slips.test_cells_are_code_or_words_and_none_is_folded,
        [code("x", slideshow={"slide_type": "-"})],
        [code("x", jupyter={"source_hidden": True})],
    ),
    (
        slips.test_cells_are_code_or_words_and_none_is_folded,
        [prose("A")],
        [nbformat.v4.new_raw_cell("A")],
    ),
    (
        slips.test_a_bar_is_stored_full,
        [code("x", output(text="100%|####|"))],
        [code("x", output(text=" 40%|##  |"))],
    ),
    *each(slips.test_no_word_comes_twice, prose, "that is", "that that is", "the\nthe"),
    *each(
        slips.test_brackets_quotation_marks_and_bold_are_closed,
        prose,
        'A (b) [c] "d" **e**',
        "A (b",
        "A [b",
        'A "b',
        "A **b",
        "A ** b**",
    ),
    *each(slips.test_a_paragraph_ends_as_a_sentence_does, prose, "A.\n\n$$x$$", "A\n\nB.", "A,"),
    *each(
        slips.test_words_are_spelt_as_in_the_other_lessons,
        prose,
        "`color`, colour",
        "color",
        "Normalize",
        "standardized",
    ),
    *each(slips.test_a_heading_comes_once, prose, "# A\n\n## B", "# A\n\n## A"),
    *each(
        slips.test_headings_links_and_tables_are_what_they_look_like,
        prose,
        "# A\n\n| b | c |\n|---|---|\n| d | e |",
        "#A",
        "[a] (b.md)",
        "| b | c |\n|---|---|\n| d |",
    ),
    *each(
        slips.test_formulas_are_closed_known_and_numbered_once,
        prose,
        r"$\gamma$ and $$x \tag{1}$$ By (1), and $V(7)$ of others (2019)",
        "$x",
        "By (1)",
        r"$\gama$",
        r"$$x \tag{2}$$",
    ),
    *each(
        slips.test_what_is_folded_is_closed_and_begins_folded,
        prose,
        "<details><summary>A</summary><code>b</code></details>",
        "<details open><summary>A</summary>b</details>",
        "<details><summary>A</summary>b",
        "<details><summary>A</summary>`b`</details>",
        "<details><summary>A</summary><code>b</details>",
        "<details><summary>A</summary><i>b</details>",
        "<details><summary>A</summary>**b**</details>",
    ),
    *each(
        slips.test_files_that_are_named_exist, prose, "`tests/ledger.py`", "`tests/no_such_file.py`"
    ),
    *each(
        slips.test_the_table_of_lessons_has_title_and_minutes,
        prose,
        "# 3. Which action earned the reward?\n\n40 minutes to read, an hour more",
        "# 3. Which action earned the reward?\n\n40 minutes to read, 50 more",
        "# 3. Which action?\n\n40 minutes to read, an hour more",
    ),
    *each(
        slips.test_a_question_has_one_right_answer,
        prose,
        "### Questions\n\n**A?**\n<summary>B</summary>Right.\n<summary>C</summary>Tempting.",
        "### Questions\n\n**A?**\n<summary>B</summary>Right.\n<summary>C</summary>Right.",
        "### Questions\n\n**A?**\n<summary>B</summary>Tempting.\n<summary>C</summary>Tempting.",
        "### Questions\n\n**A?**\n<summary>B</summary>Right.",
    ),
    *each(
        slips.test_a_question_has_one_right_answer,
        prose,
        "### Questions\n\n**A?**\n<summary>B</summary>Right. So.</details>\n<summary>C</summary>No.",
        "### Questions\n\n**A?**\n<summary>B</summary>Right. But.</details>\n<summary>C</summary>No.",
    ),
    *each(
        slips.test_there_are_three_questions,
        prose,
        "### Questions\n\n**A?**\n\n**B?**\n\n**C?**",
        "### Questions\n\n**A?**\n\n**B?**",
    ),
    *each(
        slips.test_your_turn_has_an_answer,
        prose,
        f"**Your turn.** A? <details><summary>The answer</summary>{'B ' * 20}</details>",
        "**Your turn.** A?",
        "**Your turn.** A? <details><summary>The answer</summary></details>",
    ),
    *each(
        slips.test_the_race_has_the_rules_of_its_referee,
        prose,
        RACE.format(200, 490),
        RACE.format(100, 490),
        RACE.format(200, 475),
    ),
    (
        slips.test_a_stub_offers_the_words_that_its_check_knows,
        [code('# return "better", "the same" or "worse"'), code('check("1a", f)')],
        [code('# return "better" or "worse"'), code('check("1a", f)')],
    ),
    *each(slips.test_exercises_that_are_named_exist, prose, "Exercise 3a", "Exercise 3z"),
]
WORDS = [
    (
        words.test_a_number_in_prose_is_in_a_cell_near_it,
        [prose("# A"), prose("It took 37 steps, or forty."), code("x = 37, 40")],
        [prose("# A"), prose("It took 37 steps, or forty."), code("x = 37, 41")],
    ),
    (
        words.test_a_number_in_prose_is_in_a_cell_near_it,
        [prose("# A"), prose("1,234 steps"), *[code("y")] * 9, code("x", output(text="1,234"))],
        [prose("# A"), prose("1,234 steps"), *[code("y")] * 10, code("x", output(text="1,234"))],
    ),
    *each(
        words.test_a_name_in_prose_exists,
        prose,
        "`discounted_returns` and `len`",
        "`discount_returns`",
        "<code>discount_returns</code>",
        "## Recap\n\n`save_policy`",
    ),
]
WORDS += [
    *each(
        words.test_a_caption_says_what_is_drawn,
        code,
        'n = 30\nax.axhline(1, linestyle="--")\nshow(ax, "Thirty runs. Dashed: one.")',
        'n = 40\nax.axhline(1, linestyle="--")\nshow(ax, "Thirty runs. Dashed: one.")',
        'n = 30\nax.axhline(1, linestyle=":")\nshow(ax, "Thirty runs. Dashed: one.")',
    ),
    *each(
        words.test_a_call_in_prose_has_arguments_that_the_function_takes,
        prose,
        "`partial(train_reinforce, gamma=0.9)` and `unknown(x=1)`",
        "`partial(train_reinforce, lam=0.9)`",
        "`standardize(returns, 1)`",
        "<code>standardize(rewards=1)</code>",
    ),
    *each(
        words.test_parts_of_modules_and_functions_handed_over_are_those_of_the_code,
        prose,
        "`tf.function`, `weigh=standardize` and `lam=1`",
        "`keras.function`",
        "`update=standardize`",
    ),
    *each(words.test_what_a_cell_keeps_is_used, code, "x = 1\nprint(x)", "x = 1"),
]
FORMULAS = [
    *each(
        formulas.test_a_formula_is_whole,
        prose,
        r"$G_{t+1} \text{mean}(x)^2$",
        "$G_{t+1$",
        "$(x$",
        "$gamma$",
        "$G_t+1$",
        "$x^10$",
    ),
    *each(
        formulas.test_what_is_worked_by_hand_is_right,
        prose,
        "$2 \\cdot (-3) = -6$, $x + 1 = 3$\n\n| 1 + 2 · 3 = 7 |",
        "$2 \\cdot (-3) = 6$",
        "| 1 + 2 · 3 = 9 |",
    ),
    *each(
        formulas.test_an_equation_of_the_recap_stands_in_the_text,
        prose,
        "$$a = b = c - d$$\n\n## Recap\n\n| e | $a = c - \\, d$ |",
        "$$a = b = c - d$$\n\n## Recap\n\n| e | $a = c + d$ |",
    ),
    *each(
        formulas.test_blocks_stand_apart,
        prose,
        "A:\n\n- b\n- c\n\n| d |\n|---|\n| e |",
        "A:\n- b",
        "A:\n1. b",
        "A\n# b",
        "A\n| d |\n|---|",
        "| d |\n| e |",
    ),
    *each(
        formulas.test_code_letters_and_emphasis_are_closed,
        prose,
        "`a` is *b*\n\n- **c**",
        "`a is b",
        "a is *b",
        "    a",
        "\\alpha",
        "`a\\_b`",
        "```\na",
    ),
    *each(
        formulas.test_a_name_of_the_code_stands_in_code_letters,
        prose,
        "`a_b` of shape (n_steps,) [c](d_e.md)",
        "a_b is c",
    ),
    *each(
        formulas.test_tags_are_those_of_the_course,
        prose,
        "<b>a</b> and `<br>`",
        "<b>a",
        "a<br>",
        "a &lt; b",
    ),
    *each(
        formulas.test_headings_are_short_and_the_only_ones,
        prose,
        "# A\n\n**B** is",
        "# A is B.",
        "# " + "a" * 61,
        "# A\n\n**B?**",
    ),
    *each(
        formulas.test_what_is_numbered_counts_by_one,
        prose,
        "1. a\n2. b\n\n| 2 | c |\n| 1 | d |\n\nNumber 1 is\n\nNumber 2 is",
        "1. a\n3. b",
        "2. a\n3. b",
        "| 1 | c |\n| 3 | d |",
        "Number 1 is\n\nNumber 3 is",
    ),
]
FORM = [
    (form.test_format, [code("x", tags=[])], [code("x", collapsed=True)]),
    (
        form.test_outputs_are_those_of_one_run_from_top_to_bottom,
        [code("x", output(text="1"))],
        [code("x"), code("x")],
    ),
    (
        form.test_outputs_are_those_of_one_run_from_top_to_bottom,
        [code("x", output(text="1"))],
        [code("x", output(name="stderr", text="1"))],
    ),
    (
        form.test_outputs_are_those_of_one_run_from_top_to_bottom,
        [code("x", output(text="1"))],
        [code("x", output("error", ename="A", evalue="", traceback=[]))],
    ),
    (
        form.test_outputs_are_those_of_one_run_from_top_to_bottom,
        [code("x", output("execute_result", execution_count=1))],
        [code("x", output("execute_result", execution_count=2))],
    ),
    *each(form.test_outputs_are_those_of_one_run_from_top_to_bottom, code, "x", " "),
    *each(form.test_no_semicolon_hides_an_output, code, "x = ';'", "x;", "x; "),
    *each(
        form.test_headings_do_not_skip, prose, "# A\n\n## B", "# A\n\n### B", "## A", "# A\n\n# B"
    ),
    *each(form.test_images_and_links, prose, "A", "![a](none.png)", "[a](none.md)"),
    (
        form.test_shown_images_have_words,
        [code("x", picture())],
        [code("x", output("display_data", data={"image/png": png(0)}))],
    ),
    (form.test_shown_images_have_words, [code("x", picture())], [code("x", picture(alt="A pole"))]),
    (
        form.test_few_outputs_are_ignored,
        [code("x", **IGNORED), *[code("y")] * 9],
        [code("x", **IGNORED), *[code("y")] * 8],
    ),
    (form.test_few_outputs_are_ignored, [code("x")], [code("x", tags=["raises-exception"])]),
    *each(form.test_few_outputs_are_ignored, code, "x", "# NBVAL_SKIP\nx"),
    *each(
        form.test_a_world_is_registered_so_that_its_cell_can_be_run_twice,
        code,
        "gym.registry.pop(x, None)\ngym.register(x)",
        "gym.register(x)",
    ),
    (
        form.test_register,
        [prose("word " * 130), code("x\n" * 5)],
        [prose("word " * 131), code("x\n" * 5)],
    ),
    (
        form.test_register,
        [prose("word " * 130), code("x\n" * 5)],
        [prose("word " * 130), code("x\n" * 6)],
    ),
    (
        form.test_register,
        [prose("word " * 130), code("x\n" * 5)],
        [prose("word " * 39), code("x\n" * 5)],
    ),
    (
        form.test_slides_are_set_by_rule,
        [code("x", slideshow={"slide_type": "-"})],
        [code("x", slideshow={"slide_type": "slide"})],
    ),
    *each(
        form.test_functions_are_short,
        code,
        "def f():\n" + "    x\n" * 24,
        "def f():\n" + "    x\n" * 25,
    ),
    (
        form.test_a_heading_every_few_cells,
        [prose("# A"), *[code("x")] * 10],
        [prose("# A"), *[code("x")] * 11],
    ),
]
ROWS = CLAIMS + CODE + FORMULAS + LINKS + PAGES + SLIPS + WORDS + FORM


def written(folder, cells):
    """Write a lesson of these cells into a folder; return its path."""
    path = folder / NAME
    folder.mkdir()
    cells = [nbformat.from_dict({**cell, "id": f"cell-{i}"}) for i, cell in enumerate(cells)]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=form.NOTEBOOK_METADATA)
    path.write_text(nbformat.v4.writes(notebook), encoding="utf-8")
    return path


# To load all exercises, and to read all notebooks for the names of the library, takes seconds.
EXERCISE = SimpleNamespace(right=lambda: "worse", wrong=[lambda: "better", lambda: "the same"])


@pytest.mark.parametrize(("rule", "right", "wrong"), ROWS, ids=lambda x: getattr(x, "__name__", ""))
def test_a_rule_refuses_a_slip_and_nothing_else(rule, right, wrong, tmp_path, monkeypatch):
    monkeypatch.setattr(slips, "exercises_of", lambda lesson: {f"{lesson}a": EXERCISE})
    monkeypatch.setattr(code_rules, "known", lambda: {"evaluate"})
    rule(written(tmp_path / "right", right))
    with pytest.raises(AssertionError):
        rule(written(tmp_path / "wrong", wrong))


def test_no_rule_is_left_out():
    """A new rule gets a slip above. Those left out need the course around their notebook."""
    modules = claims, code_rules, formulas, links, pages, slips, words, form, same
    rules = {
        rule.__name__
        for module in modules
        for rule in vars(module).values()
        if getattr(rule, "__module__", "") == module.__name__
        and rule.__name__.startswith("test_")
        and any("path" in mark.args[0] for mark in getattr(rule, "pytestmark", []))
    }
    assert rules - {rule.__name__ for rule, _, _ in ROWS} == {
        "test_the_parts_of_a_lesson",
        "test_a_name_in_a_document_stands_in_a_file",
        "test_solutions_and_lessons_lead_to_each_other",
        "test_every_exercise_has_a_solution",
        "test_a_library_name_in_a_solution_has_the_librarys_code",
    }
