"""The exercises of lesson 5: what a critic says, and what becomes of it."""

import numpy as np

from cartpole_lib.exercises.comparing import shown
from cartpole_lib.exercises.exercise import Exercise, all_from, prediction
from cartpole_lib.exercises.standin import (
    kind_of_network,
    others_of,
    plainly,
    settings_of,
    wrongly_set,
)
from cartpole_lib.guards.nets import value_network
from cartpole_lib.returns import discounted_returns, generalized_advantages

NETS = "policy_net", "value_net"
REWARDS, VALUES = np.array([1.0, 1.0, 1.0]), np.array([2.0, 2.0, 1.0, 1.0])  # of 5.2
KNOWN = "seed", "n_updates", "lam", "n_value_steps", "stop_when_solved", "progress", *NETS
CLOCKS = range(1, 1000)  # limits of an episode, in steps


# ---- 5a: a critic that is too high


def moved_by_five(lam, *ends):
    """Return in words how advantages minus their mean move where every value is too high by 5.

    One episode of section 5.2 for each of `ends`: True where it fell.
    """
    batches = [
        np.concatenate([generalized_advantages(REWARDS, v, 1, lam, end) for end in ends])
        for v in (VALUES, VALUES + 5)
    ]
    low, high = (batch - batch.mean() for batch in batches)
    return np.array2string(high - low + 0.0, precision=2, separator=", ", suppress_small=True)


def what_five_do():
    """Return a sentence with what a constant error of the critic does to the update."""
    return (
        f"On the numbers of 5.2 they move by {moved_by_five(1, True)}. With lam=0.5 by "
        f"{moved_by_five(0.5, True)}: the critic stands in for what is to come, and the 5 ends at the "
        "fall. And at lam=1 with one episode that fell and one that the clock cut off by "
        f"{moved_by_five(1, True, False)}: the clock's last value is too high as well."
    )


# ---- 5b: one step ahead


def td_errors(rewards, values, gamma, terminated):
    """These are the advantages of lambda 0: the luck of one step, and the rest from the critic."""
    following = np.append(values[1:-1], 0.0 if terminated else values[-1])
    return rewards + gamma * following - values[:-1]


def after_the_fall(rewards, values, gamma, terminated):
    """After a fall nothing comes: where terminated is true the last next value is 0."""
    return td_errors(rewards, values, gamma, False)


def limit_for_a_fall(rewards, values, gamma, terminated):
    """At the time limit the pole still stands, and the critic says what would have come.

    Here every end is taken for a fall: the last next value is 0 only where terminated is true.
    """
    return td_errors(rewards, values, gamma, True)


def the_other_way_round(rewards, values, gamma, terminated):
    """The two ends are exchanged: terminated means a fall, after which nothing comes."""
    return td_errors(rewards, values, gamma, not terminated)


def nothing_ever_comes(rewards, values, gamma, terminated):
    """`terminated` is of the episode's end. Here it wipes out the next value of every step."""
    return rewards + gamma * values[1:] * (1 - terminated) - values[:-1]


def next_not_discounted(rewards, values, gamma, terminated):
    """The next value is not discounted: it counts gamma."""
    return td_errors(rewards, values, 1, terminated)


def reward_discounted(rewards, values, gamma, terminated):
    """The reward of the step itself is discounted, too: gamma stands before the next value only."""
    return td_errors(gamma * rewards, values, gamma, terminated)


def not_compared(rewards, values, gamma, terminated):
    """This is what happened, one step ahead. What was expected, V(s_t), is not subtracted."""
    return td_errors(rewards, values, gamma, terminated) + values[:-1]


def expected_minus_happened(rewards, values, gamma, terminated):
    """The sign is wrong: what happened minus what was expected, so that better is above 0."""
    return -td_errors(rewards, values, gamma, terminated)


def own_value_twice(rewards, values, gamma, terminated):
    """The value that is discounted is that of the step itself: take the next one, values[1:]."""
    return rewards + (gamma - 1) * values[:-1]


def to_the_end(rewards, values, gamma, terminated):
    """It waits for the end: these are returns minus values, lambda 1. Look one step ahead only."""
    return generalized_advantages(rewards, values, gamma, 1, terminated)


def last_step_left_out(rewards, values, gamma, terminated):
    """The last step is missing: with T rewards there are T errors, and values has T + 1 entries."""
    return td_errors(rewards, values, gamma, terminated)[:-1]


def rewards_scaled(rewards, values, gamma, terminated):
    """The rewards were multiplied by 1 − gamma. Here they are taken as they come."""
    return td_errors((1 - gamma) * rewards, values, gamma, terminated)


def next_value_twice(rewards, values, gamma, terminated):
    """The value that is subtracted is the next one: take that of the step itself, values[:-1]."""
    return td_errors(rewards, values, gamma, terminated) + values[:-1] - values[1:]


