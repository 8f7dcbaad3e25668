"""What lessons 6 and 7 compare: named trainers, functions of a seed that return a `Training`."""

from functools import partial

import gymnasium as gym
import numpy as np

from cartpole_lib.actor_critic import train_actor_critic
from cartpole_lib.evaluate import evaluation_episodes, summarize
from cartpole_lib.networks import (
    scaled_policy_net,
    shared_value_net,
    sigmoid_policy_net,
    softmax_policy_net,
)
from cartpole_lib.policies import lean_and_spin_policy, lean_policy, linear_policy, random_policy
from cartpole_lib.reinforce import train_reinforce
from cartpole_lib.returns import standardize
from cartpole_lib.rollout import play_episodes
from cartpole_lib.study import mistakes
from cartpole_lib.training import Training, draw_seed, looks_promising, make_training_envs

THRESHOLD = 475  # of CartPole-v1, all that is compared here


def report(policy, rng):
    """Return the `Summary` of a policy on 100 fresh episodes, and the steps that they took."""
    episodes = evaluation_episodes(policy, "CartPole-v1", 100, draw_seed(rng))
    returns = [episode.rewards.sum() for episode in episodes]
    return summarize(returns, THRESHOLD), int(sum(returns))  # each step earns 1


def without_training(policy, *, seed):
    """Report on a policy that is not trained; "random" stands for `random_policy(seed)`."""
    policy = random_policy(seed) if policy == "random" else policy
    summary, _ = report(policy, np.random.default_rng(seed))
    nothing = np.empty(0), np.empty(0, int), 0, 0, 0
    return Training(None, *nothing, summary.solved, summary, summary)


def search_linear(*, seed, n_updates=300):
    """Draw linear policies at random until one passes the stopping rule of `run_training`.

    Each candidate plays eight episodes; the best one is reported. Notebook 06 has a table of such runs.
    """
    envs, (play_rng, stop_rng, report_rng) = make_training_envs("CartPole-v1", 8, seed)
    totals, tried, n_evaluation_steps, solved = [], [], 0, False
    while not solved and len(tried) < n_updates:
        policy = linear_policy(play_rng.normal(size=4))
        batch = play_episodes(envs, policy, draw_seed(play_rng))
        totals += [episode.rewards.sum() for episode in batch]
        tried.append((np.mean(totals[-8:]), policy))
        looks = 2 if looks_promising(tried[-1][0], THRESHOLD) else 0
        for _ in range(looks):
            summary, n_steps = report(policy, stop_rng)
            n_evaluation_steps += n_steps
            solved = summary.low >= THRESHOLD
            if not solved:
                break
    envs.close()
    _, best = tried[-1] if solved else max(tried, key=lambda candidate: candidate[0])
    returns, (summary, _) = np.array(totals), report(best, report_rng)
    lengths = returns.astype(int)  # each step earns 1
    counts = len(tried), int(lengths.sum()), n_evaluation_steps
    return Training(None, returns, lengths, *counts, solved, summary, summary)


def train_with_known_settings(*, seed):
    """Train with the settings of a well-known lesson: 150 updates of 10 episodes, 5 elu units."""
    return train_reinforce(
        seed=seed,
        n_updates=150,
        n_envs=10,
        gamma=0.95,
        learning_rate=0.01,
        weigh=standardize,
        policy_net=sigmoid_policy_net(seed),
        stop_when_solved=False,
    )


def reinforce_on_raw(*, seed):
    """Train by REINFORCE a network that gets the observations as they are."""
    return train_reinforce(seed=seed, policy_net=softmax_policy_net(seed))


def train_on_raw(*, seed, **arguments):
    """Train an actor-critic whose networks get the observations as they are."""
    nets = softmax_policy_net(seed), shared_value_net(softmax_policy_net(seed + 1))
    return train_actor_critic(seed=seed, policy_net=nets[0], value_net=nets[1], **arguments)


def train_one_trunk(*, seed, **arguments):
    """Train an actor-critic whose networks share all layers but the last."""
    space = gym.make("CartPole-v1").observation_space
    policy_net = scaled_policy_net(space, 2, seed)
    nets = policy_net, shared_value_net(policy_net)
    return train_actor_critic(seed=seed, policy_net=nets[0], value_net=nets[1], **arguments)


METHODS = {
    "random": partial(without_training, "random"),
    "lean": partial(without_training, lean_policy),
    "lean and spin": partial(without_training, lean_and_spin_policy),
    "random linear search": search_linear,
    "well-known settings": train_with_known_settings,
    "REINFORCE": train_reinforce,
    "actor-critic": train_actor_critic,
}
ABLATIONS = {
    "REINFORCE, batch": partial(train_reinforce, weigh=standardize),
    "REINFORCE, each by itself": partial(train_reinforce, weigh=mistakes.each_by_itself),
    "REINFORCE, own included": partial(train_reinforce, weigh=mistakes.own_included),
    "REINFORCE, raw observations": reinforce_on_raw,
    "actor-critic, limit is a fall": partial(train_actor_critic, update=mistakes.limit_is_a_fall),
    "actor-critic, no stop-gradient": partial(train_actor_critic, update=mistakes.no_stop_gradient),
    "actor-critic, last dropped": partial(train_actor_critic, update=mistakes.last_dropped),
    "actor-critic, one critic step": partial(train_actor_critic, n_value_steps=1),
    "actor-critic, one trunk": train_one_trunk,
    "actor-critic, raw observations": train_on_raw,
}
PAST_SUCCESS = {
    f"{name}, 60 updates": partial(trainer, n_updates=60, stop_when_solved=False)
    for name, trainer in {"actor-critic": train_actor_critic, **ABLATIONS}.items()
    if name.startswith("actor-critic")
}
