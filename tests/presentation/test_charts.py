"""Figures as they are drawn: what a reader sees of the numbers, and how much it weighs."""

import re
from base64 import b64decode
from io import BytesIO

import numpy as np
import pytest
from matplotlib.image import imread

from paritrana.presentation import charts
from paritrana.presentation.charts import DEEP, Picture, acceptabilities, bars
from paritrana.presentation.language import Text


def heat(count: int) -> tuple[np.ndarray, Picture]:
    """Probabilities of ranks that are 0 for some and rarely even, and their figure."""
    share = np.random.default_rng(16800).dirichlet(np.full(count, 0.15), size=count).round(3)
    names = [f"Kabupaten {number}" for number in range(count)]
    return share, acceptabilities(Text("id"), names, share, share @ np.arange(1, count + 1), "Peta kalor.")


def boxes(picture: Picture) -> np.ndarray:
    """The boxes of a heat map, shape (N, N, 3): red, green and blue from 0 to 255."""
    found = re.search(r"base64,\s*([^\"]+)", picture.data.decode())
    assert found
    return (imread(BytesIO(b64decode(found[1])))[:, :, :3] * 255).round().astype(int)


@pytest.mark.parametrize("count", [2, 7, 38])
def test_a_box_is_as_dark_as_its_probability(count: int) -> None:
    share, picture = heat(count)
    colours = boxes(picture)
    assert colours.shape == (count, count, 3)
    assert (colours[share == 0] == 255).all()
    assert "#" + "".join(f"{part:02x}" for part in colours[np.unravel_index(share.argmax(), share.shape)]) == DEEP
    by_share = colours.sum(axis=2).ravel()[share.ravel().argsort()]
    assert (np.diff(by_share) <= 0).all()


def test_a_box_keeps_its_edges_at_any_size() -> None:
    assert "image-rendering:pixelated" in heat(3)[1].data.decode()


def test_the_same_numbers_make_the_same_bytes() -> None:
    assert heat(7)[1] == heat(7)[1]


def test_the_figure_of_the_largest_province_stays_light() -> None:
    assert len(heat(38)[1].data) < 50_000


@pytest.mark.filterwarnings("error")
def test_a_name_is_drawn_as_it_is_written_whatever_it_holds() -> None:
    names = [
        "$\\frac{1}",
        "a\n\nb\x01",
        "\N{GRINNING FACE} \N{CJK UNIFIED IDEOGRAPH-4E2D}",
        "<script>&",
        "panjang " * 30,
    ]
    drawn = bars(Text("id"), names, np.linspace(0, 1, len(names)), label="$x$", alt="satu\n\ndua")
    svg = drawn.data.decode()
    assert drawn.alt == "satu dua"
    for text in ("$\\frac{1}", "a b", "\N{GRINNING FACE}", "&lt;script&gt;&amp;", "panjang panjang", "$x$"):
        assert f">{text}" in svg
    assert "<script>" not in svg


def test_what_was_said_and_seen_is_named_with_the_line_on_which_they_agree() -> None:
    said, seen = np.array([0.1, 0.5]), np.array([0.2, 0.4])
    points = charts.Series("first", said, seen, seen - 0.1, seen + 0.3)
    made = charts.calibration([points], said="said (%)", seen="seen (%)", agree="both agree", alt="points")
    text = made.data.decode()
    assert all(f">{word}<" in text for word in ("both agree", "said (%)", "seen (%)", "first"))
    assert made.alt == "points"
