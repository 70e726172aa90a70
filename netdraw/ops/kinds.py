"""The forms that an attribute's value may have: each reads a value, says what it expects, and gives its JSON Schema."""

from collections.abc import Callable, Mapping
from typing import Any

from ..core.errors import Span
from ..core.records import NamedTuple
from .tensor import by_length

LARGEST = 10**9
"""The largest size or channel count; beyond it a text is a mistake, not a network."""

LETTERS = ("c", "t", "d", "h", "w")
"""The names that an axis may have."""

NONE = "none"
"""A size that is left as it is; in a list it comes as whatever the language makes of the word."""

MOST_REAL = 1e300
"""Beyond it a number is taken for infinite."""


class TooLargeError(ValueError):
    """A whole number beyond LARGEST."""


class Stated(str):
    """A value stated by expressions. As a text it is what was written, with the values of the names around it put in.

    `written` is the text as written; `run` evaluates it with values by name, and raises RuleError. `span` is its place
    where that alone is at fault: it is the same in every call.
    """

    written: str
    run: Callable[[Mapping[str, Any]], Any]
    span: Span | None = None

    @classmethod
    def of(cls, text: str, written: str, run: Callable[[Mapping[str, Any]], Any]) -> "Stated":
        """The value whose text is `text`."""
        made = cls(text)
        made.written, made.run = written, run
        return made


class ValueKind(NamedTuple):
    """`read` gives the value in its stored form or raises ValueError (TooLargeError beyond the limit); the text of the
    error, if any, ends the message.

    `expects` completes "expects …". `words` are the choices among bare words: they win over a name in scope. What is
    `stated` is kept as it is written, and evaluated by the op's rule. `habits` are words of other tools, in lower case,
    with what is written here for them.
    """

    read: Callable[[Any], Any]
    expects: str
    schema: dict[str, Any]
    words: frozenset[str] = frozenset()
    stated: bool = False
    habits: Mapping[str, str] = {}

    def meant(self, value: Any) -> str | None:
        """What is written here for a word that has other capitals, or is another tool's; None where none is known."""
        word = str(value).lower()
        return word if word in self.words else self.habits.get(word)


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _integer(value: Any, least: int) -> int:
    if not _number(value) or (isinstance(value, float) and not value.is_integer()):
        raise ValueError
    if value > LARGEST:
        raise TooLargeError
    if value < least:
        raise ValueError
    return int(value)


def integer(least: int = 1) -> ValueKind:
    """A whole number, `least` or more; an integral float counts."""
    expects = f"a whole number of {least} or more"
    return ValueKind(lambda value: _integer(value, least), expects, {"type": "integer", "minimum": least})


def index() -> ValueKind:
    """A place on an axis, stored as it is; a negative one counts from the end, as in Python."""
    return ValueKind(lambda value: _integer(value, -LARGEST), "a whole number", {"type": "integer"})


def sizes(rank: int, least: int = 1, *, open: bool = False) -> ValueKind:
    """One whole number for all spatial axes, or a list with one each; stored as a tuple of `rank`.

    An `open` one may be `none`, which is stored as that word: the axis keeps its size.
    """

    def size(value: Any) -> Any:
        return NONE if open and str(value) == NONE else _integer(value, least)

    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            return (size(value),) * rank
        if len(value) != rank:
            raise ValueError
        return tuple(map(size, value))

    one: dict[str, Any] = {"type": "integer", "minimum": least}
    one = {"anyOf": [{"const": NONE}, one]} if open else one
    many = {"type": "array", "items": one, "minItems": rank, "maxItems": rank}
    expects = f"a whole number of {least} or more, or a list of {rank}{', of which none keeps a size' * open}"
    return ValueKind(read, expects, {"anyOf": [one, many]}, frozenset({NONE}) if open else frozenset())


def _ends(value: Any) -> Any:
    """One number where both ends of an axis have it, else the pair."""
    if not isinstance(value, list | tuple):
        return _integer(value, 0)
    if len(value) != 2:
        raise ValueError
    before, behind = (_integer(end, 0) for end in value)
    return before if before == behind else (before, behind)


