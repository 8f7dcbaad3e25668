"""Guards: what a decorated function keeps, and what each complaint says."""

import inspect
import os
import pickle
import warnings
from fractions import Fraction
from types import SimpleNamespace

import gymnasium as gym
import keras
import matplotlib.pyplot as plt
import numpy as np
import pytest

from cartpole_lib import evaluate as evaluation
from cartpole_lib.actor_critic import (
    actor_critic_update,
    advantages_and_targets,
    train_actor_critic,
    value_loss,
)
from cartpole_lib.evaluate import evaluate, summarize
from cartpole_lib.forward import numpy_forward
from cartpole_lib.gradients import (
    collect_gradients,
    compiled_step,
    compiled_value_step,
    logits_of,
    play_one_step,
)
from cartpole_lib.guards import guard, values
from cartpole_lib.guards.episodes import expectations, weigher, whole_episodes
from cartpole_lib.guards.plays import a_policy
from cartpole_lib.guards.steps import followed, made_for, one_observation, only_by_loss, same_shape
from cartpole_lib.guards.values import (
    count,
    flag,
    fraction,
    network_seed,
    number,
    policy_path,
    positive,
    repeatable_seed,
    seed,
    vector,
)
from cartpole_lib.networks import (
    scaled_policy_net,
    scaled_value_net,
    shared_value_net,
    sigmoid_policy_net,
    softmax_policy_net,
)
from cartpole_lib.plot import (
    CARTPOLE_ROWS,
    plot_credit_assignment,
    plot_episode,
    plot_evaluations,
    plot_values,
    show,
)
from cartpole_lib.policies import (
    greedy_policy,
    lean_and_spin_policy,
    lean_policy,
    linear_policy,
    load_policy,
    random_policy,
    sampling_policy,
    save_policy,
)
from cartpole_lib.reinforce import policy_gradient_loss, reinforce_update, train_reinforce
from cartpole_lib.returns import (
    discounted_returns,
    generalized_advantages,
    leave_one_out,
    standardize,
)
from cartpole_lib.rollout import make_envs, play_episode, play_episodes
from cartpole_lib.study.intervals import curve_band, interquartile_mean, probability_of_solving
from cartpole_lib.study.run import read_study

ENV = gym.make("CartPole-v1")
SPACE = ENV.observation_space
EPISODES = play_episodes(make_envs("CartPole-v1", 3), random_policy(0), seed=0)
NETS = scaled_policy_net(SPACE, 2, 0), scaled_value_net(SPACE, 1)
ADAM = keras.optimizers.Adam(0.03)
USED = keras.optimizers.SGD()


def two_inputs():
    ends = keras.Input((2,)), keras.Input((2,))
    return keras.Model(ends, keras.layers.Dense(2)(keras.layers.Concatenate()(ends)))


def pair():
    return [keras.optimizers.Adam(0.03), keras.optimizers.Adam(0.03)]


def test_a_guarded_function_stays_itself():
    assert inspect.signature(discounted_returns).parameters["bootstrap"].default == 0.0
    assert discounted_returns.__name__ == "discounted_returns"
    assert "Sutton" in inspect.getdoc(discounted_returns)
    assert inspect.getsource(discounted_returns).count("def ") == 1
    assert pickle.loads(pickle.dumps(discounted_returns)) is discounted_returns


def test_a_guard_converts_asks_for_others_and_looks_at_the_answer():
    def doubled(value, name, other):
        assert name == "this"
        return value * other

    def shouted(answer, name, other):
        return f"{name}: {answer}, {other}!"

    @guard(this=doubled, answer=shouted)
    def add(this, other, gamma=1):
        return this + gamma

    assert add(2, other=10) == "add: 21.0, 10!"
    with pytest.raises(TypeError, match=r"add\(\) missing 1 required positional argument: 'other'"):
        add(2)


def test_left_at_none_is_not_checked():
    @guard
    def f(gamma=None):
        return gamma

    assert f() is None
    with pytest.raises(ValueError, match="gamma must be a number from 0 to 1"):
        f(2)


def a_batch(n_steps=4):
    return np.zeros((n_steps, 4), np.float32), np.zeros(n_steps, int), np.zeros(n_steps)


def learn_by(loss, weights=None, optimizer=None, **options):
    net = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2, **options)])
    *batch, zeros = a_batch()
    step = compiled_step(net, optimizer or keras.optimizers.SGD(), loss)
    step(*batch, zeros if weights is None else weights)


def loss_with_a_column(logits, actions, weights):
    logs = keras.ops.log_softmax(logits)
    return -keras.ops.mean(weights * keras.ops.take_along_axis(logs, actions[:, None], axis=1))


def critics_loss_with_a_column(values, targets):
    return keras.ops.mean(keras.ops.square(values[:, None] - targets))


def numpy_forward_of_critic(activation):
    layers = keras.Input((4,)), keras.layers.Dense(1, activation=activation)
    advantages_and_targets(keras.Sequential(layers), EPISODES, 0.99, 1)


def shortened(episode):
    return episode._replace(observations=episode.observations[:-1])


def ending_with(function):
    start = keras.Input((4,))
    return keras.Model(start, function(keras.layers.Dense(2)(start)))


def around(inner):
    return keras.Sequential([keras.Input((4,)), inner, keras.layers.Dense(1)])


def with_dropout(n_outputs):
    layers = keras.layers.Dropout(0.5), keras.layers.Dense(n_outputs)
    return keras.Sequential([keras.Input((4,)), *layers])


def frozen(n_outputs=2):
    net = softmax_policy_net(0) if n_outputs == 2 else around(keras.layers.Dense(2))
    net.trainable = False
    return net


