"""Every exercise answers: right answers in any form, known wrong ones by name, the blank stub."""

import functools
import importlib
import itertools
import re
import signal
import sys
import warnings
from fractions import Fraction

import gymnasium as gym
import nbformat
import numpy as np
import pytest
from lessons import LESSONS, NOTEBOOKS, ROOT, cells

from cartpole_lib import rollout
from cartpole_lib.exercises import Exercise, check, lesson_6, progress
from cartpole_lib.exercises.checking import CHANGED, UNSTEADY, exercises_of, judge, known_outcomes
from cartpole_lib.exercises.comparing import RIGHT as RIGHT_SO_FAR
from cartpole_lib.exercises.comparing import difference, same, shown
from cartpole_lib.exercises.exercise import sentence_of
from cartpole_lib.exercises.lesson_1 import SIGNS, mean_returns
from cartpole_lib.exercises.lesson_2 import p_before_and_after
from cartpole_lib.exercises.lesson_3 import first_returns
from cartpole_lib.exercises.lesson_4 import downhill
from cartpole_lib.exercises.lesson_8 import ShakenWorld
from cartpole_lib.exercises.trying_worlds import how_it_blurs, size_of

# As in a notebook: a warning is no error of the answer, which would be another outcome.
pytestmark = pytest.mark.filterwarnings("ignore")
NUMBERS = [
    n for n in range(1, 9) if (ROOT / "cartpole_lib" / "exercises" / f"lesson_{n}.py").exists()
]
EXERCISES = {name: exercise for n in NUMBERS for name, exercise in exercises_of(n).items()}
ANSWERS = {n: importlib.import_module(f"answers.lesson_{n}") for n in NUMBERS}
RIGHT = [
    (name, form) for n in NUMBERS for name in ANSWERS[n].RIGHT for form in ANSWERS[n].RIGHT[name]
]
WRONG = [
    (name, words, form)
    for n in NUMBERS
    for name in ANSWERS[n].WRONG
    for words, form in ANSWERS[n].WRONG[name].items()
]


def words_of(verdict):
    return " ".join(str(verdict).split())


@pytest.mark.parametrize("name", EXERCISES)
def test_ours_is_right_and_the_blank_stub_is_not(name):
    def blank(*arguments):
        raise NotImplementedError

    ours = EXERCISES[name]
    assert check(name, ours.right).status == "right"
    found = known_outcomes(ours.run, ours.cases, ours.right)
    assert not [outcome for outcome in found if isinstance(outcome, Exception)]
    assert str(check(name, blank)) == f"{name} not attempted yet."


@pytest.mark.parametrize("name", EXERCISES)
def test_every_known_wrong_answer_is_told_its_own_sentence(name):
    for function in EXERCISES[name].wrong:
        verdict = check(name, function)
        assert verdict.status == "wrong" and sentence_of(function) in verdict.words


@pytest.mark.parametrize("name", EXERCISES)
def test_wrong_answers_are_told_apart(name):
    exercise = EXERCISES[name]
    found = [known_outcomes(exercise.run, exercise.cases, each) for each in exercise.wrong]
    for i, first in enumerate(found):
        assert not any(all(map(same, first, second)) for second in found[:i])


@pytest.mark.parametrize(("name", "form"), RIGHT)
def test_a_right_answer_in_another_form_is_right(name, form):
    assert check(name, form).status == "right", check(name, form)


def test_every_exercise_has_two_right_forms():
    for n in NUMBERS:
        assert all(len(ANSWERS[n].RIGHT[name]) >= 2 for name in exercises_of(n))


@functools.cache
def verdict_on(name, words):
    return check(name, ANSWERS[int(name[0])].WRONG[name][words])


@pytest.mark.parametrize(("name", "words", "form"), WRONG)
def test_a_wrong_answer_is_told_why(name, words, form):
    verdict = verdict_on(name, words)
    said = words_of(verdict)
    if "lambda" in getattr(form, "__name__", ""):  # its line stands beside the words in the table
        said = said.split(", in the line: ")[0]
    assert verdict.status == "wrong" and words in said, verdict


@pytest.mark.parametrize("name", EXERCISES)
def test_every_known_wrong_answer_is_also_written_as_a_learner_would(name):
    """Else its sentence may be of a mistake that nobody makes in just this way."""
    told = [verdict_on(name, words).words for words in ANSWERS[int(name[0])].WRONG[name]]
    for function in EXERCISES[name].wrong:
        assert any(sentence_of(function) in words for words in told), function.__name__


