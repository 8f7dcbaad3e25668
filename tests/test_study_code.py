"""What the record says was run is what ran: code that changes, worlds of one's own, interrupts."""

import argparse
import copy
import dataclasses
import functools
import importlib
import pickle
import sys
import textwrap
import types

import cloudpickle
import gymnasium as gym
import joblib
import numpy as np
import pytest
from fakes import Five, fake_training, plays
from joblib.parallel import ThreadingBackend

from cartpole_lib.networks import softmax_policy_net
from cartpole_lib.reinforce import train_reinforce
from cartpole_lib.study import read_study, run, run_study
from cartpole_lib.study.code import code_digest, own_worlds
from cartpole_lib.study.records import identify


@pytest.fixture
def write_module(tmp_path, monkeypatch):
    """Return a function that writes a module, and imports or reloads it."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    def write(name, code):
        (tmp_path / f"{name}.py").write_text(textwrap.dedent(code))
        importlib.invalidate_caches()
        module = sys.modules.get(name)
        return importlib.reload(module) if module else importlib.import_module(name)

    yield write
    for name in [name for name in sys.modules if name.startswith("mine_")]:
        del sys.modules[name]


TRAINER = """
    from fakes import fake_training
    def trainer(seed):
        return fake_training(seed, gamma={gamma})
"""


def test_workers_run_the_code_of_now(write_module, tmp_path):
    study = tmp_path / "study"
    first = write_module("mine_a", TRAINER.format(gamma=0.5)).trainer
    [before, _] = run_study({"first": first}, range(2), study)
    second = write_module("mine_a", TRAINER.format(gamma=0.25)).trainer
    [after, _] = run_study({"second": second}, range(2), study)
    assert before["episode_returns"] == fake_training(0, gamma=0.5).episode_returns.tolist()
    assert after["episode_returns"] == fake_training(0, gamma=0.25).episode_returns.tolist()
    assert before["code"] != after["code"] == code_digest(second)


def test_a_changed_body_under_the_same_name_is_refused(write_module, tmp_path):
    study = tmp_path / "study"
    trainer = write_module("mine_b", TRAINER.format(gamma=0.5)).trainer
    run_study({"mine": trainer}, [0], study, n_jobs=1)
    assert len(run_study({"mine": trainer}, [0, 1], study, n_jobs=1)) == 2
    changed = write_module("mine_b", TRAINER.format(gamma=0.25)).trainer
    with pytest.raises(ValueError, match="holds another study, with 'mine' as.*code.*another name"):
        run_study({"mine": changed}, [0], study, n_jobs=1)


def test_two_lambdas_under_one_name(tmp_path):
    run_study({"a": lambda seed: fake_training(seed, gamma=0.5)}, [0], tmp_path, n_jobs=1)
    with pytest.raises(ValueError, match="holds another study, with 'a'"):
        run_study({"a": lambda seed: fake_training(seed, gamma=0.9)}, [0], tmp_path, n_jobs=1)


BASE = """
    import functools
    GAMMA = 0.5
    SETTINGS = {"pause": 0.0}
    def helper(seed, gamma):
        return fake(seed, gamma)
    def fake(seed, gamma):
        return seed + gamma
    class Rule:
        scale = 2
        def __call__(self, x):
            return self.scale * x
    rule = Rule()
    def outer(factor):
        def inner(seed):
            return factor * helper(seed, GAMMA) * rule(1) * SETTINGS["pause"]
        return inner
    trainer = outer(3)