def ends_of_episodes():
    """Return rewards, values, gamma and terminated: cut off, fallen, a single step, losses, gamma 0."""
    three = np.array([1.0, 0.5, 2.0]), np.array([3.0, 2.5, 1.25, 0.75])
    loss = np.array([-1.0, 0.25]), np.array([0.5, -2.0, 1.5])
    single = np.array([0.5]), np.array([2.0, 0.75])
    whole = np.array([1, 1, 1]), np.array([2.0, 1.5, 0.75, 0.5])  # rewards as CartPole's, no floats
    ends = [(*three, 0.9, False), (*three, 0.9, True), (*single, 0.5, True), (*loss, 0.8, False)]
    return [
        *ends,
        (*whole, 0.5, False),
        (*single, 0.5, False),
        (*three, 0, True),
        (*three, 1, False),
    ]


# ---- 5c: what the critic should have said


def lambda_returns(rewards, values, gamma, lam, terminated):
    """What the critic had said plus how much better it turned out: the λ-return."""
    return generalized_advantages(rewards, values, gamma, lam, terminated) + values[:-1]


def only_the_advantages(rewards, values, gamma, lam, terminated):
    """These are the advantages, which are for the actor: add what the critic had expected."""
    return generalized_advantages(rewards, values, gamma, lam, terminated)


def of_the_next_step(rewards, values, gamma, lam, terminated):
    """The values that are added are those of the next observations: take values[:-1]."""
    return generalized_advantages(rewards, values, gamma, lam, terminated) + values[1:]


def values_subtracted(rewards, values, gamma, lam, terminated):
    """The advantages have the values subtracted already: add them back."""
    return generalized_advantages(rewards, values, gamma, lam, terminated) - values[:-1]


def lam_not_used(rewards, values, gamma, lam, terminated):
    """This is the return, the target of lambda 1: lam is not used."""
    return lambda_returns(rewards, values, gamma, 1, terminated)


def one_step_target(rewards, values, gamma, lam, terminated):
    """This is one reward and the next value, the target of lambda 0: lam is not used."""
    return lambda_returns(rewards, values, gamma, 0, terminated)


def no_guess_at_the_end(rewards, values, gamma, lam, terminated):
    """This is the return as if every episode had fallen, and lam is not used."""
    return discounted_returns(rewards, gamma)


def every_end_a_fall(rewards, values, gamma, lam, terminated):
    """Every end is taken for a fall: where the clock cut it off the critic says what was to come."""
    return lambda_returns(rewards, values, gamma, lam, True)


def no_end_a_fall(rewards, values, gamma, lam, terminated):
    """A fall is taken for a time limit: after it nothing comes. Hand `terminated` on."""
    return lambda_returns(rewards, values, gamma, lam, False)


def every_step_an_end(rewards, values, gamma, lam, terminated):
    """`terminated` is of the episode's end. Here it wipes out what follows each step, not only the last."""
    return lambda_returns(rewards, values, 0 if terminated else gamma, lam, terminated)


def every_next_value_lost(rewards, values, gamma, lam, terminated):
    """`terminated` is of the episode's end. Here it wipes out the next value of every step."""
    if not terminated:
        return lambda_returns(rewards, values, gamma, lam, terminated)
    return discounted_returns(rewards - values[:-1], gamma * lam) + values[:-1]


def centred(rewards, values, gamma, lam, terminated):
    """The mean of the advantages is subtracted. That is for the actor; the critic takes them whole."""
    advantages = generalized_advantages(rewards, values, gamma, lam, terminated)
    return advantages - advantages.mean() + values[:-1]


def scaled_once_more(rewards, values, gamma, lam, terminated):
    """The rewards were multiplied by 1 − gamma. Here they are taken as they come."""
    return lambda_returns((1 - gamma) * rewards, values, gamma, lam, terminated)


def with_lambdas():
    """Return the cases of 5b with a lam in each, and one with lam 0."""
    lambdas = 0.5, 0.8, 0.5, 0.9, 0.8, 0.5, 0.5, 1
    cases = [(*c[:3], lam, c[3]) for c, lam in zip(ends_of_episodes(), lambdas, strict=True)]
    return [*cases, (*cases[0][:3], 0, False)]


# ---- 5d: the clock


def both_walks(place, n_steps, gamma=0.99):
    """Return the discounted returns of walking left, and right, for some steps in the corridor."""
    t = np.arange(n_steps)
    return [
        (gamma**t * reward)[max(way - 1, 0) :].sum()
        for way, reward in ((place, 0.2), (20 - place, 1.0))
    ]


def clock_for(place, gamma=0.99):
    """From this clock on a walk to the right is worth more, also to somebody without a critic."""
    return next(n for n in CLOCKS if np.diff(both_walks(place, n, gamma))[0] > 1e-9)


def when_it_arrives(place):
    """This is when the right end first pays. By then the left end may have paid more."""
    return 20 - place


def of_the_whole_corridor(place):
    """This is the length of the corridor, the same for all places: count from `place`."""
    return 20


