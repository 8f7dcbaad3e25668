"""Draw the figures that README and the lessons show: `make images`."""

import hashlib
import json
from pathlib import Path

import gymnasium as gym
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Rectangle
from PIL import Image, ImageDraw, ImageFont

from cartpole_lib.networks import scaled_policy_net
from cartpole_lib.plot import plot_credit_assignment
from cartpole_lib.policies import sampling_policy
from cartpole_lib.reinforce import train_reinforce
from cartpole_lib.study.intervals import curve, curve_band

FOLDER = Path(__file__).parent
TABLE = FOLDER.parent / "notebooks" / "thirty_seeds.json"
CART, POLE, LIMIT = "C0", "C4", "C1"


def digest(text):
    """Return what stands in each picture, so that a test sees whether it is of this study."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def arrow(ax, start, end, color="black", **options):
    ax.add_patch(
        FancyArrowPatch(
            start, end, arrowstyle="-|>", mutation_scale=18, color=color, linewidth=2.5, **options
        )
    )


def blank(width, height, size):
    """Return axes without frame, from 0 to width and 0 to height."""
    _, ax = plt.subplots(figsize=size)
    ax.set(xlim=(0, width), ylim=(0, height), aspect="equal")
    ax.axis("off")
    return ax


def cartpole():
    """The cart, the pole, the four numbers of an observation and the two limits."""
    ax = blank(10, 4.6, (9, 4.2))
    foot, angle, length = np.array([5.6, 1.35]), np.deg2rad(7), 2.4
    tip = foot + length * np.array([np.sin(angle), np.cos(angle)])
    ax.plot([0.8, 9.2], [0.8, 0.8], color="black", linewidth=2)
    for x, side in ((0.8, "−2.4 m"), (9.2, "2.4 m")):
        ax.plot([x, x], [0.6, 1.3], color=LIMIT, linewidth=4)
        ax.text(x, 0.15, side, ha="center", color=LIMIT)
    ax.plot([5, 5], [0.68, 0.92], color="black", linewidth=2)
    ax.text(5, 0.15, "0", ha="center")
    ax.add_patch(Rectangle((4.9, 0.85), 1.4, 0.5, color=CART))
    ax.plot(*zip(foot, tip), color=POLE, linewidth=10, solid_capstyle="round")
    ax.plot(*zip(foot, foot + [0, 2.9]), color="black", linestyle=":", linewidth=1.5)
    for side in (-1, 1):
        end = foot + 2.8 * np.array([side * np.sin(np.deg2rad(12)), np.cos(np.deg2rad(12))])
        ax.plot(*zip(foot, end), color=LIMIT, linestyle="--", linewidth=1.5)
    for side, label in ((-1, "−12°"), (1, "12°")):
        ax.text(5.6 + 0.75 * side, 4.2, label, color=LIMIT, ha="center")
    arrow(ax, tip + [0.25, 0.1], tip + [0.95, -0.1], connectionstyle="arc3,rad=-0.15")
    ax.text(*tip + [1.05, -0.15], "angular velocity", va="center")
    arrow(ax, foot + [0, 1.7], foot + [0.23, 1.68], mutation_aspect=0.7)
    ax.text(5.1, 3.0, "angle", ha="right", va="center")
    arrow(ax, (6.35, 1.1), (7.4, 1.1))
    ax.text(7.5, 1.1, "velocity", va="center")
    arrow(ax, (5, 0.45), (5.6, 0.45))
    ax.text(5.75, 0.42, "position", va="center")
    ax.text(3.3, 1.1, "push 1 →", va="center", ha="center", color=CART)
    ax.text(3.3, 1.65, "← push 0", va="center", ha="center", color=CART)
    return ax


def policy_network():
    """4 observations, 5 elu units, 1 sigmoid output."""
    ax = blank(10, 5, (9, 4.5))
    layers = [(2.4, 4), (5.0, 5), (7.4, 1)]
    places = [[(x, 2.5 + 0.85 * ((n - 1) / 2 - i)) for i in range(n)] for x, n in layers]
    for left, right in zip(places, places[1:]):
        for start in left:
            for end in right:
                ax.plot(*zip(start, end), color="gray", linewidth=1, zorder=1)
    for column, color in zip(places, ("C5", "C4", "C2")):
        ax.scatter(*zip(*column), s=900, color=color, edgecolor="black", zorder=2)
    for (x, y), name in zip(places[0], ("position", "velocity", "angle", "angular velocity")):
        ax.text(x - 0.35, y, name, ha="right", va="center")
    ax.text(5.0, 0.1, "5 elu units", ha="center")
    ax.text(7.4, 1.75, "sigmoid", ha="center")
    ax.text(
        7.8, 2.5, r"$p = \pi(1\,|\,s)$" + "\nprobability\nof a push right", ha="left", va="center"
    )
    return ax


def credit_assignment():
    """The example of lesson 3: two episodes, gamma 0.8."""
    ax = plot_credit_assignment([np.array([10, 0, -50]), np.array([10, 20])], gamma=0.8)
    for axes in ax:
        axes.margins(y=0.3)
        for bars in axes.containers:
            axes.bar_label(bars, fmt="{:.3g}", padding=2)
    return ax


def course_map():
    """How data flows, and in which lesson."""
    ax = blank(14, 4, (12, 3.5))
    steps = ["environment", "episodes", "returns", "loss,\ngradient", "update", "evaluation"]
    lessons = ["1, 8", "1, 2", "3, 4, 5", "2, 4", "4, 5", "1, 4, 6"]
    for i, (step, lesson) in enumerate(zip(steps, lessons)):
        x = 0.1 + 2.35 * i
        ax.add_patch(
            FancyBboxPatch((x, 2), 1.8, 1.2, boxstyle="round,pad=0.05", color=f"C{i}", alpha=0.3)
        )
        ax.text(x + 0.9, 2.6, step, ha="center", va="center")
        ax.text(x + 0.9, 3.6, f"lesson {lesson}", ha="center", fontsize=13)
        if i:
            arrow(ax, (x - 0.5, 2.6), (x - 0.05, 2.6))
    arrow(ax, (10.4, 1.9), (3.3, 1.9), connectionstyle="arc3,rad=-0.15")
    ax.text(6.8, 0.65, "play again with the new policy", ha="center")
    return ax


def actor_critic():
    """Who learns from what: the critic from λ-returns, the actor from the surprise."""
    ax = blank(14, 5.4, (12, 4.6))
    boxes = {
        "episodes": (0.2, 2.0, "C1"),
        "critic\nvalue_net": (5.2, 2.7, "C4"),
        "advantage:\nhappened −\nexpected": (7.2, 0.4, "C2"),
        "actor\npolicy_net": (11.4, 2.0, "C0"),
    }
    for text, (x, y, color) in boxes.items():
        box = FancyBboxPatch((x, y), 2.3, 1.3, boxstyle="round,pad=0.05", color=color, alpha=0.3)
        ax.add_patch(box)
        ax.text(x + 1.15, y + 0.65, text, ha="center", va="center")
    arrow(ax, (2.6, 2.9), (5.1, 3.3))
    ax.text(3.8, 3.7, "learns\nfrom λ-returns", ha="center", va="center")
    arrow(ax, (2.6, 2.2), (7.1, 1.1))
    ax.text(4.6, 1.25, "what happened", ha="center", va="center")
    arrow(ax, (6.9, 2.6), (8.0, 1.8))
    ax.text(7.8, 2.4, "what was expected", va="center")
    arrow(ax, (9.6, 1.1), (11.5, 1.9))
    ax.text(11.6, 1.2, "learns from\nthe difference", ha="left", va="center")
    arrow(ax, (12.5, 3.4), (1.4, 3.4), connectionstyle="arc3,rad=0.3")
    ax.text(10.6, 4.9, "plays", ha="center")
    return ax


def thirty_seeds():
    """The learning curves of lesson 6, from its table."""
    table = json.loads(TABLE.read_text())
    ax, at_steps = plt.subplots(figsize=(12, 4))[1], np.linspace(0, 40_000, 161)
    for name in ("REINFORCE", "actor-critic"):
        returns = [row["episode_returns"] for row in table if row["trainer"] == name]
        middle, low, high = curve_band([curve(run, run, at_steps) for run in returns])
        [line] = ax.plot(at_steps, middle, label=name)
        ax.fill_between(at_steps, low, high, color=line.get_color(), alpha=0.25)
    ax.set(xlabel="environment steps", ylabel="training return")
    ax.legend()
    return ax


def before_after():
    """A GIF of five seconds: an untrained policy beside the one it becomes."""
    net = scaled_policy_net(gym.make("CartPole-v1").observation_space, 2, seed=0)
    columns = [film(sampling_policy(net, seed=0), "before")]
    train_reinforce(seed=0, policy_net=net)
    columns.append(film(sampling_policy(net, seed=0), "after training"))
    pairs = [Image.fromarray(np.hstack(pair)) for pair in zip(*columns)]
    frames = [pair.convert("P", dither=Image.Dither.NONE) for pair in pairs]  # no speckled edges
    frames[0].save(
        FOLDER / "before_after.gif",
        save_all=True,
        append_images=frames[1:],
        duration=40,
        loop=0,  # begins anew: who scrolls to it later sees it, too
    )


def film(policy, label, n_frames=125):
    """Return frames of a policy's first seconds, at half size; it begins again after a fall."""
    env = gym.make("CartPole-v1", render_mode="rgb_array")
    (observation, _), frames = env.reset(seed=3), []
    for _ in range(n_frames):
        image = Image.fromarray(env.render()).resize((360, 240)).crop((0, 30, 360, 240))
        ImageDraw.Draw(image).text((12, 8), label, "black", ImageFont.load_default(20))
        frames.append(np.array(image))
        for _ in range(2):
            observation, _, terminated, truncated, _ = env.step(int(policy(observation)))
            if terminated or truncated:
                observation, _ = env.reset()
    return frames


PICTURES = cartpole, policy_network, credit_assignment, actor_critic, thirty_seeds, course_map


def save(draw):
    """Write a picture under the name of its function, with what it is and of which study."""
    figure = np.ravel(draw())[0].figure
    told = {"Software": None, "Title": draw.__name__, "Source": digest(TABLE.read_text())}
    figure.savefig(FOLDER / f"{draw.__name__}.png", metadata=told)
    plt.close(figure)


if __name__ == "__main__":
    plt.style.use("cartpole_lib.course")
    for draw in PICTURES:
        save(draw)
    before_after()
