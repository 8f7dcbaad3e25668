"""`make images` draws what is committed: by hand it is run seldom, and nobody compares."""

import re
import sys
from types import SimpleNamespace

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from lessons import ROOT
from PIL import Image

sys.path.insert(0, str(ROOT / "images"))
import draw

from cartpole_lib.game import LEFT, RIGHT


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


LOCKED = re.search(r"^matplotlib==(\S+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE)[1]


@pytest.mark.skipif(
    matplotlib.__version__ != LOCKED, reason="another Matplotlib lays out otherwise"
)
@pytest.mark.parametrize("name", sorted(path.stem for path in draw.FOLDER.glob("*.png")))
def test_a_committed_picture_is_what_its_function_draws(name, tmp_path):
    plt.switch_backend("agg")
    with plt.style.context("cartpole_lib.course"):
        np.ravel(getattr(draw, name)())[0].figure.savefig(tmp_path / "drawn.png")
    plt.close("all")
    with Image.open(draw.FOLDER / f"{name}.png") as kept, Image.open(tmp_path / "drawn.png") as new:
        assert kept.size == new.size
        assert difference(kept, new) < 30


def test_single_digits_of_pictures_are_right():
    """What is so small in a picture changes its squares hardly."""
    words = {text.get_text() for text in draw.cartpole().texts}
    assert {f"← push {LEFT}", f"push {RIGHT} →"} <= words
    ax = draw.policy_network()
    words = {text.get_text() for text in ax.texts}
    hidden = len(ax.collections[1].get_offsets())
    assert f"{hidden} elu units" in words and any(r"\pi(1\,|\,s)" in text for text in words)
    plt.close("all")


def test_the_film_begins_as_the_committed_one_and_runs_in_real_time():
    """An image is of 40 milliseconds, a step of 20; after a fall an episode begins."""
    asked = []
    policy = lambda observation: asked.append(observation[2]) or 0  # noqa: E731
    halves = [draw.film(policy, label, n_frames=10) for label in ("before", "after training")]
    assert [len(half) for half in halves] == [10, 10] and len(asked) == 2 * 2 * 10
    assert max(np.abs(asked)) < np.deg2rad(12)
    with Image.open(draw.FOLDER / "before_after.gif") as film:
        first = Image.fromarray(np.hstack([half[0] for half in halves]))
        assert film.size == first.size
        assert difference(film, first) < 30


def test_the_film_shows_a_network_before_and_after_its_training(monkeypatch, tmp_path):
    shown, frames = [], [np.full((4, 4, 3), 60 * i, np.uint8) for i in range(3)]
    monkeypatch.setattr(draw, "FOLDER", tmp_path)
    monkeypatch.setattr(draw, "scaled_policy_net", lambda *_, **__: SimpleNamespace(trained=False))
    monkeypatch.setattr(draw, "sampling_policy", lambda net, seed: net.trained)
    monkeypatch.setattr(
        draw, "train_reinforce", lambda seed, policy_net: setattr(policy_net, "trained", True)
    )
    monkeypatch.setattr(draw, "film", lambda *what: shown.append(what) or frames)
    draw.before_after()
    assert shown == [(False, "before"), (True, "after training")]
    with Image.open(tmp_path / "before_after.gif") as film:
        assert (film.size, film.n_frames) == ((8, 4), 3)
        assert (film.info["duration"], film.info["loop"]) == (40, 0)
