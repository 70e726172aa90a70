"""Reads `residual`: a rule, written or given by an expression, or a map with a shortcut and what stands after."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..core.errors import did_you_mean
from ..ops.rules import plain
from .forms import Forms, maybe
from .keywords import RULES, is_cap_word
from .model import Const, Layer, ResidualRule, Source, Value
from .trees.tree import Mapping, Scalar, Tree

_EXPECTED = f"one of {', '.join(RULES)}, an expression that gives one, or a map with rule, shortcut, after"


def no_rule(value: Any, text: str = "") -> str:
    """The message for a value that is no residual rule, written as `text`."""
    if not isinstance(value, bool):
        return f"unknown residual rule {plain(value)}{did_you_mean(str(value), RULES)}"
    instead = f"'auto if {text} else none'" if text else "auto" if value else "none"
    return f"a residual rule is one of {', '.join(RULES)}, and neither true nor false; write {instead}"


class ResidualReader:
    """Reads with the forms of a file; `layers` reads a list of layers."""

    def __init__(self, forms: Forms, layers: Callable[[Tree, str], tuple[Layer, ...]]) -> None:
        self.forms = forms
        self.faults = forms.faults
        self.layers = layers

    def read(self, tree: Tree) -> ResidualRule | None:
        """The rule; None, with a fault, where there is none to read."""
        if isinstance(tree, Scalar):
            rule = self.rule(tree)
            return None if rule is None else ResidualRule(rule=rule, span=tree.span)
        mapping = self.forms.mapping(tree, _EXPECTED)
        if mapping is None:
            return None
        before = len(self.faults.items)
        self.forms.keys(mapping, ("rule", "shortcut", "after"), "residual")
        word, after, shortcut = mapping.get("rule"), mapping.get("after"), mapping.get("shortcut")
        rule = self.rule(word) if word is not None else None
        if word is None and len(self.faults.items) == before:  # else it may be the key that is misspelt
            self.faults.add("ND115", f"residual needs a rule: {', '.join(RULES)}", mapping.span)
        source, layers = self._shortcut(shortcut)
        behind = self.layers(after, "after") if after is not None else ()
        if shortcut is not None and isinstance(rule, Const) and rule.value != "project":
            message = f"only the rule project has a shortcut; '{rule.value}' would leave it out"
            self.faults.add("ND118", message, shortcut.span)
        if rule is None:
            return None
        return ResidualRule(rule=rule, span=mapping.span, shortcut=layers, shortcut_from=source, after=behind)

    def rule(self, tree: Tree) -> Value | None:
        """A rule as it is written, or an expression, which is judged once it has a value."""
        if not isinstance(tree, Scalar):
            self.forms.wrong(tree, _EXPECTED)
            return None
        if tree.text in RULES:
            return Const(tree.text, tree.span)
        if isinstance(tree.value, str) and not is_cap_word(tree.text):
            return self.forms.word(tree)
        self.faults.add("ND118", no_rule(tree.value), tree.span)
        return None

    def _shortcut(self, tree: Tree | None) -> tuple[Source | None, tuple[Layer, ...]]:
        if tree is None:
            return None, ()
        inner = tree.get("layers") if isinstance(tree, Mapping) else None
        if not isinstance(tree, Mapping) or inner is None:
            return None, self.layers(tree, "shortcut")
        self.forms.keys(tree, ("from", "layers"), "shortcut")
        return maybe(self.forms.source, tree.get("from")), self.layers(inner, "shortcut")
