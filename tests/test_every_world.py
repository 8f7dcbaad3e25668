"""What other people's environments, networks and machines do, and what must come of it."""

import gc
import itertools
import os
import signal
import subprocess
import sys
import warnings
from pathlib import Path
from weakref import WeakSet

import gymnasium as gym
import keras
import numpy as np
import pytest
from tensorflow.python.framework.func_graph import FuncGraph

from cartpole_lib import training
from cartpole_lib.animate import animate
from cartpole_lib.evaluate import evaluate
from cartpole_lib.forward import numpy_forward
from cartpole_lib.gradients import collect_gradients
from cartpole_lib.guards import watched
from cartpole_lib.networks import scaled_policy_net, sigmoid_policy_net, softmax_policy_net
from cartpole_lib.policies import (
    greedy_policy,
    load_policy,
    random_policy,
    sampling_policy,
    save_policy,
)
from cartpole_lib.reinforce import reinforce_update, train_reinforce
from cartpole_lib.rollout import make_envs, play_episode, play_episodes


def first_action(observations):
    return np.zeros(observations.shape[:-1], int)


# ---- seeds


@pytest.mark.parametrize("env_id", ["CartPole-v1", "MountainCar-v0", "Acrobot-v1"])
@pytest.mark.parametrize("other", [2, 50, 99])
def test_two_seeds_share_no_start(env_id, other):
    envs = gym.make_vec(env_id, 100, max_episode_steps=1)
    n_actions = envs.single_action_space.n
    starts = [
        {tuple(episode.observations[0]) for episode in play_episodes(envs, policy, seed)}
        for seed, policy in ((1, random_policy(0, n_actions)), (other, random_policy(0, n_actions)))
    ]
    assert len(starts[0]) == len(starts[1]) == 100
    assert not starts[0] & starts[1]


def test_the_dice_of_a_policy_are_not_those_of_a_world_with_the_same_seed():
    env, signs_agree = gym.make("CartPole-v1"), []
    for seed in range(300):
        episode = play_episode(env, random_policy(seed), seed)
        signs_agree.append((episode.observations[0] > 0) == episode.actions[[1, 3, 5, 7]])
    assert np.abs(np.mean(signs_agree, axis=0) - 0.5).max() < 0.15


def test_the_dice_of_collect_gradients_are_not_those_of_the_world():
    env, net, agree = gym.make("CartPole-v1", max_episode_steps=4), sigmoid_policy_net(0), []
    for seed in range(12):
        start = env.reset(seed=seed)[0]
        _, gradients = collect_gradients(env, net, 1, seed)
        pushed_right = [step[-1].numpy()[0] < 0 for step in gradients[0]]
        agree.append(pushed_right == (start < 0))
    assert 0.2 < np.mean(agree) < 0.8


def test_sampling_dice_differ_from_the_worlds():
    observations = np.zeros((50, 4), np.float32)  # whose logits are 0, so noise alone decides
    sampled = sampling_policy(softmax_policy_net(0), 4)(observations)
    noise = np.random.default_rng(4).gumbel(size=(50, 2))
    assert not np.array_equal(sampled, noise.argmax(axis=1))
    drawn = random_policy(4)(observations)
    assert not np.array_equal(drawn, np.random.default_rng(4).integers(2, size=50))


# ---- environments of one's own


class World(gym.Env):
    """Three steps; what is wrong with it is a function in its place."""

    observation_space = gym.spaces.Box(-1, 1, (2,), np.float32)
    action_space = gym.spaces.Discrete(2)
    metadata = {"render_modes": []}

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.t = 0
        return np.float32([0, self.np_random.random()]), {}

    def step(self, action):
        self.t += 1
        return np.float32([self.t / 3, 0]), 1.0, self.t == 3, False, {}


def at_second_step(change):
    """Return a `step` that answers `change(*answer)` at the second step."""

    def step(self, action):
        answer = World.step(self, action)
        return change(*answer) if self.t == 2 else answer

    return step


