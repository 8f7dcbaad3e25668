"""`make images` draws what is committed, and what is drawn is so: by hand it is run seldom.

A wrong line that was drawn and committed passes a comparison of pictures. So numbers, labels
and arrows are compared with what they are of: Gymnasium, a network, a lesson, the study.
"""

import functools
import json
import re
import sys
from types import SimpleNamespace

import gymnasium as gym
import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from lessons import LESSONS, ROOT, cells, code_tree, definitions
from matplotlib.colors import to_hex
from matplotlib.patches import ArrowStyle, FancyArrowPatch, FancyBboxPatch, Rectangle
from PIL import Image

sys.path.insert(0, str(ROOT / "images"))
import draw

from cartpole_lib.networks import sigmoid_policy_net
from cartpole_lib.play.game import LEFT, RIGHT
from cartpole_lib.plot import CARTPOLE_ROWS


def difference(one, other):
    """Return by how much squares of two pictures differ, where letters may lie a pixel beside."""
    one, other = (np.asarray(picture.convert("L"), float) for picture in (one, other))
    height, width = (4 * (length // 4) for length in one.shape)
    places = [one - np.roll(other, (y, x), (0, 1)) for y in (-1, 0, 1) for x in (-1, 0, 1)]
    squares = [p[:height, :width].reshape(height // 4, 4, -1, 4).mean((1, 3)) for p in places]
    return np.abs(squares).min(axis=0).max()


def test_another_picture_is_another_and_one_a_pixel_beside_is_not():
    """The ruler with which pictures are compared: only a square has changed."""
    one = np.full((40, 60), 255, np.uint8)
    one[10:30, 10:30] = 0
    other = one.copy()
    other[24:28, 24:28] = 255
    one, other, beside = map(Image.fromarray, (one, other, np.roll(one, 1, 1)))
    assert difference(one, beside) == 0 and difference(one, other) > 100


@functools.cache  # each is drawn once, for all tests
def drawn(name):
    """Return the axes of a picture, in the look of the course."""
    plt.switch_backend("agg")
    with plt.style.context("cartpole_lib.course"):
        return getattr(draw, name)()


LOCKED = re.search(r"^matplotlib==(\S+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE)[1]


@pytest.mark.skipif(
    matplotlib.__version__ != LOCKED, reason="another Matplotlib lays out otherwise"
)
@pytest.mark.parametrize("name", sorted(path.stem for path in draw.FOLDER.glob("*.png")))
def test_a_committed_picture_is_what_its_function_draws(name, tmp_path, monkeypatch):
    axes, folder = drawn(name), draw.FOLDER
    monkeypatch.setattr(draw, "FOLDER", tmp_path)
    with plt.style.context("cartpole_lib.course"):
        draw.save(functools.wraps(getattr(draw, name))(lambda: axes))
    with Image.open(folder / f"{name}.png") as kept, Image.open(tmp_path / f"{name}.png") as new:
        assert kept.size == new.size
        assert kept.info["Title"] == new.info["Title"] == name and "Software" not in new.info
        assert kept.info["Source"] == new.info["Source"]
        assert difference(kept, new) < 30


def test_every_committed_picture_is_drawn_by_make_images():
    names = {function.__name__ for function in draw.PICTURES}
    assert names == {path.stem for path in draw.FOLDER.glob("*.png")}


# ---- what is drawn is so


def words_of(ax):
    """Return the texts of axes, by their words."""
    return {text.get_text(): text for text in ax.texts}


def ends(arrow):
    """Return where an arrow begins and where its point is."""
    assert isinstance(arrow.get_arrowstyle(), ArrowStyle.CurveFilledB)  # the head is at the end
    return arrow.get_path().vertices[[0, 2]]


def curve_of(arrow):
    """Return places along an arrow, from its beginning to its end."""
    one, bend, other = arrow.get_path().vertices[:3]
    t = np.linspace(0, 1, 21)[:, None]
    return (1 - t) ** 2 * one + 2 * t * (1 - t) * bend + t**2 * other


def arrows_of(ax):
    return [patch for patch in ax.patches if isinstance(patch, FancyArrowPatch)]


def boxes_of(ax):
    """Return the middle and half the size of each box, by the words that stand in it."""
    boxes = {}
    for box in [patch for patch in ax.patches if isinstance(patch, FancyBboxPatch)]:
        half = np.array([box.get_width(), box.get_height()]) / 2
        middle = np.array([box.get_x(), box.get_y()]) + half
        [words] = [t.get_text() for t in ax.texts if np.allclose(t.get_position(), middle)]
        boxes[words] = middle, half
    return boxes


def links_of(ax):
    """Return from which box to which each arrow leads: {(from, to): arrow}."""
    boxes, links = boxes_of(ax), {}
    for arrow in arrows_of(ax):
        beside = []
        for place in ends(arrow):
            far = {w: np.hypot(*np.maximum(abs(place - m) - h, 0)) for w, (m, h) in boxes.items()}
            beside.append(min(far, key=far.get))
            assert far[beside[-1]] < 0.3
        links[tuple(beside)] = arrow
    return links


def words_at_arrows(ax):
    """Return the words that stand nearest to each arrow, as `links_of` names it."""
    links, nearest = links_of(ax), {}
    for words, text in words_of(ax).items():
        if words not in boxes_of(ax):
            place = text.get_position()
            far = {
                link: np.hypot(*(curve_of(arrow) - place).T).min() for link, arrow in links.items()
            }
            nearest[min(far, key=far.get)] = words.replace("\n", " ")
    return nearest


def alt_text_of(name):
    """Return what a lesson says of a picture to who cannot see it."""
    source = "".join(cell.source for path in LESSONS for cell in cells(path, "markdown"))
    return re.search(rf"!\[([^]]*)\]\(\.\./images/{name}\.png\)", source)[1]


def test_the_course_map_is_in_the_order_of_its_words_and_leads_back_to_the_episodes():
    ax = drawn("course_map")
    order = sorted(boxes_of(ax), key=lambda words: boxes_of(ax)[words][0][0])
    names = [words.replace(",\n", " and ") for words in order]
    assert f"Boxes from left to right: {', '.join(names)};" in alt_text_of("course_map")
    back = "update", "episodes"
    assert f"from the {back[0]} back to the {back[1]}" in alt_text_of("course_map")
    assert set(links_of(ax)) == {*zip(order, order[1:]), back}
    assert words_at_arrows(ax)[back] == "play again with the new policy"


def test_the_course_map_names_the_lessons_that_write_it():
    written = {
        "episodes": ["play_episode", "play_one_step"],
        "returns": ["discounted_returns", "leave_one_out", "generalized_advantages"],
        "loss,\ngradient": ["loss_gradients", "policy_gradient_loss"],
        "update": ["reinforce_update", "actor_critic_update"],
        "environment": ["WindyCarts"],  # and where it is first played; no function of ours
        "evaluation": ["difference_interval"],
    }
    ax = drawn("course_map")
    lessons = {int(path.name[:2]): set(definitions(code_tree(path))) for path in LESSONS}
    for step, (middle, _) in boxes_of(ax).items():
        at = [text.get_text() for text in ax.texts if text.get_position()[0] == middle[0]]
        [label] = [words.removeprefix("lesson ") for words in at if words.startswith("lesson ")]
        found = [str(number) for number, names in lessons.items() if names & set(written[step])]
        told = label.split(", ")
        assert set(found) <= set(told) if len(written[step]) == 1 else found == told, step


def test_who_learns_from_what_in_actor_critic():
    """The critic judges and does not play; the actor learns from the advantage, not from returns."""
    ax = drawn("actor_critic")
    critic, actor = "critic\nvalue_net", "actor\npolicy_net"
    advantage = "advantage:\nhappened −\nexpected"  # as A = Q - V
    assert set(boxes_of(ax)) == {"episodes", critic, actor, advantage}
    assert words_at_arrows(ax) == {
        ("episodes", critic): "learns from λ-returns",
        ("episodes", advantage): "what happened",
        (critic, advantage): "what was expected",
        (advantage, actor): "learns from the difference",
        (actor, "episodes"): "plays",
    }
    assert set(links_of(ax)) == set(words_at_arrows(ax))


def test_limits_of_the_cartpole_are_those_of_gymnasium_and_stand_where_they_say():
    ax, env = drawn("cartpole"), gym.make("CartPole-v1").unwrapped
    lines = [np.column_stack(line.get_data()) for line in ax.lines]
    styles = [(line.get_linestyle(), line.get_color()) for line in ax.lines]
    said = {
        words: (float(words.rstrip("m°").replace("−", "-")), *text.get_position())
        for words, text in words_of(ax).items()
        if words.endswith(("m", "°"))
    }
    assert sorted(value for value, _, _ in said.values()) == pytest.approx(
        [-np.rad2deg(env.theta_threshold_radians), -env.x_threshold]
        + [env.x_threshold, np.rad2deg(env.theta_threshold_radians)]
    )
    assert all(words_of(ax)[words].get_color() == draw.LIMIT for words in said)
    foot = lines[styles.index((":", "black"))][0]
    zero, metre = words_of(ax)["0"].get_position()[0], 4.2 / env.x_threshold
    for words, (value, x, _) in said.items():
        marks = [line for line, look in zip(lines, styles) if look[1] == draw.LIMIT]
        mark = min(marks, key=lambda line: abs(line[-1, 0] - x))
        lean = mark[-1] - foot
        drawn_at = np.rad2deg(np.arctan2(*lean)) if "°" in words else (mark[0, 0] - zero) / metre
        assert drawn_at == pytest.approx(value), words
    ends_of_track = [line[0, 0] for line, look in zip(lines, styles) if look == ("-", draw.LIMIT)]
    assert lines[0][:, 0].tolist() == ends_of_track  # the track is drawn first
    assert [line for line in lines if (line[:, 0] == zero).all()]  # a mark above the 0
    assert len({draw.CART, draw.POLE, draw.LIMIT, "black"}) == 4
    assert ax.get_aspect() == 1  # else 12 degrees are more, or less


def test_the_cart_stands_on_its_track_and_the_pole_on_the_cart():
    ax = drawn("cartpole")
    [cart] = [patch for patch in ax.patches if type(patch) is Rectangle]
    [pole] = [line.get_xydata() for line in ax.lines if line.get_color() == draw.POLE]
    [upright] = [line.get_xydata() for line in ax.lines if line.get_linestyle() == ":"]
    assert pole[0] == pytest.approx([cart.get_x() + cart.get_width() / 2, 1.35])
    assert cart.get_y() + cart.get_height() == pytest.approx(pole[0, 1])
    assert 0 <= cart.get_y() - ax.lines[0].get_ydata()[0] < 0.1
    assert pole[0] == pytest.approx(upright[0]) and upright[1, 0] == upright[0, 0]
    assert 0 < np.rad2deg(np.arctan2(*(pole[1] - pole[0]))) < 12  # else the episode is over


def test_each_arrow_of_the_cartpole_has_its_word_and_points_where_numbers_grow():
    """Position from the middle of the track, the angle from upright: both to the right."""
    ax = drawn("cartpole")
    [pole] = [line.get_xydata() for line in ax.lines if line.get_color() == draw.POLE]
    zero, arrows = words_of(ax)["0"].get_position()[0], [ends(arrow) for arrow in arrows_of(ax)]
    assert len(arrows) == 4 and all(end[0] > start[0] for start, end in arrows)
    from_zero = [arrow for arrow in arrows if abs(arrow[:, 0] - [zero, pole[0, 0]]).max() < 0.1]
    at_pole = [arrow for arrow in arrows if abs(arrow[0, 0] - pole[0, 0]) < 0.1]
    at_tip = [arrow for arrow in arrows if np.hypot(*(arrow[0] - pole[1])) < 0.4]
    at_cart = [arrow for arrow in arrows if abs(arrow[0, 1] - 1.1) < 0.1]
    by_word = dict(zip(["position", "velocity", "angular velocity"], [from_zero, at_cart, at_tip]))
    for word, [(_, end)] in by_word.items():
        gap = words_of(ax)[word].get_position() - end
        assert 0 < gap[0] < 0.3 and abs(gap[1]) < 0.2, word
    [(start, end)] = at_pole
    assert abs(words_of(ax)["angle"].get_position()[1] - start[1]) < 0.2
    on_the_pole = np.interp(end[1], pole[:, 1], pole[:, 0])
    assert abs(end[0] - on_the_pole) < 0.1
    pushes = {f"← push {LEFT}", f"push {RIGHT} →"}
    assert pushes <= set(words_of(ax))


def test_the_network_that_is_drawn_is_the_one_of_the_lesson():
    ax, net = drawn("policy_network"), sigmoid_policy_net(seed=0)
    layers = [np.asarray(dots.get_offsets()) for dots in ax.collections]
    first, last = net.layers
    assert [len(layer) for layer in layers] == [*first.kernel.shape, last.units]
    pairs = [(*a, *b) for one, other in zip(layers, layers[1:]) for a in one for b in other]
    shown = [line.get_xydata().ravel() for line in ax.lines]
    assert np.allclose(sorted(map(tuple, shown)), sorted(pairs))
    assert len({to_hex(dots.get_facecolor()[0]) for dots in ax.collections}) == 3
    words, names = words_of(ax), [re.sub(r"\s*\(.*", "", row[0]) for row in CARTPOLE_ROWS]
    names[-1] = "angular velocity"  # its label is in two lines
    for name, (x, y) in zip(names, layers[0]):
        assert words[name].get_position()[1] == y and x - 0.5 < words[name].get_position()[0] < x
    for word, layer in (f"{first.units} elu units", layers[1]), ("sigmoid", layers[2]):
        assert words[word].get_position()[0] == layer[0, 0] and words[word].get_ha() == "center"
    assert [layer.activation.__name__ for layer in net.layers] == ["elu", "sigmoid"]
    [output] = [text for text in words if "pi(" in text]
    assert rf"\pi({RIGHT}\,|\,s)" in output and output.endswith("of a push right")


def numbers_of(text):
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text.replace("−", "-"))]


def test_bars_of_credit_are_those_of_the_lesson_and_say_their_height():
    said = re.match(
        r".*the rewards (.*?) and (.*?)\. .* at gamma (\S+)\. ", alt_text_of("credit_assignment")
    )
    first, second, [gamma] = map(numbers_of, said.groups())
    returns = [
        sum(gamma**k * reward for k, reward in enumerate(rewards[t:]))
        for rewards in (first, second)
        for t in range(len(rewards))
    ]
    rows = [first + second, returns, (np.array(returns) - np.mean(returns)) / np.std(returns)]
    for ax, row in zip(drawn("credit_assignment"), rows, strict=True):
        assert [bar.get_height() for bar in ax.patches] == pytest.approx(row, abs=1e-6)
        assert [len(bars) for bars in ax.containers] == [len(first), len(second)]
        assert ax.get_ylim()[0] < min(*row, 0) <= max(*row, 0) < ax.get_ylim()[1]
        labels = [text.get_text() for text in ax.texts]
        assert [float(label) for label in labels] == pytest.approx(row, rel=5e-3)
    assert f"gamma {gamma:g}" in drawn("credit_assignment")[1].get_title("left")


def recent_means(run, at_steps):
    """Return the mean of the last ten episodes that had ended at each of some steps."""
    ended = np.cumsum(run)  # a step of CartPole earns 1
    return [np.mean(np.array(run)[: max(1, sum(ended <= step))][-10:]) for step in at_steps]


def middles(values):
    """Return the mean of the middle half along the first axis, by sorting."""
    cut = len(values) // 4
    return np.sort(values, axis=0)[cut : len(values) - cut].mean(axis=0)


@pytest.mark.parametrize("trainer", ["REINFORCE", "actor-critic"])
def test_curves_of_thirty_seeds_are_those_of_the_study(trainer):
    """Middle and interval, computed anew from the table at some points of the way up."""
    ax = drawn("thirty_seeds")
    [line] = [line for line in ax.lines if line.get_label() == trainer]
    assert len(ax.lines) == len(ax.collections) == 2 and ax.get_yscale() == "linear"
    band = ax.collections[ax.lines.index(line)]
    assert to_hex(band.get_facecolor()[0]) == to_hex(line.get_color()) and band.get_alpha() > 0.1
    x, middle = line.get_data()
    assert (x[0], x[-1]) == (0, 40_000) and max(np.diff(x)) <= 500
    runs = [row["episode_returns"] for row in study() if row["trainer"] == trainer]
    points = slice(len(x) // 8, len(x) // 2, len(x) // 8)
    values = np.array([recent_means(run, x[points]) for run in runs])
    assert len(values) == 30 and middle[points] == pytest.approx(middles(values))
    draws = np.random.default_rng(0).choice(30, size=(2000, 30))
    low, high = np.percentile(middles(values[draws].swapaxes(0, 1)), [2.5, 97.5], axis=0)
    edges = band.get_paths()[0].vertices
    for step, *interval in zip(x[points], low, high):
        drawn_at = np.sort(edges[edges[:, 0] == step, 1])
        assert drawn_at == pytest.approx(interval, abs=0.2 * (interval[1] - interval[0]))


@functools.cache
def study():
    return json.loads((ROOT / "notebooks" / "thirty_seeds.json").read_text(encoding="utf-8"))


def test_the_figure_of_thirty_seeds_says_what_it_shows():
    ax = drawn("thirty_seeds")
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("environment steps", "training return")
    names = [text.get_text() for text in ax.get_legend().get_texts()]
    assert names == [line.get_label() for line in ax.lines] == ["REINFORCE", "actor-critic"]
    colours = [line.get_color() for line in ax.get_legend().get_lines()]
    assert colours == [line.get_color() for line in ax.lines] and len(set(colours)) == 2
    assert f"for {names[0]} and {names[1]}:" in alt_text_of("thirty_seeds")


# ---- the film


def test_the_film_begins_as_the_committed_one_and_runs_in_real_time():
    """An image is of 40 milliseconds, a step of 20; after a fall an episode begins."""
    asked = []
    policy = lambda observation: asked.append(observation[2]) or 0  # noqa: E731
    halves = [draw.film(policy, label, n_frames=10) for label in ("before", "after training")]
    assert [len(half) for half in halves] == [10, 10] and len(asked) == 2 * 2 * 10
    assert max(np.abs(asked)) < np.deg2rad(12)
    assert draw.film.__defaults__[0] * 40 == 5000  # the whole film is of five seconds
    with Image.open(draw.FOLDER / "before_after.gif") as film:
        first = Image.fromarray(np.hstack([half[0] for half in halves]))
        assert film.size == first.size
        assert difference(film, first) < 30


def test_the_cart_of_the_film_goes_where_the_policy_pushes():
    pushed, speeds = [], []

    def policy(observation):
        speeds.append(observation[1])
        pushed.append(len(pushed) // 3 % 2)
        return pushed[-1]

    draw.film(policy, "", n_frames=8)
    assert ((np.diff(speeds) > 0) == pushed[:-1]).all() and len(set(pushed)) == 2


def test_the_film_shows_a_network_before_and_after_its_training(monkeypatch, tmp_path):
    """Before on the left, after on the right, image by image; a GIF's colours are 51 apart."""
    shown, colours = [], np.random.default_rng(0).integers(0, 256, (2, 3, 4, 4, 3))
    halves = dict(zip(["before", "after training"], np.uint8(colours)))
    monkeypatch.setattr(draw, "FOLDER", tmp_path)
    monkeypatch.setattr(draw, "scaled_policy_net", lambda *_, **__: SimpleNamespace(trained=False))
    monkeypatch.setattr(draw, "sampling_policy", lambda net, seed: net.trained)
    monkeypatch.setattr(
        draw, "train_reinforce", lambda seed, policy_net: setattr(policy_net, "trained", True)
    )
    monkeypatch.setattr(draw, "film", lambda *what: shown.append(what) or halves[what[1]])
    draw.before_after()
    assert shown == [(False, "before"), (True, "after training")]
    with Image.open(tmp_path / "before_after.gif") as film:
        assert (film.size, film.n_frames) == ((8, 4), 3)
        assert (film.info["duration"], film.info["loop"]) == (40, 0)
        for i, pair in enumerate(zip(*halves.values())):
            film.seek(i)
            beside = np.asarray(film.convert("RGB"), int) - np.hstack(pair)
            assert np.abs(beside).max() < 30  # the nearest one, and no speckles


def lean_of(half):
    """Return by how many degrees a pole leans in an image of the film: it alone is brown."""
    y, x = np.nonzero(half[..., 0] - half[..., 2] > 60)
    top, foot = x[y < y.min() + 4].mean(), x[y > y.max() - 4].mean()
    return np.rad2deg(np.arctan2(top - foot, np.ptp(y)))


def test_in_the_committed_film_the_left_pole_falls_again_and_again_and_the_right_one_stands():
    leans = []
    with Image.open(draw.FOLDER / "before_after.gif") as film:
        for i in range(film.n_frames):
            film.seek(i)
            leans.append(list(map(lean_of, np.split(np.asarray(film.convert("RGB"), int), 2, 1))))
    begun_again = np.abs(np.diff(leans, axis=0)) > 7  # from twelve degrees to about none
    assert begun_again[:, 0].sum() > 5 and not begun_again[:, 1].any()
    assert np.abs(leans)[:, 1].max() < 12
