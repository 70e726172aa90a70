"""The one YAML door: bytes to a tree with places, in one pass over the parser's events, without recursion.

What is wrong but clear is noted and mended, so that the rest of the text can be read, and judged, as it was meant.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..core import resources
from ..core.compiled import OwnText, compile_data, compiled, own_text
from ..core.errors import Faults, Span
from .trees.tree import Mapping, Scalar, Sequence, Tree, looks_like_missing_space, resolve
from .trees.walk import MAX_DEPTH, TOO_DEEP, Event, Stop, Walk

if TYPE_CHECKING:
    import yaml

    from .trees.broken import Broken  # late: start-up time

__all__ = ["Mapping", "Scalar", "Sequence", "Tree", "compile_texts", "looks_like_missing_space", "read", "resolve"]

_MENDS = 20
"""How often a text with broken syntax is mended and read again."""
_MENDABLE = 100_000
"""How many characters it may have for that; to word an error of a large text can take seconds."""

_FORM = "events1"
"""The form of the compiled texts; its number rises with every change to `Event` and to what `_events` gives."""
_KINDS = {
    "ScalarEvent": "scalar",
    "MappingStartEvent": "mapping",
    "SequenceStartEvent": "sequence",
    "MappingEndEvent": "end",
    "SequenceEndEvent": "end",
    "AliasEvent": "alias",
    "DocumentStartEvent": "document",
}
"""The kinds of an `Event` by PyYAML's classes; its other events say nothing."""
_new: Any = tuple.__new__  # a NamedTuple in half the time


def read(data: bytes | str, path: str, faults: Faults) -> Tree | None:
    """The tree of a YAML text; `path` is for the places. An `OwnText` may be kept compiled.

    None, with a fault, where there is no tree to speak of. Faults may be added beside a tree too: it is then
    mended, so that reading on finds the other faults of the text and none that follow from these.
    """
    try:
        events = compiled(data, _FORM, _plain_events) if isinstance(data, OwnText) else None
        if events is not None:
            return Walk(path, faults).over(map(Event._make, events))
        from .trees.encoding import decode  # late: start-up time

        return _parse(decode(data, path, faults), path, faults)
    except Stop as stop:
        faults.add(stop.code, stop.message, stop.span)
    return None


def compile_texts() -> None:
    """Compiles all YAML and JSON of the package now, as `compileall` its code, also under PYTHONDONTWRITEBYTECODE."""
    given, sys.dont_write_bytecode = sys.dont_write_bytecode, False
    try:
        for folder in (resources.path("specs"), *map(resources.package_path, ("blocks", "themes"))):
            for name in sorted(os.listdir(folder)):
                if name.endswith(".yaml"):
                    compiled(own_text(os.path.join(folder, name)), _FORM, _plain_events)
        compile_data()
    finally:
        sys.dont_write_bytecode = given


def _parse(text: str | None, path: str, faults: Faults) -> Tree | None:
    import yaml  # late: start-up time

    for _ in range(_MENDS):
        if text is None:
            break
        try:
            return Walk(path, faults).over(_events(text))
        except yaml.YAMLError as error:
            fault = _explain(text, error, path)
            faults.add(fault.code, fault.message, Span(path, *fault.place))
            text = fault.mended if len(text) <= _MENDABLE else None
    return None


def _explain(text: str, error: yaml.YAMLError, path: str) -> Broken:
    """What is wrong, from the pure parser, which names it better than the fast one."""
    import yaml  # late: start-up time

    from .trees.broken import Problem, explain  # late: start-up time

    try:
        depth = 0
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:  # some versions of the fast one give up before they tell of it
                mark: Any = event.start_mark
                raise Stop("ND502", TOO_DEEP, Span(path, mark.line + 1, mark.column + 1))
    except yaml.YAMLError as better:
        error = better
    except (ValueError, OverflowError):  # from absurd escapes and version numbers
        pass
    context = getattr(error, "context_mark", None)
    mark = getattr(error, "problem_mark", None) or context
    place = (context.line + 1, context.column + 1) if context else None
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return explain(text, Problem(getattr(error, "problem", None) or str(error), line, column, place))


def _plain_events(data: bytes) -> tuple[tuple[Any, ...], ...]:
    """The events of a text as plain tuples, to be compiled."""
    import yaml  # late: start-up time

    from .trees.encoding import decode  # late: start-up time

    text = decode(data, "", Faults())
    if text is None:
        raise ValueError
    try:
        return tuple(map(tuple, _events(text)))
    except yaml.YAMLError as error:
        raise ValueError from error


def _events(text: str) -> Iterator[Event]:
    """The events of a text, one by one as the parser comes upon them."""
    import yaml  # late: start-up time

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    next_event, last, end = loader.get_event, yaml.StreamEndEvent, Event("end")
    try:
        while (found := type(event := next_event())) is not last:
            kind = _KINDS.get(found.__name__)
            if kind == "end":
                yield end
            elif kind is not None:
                mark = event.start_mark
                line, column = mark.line + 1, mark.column + 1
                if kind == "scalar":
                    value, style = event.value, event.style
                    lead = _lead(event) if style or " " in value else 0
                    yield _new(Event, (kind, line, column, value, bool(style), False, event.tag, event.anchor, lead))
                elif kind == "document":
                    yield Event(kind, line, column)
                else:
                    flow, tag = getattr(event, "flow_style", False), getattr(event, "tag", None)
                    yield _new(Event, (kind, line, column, "", False, flow, tag, event.anchor, 0))
    finally:
        loader.dispose()


def _lead(event: Any) -> int | None:
    """`Scalar.lead`: 0 or 1 where the text stands on one line exactly as it is."""
    start, end, lead = event.start_mark, event.end_mark, 1 if event.style else 0
    same = start.line == end.line and end.column - start.column == len(event.value) + 2 * lead
    return lead if same else None