def not_discounted_at_all(place):
    """This compares sums that are not discounted, or not alike: at gamma 0.99 late rewards count less.

    The reward of step t counts 0.99**t, with t = 0 for the first, on both sides.
    """
    return clock_for(place, gamma=1)


def left_pays_late(place):
    """The left end pays one step too late here: walking k places pays at step k, on both sides."""
    return next(n for n in CLOCKS if both_walks(place, n)[1] > both_walks(place + 1, n)[0])


def counted_from_the_arrival(place):
    """Each walk is discounted from its own arrival: count from the first step of the episode.

    Whoever walks further is paid later, and that counts less.
    """
    paid_at_once = [0.99 ** (place - 1), 0.99 ** (19 - place)]
    return next(n for n in CLOCKS if np.diff(np.divide(both_walks(place, n), paid_at_once)) > 1e-9)


def one_too_many(place):
    """One step too many. The step *onto* an end pays already: walking k places pays at step k."""
    return clock_for(place) + 1


def one_too_few(place):
    """One step too few: with this clock the walk to the left is still worth more, or as much."""
    return clock_for(place) - 1


# ---- 5e: a lazy critic


def lazily(train, seed):
    """With 35 updates for all, and none stopped, one sees what happens after a perfect one."""
    return train(seed=seed, lam=0.9, n_value_steps=5, n_updates=35, stop_when_solved=False)


def stops_when_solved(train, seed):
    """It still stops as soon as it is solved, so nobody sees what comes after: it looks safe.

    Add stop_when_solved=False.
    """
    return train(seed=seed, lam=0.9, n_value_steps=5, n_updates=35)


def only_lambda(train, seed):
    """Only lam is changed: the critic still takes its twenty steps a batch."""
    return train(seed=seed, lam=0.9, n_updates=35, stop_when_solved=False)


def only_the_steps(train, seed):
    """Only the critic's steps are changed: lam is still 0.98."""
    return train(seed=seed, n_value_steps=5, n_updates=35, stop_when_solved=False)


def gamma_for_lambda(train, seed):
    """It is gamma that is 0.9 here: how far one looks. How far one trusts the critic is lam."""
    return train(seed=seed, gamma=0.9, n_value_steps=5, n_updates=35, stop_when_solved=False)


def all_updates(train, seed):
    """n_updates is still 300: without a stop all of them run. 35 are enough."""
    return train(seed=seed, lam=0.9, n_value_steps=5, stop_when_solved=False)


def always_seed_0(train, seed):
    """It trains with seed 0, whatever seed it gets: all its runs are one run."""
    return train(seed=0, lam=0.9, n_value_steps=5, n_updates=35, stop_when_solved=False)


def what_is_lazy(answer, seed):
    """Return the settings of a lazy critic that count, as a list that can be compared."""
    from cartpole_lib.actor_critic import train_actor_critic

    asked, again = (settings_of(train_actor_critic, answer, seed) for _ in range(2))
    return [
        f"seed {plainly(asked['seed'])}",
        f"lam {shown(asked['lam'])}",
        f"{plainly(asked['n_value_steps'])} critic steps",
        f"{plainly(asked['n_updates'])} updates",
        f"stop_when_solved={plainly(asked['stop_when_solved'])}",
        kind_of_network(asked["policy_net"], again["policy_net"]),
        kind_of_critic(asked["value_net"], again["value_net"]),
        others_of(train_actor_critic, asked, KNOWN),
    ]


def kind_of_critic(net, net_of_another_run):
    """Return in words whether each run has a critic of its own; None: the training builds one."""
    if net is None:
        return "a critic of its own"
    used = value_network(net, "value_net") is net_of_another_run
    return "one critic for all runs" if used else "a critic of its own"


EXERCISES = {
    "5a": prediction(
        "not at all",
        "Every advantage goes down by 5, and the update subtracts their mean.",
        wrong={
            "all steps are blamed": "Tempting, for each advantage does go down by 5. But the update "
            "subtracts their mean, and that goes down by 5 as well.",
            "the last steps are blamed": "Tempting, for after the fall the critic is not asked, and "
            "its error ends there. That shows where the critic stands in for what is to come; at "
            "lam=1 it does not, and all steps move alike.",
        },
        measure=what_five_do,
    ),
    "5b": Exercise(
        td_errors, wrong=all_from(after_the_fall, to=next_value_twice), cases=ends_of_episodes
    ),
    "5c": Exercise(
        lambda_returns, wrong=all_from(only_the_advantages, to=scaled_once_more), cases=with_lambdas
    ),
    "5d": Exercise(
        clock_for,
        wrong=all_from(when_it_arrives, to=one_too_few),
        cases=lambda: [(5,), (9,), (1,), (16,), (4,), (2,)],
    ),
    "5e": Exercise(
        lazily,
        wrong=all_from(stops_when_solved, to=always_seed_0),
        cases=lambda: [(3,), (4,)],
        run=what_is_lazy,
        diagnose=wrongly_set(what_is_lazy, lazily, seed=3),
    ),
}
