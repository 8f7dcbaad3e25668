import gymnasium as gym
import numpy as np
import pytest
from gymnasium.vector import AsyncVectorEnv, AutoresetMode, SyncVectorEnv
from hypothesis import given, settings
from hypothesis import strategies as st

from cartpole_lib.guards import watched
from cartpole_lib.guards.watched import Watched
from cartpole_lib.policies import lean_policy, random_policy
from cartpole_lib.rollout import _spread, make_envs, play_episode, play_episodes

ALL_MODES = list(AutoresetMode)


def vector_env(countdown, lengths, mode, terminates=True, copy=True):
    functions = [lambda n=n: countdown(n, terminates) for n in lengths]
    return SyncVectorEnv(functions, autoreset_mode=mode, copy=copy)


@pytest.mark.parametrize("terminates", [True, False])
def test_an_episode_keeps_its_last_observation(countdown, first_action, terminates):
    episode = play_episode(countdown(3, terminates), first_action)
    assert episode.observations.tolist() == [[0, 0], [0, 1], [0, 2], [0, 3]]
    assert episode.actions.tolist() == [0, 0, 0]
    assert episode.rewards.tolist() == [1.25, 2.25, 3.25]
    assert episode.terminated is terminates


def test_an_info_of_a_world_is_no_observation(countdown, first_action):
    class Tells(countdown):
        def step(self, action):
            *answer, info = super().step(action)
            return *answer, info | {"final_obs": np.zeros(2, np.float32)}

    (episode,) = play_episodes(gym.vector.SyncVectorEnv([Tells]), first_action)
    assert episode.observations.tolist() == [[0, 0], [0, 1], [0, 2], [0, 3]]


def test_the_time_limit_is_not_a_fall(first_action):
    short = gym.make("CartPole-v1", max_episode_steps=5)
    assert not play_episode(short, lean_policy, seed=0).terminated
    fallen = play_episode(gym.make("CartPole-v1"), first_action, seed=0)
    assert fallen.terminated
    assert abs(fallen.observations[-1, 2]) > np.deg2rad(12) > abs(fallen.observations[-2, 2])
    assert fallen.rewards.tolist() == [1.0] * len(fallen.actions)


def test_seeds():
    env = gym.make("CartPole-v1")
    first, again, other = (play_episode(env, random_policy(0), seed) for seed in (1, 1, 2))
    assert np.array_equal(first.observations, again.observations)
    assert not np.array_equal(first.observations[0], other.observations[0])
    assert np.array_equal(
        first.observations, play_episode(env, random_policy(0), np.int64(1)).observations
    )


@pytest.mark.parametrize("copy", [True, False])
@pytest.mark.parametrize("terminates", [True, False])
@pytest.mark.parametrize("mode", ALL_MODES)
def test_one_whole_episode_each_whatever_the_autoreset(
    countdown, first_action, mode, terminates, copy
):
    lengths = (2, 5, 1, 3)
    episodes = play_episodes(vector_env(countdown, lengths, mode, terminates, copy), first_action)
    assert len(episodes) == 4
    for episode, n in zip(episodes, lengths):
        assert episode.observations.tolist() == [[0, t] for t in range(n + 1)]
        assert episode.rewards.tolist() == [t + 1.25 for t in range(n)]
        assert episode.actions.tolist() == [0] * n
        assert episode.terminated is terminates


def test_rewards_are_floats_even_where_a_world_gives_integers(countdown, first_action):
    """Also without guards, for a lesson shows the bodies alone."""

    class Whole(countdown):
        def step(self, action):
            observation, _, *rest = super().step(action)
            return observation, 1, *rest

    class WholeSideBySide(gym.vector.VectorWrapper):
        def step(self, actions):
            observations, rewards, *rest = super().step(actions)
            return observations, rewards.astype(int), *rest

    envs = WholeSideBySide(vector_env(countdown, (2, 3), AutoresetMode.NEXT_STEP))
    episodes = [
        play_episode.__wrapped__(Whole(), first_action),
        *play_episodes.__wrapped__(envs, first_action),
        *play_episodes(make_envs("CartPole-v1", 2), lean_policy, seed=0),
    ]
    assert [episode.rewards.dtype for episode in episodes] == [np.float64] * 5