COMPLAINTS = {
    "answers of a network for actions": (
        lambda: evaluate(lambda seen: np.zeros((len(seen), 2)), n_episodes=3),
        r"shape \(3, 2\) where \(3,\).*\.argmax\(axis=-1\), or use greedy_policy\(policy_net\)",
    ),
    "a column of actions": (
        lambda: evaluate(lambda seen: np.zeros((len(seen), 1), int), n_episodes=3),
        r"one action for each observation: take its only column, \[\.\.\., 0\]",
    ),
    "one action for all": (
        lambda: evaluate(lambda seen: 1, n_episodes=3),
        r"the same action for all is np.full\(observations.shape\[:-1\], 1\)",
    ),
    "probabilities for actions": (
        lambda: evaluate(lambda seen: np.full(len(seen), 0.7), n_episodes=3),
        r"such as 0.7; actions are whole numbers: decide first, as in \(p > 0.5\).astype\(int\)",
    ),
    "one action among others that the world does not have": (
        lambda: evaluate(lambda seen: [0, 2, 1], n_episodes=3),
        "policy returned action 2; actions here are whole numbers from 0 to 1",
    ),
    "chance that never takes the third action": (
        lambda: evaluate(random_policy(0), "Acrobot-v1", n_episodes=3),
        r"chooses among 2 actions, but the environment has 3: use random_policy\(seed, n_actions=3\)",
    ),
    "a network without the third action": (
        lambda: evaluate(greedy_policy(softmax_policy_net(0, 6)), "Acrobot-v1", n_episodes=3),
        "policy chooses among 2 actions, but the environment has 3: .* a network with as many outputs",
    ),
    "one output for three actions": (
        lambda: play_episode(gym.make("Acrobot-v1"), sampling_policy(sigmoid_policy_net(0, 6), 0)),
        "policy chooses among 2 actions, but the environment has 3",
    ),
    "words for actions": (
        lambda: evaluate(lambda seen: ["left"] * len(seen), n_episodes=3),
        "such as left; actions are whole numbers: return one from 0 to 1",
    ),
    "rows of actions of unlike lengths": (
        lambda: evaluate(lambda seen: [[0], [0, 1], []], n_episodes=3),
        r"policy returned rows of different lengths, \[\[0\], \[0, 1\], \[\]\]",
    ),
    "an action space's dice for a policy": (
        lambda: play_episode(ENV, ENV.action_space.sample),
        r"would not look at what it gets: use random_policy\(seed, n_actions\)",
    ),
    "a column of a critic's values": (
        lambda: generalized_advantages([1, 1], np.zeros((3, 1)), 0.9, 0.9, True),
        r"values must be one-dimensional.*\(3, 1\): take its only column, \[:, 0\]",
    ),
    "words for rewards": (
        lambda: discounted_returns(["1", "2"], 0.9),
        r"rewards must be a list of numbers, such as \[1, 1, 1\]; got \['1', '2'\]$",
    ),
    "episodes to summarize": (
        lambda: summarize(EPISODES, 475),
        r"returns must be .* pass \[episode.rewards.sum\(\) for episode in episodes\]",
    ),
    "one episode to summarize": (
        lambda: summarize(EPISODES[0], 475),
        r"returns must be .* pass \[episode.rewards.sum\(\) for episode in episodes\]",
    ),
    "the class of an optimiser": (
        lambda: compiled_step(NETS[0], keras.optimizers.Adam, policy_gradient_loss),
        r"such as keras.optimizers.Adam\(0.03\); got <class",
    ),
    "a network of tables": (
        lambda: greedy_policy(keras.Sequential([keras.Input((4, 1)), keras.layers.Flatten()])),
        r"policy_net must have one input .* \(None, 4, 1\): begin it with keras.Input\(\(n_obser.*Resh",
    ),
    "a network that answers with a table": (
        lambda: greedy_policy(keras.Sequential([keras.Input((4,)), keras.layers.Reshape((2, 2))])),
        r"policy_net must have one output .* \(None, 2, 2\): put keras.layers.Flatten\(\) before",
    ),
    "a number where a network observes": (
        lambda: numpy_forward(NETS[0])(3.0),
        r"takes 4 numbers for each observation; got shape \(\)",
    ),
    "a path for a network": (
        lambda: greedy_policy("policy.keras"),
        r"got 'policy.keras': load it first, load_policy\('policy.keras'\)",
    ),
    "a critic to be saved as a policy": (
        lambda: save_policy(NETS[1], "no_such_folder/policy.keras"),
        "policy_net ends with 1 output",
    ),
    "a list of actions in the loss": (
        lambda: policy_gradient_loss(np.zeros((2, 2)), [0, 1], np.ones(2)),
        r"actions must be an array, as np.array makes one; got \[0, 1\]",
    ),
    "steps of another world": (
        lambda: compiled_step(NETS[0], keras.optimizers.SGD(), policy_gradient_loss)(
            np.zeros((4, 6)), *a_batch()[1:]
        ),
        r"takes 4 numbers for each observation; got shape \(4, 6\): play in the world it is for",
    ),
    "actions that the network does not know": (
        lambda: compiled_step(NETS[0], keras.optimizers.SGD(), policy_gradient_loss)(
            a_batch()[0], np.array([0, 1, 2, 1]), np.ones(4)
        ),
        "actions must be whole numbers from 0 to 1, .* got 0 to 2",
    ),
    "actions below 0": (
        lambda: compiled_step(NETS[0], keras.optimizers.SGD(), policy_gradient_loss)(
            a_batch()[0], np.array([0, 1, -1, 1]), np.ones(4)
        ),
        "actions must be whole numbers from 0 to 1, .* got -1 to 1",
    ),
    "a loss for each step": (
        lambda: learn_by(lambda logits, actions, weights: weights * logits[:, 0]),
        "loss must return one number, a tensor, as keras.ops.mean.* is; got <tf.Tensor",
    ),
    "a loss of a plain number": (
        lambda: learn_by(lambda logits, actions, weights: 3.0),
        "loss must return one number, a tensor, .*; got 3.0",
    ),
    "a loss without return": (
        lambda: learn_by(lambda logits, actions, weights: None),
        "loss must return one number, a tensor, .*; got None",
    ),
    "a loss that the network has no part in": (
        lambda: learn_by(lambda logits, actions, weights: keras.ops.mean(weights)),
        "loss has no gradient: compute it with keras.ops from what the network answers",
    ),
    "a penalty that no loss counts": (
        lambda: learn_by(policy_gradient_loss, kernel_regularizer="l2"),
        "has a regularizer, which loss does not count: build it without one, and add what it costs",
    ),
    "a layer that acts in fit alone": (
        lambda: compiled_value_step(with_dropout(1), ADAM, value_loss)(a_batch()[0], np.ones(4)),
        "has the layer 'dropout.*', a Dropout, which acts only in Keras's own fit: .* without one",
    ),
    "a policy with such a layer": (
        lambda: reinforce_update(with_dropout(2), ADAM, EPISODES, 0.99),
        "a Dropout, which acts only in Keras's own fit",
    ),
    "a layer that acts in fit alone, further in": (
        lambda: compiled_value_step(around(with_dropout(3)), ADAM, value_loss)(
            a_batch()[0], np.ones(4)
        ),
        "a Dropout, which acts only in Keras's own fit",
    ),
    "a cost of activity": (
        lambda: learn_by(policy_gradient_loss, activity_regularizer="l2"),
        "has a regularizer, which loss does not count",
    ),
    "weights of nan in a step": (
        lambda: learn_by(policy_gradient_loss, weights=np.array([1, np.nan, 1, 1])),
        "all must be finite numbers.*got an array of shape .4,. with nan or inf in it",
    ),
    "a loss of nan": (
        lambda: learn_by(lambda logits, *labels: keras.ops.mean(keras.ops.log(-1 - logits**2))),
        "loss or its gradient is not finite, so .* was left as it was: look for a logarithm of 0",
    ),
    "a loss of inf": (
        lambda: learn_by(lambda logits, *labels: keras.ops.mean(logits) + float("inf")),
        "loss or its gradient is not finite, so .* was left as it was",
    ),
    "actions that are no whole numbers": (
        lambda: compiled_step(NETS[0], keras.optimizers.SGD(), policy_gradient_loss)(
            a_batch()[0], np.full(4, 0.5), np.ones(4)
        ),
        "actions must be whole numbers; got float64, an array of shape",
    ),
    "an optimiser for two networks": (
        lambda: [learn_by(policy_gradient_loss, optimizer=USED) for _ in range(2)],
        "optimizer has trained another network.*make a new one for each, such as keras.optim",
    ),
    "a summary where returns are wanted": (
        lambda: summarize(summarize([1, 2, 3], 475), 475),
        "returns must be a list of numbers of one kind; got a Summary",
    ),
    "a softmax that is no layer": (
        lambda: greedy_policy(ending_with(keras.ops.softmax)),
        "policy_net ends with .*, which is no layer .*keras.layers.Activation",
    ),
    "no episode to draw": (
        lambda: plot_credit_assignment([], 0.9),
        "rewards must be of at least one episode; got none",
    ),
    "no episode to compare with": (
        lambda: leave_one_out([]),
        "returns must be those of at least 2 episodes.* got 0: play more",
    ),
    "labels alone for the rows of a plot": (
        lambda: plot_episode(EPISODES[0], rows=["one", "two", "six", "ten"]),
        r"rows must describe the 4 observations .* got \['one', 'two', 'six', 'ten'\]: .* a limit",
    ),
    "rows of a plot without limits": (
        lambda: plot_episode(EPISODES[0], rows=[("a", 1)] * 4),
        r"rows must describe the 4 observations .* got \[\('a', 1\), .* a factor and a limit",
    ),
    "a critic that never says less than 0": (
        lambda: numpy_forward_of_critic("relu"),
        "value_net ends with activation 'relu', but a value may be any number, also one below 0",
    ),
    "an episode without its last observation": (
        lambda: reinforce_update(NETS[0], pair()[0], [shortened(EPISODES[0])], 0.99),
        "one observation more than actions and rewards, the one after the last action; got",
    ),
    "actions and weights exchanged": (
        lambda: policy_gradient_loss(np.zeros((2, 2)), np.ones(2), np.array([0, 1])),
        "actions must be whole numbers; got .*: the order is logits, actions, weights",
    ),
    "a frozen network": (
        lambda: reinforce_update(frozen(), ADAM, EPISODES, 0.99),
        "the network .* is frozen, so it learns nothing: set its trainable = True",
    ),
    "a frozen critic": (
        lambda: actor_critic_update(NETS[0], frozen(1), pair(), EPISODES),
        "the network .* is frozen, so it learns nothing",
    ),
    "two actions in a world of three": (
        lambda: collect_gradients(gym.make("Acrobot-v1"), sigmoid_policy_net(0, 6), 1, seed=0),
        "policy_net takes 6 numbers .* two actions, but the environment gives 6 and has 3: use",
    ),
    "an observation of nan": (
        lambda: play_one_step(
            ENV, np.full(4, np.nan), sigmoid_policy_net(0), np.random.default_rng(0)
        ),
        r"observation must be finite numbers; got \[nan nan nan nan\]",
    ),
    "env and policy swapped": (lambda: evaluate(ENV, lean_policy), "policy is an environment"),
    "policy and env swapped": (
        lambda: play_episode(lean_policy, ENV),
        "env must be an environment.*got the function lean_policy",
    ),
    "a maker of policies with two arguments": (
        lambda: evaluate(sampling_policy),
        r"policy must take one argument.*sampling_policy takes \(policy_net, seed\).*call it first",
    ),
    "a whole training": (
        lambda: evaluate(train_reinforce(seed=0, n_updates=1)),
        r"policy is a whole Training: use greedy_policy\(run.policy_net\)",
    ),
    "a training where a network is wanted": (
        lambda: greedy_policy(train_reinforce(seed=0, n_updates=1)),
        "policy_net must be a Keras model.*run.policy_net",
    ),
    "a policy where a network is wanted": (
        lambda: train_reinforce(seed=0, policy_net=greedy_policy(NETS[0])),
        "pass the network itself, not a policy made from it",
    ),
    "a policy to be saved": (
        lambda: save_policy(greedy_policy(NETS[0]), "policy.keras"),
        "pass the network itself, not a policy made from it",
    ),
    "a builder where a network is wanted": (
        lambda: greedy_policy(softmax_policy_net),
        r"if softmax_policy_net builds networks, call it first, as in softmax_policy_net\(seed=0\)",
    ),
    "greedy_policy itself as a policy": (
        lambda: evaluate(greedy_policy),
        "these are observations, you passed the function that makes a policy: call it",
    ),
    "an environment for a name": (
        lambda: make_envs(gym.make("CartPole-v1"), 2),
        r"env_id must be a name such as 'CartPole-v1', not .*gym.register\('Mine-v0'",
    ),
    "many observations for one": (
        lambda: play_one_step(
            ENV, np.zeros((3, 4)), sigmoid_policy_net(0), np.random.default_rng(0)
        ),
        r"observation must be a single one, of shape \(n_observations,\)",
    ),
    "episodes for returns": (
        lambda: standardize(EPISODES),
        r"returns must be a list of arrays, but got Episodes: pass \[discounted_returns\(",
    ),
    "episodes to compare": (lambda: leave_one_out(EPISODES), "but got Episodes: pass"),
    "no step at all": (lambda: standardize([[]]), "returns must have at least one step"),
    "several lists of rewards": (
        lambda: discounted_returns([[1, 1], [1, 2]], 0.9),
        r"one-dimensional.*shape \(2, 2\): pass one episode at a time",
    ),
    "numbers in quotes": (
        lambda: linear_policy(["0.1", "1"]),
        r"weights must be a list of numbers, such as .*; got \['0.1', '1'\]$",
    ),
    "weights in a list of a list": (
        lambda: linear_policy([[1, 2]]),
        r"weights must be one-dimensional.*shape \(1, 2\): pass one row at a time",
    ),
    "lists of rewards of unlike lengths": (
        lambda: discounted_returns([[1, 1], [1]], 0.9),
        "must be a list of numbers.*pass one episode at a time",
    ),
    "a single episode has no others": (
        lambda: leave_one_out([[1.0, 2.0]]),
        "at least 2 episodes, each compared with the others.*n_envs=2.*weigh=standardize",
    ),
    "one environment has no others": (
        lambda: train_reinforce(seed=0, n_envs=1),
        "at least 2 episodes.*n_envs=2",
    ),
    "weigh by its name": (
        lambda: train_reinforce(seed=0, weigh="standardize"),
        "weigh must be a function; got 'standardize': pass it itself",
    ),
    "weigh called already": (
        lambda: train_reinforce(seed=0, weigh=leave_one_out([[1.0], [2.0]])),
        "weigh must be a function; got .*pass it itself, neither its name in quotes nor what it",
    ),
    "an update by its name": (lambda: train_reinforce(seed=0, update="mine"), "update must be a"),
    "an update of other arguments": (
        lambda: train_actor_critic(seed=0, update=lambda policy_net, value_net, o, episodes: 0),
        r"update is called as update\(policy_net, value_net, optimizers, episodes, gamma, lam, "
        r"n_value_steps\), but .* takes \(policy_net, value_net, o, episodes\): too many",
    ),
    "weights that are too few": (
        lambda: reinforce_update(NETS[0], ADAM, EPISODES, 0.9, weigh=lambda r: standardize(r[0])),
        r"of lengths \[\d+, \d+, \d+\]; got lengths \[1",
    ),
    "one episode for a list": (
        lambda: reinforce_update(NETS[0], ADAM, EPISODES[0], 0.99),
        r"episodes must be a list of Episodes, but got a single one: pass \[episode\]",
    ),
    "no episode": (
        lambda: actor_critic_update(*NETS, pair(), []),
        "episodes must be at least one Episode; got none",
    ),
    "arrays for episodes": (
        lambda: actor_critic_update(*NETS, pair(), [np.ones(3)]),
        "each of episodes must be an Episode",
    ),
    "an optimiser by its name": (
        lambda: reinforce_update(NETS[0], "adam", EPISODES, 0.99),
        r"optimizer must be a Keras optimizer, such as keras.optimizers.Adam\(0.03\); got 'adam'",
    ),
    "optimiser and network swapped": (
        lambda: reinforce_update(ADAM, NETS[0], EPISODES, 0.99),
        "policy_net must be a Keras model.*that is an optimiser; the network comes first",
    ),
    "one optimiser for two": (
        lambda: actor_critic_update(*NETS, ADAM, EPISODES),
        "optimizers must be two different ones, the actor's and the critic's",
    ),
    "the same optimiser twice": (
        lambda: actor_critic_update(*NETS, [ADAM, ADAM], EPISODES),
        "optimizers must be two different ones",
    ),
    "networks swapped": (
        lambda: actor_critic_update(NETS[1], NETS[0], pair(), EPISODES),
        "policy_net ends with 1 output.*you swapped policy_net and value_net",
    ),
    "a table of advantages": (
        lambda: compiled_step(NETS[0], keras.optimizers.Adam(), policy_gradient_loss)(
            np.ones((3, 4)), np.zeros(3, int), np.ones((3, 3))
        ),
        r"have the shapes \[\(3,\), \(3, 3\)\]: take the only column, \[:, 0\], of a critic",
    ),
    "a seed in quotes": (
        lambda: train_reinforce(seed="0"),
        "seed must be a whole number, so that the run can be repeated; got '0'",
    ),
    "a network of two inputs": (
        lambda: greedy_policy(two_inputs()),
        "must have one input .*: make one of them, keras.layers.Concatenate",
    ),
    "the last observation not left out": (
        lambda: compiled_value_step(NETS[1], keras.optimizers.Adam(), value_loss)(
            EPISODES[0].observations, EPISODES[0].rewards
        ),
        r"observations have \d+ rows.*leave out the last observation, episode.observations\[:-1\]",
    ),
    "a column of weights": (
        lambda: policy_gradient_loss(np.zeros((3, 2)), np.zeros(3, int), np.ones((3, 1))),
        r"weights and actions must have one number for each step.*\(3, 1\) and \(3,\)",
    ),
    "a column of weights, compiled": (
        lambda: compiled_step(NETS[0], keras.optimizers.Adam(), policy_gradient_loss)(
            *a_batch()[:2], np.ones((4, 1))
        ),
        "give each step one number",
    ),
    "a column of values": (
        lambda: value_loss(np.zeros((3, 1)), np.zeros(3)),
        r"same shape; got \(3, 1\) and \(3,\).*values\[:, 0\]",
    ),
    "a network for a map of values": (
        lambda: plot_values(NETS[1]),
        r"expect must be a function.*pass numpy_forward\(value_net\)",
    ),
    "a policy's logits on a map of values": (
        lambda: plot_values(numpy_forward(NETS[0])),
        "must give each observation one value.*and not a policy network",
    ),
    "a critic of another world on CartPole's map": (
        lambda: plot_values(numpy_forward(softmax_policy_net(0, 2, 1))),
        "does not take the four numbers of CartPole, which this map is of",
    ),
    "rows of another world": (
        lambda: plot_episode(play_episode(gym.make("MountainCar-v0"), lambda o: 0), CARTPOLE_ROWS),
        r"rows must describe the 2 observations.*rows=\[\('position \(m\)', 1, 2.4\)",
    ),
    "the caption first": (
        lambda: show("a caption", plot_evaluations({"a": [1, 2]})),
        "axes must be what a plot function returns; got 'a caption'",
    ),
    "returns without a name": (
        lambda: plot_evaluations(np.ones(5), 475),
        "returns_of must be a dict from names to returns",
    ),
    "an environment for its space": (
        lambda: scaled_value_net(ENV, 0),
        "observation_space must be a space; got .*TimeLimit.*: pass env.observation_space",
    ),
    "the space of many": (
        lambda: scaled_policy_net(make_envs("CartPole-v1", 8).observation_space, 2, 0),
        "pass envs.single_observation_space",
    ),
    "an unflattened world": (
        lambda: train_reinforce("FrozenLake-v1", seed=0),
        r"gym.register\('Flat-v0', entry_point=lambda \*\*o: gym.wrappers.FlattenObservation",
    ),
    "not lean": (lambda: evaluate(lambda o: not lean_policy(o)), "truth value"),
    "one number for returns": (
        lambda: standardize(5),
        "returns must be a list of arrays, one an episode; got 5",
    ),
    "returns by name": (lambda: leave_one_out({"a": [1.0]}), "returns must be a list of arrays"),
    "returns that come one by one": (
        lambda: standardize(r for r in [[1.0], [2.0]]),
        "returns must be a list of arrays.*got <generator",
    ),
    "words for numbers": (
        lambda: discounted_returns(["1", "2"], 0.9),
        r"rewards must be a list of numbers, such as \[1, 1, 1\]; got \['1', '2'\]",
    ),
    "no number among numbers": (
        lambda: discounted_returns([1, None], 0.9),
        r"rewards must be a list of numbers.*got \[1, None\]",
    ),
    "complex numbers": (
        lambda: discounted_returns(np.array([1 + 2j]), 0.9),
        "rewards must be a list of numbers",
    ),
    "a whole number larger than any float": (
        lambda: discounted_returns([1, 1], 0.9, 10**400),
        "bootstrap must be one finite number; got 1000",
    ),
    "a list with such a number": (
        lambda: discounted_returns([10**400], 0.9),
        "rewards must be a list of numbers",
    ),
    "a seed that Keras cannot hold": (
        lambda: softmax_policy_net(2**63),
        r"seed of a network must be below 2\*\*63; got 9223372036854775808",
    ),
    "an episode for a seed": (
        lambda: random_policy(EPISODES[0]),
        "seed must be a whole number, but got .*call it first, as in random_policy",
    ),
    "a number for episodes": (
        lambda: reinforce_update(NETS[0], ADAM, 5, 0.9),
        "episodes must be a list of Episodes, as play_episodes returns it; got 5",
    ),
    "a number for a path": (lambda: load_policy(5), "path must be a path, .*; got 5"),
    "bytes for a path": (
        lambda: save_policy(NETS[0], b"p.keras"),
        "path must be a path, .*; got b'p",
    ),
    "nothing for a path": (lambda: save_policy(NETS[0], None), "path must be a path, .*; got None"),
    "a number for a folder": (lambda: read_study(5), "path must be a path, .*; got 5"),
    "no step of the critic": (
        lambda: compiled_value_step(NETS[1], keras.optimizers.Adam(), value_loss, 0),
        "n_value_steps must be a whole number of at least 1; got 0",
    ),
    "a loss of other arguments": (
        lambda: compiled_step(NETS[0], keras.optimizers.Adam(), value_loss),
        r"loss is called as loss\(logits, actions, weights\), but .* takes \(values, targets\)",
    ),
    "a loss of the critic of other arguments": (
        lambda: compiled_value_step(NETS[1], keras.optimizers.Adam(), policy_gradient_loss),
        r"loss is called as loss\(values, targets\), but .* takes \(logits, actions, weights\)",
    ),
    "one loss for two": (
        lambda: actor_critic_update(*NETS, pair(), EPISODES, losses=value_loss),
        "losses must be two functions, the actor's and the critic's",
    ),
    "a loss by its name, one of two": (
        lambda: actor_critic_update(*NETS, pair(), EPISODES, losses=[policy_gradient_loss, "mse"]),
        "each of losses must be a function; got 'mse'",
    ),
    "a word that says no": (
        lambda: train_reinforce(seed=0, stop_when_solved="no"),
        "stop_when_solved must be True or False; got 'no'",
    ),
    "a number of bars": (lambda: train_reinforce(seed=0, progress=1), "progress must be True or"),
    "weights that are one number": (
        lambda: reinforce_update(NETS[0], ADAM, EPISODES, 0.9, weigh=lambda returns: 1.0),
        "weigh must return a list with an array for each episode; got 1.0",
    ),
    "weights of nothing": (
        lambda: reinforce_update(NETS[0], ADAM, EPISODES, 0.9, weigh=lambda: [1.0]),
        r"weigh is called as weigh\(returns\), but .* takes \(\)",
    ),
    "lists for a critic's loss": (
        lambda: value_loss([1.0, 2.0], [1.0, 2.0]),
        r"values must be an array, as np.array makes one; got \[1.0, 2.0\]",
    ),
    "an observation of another world": (
        lambda: play_one_step(ENV, np.zeros(3), sigmoid_policy_net(0), np.random.default_rng(0)),
        r"observation must be numbers of shape \(4,\), as env gives them; got float64 of shape \(3,\)",
    ),
    "words observed": (
        lambda: play_one_step(
            ENV, np.array(list("abcd")), sigmoid_policy_net(0), np.random.default_rng(0)
        ),
        "observation must be numbers of shape .*got <U1",
    ),
    "observations for a space": (
        lambda: scaled_value_net(EPISODES[0].observations, 0),
        "observation_space must be a space; got an array of shape",
    ),
    "too few axes": (
        lambda: plot_episode(EPISODES[0], ax=plt.subplots(3)[1]),
        r"ax must be an array of 5 axes, such as plt.subplots\(5\)\[1\]; got an array of shape \(3,\)",
    ),
    "one axes for three": (
        lambda: plot_credit_assignment([[1.0, 2.0]], 0.9, ax=plt.subplots()[1]),
        "ax must be an array of 3 axes",
    ),
    "a figure for axes": (
        lambda: plot_evaluations({"a": [1, 2]}, ax=plt.figure()),
        r"ax must be one axes, such as plt.subplots\(\)\[1\]; got <Figure",
    ),
    "no returns at all to draw": (
        lambda: plot_evaluations({}),
        "returns_of must be a dict from names to returns",
    ),
    "nothing to show": (lambda: show([], "empty"), "axes must be what a plot function returns"),
    "a number for a caption": (
        lambda: show(plt.subplots()[1], 5),
        "caption must be a text in quotes; got 5",
    ),
    "a critic that is asked for nothing": (
        lambda: plot_values(lambda: 0),
        r"expect is called as expect\(observations\), but .* takes \(\)",
    ),
    "one run that is no list": (
        lambda: probability_of_solving(True),
        "solved must be a list with True or False for each run; got True",
    ),
    "one number for curves": (
        lambda: curve_band(5),
        "curves must be a list with a curve for each run; got 5",
    ),
    "nothing to take the middle of": (
        lambda: interquartile_mean([]),
        r"values must be finite numbers, at least one; got \[\]",
    ),
    "words to take the middle of": (
        lambda: interquartile_mean("abc"),
        "values must be a list of numbers",
    ),
    "actions that count from elsewhere": (
        lambda: make_envs(gym.envs.registration.EnvSpec("Two-v0", entry_point=CountsFromTwo), 1),
        r"must count from 0, but action_space is Discrete\(2, start=2\)",
    ),
}


