"""Vector environments of one's own: each slip in reset or step is named, with its remedy."""

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.envs.classic_control.cartpole import CartPoleEnv, CartPoleVectorEnv

from cartpole_lib.evaluate import evaluate
from cartpole_lib.guards.vectors import N_TRIED
from cartpole_lib.policies import lean_and_spin_policy
from cartpole_lib.rollout import make_envs, play_episodes


def world(step=None, reset=None, **more):
    """Return a class of carts whose answers are changed by `step` and `reset`."""

    class Carts(CartPoleVectorEnv):
        def step(self, actions):
            answer = super().step(actions)
            return step(*answer) if step else answer

        def reset(self, *, seed=None, options=None):
            answer = super().reset(seed=seed, options=options)
            return reset(*answer) if reset else answer

    for name, method in more.items():
        setattr(Carts, name, method)
    return Carts


SLIPS = {
    "no return": (
        {"step": lambda *parts: None},
        "Carts.step must return 5 things, observations, rewards, .*, for 3 environments; got None",
    ),
    "four things": ({"step": lambda *parts: parts[:4]}, "must return 5 things.*got 4 things"),
    "a reset of one thing": (
        {"reset": lambda observations, infos: observations},
        "Carts.reset must return 2 things, observations, infos",
    ),
    "one row too few": (
        {"reset": lambda observations, infos: (observations[:-1], infos)},
        r"reset must return observations as an array of numbers of shape \(3, 4\).*\(2, 4\)",
    ),
    "a row a step": (
        {"step": lambda o, *rest: (o[0], *rest)},
        r"step must return observations .* of shape \(3, 4\).*got float32 of shape \(4,\)",
    ),
    "rewards in a table": (
        {"step": lambda o, r, *rest: (o, r - np.abs(o[:, 2:3]), *rest)},
        r"step must return rewards as an array of numbers of shape \(3,\).*shape \(3, 3\)",
    ),
    "one reward for all": (
        {"step": lambda o, r, *rest: (o, 1.0, *rest)},
        r"step must return rewards .* got 1.0",
    ),
    "ends that are numbers": (
        {"step": lambda o, r, end, cut, i: (o, r, end.astype(int), cut, i)},
        r"terminations as an array of True or False of shape \(3,\).*got int64 of shape \(3,\)",
    ),
    "cuts in a list": (
        {"step": lambda o, r, end, cut, i: (o, r, end, cut.tolist(), i)},
        r"truncations as an array of True or False .* got \[False, False, False\]",
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_of_a_vector_world_is_named(slip):
    change, message = SLIPS[slip]
    with pytest.raises(ValueError, match=message):
        play_episodes(world(**change)(num_envs=3, max_episode_steps=50), lean_and_spin_policy, 0)


def drift(how):
    def step(self, actions):
        self.state[1] += how(self)
        return CartPoleVectorEnv.step(self, actions)

    return step


DRIFTS = {
    "dice of its own": lambda carts: 0.1 * np.random.random(carts.num_envs),
    "what it remembers": lambda carts: vars(carts).setdefault("drift", np.zeros(1)).__iadd__(0.01),
}


@pytest.fixture
def registered():
    names = []

    def register(**entry):
        names.append(f"Vectors{len(names)}-v0")
        gym.register(names[-1], max_episode_steps=30, **entry)
        return names[-1]

    yield register
    for name in names:
        gym.registry.pop(name)


@pytest.mark.parametrize("how", DRIFTS)
def test_steps_that_lead_elsewhere_for_the_same_seed_are_found(how, registered):
    carts = world()
    carts.step = drift(DRIFTS[how])
    with pytest.raises(
        ValueError, match="Carts.step leads elsewhere for the same seed and actions"
    ):
        make_envs(registered(vector_entry_point=carts), 3)


def test_a_reset_that_does_not_heed_its_seed_is_found(registered):
    class Deaf(CartPoleVectorEnv):
        def reset(self, *, seed=None, options=None):
            return super().reset(options=options)

    with pytest.raises(ValueError, match="Deaf.reset gives different starts for the same seed"):
        make_envs(registered(vector_entry_point=Deaf), 3)


class OnesOwn(CartPoleEnv):
    """CartPole again, as a class of one's own."""


class Shaken(gym.Wrapper):
    def step(self, action):
        observation, *rest = self.env.step(action)
        return observation + np.float32(0.01 * np.random.random()), *rest


def test_dice_in_the_step_of_a_wrapper_are_found(registered):
    name = registered(entry_point=lambda **o: Shaken(gym.make("CartPole-v1", **o)))
    with pytest.raises(ValueError, match="Shaken.* leads elsewhere for the same seed and actions"):
        make_envs(name, 2)


def test_gusts_by_the_seed_are_right_and_the_next_start_is_a_new_one(registered):
    carts = world()
    carts.step = drift(lambda carts: 0.01 * carts.np_random.random(carts.num_envs))
    name = registered(vector_entry_point=carts)
    returns = [evaluate(lean_and_spin_policy, name, 4, seed=1) for _ in range(2)]
    assert np.array_equal(*returns)
    starts = [play_episodes(make_envs(name, 2), lean_and_spin_policy)[0] for _ in range(2)]
    assert not np.array_equal(*(episode.observations[0] for episode in starts))
    one = registered(entry_point=OnesOwn)
    starts = [play_episodes(make_envs(one, 2), lean_and_spin_policy)[0] for _ in range(2)]
    assert not np.array_equal(*(episode.observations[0] for episode in starts))


def test_as_many_environments_as_were_asked_for(registered):
    class Single(CartPoleVectorEnv):
        def __init__(self, num_envs=1, **options):
            super().__init__(**options)

    with pytest.raises(
        ValueError, match=r"Single has 1 environments where 5 .*__init__\(\*\*options\)"
    ):
        make_envs(registered(vector_entry_point=Single), 5)


def test_a_world_of_gymnasium_is_not_tried(monkeypatch):
    monkeypatch.setattr(CartPoleVectorEnv, "step", None)
    assert N_TRIED > 1 and make_envs("CartPole-v1", 2).num_envs == 2


@pytest.mark.parametrize("threshold", ["475", float("nan")])
def test_a_threshold_that_is_no_number_is_told_before_anything_is_learned(threshold, registered):
    name = registered(vector_entry_point=CartPoleVectorEnv, reward_threshold=threshold)
    with pytest.raises(
        ValueError, match="reward_threshold of Vectors.* must be a number.*register"
    ):
        make_envs(name, 2)


@pytest.mark.parametrize("kind", ["vector", "single"])
def test_a_wrapper_of_gymnasium_may_hold_dice_of_ones_own(kind, registered):
    noise = lambda o: (o + np.random.normal(0, 0.01, o.shape)).astype(np.float32)  # noqa: E731
    if kind == "vector":
        transform = gym.wrappers.vector.TransformObservation
        entry = {"vector_entry_point": lambda **o: transform(CartPoleVectorEnv(**o), noise)}
    else:
        transform = gym.wrappers.TransformObservation
        entry = {"entry_point": lambda **o: transform(CartPoleEnv(**o), noise, None)}
    with pytest.raises(ValueError, match="TransformObservation.* for the same seed"):
        make_envs(registered(**entry), 2)


class ListRewards(gym.vector.VectorWrapper):
    def step(self, actions):
        observations, rewards, *rest = self.env.step(actions)
        return observations, list(rewards), *rest


def test_the_wrapper_of_ones_own_is_at_fault(registered):
    name = registered(vector_entry_point=lambda **o: ListRewards(CartPoleVectorEnv(**o)))
    with pytest.raises(ValueError, match="ListRewards.step must return rewards"):
        make_envs(name, 2)


class Bandit(gym.Env):
    observation_space = gym.spaces.Box(0, 1, (1,), np.float32)
    action_space = gym.spaces.Discrete(2)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        return np.zeros(1, np.float32), {}

    def step(self, action):
        return np.zeros(1, np.float32), np.random.random(), True, False, {}


def test_dice_are_found_where_an_episode_is_one_step(registered):
    with pytest.raises(ValueError, match="Bandit.step leads elsewhere"):
        make_envs(registered(entry_point=Bandit), 1)


def test_one_world_for_all_is_found(registered):
    world = CartPoleEnv()
    with pytest.raises(ValueError, match="one environment several times: make each anew"):
        make_envs(registered(entry_point=lambda **o: world), 3)
