"""What a CapWord stands for: a block of the file, else of the library, else an op; and which arguments it takes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from ..core.errors import Faults, Span, near_miss
from ..core.records import NamedTuple
from ..ops import OPS, OpDef
from ..ops.base import REQUIRED
from .constants import Scope, Use, check_constant, ops_in, visible
from .expressions.functions import FUNCTIONS
from .keywords import RULES, snake
from .model import Block, OpValue


class Signature(NamedTuple):
    """The arguments of an op or block: names in order, those required, aliases of names, and the words of choices.

    What is `stated` is kept as it is written.
    """

    names: tuple[str, ...]
    required: frozenset[str]
    aliases: Mapping[str, str]
    words: Mapping[str, frozenset[str]]
    stated: frozenset[str] = frozenset()


class Library(NamedTuple):
    """The blocks that every file can call: `block` gives the one of a name, or None, `names` all names."""

    block: Callable[[str], Block | None]
    names: Callable[[], Sequence[str]]


class Names:
    """The names that one file can call: its own blocks and ops, the blocks of the library, and the ops."""

    def __init__(self, blocks: Mapping[str, Block], ops: Mapping[str, OpDef], library: Library) -> None:
        self.blocks = blocks
        self.ops = ops
        self.library = library
        self.broken: set[str] = set()
        """Blocks that could not be read, which is noted."""
        self._signatures: dict[str, Signature] = {}
        self._targets: dict[str, OpDef | Block] = {}

    def forget(self) -> None:
        """What was found so far may be another thing now: the file has more blocks or ops."""
        self._signatures.clear()
        self._targets.clear()

    def target(self, name: str) -> OpDef | Block | None:
        """The definition that a CapWord stands for, or None."""
        if name in self._targets:
            return self._targets[name]
        found = self.blocks.get(name) or self.ops.get(name) or self.library.block(name) or OPS.get(name)
        if found is not None:
            self._targets[name] = found
        return found

    def segment(self, name: str) -> str:
        """A call's part of an id: an op's is stated in its definition, a block's follows from its name."""
        target = self.target(name)
        return target.snake if isinstance(target, OpDef) else snake(name)

    def unknown(self, name: str, scope: Scope = (), is_value: bool = False) -> str:
        """The message for a name that stands for nothing, as a layer or as a value, which sees the names in scope."""
        from .advice.hints import op_meant  # late: start-up time

        return f"unknown op or block '{name}'{op_meant(name, self.known(), visible(scope), is_value)}"

    def no_param(self, name: str, scope: Iterable[str]) -> str:
        """The message for a layer in small letters that no name in scope holds."""
        from .advice.hints import meant  # late: start-up time

        return f"'{name}' is neither an op or block nor a param{meant(name, self.known(), scope)}"

    def known(self) -> list[str]:
        """All ops and blocks that can be called."""
        return [*self.blocks, *self.ops, *self.library.names(), *OPS.names()]

    def signature(self, name: str) -> Signature:
        """The arguments that a known name takes."""
        found = self._signatures.get(name)
        if found is None:
            target = self.target(name)
            assert target is not None
            found = self._signatures[name] = signature_of(target)
        return found

    def check_all(self, uses: Iterable[Use], faults: Faults, defaults: Mapping[str, Iterable[str]] = {}) -> None:
        """Notes every unknown name and every argument that does not fit; `defaults` are set for the whole file.

        What stands as the attribute of an op is no op, whatever its name: that is the fault of the attribute.
        """
        found = list(uses)
        attributes = {
            id(inner)
            for use in found
            if isinstance(self.target(use.value.name), OpDef)
            for arg in use.value.args
            for inner in ops_in(arg.value)
        }
        for value, scope, whole in found:
            if id(value) not in attributes:
                given = frozenset(defaults.get(value.name, ())) if whole else None
                self.check_value(value, scope, faults, given)

    def check_value(self, value: OpValue, scope: Scope, faults: Faults, given: frozenset[str] | None = None) -> None:
        """Notes an unknown name, or arguments that do not fit; `given` is None where the rest comes later.

        Arguments that are wrong whatever the names in `scope` hold are noted, too.
        """
        if value.name in self.broken:
            return
        target = self.target(value.name)
        if target is None:
            known = self.unknown(value.name, scope, True) if given is None else self.unknown(value.name)
            faults.add("ND103", known, value.span)
            return
        self.check(value, faults, self.signature(value.name).required if given is None else given)
        if isinstance(target, OpDef):
            for arg in value.args:
                check_constant(target, arg, scope, faults)

    def check(self, call: OpValue, faults: Faults, given: frozenset[str]) -> bool:
        """Notes unknown, doubled and missing arguments; `given` are set elsewhere. True where all is well.

        One that is missing is not noted where an unknown one is a slip of its name.
        """
        name, takes, before = call.name, self.signature(call.name), len(faults.items)
        seen, slips = set(given), set[str | None]()
        for arg in call.args:
            key = takes.names[0] if arg.name == "" and takes.names else takes.aliases.get(arg.name, arg.name)
            if key not in takes.names:
                slips.add(self._unknown_key(name, takes, key, arg.span, faults))
            elif key in seen - given:
                faults.add("ND104", f"'{key}' of {name} is given twice", arg.span)
            seen.add(key)
        for missing in [key for key in takes.names if key in takes.required and key not in seen | slips]:
            faults.add("ND302", f"{name} needs {missing}; write '{name}: {{{missing}: …}}'", call.span)
        return len(faults.items) == before

    def _unknown_key(self, name: str, takes: Signature, key: str, span: Span, faults: Faults) -> str | None:
        """Notes an argument that a name does not take; gives the one that is meant, where there is one."""
        from .advice.hints import attribute_absent, attribute_meant  # late: start-up time

        if key == "":
            target = self.target(name)
            bare = target.bare if isinstance(target, OpDef) else f"- {name}"
            faults.add("ND105", f"{name} takes no attribute; write '{bare}'", span)
            return None
        meant = attribute_meant(key, takes.names)
        absent = "" if meant else attribute_absent(key)
        meant = meant or (None if absent else near_miss(key, takes.names))
        few = f"; choose from {', '.join(sorted(takes.names))}" if 0 < len(takes.names) <= 12 else ""
        hint = f"; did you mean '{meant}'?" if meant else absent or few or f"; {name} takes none"
        hint = "; it is inferred, leave it out" if self._is_inferred(name, key) else hint
        faults.add("ND105", f"unknown attribute '{key}' of {name}{hint}", span)
        return meant

    def _is_inferred(self, name: str, key: str) -> bool:
        """Whether an op takes this from its input; of a block, whether any op does."""
        target = self.target(name)
        ops = [target] if isinstance(target, OpDef) else map(OPS.__getitem__, OPS)
        return any(key in op.inferred for op in ops)


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
        stated = frozenset(attr.name for attr in target.attrs if attr.kind.stated)
        return Signature(names=names, required=required, aliases=aliases, words=words, stated=stated)
    required = frozenset(param.name for param in target.params if param.default is None)
    return Signature(tuple(param.name for param in target.params), required, {}, {})
