"""Figures: matplotlib charts of one idea each, drawn narrow enough to be read on a phone.

Every figure carries its alternative text: one sentence that says what it shows and what it finds. Text stays
text in the SVG, so that figures are small, sharp and searchable; nothing in them depends on time or chance.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from paritrana.presentation.html import one_line
from paritrana.presentation.language import Text

WIDTH = 5.2  # inches; 500 CSS pixels, so that 10 pt stays legible on a 390 px screen
DOTS = 170  # per inch, of what is drawn as pixels
SHARES = (0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1)  # named beside the shades of a heat map
ROW = 0.27  # inches per region
LONGEST_NAME = 40  # characters beside an axis: a longer name would leave no room for the figure
TEAL, DEEP, GOLD, GREY, INK = "#1f7a8c", "#0b3c49", "#b35c00", "#8a8f94", "#1d2327"
NO_RECORD, GRID = "#e7e9eb", "#f3f4f5"
STYLE: Any = {  # Any: matplotlib types the keys one by one
    "svg.fonttype": "none",
    "svg.hashsalt": "paritrana",
    "font.family": ["DejaVu Sans"],
    "font.size": 9.5,
    "text.parse_math": False,  # a dollar in a name is a dollar
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.axisbelow": True,
    "figure.facecolor": "white",
}


@dataclass(frozen=True)
class Picture:
    """An SVG, the sentence that stands for it where it cannot be seen, and its caption: what, unit, year, source."""

    data: bytes
    alt: str
    caption: str = ""


@dataclass(frozen=True)
class Series:
    """Points (n,) of one kind, shares (1 = 100 %): what was said against what was seen.

    `low` and `high` (n,) are the ends of what may be behind the seen share; without them the points are a line.
    """

    label: str
    said: np.ndarray
    seen: np.ndarray
    low: np.ndarray | None = None
    high: np.ndarray | None = None


def _canvas(rows: int, extra: float = 0.9) -> tuple[Figure, Axes]:
    """A figure with room for so many rows of regions."""
    figure = Figure(figsize=(WIDTH, max(1.6, rows * ROW + extra)), layout="constrained")
    return figure, figure.subplots()


def _picture(figure: Figure, alt: str) -> Picture:
    buffer = BytesIO()
    metadata = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    with warnings.catch_warnings():
        # Text stays text in an SVG: the reader's fonts draw it, and may well have what this machine's lack.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        # Laid out here, by the measures of SVG: `savefig` would draw it all for that, and throw the drawing away.
        FigureCanvasSVG(figure)
        if layout := figure.get_layout_engine():
            layout.execute(figure)
            figure.set_layout_engine("none")
        figure.savefig(buffer, format="svg", dpi=DOTS, metadata=metadata)
    return Picture(buffer.getvalue(), one_line(alt))


def _name_rows(axes: Axes, names: Sequence[str]) -> None:
    axes.set_yticks(range(len(names)), [_short(one_line(name)) for name in names])
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def intervals(
    say: Text,
    names: Sequence[str],
    low: np.ndarray,
    high: np.ndarray,
    marks: np.ndarray,
    *,
    label: str,
    mark_label: str,
    alt: str,
) -> Picture:
    """Shares (1 = 100 %) as dots, or as lines where only an interval is known; `marks` are other figures beside them.

    All arrays have shape (N,), in the order of `names`; NaN where there is nothing.
    """
    with mpl.rc_context(STYLE):
        figure, axes = _canvas(len(names), extra=1.2)
        rows = np.arange(len(names))
        axes.axvline(100, color=GREY, linewidth=0.8, linestyle=":")
        axes.hlines(rows, low * 100, high * 100, color=TEAL, linewidth=4, alpha=0.55, capstyle="round")
        exact = low == high
        axes.plot(low[exact] * 100, rows[exact], "o", color=DEEP, markersize=6, label=label)
        axes.plot(
            marks * 100, rows, "D", markerfacecolor="none", markeredgecolor=GOLD, markersize=5.5, label=mark_label
        )
        _name_rows(axes, names)
        axes.set_xlim(0, max(105, 5 + 100 * np.nanmax(np.concatenate([high, marks, [1]]))))
        axes.xaxis.grid(True, color=NO_RECORD)
        axes.set_xlabel(say("persen"))
        axes.legend(loc="lower center", bbox_to_anchor=(0.4, 1.0), ncols=1, frameon=False, fontsize=8.5)
        return _picture(figure, alt)


def bars(say: Text, names: Sequence[str], shares: np.ndarray, *, label: str, alt: str) -> Picture:
    """Shares (1 = 100 %), shape (N,), as horizontal bars with their value at the end."""
    with mpl.rc_context(STYLE):
        figure, axes = _canvas(len(names))
        rows = np.arange(len(names))
        axes.barh(rows, shares * 100, color=TEAL, height=0.62)
        for row, share in zip(rows, shares, strict=True):
            axes.text(share * 100, float(row), f" {say.percent(share)}", va="center", fontsize=8.5, color=INK)
        _name_rows(axes, names)
        axes.set_xlim(0, 1.22 * 100 * float(np.nanmax(shares)))
        axes.xaxis.grid(True, color=NO_RECORD)
        axes.set_xlabel(label)
        return _picture(figure, alt)


def spans(
    say: Text,
    names: Sequence[str],
    wide: tuple[np.ndarray, np.ndarray],
    near: tuple[np.ndarray, np.ndarray],
    rank: np.ndarray,
    *,
    labels: tuple[str, str, str],
    alt: str,
) -> Picture:
    """Ranks (N,) as dots on the ranks (best, worst; each (N,)) that may be: `wide` as thin lines, `near` as thick ones.

    `labels` name the dots, the thick lines and the thin ones.
    """
    with mpl.rc_context(STYLE):
        figure, axes = _canvas(len(names), extra=1.5)
        rows = np.arange(len(names))
        axes.hlines(rows, *wide, color=GREY, linewidth=1.4, label=labels[2])
        axes.hlines(rows, *near, color=TEAL, linewidth=5, alpha=0.55, capstyle="round", label=labels[1])
        axes.plot(rank, rows, "o", color=DEEP, markersize=6, label=labels[0])
        _name_rows(axes, names)
        axes.set_xlim(0.5, len(names) + 0.5)
        axes.xaxis.set_major_locator(mpl.ticker.MaxNLocator(integer=True, nbins=10))
        axes.xaxis.grid(True, color=NO_RECORD)
        axes.set_xlabel(say("peringkat"))
        axes.legend(loc="lower center", bbox_to_anchor=(0.4, 1.0), ncols=1, frameon=False, fontsize=8.5)
        return _picture(figure, alt)


def acceptabilities(say: Text, names: Sequence[str], share: np.ndarray, expected: np.ndarray, alt: str) -> Picture:
    """Probability of each rank (shape (N, N), rows in the order of `names`) as shades, the expected rank as a dot."""
    count, most = len(names), max(0.5, float(share.max()))
    with mpl.rc_context(STYLE):
        figure, axes = _canvas(count, extra=1.3)
        shown = mpl.colors.LinearSegmentedColormap.from_list("teal", ["#ffffff", "#bfe0e6", TEAL, DEEP])
        # One picture of a pixel per box: as paths, the boxes of 38 regions would weigh a third of a megabyte.
        boxes = axes.imshow(
            share,
            cmap=shown,
            # By square roots: among many regions nearly every share is small, and would be as white as none.
            norm=mpl.colors.PowerNorm(0.5, vmin=0, vmax=most),
            extent=(0.5, count + 0.5, count - 0.5, -0.5),
            aspect="auto",
            interpolation="none",
        )
        axes.hlines(np.arange(count + 1) - 0.5, 0.5, count + 0.5, color=GRID, linewidth=0.4)
        axes.vlines(np.arange(count + 1) + 0.5, -0.5, count - 0.5, color=GRID, linewidth=0.4)
        axes.plot(expected, np.arange(count), "o", markersize=5, color=GOLD, markeredgecolor="white")
        _name_rows(axes, names)
        axes.set_xlim(0.5, count + 0.5)
        axes.xaxis.tick_top()
        axes.xaxis.set_label_position("top")
        axes.xaxis.set_major_locator(mpl.ticker.MaxNLocator(integer=True, nbins=10))
        axes.set_xlabel(say("peringkat (titik: rata-rata peringkat)"))
        bar = figure.colorbar(boxes, ax=axes, orientation="horizontal", aspect=34, shrink=0.8, pad=0.02)
        bar.set_label(say("bagian percobaan (%)"), fontsize=8.5)
        bar.set_ticks([tick for tick in SHARES if tick <= most])
        bar.ax.xaxis.set_major_formatter(lambda value, _: say.number(value * 100))
        bar.outline.set_visible(False)
        return _picture(figure, alt)


def calibration(series: Sequence[Series], *, said: str, seen: str, agree: str, alt: str) -> Picture:
    """What was said against what was seen, with the line on which both agree; `said` and `seen` name the axes."""
    shown = [part for one in series for part in (one.said, one.seen, one.high) if part is not None]
    limit = min(100.0, 105 * float(np.nanmax(np.concatenate(shown))))
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, 4.6), layout="constrained")
        axes = figure.subplots()
        axes.plot([0, limit], [0, limit], color=GREY, linewidth=1, linestyle=":", label=agree)
        for one, colour, marker in zip(series, (DEEP, GOLD, GREY), "osD", strict=False):
            line = "-" if one.low is None else "none"
            axes.plot(one.said * 100, one.seen * 100, linestyle=line, marker=marker, color=colour, label=one.label)
            if one.low is not None and one.high is not None:
                axes.vlines(one.said * 100, one.low * 100, one.high * 100, color=colour, linewidth=1.2, alpha=0.6)
        axes.set_xlim(0, limit)
        axes.set_ylim(0, limit)
        axes.grid(True, color=NO_RECORD)
        axes.set_xlabel(said)
        axes.set_ylabel(seen)
        axes.legend(loc="lower center", bbox_to_anchor=(0.45, 1.0), ncols=1, frameon=False, fontsize=9)
        return _picture(figure, alt)
