"""What a CapWord stands for: a block of the file, else of the library, else an op; and which arguments it takes."""

from collections.abc import Callable, Mapping
from functools import cache

from ..core.errors import Faults, Span, did_you_mean
from ..core.records import NamedTuple
from ..ops import OPS, OpDef
from ..ops.base import REQUIRED
from .expressions.functions import FUNCTIONS
from .keywords import RULES, snake
from .model import Block, OpValue


class Signature(NamedTuple):
    """The arguments of an op or block: names in order, those required, aliases of names, and the words of choices."""

    names: tuple[str, ...]
    required: frozenset[str]
    aliases: Mapping[str, str]
    words: Mapping[str, frozenset[str]]


class Library(NamedTuple):
    """The blocks that every file can call: `block` gives the one of a name, or None, `names` all names."""

    block: Callable[[str], Block | None]
    names: Callable[[], list[str]]


class Names:
    """The names that one file can call: its own blocks, those of the library, and the ops."""

    def __init__(self, blocks: Mapping[str, Block], library: Library) -> None:
        self.blocks = blocks
        self.library = library
        self.broken: set[str] = set()
        """Blocks that could not be read, which is noted."""
        self._signatures: dict[str, Signature] = {}

    def target(self, name: str) -> OpDef | Block | None:
        """The definition that a CapWord stands for, or None."""
        return self.blocks.get(name) or self.library.block(name) or OPS.get(name)

    def segment(self, name: str) -> str:
        """A call's part of an id: an op's is stated in its definition, a block's follows from its name."""
        target = self.target(name)
        return target.snake if isinstance(target, OpDef) else snake(name)

    def unknown(self, name: str) -> str:
        """The message for a name that stands for nothing."""
        return f"unknown op or block '{name}'{did_you_mean(name, self.known())}"

    def known(self) -> list[str]:
        """All ops and blocks that can be called."""
        return [*self.blocks, *self.library.names(), *OPS.names()]

    def signature(self, name: str) -> Signature:
        """The arguments that a known name takes."""
        found = self._signatures.get(name)
        if found is None:
            target = self.target(name)
            assert target is not None
            found = self._signatures[name] = signature_of(target)
        return found

    def check_value(self, value: OpValue, faults: Faults, given: frozenset[str] | None = None) -> None:
        """Notes an unknown name, or arguments that do not fit; `given` is None where the rest comes later."""
        if value.name in self.broken:
            return
        if self.target(value.name) is None:
            faults.add("ND103", self.unknown(value.name), value.span)
        else:
            self.check(value, faults, self.signature(value.name).required if given is None else given)

    def check(self, call: OpValue, faults: Faults, given: frozenset[str]) -> bool:
        """Notes unknown, doubled and missing arguments; `given` are set elsewhere. True where all is well."""
        name, takes, before = call.name, self.signature(call.name), len(faults.items)
        seen = set(given)
        for arg in call.args:
            key = self._key(name, takes, arg.name, arg.span, faults)
            if key in seen - given:
                faults.add("ND104", f"'{key}' of {name} is given twice", arg.span)
            seen.add(key)
        for missing in [key for key in takes.names if key in takes.required and key not in seen]:
            if len(faults.items) == before:
                faults.add("ND302", f"{name} needs {missing}; write '{name}: {{{missing}: …}}'", call.span)
        return len(faults.items) == before

    def _without(self, name: str) -> str:
        target = self.target(name)
        joins = isinstance(target, OpDef) and target.arity[0] > 1
        return f"'{name}: {{from: [a, b]}}'" if joins else f"'- {name}'"

    def _key(self, name: str, takes: Signature, key: str, span: Span, faults: Faults) -> str:
        if key == "":
            if not takes.names:
                faults.add("ND105", f"{name} takes no attribute; write {self._without(name)}", span)
            return takes.names[0] if takes.names else ""
        if key not in takes.names and key not in takes.aliases:
            hint = did_you_mean(key, takes.names)
            inferred = "; it is inferred, leave it out" if key in _INFERRED else hint
            faults.add("ND105", f"unknown attribute '{key}' of {name}{inferred}", span)
        return takes.aliases.get(key, key)


_INFERRED = frozenset({"in_channels", "in_features", "num_features", "input_size", "normalized_shape"})


@cache
def all_words() -> frozenset[str]:
    """The words that attributes and `residual` take, by which an expression may choose between values.

    Not those of one letter, and of functions: where no attribute takes them, they mean something else.
    """
    found = {word for name in OPS.names() for attr in OPS[name].attrs for word in attr.kind.words}
    return frozenset(word for word in found if len(word) > 1 and word not in FUNCTIONS).union(RULES)


def signature_of(target: OpDef | Block) -> Signature:
    """The arguments of a definition."""
    if isinstance(target, OpDef):
        names = tuple(attr.name for attr in target.attrs)
        required = frozenset(attr.name for attr in target.attrs if attr.default is REQUIRED)
        aliases = {alias: attr.name for attr in target.attrs for alias in attr.aliases}
        words = {attr.name: attr.kind.words for attr in target.attrs if attr.kind.words}
        return Signature(names, required, aliases, words)
    required = frozenset(param.name for param in target.params if param.default is None)
    return Signature(tuple(param.name for param in target.params), required, {}, {})
