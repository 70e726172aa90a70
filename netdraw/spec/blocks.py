"""Reads block definitions, of a file or of the library."""

from __future__ import annotations

from ..core.errors import did_you_mean
from .forms import Forms, maybe
from .keywords import RESERVED, SCOPE_WORDS, is_cap_word
from .layers import LayerReader
from .model import Arg, Block, Param, Requirement
from .trees.tree import Mapping, Scalar, Tree

_KEYS = ("params", "let", "require", "residual", "inputs", "outputs", "layers", "doc")


def read_params(forms: Forms, tree: Tree | None, what: str = "a param") -> tuple[Param, ...]:
    """`params`, or the attributes of an op: names with defaults, or `required`."""
    params, noun = [], what.rpartition(" ")[2]
    for key, value in forms.pairs(tree, f"a map of {noun}s, such as {{width: 1.0}}"):
        name = forms.declared(key, what)
        if name in SCOPE_WORDS or name in RESERVED:
            forms.faults.add("ND117", f"'{name}' has a meaning of its own; give the {noun} another name", key.span)
        forms.scope[0].add(key.text)
        if isinstance(value, Scalar) and value.text == "required" and not value.quoted:
            default = None
        else:
            default = forms.value(value)
            if default is None:
                continue
        if name is not None:
            params.append(Param(name, default, key.span))
    return tuple(params)


def read_require(forms: Forms, mapping: Mapping) -> tuple[Requirement, ...]:
    """`require`: for a param, a condition and what is said where it does not hold."""
    params = mapping.get("params")
    known = [key.text for key, _ in params.items] if isinstance(params, Mapping) else []
    found = []
    for key, tree in forms.pairs(mapping.get("require"), "a map, such as {width: {that: …, say: …}}"):
        body = forms.mapping(tree, "a condition and what is said: {that: width > 0, say: …}")
        if key.text not in known:
            forms.faults.add("ND413", f"no param '{key.text}'{did_you_mean(key.text, known)}", key.span)
        if body is None:
            continue
        forms.keys(body, ("that", "say"), "require")
        that, said = body.get("that"), body.get("say")
        if that is None or said is None:
            forms.faults.add("ND115", f"require needs that and say for {key.text}", key.span)
            continue
        value, text = forms.value(that), forms.text(said, "a text")
        if value is not None and text is not None and key.text in known:
            found.append(Requirement(key.text, value, text))
    return tuple(found)


class BlockReader:
    """Reads blocks with the layer reader of their file."""

    def __init__(self, layers: LayerReader, library: bool = False) -> None:
        self.layers = layers
        self.forms = layers.forms
        self.library = library

    def blocks(self, tree: Tree) -> dict[str, Block]:
        """A map of blocks by name."""
        found = {}
        for key, value in self.forms.pairs(tree, "a map of blocks, such as {Unit: {layers: [...]}}"):
            if not is_cap_word(key.text):
                self.forms.faults.add("ND116", f"a block's name is a CapWord, such as Unit, not '{key.text}'", key.span)
                continue
            outside, self.forms.uses = self.forms.uses, set()
            block = self.block(key, value)
            self.forms.uses = outside | (self.forms.uses - {key.text})
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
        layers = mapping.get("layers")
        if layers is None:
            self.forms.faults.add("ND115", f"the block {key.text} needs layers", key.span)
            return None
        outer = self.forms.scope
        self.forms.scope = (set(), *outer)
        found = self._read(key, mapping, layers)
        self.forms.scope = outer
        return found

    def _read(self, key: Scalar, mapping: Mapping, layers: Tree) -> Block:
        return Block(
            name=key.text,
            params=read_params(self.forms, mapping.get("params")),
            let=self._let(mapping.get("let")),
            residual=maybe(self.layers.residual, mapping.get("residual")),
            inputs=self.forms.snakes(mapping.get("inputs"), "an input of the block"),
            outputs=self.forms.outputs(mapping.get("outputs")),
            layers=self.layers.layers(layers, f"the block {key.text}"),
            span=key.span,
            library=self.library,
            doc=maybe(self.forms.text, mapping.get("doc"), "a text") or "",
            require=read_require(self.forms, mapping),
        )

    def _let(self, tree: Tree | None) -> tuple[Arg, ...]:
        pairs = self.forms.pairs(tree, "a map, such as {hidden: in_channels * 6}")
        for key, _ in pairs:
            self.forms.scope[0].add(key.text)
            self.forms.declared(key, "a name under let")
            if key.text in SCOPE_WORDS:
                self.forms.faults.add("ND117", f"'{key.text}' has a meaning of its own; take another name", key.span)
        return self.forms.named(pairs)