def test_enough_wrong_answers_have_names():
    assert sum(len(exercise.wrong) for exercise in EXERCISES.values()) >= 5 * len(NUMBERS)


def test_an_answer_that_cannot_be_diagnosed_is_shown_its_error():
    words = words_of(check("1d", lambda: 1 / 0))
    assert words.startswith("1d wrong") and "ZeroDivisionError" in words


def test_progress_is_of_the_last_check():
    check("1a", lambda: "worse")
    check("1b", lambda observations: None)
    assert str(progress(1)).splitlines()[:2] == ["1a right", "1b wrong"]
    assert str(progress(1)).splitlines()[:2] == ["1a right", "1b wrong"]  # asked once more


def test_progress_of_what_was_never_checked(monkeypatch):
    monkeypatch.setattr("cartpole_lib.exercises.checking.VERDICTS", {})
    assert str(progress(3)).splitlines() == [f"3{letter} not attempted" for letter in "abcd"]


def test_an_answer_that_stops_is_not_diagnosed_any_further():
    assert "ZeroDivisionError" in str(check("1d", lambda: 1 / 0))


def test_no_such_exercise():
    with pytest.raises(ValueError, match="no '1z'"):
        check("1z", lambda: None)
    with pytest.raises(ValueError, match="from 1 to 8, not 9"):
        progress(9)


@pytest.mark.parametrize("name", [test_no_such_exercise, 3, "9a", "b3", "", ["3b"], None])
def test_whatever_is_no_name_of_an_exercise_is_told_so(name):
    with pytest.raises(ValueError, match="name must be an exercise, such as '3b'; there is no "):
        check(name, lambda: None)


def test_an_error_of_a_library_is_no_blank_stub():
    def of_a_library(observations):
        raise NotImplementedError("this cannot be done")

    assert "stopped with NotImplementedError: this cannot be done" in words_of(
        check("1b", of_a_library)
    )


def test_a_weigh_that_changes_the_returns_does_not_change_later_checks():
    def all_the_first(returns):
        for episode in returns:
            episode[:] = episode[0]
        return returns

    def in_place(train, seed):
        return train(seed=seed, n_envs=1, n_updates=100, weigh=all_the_first)

    exercise = EXERCISES["4b"]
    before = judge(exercise, in_place)
    assert judge(exercise, in_place) == before and "so nothing is compared" in before[1]
    again = exercise.run(exercise.right, 3)
    assert same(again, known_outcomes(exercise.run, exercise.cases, exercise.right)[0])


def test_what_comes_otherwise_at_another_call_is_told_so_and_nothing_else_is():
    exercise = Exercise(lambda n: [n], cases=lambda: [(1,), (2,)])
    kept = []

    def adds_to_a_list_outside(n):
        kept.append(n)
        return kept

    assert judge(exercise, adds_to_a_list_outside) == ("wrong", UNSTEADY)
    assert judge(exercise, adds_to_a_list_outside) == ("wrong", UNSTEADY)
    rng = np.random.default_rng(0)
    assert judge(exercise, lambda n: [rng.random()]) == ("wrong", UNSTEADY)
    for steady in (
        lambda n: [n, n],
        lambda n: (i for i in [n]),  # another generator at each call
        lambda n: object(),
        lambda n: {"n": np.ones(3)},
        lambda n: [np.nan],
        stops_in_other_words,
    ):
        assert judge(exercise, steady)[1] != UNSTEADY


def stops_in_other_words(n, count=itertools.count()):  # noqa: B008
    raise ValueError(f"{n} at {next(count)}")


def test_an_answer_that_is_written_for_some_cases_is_not_attempted():
    exercise = Exercise(lambda n: n, cases=lambda: [(1,), (2,), (3,)])
    for blank in ((2, 3), (2,)):

        def half_written(n, blank=blank):
            if n in blank:
                raise NotImplementedError
            return n

        status, words = judge(exercise, half_written)
        assert status == "not attempted" and "below lines of yours" in words


def test_an_answer_that_calls_what_is_not_written_is_told_so():
    def not_written(n):
        raise NotImplementedError

    def leans_on_it(n):
        return not_written(n)

    exercise = Exercise(lambda n: n, cases=lambda: [(1,)])
    words = "It calls not_written, which still raises NotImplementedError."
    assert judge(exercise, leans_on_it) == ("not attempted", words)
    decorated = functools.wraps(not_written)(lambda n: not_written(n))
    for blank in (not_written, decorated):
        assert judge(exercise, blank) == ("not attempted", "")


