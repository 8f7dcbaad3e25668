"""The pictures of the course: figures and animations."""

import base64
import io
import re

import gymnasium as gym
import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

from cartpole_lib.animate import _Gif, animate
from cartpole_lib.evaluate import summarize
from cartpole_lib.picture import Picture
from cartpole_lib.plot import (
    CARTPOLE_ROWS,
    plot_credit_assignment,
    plot_episode,
    plot_evaluations,
    plot_values,
    show,
)
from cartpole_lib.policies import lean_and_spin_policy, lean_policy, random_policy
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
    axes = plot_episode(episode, rows=[("episode", 1, None), ("step", 1, None)])
    assert [ax.get_ylabel() for ax in axes] == ["episode", "step", "action"]
    with pytest.raises(TypeError, match="episode must be an Episode.*array of shape"):
        plot_episode(np.ones(5))
    with pytest.raises(
        ValueError, match="rows must describe the 2 observations of this episode; got 4"
    ):
        plot_episode(episode, CARTPOLE_ROWS)


@pytest.mark.parametrize("env_id", ["MountainCar-v0", "Acrobot-v1"])
def test_plot_episode_names_rows_by_number(env_id):
    env = gym.make(env_id, max_episode_steps=20)
    policy = random_policy(seed=0, n_actions=3)
    episode = play_episode(env, policy, seed=0)
    axes = plot_episode(episode)
    assert list(axes[-1].get_yticks()) == [0, 1, 2]
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
    wide = episode._replace(
        observations=np.zeros((5, 12)), actions=np.zeros(4, int), rewards=np.ones(4)
    )
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
    assert min(dots.get_alpha() for dots in ax.collections) >= 0.2  # a single one can be seen


def bounds(contours, level):
    """Return the smallest and the largest x and y of what is filled at a level."""
    points = contours.get_paths()[level].vertices
    return [*points.min(axis=0), *points.max(axis=0)]


def test_plot_values_has_the_angle_across_and_the_angular_velocity_up():
    ax = plot_values(lambda observations: observations[..., 2:3])
    assert bounds(ax.collections[0], 0)[1:] == pytest.approx([-120, -10, 120], abs=2)
    ax = plot_values(lambda observations: observations[..., 3:])
    assert bounds(ax.collections[0], 0)[:3] == pytest.approx([-12, -120, 12], abs=1)
    assert (*ax.get_xlim(), *ax.get_ylim()) == pytest.approx((-12, 12, -120, 120))
    assert ax.get_xlabel() == "angle (°)"
    assert ax.get_ylabel() == "angular velocity (°/s)"


def test_plot_values_asks_in_radians():
    asked = []
    plot_values(lambda observations: asked.append(observations) or observations[..., 2:3])
    largest = np.abs(asked[-1]).max(axis=(0, 1))
    assert largest == pytest.approx([0, 0, np.deg2rad(12), np.deg2rad(120)])


def test_plot_evaluations_draws_the_interval_and_not_the_range():
    returns = np.array([1.0, 2, 3, 10])
    ax, summary = plot_evaluations({"a": returns, "b": returns + 5}), summarize(returns, 0)
    bars = [line for line in ax.lines if line.get_linewidth() == 6]
    for row, bar in enumerate(bars):
        expected = np.array([summary.low, summary.high]) + 5 * row
        assert bar.get_xdata() == pytest.approx(expected) and set(bar.get_ydata()) == {row}
    dots = [line.get_xdata()[0] for line in ax.lines if line.get_marker() == "o"]
    assert dots == [4, 9] and len(bars) == 2


@pytest.mark.parametrize("threshold", [4, 0])
def test_plot_evaluations_draws_the_threshold(threshold):
    ax = plot_evaluations({"a": np.array([1.0, 3.0])}, threshold=threshold)
    [dashed] = [line for line in ax.lines if line.get_linestyle() == "--"]
    assert list(dashed.get_xdata()) == [threshold, threshold]


def test_plot_credit_assignment_has_episodes_one_after_the_other():
    for ax in plot_credit_assignment([np.ones(3), np.ones(2)], 0.8):
        middles = [bar.get_x() + bar.get_width() / 2 for bar in ax.patches]
        assert middles == pytest.approx([0, 1, 2, 4, 5])