NAN = np.float32([np.nan, 0])
BROKEN = {
    "no info from reset": (
        {"reset": lambda self, **o: np.zeros(2, np.float32)},
        "reset must return 2",
    ),
    "a bare pair of lists": (
        {"reset": lambda self, **o: ([0.0, 0.0], {})},
        "reset must return its obs",
    ),
    "four values": (
        {"step": at_second_step(lambda o, r, e, c, i: (o, r, e, i))},
        "step must return 5",
    ),
    "no return": ({"step": at_second_step(lambda *a: None)}, "step must return 5 things"),
    "a list": (
        {"step": at_second_step(lambda o, *a: (list(o), *a))},
        r"NumPy array of shape \(2,\)",
    ),
    "too short": (
        {"step": at_second_step(lambda o, *a: (o[:1], *a))},
        r"NumPy array of shape \(2,\)",
    ),
    "nan": (
        {"step": at_second_step(lambda o, *a: (NAN, *a))},
        "step must return an observation of fin",
    ),
    "inf": (
        {"step": at_second_step(lambda o, *a: (NAN * 0 + np.inf, *a))},
        "observation of finite|finite",
    ),
    "reward (1,)": (
        {"step": at_second_step(lambda o, r, *a: (o, np.ones(1), *a))},
        "step must return a reward that is one finite number",
    ),
    "reward nan": (
        {"step": at_second_step(lambda o, r, *a: (o, np.nan, *a))},
        "step must return a reward that is one finite number; got nan",
    ),
    "reward none": (
        {"step": at_second_step(lambda o, r, *a: (o, None, *a))},
        "step must return a reward that is one finite number; got None",
    ),
    "reward as a word": (
        {"step": at_second_step(lambda o, r, *a: (o, "1", *a))},
        "step must return a reward that is one finite number; got '1'",
    ),
    "reward complex": (
        {"step": at_second_step(lambda o, r, *a: (o, 1j, *a))},
        "step must return a reward that is one finite number; got 1j",
    ),
    "terminated as an array": (
        {"step": at_second_step(lambda o, r, e, c, i: (o, r, np.array([e]), c, i))},
        "step must return True or False for terminated",
    ),
    "truncated as a word": (
        {"step": at_second_step(lambda o, r, e, c, i: (o, r, e, "no", i))},
        "step must return True or False for terminated and truncated; got 'no'",
    ),
    "info as a list": ({"step": at_second_step(lambda *a: (*a[:4], []))}, "a dict as info"),
}


def broken(name):
    return type("Broken", (World,), BROKEN[name][0])


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("made", ["alone", "by gym.make", "side by side", "trained"])
def test_the_method_and_what_it_must_return_are_named(name, made):
    gym.registry.pop("Broken-v0", None)
    gym.register("Broken-v0", entry_point=broken(name), max_episode_steps=5)
    play = {
        "alone": lambda: play_episode(broken(name)(), first_action, seed=0),
        "by gym.make": lambda: play_episode(gym.make("Broken-v0"), first_action, seed=0),
        "side by side": lambda: play_episodes(make_envs("Broken-v0", 2), first_action, seed=0),
        "trained": lambda: train_reinforce("Broken-v0", seed=0, n_updates=1),
    }[made]
    with pytest.raises(ValueError, match=rf"Broken\.{BROKEN[name][1]}|Broken\..*{BROKEN[name][1]}"):
        play()
    gym.registry.pop("Broken-v0")


SIGNATURES = {
    "no seed": ({"reset": lambda self: (np.zeros(2, np.float32), {})}, "reset"),
    "no options": ({"reset": lambda self, seed=None: World.reset(self, seed=seed)}, "reset"),
    "no action": ({"step": lambda self: World.step(self, 0)}, "step"),
}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", SIGNATURES)
def test_what_a_method_must_take_is_named(name):
    methods, method = SIGNATURES[name]
    gym.registry.pop("Broken-v0", None)
    gym.register("Broken-v0", entry_point=type("Broken", (World,), methods), max_episode_steps=5)
    with pytest.raises(
        TypeError, match=rf"Broken\.{method} does not take .* begin it with def {method}"
    ):
        play_episode(gym.make("Broken-v0"), first_action, seed=0)
    gym.registry.pop("Broken-v0")


def test_an_action_may_have_any_name():
    brief = type("Brief", (World,), {"step": lambda self, a: World.step(self, a)})
    assert len(play_episode(brief(), first_action, seed=0).rewards) == 3


def test_a_wrapper_of_ones_own_is_named_with_what_it_wraps():
    class Shaped(gym.RewardWrapper):
        def reward(self, reward):
            reward + 1

    with pytest.raises(ValueError, match=r"^Shaped\.step must return a reward .* got None"):
        play_episode(Shaped(gym.make("CartPole-v1")), first_action, seed=0)
    with pytest.raises(ValueError, match=r"^Shaped around World\.step must return a reward"):
        play_episode(Shaped(World()), first_action, seed=0)
    without = gym.wrappers.TransformReward(gym.make("CartPole-v1"), lambda reward: None)
    with pytest.raises(ValueError, match=r"^TransformReward\.step must return a reward"):
        play_episode(without, first_action, seed=0)