class NoNumbers:
    def __array__(self, *_, **__):
        raise ValueError("it is symbolic")


def test_what_has_no_numbers_and_what_ends_the_program_end_no_check():
    exercise = Exercise(lambda n: n, cases=lambda: [(1,)])
    assert "returned a NoNumbers, where a number" in judge(exercise, lambda n: NoNumbers())[1]
    for answer in (lambda n: sys.exit(1), lambda n: pytest.skip("later")):
        status, words = judge(exercise, answer)
        assert status == "wrong" and words.startswith("It stopped with S")
    ends_elsewhere = exercise._replace(diagnose=lambda answer: sys.exit(1))
    assert judge(ends_elsewhere, lambda n: 2)[1].startswith("Other numbers")


def test_a_list_that_holds_itself_is_told_so():
    def appends_the_list(n):
        doubled = []
        for _ in range(2):
            doubled.append(doubled)
        return doubled

    exercise = Exercise(lambda n: [2 * n], cases=lambda: [(1,)])
    for answer in (appends_the_list, lambda n: {"n": appends_the_list(n)}):
        words = judge(exercise, answer)[1]
        assert words.startswith("A list stands in itself: was it appended to itself? For (1) it")
        assert "[[...], [...]]" in words
    assert "A list stands in itself" in check("1b", appends_the_list).words


def test_the_line_that_stopped_is_the_last_of_the_learners_own():
    def broken(observation):
        return 1 / 0

    def play_episode(n):
        if n:
            return play_episode(n - 1)
        with gym.make("CartPole-v1") as env:
            return rollout.play_episode(env, broken, seed=0)

    words = judge(Exercise(lambda n: n, cases=lambda: [(3,)]), play_episode)[1]
    assert words.endswith("in the line: return rollout.play_episode(env, broken, seed=0).")


def test_an_answer_that_calls_itself_without_end_is_told_where():
    class Wind(gym.Wrapper):
        def step(self, action):
            return self.step(action)

    def total(reward, gamma):
        return reward + gamma * total(reward, gamma)

    without_end = "called itself without end, in the line: return "
    assert check("8c", Wind).words == (
        f"It {without_end}self.step(action). On self it is this same method; on super() the "
        "parent's; on a wrapper's self.env the world's."
    )
    assert check("3b", total).words.endswith(f"{without_end}reward + gamma * total(reward, gamma).")


def test_a_line_that_is_not_known_is_not_told():
    place = {}
    exec("def nothing(n):\n    return 1 / 0", place)  # as typed in a bare Python
    words = judge(Exercise(lambda n: n, cases=lambda: [(3,)]), place["nothing"])[1]
    assert words == "For (3) it stopped with ZeroDivisionError: division by zero."


def test_who_stops_an_endless_loop_is_told_where_it_was():
    def by_hand(rewards, gamma):
        while True:
            signal.raise_signal(signal.SIGINT)

    words = words_of(check("3b", by_hand))
    where = "in the line: signal.raise_signal(signal.SIGINT)"
    assert words == f"3b wrong: You stopped it, {where}. Does it ever come out of a loop?"
    with pytest.raises(KeyboardInterrupt):  # it was not the answer that took long
        judge(EXERCISES["3b"]._replace(run=lambda *_: signal.raise_signal(signal.SIGINT)), by_hand)


def test_figures_follow_the_sentence_of_right_and_of_wrong_answers():
    def one():
        """It is one."""
        return 1

    def two():
        """It is two."""
        return 2

    exercise = Exercise(one, wrong=[two], measure=lambda: "Measured: 1.")
    assert judge(exercise, one) == ("right", "It is one. Measured: 1.")
    assert judge(exercise, two) == ("wrong", "It is two. Measured: 1.")


def test_without_arguments_no_brackets_are_shown():
    assert judge(Exercise(lambda: 1), lambda: 2)[1] == (
        "Other numbers are wanted. It returned 2, expected 1."
    )


