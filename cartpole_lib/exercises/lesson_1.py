"""The exercises of lesson 1: policies by hand."""

import itertools

import gymnasium as gym
import numpy as np
from tqdm.auto import tqdm

from cartpole_lib.evaluate import evaluate
from cartpole_lib.exercises.comparing import Complaint, same, shown
from cartpole_lib.exercises.exercise import Exercise, all_from, prediction
from cartpole_lib.policies import lean_policy, linear_policy, random_policy
from cartpole_lib.rollout import play_episode

SIGNS = np.array(list(itertools.product((-1, 1), (-2, 2), (-0.1, 0.1), (-3, 3))))  # (16, 4)
NEARLY_UPRIGHT = np.array([[1, 2, 0.0, 3], [1, 2, 0.001, -3]])
N_STEPS = 3_000
STARTS = range(5)


def against_the_lean(observations):
    """It serves one observation and many."""
    return 1 - lean_policy(observations)


def towards_the_lean(observations):
    """This pushes towards the lean, as lean_policy does: swap the two actions."""
    return lean_policy(observations)


def minus_the_lean(observations):
    """-1 is no action, and -0 is 0: subtract from 1 instead."""
    return -lean_policy(observations)


def against_the_position(observations):
    """It looks at the position, observations[..., 0]; the angle is number 2."""
    return (observations[..., 0] <= 0).astype(int)


def against_the_velocity(observations):
    """It looks at the velocity of the cart, observations[..., 1]; the angle is number 2."""
    return (observations[..., 1] <= 0).astype(int)


def against_the_spin(observations):
    """It looks at how the pole turns, observations[..., 3]; the angle is number 2."""
    return (observations[..., 3] <= 0).astype(int)


def third_row(observations):
    """When many come, observations[2] is the third observation: write observations[..., 2]."""
    return (observations[2] <= 0).astype(int)


def one_at_a_time(answer):
    """Return a sentence on a policy that asks an array for one truth, or None."""
    try:
        answer(SIGNS.copy())
    except ValueError as error:
        if "truth value" in str(error):
            return (
                "Many come at once, one a row, and `if` and `not` take one: compare "
                "observations[..., 2], and end with .astype(int)."
            )
    return None


def whole_actions(answer, observations):
    """Return the actions of an answer; complain if they are right, but no whole numbers."""
    right, actions = against_the_lean(observations), answer(observations)
    if same(actions, right) and np.asarray(actions).dtype.kind == "f":
        raise Complaint(
            "The actions are right, but they are floats, such as 1.0, which no environment takes: "
            ".astype(int) makes an array whole, and int(…) one number."
        )
    return actions


def mean_returns():
    """Return a sentence with the mean returns that exercise 1a asks about."""
    against = evaluate(against_the_lean, seed=0).mean()
    chance = evaluate(random_policy(seed=0), seed=0).mean()
    return f"Over 100 episodes: {against:.1f} steps against the lean, {chance:.1f} by chance."


def mean_with_spin(weight):
    """Plot an episode with the weight 5 to see how it ends."""
    return evaluate(linear_policy([0, 0, 1, weight]), seed=0).mean()


def swapped(weight):
    """The two weights are swapped: the angular velocity comes last."""
    return evaluate(linear_policy([0, 0, weight, 1]), seed=0).mean()


def weight_of_the_velocity(weight):
    """This is the weight of the cart's velocity: the angular velocity of the pole comes last."""
    return evaluate(linear_policy([0, weight, 1, 0]), seed=0).mean()


def all_returns(weight):
    """All 100 returns came back: end with .mean()."""
    return evaluate(linear_policy([0, 0, 1, weight]), seed=0)


def weight_not_used(weight):
    """The angular velocity counts as much as the angle, whatever the argument: only the last
    weight must be the argument.
    """
    return evaluate(linear_policy([0, 0, 1, 1]), seed=0).mean()


def other_starts(weight):
    """These are the starts of another seed: evaluate with seed=0."""
    return evaluate(linear_policy([0, 0, 1, weight]), seed=1).mean()


def weights_that_stay():
    """Pushed away from the middle, the pole comes to lean towards it, and the cart follows."""
    return [0.1, 0.2, 1, 1]


def every_end(answer):
    """Return in words how the episode from each start ends with the answer's weights."""
    policy = linear_policy(answer())
    with gym.make("CartPole-v1", max_episode_steps=N_STEPS) as env:
        return [end(play_episode(env, policy, seed)) for seed in tqdm(STARTS, leave=False)]


def end(episode):
    """Return in words how an episode ended."""
    if not episode.terminated:
        return "still up"
    off = abs(episode.observations[-1][0]) > 2.4
    return f"{'off the track' if off else 'fallen'} after {len(episode.actions)} steps"


def wrong_weights(answer):
    """Return a sentence on weights that do not stay, by their signs, or None."""
    answered = answer()
    try:
        weights = np.asarray(answered, float)
    except (TypeError, ValueError):
        return f"Four numbers are wanted, a weight for each; you returned {shown(answered)}."
    if weights.shape != (4,):
        return f"Four weights are wanted in one row; you returned {shown(answered)}."
    if (weights[2:] <= 0).any():
        return "The last two weights must stay positive, or the pole falls."
    if (weights[:2] < 0).any():
        cart = "is far right" if weights[0] < 0 else "rolls to the right"
        return (
            f"A weight below 0 pushes to the left a cart that {cart}. The pole then leans right, "
            "and the cart follows it further out."
        )
    if not weights[:2].any():
        return "Nothing in these weights knows where the cart is: it wanders off the track."
    return None


EXERCISES = {
    "1a": prediction(
        "worse",
        "By chance half of the pushes go under the falling pole; against the lean, none does.",
        wrong={
            "better": "Tempting, as one would pull a pole back at its top. But the push moves its "
            "foot: away from the lean, the foot leaves the falling pole behind.",
            "the same": "Tempting, for a wrong rule seems to know as little as chance. But it is "
            "wrong every time, and chance only half of the time.",
        },
        measure=mean_returns,
    ),
    "1b": Exercise(
        against_the_lean,
        wrong=all_from(towards_the_lean, to=third_row),
        cases=lambda: [
            *((row,) for row in [*SIGNS[[0, 3, 4, 15]], *NEARLY_UPRIGHT]),
            *((rows,) for rows in (SIGNS, SIGNS[:4], SIGNS[:1])),  # as many as numbers; one row
        ],
        run=whole_actions,
        diagnose=one_at_a_time,
    ),
    "1c": Exercise(
        mean_with_spin,
        wrong=all_from(swapped, to=other_starts),
        cases=lambda: [(0.2,), (2,), (5,), (3.3,), (-1,)],  # the last two stand in no table
    ),
    "1d": Exercise(weights_that_stay, run=every_end, diagnose=wrong_weights),
}
