"""When two results are the same, and in which words they differ."""

import inspect
from contextlib import suppress
from numbers import Number

import numpy as np

RIGHT = "the numbers are right, but "
NOTHING = "it returned None: does it end with return?"
CLOSE = {"rtol": 1e-4, "atol": 1e-5}  # of float32, on any processor


class Complaint(Exception):
    """What an exercise says of an answer that it tried; the learner is shown it as it is."""


def same(got, wanted):
    """Return whether a result is the wanted one: same kind and shape, and close in its numbers."""
    return difference(got, wanted) is None


def difference(got, wanted):
    """Return a sentence that says how `got` differs from `wanted`, or None if it does not.

    Numbers may come as a tensor or as any kind of number; a list is told from an array, a bool
    from a number, (T, 1) from (T,). Two errors are the same if type and message are.
    """
    if isinstance(got, Exception) or isinstance(wanted, Exception):
        return None if shown(got) == shown(wanted) else "one of them is an error"
    if holds_itself(got):
        return "a list stands in itself: was it appended to itself?"
    if wanted is None:
        return None if got is None else "None is wanted"
    if got is None:
        return NOTHING
    if isinstance(wanted, str) or isinstance(got, str):
        return difference_of_words(got, wanted)
    if isinstance(wanted, dict):
        alike = isinstance(got, dict) and got.keys() == wanted.keys()
        alike = alike and all(same(got[name], wanted[name]) for name in wanted)
        return None if alike else "another dict is wanted"
    if isinstance(wanted, list | tuple):
        return difference_of_sequences(got, wanted)
    return difference_of_numbers(got, wanted)


def holds_itself(value, above=()):
    """Return whether a list, a tuple or a dict stands somewhere in itself: NumPy would go down for ever."""
    if not isinstance(value, list | tuple | dict):
        return False
    if any(value is outer for outer in above):
        return True
    inside = value.values() if isinstance(value, dict) else value
    return any(holds_itself(entry, (*above, value)) for entry in inside)


def difference_of_words(got, wanted):
    """Return how a word differs from another, or from what is no word, or None."""
    if isinstance(got, str) and isinstance(wanted, str):
        return None if got == wanted else f"it gives {shown(got)}, where {shown(wanted)} is wanted"
    return f"it returned {kind(got)}, where {kind(wanted)} is wanted"


def difference_of_sequences(got, wanted):
    """Return how a sequence differs from a list or tuple that is wanted, or None."""
    n_entries = length_of(got)
    if n_entries != len(wanted):
        found = kind(got) if n_entries is None else f"{kind(got)} of {n_entries}"
        return f"it returned {found}, where {kind(wanted)} of {len(wanted)} is wanted"
    words = next(filter(None, map(difference, got, wanted)), None)
    return words and words.replace(NOTHING, "an entry is None").replace(
        "it returned", "an entry is"
    )


def length_of(value):
    """Return how many entries a list, a tuple or an array has; None of what has no order."""
    if isinstance(value, dict) or not hasattr(value, "__getitem__"):
        return None
    with suppress(TypeError):  # of an array or a tensor that is one number
        return len(value)


