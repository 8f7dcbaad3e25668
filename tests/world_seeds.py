"""The studies of lesson 8: Acrobot, scaled or raw, and MountainCar, with high hopes or with low.

They take several minutes, so they run here and not in the lesson. Each run is a file in a folder,
study_acrobot or study_mountain_car; started again, a study does only what is missing. In the end all
runs become the tables that lesson 8 reads and that are committed. MountainCar was tried before, on
other seeds: 60 updates are often too few, and a critic that expects −1 finds no flag, either.
"""

import json
from functools import partial
from pathlib import Path

import gymnasium as gym
import stopping  # noqa: F401

# isort: split
from ledger import sealed

from cartpole_lib.actor_critic import train_actor_critic
from cartpole_lib.files import written_whole
from cartpole_lib.networks import scaled_value_net, softmax_policy_net
from cartpole_lib.study import run_study

ROOT = Path(__file__).parent.parent

scaled = partial(train_actor_critic, "Acrobot-v1", n_updates=80, stop_when_solved=False)
uphill = partial(train_actor_critic, "MountainCar-v0", n_updates=150, stop_when_solved=False)


def raw(seed):
    """Train on observations as they are, through the network of lesson 2."""
    net = softmax_policy_net(seed, n_observations=6, n_actions=3)
    return scaled(seed=seed, policy_net=net)


def expecting(first_value, seed):
    """Train with a critic that expects `first_value` everywhere at first; without a flag it is −1."""
    critic = scaled_value_net(gym.make("MountainCar-v0").observation_space, seed)
    critic.layers[-1].bias.assign([first_value])
    return uphill(seed=seed, value_net=critic)


STUDIES = {
    "acrobot": ({"scaled": scaled, "raw": raw}, range(7000, 7010)),
    "mountain_car": (
        {"expects 0": partial(expecting, 0.0), "expects -2": partial(expecting, -2.0)},
        range(7100, 7140),
    ),
}


def row(record):
    """Return a record as it stands in a table: without its code, and whole numbers short."""
    del record["code"]
    returns = [int(total) for total in record.pop("episode_returns")]
    if record["episode_lengths"] == [-total for total in returns]:  # each step costs 1
        del record["episode_lengths"]
    seconds = round(record["cpu_seconds"], 2)
    return sealed({**record, "cpu_seconds": seconds, "episode_returns": returns})


def make(name):
    """Run what is missing of a study, and write its table."""
    trainers, seeds = STUDIES[name]
    records = run_study(trainers, seeds, ROOT / f"study_{name}")
    rows = ",\n".join(json.dumps(row(record)) for record in records)
    with written_whole(ROOT / "notebooks" / f"{name}.json") as beside:
        beside.write_text(f"[\n{rows}\n]\n")


if __name__ == "__main__":
    for name in STUDIES:
        make(name)
