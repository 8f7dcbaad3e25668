"""CartPole played by hand: the rules, the window, and the widget of lesson 1."""

import io
import re
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import fakes
import gymnasium as gym
import nbformat
import numpy as np
import pygame
import pytest
from execute_notebooks import normalise
from PIL import Image

from cartpole_lib.__main__ import main
from cartpole_lib.play import window
from cartpole_lib.play.game import Game, comparison
from cartpole_lib.play.opponent import Opponent
from cartpole_lib.play.widget import play_cartpole
from cartpole_lib.policies import lean_policy, linear_policy
from cartpole_lib.rollout import play_episode

LEFT, RIGHT = 0, 1


@pytest.fixture(autouse=True)
def no_screen(monkeypatch):
    pygame.quit()
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")


def fall(game):
    while not game.over:
        game.push(RIGHT)


# ---- the rules


def test_a_game_is_the_real_environment():
    game = Game(seed=0)
    fall(game)
    always_right = play_episode(game.env, lambda observation: RIGHT, seed=game.start)
    assert game.score == game.best == len(always_right.actions)
    assert (
        game.score_of(lean_policy)
        == play_episode(game.env, lean_policy, seed=game.start).rewards.sum()
    )


def test_every_game_has_its_own_start_and_a_seed_repeats_them():
    def starts(seed):
        game = Game(seed)
        first = game.start
        game.restart()
        return [first, game.start]

    assert starts(0) == starts(0) != starts(1)
    assert len(set(starts(0))) == 2
    assert starts(None) != starts(None)


def test_the_best_game_is_kept_with_its_start():
    game = Game(seed=0)
    game.observation[:] = 0
    while not game.over:
        game.push(int(lean_policy(game.observation)))
    best, start = game.score, game.start
    game.restart()
    assert (game.score, game.over) == (0, False)
    fall(game)
    assert game.score < best
    assert (game.best, game.best_start) == (best, start)


def test_leaving_early_counts_what_was_reached():
    game = Game(seed=0)
    game.leave()
    assert game.best is None
    game.push(LEFT)
    game.push(RIGHT)
    game.leave()
    assert (game.best, game.best_start) == (2, game.start)


def test_a_push_after_the_end_is_no_step():
    game = Game(seed=0)
    fall(game)
    score = game.score
    game.push(RIGHT)
    assert game.score == score


def test_a_game_ends_at_the_time_limit_too():
    game = Game(seed=0)
    game.env = gym.make("CartPole-v1", max_episode_steps=3, render_mode="rgb_array")
    game.restart()
    for _ in range(3):
        assert not game.over
        game.push(RIGHT)
    assert game.over and game.best == 3


def test_a_policy_plays_the_start_that_is_asked_for():
    game = Game(seed=0)
    expected = [play_episode(game.env, lean_policy, seed=s).rewards.sum() for s in range(5)]
    assert [game.score_of(lean_policy, start) for start in range(5)] == expected


def test_the_comparison_in_words():
    assert comparison({"you": 63, "lean": 42, "trained": 500}) == "you: 63, lean: 42, trained: 500"
    assert comparison({"you": 3, "trained": None}) == "you: 3, trained: not yet"


def test_the_rules_need_no_window():
    loaded = "import sys, cartpole_lib.play.game; print({'pygame', 'anywidget'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"


# ---- the window


class Hands:
    """Presses keys at given frames in place of a player, and keeps what the window shows."""

    def __init__(self, monkeypatch, keys_at, quit_at):
        self.keys_at, self.quit_at, self.frames, self.words, self.rates = (
            keys_at,
            quit_at,
            0,
            [],
            [],
        )
        monkeypatch.setattr(pygame.display, "flip", self.flip)
        show = window._Screen.show

        def kept(screen, frame, above, below, message=""):
            self.words.append((above, message))
            self.below = below
            show(screen, frame, above, below, message)

        monkeypatch.setattr(window._Screen, "show", kept)
        monkeypatch.setattr(pygame.time, "Clock", lambda: self)

    def tick(self, rate):
        self.rates.append(rate)

    def flip(self):
        assert self.frames < self.quit_at + 9, "the window stays open"
        self.picture = pygame.surfarray.array3d(pygame.display.get_surface())
        for key in self.keys_at.get(self.frames, []):
            for down_and_up in (pygame.KEYDOWN, pygame.KEYUP):
                pygame.event.post(pygame.event.Event(down_and_up, key=key))
        if self.frames == self.quit_at:
            pygame.event.post(pygame.event.Event(pygame.QUIT))
        self.frames += 1


