"""From the parser's events to a tree, in one pass and without recursion, within the limits.

Limits are held while the events pass, so that no input can cost more than they allow.
"""

from collections.abc import Callable, Iterable
from typing import Any

from ...core.errors import Faults, Span, did_you_mean
from ...core.records import NamedTuple
from .tree import PLAIN_START, Mapping, NumberError, Scalar, Sequence, Tree, Value, resolve

MAX_DEPTH = 64
MAX_NODES = 200_000
TOO_DEEP = f"nested deeper than {MAX_DEPTH} levels"
_new: Any = tuple.__new__  # a NamedTuple in half the time


class Stop(Exception):
    """Reading cannot go on."""

    def __init__(self, code: str, message: str, span: Span) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.span = span


class Event(NamedTuple):
    """What the parser comes upon next.

    Its kind is `scalar`, `alias`, `document`, or of a collection `mapping` or `sequence` and `end`, which has no place.
    """

    kind: str
    line: int = 0
    column: int = 0
    text: str = ""
    quoted: bool = False
    flow: bool = False
    tag: str | None = None
    anchor: str | None = None
    lead: int | None = 0
    """As `Scalar.lead`."""


class _Open(NamedTuple):
    """A collection that is being read: where it began, and what surrounds it."""

    span: Span
    flow: bool
    mapping: bool
    anchor: str | None
    nodes: int
    deepest: int
    siblings: list[Any]


class _Anchor(NamedTuple):
    """What an alias stands for: the tree (None while it is still open), its nodes and its levels."""

    tree: Tree | None
    nodes: int
    levels: int


