"""A map that can be read, pointed at and walked through by keyboard, as SVG that stands in the page itself.

Rings are (M, 2) in degrees of longitude and latitude; near the equator a degree is as long in both directions. Corners
are put on a grid: neighbours share theirs, so no gap opens between them, and the picture stays light.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from paritrana.presentation.html import escaped

GRID = 2000  # units of the width
HALF = GRID // 2  # of a map that fits a phone: its writing is as large, beside areas half as wide
MARGIN = 20
LINES = 100  # units that two lines of writing take
DOTS = "dots"  # a pattern, for who sees no difference in colour
PATTERN = (
    '<defs><pattern id="map-dots" width="14" height="14" patternUnits="userSpaceOnUse">'
    '<rect class="ground" width="14" height="14"/><circle class="ink" cx="7" cy="7" r="2.5"/></pattern></defs>'
)


@dataclass(frozen=True)
class Shape:
    """An area of a map: its rings, name, what is told of it, and how it is filled.

    `fill` is a class of the style sheet, or the pattern. `href` is where it leads; empty where nowhere.
    `mark` puts a dot of that class on its largest part: an area may be too small to be seen or touched.
    """

    rings: Sequence[np.ndarray]
    name: str
    about: str
    fill: str
    href: str = ""
    mark: str = ""


def shape_map(shapes: Sequence[Shape], title: str) -> str:
    """The map as SVG: the areas that lead somewhere are links in the order in which they are given.

    What is pointed at or has the focus is told in the lower left corner.
    """
    return _map(shapes, title, GRID, 0, "map")


def small_map(shapes: Sequence[Shape], title: str) -> str:
    """The same on half of the grid, no higher than it is wide; what is told stands below the areas."""
    return f'<div class="map-frame">{_map(shapes, title, HALF, LINES, "map small")}</div> '


def _map(shapes: Sequence[Shape], title: str, width: int, below: int, classes: str) -> str:
    """Areas in a picture of this width, with so many units left free below them."""
    corners = np.concatenate([ring for shape in shapes for ring in shape.rings])
    (west, south), (east, north) = corners.min(axis=0), corners.max(axis=0)
    unit = (width - 2 * MARGIN) / (east - west)
    if below:
        unit = min(unit, (width - 2 * MARGIN) / (north - south))
    height = round((north - south) * unit) + 2 * MARGIN + below
    drawn = [_drawn(shape, np.array([west, north]), unit, height) for shape in shapes]
    return (
        f'<svg class="{classes}" viewBox="0 0 {width} {height}" role="group" aria-label="{escaped(title)}">{PATTERN}'
        f"{' '.join(drawn)}</svg>"
    )


def wide_map(shapes: Sequence[Shape], title: str) -> str:
    """The map in a frame of its own that scrolls where the page is narrower than it."""
    return (
        f'<div class="map-wrap" role="region" tabindex="0" aria-label="{escaped(title)}">'
        f"{shape_map(shapes, title)}</div> "
    )


def legend(keys: Iterable[tuple[str, str]]) -> str:
    """What colours, patterns and dots mean: each a `swatch` or a `dot` with its words."""
    return f'<ul class="legend">{" ".join(f"<li>{picture} {escaped(text)}</li>" for picture, text in keys)}</ul> '


def shade(share: float, steps: tuple[float, float]) -> str:
    """The class of a share on a map of three colours, which change at the steps."""
    low, high = steps
    return "least" if share < low else "some" if share <= high else "most"


def swatch(fill: str) -> str:
    """A small square filled as an area is, for the legend."""
    return _swatch(f'<rect{_fill(fill)} width="30" height="30"/>')


def dot(mark: str) -> str:
    """A dot as the map has it, for the legend."""
    return _swatch(f'<circle class="mark {escaped(mark)}" cx="15" cy="15" r="10"/>')


def _swatch(shown: str) -> str:
    return f'<svg class="swatch" viewBox="0 0 30 30" aria-hidden="true">{shown}</svg>'


def _drawn(shape: Shape, corner: np.ndarray, unit: float, height: int) -> str:
    rings = [np.rint((ring - corner) * [unit, -unit]).astype(int) + MARGIN for ring in shape.rings]
    area = f'<path{_fill(shape.fill)} d="{"".join(map(path, rings))}"/>'
    mark = _mark(shape.mark, rings) if shape.mark else ""
    if not shape.href:
        return f"<g>{area}{mark}</g>"
    said = f"{shape.name}: {shape.about}"
    told = (
        f'<text aria-hidden="true" x="{MARGIN}" y="{height - 60}">{escaped(shape.name)}'
        f'<tspan x="{MARGIN}" dy="40">{escaped(shape.about)}</tspan></text>'
    )
    return f'<a href="{escaped(shape.href)}" aria-label="{escaped(said)}">{area}{mark} {told}</a>'


def path(ring: np.ndarray) -> str:
    """A ring on the grid as path data; corners that coincide or lie on a line are left out, a mere line is nothing."""
    kept = ring[np.any(ring != np.roll(ring, 1, axis=0), axis=1)]
    before, after = kept - np.roll(kept, 1, axis=0), np.roll(kept, -1, axis=0) - kept
    kept = kept[before[:, 0] * after[:, 1] != before[:, 1] * after[:, 0]]
    if len(kept) < 3:
        return ""
    steps = np.diff(kept, axis=0).ravel().tolist()
    numbers = " ".join(map(str, steps)).replace(" -", "-")
    return f"M{kept[0, 0]} {kept[0, 1]}l{numbers}z"


def _mark(mark: str, rings: Sequence[np.ndarray]) -> str:
    """A dot at the middle of the largest ring."""
    largest = max(rings, key=lambda ring: float(np.prod(np.ptp(ring, axis=0))))
    x, y = np.rint(largest.mean(axis=0)).astype(int)
    return f'<circle class="mark {escaped(mark)}" cx="{x}" cy="{y}" r="13"/>'


def _fill(fill: str) -> str:
    return f' fill="url(#map-{fill})"' if fill == DOTS else f' class="{escaped(fill)}"'