def pair() -> ValueKind:
    """What is added at both ends of an axis: a number from 0, or a list of two; stored as a pair where they differ."""
    one = {"type": "integer", "minimum": 0}
    two = {"type": "array", "items": one, "minItems": 2, "maxItems": 2}
    return ValueKind(_ends, "a whole number of 0 or more, or a list of 2: before and behind", {"anyOf": [one, two]})


def padding(rank: int, *words: str) -> ValueKind:
    """One of `words`, or a whole number from 0 for all spatial axes, or a list with one each.

    In a list a pair is an axis' ends, before and behind: it is stored as a pair where they differ. In Conv and pools
    `same` gives ceil(in / stride), and `causal` the same size, with all that is added before.
    """

    def read(value: Any) -> Any:
        if isinstance(value, str) and value in words:
            return value
        if isinstance(value, list | tuple):
            if len(value) != rank:
                raise ValueError
            return tuple(map(_ends, value))
        return (_integer(value, 0),) * rank

    one = {"type": "integer", "minimum": 0}
    many = {"type": "array", "items": pair().schema, "minItems": rank, "maxItems": rank}
    numbers = f"a whole number of 0 or more, or a list of {rank}, where a pair is before and behind"
    expects = ", ".join([*words, numbers])
    schema = {"anyOf": [*({"const": word} for word in words), one, many]}
    return ValueKind(read, expects, schema, words=frozenset(words), habits={"valid": "0"})


def shape() -> ValueKind:
    """A list of sizes, its axes by length, or a map from letters to sizes; stored as pairs of letter and size."""

    def read(value: Any) -> tuple[tuple[str, int], ...]:
        if isinstance(value, Mapping) and value and all(letter in LETTERS for letter in value):
            return tuple((letter, _integer(item, 1)) for letter, item in value.items())
        if not isinstance(value, list | tuple) or not 1 <= len(value) <= 4:
            raise ValueError
        sizes = tuple(_integer(item, 1) for item in value)
        return tuple(zip(by_length(sizes).axes, sizes, strict=True))

    one = {"type": "integer", "minimum": 1}
    listed = {"type": "array", "items": one, "minItems": 1, "maxItems": 4}
    lettered = {"type": "object", "propertyNames": {"enum": list(LETTERS)}, "additionalProperties": one}
    expects = "a list of 1 to 4 sizes, or a map from letters (c, t, d, h, w) to sizes"
    return ValueKind(read, expects, {"anyOf": [listed, {**lettered, "minProperties": 1}]})


def axes(expects: str = "the letter of an axis (c, t, d, h or w), or a list of them, each once") -> ValueKind:
    """Axes by letter, one or a list; stored as a text, `hw`."""

    def read(value: Any) -> str:
        letters = list(value) if isinstance(value, list | tuple) else [value]
        if not letters or any(letter not in LETTERS for letter in letters) or len(set(letters)) < len(letters):
            raise ValueError
        return "".join(letters)

    one = {"enum": list(LETTERS)}
    many = {"type": "array", "items": one, "minItems": 1, "uniqueItems": True}
    return ValueKind(read, expects, {"anyOf": [one, many]}, frozenset(LETTERS))


def sides(rank: int) -> ValueKind:
    """What is added at the sides of a map: a number for all, or a list in PyTorch's order, whose last axis is first.

    Stored as pairs in the order of the axes, before and behind.
    """
    names = ("left", "right", "top", "bottom", "front", "back")[: 2 * rank]

    def read(value: Any) -> tuple[tuple[int, int], ...]:
        if isinstance(value, tuple) and value and isinstance(value[0], tuple):
            return value  # as it is stored
        items = value if isinstance(value, list | tuple) else (value,) * len(names)
        if len(items) != len(names):
            raise ValueError
        pairs = zip(items[::2], items[1::2], strict=True)
        return tuple((_integer(before, 0), _integer(behind, 0)) for before, behind in pairs)[::-1]

    one = {"type": "integer", "minimum": 0}
    many = {"type": "array", "items": one, "minItems": len(names), "maxItems": len(names)}
    expects = f"a whole number of 0 or more, or a list of {len(names)}: {', '.join(names)}"
    return ValueKind(read, expects, {"anyOf": [one, many]})


def integers(least: int = 1) -> ValueKind:
    """A whole number, or a list of them."""
    return _one_or_more(integer(least))


def indices() -> ValueKind:
    """A place on an axis or a step along it, of either sign, or a list of them."""
    return _one_or_more(index())


