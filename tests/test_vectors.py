"""Vector environments of one's own: each slip in reset or step is named, with its remedy."""

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.envs.classic_control.cartpole import CartPoleEnv, CartPoleVectorEnv

from cartpole_lib.evaluate import evaluate
from cartpole_lib.guards.vectors import N_TRIED, watched
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
        self.n_before = 0 if seed == 1 else self.n_before + 1
        return np.zeros(1, np.float32), {}

    def step(self, action):  # its first episode says nothing
        return np.zeros(1, np.float32), min(self.n_before, 1) * np.random.random(), True, False, {}


def test_dice_are_found_where_an_episode_is_one_step(registered):
    with pytest.raises(ValueError, match="Bandit.step leads elsewhere"):
        make_envs(registered(entry_point=Bandit), 1)


def test_one_world_for_all_is_found(registered):
    world = CartPoleEnv()
    with pytest.raises(ValueError, match="one environment several times: make each anew"):
        make_envs(registered(entry_point=lambda **o: world), 3)


def test_cuts_that_are_numbers_are_named():
    carts = world(step=lambda o, r, end, cut, i: (o, r, end, cut.astype(int), i))
    with pytest.raises(ValueError, match="truncations as an array of True or False .*got int64"):
        play_episodes(carts(num_envs=3, max_episode_steps=50), lean_and_spin_policy, 0)


def test_whole_numbers_may_be_seen_and_earned():
    carts = world(
        step=lambda o, r, *rest: (o.astype(int), r.astype(int), *rest),
        reset=lambda o, i: (o.astype(int), i),
    )
    envs = carts(num_envs=2, max_episode_steps=20)
    assert len(play_episodes(envs, lean_and_spin_policy, 0)) == 2


def test_a_slip_of_a_wrapper_around_a_vector_world_is_named():
    class Short(gym.vector.VectorWrapper):
        def step(self, actions):
            return self.env.step(actions)[:4]

    with pytest.raises(ValueError, match="must return 5 things.*got 4 things"):
        play_episodes(Short(CartPoleVectorEnv(num_envs=2)), lean_and_spin_policy, 0)


def test_a_world_that_is_watched_gets_the_options_of_its_reset():
    class Asked(CartPoleVectorEnv):
        def reset(self, *, seed=None, options=None):
            self.asked = options
            return super().reset(seed=seed)

    envs = watched(Asked(num_envs=2), "envs")
    envs.reset(options={"reset_mask": np.array([True, False])})
    assert list(envs.unwrapped.asked) == ["reset_mask"]


def test_a_slip_of_a_vector_world_is_named_as_it_is_made(registered):
    with pytest.raises(ValueError, match="Carts.step must return 5 things.*got None"):
        make_envs(registered(vector_entry_point=world(step=lambda *parts: None)), 2)


@pytest.mark.parametrize("ends", [(True, False), (False, True)], ids=["a fall", "a cut"])
def test_a_world_is_not_stepped_behind_its_end(ends, registered):
    class Strict(CartPoleEnv):
        n_steps = 0

        def reset(self, **options):
            self.n_steps = 0
            return super().reset(**options)

        def step(self, action):
            self.n_steps += 1
            assert self.n_steps < 3, "it has ended"
            observation, reward, *_ = super().step(action)
            return observation, reward, *(end and self.n_steps == 2 for end in ends), {}

    assert make_envs(registered(entry_point=Strict), 2).num_envs == 2


def test_rewards_by_dice_that_no_seed_throws_are_found(registered):
    carts = world(step=lambda o, r, *rest: (o, r + np.random.random(len(r)), *rest))
    with pytest.raises(ValueError, match="Carts.step leads elsewhere for the same seed"):
        make_envs(registered(vector_entry_point=carts), 2)


def test_dice_of_one_action_alone_are_found(registered):
    class Slippery(CartPoleEnv):
        def step(self, action):
            observation, *rest = super().step(action)
            return observation + np.float32(action * np.random.random()), *rest

    with pytest.raises(ValueError, match="Slippery.step leads elsewhere for the same seed"):
        make_envs(registered(entry_point=Slippery), 2)


def test_dice_of_a_world_that_uses_its_array_again_are_found(registered):
    kept = np.zeros((2, 4), np.float32)

    def reused(observations, *rest):
        kept[:] = observations + 0.01 * np.random.random()
        return kept, *rest

    with pytest.raises(ValueError, match="Carts.step leads elsewhere for the same seed"):
        make_envs(registered(vector_entry_point=world(step=reused)), 2)
    with pytest.raises(ValueError, match="Carts.reset gives different starts for the same seed"):
        make_envs(registered(vector_entry_point=world(reset=reused)), 2)


def test_a_library_whose_name_begins_like_gymnasium_is_tried(registered):
    carts = world()
    carts.step, carts.__module__ = drift(DRIFTS["dice of its own"]), "gymnasium_of_mine"
    with pytest.raises(ValueError, match="Carts.step leads elsewhere"):
        make_envs(registered(vector_entry_point=carts), 2)


def test_a_world_of_gymnasium_that_is_watched_alone_is_not_tried(monkeypatch):
    monkeypatch.setattr(gym.envs.classic_control.AcrobotEnv, "step", None)
    assert make_envs("Acrobot-v1", 2).num_envs == 2


