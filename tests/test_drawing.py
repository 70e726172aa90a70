"""A drawing that is made: many formats from one layout, with or without a ground, and what a notebook shows."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import netdraw
from netdraw.figure.drawing import Drawing, Table
from netdraw.layout.all import LAYOUTS


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """How often a figure is built, placed and composed."""
    calls = {"layout": 0, "build": 0, "compose": 0}

    def counting(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def count(*arguments: Any, **options: Any) -> Any:
            calls[name] += 1
            return function(*arguments, **options)

        return count

    from netdraw.api import network
    from netdraw.figure import ladder as fitting

    monkeypatch.setitem(LAYOUTS._items, "auto", counting("layout", LAYOUTS["auto"]))
    monkeypatch.setattr(fitting, "build", counting("build", fitting.build))
    monkeypatch.setattr(network, "compose", counting("compose", network.compose))
    return calls


def test_several_formats_come_from_one_layout(counted: dict[str, int], tmp_path: Path) -> None:
    drawing = netdraw.draw("mobilenet_v2")
    assert counted == {"layout": 1, "build": 1, "compose": 1}
    for name in ("a.svg", "b.pdf", "c.png", "d.svg", "e.pdf"):
        drawing.save(tmp_path / name)
    drawing.to_bytes("png", scale=1)
    drawing._repr_mimebundle_()
    assert counted == {"layout": 1, "build": 1, "compose": 1}
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "d.svg").read_bytes()
    assert (tmp_path / "b.pdf").read_bytes() == (tmp_path / "e.pdf").read_bytes() == drawing.to_bytes("pdf")


def test_the_command_line_lays_out_once_too(counted: dict[str, int], tmp_path: Path) -> None:
    from click.testing import CliRunner

    from netdraw.cli import cli

    files = [str(tmp_path / f"net.{suffix}") for suffix in ("svg", "pdf", "png")]
    result = CliRunner().invoke(cli, ["render", "lenet", *(part for file in files for part in ("-o", file))])
    assert result.exit_code == 0 and counted["layout"] == counted["compose"] == 1
    assert all(Path(file).is_file() for file in files)


def test_a_transparent_picture_has_no_ground() -> None:
    drawing = netdraw.draw("lenet", theme="dark")
    with_ground, without = (drawing.to_bytes("svg", transparent=one).decode() for one in (False, True))
    ground = '<rect width="100%" height="100%" fill="#0d1117"/>\n'
    assert ground in with_ground and with_ground.replace(ground, "") == without
    for transparent in (False, True):
        picture = Image.open(io.BytesIO(drawing.to_bytes("png", scale=1, transparent=transparent)))
        assert picture.getpixel((0, 0)) == ((0, 0, 0, 0) if transparent else (13, 17, 23, 255))
        assert picture.getextrema()[3] == ((0, 255) if transparent else (255, 255))
    assert len(drawing.to_bytes("pdf", transparent=True)) < len(drawing.to_bytes("pdf"))


def test_saving_takes_the_same_options(tmp_path: Path) -> None:
    drawing = netdraw.draw("lenet")
    drawing.save(tmp_path / "net.png", scale=1, transparent=True)
    assert (tmp_path / "net.png").read_bytes() == drawing.to_bytes("png", scale=1, transparent=True)


@pytest.mark.parametrize("scale", [0.001, 0.3, 1, 3.7])
def test_any_positive_scale_works(scale: float) -> None:
    picture = Image.open(io.BytesIO(netdraw.draw("lenet").to_bytes("png", scale=scale)))
    assert picture.width >= 1 and picture.height >= 1


def test_a_notebook_shows_the_figure_and_its_alt_text() -> None:
    drawing = netdraw.draw("lenet", lang="zh")
    bundle = drawing._repr_mimebundle_(include=None, exclude=None)
    assert list(bundle) == ["image/svg+xml", "text/plain"]
    assert ET.fromstring(bundle["image/svg+xml"]).get("lang") == "zh"
    assert bundle["image/svg+xml"] == drawing._repr_svg_() == drawing.to_bytes("svg").decode()
    assert bundle["text/plain"] == drawing.alt == netdraw.load("lenet").alt(lang="zh")


def test_a_notebook_shows_a_summary_as_a_table() -> None:
    net = netdraw.load("lenet")
    table = net.table(cost="flops")
    assert isinstance(table, Table) and isinstance(net.draw(), Drawing)
    bundle = table._repr_mimebundle_(include=None, exclude=None)
    assert list(bundle) == ["text/html", "text/plain"]
    assert bundle["text/plain"] == str(table) == net.summary(cost="flops")
    root = ET.fromstring(f"<div>{bundle['text/html']}</div>")
    assert root[0].tag == "table" and not list(root.iter("style")) and not list(root.iter("body"))
    assert len(list(root.iter("tr"))) == len(net.graph.nodes) + 2
    assert table._repr_html_() in net.summary("html", cost="flops")
    with pytest.raises(netdraw.NetdrawError, match="ND623"):
        net.table(cost="flop")  # type: ignore[arg-type]
