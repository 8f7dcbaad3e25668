"""Vector environments: whether each answer is for all, and whether the seed decides it."""

import gymnasium as gym
import numpy as np

from cartpole_lib.guards.values import short
from cartpole_lib.guards.watched import at_fault, is_finite_number, needs_method, wrong_parts
from cartpole_lib.guards.worlds import side_by_side

KINDS = {  # of the arrays that a vector environment answers with, and what they are called
    "observations": ("fiub", "numbers"),
    "rewards": ("fiub", "numbers"),
    "terminations": ("b", "True or False"),
    "truncations": ("b", "True or False"),
}
N_TRIED = 30  # steps that are taken twice, to see whether the same comes


def watched(envs, name):
    """Return `envs` with its answers checked where a part of it is of somebody's own."""
    envs = side_by_side(envs, name)
    return WatchedVector(envs) if at_fault(envs) else envs


class WatchedVector(gym.vector.VectorWrapper):
    """A vector environment of one's own whose answers are checked: shapes and types, each time."""

    def reset(self, *, seed=None, options=None):
        return self._ask("reset", ["observations", "infos"], seed=seed, options=options)

    def step(self, actions):
        return self._ask("step", [*KINDS, "infos"], actions)

    def _ask(self, method, parts, *given, **named):
        try:
            answer = getattr(self.env, method)(*given, **named)
        except NotImplementedError as error:
            needs_method(error)
            raise
        if got := wrong_parts(answer, parts):
            self._complain(method, f"{len(parts)} things, {', '.join(parts)}", got)
        for what, array in zip(parts[:-1], answer):
            kinds, called = KINDS[what]
            each = self.single_observation_space.shape if what == "observations" else ()
            shape = (self.num_envs, *each)
            is_array = isinstance(array, np.ndarray)
            if not is_array or array.shape != shape or array.dtype.kind not in kinds:
                got = f"{array.dtype} of shape {array.shape}" if is_array else short(array)
                self._complain(method, f"{what} as an array of {called} of shape {shape}", got)
        return answer

    def _complain(self, method, wanted, got):
        raise ValueError(
            f"{_title(self)}.{method} must return {wanted}, for {self.num_envs} environments; got {got}"
        )


def repeatable(envs, name, n_envs):
    """Return `envs` if they are as many as asked for, and a seed decides how they begin and go on."""
    envs = side_by_side(envs, name)
    _as_many_as_asked(envs, n_envs)
    _a_threshold(envs.spec)
    inside = isinstance(envs.unwrapped, gym.vector.SyncVectorEnv)
    worlds = envs.unwrapped.envs[:2] if inside else [watched(envs, name)]
    title = worlds[0].title if inside else _title(envs)
    if not at_fault(worlds[0]):
        return envs
    _heeds_its_seed(worlds[0], title)
    first = _beginning(worlds[0], envs)
    _comes_again(first, _beginning(worlds[0], envs), title)
    if len(worlds) > 1:
        _shares_nothing(first, _beginning(worlds[0], envs, beside=worlds[1]), title)
    for world in worlds:
        world.reset(seed=int(np.random.default_rng().integers(2**31)))  # as if never asked for one
    return envs


def _as_many_as_asked(envs, n_envs):
    if envs.num_envs != n_envs:
        raise ValueError(
            f"{_title(envs)} has {envs.num_envs} environments where {n_envs} were asked for: hand on "
            "all that it gets, def __init__(self, **options): super().__init__(**options)"
        )


def _a_threshold(spec):
    threshold = spec.reward_threshold if spec else None
    if threshold is not None and not is_finite_number(threshold):
        raise ValueError(
            f"the reward_threshold of {spec.id} must be a number, or None where there is none; "
            f"got {short(threshold)}: see its gym.register"
        )


def _heeds_its_seed(env, title):
    states = []
    for seed in (1, 2):
        env.reset(seed=seed)
        rng = getattr(env.unwrapped, "_np_random", None)  # None where nothing is thrown
        states.append(rng and rng.bit_generator.state)
    if states[0] and states[0] == states[1]:
        raise ValueError(
            f"{title}.reset throws the same dice for every seed: hand it on, super().reset(seed=seed), "
            "or in a wrapper self.env.reset(seed=seed, options=options)"
        )


def _comes_again(first, again, title):
    for t, (before, now) in enumerate(zip(first, again)):
        if not np.array_equal(before, now, equal_nan=True):  # nan has a complaint of its own
            what = f"{title}.step leads elsewhere for the same seed and actions" if t else ""
            raise ValueError(
                (what or f"{title}.reset gives different starts for the same seed")
                + ": begin reset with super().reset(seed=seed), draw from self.np_random alone, and "
                "keep nothing from one episode to the next, as NormalizeObservation does"
            )


def _shares_nothing(alone, beside, title):
    if not all(np.array_equal(*each, equal_nan=True) for each in zip(alone, beside)):
        raise ValueError(
            f"{title} goes elsewhere when another {title} plays beside it: they share what the class "
            "holds, or a default argument. Let __init__ make it, as in self.last = []"
        )


def _title(env):
    return type((at_fault(env) or [env.unwrapped])[0]).__name__


def _beginning(env, envs, beside=None):
    """Return what `env` shows and pays in its first steps, the same actions each time.

    Another one may take them `beside` it, from another start.
    """
    seen = [np.copy(env.reset(seed=1)[0])]
    if beside:
        beside.reset(seed=2)
    shape = getattr(env, "num_envs", None)
    for t in range(N_TRIED):
        action = t % envs.single_action_space.n
        if beside and any(beside.step(action)[2:4]):
            beside.reset(seed=t)
        answer = env.step(np.full(shape, action) if shape else action)
        seen += [np.copy(answer[0]), np.copy(answer[1])]
        if np.any(answer[2]) or np.any(answer[3]):
            seen.append(np.copy(env.reset(seed=t)[0]))  # all of them, so no autoreset gets in
    return seen
