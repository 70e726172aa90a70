"""Checks the text of a theme: every key, colour and number, with its place."""

import re
from collections.abc import Callable
from collections.abc import Mapping as Map
from typing import Any

from ..core.errors import Faults, Span, did_you_mean, near_miss, option
from ..core.records import NamedTuple
from ..ops.categories import CATEGORIES
from ..spec import source
from ..spec.forms import Forms
from ..spec.trees.tree import Mapping, Scalar, Tree
from ..type.text import FAMILY
from .model import BARS, Colors, Font, Look, Shapes, Strokes

VERSION = 1
COLOR_KEYS = Look._fields
KEYS = ("theme", "name", "extends", "colors", "cells", "strokes", "shapes", "font", "bars", "rules")
HEX = "#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})"
"""What a colour is, for a schema; `is_hex` asks the same without a regular expression, to start sooner."""
_DIGITS = frozenset("0123456789abcdefABCDEF")
_FIRST = r"""(?m)^(\{\s*)?['"]?theme['"]?\s*:"""
"""The version, where a text is too broken to be read."""
_OF_ALL_FILES = ("ND004", "ND005", "ND501")
"""Codes of faults that say nothing of what stands in a file."""
LARGEST = 4.0
"""No stroke and no text is larger, in D."""

Source = bytes | str | Map[str, Any]
Readers = Map[str, Callable[[Tree], object]]
"""By key, what reads its value; None where that does not fit."""


class Raw(NamedTuple):
    """What one theme says, in form only: a colour may still be the name of one of `colors`.

    A rule has the keys of a Rule that are written, and its place.
    """

    name: str = ""
    extends: str = ""
    place: Span | None = None
    """That of the name of the theme that it extends; None where none is written."""
    bars: str = ""
    parts: Map[str, Map[str, Any]] = {}
    """The keys of `colors`, `strokes`, `shapes` and `font`."""
    cells: Map[str, Map[str, str]] = {}
    rules: tuple[dict[str, str], ...] = ()


def is_hex(text: str) -> bool:
    """Whether a text is a colour as `HEX` has it."""
    return len(text) in (4, 7) and text[0] == "#" and _DIGITS.issuperset(text[1:])


def check(data: Source, path: str, faults: Faults) -> Raw:
    """What a text or a dict says; `faults` has what is wrong."""
    checker = _Checker(faults)
    if isinstance(data, Map):
        from ..spec.trees.data import tree_of  # late: only themes that are given as dicts

        tree = tree_of(dict(data), path, faults)
    else:
        tree = source.read(data, path, faults)
    for place, fault in enumerate(faults.items):
        if fault.code == "ND005":
            faults.items[place] = fault._replace(message="the file is empty; a theme begins with theme: 1")
    top = tree if isinstance(tree, Mapping) else None
    if top is not None and checker.is_network(top):
        return Raw()
    if not _is_theme(data, top):
        # It may be any file, and what stands in it is nothing for a message.
        faults.items[:] = [fault for fault in faults.items if fault.code in _OF_ALL_FILES]
        top = None
    if top is None:
        if not faults:
            faults.add("ND114", "expected a theme: a map that begins with theme: 1", Span(path, 1, 1))
        return Raw()
    checker.forms.keys(top, KEYS, "a theme")
    checker.version(top)
    extends = top.get("extends")
    readers: dict[str, Readers] = {
        "colors": dict.fromkeys(Colors._fields, checker.hex),
        "strokes": dict.fromkeys(Strokes._fields, checker.length),
        "shapes": dict.fromkeys(Shapes._fields, checker.part),
        "font": {**dict.fromkeys(Font._fields, checker.length), "family": checker.family},
    }
    return Raw(
        name=checker.word(top, "name"),
        extends=checker.word(top, "extends"),
        place=None if extends is None else extends.span,
        bars=checker.bars(top.get("bars")),
        parts={name: checker.section(top.get(name), name, read) for name, read in readers.items()},
        cells=checker.cells(top.get("cells")),
        rules=checker.rules(top.get("rules")),
    )


def _is_theme(data: Source, top: Mapping | None) -> bool:
    """Whether it says so, or has the keys of a theme and no others; a dict is what its author means."""
    if isinstance(data, Map):
        return True
    if top is not None:
        return top.get("theme") is not None or all(key.text in KEYS for key, _ in top.items)
    return bool(re.search(_FIRST, data if isinstance(data, str) else data.decode("latin-1")))


