"""How JupyterLab saves a notebook: opening one leaves it as it is.

Lab adds the version of Python and other traces of the machine two minutes after a notebook was
merely opened, and the next `git pull` stops there. `publish/jupyter_server_config.json`, which an
install copies to where JupyterLab looks, names this function.
"""

KEPT = {"tags", "slideshow", "jupyter"}  # of a cell's metadata


def drop_traces(model, **_):
    """Drop from a notebook that is being saved what only says on which machine it was opened.

    `model` is what Jupyter's contents manager saves: a dict with type and content.
    """
    if model["type"] != "notebook" or not model.get("content"):
        return
    metadata, cells = model["content"]["metadata"], model["content"]["cells"]
    if metadata.get("kernelspec", {}).get("name") == "python3":
        metadata["language_info"] = {"name": "python"}
        metadata.pop("widgets", None)
    for cell in cells:
        cell["metadata"] = {key: value for key, value in cell["metadata"].items() if key in KEPT}