def test_wrong_numbers_are_not_called_right():
    target = np.array([1.0, 2.0])
    for wrong in ([1.0, 3.0], np.array([[1.0, 3.0]]), np.array([True, False])):
        assert difference(wrong, target) and RIGHT_SO_FAR not in difference(wrong, target)
    assert RIGHT_SO_FAR not in difference(1.0, np.ones(3))  # one number is no three
    for right in ([1.0, 2.0], np.array([[1.0, 2.0]])):
        assert difference(right, target).startswith(RIGHT_SO_FAR)


def test_a_check_of_a_policy_leaves_its_observations_as_they_were():
    before = SIGNS.copy()

    def upright(observations):
        observations[...] = 0
        return 0 if observations[..., 2] > 0 else 1

    assert "Many come at once" in words_of(check("1b", upright))
    assert np.array_equal(SIGNS, before)


def test_the_cart_must_stay_on_the_track_from_all_five_starts():
    exercise = EXERCISES["1d"]
    (ends,) = known_outcomes(exercise.run, exercise.cases, exercise.right)
    assert ends == ["still up"] * 5


def test_figures_of_predictions_show_what_their_sentences_say():
    assert "-0.729 after 4 steps, -0.387 after 10. At gamma 1: -1 and -1." in first_returns()
    p, plain, turned = (float(word) for word in re.findall(r"0\.\d{3}", p_before_and_after()))
    assert plain < p < turned and turned - p > 1.5 * (p - plain)
    first, *last = (float(word) for word in re.findall(r"\d+\.\d", downhill()))
    assert len(last) == 2 and max(last) < 11 < 15 < first < 30
    against, chance = (float(word) for word in re.findall(r"\d+\.\d", mean_returns()))
    assert 8 < against < 10 and 18 < chance < 28


def test_what_is_long_is_cut_and_says_so():
    assert shown([1, 2, 3, 4, 5]) == "[1, 2, 3, 4, …]" and shown((1, 2)) == "(1, 2)"
    assert len(shown(object)) == 6 and len(shown("x" * 500)) == 80 and shown("x" * 500)[-1] == "…"
    assert len(words_of(check("1a", lambda: "x" * 500))) < 150
    assert len(shown(np.arange(500.0))) < 80


@pytest.mark.parametrize(
    ("got", "wanted", "words"),
    [
        ([1.0, 2.0], [1.0, 2.0], None),
        ((1.0, 2.0), [1.0, 2.0], None),
        (1, 1.0, None),
        (True, 1.0, "True and False"),
        ("1", 1.0, "a word, where a number"),
        ("a", "b", "'a', where 'b' is wanted"),
        (1.0, "b", "a number, where a word"),
        ([1.0], [1.0, 2.0], "a list of 1, where a list of 2"),
        (5, [1.0], "a number, where a list"),
        (None, 1.0, "does it end with return"),
        (10, None, "None is wanted"),
        (float("nan"), 1.0, "no number"),
        (ValueError("a"), ValueError("b"), "error"),
        (ValueError("a"), ValueError("a"), None),
        (np.array([1, 2]), np.array([1.5, 2.5]), "whole"),
        (np.array([1, 3]), np.array([1.0, 2.0]), "other numbers"),  # whole ones are wanted
        (np.array([np.nan, 1.0]), np.array([np.nan, 2.0]), "other numbers"),  # nan is wanted
        (np.array([1.0, 5.0, 7.0]), np.array([1.0, 2.0, 3.0]), "other numbers"),  # no loop
        (np.array([1.0]), np.array([1.0, 2.0]), "only the first of 2 came back"),
        (1.0, np.array([1.0, 2.0]), "stand inside the loop"),
        (np.array([0.0, 0.0, 3.0]), np.array([1.0, 2.0, 3.0]), "only the last of 3"),
        (np.array([1.0, 0.0]), np.array([1.0, 2.0]), "only the first of 2 is there"),
        (np.array([0.0, 2.0, 0.0]), np.array([1.0, 2.0, 3.0]), "other numbers"),  # in the middle
        (np.array([1.0, 2.0]) + 0j, np.array([1.0, 2.0]), ", where an array is wanted"),
        (True, "b", "a bool, where a word"),
        (np.array([3.0, 2.0, 1.5]), np.array([1.5, 2.0, 3.0]), "in the order from the end"),
        (np.array([3.0, 2.0]), np.array([2.0, 3.0]), "other numbers"),
        (1, 1.5, "other numbers"),
        ([np.ones(2), np.ones(1)], np.ones(3), "it returned a list"),
        ([np.ones(2), np.ones(1)], 1.0, "it returned a list"),
        ([{"a": 1}], [{"a": 1}], None),
        ({"a": 2}, {"a": 1}, "another dict"),
        (Fraction(1, 3), 0.5, "other numbers"),
        (10**400, 1.0, "where real numbers are"),
        ({"a": np.ones(2)}, {"a": np.ones(2)}, None),
        ({"a": np.ones(2)}, {"a": np.zeros(2)}, "another dict"),
        ({"a": 1, "b": 1}, {"a": 1}, "another dict"),
        (np.ones(2), {"a": 1}, "another dict"),
        (np.array(1.0), [1.0], "an array, where a list of 1"),
        ({1.0}, [1.0], "a set, where a list of 1"),
        (Fraction(1, 2), 0.5, None),
        (Fraction(1, 2), 0.25, "other numbers"),
        (1j, 1.0, "a complex, where a number"),
        (max, 1.0, "a function, where a number"),
        (np.array(["1"]), np.ones(1), "an array of words, where an array"),
        (np.array([None]), np.ones(1), "an array of objects, where an array"),
        (1j * np.ones(2), 1.0, "an array of complex numbers, where a number"),
        (False, 1.0, "it returned a bool, where a number is wanted"),
        ([[1.0]], [np.ones(1)], "the numbers are right, but an entry is a list, where an array"),
        ([None], [np.ones(1)], "an entry is None"),
        (1, np.array([1, 0, 1, 0]), "the shape is that of one number"),
    ],
)
def test_the_words_of_a_difference(got, wanted, words):
    found = difference(got, wanted)
    assert found is None if words is None else words in found