@pytest.mark.parametrize("mode", ALL_MODES)
def test_how_a_later_episode_ends_does_not_count(countdown, first_action, mode):
    class FallsLater(countdown):
        def reset(self, **arguments):
            self.terminates = self.episode >= 0
            return super().reset(**arguments)

    envs = SyncVectorEnv([lambda: FallsLater(2), lambda: countdown(9)], autoreset_mode=mode)
    assert [episode.terminated for episode in play_episodes(envs, first_action)] == [False, True]


@pytest.mark.parametrize("mode", ALL_MODES)
def test_a_second_batch_starts_anew(countdown, first_action, mode):
    envs = vector_env(countdown, (2, 4), mode)
    play_episodes(envs, first_action)
    for episode, n in zip(play_episodes(envs, first_action), (2, 4)):
        assert episode.observations[:, 1].tolist() == list(range(n + 1))
        assert len(set(episode.observations[:, 0])) == 1


@settings(max_examples=25)
@given(st.integers(0, 2**31), st.integers(1, 6), st.sampled_from(ALL_MODES))
def test_side_by_side_is_one_after_the_other(seed, n_envs, mode):
    envs = gym.make_vec("CartPole-v1", n_envs, "sync", vector_kwargs={"autoreset_mode": mode})
    seeds = np.random.SeedSequence(seed).generate_state(n_envs).tolist()
    for each, episode in zip(seeds, play_episodes(envs, lean_policy, seed)):
        alone = play_episode(gym.make("CartPole-v1"), lean_policy, each)
        for together, single in zip(episode, alone):
            assert np.array_equal(together, single)


@settings(max_examples=25)
@given(st.integers(0, 2**31), st.integers(1, 40))
def test_cartpoles_own_vector_env(seed, n_envs):
    for episode in play_episodes(make_envs("CartPole-v1", n_envs), random_policy(seed), seed):
        T = len(episode.actions)
        assert episode.observations.shape == (T + 1, 4)
        assert episode.rewards.tolist() == [1.0] * T
        outside = (np.abs(episode.observations) > [2.4, np.inf, np.deg2rad(12), np.inf]).any(axis=1)
        assert outside.tolist() == [False] * T + [True]
        assert episode.terminated


def test_the_time_limit_side_by_side():
    envs = gym.make_vec(
        "CartPole-v1", num_envs=3, vectorization_mode="vector_entry_point", max_episode_steps=7
    )
    episodes = play_episodes(envs, lean_policy, seed=0)
    assert [(len(episode.actions), episode.terminated) for episode in episodes] == [(7, False)] * 3


@pytest.mark.parametrize(
    ("policy", "error", "message"),
    [
        (lambda o: np.zeros((2, 2), int), ValueError, r"policy returned shape \(2, 2\)"),
        (
            lambda o: np.full(o.shape[:-1], 3),
            ValueError,
            "action 3; actions here are whole numbers from 0 to 2",
        ),
        (lambda o: np.full(o.shape[:-1], -1), ValueError, "action -1"),
        (lambda o: np.zeros(o.shape[:-1]), TypeError, r"float64 values such as 0.0.*astype\(int\)"),
        (lambda o: o[..., 1] > 5, TypeError, r"bool values such as False.*astype\(int\)"),
        (lambda o: None, TypeError, "policy returned None: did you forget return"),
        (lambda o: np.sin, TypeError, "policy returned a function.*call it first"),
        (random_policy, TypeError, "call it first, as in random_policy"),
        (7, TypeError, "policy must be a function"),
    ],
)
def test_bad_policies(countdown, policy, error, message):
    with pytest.raises(error, match=message):
        play_episode(countdown(), policy)
    with pytest.raises(error, match=message):
        play_episodes(SyncVectorEnv([countdown] * 3), policy)


