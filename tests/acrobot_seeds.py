"""The study of lesson 8 on Acrobot: scaled and raw observations, the same budget, ten seeds.

It takes several minutes, so it runs here and not in the lesson. Each run is a file in the folder
study_acrobot; started again, it does only what is missing. In the end all of them become the
table that lesson 8 reads and that is committed.
"""

import json
from functools import partial
from pathlib import Path

import stopping  # noqa: F401

# isort: split
from ledger import sealed

from cartpole_lib.actor_critic import train_actor_critic
from cartpole_lib.files import written_whole
from cartpole_lib.networks import softmax_policy_net
from cartpole_lib.study import run_study

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "notebooks" / "acrobot.json"
SEEDS = range(7000, 7010)

scaled = partial(train_actor_critic, "Acrobot-v1", n_updates=80, stop_when_solved=False)


def raw(seed):
    """Train on observations as they are, through the network of lesson 2."""
    net = softmax_policy_net(seed, n_observations=6, n_actions=3)
    return scaled(seed=seed, policy_net=net)


def row(record):
    """Return a record as it stands in the table: without its code, and whole numbers short."""
    del record["code"]
    returns = [int(total) for total in record.pop("episode_returns")]
    seconds = round(record["cpu_seconds"], 2)
    return sealed({**record, "cpu_seconds": seconds, "episode_returns": returns})


if __name__ == "__main__":
    records = run_study({"scaled": scaled, "raw": raw}, SEEDS, ROOT / "study_acrobot")
    rows = ",\n".join(json.dumps(row(record)) for record in records)
    with written_whole(TABLE) as beside:
        beside.write_text(f"[\n{rows}\n]\n")
