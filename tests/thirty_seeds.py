"""The study of lessons 4 to 7, `make study`: every method on thirty seeds. It goes on where it stopped.

Each run is a file in the folder study; in the end all of them become the table that these lessons
read and that is committed. No setting was chosen on these seeds.
"""

import json
import time
from pathlib import Path

import stopping  # noqa: F401

# isort: split
from ledger import sealed

from cartpole_lib.files import written_whole
from cartpole_lib.study import run_study
from cartpole_lib.study.methods import ABLATIONS, METHODS, PAST_SUCCESS

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "notebooks" / "thirty_seeds.json"
SEEDS = range(2000, 2030)


def row(record):
    """Return a record as it stands in the table: whole numbers short, and every length a return."""
    returns = [int(total) for total in record.pop("episode_returns")]
    if record["n_steps"]:  # on CartPole each step earns 1
        assert returns == record["episode_lengths"]
    del record["episode_lengths"], record["code"]
    seconds = round(record["cpu_seconds"], 2)
    return sealed({**record, "cpu_seconds": seconds, "episode_returns": returns})


if __name__ == "__main__":
    start = time.time()
    records = run_study(METHODS | ABLATIONS | PAST_SUCCESS, SEEDS, ROOT / "study")
    rows = ",\n".join(json.dumps(row(record)) for record in records)
    with written_whole(TABLE) as beside:
        beside.write_text(f"[\n{rows}\n]\n")
    print(f"{len(records)} runs, {sum(r['cpu_seconds'] for r in records) / 60:.0f} CPU minutes")
    print(f"this time {(time.time() - start) / 60:.1f} minutes; {TABLE.name} is written")
