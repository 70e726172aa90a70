"""Reads the small forms of the language off the tree: texts, names, values, arguments, sources of `from`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from ..core.errors import Faults, did_you_mean
from .expressions import expr
from .keywords import AXIS_LETTERS, RESERVED, is_cap_word, is_snake_case
from .model import POISON, Arg, Args, Const, Formula, LetterMap, ListValue, OpValue, Source, Value
from .source import looks_like_missing_space
from .trees.tree import Mapping, Scalar, Sequence, Tree

T = TypeVar("T")
_INERT = "→×·–—’“”…−≤≥"
_SOURCE = r"([a-z][a-z0-9_]*)((?:\.\d+)*)(?::([a-z0-9_]+))?"


def maybe(read: Callable[..., T | None], tree: Tree | None, *what: str) -> T | None:
    """What `read` makes of a tree; None where there is none."""
    return None if tree is None else read(tree, *what)


def kind_of(tree: Tree) -> str:
    """What a tree is, in the words of a message."""
    if isinstance(tree, Mapping):
        return "a map"
    if isinstance(tree, Sequence):
        return "a list"
    return "nothing" if tree.value is None else f"'{tree.text}'"


def _is_composed(char: str) -> bool:
    """Whether a character surely is no part of a decomposed accent; most texts hold no other."""
    return char < "\u0300" or "\u4e00" <= char <= "\u9fff" or "\u3001" <= char <= "\u3029" or char in _INERT


class Forms:
    """Reads forms and notes what does not fit; what cannot be read is None, without a second fault."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.ops: list[OpValue] = []
        """Every op or block that was read as a value; their names are checked once all blocks are known."""

    def wrong(self, tree: Tree, expected: str) -> None:
        self.faults.add("ND114", f"expected {expected}, found {kind_of(tree)}", tree.span)

    def mapping(self, tree: Tree | None, expected: str) -> Mapping | None:
        if tree is None or isinstance(tree, Mapping):
            return tree
        self.wrong(tree, expected)
        return None

    def pairs(self, tree: Tree | None, expected: str) -> tuple[tuple[Scalar, Tree], ...]:
        """The pairs of a map; none where there is no map."""
        mapping = self.mapping(tree, expected)
        return mapping.items if mapping else ()

    def sequence(self, tree: Tree, expected: str) -> Sequence | None:
        if isinstance(tree, Sequence):
            return tree
        self.wrong(tree, expected)
        return None

    def text(self, tree: Tree, what: str) -> str | None:
        """A text; a number counts as the text that was written."""
        if not isinstance(tree, Scalar) or tree.value is None or isinstance(tree.value, bool):
            self.wrong(tree, what)
            return None
        if tree.text.isprintable() and all(map(_is_composed, tree.text)):
            return tree.text
        return self._composed(tree)

    def _composed(self, scalar: Scalar) -> str | None:
        """A text with its accents composed, as the fonts have them; it is one line."""
        from unicodedata import category, normalize  # late: start-up time

        text = normalize("NFC", scalar.text)
        if any(category(char) in ("Cc", "Cs", "Zl", "Zp") for char in text):
            message = "a line break or control character stands in this text; write it on one line"
            self.faults.add("ND122", message, scalar.span)
            return None
        return text

    def integer(self, tree: Tree, what: str) -> int | None:
        if isinstance(tree, Scalar) and isinstance(tree.value, int) and not isinstance(tree.value, bool):
            return tree.value
        self.wrong(tree, what)
        return None

    def percentage(self, tree: Tree, what: str) -> float | None:
        """A number above 0, up to 100."""
        value = tree.value if isinstance(tree, Scalar) and not isinstance(tree.value, bool) else None
        if not isinstance(value, int | float):
            self.wrong(tree, "a number of per cent, such as 71.9")
        elif 0 < value <= 100:
            return float(value)
        else:
            self.faults.add("ND670", f"{what} is in per cent: above 0, and 100 at most, not {tree.text}", tree.span)  # type: ignore[union-attr]
        return None

    def snake(self, tree: Tree, what: str) -> str | None:
        """A snake_case name."""
        if isinstance(tree, Scalar) and is_snake_case(tree.text):
            return tree.text
        if isinstance(tree, Scalar) and tree.text:
            self.faults.add("ND116", f"{what} is snake_case, such as 'stage_2', not '{tree.text}'", tree.span)
        else:
            self.wrong(tree, what)
        return None

    def snakes(self, tree: Tree | None, what: str) -> tuple[str, ...]:
        """One snake_case name or a list of them."""
        items = tree.items if isinstance(tree, Sequence) else (tree,) if tree is not None else ()
        return tuple(name for item in items if (name := self.snake(item, what)))

    def keys(self, mapping: Mapping, allowed: tuple[str, ...], where: str) -> None:
        """Notes every key that is not allowed."""
        for key, _ in mapping.items:
            if key.text not in allowed:
                hint = did_you_mean(key.text, allowed)
                self.faults.add("ND105", f"unknown key '{key.text}' in {where}{hint}", key.span)

    def value(self, tree: Tree) -> Value | None:
        """A value by its form."""
        if isinstance(tree, Sequence):
            items: tuple[Value, ...] | None = self._all(self.value, tree.items)
            return None if items is None else ListValue(items, tree.span)
        if isinstance(tree, Mapping):
            lettered = tree.items and all(key.text in AXIS_LETTERS for key, _ in tree.items)
            return self._letters(tree) if lettered else self._op_with_args(tree)
        if tree.value is None:
            self.faults.add("ND114", "a value is missing here; write one, or none for no layer", tree.span)
            return None
        if not isinstance(tree.value, str):
            return Const(tree.value, tree.span)
        return self.word(tree)

    def word(self, scalar: Scalar) -> Value | None:
        """A text: an op or block by its form, else an expression."""
        text = scalar.text.strip()
        if text == "none" or is_cap_word(text):
            return self._noted(OpValue(text, (), scalar.span))
        compiled = expr.compile(scalar.text, scalar.span, self.faults, scalar.lead)
        return None if compiled is None else Formula(compiled, text, scalar.span)

    def _letters(self, tree: Mapping) -> LetterMap | None:
        values: tuple[Value, ...] | None = self._all(self.value, [value for _, value in tree.items])
        if values is None:
            return None
        return LetterMap(tuple(zip([key.text for key, _ in tree.items], values, strict=True)), tree.span)

    def _op_with_args(self, tree: Mapping) -> OpValue | None:
        if len(tree.items) == 1 and is_cap_word(tree.items[0][0].text):
            key, arguments = tree.items[0]
            return self._noted(OpValue(key.text, self.args(arguments), key.span))
        self.wrong(tree, "a value; an op with attributes is a map with one key, such as {LeakyReLU: 0.1}")
        return None

    def _noted(self, value: OpValue) -> OpValue:
        if value.name != "none":
            self.ops.append(value)
        return value

    def args(self, tree: Tree) -> Args:
        """The arguments of a call: nothing, a map of attributes, or the value of the first attribute."""
        if isinstance(tree, Scalar) and tree.value is None:
            return ()
        if isinstance(tree, Mapping) and not (len(tree.items) == 1 and is_cap_word(tree.items[0][0].text)):
            return self.named([(key, value) for key, value in tree.items if key.text not in RESERVED])
        value = self.value(tree)
        return (Arg("", value or Const(POISON, tree.span), tree.span),)

    def named(self, pairs: Iterable[tuple[Scalar, Tree]]) -> Args:
        """Arguments by name."""
        found = []
        for key, tree in pairs:
            name = self.snake(key, "the name of an attribute")
            value = self.value(tree)
            if name is not None:
                found.append(Arg(name, value or Const(POISON, key.span), key.span))
        return tuple(found)

    def _all(self, read: Callable[[Tree], T | None], trees: Iterable[Tree]) -> tuple[T, ...] | None:
        """What `read` makes of each, or None where it fails for one; all are read, so that every fault is noted."""
        found = [read(tree) for tree in trees]
        items = tuple(item for item in found if item is not None)
        return items if len(items) == len(found) else None

    def sources(self, tree: Tree) -> tuple[Source, ...] | None:
        """`from`: one source or a list of them."""
        if isinstance(tree, Sequence):
            if not tree.items:
                self.wrong(tree, "at least one source; leave `from` out for the layer before")
                return None
            return self._all(self.source, tree.items)
        one = self.source(tree)
        return None if one is None else (one,)

    def source(self, tree: Tree) -> Source | None:
        """A name with an optional member and port, or a negative step."""
        if isinstance(tree, Scalar) and isinstance(tree.value, int) and not isinstance(tree.value, bool):
            if tree.value < 0:
                return Source(name="", step=tree.value, member=(), port="", text=tree.text, span=tree.span)
        elif isinstance(tree, Scalar) and tree.text:
            match = re.fullmatch(_SOURCE, tree.text)
            if match:
                member = tuple(int(part[:9]) for part in match[2].split(".")[1:])
                return Source(name=match[1], step=0, member=member, port=match[3] or "", text=tree.text, span=tree.span)
        self.wrong(tree, "the name of a layer, such as enc3, split:1 or stage.0, or a step back, such as -1")
        return None

    def missing_space(self, scalar: Scalar) -> bool:
        """Notes `Conv2d:3`, which lacks the space; True where it was one."""
        if not scalar.quoted and looks_like_missing_space(scalar.text):
            name, _, rest = scalar.text.partition(":")
            self.faults.add("ND111", f"a space is missing behind the colon; write '{name}: {rest}'", scalar.span)
            return True
        return False
