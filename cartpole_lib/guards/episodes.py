"""Episodes, and what is computed from their steps: returns, values, weights."""

import numpy as np

from cartpole_lib.guards.values import called_with, has, must_be, noted, short, vector


def an_episode(episode, name):
    """Return `episode` if it is what `play_episode` returns."""
    must_be("an Episode, as play_episode returns it", has("observations"))(episode, name)
    lengths = [len(part) for part in episode[:3]]
    if lengths != [lengths[2] + 1, lengths[2], lengths[2]]:
        raise ValueError(
            f"{name} must have one observation more than actions and rewards, the one after the last "
            f"action; got {lengths[0]} observations, {lengths[1]} actions and {lengths[2]} rewards"
        )
    observations, actions, rewards = map(np.asarray, episode[:3])  # lists of a loop of one's own
    return episode._replace(observations=observations, actions=actions, rewards=rewards)


def some_episodes(episodes, name):
    """Return `episodes` as a list, at least one."""
    if hasattr(episodes, "observations"):
        raise TypeError(f"{name} must be a list of Episodes, but got a single one: pass [episode]")
    must_be("a list of Episodes, as play_episodes returns it", np.iterable)(episodes, name)
    episodes = [an_episode(episode, f"each of {name}") for episode in episodes]
    if not episodes:
        raise ValueError(f"{name} must be at least one Episode; got none: play some first")
    return episodes


def whole_episodes(episodes, name):
    """Return what `play_episodes` played unless a number in it is not finite."""
    for i, (observations, _, rewards, _) in enumerate(episodes):
        for what, numbers in (("an observation", observations), ("a reward", rewards)):
            if numbers.dtype.kind not in "fiub" or not np.isfinite(numbers).all():
                t = int(np.argmin(np.isfinite(numbers).reshape(len(numbers), -1).all(axis=1)))
                raise ValueError(
                    f"{name}: environment {i} gave {what} that is not finite, {numbers[t]}, as "
                    f"number {t} of its episode: look at its step method"
                )
    return episodes


def batch(returns, name):
    """Return the returns of a list of episodes, or of a single one, as float64 arrays."""
    if not isinstance(returns, list | tuple) and not np.ndim(returns):
        raise TypeError(f"{name} must be a list of arrays, one an episode; got {short(returns)}")
    if hasattr(returns, "rewards") or any(hasattr(entry, "rewards") for entry in returns):
        raise TypeError(
            f"{name} must be a list of arrays, but got Episodes: pass "
            f"[{'episode.rewards' if name == 'rewards' else 'discounted_returns(episode.rewards, gamma)'} "
            "for episode in episodes]"
        )
    if len(returns) and np.ndim(returns[0]) == 0:
        return vector(returns, name)
    if len(returns) and not any(map(len, returns)):
        raise ValueError(f"{name} must have at least one step; got {short(returns)}")
    return [vector(episode, name) for episode in returns]


def batch_of_episodes(returns, name):
    """Return a `batch` as a list of arrays, also of a single episode."""
    if hasattr(returns, "__len__") and not len(returns):
        raise ValueError(f"{name} must be of at least one episode; got none")
    returns = batch(returns, name)
    return [returns] if np.ndim(returns[0]) == 0 else returns


def several_episodes(returns, name):
    """Return a `batch` of at least two episodes, for each is compared with the others."""
    returns = batch_of_episodes(returns, name) if len(returns) else []
    if len(returns) < 2:
        raise ValueError(
            f"{name} must be those of at least 2 episodes, each compared with the others; got "
            f"{len(returns)}: "
            "play more (n_envs=2), or weigh by something else (weigh=standardize)"
        )
    return returns


def expectations(values, name, rewards):
    """Return a critic's values as an array with one entry more than there are rewards."""
    values = vector(values, name)
    if len(values) != len(rewards) + 1:
        raise ValueError(
            f"{name} must have {len(rewards) + 1} entries, one for each observation, the last one "
            f"included, where there are {len(rewards)} rewards; got {len(values)}"
        )
    return values


def weigher(weigh, name):
    """Return `weigh` with each answer checked to have a finite weight for each step."""
    called_with("returns")(weigh, name)

    def checked(returns):
        with noted(
            f"This happened inside weigh. It got a list of {len(returns)} arrays of different "
            "lengths: compute on np.concatenate(returns), and return a list of arrays, as in "
            "[episode - mean for episode in returns]."
        ):
            weights = weigh(returns)
        if not np.iterable(weights):
            raise TypeError(
                f"{name} must return a list with an array for each episode; got {short(weights)}"
            )
        weights = list(weights)
        expected, got = [len(r) for r in returns], [np.size(w) for w in weights]
        if got != expected:
            raise ValueError(
                f"{name} must return a list with an array for each episode, a weight for each step: "
                f"of lengths {short(expected)}; got lengths {short(got)}"
            )
        return [vector(w, "weights") for w in weights]

    return checked
