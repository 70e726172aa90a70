"""What an expression can compute: the functions and operators, on numbers and lists, each bounded.

Integers are Python's and floats are binary, as in the frameworks that the networks come from.
"""

import math
import operator
from collections.abc import Callable, Iterable, Sequence

from ...core.records import NamedTuple

LARGEST = 10**18
"""No number in a text and no result may exceed this in magnitude."""
MOST_ITEMS = 10_000
"""No list may have more, those of lists in it included: lists of lists can double with every line."""

Number = int | float


class CalcError(Exception):
    """A value cannot be computed: the code of the fault, and what is wrong in plain words."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def describe(value: object) -> str:
    """A value in the words of the spec: `true`, `none`, `3`, `a list`, else as the value writes itself."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "none"
    if isinstance(value, (list, tuple)):
        return "a list"
    return repr(value) if isinstance(value, str) else str(value)


def number(value: object, where: str) -> Number:
    """`value` if it is a number, which true and false are not; `where` is the sign or function that needs it."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    raise CalcError("ND205", f"{where} needs numbers, not {describe(value)}")


def truth(value: object, where: str) -> bool:
    """Whether a condition holds: true, false, or a number other than 0."""
    if isinstance(value, (bool, int, float)):
        return bool(value)
    raise CalcError("ND205", f"{where} needs true, false or a number, not {describe(value)}; compare with == or !=")


def bounded(value: Number) -> Number:
    """`value`, if it is not beyond LARGEST; infinity and NaN are."""
    if -LARGEST <= value <= LARGEST:
        return value
    raise CalcError("ND208", "the result is too large; the limit is 10^18")


def listed(values: Sequence[object]) -> Sequence[object]:
    """`values`, if they have no more than MOST_ITEMS items with those of the lists in them."""
    count, inside = 0, [values]
    while inside:
        found = inside.pop()
        count += len(found)
        if count > MOST_ITEMS:
            raise CalcError("ND507", f"the list has more than {MOST_ITEMS:,} items, the limit")
        inside += [value for value in found if isinstance(value, (list, tuple))]
    return values


def arithmetic(sign: str, left: object, right: object) -> Number:
    """`left sign right` for + - * / // %."""
    try:
        return bounded(_ARITHMETIC[sign](number(left, f"'{sign}'"), number(right, f"'{sign}'")))
    except ZeroDivisionError:
        raise CalcError("ND206", f"'{sign}' divides by zero") from None


def compare(sign: str, left: object, right: object) -> bool:
    """`left sign right`: == and != for all values, the others for numbers."""
    if sign == "==":
        return bool(left == right)
    if sign == "!=":
        return bool(left != right)
    return _ORDER[sign](number(left, f"'{sign}'"), number(right, f"'{sign}'"))


def called(function: "Callable[[list[object]], Number]", arguments: list[object]) -> Number:
    """`function(a, b)`."""
    return bounded(function(arguments))


def item(values: object, index: object) -> object:
    """`values[index]`, from 0; negative ones count from the end."""
    if not isinstance(values, (list, tuple)):
        raise CalcError("ND205", f"only a list has items, not {describe(values)}")
    if not isinstance(index, int) or isinstance(index, bool):
        raise CalcError("ND205", f"an index must be a whole number, not {describe(index)}")
    if not -len(values) <= index < len(values):
        last = f"from 0 to {len(values) - 1}" if values else "none"
        raise CalcError("ND207", f"there is no item {index}; the list's items are {last}")
    return values[index]


def divisible(value: Number, divisor: int = 8) -> int:
    """Rounds a channel count to a multiple of `divisor`, as MobileNet V2 and V3 do.

    The nearest multiple, halves up, at least `divisor`; one step more where that would lose over 10 %.

    >>> [divisible(32 * 0.35), divisible(24 * 0.75), divisible(96 * 0.35)]
    [16, 24, 32]
    """
    rounded = max(divisor, int(value + divisor / 2) // divisor * divisor)
    return rounded + divisor if rounded < 0.9 * value else rounded


def _divisible(arguments: list[object]) -> Number:
    value = number(arguments[0], "divisible")
    divisor = number(arguments[1], "divisible") if len(arguments) > 1 else 8
    if divisor == 0:
        raise CalcError("ND206", "divisible divides by zero")
    if divisor != int(divisor) or divisor < 0:
        raise CalcError("ND205", f"divisible needs a whole divisor above 0, not {describe(divisor)}")
    return divisible(value, int(divisor))


def _extreme(name: str, choose: Callable[[Iterable[Number]], Number]) -> Callable[[list[object]], Number]:
    def run(arguments: list[object]) -> Number:
        first = arguments[0]
        values = list(first) if len(arguments) == 1 and isinstance(first, (list, tuple)) else arguments
        if not values:
            raise CalcError("ND205", f"{name} of an empty list")
        return choose([number(value, name) for value in values])

    return run


def _rounding(name: str, to_int: Callable[[Number], int]) -> Callable[[list[object]], Number]:
    return lambda arguments: to_int(number(arguments[0], name))


def _list(value: object, name: str) -> list[object]:
    if isinstance(value, (list, tuple)):
        return list(value)
    raise CalcError("ND205", f"{name} needs a list, not {describe(value)}")


def _sum(arguments: list[object]) -> Number:
    return sum(number(value, "sum") for value in _list(arguments[0], "sum"))


def _shifts(arguments: list[object]) -> bool:
    found = getattr(arguments[0], "shifts", None)
    if found is None and not isinstance(arguments[0], str):  # a word is judged where a layer should be
        raise CalcError("ND205", f"shifts needs an op or block, or none, not {describe(arguments[0])}")
    return bool(found)


class Function(NamedTuple):
    """A function of the language: how many values it takes (at most None: any), and how it runs."""

    least: int
    most: int | None
    run: Callable[[list[object]], Number]


FUNCTIONS: dict[str, Function] = {
    "ceil": Function(1, 1, _rounding("ceil", math.ceil)),
    "divisible": Function(1, 2, _divisible),
    "floor": Function(1, 1, _rounding("floor", math.floor)),
    "len": Function(1, 1, lambda arguments: len(_list(arguments[0], "len"))),
    "max": Function(1, None, _extreme("max", max)),
    "min": Function(1, None, _extreme("min", min)),
    "round": Function(1, 1, _rounding("round", round)),
    "shifts": Function(1, 1, _shifts),
    "sum": Function(1, 1, _sum),
}

_ARITHMETIC: dict[str, Callable[[Number, Number], Number]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
}
_ORDER: dict[str, Callable[[Number, Number], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
