"""Try a learner's test of discounted returns: does it fail on a bug, and only there?"""

import numpy as np

from cartpole_lib.exercises.comparing import Complaint, shown
from cartpole_lib.returns import discounted_returns


def zero_for_an_end(rewards, gamma):
    """Return what the bug of exercise 7c makes of rewards: a 0 counts as the end of an episode."""
    returns, following = np.zeros(len(rewards)), 0.0
    for t in reversed(range(len(rewards))):
        if rewards[t] == 0:
            following = 0.0
        following = rewards[t] + gamma * following
        returns[t] = following
    return returns


def summed(rewards, gamma):
    """Return the discounted returns by their definition, which rounds elsewhere."""
    rewards = np.asarray(rewards, float)
    return np.array(
        [rewards[t:] @ gamma ** np.arange(len(rewards) - t) for t in range(len(rewards))]
    )


def from_the_start(rewards, gamma):
    """Return the discounted returns, added up from the first reward to the last."""
    found = np.zeros(len(rewards))
    for t, reward in enumerate(rewards):
        found[: t + 1] += reward * gamma ** np.arange(t, -1.0, -1.0)
    return found


def to_twelve_digits(rewards, gamma):
    """Return the discounted returns without what their last digits have from rounding."""
    return discounted_returns(rewards, gamma).round(12)


RIGHT_PROGRAMS = discounted_returns, summed, from_the_start, to_twelve_digits
FAILS = object()  # what a test gives whose assert fails


def outcome(test, program, asked):
    """Return FAILS, or what the test returned; `asked` gets the arguments that it tries."""

    def overheard(rewards, gamma):
        asked.append((np.array(rewards, float), gamma))
        return program(rewards, gamma)

    overheard.__name__ = overheard.__qualname__ = "returns_of"
    try:
        return test(overheard)
    except BaseException as error:  # pytest.fail raises Failed, which is no Exception
        if isinstance(error, AssertionError) or type(error).__name__ == "Failed":
            return FAILS
        raise


def on_the_bug(test, asked):
    """Return the outcome of a test on the bug; complain if it stops there otherwise than by assert."""
    try:
        return outcome(test, zero_for_an_end, asked)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        raise Complaint(
            f"On the bug it stops with {shown(error)}. Let an assert fail instead: AssertionError."
        ) from error


def how_it_tests(test):
    """Return in words what a test does, tried on the right programs and on the bug.

    "blames 0, catches" is a good one. Of a test that lets the bug pass the words say why.
    """
    asked = []
    right = [outcome(test, program, asked) for program in RIGHT_PROGRAMS]
    bug, n_blamed = on_the_bug(test, asked), sum(a is FAILS for a in right)
    if not asked:
        return "never asks"
    if 0 < n_blamed < len(right):
        return "blames some"
    if n_blamed or bug is FAILS:
        return f"blames {n_blamed}, " + ("catches" if bug is FAILS else "lets pass")
    if any(shows_the_bug(*arguments) for arguments in asked):
        return "tells" if only_tells(right, bug) else "looks elsewhere"
    gammas = [gamma for rewards, gamma in asked if (rewards == 0).any()]
    return "nothing after the 0" if any(gammas) else "gamma 0" if gammas else "no 0"


def shows_the_bug(rewards, gamma):
    """Return whether right and wrong returns of these rewards differ."""
    return not np.allclose(discounted_returns(rewards, gamma), zero_for_an_end(rewards, gamma))


def only_tells(right, bug):
    """Return whether a test returns one bool for all right programs and the other for the bug."""
    bools = all(isinstance(value, bool | np.bool_) for value in (*right, bug))
    return bools and all(value != bug for value in right)
