"""The exercises of lesson 3: from rewards to the number in front of each gradient."""

import dis
import inspect
import sys

import numpy as np

from cartpole_lib.exercises.comparing import Complaint, same
from cartpole_lib.exercises.exercise import Exercise, all_from, prediction
from cartpole_lib.returns import discounted_returns

GAMES = [  # p, and the rewards of action 0 and action 1
    (0.2, [4.0, 5.0]),
    (0.37812, [4.0, 5.0]),
    (0.8, [0.0, 10.0]),
    (0.4, [2.5, -3.0]),
    (0.7, [6.0, 3.25]),
    (0.37, [1.7, -0.998]),  # near 0, so that a search on a grid or a rounded number shows
]


# ---- 3a and 3b: only the fall counts


def fall(n_steps):
    """Return the rewards of an episode in which only its last step, the fall, counts."""
    rewards = np.zeros(n_steps)
    rewards[-1] = -1
    return rewards


def first_returns():
    """Return a sentence with the returns that exercise 3a asks about."""
    short, long = [discounted_returns(fall(n_steps), 0.9)[0] for n_steps in (4, 10)]
    equal = [discounted_returns(fall(n_steps), 1)[0] for n_steps in (4, 10)]
    return (
        f"At gamma 0.9: {short:.3f} after 4 steps, {long:.3f} after 10. "
        f"At gamma 1: {equal[0]:g} and {equal[1]:g}."
    )


def soon_is_worse(n_steps, gamma):
    """Each step back from the fall shrinks the -1 once more."""
    return discounted_returns(fall(n_steps), gamma)


def one_step_more(n_steps, gamma):
    """The fall became one step more: it is the last of the n_steps."""
    return discounted_returns(fall(n_steps + 1), gamma)


def shrunk_once_too_often(n_steps, gamma):
    """Every return is shrunk once too often: the last step has the fall itself, so -1."""
    return discounted_returns(fall(n_steps + 1), gamma)[:-1]


def turned_round(n_steps, gamma):
    """The order is turned round: the last step, next to the fall, must have -1."""
    return discounted_returns(fall(n_steps), gamma)[::-1]


def only_rewards(n_steps, gamma):
    """These are the rewards: the steps before the fall have a return, too.

    A return inside a loop from the end leaves the same: put it below the loop.
    """
    return fall(n_steps)


def cut_to_whole_numbers(n_steps, gamma):
    """An array of whole numbers cuts off the fractions, as in 3.3: use floats, as np.zeros does."""
    return np.trunc(discounted_returns(fall(n_steps), gamma))


def without_minus(n_steps, gamma):
    """The fall costs 1 here: its reward is -1."""
    return -discounted_returns(fall(n_steps), gamma)


def not_discounted(n_steps, gamma):
    """Every return is -1: gamma is not used."""
    return np.full(n_steps, -1.0)


def paid_by_the_step(n_steps, gamma):
    """The other steps earn 1 here, as in CartPole: they should earn 0."""
    return discounted_returns(np.ones(n_steps) + 2 * fall(n_steps), gamma)


def all_ones(n_steps, gamma):
    """These are the returns of CartPole's rewards, all 1: change them first."""
    return discounted_returns(np.ones(n_steps), gamma)


def first_return_alone(n_steps, gamma):
    """This is the return of the first step alone: one for each step is wanted."""
    return discounted_returns(fall(n_steps), gamma)[0]


# ---- 3c: returns without a loop


def what_follows(rewards):
    """Turned round, added up, turned back."""
    return np.cumsum(rewards[::-1])[::-1]


def added_then_turned(rewards):
    """It adds up from the start and turns the sums round: the second step lacks the last reward.

    It should lack the first. With rewards of 1 nobody sees it. Turn the rewards round, too.
    """
    return np.cumsum(rewards)[::-1]


def what_came_before(rewards):
    """This is what came up to each step: a return is what comes from it on."""
    return np.cumsum(rewards)


def not_turned_back(rewards):
    """The returns are right, but in the order from the end: turn them round once more."""
    return np.cumsum(rewards[::-1])


def own_reward_left_out(rewards):
    """The reward of the step itself is missing: it belongs to its return."""
    return np.sum(rewards) - np.cumsum(rewards)


def total_for_all(rewards):
    """Every step got the sum of all: rewards from before a step do not count."""
    return np.full(len(rewards), np.sum(rewards))


def sum_alone(rewards):
    """This is one number, the return of the episode: one for each step is wanted."""
    return np.sum(rewards)


def turned_rewards(rewards):
    """The rewards are turned round, and never added up."""
    return rewards[::-1]