OKABE_AND_ITO = {"0072B2", "D55E00", "009E73", "CC79A7", "E69F00", "56B4E9"}


def test_the_style_is_colour_blind_safe_and_large():
    with plt.style.context("cartpole_lib.course"):
        colours = plt.rcParams["axes.prop_cycle"].by_key()["color"]
        colours = [colour.lstrip("#") for colour in colours]
        assert colours[:3] == ["0072B2", "D55E00", "009E73"]
        assert len(set(colours)) == 6 and set(colours) <= OKABE_AND_ITO
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


class Bright(gym.Env):
    """Five steps; after step t the whole picture is grey, 50 times t."""

    observation_space = gym.spaces.Box(-1, 1, (1,), np.float32)
    action_space = gym.spaces.Discrete(2)
    metadata = {"render_modes": ["rgb_array"], "render_fps": 25}
    render_mode = "rgb_array"

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.step_number = 0
        return np.zeros(1, np.float32), {}

    def step(self, action):
        self.step_number += 1
        return np.zeros(1, np.float32), 1.0, self.step_number == 5, False, {}

    def render(self):
        return np.full((100, 200, 3), 50 * self.step_number, np.uint8)


def greys_of_an_animation():
    """Return how bright each frame of an animation of `Bright` is, and how long it is shown."""
    image, frames = shown_image(animate(Bright(), lambda observations: 0)), []
    for frame in range(image.n_frames):
        image.seek(frame)
        frames.append((image.convert("L").getpixel((190, 90)), image.info["duration"]))
    return frames


def test_an_animation_begins_with_the_start():
    assert greys_of_an_animation()[0] == (0, 40)


def test_an_animation_ends_with_the_last_frame():
    frames = greys_of_an_animation()
    assert len(frames) == 6 and frames[-1][1] == 1500
    image = Image.open(io.BytesIO(animate(Bright(), lambda observations: 0).still))
    words = repr(animate(Bright(), lambda observations: 0))
    assert words == "Bright animation: 5 steps, return 5, ended by itself"
    assert image.size == (200, 100)


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


FRAMES = {
    "an image of Pillow's": (lambda: Image.new("RGB", (30, 20)), "got <PIL"),
    "nothing": (lambda: None, "got None"),
    "shares of 1": (lambda: np.zeros((20, 30, 3)), r"got float64 of shape \(20, 30, 3\)"),
    "four colours": (lambda: np.zeros((20, 30, 4), np.uint8), r"got uint8 of shape \(20, 30, 4\)"),
    "grey": (lambda: np.zeros((20, 30), np.uint8), r"got uint8 of shape \(20, 30\)"),
}


@pytest.mark.parametrize("kind", FRAMES)
def test_a_frame_that_is_no_picture_is_named(kind):
    render, message = FRAMES[kind]
    env = gym.make("CartPole-v1", render_mode="rgb_array")
    env.render = render
    with pytest.raises(
        ValueError, match="render must return an array of uint8.*" + message
    ) as found:
        animate(env, lean_policy, seed=0)
    assert not hasattr(found.value, "__notes__")


def test_what_render_raises_is_no_fault_of_the_policy():
    env = gym.make("CartPole-v1", render_mode="rgb_array")
    env.render = lambda: 1 / 0
    with pytest.raises(ZeroDivisionError) as found:
        animate(env, lean_policy, seed=0)
    assert [note[:20] for note in found.value.__notes__] == ["This happened inside"]
    assert "render" in found.value.__notes__[0]


def test_an_animation_needs_frames():
    with pytest.raises(ValueError, match="render_mode must be 'rgb_array'; got None"):
        animate(gym.make("CartPole-v1"), lean_policy)
    with pytest.raises(TypeError, match="env must be an environment"):
        animate("CartPole-v1", lean_policy)


class Moving(Bright):
    """Five steps; a white square of 20 pixels moves to the right, 30 at a step."""

    def render(self):
        picture = np.zeros((100, 200, 3), np.uint8)
        picture[60:80, 30 * self.step_number :][:, :20] = 255
        return picture


def test_an_animation_draws_what_changed_where_it_changed():
    image = shown_image(animate(Moving(), lambda observations: 0))
    for frame in range(image.n_frames):
        image.seek(frame)
        columns = np.flatnonzero(np.array(image.convert("L"))[70] > 128)
        assert (columns.min(), columns.max()) == (30 * frame, 30 * frame + 19)


