"""Re-run notebooks in place and leave them as they are committed: `make notebooks`.

A notebook is written only if every cell ran. What would differ from one run or machine to
the next is left out: timings, the Python version, the state of widgets.
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from tqdm import tqdm

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
            if (
                data.pop(WIDGET, None) and "image/png" not in data
            ):  # say in words what it looks like after the run
                slider = data["text/plain"].startswith("interactive(")
                bar = "100%|##########| done"
                data["text/plain"] = "a slider: run this cell to move it" if slider else bar


def execute(path):
    notebook = nbformat.read(path, as_version=4)
    folder = {"metadata": {"path": str(path.parent)}}
    NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=300,
        record_timing=False,
        coalesce_streams=True,
        resources=folder,
    ).execute()
    normalise(notebook)
    nbformat.write(notebook, path)


if __name__ == "__main__":
    for path in tqdm([Path(name) for name in sys.argv[1:]], unit="notebook"):
        execute(path)
