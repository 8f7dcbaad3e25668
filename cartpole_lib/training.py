"""The loop that every algorithm shares: play, update, and stop when a separate evaluation says so."""

import warnings
from typing import Any, NamedTuple

import numpy as np
from tqdm.auto import tqdm

from cartpole_lib.evaluate import Summary, evaluation_episodes, summarize
from cartpole_lib.guards import guard
from cartpole_lib.guards.nets import critic, fits
from cartpole_lib.policies import greedy_policy, sampling_policy, save_policy
from cartpole_lib.rollout import make_envs, play_episodes

UNKNOWN = Summary(*[np.nan] * 5, solved=False)  # of a report that Ctrl-C ended
RECENT = 10  # training episodes whose mean return decides whether an evaluation is worth its time


class Training(NamedTuple):
    """What a training run leaves behind. Steps and episodes are those of training alone."""

    policy_net: Any  # a Keras model, as `action_logits` takes it; None where none was trained
    episode_returns: np.ndarray  # (n_episodes,), every training episode in order
    episode_lengths: np.ndarray  # (n_episodes,), in steps
    n_updates: int  # when it ended: solved, interrupted, or at the end of its budget
    n_steps: int  # environment steps of training until then
    n_evaluation_steps: int  # environment steps that the stopping rule played besides
    solved: bool  # two separate evaluations, greedy and sampled, said so
    greedy: Summary  # of 100 episodes after training, on starts that no decision has seen
    sampled: Summary
    value_net: Any = None  # the critic, where the algorithm has one
    interrupted: bool = False  # Ctrl-C ended it


def make_training_envs(env_id, n_envs, seed):
    """Return the environments of a training run and three generators.

    The generators are for playing, for the stopping rule and for the final report: what one
    of them draws does not shift the others.
    """
    return make_envs(env_id, n_envs), np.random.default_rng(seed).spawn(3)


