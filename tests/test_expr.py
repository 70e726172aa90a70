"""Expressions: what they give, what they refuse, and where the fault is said to be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netdraw.core.errors import Fault, Faults, Span
from netdraw.manual.entries import codes
from netdraw.spec.expressions.expr import Expr, ExprError, MapScope, compile, is_bare_word
from netdraw.spec.expressions.functions import divisible

PLACE = Span("net.yaml", 3, 10)
NAMES: dict[str, object] = {
    "a": 7,
    "b": -2,
    "c": 2.5,
    "width": 0.75,
    "flag": True,
    "w": (3, 4, 6, 3),
    "norm": None,
    "none": None,
    "op": "BatchNorm2d",
    "zero": 0,
    "huge": 10**18,
}


def read(text: str, lead: int | None = 0) -> Expr:
    faults = Faults()
    expr = compile(text, PLACE, faults, lead)
    assert expr is not None, faults.items
    return expr


def value(text: str) -> object:
    return read(text).evaluate(MapScope(NAMES))


def refused(text: str, lead: int | None = 0) -> Fault:
    faults = Faults()
    assert compile(text, PLACE, faults, lead) is None
    (fault,) = faults.items
    return fault


def fails(text: str) -> ExprError:
    with pytest.raises(ExprError) as caught:
        value(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a // 2 * 3 - -b", 7),
        ("1e3", 1000.0),
        (".5 + 1.", 1.5),
        ("012", 12),
        ("7 / 7", 1.0),
        ("-7 // 2 + -7 % 4", -3),
        ("[a, [b], []]", (7, (-2,), ())),
        ("w[0] + w[-1]", 6),
        ("[[1, 2], [3, 4]][1][0]", 3),
        ("round(2.5) + round(3.5)", 6),
        ("ceil(1.2) + floor(-1.2)", 0),
        ("min(w) + max(3, a, 5)", 10),
        ("sum(w) + len(w)", 20),
        ("divisible(32 * 0.35) + divisible(30, 16)", 48),
        ("norm == none", True),
        ("op != none and op == op", True),
        ("1 < a <= 7 != 8", True),
        ("3 > 2 > 2", False),
        ("not flag or false", False),
        ("True and true", True),
        ("1 if flag else 1 / 0", 1),
        ("1 if false else 2 if flag else 3", 2),
        ("zero or 4", 4),
        ("flag or 1 / 0", True),
        ("  a\n  + 1 ", 8),
    ],
)
def test_value(text: str, expected: object) -> None:
    result = value(text)
    assert result == expected
    assert type(result) is type(expected)


def test_names_are_the_free_ones() -> None:
    assert read("max(a, w[b]) if true else none").names == {"a", "w", "b", "none"}


def test_evaluates_afresh_in_each_scope() -> None:
    expr = read("x * 2")
    assert [expr.evaluate(MapScope({"x": x})) for x in (1, 2)] == [2, 4]


@pytest.mark.parametrize(
    ("text", "code", "column", "words"),
    [
        ("", "ND201", 10, "empty"),
        ("1 +", "ND201", 13, "too early"),
        ("(1 + 2", "ND201", 10, "never closed"),
        ("1 + 2)", "ND201", 15, "')'"),
        ("a b", "ND201", 12, "'b'"),
        ("3x + 1", "ND201", 10, "'3x'"),
        ("1_000", "ND201", 10, "'1_000'"),
        ("0x10 + 1", "ND201", 10, "'0x10'"),
        ("[1, ]", "ND201", 14, "']'"),
        ("1 == not 2", "ND201", 15, "'not'"),
        ("+1", "ND201", 10, "'+'"),
        ("1 if a", "ND201", 16, "'else'"),
        ("9**9", "ND202", 11, "powers"),
        ("a.real", "ND202", 11, "attributes"),
        ("'a' * 1000", "ND202", 10, "text"),
        ("a × 2", "ND202", 12, "write '*'"),
        ("a && b", "ND202", 12, "write 'and'"),
        ("a = b", "ND202", 12, "write '=='"),
        ("lambda: 1", "ND202", 10, "defined"),
        ("[x for x in w]", "ND202", 13, "loops"),
        ("a in w", "ND202", 12, "=="),
        ("w[0](1)", "ND202", 14, "called"),
        ("{1}", "ND202", 10, "braces"),
        ("roud(2)", "ND204", 10, "did you mean 'round'?"),
        ("open(2)", "ND204", 10, "unknown function 'open'"),
        ("1 + len()", "ND204", 14, "1 value(s), not 0"),
        ("divisible(1, 2, 3)", "ND204", 10, "1 to 2 value(s), not 3"),
        ("1 + 99999999999999999999", "ND208", 14, "too large"),
        ("1e999", "ND208", 10, "too large"),
        ("1" + "+1" * 500, "ND504", 10, "1,000"),
        ("(" * 33 + "1" + ")" * 33, "ND504", 43, "32"),
        ("not " * 33 + "a", "ND504", 142, "32"),
    ],
)
def test_cannot_be_read(text: str, code: str, column: int, words: str) -> None:
    fault = refused(text)
    assert (fault.code, fault.span) == (code, Span("net.yaml", 3, column))
    assert words in fault.message
    assert code in codes()


@pytest.mark.parametrize(
    ("text", "code", "column", "message"),
    [
        ("a * widht", "ND203", 14, "unknown name 'widht'; did you mean 'width'?"),
        ("max + 1", "ND203", 10, "'max' is a function: write max(...)"),
        ("a + flag", "ND205", 12, "'+' needs numbers, not true"),
        ("w * 2", "ND205", 12, "'*' needs numbers, not a list"),
        ("w + w", "ND205", 12, "'+' needs numbers, not a list"),
        ("-op", "ND205", 10, "'-' needs numbers, not 'BatchNorm2d'"),
        ("op < 3", "ND205", 13, "'<' needs numbers, not 'BatchNorm2d'"),
        ("1 if op else 2", "ND205", 12, "'if' needs true, false or a number"),
        ("not none", "ND205", 10, "'not' needs true, false or a number, not none"),
        ("a[0]", "ND205", 11, "only a list has items, not 7"),
        ("w[0.5]", "ND205", 11, "an index must be a whole number, not 0.5"),
        ("w[flag]", "ND205", 11, "an index must be a whole number, not true"),
        ("max([])", "ND205", 10, "max of an empty list"),
        ("sum([true])", "ND205", 10, "sum needs numbers, not true"),
        ("len(a)", "ND205", 10, "len needs a list, not 7"),
        ("divisible(3, 0.5)", "ND205", 10, "divisible needs a whole divisor above 0, not 0.5"),
        ("a / zero", "ND206", 12, "'/' divides by zero"),
        ("a // 0.0", "ND206", 12, "'//' divides by zero"),
        ("a % zero", "ND206", 12, "'%' divides by zero"),
        ("divisible(3, zero)", "ND206", 10, "divisible divides by zero"),
        ("w[4]", "ND207", 11, "there is no item 4; the list's items are from 0 to 3"),
        ("[][0]", "ND207", 12, "there is no item 0; the list's items are none"),
        ("huge * 2", "ND208", 15, "the result is too large; the limit is 10^18"),
        ("1e17 * 1e17 * 1e17", "ND208", 15, "the result is too large; the limit is 10^18"),
        ("sum([huge, 1])", "ND208", 10, "the result is too large; the limit is 10^18"),
    ],
)
def test_cannot_be_evaluated(text: str, code: str, column: int, message: str) -> None:
    error = fails(text)
    assert (error.code, error.span) == (code, Span("net.yaml", 3, column))
    assert error.message.startswith(message)
    assert code in codes()


def test_column_counts_a_quote_and_stays_at_the_start_of_several_lines() -> None:
    assert refused("1 + )", lead=1).span == Span("net.yaml", 3, 15)
    assert refused("1 + )", lead=None).span == PLACE


def test_an_error_of_another_expression_keeps_its_place() -> None:
    inner = compile("1 / 0", Span("net.yaml", 1, 1), Faults())
    assert inner is not None

    class Lazy:
        def lookup(self, name: str) -> object:
            assert inner is not None
            return inner.evaluate(MapScope({}))

        def names(self) -> list[str]:
            return []

    with pytest.raises(ExprError) as caught:
        read("x + 1").evaluate(Lazy())
    assert caught.value.span == Span("net.yaml", 1, 3)


@pytest.mark.parametrize(
    "text",
    [
        "9**9**9",
        "1000 * 'a'",
        "(" * 60_000,
        "not " * 60_000,
        "-" * 900 + "1",
        "[" * 900,
        "1" * 100_000,
        "a" + "[0]" * 300,
    ],
)
def test_is_never_slow(text: str) -> None:
    expr = compile(text, PLACE, Faults())
    if expr is not None:
        with pytest.raises(ExprError):
            expr.evaluate(MapScope(NAMES))


def test_long_chains_do_not_nest() -> None:
    assert value("+".join(["1"] * 500)) == 500
    assert value(" or ".join(["zero"] * 120 + ["5"])) == 5
    assert value("1" + "<=1" * 300) is True
    assert value("+".join(["(1)"] * 100)) == 100


@pytest.mark.parametrize(("text", "bare"), [("same", True), ("ReLU6", True), ("a b", False), ("true", False)])
def test_bare_word(text: str, bare: bool) -> None:
    assert is_bare_word(text) is bare
    assert not is_bare_word("not")
    assert not is_bare_word("3a")
    assert not is_bare_word("")


WIDTHS = {
    0.35: "8,8,16,24,32,56,112",
    0.5: "8,16,16,32,48,80,160",
    0.75: "16,24,24,48,72,120,240",
    1.0: "16,24,32,64,96,160,320",
    1.3: "24,32,40,80,128,208,416",
    1.4: "24,32,48,88,136,224,448",
}


@pytest.mark.parametrize("width", WIDTHS)
def test_divisible_gives_the_channels_of_mobilenet_v2(width: float) -> None:
    channels = [divisible(base * width) for base in (16, 24, 32, 64, 96, 160, 320)]
    assert ",".join(map(str, channels)) == WIDTHS[width]


@pytest.mark.parametrize(
    ("exact", "rounded"), [(11.2, 16), (8.4, 8), (5.6, 8), (18, 24), (33.6, 32), (22.4, 24), (12, 16), (1, 8)]
)
def test_divisible_rounds_halves_up_and_loses_at_most_a_tenth(exact: float, rounded: int) -> None:
    assert divisible(exact) == rounded


def _binary(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    signs = st.sampled_from(["+", "-", "*", "/", "//", "%", "<", "<=", ">", ">=", "==", "!="])
    return st.one_of(
        st.builds("({} {} {})".format, parts, signs, parts),
        st.builds("{} {} {}".format, parts, signs, parts),
        st.builds("({} {} {})".format, parts, st.sampled_from(["and", "or"]), parts),
        st.builds("(not {})".format, parts),
        st.builds("(-{})".format, parts),
        st.builds("({} if {} else {})".format, parts, parts, parts),
        st.builds("{}({}, {})".format, st.sampled_from(["min", "max"]), parts, parts),
        st.builds("{}([{}, {}])".format, st.sampled_from(["min", "max", "sum", "len"]), parts, parts),
        st.builds("round({})".format, parts),
        st.builds("[{}, {}][{}]".format, parts, parts, st.integers(-2, 1)),
    )


ATOMS = st.one_of(
    st.integers(0, 99).map(str), st.floats(0, 99).map("{:.3f}".format), st.sampled_from(["a", "b", "c", "width"])
)


@given(st.recursive(ATOMS, _binary, max_leaves=12))
def test_means_what_it_means_in_python(text: str) -> None:
    """Whatever has a value here has the same in Python, in value and type."""
    expr = compile(text, PLACE, Faults())
    if expr is None:
        return
    try:
        result = expr.evaluate(MapScope(NAMES))
    except ExprError as error:
        if error.code == "ND206":
            with pytest.raises(ZeroDivisionError):
                eval(text, {}, dict(NAMES))
        assert error.code in {"ND205", "ND206", "ND208"}
        return
    expected = eval(text, {}, dict(NAMES))
    assert result == expected
    assert type(result) is type(expected)


@given(st.text(st.sampled_from("ab1.9 ()[],+-*/%<>=!notifelsadr\n'\"{}\\#é"), max_size=60))
def test_any_text_is_read_or_refused_in_place(text: str) -> None:
    faults = Faults()
    expr = compile(text, PLACE, faults)
    assert (expr is None) == (len(faults.items) == 1)
    for fault in faults.items:
        assert fault.span is not None
        assert PLACE.column <= fault.span.column <= PLACE.column + len(text)
    if expr is not None:
        try:
            expr.evaluate(MapScope(NAMES))
        except ExprError as error:
            assert error.code in codes()
