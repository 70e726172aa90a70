"""Reads the small forms of the language off the tree: texts, names, values, arguments, sources of `from`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from ..core.errors import Faults, did_you_mean
from ..ops.categories import CATEGORIES
from ..ops.stated import STATED
from .constants import Scope, Use, in_scope
from .expressions import expr
from .expressions.functions import FUNCTIONS
from .keywords import AXIS_LETTERS, RESERVED, is_cap_word, is_identifier, is_snake_case, snake
from .model import POISON, Arg, Args, Const, Formula, LetterMap, ListValue, OpValue, Source, Value
from .source import looks_like_missing_space
from .trees.tree import Mapping, Scalar, Sequence, Tree

T = TypeVar("T")
_INERT = "→×·–—’“”…−≤≥"
SOURCE = r"([a-z][a-z0-9_]*)((?:\.[a-z0-9_]+)*)(?::([a-z0-9_.]+))?"
"""A name, the path to what is inside it, and a port."""


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


def _is_category(text: str) -> bool:
    """Whether a text looks like the name of a category with a dot in it: `conv.depthwise`."""
    first, _, rest = text.partition(".")
    return first in CATEGORIES and rest.replace(".", "").isidentifier()


class Forms:
    """Reads forms and notes what does not fit; what cannot be read is None, without a second fault."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.calls: list[Use] = []
        """Every op or block that was read, called or as a value; they are checked once all blocks are known."""
        self.scope: Scope = (set(),)
        """The names that what is being read can see: those of the block, then those of the file."""
        self.uses: set[str] = set()
        """The names of all ops and blocks that are called or stand as values."""
        self.misnamed: set[str] = set()
        """Names of values that should be snake_case, which is noted: they are read as they are written."""
        self.letters: frozenset[str] = frozenset()
        """Those of the table whose columns are being read; a CapWord among them is no op."""

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
        if isinstance(tree, Scalar) and (is_snake_case(tree.text) or tree.text in self.misnamed):
            return tree.text
        if isinstance(tree, Scalar) and tree.text:
            proposed = snake(re.sub(r"\W+", "_", tree.text).strip("_"))
            such = proposed if is_snake_case(proposed) else "stage_2"
            self.faults.add("ND116", f"{what} is snake_case, such as '{such}', not '{tree.text}'", tree.span)
        else:
            self.wrong(tree, what)
        return None

    def declared(self, tree: Scalar, what: str) -> str | None:
        """The name of a param or `let`: one in the wrong letters stands for its value nevertheless."""
        name = self.snake(tree, what)
        if name is None and is_identifier(tree.text):
            self.misnamed.add(tree.text)
            return tree.text
        return name

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
            unread = tree.value == 1 and any(one.code == "ND110" and one.span == tree.span for one in self.faults.items)
            return None if unread else Const(tree.value, tree.span)
        return self.word(tree)

    def statement(self, tree: Tree) -> Value | None:
        """What is stated of an op; in it a map has shapes, or sizes, by whatever names."""
        if not isinstance(tree, Mapping) or not all(is_snake_case(key.text) for key, _ in tree.items):
            return self.value(tree)
        values: tuple[Value, ...] | None = self._all(self.statement, [value for _, value in tree.items])
        names = [key.text for key, _ in tree.items]
        return None if values is None else LetterMap(tuple(zip(names, values, strict=True)), tree.span)

    def word(self, scalar: Scalar) -> Value | None:
        """A text: an op or block by its form, else an expression."""
        text = scalar.text.strip()
        if text == "none" or self._is_op(text):
            return self._noted(OpValue(text, (), scalar.span))
        if "." in text and _is_category(text):
            return Const(text, scalar.span)
        if not text.isidentifier() and self._is_python(scalar):
            return None
        compiled = expr.compile(scalar.text, scalar.span, self.faults, scalar.lead)
        if compiled is None:
            return None
        for name in filter(is_cap_word, compiled.names):
            if not in_scope(name, self.scope):
                self._noted(OpValue(name, (), compiled.place(name)))
        return Formula(compiled, text, scalar.span)

    def _is_python(self, scalar: Scalar) -> bool:
        """Notes an op that is called or qualified as in Python, `nn.LeakyReLU(0.1)`; True where it was one."""
        text = scalar.text.strip()
        name = text.partition("(")[0].strip() if text.endswith(")") else text
        if name.lower() in FUNCTIONS or not name.replace(".", "").isidentifier():
            return False
        from .advice.hints import as_written  # late: start-up time

        wanted = as_written(scalar.text)
        if wanted is not None:
            self.faults.add("ND204", f"an op is not called with brackets or a module; write {wanted}", scalar.span)
        return wanted is not None

    def _letters(self, tree: Mapping) -> LetterMap | None:
        values: tuple[Value, ...] | None = self._all(self.value, [value for _, value in tree.items])
        if values is None:
            return None
        return LetterMap(tuple(zip([key.text for key, _ in tree.items], values, strict=True)), tree.span)

    def _op_with_args(self, tree: Mapping) -> OpValue | None:
        for key, arguments in tree.items if len(tree.items) == 1 else ():
            if self._is_op(key.text):
                return self._noted(OpValue(key.text, self.args(arguments), key.span))
            from .advice.hints import small  # late: start-up time

            hint = small(key.text)
            if hint:
                self.faults.add("ND103", f"unknown op or block '{key.text}'{hint}", key.span)
                return None
        self.wrong(tree, "a value; an op with attributes is a map with one key, such as {LeakyReLU: 0.1}")
        return None

    def _is_op(self, text: str) -> bool:
        """Whether a text is an op or block by its form, and by nothing else."""
        return is_cap_word(text) and text not in self.letters and text not in self.misnamed

    def _noted(self, value: OpValue) -> OpValue:
        if value.name != "none":
            self.calls.append(Use(value, self.scope))
            self.uses.add(value.name)
        return value

    def args(self, tree: Tree) -> Args:
        """The arguments of a call: nothing, a map of attributes, or the value of the first attribute."""
        if isinstance(tree, Scalar) and tree.value is None:
            return ()
        if isinstance(tree, Mapping) and not (len(tree.items) == 1 and self._is_op(tree.items[0][0].text)):
            return self.named([(key, value) for key, value in tree.items if key.text not in RESERVED])
        value = self.value(tree)
        return (Arg("", value or Const(POISON, tree.span), tree.span),)

    def named(self, pairs: Iterable[tuple[Scalar, Tree]]) -> Args:
        """Arguments by name."""
        found = []
        for key, tree in pairs:
            name = self.snake(key, "the name of an attribute")
            value = self.statement(tree) if name in STATED else self.value(tree)
            if name is not None:
                found.append(Arg(name, value or Const(POISON, key.span), key.span))
        return tuple(found)

    def _all(self, read: Callable[[Tree], T | None], trees: Iterable[Tree]) -> tuple[T, ...] | None:
        """What `read` makes of each, or None where it fails for one; all are read, so that every fault is noted."""
        found = [read(tree) for tree in trees]
        items = tuple(item for item in found if item is not None)
        return items if len(items) == len(found) else None

    def sources(self, tree: Tree) -> tuple[Source, ...]:
        """`from`: one source or a list of them; one that cannot be read is kept as one without a name."""
        items = tree.items if isinstance(tree, Sequence) else (tree,)
        if not items:
            self.wrong(tree, "at least one source; leave `from` out for the layer before")
        return tuple(self.source(item) or self._unread(item) for item in items or (tree,))

    def _unread(self, tree: Tree) -> Source:
        return Source(name="", step=0, path=(), port="", text="", span=tree.span)

    def source(self, tree: Tree) -> Source | None:
        """A name with an optional path and port, or a negative step."""
        if isinstance(tree, Scalar) and isinstance(tree.value, int) and not isinstance(tree.value, bool):
            if tree.value < 0:
                return Source(name="", step=tree.value, path=(), port="", text=tree.text, span=tree.span)
        elif isinstance(tree, Scalar) and tree.text:
            match = re.fullmatch(SOURCE, tree.text)
            if match:
                path, port = tuple(match[2].split(".")[1:]), match[3] or ""
                return Source(name=match[1], step=0, path=path, port=port, text=tree.text, span=tree.span)
        self.wrong(tree, "the name of a layer, such as enc3, encoder.enc3 or split:1, or a step back, such as -1")
        return None

    def outputs(self, tree: Tree | None) -> tuple[tuple[str, Source], ...]:
        """`outputs`: names for values inside."""
        outputs = []
        for key, value in self.pairs(tree, "a map of outputs, such as {mask: up1}"):
            name, source = self.snake(key, "an output"), self.source(value)
            if name is not None and source is not None:
                outputs.append((name, source))
        return tuple(outputs)

    def missing_space(self, scalar: Scalar) -> bool:
        """Notes `Conv2d:3`, which lacks the space; True where it was one."""
        if not scalar.quoted and looks_like_missing_space(scalar.text):
            name, _, rest = scalar.text.partition(":")
            self.faults.add("ND111", f"a space is missing behind the colon; write '{name}: {rest}'", scalar.span)
            return True
        return False