def test_an_animation_begins_anew_at_its_end_and_is_as_wide_as_its_frames():
    picture = animate(Bright(), lambda observations: 0)
    assert shown_image(picture).info["loop"] == 0  # without end
    assert picture.width == 200
    assert "<details open>" in picture._repr_mimebundle_()["text/html"]


def test_an_animation_counts_its_steps(monkeypatch):
    labels, add = [], _Gif.add
    monkeypatch.setattr(
        _Gif,
        "add",
        lambda gif, pixels, label, **more: labels.append(label) or add(gif, pixels, label, **more),
    )
    env = gym.make("CartPole-v1", render_mode="rgb_array", max_episode_steps=25)
    animate(env, lean_and_spin_policy, seed=0)
    assert list(dict.fromkeys(labels)) == ["step 0", "step 10", "step 20", "step 25"]


def test_a_caption_is_text_and_no_html():
    picture = Picture(b"abc", "image/png", "words", "if a < b & c", b"still", 720)
    assert "<em>if a &lt; b &amp; c</em>" in picture._repr_mimebundle_()["text/html"]


def test_a_figure_keeps_its_colours():
    axes = plt.subplots()[1]
    for i in range(6):
        axes.plot([0, 1], [i, i], color=f"C{i}", linewidth=9)
    colours = shown_image(show(axes, "six lines")).convert("RGB").getcolors()
    assert len([count for count, _ in colours if count > 1000]) >= 7  # and the white between


def test_plot_episode_has_each_number_in_the_unit_of_its_label(env):
    episode = play_episode(env, lean_policy, seed=0)
    for ax, values, degrees in zip(
        plot_episode(episode), episode.observations.T, (False, False, True, True)
    ):
        assert ("°" in ax.get_ylabel()) == degrees
        expected = np.rad2deg(values) if degrees else values
        assert ax.lines[0].get_ydata() == pytest.approx(expected, rel=1e-5)


def test_plot_credit_assignment_says_what_each_row_is():
    titles = [ax.get_title() for ax in plot_credit_assignment([np.ones(3), np.ones(2)], 0.8)]
    assert titles == ["reward $r_t$", "return $G_t$, gamma 0.8", "standardised over the batch"]


def test_plot_evaluations_has_a_dot_for_each_episode_in_its_row():
    returns_of = {"a": np.array([1.0, 2, 3]), "b": np.array([7.0, 8, 9])}
    ax = plot_evaluations(returns_of)
    for row, (dots, returns) in enumerate(zip(ax.collections, returns_of.values())):
        x, y = np.asarray(dots.get_offsets()).T
        assert x == pytest.approx(returns) and np.abs(y - row).max() <= 0.25


def test_plot_evaluations_of_returns_below_zero():
    ax = plot_evaluations({"acrobot": np.array([-500.0, -80.0]), "better": np.array([0.0, 9.0])})
    assert ax.get_xlim()[0] < -500 and ax.get_xlim()[1] > 9
    assert plot_evaluations({"cartpole": np.array([10.0, 500.0])}).get_xlim()[0] == 0


def test_plot_values_has_a_scale():
    ax = plot_values(lambda observations: observations[..., 2:3])
    assert len(ax.figure.axes) == 2


def test_an_animation_is_not_made_of_a_world_that_draws_on_the_screen():
    env = Bright()
    env.render_mode = "human"
    with pytest.raises(ValueError, match="rgb_array"):
        animate(env, lambda observations: 0)


def test_where_no_html_is_shown_a_figure_has_its_width_on_the_page():
    picture = show(plt.subplots(figsize=(7, 3), dpi=50)[1], "as wide as it says")
    assert Image.open(io.BytesIO(picture.still)).size[0] == picture.width == 350


def test_a_figure_that_is_shown_again_is_as_it_was():
    ax = plt.subplots(figsize=(4, 2), dpi=50)[1]
    first, *again = [show(ax, "the same three times") for _ in range(3)]
    assert again == [first, first] and first.width == 200