class Walk:
    """One pass over the events of one text: a method for each kind of event, and the tree at the end."""

    def __init__(self, path: str, faults: Faults) -> None:
        self.path = path
        self.faults = faults
        self.top: list[Any] = []
        self.children = self.top  # of the innermost open collection; of a mapping, keys and values in turn
        self.open: list[_Open] = []
        self.anchors: dict[str, _Anchor] = {}
        self.documents = self.nodes = self.deepest = 0
        self.split = self.lost = False

    def over(self, events: Iterable[Event]) -> Tree | None:
        """The tree of these events; None, with a fault, where there is none to speak of."""
        handlers: dict[str, Callable[[Event], None]] = {
            "scalar": self.scalar,
            "mapping": self.begin,
            "sequence": self.begin,
            "end": self.end,
            "alias": self.alias,
            "document": self.document,
        }
        for event in events:
            if self.documents > 1:
                break
            handlers[event.kind](event)
        return self.result()

    def result(self) -> Tree | None:
        tree: Tree | None = self.top[0] if self.top else None
        if tree is not None and not (isinstance(tree, Scalar) and not tree.text and not tree.quoted):
            return None if self.lost else tree
        if self.documents < 2:
            self.faults.add("ND005", "the file is empty: it states no network", Span(self.path, 1, 1))
        return None

    def span(self, event: Event) -> Span:
        span: Span = _new(Span, (self.path, event.line, event.column))
        return span

    def count(self, nodes: int, event: Event) -> None:
        self.nodes += nodes
        if self.nodes > MAX_NODES:
            message = f"the text has more than {MAX_NODES:,} nodes, every alias counted as what it stands for"
            raise Stop("ND503", message, self.span(event))

    def document(self, event: Event) -> None:
        self.documents += 1
        if self.documents > 1:
            message = "a second document begins here; a file holds one: remove the '---' or split the file"
            self.faults.add("ND108", message, self.span(event))

    def scalar(self, event: Event) -> None:
        _, line, column, text, quoted, _, tag, anchor, lead = event
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.count(0, event)
        span = _new(Span, (self.path, line, column))
        value = text if quoted or (text and text[0] in PLAIN_START) else self.resolved(text, span)
        node = _new(Scalar, (value, text, quoted, span, lead))
        if not quoted and text.count("(") != text.count(")"):
            self.split = True
        if tag is not None:
            self.tag(event)
        if anchor is not None:
            self.anchors[anchor] = _Anchor(node, 1, 0)
        self.children.append(node)

    def resolved(self, text: str, span: Span) -> Value:
        try:
            return resolve(text)
        except NumberError as error:
            self.faults.add(error.code, error.message, span)
            return 1  # a number where one was meant

    def tag(self, event: Event) -> None:
        name = (event.tag or "").replace("tag:yaml.org,2002:", "!!")
        self.faults.add("ND106", f"the YAML tag {name} is not allowed; remove it", self.span(event))

    def begin(self, event: Event) -> None:
        self.count(1, event)
        span, depth = self.span(event), len(self.open) + 1
        if depth > MAX_DEPTH:
            raise Stop("ND502", TOO_DEEP, span)
        if event.tag is not None:
            self.tag(event)
        anchor = event.anchor
        opened = _Open(
            span=span,
            flow=event.flow,
            mapping=event.kind == "mapping",
            anchor=anchor,
            nodes=self.nodes,
            deepest=self.deepest,
            siblings=self.children,
        )
        self.open.append(opened)
        if anchor is not None:
            self.anchors[anchor] = _Anchor(None, 0, 0)
            self.deepest = depth
        elif depth > self.deepest:
            self.deepest = depth
        self.children = []

    def end(self, event: Event) -> None:
        opened, children = self.open.pop(), self.children
        if self.split and opened.flow:
            from .flow import rejoin  # late: start-up time

            children = rejoin(children, opened.mapping, self.faults.add)
        node: Tree
        if opened.mapping:
            node = Mapping(self.pairs(children, opened.flow), opened.span, opened.flow)
        else:
            node = Sequence(tuple(children), opened.span, opened.flow)
        if opened.anchor is not None:
            levels = self.deepest - len(self.open)
            self.anchors[opened.anchor] = _Anchor(node, self.nodes - opened.nodes + 1, levels)
            self.deepest = max(self.deepest, opened.deepest)
        self.children = opened.siblings
        self.children.append(node)

    def alias(self, event: Event) -> None:
        name, span = event.anchor or "", self.span(event)
        anchor = self.anchors.get(name)
        if anchor is None or anchor.tree is None:
            tail = did_you_mean(name, self.anchors) if anchor is None else ""
            what = f"no '&{name}' stands before it{tail}" if anchor is None else "it stands inside what it names"
            self.faults.add("ND107", f"the alias '*{name}' has no value: {what}", span)
            self.lost = True
            self.children.append(Scalar(value=None, text="", quoted=False, span=span))
            return
        self.count(anchor.nodes, event)
        self.deepest = max(self.deepest, len(self.open) + anchor.levels)
        if self.deepest > MAX_DEPTH:
            raise Stop("ND502", f"{TOO_DEEP} by the alias '*{name}'", span)
        self.children.append(anchor.tree)

    def pairs(self, children: list[Any], in_flow: bool) -> tuple[tuple[Scalar, Tree], ...]:
        """The pairs of a mapping, with keys that are words, each once."""
        keys, values = children[::2], children[1::2]
        names = {key.text for key in keys if type(key) is Scalar and type(key.value) is str}
        if len(names) == len(keys) and "<<" not in names and not (in_flow and ":" in "".join(names)):
            return tuple(zip(keys, values, strict=True))
        return self.mended(keys, values, in_flow)

    def mended(self, keys: list[Any], values: list[Any], in_flow: bool) -> tuple[tuple[Scalar, Tree], ...]:
        """The pairs where a key is not as it should be."""
        found: dict[str, tuple[Scalar, Tree]] = {}
        for key, value in zip(keys, values, strict=True):
            if type(key) is not Scalar:
                self.faults.add("ND112", "a key must be a word, not a list or a map", key.span)
                continue
            if in_flow and ":" in key.text:
                from .flow import spaced  # late: start-up time

                key, value = spaced(key, value, self.faults.add)
            name = key.text
            if name == "<<" and not key.quoted:
                self.merge(key, value, found)
            elif name in found:
                line = found[name][0].span.line
                self.faults.add("ND104", f"duplicate key '{name}'; the first is in line {line}", key.span)
            else:
                found[name] = (key if type(key.value) is str else self.worded(key), value)
        return tuple(found.values())

    def worded(self, key: Scalar) -> Scalar:
        """A key that is a number, true, false or null, as the word that it looks like."""
        hint = f"put it in quotes: '{key.text}'" if key.text else "write a word before the colon"
        self.faults.add("ND112", f"the key {key.text or 'here is missing'} must be a word; {hint}", key.span)
        return Scalar(value=key.text, text=key.text, quoted=True, span=key.span)

    def merge(self, key: Scalar, value: Tree, found: dict[str, tuple[Scalar, Tree]]) -> None:
        self.faults.add("ND112", "the merge key '<<' is not supported; write the keys out, or use 'defaults'", key.span)
        if isinstance(value, Mapping):
            for name, item in value.items:
                found.setdefault(name.text, (name, item))
