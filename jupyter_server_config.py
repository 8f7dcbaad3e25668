"""How JupyterLab saves a notebook of this course: opening one leaves it as it is.

Lab adds the version of Python and other traces of the machine two minutes after a notebook was
merely opened, and the next `git pull` stops there. JupyterLab reads this file where it is started.
"""

KEPT = {"tags", "slideshow", "jupyter"}  # of a cell's metadata


def drop_traces(model, **_):
    """Drop from a notebook that is being saved what only says which machine it was opened on."""
    if model["type"] != "notebook" or not model.get("content"):
        return
    metadata, cells = model["content"]["metadata"], model["content"]["cells"]
    if metadata.get("kernelspec", {}).get("name") == "python3":
        metadata["language_info"] = {"name": "python"}
        metadata.pop("widgets", None)
    for cell in cells:
        cell["metadata"] = {key: value for key, value in cell["metadata"].items() if key in KEPT}


c = get_config()  # noqa: F821 (Jupyter hands it over)
c.FileContentsManager.pre_save_hook = drop_traces