def nobody(start):
    return {}


def test_the_window_waits_for_the_first_push(monkeypatch):
    game, hands = Game(seed=0), Hands(monkeypatch, {}, quit_at=5)
    window.play_window(game, nobody)
    assert (game.score, game.best) == (0, None)
    assert hands.words[-1] == (
        "score: 0    best: none yet",
        "Press left or right to begin. The last push goes on.",
    )
    assert hands.picture.shape == (600, 480, 3)
    assert not pygame.get_init()


def test_keys_push_and_the_last_push_goes_on(monkeypatch):
    game, pushes = Game(seed=0), []
    push = game.push
    monkeypatch.setattr(game, "push", lambda action: (pushes.append(action), push(action)))
    keys = {0: [pygame.K_LEFT], 2: [pygame.K_RIGHT], 5: [pygame.K_ESCAPE]}
    hands = Hands(monkeypatch, keys, quit_at=9)
    window.play_window(game, nobody)
    assert pushes == [LEFT, LEFT, RIGHT, RIGHT, RIGHT]
    assert hands.words[-1][0] == "score: 5    best: none yet"
    assert game.best == 5


def test_the_end_is_compared_and_enter_begins_anew(monkeypatch):
    game = Game(seed=0)
    hands = Hands(monkeypatch, {0: [pygame.K_RIGHT], 20: [pygame.K_RETURN]}, quit_at=22)
    first, asked = game.start, []

    def others(start):
        asked.append(start)
        return {"lean": 42, "trained": 500 if len(asked) > 3 else None}

    window.play_window(game, others)
    score = game.best
    assert set(asked) == {first} and score < 15
    ends = [message for _, message in hands.words if message.startswith("you")]
    assert ends[0] == f"you: {score}, lean: 42, trained: not yet    Enter: again"
    assert ends[-1] == f"you: {score}, lean: 42, trained: 500    Enter: again"
    assert hands.words[-1][0] == f"score: 0    best: {score}"


def test_slow_motion_and_a_new_game(monkeypatch):
    game, s = Game(seed=0), pygame.K_s
    hands = Hands(monkeypatch, {0: [pygame.K_LEFT], 1: [s], 3: [s], 4: [pygame.K_r]}, quit_at=6)
    window.play_window(game, nobody)
    assert hands.rates[:6] == [50, 50, 12.5, 12.5, 50, 50]
    assert "slow motion" in hands.words[2][0] and "slow" not in hands.words[4][0]
    assert (game.score, game.best) == (0, 4)


def test_watching(monkeypatch):
    hands = Hands(monkeypatch, {}, quit_at=60)
    window.watch_window(Game().env, lean_policy, seed=3)
    steps = [above for above, _ in hands.words]
    assert steps[:2] == ["step 0", "step 1"] and steps.count("step 0") == 2
    assert not pygame.get_init()


@pytest.mark.parametrize("driver", ["dummy", "offscreen", "x11"])
def test_no_display_is_said(monkeypatch, driver):
    pygame.quit()
    monkeypatch.setenv("SDL_VIDEODRIVER", driver)
    monkeypatch.setenv("DISPLAY", ":98765")
    with pytest.raises(RuntimeError, match="no display for a window: .*01_meet_cartpole.ipynb"):
        window.need_display()
    assert not pygame.get_init() and not pygame.display.get_init()


# ---- the opponent, a network in another process


def test_an_opponent_answers_from_a_process_of_its_own(capfd):
    opponent = Opponent(seed=7, serve=fakes.scores_at_once)
    opponent.ask(3)
    assert opponent.score(5, timeout=300) == 35
    assert opponent.score(3) == 21
    assert opponent.score(13, timeout=300) is None  # its process ended
    assert opponent.score(2, timeout=300) is None and opponent.score(3) == 21
    assert capfd.readouterr() == ("", "")


