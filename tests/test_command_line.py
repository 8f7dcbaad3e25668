"""`python -m cartpole_lib`: what it prints, what it refuses, and what Ctrl-C leaves behind."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import warnings
import zipfile
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import gymnasium as gym
import keras
import numpy as np
import pytest
from PIL import Image

from cartpole_lib import actor_critic, commands, reinforce, training
from cartpole_lib.__main__ import main
from cartpole_lib.evaluate import Summary
from cartpole_lib.interrupt import calm_interrupt, interrupt_later
from cartpole_lib.networks import scaled_value_net, softmax_policy_net
from cartpole_lib.picture import Picture
from cartpole_lib.play import opponent
from cartpole_lib.policies import greedy_policy, load_policy, save_policy
from cartpole_lib.rollout import make_envs, play_episode

TESTS = Path(__file__).parent
OBSERVATION = np.array([0.5, 1, 0.1, 0.5], np.float32)
SIX = "worlds:Six-v0"  # 6 numbers, 3 actions, 5 steps, no threshold


def run(capsys, *words):
    """Run a command in this process; return its exit code and what it printed."""
    try:
        code = main([str(word) for word in words])
    except SystemExit as stop:
        code = stop.code
    return code, *capsys.readouterr()


def run_apart(*words, **options):
    environment = {**os.environ, "PYTHONPATH": str(TESTS)}
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER", "TF_CPP_MIN_LOG_LEVEL"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "cartpole_lib", *map(str, words)]
    return subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


@pytest.fixture
def saved(tmp_path):
    path = tmp_path / "policy.keras"
    save_policy(softmax_policy_net(0), path)
    return path


# ---- what works


def test_help_names_every_command_and_loads_no_tensorflow():
    code = (
        "import sys; from cartpole_lib.__main__ import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: print({'tensorflow', 'gymnasium', 'numpy'} & set(sys.modules))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout
    assert all(f"\n    {name} " in shown for name in ("play", "train", "watch", "evaluate"))
    assert shown.endswith("set()\n")


@pytest.mark.parametrize("method", ["reinforce", "actor-critic"])
def test_train_is_the_librarys_own_training(capsys, monkeypatch, tmp_path, method):
    module = {"reinforce": reinforce, "actor-critic": actor_critic}[method]
    name = f"train_{module.__name__.split('.')[-1]}"
    brief, runs = partial(getattr(module, name), n_updates=2), []

    def kept(env_id, *, seed, **options):
        assert (env_id, seed) == (SIX, 3)
        runs.append(brief(env_id, seed=seed, **options))
        return runs[0]

    monkeypatch.setattr(module, name, kept)
    path = tmp_path / "policy.keras"
    code, out, err = run(capsys, "train", method, "--env", SIX, "--seed", 3, "--save", path)
    [same] = runs
    assert all(map(np.array_equal, load_policy(path).get_weights(), same.policy_net.get_weights()))
    assert code == 0 and "2/2" in err and "mean return=" in err
    n_episodes = len(same.episode_returns)
    assert out.startswith(f"not solved: 2 updates, {n_episodes} episodes, {same.n_steps} steps\n")
    assert f"greedy   mean {same.greedy.mean:.1f}, 95 % interval" in out
    assert out.endswith(f"100 episodes\nsaved as {path}\n")


def test_train_then_evaluate(capsys, tmp_path):
    path = tmp_path / "policy.keras"
    code, out, _ = run(capsys, "train", "reinforce", "--save", path)
    assert code == 0 and out.startswith("solved: ")
    code, out, err = run(capsys, "evaluate", path, "--episodes", 30)
    assert (code, err) == (0, "")
    line = r"mean (?:4\d\d\.\d|500\.0), 95 % interval \d{3}\.\d to \d{3}\.\d, 30 episodes\n"
    last = "solved means a mean of at least 475\n"
    assert re.fullmatch(f"greedy   {line}sampled  {line}{last}", out)


def test_evaluate_plays_greedily_and_sampled_from_the_seed(capsys, monkeypatch, saved):
    asked = []

    def kept(policy, env_id, n_episodes, seed):
        many = np.tile(OBSERVATION, (500, 1))
        asked.append((len(set(policy(many))), env_id, n_episodes, seed))
        return np.array([1.0, 2.0])

    monkeypatch.setattr(commands, "evaluate", kept)
    assert run(capsys, "evaluate", saved, "--seed", 5)[0] == 0
    assert run(capsys, "evaluate", saved, "--episodes", 30)[0] == 0
    expected = [(1, "CartPole-v1", 100, 5), (2, "CartPole-v1", 100, 5)]  # one action, or both
    assert asked[:2] == expected
    assert [call[2:] for call in asked[2:]] == [(30, 0)] * 2


def test_watch_writes_an_animation(capsys, tmp_path, saved):
    code, out, err = run(capsys, "watch", saved, "--gif", tmp_path / "out.gif")
    assert (code, err) == (0, "") and "steps, return" in out
    with Image.open(tmp_path / "out.gif") as gif:
        assert gif.n_frames > 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.gif", "policy.keras"]


def test_watch_opens_a_window(capsys, monkeypatch, saved):
    from cartpole_lib.play import window

    shown = []
    monkeypatch.setattr(window, "need_display", lambda: None)
    monkeypatch.setattr(window, "watch_window", lambda *what: shown.append(what))
    assert run(capsys, "watch", saved, "--seed", 5) == (0, "", "")
    env, policy, seed = shown[0]
    assert policy(env.reset(seed=seed)[0]) in (0, 1) and seed == 5


def test_the_opponent_is_really_trained(monkeypatch):
    class Asks:
        starts, answers = [AssertionError("asked on"), EOFError(), 5, 6], []

        def recv(self):
            start = self.starts.pop()
            if isinstance(start, Exception):  # the program that asks has ended
                raise start
            return start

        def send(self, answer):
            self.answers.append(answer)

    heeded, niceness = [], []
    monkeypatch.setattr(signal, "signal", lambda *what: heeded.append(what))
    monkeypatch.setattr(os, "nice", niceness.append, raising=False)
    runs, train = [], partial(reinforce.train_reinforce, n_updates=1)
    seeds = []

    def kept(seed):
        seeds.append(seed)
        runs.append(train(seed=seed))
        return runs[0]

    monkeypatch.setattr(reinforce, "train_reinforce", kept)
    opponent._serve(Asks(), seed=7)
    assert heeded == [(signal.SIGINT, signal.SIG_IGN)]  # Ctrl-C is for the window alone
    assert niceness == [10]  # the player's frames come first
    policy, env = greedy_policy(runs[0].policy_net), gym.make("CartPole-v1")
    assert seeds == [7]
    scores = [(n, play_episode(env, policy, n).rewards.sum()) for n in (6, 5)]
    assert Asks.answers == scores and len({score for _, score in scores}) > 1
    assert {type(score) for _, score in Asks.answers} == {int}  # 500, not 500.0


# ---- what is refused, in one sentence


def written(content):
    return lambda path: path.write_bytes(content)


def half(path):
    save_policy(softmax_policy_net(0), path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def another_archive(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")


def with_code(path):
    net = keras.Sequential([keras.Input((4,)), keras.layers.Lambda(lambda x: x[:, :2])])
    net.save(path)


def with_a_call(path):
    """A network whose configuration names a function that would make a file."""
    save_policy(softmax_policy_net(0), path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    config = json.loads(parts["config.json"])
    made = str(path.with_name("made"))
    config["config"]["layers"][1] = {
        "module": "os",
        "class_name": "mkdir",
        "config": {"path": made},
        "registered_name": None,
    }
    parts["config.json"] = json.dumps(config).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)


def for_acrobot(path):
    save_policy(softmax_policy_net(0, n_observations=6, n_actions=3), path)


def three_actions(path):
    save_policy(softmax_policy_net(0, n_actions=3), path)


def a_critic(path):
    scaled_value_net(make_envs("CartPole-v1", 1).single_observation_space, 0).save(path)


def spoiled(path):
    net = softmax_policy_net(0)
    net.set_weights([weights * np.nan for weights in net.get_weights()])
    net.save(path)


FILES = {
    "missing": (lambda path: None, "is no file"),
    "a folder": (lambda path: path.mkdir(), "is no file"),
    "empty": (written(b""), "is empty, cut short or no saved policy"),
    "text": (written(b"hello"), "is empty, cut short or no saved policy"),
    "truncated": (half, "is empty, cut short or no saved policy"),
    "another archive": (another_archive, "is empty, cut short or no saved policy"),
    "runs code": (with_code, "is not a policy"),
    "calls a function": (with_a_call, "is not a policy"),
    "another world": (for_acrobot, "takes 6 numbers for each observation, but .* gives 4"),
    "other actions": (three_actions, "has 3 outputs, but the environment has 2 actions"),
    "a critic": (a_critic, "ends with 1 output"),
    "nan": (spoiled, "answers NaN"),
}


@pytest.mark.parametrize(("write", "words"), FILES.values(), ids=FILES)
def test_a_file_that_is_no_policy_for_this_world(capsys, tmp_path, write, words):
    path = tmp_path / "policy.keras"
    write(path)
    code, out, err = run(capsys, "evaluate", path)
    assert (code, out) == (2, "") and re.search(words, err), err
    assert err.startswith("python -m cartpole_lib: error: ") and err.count("\n") == 1
    assert {left.name for left in tmp_path.iterdir()} <= {"policy.keras"}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("train reinforce --save policy.txt", "--save must end in .keras"),
        ("train reinforce --save nowhere/policy.keras", "in a folder that does not exist"),
        ("train reinforce --env CartPole-v99", "env_id 'CartPole-v99' is unknown"),
        ("train reinforce --env no_such_module:A-v0", "env_id 'no_such_module:A-v0' is unknown"),
        ("train reinforce --env FrozenLake-v1", "observations must be a one-dimensional Box"),
        ("train reinforce --seed -1", "seed must be a whole number"),
        ("train sarsa", "invalid choice: 'sarsa'"),
        ("evaluate {saved} --episodes 1", "2"),
        ("evaluate {saved} --episodes 0", "n_episodes must be"),
        ("evaluate {saved} --env Pendulum-v1", "actions must be discrete"),
        ("watch {saved} --gif out.png", "--gif must be a .gif file"),
        ("watch {saved} --gif nowhere/out.gif", "--gif must be a .gif file"),
        ("watch nothing.keras --gif out.gif", "is no file"),
        ("watch {saved} --gif out.gif --env worlds:Six-v0", "takes 4 numbers"),
        ("", "required"),
    ],
)
def test_arguments_that_do_not_fit(capsys, tmp_path, monkeypatch, saved, words, sentence):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, *words.format(saved=saved).split())
    assert (code, out) == (2, "") and sentence in err and "Traceback" not in err
    assert [path.name for path in tmp_path.iterdir()] == ["policy.keras"]


def test_without_a_display_both_windows_say_the_same(saved):
    processes = [run_apart("play"), run_apart("watch", saved)]
    answers = [(*process.communicate(), process.returncode) for process in processes]
    if sys.platform == "linux":
        assert answers[0] == answers[1]
        out, err, code = answers[0]
        assert (out, code, err.count("\n")) == ("", 2, 1)
        assert "there is no display for a window: play in the notebook of lesson 1" in err


# ---- Ctrl-C


@pytest.fixture(scope="module")
def interrupted(tmp_path_factory):
    """A training that gets Ctrl-C after an update: exit code, output, what it said before, and where it saved."""
    path = tmp_path_factory.mktemp("interrupted") / "policy.keras"
    process = run_apart("train", "reinforce", "--env", SIX, "--save", path)
    shown = ""
    while not re.search(r" [1-9]\d*/300", shown):
        shown += process.stderr.read(1)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    return process.returncode, out, shown, err, path


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT")
def test_ctrl_c_saves_what_was_learned(interrupted):
    code, out, shown, err, path = interrupted
    assert code == 130 and "Traceback" not in shown + err
    assert re.match(r"interrupted: [1-9]\d* updates, ", out) and f"saved as {path}" in out
    assert err.endswith("interrupted\n") and "Warning" not in err
    assert load_policy(path).output_shape == (None, 3)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT")
def test_importing_tensorflow_is_quiet(interrupted):
    _, _, shown, _, _ = interrupted
    assert all(re.match(r" *\d+%\|", line) for line in shown.splitlines() if line), shown


def test_ctrl_c_anywhere_else_is_calm(capsys, monkeypatch):
    def interrupted(arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "play_command", interrupted)
    assert run(capsys, "play") == (130, "", "interrupted\n")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", None)])
def test_ctrl_c_waits_for_the_update_at_hand(number, request):
    def press():
        os.kill(os.getpid(), number)

    def before(*_):
        pass

    done, first = [], signal.signal(number, before)
    request.addfinalizer(lambda: signal.signal(number, first))
    with calm_interrupt(lambda: (press(), done.append("whole"))) as update:
        update()
        with pytest.raises(KeyboardInterrupt):
            update()
        press()  # while saving: nothing comes of it
    assert done == ["whole"] and signal.getsignal(number) is before
    with calm_interrupt(lambda: (press(), press(), done.append("cut off"))) as update:
        with pytest.raises(KeyboardInterrupt):
            update()
        press()
    assert done == ["whole"] and signal.getsignal(number) is before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGHUP")
def test_who_trains_without_a_terminal_goes_on_when_one_is_closed():
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with calm_interrupt(lambda: os.kill(os.getpid(), signal.SIGHUP)) as update:
        update()
        update()
    assert signal.signal(signal.SIGHUP, before) is signal.SIG_IGN


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT")
def test_ctrl_c_is_put_off_while_libraries_load():
    done = []
    with pytest.raises(KeyboardInterrupt), interrupt_later():
        os.kill(os.getpid(), signal.SIGINT)
        done.append("loaded")
    assert done == ["loaded"]
    with interrupt_later():
        pass


def test_ctrl_c_works_again_once_the_libraries_are_loaded():
    before = signal.getsignal(signal.SIGINT)
    with interrupt_later():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


# ---- what is said is what happened


def test_a_report_has_mean_and_interval():
    summary = Summary(mean=30, std=9, minimum=1, low=28, high=32, solved=False)
    lines = list(commands._report({"greedy": summary}, 7, None))
    assert lines == ["greedy   mean 30.0, 95 % interval 28.0 to 32.0, 7 episodes"]


def test_sampled_actions_come_from_the_seed(capsys, monkeypatch, saved):
    seeds, sampling = [], commands.sampling_policy
    monkeypatch.setattr(
        commands, "sampling_policy", lambda net, seed: seeds.append(seed) or sampling(net, seed)
    )
    assert run(capsys, "evaluate", saved, "--episodes", 2, "--seed", 5)[0] == 0
    assert seeds == [5]


def test_an_animation_is_of_the_seed(capsys, tmp_path, saved):
    made = []
    for seed in (5, 5, 6):
        path = tmp_path / f"{len(made)}.gif"
        assert run(capsys, "watch", saved, "--gif", path, "--seed", seed)[0] == 0
        made.append(path.read_bytes())
    assert made[0] == made[1] != made[2]


def test_what_was_not_learned_is_not_said_to_be_saved(capsys, monkeypatch, tmp_path):
    def interrupted(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(reinforce, "reinforce_update", interrupted)
    path = tmp_path / "policy.keras"
    code, out, _ = run(capsys, "train", "reinforce", "--env", SIX, "--save", path)
    assert code == 130 and "saved as" not in out and "nothing was learned or saved" in out
    assert not path.exists()


def test_an_error_without_words_is_named(capsys, monkeypatch, saved):
    def fails(*arguments):
        raise ValueError

    monkeypatch.setattr(commands, "evaluate", fails)
    assert run(capsys, "evaluate", saved)[2].endswith("error: ValueError\n")


@pytest.mark.parametrize(
    "kind", [gym.error.DependencyNotInstalled, ImportError, OSError, TypeError]
)
def test_what_is_not_installed_is_said_in_one_sentence(capsys, monkeypatch, kind):
    def fails(*arguments):
        raise kind("Box2D is not installed,\n run `pip install box2d`")

    monkeypatch.setattr(commands, "make_envs", fails)
    code, out, err = run(capsys, "train", "reinforce", "--env", "LunarLander-v3")
    assert (code, out) == (2, "")
    assert err.endswith("error: Box2D is not installed, run `pip install box2d`\n")


def test_an_animation_that_cannot_be_written_leaves_the_old_one(
    capsys, monkeypatch, tmp_path, saved
):
    old = tmp_path / "out.gif"
    old.write_bytes(b"precious")

    def full(path, data):
        with path.open("wb") as file:
            file.write(data[:9])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    code, _, err = run(capsys, "watch", saved, "--gif", old)
    assert code == 2 and "No space left on device" in err and old.read_bytes() == b"precious"


def test_a_threshold_of_0_is_said():
    assert list(commands._report({}, 7, 0)) == ["solved means a mean of at least 0"]


@pytest.fixture
def acrobot(tmp_path):
    for_acrobot(tmp_path / "acrobot.keras")
    return tmp_path / "acrobot.keras"


@pytest.mark.parametrize("gif", [True, False])
def test_what_is_watched_is_the_likeliest_action_in_the_world_that_was_named(
    capsys, monkeypatch, tmp_path, acrobot, gif
):
    from cartpole_lib import animate
    from cartpole_lib.play import window

    shown = []
    picture = Picture(b"GIF", "image/gif", "an end", "an end", b"", 9)
    monkeypatch.setattr(window, "need_display", lambda: None)
    monkeypatch.setattr(window, "watch_window", lambda *what: shown.append(what))
    monkeypatch.setattr(animate, "animate", lambda *what: shown.append(what) or picture)
    options = ["--gif", tmp_path / "out.gif"] if gif else []
    assert run(capsys, "watch", acrobot, "--env", "Acrobot-v1", "--seed", 5, *options)[0] == 0
    [(env, policy, seed)] = shown
    assert (env.spec.id, env.render_mode, seed) == ("Acrobot-v1", "rgb_array", 5)
    assert len(set(policy(np.tile(np.linspace(-1, 1, 6, dtype=np.float32), (500, 1))))) == 1


def test_a_policy_is_evaluated_in_the_world_that_was_named(capsys, monkeypatch, acrobot):
    worlds = []
    monkeypatch.setattr(
        commands, "evaluate", lambda policy, env_id, *rest: worlds.append(env_id) or np.ones(2)
    )
    code, out, _ = run(capsys, "evaluate", acrobot, "--env", "Acrobot-v1")
    assert code == 0 and worlds == ["Acrobot-v1"] * 2
    assert out.endswith("solved means a mean of at least -100\n")


def test_each_line_is_said_at_once(monkeypatch):
    """Else the line that asks to wait for a network comes after the wait, in a pipe."""
    flushed = []
    monkeypatch.setattr("builtins.print", lambda line, flush=False: flushed.append(flush))
    monkeypatch.setattr(commands, "play_command", lambda arguments: iter(["one", "two"]))
    assert main(["play"]) == 0 and flushed == [True, True]


def test_ctrl_c_is_put_off_while_a_command_loads_its_libraries(monkeypatch):
    """In the middle of NumPy it would become an ImportError, and a sentence about that."""
    put_off = []
    monkeypatch.setattr(
        "cartpole_lib.__main__.interrupt_later", lambda: put_off.append(1) or nullcontext()
    )
    monkeypatch.setattr(commands, "play_command", lambda arguments: iter([]))
    assert main(["play"]) == 0 and put_off == [1]


def test_train_says_that_it_could_not_save(capsys, monkeypatch, tmp_path):
    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(training, "save_policy", full)
    monkeypatch.setattr(training, "evaluate_both", None)
    brief = partial(reinforce.train_reinforce, n_updates=1)
    monkeypatch.setattr(reinforce, "train_reinforce", brief)
    code, out, err = run(capsys, "train", "reinforce", "--save", tmp_path / "policy.keras")
    assert code == 2 and out == "" and "Traceback" not in err
    assert "error: the policy could not be saved" in err and "No space left on device" in err


def test_train_says_all_that_came_of_it(capsys, monkeypatch):
    greedy = Summary(mean=480, std=9, minimum=1, low=470, high=490, solved=False)
    counts = {"n_updates": 2, "n_steps": 30, "episode_returns": [9.0, 9.0, 12.0]}
    came = SimpleNamespace(
        interrupted=False, solved=True, greedy=greedy, sampled=greedy._replace(mean=477), **counts
    )
    monkeypatch.setattr(reinforce, "train_reinforce", lambda *_, **__: came)
    said = run(capsys, "train", "reinforce")[1].splitlines()
    assert said == [
        "solved: 2 updates, 3 episodes, 30 steps",
        "greedy   mean 480.0, 95 % interval 470.0 to 490.0, 100 episodes",
        "sampled  mean 477.0, 95 % interval 470.0 to 490.0, 100 episodes",
        "solved means a mean of at least 475",
    ]


def test_an_opponent_whose_program_ends_leaves_no_semaphore_behind(monkeypatch):
    """Python would warn of one in the terminal, after the window was closed."""
    locks = []
    monkeypatch.setattr(signal, "signal", lambda *what: None)
    monkeypatch.setattr(os, "nice", lambda _: None, raising=False)
    monkeypatch.setattr(opponent.tqdm, "set_lock", locks.append)
    monkeypatch.setattr(reinforce, "train_reinforce", lambda seed: pytest.skip("not now"))
    with pytest.raises(pytest.skip.Exception):
        opponent._serve(None, seed=0)
    assert [type(lock) for lock in locks] == [type(threading.RLock())]


@pytest.mark.parametrize("command", ["play", "train", "watch", "evaluate"])
def test_help_of_a_command_says_what_it_does_and_where(capsys, command):
    _, listed, _ = run(capsys, "--help")
    _, told, _ = run(capsys, command, "--help")
    words = re.search(rf"^    {command} +(.+)$", listed, re.M)[1]
    assert words in " ".join(told.split())
    assert command == "play" or "(default: CartPole-v1)" in " ".join(told.split())


@pytest.mark.parametrize(
    "words, told",
    [
        ("watch", "file what train saved: policy.keras"),
        ("evaluate", "--episodes EPISODES of each (default: 100)"),
    ],
)
def test_help_says_what_is_meant(capsys, words, told):
    with pytest.raises(SystemExit):
        main([words, "--help"])
    assert told in " ".join(capsys.readouterr().out.split())


CAME = {"n_updates": 1, "n_steps": 30, "episode_returns": [9.0], "solved": False}


def trained(**more):
    """Return what looks like a training that is over."""
    mean = Summary(mean=480, std=9, minimum=1, low=470, high=490, solved=False)
    return SimpleNamespace(greedy=mean, sampled=mean, **CAME, **more)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends none of them")
@pytest.mark.parametrize("number", [signal.SIGTERM, getattr(signal, "SIGHUP", None)])
def test_train_that_is_told_to_end_saves_as_after_ctrl_c(capsys, monkeypatch, number):
    """As when its terminal is closed; else all that was learned is lost."""

    def trainer(env_id, update, **options):
        assert signal.getsignal(number) is not signal.SIG_DFL
        os.kill(os.getpid(), number)
        with pytest.raises(KeyboardInterrupt):
            update(None, None, None)
        return trained(interrupted=True)

    monkeypatch.setattr(reinforce, "train_reinforce", trainer)
    before = signal.signal(number, signal.SIG_DFL)  # under nohup, SIGHUP is ignored
    code, out, err = run(capsys, "train", "reinforce")
    signal.signal(number, before)
    assert code == 130 and out.startswith("interrupted: 1 updates") and err == "interrupted\n"


def test_what_a_training_warns_of_is_shown_in_a_terminal_too(capsys, monkeypatch):
    def trainer(*_, **__):
        warnings.warn("one in ten was left out", UserWarning, stacklevel=2)
        return trained(interrupted=False)

    monkeypatch.setattr(reinforce, "train_reinforce", trainer)
    with pytest.warns(UserWarning, match="one in ten was left out"):
        run(capsys, "train", "reinforce")
