"""The words that several formats of a diff share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...core.numbers import grouped, least
from ...diagram.said.glossary import glossary
from ...diagram.said.labels import reason_text, shape_text
from ...tables.summary.phrases import written
from ...tables.summary.report import DECISIONS
from ..model import Change, Decision, Diff, Edit, Kind, Number, Side

ARROW = " → "
NUMBERS = ("params", "MACs", "layers")


def change(row: Change) -> str:
    """What was done, in one line: `out_channels 32 → 48, shape 32×112² → 48×112²`."""
    if row.kind in ("added", "removed"):
        count = max(row.layers.before or 0, row.layers.after or 0)
        of = f" of {plural(count, 'layer')}" if row.level == "group" else ""
        return ", ".join([f"{row.what}{of}", *map(_one_sided, row.edits)])
    if row.kind in ("shape", "same"):
        return only(row) if row.kind == "shape" else row.what
    # Whoever looks for a layer that has another id only because of its place needs the old one.
    shifted = row.before != row.after and not any(edit.part == "id" for edit in row.edits)
    return ", ".join([*map(edit, row.edits), *([f"was {row.before}"] if shifted else [])])


def only(row: Change) -> str:
    """What of a layer in shape only: what it gives, else what it reads; a group has its block instead."""
    if row.level == "group":
        return row.what
    given = [pair(one, shapes) for one in row.edits if one.part == "shape"]
    return f"shape only: {given[0] if given else 'that of its input'}"


def plural(count: int, word: str) -> str:
    """`1 layer`, `1,234 layers`."""
    return f"{grouped(count)} {word}{'' if count == 1 else 's'}"


def edit(item: Edit) -> str:
    """One thing that differs: `stride 1×1 → 2×2`, `ReLU → SiLU`."""
    said = _SAID.get(item.part)
    return said(item) if said else f"{item.field} {pair(item)}"


def _one_sided(item: Edit) -> str:
    """An attribute, or what it gives, of something that came or went."""
    there = item.before if item.after is None else item.after
    if item.part == "inputs":
        return f"from {value(there)}"
    return f"gives {shapes(there)}" if item.part == "shape" else f"{item.field} {value(there)}"


def value(item: Any) -> str:
    """A value of an edit; names of layers with commas between."""
    if isinstance(item, tuple) and item and all(isinstance(one, str) for one in item):
        return ", ".join(item)
    return written(item)


def shapes(kinds: Any) -> str:
    """`48×112²`; several with commas between."""
    return ", ".join(map(shape_text, kinds))


def decided(done: Decision | str | None) -> str:
    """`adds its input`, `no add (stride 2)`, a rule as it is; `none` where there is none."""
    if not isinstance(done, Decision):
        return done or "none"
    return DECISIONS.get(done.done) or f"no add ({reason_text(done.reason, glossary('en'))})"


def pair(item: Edit, say: Callable[[Any], str] = value) -> str:
    """Both sides, each in the words that `say` has for it."""
    return f"{say(item.before)}{ARROW}{say(item.after)}"


_SAID: dict[str, Callable[[Edit], str]] = {
    "shape": lambda item: f"shape {pair(item, shapes)}",
    "id": lambda item: f"renamed from {item.before}",
    "behind": lambda item: f"moved: {pair(item, lambda id: f'behind {id}' if id else 'the first')}",
    "shares": lambda item: f"weights {pair(item, lambda id: f'those of {id}' if id else 'its own')}",
    "inputs": lambda item: f"reads {pair(item)}",
    "residual": lambda item: f"residual: {pair(item, decided)}",
    "op": pair,
    "block": pair,
}


def delta(number: int) -> str:
    """With its sign: `+14,592`, `−864`, `0`."""
    return f"{'+' if number > 0 else '−' if number < 0 else ''}{grouped(abs(number))}"


def percent(number: Number) -> str:
    """The change in per cent of what it was, `+74.3 %`; from ten-fold on as a factor, `×18,268`, below a tenth as a
    divisor. Empty where it was nothing, or nothing changed.
    """
    before, after = number.before or 0, number.after or 0
    if not before or not number.delta:
        return ""
    if after >= 10 * before:
        return f"×{_factor(after, before)}"
    if 0 < 10 * after <= before:
        return f"÷{_factor(before, after)}"
    tenths = round(abs(number.delta) * 1000 / before)
    sign = "+" if number.delta > 0 else "−"
    return f"{sign}{grouped(tenths // 10)}.{tenths % 10} %" if tenths else f"{sign}<0.1 %"


def _factor(large: int, small: int) -> str:
    """How often the small number fits: `12.5`, from a hundred on without tenths."""
    tenths = (20 * large + small) // (2 * small)
    return f"{tenths // 10}.{tenths % 10}" if tenths < 1000 else grouped((2 * large + small) // (2 * small))


def totals(diff: Diff) -> list[list[str]]:
    """A row for params, MACs and layers: word, before, after, change, per cent."""
    rows = []
    for word, number in zip(NUMBERS, diff.totals, strict=True):
        signs = [_signs(side).get(word, "") for side in (diff.before, diff.after)]
        ends = [f"{sign}{grouped(count or 0)}" for sign, count in zip(signs, number, strict=True)]
        rows.append([word, *ends, delta(number.delta), percent(number)])
    return rows


def _signs(side: Side) -> dict[str, str]:
    """The signs before totals of which something is missing."""
    return {"params": least(side.analysis.unknown), "MACs": least(side.analysis.not_counted)}


def inputs(diff: Diff) -> str:
    """`3×224²`; `3×224² → 3×192², so that all shapes and costs behind it differ` where the inputs differ."""
    before, after = (inputs_of(side) for side in (diff.before, diff.after))
    return before if before == after else f"{before}{ARROW}{after}: not the same"


def inputs_of(side: Side) -> str:
    """`3×224²`; several with their names."""
    given = side.graph.inputs
    if len(given) == 1:
        return shape_text(given[0][1])
    return ", ".join(f"{name} {shape_text(kind)}" for name, kind in given)


WORDS: tuple[Kind, ...] = ("added", "removed", "moved", "changed", "renamed")


def counts(diff: Diff) -> str:
    """How much was done: `2 layers changed, 1 group renamed; 14 layers in shape only`."""
    found = []
    for kind in WORDS:
        for level in ("input", "group", "layer", "output"):
            rows = [row for row in diff.rows if row.kind == kind and row.level == level]
            if level == "group" and kind in ("added", "removed"):
                continue  # its layers are counted
            found += [f"{plural(len(rows), level)} {kind}"] if rows else []
    alone = len(diff.consequences)
    return ", ".join(found) + (f"; {plural(alone, 'layer')} in shape only" if alone else "")


def title(diff: Diff) -> str:
    """`mobilenet_v2 → mobilenet_v2 (width=1.4)`."""
    return f"{diff.before.label}{ARROW}{diff.after.label}"


def same(diff: Diff) -> str:
    """That nothing differs, with the totals of both."""
    params, macs, layers = diff.totals
    signs = _signs(diff.after)
    learned = f"{signs['params']}{grouped(params.after or 0)} parameters"
    numbers = f"{learned}, {signs['MACs']}{grouped(macs.after or 0)} MACs"
    return f"no difference in {plural(layers.after or 0, 'layer')}, {numbers}"