# ---- in a notebook


class Page:
    """The other side of the widget: sends what a browser would send, and keeps the answers."""

    def __init__(self, widget, monkeypatch):
        self.widget, self.answers = widget, []
        monkeypatch.setattr(widget, "send", lambda *answer: self.answers.append(answer))

    def ask(self, **content):
        self.widget._handle_custom_msg(content, [])
        return self.answers[-1][0]

    def picture(self):
        return Image.open(io.BytesIO(self.answers[-1][1][0]))


def test_the_widget_steps_the_real_environment(monkeypatch):
    page = Page(play_cartpole(seed=0), monkeypatch)
    assert page.ask(do="show") == {"score": 0, "best": None, "over": False, "words": ""}
    assert page.picture().size == (600, 400)
    scores = []
    while not (answer := page.ask(do="push", action=RIGHT))["over"]:
        scores.append(answer["score"])
    game = Game(seed=0)
    fall(game)
    assert scores == list(range(1, game.score)) and answer["best"] == game.score
    assert answer["words"] == comparison({"you": game.score, "lean": game.score_of(lean_policy)})
    assert page.ask(do="restart") == {"score": 0, "best": game.score, "over": False, "words": ""}


def test_the_widget_counts_a_game_that_is_left(monkeypatch):
    page = Page(play_cartpole(seed=0), monkeypatch)
    page.ask(do="push", action=LEFT)
    assert page.ask(do="restart") == {"score": 0, "best": 1, "over": False, "words": ""}


def always_left(observations):
    return 0 * observations[..., 0].astype(int)


@pytest.mark.parametrize("policies", [{"always left": always_left}, {}])
def test_the_widget_compares_with_any_policies_or_with_none(monkeypatch, policies):
    page = Page(play_cartpole(seed=0, policies=policies), monkeypatch)
    while not (answer := page.ask(do="push", action=LEFT))["over"]:
        pass
    names = ["you", *policies]
    assert answer["words"] == ", ".join(f"{name}: {answer['score']}" for name in names)


@pytest.mark.parametrize("content", [{"do": "push", "action": 7}, {"do": "eval"}, {}, None])
def test_the_widget_ignores_what_it_did_not_ask_for(monkeypatch, content):
    widget = play_cartpole(seed=0)
    monkeypatch.setattr(widget, "send", lambda *answer: pytest.fail("answered"))
    widget._handle_custom_msg(content, [])


def test_the_widget_has_a_static_twin():
    data, metadata = play_cartpole(seed=0)._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/plain"] == (
        "CartPole to play by hand: run this cell, then push the cart with the left and right keys"
    )
    assert data["text/plain"] in data["text/html"] and "base64" in data["text/html"]
    assert 'width="600"' in data["text/html"]  # as that of its picture
    assert data["image/png"] == play_cartpole(seed=0)._repr_mimebundle_()[0]["image/png"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"seed": -1}, "seed must be a whole number"),
        ({"policies": lean_policy}, "policies must be a dict of names and policies"),
        ({"policies": {"lean": "lean"}}, r"policies\['lean'\] must be a function"),
    ],
)
def test_the_widget_is_refused_what_does_not_fit(arguments, message):
    with pytest.raises((TypeError, ValueError), match=message):
        play_cartpole(**arguments)


def test_a_committed_notebook_keeps_the_twin():
    data, _ = play_cartpole(seed=0)._repr_mimebundle_()
    output = nbformat.v4.new_output("execute_result", data, execution_count=1)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(outputs=[output])])
    normalise(notebook)
    assert notebook.cells[0].outputs[0].data.keys() == {"text/plain", "text/html", "image/png"}
    assert notebook.cells[0].outputs[0].data["text/plain"].startswith("CartPole to play by hand")


def test_the_widget_plays_on_after_somebody_closed_an_environment(monkeypatch):
    page = Page(play_cartpole(seed=0), monkeypatch)
    page.ask(do="show")
    pygame.quit()  # as every env.close() does
    assert page.ask(do="push", action=LEFT)["score"] == 1
    page.ask(do="restart")
    assert page.picture().size == (600, 400)


