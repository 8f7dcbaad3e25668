"""The pictures of the course: figures and animations."""

import base64
import io
import re

import gymnasium as gym
import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

from cartpole_lib.animate import animate
from cartpole_lib.picture import Picture
from cartpole_lib.plot import (
    CARTPOLE_ROWS,
    plot_credit_assignment,
    plot_episode,
    plot_evaluations,
    plot_values,
    show,
)
from cartpole_lib.policies import lean_and_spin_policy, lean_policy
from cartpole_lib.rollout import play_episode


@pytest.fixture(autouse=True)
def close_figures():
    plt.switch_backend("agg")
    yield
    plt.close("all")


@pytest.fixture
def env():
    return gym.make("CartPole-v1", render_mode="rgb_array")


def shown_image(picture):
    html = picture._repr_mimebundle_()["text/html"]
    return Image.open(io.BytesIO(base64.b64decode(re.search(r"base64,([^\"]+)", html)[1])))


def test_a_picture_carries_its_words():
    picture = Picture(b"abc", "image/png", 'a "small" <figure>', "look here", b"still", 720)
    bundle = picture._repr_mimebundle_()
    assert base64.b64decode(bundle["image/png"]) == b"still"
    assert 'width="720"' in bundle["text/html"]
    assert bundle["text/plain"] == 'a "small" <figure>'
    assert 'alt="a &quot;small&quot; &lt;figure&gt;"' in bundle["text/html"]
    assert "look here" in bundle["text/html"]


def test_show_closes_the_figure_and_keeps_the_caption():
    picture = show(plt.subplots()[1], "nothing yet")
    assert plt.get_fignums() == []
    assert repr(picture) == "nothing yet"
    assert shown_image(picture).size[0] > 500


def test_plot_episode(env):
    episode = play_episode(env, lean_policy, seed=0)
    axes = plot_episode(episode)
    assert len(axes) == 5
    assert axes[2].lines[0].get_ydata() == pytest.approx(np.rad2deg(episode.observations[:, 2]))
    limits = [sorted(line.get_ydata()[0] for line in ax.lines[1:]) for ax in axes]
    assert limits == [[-2.4, 2.4], [], [-12, 12], [], []]
    assert axes[4].lines[0].get_ydata().tolist() == episode.actions.tolist()
    mine = plt.subplots(5)[1]
    assert plot_episode(episode, ax=mine) is mine


def test_plot_episode_of_another_environment(countdown, first_action):
    episode = play_episode(countdown(), first_action)
    assert len(plot_episode(episode, rows=[("episode", 1, None), ("step", 1, None)])) == 3
    with pytest.raises(TypeError, match="episode must be an Episode.*array of shape"):
        plot_episode(np.ones(5))
    with pytest.raises(
        ValueError, match="rows must describe the 2 observations of this episode; got 4"
    ):
        plot_episode(episode, CARTPOLE_ROWS)


@pytest.mark.parametrize("env_id", ["MountainCar-v0", "Acrobot-v1"])
def test_plot_episode_names_rows_by_number(env_id):
    env = gym.make(env_id, max_episode_steps=20)
    episode = play_episode(env, lambda observation: 1, seed=0)
    axes = plot_episode(episode)
    numbers = range(env.observation_space.shape[0])
    labels = [ax.get_ylabel() for ax in axes]
    assert labels == [*(f"number {i}" for i in numbers), "action"]
    for i in numbers:
        [line] = axes[i].lines  # no limit is drawn, for none is known
        assert line.get_ydata() == pytest.approx(episode.observations[:, i])


def test_plot_episode_takes_four_numbers_for_cartpoles(env):
    episode = play_episode(env, lean_policy, seed=0)
    labels = [ax.get_ylabel() for ax in plot_episode(episode)]
    assert labels[:4] == [label for label, _, _ in CARTPOLE_ROWS]


def test_figures_fit_a_page(env):
    episode = play_episode(env, lean_policy, seed=0)
    wide = episode._replace(observations=np.zeros((5, 12)), actions=np.zeros(4, int))
    with plt.style.context("cartpole_lib.course"):
        for axes in (
            plot_episode(episode),
            plot_episode(wide),
            plot_credit_assignment([np.ones(9)] * 3, 0.9),
            plot_values(lambda observations: observations[..., :1]),
            plot_evaluations({str(i): np.array([1.0, 2.0]) for i in range(9)}),
        ):
            picture = show(axes, "how high is it?")
            width, height = shown_image(picture).size
            assert picture.width <= 720 and height * picture.width / width <= 480


def test_plot_credit_assignment():
    axes = plot_credit_assignment([np.array([10, 0, -50]), np.array([10, 20])], 0.8)
    heights = [[bar.get_height() for bar in ax.patches] for ax in axes]
    assert heights[0] == [10, 0, -50, 10, 20]
    assert heights[1] == pytest.approx([-22, -40, -50, 26, 20])
    assert heights[2] == pytest.approx([-0.284, -0.866, -1.189, 1.267, 1.073], abs=1e-3)
    with pytest.raises(ValueError, match="gamma"):
        plot_credit_assignment([np.ones(3)], 2)


def test_plot_evaluations():
    ax = plot_evaluations({"a": np.array([1.0, 3.0]), "b": np.array([5.0, 5.0])}, threshold=4)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["a", "b"]
    means = [line.get_xdata()[0] for line in ax.lines if line.get_marker() == "o"]
    assert means == [2, 5]


def test_the_style_is_colour_blind_safe_and_large():
    with plt.style.context("cartpole_lib.course"):
        colours = plt.rcParams["axes.prop_cycle"].by_key()["color"]
        assert colours[:3] == ["#0072B2", "#D55E00", "#009E73"] or colours[:3] == [
            "0072B2",
            "D55E00",
            "009E73",
        ]
        assert plt.rcParams["font.size"] >= 14


def test_an_animation_moves_in_real_time(env):
    picture = animate(env, lean_policy, seed=3)
    image = shown_image(picture)
    episode = play_episode(env, lean_policy, seed=3)
    durations = []
    for frame in range(image.n_frames):
        image.seek(frame)
        durations.append(image.info["duration"])
    assert image.n_frames > 10
    assert sum(durations[:-1]) == pytest.approx(20 * len(episode.actions), abs=40)
    assert repr(picture) == "CartPole animation: 36 steps, return 36, ended by itself"


def test_an_animation_of_200_steps_is_small():
    env = gym.make("CartPole-v1", render_mode="rgb_array", max_episode_steps=200)
    picture = animate(env, lean_and_spin_policy, seed=3)
    assert repr(picture) == "CartPole animation: 200 steps, return 200, cut off by the time limit"
    assert len(picture._repr_mimebundle_()["text/html"]) < 60_000


def test_an_animation_shows_the_policy_that_plays(env):
    assert animate(env, lean_policy, seed=3).data == animate(env, lean_policy, seed=3).data
    assert animate(env, lean_policy, seed=3).data != animate(env, lean_policy, seed=4).data


def test_an_animation_of_another_environment():
    env = gym.make("Acrobot-v1", render_mode="rgb_array", max_episode_steps=10)
    picture = animate(env, lambda observations: 0, seed=0)
    assert repr(picture) == "Acrobot animation: 10 steps, return -10, cut off by the time limit"
    assert shown_image(picture).n_frames > 5


def test_an_animation_needs_frames():
    with pytest.raises(ValueError, match="render_mode must be 'rgb_array'; got None"):
        animate(gym.make("CartPole-v1"), lean_policy)
    with pytest.raises(TypeError, match="env must be an environment"):
        animate("CartPole-v1", lean_policy)
