"""Reads a whole file: bytes to a Spec, with every fault of form that it has."""

from __future__ import annotations

from ..core.errors import Faults, Span, did_you_mean
from ..ops import OpDef
from .blocks import BlockReader, read_params, read_require
from .constants import Use
from .forms import maybe
from .keywords import AXIS_LETTERS, is_cap_word, is_snake_case
from .layers import LayerReader
from .library import names_with
from .model import Arg, Block, Header, InputDef, Layer, OpStatement, OpValue, Param, Results, Spec, Value, Variant
from .source import read
from .trees.tree import Mapping, Scalar, Sequence, Tree

VERSION = 1
HEADER = ("title", "year", "source", "links", "about", "expect", "results")
KEYS = (
    *(
        "netdraw",
        "name",
        *HEADER,
        "params",
        "input",
        "inputs",
        "outputs",
        "require",
        "defaults",
        "blocks",
        "ops",
        "layers",
    ),
    *("variants", "aliases"),
)
VARIANT_HEADER = ("title", "year", "source", "expect", "results", "links")


def parse(data: bytes | str, path: str, faults: Faults) -> Spec | None:
    """The spec of a text, or None where it is too broken; `path` is for the places."""
    head = data[:4096].encode("utf-8", "replace") if isinstance(data, str) else data[:4096]
    if b"\nnetdraw:" not in b"\n" + head:
        from .advice.recognition import not_a_spec, recognised  # late: start-up time

        what = recognised(data)
        if what is not None:
            faults.add("ND016", not_a_spec(what), Span(path, 1, 1))
            return None
    tree = read(data, path, faults)
    return None if tree is None else parse_tree(tree, path, faults)


def parse_tree(tree: Tree, path: str, faults: Faults) -> Spec | None:
    """The spec of a tree."""
    if not isinstance(tree, Mapping):
        faults.add("ND114", "a spec is a map that begins with 'netdraw: 1'", tree.span)
        return None
    return _FileReader(tree, path, faults).read()


