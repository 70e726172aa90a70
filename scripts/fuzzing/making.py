"""Networks made at random, as texts that use all that the language has; most can be built, some cannot."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

ACTS = ["ReLU", "ReLU6", "none", "SiLU", "Sigmoid", "{LeakyReLU: 0.2}", "act"]
RULES = [
    "auto",
    "project",
    "always",
    "none",
    "{rule: auto, after: [ReLU]}",
    "{rule: project, after: [BatchNorm2d, ReLU]}",
    "auto if deep > 1 else none",
    "{rule: project if width > 1 else auto, after: [act]}",
    "{rule: project, shortcut: [{AvgPool2d: {kernel_size: 2, padding: same, stride: 1}}]}",
]
PLAIN = ["ReLU", "BatchNorm2d", "{Dropout: 0.1}", "Identity", "{LocalResponseNorm: 5}", "{Softmax: {dim: c}}"]
PLAIN += ["Tanh", "Mish"]
UNITS = ["DepthwiseSeparable", "InvertedResidual", "BasicBlock", "PreActBottleneck", "Own", "Pair", "Chosen", "Deform"]
TITLES = ["3a", "stem", "'a, b'", "'{kernel}'", "'<x> & \"y\"'", "名"]
"""Labels, and names of rows."""
OPAQUE = [
    "out: {h: in_height // 2, w: in_width // 2}", "out: {c: 8}", "params: 0", "params: in_channels * 9",
    "macs: in_channels * out_height * out_width", "macs: 0", "category: conv", "category: pool.avg",
]  # fmt: skip
SAME = "{Conv2d: {out_channels: in_channels, kernel_size: 3, padding: same}}"

HEAD = """netdraw: 1
name: made
{inputs}
params: {{width: 1.0, act: ReLU6, deep: {deep}}}
defaults: {{ConvBNAct: {{act: act}}}}
ops:
  Mish: {{category: activation, params: 0, macs: 0}}
  Deform:
    attributes: {{out_channels: required, kernel_size: 3, stride: 1, area: kernel_size * kernel_size}}
    out: {{c: out_channels, h: ceil(in_height / stride), w: ceil(in_width / stride)}}
    params: area * in_channels * out_channels
    macs: area * in_channels * out_channels * out_height * out_width
    category: conv
    label: deformable
blocks:
  Own:
    params: {{out_channels: required, stride: 1, k: 3}}
    let: {{mid: "divisible(out_channels * width + 3, 4)"}}
    residual: {rule}
    layers:
      - ConvBNAct: {{out_channels: mid, kernel_size: 1}}
      - ConvBNAct: {{out_channels: mid, kernel_size: k, stride: stride, groups: mid}}
        when: k > 1
      - ConvBNAct: {{out_channels: out_channels, kernel_size: 1, act: none}}
  Pair:
    params: {{out_channels: required, stride: 1}}
    layers:
      - parallel:
          a: [{{Own: {{out_channels: out_channels, stride: stride}}}}]
          b: [{{ConvBNAct: {{out_channels: out_channels, stride: stride}}}}, {{SqueezeExcite: 1}}]
        join: Add
  Chosen:
    params: {{out_channels: required, stride: 1, shortcut: true}}
    require: {{stride: {{that: stride < 3, say: "a stride of {{stride}}"}}}}
    residual: {{rule: auto if shortcut else none, after: [ReLU]}}
    layers:
      - parallel:
          conv: {{repeat: deep, layers: [{{ConvBNAct: {{out_channels: out_channels, stride: stride, act: none}}}}]}}
          identity: {{when: stride == 1 and in_channels == out_channels, layers: [BatchNorm2d]}}
        join: Add
  Up:
    params: {{out_channels: 8}}
    inputs: [below, skip]
    outputs: {{joined: both}}
    layers:
      - ConvBNAct: {{out_channels: out_channels, from: below}}
      - Concat: {{from: [-1, skip], name: both}}
      - ConvBNAct: out_channels
variants:
  wide: {{width: 2.0}}
  deeper: {{deep: 3}}