class CountsFromTwo(gym.Env):
    observation_space = gym.spaces.Box(-1, 1, (1,), np.float32)
    action_space = gym.spaces.Discrete(2, start=2)


@pytest.mark.parametrize("mistake", COMPLAINTS)
def test_a_mistake_is_named_with_its_remedy(mistake):
    make, message = COMPLAINTS[mistake]
    with pytest.raises((TypeError, ValueError), match=message) as caught:
        make()
    assert "\n" not in str(caught.value)
    plt.close("all")


def test_a_policy_that_fails_inside_says_what_it_got():
    with pytest.raises(ValueError) as caught:
        evaluate(lambda o: not lean_policy(o))
    assert "not with if or not" in caught.value.__notes__[0]


def test_a_maker_of_policies_without_a_guard_is_told_to_be_called():
    """As lesson 1 writes it: NumPy's complaint speaks of a seed only."""
    with pytest.raises(TypeError) as caught:
        evaluate(lambda seed: np.random.default_rng(seed), n_episodes=3, seed=0)
    assert "call it first, as in random_policy(seed=0)" in caught.value.__notes__[0]


def test_a_policy_may_change_what_it_gets():
    def spoiling(observations):
        observations[...] = 7
        return np.zeros(observations.shape[:-1], int)

    clean = play_episode(ENV, lambda o: 0, seed=3)
    assert np.array_equal(play_episode(ENV, spoiling, seed=3).observations, clean.observations)
    envs = make_envs("CartPole-v1", 2)
    assert all((e.observations[:-1] != 7).all() for e in play_episodes(envs, spoiling, seed=0))


