"""The race: the referee counts, and names whoever wins in another way than by training."""

import importlib
import json
import pickle

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.envs.classic_control.cartpole import CartPoleEnv
from lessons import ROOT

from cartpole_lib.evaluate import evaluate
from cartpole_lib.exercises import race, recorded_race
from cartpole_lib.exercises.race import BUDGET, LIMIT, Referee, Result, counted_world, families
from cartpole_lib.policies import lean_and_spin_policy, lean_policy, linear_policy, random_policy
from cartpole_lib.rollout import make_envs, play_episode, play_episodes

STAYS = linear_policy([0.1, 0.2, 1, 1])
KNOWING = gym.make("CartPole-v1")  # made before the race begins


def network(weights=(0.1, 0.2, 1, 1)):
    """Return a network that plays like a linear policy."""
    import keras

    net = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2, use_bias=False)])
    net.set_weights([np.outer(weights, [-1, 1])])
    return net


def chance(env_id, seed, n_batches=1, n_envs=8, policy=None):
    """Play episodes of the race, by chance."""
    envs, policy = make_envs(env_id, n_envs), policy or random_policy(seed)
    return [play_episodes(envs, policy, seed + i) for i in range(n_batches)]


def words(result):
    return " ".join(repr(result).split())


# ---- what is honest


def test_a_blank_stub_is_not_attempted():
    def blank(env_id, seed):
        raise NotImplementedError

    assert repr(race(blank)) == "The race: not attempted yet."


def test_reinforce_may_race_as_it_is():
    from cartpole_lib.reinforce import train_reinforce

    result = race(
        lambda env_id, seed: train_reinforce(env_id, seed=seed, n_updates=3), "sampled", 0
    )
    assert result.status == "not won" and result.n_episodes == 18 and result.n_steps < 2000
    assert "sampled" in words(result) and "490 are wanted. You chose the seed" in words(result)
    assert result.mean < 200


def test_who_learns_and_plays_well_wins():
    def teaches_itself(env_id, seed):
        chance(env_id, seed)
        chance(env_id, seed, n_batches=2, policy=lean_policy)
        chance(env_id, seed, n_envs=10, policy=STAYS)
        return network()

    result = race(teaches_itself)
    assert result.status == "won" and result.n_episodes == 34 and result.mean >= 490
    assert "rehearsal" not in words(result)


def test_the_seed_of_a_rehearsal_gives_the_same_again_and_no_seed_another():
    seeds = []

    def train(env_id, seed):
        seeds.append(seed)
        chance(env_id, seed)
        return network([0, 0, 1, 0])

    first, second, third, fourth = (
        race(train, seed=3),
        race(train, seed=3),
        race(train),
        race(train),
    )
    assert first == second and seeds[0] == seeds[1] and len(set(seeds)) == 3
    assert third.mean != fourth.mean


@pytest.mark.parametrize("policy", [lean_and_spin_policy, STAYS])
def test_a_policy_by_hand_may_play_and_is_named(policy):
    result = race(lambda env_id, seed: policy)
    assert result.status == "by hand" and "Without training" in words(result)
    assert result.mean > 400 and f"Mean return {result.mean:.1f} over 100" in words(result)


def test_a_policy_of_one_observation_is_told_so():
    with pytest.raises(ValueError, match="expected, one action for each"):
        race(lambda env_id, seed: lambda observations: 1)


@pytest.mark.parametrize(
    ("trained", "problem"),
    [(None, "end with return"), ([1, 2], r"must return the policy network; got \[1, 2\]")],
)
def test_what_is_no_policy(trained, problem):
    with pytest.raises(TypeError, match=problem):
        race(lambda env_id, seed: trained)
    with pytest.raises(ValueError, match="'greedy' or 'sampled'"):
        race(lambda env_id, seed: STAYS, "greedily")


@pytest.mark.parametrize("make", [network, lambda: "my_training", lambda: None])
def test_who_hands_over_no_function_is_told_so(make):
    with pytest.raises(TypeError, match="the function itself"):
        race(make())


# ---- what is counted