# ---- python -m cartpole_lib play


@pytest.mark.parametrize(("serve", "trained"), [("scores_at_once", ", trained: 0"), ("nobody", "")])
def test_the_command_compares_when_the_window_is_closed(monkeypatch, capsys, serve, trained):
    monkeypatch.setattr(window, "need_display", lambda: None)
    monkeypatch.setattr("cartpole_lib.play.opponent._serve", getattr(fakes, serve))
    hands = Hands(monkeypatch, {0: [pygame.K_LEFT]}, quit_at=30)
    assert main(["play"]) == 0
    score = re.search(r"best: (\d+)", hands.words[-1][0])[1]
    said = capsys.readouterr().out.splitlines()[-1]
    assert re.fullmatch(rf"you: {score}, lean: \d+{trained}", said)


def test_the_command_says_nothing_of_who_did_not_play(monkeypatch, capsys):
    monkeypatch.setattr(window, "need_display", lambda: None)
    monkeypatch.setattr("cartpole_lib.play.opponent._serve", fakes.nobody)
    Hands(monkeypatch, {}, quit_at=2)
    assert main(["play"]) == 0 and capsys.readouterr().out == ""


# ---- what a player sees is what happened


def play_twice(game):
    """Play a good game, then a bad one, and return both scores."""
    while not game.over:
        game.push(int(lean_policy(game.observation)))
    good = game.score
    game.restart()
    fall(game)
    return good, game.score


def test_the_widget_compares_this_game_and_not_the_best(monkeypatch):
    page = Page(play_cartpole(seed=0), monkeypatch)
    good, bad = play_twice(page.widget.game)
    assert good > bad
    assert page.ask(do="show")["words"].startswith(f"you: {bad}, lean: ")


def test_the_window_compares_with_others_on_the_start_of_this_game():
    game, asked = Game(seed=0), []
    play_twice(game)
    window._message(game, None, lambda start: asked.append(start) or {})
    assert asked == [game.start] != [game.best_start]


def test_the_widget_plays_in_real_time():
    assert play_cartpole(seed=0).step_milliseconds == 20


def test_a_policy_that_does_not_fit_is_refused_before_the_game():
    with pytest.raises(ValueError, match="7"):
        play_cartpole(policies={"seven": lambda observations: 7})


def test_the_command_compares_the_best_game_from_its_own_start(monkeypatch, capsys):
    monkeypatch.setattr(window, "need_display", lambda: None)
    monkeypatch.setattr("cartpole_lib.play.opponent._serve", fakes.nobody)
    best = []

    def play(game, others):
        best.append(play_twice(game)[0])
        while game.score_of(lean_policy, game.start) == best[0]:
            game.restart()

    monkeypatch.setattr(window, "play_window", play)
    assert main(["play"]) == 0
    said = capsys.readouterr().out.splitlines()[-1]
    assert said == f"you: {best[0]}, lean: {best[0]}"  # lean played both


def test_each_watched_episode_has_a_start_of_its_own_and_real_time(monkeypatch):
    env, seeds = Game().env, []
    reset = env.reset
    monkeypatch.setattr(env, "reset", lambda seed=None: seeds.append(seed) or reset(seed=seed))
    hands = Hands(monkeypatch, {}, quit_at=100)
    window.watch_window(env, always_left, seed=0)  # as the command does, unless it is told
    assert seeds[:4] == [0, 0, 1, 2] and set(hands.rates) == {50}


def test_the_window_shows_the_picture_upright(monkeypatch):
    game, hands = Game(seed=0), Hands(monkeypatch, {}, quit_at=2)
    window.play_window(game, nobody)
    shown = hands.picture[:, window.BAR : -window.BAR].swapaxes(0, 1)
    assert (shown[200:] == game.frame()[200:]).all()  # words lie over the upper half


def test_an_opponent_leaves_ctrl_c_as_it_was():
    before = signal.getsignal(signal.SIGINT)
    Opponent(serve=fakes.nobody)
    assert signal.getsignal(signal.SIGINT) is before


STAYS = linear_policy([0.1, 0.2, 1, 1])


