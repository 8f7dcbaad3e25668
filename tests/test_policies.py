import gymnasium as gym
import keras
import numpy as np
import pytest

from cartpole_lib.forward import ACTIVATIONS, action_probabilities, numpy_forward
from cartpole_lib.networks import (
    scaled_policy_net,
    scaled_value_net,
    sigmoid_policy_net,
    softmax_policy_net,
)
from cartpole_lib.policies import (
    greedy_policy,
    lean_and_spin_policy,
    lean_policy,
    linear_policy,
    random_policy,
    sampling_policy,
)

OBSERVATIONS = np.random.default_rng(0).normal(size=(64, 4)).astype(np.float32)
POLICIES = {
    "random": random_policy(0),
    "lean": lean_policy,
    "lean and spin": lean_and_spin_policy,
    "linear": linear_policy([1, 2, 3, 4]),
    "sigmoid, sampled": sampling_policy(sigmoid_policy_net(0), 0),
    "sigmoid, greedy": greedy_policy(sigmoid_policy_net(0)),
    "softmax, sampled": sampling_policy(softmax_policy_net(0), 0),
    "softmax, greedy": greedy_policy(softmax_policy_net(0)),
}


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
@pytest.mark.parametrize("leading", [(), (1,), (7,), (2, 3)])
def test_observations_in_actions_out(policy, leading):
    actions = np.asarray(policy(np.zeros(leading + (4,), np.float32)))
    assert actions.shape == leading
    assert actions.dtype.kind == "i"
    assert ((actions == 0) | (actions == 1)).all()


def test_hand_written_policies():
    leans_right_turns_left = np.array([0, 0, 0.1, -0.3])
    assert lean_policy(leans_right_turns_left) == 1
    assert lean_and_spin_policy(leans_right_turns_left) == 0
    assert linear_policy([0, 0, 1, 0])(leans_right_turns_left) == 1
    assert lean_policy(np.zeros(4)) == lean_and_spin_policy(np.zeros(4)) == 0
    assert np.array_equal(
        linear_policy([0, 0, 1, 1])(OBSERVATIONS), lean_and_spin_policy(OBSERVATIONS)
    )


def test_random_policy():
    first, again, other = (random_policy(seed)(OBSERVATIONS) for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
    assert set(random_policy(0, n_actions=3)(np.zeros((500, 6)))) == {0, 1, 2}


@pytest.mark.parametrize("weights", [[1, np.nan], [[1, 2]], "abc"])
def test_bad_weights(weights):
    with pytest.raises(ValueError, match="weights must be"):
        linear_policy(weights)


def test_too_few_weights():
    with pytest.raises(ValueError, match=r"takes 3 numbers for each observation; got shape \(4,\)"):
        linear_policy([0, 0, 1])(np.zeros(4))


@pytest.mark.parametrize(
    "policy", [linear_policy([0, 0, 1, 1]), greedy_policy(softmax_policy_net(0))]
)
def test_all_that_reset_or_step_returns_is_no_observation(policy):
    env = gym.make("CartPole-v1")
    for answer in (env.reset(), env.step(0)):
        with pytest.raises(TypeError, match=r"take the first, as in observation, info = env.reset"):
            policy(answer)
    assert policy((0, 0, 1, 1)) == policy(np.array([0, 0, 1, 1]))


@pytest.mark.parametrize("seed", [-1, 1.5, "3"])
def test_bad_seeds(seed):
    for make_policy in (random_policy, lambda seed: sampling_policy(sigmoid_policy_net(0), seed)):
        with pytest.raises(ValueError, match="seed must be a whole number of at least 0"):
            make_policy(seed)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("use_bias", [True, False])
def test_forward_equals_keras(activation, use_bias):
    layers = [
        keras.Input((4,)),
        keras.layers.Dense(8, activation, use_bias),
        keras.layers.Dense(3, activation),
    ]
    net = keras.Sequential(layers)
    for variable in net.trainable_variables:
        variable.assign(np.random.default_rng(1).normal(size=variable.shape))
    expected = net(OBSERVATIONS * 50).numpy()
    assert numpy_forward(net)(OBSERVATIONS * 50) == pytest.approx(expected, rel=1e-4, abs=1e-4)


def test_other_models_go_through_keras():
    inputs = keras.Input((4,))
    hidden = keras.layers.Dense(5, "gelu")(inputs)
    net = keras.Model(inputs, keras.layers.Dense(2)(keras.layers.Concatenate()([hidden, inputs])))
    forward = numpy_forward(net)
    assert forward(OBSERVATIONS) == pytest.approx(net(OBSERVATIONS).numpy())
    assert forward(OBSERVATIONS[0]) == pytest.approx(net(OBSERVATIONS[:1]).numpy()[0])


def test_probabilities_of_every_kind_of_network():
    sigmoid_net, softmax_net = sigmoid_policy_net(0), softmax_policy_net(0, n_actions=3)
    ends_in_softmax = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, "softmax")])
    for net in (sigmoid_net, softmax_net, ends_in_softmax):
        probabilities = action_probabilities(net)(OBSERVATIONS)
        assert probabilities.sum(axis=-1) == pytest.approx(1, abs=1e-5)
    assert action_probabilities(sigmoid_net)(OBSERVATIONS)[:, 1:] == pytest.approx(
        sigmoid_net(OBSERVATIONS).numpy()
    )
    softmax = keras.ops.softmax(softmax_net(OBSERVATIONS)).numpy()
    assert action_probabilities(softmax_net)(OBSERVATIONS) == pytest.approx(softmax, abs=1e-6)


