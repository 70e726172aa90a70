"""The Python door: `load` a network, ask what it costs, `draw` it. Nothing is printed, and nothing written unasked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from ..core.errors import Fault, Faults, NetdrawError, SourceError, SpecError, did_you_mean, gather
from ..core.gc_pause import paused
from ..diagram.view import CostUnit
from ..figure.drawing import Drawing, Table, figure_format, format_of
from ..figure.options import TableForm
from ..graph.builder import build
from ..layout.all import LAYOUTS
from ..spec.model import Spec, Value
from ..spec.sources import Source, Text, find, placed
from .network import Network, tabulated

__all__ = [
    "LAYOUTS",
    "Drawing",
    "NetdrawError",
    "Network",
    "Table",
    "draw",
    "figure_format",
    "format_of",
    "load",
    "tabulate",
]


def load(source: Source, /, *, variant: str | None = None, **params: Any) -> Network:
    """The network that a source states: a text, a dict, a path with or without `#variant`, `-`, or a zoo name.

    `params` are those of the file. Raises NetdrawError with every fault found; without errors the warnings stand in
    `faults`.
    """
    return load_text(find(source), variant, params)


@paused()
def load_text(text: Text, variant: str | None = None, params: Mapping[str, Any] | None = None) -> Network:
    """The network of a spec that was found; `load` in two steps, for who has the text."""
    faults = Faults()
    spec, name = parse_text(text, variant, faults)
    built = build(spec, name, _settings(spec, params, faults) if params else None)
    for fault in built.faults:
        faults.add(fault.code, fault.message, fault.span, severity=fault.severity)
    everything = tuple(map(placed, faults.sorted()))
    if faults:
        raise SpecError(everything)
    return Network(text, spec, name, built.graph, everything, params)


def load_each(
    sources: Iterable[tuple[Source | Network, Mapping[str, Any]]], variant: str | None = None
) -> list[Network]:
    """The networks of several sources with their params. Raises NetdrawError with the faults of all of them."""
    return gather(*[partial(_loaded, source, variant, params) for source, params in sources])


def _loaded(source: Source | Network, variant: str | None, params: Mapping[str, Any]) -> Network:
    return source if isinstance(source, Network) else load_text(find(source), variant, params)


def _settings(spec: Spec, params: Mapping[str, Any], faults: Faults) -> dict[str, Value]:
    from ..spec.settings import read_settings  # not on the way of most figures

    return read_settings(spec, params, faults)


def parse_text(text: Text, variant: str | None = None, faults: Faults | None = None) -> tuple[Spec, str | None]:
    """The spec, and the variant that is chosen; faults of form are noted, or raised where none can be noted.

    Raises NetdrawError where the text is no spec, or has no such variant.
    """
    noted = Faults() if faults is None else faults
    spec = text.read(noted)
    if spec is None or (faults is None and noted):
        raise SourceError(map(placed, noted.sorted()))
    chosen = text.variant if variant is None else variant
    if chosen is None or chosen == spec.name or spec.variant(chosen) is not None:
        return spec, chosen if chosen is not None and spec.variant(chosen) is not None else None
    hint = did_you_mean(chosen, [item.name for item in spec.variants]) if spec.variants else "; the file has none"
    unknown = Fault("ND011", f"no variant '{chosen}'{hint}", where=text.path)
    raise SpecError([*map(placed, noted.sorted()), unknown])


def draw(source: Source, /, **view: Any) -> Drawing:
    """`load` and `Network.draw` in one step; the options are those of `Network.draw`."""
    return load(source).draw(**view)


def tabulate(
    *sources: Source | Network, format: str = "text", cost: CostUnit = "macs", table: TableForm = "paper"
) -> str:
    """One or several networks in one table, as a paper would print it; several have a column each.

    Raises OptionError for an unknown option, and for a form of table that does not fit; NetdrawError with the faults of
    all sources.
    """
    return tabulated(load_each([(one, {}) for one in sources]), format, cost, table)


def summary_format_of(path: str) -> str:
    """The format of a summary that a file's suffix tells, text where there is none.

    Raises OptionError for another suffix.
    """
    from ..tables.summary.base import of_suffix

    return of_suffix(path).name