def one_at_a_time(env_id, seed):
    env = gym.make(env_id)
    return [play_episode(env, random_policy(i), i) for i in range(12)]


def side_by_side(env_id, seed):
    return sum(chance(env_id, seed, n_batches=2, n_envs=6), [])


def in_a_sync_vector(env_id, seed):
    envs = gym.make_vec(env_id, 3, vectorization_mode="sync")
    envs.reset(seed=seed)
    envs.step(np.zeros(3, int))
    env = gym.make(env_id)
    return [play_episode(env, random_policy(i), i) for i in range(9)] + [None] * 3


@pytest.mark.parametrize("play", [one_at_a_time, side_by_side, in_a_sync_vector])
def test_every_episode_counts_once(play):
    episodes = []

    def train(env_id, seed):
        episodes.extend(play(env_id, seed))
        return STAYS

    result = race(train)
    assert result.n_episodes == 12 and result.status == "by hand"
    steps = sum(1 if e is None else len(e.actions) for e in episodes)
    assert result.n_steps == steps


def test_side_by_side_an_episode_is_that_of_cartpole():
    found = {}

    def train(env_id, seed):
        for name in (env_id, "CartPole-v1"):
            found[name] = play_episodes(make_envs(name, 5), lean_policy, 7)
        return STAYS

    assert race(train).status == "out"
    for ours, theirs in zip(*found.values()):
        assert np.array_equal(ours.observations, theirs.observations)
        assert ours.terminated == theirs.terminated and np.array_equal(ours.rewards, theirs.rewards)


def test_a_reset_alone_is_no_episode():
    def train(env_id, seed):
        for _ in range(3):
            gym.make(env_id).reset(seed=1)
            make_envs(env_id, 300).reset(seed=1)
        return STAYS

    assert race(train).n_episodes == 0


# ---- cheaters


def trains_on(env_id, seed):
    env = gym.make(env_id)
    for i in range(BUDGET + 50):
        play_episode(env, lambda observation: 1, i)
    return network()


def trains_on_side_by_side(env_id, seed):
    chance(env_id, seed, n_batches=9, n_envs=24)
    return network()


def trains_too_long(env_id, seed):
    from cartpole_lib.reinforce import train_reinforce

    def idle(*arguments):
        pass

    return train_reinforce(env_id, seed=seed, n_updates=50, update=idle)


@pytest.mark.parametrize("train", [trains_on, trains_on_side_by_side, trains_too_long])
def test_who_trains_on_is_out(train):
    result = race(train)
    assert result.status == "out" and "200 is the budget" in words(result)
    assert result.n_episodes <= BUDGET and np.isnan(result.mean)


def goes_on_elsewhere(env_id, seed):
    try:
        trains_on(env_id, seed)
    except RuntimeError:
        chance("CartPole-v1", seed)
    return network()


def with_an_old_world(env_id, seed):
    chance(env_id, seed)
    play_episode(KNOWING, lean_policy, seed)
    return network()


def evaluates_to_choose(env_id, seed):
    chance(env_id, seed)
    return max([network(), network([0, 0, 1, 0])], key=lambda net: evaluate(STAYS).mean())


def with_a_copy_of_the_rules(env_id, seed):
    class Pole(CartPoleEnv):
        def step(self, action):
            return super().step(action)

    chance(env_id, seed)
    play_episode(gym.wrappers.TimeLimit(Pole(), 500), lean_policy, seed)
    return network()


def with_rules_of_its_own(env_id, seed):
    class Pole(gym.Env):
        observation_space, action_space = gym.spaces.Box(-1, 1, (4,)), gym.spaces.Discrete(2)

        def reset(self, seed=None, options=None):
            return np.zeros(4, np.float32), {}

        def step(self, action):
            return np.zeros(4, np.float32), 1.0, True, False, {}

    chance(env_id, seed)
    play_episode(Pole(), lean_policy, seed)
    return network()


class OfItsOwn(CartPoleEnv):
    """A grandchild of gym.Env, there before the race, that asks nobody else to step."""

    def step(self, action):
        return np.zeros(4, np.float32), 1.0, True, False, {}


