"""Reads the small forms of the language off the tree: texts, names, values, arguments, sources of `from`."""

from __future__ import annotations

import re

from ..core.errors import Faults, did_you_mean
from .expressions import expr
from .keywords import AXIS_LETTERS, RESERVED, is_cap_word, is_snake_case
from .model import POISON, Arg, Args, Const, Formula, LetterMap, ListValue, OpValue, Source, Value
from .source import looks_like_missing_space
from .trees.tree import Mapping, Scalar, Sequence, Tree

_INERT = "→×·–—’“”…−≤≥"
_SOURCE = re.compile(r"([a-z][a-z0-9_]*)((?:\.\d+)*)(?::([a-z0-9_]+))?")


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


def _by_letter(tree: Mapping) -> bool:
    """Whether every key is the letter of an axis."""
    return all(key.text in AXIS_LETTERS for key, _ in tree.items) and bool(tree.items)


class Forms:
    """Reads forms and notes what does not fit; what cannot be read is None, without a second fault."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.ops: list[OpValue] = []
        """Every op or block that was read as a value; their names are checked once all blocks are known."""

    def wrong(self, tree: Tree, expected: str) -> None:
        self.faults.add("ND114", f"expected {expected}, found {kind_of(tree)}", tree.span)

    def mapping(self, tree: Tree, expected: str) -> Mapping | None:
        if isinstance(tree, Mapping):
            return tree
        self.wrong(tree, expected)
        return None

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
            self.faults.add(
                "ND122", "a line break or control character stands in this text; write it on one line", scalar.span
            )
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

    def keys(self, mapping: Mapping, allowed: tuple[str, ...], where: str) -> None:
        """Notes every key that is not allowed."""
        for key, _ in mapping.items:
            if key.text not in allowed:
                self.faults.add(
                    "ND105", f"unknown key '{key.text}' in {where}{did_you_mean(key.text, allowed)}", key.span
                )

    def value(self, tree: Tree) -> Value | None:
        """A value by its form."""
        if isinstance(tree, Sequence):
            items = [self.value(item) for item in tree.items]
            return (
                ListValue(tuple(item for item in items if item is not None), tree.span) if None not in items else None
            )
        if isinstance(tree, Mapping):
            return self._letters(tree) if _by_letter(tree) else self._op_with_args(tree)
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
        found = [(key.text, self.value(value)) for key, value in tree.items]
        items = tuple((letter, value) for letter, value in found if value is not None)
        return LetterMap(items, tree.span) if len(items) == len(found) else None

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
            pairs = [(key, value) for key, value in tree.items if key.text not in RESERVED]
            return self.named(pairs)
        value = self.value(tree)
        return (Arg("", value or Const(POISON, tree.span), tree.span),)

    def named(self, pairs: list[tuple[Scalar, Tree]]) -> Args:
        """Arguments by name."""
        found = []
        for key, tree in pairs:
            name = self.snake(key, "the name of an attribute")
            value = self.value(tree)
            if name is not None:
                found.append(Arg(name, value or Const(POISON, key.span), key.span))
        return tuple(found)

    def sources(self, tree: Tree) -> tuple[Source, ...] | None:
        """`from`: one source or a list of them."""
        if isinstance(tree, Sequence):
            if not tree.items:
                self.wrong(tree, "at least one source; leave `from` out for the layer before")
                return None
            found = [self.source(item) for item in tree.items]
            return tuple(item for item in found if item is not None) if None not in found else None
        one = self.source(tree)
        return None if one is None else (one,)

    def source(self, tree: Tree) -> Source | None:
        """A name with an optional member and port, or a negative step."""
        if isinstance(tree, Scalar) and isinstance(tree.value, int) and not isinstance(tree.value, bool):
            if tree.value < 0:
                return Source(name="", step=tree.value, member=(), port="", text=tree.text, span=tree.span)
        elif isinstance(tree, Scalar) and tree.text:
            match = _SOURCE.fullmatch(tree.text)
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
