"""Policies that play, and the episodes that they leave: each answer of a policy is checked."""

import functools
import inspect

import gymnasium as gym
import numpy as np

from cartpole_lib.guards.values import called_with, is_complaint, short, vector
from cartpole_lib.guards.watched import not_endless


def a_policy(policy, name):
    """Return `policy` if it is a function of observations; a network is not one yet."""
    if hasattr(policy, "trainable_variables"):
        raise TypeError(
            f"{name} is the network {policy.name!r}, whose outputs are no actions yet: "
            "use sampling_policy(policy_net, seed) or greedy_policy(policy_net)"
        )
    if hasattr(policy, "policy_net"):
        raise TypeError(f"{name} is a whole Training: use greedy_policy(run.policy_net)")
    if isinstance(policy, gym.Env | gym.vector.VectorEnv):
        raise TypeError(
            f"{name} is an environment: play_episode takes (env, policy), evaluate takes the policy "
            "first and then the name of an environment"
        )
    if isinstance(getattr(policy, "__self__", None), gym.Space):
        raise TypeError(
            f"{name} would not look at what it gets: use random_policy(seed, n_actions)"
        )
    if not callable(policy):
        raise TypeError(
            f"{name} must be a function from observations to actions; got {short(policy)}"
        )
    try:
        inspect.signature(policy).bind(None)
    except TypeError:
        raise TypeError(
            f"{name} must take one argument, the observations, but {short(policy)} takes "
            f"{inspect.signature(policy)}: if it makes a policy, call it first"
        ) from None
    except ValueError:  # some functions written in C do not say
        pass
    return policy


def named_policies(policies, name):
    """Return `policies` if it is a dict of names and policies."""
    if not isinstance(policies, dict):
        raise TypeError(
            f"{name} must be a dict of names and policies, such as {{'lean': lean_policy}}; got "
            f"{short(policies)}"
        )
    return {key: a_policy(policy, f"{name}[{key!r}]") for key, policy in policies.items()}


def player(policy, name, env):
    """Return `policy` with each answer checked to be one action of `env`."""
    return _checked(a_policy(policy, name), name, env.action_space, ())


def players(policy, name, envs):
    """Return `policy` with each answer checked to be an action for each of `envs`."""
    return _checked(a_policy(policy, name), name, envs.single_action_space, (envs.num_envs,))


def _checked(policy, name, action_space, shape):
    n_chosen, n_asked = getattr(policy, "n_actions", action_space.n), 0
    if n_chosen != action_space.n:  # it would play on, and never take the others
        raise ValueError(
            f"{name} chooses among {n_chosen} actions, but the environment has {action_space.n}: use "
            f"random_policy(seed, n_actions={action_space.n}), a network with as many outputs, or a rule "
            f"of your own that returns 0 to {action_space.n - 1}"
        )

    def checked(observations):
        nonlocal n_asked
        n_asked += 1
        not_endless(n_asked)
        seen = observations.copy()  # a policy may change what it gets
        if n_asked == 1 and shape and shape == observations.shape[1:]:
            seen = seen.view(Rows)  # as many rows as numbers in each: no shape tells who mixes them
        try:
            answer = policy(seen)
            if getattr(seen, "taken", False):
                _by_columns(policy, name, observations)
        except Exception as error:
            if not is_complaint(error) and not hasattr(error, "__notes__"):  # which says where
                _note(error, observations)
            raise
        answer = actions_of(answer, name, action_space.n, shape)
        return answer if shape else int(answer)

    return checked


class Rows(np.ndarray):
    """Observations side by side that know whether a row was taken by its number, or all one by one."""

    taken = False

    def __getitem__(self, key):
        if isinstance(key, int | np.integer) and self.ndim == 2:
            self.taken = True
        return super().__getitem__(key)


def _by_columns(policy, name, observations):
    """Raise unless one row more is answered by one action more."""
    more = np.concatenate([observations, observations[:1]])
    try:
        if np.shape(policy(more)) == (len(more),):
            return
    except ValueError:  # too many values to unpack
        pass
    except Exception:  # it remembers each environment, and knows of no other
        return
    raise ValueError(
        f"{name} takes rows of its observations, as in observations[2]: a row is all that one "
        "environment shows. Index the last axis, as in observations[..., 2], or unpack columns, as "
        "in x, v, angle, w = observations.T"
    )


def _note(error, observations):
    error.add_note(
        "This happened inside the policy. It got observations of shape "
        f"{observations.shape}: index the last axis, as in observations[..., 2], and choose with "
        "(… > 0).astype(int) or np.where, not with if or not. A network wants rows: "
        "greedy_policy(policy_net) makes a policy of it."
    )