def with_rules_that_were_there_before(env_id, seed):
    chance(env_id, seed)
    play_episode(OfItsOwn(), lean_policy, seed)
    return network()


def looks_ahead_while_it_is_judged(env_id, seed):
    chance(env_id, seed)

    def policy(observations):
        KNOWING.reset(seed=0)
        KNOWING.step(0)
        return STAYS(observations)

    return policy


@pytest.mark.parametrize(
    ("train", "name"),
    [
        (goes_on_elsewhere, "CartPoleVectorEnv"),
        (with_an_old_world, "CartPoleEnv"),
        (evaluates_to_choose, "CartPoleVectorEnv"),
        (with_a_copy_of_the_rules, "Pole"),
        (with_rules_of_its_own, "Pole"),
        (with_rules_that_were_there_before, "OfItsOwn"),
        (looks_ahead_while_it_is_judged, "CartPoleEnv"),
    ],
)
def test_who_plays_elsewhere_is_out(train, name):
    result = race(train)
    assert result.status == "out" and "played in" in words(result) and name in words(result)


def test_who_could_play_before_is_out():
    result = race(lambda env_id, seed: chance(env_id, seed, policy=STAYS) and network())
    assert result.status == "out" and "could play before" in words(result)


def test_a_network_that_was_not_seen_to_learn_counts_as_by_hand():
    result = race(lambda env_id, seed: chance(env_id, seed, 3) and network())
    assert result.status == "by hand" and "did not see it learn" in words(result)
    assert race(lambda env_id, seed: network()).status == "by hand"


def test_a_wrapper_of_ones_own_is_no_world_elsewhere():
    def shapes(env_id, seed):
        class Centred(gym.Wrapper):
            def step(self, action):
                observation, reward, *rest = self.env.step(action)
                return observation, reward - abs(observation[0]), *rest

        with gym.make(env_id) as env:
            play_episode(Centred(env), random_policy(seed), seed)
        return network()

    assert race(shapes).status == "by hand"


def test_a_search_at_random_may_win():
    def searches(env_id, seed):
        chance(env_id, seed, n_batches=2, n_envs=40)
        chance(env_id, seed, n_envs=1, policy=STAYS)
        chance(env_id, seed, n_envs=40)
        return network()

    assert race(searches).status == "won"


def test_a_policy_by_hand_with_some_training_for_show():
    result = race(lambda env_id, seed: chance(env_id, seed) and STAYS)
    assert result.status == "by hand" and "no network" in words(result)


def test_an_episode_is_not_continued_or_repeated():
    def sets_the_state(env_id, seed):
        env = gym.make(env_id)
        env.reset(seed=seed)
        env.step(0)
        env.unwrapped.state = np.zeros(4)
        env.step(0)

    def sets_the_states(env_id, seed):
        envs = make_envs(env_id, 2)
        envs.reset(seed=seed)
        envs.state[:] = 0
        envs.step(np.zeros(2, int))

    def goes_on_after_the_end(env_id, seed):
        env = gym.make(env_id).unwrapped
        env.reset(seed=seed)
        for _ in range(20):
            env.step(0)

    for train in (sets_the_state, sets_the_states, goes_on_after_the_end):
        with pytest.raises(RuntimeError, match="reset first"):
            race(train)


@pytest.mark.parametrize("make", [gym.make, lambda env_id: make_envs(env_id, 2)])
def test_a_step_before_the_first_reset_is_told_so_and_is_no_episode(make):
    def train(env_id, seed):
        env = make(env_id).unwrapped
        with pytest.raises(RuntimeError, match="no episode has begun, .* reset first"):
            env.step(np.zeros(2, int))
        return STAYS

    assert race(train).n_episodes == 0


@pytest.mark.parametrize("seed", [-1, 1.5, "a"])
def test_a_seed_that_is_none_is_told_so(seed):
    with pytest.raises(ValueError, match="seed must be a whole number of at least 0"):
        race(lambda env_id, seed: STAYS, seed=seed)


def referee_of(*lengths):
    """Return a referee that saw episodes of these lengths."""
    referee = Referee(BUDGET)
    referee.lengths[: len(lengths)], referee.n_episodes = lengths, len(lengths)
    return referee


