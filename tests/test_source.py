"""The YAML door: the tree and its places, the rules for scalars, and every way in which a text can be wrong."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netdraw.core.errors import MOST_FAULTS, Faults, Span, TooManyFaults
from netdraw.manual.entries import codes
from netdraw.spec.source import Mapping, Scalar, Sequence, Tree, looks_like_missing_space, read


def tree_and_faults(data: bytes | str) -> tuple[Tree | None, list[str]]:
    """The tree, and the faults as `line:column code`."""
    faults = Faults()
    tree = read(data, "net.yaml", faults)
    found = []
    for fault in faults.sorted():
        assert fault.code in codes()
        assert fault.span is not None
        assert fault.span.path == "net.yaml"
        found.append(f"{fault.span.line}:{fault.span.column} {fault.code}")
    return tree, found


def plain(tree: Tree | None) -> object:
    """The tree as Python's values."""
    if isinstance(tree, Mapping):
        return {key.text: plain(value) for key, value in tree.items}
    if isinstance(tree, Sequence):
        return [plain(item) for item in tree.items]
    assert tree is not None
    return tree.value


def good(data: bytes | str) -> Tree:
    tree, found = tree_and_faults(data)
    assert found == []
    assert tree is not None
    return tree


def messages(data: bytes | str) -> str:
    faults = Faults()
    read(data, "net.yaml", faults)
    return "\n".join(map(str, faults.sorted()))


def scalar(text: str) -> object:
    tree = good(f"a: {text}")
    return plain(tree)["a"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("012", 12),
        ("-7", -7),
        ("0o17", 15),
        ("0xFf", 255),
        ("1e3", 1000.0),
        ("-.5", -0.5),
        ("2.", 2.0),
        ("true", True),
        ("FALSE", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("tRue", "tRue"),
        ("none", "none"),
        ("1:30", "1:30"),
        ("1_000", "1_000"),
        ("0b11", "0b11"),
        ("1e", "1e"),
        (".", "."),
        ("2026-01-01", "2026-01-01"),
        ("'12'", "12"),
        ('"null"', "null"),
        ("width * 2", "width * 2"),
    ],
)
def test_scalars_follow_yaml_1_2(text: str, value: object) -> None:
    result = scalar(text)
    assert result == value
    assert type(result) is type(value)


def test_places_and_forms() -> None:
    tree = good("name: x\nlayers:\n  - Conv2d: {out: 3}\n  - 'quoted'\n")
    assert isinstance(tree, Mapping)
    assert not tree.flow
    layers = tree.get("layers")
    assert isinstance(layers, Sequence)
    assert (layers.span, layers.flow) == (Span("net.yaml", 3, 3), False)
    conv, quoted = layers.items
    assert isinstance(conv, Mapping)
    inner = conv.get("Conv2d")
    assert isinstance(inner, Mapping)
    assert (inner.span, inner.flow) == (Span("net.yaml", 3, 13), True)
    assert inner.get("out") == Scalar(3, "3", False, Span("net.yaml", 3, 19), 0)
    assert quoted == Scalar("quoted", "quoted", True, Span("net.yaml", 4, 5), 1)
    assert inner.get("in") is None


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("a + b", 0),
        ("'a + b'", 1),
        ('"a + b"', 1),
        ("a +\n  b", None),
        ("'a +\n  b'", None),
        ("|\n  a", None),
        ("'a''b'", None),
    ],
)
def test_lead_says_where_the_text_of_a_scalar_is(text: str, lead: int | None) -> None:
    tree = good(f"k: {text}")
    assert isinstance(tree, Mapping)
    node = tree.get("k")
    assert isinstance(node, Scalar)
    assert node.lead == lead


def test_byte_order_mark_line_ends_and_an_alias() -> None:
    assert plain(good(b"\xef\xbb\xbfa: &x [1, {b: 2}]\r\nc: *x\r\n")) == {"a": [1, {"b": 2}], "c": [1, {"b": 2}]}


