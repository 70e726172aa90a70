"""Tables as papers print them. Which form a table has follows from the structure of the networks, never from a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ...core.errors import Fault, OptionError, option
from ..document import Document
from ..summary.report import Report
from . import columns, layers, operators
from .steps import Steps, find_steps

__all__ = ["FORMS", "document"]


def document(reports: Sequence[Report], form: str) -> Document:
    """The table of one or several networks; `form` is a key of FORMS. Raises OptionError where it does not fit."""
    return FORMS[form](reports, [find_steps(report.graph) for report in reports])


def _chosen(reports: Sequence[Report], found: Sequence[Steps]) -> Document:
    """Several networks have a column each. One that is a plain chain is listed layer by layer; one whose `stages` are
    rows under letters of their own has its operators listed; any other is told by stage, in a single column.
    """
    if len(reports) > 1:
        return columns.document(reports, found)
    if found[0].chain:
        return layers.document(reports[0], found[0])
    rows = operators.table_rows(found[0])
    if any(letter != target for row in rows for letter, target, _ in row.cells):
        return operators.document(reports[0], found[0])
    return columns.document(reports, found)


Form = Callable[[Sequence[Report], Sequence[Steps]], Document]


def _alone(form: str, write: Callable[[Report, Steps], Document], fits: Callable[[Steps], object], lack: str) -> Form:
    """A form of one network alone; `lack` tells of one that it does not fit."""

    def made(reports: Sequence[Report], found: Sequence[Steps]) -> Document:
        if len(reports) == 1 and fits(found[0]):
            return write(reports[0], found[0])
        message = f"{reports[0].graph.name} {lack} the form '{form}' needs"
        if len(reports) > 1:
            message = f"the form '{form}' is of one network; several stand in 'columns'"
        raise OptionError([Fault("ND640", message, where=option("table"))])

    return made


FORMS: Mapping[str, Form] = {
    "paper": _chosen,
    "layers": _alone("layers", layers.document, lambda one: one.chain, "is no plain chain of layers, which"),
    "operators": _alone("operators", operators.document, operators.table_rows, "has no stages, whose rows"),
    "columns": columns.document,
}
"""The forms by name; `paper` chooses one of the others."""