def test_a_wrapper_around_all_may_make_a_row_of_what_is_none():
    envs = gym.vector.SyncVectorEnv([lambda: gym.make("FrozenLake-v1")] * 2)
    flat = gym.wrappers.vector.FlattenObservation(envs)
    for episode in play_episodes(flat, first_action, seed=0):
        assert (episode.observations.sum(axis=1) == 1).all()  # one of sixteen fields


@pytest.mark.parametrize(
    ("name", "space", "message"),
    [
        ("action_space", gym.spaces.Discrete(1), r"Discrete\(1\): with one action"),
        ("action_space", None, "no action_space: set self.action_space = "),
        ("observation_space", None, "no observation_space: set self"),
        ("observation_space", gym.spaces.Box(-1, 1, (0,)), "at least one number"),
    ],
)
def test_a_space_that_does_not_fit_is_named(name, space, message):
    with pytest.raises(ValueError, match=message):
        play_episode(type("Odd", (World,), {name: space})(), first_action)


def test_an_environment_without_spaces_is_told_what_is_missing():
    class Bare(gym.Env):
        pass

    with pytest.raises(ValueError, match="the environment has no action_space: set self"):
        play_episode(Bare(), first_action)


def test_an_error_inside_an_environment_stays_what_it_is():
    class Fails(World):
        def step(self, action):
            raise KeyError("of my own")

    with pytest.raises(KeyError, match="of my own"):
        play_episode(Fails(), first_action)


def test_an_error_in_the_making_of_an_environment_stays_what_it_is():
    class Unmade(World):
        def __init__(self, **options):
            raise KeyError("of my own")

    gym.register("Unmade-v0", entry_point=Unmade)
    with pytest.raises(KeyError, match="of my own"):
        make_envs("Unmade-v0", 2)
    gym.registry.pop("Unmade-v0")


def test_a_misspelt_method_of_a_wrapper_is_named():
    class Noisy(gym.ObservationWrapper):
        def observaton(self, observation):
            return observation

    with pytest.raises(NotImplementedError, match="Noisy needs a method observation"):
        play_episode(Noisy(World()), first_action)


def test_what_a_world_of_ones_own_leaves_to_be_written_is_no_missing_method():
    def helper():
        raise NotImplementedError

    class Unfinished(World):
        def step(self, action):
            return helper()

    with pytest.raises(NotImplementedError, match="^$"):
        play_episode(Unfinished(), first_action)


@pytest.mark.parametrize("around", [lambda env: env, gym.wrappers.OrderEnforcing])
def test_a_wrapper_that_forgets_to_tell_gymnasium_is_named(around, monkeypatch):
    class Noisy(gym.ObservationWrapper):
        def __init__(self, env):
            self.size = 0.1

    mine = gym.envs.registration.EnvSpec("Noisy-v0", lambda **options: around(Noisy(World())))
    monkeypatch.setitem(gym.registry, "Noisy-v0", mine)
    words = r"^Noisy\.__init__ must begin with super\(\).__init__\(env\)$"
    with pytest.raises(TypeError, match=words):
        play_episode(around(Noisy(World())), first_action)
    with pytest.raises(TypeError, match=words):
        make_envs("Noisy-v0", 2)


def test_a_method_of_a_wrapper_is_looked_at_as_that_of_a_world(monkeypatch):
    class Forgets(gym.Wrapper):
        def step(self, action):
            self.env.step(action)

    class Seedless(gym.Wrapper):
        def reset(self):
            return self.env.reset()

    class Unpacks(gym.Wrapper):
        def step(self, action):
            observation, reward, terminated, truncated, info = self.env.step(action)
            return observation, 2 * reward, terminated, truncated, info

    class Old(World):
        def step(self, action):
            return super().step(action)[:4]

    for wrapper, words in [
        (lambda _: Unpacks(Old()), r"^Unpacks around Old\.step must return 5 things.*got 4 things"),
        (Forgets, r"^Forgets around World\.step must return 5 things.*got None"),
        (
            Seedless,
            r"^Seedless\.reset does not take what Gymnasium gives it.*begin it with def reset",
        ),
    ]:
        spec = gym.envs.registration.EnvSpec("Mine-v0", lambda wrapper=wrapper: wrapper(World()))
        monkeypatch.setitem(gym.registry, "Mine-v0", spec)
        with pytest.raises((TypeError, ValueError), match=words):
            make_envs("Mine-v0", 2)
        with pytest.raises((TypeError, ValueError), match=words):
            play_episode(gym.make("Mine-v0"), first_action)