REFUSED = [
    (b"\xff\xfea\0", ["1:1 ND004"], "UTF-16"),
    (b"\0a", ["1:1 ND004"], "UTF-16"),
    (b"\x89PNG\r\n\x1a\n\0", ["1:1 ND004"], "0x89"),
    (b"a: 1\nb: \xe9", ["2:4 ND004"], "0xE9"),
    (b"\xef\xbb\xbfa: \xe9", ["1:4 ND004"], "0xE9"),
    ("a: 1\nb: x\x01", ["2:5 ND004"], "U+0001"),
    ("\ud800", ["1:1 ND004"], "UTF-8"),
    ("", ["1:1 ND005"], "empty"),
    ("# only this\n", ["1:1 ND005"], "empty"),
    ("---\n", ["1:1 ND005"], "empty"),
    ("a: 'x\nb: 2\n", ["1:4 ND101"], "never closed"),
    ("a: [1, 2\nb: 3\n", ["1:4 ND101"], "'[' here is not closed"),
    ("- Conv2d: {a: 3\n- ReLU\n", ["1:11 ND101"], "'{' here is not closed"),
    ("a: b: c\n", ["1:5 ND101"], "colon is not expected"),
    ("a: 1\n  b: 2\n", ["2:4 ND101"], "indent the keys of one map alike"),
    ("- a\nb: 1\n", ["2:1 ND101"], "line 1, column 1"),
    ("a: @x\n", ["1:4 ND101"], "cannot begin with @"),
    ("a: 1\n-b\n", ["2:1 ND101"], "space after the dash"),
    ('a: "\\q"', ["1:6 ND101"], "backslash"),
    ("a: * 3\n", ["1:5 ND101"], "quotes"),
    ("a: > 3\n", ["1:6 ND101"], "quotes"),
    ("{a: ]}", ["1:5 ND101"], "value is missing"),
    ("\ta: 1\n", ["1:1 ND102"], "tab"),
    ("a:\n  b: 1\n \tc: 2\n", ["3:2 ND102"], "spaces"),
    ("a: !e!x 1", ["1:4 ND106"], "tag"),
    ("a: *x\nb: 1\nb: 2", ["1:4 ND107", "3:1 ND104"], "no '&x' stands before it"),
    ("a: &sizes [1]\nb: *size", ["2:4 ND107"], "did you mean 'sizes'?"),
    ("a: &x [*x]\n", ["1:8 ND107"], "inside what it names"),
    ("layers:\n  - Conv2d\n    out: 3\n", ["2:5 ND109"], "indent these deeper"),
    ("a:3\nb: 4", ["1:1 ND111"], "write 'a: 3'"),
    ("a: 1\nb:2\nc: 3\n", ["2:1 ND111"], "write 'b: 2'"),
    ("{a:[1, 2]}", ["1:3 ND111"], "space is missing"),
]


@pytest.mark.parametrize(("data", "expected", "words"), REFUSED)
def test_gives_no_tree(data: bytes | str, expected: list[str], words: str) -> None:
    tree, found = tree_and_faults(data)
    assert (tree, found) == (None, expected)
    assert words in messages(data)


