"""Files that are no policy, or a harmful one, get one sentence and no memory."""

import io
import json
import tracemalloc
import zipfile

import gymnasium as gym
import h5py
import keras
import numpy as np
import pytest

from cartpole_lib.guards import saved
from cartpole_lib.networks import scaled_policy_net, softmax_policy_net
from cartpole_lib.policies import load_policy, save_policy


@pytest.fixture
def path(tmp_path):
    save_policy(softmax_policy_net(0), tmp_path / "policy.keras")
    return tmp_path / "policy.keras"


def repacked(path, **texts):
    """Write a saved policy again, with some of its parts replaced."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in (parts | texts).items():
            new.writestr(name, content)
    return path


def refused(path, message):
    tracemalloc.start()
    with pytest.raises(ValueError, match=message) as caught:
        load_policy(path)
    assert tracemalloc.get_traced_memory()[1] < 20e6
    tracemalloc.stop()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("edit", [lambda whole: b"", lambda whole: whole[:4000], lambda _: b"text"])
def test_empty_cut_or_text(path, edit):
    path.write_bytes(edit(path.read_bytes()))
    refused(path, r"policy.keras' is empty, cut short or no saved policy: save it again")


@pytest.mark.parametrize("part", ["config.json", "model.weights.h5"])
@pytest.mark.parametrize("text", ["[" * 100_000, "{", ""])
def test_a_broken_part(path, part, text):
    refused(repacked(path, **{part: text}), "no saved policy")


def test_another_format(path):
    path = path.rename(path.with_suffix(".h5"))
    refused(path, "must end in .keras, as save_policy writes it; got .*policy.h5'")


def test_load_policy_is_in_safe_mode_and_runs_no_code_of_the_file(path):
    layers = [keras.Input((4,)), keras.layers.Lambda(lambda x: 2 * x), keras.layers.Dense(2)]
    keras.Sequential(layers).save(path)
    with pytest.raises(ValueError, match="not a policy that save_policy wrote.*Lambda"):
        load_policy(path)


def test_two_outputs(path):
    inputs = keras.Input((4,))
    keras.Model(inputs, [keras.layers.Dense(2)(inputs), keras.layers.Dense(1)(inputs)]).save(path)
    refused(
        path, r"the network in .*policy.keras' must have one output of shape \(batch, numbers\)"
    )


def test_a_small_file_that_declares_a_huge_network(path):
    with zipfile.ZipFile(path) as parts:
        config = json.loads(parts.read("config.json"))
    config["config"]["layers"][1]["config"]["units"] = 200_000_000
    refused(
        repacked(path, **{"config.json": json.dumps(config)}), "too large for a policy, .* 2000"
    )


def test_a_file_that_grows_when_it_is_unpacked(path):
    bomb = bytes(101_000_000)
    repacked(path, assets=bomb)
    del bomb
    refused(path, "policy.keras' is too large for a policy, 101.* bytes unpacked")


def test_weights_that_grow_when_they_are_unpacked(path):
    file = io.BytesIO()
    with h5py.File(file, "w") as weights:
        weights.create_dataset("vars", (30_000_000,), "f4", compression="gzip", chunks=(1_000_000,))
    refused(repacked(path, **{"model.weights.h5": file.getvalue()}), "too large .* 120.* bytes")


def test_a_configuration_that_unpacks_to_a_huge_one_is_not_read(path, monkeypatch):
    monkeypatch.setattr(saved, "MOST_BYTES", 10_000_000)
    refused(
        repacked(path, **{"config.json": b" " * 30_000_000}), "too large for a policy, 30.* bytes"
    )


def test_a_network_of_usual_size_is_loaded(tmp_path):
    layers = [keras.layers.Dense(128, activation="tanh") for _ in range(2)]
    net = keras.Sequential([keras.Input((4,)), *layers, keras.layers.Dense(2)])
    save_policy(net, tmp_path / "policy.keras")
    loaded = load_policy(tmp_path / "policy.keras")
    assert all(map(np.array_equal, loaded.get_weights(), net.get_weights()))


def test_what_a_network_was_compiled_with_is_not_asked_for(tmp_path):
    def loss_of_ones_own(labels, outputs):
        return keras.ops.mean(outputs)

    net, rate = (
        softmax_policy_net(0),
        keras.optimizers.schedules.ExponentialDecay(0.1, 100_000, 0.9),
    )
    net.compile(keras.optimizers.Adam(rate), loss_of_ones_own)
    save_policy(net, tmp_path / "policy.keras")
    loaded = load_policy(tmp_path / "policy.keras")
    assert all(map(np.array_equal, loaded.get_weights(), net.get_weights()))


def test_a_file_that_may_not_be_read_is_not_called_broken(path, monkeypatch):
    def locked(*arguments):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(zipfile, "ZipFile", locked)
    with pytest.raises(PermissionError, match="Permission denied"):
        load_policy(path)


def test_a_size_below_0_does_not_make_up_for_a_huge_one(path):
    with zipfile.ZipFile(path) as parts:
        config = json.loads(parts.read("config.json"))
    config["config"]["layers"][1]["config"]["units"] = 200_000_000
    config["config"]["layers"][2]["config"]["units"] = -200_000_000
    refused(repacked(path, **{"config.json": json.dumps(config)}), "too large for a policy")


def test_a_policy_of_a_world_with_large_bounds_is_no_large_network(tmp_path):
    """Its first layer keeps the squares of the bounds in the configuration, beside the sizes."""
    net = scaled_policy_net(gym.spaces.Box(-9e5, 9e5, (2,)), 2, seed=2**62)  # nor is its seed
    save_policy(net, tmp_path / "policy.keras")
    loaded = load_policy(tmp_path / "policy.keras")
    observations = np.float32([[9e5, 0], [0, -4e5]])
    assert np.array_equal(loaded(observations), net(observations))


def test_a_huge_size_that_is_no_whole_number_is_refused_by_keras(path):
    """So such a number need not be counted."""
    with zipfile.ZipFile(path) as parts:
        config = json.loads(parts.read("config.json"))
    config["config"]["layers"][1]["config"]["units"] = 2e8
    repacked(path, **{"config.json": json.dumps(config)})
    with pytest.raises(ValueError, match="not a policy that save_policy wrote"):
        load_policy(path)