layers:
"""


class Writer:
    """Writes the layers of one network, and keeps the names that later ones may read."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.names: list[str] = []
        self.written = 0

    def layers(self, count: int, depth: int) -> list[str]:
        """Layers in flow style."""
        return [self.layer(depth) for _ in range(count)]

    def layer(self, depth: int) -> str:
        kinds: list[Callable[[int], str]] = [self.conv, self.conv, self.conv, self.unit, self.plain, self.pool]
        kinds += [self.opaque]
        if depth < 2:
            kinds += [self.group, self.parallel, self.stages]
        if depth == 0:
            kinds += [self.skip, self.heads, self.side, self.named_group, self.up, self.twin, self.split]
        return self.rng.choice(kinds)(depth)

    def conv(self, depth: int) -> str:
        out = self.rng.choice([str(self.rng.randint(1, 24)), "in_channels", "in_channels * 2", "16"])
        keys = [f"out_channels: {out}", f"kernel_size: {self.rng.choice([1, 3, 5, '[1, 3]'])}"]
        keys += self.rng.sample(
            [f"stride: {self.rng.choice([1, 2])}", f"act: {self.rng.choice(ACTS)}", "dilation: 2"], 1
        )
        return f"{{ConvBNAct: {{{', '.join(keys)}{self.repeat()}{self.name(depth)}}}}}"

    def unit(self, depth: int) -> str:
        out = self.rng.choice([8, 12, 16, "in_channels"])
        return f"{{{self.rng.choice(UNITS)}: {{out_channels: {out}{self.repeat()}{self.name(depth)}}}}}"

    def plain(self, depth: int) -> str:
        return self.rng.choice(PLAIN)

    def pool(self, depth: int) -> str:
        op = self.rng.choice(["MaxPool2d", "AvgPool2d"])
        return f"{{{op}: {{kernel_size: {self.rng.choice([2, 3])}, stride: {self.rng.choice([1, 2])}, padding: same}}}}"

    def opaque(self, depth: int) -> str:
        stated = {text.partition(":")[0]: text for text in self.rng.sample(OPAQUE, self.rng.randint(1, 4))}
        return f"{{Opaque: {{{', '.join(stated.values())}{self.name(depth)}}}}}"

    def group(self, depth: int) -> str:
        rule = self.rng.choice(["", f", residual: {self.rng.choice(RULES)}"])
        return f"{{layers: {self.inner(depth)}{rule}{self.repeat()}{self.name(depth)}}}"

    def parallel(self, depth: int) -> str:
        branches = {
            "a": self.rng.choice(["[]", f"[{SAME}]"]),
            "b": f"[{SAME}]",
            "c": f"[ReLU, {SAME}]",
            "d": f"{{when: {self.rng.choice(['deep > 1', 'width > 1', '1 > 2'])}, layers: [{SAME}]}}",
            "e": f"{{repeat: {self.rng.choice(['deep', 'deep - 1', '2'])}, layers: [{SAME}, ReLU]}}",
        }
        kept = self.rng.sample(sorted(branches), self.rng.randint(2, 3))
        join = self.rng.choice(["Concat", "Add", "Mul"])
        return f"{{parallel: {{{', '.join(f'{key}: {branches[key]}' for key in kept)}}}, join: {join}{self.repeat()}}}"

    def stages(self, depth: int) -> str:
        rows = [[self.rng.choice([8, 16, 24]), self.rng.randint(1, 3), self.rng.choice([1, 2])] for _ in range(2)]
        columns = "c: {out_channels: divisible(c * width)}, n: repeat, s: stride"
        if self.rng.random() < 0.3:
            columns += ", skip: {residual: auto if skip > 0 else none}, called: name"
            rows = [[*row, self.rng.randint(0, 1), self.rng.choice(TITLES)] for row in rows]
        written = ", ".join(f"[{', '.join(map(str, row))}]" for row in rows)
        table = f"columns: {{{columns}}}, rows: [{written}]"
        return f"{{stages: Own, {table}, first_only: [stride]{self.name(depth, '.0')}}}"

    def skip(self, depth: int) -> str:
        join = self.rng.choice(["Concat", "Add"])
        return f"{{{join}: {{from: [-1, {self.rng.choice(self.names)}]}}}}" if self.names else self.conv(depth)

    def heads(self, depth: int) -> str:
        conv = "{Conv2d: {out_channels: 4, kernel_size: 1}}"
        return f"{{heads: {{{self.fresh('h')}: [{conv}]}}}}"

    def side(self, depth: int) -> str:
        if not self.names:
            return self.conv(depth)
        conv = f"{{ConvBNAct: {{out_channels: 8, from: {self.rng.choice(self.names)}}}}}"
        return f"{{heads: {{{self.fresh('h')}: [{conv}]}}}}"

    def named_group(self, depth: int) -> str:
        """A group of which a layer inside is read by a dotted name, or by a name of `outputs`."""
        name = self.fresh("g")
        self.names += [name, f"{name}.e1", f"'{name}:skip'"]
        return (
            f"{{name: {name}, layers: [{{ConvBNAct: {{out_channels: 8, name: e1}}}}, {SAME}], outputs: {{skip: e1}}}}"
        )

    def up(self, depth: int) -> str:
        """A block with two inputs."""
        if not self.names:
            return self.named_group(depth)
        name, skip = self.fresh("u"), self.rng.choice(self.names)
        self.names += [name, f"'{name}:joined'"]
        return f"{{Up: {{from: [-1, {skip}], name: {name}}}}}"

    def twin(self, depth: int) -> str:
        """Two layers, or blocks, with one set of weights."""
        name = self.fresh("w")
        conv = "Conv2d", "out_channels: in_channels, kernel_size: 3, padding: same"
        first, keys = self.rng.choice([conv, ("Own", "out_channels: in_channels")])
        self.names.append(f"t{name}.{name}")
        twins = f"{{{first}: {{{keys}, name: {name}}}}}, ReLU, {{{first}: {{{keys}, shares: {name}}}}}"
        return f"{{layers: [{twins}], name: t{name}}}"

    def split(self, depth: int) -> str:
        """An op with two outputs, of which one goes on and one is joined again."""
        name = self.fresh("s")
        parts = (
            f"{{Conv2d: {{out_channels: 8, kernel_size: 1}}}}, {{Split: {{sections: [4, 4], dim: c, name: {name}}}}}"
        )
        return f"{{layers: [{parts}, {{ReLU: {{from: '{name}:1'}}}}, {{Concat: {{from: ['{name}:0', -1]}}}}]}}"

    def inner(self, depth: int) -> str:
        return f"[{', '.join(self.layers(self.rng.randint(1, 3), depth + 1))}]"

    def repeat(self) -> str:
        return f", repeat: {self.rng.choice([1, 2, 3, 'deep'])}" if self.rng.random() < 0.3 else ""

    def fresh(self, letter: str) -> str:
        self.written += 1
        return f"{letter}{self.written}"

    def name(self, depth: int, member: str = "") -> str:
        """A label, a name, or nothing; a name may be read, or a member of what it names."""
        label = f", label: {self.rng.choice(TITLES)}" if self.rng.random() < 0.1 else ""
        if depth or self.rng.random() < 0.5:
            return label
        name = self.fresh("n")
        self.names.append(name + self.rng.choice(["", member]))
        return f"{label}, name: {name}"


