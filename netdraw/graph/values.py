"""Evaluates the values of a spec in the scope where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..core.errors import Faults, Span, did_you_mean
from ..ops import OPS, OpDef
from ..ops.base import RuleError
from ..ops.common import AXIS_NAMES
from ..ops.rules import plain, read
from ..ops.stated import COST_SCOPE
from ..ops.tensor import TensorType
from ..spec.constants import slip
from ..spec.expressions.expr import ExprError
from ..spec.expressions.functions import CalcError, listed
from ..spec.keywords import SCOPE_WORDS, is_cap_word
from ..spec.library import in_library
from ..spec.model import POISON, Const, Formula, LetterMap, ListValue, OpValue, Requirement, Value
from ..spec.names import Names, all_words

Bound = Const
"""A value that was evaluated, with the place where it was written; blocks hand it on as it is."""


class Silent(Exception):
    """A value cannot be had because of a fault that is already noted."""


class OpRef:
    """An op or block as a value, its arguments evaluated where it was written. Equal by name and arguments."""

    __slots__ = ("args", "name", "span")

    def __init__(self, name: str, args: Mapping[str, Bound], span: Span) -> None:
        self.name, self.args, self.span = name, args, span

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OpRef) and (self.name, self._values()) == (other.name, other._values())

    def __hash__(self) -> int:
        return hash(self.name)

    def __str__(self) -> str:
        return self.name

    def _values(self) -> dict[str, Any]:
        return {key: bound.value for key, bound in self.args.items()}

    @property
    def gives_no_layer(self) -> bool:
        return self.name == "none"

    @property
    def shifts(self) -> bool:
        """Whether it adds a learned offset to each channel; a block is taken to, as the norm that it stands for."""
        op = OPS.get(self.name)
        if op is None:
            return not self.gives_no_layer
        given = {attr.name: self.args[attr.name].value for attr in op.attrs if attr.name in self.args}
        return op.shifts({attr.name: given.get(attr.name, attr.default) for attr in op.attrs})


_INPUT_AXES = {"in_channels": "c", "in_depth": "d", "in_height": "h", "in_width": "w", "in_tokens": "t"}


class Env:
    """The names that an expression can see in one block instance: `let`, the block's params, the file's params.

    `input` and `index` change while the block's layers are built; `asks_index` tells whether the latter was read.
    `letters` are a row's, while its cells are read; `words` are those that the place of the expression takes.
    """

    __slots__ = ("asks_index", "file", "index", "input", "lets", "letters", "names_of", "params", "words")

    def __init__(self, names_of: Names, file: Mapping[str, Bound]) -> None:
        self.names_of, self.file = names_of, file
        self.params: dict[str, Bound] = {}
        self.lets: dict[str, Bound] = {}
        self.letters: dict[str, Bound] = {}
        self.input: TensorType | None = None
        self.index: int | None = None
        self.asks_index = False
        self.words: frozenset[str] = frozenset()

    def over(self, outer: Env) -> Env:
        """These names, and behind them those of another scope, whose `index` it has."""
        both = Env(self.names_of, {**outer.file, **outer.params, **outer.lets, **self.file})
        both.params, both.lets, both.input, both.index = self.params, self.lets, self.input, outer.index
        return both

    def bound(self, name: str) -> Bound | None:
        """The value of a name that was written, with its place; None where no scope has it."""
        found = self.letters.get(name) or self.lets.get(name) or self.params.get(name) or self.file.get(name)
        if found is not None and found.value is POISON:
            raise Silent
        return found

    def lookup(self, name: str) -> object:
        """The value of a name in an expression; a word stands for itself where no scope has it."""
        found = self.bound(name)
        if found is not None:
            return found.value
        try:
            return self.built_in(name)
        except KeyError:
            if name in self.words or name in all_words():
                return name
            raise

    def has(self, name: str) -> bool:
        """Whether a name or a word can stand in an expression here, whatever its value."""
        scopes = (self.letters, self.lets, self.params, self.file, SCOPE_WORDS, self.words)
        return any(name in scope for scope in scopes) or name in all_words()

    def built_in(self, name: str) -> object:
        """The value of a name that nobody wrote. Raises KeyError where it has none."""
        if name in _INPUT_AXES:
            return self._input_size(name)
        if name == "index":
            if self.index is None:
                raise ExprError("ND209", "index has a value only inside a repeat or a row of stages", 0)
            self.asks_index = True
            return self.index
        if name == "none" or is_cap_word(name):
            if name != "none" and self.names_of.target(name) is None:
                raise Silent  # noted where the text was read
            return OpRef(name, {}, Span("", 0, 0))
        raise KeyError(name)

    def _input_size(self, name: str) -> int:
        if self.input is None:
            raise ExprError("ND210", f"{name}: there is no layer here whose input it could be", 0)
        if not self.input.known:
            raise Silent
        size = self.input.size(_INPUT_AXES[name])
        if size is None:
            what = AXIS_NAMES[_INPUT_AXES[name]]
            raise ExprError("ND210", f"{name}: the input of this layer has no {what}; its shape is {self.input}", 0)
        return size

    def names(self) -> Iterable[str]:
        yield from (*self.letters, *self.lets, *self.params, *self.file, "none", *self.words)
        if self.input is not None:
            yield from (name for name, axis in _INPUT_AXES.items() if axis in (self.input.axes or axis))
        if self.index is not None:
            yield "index"


class Evaluator:
    """Gives values, or notes the fault and raises Silent."""

    def __init__(self, names: Names, faults: Faults) -> None:
        self.names = names
        self.faults = faults
        self._clear: set[Span] = set()
        """The places of values whose names were looked at: the same ones can be seen there each time."""

    def value(self, value: Value, env: Env, words: frozenset[str] = frozenset()) -> Bound:
        """The value with its place; a bare word among `words`, or one that no scope knows, stays a word."""
        if isinstance(value, Const):
            if value.value is POISON:
                raise Silent
            return value
        if isinstance(value, Formula):
            return self._formula(value, env, words)
        if isinstance(value, ListValue):
            return Bound(
                self._listed([self.value(item, env, words).value for item in value.items], value.span), value.span
            )
        if isinstance(value, LetterMap):
            return Bound({letter: self.value(item, env).value for letter, item in value.items}, value.span)
        if value.name != "none" and self.names.target(value.name) is None:
            raise Silent  # noted where the text was read
        return Bound(OpRef(value.name, self.checked(value, env) if value.args else {}, value.span), value.span)

    def _listed(self, items: list[Any], span: Span) -> list[Any]:
        try:
            listed(items)
        except CalcError as error:
            self.faults.add(error.code, error.message, span)
            raise Silent from None
        return items

    def checked(self, value: OpValue, env: Env) -> dict[str, Bound]:
        """The arguments of an op or block that may never be called: a wrong one is noted here, and POISON."""
        found, op = self.args(value, env), self.names.target(value.name)
        if isinstance(op, OpDef):
            for name, bound in found.items():
                attr = op.attr(name)
                if attr is not None and bound.value is not POISON:
                    try:
                        read(op, attr, bound.value, name)
                    except RuleError as error:
                        self.faults.add(error.code, error.message, bound.span)
                        found[name] = Bound(POISON, bound.span)
        return found

    def args(self, value: OpValue, env: Env) -> dict[str, Bound]:
        """The arguments by name, aliases kept; what fails is POISON, so that one fault breeds no other."""
        signature = self.names.signature(value.name)
        found = {}
        for arg in value.args:
            name = arg.name or next(iter(signature.names), "")
            if name in signature.stated:
                found[name] = Bound(self._stated(arg.value, name, env, signature.names), arg.value.span)
            else:
                found[name] = self.or_poison(arg.value, arg.span, env, signature.words.get(name, frozenset()))
        return found

    def _stated(self, value: Value, name: str, env: Env, own: Sequence[str]) -> Any:
        """What is stated of an op with attributes of its `own`, as it is written, with the values that names have here.

        POISON where one fails.
        """
        from ..spec.statements import formulas, state  # late: few specs state costs or shapes

        if isinstance(value, Const) and value.value is POISON:
            return POISON
        if isinstance(value, OpValue) and value.name == "none":
            return None
        around = {}
        for formula in formulas(value):
            for word in formula.expr.names.difference(COST_SCOPE):
                try:
                    around[word] = env.lookup(word)
                except KeyError:
                    if word in own:  # an attribute of the op, which has its value where the op is built
                        continue
                    known = [*env.names(), *COST_SCOPE, *own]
                    message = f"unknown name '{word}'{did_you_mean(word, known)}"
                    self.faults.add("ND203", message, formula.expr.place(word))
                    return POISON
                except ExprError as error:
                    self.faults.add(error.code, error.message, formula.span)
                    return POISON
                except Silent:
                    return POISON
        return state(value, around, [*env.names(), *COST_SCOPE], name)

    def or_poison(self, value: Value | None, span: Span, env: Env, words: frozenset[str] = frozenset()) -> Bound:
        """The value; POISON where it fails or is missing, which is noted elsewhere."""
        try:
            return Bound(POISON, span) if value is None else self.value(value, env, words)
        except Silent:
            return Bound(POISON, span)

    def _formula(self, formula: Formula, env: Env, words: frozenset[str]) -> Bound:
        text = formula.text
        bare = text in formula.expr.names  # one word
        if bare and text in words:
            return Bound(text, formula.span)
        if bare:
            found = env.bound(text)
            if found is not None:
                return found
        env.words = words
        try:
            found = Bound(env.built_in(text) if bare else formula.expr.evaluate(env), formula.span)
            if formula.expr.skips and formula.span not in self._clear:
                self._all_known(formula, env)
            return found
        except KeyError:
            if formula.span not in self._clear:
                self._no_slip(text, formula.span, env)
            return Bound(text, formula.span)
        except ExprError as error:
            self.faults.add(error.code, error.message, self._blamed(formula, env, error.span or formula.span))
            raise Silent from None

    def _no_slip(self, word: str, span: Span, env: Env) -> None:
        """Raises Silent, with a fault, where a word that no scope has is all but the name of a value here."""
        told = slip(word, tuple([name for name in env.names() if name not in env.words]))
        if told:
            self.faults.add("ND203", told, span)
            raise Silent
        self._clear.add(span)

    def _all_known(self, formula: Formula, env: Env) -> None:
        """Notes a name that no scope has where the value was had without it: `8 if wide else foo`."""
        for name in formula.expr.names:
            if not env.has(name) and not is_cap_word(name):
                message = f"unknown name '{name}'{did_you_mean(name, env.names())}"
                self.faults.add("ND203", message, formula.expr.place(name))
        self._clear.add(formula.span)

    def _blamed(self, formula: Formula, env: Env, span: Span) -> Span:
        """Where a fault of an expression lies: one of a library block, in the value that was handed to it."""
        if not in_library(span):
            return span
        handed = {env.params[name].span for name in formula.expr.names if name in env.params}
        written = [place for place in handed if not in_library(place)]
        return written[0] if len(written) == 1 else span

    def filled(self, text: str, env: Env) -> str:
        """A text in which names in braces stand for their values; one without a value stays as it is."""

        def value(match: re.Match[str]) -> str:
            try:
                return plain(env.lookup(match[1]))
            except (KeyError, ExprError, Silent):
                return match[0]

        return re.sub(r"\{(\w+)\}", value, text)

    def truth(self, value: Value, env: Env) -> bool:
        """A condition; a fault counts as true, so that the layer is looked at."""
        found = self.or_poison(value, value.span, env).value
        if found is not POISON and not isinstance(found, bool):
            self.faults.add("ND211", f"a condition is true or false, not {plain(found)}", value.span)
        return found is not False

    def meets(self, require: Iterable[Requirement], params: Mapping[str, Bound], env: Env, of: str = "") -> bool:
        """Whether all that a file or block requires of its params holds, or cannot be told; notes what does not."""
        known = all(bound.value is not POISON for bound in params.values())
        wrong = [one for one in require if known and not self.truth(one.that, env)]
        for param, _, said in wrong:
            self.faults.add("ND309", of + self.filled(said, env), params[param].span)
        return not wrong

    def count(self, value: Value | Bound, env: Env) -> int:
        """A number of repeats; a fault counts as 1."""
        number, span = self.or_poison(value, value.span, env)
        if isinstance(number, int | float) and not isinstance(number, bool) and number == int(number) and number >= 0:
            return int(number)
        if number is not POISON:
            self.faults.add("ND212", f"repeat is a whole number of 0 or more, not {plain(number)}", span)
        return 1