def test_a_time_limit_that_another_one_inside_ends_is_named(monkeypatch):
    def registered(limit):
        spec = gym.envs.registration.EnvSpec(
            "Long-v0", lambda **options: gym.make("CartPole-v1", **options), max_episode_steps=limit
        )
        monkeypatch.setitem(gym.registry, "Long-v0", spec)

    registered(1000)
    words = "a time limit of 1000 steps around one of 500, .* max_episode_steps=1000, too"
    with pytest.raises(ValueError, match=f"^env has {words}"):
        play_episode(gym.make("Long-v0"), first_action)
    with pytest.raises(ValueError, match=words):
        make_envs("Long-v0", 2)
    for limit in (500, 20):
        registered(limit)
        assert play_episode(gym.make("Long-v0"), first_action, seed=0)
        assert make_envs("Long-v0", 2)


def test_other_errors_of_a_world_s_making_stay_what_they_are(monkeypatch):
    def made(**options):
        return None.env

    monkeypatch.setitem(gym.registry, "No-v0", gym.envs.registration.EnvSpec("No-v0", made))
    with pytest.raises(AttributeError, match="'NoneType' object has no attribute 'env'"):
        make_envs("No-v0", 2)


def test_a_wrapper_without_return_is_named():
    class Noisy(gym.ObservationWrapper):
        def observation(self, observation):
            observation + 1

    with pytest.raises(ValueError, match="must return its observation as a NumPy array.*None"):
        play_episode(Noisy(World()), first_action)


def test_a_reset_that_does_not_heed_its_seed_is_named():
    class Careless(World):
        def reset(self, *, seed=None, options=None):
            self.t = 0
            return np.random.default_rng().random(2).astype(np.float32), {}

    gym.register("Careless-v0", entry_point=Careless, max_episode_steps=5)
    with pytest.raises(ValueError, match=r"Careless.reset gives different starts.*super\(\).reset"):
        make_envs("Careless-v0", 2)
    gym.registry.pop("Careless-v0")


def test_an_environment_for_a_class_is_named():
    gym.register("Made-v0", entry_point=World())
    with pytest.raises(TypeError, match="must be a class or a function that makes the environment"):
        make_envs("Made-v0", 2)
    gym.registry.pop("Made-v0")


class OneBuffer(World):
    """Fills the same array again at every step."""

    def reset(self, **arguments):
        first, info = super().reset(**arguments)
        self.buffer = first.copy()
        return self.buffer, info

    def step(self, action):
        observation, *rest = super().step(action)
        self.buffer[:] = observation
        return self.buffer, *rest


@pytest.mark.parametrize("mode", list(gym.vector.AutoresetMode))
def test_rows_are_copies(mode):
    expected = [0, 1 / 3, 2 / 3, 1]
    alone = play_episode(OneBuffer(), first_action, seed=0)
    envs = gym.vector.SyncVectorEnv([OneBuffer] * 2, autoreset_mode=mode, copy=False)
    for episode in (alone, *play_episodes(envs, first_action, seed=0)):
        assert episode.observations[:, 0] == pytest.approx(expected)


