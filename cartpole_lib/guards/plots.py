"""What can be drawn."""

import numpy as np

from cartpole_lib.guards.values import called_with, has, must_be, short, vector

one_axes = must_be("one axes, such as plt.subplots()[1]", has("plot"))


def so_many_axes(n):
    """Return the check of an array of `n` axes."""

    def fits(ax):
        return np.iterable(ax) and len(list(ax)) == n and all(map(has("plot"), ax))

    return must_be(f"an array of {n} axes, such as plt.subplots({n})[1]", fits)


def axes_for_rows(ax, name, episode):
    """Return `ax` if it has an axes for each number of an observation, and one for the actions."""
    return so_many_axes(episode.observations.shape[1] + 1)(ax, name)


def figure_parts(axes, name):
    """Return `axes` if they are those of a figure."""
    parts = np.array(axes, dtype=object).ravel()
    if not parts.size or not all(hasattr(getattr(ax, "figure", None), "dpi") for ax in parts):
        raise TypeError(
            f"{name} must be what a plot function returns; got {short(axes)}: the axes come first, "
            "show(axes, caption)"
        )
    return axes


def rows_for(rows, name, episode):
    """Return `rows` if there is one for each observation of `episode`."""
    n_observations = episode.observations.shape[1]
    whole = all(np.iterable(row) and not isinstance(row, str) and len(row) == 3 for row in rows)
    if len(rows) != n_observations or not whole:
        got = len(rows) if len(rows) != n_observations else short(rows)
        raise ValueError(
            f"{name} must describe the {n_observations} observations of this episode; got "
            f"{got}: leave {name} out, or give each a label, a factor and a limit, as in "
            f"{name}=[('position (m)', 1, 2.4), ('velocity (m/s)', 1, None)]"
        )
    return rows


def returns_by_name(returns_of, name):
    """Return `returns_of` if it maps names to returns."""
    if not hasattr(returns_of, "items") or not returns_of:
        raise TypeError(
            f"{name} must be a dict from names to returns, such as {{'lean': returns}}; got "
            f"{short(returns_of)}"
        )
    return {key: vector(returns, f"{name}[{key!r}]") for key, returns in returns_of.items()}


def value_function(expect, name):
    """Return `expect` if it gives CartPole's observations a value each."""
    if hasattr(expect, "trainable_variables") or not callable(expect):
        raise TypeError(
            f"{name} must be a function from observations to values; got {short(expect)}: of a "
            "network pass numpy_forward(value_net)"
        )
    called_with("observations")(expect, name)
    try:
        shape = np.shape(expect(np.zeros((1, 4), np.float32)))
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"{name} does not take the four numbers of CartPole, which this map is of: {error}"
        ) from error
    if shape != (1, 1):
        raise ValueError(
            f"{name} must give each observation one value; it gives {shape[1:]}: pass a critic, "
            "numpy_forward(value_net), and not a policy network"
        )
    return expect
