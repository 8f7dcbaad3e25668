"""Famous mistakes, each as small as it can be, to be tried out: what do they cost?

They are called like `weigh` of `train_reinforce` or like `update` of `train_actor_critic`.
"""

import numpy as np

from cartpole_lib.actor_critic import actor_critic_update, advantages_and_targets, value_loss
from cartpole_lib.forward import action_probabilities
from cartpole_lib.gradients import compiled_step, compiled_value_step
from cartpole_lib.reinforce import policy_gradient_loss
from cartpole_lib.returns import standardize


def each_by_itself(returns):
    """Standardise every episode by itself: a long and a short one get the same weights.

    `returns` is a list of arrays, one for each episode, and so is the result. Shown in
    notebook 07.
    """
    return [standardize(episode) for episode in returns]


def own_included(returns):
    """Compare each return with the mean of all episodes that got as far, its own included.

    With k episodes left, the expected gradient of a step keeps only 1 − 1/k of its size. Called
    like `leave_one_out`. Shown in notebook 07.
    """
    table = np.full((len(returns), max(map(len, returns))), np.nan)
    for row, episode in zip(table, returns):
        row[: len(episode)] = episode
    mean, deviation = np.nanmean(table, axis=0), np.nanstd(table) + 1e-8
    return [(episode - mean[: len(episode)]) / deviation for episode in returns]


def limit_is_a_fall(policy_net, value_net, optimizers, episodes, *settings):
    """Take the time limit for a fall: nothing comes after it, says the critic's target.

    Called like `actor_critic_update`. Shown in notebook 07.
    """
    episodes = [episode._replace(terminated=True) for episode in episodes]
    return actor_critic_update(policy_net, value_net, optimizers, episodes, *settings)


def last_dropped(policy_net, value_net, optimizers, episodes, *settings):
    """Leave out the last step of every episode, as `if done: break` before the append does.

    Called like `actor_critic_update`. Shown in notebook 07.
    """
    episodes = [
        e._replace(observations=e.observations[:-1], actions=e.actions[:-1], rewards=e.rewards[:-1])
        for e in episodes
    ]
    return actor_critic_update(policy_net, value_net, optimizers, episodes, *settings)


def no_stop_gradient(policy_net, value_net, optimizers, episodes, gamma, lam, n_value_steps):
    """Let the actor's loss into the critic: its targets rise by −½ log π(action).

    That is what the derivative of the actor's loss by the value adds, where advantages are no
    constants, but returns minus values as they are (no mean subtracted, lam = 1). Called like
    `actor_critic_update`. Shown in notebook 07.
    """
    advantages, targets = advantages_and_targets(value_net, episodes, gamma, lam)
    observations = np.concatenate([episode.observations[:-1] for episode in episodes])
    actions = np.concatenate([episode.actions for episode in episodes])
    pi = action_probabilities(policy_net)(observations)[np.arange(len(actions)), actions]
    gradient_step = compiled_step(policy_net, optimizers[0], policy_gradient_loss)
    value_steps = compiled_value_step(value_net, optimizers[1], value_loss, n_value_steps)
    gradient_step(observations, actions, advantages - advantages.mean())
    value_steps(observations, targets - np.log(pi) / 2)
