"""Check an answer: run it, compare it with the right one, recognise the wrong ones."""

import copy
import functools
import importlib
import inspect
import textwrap
import traceback
import warnings
from typing import NamedTuple

import numpy as np

from cartpole_lib.exercises.comparing import NOTHING, RIGHT, Complaint, difference, same, shown
from cartpole_lib.exercises.exercise import Exercise, sentence_of

LESSONS = [str(lesson) for lesson in range(1, 9)]
CHANGEABLE = list | np.ndarray
VERDICTS = {}  # name -> Verdict of the last check; lives and dies with the kernel
CHANGED = (
    "It returns what is wanted, but changes its argument, which the caller still needs: "
    "work on a copy. (A copied list still holds the same arrays: copy each of them.)"
)
UNSTEADY = (
    "Called again with the same arguments it gives something else: does it keep a list from call "
    "to call, or throw dice without a seed?"
)


class Verdict(NamedTuple):
    """What a check found: status is "right", "wrong" or "not attempted"; words say why."""

    name: str
    status: str
    words: str = ""

    def __repr__(self):
        head = f"{self.name} {self.status}" + " yet" * (self.status == "not attempted")
        return textwrap.fill(f"{head}: {self.words}" if self.words else f"{head}.", 85)


class Progress(list):
    """The verdicts of a lesson, one a line."""

    def __repr__(self):
        return "\n".join(f"{verdict.name} {verdict.status}" for verdict in self)


def check(name, answer):
    """Return the verdict on `answer`, a function, for the exercise `name`, such as "3b".

    It is not attempted as long as it raises NotImplementedError. A wrong answer is told what it
    computes, if we know it; else the smallest case that fails is shown. Who interrupts an answer
    that never ends is told where it was. Raises ValueError if there is no such exercise. Used in
    every notebook.
    """
    lesson = str(name)[:1]
    exercise = exercises_of(lesson).get(name) if lesson in LESSONS else None
    if exercise is None:
        raise ValueError(f"name must be an exercise, such as '3b'; there is no {name!r}")
    VERDICTS[name] = verdict = Verdict(name, *judge(exercise, answer))
    return verdict


def progress(lesson):
    """Return the verdicts on all exercises of a lesson, a number, as they were last checked."""
    names = exercises_of(lesson)
    return Progress(VERDICTS.get(name, Verdict(name, "not attempted")) for name in names)


def exercises_of(lesson):
    """Return the exercises of a lesson by name; raise ValueError if there is no such lesson."""
    if str(lesson) not in LESSONS:
        raise ValueError(f"a lesson is a number from 1 to {LESSONS[-1]}, not {lesson!r}")
    return importlib.import_module(f"cartpole_lib.exercises.lesson_{lesson}").EXERCISES


def judge(exercise, answer):
    """Return status and words for an answer."""
    if not callable(answer):
        words = "Hand over the function itself, without brackets or quotes, not"
        return "wrong", f"{words} {shown(answer)}."
    try:
        got, kept = outcomes(exercise, answer)
    except KeyboardInterrupt as stopped:
        where = line_of(stopped, answer)
        if not where:
            raise  # our own code was at work
        return "wrong", f"You stopped it{where}. Does it ever come out of a loop?"
    if is_blank(got[-1], answer):
        return "not attempted", what_is_blank(got[-1], answer)
    wanted = known_outcomes(exercise.run, exercise.cases, exercise.right)
    if all(map(same, got, wanted)):
        return ("right", with_figures(exercise, exercise.right)) if kept else ("wrong", CHANGED)
    for function in exercise.wrong:
        if all(map(same, got, known_outcomes(exercise.run, exercise.cases, function))):
            return "wrong", with_figures(exercise, function)
    words = diagnosis(exercise, answer) or unsteadiness(exercise, answer, got[0])
    return "wrong", words or first_difference(exercise, answer, got, wanted)


def outcomes(exercise, answer):
    """Return what the answer gives for each case, a result or an error, and if inputs stayed.

    Stops where the answer is blank. A list is copied, for the answer may add to it later.
    """
    found, kept = [], True
    for untouched in exercise.cases():
        case = [copy.deepcopy(a) if isinstance(a, CHANGEABLE) else a for a in untouched]
        try:
            outcome = exercise.run(answer, *case)
            if isinstance(outcome, Exception):
                raise Complaint(f"It returns an error, {shown(outcome)}, where it should raise it.")
        except KeyboardInterrupt:
            raise
        except Exception as error:
            outcome = error
        except BaseException as end:  # sys.exit() and pytest.skip() would end the check, too
            outcome = Complaint(
                f"It stopped with {type(end).__name__}: an answer returns, and ends nothing else."
            )
        found.append(copy.copy(outcome) if isinstance(outcome, CHANGEABLE) else outcome)
        if is_blank(outcome, answer):
            break
        pairs = zip(case, untouched)
        kept &= all(same(new, old) for new, old in pairs if isinstance(old, CHANGEABLE))
    return found, kept


