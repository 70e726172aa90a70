"""The formulas of a separable pair with its numbers put in: letters, then numbers, then what comes out."""

from __future__ import annotations

from ..analysis.separable import SeparablePair
from ..core.numbers import grouped
from ..core.records import NamedTuple
from ..diagram.said.glossary import Glossary
from ..ops.common import SPATIAL
from .phrases import size_text


class PairLetters(NamedTuple):
    """The names of the sides of kernel and map, one an axis: `Dk, Dk` and `DF, DF` where they are equal."""

    kernel: tuple[str, ...]
    places: tuple[str, ...]


class FormulaLine(NamedTuple):
    """What a convolution is, and what it costs."""

    said: str
    formula: str


def letters_of(pair: SeparablePair) -> PairLetters:
    """The paper's letters; sides that differ are told apart by their axis."""
    axes = SPATIAL[len(pair.kernel)]
    square = len(set(pair.kernel)) == 1 and len(set(pair.places)) == 1
    kernel = tuple("Dk" if square else f"K{axis}" for axis in axes)
    return PairLetters(kernel, tuple("DF" if square else f"F{axis}" for axis in axes))


def lines_of(pair: SeparablePair, words: Glossary) -> tuple[FormulaLine, FormulaLine, FormulaLine]:
    """The standard convolution, the depthwise and the pointwise one."""
    kernel, places = letters_of(pair)
    size, wide = size_text(pair.kernel), pair.into * pair.multiplier
    middle = ["M"] if pair.multiplier == 1 else ["M", "m"]
    inner = [pair.into] if pair.multiplier == 1 else [pair.into, pair.multiplier]
    ones = size_text([1] * len(pair.kernel))
    standard, depthwise, pointwise = (
        words.say(f"cost.filters.{name}", filters=_filters(count, of, words))
        for name, count, of in (
            ("standard", pair.out, f"{size}×{pair.into}"),
            ("depthwise", wide, f"{size}×1"),
            ("pointwise", pair.out, f"{ones}×{wide}"),
        )
    )
    names, numbers = [*kernel, "M", "N", *places], [*pair.kernel, pair.into, pair.out, *pair.places]
    deep = _formula([*kernel, *middle, *places], [*pair.kernel, *inner, *pair.places], pair.depthwise_macs)
    point = _formula([*middle, "N", *places], [*inner, pair.out, *pair.places], pair.pointwise_macs)
    whole = _formula(names, numbers, pair.standard_macs)
    return FormulaLine(standard, whole), FormulaLine(depthwise, deep), FormulaLine(pointwise, point)


def _filters(count: int, size: str, words: Glossary) -> str:
    return words.say("cost.filters.one", size=size) if count == 1 else words.say("cost.filters", count=count, size=size)


def _formula(names: list[str], numbers: list[int], whole: int) -> str:
    return f"{'·'.join(names)} = {'·'.join(map(str, numbers))} = {grouped(whole)} MACs"


def ratio_of(pair: SeparablePair, words: Glossary) -> FormulaLine:
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
    return FormulaLine(
        words.say("cost.together", sum=together), words.say("cost.counted", ratio=ratio, counted=counted)
    )
