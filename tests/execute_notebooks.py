"""Re-run notebooks in place and leave them as they are committed: `make notebooks`.

A notebook is written only if every cell ran. What would differ from one run or machine to
the next is left out: timings, the Python version, the state of widgets.
"""

import logging
import sys
from pathlib import Path

import stopping  # noqa: F401

# isort: split
import nbformat
from ledger import write
from nbclient import NotebookClient
from tqdm import tqdm

from cartpole_lib.files import written_whole

sys.path.insert(0, str(Path(__file__).parent.parent / "publish"))
from slides import slide_types

NOTEBOOK_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
CELL_METADATA = {"tags", "slideshow", "jupyter"}
WIDGET = "application/vnd.jupyter.widget-view+json"  # names an object that ends with the kernel


def normalise(notebook):
    """Drop what a re-run would change, except the outputs themselves."""
    notebook.metadata = nbformat.from_dict(NOTEBOOK_METADATA)
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict(
            {key: cell.metadata[key] for key in CELL_METADATA & set(cell.metadata)}
        )
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if data.pop(WIDGET, None) and "image/png" not in data:
                # say in words what it looks like after the run
                slider = data["text/plain"].startswith("interactive(")
                bar = "100%|##########| done"
                data["text/plain"] = "a slider: run this cell to move it" if slider else bar


def set_slides(notebook):
    """Set the slide type of every cell by rule."""
    for cell, kind in zip(notebook.cells, slide_types(notebook.cells)):
        cell.metadata["slideshow"] = {"slide_type": kind}


def execute(path):
    notebook = nbformat.read(path, as_version=4)
    folder = {"metadata": {"path": str(path.parent)}}
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=300,
        record_timing=False,
        coalesce_streams=True,
        resources=folder,
    )
    try:
        client.execute()
    except Exception:
        if hasattr(client, "_async_cleanup_kernel_future"):  # set by Ctrl-C, which ends the kernel
            logging.getLogger("asyncio").disabled = True  # tasks of nbclient miss it in many words
            raise KeyboardInterrupt from None
        raise
    normalise(notebook)
    if path.parent.name == "notebooks":  # solutions are not shown
        set_slides(notebook)
    with written_whole(path) as beside:
        nbformat.write(notebook, beside)


if __name__ == "__main__":
    for path in tqdm([Path(name) for name in sys.argv[1:]], unit="notebook"):
        execute(path)
        write([path])  # what nbval cannot compare belongs to this run