class _Checker:
    """Reads the parts of a theme; what does not fit is noted and left out."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.forms = Forms(faults)

    def is_network(self, top: Mapping) -> bool:
        """Whether it is no theme, but states a network."""
        head = next((key for key, _ in top.items if key.text in ("netdraw", "layers")), None)
        if head is None or top.get("theme") is not None:
            return False
        self.faults.add("ND613", "this is a network, no theme; a theme begins with theme: 1", head.span)
        return True

    def version(self, top: Mapping) -> None:
        tree = top.get("theme")
        if tree is None:
            self.faults.add("ND119", f"the first line says the version of the language: theme: {VERSION}", top.span)
        elif not isinstance(tree, Scalar) or tree.value != VERSION or isinstance(tree.value, bool):
            shown = tree.text if isinstance(tree, Scalar) else "that"
            self.faults.add("ND119", f"unsupported version {shown}; this netdraw reads version {VERSION}", tree.span)

    def word(self, top: Mapping, key: str) -> str:
        tree = top.get(key)
        return "" if tree is None else self.forms.text(tree, f"the {key} of a theme") or ""

    def section(self, tree: Tree | None, name: str, readers: Readers) -> dict[str, Any]:
        """A map with the keys of these readers, its values read each."""
        mapping = None if tree is None else self.forms.mapping(tree, f"a map of {', '.join(readers)}")
        if mapping is None:
            return {}
        self.forms.keys(mapping, tuple(readers), f"'{name}'")
        found = ((key.text, readers[key.text](value)) for key, value in mapping.items if key.text in readers)
        return {key: value for key, value in found if value is not None}

    def cells(self, tree: Tree | None) -> dict[str, dict[str, str]]:
        mapping = None if tree is None else self.forms.mapping(tree, "a map from category to colours")
        if mapping is None:
            return {}
        for key, _ in mapping.items:
            self.category(key)
        look = dict.fromkeys(COLOR_KEYS, self.color)
        return {key.text: self.section(value, key.text, look) for key, value in mapping.items}

    def category(self, tree: Tree) -> str | None:
        if isinstance(tree, Scalar) and tree.text in CATEGORIES:
            return tree.text
        if isinstance(tree, Scalar) and tree.text:
            message = f"unknown category '{tree.text}'{did_you_mean(tree.text, CATEGORIES)}"
            self.faults.add("ND603", message, tree.span)
        else:
            self.forms.wrong(tree, "a category, such as conv.depthwise")
        return None

    def hex(self, tree: Tree) -> str | None:
        """`#rrggbb`, from that or `#rgb`."""
        text = self._color_text(tree)
        return None if text is None else self._hex(text, tree, ())

    def color(self, tree: Tree) -> str | None:
        """A hex colour, the name of one of the theme's colours, or none."""
        text = self._color_text(tree)
        return text if text is None or text in (*Colors._fields, "none") else self._hex(text, tree, Colors._fields)

    def _color_text(self, tree: Tree) -> str | None:
        if isinstance(tree, Scalar) and tree.text:
            return tree.text
        # Without quotes YAML takes what follows a # for a comment.
        self.forms.wrong(tree, "a colour in quotes, such as '#1f3a57'")
        return None

    def _hex(self, text: str, tree: Tree, names: tuple[str, ...]) -> str | None:
        if not is_hex(text):
            near = near_miss(text, names)
            hint = f"did you mean '{near}'?" if near else "write it as '#1f3a57'"
            more = f", or one of {', '.join(names)}, none" if names and not near else ""
            self.faults.add("ND604", f"unknown colour '{text}'; {hint}{more}", tree.span)
            return None
        digits = text[1:].lower()
        return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))

    def length(self, tree: Tree) -> float | None:
        return self._number(tree, lambda value: 0 < value <= LARGEST, f"above 0 and up to {LARGEST:g}")

    def part(self, tree: Tree) -> float | None:
        """A part of a cell, which may be left out."""
        return self._number(tree, lambda value: 0 <= value <= 1, "from 0 to 1")

    def _number(self, tree: Tree, fits: Callable[[float], bool], limits: str) -> float | None:
        value = tree.value if isinstance(tree, Scalar) else None
        if isinstance(value, int | float) and not isinstance(value, bool) and fits(value):
            return float(value)
        self.forms.wrong(tree, f"a length in cell diameters, {limits}")
        return None

    def bars(self, tree: Tree | None) -> str:
        if tree is None:
            return ""
        if isinstance(tree, Scalar) and tree.text in BARS:
            return tree.text
        self.forms.wrong(tree, " or ".join(BARS))
        return ""

    def family(self, tree: Tree) -> str | None:
        """The family's name; only ours is known by its metrics, and no text is drawn unmeasured."""
        text = self.forms.text(tree, "the name of a font's family")
        if text and text != FAMILY:
            hint = f"write {FAMILY}, or leave it out and give the file with {option('font')}"
            self.faults.add("ND605", f"no metrics of the font '{text}'; {hint}", tree.span)
        return text or None

    def rules(self, tree: Tree | None) -> tuple[dict[str, str], ...]:
        items = None if tree is None else self.forms.sequence(tree, "a list of rules")
        return () if items is None else tuple(map(self.rule, items.items))

    def rule(self, tree: Tree) -> dict[str, str]:
        """One rule: whom it fits by `id` or `category`, and the colours that it changes."""
        colors: Readers = dict.fromkeys(COLOR_KEYS, self.color)
        found = self.section(tree, "rules", {**colors, "id": self.glob, "category": self.category})
        if not isinstance(tree, Mapping):
            return found
        if tree.get("id") is None and tree.get("category") is None:
            self.forms.wrong(tree, "a rule with an id (a pattern, such as stages.1.*) or a category")
        elif not any(tree.get(key) for key in COLOR_KEYS):
            self.forms.wrong(tree, f"a rule with a colour: {', '.join(COLOR_KEYS)}")
        return {**found, "place": str(tree.span) if tree.span.line else tree.span.path}

    def glob(self, tree: Tree) -> str | None:
        return self.forms.text(tree, "a pattern of ids, such as stages.1.*")
