"""Reads block definitions, of a file or of the library."""

from __future__ import annotations

from .forms import Forms
from .keywords import RESERVED, SCOPE_WORDS, is_cap_word
from .layers import LayerReader
from .model import Arg, Block, Param, Source
from .trees.tree import Scalar, Sequence, Tree

_KEYS = ("params", "let", "residual", "inputs", "outputs", "layers", "doc")


def read_params(forms: Forms, tree: Tree | None) -> tuple[Param, ...]:
    """`params`: names with defaults, or `required`."""
    mapping = forms.mapping(tree, "a map of params, such as {width: 1.0}") if tree is not None else None
    params = []
    for key, value in mapping.items if mapping else ():
        name = forms.snake(key, "a param")
        if name in SCOPE_WORDS or name in RESERVED:
            forms.faults.add("ND117", f"'{name}' has a meaning of its own; give the param another name", key.span)
        if isinstance(value, Scalar) and value.text == "required" and not value.quoted:
            default = None
        else:
            default = forms.value(value)
            if default is None:
                continue
        if name is not None:
            params.append(Param(name, default, key.span))
    return tuple(params)


def read_outputs(forms: Forms, tree: Tree | None) -> tuple[tuple[str, Source], ...]:
    """`outputs`: names for values inside."""
    mapping = forms.mapping(tree, "a map of outputs, such as {mask: up1}") if tree is not None else None
    outputs = []
    for key, value in mapping.items if mapping else ():
        name, source = forms.snake(key, "an output"), forms.source(value)
        if name is not None and source is not None:
            outputs.append((name, source))
    return tuple(outputs)


class BlockReader:
    """Reads blocks with the layer reader of their file."""

    def __init__(self, layers: LayerReader, library: bool = False) -> None:
        self.layers = layers
        self.forms = layers.forms
        self.library = library

    def blocks(self, tree: Tree) -> dict[str, Block]:
        """A map of blocks by name."""
        mapping = self.forms.mapping(tree, "a map of blocks, such as {Unit: {layers: [...]}}")
        found = {}
        for key, value in mapping.items if mapping else ():
            if not is_cap_word(key.text):
                self.forms.faults.add("ND116", f"a block's name is a CapWord, such as Unit, not '{key.text}'", key.span)
                continue
            block = self.block(key, value)
            if block is None:
                self.layers.names.broken.add(key.text)
            else:
                found[block.name] = block
        return found

    def block(self, key: Scalar, tree: Tree) -> Block | None:
        """One block."""
        mapping = self.forms.mapping(tree, "a map with params and layers")
        if mapping is None:
            return None
        self.forms.keys(mapping, _KEYS, f"the block {key.text}")
        layers, rule = mapping.get("layers"), mapping.get("residual")
        if layers is None:
            self.forms.faults.add("ND115", f"the block {key.text} needs layers", key.span)
            return None
        doc = mapping.get("doc")
        return Block(
            name=key.text,
            params=read_params(self.forms, mapping.get("params")),
            let=self._let(mapping.get("let")),
            residual=self.layers.residual(rule) if rule is not None else None,
            inputs=self._inputs(mapping.get("inputs")),
            outputs=read_outputs(self.forms, mapping.get("outputs")),
            layers=self.layers.layers(layers, f"the block {key.text}"),
            span=key.span,
            library=self.library,
            doc=(self.forms.text(doc, "a text") or "") if doc is not None else "",
        )

    def _let(self, tree: Tree | None) -> tuple[Arg, ...]:
        mapping = self.forms.mapping(tree, "a map, such as {hidden: in_channels * 6}") if tree is not None else None
        for key, _ in mapping.items if mapping else ():
            if key.text in SCOPE_WORDS:
                self.forms.faults.add("ND117", f"'{key.text}' has a meaning of its own; take another name", key.span)
        return self.forms.named(list(mapping.items)) if mapping else ()

    def _inputs(self, tree: Tree | None) -> tuple[str, ...]:
        if tree is None:
            return ()
        items = tree.items if isinstance(tree, Sequence) else (tree,)
        names = [self.forms.snake(item, "an input of the block") for item in items]
        return tuple(name for name in names if name)
