"""Frames around what is pointed at: around the right cells, on nothing that must be read, in every network."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from figures import network

import netdraw
from netdraw.core.errors import OptionError
from netdraw.graph.model import Graph
from netdraw.scene.compose import tint
from netdraw.scene.model import Scene
from netdraw.spec.sources import zoo_files
from netdraw.themes.base import load, names
from netdraw.type.primitives import Ellipse, Group, Item, Rectangle, Text, ratio

FAMILIES = [netdraw.load(text.path.split("/")[1].removesuffix(".yaml")).name for text in zoo_files()]


def globs(name: str) -> list[str]:
    """Every stage, every block with a rule or branches, every branch, and some layers by their op."""
    found: Graph = network(name).graph
    groups = [group.id for group in found.groups if group.kind in ("row", "parallel", "branch", "repeat", "heads")]
    groups += [group.id for group in found.groups if group.residual]
    return [*dict.fromkeys(groups), *dict.fromkeys(node.op for node in found.nodes), "input", "output*"]


def every(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        yield item
        if isinstance(item, Group):
            yield from every(item.items)


def frames(scene: Scene) -> list[tuple[Group, Rectangle]]:
    found = [item for item in scene.items if isinstance(item, Group) and item.role == "highlight"]
    return [(group, shape) for group in found for shape in group.items if isinstance(shape, Rectangle)]


def middles(scene: Scene) -> dict[str, tuple[float, float]]:
    """The middle of every cell by its first id, of an output without ids by its name."""
    found: dict[str, tuple[float, float]] = {}
    for item in scene.items:
        if isinstance(item, Group) and item.role == "cell":
            data, shape = dict(item.data), item.items[0]
            name = data.get("id") or data["ids"].split()[0:1] or [data["output"]]
            key = name if isinstance(name, str) else name[0]
            if isinstance(shape, Ellipse):
                found[key] = shape.cx, shape.cy
            elif isinstance(shape, Rectangle):
                found[key] = shape.x + shape.width / 2, shape.y + shape.height / 2
    return found


def faults(scene: Scene) -> list[str]:
    """What is wrong with the frames of a scene, in words."""
    wrong = []
    texts = [item for item in every(scene.items) if isinstance(item, Text)]
    cells = middles(scene)
    for group, frame in frames(scene):
        half = frame.paint.width / 2
        outer = frame.x - half, frame.y - half, frame.x + frame.width + half, frame.y + frame.height + half
        inner = frame.x + half, frame.y + half, frame.x + frame.width - half, frame.y + frame.height - half
        if outer[0] < 0 or outer[1] < 0 or outer[2] > scene.width or outer[3] > scene.height:
            wrong.append(f"{group.data} leaves the page")
        for item in texts:
            left, top, right, bottom = scene.fonts.ink(item.text, item.size, item.weight)
            share = {"start": 0.0, "middle": 0.5, "end": 1.0}[item.anchor]
            x = item.x - share * scene.fonts.width(item.text, item.size, item.weight)
            box = x + left, item.y + top, x + right, item.y + bottom
            meets = box[0] < outer[2] and outer[0] < box[2] and box[1] < outer[3] and outer[1] < box[3]
            within = inner[0] < box[0] and box[2] < inner[2] and inner[1] < box[1] and box[3] < inner[3]
            if meets and not within:
                wrong.append(f"'{item.text}' ({item.role}) stands on {group.data}")
        own = set(dict(group.data)["ids"].split())
        for name, (x, y) in cells.items():
            if inner[0] < x < inner[2] and inner[1] < y < inner[3] and name not in own and own & set(cells):
                wrong.append(f"{name} stands in {group.data}")
    return wrong


EVERY = 6
"""In each run so many patterns are left out for one that is framed, by turns at two widths."""
FRAMED = [
    pytest.param(name, width, share, marks=pytest.mark.slow if share == EVERY else pytest.mark.sweep)
    for number, name in enumerate(FAMILIES)
    for place, width in enumerate(("screen", "3.5in"))
    for share in ((EVERY,) if number % 2 == place else ()) + (1,)
]


@pytest.mark.parametrize(("name", "width", "share"), FRAMED)
def test_frames_stand_on_nothing_that_must_be_read(name: str, width: str, share: int) -> None:
    net = network(name)
    for glob in globs(name)[::share]:
        try:
            drawing = net.draw(width=width, highlight=glob)
        except OptionError as error:  # too narrow, or a pattern of ours that meets nothing
            assert {fault.code for fault in error.faults} <= {"ND622", "ND627", "ND628"}, error
            continue
        scene = drawing.scene
        assert faults(scene) == []
        inside = {dict(group.data)["ids"] for group, _ in frames(scene)}
        assert inside, glob
        for group, _ in frames(scene):
            around = [one for other, one in frames(scene) if other.data == group.data]
            places = middles(scene)
            for cell in dict(group.data)["ids"].split():
                if cell in places:
                    x, y = places[cell]
                    assert any(f.x < x < f.x + f.width and f.y < y < f.y + f.height for f in around), (glob, cell)


def framed(name: str, *globs: str, **view: object) -> list[list[str]]:
    """The ids of the cells in each frame's group."""
    scene = network(name).draw(highlight=globs, **view).scene  # type: ignore[arg-type]
    return [
        dict(item.data)["ids"].split() for item in scene.items if isinstance(item, Group) and item.role == "highlight"
    ]