def test_bad_environments(countdown, first_action):
    with pytest.raises(TypeError, match=r"such as gym.make\('CartPole-v1'\); got 'CartPole-v1'"):
        play_episode("CartPole-v1", first_action)
    with pytest.raises(TypeError, match="use play_episodes"):
        play_episode(SyncVectorEnv([countdown]), first_action)
    with pytest.raises(TypeError, match="use play_episode"):
        play_episodes(countdown(), first_action)
    with pytest.raises(ValueError, match="must be discrete.*Box"):
        play_episode(gym.make("Pendulum-v1"), first_action)
    with pytest.raises(ValueError, match="must be discrete.*Box"):
        play_episodes(gym.make_vec("Pendulum-v1", num_envs=2), first_action)
    with pytest.raises(ValueError, match=r"one-dimensional Box.*Discrete\(16\)"):
        play_episode(gym.make("FrozenLake-v1"), first_action)
    env = countdown()
    env.action_space = gym.spaces.Discrete(2, start=5)
    with pytest.raises(ValueError, match="must count from 0, but action_space is Discrete"):
        play_episode(env, lambda o: 6)


@pytest.mark.parametrize("seed", [-1, 1.5, "3", True])
def test_bad_seeds(countdown, first_action, seed):
    with pytest.raises(ValueError, match="seed must be a whole number of at least 0"):
        play_episode(countdown(), first_action, seed)


@pytest.mark.parametrize("mode", ALL_MODES)
def test_an_episode_without_end(countdown, first_action, mode, monkeypatch):
    monkeypatch.setattr(watched, "MAX_STEPS", 50)
    with pytest.raises(RuntimeError, match="no end after 50 steps.*time limit"):
        play_episode(countdown(51), first_action)
    with pytest.raises(RuntimeError, match="no end after 50 steps"):
        play_episodes(vector_env(countdown, (2, 51), mode), first_action)
    assert len(play_episode(countdown(50), first_action).actions) == 50
    assert len(play_episodes(vector_env(countdown, (50,), mode), first_action)[0].actions) == 50


@pytest.mark.parametrize("env_id", ["CartPol-v1", "CartPole-v7", ""])
def test_unknown_environments(env_id):
    with pytest.raises(ValueError, match="env_id .* is unknown; try 'CartPole-v1'"):
        make_envs(env_id, 2)


@pytest.mark.parametrize("env_id", [5, None, gym.make("CartPole-v1")])
def test_an_environment_is_not_a_name(env_id):
    with pytest.raises(TypeError, match="env_id must be a name such as 'CartPole-v1', not "):
        make_envs(env_id, 2)


@pytest.mark.parametrize(
    "policy",
    [lambda o: int(o[2] > 0), lambda o: 1 if o[2] > 0 else 0, lambda o: [v for x, y, v, w in [o]]],
)
def test_a_policy_for_one_observation_gets_a_note(policy):
    with pytest.raises((TypeError, ValueError)) as caught:
        play_episodes(make_envs("CartPole-v1", 3), policy)
    note = getattr(caught.value, "__notes__", [str(caught.value)])[0]
    assert "index the last axis, as in observations[..., 2]" in note


def by_unpacking(observations):
    _, _, angle, spin = observations
    return (angle + spin > 0).astype(int)


def each_by_itself(observations):
    return [int(row[2] > 0) for row in observations]


def each_with_its_memory(observations):
    moves = [[0, 1], [1, 0], [1, 1], [0, 0]]
    return [moves[i].pop() if moves[i] else int(row[2] > 0) for i, row in enumerate(observations)]


@pytest.mark.parametrize("policy", [lambda o: (o[2] > 0).astype(int), by_unpacking])
def test_rows_taken_for_columns_are_named_where_no_shape_tells(policy):
    words = "^policy takes rows of its observations.* observations.T$"
    with pytest.raises(ValueError, match=words) as caught:
        play_episodes(make_envs("CartPole-v1", 4), policy)
    assert not hasattr(caught.value, "__notes__")


@pytest.mark.parametrize(
    "policy",
    [
        each_by_itself,
        each_with_its_memory,
        lambda o: (o[..., 2] > 0).astype(int),
        lambda o: (o.T[2] > 0).astype(int),
        lambda o: (o[0:4, 2] > 0).astype(int),
    ],
)
def test_who_looks_at_each_environment_plays_where_there_are_as_many_as_numbers(policy):
    lengths = [len(e.actions) for e in play_episodes(make_envs("CartPole-v1", 4), policy, seed=0)]
    one_less = [len(e.actions) for e in play_episodes(make_envs("CartPole-v1", 3), policy, seed=0)]
    assert len(lengths) == 4 and len(one_less) == 3