MENDED: list[tuple[str, object, list[str], str]] = [
    ("a: 1\nb: 2\na: 3", {"a": 1, "b": 2}, ["3:1 ND104"], "duplicate key 'a'; the first is in line 1"),
    ("a: !!python/object:x.y 1", {"a": 1}, ["1:4 ND106"], "!!python/object:x.y"),
    ("a: !mine {b: 1}", {"a": {"b": 1}}, ["1:4 ND106"], "!mine"),
    ("a: 1\n---\nb: 1\n'", {"a": 1}, ["2:1 ND108"], "'---'"),
    ("- Conv2d\n    out: 3\n    k: 4\n- R", [{"Conv2d": {"out": 3, "k": 4}}, "R"], ["1:3 ND109"], "'Conv2d: {out: 3}'"),
    ("- Conv2d # first\n\n    out: 3\n", [{"Conv2d": {"out": 3}}], ["1:3 ND109"], "write 'Conv2d:'"),
    ("{a: f(2 * max(1, w)), b: 1}", {"a": "f(2 * max(1, w))", "b": 1}, ["1:5 ND110"], 'write "f(2 * max(1, w))"'),
    ("{a: max(1, 2, 3), b: 1}", {"a": "max(1, 2, 3)", "b": 1}, ["1:5 ND110"], 'write "max(1, 2, 3)"'),
    ("[max(1, w), 3]", ["max(1, w)", 3], ["1:2 ND110"], 'write "max(1, w)"'),
    ("{a: max(1, 2}", {"a": 1}, ["1:5 ND110"], "without its partner"),
    ("{a: 1, w)), b: 2}", {"a": 1, "b": 2}, ["1:8 ND110"], "without its partner"),
    ("{a: w[0], b: 1}", {"a": 1, "b": 1}, ["1:5 ND110"], 'write "w[0]"'),
    ("{a: max(w[0], 1), b: x}", {"a": 1, "b": "x"}, ["1:5 ND110"], 'write "max(w[0], 1)"'),
    ("a: [1, 2][i] * 3 # c\nb: 2", {"a": 1, "b": 2}, ["1:4 ND110"], 'write "[1, 2][i] * 3"'),
    ("{a:3, b: 1}", {"a": 3, "b": 1}, ["1:2 ND111"], "write 'a: 3'"),
    ("{act:ReLU}", {"act": "ReLU"}, ["1:2 ND111"], "write 'act: ReLU'"),
    ("3: x\nb: 1", {"3": "x", "b": 1}, ["1:1 ND112"], "'3'"),
    ("[a]: x\nb: 1", {"b": 1}, ["1:1 ND112"], "not a list"),
    ("a: &a {x: 1}\nb: {x: 2, <<: *a, y: 3}", {"a": {"x": 1}, "b": {"x": 2, "y": 3}}, ["2:11 ND112"], "merge"),
    ("a: .nan\nb: -.Inf", {"a": 1, "b": 1}, ["1:4 ND113", "2:4 ND113"], ".nan"),
    ("a: 1e999\nb: 1000000000000000001", {"a": 1, "b": 1}, ["1:4 ND208", "2:4 ND208"], "10^18"),
]


@pytest.mark.parametrize(("text", "value", "expected", "words"), MENDED)
def test_is_noted_and_mended(text: str, value: object, expected: list[str], words: str) -> None:
    tree, found = tree_and_faults(text)
    assert found == expected
    assert plain(tree) == value
    assert words in messages(text)


def test_mending_moves_nothing() -> None:
    tree, _ = tree_and_faults("a: {b: w[0], c: x}\nd:\n- E\n    f: y")
    clean = good("a: {b: 1   , c: x}\nd:\n- E:\n    f: y")
    assert str(tree) == str(clean)


def test_faults_of_several_kinds_come_in_one_run() -> None:
    text = "- Conv2d\n    out: w\n- A: {k: w[0], s:2}\n- B: {x: max(1, 2), x: .inf}\n- C: !t 1\n"
    _, found = tree_and_faults(text)
    assert found == ["1:3 ND109", "3:10 ND110", "3:16 ND111", "4:10 ND110", "4:21 ND104", "4:24 ND113", "5:6 ND106"]


@pytest.mark.parametrize(
    "text",
    [
        "{from: split:1}",
        "[split:1, x]",
        "- split:1",
        "a: max(1, w)",
        "a: {b: '(', c: (x)}",
        "a: 'x:y'",
        "{'a:3': 1}",
        "{a: }",
    ],
)
def test_right_texts_are_let_through(text: str) -> None:
    good(text)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("stride:2", True),
        ("a:3 b:4", True),
        ("a: 3", False),
        ("1:30", False),
        ("width", False),
        ("a:", False),
        ("a::b", False),
    ],
)
def test_looks_like_missing_space(text: str, missing: bool) -> None:
    assert looks_like_missing_space(text) is missing