def _one_or_more(one: ValueKind) -> ValueKind:
    def read(value: Any) -> Any:
        if isinstance(value, list | tuple) and value:
            return tuple(one.read(item) for item in value)
        return one.read(value)

    many = {"type": "array", "items": one.schema, "minItems": 1}
    return ValueKind(read, f"{one.expects}, or a list of them", {"anyOf": [one.schema, many]})


REST = -1
"""The size that an op finds itself."""


def sizes_by_letter(rest: bool = False) -> ValueKind:
    """A map from letters to sizes, of which one may be the REST; stored as pairs, in order."""
    size = integer()

    def read(value: Any) -> tuple[tuple[str, int], ...]:
        pairs = tuple(value.items()) if isinstance(value, Mapping) else value
        if not isinstance(pairs, tuple) or not pairs or any(letter not in LETTERS for letter, _ in pairs):
            raise ValueError
        if [item for _, item in pairs].count(REST) > rest:
            raise ValueError
        return tuple([(letter, REST if item == REST else size.read(item)) for letter, item in pairs])

    one = {"anyOf": [{"const": REST}, size.schema]} if rest else size.schema
    schema = {"type": "object", "propertyNames": {"enum": list(LETTERS)}, "additionalProperties": one}
    expects = "a map from letters (c, t, d, h, w) to sizes" + (", of which one may be -1" if rest else "")
    return ValueKind(read, expects, {**schema, "minProperties": 1})


def real(least: float = float("-inf"), most: float = float("inf")) -> ValueKind:
    """A number between `least` and `most`, stored as float."""

    def read(value: Any) -> float:
        if not _number(value) or not least <= value <= most or abs(value) > MOST_REAL:
            raise ValueError
        return float(value)

    bounds = (("minimum", "from", least), ("maximum", "to", most))
    given = [(key, f"{word} {bound:g}", bound) for key, word, bound in bounds if abs(bound) < float("inf")]
    schema = {"type": "number", **{key: bound for key, _, bound in given}}
    return ValueKind(read, " ".join(["a number", *(text for _, text, _ in given)]), schema)


def factors() -> ValueKind:
    """A number above 0, stored as float, or a list of them, stored as a tuple: one a spatial axis."""

    def one(value: Any) -> float:
        if not _number(value) or not value > 0:
            raise ValueError
        if value > LARGEST:
            raise TooLargeError
        return float(value)

    def read(value: Any) -> float | tuple[float, ...]:
        return tuple(map(one, value)) if isinstance(value, list | tuple) and value else one(value)

    number = {"type": "number", "exclusiveMinimum": 0}
    schema = {"anyOf": [number, {"type": "array", "items": number, "minItems": 1}]}
    return ValueKind(read, "a number above 0, or a list of them", schema)


def boolean() -> ValueKind:
    """true or false."""

    def read(value: Any) -> bool:
        if not isinstance(value, bool):
            raise ValueError
        return value

    habits = {word: truth for truth, words in (("true", "yes on 1"), ("false", "no off 0")) for word in words.split()}
    return ValueKind(read, "true or false", {"type": "boolean"}, habits=habits)


def choice(*words: str) -> ValueKind:
    """One of a few words. `none` may be one of them, though elsewhere it is a value that gives no layer."""

    def read(value: Any) -> str:
        word = str(value)
        if word not in words:
            raise ValueError
        return word

    return ValueKind(read, " or ".join(words), {"enum": list(words)}, frozenset(words))


def constant() -> ValueKind:
    """A number, true or false, or a list of numbers, which is stored as a tuple."""

    def read(value: Any) -> Any:
        items = value if isinstance(value, list | tuple) else (value,)
        if not items or not all(_number(item) or (item is value and isinstance(item, bool)) for item in items):
            raise ValueError
        return tuple(items) if items is value else value

    schema = {"anyOf": [{"type": ["number", "boolean"]}, {"type": "array", "items": {"type": "number"}}]}
    return ValueKind(read, "a number, true or false, or a list of numbers", schema)


def axis() -> ValueKind:
    """The letter of an axis, never its number."""
    habits = {"1": "c", "channel": "c", "channels": "c"}
    return choice(*LETTERS)._replace(expects="the letter of an axis (c, t, d, h or w)", habits=habits)
