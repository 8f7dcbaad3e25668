"""What can be drawn."""

import numpy as np

from cartpole_lib.guards.values import short, vector


def figure_parts(axes, name):
    """Return `axes` if they are those of a figure."""
    if not all(hasattr(ax, "figure") for ax in np.ravel(axes)):
        raise TypeError(
            f"{name} must be what a plot function returns; got {short(axes)}: the axes come first, "
            "show(axes, caption)"
        )
    return axes


def rows_for(rows, name, episode):
    """Return `rows` if there is one for each observation of `episode`."""
    n_observations = episode.observations.shape[1]
    if len(rows) != n_observations:
        raise ValueError(
            f"{name} must describe the {n_observations} observations of this episode; got "
            f"{len(rows)}: leave {name} out, or give each a label, a factor and a limit, as in "
            f"{name}=[('position (m)', 1, 2.4), ('velocity (m/s)', 1, None)]"
        )
    return rows


def returns_by_name(returns_of, name):
    """Return `returns_of` if it maps names to returns."""
    if not hasattr(returns_of, "items"):
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
    try:
        shape = np.shape(expect(np.zeros((1, 4), np.float32)))
    except ValueError as error:
        raise ValueError(
            f"{name} does not take the four numbers of CartPole, which this map is of: {error}"
        ) from error
    if shape != (1, 1):
        raise ValueError(
            f"{name} must give each observation one value; it gives {shape[1:]}: pass a critic, "
            "numpy_forward(value_net), and not a policy network"
        )
    return expect
