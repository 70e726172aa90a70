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
]
PLAIN = ["ReLU", "BatchNorm2d", "{Dropout: 0.1}", "Identity", "LocalResponseNorm", "{Softmax: {dim: c}}", "Tanh"]
UNITS = ["DepthwiseSeparable", "InvertedResidual", "BasicBlock", "PreActBottleneck", "Own", "Pair"]

HEAD = """netdraw: 1
name: made
input: [{channels}, {size}, {size}]
params: {{width: 1.0, act: ReLU6, deep: {deep}}}
defaults: {{ConvBNAct: {{act: act}}}}
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
variants:
  wide: {{width: 2.0}}
layers:
"""


class Writer:
    """Writes the layers of one network, and keeps the names that later ones may read."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.names: list[str] = []

    def layers(self, count: int, depth: int) -> list[str]:
        """Layers in flow style."""
        return [self.layer(depth) for _ in range(count)]

    def layer(self, depth: int) -> str:
        kinds: list[Callable[[int], str]] = [self.conv, self.conv, self.conv, self.unit, self.plain, self.pool]
        if depth < 2:
            kinds += [self.group, self.parallel, self.stages]
        if depth == 0:
            kinds += [self.skip, self.heads, self.side]
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

    def group(self, depth: int) -> str:
        rule = self.rng.choice(["", f", residual: {self.rng.choice(RULES)}"])
        return f"{{layers: {self.inner(depth)}{rule}{self.repeat()}{self.name(depth)}}}"

    def parallel(self, depth: int) -> str:
        same = "{Conv2d: {out_channels: in_channels, kernel_size: 3, padding: same}}"
        branches = {"a": self.rng.choice(["[]", f"[{same}]"]), "b": f"[{same}]", "c": f"[ReLU, {same}]"}
        kept = self.rng.sample(sorted(branches), self.rng.randint(2, 3))
        join = self.rng.choice(["Concat", "Add", "Mul"])
        return f"{{parallel: {{{', '.join(f'{key}: {branches[key]}' for key in kept)}}}, join: {join}{self.repeat()}}}"

    def stages(self, depth: int) -> str:
        rows = [[self.rng.choice([8, 16, 24]), self.rng.randint(1, 3), self.rng.choice([1, 2])] for _ in range(2)]
        return (
            f"{{stages: Own, columns: {{c: out_channels, n: repeat, s: stride}}, first_only: [stride], rows: {rows}}}"
        )

    def skip(self, depth: int) -> str:
        if not self.names:
            return self.conv(depth)
        join = self.rng.choice(["Concat", "Add"])
        return f"{{{join}: {{from: [-1, {self.rng.choice(self.names)}]}}}}"

    def heads(self, depth: int) -> str:
        conv = "{Conv2d: {out_channels: 4, kernel_size: 1}}"
        key = f"h{self.rng.randrange(100)}"
        return f"{{heads: {{{key}: [{conv}]}}}}"

    def side(self, depth: int) -> str:
        if not self.names:
            return self.conv(depth)
        return f"{{ConvBNAct: {{out_channels: 8, from: {self.rng.choice(self.names)}}}}}"

    def inner(self, depth: int) -> str:
        return f"[{', '.join(self.layers(self.rng.randint(1, 3), depth + 1))}]"

    def repeat(self) -> str:
        return f", repeat: {self.rng.choice([1, 2, 3, 'deep'])}" if self.rng.random() < 0.3 else ""

    def name(self, depth: int) -> str:
        if depth or self.rng.random() < 0.5:
            return ""
        self.names.append(f"n{len(self.names)}")
        return f", name: {self.names[-1]}"


def network(rng: Random) -> str:
    """The text of a network."""
    head = HEAD.format(
        channels=rng.choice([1, 3, 8]), size=rng.choice([8, 17, 32]), deep=rng.randint(1, 3), rule=rng.choice(RULES[:4])
    )
    layers = Writer(rng).layers(rng.randint(1, 8), 0)
    if rng.random() < 0.3:
        layers += ["{AdaptiveAvgPool2d: 1}", "Flatten", "{Linear: 10}", "Softmax"]
    return head + "".join(f"  - {layer}\n" for layer in layers)