def without_a_loop(answer, rewards):
    """Return the returns of an answer; complain if those of several steps are right, but by a loop."""
    right, returns = what_follows(rewards), answer(rewards)
    if len(right) > 1 and same(returns, right) and loops(code_of(answer)):
        raise Complaint(
            "The returns are right, but there is a loop in it, `for` or `while`: write it without. "
            "np.cumsum adds up in one call."
        )
    return returns


def code_of(answer):
    """Return the code of an answer, also of one that is decorated, a partial or an object; or None."""
    function = inspect.unwrap(getattr(answer, "func", answer))
    return getattr(function, "__code__", getattr(type(function).__call__, "__code__", None))


def loops(code):
    """Return whether a code object, or one inside it, has a loop; None has none."""
    if code is None:
        return False
    steps = [step.opname for step in dis.get_instructions(code)]
    own = "FOR_ITER" in steps or any("JUMP_BACKWARD" in step for step in _without_handlers(steps))
    return own or any(map(loops, filter(inspect.iscode, code.co_consts)))


def _without_handlers(steps):
    """Return the steps before the first `except`: from Python 3.12 on it stands last and jumps back."""
    moved = sys.version_info >= (3, 12) and "PUSH_EXC_INFO" in steps
    return steps[: steps.index("PUSH_EXC_INFO")] if moved else steps


# ---- 3d: the best baseline


def same_sample(p, rewards):
    """Each reward counts with the probability of the other action: no noise is left."""
    return p * rewards[0] + (1 - p) * rewards[1]


def mean_reward(p, rewards):
    """This is the mean reward: near, but the two samples still differ.

    Write both samples, (r - b)(a - p), with an equals sign between them, and solve for b.
    """
    return (1 - p) * rewards[0] + p * rewards[1]


def halfway(p, rewards):
    """This is halfway between the rewards, whatever p is, and that is right only at p = 0.5."""
    return np.mean(rewards)


def last_reward_less_p(p, rewards):
    """This holds only where the second reward is one more than the first, as in 3.6."""
    return rewards[1] - p


def first_reward_and_rest(p, rewards):
    """This holds only where the second reward is one more than the first, as in the game of 3.6."""
    return rewards[0] + 1 - p


def of_the_game_in_36(p, rewards):
    """5 - p is for the rewards 4 and 5: use the rewards that are given."""
    return 5 - p


def mean_of_the_game_in_36(p, rewards):
    """4 + p is the mean reward of the game in 3.6: it is not the best, and ignores the rewards."""
    return 4 + p


def weighed_by_score_alone(p, rewards):
    """The squared scores are the weights here, but how often each action is taken counts, too."""
    return np.average(rewards, weights=[p**2, (1 - p) ** 2])


def best_of_nine(p, rewards):
    """The best of nine baselines between 3 and 7 is not the best of all.

    A search on a grid ends at a point of the grid. Solve for b instead.
    """
    baselines = np.linspace(3, 7, 9)
    gaps = (rewards[0] - baselines) * -p - (rewards[1] - baselines) * (1 - p)
    return baselines[np.argmin(abs(gaps))]


def nearly(answer):
    """Return a sentence on baselines that are only near the best one in the game of 3.6, or None."""
    off = max(abs(answer(p, np.array(r)) - same_sample(p, r)) for p, r in GAMES[:2])
    if not 1e-5 < off < 0.1:
        return None
    return (
        f"Near: for the rewards 4 and 5 it is off by up to {off:.2g}, and so far do the samples "
        "of the two actions still differ. A search or a rounded number stays near; solve for b."
    )


EXERCISES = {
    "3a": prediction(
        "the long one",
        "Its fall is further away, so the -1 has shrunk more on the way back. Discounting alone "
        "makes a late fall better than an early one.",
        wrong={
            "the short one": "Tempting, for the longer way multiplies more often by 0.9. But what "
            "shrinks here is a loss: the smaller it is, the higher the return.",
            "both alike": "Tempting, for both earn -1 in all. But only at gamma 1 does a return "
            "forget how far away the fall is.",
        },
        measure=first_returns,
    ),
    "3b": Exercise(
        soon_is_worse,
        wrong=all_from(one_step_more, to=first_return_alone),
        cases=lambda: [(1, 0.9), (3, 0.5), (4, 0.9), (3, 1.0), (3, 0.0)],
    ),
    "3c": Exercise(
        what_follows,
        wrong=all_from(added_then_turned, to=turned_rewards),
        cases=lambda: [
            (np.array(rewards),)
            for rewards in ([3.0], [10.0, 0.0, -50.0], [0.5, 2.0, -1.25, 0.25, 3.0], [1, 0, 2])
        ],
        run=without_a_loop,
    ),
    "3d": Exercise(
        same_sample,
        wrong=all_from(mean_reward, to=best_of_nine),
        cases=lambda: [(p, np.array(rewards)) for p, rewards in GAMES],
        diagnose=nearly,
    ),
}