@pytest.mark.parametrize("n_envs", [0, -3, 2.5, "4", None])
def test_bad_counts(n_envs):
    with pytest.raises(ValueError, match="n_envs must be a whole number of at least 1"):
        make_envs("CartPole-v1", n_envs)


@pytest.mark.parametrize("kind", [SyncVectorEnv, AsyncVectorEnv])
@pytest.mark.parametrize("wrapped", [lambda envs: envs, gym.vector.VectorWrapper])
def test_neighbouring_seeds_share_no_seed_of_a_world(kind, wrapped):
    """These two count up from an integer: 1 and 2 would share all but two of ten worlds."""
    envs = kind.__new__(kind)  # no processes: only what it is counts here
    envs.num_envs = 10
    envs = wrapped(envs)
    first, second = (set(_spread(seed, envs)) for seed in (1, 2))
    assert len(first) == len(second) == 10 and not first & second
    del envs


def test_an_environment_is_watched_once_however_often_it_is_played(countdown, first_action):
    """Else each batch of a training plays through one more wrapper."""
    envs = gym.vector.VectorWrapper(vector_env(countdown, (2, 3), AutoresetMode.NEXT_STEP))
    play_episodes(envs, first_action)
    before = envs.unwrapped.envs[0]
    play_episodes(envs, first_action)
    assert envs.unwrapped.envs[0] is before and isinstance(before, Watched)


def test_rewards_are_copies(countdown, first_action):
    class OneBuffer(gym.vector.VectorWrapper):
        buffer = np.zeros(2)

        def step(self, actions):
            observations, self.buffer[:], *rest = super().step(actions)
            return observations, self.buffer, *rest

    envs = OneBuffer(vector_env(countdown, (2, 3), AutoresetMode.NEXT_STEP))
    rewards = [episode.rewards.tolist() for episode in play_episodes(envs, first_action)]
    assert rewards == [[1.25, 2.25], [1.25, 2.25, 3.25]]


def test_without_a_seed_each_episode_starts_elsewhere():
    env = gym.make("CartPole-v1")
    starts = [play_episode(env, lean_policy, seed=0).observations[0]]
    starts += [play_episode(env, lean_policy).observations[0] for _ in range(2)]
    assert len(set(map(tuple, starts))) == 3


def test_without_a_seed_each_batch_starts_elsewhere():
    envs = make_envs("CartPole-v1", 2)
    batches = [play_episodes(envs, lean_policy, seed=0)]
    batches += [play_episodes(envs, lean_policy) for _ in range(2)]
    assert len({tuple(episode.observations[0]) for batch in batches for episode in batch}) == 6


def test_a_reward_that_is_not_finite_is_refused_where_no_world_is_watched():
    """CartPole's own vector environment has no single environments that a guard could watch."""

    class Lost(gym.vector.VectorWrapper):
        def step(self, actions):
            observations, rewards, *rest = super().step(actions)
            return observations, rewards * np.nan, *rest

    with pytest.raises(ValueError, match="environment 0 gave a reward that is not finite"):
        play_episodes(Lost(make_envs("CartPole-v1", 2)), lean_policy, seed=0)


def test_a_world_gets_a_plain_number_for_an_action(countdown):
    """So that it may look it up, as in {0: "left", 1: "right"}[action]."""

    class LooksUp(countdown):
        def step(self, action):
            return super().step({0: 0, 1: 1}[action])

    for answer in (np.array(1), np.int64(1), 1):
        assert len(play_episode(LooksUp(3), lambda observation, a=answer: a).actions) == 3


def test_without_a_seed_environments_go_on_with_their_own_dice():
    starts = []
    for _ in range(2):
        envs = SyncVectorEnv([lambda: gym.make("CartPole-v1")] * 2)
        envs.reset(seed=3)
        starts.append([e.observations[0].tolist() for e in play_episodes(envs, lean_policy)])
    assert starts[0] == starts[1]
