"""Reads lists of layers: calls, groups, stages, parallel branches, heads, and the reserved words beside them."""

from ..core.errors import Faults, Span, did_you_mean
from ..core.records import NamedTuple
from .constants import AnyName, Scope, Use, in_scope, visible
from .forms import Forms, maybe
from .keywords import RESERVED, STRUCTURES, Segments, is_cap_word, is_snake_case
from .model import Branch, Call, Common, GroupLayer, Heads, Layer, OpValue, Parallel, ResidualRule
from .names import Names
from .residual import ResidualReader
from .stagerows import StagesReader
from .trees.tree import Mapping, Scalar, Sequence, Tree

_KEYS = {
    "layers": ("layers", "outputs"),
    "stages": ("stages", "columns", "rows", "first_only"),
    "parallel": ("parallel", "join"),
    "heads": ("heads",),
}
_OF_A_BRANCH = ("when", "repeat")


class _Parts(NamedTuple):
    """A layer taken apart: its one key that is no reserved word, and the reserved words, beside it or in its map."""

    key: Scalar
    value: Tree | None
    reserved: dict[str, Tree]


class LayerReader:
    """Reads the layers of one file; calls are checked against `names` by `check`, once all blocks are known."""

    def __init__(self, names: Names, faults: Faults) -> None:
        self.names = names
        self.faults = faults
        self.forms = Forms(faults)
        self._held: list[tuple[Scalar, Scope]] = []
        residuals = ResidualReader(self.forms, self.layers)
        self.residual = residuals.read
        self._stages = StagesReader(self.forms, residuals.rule)

    def layers(self, tree: Tree, where: str) -> tuple[Layer, ...]:
        """A list of layers; a single layer counts as a list of one where it is a call."""
        items = tree.items if isinstance(tree, Sequence) else (tree,)
        if isinstance(tree, Scalar) and not is_cap_word(tree.text):
            self.forms.wrong(tree, f"a list of layers in {where}")
            return ()
        parts = [self._take_apart(item) for item in items]
        segments = Segments(self._written_names(parts))
        found = [self._layer(part, segments) for part in parts if part is not None]
        return tuple(layer for layer in found if layer is not None)

    def check(self, defaults: dict[str, tuple[str, ...]]) -> None:
        """Notes every unknown name and every argument that does not fit, of all that was read so far.

        `defaults` are set for the whole file.
        """
        self.names.broken |= self.forms.misnamed
        self.names.check_all(self.forms.calls, self.faults, defaults)
        for key, scope in self._held:
            if not in_scope(key.text, scope):
                self.faults.add("ND103", self.names.no_param(key.text, visible(scope)), key.span)

    def _written_names(self, parts: list[_Parts | None]) -> list[str]:
        """The names written in one list; twice the same is a fault."""
        seen: dict[str, Span] = {}
        for part in parts:
            tree = part.reserved.get("name") if part else None
            if isinstance(tree, Scalar) and is_snake_case(tree.text):
                first = seen.setdefault(tree.text, tree.span)
                if first is not tree.span:
                    message = f"the name '{tree.text}' is taken in this list, line {first.line}"
                    self.faults.add("ND401", message, tree.span)
        return list(seen)

    def _take_apart(self, tree: Tree) -> _Parts | None:
        if isinstance(tree, Scalar) and tree.value is not None:
            return None if self.forms.missing_space(tree) else _Parts(tree, None, {})
        if not isinstance(tree, Mapping) or not tree.items:
            self.forms.wrong(tree, "a layer, such as Flatten or {Conv2d: {out_channels: 8, kernel_size: 3}}")
            return None
        reserved = {key.text: value for key, value in tree.items if key.text in RESERVED}
        rest = [(key, value) for key, value in tree.items if key.text not in RESERVED]
        structure = next((key for key, _ in rest if key.text in STRUCTURES), None)
        if structure is not None:
            self.forms.keys(tree, (*_KEYS[structure.text], *RESERVED), f"a layer with {structure.text}")
            return _Parts(structure, tree, reserved)
        if len(rest) != 1:
            self._no_single_key(tree, rest)
            return None
        key, value = rest[0]
        if isinstance(value, Mapping):
            reserved = {**{inner.text: part for inner, part in value.items if inner.text in RESERVED}, **reserved}
        return _Parts(key, value, reserved)

    def _no_single_key(self, tree: Mapping, rest: list[tuple[Scalar, Tree]]) -> None:
        if not rest:
            message = "a layer needs a name, such as Conv2d, or one of layers, stages, parallel, heads"
            self.faults.add("ND114", message, tree.span)
            return
        calls = [key for key, _ in rest if is_cap_word(key.text)]
        for stray in [key for key, _ in rest if key not in calls[:1]]:
            message = f"'{stray.text}' stands beside the layer; indent it below the layer's name"
            if stray in calls:
                message = f"'{stray.text}' begins a second layer; give it a dash of its own"
            if not calls:
                message = f"unknown key '{stray.text}'{did_you_mean(stray.text, (*STRUCTURES, *RESERVED))}"
            self.faults.add("ND105", message, stray.span)

    def _layer(self, part: _Parts, segments: Segments) -> Layer | None:
        key = part.key.text
        if isinstance(part.value, Mapping) and key in STRUCTURES:
            return self._structure(key, part.value, self._common(part, segments, "group" if key == "layers" else key))
        if not is_cap_word(key) and not is_snake_case(key):
            from .advice.hints import as_written  # late: start-up time

            wanted = as_written(key)
            hint = f"; write {wanted}" if wanted else ": ops and blocks are CapWords, params snake_case"
            self.faults.add("ND116", f"'{key}' is no layer{hint}", part.key.span)
            return None
        if key == "none":
            self.faults.add("ND114", "none is no layer; leave it out, or give a layer `when: false`", part.key.span)
            return None
        kind = self.names.segment(key) if is_cap_word(key) else key
        args = self.forms.args(part.value) if part.value is not None else ()
        if is_cap_word(key):
            self.forms.calls.append(Use(OpValue(key, args, part.key.span), self.forms.scope, whole=True))
            self.forms.uses.add(key)
        else:
            self._held.append((part.key, self.forms.scope))
        return Call(self._common(part, segments, kind), key, args)

    def _structure(self, key: str, tree: Mapping, common: Common) -> Layer | None:
        body = tree.get(key)
        assert body is not None
        if key == "layers":
            return GroupLayer(common, self.layers(body, "a group"), self.forms.outputs(tree.get("outputs")))
        if key == "stages":
            return self._stages.read(tree, common)
        branches = self._branches(body, key)
        if key == "heads":
            return Heads(common, branches)
        join = tree.get("join")
        value = self.forms.value(join) if join is not None else OpValue("Concat", (), common.span)
        if isinstance(value, OpValue) and value.name != "none":  # it gets no other arguments
            self.forms.calls.append(Use(value, self.forms.scope, whole=True))
        return None if value is None else Parallel(common, branches, value)

    def _branches(self, tree: Tree, where: str) -> tuple[Branch, ...]:
        expected, found = f"a map of branches in {where}, such as {{left: [...], right: [...]}}", []
        for key, value in self.forms.pairs(tree, expected):
            name = self.forms.snake(key, "the name of a branch")
            branch = self._branch(key, value)
            if name is not None:
                found.append(branch)
        if isinstance(tree, Mapping) and not found:
            self.forms.wrong(tree, "at least one branch")
        return tuple(found)

    def _branch(self, key: Scalar, tree: Tree) -> Branch:
        """A list of layers, or a map with `layers`: `when` and `repeat` are the branch's, other words the group's."""
        words: dict[str, Tree] = {}
        if isinstance(tree, Mapping) and tree.get("layers") is not None:
            words = {word.text: value for word, value in tree.items if word.text in _OF_A_BRANCH}
            rest = tuple([item for item in tree.items if item[0].text not in _OF_A_BRANCH])
            tree = rest[0][1] if len(rest) == 1 else tree._replace(items=rest)
        return Branch(
            key=key.text,
            layers=self.layers(tree, f"the branch {key.text}"),
            span=key.span,
            when=maybe(self.forms.value, words.get("when")),
            repeat=maybe(self.forms.value, words.get("repeat")),
        )

    def _common(self, part: _Parts, segments: Segments, kind: str) -> Common:
        beside, forms = part.reserved.get, self.forms
        name = maybe(forms.snake, beside("name"), "a layer's name")
        if name == "input" and (written := beside("name")) is not None:
            message = "'input' is the input of the block or group; give the layer another name"
            self.faults.add("ND117", message, written.span)
        return Common(
            segment=name or segments.next(kind),
            span=part.key.span,
            name=name,
            label=maybe(forms.text, beside("label"), "a label"),
            sources=maybe(forms.sources, beside("from")),
            when=maybe(forms.value, beside("when")),
            repeat=maybe(forms.value, beside("repeat")),
            residual=maybe(self._residual_beside, beside("residual")),
            shares=maybe(forms.source, beside("shares")),
        )

    def _residual_beside(self, tree: Tree) -> ResidualRule | None:
        """The rule of a layer; that of a call sees the params of what is called, which may come later."""
        outer = self.forms.scope
        self.forms.scope = (AnyName(), *outer)
        rule = self.residual(tree)
        self.forms.scope = outer
        return rule
