"""Figures from data. Each function draws on `ax`, or on a new figure, and returns the axes.

The look is in `course.mplstyle`: begin with `plt.style.use("cartpole_lib.course")`.
"""

import io

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from cartpole_lib.evaluate import summarize
from cartpole_lib.guards import guard, plots
from cartpole_lib.guards.episodes import batch_of_episodes
from cartpole_lib.picture import Picture
from cartpole_lib.returns import discounted_returns, standardize

HIGHEST = 6  # inches of a figure: it fits a page of the browser together with its caption
DEGREES = 180 / np.pi
# Of each CartPole observation: label, factor to the label's unit, limit in that unit (None: no limit).
CARTPOLE_ROWS = [
    ("position\n(m)", 1, 2.4),
    ("velocity\n(m/s)", 1, None),
    ("angle\n(°)", DEGREES, 12),
    ("angular\nvelocity (°/s)", DEGREES, None),
]


@guard(axes=plots.figure_parts)
def show(axes, caption):
    """Close the figure of `axes` and return it as a `Picture` with `caption` as text and below."""
    figure = np.ravel(axes)[0].figure
    dpi, canvas = figure.dpi, FigureCanvasAgg(figure)
    width = round(figure.get_figwidth() * dpi)
    figure.set_dpi(1.5 * dpi)
    canvas.draw()
    sharp = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    figure.set_dpi(dpi)  # who shows it again gets it in the same size
    plt.close(figure)
    still = sharp.resize((width, sharp.height * width // sharp.width), Image.Resampling.HAMMING)
    return Picture(_png(sharp), "image/png", caption, caption, _png(still), width)


def _png(image):
    """Return an image as PNG bytes, in few colours: they look the same and are committed."""
    buffer = io.BytesIO()
    image.quantize(32, Image.Quantize.FASTOCTREE).save(buffer, "png", optimize=True)
    return buffer.getvalue()


@guard(rows=plots.rows_for, ax=plots.axes_for_rows)
def plot_episode(episode, rows=None, ax=None):
    """Draw what was observed and done at each step of `episode`, with the limits dashed.

    `rows` has a label, a factor and a limit (or None) for each number of an observation.
    Without it four numbers are taken for CartPole's; any others are called number 0, number 1
    and so on. `ax` is an array with one axes more than rows, the last one for the actions.
    Returns these axes.
    """
    n_numbers = episode.observations.shape[1]
    if rows is None:
        by_number = [(f"number {i}", 1, None) for i in range(n_numbers)]
        rows = CARTPOLE_ROWS if n_numbers == len(CARTPOLE_ROWS) else by_number
    if ax is None:
        height = min(HIGHEST, 1.5 * (n_numbers + 1))
        _, ax = plt.subplots(n_numbers + 1, sharex=True, figsize=(9, height))
    for axes, values, (label, factor, limit) in zip(ax, episode.observations.T, rows):
        axes.plot(factor * values)
        for side in (-limit, limit) if limit else ():
            axes.axhline(side, color="black", linestyle="--", linewidth=1.5)
        axes.set_ylabel(label)
    ax[-1].plot(episode.actions, ".", color="C1")
    ax[-1].margins(y=0.4)
    ax[-1].set(ylabel="action", xlabel="step", yticks=np.unique(episode.actions))
    for axes in ax:
        axes.yaxis.label.set(rotation=0, ha="right", va="center")
    return ax


@guard(rewards=batch_of_episodes, ax=plots.so_many_axes(3))
def plot_credit_assignment(rewards, gamma, ax=None):
    """Draw the rewards, returns and standardised returns of a batch of episodes, side by side.

    `rewards` is a list of arrays, one for each episode, each in its own colour, or one array;
    `ax` is an array of three axes. Returns these axes.
    """
    returns = [discounted_returns(episode, gamma) for episode in rewards]
    if ax is None:
        _, ax = plt.subplots(3, sharex=True, figsize=(9, HIGHEST))
    width = 0.8 if sum(map(len, rewards)) < 60 else 1  # gaps between many thin bars flicker
    titles = ("reward $r_t$", f"return $G_t$, gamma {gamma:g}", "standardised over the batch")
    for axes, title, shown in zip(ax, titles, (rewards, returns, standardize(returns))):
        start = 0
        for values in shown:
            axes.bar(start + np.arange(len(values)), values, width)
            start += len(values) + 1
        axes.axhline(0, color="black", linewidth=1)
        axes.set_title(title)
    ax[-1].set(xlabel="step, episode after episode", xticks=[])
    return ax


@guard(expect=plots.value_function)
def plot_values(expect, ax=None):
    """Draw the values of CartPole observations over angle and angular velocity, as a map.

    `expect` is a function from observations to values, shape (..., 1), such as
    `numpy_forward(value_net)`; the cart stands still in the middle. Returns the axes.
    """
    if ax is None:
        _, ax = plt.subplots(figsize=(7, 5))
    angles, velocities = np.meshgrid(np.linspace(-12, 12, 61), np.linspace(-120, 120, 61))
    observations = np.zeros((61, 61, 4), np.float32)
    observations[..., 2], observations[..., 3] = angles / DEGREES, velocities / DEGREES
    values = np.asarray(expect(observations))[..., 0]
    ax.figure.colorbar(ax.contourf(angles, velocities, values, levels=12), ax=ax)
    ax.set(xlabel="angle (°)", ylabel="angular velocity (°/s)")
    return ax


@guard(returns_of=plots.returns_by_name)
def plot_evaluations(returns_of, threshold=None, ax=None):
    """Draw the returns of several policies: a dot an episode, the mean and its 95 % interval.

    `returns_of` maps a policy's name to its returns, as `evaluate` gives them. Returns the axes.
    """
    if ax is None:
        _, ax = plt.subplots(figsize=(9, min(HIGHEST, 1 + 0.9 * len(returns_of))))
    for row, returns in enumerate(returns_of.values()):
        summary = summarize(returns, threshold=0)
        shifts = np.linspace(-0.25, 0.25, len(returns))  # else equal returns hide each other
        ax.scatter(returns, row + shifts, s=12, alpha=0.4)
        ends = [summary.low, summary.high]
        ax.plot(ends, [row, row], color="black", linewidth=6, solid_capstyle="butt")
        ax.plot(summary.mean, row, "o", color="white", markeredgecolor="black", markersize=9)
    if threshold is not None:
        ax.axvline(threshold, color="black", linestyle="--", linewidth=1.5)
        ax.set_title(f"dashed: solved from {threshold:g} on", loc="right")
    ax.set(
        yticks=range(len(returns_of)), yticklabels=list(returns_of), xlabel="return of one episode"
    )
    if min(map(np.min, returns_of.values())) >= 0:
        ax.set_xlim(left=0)
    ax.invert_yaxis()
    return ax
