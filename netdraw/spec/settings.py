"""Params given from outside a file: keywords in Python, `--set name=value` on the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..core.errors import Faults, Span, did_you_mean
from ..core.records import NamedTuple
from ..ops.rules import plain
from .forms import Forms
from .library import names_of
from .model import Spec, Value
from .trees.data import tree_of
from .trees.tree import Mapping as MappingTree
from .trees.tree import Scalar, Tree
from .trees.tree import Sequence as SequenceTree


class Written(NamedTuple):
    """A value as it was written after `name=`, in the words of the spec language: by which option, and where several
    sources are read, for which.
    """

    text: str
    option: str = "--set"
    source: str = ""

    @property
    def line(self) -> str:
        """The text as titles and tables have it: YAML takes line breaks for spaces, too."""
        return " ".join(self.text.split())

    def place(self, name: str) -> str:
        """Where a fault in it lies: `--set width`, `--set-a width of lenet`."""
        return f"{self.option} {name} of {self.source}" if self.source else f"{self.option} {name}"


def given_for(params: Mapping[str, Any], source: object) -> dict[str, Any]:
    """Params of one of several sources: faults in those that were written name it."""
    own = source if isinstance(source, str) else ""
    return {key: one._replace(source=own) if isinstance(one, Written) else one for key, one in params.items()}


class SyntaxFault(ValueError):
    """An option that is not of the form name=value."""


def split(options: Sequence[str], option: str = "--set", source: str = "") -> dict[str, Written]:
    """`name=value` options by name, the later wins. Raises SyntaxFault for one without a name or `=`."""
    found = {}
    for text in options:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise SyntaxFault(f"'{text}' is not of the form name=value")
        found[name.strip()] = Written(value.strip(), option, source)
    return found


def written(params: Mapping[str, Any]) -> str:
    """Params as they are given: `width=1.4, resolution=192`."""
    values = {name: value.line if isinstance(value, Written) else plain(value) for name, value in params.items()}
    return ", ".join(f"{name}={value}" for name, value in values.items())


def read_settings(spec: Spec, params: Mapping[str, Any], faults: Faults) -> dict[str, Value]:
    """The values of params by name; what is unknown or cannot be read is noted."""
    known = [param.name for param in spec.params]
    forms = Forms(faults)
    forms.scope[0].update(known)
    found = {}
    for name, value in params.items():
        place = value.place(name) if isinstance(value, Written) else f"param {name}"
        if name not in known:
            hint = did_you_mean(name, known) if known else "; the file has no params"
            faults.add("ND413", f"no param '{name}'{hint}", Span(place, 0, 0))
            continue
        tree = _tree(value.text, place, faults) if isinstance(value, Written) else tree_of(value, place, faults)
        made = None if tree is None else forms.value(tree)
        if made is not None:
            found[name] = made
    names_of(spec).check_all(forms.calls, faults)
    return found


def _tree(text: str, place: str, faults: Faults) -> Tree | None:
    """The tree of a value written on the command line; its places are the option, not lines of a text."""
    from .source import read  # late: start-up time

    if not text:
        faults.add("ND014", "a value is missing after '='; write name=value", Span(place, 0, 0))
        return None
    inner = Faults()
    tree = read(text, place, inner)
    for fault in inner.items:
        faults.add(fault.code, fault.message, Span(place, 0, 0), severity=fault.severity)
    return None if tree is None else _moved(tree, Span(place, 0, 0))


def value_of(value: Any) -> Any:
    """What a value is in Python; one that was written is read, an op with arguments and what is no YAML is a text."""
    if not isinstance(value, Written):
        return value
    tree = _tree(value.text, "", Faults())
    return value.text if tree is None else _plain(tree)


def _plain(tree: Tree) -> Any:
    if isinstance(tree, Scalar):
        return tree.value
    if isinstance(tree, SequenceTree):
        return [_plain(item) for item in tree.items]
    return {key.text: _plain(item) for key, item in tree.items}


def _moved(tree: Tree, span: Span) -> Tree:
    """The same tree with one place for all of it."""
    if isinstance(tree, Scalar):
        return tree._replace(span=span)
    if isinstance(tree, SequenceTree):
        return tree._replace(items=tuple(_moved(item, span) for item in tree.items), span=span)
    items = tuple((key._replace(span=span), _moved(item, span)) for key, item in tree.items)
    return MappingTree(items, span, tree.flow)
