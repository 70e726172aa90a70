"""The one YAML door: bytes to a tree with places, in one pass over the parser's events, without recursion.

What is wrong but clear is noted and mended, so that the rest of the text can be read, and judged, as it was meant.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import yaml
from yaml import events

from ..core.errors import Faults, Span
from .trees.encoding import decode
from .trees.tree import Mapping, Scalar, Sequence, Tree, looks_like_missing_space, resolve
from .trees.walk import MAX_DEPTH, TOO_DEEP, Stop, Walk

if TYPE_CHECKING:
    from .trees.broken import Broken  # late: start-up time

__all__ = ["Mapping", "Scalar", "Sequence", "Tree", "looks_like_missing_space", "read", "resolve"]

_MENDS = 20
"""How often a text with broken syntax is mended and read again."""
_MENDABLE = 100_000
"""How many characters it may have for that; to word an error of a large text can take seconds."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(data: bytes | str, path: str, faults: Faults) -> Tree | None:
    """The tree of a YAML text; `path` is for the places.

    None, with a fault, where there is no tree to speak of. Faults may be added beside a tree too: it is then
    mended, so that reading on finds the other faults of the text and none that follow from these.
    """
    text = decode(data, path, faults)
    try:
        for _ in range(_MENDS):
            if text is None:
                break
            try:
                return _walk(Walk(path, faults), _Loader(text))
            except yaml.YAMLError as error:
                fault = _explain(text, error, path)
                faults.add(fault.code, fault.message, Span(path, *fault.place))
                text = fault.mended if len(text) <= _MENDABLE else None
    except Stop as stop:
        faults.add(stop.code, stop.message, stop.span)
    return None


def _explain(text: str, error: yaml.YAMLError, path: str) -> Broken:
    """What is wrong, from the pure parser, which names it better than the fast one."""
    from .trees.broken import Problem, explain  # late: start-up time

    try:
        depth = 0
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            depth += isinstance(event, events.CollectionStartEvent) - isinstance(event, events.CollectionEndEvent)
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


def _walk(walk: Walk, loader: Any) -> Tree | None:
    handlers: dict[type, Callable[[Any], None]] = {
        events.ScalarEvent: walk.scalar,
        events.MappingStartEvent: partial(walk.begin, mapping=True),
        events.SequenceStartEvent: partial(walk.begin, mapping=False),
        events.MappingEndEvent: walk.end,
        events.SequenceEndEvent: walk.end,
        events.AliasEvent: walk.alias,
        events.DocumentStartEvent: walk.document,
    }
    handle, next_event, last = handlers.get, loader.get_event, events.StreamEndEvent
    try:
        while (kind := type(event := next_event())) is not last and walk.documents < 2:
            if handler := handle(kind):
                handler(event)
    finally:
        loader.dispose()
    return walk.result()
