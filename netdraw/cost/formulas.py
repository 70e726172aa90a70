"""The formulas of a separable pair with its numbers put in: letters, then numbers, then what comes out."""

from __future__ import annotations

from typing import NamedTuple

from ..analysis.separable import Pair
from ..diagram.glossary import Glossary
from ..numbers import grouped
from .words import size_text


class Letters(NamedTuple):
    """The names of the sides of kernel and map, one an axis: `Dk, Dk` and `DF, DF` where they are equal."""

    kernel: tuple[str, ...]
    places: tuple[str, ...]


class Line(NamedTuple):
    """What a convolution is, and what it costs."""

    said: str
    formula: str


def letters_of(pair: Pair) -> Letters:
    """The paper's letters; sides that differ are told apart by their axis."""
    axes = "dhw"[-len(pair.kernel) :]
    square = len(set(pair.kernel)) == 1 and len(set(pair.places)) == 1
    kernel = tuple("Dk" if square else f"K{axis}" for axis in axes)
    return Letters(kernel, tuple("DF" if square else f"F{axis}" for axis in axes))


def lines_of(pair: Pair, words: Glossary) -> tuple[Line, Line, Line]:
    """The standard convolution, the depthwise and the pointwise one."""
    kernel, places = letters_of(pair)
    size, wide = size_text(pair.kernel), pair.into * pair.multiplier
    middle = ["M"] if pair.multiplier == 1 else ["M", "m"]
    inner = [pair.into] if pair.multiplier == 1 else [pair.into, pair.multiplier]
    return (
        Line(
            words.say("cost.filters.standard", count=pair.out, s="s"[pair.out == 1 :], size=f"{size}×{pair.into}"),
            _formula(
                [*kernel, "M", "N", *places], [*pair.kernel, pair.into, pair.out, *pair.places], pair.standard_macs
            ),
        ),
        Line(
            words.say("cost.filters.depthwise", count=wide, s="s"[wide == 1 :], size=f"{size}×1"),
            _formula([*kernel, *middle, *places], [*pair.kernel, *inner, *pair.places], pair.depthwise_macs),
        ),
        Line(
            words.say(
                "cost.filters.pointwise",
                count=pair.out,
                s="s"[pair.out == 1 :],
                size=f"{size_text([1] * len(pair.kernel))}×{wide}",
            ),
            _formula([*middle, "N", *places], [*inner, pair.out, *pair.places], pair.pointwise_macs),
        ),
    )


def _formula(names: list[str], numbers: list[int], whole: int) -> str:
    return f"{'·'.join(names)} = {'·'.join(map(str, numbers))} = {grouped(whole)} MACs"


def ratio_of(pair: Pair, words: Glossary) -> Line:
    """What the pair costs together, beside the standard convolution."""
    kernel, _ = letters_of(pair)
    area = "Dk²" if kernel == ("Dk", "Dk") else f"({'·'.join(kernel)})" if len(kernel) > 1 else kernel[0]
    product = size_text(pair.kernel).replace("×", "·")
    product = f"({product})" if "·" in product else product
    before, after = ("m·(", ")") if pair.multiplier > 1 else ("", "")
    value = f"{pair.multiplier}·(" if pair.multiplier > 1 else ""
    together = f"{grouped(pair.depthwise_macs)} + {grouped(pair.pointwise_macs)} = {grouped(pair.macs)} MACs"
    names, numbers = f"{before}1/N + 1/{area}{after}", f"{value}1/{pair.out} + 1/{product}{after}"
    ratio = f"{names} = {numbers} = {pair.ratio} = {float(pair.ratio):.4f}"
    counted = f"{grouped(pair.macs)} / {grouped(pair.standard_macs)} = {float(pair.counted):.4f}"
    return Line(words.say("cost.together", sum=together), words.say("cost.counted", ratio=ratio, counted=counted))