class _FileReader:
    def __init__(self, tree: Mapping, path: str, faults: Faults) -> None:
        self.tree, self.path, self.faults = tree, path, faults
        self.blocks: dict[str, Block] = {}
        self.ops: dict[str, OpDef] = {}
        self.layers = LayerReader(names_with(self.blocks, self.ops), faults)
        self.forms = self.layers.forms

    def read(self) -> Spec | None:
        self.forms.keys(self.tree, KEYS, "a spec")
        if not self._version():
            return None
        params = self._params()  # the first, since a name in the wrong letters counts in all that follows
        blocks = self.tree.get("blocks")
        ops = self._ops(blocks)
        if blocks is not None:
            self.blocks.update(BlockReader(self.layers).blocks(blocks))
            self.layers.names.forget()
        spec = Spec(
            path=self.path,
            name=self._name(),
            header=self._header(self.tree),
            params=params,
            require=read_require(self.forms, self.tree),
            inputs=self._inputs(),
            outputs=self.forms.outputs(self.tree.get("outputs")),
            defaults=self._defaults(),
            blocks=tuple(self.blocks.values()),
            ops=ops,
            layers=self._layers(),
            variants=self._variants(),
            aliases=self._aliases(),
            span=self.tree.span,
        )
        self.layers.check({default.name: tuple(arg.name for arg in default.args) for default in spec.defaults})
        return spec._replace(uses=tuple(sorted(self.forms.uses)), is_whole=not self.faults)

    def _ops(self, blocks: Tree | None) -> tuple[OpStatement, ...]:
        """The ops of the file, which its blocks and layers can call."""
        tree = self.tree.get("ops")
        if tree is None:
            return ()
        from .ownops import OpReader, define  # late: few files define ops

        names = {key.text for key, _ in blocks.items} if isinstance(blocks, Mapping) else set[str]()
        reader = OpReader(self.forms)
        found = reader.ops(tree, names)
        self.layers.names.broken |= reader.broken
        self.ops.update({op.name: define(op) for op in found})
        self.layers.names.forget()
        return found

    def _params(self) -> tuple[Param, ...]:
        params = read_params(self.forms, self.tree.get("params"))
        for param in params:
            if param.name == "variant":
                self.faults.add("ND117", "'variant' chooses a variant; give the param another name", param.span)
        return params

    def _version(self) -> bool:
        tree = self.tree.get("netdraw")
        if tree is None:
            message = f"the first line says the version of the language: netdraw: {VERSION}"
            self.faults.add("ND119", message, self.tree.span)
        elif not isinstance(tree, Scalar) or tree.value != VERSION or isinstance(tree.value, bool):
            shown = tree.text if isinstance(tree, Scalar) else "that"
            self.faults.add("ND119", f"unsupported version {shown}; this netdraw reads version {VERSION}", tree.span)
            return False
        return True

    def _name(self) -> str:
        tree = self.tree.get("name")
        if tree is None:
            stem = self.path.replace("\\", "/").rsplit("/", 1)[-1].split(".")[0]
            return stem if stem and stem[0] != "<" else "network"
        name = self.forms.text(tree, "a name")
        if name is not None and not (set(name) - set("_-.") and all(part.isalnum() or part in "_-." for part in name)):
            message = f"a name has letters, digits, _, - and . only, not '{name}'; the title is free"
            self.faults.add("ND116", message, tree.span)
        return name or "network"

    def _header(self, tree: Mapping) -> Header:
        text = {key.text: value for key, value in tree.items if key.text in HEADER}
        return Header(
            title=maybe(self.forms.text, text.get("title"), "a title"),
            year=maybe(self.forms.integer, text.get("year"), "a year"),
            source=maybe(self.forms.text, text.get("source"), "a source"),
            links=self._pairs(text.get("links"), "a map of links, such as {paper: 'https://…'}"),
            about=self._about(text.get("about")),
            expect=self._expect(text.get("expect")),
            results=self._results(text.get("results")),
        )

    def _about(self, tree: Tree | None) -> tuple[tuple[str, str], ...]:
        """A text, or a map of texts by language."""
        if isinstance(tree, Scalar):
            return (("en", tree.text),)
        return self._pairs(tree, "a text, or a map of texts by language, such as {en: …, zh: …}")

    def _aliases(self) -> tuple[tuple[str, str], ...]:
        """Further names of the variants, or of the file itself, whose name it may be."""
        variants, own = self.tree.get("variants"), self.tree.get("name")
        known = [key.text for key, _ in variants.items] if isinstance(variants, Mapping) else []
        written = self.tree.get("aliases")
        found = self._pairs(written, "a map from alias to variant")
        for key, tree in written.items if isinstance(written, Mapping) else ():
            if key.text in known:
                self.faults.add("ND401", f"'{key.text}' is a variant; give the alias another name", key.span)
            elif isinstance(tree, Scalar) and tree.text not in (*known, own.text if isinstance(own, Scalar) else ""):
                self.faults.add("ND011", f"no variant '{tree.text}'{did_you_mean(tree.text, known)}", tree.span)
        return found

    def _pairs(self, tree: Tree | None, expected: str) -> tuple[tuple[str, str], ...]:
        found = [(key.text, self.forms.text(value, "a text")) for key, value in self.forms.pairs(tree, expected)]
        return tuple((key, text) for key, text in found if text is not None)

    def _expect(self, tree: Tree | None) -> tuple[tuple[str, int], ...]:
        mapping = self.forms.mapping(tree, "a map with params and macs")
        if mapping is None:
            return ()
        self.forms.keys(mapping, ("params", "macs"), "expect")
        found = [(key.text, self.forms.integer(value, "a whole number")) for key, value in mapping.items]
        return tuple((key, number) for key, number in found if number is not None)

    def _results(self, tree: Tree | None) -> Results | None:
        mapping = self.forms.mapping(tree, "a map, such as {top1: 71.9, source: …}")
        if mapping is None:
            return None
        self.forms.keys(mapping, Results._fields, "results")
        stated, source = mapping.get("top1"), mapping.get("source")
        top1 = maybe(self.forms.percentage, stated, "top1")
        whose = maybe(self.forms.text, source, "a source")
        misspelt = not {key.text for key, _ in mapping.items} <= set(Results._fields)
        if stated is None and not misspelt:
            self.faults.add("ND670", "results has no top1; write {top1: 71.9, source: …}", mapping.span)
        if whose == "" or (source is None and not misspelt):
            message = "a result needs its source; write whose number it is, such as source: 'Howard et al., Table 6'"
            self.faults.add("ND671", message, mapping.span if source is None else source.span)
        return Results(top1, whose) if top1 is not None and whose else None

    def _inputs(self) -> tuple[InputDef, ...]:
        one, many = self.tree.get("input"), self.tree.get("inputs")
        if (one is None) == (many is None):
            none = "the spec needs an input, such as input: [3, 224, 224]"
            self.faults.add("ND115", "a spec has input or inputs, not both" if one else none, self.tree.span)
            return ()
        if isinstance(one, Mapping) and any(isinstance(size, Mapping | Sequence) for _, size in one.items):
            names = ", ".join(f"{key.text}: …" for key, _ in one.items)
            message = f"'input' is a single shape; for several inputs write inputs: {{{names}}}"
            self.faults.add("ND114", message, one.span)
            one, many = None, one
        if one is not None:
            found = self._input("input", one)
            return (found,) if found else ()
        expected = (
            "a map of inputs by name, such as {src: [512, 64], tgt: [512, 64]}; a single shape stands under 'input'"
        )
        inputs, pairs = [], self.forms.pairs(many, expected)
        if isinstance(many, Mapping) and not many.items:
            self.faults.add("ND115", f"inputs is empty; expected {expected}", many.span)
        for key, tree in pairs:
            name = self.forms.snake(key, "the name of an input")
            found = self._input(name, tree) if name else None
            if found:
                inputs.append(found)
        return tuple(inputs)

    def _input(self, name: str, tree: Tree) -> InputDef | None:
        if isinstance(tree, Mapping):
            values = [self._size(value) for _, value in tree.items]
            axes = "".join(key.text for key, _ in tree.items)
            if len(axes) != len(tree.items) or set(axes) - AXIS_LETTERS or not axes:
                message = "axes are letters out of c, t, d, h, w, such as {t: 64, c: 512}"
                self.faults.add("ND114", message, tree.span)
                return None
        elif isinstance(tree, Sequence) and 1 <= len(tree.items) <= 4:
            values, axes = [self._size(item) for item in tree.items], ""
        else:
            self.forms.wrong(tree, "a shape without batch: [c], [t, c], [c, h, w] or [c, d, h, w]")
            return None
        sizes = tuple(value for value in values if value is not None)
        return InputDef(name, axes, sizes, tree.span) if len(sizes) == len(values) else None

    def _size(self, tree: Tree) -> Value | None:
        if isinstance(tree, Scalar) and is_cap_word(tree.text):
            message = f"a size is a whole number, or an expression over params, whose names are small, not {tree.text}"
            self.faults.add("ND301", message, tree.span)
            return None
        return self.forms.value(tree)

    def _defaults(self) -> tuple[OpValue, ...]:
        found, names = [], self.layers.names
        for key, value in self.forms.pairs(self.tree.get("defaults"), "a map, such as {ConvBNAct: {act: ReLU6}}"):
            if not is_cap_word(key.text) or names.target(key.text) is None:
                self.faults.add("ND103", names.unknown(key.text), key.span)
                continue
            default = OpValue(key.text, self.forms.args(value), key.span)
            self.forms.calls.append(Use(default, self.forms.scope))
            found.append(default)
        return tuple(found)

    def _layers(self) -> tuple[Layer, ...]:
        tree = self.tree.get("layers")
        if tree is None:
            self.faults.add("ND115", "the spec needs layers", self.tree.span)
            return ()
        if isinstance(tree, Sequence) and not tree.items:
            self.faults.add("ND120", "layers is empty; a network has at least one layer", tree.span)
        return self.layers.layers(tree, "the spec")

    def _variants(self) -> tuple[Variant, ...]:
        tree = self.tree.get("variants")
        found = []
        for key, value in self.forms.pairs(tree, "a map of variants, such as {small: {width: 0.5}}"):
            if not is_snake_case(key.text):
                self.forms.snake(key, "a variant's name")
            elif isinstance(value, Scalar) and value.value is None:
                found.append(Variant(key.text, (), Header(), key.span))
            else:
                body = self.forms.mapping(value, "a map of params, and of title, year, source, expect, results, links")
                if body is not None:
                    found.append(Variant(key.text, self._settings(body), self._header(body), key.span))
        return tuple(found)

    def _settings(self, body: Mapping) -> tuple[Arg, ...]:
        pairs = [(key, value) for key, value in body.items if key.text not in VARIANT_HEADER]
        params = self.tree.get("params")
        known = [key.text for key, _ in params.items] if isinstance(params, Mapping) else []
        for key, _ in pairs:
            if key.text not in known:
                self.faults.add("ND413", f"no param '{key.text}'{did_you_mean(key.text, known)}", key.span)
        return self.forms.named([(key, value) for key, value in pairs if key.text in known])
