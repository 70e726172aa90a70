"""Draws the reference networks into gallery/reference/, and writes docs/reference.md: ours beside the hand-drawn ones.

`gallery/reference/figures.yaml` has what the hand-drawn figures state; what is right is computed here, from the
networks. `python scripts/build_reference.py` writes all, `--check` only says what is out of date. Both fail where a
label that is called right differs from what is computed, or one that is called wrong does not.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

import netdraw
from netdraw.graph.model import Node, Ref, type_table
from netdraw.ops.tensor import TensorType

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "gallery" / "reference"
DATA = FOLDER / "figures.yaml"
PAGE = ROOT / "docs" / "reference.md"
THEMES = ("classic", "default")
MARKS = {"wrong": "✗ wrong", "missing": "missing", "convention": "convention"}
KEYS = {"kind", "layer", "rule", "at", "says", "note"}
COUNTS = ("repeat", "modules")
"""The rules of which a label says `×3`."""
NONE = "—"


class Fault(Exception):
    """A label that is not what the data calls it."""


class Label(NamedTuple):
    """`says` is what the hand-drawn figure states; `computed` is by our rule, both without spaces."""

    kind: str
    layer: str
    says: str
    computed: str
    note: str


class Figure(NamedTuple):
    """`right` are the labels that equal the computed values."""

    title: str
    original: str | None
    draws: tuple[str, ...]
    fuse_pool: bool
    words: dict[str, str]
    right: tuple[str, ...]
    labels: tuple[Label, ...]


class Net:
    """A network and what the rules ask of it. A place is the id of a node, or what the ids of several begin with."""

    def __init__(self, name: str) -> None:
        net = netdraw.load(name)
        self.graph = net.graph
        self.total = net.analysis.total
        self.types: dict[Ref, TensorType] = type_table(net.graph)

    def nodes(self, place: str) -> list[Node]:
        """The nodes at a place, shortcuts left out. Raises Fault where there is none."""
        inside = f"{place}." if place else ""
        found = [node for node in self.graph.nodes if node.id == place or node.id.startswith(inside)]
        if not found:
            raise Fault(f"{self.graph.name} has nothing at '{place}'")
        return [node for node in found if ".shortcut." not in node.id.removeprefix(place)]

    def first(self, place: str, key: str) -> Node:
        """The first node at a place that has an attribute."""
        found = [node for node in self.nodes(place) if key in node.attrs]
        if not found:
            raise Fault(f"{self.graph.name} has no {key} at '{place}'")
        return found[0]

    def convolutions(self, place: str) -> list[Node]:
        return [node for node in self.nodes(place) if node.op == "Conv2d"]

    def read(self, node: Node) -> tuple[int, ...]:
        """The shape of what a node reads."""
        return shape_of(self.types[node.inputs[0]])


@cache
def network(name: str) -> Net:
    return Net(name)


def shape_of(kind: TensorType) -> tuple[int, ...]:
    return tuple(int(size) for size in kind.shape)


def flat(sizes: tuple[int, ...]) -> tuple[int, ...]:
    """A map of 1×1 as the vector that it is."""
    while len(sizes) > 1 and sizes[-1] == 1:
        sizes = sizes[:-1]
    return sizes


def starred(values: object) -> str:
    """Sizes as the hand-drawn figures write them; one number stands for itself."""
    return "*".join(map(str, values)) if isinstance(values, tuple) else str(values)


def shape(net: Net, place: str) -> str:
    if any(place == name for name, _ in net.graph.inputs):
        return starred(flat(shape_of(net.types[Ref(place)])))
    return starred(flat(shape_of(net.nodes(place)[-1].outputs[0])))


def kernel(net: Net, place: str) -> str:
    """Of a convolution with its channels; of a global pooling the map that it reads."""
    node = net.nodes(place)[0]
    if node.op.startswith("Adaptive"):
        return starred(net.read(node)[1:])
    node = net.first(place, "kernel_size")
    channels = node.attrs.get("out_channels")
    return starred(node.attrs["kernel_size"]) + (f",{channels}" if channels else "")


def weights(net: Net, place: str) -> str:
    node = net.nodes(place)[0]
    into = net.read(node)[0]
    if "out_features" in node.attrs:
        return starred((into, node.attrs["out_features"]))
    return starred((*node.attrs["kernel_size"], into // node.attrs["groups"], node.attrs["out_channels"]))


def single(key: str) -> Callable[[Net, str], str]:
    """A rule that gives an attribute, as one number where it is the same along both axes."""

    def rule(net: Net, place: str) -> str:
        value = net.first(place, key).attrs[key]
        alike = isinstance(value, tuple) and len(set(value)) == 1
        return starred(value[0] if alike else value)

    return rule


def repeat(net: Net, place: str) -> str:
    """How many numbered members a place has."""
    return str(len({node.id.removeprefix(f"{place}.").split(".")[0] for node in net.nodes(place)}))


def modules(net: Net, place: str) -> str:
    """How many concats stand behind a pooling, before the next."""
    start = net.nodes(place)[0]
    behind = net.graph.nodes[net.graph.nodes.index(start) + 1 :]
    until = next((at for at, node in enumerate(behind) if node.op == start.op), len(behind))
    return str(sum(node.op == "Concat" for node in behind[:until]))


def projections(net: Net, place: str) -> str:
    found = [group for group in net.graph.groups if group.id.startswith(f"{place}.") and group.residual]
    return str(sum(group.residual is not None and group.residual.done == "project" for group in found))


def reads(net: Net, place: str) -> str:
    source = net.nodes(place)[0].inputs[0].node
    return net.nodes(source)[0].op


RULES: dict[str, Callable[[Net, str], str]] = {
    "shape": shape,
    "kernel": kernel,
    "weights": weights,
    "stride": single("stride"),
    "padding": single("padding"),
    "dilation": single("dilation"),
    "groups": single("groups"),
    "rounding": single("rounding"),
    "repeat": repeat,
    "convolutions": lambda net, place: str(len(net.convolutions(place))),
    "linears": lambda net, place: str(sum(node.op == "Linear" for node in net.nodes(place))),
    "modules": modules,
    "projections": projections,
    "op": lambda net, place: net.nodes(place)[0].op,
    "reads": reads,
}
"""By name, what is computed for a place of a network."""


def computed(draws: tuple[str, ...], rule: str, at: str) -> str:
    name, _, place = at.rpartition("/")
    return RULES[rule](network(name or draws[0]), place)


def same(rule: str, says: str, value: str) -> bool:
    """Whether what is stated is what is computed; a shape 120*1 is 120."""
    return value == (re.sub(r"(\*1)+$", "", says) if rule == "shape" else says)


def each(draws: tuple[str, ...], at: str, text: str) -> Iterator[tuple[str, str]]:
    """The texts of one value, each with its place: of several, those of the convolutions there."""
    texts = text.split()
    if len(texts) == 1:
        yield at, text
        return
    name, slash, place = at.rpartition("/")
    found = [node.id for node in network(name or draws[0]).convolutions(place)]
    if len(found) != len(texts):
        raise Fault(f"{len(texts)} labels for the {len(found)} convolutions at '{at}'")
    yield from ((f"{name}{slash}{id}", text) for id, text in zip(found, texts, strict=True))


def right(draws: tuple[str, ...], rule: str, places: dict[str, str]) -> Iterator[str]:
    """The labels called right, as they are written. Raises Fault for one that is not."""
    for at, text in places.items():
        for place, says in each(draws, at, text):
            value = computed(draws, rule, place)
            if not same(rule, says, value):
                raise Fault(f"{rule} at '{place}' is called right: {says} is stated, {value} computed")
            yield f"×{says}" if rule in COUNTS else f"{rule} {says}" if says.isdigit() and rule != "shape" else says


def label(draws: tuple[str, ...], row: dict[str, str]) -> Label:
    """One label. Raises Fault where it is called wrong and is not, or missing and there."""
    rule, at, says = row.get("rule", "shape"), row.get("at"), row.get("says", NONE)
    value = NONE if at is None else computed(draws, rule, at)
    kind = row["kind"]
    if kind not in MARKS or set(row) - KEYS or (at is None and kind != "convention"):
        raise Fault(f"unknown kind or key, or no place, in {row}")
    if kind != "convention" and same(rule, says, value):
        raise Fault(f"{rule} at '{at}' is called {kind}, but {says} is what is computed")
    return Label(kind, row["layer"], says, value, row.get("note", ""))


def figure(row: dict[str, Any]) -> Figure:
    draws = tuple(row["draws"])
    rights = [text for rule, places in row.get("right", {}).items() for text in right(draws, rule, places)]
    words = {key: row[key] for key in ("same", "better", "missing")}
    labels = tuple(label(draws, one) for one in row.get("labels", ()))
    return Figure(row["title"], row.get("original"), draws, row.get("fuse_pool", False), words, tuple(rights), labels)


def figures() -> list[Figure]:
    """All that is compared. Raises Fault where the data is not true."""
    return [figure(row) for row in data()["figures"]]


@cache
def data() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return found


def drawings(found: list[Figure]) -> dict[Path, bytes]:
    """By file, what each figure is today; in `classic` with poolings in convolutions where the original has them so.

    All are strips: what Graphviz places may differ with its version.
    """
    return {
        FOLDER / f"{name}-{theme}.svg": netdraw.draw(
            name, theme=theme, layout="strip", fuse_pool=one.fuse_pool and theme == "classic"
        ).to_bytes("svg")
        for one in found
        for name in one.draws
        for theme in THEMES
    }


INTRO = """\
# Beside hand-drawn figures

