"""The Python door: `load` a network, ask what it costs, `draw` it. Nothing is printed, and nothing written unasked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..core.errors import Errors, Fault, Faults, SourceError, SpecError, TooManyFaults, did_you_mean, in_order, placed
from ..core.gc_pause import paused
from ..diagram.view import CostUnit
from ..figure.choice import takes
from ..figure.drawing import Drawing
from ..figure.options.table import NETWORK, TableForm
from ..graph.builder import build, check_known
from ..spec.model import Spec
from ..spec.sources import FoundSpec, Source, find, zoo_files, zoo_names
from .network import Network, tabulated

if TYPE_CHECKING:
    from typing_extensions import Unpack  # late: types alone

    from ..figure.options.keywords import NetworkOptions  # late: types alone

__all__ = ["FoundSpec", "draw", "find", "load", "load_each", "load_text", "tabulate", "zoo_files", "zoo_names"]


def load(source: Source, /, *, variant: str | None = None, **params: Any) -> Network:
    """The network that a source states: a text, a dict, a path with or without `#variant`, `-`, or a zoo name.

    `params` are those of the file. Raises NetdrawError with every fault found; without errors the warnings stand in
    `faults`.
    """
    return load_text(find(source), variant, params)


@paused()
def load_text(text: FoundSpec, variant: str | None = None, params: Mapping[str, Any] | None = None) -> Network:
    """The network of a spec that was found; `load` in two steps, for who has the text."""
    faults = Faults()
    return load_spec(text, *parse_text(text, variant, faults), params, faults)


@paused()
def load_spec(
    text: FoundSpec, spec: Spec, name: str | None, params: Mapping[str, Any] | None, faults: Faults
) -> Network:
    """The network of a spec that was read, with the faults of that, under a variant that it has."""
    settings = None
    if params:
        from ..spec.settings import read_settings  # late: most figures are drawn as they are

        settings = read_settings(spec, params, faults)
    try:
        built = build(spec, name, settings, faults.items)
    except TooManyFaults as error:
        raise TooManyFaults(in_order((*map(placed, faults.items), *error.faults))) from None
    faults.take(built.faults)
    if not faults:
        check_known(built.graph, faults)
    everything = tuple(map(placed, faults.sorted()))
    if faults:
        raise SpecError(everything)
    return Network(text, spec, name, built.graph, everything, params)


def load_each(
    sources: Iterable[tuple[Source | Network, Mapping[str, Any]]], variant: str | None = None
) -> list[Network]:
    """The networks of several sources with their params. Raises NetdrawError with the faults of all of them."""
    errors, found = Errors(), []
    for source, params in sources:
        with errors:
            found.append(source if isinstance(source, Network) else load_text(find(source), variant, params))
    errors.check()
    return found


def settings_of(texts: Sequence[str], option: str, source: str = "") -> dict[str, Any]:
    """The params of `NAME=VALUE` texts, which were given by that option, for a source where there are several.

    Raises ValueError for a text of another form.
    """
    from ..spec.settings import split  # late: most figures are drawn as they are

    return dict(split(texts, option, source))


def parse_text(text: FoundSpec, variant: str | None = None, faults: Faults | None = None) -> tuple[Spec, str | None]:
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


@takes(*NETWORK)
def draw(source: Source, /, **view: Unpack[NetworkOptions]) -> Drawing:
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