def network(rng: Random) -> str:
    """The text of a network."""
    shape = f"[{rng.choice([1, 3, 8])}, {{0}}, {{0}}]".format(rng.choice([8, 17, 32]))
    several = rng.random() < 0.25
    more = f", more: {rng.choice([shape, '[9]'])}" if several else ""
    named = f"inputs: {{image: {shape}{more}}}"
    inputs = named if several or rng.random() < 0.2 else f"input: {shape}"
    writer = Writer(rng)
    writer.names += ["image"] * (inputs is named)
    layers = writer.layers(rng.randint(1, 8), 0)
    if several:
        layers += ["{AdaptiveAvgPool2d: 1}", "{Flatten: {name: seen}}", "{Flatten: {from: more}}"]
        layers += ["{Linear: 4}", "{Concat: {from: [seen, -1]}}"]
    elif rng.random() < 0.3:
        layers += ["{AdaptiveAvgPool2d: 1}", "Flatten", "{Linear: 10}", "Softmax"]
    head = HEAD.format(inputs=inputs, deep=rng.randint(1, 3), rule=rng.choice(RULES[:4] + RULES[6:]))
    outputs = f"outputs: {{deep: {rng.choice(writer.names)}}}\n" if writer.names and rng.random() < 0.2 else ""
    return head + "".join(f"  - {layer}\n" for layer in layers) + outputs
