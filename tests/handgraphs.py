"""Graphs built by hand, with the ids and groups that a spec of the same network gives: tests need no builder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from netdraw.graph.model import Graph, Group, Kind, Node, Reason, Ref, Residual
from netdraw.ops import OPS
from netdraw.ops.rules import complete, infer, read
from netdraw.ops.tensor import TensorType, by_length


class Maker:
    """Adds nodes and groups one after the other; `at` is the value that the chain stands at."""

    def __init__(self, name: str, shape: tuple[int, ...] = (), **inputs: tuple[int, ...]) -> None:
        self.name = name
        named = inputs or {"input": shape}
        self.inputs = tuple((key, by_length(sizes)) for key, sizes in named.items())
        self.types: dict[Ref, TensorType] = {Ref(key): kind for key, kind in self.inputs}
        self.nodes: list[Node] = []
        self.groups: dict[str, Group] = {}
        self.taken: dict[tuple[str, str], int] = {}
        self.group = ""
        self.at = Ref(next(iter(named)))

    def path(self, segment: str) -> str:
        """The id of a new sibling: the k-th of one segment gets `_k`."""
        count = self.taken[self.group, segment] = self.taken.get((self.group, segment), 0) + 1
        tail = f"{segment}_{count}" if count > 1 else segment
        return f"{self.group}.{tail}" if self.group else tail

    def op(self, name: str, *inputs: Ref, segment: str = "", shares: str | None = None, **values: Any) -> Ref:
        """One op behind `at`, or on `inputs`."""
        op = OPS[name]
        attrs = complete(op, {key: read(op, op.attr(key), value) for key, value in values.items()})  # type: ignore[arg-type]
        refs = inputs or (self.at,)
        outputs = infer(op, attrs, tuple(self.types[ref] for ref in refs))
        node = Node(self.path(segment or op.snake), name, attrs, refs, outputs, self.group, None, shares)
        self.nodes.append(node)
        for port, kind in enumerate(outputs):
            self.types[Ref(node.id, port)] = kind
        self.at = Ref(node.id)
        return self.at

    @contextmanager
    def inside(self, segment: str, kind: Kind, block: str | None = None, **fields: Any) -> Iterator[str]:
        """A group around what is made inside."""
        here = self.path(segment)
        self.groups[here] = Group(here, kind, block, fields.pop("title", None), self.group, **fields)
        outer, self.group = self.group, here
        yield here
        self.group = outer

    def conv(self, out: int, kernel: int = 3, stride: int = 1, groups: int = 1, act: str = "ReLU") -> None:
        """A ConvBNAct; `act` may be "" for none."""
        with self.inside("conv_bn_act", "block", "ConvBNAct"):
            self.conv_nodes(out, kernel, stride, groups, act)

    def conv_nodes(self, out: int, kernel: int, stride: int, groups: int = 1, act: str = "") -> None:
        """What a ConvBNAct holds, in the group around."""
        sizes: dict[str, Any] = {"kernel_size": kernel, "stride": stride, "padding": "same", "groups": groups}
        self.op("Conv2d", out_channels=out, bias=False, **sizes)
        self.op("BatchNorm2d", segment="norm")
        if act:
            self.op(act, segment="act")

    def residual(
        self, group: str, done: str, reason: Reason | None = None, add: str | None = None, rule: str = "auto"
    ) -> None:
        """Notes what the group's rule did."""
        self.groups[group] = self.groups[group]._replace(residual=Residual(rule, done, reason, add))  # type: ignore[arg-type]

    def channels(self) -> int:
        """The channels at `at`."""
        return self.types[self.at].shape[0]

    def graph(self, **outputs: Ref) -> Graph:
        """The finished graph; its one output is `output` where none is named."""
        named = tuple(outputs.items()) or (("output", self.at),)
        return Graph(self.name, self.inputs, tuple(self.nodes), tuple(self.groups.values()), named)


def _inverted_residual(make: Maker, index: int, out: int, stride: int, expand: int) -> None:
    start, into = make.at, make.channels()
    with make.inside(str(index), "block", "InvertedResidual", member=index) as here:
        if expand != 1:
            make.conv(into * expand, 1, act="ReLU6")
        else:
            make.path("conv_bn_act")  # What `when` leaves out keeps its place in the count.
        make.conv(into * expand, 3, stride, into * expand, "ReLU6")
        make.conv(out, 1, act="")
        if stride == 1 and into == out:
            make.residual(here, "add", add=make.op("Add", make.at, start).node)
        else:
            make.residual(
                here, "none", Reason("stride", ((2, 2),)) if stride == 2 else Reason("channels", ((into,), (out,)))
            )


def classifier(make: Maker, classes: int) -> None:
    """A global pool, a linear layer and a Softmax."""
    make.op("AdaptiveAvgPool2d", output_size=1)
    make.op("Flatten")
    make.op("Linear", out_features=classes)
    make.op("Softmax")