def actions_of(actions, name, n_actions, shape):
    """Return what a policy answered as an integer array of `shape`, each entry an action."""
    if actions is None:
        raise TypeError(f"{name} returned None: did you forget return?")
    if callable(actions):
        raise TypeError(
            f"{name} returned a function, not an action: you passed the function that makes a "
            "policy; call it first, as in random_policy(seed=0)"
        )
    given = actions
    try:
        actions = np.array(given)  # a copy: a policy may use its array again
    except ValueError:
        raise ValueError(
            f"{name} returned rows of different lengths, {short(actions)}; one action for each "
            "observation was expected"
        ) from None
    if actions.shape != shape:
        raise ValueError(
            f"{name} returned shape {actions.shape} where {shape} was expected, one action for "
            f"each observation: {_in_shape(given, actions.shape, shape, n_actions)}"
        )
    if actions.dtype.kind not in "iu":
        raise TypeError(
            f"{name} returned {actions.dtype} values such as {actions.flat[0]}; actions are whole "
            f"numbers: {_made_whole(given, actions, n_actions)}"
        )
    if actions.min() < 0 or actions.max() >= n_actions:
        wrong = actions[(actions < 0) | (actions >= n_actions)].flat[0]
        raise ValueError(
            f"{name} returned action {wrong}; actions here are whole numbers from 0 to "
            f"{n_actions - 1}"
        )
    return actions


def _as_array(given):
    """Return what comes before a remedy that only an array knows."""
    return "" if hasattr(given, "astype") else "make it an array, np.array(…), and "


def _in_shape(given, got, wanted, n_actions):
    if got == (*wanted, n_actions):
        largest = "take the largest of each, .argmax(axis=-1), or use greedy_policy(policy_net)"
        return _as_array(given) + largest
    if got == (*wanted, 1):
        return f"{_as_array(given)}take its only column, [..., 0]"
    always = "" if got else "; the same action for all is np.full(observations.shape[:-1], 1)"
    return "index the last axis, as in observations[..., 2]" + always


def _made_whole(given, actions, n_actions):
    if actions.dtype.kind not in "bf":
        return f"return one from 0 to {n_actions - 1}"
    one = not hasattr(given, "astype") and not actions.ndim
    if (actions % 1 == 0).all():
        return "put int( ) around it" if one else f"{_as_array(given)}end it with .astype(int)"
    return f"decide first, as in {'int(p > 0.5)' if one else '(p > 0.5).astype(int)'}"


def choosing_among(policy, name, n_actions):
    """Return `policy` with the number of its actions: too few of them would raise no error."""
    policy.n_actions = n_actions
    return policy


def choosing_among_outputs(policy, name, policy_net):
    """Return the `policy` of a network with the number of its actions; one output is for two."""
    return choosing_among(policy, name, max(policy_net.output_shape[-1], 2))


def as_many_as_weights(policy, name, weights):
    """Return a linear `policy` with each observation checked to have as many numbers as weights."""

    @functools.wraps(policy)
    def checked(observations):
        if np.shape(observations)[-1:] != (len(weights),):
            raise ValueError(
                f"{name}(weights) takes {len(weights)} numbers for each observation; got shape "
                f"{np.shape(observations)}"
            )
        return policy(observations)

    return choosing_among(checked, name, 2)


def an_episode(episode, name):
    """Return `episode` if it is what `play_episode` returns."""
    if not hasattr(episode, "observations"):
        raise TypeError(
            f"{name} must be an Episode, as play_episode returns it; got {short(episode)}"
        )
    lengths = [len(part) for part in episode[:3]]
    if lengths != [lengths[2] + 1, lengths[2], lengths[2]]:
        raise ValueError(
            f"{name} must have one observation more than actions and rewards, the one after the last "
            f"action; got {lengths[0]} observations, {lengths[1]} actions and {lengths[2]} rewards"
        )
    if all(isinstance(part, np.ndarray) for part in episode[:3]):
        return episode
    observations, actions, rewards = map(np.asarray, episode[:3])  # lists of a loop of one's own
    return episode._replace(observations=observations, actions=actions, rewards=rewards)


def some_episodes(episodes, name):
    """Return `episodes` as a list, at least one."""
    if hasattr(episodes, "observations"):
        raise TypeError(f"{name} must be a list of Episodes, but got a single one: pass [episode]")
    if not np.iterable(episodes):
        raise TypeError(
            f"{name} must be a list of Episodes, as play_episodes returns it; got {short(episodes)}"
        )
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


def weigher(weigh, name):
    """Return `weigh` with each answer checked to have a finite weight for each step."""
    called_with("returns")(weigh, name)

    def checked(returns):
        try:
            weights = weigh(returns)
        except Exception as error:
            if not is_complaint(error):
                error.add_note(
                    f"This happened inside weigh. It got a list of {len(returns)} arrays of different "
                    "lengths: compute on np.concatenate(returns), and return a list of arrays, as in "
                    "[episode - mean for episode in returns]."
                )
            raise
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
