"""The exercises of lesson 4: signs, weights and the loss of REINFORCE."""

import numpy as np

from cartpole_lib.exercises.comparing import same
from cartpole_lib.exercises.exercise import Exercise, all_from, prediction
from cartpole_lib.exercises.standin import (
    kind_of_network,
    others_of,
    plainly,
    settings_of,
    wrongly_set,
)
from cartpole_lib.guards.episodes import weigher
from cartpole_lib.returns import leave_one_out, standardize

KNOWN = "seed", "n_envs", "n_updates", "weigh", "policy_net", "progress"


# ---- 4a: the wrong sign


def downhill():
    """Return a sentence with what two fresh networks learn from weights with the wrong sign."""
    from cartpole_lib.reinforce import train_reinforce

    settings = {"n_updates": 15, "weigh": flipped, "stop_when_solved": False}
    runs = [train_reinforce(seed=seed, **settings) for seed in range(2)]
    first = np.mean([run.episode_returns[:6].mean() for run in runs])
    last = " and ".join(f"{run.sampled.mean:.1f}" for run in runs)
    return f"Two fresh networks: {first:.1f} steps in the first update, after 15 updates {last}."


def flipped(returns):
    """Return the weights of `leave_one_out` with the wrong sign."""
    return [-weights for weights in leave_one_out(returns)]


# ---- 4b: one episode an update


def one_by_one(train, seed):
    """Compared with the rest of its own episode, a step can be better or worse than usual."""
    return train(seed=seed, n_envs=1, n_updates=100, weigh=standardize)


def the_same_for_all(returns):
    """Return the total return of its episode for every step."""
    return [np.full(len(episode), episode[0]) for episode in returns]


def no_others(train, seed):
    """The weighing is still leave_one_out, and there is no other episode to compare with."""
    return train(seed=seed, n_envs=1, n_updates=100)


def returns_to_go(train, seed):
    """The weights are the returns to go, as they are.

    They are all positive: each step pulls towards what was done, good or bad (3.5).
    """
    return train(seed=seed, n_envs=1, n_updates=100, weigh=lambda returns: returns)


def total(train, seed):
    """Every step gets the total return: all weights are equal and positive, so nothing is compared."""
    return train(seed=seed, n_envs=1, n_updates=100, weigh=the_same_for_all)


def only_shifted(train, seed):
    """The mean is subtracted, but nothing is divided by the deviation: take standardize."""
    return train(seed=seed, n_envs=1, n_updates=100, weigh=not_divided)


def six_at_once(train, seed):
    """It still plays six episodes an update: n_envs=1 is missing."""
    return train(seed=seed, n_updates=100, weigh=standardize)


def whole_budget(train, seed):
    """n_updates is still 300: with one episode an update, 100 episodes are 100 updates."""
    return train(seed=seed, n_envs=1, weigh=standardize)


def one_seed(train, seed):
    """It trains with seed 0, whatever seed it gets: all its runs are one run."""
    return train(seed=0, n_envs=1, n_updates=100, weigh=standardize)


def trained_before(train, seed):
    """The network that you hand over can play already, and such a run shows nothing.

    Leave policy_net out, or build a fresh network inside the function.
    """
    return train(
        seed=seed, n_envs=1, n_updates=100, weigh=standardize, policy_net=lean_and_spin_net()
    )


def lean_and_spin_net():
    """Return a network that plays well without training: angle plus angular velocity."""
    import keras

    net = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2, use_bias=False)])
    net.set_weights([np.outer([0, 0, 50, 50], [-1, 1])])
    return net


def what_is_trained(answer, seed):
    """Return the settings of one episode an update that count, as a list that can be compared."""
    from cartpole_lib.reinforce import train_reinforce

    asked, again = (settings_of(train_reinforce, answer, seed) for _ in range(2))
    single = [np.array([3.0, 2.5, 1.0, 0.25])]  # the returns of a batch of one episode
    weights = weigher(asked["weigh"], "weigh")(single)
    return [
        f"seed {plainly(asked['seed'])}",
        f"{plainly(asked['n_envs'])} an update",
        f"{plainly(asked['n_updates'])} updates",
        kind_of_network(asked["policy_net"], again["policy_net"]),
        others_of(train_reinforce, asked, KNOWN),
        *weights,
    ]


# ---- 4c: each episode by itself


def each_alone(returns):
    """The mean of each episode's weights is 0: in CartPole only the clock tells its steps apart."""
    return [standardize(episode) for episode in returns]


def by_the_variance(returns):
    """It divides by the variance of the episode: its square root is the standard deviation."""
    return [(r - np.mean(r)) / (np.var(r) + 1e-8) for r in returns]


def single_steps_left_out(returns):
    """Episodes of one step are left out: each needs its array, of one 0."""
    return [standardize(episode) for episode in returns if len(episode) > 1]


def over_the_batch(returns):
    """This standardises over the batch, with one mean for all episodes: take them one at a time."""
    return standardize(returns)


