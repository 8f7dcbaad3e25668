"""An image that carries its own words, for a notebook's output."""

import base64
import html
from dataclasses import dataclass


@dataclass(frozen=True)
class Picture:
    """An inline image with alt text, shown by JupyterLab, by code hosts and in HTML export.

    Its plain text is its words: they are compared when a notebook is re-run, the pixels
    are not. Viewers that show no HTML get `still`, a smaller PNG: of an animation, its end.
    An animation stands in a fold: closed, it stops.
    """

    data: bytes
    media_type: str  # "image/png" or "image/gif"
    alt: str
    caption: str  # stands below the image
    still: bytes  # a PNG
    width: int  # on the page, in pixels; sharp screens show more than one pixel for each

    def __repr__(self):
        return self.alt

    def _repr_mimebundle_(self, include=None, exclude=None):
        source = f"data:{self.media_type};base64,{base64.b64encode(self.data).decode()}"
        image = f'<img alt="{html.escape(self.alt)}" src="{source}" width="{self.width}">'
        if self.media_type == "image/gif":
            image = f"<details open><summary>animation</summary>{image}</details>"
        caption = f"<p><em>{html.escape(self.caption)}</em></p>"
        return {
            "text/plain": self.alt,
            "text/html": f"<div>{image}{caption}</div>",
            "image/png": base64.b64encode(self.still).decode(),
        }
