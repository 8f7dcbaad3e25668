"""Watch a policy play: an animation inside the notebook, without a window or a video encoder."""

import io
import itertools

from PIL import Image, ImageChops, ImageDraw, ImageFont
from PIL.GifImagePlugin import getdata, getheader

from cartpole_lib.guards import guard
from cartpole_lib.guards.worlds import drawing
from cartpole_lib.picture import Picture
from cartpole_lib.rollout import play_episode

FRAMES_PER_SECOND = 25
COLOURS = 16


@guard(env=drawing)
def animate(env, policy, seed=None):
    """Play one episode of `env` and return it as an inline animation, in real time.

    The arguments are those of `play_episode`, and the same seed gives the same episode.
    The text of the picture says how many steps the episode took and its return.

    Raises ValueError if `env` does not draw frames: make it with
    `gym.make(…, render_mode="rgb_array")`. Used in notebooks 01, 04, 05 and 08.
    """
    fps, step = env.metadata.get("render_fps", 50), itertools.count()
    stride = max(1, round(fps / FRAMES_PER_SECOND))
    frames = _Gif(duration=1000 * stride / fps)

    def filmed(observation):
        t = next(step)
        if t % stride == 0:
            frames.add(env.render(), f"step {t // 10 * 10}")  # each new number costs bytes
        return policy(observation)

    episode = play_episode(env, filmed, seed)
    frames.add(env.render(), f"step {len(episode.actions)}", duration=1500)  # how it ended
    name = env.spec.name if env.spec else env.title
    end = "ended by itself" if episode.terminated else "cut off by the time limit"
    caption = f"{len(episode.actions)} steps, return {episode.rewards.sum():g}, {end}"
    alt = f"{name} animation: {caption}"
    return Picture(frames.data(), "image/gif", alt, caption, frames.still(), frames.last.size[0])


class _Gif:
    """A GIF that grows frame by frame: only what changed is kept, so long episodes fit in memory."""

    def __init__(self, duration):
        self.duration, self.chunks, self.last = duration, [], None
        self.font = ImageFont.load_default(20)

    def add(self, pixels, label, duration=None):
        image = Image.fromarray(pixels)
        ImageDraw.Draw(image).text((12, 8), label, "black", self.font)
        if self.last is None:
            self.palette = image.quantize(COLOURS, Image.Quantize.MAXCOVERAGE)
        image = image.quantize(palette=self.palette, dither=Image.Dither.NONE)  # ten times faster
        box = (0, 0, *image.size)
        if self.last is None:
            self.chunks += getheader(image, info={"loop": 0})[0]
        else:
            box = ImageChops.difference(self.last, image).getbbox() or (0, 0, 1, 1)
        self.chunks += getdata(image.crop(box), box[:2], duration=duration or self.duration)
        self.last = image

    def data(self):
        return b"".join([*self.chunks, b";"])

    def still(self):
        buffer = io.BytesIO()
        self.last.save(buffer, "png", optimize=True)
        return buffer.getvalue()