def test_probabilities_of_a_softmax_layer_are_not_taken_for_logits():
    net = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, "softmax")])
    expected = net(OBSERVATIONS).numpy()
    assert action_probabilities(net)(OBSERVATIONS) == pytest.approx(expected, abs=1e-5)


def test_sampling_follows_the_probabilities():
    net = softmax_policy_net(3, n_actions=3)
    observation = OBSERVATIONS[0]
    actions = sampling_policy(net, 0)(np.tile(observation, (100_000, 1)))
    shares = np.bincount(actions, minlength=3) / len(actions)
    assert shares == pytest.approx(action_probabilities(net)(observation), abs=0.01)


def test_sampling_seeds():
    net = sigmoid_policy_net(0)
    first, again, other = (sampling_policy(net, seed)(OBSERVATIONS) for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_greedy_takes_the_likelier_action():
    net = sigmoid_policy_net(0)
    assert np.array_equal(greedy_policy(net)(OBSERVATIONS), net(OBSERVATIONS).numpy()[:, 0] > 0.5)


def test_sigmoid_and_two_logits_are_one_policy():
    one = sigmoid_policy_net(5)
    layers = [keras.Input((4,)), keras.layers.Dense(5, "elu"), keras.layers.Dense(2)]
    two = keras.Sequential(layers)
    *hidden, kernel, bias = one.get_weights()
    two.set_weights([*hidden, np.hstack([0 * kernel, kernel]), np.hstack([0 * bias, bias])])
    drawn = [sampling_policy(net, 1)(OBSERVATIONS) for net in (one, two)]
    assert np.array_equal(*drawn)


def test_a_policy_keeps_its_weights():
    net = sigmoid_policy_net(0)
    policy = greedy_policy(net)
    before = policy(OBSERVATIONS)
    net.set_weights([-w for w in net.get_weights()])
    assert np.array_equal(policy(OBSERVATIONS), before)
    assert not np.array_equal(greedy_policy(net)(OBSERVATIONS), before)


def test_network_shapes_and_seeds():
    assert [w.shape for w in sigmoid_policy_net(0).get_weights()] == [(4, 5), (5,), (5, 1), (1,)]
    assert softmax_policy_net(0, n_observations=6, n_actions=3).output_shape == (None, 3)
    for build in (sigmoid_policy_net, softmax_policy_net):
        first, again, other = (build(seed).get_weights()[0] for seed in (1, 1, 2))
        assert np.array_equal(first, again)
        assert not np.array_equal(first, other)


SPACE = gym.spaces.Box(-1, 1, (4,), np.float32)


def test_first_weights_of_actor_and_critic_are_those_of_the_seed():
    for build in (
        sigmoid_policy_net,
        softmax_policy_net,
        lambda seed: scaled_policy_net(SPACE, 2, seed),
        lambda seed: scaled_value_net(SPACE, seed),
    ):
        first, again, other = (build(seed).trainable_variables[0].numpy() for seed in (1, 1, 2))
        assert np.array_equal(first, again)
        assert not np.array_equal(first, other)


def test_layers_are_those_of_the_docstrings():
    nets = sigmoid_policy_net(0), softmax_policy_net(0), scaled_policy_net(SPACE, 2, 0)
    dense = [[layer for layer in net.layers if hasattr(layer, "units")] for net in nets]
    assert [[(one.units, one.activation.__name__) for one in layers] for layers in dense] == [
        [(5, "elu"), (1, "sigmoid")],
        [(32, "tanh"), (2, "linear")],
        [(32, "tanh"), (2, "linear")],
    ]


@pytest.mark.parametrize(
    "arguments", [{"seed": -1}, {"seed": 1.5}, {"seed": 0, "n_observations": 0}]
)
def test_bad_network_arguments(arguments):
    for build in (sigmoid_policy_net, softmax_policy_net):
        with pytest.raises(ValueError, match="seed must|n_observations must"):
            build(**arguments)
    with pytest.raises(ValueError, match="n_actions must"):
        softmax_policy_net(0, n_actions=0)


@pytest.mark.parametrize("make_policy", [greedy_policy, lambda net: sampling_policy(net, 0)])
def test_networks_that_do_not_fit(make_policy):
    one_linear = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    two_sigmoids = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2, "sigmoid")])
    for net in (one_linear, two_sigmoids):
        with pytest.raises(ValueError, match="use one output with activation='sigmoid'"):
            make_policy(net)
    with pytest.raises(ValueError, match=r"begin it with keras.Input"):
        make_policy(keras.Sequential([keras.layers.Dense(2)]))
    with pytest.raises(TypeError, match="policy_net must be a Keras model"):
        make_policy(lean_policy)
    with pytest.raises(ValueError, match=r"takes 4 numbers for each observation; got shape \(6,\)"):
        make_policy(sigmoid_policy_net(0))(np.zeros(6))