def test_a_softmax_network_is_trained_as_it_acts():
    logits = softmax_policy_net(0)
    softmax = keras.Sequential(
        [keras.Input((4,)), logits.layers[0], keras.layers.Dense(2, activation="softmax")]
    )
    softmax.layers[-1].set_weights(logits.layers[-1].get_weights())
    expected = keras.ops.log_softmax(logits(a_batch()[0] + 1))
    assert np.allclose(logits_of(softmax, a_batch()[0] + 1), expected, atol=1e-5)


def test_the_critic_of_another_world_is_refused():
    other = scaled_value_net(gym.make("MountainCar-v0").observation_space, 0)
    with pytest.raises(ValueError, match="value_net must take the 4 numbers"):
        train_actor_critic(seed=0, value_net=other)


def test_evaluate_is_used_with_a_policy_first():
    assert evaluation.evaluate(lean_policy, n_episodes=3).shape == (3,)


# ---- what nearly fits


@pytest.mark.parametrize("units, activation", [(1, "linear"), (2, "sigmoid"), (2, "softmax")])
def test_one_sigmoid_is_one_output_and_a_sigmoid(units, activation):
    net = keras.Sequential([keras.Input((4,)), keras.layers.Dense(units, activation=activation)])
    observation, _ = ENV.reset(seed=0)
    with pytest.raises(ValueError, match="sigmoid"):
        play_one_step(ENV, observation, net, np.random.default_rng(0))


