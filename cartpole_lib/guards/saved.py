"""A saved policy, before it is loaded and after. Files come from others, and may be anything."""

import json
import zipfile

from cartpole_lib.guards.nets import policy_outputs
from cartpole_lib.guards.values import a_path

MOST_BYTES = 100_000_000  # of a file, unpacked; the course's own have 20,000
MOST_UNITS = 10_000  # in all layers together; no more than 400 MB of weights come of that


def saved_policy(path, name):
    """Return `path` as a Path if a policy of a usual size is there; nothing of it is run or built."""
    path = a_path(path, name)
    if path.suffix != ".keras":
        raise ValueError(f"{name} must end in .keras, as save_policy writes it; got {str(path)!r}")
    if not path.is_file():
        raise FileNotFoundError(
            f"{name} {str(path)!r} is no file: save_policy(policy_net, path) writes one"
        )
    try:
        n_bytes, n_units = sizes(path)
    except PermissionError:
        raise
    except Exception:  # of zipfile, zlib, json and h5py: what is broken breaks in many ways
        raise ValueError(
            f"{name} {str(path)!r} is empty, cut short or no saved policy: save it again"
        ) from None
    if n_bytes > MOST_BYTES or n_units > MOST_UNITS:
        raise ValueError(
            f"{name} {str(path)!r} is too large for a policy, {n_bytes} bytes unpacked and "
            f"{n_units} units: if you trust it, keras.models.load_model(path) loads it"
        )
    return path


def sizes(path):
    """Return the bytes of a saved network and the units of its layers; only small parts are read."""
    import h5py  # Keras brings it; here, because lessons without networks do without

    with zipfile.ZipFile(path) as parts:
        n_bytes = sum(part.file_size for part in parts.infolist())
        if n_bytes > MOST_BYTES:
            return n_bytes, 0
        arrays = []  # inside their file they may be compressed once more
        with parts.open("model.weights.h5") as file, h5py.File(file, "r") as weights:
            weights.visititems(lambda _, item: arrays.append(getattr(item, "nbytes", 0)))
        return n_bytes + sum(arrays), units(json.loads(parts.read("config.json")))


def units(config):
    """Return the sum of all whole numbers in a configuration that may be the size of something."""
    if isinstance(config, dict):
        names = {"seed", "shared_object_id", "compile_config"}  # the last one is not loaded
        return sum(units(value) for name, value in config.items() if name not in names)
    if isinstance(config, list):
        return sum(map(units, config))
    return abs(config) if isinstance(config, int) else 0  # Keras takes no other for a size


def loaded_policy(net, name, path):
    """Return a network that was loaded if it can stand for actions."""
    return policy_outputs(net, f"the network in {str(path)!r}")
