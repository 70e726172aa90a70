"""Reads `ops`: the ops that a file defines itself, by their attributes and by expressions over their input."""

from __future__ import annotations

from collections.abc import Collection, Container
from typing import Any

from ..core.errors import Span, did_you_mean
from ..ops.base import REQUIRED, Attr, OpDef
from ..ops.categories import CATEGORIES, no_category
from ..ops.families.opaque import opaque
from ..ops.kinds import constant
from ..ops.stated import COST_SCOPE, SHAPE_SCOPE, STATEMENTS
from .blocks import read_params
from .forms import Forms, maybe
from .keywords import is_cap_word, snake
from .model import Const, Formula, LetterMap, ListValue, OpStatement, OpValue, Param, Value
from .statements import formulas, state, value_text
from .trees.tree import Scalar, Tree

_SEES = {"out": SHAPE_SCOPE, "outputs": SHAPE_SCOPE, "params": COST_SCOPE, "macs": COST_SCOPE}
"""What the expressions of a statement see beside the attributes."""
_STATED = tuple(attr.name for attr in STATEMENTS)
_KEYS = ("doc", "attributes", *_STATED, "label")


class OpReader:
    """Reads definitions of ops, and notes what does not fit."""

    def __init__(self, forms: Forms) -> None:
        self.forms, self.faults = forms, forms.faults
        self.broken: set[str] = set()
        """The names of ops that could not be read, which is noted."""

    def ops(self, tree: Tree | None, blocks: Container[str]) -> tuple[OpStatement, ...]:
        """A map of ops by name; `blocks` are the names that blocks of the file have."""
        found = []
        for key, value in self.forms.pairs(tree, "a map of ops, such as {Snake: {category: activation}}"):
            if not is_cap_word(key.text):
                self.faults.add("ND116", f"an op's name is a CapWord, such as Snake, not '{key.text}'", key.span)
                continue
            before = len(self.faults.items)
            if key.text in blocks:
                self.faults.add("ND401", f"a block of this file is called {key.text}, too; rename one", key.span)
            op = self._op(key, value)
            if op is None or len(self.faults.items) > before:
                self.broken.add(key.text)
            else:
                found.append(op)
        return tuple(found)

    def _op(self, key: Scalar, tree: Tree) -> OpStatement | None:
        mapping = self.forms.mapping(tree, "a map with attributes, out, params, macs or category")
        if mapping is None:
            return None
        self.forms.keys(mapping, _KEYS, f"the op {key.text}")
        attributes = read_params(self.forms, mapping.get("attributes"), "an attribute")
        given: dict[str, Value | None] = {name: maybe(self.forms.statement, mapping.get(name)) for name in _STATED}
        known = [param.name for param in attributes]
        for number, param in enumerate(attributes):
            self._attribute(param, known[:number])
        for name, sees in _SEES.items():
            self._names(given[name], [*known, *sees], "an op sees its attributes and its input")
        if (category := given["category"]) is not None:
            self._category(value_text(category), category.span)
        if (several := given["outputs"]) is not None and given["out"] is not None:
            message = "out states one output, outputs several; write one of them"
            self.faults.add("ND309", message, several.span)
        if any(value is None and mapping.get(name) is not None for name, value in given.items()):
            return None
        return OpStatement(
            name=key.text,
            attributes=attributes,
            given=tuple((name, value) for name, value in given.items() if value is not None),
            label=maybe(self.forms.text, mapping.get("label"), "a label") or "",
            doc=maybe(self.forms.text, mapping.get("doc"), "a text") or "",
            span=key.span,
        )

    def _attribute(self, param: Param, before: Collection[str]) -> None:
        """Notes a name that is not free, and a default that no attribute may have."""
        if param.name in _KEYS:
            message = f"'{param.name}' is what an op states of itself; give the attribute another name"
            self.faults.add("ND117", message, param.span)
        default = param.default
        text = isinstance(default, Const) and isinstance(default.value, str)
        if default is not None and (text or isinstance(default, OpValue | LetterMap)):
            message = f"{param.name} expects {constant().expects}, not {value_text(default)}"
            self.faults.add("ND301", message, default.span)
        self._names(param.default, before, "a default sees the attributes before it")

    def _names(self, value: Value | None, known: Collection[str], rule: str) -> None:
        """Notes the names in a value that it does not see; `rule` says what it sees."""
        for formula in formulas(value) if value is not None else ():
            for name in sorted(formula.expr.names - set(known)):
                hint = did_you_mean(name, known) or f"; {rule}"
                self.faults.add("ND203", f"unknown name '{name}'{hint}", formula.span)

    def _category(self, text: str, span: Span) -> None:
        if text not in CATEGORIES:
            expected = "category expects the category of a cell, such as conv or pool.max"
            self.faults.add("ND301", f"{expected}, not '{text}'{no_category(text)}", span)


def define(statement: OpStatement) -> OpDef:
    """The op that a file defines."""
    known = [param.name for param in statement.attributes]
    given: dict[str, Any] = {}
    for name, value in statement.given:
        given[name] = value_text(value)
        if name != "category":
            given[name] = state(value, {}, [*known, *_SEES[name]], name)
            if not any(formula.expr.names for formula in formulas(value)):
                given[name].span = value.span
    return opaque(
        name=statement.name,
        snake=snake(statement.name),
        doc=statement.doc or "An op that this file defines.",
        own=tuple(map(_attribute, statement.attributes)),
        given=given,
        title=statement.label,
        widths=_widths(statement, known),
    )


def _widths(statement: OpStatement, known: Collection[str]) -> tuple[str, ...]:
    """The attribute that the channels of the output are, where they are one."""
    out = dict(statement.given).get("out")
    channels = dict(out.items).get("c") if isinstance(out, LetterMap) else None
    if isinstance(out, ListValue) and len(out.items) != 2:
        channels = out.items[0]
    return (channels.text,) if isinstance(channels, Formula) and channels.text in known else ()


def _attribute(param: Param) -> Attr:
    """An attribute; a default with expressions is evaluated where the op is called."""
    default: Any = REQUIRED
    if isinstance(param.default, Const):
        default = param.default.value
    elif param.default is not None:
        default = state(param.default, {}, (), param.name)
    return Attr(param.name, constant(), default=default)
