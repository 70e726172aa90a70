"""The layout `stack` over the zoo: nothing collides and nothing is lost, in one column and in several."""

from __future__ import annotations

import pytest
from layout_checks import collisions
from test_zoo_figures import LINES, diagram

from netdraw.layout.base import Page, TooNarrow
from netdraw.layout.stack import stack
from netdraw.styles.cells import metrics
from netdraw.themes.base import load

PAGES = {
    "screen": (44.0, Page(1440.0, None, 20.0)),
    "page": (15.0, Page(174 / 25.4 * 72, 240 / 25.4 * 72, 15.0)),
    "low": (44.0, Page(None, 1000.0, 20.0)),
}
REFUSED = {(name, "page", False) for name in ("googlenet", "googlenet_torchvision", "inception_v3", "ssd300")}
"""What does not fit: network, page, whether unfolded."""


@pytest.mark.parametrize(("page", "unfold"), [*((page, False) for page in PAGES), ("low", True)])
@pytest.mark.parametrize("name", LINES)
def test_nothing_collides_and_nothing_is_missing(name: str, page: str, unfold: bool) -> None:
    d, asked = PAGES[page]
    measure, found = metrics(load("default"), d), diagram(name, unfold)
    try:
        placed = stack(found, measure, asked)
    except TooNarrow:
        assert (name, page, unfold) in REFUSED
        return
    assert (name, page, unfold) not in REFUSED
    assert collisions(placed, found, measure) == []