ROWS_V2 = ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1))


def mobilenet_v2_graph() -> Graph:
    """MobileNetV2 at width 1: 17 blocks, 10 adds, 3,504,872 parameters, 300,774,272 MACs."""
    make = Maker("mobilenet_v2", (3, 224, 224))
    make.conv(32, 3, 2, act="ReLU6")
    with make.inside("stages", "stages"):
        for row, (expand, out, repeat, stride) in enumerate(ROWS_V2):
            with make.inside(str(row), "row", "InvertedResidual"):
                for index in range(repeat):
                    _inverted_residual(make, index, out, stride if index == 0 else 1, expand)
    make.conv(1280, 1, act="ReLU6")
    classifier(make, 1000)
    return make.graph()


def bottleneck(make: Maker, index: int, out: int, stride: int) -> None:
    """A ResNet bottleneck with the stride in its 3×3."""
    start, into = make.at, make.channels()
    with make.inside(str(index), "block", "Bottleneck", member=index) as here:
        make.conv(out, 1)
        make.conv(out, 3, stride)
        make.conv(out * 4, 1, act="")
        end, side = make.at, start
        if stride != 1 or into != out * 4:
            make.at = start
            with make.inside("shortcut", "shortcut", "ConvBNAct"):
                make.conv_nodes(out * 4, 1, stride)
            side = make.at
        add = make.op("Add", end, side)
        with make.inside("after", "after"):
            make.op("ReLU", segment="act")
        make.residual(here, "add" if side == start else "project", add=add.node, rule="project")


def resnet_graph(depths: tuple[int, ...], name: str) -> Graph:
    """A ResNet of bottlenecks."""
    make = Maker(name, (3, 224, 224))
    make.conv(64, 7, 2)
    make.op("MaxPool2d", kernel_size=3, stride=2, padding=1)
    with make.inside("stages", "stages"):
        for row, (repeat, out) in enumerate(zip(depths, (64, 128, 256, 512), strict=True)):
            with make.inside(str(row), "row", "Bottleneck", title=f"conv{row + 2}_x"):
                for index in range(repeat):
                    bottleneck(make, index, out, 2 if row and not index else 1)
    classifier(make, 1000)
    return make.graph()


def resnet50_graph() -> Graph:
    """25,557,032 parameters, 4,089,184,256 MACs."""
    return resnet_graph((3, 4, 6, 3), "resnet50")


def resnet152_graph() -> Graph:
    """60,192,808 parameters, 11,513,626,624 MACs, in 516 nodes."""
    return resnet_graph((3, 8, 36, 3), "resnet152")


def vgg16_graph() -> Graph:
    """VGG16, written flat: 138,357,544 parameters, 15,470,264,320 MACs."""
    make = Maker("vgg16", (3, 224, 224))
    for out, repeat in ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3)):
        for _ in range(repeat):
            make.op("Conv2d", out_channels=out, kernel_size=3, padding=1)
            make.op("ReLU")
        make.op("MaxPool2d", kernel_size=2)
    make.op("Flatten")
    for width in (4096, 4096):
        make.op("Linear", out_features=width)
        make.op("ReLU")
        make.op("Dropout")
    make.op("Linear", out_features=1000)
    make.op("Softmax")
    return make.graph()


def dense_graph() -> Graph:
    """Three layers that each concat 32 channels to 64, between a stem and a classifier."""
    make = Maker("dense", (3, 64, 64))
    make.conv(64, 7, 2)
    with make.inside("layers", "repeat"):
        for index in range(3):
            with make.inside(str(index), "layers", member=index), make.inside("parallel", "parallel"):
                start = make.at
                with make.inside("new", "branch"):
                    for out, kernel in ((128, 1), (32, 3)):
                        make.op("BatchNorm2d")
                        make.op("ReLU")
                        make.op("Conv2d", out_channels=out, kernel_size=kernel, padding="same", bias=False)
                make.op("Concat", start, make.at, segment="join")
    classifier(make, 10)
    return make.graph()


def fork_graph() -> Graph:
    """An Inception-like fork of three branches, twice (of 16 and of 24 channels), and a gate."""
    make = Maker("fork", (16, 32, 32))
    for _ in range(2):
        start, ends = make.at, []
        with make.inside("parallel", "parallel"):
            for key, layers in (("a", ((8, 1),)), ("b", ((4, 1), (8, 3))), ("c", ((4, 1), (8, 3), (8, 3)))):
                make.at = start
                with make.inside(key, "branch"):
                    for out, kernel in layers:
                        make.conv(out, kernel)
                ends.append(make.at)
            make.op("Concat", *ends, segment="join")
    body = make.at
    make.op("AdaptiveAvgPool2d", output_size=1)
    make.op("Conv2d", out_channels=24, kernel_size=1)
    make.op("Sigmoid")
    make.op("Mul", body, make.at)
    return make.graph()