def chain(length: int) -> str:
    """Aliases, each one level above the one before."""
    return "\n".join(["a0: &a0 [1]", *(f"a{i}: &a{i} [*a{i - 1}]" for i in range(1, length))])


BOMB = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + "\n".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 20)
)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 65 + "]" * 65, "ND502"),
        ("[" * 60_000, "ND502"),
        ("{a: " * 60_000, "ND502"),
        ("- " * 60_000, "ND502"),
        ("? " * 60_000, "ND502"),
        ("[\n" * 60_000, "ND502"),
        ("\n".join(" " * i + "a:" for i in range(1_000)), "ND502"),
        (chain(64), "ND502"),
        (f"a: &a [{'[' * 61 + ']' * 61}, &b [1]]\nc: [[*a]]", "ND502"),
        (BOMB, "ND503"),
        ("- 1\n" * 200_000, "ND503"),
        ("a: " + "x" * (4 * 2**20 - 2), "ND501"),
    ],
    ids=lambda value: value[:8],
)
def test_limits(text: str, code: str) -> None:
    tree, found = tree_and_faults(text)
    assert tree is None
    assert [fault.split()[1] for fault in found] == [code]


@pytest.mark.slow
@pytest.mark.parametrize("text", ["[" * 64 + "]" * 64, chain(63), "- 1\n" * 199_999, "a: " + "x" * (4 * 2**20 - 3)])
def test_up_to_the_limits(text: str) -> None:
    good(text)


def test_a_large_text_is_not_mended_but_worded() -> None:
    assert tree_and_faults("{a: w[0]}\n#" + "x" * 100_000) == (None, ["1:5 ND110"])


def test_an_alias_counts_as_what_it_stands_for() -> None:
    ten = "a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]\n"  # the map, two keys and the list `b` are 4 nodes more
    copies = (200_000 - 10 - 4) // 10
    assert tree_and_faults(ten + "b: [" + "*a, " * copies + "]")[1] == []
    assert tree_and_faults(ten + "b: [" + "*a, " * (copies + 1) + "]")[1] == [f"2:{5 + 4 * copies} ND503"]


@pytest.mark.slow
def test_many_faults_do_not_take_forever() -> None:
    with pytest.raises(TooManyFaults) as error:
        tree_and_faults("- .nan\n" * 100_000)
    assert len(error.value.faults) == MOST_FAULTS


PIECES = [
    "a",
    "b: ",
    ": ",
    ":",
    "- ",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    ", ",
    "\n",
    "  ",
    "\t",
    "'",
    '"',
    "&a ",
    "*a ",
    "!x ",
    "<<",
    "#",
]
PIECES += ["1", ".nan", "|", ">", "---", "? ", "%", "\\", "é", "\x85", "Conv2d", "\n    out: 3\n", "max(1, w)", "w[0]"]


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(), st.binary(), st.lists(st.sampled_from(PIECES), max_size=25).map("".join)))
def test_never_raises_and_always_says_why(data: bytes | str) -> None:
    tree, found = tree_and_faults(data)
    assert tree is not None or found
    if tree is not None:
        plain(tree)


TEXT = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=8)
VALUES = st.recursive(
    st.one_of(st.integers(-(10**18), 10**18), st.floats(-1e18, 1e18), st.booleans(), st.none(), TEXT),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXT, inner, max_size=4)),
    max_leaves=12,
)


@pytest.mark.slow
@settings(deadline=None)
@given(VALUES, st.sampled_from([None, 1]))
def test_json_is_read_as_json(value: object, indent: int | None) -> None:
    assert plain(good(json.dumps(value, ensure_ascii=False, indent=indent))) == value
