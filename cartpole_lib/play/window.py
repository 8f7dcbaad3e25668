"""Windows of one's own: play CartPole by keyboard, or watch a policy. For a terminal, not a notebook.

Gymnasium has `gymnasium.utils.play`, but its player pushes left whenever no key is down, and it
has no score, slow motion, or pause at the end; importing it also changes matplotlib's backend.
"""

from contextlib import suppress

import pygame

from cartpole_lib.play.game import LEFT, RIGHT, SLOWER, comparison
from cartpole_lib.rollout import play_episode

BAR = 40  # pixels above and below the picture, for words
INK, PAPER, ACCENT = (20, 20, 20), (255, 255, 255), (150, 60, 0)
KEYS = "left, right: push    S: slow motion    R: new game    Esc: leave"


def need_display():
    """Raise RuntimeError where SDL would draw into memory and nobody would see a window."""
    try:
        pygame.display.init()
        seen = pygame.display.get_driver() not in ("dummy", "offscreen")
    except pygame.error:
        seen = False
    if not seen:
        pygame.quit()
        raise RuntimeError(
            "there is no display for a window: play in the notebook of lesson 1, "
            "notebooks/01_meet_cartpole.ipynb, or watch with --gif out.gif"
        )


class _Screen:
    """A window with a picture, and a line of words above and below it."""

    def __init__(self, title, frame):
        pygame.init()
        height, width, _ = frame.shape
        self.surface = pygame.display.set_mode((max(width, 600), height + 2 * BAR))
        pygame.display.set_caption(title)
        self.font, self.clock = pygame.font.Font(None, 26), pygame.time.Clock()

    def show(self, frame, above, below, message=""):
        width, height = self.surface.get_size()
        self.surface.fill(PAPER)
        picture = pygame.surfarray.make_surface(frame.swapaxes(0, 1))
        self.surface.blit(picture, ((width - picture.get_width()) // 2, BAR))
        for words, y, ink in (
            (above, BAR // 2, INK),
            (message, BAR + 60, ACCENT),
            (below, height - BAR // 2, INK),
        ):
            line = self.font.render(words, True, ink)
            self.surface.blit(line, line.get_rect(center=(width // 2, y)))
        pygame.display.flip()

    def keys(self):
        """Return the keys that went down since the last call; None if the window was closed."""
        events = pygame.event.get()
        keys = [event.key for event in events if event.type == pygame.KEYDOWN]
        closed = any(event.type == pygame.QUIT for event in events)
        return None if closed or pygame.K_ESCAPE in keys else keys


def play_window(game, score_others):
    """Let somebody play `game` in a window until it is closed.

    `score_others(start)` is called while an episode's end is on show, and returns a dict of
    names and scores, None for one still to come.
    """
    screen = _Screen("CartPole: play it yourself", game.frame())
    action, slow = None, False  # None: before the first push
    while (keys := screen.keys()) is not None:
        for key in keys:
            if key in (pygame.K_LEFT, pygame.K_RIGHT):
                action = LEFT if key == pygame.K_LEFT else RIGHT
            slow ^= key == pygame.K_s
            if key == pygame.K_r or (game.over and key in (pygame.K_RETURN, pygame.K_SPACE)):
                game.leave()
                game.restart()
                action = None
        if action is not None:
            game.push(action)
        best = "none yet" if game.best is None else game.best
        above = f"score: {game.score}    best: {best}" + "    slow motion" * slow
        screen.show(game.frame(), above, KEYS, _message(game, action, score_others))
        screen.clock.tick(game.steps_per_second / (SLOWER if slow else 1))
    game.leave()
    pygame.quit()


def _message(game, action, score_others):
    if game.over:
        return comparison({"you": game.score} | score_others(game.start)) + "    Enter: again"
    return "Press left or right to begin. The last push goes on." if action is None else ""


def watch_window(env, policy, seed=None):
    """Show episodes of `policy` in a window, in real time, until it is closed.

    `env` draws frames (`render_mode="rgb_array"`); `seed` is that of the first episode's start.
    """
    env.reset(seed=seed)
    screen = _Screen("Watch a policy", env.render())
    fps, step = env.metadata.get("render_fps", 50), 0

    def shown(observation):
        nonlocal step
        if screen.keys() is None:
            raise _Closed
        screen.show(env.render(), f"step {step}", "Esc: leave")
        screen.clock.tick(fps)
        step += 1
        return policy(observation)

    with suppress(_Closed):
        while True:
            step = 0
            play_episode(env, shown, seed)
            seed = None if seed is None else seed + 1
    pygame.quit()


class _Closed(Exception):
    """The window was closed."""