def test_a_group_has_the_border_of_its_box() -> None:
    scene = network("inception_v3").draw(highlight="mixed_7b").scene
    ((_, frame),) = frames(scene)
    boxes = [shape for item in scene.items if isinstance(item, Group) and item.role == "box" for shape in item.items]
    assert any(isinstance(box, Rectangle) and box[:5] == pytest.approx(frame[:5]) for box in boxes)


def test_several_matches_have_a_frame_each_and_one_group_one() -> None:
    assert len(framed("mobilenet_v2", "stages.1.*")) == 2
    assert len(framed("mobilenet_v2", "stages.1")) == 1
    assert len(framed("mobilenet_v2", "stages.1", "stages.3")) == 2
    assert len(framed("mobilenet_v2", "stages.1", "stages.1")) == 1
    assert len(frames(network("mobilenet_v2").draw(highlight=["stages.1"], unfold=True).scene)) == 1


def test_a_folded_member_is_framed_where_it_is_drawn() -> None:
    first, second = framed("mobilenet_v2", "stages.3.1"), framed("mobilenet_v2", "stages.3.3")
    assert first == second and first[0][0].startswith("stages.3.3.")
    assert len(framed("mobilenet_v2", "stages.3.*")) == 2  # of four blocks three are one box
    assert framed("densenet121", "stages.0.dense_layer.2.parallel.new") == framed(
        "densenet121", "stages.0.dense_layer.5.parallel.new"
    )


def test_what_is_closed_is_framed_whole() -> None:
    for depth in ("block", "stage"):
        found = framed("mobilenet_v2", "stages.3.2.conv_bn_act_2", depth=depth)
        assert len(found) == 1 and found[0][0].startswith("stages.3")


def test_ends_and_ticks() -> None:
    assert framed("mobilenet_v2", "input") == [["input"]]
    assert framed("mobilenet_v2", "flatten") == [["flatten"]]
    assert framed("mobilenet_v2", "output") == [["softmax"]]
    assert framed("onet", "landmarks") == [["landmarks"]]


def test_frames_and_a_part() -> None:
    assert len(framed("resnet50", "stages.1.0.conv_bn_act_2", only="conv3_x")) == 1
    with pytest.raises(OptionError, match=r"'highlight': ND628 'conv5_x' meets nothing in conv3_x"):
        framed("resnet50", "conv5_x", only="conv3_x")
    assert len(framed("se_resnet50", "stages.0.0.gate", only="*.gate")) == 1


def test_a_frame_over_rows_is_one_a_row() -> None:
    scene = network("resnet50").draw(highlight="stages", width=900).scene
    found = frames(scene)
    assert len({group.data for group, _ in found}) == 1 and len(found) > 1
    assert len({frame.y for _, frame in found}) == len(found)


def test_nothing_else_moves() -> None:
    plain, marked = (network("resnet50").draw(highlight=glob).scene for glob in ((), "conv3_x"))
    assert [item for item in marked.items if not (isinstance(item, Group) and item.role == "highlight")] == list(
        plain.items
    )
    assert "highlight" not in {item.role for item in plain.items if isinstance(item, Group)}


@pytest.mark.parametrize("wrong", ["", 3, [""], [3], {"a": 1}, None])
def test_what_is_no_pattern(wrong: object) -> None:
    with pytest.raises(OptionError, match="ND623 'highlight' takes a pattern"):
        network("lenet").draw(highlight=wrong)  # type: ignore[arg-type]


def test_one_that_meets_nothing_names_the_nearest() -> None:
    with pytest.raises(
        OptionError, match=r"'highlight': ND628 'mixed_7d' meets nothing in .*; did you mean 'mixed_7c'"
    ):
        framed("inception_v3", "mixed_7b", "mixed_7d")


@pytest.mark.parametrize("name", names())
def test_a_frame_is_told_by_more_than_its_colour(name: str) -> None:
    theme = load(name)
    assert theme.strokes.highlight >= 1.25 * max(theme.strokes[:3])
    for ground in (theme.colors.page, *(tint(theme.colors, depth) for depth in range(3))):
        assert ratio(theme.colors.highlight, ground) >= 3