"""
CHANGES = {
    "a helper of a helper": ("return seed + gamma", "return seed - gamma"),
    "a number looked up": ("GAMMA = 0.5", "GAMMA = 0.6"),
    "a dict looked up": ('"pause": 0.0', '"pause": 0.1'),
    "a method": ("return self.scale * x", "return self.scale + x"),
    "an attribute of a class": ("scale = 2", "scale = 3"),
    "what is closed over": ("outer(3)", "outer(4)"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_digest_sees(change, write_module):
    name = f"mine_{list(CHANGES).index(change)}"
    before = code_digest(write_module(name, BASE).trainer)
    assert code_digest(write_module(name, BASE + "    # a comment\n").trainer) == before
    assert code_digest(write_module(name, BASE.replace(*CHANGES[change])).trainer) != before


def test_the_digest_sees_a_changed_number_in_a_body(write_module):
    digests = {
        code_digest(write_module("mine_g", f"def f(seed): return {body}").f)
        for body in (
            "0.5 + seed",
            "0.25 + seed",
            "[0.5 + n for n in seed]",
            "[2.5 + n for n in seed]",
        )
    }
    assert len(digests) == 4


def test_the_digest_sees_a_changed_default(write_module):
    digests = {
        code_digest(write_module("mine_f", f"def f(seed, gamma={gamma}, *, lam={lam}): ...").f)
        for gamma, lam in ((1, 1), (2, 1), (1, 2))
    }
    assert len(digests) == 3


def test_the_digest_sees_the_arguments_code_and_decorators():
    def traced(function):
        @functools.wraps(function)
        def wrapper(*arguments):
            return function(*arguments)

        return wrapper

    rules = [lambda r: r, lambda r: r + 1, traced(lambda r: r)]
    digests = {code_digest(functools.partial(fake_training, log=rule)) for rule in rules}
    assert len(digests) == 3


@pytest.fixture
def own_world():
    local = type("Own", (Five,), {"reward": 7.0})  # a class that no module holds
    local.__module__ = "__main__"
    gym.register("Own-v0", entry_point=local)
    yield local
    gym.registry.pop("Own-v0")


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_a_world_that_is_registered_here_is_known_to_workers(own_world, n_jobs, tmp_path):
    trainers = {"own": functools.partial(plays, "Own-v0")}
    records = run_study(trainers, range(2), tmp_path, n_jobs=n_jobs)
    assert [record["error"] for record in records] == [None, None]
    assert [record["n_steps"] for record in records] == [7, 7]
    own_world.reward = 8.0
    with pytest.raises(ValueError, match="holds another study, with 'own'"):
        run_study(trainers, range(2), tmp_path, n_jobs=n_jobs)


class Cluster(ThreadingBackend):
    """Like Dask's: it uses all its workers, however many are asked for."""

    def effective_n_jobs(self, n_jobs):
        return 2


@pytest.mark.parametrize("seeds, n_jobs", [([0], 2), ([0, 1], 1)])
def test_a_cluster_gets_the_worlds_for_one_run_or_job_too(
    own_world, seeds, n_jobs, tmp_path, monkeypatch
):
    sent = []

    def run_there(name, trainer, seed, folder, worlds):
        sent.append(pickle.loads(worlds))
        return {"trainer": name, "seed": seed, "error": None}

    monkeypatch.setattr(run, "run_once", run_there)
    with joblib.parallel_config(backend=Cluster()):
        run_study({"own": functools.partial(plays, "Own-v0")}, seeds, tmp_path, n_jobs=n_jobs)
    assert ["Own-v0" in worlds for worlds in sent] == [True] * len(seeds)


def test_a_world_that_cannot_travel_is_refused_before_anything_is_written(tmp_path):
    file = open(tmp_path / "log", "w")  # noqa: SIM115
    gym.register("Stuck-v0", entry_point=lambda: file)
    with pytest.raises(TypeError, match="the environment 'Stuck-v0' cannot be sent.*let it open"):
        run_study({"a": fake_training}, [0], tmp_path / "study")
    gym.registry.pop("Stuck-v0")
    file.close()
    assert not (tmp_path / "study").exists()


def interrupted(seed):
    return fake_training(seed)._replace(interrupted=True)


def test_an_interrupted_run_is_no_record(tmp_path):
    with pytest.raises(KeyboardInterrupt):
        run_study({"a": interrupted}, [0], tmp_path, n_jobs=1)
    assert read_study(tmp_path) == []