def is_blank(result, answer):
    """Return whether it is the bare NotImplementedError of the answer itself: libraries raise it, too."""
    if not isinstance(result, NotImplementedError) or result.args:
        return False
    *_, (frame, _) = traceback.walk_tb(result.__traceback__)
    return frame.f_globals["__name__"] == getattr(answer, "__module__", None)


def what_is_blank(error, answer):
    """Return a sentence on a NotImplementedError below lines of the answer, or in a helper; else none."""
    *_, (frame, line) = traceback.walk_tb(error.__traceback__)
    code = frame.f_code
    if code is not getattr(inspect.unwrap(answer), "__code__", code):
        return f"It calls {code.co_name}, which still raises NotImplementedError."
    lines = {at for *_, at in code.co_lines() if at and at > code.co_firstlineno}
    if line > min(lines, default=line):
        return "It came to `raise NotImplementedError`, below lines of yours: return there instead."
    return ""


@functools.cache
def known_outcomes(run, cases, function):
    """Return the outcomes of a function of ours; kept, for learners try more than once."""
    with warnings.catch_warnings(action="ignore"):  # a wrong one of ours may cause some
        return outcomes(Exercise(function, run=run, cases=cases), function)[0]


def diagnosis(exercise, answer):
    """Return the exercise's own sentence on a wrong answer, or None, also if it cannot look."""
    try:
        return exercise.diagnose(answer)
    except KeyboardInterrupt:
        raise
    except BaseException:
        return None


def unsteadiness(exercise, answer, first):
    """Return a sentence on an answer whose first outcome does not come again, or None."""
    (again,), _ = outcomes(exercise._replace(cases=lambda: exercise.cases()[:1]), answer)
    comparable = same(first, first) and not isinstance(first, Exception)
    return UNSTEADY if comparable and not same(again, first) else None


def with_figures(exercise, function):
    """Return the sentence of a function, followed by what the exercise measures, if it does."""
    return " ".join(filter(None, [sentence_of(function), known_figures(exercise.measure)]))


@functools.cache
def known_figures(measure):
    """Return what an exercise measures; kept as well."""
    return measure()


def first_difference(exercise, answer, got, wanted):
    """Return in words the first case that fails: what it was, what came back, what is wanted."""
    failed = next(i for i in range(len(wanted)) if not same(got[i], wanted[i]))
    given = ", ".join(map(shown, exercise.cases()[failed]))
    case = f"For ({given}) it" if given else "It"
    if isinstance(got[failed], Complaint):
        return shown(got[failed])
    if isinstance(got[failed], RecursionError):
        return f"{case} called itself without end{line_of(got[failed], answer)}.{which_one(answer)}"
    if isinstance(got[failed], Exception):
        return f"{case} stopped with {shown(got[failed])}{line_of(got[failed], answer)}."
    differences = list(filter(None, map(difference, got, wanted)))
    words = differences[0]
    if words == NOTHING and any(outcome is not None for outcome in got):
        words = "it returned None in this case: does every way through it end with return?"
    if not all(others.startswith(RIGHT) for others in differences):
        words = words.removeprefix(RIGHT)  # right in this case alone
    if words.startswith("it gives"):
        return f"{case} {words.removeprefix('it ')}."
    found = f"{case} returned {shown(got[failed])}, expected {shown(wanted[failed])}."
    return f"{words[0].upper()}{words[1:]}{'' if words.endswith('?') else '.'} {found}"


def line_of(error, answer):
    """Return in words the line of the answer, or of its methods, that stopped, if it is known."""
    name = getattr(answer, "__name__", None)
    codes = [frame.f_code for frame, _ in traceback.walk_tb(error.__traceback__)]
    lines = [
        step.line
        for code, step in zip(codes, traceback.extract_tb(error.__traceback__))
        if name in code.co_qualname.split(".") and "cartpole_lib" not in code.co_filename
    ]
    return f", in the line: {lines[-1]}" if lines and lines[-1] else ""


def which_one(answer):
    """Return in words whose method a class may have meant where it called its own, or nothing."""
    words = " On self it is this same method; on super() the parent's; on a wrapper's self.env the world's."
    return words if inspect.isclass(answer) else ""