def test_490_wins_and_a_little_less_does_not():
    referee = referee_of(*[20] * 10, *[400] * 10)
    assert referee.judge(True, 490) == ("won", "")
    assert referee.judge(True, 489.9) == ("not won", "490 are wanted.")


def test_who_was_not_seen_to_learn_and_does_not_win_is_no_cheater():
    assert referee_of(*[20] * 20).judge(True, 200) == ("not won", "490 are wanted.")


def test_fewer_than_ten_episodes_have_a_mean_of_their_own():
    assert referee_of(*[80] * 8).judge(True, 500)[0] == "won"


def test_the_first_episodes_say_who_could_play_before():
    assert referee_of(*[20] * 10, *[500] * 20).judge(True, 500)[0] == "won"
    status, words = referee_of(400, 300).judge(True, 500)
    assert status == "out" and "its first 2 training episodes stood for 350 steps" in words


@pytest.mark.parametrize("later", [[149] * 10, [20] * 20 + [151]])
def test_long_episodes_in_a_row_or_a_single_very_long_one_are_learning(later):
    assert referee_of(*[20] * 10, *later).judge(True, 500)[0] == "won"


def test_the_budget_itself_may_be_played():
    result = race(lambda env_id, seed: chance(env_id, seed, n_envs=BUDGET) and STAYS)
    assert (result.status, result.n_episodes) == ("by hand", BUDGET)


def test_training_playing_and_judging_have_seeds_of_their_own(monkeypatch):
    seeds, module = {}, importlib.import_module("cartpole_lib.exercises.race")

    def evaluated(policy, env_id, n_episodes, seed):
        seeds["judging"], seeds["n"] = seed, n_episodes
        return np.ones(n_episodes)

    def sampled(net, seed):
        seeds["playing"] = seed
        return STAYS

    def train(env_id, seed):
        seeds["training"] = seed
        return network()

    monkeypatch.setattr(module, "evaluate", evaluated)
    monkeypatch.setattr(module, "sampling_policy", sampled)
    race(train, "sampled")
    assert len({seeds[part] for part in ("training", "playing", "judging")}) == 3
    assert seeds["n"] == 100


def test_worlds_elsewhere_are_named_in_order():
    def train(env_id, seed):
        chance("CartPole-v1", seed)
        play_episode(KNOWING, lean_policy, seed)
        return STAYS

    assert "it also played in CartPoleEnv and CartPoleVectorEnv, which" in words(race(train))


def test_what_a_world_returned_may_be_changed():
    with counted_world("Race-v0", Referee(BUDGET)):
        envs = make_envs("Race-v0", 2)
        envs.reset(seed=0)
        _, _, terminations, truncations, _ = envs.step(np.zeros(2, int))
        terminations[:] = truncations[:] = True
        assert envs.step(np.zeros(2, int))[1].tolist() == [1, 1]


def test_one_bar_is_shown_and_closed(monkeypatch):
    bars, module = [], importlib.import_module("cartpole_lib.exercises.race")

    class Bar:
        closed = n = 0

        def __init__(self, **options):
            bars.append(self)

        def update(self, n):
            self.n += n

        def close(self):
            self.closed = True

    monkeypatch.setattr(module, "tqdm", Bar)
    race(lambda env_id, seed: chance(env_id, seed, n_batches=2) and STAYS)
    assert [(bar.n, bar.closed) for bar in bars] == [(16, True)]


def test_a_world_that_was_kept_plays_no_more():
    kept = []

    def train(env_id, seed):
        kept.append(gym.make(env_id))
        return STAYS

    assert race(train).n_episodes == 0
    kept[0].reset(seed=0)
    with pytest.raises(RuntimeError, match="0 training episodes"):
        kept[0].step(0)


def test_another_process_is_told_to_stay_out(monkeypatch):
    def train(env_id, seed):
        monkeypatch.setattr("os.getpid", lambda: 1)
        chance(env_id, seed)

    with pytest.raises(RuntimeError, match="in this process"):
        race(train)