def test_a_name_with_its_module(tmp_path, monkeypatch):
    (tmp_path / "my_worlds.py").write_text(
        "import gymnasium as gym\n"
        "gym.register('Mine-v0', entry_point='gymnasium.envs.classic_control:CartPoleEnv',"
        " max_episode_steps=20, reward_threshold=15)\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    assert evaluate(random_policy(0), "my_worlds:Mine-v0", n_episodes=3).max() <= 20
    assert train_reinforce("my_worlds:Mine-v0", seed=0, n_updates=1).n_updates == 1
    with pytest.raises(ValueError, match="env_id 'no_such_module:Mine-v0' is unknown"):
        make_envs("no_such_module:Mine-v0", 1)
    spec = gym.spec("Mine-v0")
    assert evaluate(random_policy(0), spec, n_episodes=2).shape == (2,)
    gym.registry.pop("Mine-v0")


# ---- networks


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("bound", [np.finfo(np.float32).max, 1e30, 1e9, 1e6])
def test_a_bound_that_says_nothing_is_not_used(bound):
    space = gym.spaces.Box(np.float32([-2, -bound]), np.float32([2, bound]))
    scaled = scaled_policy_net(space, 2, seed=0).layers[0](np.float32([[1, 1]])).numpy()
    assert scaled == pytest.approx(np.array([[0.5, 1]]))


@pytest.mark.filterwarnings("error")
def test_bounds_of_one_value_or_of_doubles():
    largest = np.finfo(np.float64).max
    space = gym.spaces.Box(np.array([3.0, -largest]), np.array([3.0, largest]), dtype=np.float64)
    net = scaled_policy_net(space, 2, seed=0)
    assert np.isfinite(net(np.array([[3.0, 1.0]])).numpy()).all()
    assert greedy_policy(net)(np.array([3.0, 1.0])) in (0, 1)


def normalization_layers():
    adapted = keras.layers.Normalization()
    adapted.adapt(np.random.default_rng(0).normal(5, 3, (50, 3)))
    yield "adapted", adapted
    for name, arguments in {
        "plain": {"mean": [1.0, -2, 3], "variance": [1.0, 4, 9]},
        "no variance": {"mean": [1.0, -2, 3], "variance": [1.0, 0, 9]},
        "one for all": {"mean": 2.0, "variance": 4.0},
        "no axis": {"axis": None, "mean": 2.0, "variance": 4.0},
        "axis 1": {"axis": 1, "mean": [1.0, -2, 3], "variance": [1.0, 4, 9]},
        "inverted": {"mean": [1.0, -2, 3], "variance": [1.0, 4, 9], "invert": True},
        "large mean": {"mean": [1e6, 0, 0], "variance": [1e-4, 1, 1]},
        "not adapted": {},
    }.items():
        yield name, keras.layers.Normalization(**arguments)


@pytest.mark.parametrize(("name", "layer"), normalization_layers())
def test_every_normalization_in_numpy_as_in_keras(name, layer):
    net = keras.Sequential([keras.Input((3,)), layer, keras.layers.Dense(2)])
    inputs = np.float32([[1, -2, 3], [1e6, 0.5, 9], [0, 0, 0]])
    expected = net(inputs).numpy()
    assert numpy_forward(net)(inputs) == pytest.approx(expected, rel=1e-4, abs=1e-4)


def test_nan_never_becomes_an_action():
    net = softmax_policy_net(0)
    net.set_weights([weights * np.nan for weights in net.get_weights()])
    for policy in (greedy_policy(net), sampling_policy(net, 0)):
        with pytest.raises(ValueError, match="answers NaN: its weights are not finite any more"):
            policy(np.zeros(4, np.float32))
    with pytest.raises(ValueError, match="answers NaN: look at its observations"):
        greedy_policy(softmax_policy_net(0))(np.full(4, np.nan))


def test_what_a_world_of_gymnasiums_own_raises_comes_as_it_is():
    world = watched.Watched(gym.make("CartPole-v1"))
    assert world.title == "CartPoleEnv"
    with pytest.raises(gym.error.ResetNeeded):
        world.step(0)


def test_a_loss_of_nan_stops_training():
    def spoiled(logits, actions, weights):
        return keras.ops.mean(logits) * float("nan")

    def update(*arguments):
        return reinforce_update(*arguments, loss=spoiled)

    with pytest.raises(
        ValueError, match="loss or its gradient is not finite, so .* was left as it was"
    ):
        train_reinforce(seed=0, update=update)


class Subclass(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = keras.layers.Dense(2)

    def call(self, inputs):
        return self.dense(inputs)


def built_subclass():
    net = Subclass()
    net(np.zeros((1, 4)))
    return net


def two_heads(form):
    start = keras.Input((4,))
    heads = keras.layers.Dense(2)(start), keras.layers.Dense(1)(start)
    return keras.Model(start, form(heads))


def of_dtype(policy):
    with pytest.MonkeyPatch.context():
        before = keras.config.dtype_policy()
        keras.config.set_dtype_policy(policy)
        try:
            return softmax_policy_net(0)
        finally:
            keras.config.set_dtype_policy(before)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (built_subclass, "is a Subclass, which does not say what goes in"),
        (Subclass, "has no weights yet: begin it with keras.Input"),
        (lambda: two_heads(list), "must have one output.*keras.Model"),
        (lambda: two_heads(lambda heads: {"a": heads[0], "v": heads[1]}), "must have one output"),
        (lambda: two_heads(lambda heads: {"a": heads[0]}), "must have one output"),
        (lambda: of_dtype("mixed_float16"), "computes in float16.*set_dtype_policy\\('float32'\\)"),
        (lambda: of_dtype("float64"), "computes in float64.*set_dtype_policy\\('float32'\\)"),
    ],
)
def test_a_network_that_does_not_fit_is_refused_by_name(make, message):
    for use in (greedy_policy, lambda net: train_reinforce(seed=0, policy_net=net)):
        with pytest.raises(ValueError, match=f"policy_net {message}"):
            use(make())