def test_a_game_and_a_policy_may_go_on_to_500():
    game = Game(seed=0)
    assert game.score_of(STAYS) == 500
    while not game.over:
        game.push(int(STAYS(game.observation)))
    assert game.score == 500


def test_enter_and_space_do_not_end_a_game_at_hand(monkeypatch):
    game = Game(seed=0)
    keys = {0: [pygame.K_RIGHT], 2: [pygame.K_SPACE], 3: [pygame.K_RETURN]}
    Hands(monkeypatch, keys, quit_at=5)
    start = game.start
    window.play_window(game, nobody)
    assert (game.score, game.start) == (5, start)


def test_the_widget_lets_policies_play_the_start_of_this_game(monkeypatch):
    page = Page(play_cartpole(seed=0), monkeypatch)
    game = page.widget.game
    _, bad = play_twice(game)
    lean = game.score_of(lean_policy, game.start)
    assert lean != game.score_of(lean_policy, game.best_start)
    assert page.ask(do="show")["words"] == f"you: {bad}, lean: {lean}"


@pytest.mark.parametrize("seed", [0, 1])
def test_the_widget_draws_its_starts_from_the_seed(seed):
    assert play_cartpole(seed).game.start == Game(seed).start


def test_slow_motion_reaches_the_page():
    assert play_cartpole(seed=0).get_state()["slower"] == 4


def test_an_opponent_is_asked_once_for_a_start_and_ends_with_the_program(monkeypatch):
    asked, options = [], {}
    connection = SimpleNamespace(send=asked.append, poll=lambda timeout: False, close=lambda: None)

    def process(**given):
        options.update(given)
        return SimpleNamespace(start=lambda: None)

    context = SimpleNamespace(Pipe=lambda: (connection, connection), Process=process)
    contexts = {"spawn": context}  # a fork would share the window
    monkeypatch.setattr("multiprocessing.get_context", contexts.__getitem__)
    opponent = Opponent()
    assert [opponent.score(start) for start in (3, 3, 5, 3)] == [None] * 4
    assert asked == [3, 5] and options["daemon"]


def one_push(game, others):
    game.push(LEFT)
    game.leave()


def said_after_one_push(monkeypatch, capsys, **opponent):
    """Return what `play` prints after a push, with something else for an opponent."""
    monkeypatch.setattr(window, "need_display", lambda: None)
    monkeypatch.setattr(window, "play_window", one_push)
    stub = SimpleNamespace(ask=lambda start: None, **opponent)
    monkeypatch.setattr("cartpole_lib.play.opponent.Opponent", lambda: stub)
    assert main(["play"]) == 0
    return capsys.readouterr().out.splitlines()


def test_ctrl_c_leaves_out_the_network_and_not_the_score(monkeypatch, capsys):
    def score(start, timeout=0):
        if timeout:
            raise KeyboardInterrupt

    training, said = said_after_one_push(monkeypatch, capsys, score=score, alive=True)
    assert training.startswith("A network is still training")
    assert re.fullmatch(r"you: 1, lean: \d+, trained: not yet", said)


def test_nobody_waits_for_a_network_whose_process_failed(monkeypatch, capsys):
    [said] = said_after_one_push(monkeypatch, capsys, score=lambda start, timeout=0: None, alive=0)
    assert re.fullmatch(r"you: 1, lean: \d+", said)


def test_the_window_tells_its_keys(monkeypatch):
    """What each key does, test_slow_motion_and_a_new_game sees."""
    hands = Hands(monkeypatch, {}, quit_at=1)
    window.play_window(Game(seed=0), nobody)
    told = dict(words.split(": ") for words in hands.below.split("    "))
    assert told == {"left, right": "push", "S": "slow motion", "R": "new game", "Esc": "leave"}
    hands = Hands(monkeypatch, {2: [pygame.K_ESCAPE]}, quit_at=9)
    window.watch_window(Game().env, lean_policy, seed=3)
    assert hands.below == "Esc: leave" and hands.frames == 3


