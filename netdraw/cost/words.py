"""The words and numbers that the tables and figures of costs share."""

from __future__ import annotations

from collections.abc import Iterable

from ..analysis.separable import Pair
from ..diagram.view import By
from ..diagram.words import CONVENTIONS
from .report import MEMORY, Costs

UNITS = {"macs": "MACs", "params": "parameters", "weights": "weights", "memory": "memory"}
"""What is counted, by the field of an Amount."""
_PARTS: dict[By, str] = {"kind": "kind of layer"}


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
    """What is counted, and what is not; `shown` are those of weights and memory that are told."""
    told = {
        "weights": "Weights are kernels alone, without biases and norms.",
        "memory": f"Memory is that of all layers' outputs at batch 1, {MEMORY} bytes an element.",
    }
    missing = sorted({op for _, op in costs.not_counted})
    left = f"Not counted: {', '.join(missing)}." if missing else ""
    return " ".join(filter(None, (CONVENTIONS["macs"], CONVENTIONS["params"], *(told[unit] for unit in shown), left)))


def by_text(by: By) -> str:
    """What the parts are."""
    return f"cost by {_PARTS.get(by, by)}"


def size_text(sizes: Iterable[int]) -> str:
    """`3×3`; `1` where there is no axis."""
    return "×".join(map(str, sizes)) or "1"


def place_of(pair: Pair) -> str:
    """What the ids of both layers begin with; the first one's id where they have nothing in common."""
    common = []
    for one, other in zip(pair.depthwise.split("."), pair.pointwise.split("."), strict=False):
        if one != other:
            break
        common.append(one)
    return ".".join(common) or pair.depthwise