def test_a_study_at_home_and_what_systems_leave_there(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    run_study({"a": fake_training}, [0], "~/study", n_jobs=1)
    for litter in ("desktop.ini", "Thumbs.db", ".DS_Store"):
        (tmp_path / "study" / litter).write_text("")
    assert len(run_study({"a": fake_training}, [0, 1], "~/study", n_jobs=1)) == 2
    assert len(read_study("~/study")) == 2


INHERITED = """
    class Base:
        def more(self, seed):
            return seed + 1
    class Rule(Base):
        def __init__(self, scale):
            self.scale = scale
        def __call__(self, seed):
            return self.scale * self.more(seed)
    trainer = Rule(2)
    def listed(sizes):
        return lambda seed: sizes[0]
    first = listed([1, 2])
"""


@pytest.mark.parametrize(
    "name, old, new",
    [
        ("trainer", "seed + 1", "seed + 2"),
        ("trainer", "Rule(2)", "Rule(3)"),
        ("first", "[1, 2]", "[2, 1]"),
    ],
    ids=["what a class inherits", "what an object holds", "the order of a list"],
)
def test_the_digest_sees_what_is_inherited_held_and_listed(name, old, new, write_module):
    before = code_digest(getattr(write_module("mine_i", INHERITED), name))
    after = code_digest(getattr(write_module("mine_i", INHERITED.replace(old, new)), name))
    assert after != before


@pytest.mark.parametrize("setting", ["max_episode_steps", "reward_threshold"])
def test_the_digest_sees_the_settings_of_a_world(setting, own_world):
    trainer, digests = functools.partial(plays, "Own-v0"), []
    for value in (10, 20):
        setattr(gym.spec("Own-v0"), setting, value)
        digests.append(code_digest(trainer))
    assert digests[0] != digests[1]


PLACES = """
    LOOKED_UP = 1
    SIZES = (1, {"left": 2})
    def sized(seed):
        return [seed, *SIZES[1]]
    def inner(seed):
        return (lambda: (lambda: seed + LOOKED_UP))()()
    def turned(seed):
        return min(seed) - max(seed)
    def by_name(seed):
        def between(low, high):
            return high - low
        return between(low=seed, high=1)
"""


@pytest.mark.parametrize(
    "name, old, new",
    [
        ("inner", "LOOKED_UP = 1", "LOOKED_UP = 2"),
        ("sized", "left", "right"),
        ("turned", "min(seed) - max(seed)", "max(seed) - min(seed)"),
        (
            "by_name",
            "(low, high):\n            return high - low",
            "(high, low):\n            return low - high",
        ),
    ],
)
def test_the_digest_sees_names_whatever_place_they_have(name, old, new, write_module):
    before = code_digest(getattr(write_module("mine_p", PLACES), name))
    after = code_digest(getattr(write_module("mine_p", PLACES.replace(old, new)), name))
    assert after != before


def test_the_digest_sees_the_object_of_a_method(write_module):
    module = write_module("mine_m", INHERITED)
    digests = [code_digest(module.Rule(scale).more) for scale in (2, 3, 3)]
    assert digests[0] != digests[1] == digests[2]


def test_the_digest_sees_a_world_that_is_named_with_its_module(own_world):
    trainer = functools.partial(plays, "fakes:Own-v0")
    before = code_digest(trainer)
    own_world.reward = 8.0
    assert code_digest(trainer) != before


def test_a_world_that_is_registered_by_a_string_is_ones_own():
    assert not own_worlds().keys() & {"CartPole-v1", "Acrobot-v1"}
    gym.register("Own-v0", entry_point="mine_worlds:Five")
    try:
        assert "Own-v0" in own_worlds()
    finally:
        gym.registry.pop("Own-v0")


def test_the_digest_sees_the_arguments_of_a_world(own_world):
    trainer, digests = functools.partial(plays, "Own-v0"), []
    for length in (0.5, 0.25):
        gym.spec("Own-v0").kwargs = {"length": length}
        digests.append(code_digest(trainer))
    assert digests[0] != digests[1]


def test_the_digest_sees_the_code_of_a_world_that_is_registered_by_a_string(write_module):
    world = """
        import gymnasium as gym
        class Line(gym.Env):
            def step(self, action):
                return {reward}
    """
    gym.register("Line-v0", entry_point="mine_line:Line")
    digests = []
    for reward in (1, 2):
        write_module("mine_line", world.format(reward=reward))
        digests.append(code_digest(functools.partial(plays, "Line-v0")))
    gym.registry.pop("Line-v0")
    assert digests[0] != digests[1]


def test_the_digest_sees_networks_arrays_and_functions_in_lists():
    def trains(*, seed, given):
        return given

    def digest_of(given):
        return code_digest(functools.partial(trains, given=given))

    middle = np.zeros(2000)
    middle[1000] = 1
    pairs = [
        (softmax_policy_net(0), softmax_policy_net(1)),
        (np.zeros(2000), middle),
        ([lambda r: r], [lambda r: r + 1]),
    ]
    for one, other in pairs:
        assert digest_of(one) == digest_of(copy.deepcopy(one)) != digest_of(other)
    rules = [[eval("lambda r: r + 1")] for _ in range(2)]  # as in two kernels: elsewhere in memory
    assert digest_of(rules[0]) == digest_of(rules[1])


def test_a_network_that_is_built_again_is_the_same_argument():
    def identity(seed):
        return identify(functools.partial(fake_training, log=softmax_policy_net(seed)))

    assert identity(0) == identity(0) != identity(1)
    assert identity(0)["arguments"] == {"log": "Sequential"}


OBJECTS = """
    import functools
    import numpy as np
    import mine_helpers
    STEP = np.float32(0.5)
    SIZES = range(3)
    class Rule:
        def __call__(self, r):
            return r + 1
        @property
        def scale(self):
            return 2
        @scale.setter
        def scale(self, value):
            self.kept = value + 6
        @functools.cached_property
        def shift(self):
            return 3
    class Table:
        def entry(self, i):
            return i + 4
    table = Table()
    @functools.cache
    def cached(x):
        return x + 5
    def trainer(seed):
        rule = Rule()
        held = rule(STEP) * rule.scale + rule.shift + table.entry(SIZES[0]) + cached(1)
        return held + mine_helpers.shift(seed)
"""


@pytest.mark.parametrize(
    "old, new",
    [
        ("float32(0.5)", "float32(0.25)"),
        ("range(3)", "range(1, 3)"),
        ("r + 1", "r - 1"),
        ("return 2", "return -2"),
        ("value + 6", "value - 6"),
        ("return 3", "return -3"),
        ("i + 4", "i - 4"),
        ("x + 5", "x - 5"),
    ],
    ids=[
        "a number of NumPy's",
        "a range",
        "a call of an object made inside",
        "a property",
        "how a property is set",
        "a cached property",
        "a method of an object looked up",
        "a cached function",
    ],
)
def test_the_digest_sees_what_objects_do(old, new, write_module):
    write_module("mine_helpers", "def shift(x): return x")
    before = code_digest(write_module("mine_o", OBJECTS).trainer)
    assert code_digest(write_module("mine_o", OBJECTS.replace(old, new)).trainer) != before


def test_the_digest_sees_the_code_of_a_module_by_its_name_and_that_alone(write_module):
    helpers = "import numpy as np\ndef shift(x): return x{}\ndef other(x): return x{}"
    digests = []
    for used, unused in (("", ""), ("+ 1", ""), ("", "+ 1")):
        write_module("mine_helpers", helpers.format(used, unused))
        digests.append(code_digest(write_module("mine_o", OBJECTS).trainer))
    assert digests[0] == digests[2] != digests[1]


def test_the_digest_stays_when_an_object_changes_as_it_is_used(write_module):
    write_module("mine_helpers", "def shift(x): return x")
    module = write_module("mine_o", OBJECTS)
    before = code_digest(module.trainer)
    module.table.used = 1
    assert code_digest(module.trainer) == before


def test_the_digest_sees_sets_in_no_order_and_the_kind_and_shape_of_arrays():
    def digest_of(value):
        def trainer(seed):
            return value

        return code_digest(trainer)

    for one, other in (
        ({0, 8}, {0, 9}),
        (np.zeros(2), np.zeros(2, np.float32)),
        (np.zeros((2, 3)), np.zeros((3, 2))),
    ):
        assert digest_of(one) != digest_of(other)
    one, same = set([0, 8]), set([8, 0])
    assert str(one) != str(same) and digest_of(one) == digest_of(same)


CHANGES_AS_IT_RUNS = """
    from textwrap import dedent
    from cloudpickle import dumps
    calls = []
    def made():
        def trainer(seed):
            calls.append(seed)
            return dumps(dedent(seed)) + later
        return trainer
        later = 1
    trainer = made()
"""


def test_the_digest_stays_with_lists_that_grow_and_what_is_installed(write_module, monkeypatch):
    module = write_module("mine_r", CHANGES_AS_IT_RUNS)
    before = code_digest(module.trainer)
    module.calls.append(0)
    monkeypatch.setattr(textwrap.dedent, "__defaults__", (1,))  # with Python
    monkeypatch.setattr(cloudpickle.dumps, "__defaults__", (1, None))  # and beside it
    assert code_digest(module.trainer) == before


@dataclasses.dataclass
class Settings:
    n_updates: int


@pytest.mark.parametrize("slots", [False, True])
@pytest.mark.parametrize("change", [("= 1.0", "= 2.0"), ("rate * 3", "rate * 5")])
def test_the_digest_sees_the_code_of_settings(slots, change, write_module):
    code = f"""
        import dataclasses

        @dataclasses.dataclass(slots={slots})
        class Settings:
            rate: float = 1.0

            def threefold(self):
                return self.rate * 3

        kept = Settings()

        def made(seed):
            return Settings().threefold()

        def held(seed):
            return kept.threefold()
    """
    before, after = (
        [code_digest(function) for function in (module.made, module.held)]
        for module in (write_module("mine_settings", c) for c in (code, code.replace(*change)))
    )
    assert not set(before) & set(after)


@pytest.mark.parametrize("kind", [Settings, types.SimpleNamespace, argparse.Namespace])
def test_the_digest_sees_settings_that_are_kept_together(kind):
    def trainer_of(n_updates):
        settings = kind(n_updates=n_updates)
        return lambda seed: train_reinforce(seed=seed, n_updates=settings.n_updates)

    one, same, other = (code_digest(trainer_of(n)) for n in (1, 1, 3))
    assert one == same != other