def against_the_others(returns):
    """This is leave_one_out, which compares with the other episodes at the same step."""
    return leave_one_out(returns)


def not_divided(returns):
    """The mean is subtracted, but the division by the deviation of the episode is missing."""
    return [np.subtract(episode, np.mean(episode)) for episode in returns]


def not_shifted(returns):
    """It divides by the deviation, but the mean of the episode is not subtracted."""
    return [np.divide(episode, np.std(episode) + 1e-8) for episode in returns]


def deviation_of_the_batch(returns):
    """The mean is the episode's own, but the deviation is that of the whole batch."""
    deviation = np.std(np.concatenate(returns)) + 1e-8
    return [(episode - np.mean(episode)) / deviation for episode in returns]


def mean_of_the_batch(returns):
    """The deviation is the episode's own, but the mean is that of the whole batch."""
    mean = np.mean(np.concatenate(returns))
    return [(episode - mean) / (np.std(episode) + 1e-8) for episode in returns]


def divided_by_nothing(returns):
    """An episode of one step has no deviation, and 0 / 0 is no number.

    Add 1e-8 to the deviation, or use standardize, which does.
    """
    return [(episode - np.mean(episode)) / np.std(episode) for episode in returns]


def only_for_one_step(returns):
    """An episode of two equal returns has no deviation, either, and 0 / 0 is no number.

    Its weights are 0 as well: add 1e-8 to every deviation, as standardize does.
    """
    return [r * 0 if len(r) == 1 else divided_by_nothing([r])[0] for r in returns]


def as_they_were(returns):
    """The returns came back as they were.

    If you write r = … in a loop, r is another array then, and the list keeps the old one.
    """
    return list(returns)


def last_in_a_list(returns):
    """Your list has the last episode alone: gather those of all rounds."""
    return [standardize(returns[-1])]


def first_episode(returns):
    """It stops after the first episode: an array for each of them is wanted, in a list."""
    return standardize(returns[0])


def first_in_a_list(returns):
    """Your list has the first episode alone: does return stand inside the loop?

    There it ends the loop in its first round: put it below.
    """
    return [standardize(returns[0])]


def end_to_end(returns):
    """The right numbers, but put end to end: return a list with an array for each episode."""
    return np.concatenate(each_alone(returns))


def listed_twice(returns):
    """Each array stands in a second list: take it out, or hand each array to standardize as it is."""
    return [[weights] for weights in each_alone(returns)]


def quietly(answer, *case):
    """Return what the answer returns; NumPy's warnings of a division by 0 stay out."""
    with np.errstate(all="ignore"):
        return answer(*case)


def batches():
    """Return batches of returns: a single step, two equal returns, negative ones."""
    short, long = np.array([2.0, 1.5]), np.array([4.0, 3.0, 2.0, 0.5])
    equal = [long, np.array([5.0])], [long, np.array([3.0, 3.0])]
    return [
        ([long, short],),
        *((each,) for each in equal),
        ([-long, short, np.array([-1.0, 0, 7])],),
    ]


def of_a_sample(answer):
    """Return a sentence on the deviation that divides by n - 1, or None."""
    returns = np.array([4.0, 3.0, 2.0, 0.5])
    wanted = (returns - returns.mean()) / returns.std(ddof=1)
    if not same(list(quietly(answer, [returns])), [wanted]):
        return None
    return (
        "Your deviation is that of a sample: it divides by n - 1. Take NumPy's, which divides by n, "
        "as in standardize: then an episode of unequal returns has the deviation 1."
    )


# ---- 4d: the loss by hand


def loss_in_numpy(logits, actions, weights):
    """It is what policy_gradient_loss computes, without Keras."""
    return -np.mean(weights * chosen(log_softmax(logits), actions))


def log_softmax(logits, axis=-1):
    """Return the logarithms of the probabilities that logits stand for."""
    return logits - np.log(np.exp(logits).sum(axis=axis, keepdims=True))


def chosen(table, actions):
    """Return from each row of a table the entry of the action."""
    return table[np.arange(len(actions)), actions]


def uphill(logits, actions, weights):
    """The sign is wrong. Optimisers go down, and this loss makes the good actions rarer."""
    return -loss_in_numpy(logits, actions, weights)


def summed(logits, actions, weights):
    """This is the sum over all steps, and the mean is wanted: divide by their number."""
    return loss_in_numpy(logits, actions, weights) * len(actions)


def by_all_weights(logits, actions, weights):
    """It divides by the sum of the weights. Divide by the number of steps, as np.mean does."""
    return loss_in_numpy(logits, actions, weights) * len(actions) / np.sum(weights)


def of_logits(logits, actions, weights):
    """It takes the logits for log probabilities: the softmax is missing."""
    return -np.mean(weights * chosen(logits, actions))


def without_logarithm(logits, actions, weights):
    """It weighs the probabilities themselves: the logarithm is missing."""
    return -np.mean(weights * np.exp(chosen(log_softmax(logits), actions)))