def test_a_right_result_that_changes_its_argument_is_wrong():
    def doubled(numbers):
        return 2 * numbers

    def doubled_in_place(numbers):
        numbers *= 2
        return numbers

    exercise = Exercise(doubled, cases=lambda: [(np.array([1.0]),), (np.array([0.0]),)])
    assert judge(exercise, doubled_in_place) == ("wrong", CHANGED)
    shared = np.array([1.0])
    assert judge(Exercise(doubled, cases=lambda: [(shared,)]), doubled_in_place)[0] == "wrong"
    assert shared.tolist() == [1]


def test_an_answer_that_changes_its_arguments_does_not_spoil_later_checks():
    before = lesson_6.TAILS.copy(), lesson_6.FEW.copy()
    assert check("6c", ANSWERS[6].sorts_and_guesses).status == "wrong"
    assert np.array_equal(lesson_6.TAILS, before[0]) and np.array_equal(lesson_6.FEW, before[1])
    assert check("6c", ANSWERS[6].welch).status == "right"


def test_how_close_is_close_enough():
    assert same(np.float32(0.1) * np.float32(3), 0.3) and same(1e-6, 0.0)
    assert not same(1.001, 1.0) and not same(0.001, 0.0) and not same([1, 2.01], [1, 2])


def test_another_shape_or_kind_is_not_the_same():
    three = np.ones(3)
    assert same(three, three)
    for other in (three[:, None], np.ones(4), [1, 1, 1], three > 0, 1.0):
        assert not same(other, three)


# ---- exercises in the notebooks


def exercise_cells(path):
    """Return [statement, cell to write in, check] of each exercise of a notebook, by name."""
    page = nbformat.read(path, as_version=4).cells
    starts = [
        (i, match[1])
        for i, cell in enumerate(page)
        if (match := re.match(r"### (\d\w) ", cell.source)) and cell.cell_type == "markdown"
    ]
    return {name: [cell.source for cell in page[i : i + 3]] for i, name in starts}


@pytest.mark.parametrize("path", [LESSONS[n - 1] for n in NUMBERS], ids=lambda path: path.stem)
def test_exercises_and_solutions_are_the_same_but_for_the_answer(path):
    blank, filled = map(exercise_cells, (path, path.parent / "solutions" / path.name))
    assert list(blank) == list(filled) == list(exercises_of(int(path.name[:2])))
    assert len(blank) >= 3
    for name in blank:
        statement, stub, checked = blank[name]
        assert len(re.findall("<details>", statement)) == 2, f"{name} needs two hints"
        assert statement == filled[name][0] and checked == filled[name][2]
        assert checked.startswith(f'check("{name}", ')
        assert "raise NotImplementedError" in stub
        without = re.sub(r" *raise NotImplementedError.*\n?", "", stub)
        solved = re.sub(
            r" *### BEGIN SOLUTION.*?### END SOLUTION\n?", "", filled[name][1], flags=re.DOTALL
        )
        assert solved != filled[name][1] and solved.rstrip() == without.rstrip()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_stored_verdicts(path):
    wanted = "right" if path.parent.name == "solutions" else "not attempted yet."
    for cell in cells(path, "code"):
        if match := re.match(r'check\("(\d\w)"', cell.source):
            text = cell.outputs[-1]["data"]["text/plain"]
            assert text.startswith(f"{match[1]} {wanted}")
            if wanted == "right":  # 4a's figures are not compared, but its sentence is
                assert sentence_of(EXERCISES[match[1]].right) in " ".join(text.split())