def test_one_sigmoid_is_for_two_actions():
    with pytest.raises(ValueError, match="policy_net has 1 outputs?, but .* 3 actions"):
        train_reinforce("Acrobot-v1", seed=0, policy_net=sigmoid_policy_net(0, n_observations=6))


def test_columns_of_actions_and_weights_are_refused():
    observations, actions, weights = np.zeros((3, 4)), np.zeros((3, 1), int), np.ones((3, 1))
    step = compiled_step(softmax_policy_net(0), keras.optimizers.Adam(), policy_gradient_loss)
    with pytest.raises(ValueError, match="give each step one number"):
        step(observations, actions, weights)
    with pytest.raises(ValueError, match=r"shape \(n,\); got \(3, 1\)"):
        policy_gradient_loss(np.zeros((3, 2), np.float32), actions, weights)


def test_any_gamma_below_one_is_taken():
    advantages_and_targets(NETS[1], EPISODES, 0.9999, 0.98)
    with pytest.raises(ValueError, match="gamma"):
        advantages_and_targets(NETS[1], EPISODES, 1, 0.98)


def test_a_folder_that_cannot_be_written_is_found_out_before_training(tmp_path, monkeypatch):
    access = os.access
    monkeypatch.setattr(os, "access", lambda p, mode: p != tmp_path and access(p, mode))
    with pytest.raises(PermissionError, match="path .* cannot be written"):
        train_reinforce(
            seed=0, path=tmp_path / "policy.keras", update=lambda *a: pytest.fail("played")
        )


def test_leave_one_out_asks_for_episodes():
    with pytest.raises(ValueError, match="at least 2 episodes"):
        leave_one_out([1.0, 2.0, 3.0])


def test_a_policy_may_use_its_array_again():
    kept = np.zeros(2, int)

    def alternating(observations):
        kept[:] = 1 - kept
        return kept

    for episode in play_episodes(make_envs("CartPole-v1", 2), alternating, seed=0):
        assert episode.actions[:4].tolist() == [1, 0, 1, 0]


def test_one_nan_among_many_numbers_is_found():
    observations = EPISODES[1].observations.copy()
    observations[3, 2] = np.nan
    episodes = [EPISODES[0], EPISODES[1]._replace(observations=observations)]
    with pytest.raises(ValueError, match="environment 1 gave an observation .* number 3 of"):
        whole_episodes(episodes, "envs")
    assert whole_episodes(EPISODES, "envs") is EPISODES


