"""What a chart can have on an axis: what is counted of a network, and what its spec states."""

from __future__ import annotations

from collections.abc import Mapping

from ..analysis.model import BYTES, Subtotal
from ..core.errors import Fault, OptionError, did_you_mean, near_miss, option
from ..core.records import NamedTuple


class Measure(NamedTuple):
    """One of them: `head` is over its column in a table, `log` says that equal ratios take equal room on its axis.

    `stated` is what a spec says of the trained network: nothing that can be counted.
    """

    name: str
    head: str
    log: bool = True
    stated: bool = False


class Measured(NamedTuple):
    """A network by its measures; None where its spec states none. `memory` is that of all activations, in bytes."""

    params: int
    macs: int
    memory: int
    top1: float | None = None

    @property
    def flops(self) -> int:
        return 2 * self.macs

    def by(self, measure: Measure) -> float | None:
        """Its value on an axis."""
        value: float | None = getattr(self, measure.name)
        return value


MEASURES: Mapping[str, Measure] = {
    one.name: one
    for one in (
        Measure("params", "params"),
        Measure("macs", "MACs"),
        Measure("flops", "FLOPs"),
        Measure("memory", "bytes"),
        Measure("top1", "top-1 (%)", log=False, stated=True),
    )
}
COUNTED: Mapping[str, Measure] = {name: one for name, one in MEASURES.items() if not one.stated}


def measured(total: Subtotal, top1: float | None = None) -> Measured:
    """The measures of a network with these totals."""
    return Measured(total.params, total.macs, BYTES * total.activations, top1)


def measure(name: str, axis: str, known: Mapping[str, Measure] = MEASURES) -> Measure:
    """The measure of that name. Raises OptionError where it is none of `known`."""
    if name in known:
        return known[name]
    choices = ", ".join(known)
    if name in MEASURES:
        message = f"{name} is stated of a network as it is, so that a sweep has none; choose from {choices}"
    else:
        hint = did_you_mean(name, known) if near_miss(name, known) else f"; choose from {choices}"
        message = f"unknown measure '{name}'{hint}"
    raise OptionError([Fault("ND662", message, where=option(axis))])
