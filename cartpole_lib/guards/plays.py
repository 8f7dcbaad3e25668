"""Policies that play: each of their answers is checked."""

import functools
import inspect

import gymnasium as gym
import numpy as np

from cartpole_lib.guards.values import is_a, is_complaint, misfit, must_be, observed, short
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
    must_be("a function from observations to actions", callable)(policy, name)
    if misfit(policy, None):
        raise TypeError(
            f"{name} must take one argument, the observations, but {short(policy)} takes "
            f"{inspect.signature(policy)}: if it makes a policy, call it first"
        )
    return policy


def named_policies(policies, name):
    """Return `policies` if it is a dict of names and policies."""
    wanted = "a dict of names and policies, such as {'lean': lean_policy}"
    must_be(wanted, is_a(dict))(policies, name)
    return {key: a_policy(policy, f"{name}[{key!r}]") for key, policy in policies.items()}


def player(policy, name, env, envs):
    """Return `policy` with each answer checked to be an action of `env`, or one for each of `envs`."""
    a_policy(policy, name)
    space, shape = (env.action_space, ()) if env else (envs.single_action_space, (envs.num_envs,))
    n_chosen, n_asked = getattr(policy, "n_actions", space.n), 0
    if n_chosen != space.n:  # it would play on, and never take the others
        raise ValueError(
            f"{name} chooses among {n_chosen} actions, but the environment has {space.n}: use "
            f"random_policy(seed, n_actions={space.n}), a network with as many outputs, or a rule "
            f"of your own that returns 0 to {space.n - 1}"
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
        answer = actions_of(answer, name, space.n, shape)
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
        "greedy_policy(policy_net) makes a policy of it. If it makes a policy itself, call it first, "
        "as in random_policy(seed=0)."
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


def choosing_among(policy, name, n_actions, policy_net=None):
    """Return `policy` with the number of its actions: too few of them would raise no error."""
    # One output of a network is for two.
    policy.n_actions = max(policy_net.output_shape[-1], 2) if policy_net else n_actions
    return policy


def as_many_as_weights(policy, name, weights):
    """Return a linear `policy` with each observation checked to have as many numbers as weights."""

    @functools.wraps(policy)
    def checked(observations):
        return policy(observed(observations, len(weights), f"{name}(weights)"))

    return choosing_among(checked, name, 2)