def test_each_of_two_optimisers_is_one():
    with pytest.raises(TypeError, match="each of optimizers must be a Keras optimizer.*got 'adam'"):
        actor_critic_update(*NETS, [ADAM, "adam"], EPISODES)


def test_a_policy_network_is_no_critic():
    with pytest.raises(ValueError, match="value_net must have one output, its value; it has 2"):
        advantages_and_targets(NETS[0], EPISODES, 0.99, 0.98)


def test_a_training_is_told_which_of_its_networks_is_wanted():
    with pytest.raises(TypeError, match="a Training holds it, run.value_net"):
        train_actor_critic(seed=0, value_net=SimpleNamespace(policy_net=NETS[0]))


def test_an_end_is_no_bootstrap():
    with pytest.raises(ValueError, match="bootstrap must be one finite number; got True"):
        discounted_returns([1, 1], 0.99, True)


def test_a_file_that_cannot_be_written_is_not_replaced(tmp_path, monkeypatch):
    path, access = tmp_path / "policy.keras", os.access
    path.write_bytes(b"precious")
    monkeypatch.setattr(os, "access", lambda p, mode: p != path and access(p, mode))
    with pytest.raises(PermissionError, match="cannot be written: choose another place"):
        save_policy(NETS[0], path)
    assert path.read_bytes() == b"precious"


def test_a_reward_that_is_not_finite_is_found_side_by_side():
    rewards = EPISODES[2].rewards.copy()
    rewards[1] = np.inf
    with pytest.raises(ValueError, match="environment 2 gave a reward .* inf, as number 1 of"):
        whole_episodes([*EPISODES[:2], EPISODES[2]._replace(rewards=rewards)], "envs")


# ---- every kind of number

NAN, INF, ONE = float("nan"), float("inf"), np.array(1)
KINDS = {
    number: (
        [0, -1.5, np.float32(2), np.int64(3), Fraction(1, 2)],
        [True, np.True_, NAN, INF, -INF, "1", None, ONE, [1], 1j],
    ),
    fraction: (
        [0, 1, 0.5, -0.0, np.float32(0.5), np.int64(1)],
        [True, np.True_, -1e-9, 1 + 1e-9, NAN, "0.5", None, ONE],
    ),
    positive: ([1e-9, 3, np.float32(1)], [0, -0.0, -1, NAN, INF, True, "1", None]),
    count: ([1, np.int64(3), np.uint8(3)], [0, -1, True, np.True_, 1.0, NAN, "1", None, ONE]),
    seed: ([0, np.int64(3), 2**128], [-1, True, np.True_, 1.0, NAN, "1", ONE]),
    repeatable_seed: ([0, np.uint64(3), 2**128], [None, -1, True, 1.5]),
    network_seed: ([0, np.int64(3), 2**63 - 1], [-1, True, 1.0, "1"]),
    flag: ([True, False, np.True_, np.False_], [1, 0, 1.0, "True", None, np.array(True)]),
}
NAMES_OF_KINDS = [name for kind in KINDS for name, check in vars(values).items() if check is kind]
BECOMES = {count: int, seed: int, repeatable_seed: int, network_seed: int, flag: bool}


@pytest.mark.parametrize("check", KINDS, ids=NAMES_OF_KINDS)
def test_what_each_kind_of_number_becomes_and_which_are_none(check):
    right, wrong = KINDS[check]
    for value in right:
        assert check(value, "this") == value
        assert type(check(value, "this")) is BECOMES.get(check, float)
    for value in wrong:
        with pytest.raises((TypeError, ValueError), match="^this must be .*; got "):
            check(value, "this")


def test_the_first_entry_that_is_not_finite_is_named():
    with pytest.raises(ValueError, match="this must be finite; entry 1 is nan"):
        vector([1, NAN, INF], "this")
    with pytest.raises(ValueError, match="this must be finite; entry 0 is -inf"):
        vector([-INF, 1], "this")


def test_a_critic_without_the_last_value_is_refused():
    with pytest.raises(ValueError, match="values must have 3 entries.*where there are 2 rewards"):
        expectations([1, 1], "values", [1, 1])


def test_a_folder_with_the_name_of_a_policy_is_no_place_for_one(tmp_path):
    (tmp_path / "policy.keras").mkdir()
    with pytest.raises(PermissionError, match="cannot be written: choose another place"):
        policy_path(tmp_path / "policy.keras", "path")


# ---- policies and networks that nearly fit


@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.int64])
def test_actions_may_be_whole_numbers_of_any_size(kind):
    assert len(play_episode(ENV, lambda observation: kind(1), seed=0).actions) < 20


@pytest.mark.parametrize(
    ("answer", "remedy"),
    [
        (True, r"put int\( \) around it$"),
        (np.True_, r"end it with .astype\(int\)$"),
        (np.array(1.0), r"end it with .astype\(int\)$"),
        (1.0, r"put int\( \) around it$"),
        (0.7, r"decide first, as in int\(p > 0.5\)$"),
        ("1", "return one from 0 to 1"),
    ],
)
def test_what_is_no_whole_number_is_no_action(answer, remedy):
    with pytest.raises(TypeError, match=f"actions are whole numbers: {remedy}"):
        play_episode(ENV, lambda observation: answer)


@pytest.mark.parametrize(
    ("answer", "remedy"),
    [
        ([True] * 3, r"make it an array, np.array\(…\), and end it with .astype\(int\)$"),
        ([[1]] * 3, r"make it an array, np.array\(…\), and take its only column, \[..., 0\]$"),
        ([[1, 0]] * 3, r"make it an array, np.array\(…\), and take the largest of each, .argmax"),
        (keras.ops.ones((3, 2)), r"make it an array, np.array\(…\), and take the largest"),
        (np.ones((3, 2)), ": take the largest of each"),
    ],
)
def test_a_remedy_for_an_array_is_told_to_lists_with_the_way_there(answer, remedy):
    with pytest.raises((TypeError, ValueError), match=remedy):
        play_episodes(make_envs("CartPole-v1", 3), lambda observations: answer)


def test_weights_of_many_episodes_are_told_in_few_words():
    episodes = [np.ones(3)] * 500
    words = r"lengths \[(3, ){6}\.\.\.\]; got lengths \[(1, ){6}\.\.\.\]$"
    with pytest.raises(ValueError, match=words):
        weigher(lambda returns: [1.0] * 500, "weigh")(episodes)


def test_rewards_of_episodes_are_told_how_to_be_drawn():
    words = r"pass \[episode.rewards for episode in episodes\]$"
    with pytest.raises(TypeError, match=words):
        plot_credit_assignment(EPISODES, 0.9)


def test_a_module_is_no_axes():
    with pytest.raises(TypeError, match="axes must be what a plot function returns"):
        show(plt, "a caption")


def test_an_episode_may_be_long(countdown, first_action):
    assert len(play_episode(countdown(5000), first_action).actions) == 5000


def test_weights_may_come_one_after_another():
    weigh = weigher(lambda returns: (2 * episode for episode in returns), "weigh")
    assert [list(weights) for weights in weigh([np.ones(2), np.ones(1)])] == [[2, 2], [2]]


def test_a_function_that_does_not_say_what_it_takes_may_be_a_policy():
    assert a_policy(max, "policy") is max  # of those written in C some do not


def test_more_weights_than_numbers_are_refused_too():
    with pytest.raises(ValueError, match=r"takes 5 numbers for each observation; got shape \(4,\)"):
        linear_policy([1] * 5)(np.zeros(4))


def test_weights_that_are_not_finite_are_refused():
    with pytest.raises(ValueError, match="weights must be finite; entry 0 is nan"):
        reinforce_update(NETS[0], ADAM, EPISODES, 0.9, weigh=lambda rs: [r * NAN for r in rs])