def softmax_over_steps(logits, actions, weights):
    """The softmax runs over the steps: the probabilities of each row must add up to 1, axis=-1."""
    return -np.mean(weights * chosen(log_softmax(logits, axis=0), actions))


def one_sum_for_all(logits, actions, weights):
    """One sum over the whole table is no softmax: each row has its own, axis=-1, keepdims=True."""
    return -np.mean(weights * chosen(logits - np.log(np.exp(logits).sum()), actions))


def sums_in_a_row(logits, actions, weights):
    """The sums of the softmax lie in a row, so each divides a column: keepdims=True.

    With as many steps as actions NumPy says nothing, else it stops.
    """
    return -np.mean(weights * chosen(logits - np.log(np.exp(logits).sum(axis=-1)), actions))


def softmax_twice(logits, actions, weights):
    """The softmax is taken twice: its probabilities went through another one."""
    return loss_in_numpy(np.exp(log_softmax(logits)), actions, weights)


def not_weighed(logits, actions, weights):
    """The weights are not used: every action is made likelier, also the bad ones."""
    return -np.mean(chosen(log_softmax(logits), actions))


def all_pairs(logits, actions, weights):
    """Each weight met every step: this is the mean weight times the mean of -log π.

    So it comes out where two means are multiplied, or shapes (n,) and (n, 1): of those NumPy
    makes a table (n, n), silently.
    """
    return -np.mean(weights) * np.mean(chosen(log_softmax(logits), actions))


def whole_rows(logits, actions, weights):
    """log_probs[actions] takes whole rows. One entry of each: log_probs[np.arange(n), actions]."""
    return -np.mean(weights[:, np.newaxis] * log_softmax(logits)[actions])


def every_row(logits, actions, weights):
    """log_probs[:, actions] has shape (n, n), each row with the actions of all steps.

    One entry of each row: log_probs[np.arange(n), actions].
    """
    return -np.mean(weights * log_softmax(logits)[:, actions])


def all_actions(logits, actions, weights):
    """It counts the actions that were not taken, too: only the action of each step belongs here."""
    return -np.mean(weights * log_softmax(logits).sum(axis=-1))


def mean_over_the_table(logits, actions, weights):
    """The mean runs over a table with an entry for each action, mostly zeros: divide by the steps."""
    return loss_in_numpy(logits, actions, weights) / logits.shape[1]


def one_for_each_step(logits, actions, weights):
    """There is a loss for each step: one number is wanted, their mean."""
    return -weights * chosen(log_softmax(logits), actions)


def first_step_alone(logits, actions, weights):
    """It counts the first step alone: does return stand inside the loop?"""
    return loss_in_numpy(logits[:1], actions[:1], weights[:1])


def first_step_of_all(logits, actions, weights):
    """It adds the first step alone, and divides by all: does return stand inside the loop?"""
    return first_step_alone(logits, actions, weights) / len(actions)


def steps():
    """Return batches of logits, actions and weights, of two and of three actions.

    There are never as many steps as actions, or a mean over the actions passes for one over steps.
    """
    logits = np.array([[0.0, 1.0], [0.5, 2.0], [1.0, -0.5]])
    two = logits, np.array([1, 0, 0]), np.array([1.0, -0.25, 2.0])
    logits = np.array([[0.0, 1.0, -1.0], [0.3, 0.0, 0.5], [2.0, -1.0, 0.1], [1.0, 0.2, 0.0]])
    three = logits, np.array([2, 0, 1, 0]), np.array([0.5, -2.0, 1.5, 3.0])
    return [two, three]


def for_two_actions(answer):
    """Return a sentence on a loss that is right for two actions only, or None."""
    two, three = steps()
    right = [same(answer(*case), loss_in_numpy(*case)) for case in (two, three)]
    return "It is right for two actions, and not for three." if right == [True, False] else None


EXERCISES = {
    "4a": prediction(
        "to fall",
        "Every update makes likelier what was followed by less, until nothing ends sooner.",
        wrong={
            "nothing": "Tempting, for a sign error sounds like a broken gradient. But it is the "
            "same gradient, of the same size: each step is taken, down instead of up.",
            "to balance": "Tempting, for nothing crashes, and a training that runs looks right. "
            "But what it makes likelier is what was followed by less than usual.",
        },
        measure=downhill,
    ),
    "4b": Exercise(
        one_by_one,
        wrong=all_from(no_others, to=trained_before),
        cases=lambda: [(3,), (4,)],
        run=what_is_trained,
        diagnose=wrongly_set(what_is_trained, one_by_one, seed=3),
    ),
    "4c": Exercise(
        each_alone,
        wrong=all_from(by_the_variance, to=listed_twice),
        cases=batches,
        run=quietly,
        diagnose=of_a_sample,
    ),
    "4d": Exercise(
        loss_in_numpy,
        wrong=all_from(uphill, to=first_step_of_all),
        cases=steps,
        diagnose=for_two_actions,
    ),
}