def test_a_network_is_not_a_policy_yet():
    from cartpole_lib.rollout import play_episode

    with pytest.raises(TypeError, match="use sampling_policy"):
        play_episode(gym.make("CartPole-v1"), sigmoid_policy_net(0))


def test_a_rare_action_is_as_rare_as_the_network_says():
    net = sigmoid_policy_net(0)
    kernel, _ = net.layers[-1].get_weights()
    net.layers[-1].set_weights([0 * kernel, np.array([-12])])
    p = action_probabilities(net)(OBSERVATIONS[0])[1]
    assert p == pytest.approx(1 / (1 + np.exp(12)), rel=1e-3)


def test_linear_policy_pushes_right_only_above_0():
    assert linear_policy([1, 2, 3, 4])(np.zeros(4)) == 0
    assert linear_policy([1, 2, 3, 4])(np.full(4, 1e-6)) == 1


@pytest.mark.parametrize("build", [sigmoid_policy_net, softmax_policy_net])
def test_every_layer_gets_its_first_weights_from_the_seed(build):
    first, again, other = build(1), build(1), build(2)
    assert all(map(np.array_equal, first.get_weights(), again.get_weights()))
    for one, two in zip(first.layers, other.layers):
        assert not np.array_equal(one.kernel, two.kernel)


def test_a_sequential_with_a_call_of_its_own_acts_as_in_keras():
    class Turned(keras.Sequential):
        def call(self, inputs, **options):
            return -super().call(inputs, **options)

    net = Turned([keras.Input((4,)), keras.layers.Dense(2)])
    expected = net(OBSERVATIONS).numpy()
    assert numpy_forward(net)(OBSERVATIONS) == pytest.approx(expected, abs=1e-6)


def test_a_policy_keeps_its_weights_where_an_optimiser_changes_them_in_place():
    net = softmax_policy_net(0)
    forward = numpy_forward(net)
    before = forward(OBSERVATIONS)
    for variable in net.trainable_variables:
        variable.value.assign_add(np.ones(variable.shape))
    assert np.array_equal(forward(OBSERVATIONS), before)
    assert not np.array_equal(numpy_forward(net)(OBSERVATIONS), before)


def test_probabilities_of_large_logits_are_numbers():
    net = softmax_policy_net(0)
    net.set_weights([1e4 * weights for weights in net.get_weights()])
    probabilities = action_probabilities(net)(OBSERVATIONS)
    assert probabilities.sum(axis=-1) == pytest.approx(1)


def test_a_network_that_is_sure_acts_without_a_warning():
    net = sigmoid_policy_net(0)
    kernel, _ = net.layers[-1].get_weights()
    net.layers[-1].set_weights([0 * kernel, np.array([200])])
    assert set(sampling_policy(net, 0)(OBSERVATIONS)) == {1}


class Dense(keras.layers.Dense):
    """A layer of one's own, under the name of Keras's."""

    def call(self, inputs, **options):
        return 2 * super().call(inputs, **options)


def relu(x):
    """A function of one's own, under the name of Keras's."""
    return keras.ops.maximum(x, 0.5 * x)


@pytest.mark.parametrize(
    "layer",
    [
        Dense(2),
        type("DenseAndDoubled", (Dense,), {})(2),
        keras.layers.Dense(2, relu),
        keras.layers.Dense(2, keras.layers.ReLU(max_value=0.5)),
    ],
)
def test_a_layer_of_ones_own_acts_as_in_keras(layer):
    net = keras.Sequential([keras.Input((4,)), layer])
    assert numpy_forward(net)(OBSERVATIONS) == pytest.approx(net(OBSERVATIONS).numpy(), abs=1e-6)


def test_a_quantized_network_acts_as_in_keras():
    net = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
    net.layers[0].quantize("int8")
    assert numpy_forward(net)(OBSERVATIONS) == pytest.approx(net(OBSERVATIONS).numpy(), abs=1e-6)


def test_without_a_seed_each_policy_and_each_network_is_another():
    net = softmax_policy_net(0)
    for make in (lambda: random_policy(None), lambda: sampling_policy(net, None)):
        assert not np.array_equal(make()(OBSERVATIONS), make()(OBSERVATIONS))
    for build in (sigmoid_policy_net, softmax_policy_net):
        one, other = build(None).get_weights(), build(None).get_weights()
        assert not np.array_equal(one[0], other[0])