def test_the_observation_that_is_not_finite_is_shown():
    observations = EPISODES[0].observations.copy()
    observations[2] = [1, NAN, 3, 4]
    with pytest.raises(ValueError, match=r"not finite, \[ ?1\. nan  ?3\.  ?4\.\], as number 2 of"):
        whole_episodes([EPISODES[0]._replace(observations=observations)], "envs")


def test_two_inputs_are_too_many():
    first, second = keras.Input((4,)), keras.Input((4,))
    net = keras.Model([first, second], keras.layers.Dense(2)(first + second))
    with pytest.raises(
        ValueError, match=r"one input of shape .* it has \[\(None, 4\), \(None, 4\)\]"
    ):
        greedy_policy(net)


def test_a_network_without_weights_is_told_how_wide_its_input_is():
    for make, width in (
        (greedy_policy, "n_observations"),
        (lambda net: train_reinforce("Acrobot-v1", seed=0, policy_net=net), "6"),
    ):
        with pytest.raises(ValueError, match=rf"keras.Input\(\({width},\)\)"):
            make(keras.Sequential([keras.layers.Dense(2)]))


def test_the_layer_that_computes_otherwise_is_named():
    layers = [keras.layers.Dense(5), keras.layers.Dense(2, dtype="float64", name="fine")]
    with pytest.raises(ValueError, match="computes in float64, in layer 'fine'"):
        greedy_policy(keras.Sequential([keras.Input((4,)), *layers]))


def test_networks_are_not_said_to_be_swapped_where_they_are_not():
    net = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, "relu")])
    with pytest.raises(ValueError, match="ends with 1 output.*no activation$"):
        greedy_policy(net)


def test_a_critic_of_two_outputs_is_refused():
    with pytest.raises(
        ValueError, match="value_net must take the 4 numbers .* and have one output"
    ):
        train_actor_critic(seed=0, value_net=softmax_policy_net(0))


def test_three_optimisers_are_too_many_and_a_network_is_none():
    with pytest.raises(TypeError, match="optimizers must be two different ones"):
        actor_critic_update(*NETS, [*pair(), *pair()][:3], EPISODES)
    with pytest.raises(TypeError, match="optimizer must be a Keras optimizer"):
        reinforce_update(NETS[0], NETS[1], EPISODES, 0.9)


def test_outputs_without_bound_are_not_called_nan():
    """Their sum is NaN, but none of them is: a critic that has grown is another trouble."""
    net = keras.Sequential([keras.Input((1,)), keras.layers.Dense(2, use_bias=False)])
    net.set_weights([np.array([[3e38, -3e38]])])
    with np.errstate(over="ignore", invalid="ignore"):
        assert numpy_forward(net)(np.float32([[10]])).tolist() == [[INF, -INF]]


def test_the_space_of_a_picture_is_refused():
    with pytest.raises(ValueError, match=r"must be the one-dimensional Box .*; got Box\("):
        scaled_policy_net(gym.spaces.Box(-1, 1, (3, 4)), 2, 0)


@pytest.mark.parametrize("n_rows", [3, 5])
def test_as_many_rows_as_an_observation_has_numbers(n_rows):
    with pytest.raises(ValueError, match=f"rows must describe the 4 observations.*got {n_rows}"):
        plot_episode(EPISODES[0], rows=[("number", 1, None)] * n_rows)


def test_one_axes_among_others_makes_no_figure():
    with pytest.raises(TypeError, match="axes must be what a plot function returns"):
        show([plt.subplots()[1], "words"], "a caption")
    plt.close("all")


class Own(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = keras.layers.Dense(2)

    def call(self, observations):
        return self.dense(observations)


@pytest.mark.parametrize(
    "wrong, right",
    [
        ([Own], [Own, lambda: keras.layers.Activation("linear")]),
        ([keras.layers.Softmax], [lambda: keras.layers.Activation("softmax")]),
    ],
    ids=["a model of one's own", "a softmax as a layer"],
)
def test_who_does_what_a_complaint_says_gets_a_policy(wrong, right):
    start = [keras.Input((2,)), keras.layers.Dense(2)]
    kind = wrong[0].__name__
    with pytest.raises(ValueError, match=f"ends with a {kind}, which does not say .*Activation"):
        greedy_policy(keras.Sequential([*start, *(make() for make in wrong)]))
    net = keras.Sequential([*start, *(make() for make in right)])
    policy, observations = greedy_policy(net), np.float32([[1, -1], [-1, 1], [2, 3]])
    assert policy(observations).tolist() == net(observations).numpy().argmax(axis=1).tolist()


@pytest.mark.parametrize(
    "rows",
    [
        [keras.layers.Reshape((4, 1)), keras.layers.Flatten(), keras.layers.Dense(2)],
        [keras.layers.Reshape((2, 2)), keras.layers.Flatten(), keras.layers.Dense(2)],
    ],
    ids=["Reshape behind the input", "Flatten before the last layer"],
)
def test_who_makes_rows_of_tables_as_told_gets_a_policy(rows):
    assert greedy_policy(keras.Sequential([keras.Input((4,)), *rows]))(np.zeros(4)) in (0, 1)


def test_a_trunk_that_is_no_row_of_layers_is_shared_by_hand():
    start = keras.Input((4,))
    parts = [keras.layers.Dense(3)(start) for _ in range(2)]
    net = keras.Model(start, keras.layers.Dense(2)(keras.layers.Add()(parts)))
    with pytest.raises(ValueError, match=r"policy_net must be a keras.Sequential.*make the critic"):
        shared_value_net(net)
    value_net = keras.Model(net.inputs[0], keras.layers.Dense(1)(net.layers[-1].input))
    assert value_net.output_shape == (None, 1)
    assert value_net.layers[1] is net.layers[1]


def loss_with_numpy(logits, actions, weights):
    return np.mean(logits)


def loss_with_if(logits, actions, weights):
    return logits[0, 0] if weights[0] > 0 else logits[0, 1]


@pytest.mark.parametrize("loss", [loss_with_numpy, loss_with_if])
def test_what_a_loss_raises_is_said_to_be_the_loss_and_what_to_write_instead(loss):
    with pytest.raises(Exception) as caught:
        learn_by(loss)
    [note] = caught.value.__notes__
    assert note.startswith("This happened inside loss,") and "keras.ops.where chooses" in note
    assert "It got float32 of shape (None, 2), int64 of shape (None,), float32 of shape" in note


def test_what_breaks_as_a_loss_is_computed_is_said_to_be_a_step():
    with pytest.raises(Exception) as caught:
        learn_by(lambda logits, actions, weights: keras.ops.mean(weights * logits))
    assert "each number in loss belong to one step" in caught.value.__notes__[-1]


def test_a_complaint_of_ours_gets_no_note():
    def loss(logits, actions, weights):
        return value_loss(logits, weights)

    with pytest.raises(ValueError, match="values and targets must have the same shape") as caught:
        learn_by(loss)
    assert not hasattr(caught.value, "__notes__")
    with pytest.raises(ValueError, match="takes 4 numbers") as caught:
        evaluate(greedy_policy(softmax_policy_net(0, 4, 3)), "Acrobot-v1")
    assert not hasattr(caught.value, "__notes__")


@pytest.mark.parametrize(
    "policy", [lean_policy, lean_and_spin_policy, linear_policy([0, 0, 1, 0, 0, 0])]
)
def test_a_rule_for_two_actions_is_no_baseline_in_a_world_of_three(policy):
    with pytest.raises(ValueError, match="chooses among 2 actions.* has 3: .*a rule of your own"):
        evaluate(policy, "Acrobot-v1", 2)


def test_a_column_in_a_loss_is_warned_of():
    with pytest.warns(UserWarning, match=r"loss makes a table of each step.* column, \[:, 0\]"):
        learn_by(loss_with_a_column)
    with pytest.warns(UserWarning, match="loss makes a table of each step with each"):
        compiled_value_step(NETS[1], keras.optimizers.SGD(), critics_loss_with_a_column)


def test_a_column_in_a_loss_is_warned_of_each_time_at_its_own_line():
    with warnings.catch_warnings(record=True, action="default") as said:
        for _ in range(2):
            learn_by(loss_with_a_column)
    assert len(said) == 2 and said[0].filename == __file__
    assert said[0].lineno == loss_with_a_column.__code__.co_firstlineno


def test_a_gradient_of_nan_moves_nothing():
    net = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1, kernel_initializer="zeros")])
    before = net.get_weights()
    root = lambda values, targets: keras.ops.sqrt(keras.ops.mean((values - targets) ** 2))  # noqa: E731
    step = compiled_value_step(net, keras.optimizers.SGD(), root, 3)
    with pytest.raises(ValueError, match="'sequential.*' was left as it was: .* square root"):
        step(np.ones((3, 4)), np.zeros(3))
    assert all(map(np.array_equal, before, net.get_weights()))