def test_what_could_not_be_loaded_is_refused_before_training(tmp_path, monkeypatch):
    net = keras.Sequential(
        [
            keras.Input((4,)),
            keras.layers.Lambda(lambda x: 2 * x, name="doubling"),
            keras.layers.Dense(2),
        ]
    )
    path = tmp_path / "policy.keras"
    monkeypatch.setattr(training, "play_episodes", None)  # nothing may be played before the error
    for use in (
        lambda: save_policy(net, path),
        lambda: train_reinforce(seed=0, n_updates=1, policy_net=net, path=path),
    ):
        with pytest.raises(ValueError, match="cannot be saved: its layer 'doubling', a Lambda"):
            use()
    assert not list(tmp_path.iterdir())


def test_a_full_disk_leaves_the_old_policy(tmp_path, monkeypatch):
    path, old, new = tmp_path / "policy.keras", softmax_policy_net(0), softmax_policy_net(1)
    save_policy(old, path)

    def full(self, beside, *arguments, **options):
        Path(beside).write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keras.Sequential, "save", full)
    with pytest.raises(OSError, match="No space left"):
        save_policy(new, path)
    assert [file.name for file in tmp_path.iterdir()] == ["policy.keras"]
    assert np.array_equal(load_policy(path).get_weights()[0], old.get_weights()[0])


def test_a_path_from_home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    save_policy(softmax_policy_net(0), "~/policy.keras")
    assert (tmp_path / "policy.keras").is_file() and load_policy("~/policy.keras")


# ---- one process, for a long time


def test_many_trainings_leave_no_graph_behind_and_no_warning(capfd, monkeypatch):
    """A graph that stays is a megabyte for each training."""
    graphs, made = WeakSet(), FuncGraph.__init__

    def noted(graph, *arguments, **settings):
        graphs.add(graph)
        made(graph, *arguments, **settings)

    monkeypatch.setattr(FuncGraph, "__init__", noted)
    for seed in range(6):
        train_reinforce(seed=seed, n_updates=1)
    gc.collect()
    assert 0 < len(graphs) <= 4, "the steps of the last four are kept for who goes on with them"
    assert "retracing" not in capfd.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not say")