def test_plot_episode_says_what_cartpole_observes():
    words = [label.split() for label, _, _ in CARTPOLE_ROWS]
    assert words == [
        ["position", "(m)"],
        ["velocity", "(m/s)"],
        ["angle", "(°)"],
        ["angular", "velocity", "(°/s)"],
    ]


def test_plot_episode_says_what_the_last_row_is(env):
    axes = plot_episode(play_episode(env, lean_policy, seed=0))
    assert (axes[-1].get_xlabel(), axes[-1].get_ylabel()) == ("step", "action")
    assert axes[-1].get_yticks().tolist() == [0, 1]
    assert axes[-1].lines[0].get_linestyle() == "None"  # lines from 0 to 1 would hide both


def test_plot_evaluations_says_what_it_shows():
    ax = plot_evaluations({"a": np.array([1.0, 3.0])}, threshold=-100)
    assert ax.get_title("right") == "dashed: solved from -100 on"
    assert ax.get_xlabel() == "return of one episode"


def test_plot_evaluations_has_the_first_policy_on_top():
    bottom, top = plot_evaluations({"a": np.ones(2), "b": np.ones(2)}).get_ylim()
    assert top < 0 < 1 < bottom


def test_equal_returns_do_not_hide_each_other():
    [dots] = plot_evaluations({"always 500": np.full(20, 500.0)}).collections
    assert len(np.unique(np.asarray(dots.get_offsets())[:, 1])) == 20


def test_every_figure_is_drawn_on_axes_of_ones_own():
    mine = plt.subplots()[1]
    assert plot_values(lambda observations: observations[..., :1], mine) is mine
    mine = plt.subplots()[1]
    assert plot_evaluations({"a": np.array([1.0, 2.0])}, ax=mine) is mine
    mine = plt.subplots(3)[1]
    assert plot_credit_assignment([np.ones(3)], 0.9, mine) is mine


def test_an_animation_of_a_slow_world_has_every_step():
    env = Bright()
    env.metadata = Bright.metadata | {"render_fps": 4}
    image = shown_image(animate(env, lambda observations: 0))
    assert image.n_frames == 6 and image.info["duration"] == 250


def test_an_animation_has_the_colours_of_its_world_and_words_on_them(env):
    image = shown_image(animate(env, lean_policy, seed=3))
    image.seek(image.n_frames - 1)
    last = np.array(image.convert("RGB")).astype(int)
    assert (last[8:30, 12:90].sum(axis=-1) < 100).any()  # the label is black
    world = env.render().astype(int)
    for colour in ([202, 152, 101], [129, 132, 203], [0, 0, 0]):  # the pole, its axle, the cart
        assert (np.abs(world - colour).sum(axis=-1) < 9).any()
        assert (np.abs(last - colour).sum(axis=-1) < 60).any(), colour


@pytest.mark.parametrize("speed", [{"render_fps": 50}, {}])
def test_an_animation_of_a_fast_world_takes_its_time(speed):
    """So does one of a world that does not say how fast it is."""
    env = Bright()
    env.metadata = {"render_modes": ["rgb_array"]} | speed
    image, times = shown_image(animate(env, lambda observations: 0)), []
    for frame in range(image.n_frames - 1):
        image.seek(frame)
        times.append(image.info["duration"])
    assert times == [40, 40, 40]  # of each second step


def test_a_figure_is_not_folded():
    picture = Picture(b"abc", "image/png", "words", "a caption", b"still", 720)
    assert "<details" not in picture._repr_mimebundle_()["text/html"]
    assert (
        "data:image/gif;base64" in animate(Bright(), lambda o: 0)._repr_mimebundle_()["text/html"]
    )


def test_credit_of_a_single_episode_is_that_of_a_list_of_one():
    alone, in_a_list = (plot_credit_assignment(rewards, 0.9) for rewards in ([1, 1], [[1, 1]]))
    heights = [
        [bar.get_height() for ax in axes for bar in ax.patches] for axes in (alone, in_a_list)
    ]
    assert heights[0] == heights[1] and len(heights[0]) == 6


def test_an_animation_without_a_seed_starts_elsewhere_each_time(env):
    starts = []
    for _ in range(2):
        seen = []
        animate(env, lambda observation, seen=seen: seen.append(observation) or 0)
        starts.append(seen[0].tolist())
    assert starts[0] != starts[1]