@pytest.mark.parametrize("weigh", [lambda r: r - np.mean(r), lambda r: [x / 0 * r for x in r]])
def test_what_weigh_raises_is_said_to_be_its_own(weigh):
    with pytest.raises(Exception) as caught:
        reinforce_update(NETS[0], pair()[0], EPISODES, 0.99, weigh=weigh)
    [note] = caught.value.__notes__
    assert note.startswith(f"This happened inside weigh. It got a list of {len(EPISODES)} arrays")


def test_a_policy_keeps_its_weights_whatever_network_it_is_of():
    start = keras.Input((4,))
    net = keras.Model(start, keras.layers.Dense(2)(keras.layers.Dense(3, activation="selu")(start)))
    logits, observations = numpy_forward(net), np.random.default_rng(0).normal(size=(2, 5, 4))
    before = logits(observations)
    assert before == pytest.approx(np.array(net(observations.reshape(10, 4))).reshape(2, 5, 2))
    net.set_weights([weight + 1 for weight in net.get_weights()])
    assert np.array_equal(before, logits(observations))


@pytest.mark.parametrize(
    "layer",
    [
        keras.layers.GaussianDropout(0.5),
        keras.layers.AlphaDropout(0.5),
        keras.layers.GaussianNoise(0.5),
        keras.layers.BatchNormalization(),
    ],
    ids=lambda layer: type(layer).__name__,
)
def test_each_layer_that_acts_in_fit_alone_is_refused(layer):
    net = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3), layer])
    with pytest.raises(ValueError, match=f"a {type(layer).__name__}, which acts only in Keras's"):
        only_by_loss(net)


class Forgetful(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.dropout = keras.layers.Dropout(0.5)

    def call(self, inputs):
        return self.dropout(inputs)


def test_a_layer_that_acts_in_fit_alone_is_refused_within_a_layer_of_ones_own():
    net = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3), Forgetful()])
    with pytest.raises(ValueError, match="a Dropout, which acts only in Keras's"):
        only_by_loss(net)


def test_an_optimiser_made_while_a_part_was_frozen_is_refused():
    net, optimizer = softmax_policy_net(0), keras.optimizers.SGD()
    net.layers[0].trainable = False
    optimizer.build(net.trainable_variables)
    net.layers[0].trainable = True
    with pytest.raises(ValueError, match="or this one while a part of it was frozen"):
        made_for(optimizer, net)


def test_a_part_that_a_loss_does_not_need_is_no_mistake():
    assert followed([None, 1.0]) == [None, 1.0]


def test_a_sigmoid_network_knows_two_actions():
    step = compiled_step(sigmoid_policy_net(0), keras.optimizers.SGD(), policy_gradient_loss)
    assert np.isfinite(step(a_batch()[0], np.array([0, 1, 1, 0]), np.ones(4)))


def test_an_observation_of_nan_changes_no_weight():
    net = softmax_policy_net(0)
    step, before = (
        compiled_step(net, keras.optimizers.SGD(), policy_gradient_loss),
        net.get_weights(),
    )
    with pytest.raises(ValueError, match="all must be finite numbers.*of shape .4, 4. with nan"):
        step(np.full((4, 4), NAN), np.zeros(4, int), np.ones(4))
    assert all(map(np.array_equal, before, net.get_weights()))


def test_actions_of_uint8_are_learned_from_and_bools_are_none():
    step = compiled_step(softmax_policy_net(0), keras.optimizers.SGD(), policy_gradient_loss)
    assert np.isfinite(step(a_batch()[0], np.zeros(4, np.uint8), np.ones(4)))
    with pytest.raises(TypeError, match="actions must be whole numbers; got bool"):
        step(a_batch()[0], np.zeros(4, bool), np.ones(4))


def test_one_value_for_all_targets_is_right():
    assert same_shape(0.5, "values", np.zeros(3)) == 0.5


def test_an_observation_of_whole_numbers_is_one():
    observation = np.zeros(4, int)
    assert one_observation(observation, "observation", ENV) is observation


def test_an_episode_of_lists_is_one():
    lists = [
        e._replace(**{k: getattr(e, k).tolist() for k in EPISODES[0]._fields[:3]}) for e in EPISODES
    ]
    for update in (
        lambda episodes: reinforce_update(softmax_policy_net(0), pair()[0], episodes, 0.99),
        lambda episodes: actor_critic_update(scaled(2), scaled(1), pair(), episodes),
    ):
        assert update(lists) == pytest.approx(update(EPISODES), rel=1e-5)
    plot_episode(lists[0])
    plt.close("all")


def scaled(n_outputs):
    space = make_envs("CartPole-v1", 1).single_observation_space
    return scaled_policy_net(space, 2, 0) if n_outputs == 2 else scaled_value_net(space, 0)


def test_a_gradient_that_is_nan_in_a_layer_moves_nothing():
    first = keras.layers.Dense(3, kernel_initializer="zeros", activation=keras.ops.sqrt)
    net = keras.Sequential([keras.Input((4,)), first, keras.layers.Dense(2)])
    before = net.get_weights()
    batch = np.ones((3, 4)), np.array([0, 1, 0]), np.ones(3)
    with pytest.raises(ValueError, match="was left as it was"):
        compiled_step(net, keras.optimizers.SGD(), policy_gradient_loss)(*batch)
    assert all(map(np.array_equal, before, net.get_weights()))


def test_an_argument_that_is_misspelt_is_named():
    with pytest.raises(TypeError, match="unexpected keyword argument 'n_update'"):
        train_reinforce(seed=0, n_update=1)


def test_a_table_of_several_columns_is_not_called_a_column():
    with pytest.raises(ValueError, match="pass one episode at a time") as refused:
        discounted_returns(np.ones((3, 2)), 0.9)
    assert "only column" not in str(refused.value)


def test_every_network_is_told_which_seed_it_cannot_hold():
    space = gym.make("CartPole-v1").observation_space
    for build in (
        lambda seed: scaled_policy_net(space, 2, seed),
        lambda seed: scaled_value_net(space, seed),
        sigmoid_policy_net,
        softmax_policy_net,
    ):
        with pytest.raises(ValueError, match=r"seed of a network must be below 2\*\*63"):
            build(2**63)


def test_the_layer_that_a_network_ends_with_is_named():
    layers = keras.layers.Dense(8), keras.layers.Dense(2), keras.layers.Softmax()
    with pytest.raises(ValueError, match="policy_net ends with a Softmax, which"):
        greedy_policy(keras.Sequential([keras.Input((4,)), *layers]))