<!-- Made by scripts/build_reference.py from gallery/reference/figures.yaml; edit that. -->

netdraw began with hand-drawn figures of well-known networks: *{work}* by {author},
[{short}]({url}),
under {licence}. Theme `classic` keeps their alphabet: which cell stands for which layer, in which shape and colour. No
picture, text or logo of theirs is in netdraw; our figures are drawn from specs that follow the papers. What this page
says of theirs are facts about their labels, read by eye.

Every value under *computed* is taken from the network by a script, which fails where a label that is called right
differs, or one that is called wrong does not. Labels are in the notation of the originals: `64*112*112` is channels,
height and width of a map, `3*3,64` a kernel and its channels. *Missing* is what a reader has to work out; a
*convention* is right if one knows it. A number in brackets says how often a label is there.

## Overview

| figure | ours | labels right | wrong | missing | the same | better | still missing in ours |
|---|---|--:|--:|--:|---|---|---|
"""


def page(found: list[Figure]) -> str:
    credit = data()["credit"]
    short = credit["url"].removeprefix("https://")
    rows = [overview(one) for one in found]
    total = "| all | | {} | {} | {} | | | |".format(*map(sum, zip(*map(counts, found), strict=True)))
    return INTRO.format(**credit, short=short) + "\n".join([*rows, total, *map(section, found)]) + "\n"


def counts(one: Figure) -> tuple[int, int, int]:
    """How many labels are right, wrong, missing."""
    kinds = [item.kind for item in one.labels]
    return len(one.right), kinds.count("wrong"), kinds.count("missing")


def links(one: Figure) -> str:
    """Links to our figures."""
    shown = [
        f"[{theme if len(one.draws) == 1 else f'{name}, {theme}'}](../gallery/reference/{name}-{theme}.svg)"
        for name in one.draws
        for theme in THEMES
    ]
    return ", ".join(shown)


def overview(one: Figure) -> str:
    numbers = counts(one) if one.original else (NONE, NONE, NONE)
    words = [one.words[key] for key in ("same", "better", "missing")]
    return f"| {one.title} | {' | '.join(map(str, [links(one), *numbers, *words]))} |"


def section(one: Figure) -> str:
    totals = [f"`{name}` {total.params:,} parameters, {total.macs:,} MACs" for name, total in costs(one)]
    lines = ["", f"## {one.title}", "", *(picture(one, name) for name in one.draws), ""]
    original = f"The original is `{one.original}`. " if one.original else ""
    lines += [f"{original}Ours: {'; '.join(totals)}.", ""]
    if one.labels:
        lines += ["| layer | hand-drawn | computed | | |", "|---|---|---|---|---|", *map(line, one.labels), ""]
    if one.right:
        found = [times(text, count) for text, count in Counter(one.right).items()]
        lines += [f"Right are {len(one.right)} labels: {', '.join(found)}."]
    return "\n".join(lines).rstrip()


def times(text: str, count: int) -> str:
    """A label, and how often it is there where that is more than once."""
    return f"`{text}`" if count == 1 else f"`{text}` ({count})"


def costs(one: Figure) -> list[tuple[str, Any]]:
    return [(name, network(name).total) for name in one.draws]


def picture(one: Figure, name: str) -> str:
    return f"![{name}, drawn by netdraw in theme classic](../gallery/reference/{name}-classic.svg)"


def line(item: Label) -> str:
    says = NONE if item.says == NONE else f"`{item.says}`"
    value = NONE if item.computed == NONE else f"`{item.computed}`"
    if item.kind == "wrong":
        says, value = f"~~{says}~~", f"**{value}**"
    return f"| {item.layer} | {says} | {value} | {MARKS[item.kind]} | {item.note} |"


def outputs() -> dict[Path, bytes]:
    """By file, all that this script makes."""
    found = figures()
    return {PAGE: page(found).encode("utf-8")} | drawings(found)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a file is out of date")
    check = parser.parse_args().check
    try:
        made = outputs()
    except Fault as fault:
        print(f"{DATA.relative_to(ROOT)}: {fault}", file=sys.stderr)
        return 1
    stale = [file for file, content in made.items() if not file.is_file() or file.read_bytes() != content]
    surplus = sorted(set(FOLDER.glob("*.svg")) - set(made))
    if not check:
        for file in stale:
            file.write_bytes(made[file])
        for file in surplus:
            file.unlink()
    names = ", ".join(file.relative_to(ROOT).as_posix() for file in [*stale, *surplus])
    print(f"{'out of date' if check else 'written'}: {names}" if names else "the reference figures are up to date")
    return 1 if check and names else 0


if __name__ == "__main__":
    sys.exit(main())
