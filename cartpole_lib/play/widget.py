"""CartPole to play by hand inside a notebook, by keys or by buttons, without a window.

`widget.js` beside this file is the page's side: it draws and keeps the time. Each of its ticks
is a message, the environment takes its step here, and the answer is the next picture. So
nothing runs here that nobody looks at: no thread, and no cell that waits for the player.
"""

import io
from pathlib import Path

import anywidget
from PIL import Image
from traitlets import Int

from cartpole_lib.guards import guard
from cartpole_lib.guards.plays import named_policies
from cartpole_lib.picture import Picture
from cartpole_lib.play.game import SLOWER, Game, comparison
from cartpole_lib.policies import lean_policy

WORDS = "CartPole to play by hand: run this cell, then push the cart with the left and right keys"


@guard(policies=named_policies)
def play_cartpole(seed=0, policies=None):
    """Return a widget to play CartPole by hand; shown as the last line of a cell.

    `seed` draws the starts, a new one for each episode; None draws others each time. When an
    episode is over, each of `policies`, a dict of names and policies, plays from the same start,
    and the scores stand side by side; the default is {"lean": lean_policy}.

    Raises TypeError or ValueError for a bad argument. Used in notebook 01.
    """
    game, policies = Game(seed), {"lean": lean_policy} if policies is None else policies
    for policy in policies.values():
        game.score_of(policy)  # one that does not fit complains here, not at the end of a game
    return _Widget(game, policies)


class _Widget(anywidget.AnyWidget):
    _esm = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
    _css = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")

    step_milliseconds, slower = Int().tag(sync=True), Int(SLOWER).tag(sync=True)

    def __init__(self, game, policies):
        super().__init__(step_milliseconds=1000 // game.steps_per_second)
        self.game, self.policies = game, policies
        self.on_msg(self._answer)

    def _answer(self, _, content, buffers):
        match content:
            case {"do": "push", "action": 0 | 1 as action}:
                self.game.push(action)
            case {"do": "restart"}:
                self.game.leave()
                self.game.restart()
            case {"do": "show"}:
                pass
            case _:
                return
        game = self.game
        state = {"score": game.score, "best": game.best, "over": game.over, "words": self._words()}
        self.send(state, [_encoded(game.frame(), "jpeg", quality=90)])

    def _words(self):
        if not self.game.over:
            return ""
        others = {name: self.game.score_of(policy) for name, policy in self.policies.items()}
        return comparison({"you": self.game.score} | others)

    def _repr_mimebundle_(self, **options):
        data, metadata = super()._repr_mimebundle_(**options)
        still = _encoded(self.game.frame(), "png", optimize=True)
        twin = Picture(still, "image/png", WORDS, WORDS, still, 600)
        return data | twin._repr_mimebundle_(), metadata


def _encoded(frame, form, **options):
    buffer = io.BytesIO()
    Image.fromarray(frame).save(buffer, form, **options)
    return buffer.getvalue()
