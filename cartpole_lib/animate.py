"""Watch a policy play: an animation inside the notebook, without a window or a video encoder."""

import io
import itertools

from PIL import Image

from cartpole_lib.picture import Picture
from cartpole_lib.play_checks import check_playable
from cartpole_lib.rollout import play_episode

FRAMES_PER_SECOND = 25
COLOURS = 16


def animate(env, policy, seed=None):
    """Play one episode of `env` and return it as an inline animation, in real time.

    The arguments are those of `play_episode`, and the same seed gives the same episode.
    The text of the picture says how many steps the episode took and its return.

    Raises ValueError if `env` does not draw frames: make it with
    `gym.make(…, render_mode="rgb_array")`. Used in notebook 01 and from 04 on.
    """
    check_playable(env, policy)
    if env.render_mode != "rgb_array":
        raise ValueError(
            f"env.render_mode must be 'rgb_array'; got {env.render_mode!r}: "
            "make the environment with gym.make('CartPole-v1', render_mode='rgb_array')"
        )
    frames, step = [], itertools.count()
    stride = max(1, round(env.metadata["render_fps"] / FRAMES_PER_SECOND))

    def filmed(observation):
        if next(step) % stride == 0:
            frames.append(Image.fromarray(env.render()))
        return policy(observation)

    episode = play_episode(env, filmed, seed)
    frames.append(Image.fromarray(env.render()))  # how it ended
    alt = _words(env, episode)
    return Picture(_gif(frames, 1000 * stride / env.metadata["render_fps"]), "image/gif", alt)


def _words(env, episode):
    name = env.spec.name if env.spec else "Episode"
    end = "ended by itself" if episode.terminated else "cut off by the time limit"
    return (
        f"{name} animation: {len(episode.actions)} steps, return {episode.rewards.sum():g}, {end}"
    )


def _gif(frames, milliseconds):
    """Pack images into a GIF that shows each for some milliseconds, the last one longer."""
    palette = frames[0].quantize(
        COLOURS, Image.Quantize.MAXCOVERAGE
    )  # one for all: ten times faster
    frames = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]
    durations = [milliseconds] * (len(frames) - 1) + [1500]
    buffer = io.BytesIO()
    frames[0].save(
        buffer, "GIF", save_all=True, append_images=frames[1:], duration=durations, loop=0
    )
    return buffer.getvalue()
