"""One small figure in every theme, byte for byte; look at the difference before you renew it."""

from __future__ import annotations

from collections.abc import Callable

import handmade
import pytest
from measures import metrics

from netdraw.render import render
from netdraw.scene.compose import compose
from netdraw.themes.base import load, names


@pytest.mark.parametrize("name", names())
def test_the_small_figure(name: str, golden: Callable[[str, str], None]) -> None:
    scene = compose(handmade.DIAGRAM, handmade.PLACEMENT, metrics(load(name), 44.0))
    golden(f"themes/{name}.svg", render(scene, "svg", fonts="none").decode())


def test_no_two_themes_are_the_same() -> None:
    scenes = [compose(handmade.DIAGRAM, handmade.PLACEMENT, metrics(load(name), 44.0)) for name in names()]
    assert len({render(scene, "svg", fonts="none") for scene in scenes}) == len(scenes)