def test_the_case_that_is_shown_is_the_one_that_failed():
    exercise = Exercise(lambda n: n * n, cases=lambda: [(1,), (0,), (7,)])
    assert judge(exercise, lambda n: n)[1].endswith("For (7) it returned 7, expected 49.")


def test_an_error_without_words_is_shown_by_its_name():
    assert (shown(AssertionError()), shown(KeyError("a"))) == ("AssertionError", "KeyError: 'a'")


def test_numbers_are_shown_so_that_they_can_be_told_apart():
    assert (shown(0.33333), shown(0.33444)) == ("0.33333", "0.33444")
    assert shown(np.float32(0.33333)) == "0.33333"
    assert shown(np.array([0.3333, 0.3344])) == "[0.3333 0.3344]"


def figures(name, answer):
    """Return the numbers of a verdict."""
    return [float(n) for n in re.findall(r"-?\d+\.?\d*", words_of(check(name, lambda: answer)))]


def test_the_figures_of_a_critic_too_high_are_those_of_the_definition():
    words = words_of(check("5a", lambda: "not at all"))
    half = np.array([-1.25, -2.5, -5])  # 5 is lost at the fall, and counts half a step before
    shift = " ".join(np.array2string(half - half.mean(), precision=2, separator=", ").split())
    assert "move by [0., 0., 0.]." in words and f"With lam=0.5 by {shift}" in words
    assert words.endswith(
        "by [-2.5, -2.5, -2.5, 2.5, 2.5, 2.5]: the clock's last value is too high as well."
    )


def test_one_change_in_twenty_stands_out_by_chance():
    *_, n_studies, mean, of, n_that_report = figures("6a", "one")
    assert (n_studies, of) == (50, 20) and 0.6 < mean < 1.8 and 15 < n_that_report < 50


def test_the_larger_weights_move_the_network():
    words = words_of(check("7a", lambda: "leave_one_out"))
    assert "With standardize the largest weight is 0, the network does not move." in words
    assert re.search(
        r"With leave_one_out the largest weight is \S*[1-9]\S*, the network moves", words
    )


def test_where_steps_cost_episodes_get_shorter():
    *_, before, n_updates, after = figures("8a", "to fall at once")
    assert n_updates == 15 and 9 <= after < before < 40


def test_an_error_without_words_is_its_name():
    assert shown(KeyError()) == "KeyError" and shown(ValueError("a: ")) == "ValueError: a: "


def test_noise_of_another_size_is_not_that_of_the_exercise():
    noise = np.random.default_rng(0).normal(size=(60, 6, 4))
    assert size_of(0.05 * noise) is None
    assert size_of(0.06 * noise) == "noise of size 0.06"
    assert size_of(0.04 * noise) == "noise of size 0.04"


@pytest.mark.parametrize("value", [2, True, 0.5, np.array([1, 2]), [1, 2]])
def test_the_words_of_a_number_are_no_number(value):
    assert difference(str(value), value) and difference(value, str(value))
    assert difference(np.str_("up"), "up") is None


@pytest.mark.parametrize("name", ["9z", "1z", "1A", "", None, 5, ["1a"], len])
def test_a_name_that_is_no_exercise_is_told_what_one_is(name):
    with pytest.raises(ValueError, match="name must be an exercise, such as '3b'; there is no"):
        check(name, len)


def test_what_our_own_wrong_worlds_are_warned_of_is_not_the_learners():
    """In this one the pole falls, and Gymnasium warns of steps after the end."""
    with warnings.catch_warnings(record=True, action="always") as told:
        assert known_outcomes(how_it_blurs, lambda: [()], ShakenWorld) == ["the world itself"]
    assert not told