def test_a_long_animation_takes_little_memory():
    code = (
        "import resource, gymnasium as gym\n"
        "from cartpole_lib.animate import animate\n"
        "from cartpole_lib.policies import linear_policy\n"
        "for n in (200, 1000):\n"
        "    env = gym.make('CartPole-v1', render_mode='rgb_array', max_episode_steps=n)\n"
        "    print(animate(env, linear_policy([0.1, 0.2, 1, 1]), seed=3))\n"
        "    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    short, before, long, after = run.stdout.splitlines()
    assert "200 steps" in short and "1000 steps" in long
    assert (int(after) - int(before)) * 1024 / 800 < 50_000


def test_an_endless_animation_ends(monkeypatch):
    monkeypatch.setattr(watched, "MAX_STEPS", 50)
    env = gym.make("CartPole-v1", render_mode="rgb_array", max_episode_steps=60)
    with pytest.raises(RuntimeError, match="no end after 50 steps.*max_episode_steps"):
        animate(env, lambda o: (o[..., 2] + o[..., 3] > 0).astype(int), seed=3)


# ---- interrupted


def interrupt_in(n_calls):
    """Return an update that is interrupted, as by Ctrl-C, in its n-th call."""
    calls = []

    def update(*arguments):
        calls.append(arguments)
        if len(calls) == n_calls:
            raise KeyboardInterrupt
        return reinforce_update(*arguments)

    return update


def test_ctrl_c_gives_back_what_was_learned(tmp_path):
    path = tmp_path / "policy.keras"
    with pytest.warns(
        UserWarning, match="interrupted: what 3 updates learned is saved as '.*polic"
    ):
        run = train_reinforce(seed=0, update=interrupt_in(4), path=path)
    assert (run.n_updates, run.interrupted, run.solved) == (3, True, False)
    assert len(run.episode_returns) == len(run.episode_lengths) == 3 * 6
    same = train_reinforce(seed=0, n_updates=3).policy_net.get_weights()
    assert all(map(np.array_equal, run.policy_net.get_weights(), same))
    assert np.array_equal(load_policy(path).get_weights()[-1], same[-1])
    assert not train_reinforce(seed=0, n_updates=1).interrupted


def fails_in(n, error, spoil=False):
    """Return an update that raises at its n-th call, with weights of nan where `spoil`."""
    calls = itertools.count(1)

    def update(policy_net, *arguments):
        if next(calls) == n:
            if spoil:
                *weights, (_, last) = policy_net.get_weights()
                policy_net.set_weights([*weights, np.array([np.nan, last])])
            raise error
        return reinforce_update(policy_net, *arguments)

    return update


def test_what_raises_in_a_late_update_leaves_what_was_learned(tmp_path):
    path = tmp_path / "policy.keras"
    with pytest.raises(OSError, match="no more paper") as caught:
        train_reinforce(seed=0, update=fails_in(3, OSError("no more paper")), path=path)
    beside = tmp_path / "policy-after-2-updates.keras"
    assert f"learned before is in {str(beside)!r}" in caught.value.__notes__[-1]
    same = train_reinforce(seed=0, n_updates=2).policy_net.get_weights()
    assert np.array_equal(load_policy(beside).get_weights()[-1], same[-1]) and not path.exists()
    beside.unlink()
    for update in (fails_in(1, OSError()), fails_in(2, OSError(), spoil=True)):
        with pytest.raises(OSError) as caught:
            train_reinforce(seed=0, update=update, path=path)
        assert not list(tmp_path.iterdir()) and not hasattr(caught.value, "__notes__")


def test_ctrl_c_before_anything_was_learned_spoils_no_file(tmp_path):
    path = tmp_path / "policy.keras"
    save_policy(softmax_policy_net(0), path)
    before = path.read_bytes()
    with pytest.warns(UserWarning, match="interrupted: what 0 updates learned is returned"):
        run = train_reinforce(seed=0, update=interrupt_in(1), path=path)
    assert path.read_bytes() == before and run.n_steps == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT")
def test_a_real_ctrl_c():
    calls = []

    def update(*arguments):
        calls.append(arguments)
        if len(calls) == 3:
            os.kill(os.getpid(), signal.SIGINT)
        reinforce_update(*arguments)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        run = train_reinforce(seed=0, n_updates=20, update=update, stop_when_solved=False)
    assert run.interrupted and 2 <= run.n_updates <= 3


# ---- the machine


@pytest.mark.parametrize("backend", ["jax", "torch"])
def test_another_backend_is_refused_in_one_sentence(backend):
    environment = {**os.environ, "KERAS_BACKEND": backend}
    run = subprocess.run(
        [sys.executable, "-c", "import cartpole_lib.networks"],
        env=environment,
        capture_output=True,
        text=True,
    )
    assert f"ImportError: KERAS_BACKEND is '{backend}', but this course needs" in run.stderr
    assert "unset that variable" in run.stderr


class Bytes(World):
    """Observes what is in a memory: whole numbers from 0 to 255."""

    observation_space = gym.spaces.Box(0, 255, (2,), np.uint8)

    def reset(self, **arguments):
        return np.uint8([1, 2]), super().reset(**arguments)[1]

    def step(self, action):
        return np.uint8([self.t, 255]), *super().step(action)[1:]


def test_a_world_may_observe_bytes():
    assert play_episode(Bytes(), first_action).observations[-1].tolist() == [2, 255]
    [episode] = play_episodes(gym.vector.SyncVectorEnv([Bytes]), first_action)
    assert episode.observations[-1].tolist() == [2, 255]


def test_large_bounds_are_used_up_to_a_million():
    space = gym.spaces.Box(np.float32([-9e5]), np.float32([9e5]))
    scaled = scaled_policy_net(space, 2, seed=0).layers[0](np.float32([[4.5e5]])).numpy()
    assert scaled == pytest.approx(0.5)
