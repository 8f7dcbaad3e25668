"""The loop that every algorithm shares: play, update, and stop when a separate evaluation says so."""

from typing import Any, NamedTuple

import numpy as np
from tqdm.auto import tqdm

from cartpole_lib.checks import check_count, check_path, check_seed
from cartpole_lib.evaluate import Summary, evaluate, summarize
from cartpole_lib.net_checks import check_fits
from cartpole_lib.play_checks import check_spaces
from cartpole_lib.policies import greedy_policy, sampling_policy, save_policy
from cartpole_lib.rollout import make_envs, play_episodes

RECENT = 16  # training episodes whose mean return decides whether an evaluation is worth its time


class Training(NamedTuple):
    """What a training run leaves behind. Evaluations are not counted as steps or episodes."""

    policy_net: Any  # a Keras model: observations → logits
    episode_returns: np.ndarray  # (n_episodes,), every training episode in order
    episode_lengths: np.ndarray  # (n_episodes,), in steps
    n_updates: int  # when it ended: solved, or at the end of its budget
    n_steps: int  # environment steps until then
    solved: bool  # a separate evaluation, greedy and sampled, said so
    greedy: Summary  # of 100 episodes after training, on starts that no decision has seen
    sampled: Summary
    value_net: Any = None  # the critic, where the algorithm has one


def make_training_envs(env_id, n_envs, seed, path=None):
    """Check what any training needs, and return its environments and three generators.

    The generators are for playing, for the stopping rule and for the final report: what one
    of them draws does not shift the others. Raises TypeError, ValueError or OSError.
    """
    if check_seed(seed) is None:
        raise ValueError("seed must be a whole number, so that the run can be repeated; got None")
    if path is not None:
        check_path(path)
    envs = make_envs(env_id, n_envs)
    check_spaces(envs.single_observation_space, envs.single_action_space)
    return envs, np.random.default_rng(seed).spawn(3)


def run_training(
    envs, rngs, policy_net, update, n_updates, stop_when_solved=True, path=None, progress=False
):
    """Alternate between playing one episode in each of `envs` and `update(episodes)`.

    At most `n_updates` times. When the returns of the last episodes come close to the
    environment's own threshold, 100 fresh episodes are played greedily and 100 sampled;
    training ends when both confidence intervals lie above the threshold, twice in a row.
    Returns a `Training`.
    """
    check_fits(policy_net, envs.single_observation_space, envs.single_action_space)
    play_rng, stop_rng, report_rng = rngs
    episodes, solved = [], False
    bar = tqdm(range(check_count(n_updates, "n_updates")), unit="update", disable=not progress)
    for _ in bar:
        policy = sampling_policy(policy_net, play_rng)
        batch = play_episodes(envs, policy, draw_seed(play_rng))
        update(batch)
        episodes += [(episode.rewards.sum(), len(episode.actions)) for episode in batch]
        recent = np.mean([total for total, _ in episodes[-RECENT:]])
        bar.set_postfix({"mean return": f"{recent:.0f}"}, refresh=False)
        if stop_when_solved and looks_promising(recent, envs.spec.reward_threshold):
            solved = passes_twice(policy_net, envs.spec, stop_rng)
        if solved:
            break
    envs.close()
    if path is not None:
        save_policy(policy_net, path)
    returns, lengths = map(np.array, zip(*episodes))
    n_updates = len(episodes) // envs.num_envs
    reports = evaluate_both(policy_net, envs.spec, report_rng)
    return Training(policy_net, returns, lengths, n_updates, int(lengths.sum()), solved, *reports)


def draw_seed(rng):
    """Return a seed for an environment, drawn from a generator."""
    return int(rng.integers(2**31))


def looks_promising(mean_return, threshold):
    """Say whether recent training returns come close enough to the threshold to evaluate."""
    return threshold is not None and mean_return >= threshold - 0.05 * abs(threshold)


def passes_twice(policy_net, spec, rng):
    """Say whether two separate evaluations pass: of many looks, a single one may be lucky."""
    looks = (evaluate_both(policy_net, spec, rng) for _ in range(2))
    return all(summary.low >= spec.reward_threshold for look in looks for summary in look)


def evaluate_both(policy_net, spec, rng):
    """Play 100 fresh episodes greedily and 100 sampled; return both `Summary`s.

    Without a threshold of the environment's own, `solved` is False.
    """
    threshold = np.finfo(float).max if spec.reward_threshold is None else spec.reward_threshold
    policies = greedy_policy(policy_net), sampling_policy(policy_net, rng)
    return [summarize(evaluate(p, spec.id, seed=draw_seed(rng)), threshold) for p in policies]
