"""What lesson 6 compares: named trainers, functions of a seed that return a `Training`."""

from functools import partial

import numpy as np

from cartpole_lib.actor_critic import train_actor_critic
from cartpole_lib.evaluate import evaluate, summarize
from cartpole_lib.mistakes import each_by_itself, last_dropped, limit_is_a_fall, no_stop_gradient
from cartpole_lib.networks import sigmoid_policy_net
from cartpole_lib.policies import lean_and_spin_policy, lean_policy, linear_policy, random_policy
from cartpole_lib.reinforce import train_reinforce
from cartpole_lib.returns import standardize
from cartpole_lib.rollout import play_episodes
from cartpole_lib.training import Training, draw_seed, looks_promising, make_training_envs

THRESHOLD = 475  # of CartPole-v1, all that is compared here


def report(policy, rng):
    """Return the `Summary` of a policy on 100 fresh episodes."""
    return summarize(evaluate(policy, seed=draw_seed(rng)), THRESHOLD)


def without_training(policy, *, seed):
    """Report on a policy that is not trained; "random" stands for `random_policy(seed)`."""
    summary = report(
        random_policy(seed) if policy == "random" else policy, np.random.default_rng(seed)
    )
    return Training(None, np.empty(0), np.empty(0, int), 0, 0, summary.solved, summary, summary)


def search_linear(*, seed, n_updates=300):
    """Draw linear policies at random until one passes the stopping rule of `run_training`.

    Each candidate plays eight episodes; the best one is reported. Used in notebook 06.
    """
    envs, (play_rng, stop_rng, report_rng) = make_training_envs("CartPole-v1", 8, seed)
    totals, tried, solved = [], [], False
    while not solved and len(tried) < n_updates:
        policy = linear_policy(play_rng.normal(size=4))
        batch = play_episodes(envs, policy, draw_seed(play_rng))
        totals += [episode.rewards.sum() for episode in batch]
        tried.append((np.mean(totals[-8:]), policy))
        if looks_promising(tried[-1][0], THRESHOLD):
            solved = all(report(policy, stop_rng).low >= THRESHOLD for _ in range(2))
    envs.close()
    _, best = tried[-1] if solved else max(tried, key=lambda candidate: candidate[0])
    returns, summary = np.array(totals), report(best, report_rng)
    lengths = returns.astype(int)  # each step earns 1
    n_steps = int(lengths.sum())
    return Training(None, returns, lengths, len(tried), n_steps, solved, summary, summary)


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
    "REINFORCE, each by itself": partial(train_reinforce, weigh=each_by_itself),
    "actor-critic, limit is a fall": partial(train_actor_critic, update=limit_is_a_fall),
    "actor-critic, no stop-gradient": partial(train_actor_critic, update=no_stop_gradient),
    "actor-critic, last dropped": partial(train_actor_critic, update=last_dropped),
}
