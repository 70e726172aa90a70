"""The Python door: sources, params, variants, options, and what is raised."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import netdraw
from netdraw import NetdrawError
from netdraw.core.errors import OptionError, OutputError, SourceError, SpecError
from netdraw.core.lengths import NAMED
from netdraw.figure.ladder import LARGER
from netdraw.spec.sources import find, find_zoo, zoo_files, zoo_names

TEXT = """\
netdraw: 1
name: small
params: {width: 8, act: ReLU, depths: [1, 2]}
input: [3, 16, 16]
layers:
  - ConvBNAct: {out_channels: width, act: act}
  - ConvBNAct: {out_channels: width * 2, repeat: "depths[1]"}
  - Flatten
  - Linear: 10
variants: {wide: {title: Wide, width: 16}, same: {}}
"""
DICT: dict[str, Any] = {
    "netdraw": 1,
    "name": "small",
    "params": {"width": 8, "act": "ReLU", "depths": [1, 2]},
    "input": (3, 16, 16),
    "layers": [
        {"ConvBNAct": {"out_channels": "width", "act": "act"}},
        {"ConvBNAct": {"out_channels": "width * 2", "repeat": "depths[1]"}},
        "Flatten",
        {"Linear": 10},
    ],
}


def raised(action: Callable[[], object], kind: type[NetdrawError] = NetdrawError) -> list[str]:
    """The faults that a call raises, as the user sees them."""
    with pytest.raises(kind) as caught:
        action()
    return [str(fault) for fault in caught.value.faults]


# Sources


def test_a_text_a_dict_a_path_and_a_pathlike_are_the_same_network(tmp_path: Path) -> None:
    file = tmp_path / "net.yaml"
    file.write_text(TEXT, encoding="utf-8")
    nets = [netdraw.load(source) for source in (TEXT, DICT, str(file), file)]
    assert {net.name for net in nets} == {"small"}
    assert len({net.graph.to_dict().__str__() for net in nets}) == 1


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert netdraw.load("-").name == "small"


def test_variants_by_sign_and_by_keyword(tmp_path: Path) -> None:
    file = tmp_path / "net.yaml"
    file.write_text(TEXT, encoding="utf-8")
    by_sign, by_keyword = netdraw.load(f"{file}#wide"), netdraw.load(file, variant="wide")
    assert by_sign.graph == by_keyword.graph and by_sign.name == "wide"
    assert by_sign.header.title == "Wide"
    assert by_sign.analysis.total.params > netdraw.load(file).analysis.total.params
    assert raised(lambda: netdraw.load(f"{file}#wode")) == [f"{file}: ND011 no variant 'wode'; did you mean 'wide'?"]
    assert raised(lambda: netdraw.load(f"{file}#")) == [f"{file}: ND011 no variant ''; choose from same, wide"]


def test_a_file_whose_name_has_the_sign_of_a_variant(tmp_path: Path) -> None:
    file = tmp_path / "a#b.yaml"
    file.write_text(TEXT, encoding="utf-8")
    assert netdraw.load(str(file)).variant is None
    assert netdraw.load(f"{file}#wide").variant == "wide"


def test_names_of_the_zoo() -> None:
    names = zoo_names()
    assert {"mobilenet_v1", "mobilenet_v2", "vgg11", "resnet", "resnet50", "resnet50_paper"} <= set(names)
    assert find_zoo("resnet").variant is None and find_zoo("resnet18").variant == "resnet18"
    assert netdraw.load("resnet#resnet18").graph == netdraw.load("resnet18").graph
    for name, text in names.items():
        assert find_zoo(name) == text


def test_aliases_lead_to_their_variant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "small.yaml").write_text(TEXT + "aliases: {broad: wide, tiny: small}\n", encoding="utf-8")
    monkeypatch.setattr("netdraw.core.resources._root", lambda: str(tmp_path))
    assert netdraw.load("broad").name == "wide"
    assert netdraw.load("tiny").name == "small"
    assert [text.path for text in zoo_files()] == ["specs/small.yaml"]


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("resnet19", "resnet19: ND006 no file, and no network of the zoo, has this name; did you mean 'resnet18'?"),
        ("ResNet50", "ResNet50: ND006 no file, and no network of the zoo, has this name; did you mean 'resnet50'?"),
        ("nets/none.yaml", "nets/none.yaml: ND001 no such file; there is no folder 'nets' either"),
        ("none.yaml", "none.yaml: ND001 no such file"),
        ("none.yaml#v", "none.yaml: ND001 no such file"),
        ("", "'': ND001 no such file"),
        ("a\0b.yaml", r"a\x00b.yaml: ND003 the file cannot be read: embedded null byte"),
    ],
)
def test_what_cannot_be_found(source: str, fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    if "\0" in source:
        assert raised(lambda: find(Path(source)), SourceError) == [fault]
    else:
        assert raised(lambda: netdraw.load(source), SourceError) == [fault]


def test_the_file_that_is_meant_is_named(tmp_path: Path) -> None:
    (tmp_path / "mobilenet.yaml").touch()
    assert raised(lambda: netdraw.load(tmp_path / "mobilnet.yaml"))[0].endswith(
        "ND001 no such file; did you mean 'mobilenet.yaml'?"
    )


def test_files_that_are_no_specs(tmp_path: Path) -> None:
    binary, empty = tmp_path / "a.yaml", tmp_path / "b.yaml"
    binary.write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    empty.touch()
    assert raised(lambda: netdraw.load(tmp_path)) == [f"{tmp_path}: ND002 this is a directory; name a file in it"]
    assert "ND004" in raised(lambda: netdraw.load(binary))[0]
    assert "ND005" in raised(lambda: netdraw.load(empty))[0]


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "net.yaml"
    file.write_text(TEXT, encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    assert raised(lambda: find(file)) == [f"{file}: ND003 the file cannot be read: Permission denied"]


# Dicts


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"layers": ["Conv2D"]}, "<dict>.layers[0]: ND103 unknown op or block 'Conv2D'; did you mean 'Conv2d'?"),
        ({"input": [3, float("nan"), 4]}, "<dict>.input[1]: ND113 nan is no number"),
        ({"input": [3, 10**19, 4]}, "<dict>.input[1]: ND208 the number is too large"),
        ({"layers": [{3: 4}]}, "<dict>.layers[0]: ND112 a key must be a text, not a value of type int"),
        ({"layers": [object()]}, "<dict>.layers[0]: ND114 expected a map, a list, a number, a text or None"),
        ({"layers": [{"Linear": "wdth"}]}, "<dict>.layers[0].Linear: ND203 unknown name 'wdth'; did you mean 'width'?"),
    ],
)
def test_faults_of_a_dict_have_the_place_in_it(change: dict[str, Any], fault: str) -> None:
    assert raised(lambda: netdraw.load({**DICT, **change}))[0].startswith(fault)


def test_a_dict_without_end() -> None:
    endless: list[Any] = []
    endless.append(endless)
    assert "ND502" in raised(lambda: netdraw.load({**DICT, "layers": endless}))[0]
    assert "ND503" in raised(lambda: netdraw.load({**DICT, "layers": ["ReLU"] * 200_001}))[0]


# Params


def test_params_are_python_values() -> None:
    base = netdraw.load(TEXT).analysis.total.params
    assert netdraw.load(TEXT, width=16).analysis.total.params > base
    assert netdraw.load(TEXT, width="4 * 2").analysis.total.params == base
    assert netdraw.load(TEXT, depths=[1, 1]).analysis.total.params < base
    ops = [node.op for node in netdraw.load(TEXT, act={"LeakyReLU": 0.1}).graph.nodes]
    assert "LeakyReLU" in ops and ops != [node.op for node in netdraw.load(TEXT, act="none").graph.nodes]


def test_a_block_as_a_param() -> None:
    net = netdraw.load("resnet", block="BasicBlock", depths=[2, 2, 2, 2])
    assert net.graph.nodes == netdraw.load("resnet18").graph.nodes


@pytest.mark.parametrize(
    ("params", "fault"),
    [
        ({"widht": 1}, "param widht: ND413 no param 'widht'; did you mean 'width'?"),
        ({"width": True}, "param width: ND301"),
        ({"width": 0}, "param width: ND301 out_channels expects a whole number of 1 or more, not 0"),
        ({"width": "8 +"}, "param width: ND201"),
        ({"width": None}, "param width: ND114"),
        ({"act": "RelU"}, "param act: ND103 unknown op or block 'RelU'; did you mean 'ReLU'?"),
        (
            {"act": {"LeakyReLU": {"slope": 1}}},
            "param act.LeakyReLU.slope: ND105 unknown attribute 'slope' of LeakyReLU",
        ),
        ({"depths": [1]}, "<text>:7:"),
    ],
)
def test_params_that_do_not_fit(params: dict[str, Any], fault: str) -> None:
    faults = raised(lambda: netdraw.load(TEXT, **params), SpecError)
    assert any(found.startswith(fault) for found in faults), faults


def test_all_faults_come_at_once() -> None:
    text = TEXT.replace("Flatten", "Flaten").replace("Linear: 10", "Linear: {out_feature: 10}")
    faults = raised(lambda: netdraw.load(text, widht=3))
    assert [re.sub(r".* (ND\d+) .*", r"\1", fault) for fault in faults] == ["ND103", "ND105", "ND413"]


def test_warnings_do_not_raise() -> None:
    net = netdraw.load(TEXT + "blocks: {Unused: {layers: [ReLU]}}\n")
    assert [fault.code for fault in net.faults] == ["ND415"]


# Headers


def test_expect_of_a_variant() -> None:
    text = TEXT + "expect: {params: 1}\n"
    assert netdraw.load(text).header.expect == (("params", 1),)
    assert netdraw.load(text, variant="same").header.expect == (("params", 1),)
    assert netdraw.load(text, variant="wide").header.expect == ()


# Drawings


def test_a_drawing_shows_and_saves_itself(tmp_path: Path) -> None:
    drawing = netdraw.draw(TEXT, cost="params")
    assert drawing._repr_svg_().startswith("<svg")
    drawing.save(tmp_path / "net.svg")
    drawing.save(str(tmp_path / "net.png"), scale=1)
    drawing.save(tmp_path / "figure", format="svg")
    assert (tmp_path / "net.svg").read_bytes() == (tmp_path / "figure").read_bytes() == drawing.to_bytes("svg")
    assert (tmp_path / "net.png").read_bytes() == drawing.to_bytes("png", scale=1) != drawing.to_bytes("png")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["figure", "net.png", "net.svg"]


def test_drawing_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    netdraw.draw(DICT).to_bytes("png")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ({"thme": "dark"}, "ND620 unknown option 'thme'; did you mean 'theme'?"),
        ({"theme": "drak"}, "'theme': ND601 unknown theme 'drak'; did you mean 'dark'?"),
        ({"cost": "flop"}, "'cost': ND623 unknown value 'flop'; did you mean 'flops'?"),
        ({"layout": "stripe"}, "'layout': ND623 unknown layout 'stripe'; did you mean 'strip'?"),
        ({"width": "colum"}, "'width': ND621 'colum' is no width; did you mean 'column'?"),
        ({"width": "12 parsecs"}, "'width': ND621 '12 parsecs' is no width; write px"),
        ({"width": 0}, "'width': ND621 '0' is no width; write px"),
        ({"width": -3.5}, "'width': ND621"),
        ({"width": True}, "'width': ND621"),
        ({"width": float("inf")}, "'width': ND621"),
        ({"width": "nan"}, "'width': ND621"),
    ],
)
def test_options_that_do_not_fit(options: dict[str, Any], fault: str) -> None:
    assert raised(lambda: netdraw.draw(TEXT, **options), OptionError)[0].startswith(fault)


def test_formats_that_do_not_fit(tmp_path: Path) -> None:
    drawing = netdraw.draw(TEXT)
    file = tmp_path / "net.svgg"
    assert raised(lambda: drawing.save(file)) == [f"{file}: ND606 unknown format '.svgg'; did you mean 'svg'?"]
    assert "no suffix" in raised(lambda: drawing.save(tmp_path / "net"))[0]
    assert "ND606" in raised(lambda: drawing.to_bytes("pgn"))[0]
    assert "ND607" in raised(lambda: drawing.to_bytes("png", scale=0))[0]
    largest = re.search(r"fits is ([\d.]+)", raised(lambda: drawing.to_bytes("png", scale=1000))[0])
    assert largest and 1 < float(largest[1]) < 1000
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("unit", ["", "mm", "in", "pt"])
def test_a_width_that_is_too_small_names_the_least_that_works(unit: str) -> None:
    fault = raised(lambda: netdraw.draw("resnet50", width=f"0.4{unit}"))[0]
    least = re.search(r"least that works is ([\d.]+)" + unit, fault)
    assert fault.startswith("'width': ND622") and least
    netdraw.draw("resnet50", width=least[1] + unit)
    smaller = float(least[1]) - {"": 1, "mm": 1, "in": 0.1, "pt": 1}[unit]
    assert "ND622" in raised(lambda: netdraw.draw("resnet50", width=f"{smaller:g}{unit}"))[0]


def _width(drawing: netdraw.Drawing) -> str:
    return ET.fromstring(drawing.to_bytes("svg")).get("width") or ""


def test_named_widths_are_what_they_stand_for() -> None:
    net = netdraw.load("mobilenet_v2")
    for name, width in NAMED.items():
        assert net.draw(width=name).scene.items == net.draw(width=width).scene.items
    assert _width(net.draw(width=1440)) == _width(net.draw()) == _width(net.draw(width="1440"))


def test_a_figure_fills_the_width_asked_where_a_tenth_is_enough() -> None:
    net = netdraw.load("mobilenet_v2")
    natural = float(_width(net.draw(width="none")))
    for factor in (1.0, 1.05, LARGER, 1.3):
        shown = float(_width(net.draw(width=natural * factor)))
        assert shown == pytest.approx(natural * min(factor, LARGER), abs=0.02)


def test_output_faults_are_raised(tmp_path: Path) -> None:
    assert "ND007" in raised(lambda: netdraw.draw(TEXT).save(tmp_path / "no" / "net.svg"), OutputError)[0]


# The package


def test_import_is_lazy_and_the_names_are_there() -> None:
    code = "import sys, netdraw; print('netdraw.api.load' in sys.modules, netdraw.load is netdraw.load, netdraw.__version__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True", netdraw.__version__]
    assert set(netdraw.__all__) <= set(dir(netdraw))
    with pytest.raises(AttributeError, match="'netdraw' has no attribute 'lod'"):
        _ = netdraw.lod


def test_a_character_that_no_font_has_is_a_warning_and_never_a_blank(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = "netdraw: 1\nname: n\ntitle: {}\ninput: [3]\nlayers: [ReLU]\n"
    plain, strange = (netdraw.load(spec.format(title)).draw() for title in ("Nets 网", "Сеть ∘"))
    assert plain.faults == ()
    (fault,) = strange.faults
    assert (fault.code, fault.severity) == ("ND624", "warning") and "С" in fault.message and "∘" in fault.message
    picture = strange.to_bytes("png")
    monkeypatch.setattr("netdraw.render.png.NO_GLYPH", " ")
    assert strange.to_bytes("png") != picture, "a box is drawn for each"
    assert "Сеть ∘" in strange.to_bytes("svg").decode()