def test_nothing_stays_behind():
    before = {cls: vars(cls)["step"] for cls in families(gym.Env) if "step" in vars(cls)}
    with pytest.raises(ZeroDivisionError):
        race(lambda env_id, seed: 1 / 0)
    assert all(vars(cls)["step"] is step for cls, step in before.items())
    assert "__init_subclass__" not in vars(gym.Env)
    assert not [name for name in gym.registry if name.startswith("Race")]


# ---- what stands beside it


def test_the_recorded_runs_stand_beside():
    table = json.loads((ROOT / "notebooks" / "thirty_seeds.json").read_text())
    lines = repr(recorded_race(table)).splitlines()
    assert len(lines) == 3 and lines[0].startswith("REINFORCE") and "of 30" in lines[1]
    run = {"trainer": "REINFORCE", "n_evaluation_steps": 7, "greedy": {"mean": 495}}
    rows = [run | {"episode_returns": [1] * n} for n in (100, 300)]
    rows.append(rows[0] | {"trainer": "actor-critic", "greedy": {"mean": 480}})
    just = {"episode_returns": [1] * BUDGET, "n_evaluation_steps": 0, "sampled": {"mean": 480}}
    table = [run | just, rows[2] | just]
    assert "1 of 1" in recorded_race([*table, rows[2]])[0]
    assert (
        "0 of 1"
        in recorded_race([*table, rows[2] | just | {"n_evaluation_steps": 7}], "sampled")[0]
    )
    assert " 7 steps" in recorded_race([*table, rows[2]])[2]
    first, second, third = recorded_race(rows)
    assert "1 of 2 at 490 or more" in first and "median 200" in first
    assert "0 of 1" in second and " 7 steps" in third
    just = [run | {"episode_returns": [1] * n, "greedy": {"mean": 490}} for n in (100, 100, 700)]
    just = [row | {"n_evaluation_steps": len(row["episode_returns"])} for row in just]
    first, _, third = recorded_race([*just, rows[2]])
    assert "2 of 3 at 490 or more" in first and "median 100" in first and " 100 steps" in third


def test_a_result_is_one_line_that_can_be_kept():
    result = Result("won", "Well done.", 500.0, 198, 9)
    assert repr(pickle.loads(pickle.dumps(result))) == "The race: won. Well done."


def test_the_episodes_that_were_played_are_said():
    said = words(race(lambda env_id, seed: chance(env_id, seed) and STAYS))
    assert " after 8 training episodes (" in said


def test_an_episode_at_a_time_is_cut_off_where_cartpole_cuts_it_off():
    with counted_world("Race-v0", Referee(BUDGET)):
        episode = play_episode(gym.make("Race-v0"), STAYS, 0)
    assert len(episode.actions) == LIMIT and not episode.terminated


def test_an_episode_ends_at_the_limit_also_without_its_time_limit():
    with counted_world("Race-v0", Referee(BUDGET)):
        env = gym.make("Race-v0").unwrapped
        observation, _ = env.reset(seed=0)
        for _ in range(LIMIT):
            observation, *_ = env.step(STAYS(observation))
        with pytest.raises(RuntimeError, match="reset first"):
            env.step(0)


def test_side_by_side_an_episode_ends_at_the_limit_and_stays_as_it_ended():
    referee = Referee(BUDGET)
    with counted_world("Race-v0", referee):
        envs = make_envs("Race-v0", 2)
        observations, _ = envs.reset(seed=0)
        for _ in range(LIMIT):
            observations, *_ = envs.step(STAYS(observations))
        for _ in range(20):
            later, rewards, terminations, truncations, _ = envs.step(np.zeros(2, int))
            assert np.array_equal(later, observations) and rewards.tolist() == [0, 0]
            assert not terminations.any() and truncations.all()
    assert referee.lengths[:3].tolist() == [LIMIT, LIMIT, 0]


def test_a_world_that_rests_earns_nothing():
    with counted_world("Race-v0", Referee(BUDGET)):
        envs, earned = make_envs("Race-v0", 4), np.zeros(4)
        envs.reset(seed=0)
        for _ in range(30):
            earned += envs.step(np.zeros(4, int))[1]
    assert earned.max() < 15