def difference_of_numbers(got, wanted):
    """Return how numbers differ from an array or a number that is wanted, or None."""
    numbers, target, alike = np.array(None), np.array(None), False
    with suppress(Exception):  # lists of unequal lengths, 10**400, a tensor without numbers
        target = np.asarray(wanted)
        one_number = isinstance(got, Number) and not isinstance(got, bool)
        numbers = np.asarray(float(got) if one_number else got)  # a fraction is a number, too
        alike = np.allclose(numbers.ravel(), target.ravel(), **CLOSE, equal_nan=True)
    same_count = numbers.size == target.size if alike else False
    if isinstance(got, list | tuple) and np.ndim(target):
        return f"{RIGHT * same_count}it returned {kind(got)}, where an array is wanted: np.array(…)"
    if one_round := after_one_round(numbers, target):
        return one_round
    if numbers.dtype == bool and target.dtype != bool:
        return of_truths(got, wanted, same_count)
    if numbers.dtype.kind not in "biuf":
        asked = "real numbers are" if kind(got) == kind(wanted) else f"{kind(wanted)} is"
        return f"it returned {kind(got)}, where {asked} wanted"
    if numbers.shape != target.shape:
        found, asked = numbers.shape or "that of one number", target.shape or "one number"
        return f"{RIGHT * same_count}the shape is {found}, where {asked} is wanted"
    if alike:
        return None
    if target.ndim == 1 and target.size > 2 and np.allclose(numbers[::-1], target, **CLOSE):
        return "the right numbers, but in the order from the end: turn them round"
    if np.isnan(numbers.astype(float)).any() and not np.isnan(target.astype(float)).any():
        return "it returned nan, which is no number: was something divided by 0?"
    if numbers.dtype.kind in "iu" and target.dtype.kind == "f" and (target % 1).any():
        return "its numbers are whole: was the array made from integers?"
    return "other numbers are wanted"


def of_truths(got, wanted, right):
    """Return a sentence on True and False in the place of numbers; what came back may be one bool."""
    if not (right or np.ndim(got)):
        return f"it returned {kind(got)}, where {kind(wanted)} is wanted"
    remedy = "end it with .astype(int)" if hasattr(got, "astype") else "make whole numbers of them"
    return f"{RIGHT * bool(right)}they are True and False: {remedy}"


def after_one_round(numbers, target):
    """Return a sentence on what a loop gives that ends in its first round, or None."""
    n = target.size
    if target.ndim != 1 or n < 2 or numbers.dtype.kind not in "iuf":
        return None
    alone = not np.isclose(target[1:], target[0], **CLOSE).any()  # else it may be another entry
    if numbers.size == 1 and alone and np.isclose(numbers.item(), target[0], **CLOSE):
        return f"only the first of {n} came back: does return stand inside the loop?"
    if numbers.shape == target.shape:
        right = np.isclose(numbers, target, **CLOSE)
        if right.sum() == 1 and (right[0] or right[-1]) and not numbers[~right].any():
            there = "first" if right[0] else "last"
            return (
                f"only the {there} of {n} is there, and the others are 0: does return or break "
                "end the loop in its first round?"
            )
    return None


def kind(value):
    """Return the name of a value's type with its article."""
    if isinstance(value, Number) and not isinstance(value, bool | complex):
        return "a number"
    if inspect.isroutine(value):
        return "a function"
    if isinstance(value, np.ndarray) and value.dtype.kind not in "biuf":
        words = {"U": "words", "S": "words", "c": "complex numbers"}
        return f"an array of {words.get(value.dtype.kind, 'objects')}"
    names = {np.ndarray: "array", str: "word", type(None): "None"}
    name = names.get(type(value), type(value).__name__)
    return ("an " if name[0].lower() in "aeiou" else "a ") + name


def shown(value):
    """Return a value as one short line of text."""
    if isinstance(value, Complaint):
        return str(value)
    if isinstance(value, Exception):
        return f"{type(value).__name__}: {value}" if str(value) else type(value).__name__
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return f"{value:.5g}"
    with suppress(Exception):  # a symbolic tensor has no numbers
        if hasattr(value, "__array__"):
            numbers = np.asarray(value)
            text = np.array2string(numbers, precision=4, suppress_small=True, threshold=12)
            return " ".join(text.split())
    if isinstance(value, list | tuple) and not holds_itself(value):
        inside = ", ".join(map(shown, value[:4])) + ", …" * (len(value) > 4)
        return f"[{inside}]" if isinstance(value, list) else f"({inside})"
    text = getattr(value, "__name__", None) or repr(value)
    return text if len(text) <= 80 else text[:79] + "…"