def test_words_in_the_window_are_dark_on_light(monkeypatch):
    hands = Hands(monkeypatch, {}, quit_at=1)
    window.play_window(Game(seed=0), nobody)
    for bar in (hands.picture[:, : window.BAR], hands.picture[:, -window.BAR :]):
        assert bar.min() < 60 and bar.max() > 240


def test_a_small_world_is_in_the_middle_and_its_words_have_room(monkeypatch):
    frame = np.zeros((100, 200, 3), np.uint8)
    screen = window._Screen("small", frame)
    assert screen.surface.get_size() == (600, 100 + 2 * window.BAR)
    screen.show(frame, "", "")
    row = pygame.surfarray.array3d(screen.surface)[:, window.BAR + 50, 0]
    assert np.flatnonzero(row == 0).tolist() == list(range(200, 400))  # in the middle
    pygame.quit()


def test_a_world_is_watched_at_its_own_speed(monkeypatch):
    env, hands = Game().env, Hands(monkeypatch, {}, quit_at=3)
    monkeypatch.setattr(env.unwrapped, "metadata", env.metadata | {"render_fps": 10})
    window.watch_window(env, lean_policy, seed=3)
    assert set(hands.rates) == {10}


def test_starts_do_not_come_again():
    game, starts = Game(seed=0), set()
    for _ in range(20):
        starts.add(game.start)
        game.restart()
    assert len(starts) == 20


def test_an_opponent_that_fails_between_two_games_leaves_the_player_alone():
    """Its pipe is broken then: sending the next start raises, and the window would close."""
    opponent = Opponent(serve=fakes.nobody)
    while not opponent._connection.poll(30):
        pass
    assert opponent.score(3) is None and not opponent.alive


def test_who_has_played_waits_for_the_network(monkeypatch, capsys):
    waits = []

    def score(start, timeout=0):
        waits.append(timeout)
        return 500 if any(waits) else None

    training, said = said_after_one_push(monkeypatch, capsys, score=score, alive=True)
    assert training.startswith("A network is still training") and max(waits) >= 60
    assert re.fullmatch(r"you: 1, lean: \d+, trained: 500", said)


def test_the_network_is_asked_at_once_and_lean_plays_once(monkeypatch, capsys):
    """The window asks at every frame: an episode each would make it stand still."""
    asked, played, score_of = [], [], Game.score_of
    monkeypatch.setattr(window, "need_display", lambda: None)
    monkeypatch.setattr(
        Game, "score_of", lambda game, *what: played.append(what) or score_of(game, *what)
    )

    def watched(game, others):
        assert asked == [game.start]
        one_push(game, others)
        for _ in range(5):
            others(game.start)

    monkeypatch.setattr(window, "play_window", watched)
    stub = SimpleNamespace(ask=asked.append, score=lambda start, timeout=0: 9, alive=True)
    monkeypatch.setattr("cartpole_lib.play.opponent.Opponent", lambda: stub)
    assert main(["play"]) == 0 and len(played) == 1


# ---- what a window shows can be seen


def letters(screen):
    """Return where the dark parts of a window of white pictures begin and end: left, top, right, bottom."""
    dark = np.argwhere(pygame.surfarray.array3d(screen.surface).min(axis=2) < 100)
    return *dark.min(axis=0), *dark.max(axis=0)


@pytest.mark.parametrize(
    ("words", "area"),
    [
        (("Message", "", ""), (0, window.BAR)),
        (("", "", "Message"), (window.BAR, window.BAR + 200)),
        (("", "Message", ""), (window.BAR + 200, 2 * window.BAR + 200)),
    ],
)
def test_words_of_a_window_are_large_and_dark_in_the_middle_of_their_place(words, area):
    frame = np.full((200, 700, 3), 255, np.uint8)
    screen = window._Screen("white", frame)
    screen.show(frame, *words)
    left, top, right, bottom = letters(screen)
    assert area[0] < top < bottom < area[1] and bottom - top >= 10
    assert abs(left + right - 700) < 10
    pygame.quit()