@guard(policy_net=fits, value_net=critic)
def run_training(
    env_id,
    envs,
    rngs,
    policy_net,
    learn,
    n_updates,
    stop_when_solved=True,
    path=None,
    progress=False,
    value_net=None,
):
    """Alternate between playing one episode in each of `envs` and `learn(episodes)`.

    At most `n_updates` times. When the returns of the last episodes come close to the
    environment's own threshold, 100 fresh episodes are played greedily and 100 sampled;
    training ends when both confidence intervals lie above the threshold, twice in a row.
    With `path` the policy network is saved there. Returns a `Training`.

    Ctrl-C ends training, not the program: what was learned so far is saved and returned, with
    a warning that says so. A second one ends the report: its numbers are nan. In a loop of
    trainings press it once for each. A policy that never moved is warned of. What raises after
    the first update is raised; with `path`, finite weights are saved before, beside it, as
    <stem>-after-<n>-updates.keras.
    """
    play_rng, stop_rng, report_rng = rngs
    threshold = envs.spec.reward_threshold
    played, n_evaluation_steps = [], 0
    solved = interrupted = False
    before = policy_net.get_weights()
    try:
        for recent in updates(envs, policy_net, learn, n_updates, play_rng, played, progress):
            if stop_when_solved and looks_promising(recent, threshold):
                solved, n_steps = passes_twice(policy_net, env_id, threshold, stop_rng)
                n_evaluation_steps += n_steps
            if solved:
                break
    except KeyboardInterrupt:
        interrupted = True
    except Exception as error:
        save_beside(path, policy_net, len(played) // envs.num_envs, error)
        raise
    envs.close()
    n_updates = len(played) // envs.num_envs
    if path is not None and n_updates:  # an interrupted run that learned nothing spoils no file
        try:
            save_policy(policy_net, path)
        except OSError as error:
            tell(f"the policy could not be saved, but is in what is returned: {error}")
            path = None
    moved = not all(map(np.array_equal, before, policy_net.get_weights()))
    if words := how_it_ended(n_updates, moved, path, interrupted):
        tell(words)
    try:
        reports, _ = evaluate_both(policy_net, env_id, threshold, report_rng)
    except KeyboardInterrupt:
        interrupted, reports = True, [UNKNOWN] * 2
        tell("the report was interrupted: its numbers are nan")
    totals, lengths = np.reshape(played, (-1, 2)).T
    return Training(
        policy_net,
        totals,
        lengths.astype(int),
        n_updates,
        int(lengths.sum()),
        n_evaluation_steps,
        solved,
        *reports,
        value_net,
        interrupted,
    )


def updates(envs, policy_net, learn, n_updates, rng, played, progress):
    """Play and learn, at most `n_updates` times; yield after each the mean of the last returns.

    Adds to the list `played` the return and the number of steps of each episode learned from.
    """
    with tqdm(range(n_updates), unit="update", disable=not progress) as bar:
        for _ in bar:
            batch = play_episodes(envs, sampling_policy(policy_net, rng), draw_seed(rng))
            of_batch = [(e.rewards.sum(), len(e.actions)) for e in batch]
            learn(batch)  # which may change the episodes
            played += of_batch
            recent = np.mean([total for total, _ in played[-RECENT:]])
            bar.set_postfix({"mean return": f"{recent:.0f}"}, refresh=False)
            yield recent


def how_it_ended(n_updates, moved, path, interrupted):
    """Return what whoever trained must be told at the end, or None."""
    if interrupted:
        saved = f"saved as {str(path)!r} and " if path is not None and n_updates else ""
        return f"training was interrupted: what {n_updates} updates learned is {saved}returned"
    if n_updates and not moved:
        return (
            f"nothing was learned: {n_updates} updates moved no weight of the policy. Does update call "
            "its gradient step, and are the weights of the steps not all 0?"
        )
    return None


def tell(words):
    """Warn in the line that called `train_reinforce` or `train_actor_critic`."""
    warnings.warn(words, stacklevel=6)


def save_beside(path, policy_net, n_updates, error):
    """Save what was learned before an error beside `path`, whose file may be better; say what is lost."""
    sound = all(np.isfinite(weight).all() for weight in policy_net.get_weights())
    if path is not None and n_updates and sound:
        beside = path.with_stem(f"{path.stem}-after-{n_updates}-updates")
        save_policy(policy_net, beside)
        error.add_note(f"What was learned before is in {str(beside)!r}.")
    elif path is None and n_updates:
        error.add_note(
            f"{n_updates} updates are lost: give the training a path, and it keeps them."
        )


def draw_seed(rng):
    """Return a seed for an environment, drawn from a generator."""
    return int(rng.integers(2**31))


def looks_promising(mean_return, threshold):
    """Say whether recent training returns come close enough to the threshold to evaluate."""
    return threshold is not None and mean_return >= threshold - 0.05 * abs(threshold)


def passes_twice(policy_net, env_id, threshold, rng):
    """Say whether two separate evaluations pass, and how many steps they took.

    Two, for of many looks a single one may be lucky.
    """
    n_steps = 0
    for _ in range(2):
        summaries, n_of_look = evaluate_both(policy_net, env_id, threshold, rng)
        n_steps += n_of_look
        if any(summary.low < threshold for summary in summaries):
            return False, n_steps
    return True, n_steps


def evaluate_both(policy_net, env_id, threshold, rng):
    """Play 100 fresh episodes greedily and 100 sampled; return both `Summary`s and the steps.

    All are played side by side, for that takes half the time. Without a threshold of the
    environment's own, `solved` is False.
    """
    greedy, sampling = greedy_policy(policy_net), sampling_policy(policy_net, rng)

    def both(observations):
        return np.concatenate([greedy(observations[:100]), sampling(observations[100:])])

    episodes = evaluation_episodes(both, env_id, 200, draw_seed(rng))
    returns = [episode.rewards.sum() for episode in episodes]
    goal = np.finfo(float).max if threshold is None else threshold
    summaries = summarize(returns[:100], goal), summarize(returns[100:], goal)
    return summaries, sum(len(episode.actions) for episode in episodes)
