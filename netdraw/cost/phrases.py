"""The words and numbers that the tables and figures of costs share."""

from __future__ import annotations

import os
from collections.abc import Iterable

from ..analysis.model import BYTES
from ..analysis.separable import SeparablePair
from ..diagram.elements.signs import shared_text
from ..diagram.said.glossary import sentences
from ..diagram.texts import convention as counted
from .report import Costs

UNITS = {"macs": "MACs", "params": "parameters", "weights": "weights", "memory": "memory"}
"""What is counted, by the field of an Amount."""


def percent(part: int, whole: int, places: int = 2) -> str:
    """A share in per cent, halves up: `94.86 %`; `<0.01 %` for what is more than nothing and rounds to it."""
    if not whole:
        return "–"
    unit = 10**places
    found = (200 * part * unit + whole) // (2 * whole)
    if part and not found:
        return f"<{1 / unit:.{places}f} %"
    return f"{found // unit}.{found % unit:0{places}d} %" if places else f"{found} %"


def convention(costs: Costs, *shown: str) -> str:
    """What is counted, what is not, and what counts once; `shown` are those of weights and memory that are told."""
    words = costs.words
    told = [words.say(f"cost.convention.{unit}", bytes=BYTES) for unit in shown]
    missing = sorted({op for _, op in (*costs.not_counted, *costs.unknown)})
    left = [words.say("caption.not_counted", ops=", ".join(missing))] if missing else []
    shared = shared_text(costs.sharing, words)
    return sentences([counted("macs", words), counted("params", words), *told, *left, shared])


def by_text(costs: Costs) -> str:
    """What the parts are."""
    return costs.words.say(f"cost.by.{costs.by}")


def size_text(sizes: Iterable[int]) -> str:
    """`3×3`; `1` where there is no axis."""
    return "×".join(map(str, sizes)) or "1"


def place_of(pair: SeparablePair) -> str:
    """What the ids of both layers begin with; the first one's id where they have nothing in common."""
    return ".".join(os.path.commonprefix([id.split(".") for id in (pair.depthwise, pair.pointwise)])) or pair.depthwise