def test_the_title_of_a_window_says_what_it_is_for(monkeypatch):
    titles = []
    monkeypatch.setattr(pygame.display, "set_caption", titles.append)
    Hands(monkeypatch, {}, quit_at=1)
    window.play_window(Game(seed=0), nobody)
    Hands(monkeypatch, {}, quit_at=1)
    window.watch_window(Game().env, lean_policy, seed=3)
    assert titles == ["CartPole: play it yourself", "Watch a policy"]


def test_what_is_watched_is_the_worlds_own_picture(monkeypatch):
    env, hands, frames = Game().env, Hands(monkeypatch, {}, quit_at=3), []
    render = env.render
    monkeypatch.setattr(env, "render", lambda: frames.append(render()) or frames[-1])
    window.watch_window(env, lean_policy, seed=3)
    shown = hands.picture[:, window.BAR : -window.BAR].swapaxes(0, 1)
    assert (shown == frames[-1]).all()


def test_the_window_compares_this_game_and_not_the_best():
    game = Game(seed=0)
    good, bad = play_twice(game)
    assert good > bad
    assert window._message(game, None, nobody) == f"you: {bad}    Enter: again"


@pytest.mark.parametrize("key", [pygame.K_RETURN, pygame.K_SPACE, pygame.K_r])
def test_after_the_end_each_key_for_it_begins_a_new_game(monkeypatch, key):
    game = Game(seed=0)
    fall(game)
    Hands(monkeypatch, {0: [key]}, quit_at=1)
    window.play_window(game, nobody)
    assert (game.score, game.over) == (0, False)


@pytest.mark.parametrize(("trait", "file"), [("_esm", "widget.js"), ("_css", "widget.css")])
def test_the_widget_brings_its_script_and_its_look(trait, file):
    text = Path(window.__file__).with_name(file).read_text(encoding="utf-8")
    assert str(play_cartpole(seed=0).get_state()[trait]) == text


def test_the_pictures_of_the_widget_are_sharp(monkeypatch):
    page = Page(play_cartpole(seed=0), monkeypatch)
    page.ask(do="show")
    off = np.abs(np.asarray(page.picture(), int) - page.widget.game.frame())
    assert np.square(off).mean() < 2


def test_ctrl_c_is_for_the_window_alone_from_the_opponents_first_moment_on(monkeypatch):
    """A process inherits what is ignored; until it can say so itself, its Python has to load."""
    heeded, end = [], SimpleNamespace(close=lambda: None)
    process = SimpleNamespace(start=lambda: heeded.append(signal.getsignal(signal.SIGINT)))
    context = SimpleNamespace(Pipe=lambda: (end, end), Process=lambda **_: process)
    monkeypatch.setattr("multiprocessing.get_context", lambda _: context)
    Opponent()
    assert heeded == [signal.SIG_IGN]


def test_a_better_game_brings_its_own_start():
    game = Game(seed=0)
    fall(game)
    game.restart()
    while not game.over:
        game.push(int(lean_policy(game.observation)))
    assert (game.best, game.best_start) == (game.score, game.start)


def test_a_widget_that_is_given_nothing_begins_where_the_lesson_does():
    assert play_cartpole().game.start == Game(seed=0).start


def test_without_a_display_no_network_begins_to_train(monkeypatch, capsys):
    def none():
        raise RuntimeError("there is no display")

    monkeypatch.setattr(window, "need_display", none)
    monkeypatch.setattr("cartpole_lib.play.opponent.Opponent", lambda: pytest.fail("it trains"))
    with pytest.raises(SystemExit):
        main(["play"])
    assert "there is no display" in capsys.readouterr().err


def test_who_plays_again_gets_other_starts(monkeypatch, capsys):
    starts, stub = [], SimpleNamespace(ask=lambda start: None)
    monkeypatch.setattr(window, "need_display", lambda: None)
    monkeypatch.setattr(window, "play_window", lambda game, others: starts.append(game.start))
    monkeypatch.setattr("cartpole_lib.play.opponent.Opponent", lambda: stub)
    assert [main(["play"]), main(["play"])] == [0, 0] and len(set(starts)) == 2


@pytest.mark.parametrize("seed", [-1, 0.5])
def test_a_game_is_refused_a_seed_that_is_none(seed):
    with pytest.raises((TypeError, ValueError), match="seed must be a whole number"):
        Game(seed)