def test_nan_is_not_blamed_on_the_seed(registered):
    def spoil(observations, infos):
        observations[0, 0] = np.nan
        return observations, infos

    name = registered(vector_entry_point=world(reset=spoil))
    with pytest.raises(ValueError, match="an observation that is not finite"):
        evaluate(lean_and_spin_policy, name, 2)


@pytest.mark.parametrize(
    ("wrong", "made", "right"),
    [
        ("entry_point", CartPoleVectorEnv, "vector_entry_point=CartPoleVectorEnv"),
        ("vector_entry_point", CartPoleEnv, "entry_point=CartPoleEnv"),
    ],
)
def test_a_world_under_the_wrong_word_is_told_the_right_one(wrong, made, right, registered):
    name = registered(**{wrong: made})
    with pytest.raises(TypeError, match=f"has {made.__name__} as its {wrong}, .* {right}"):
        make_envs(name, 2)


def test_a_reset_without_a_seed_may_throw_new_dice(registered):
    """As in lesson 4: what a world draws then is nobody's promise."""

    class Noisy(CartPoleVectorEnv):
        def reset(self, *, seed=None, options=None):
            self.dice = np.random.default_rng(seed).spawn(2)[1]
            return super().reset(seed=seed, options=options)

        def step(self, actions):
            observations, *rest = super().step(actions)
            return (observations + self.dice.normal(0, 0.01, (self.num_envs, 4))).astype("f"), *rest

    assert make_envs(registered(vector_entry_point=Noisy), 50).num_envs == 50


@pytest.mark.parametrize("alone", [False, True])
def test_a_reset_that_fixes_its_seed_is_named(alone, registered):
    class Fixed(CartPoleEnv if alone else gym.Wrapper):
        def reset(self, *, seed=None, options=None):
            return super().reset(seed=42, options=options)

    made = Fixed if alone else lambda **o: Fixed(gym.make("CartPole-v1", **o))
    with pytest.raises(ValueError, match=r"^Fixed\.reset throws the same dice for every seed"):
        make_envs(registered(entry_point=made), 2)


class Still(gym.Env):
    """Throws no dice, and says so in two ways."""

    observation_space = gym.spaces.Box(-1, 1, (1,), np.float32)
    action_space = gym.spaces.Discrete(2)

    def reset(self, *, seed=None, options=None):
        return np.zeros(1, np.float32), {}

    def step(self, action):
        return np.zeros(1, np.float32), 1.0, False, False, {}


class Seeded(Still):
    def reset(self, *, seed=None, options=None):
        super(Still, self).reset(seed=seed)
        return super().reset()


@pytest.mark.parametrize("kind", [Still, Seeded])
def test_a_world_may_begin_in_one_place(kind, registered):
    assert make_envs(registered(entry_point=kind), 2).num_envs == 2


@pytest.mark.parametrize("shared", [True, False])
def test_what_copies_share_is_found(shared, registered):
    class Remembers(gym.ObservationWrapper):
        last = []  # noqa: RUF012

        def __init__(self, env):
            super().__init__(env)
            if not shared:
                self.last = []

        def reset(self, **options):
            self.last.clear()
            return super().reset(**options)

        def observation(self, observation):
            self.last.append(observation)
            return np.mean(self.last[-2:], axis=0)

    name = registered(entry_point=lambda **o: Remembers(gym.make("CartPole-v1", **o)))
    assert make_envs(name, 1)
    if shared:
        words = "^Remembers goes elsewhere when another Remembers plays beside it: they share"
        with pytest.raises(ValueError, match=words):
            make_envs(name, 2)
    else:
        episodes = play_episodes(make_envs(name, 2), lean_and_spin_policy, seed=0)
        assert len(episodes) == 2


@pytest.mark.parametrize(
    "kind, method, wanted",
    [
        (gym.vector.VectorObservationWrapper, "observation", "observations"),
        (gym.vector.VectorRewardWrapper, "reward", "rewards"),
        (gym.vector.VectorActionWrapper, "action", "actions"),
    ],
)
def test_a_misspelt_method_of_a_wrapper_around_many_is_named(kind, method, wanted):
    Mine = type("Mine", (kind,), {method: lambda self, numbers: numbers})
    with pytest.raises(NotImplementedError, match=f"^Mine needs a method {wanted}: it is missing"):
        play_episodes(Mine(make_envs("CartPole-v1", 2)), lean_and_spin_policy, seed=0)


def test_what_gymnasium_says_of_a_missing_method_stays(monkeypatch):
    Carts = world()
    monkeypatch.setattr(Carts, "step", gym.vector.VectorEnv.step)
    with pytest.raises(NotImplementedError, match="step function is not implemented"):
        play_episodes(Carts(2), lean_and_spin_policy, seed=0)


def test_a_wrapper_around_many_that_forgets_to_tell_gymnasium_is_named():
    class Mine(gym.vector.VectorWrapper):
        def __init__(self, envs):
            self.size = 0.1

    with pytest.raises(TypeError, match=r"^Mine\.__init__ must begin with super\(\)"):
        play_episodes(Mine(make_envs("CartPole-v1", 2)), lean_and_spin_policy, seed=0)
