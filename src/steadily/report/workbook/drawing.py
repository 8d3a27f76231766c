"""Charts as pictures of the book: the same specifications as on screens, in ink and in the book's letters."""

from __future__ import annotations

import json

from steadily.report.charts import ACCENT, BAND, FONT, INK, RULE, SOFT, Spec
from steadily.report.workbook.letters import FONTS
from steadily.report.workbook.markdown import Block

WIDTH, HEIGHT = 600, 150
"""Drawn so wide, labels come out at about nine points on the page."""
WARM = {INK: "#2d2823", SOFT: "#5c544b", ACCENT: "#9c4626", BAND: "#efd9c8", RULE: "#d9cdbb", FONT: FONTS[0]}
CALM = {**WARM, ACCENT: "#41606b", BAND: "#dde7e9"}


class Pictures:
    """The pictures of a book, by their place."""

    def __init__(self) -> None:
        self.drawn: list[str] = []

    def chart(self, title: str, spec: Spec, told: str, colors: dict[str, str] = WARM, height: int = HEIGHT) -> Block:
        """
        Draw a chart.

        Args:
            title: What stands above it.
            spec: Vega-Lite, in the page's variables; it has a description.
            told: What stands below it.
            colors: What stands for the variables on paper.
            height: Of the picture, for a width of `WIDTH`.

        Returns:
            The block that shows it.
        """
        import vl_convert

        text = json.dumps({**spec, "width": WIDTH, "height": height})
        for name, color in colors.items():
            text = text.replace(json.dumps(name)[1:-1], color)
        self.drawn.append(str(vl_convert.vegalite_to_svg(text)))
        shown = {"title": title, "told": told, "picture": len(self.drawn) - 1, "alt": str(spec["description"])}
        return {"is": "chart", **shown}
