"""Ways to break a text, and a tree of Python's values; each is one step that a slip of a hand could take, or a foe."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import Any

TOKEN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|\d+(?:\.\d+)?|[^\sA-Za-z0-9_]|\n *")
NUMBER = re.compile(r"(?<![A-Za-z_0-9.])\d+(?:\.\d+)?")
KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?=:(?:\s|$))")
WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
NUMBERS = ("0 -1 1 2 3 7 8 64 1000 1000000000 10000000000 1e9 1.5 0.5 -0.5 .inf .nan 0x10 1_000 00 " + "9" * 22).split()
WRITTEN = """
in_channels in_height//2 -in_channels 64*width 1/0 2**99 max() max(1,2) divisible(3) int(1.5) round(2.5) [1,2] a[0] (1
1+ x.y lambda ReLU(0.1) 1if(true)else(2) not(true) true false null none same out_channels*1.5 sum([1,2,3]) ''
"""
EXPRESSIONS = WRITTEN.split()
VALUES: list[Any] = [
    *[None, True, False, 0, -1, 3, 1.5, 10**10, "", "x", "ReLU", "in_channels", [], [1], {}, {"ReLU": None}, [[]]],
]
CHARACTERS = "\t\r\0\x07\x1b\x85\u2028\u202e\ufeff\U0001f600é\"'{}[]:,#&*!|>%@`-?\\"

Breaker = Callable[[str, Random, list[str]], str]


def swap_token(text: str, rng: Random, pool: list[str]) -> str:
    """Another token of any text in the place of one."""
    place, found = _one(TOKEN, text, rng)
    return (
        text
        if found is None
        else text[:place] + rng.choice(TOKEN.findall(rng.choice(pool))) + text[place + len(found) :]
    )


def drop_token(text: str, rng: Random, pool: list[str]) -> str:
    """One token less."""
    place, found = _one(TOKEN, text, rng)
    return text if found is None else text[:place] + text[place + len(found) :]


def double_token(text: str, rng: Random, pool: list[str]) -> str:
    """One token twice."""
    place, found = _one(TOKEN, text, rng)
    return text if found is None else text[:place] + found + text[place:]


def other_key(text: str, rng: Random, pool: list[str]) -> str:
    """Another key of any text in the place of one."""
    place, found = _one(KEY, text, rng)
    others = KEY.findall(rng.choice(pool))
    return text if found is None or not others else text[:place] + rng.choice(others) + text[place + len(found) :]


def slip(text: str, rng: Random, pool: list[str]) -> str:
    """One letter of a word dropped, doubled, or in the other case."""
    place, found = _one(WORD, text, rng)
    if found is None:
        return text
    at = rng.randrange(len(found))
    letter = rng.choice(["", found[at] * 2, found[at].swapcase()])
    return text[:place] + found[:at] + letter + found[at + 1 :] + text[place + len(found) :]


def other_number(text: str, rng: Random, pool: list[str]) -> str:
    """Another number."""
    place, found = _one(NUMBER, text, rng)
    return text if found is None else text[:place] + rng.choice(NUMBERS) + text[place + len(found) :]


def expression(text: str, rng: Random, pool: list[str]) -> str:
    """An expression in the place of a number."""
    place, found = _one(NUMBER, text, rng)
    return text if found is None else text[:place] + rng.choice(EXPRESSIONS) + text[place + len(found) :]


def shift(text: str, rng: Random, pool: list[str]) -> str:
    """A line, and perhaps those behind it, further in or out."""
    lines = text.split("\n")
    first = rng.randrange(len(lines))
    by = rng.choice([-4, -2, -1, 1, 2, 4])
    for place in range(first, min(len(lines), first + rng.choice([1, 1, 2, 5]))):
        lines[place] = " " * by + lines[place] if by > 0 else lines[place][min(-by, _indent(lines[place])) :]
    return "\n".join(lines)


def drop_line(text: str, rng: Random, pool: list[str]) -> str:
    """A line less, or some."""
    lines = text.split("\n")
    first = rng.randrange(len(lines))
    del lines[first : first + rng.choice([1, 1, 1, 3])]
    return "\n".join(lines)


def move_line(text: str, rng: Random, pool: list[str]) -> str:
    """A line, and what is indented under it, moved, or there twice."""
    lines = text.split("\n")
    block = _block(lines, rng.randrange(len(lines)))
    if rng.random() < 0.5:
        lines = lines[: block.start] + lines[block.stop :]
    at = rng.randrange(len(lines) + 1)
    return "\n".join([*lines[:at], *text.split("\n")[block.start : block.stop], *lines[at:]])


def foreign_lines(text: str, rng: Random, pool: list[str]) -> str:
    """A piece of another text among the lines."""
    other = rng.choice(pool).split("\n")
    block = _block(other, rng.randrange(len(other)))
    lines = text.split("\n")
    at = rng.randrange(len(lines) + 1)
    return "\n".join([*lines[:at], *other[block.start : block.stop], *lines[at:]])


def character(text: str, rng: Random, pool: list[str]) -> str:
    """One character that means something to YAML, to a terminal, or to nobody."""
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(CHARACTERS) + text[at + rng.choice([0, 1]) :]


BREAKERS: list[Breaker] = [
    swap_token, drop_token, double_token, other_key, slip, slip, other_number, other_number, expression, expression,
    shift, drop_line, move_line, foreign_lines, character,
]  # fmt: skip


def broken(text: str, rng: Random, pool: list[str]) -> str:
    """The text after one to four of them."""
    for _ in range(rng.choice([1, 1, 1, 2, 2, 4])):
        text = rng.choice(BREAKERS)(text, rng, pool)
    return text


def broken_tree(tree: Any, rng: Random, pool: list[Any]) -> Any:
    """A tree of Python's values with one node dropped, doubled, renamed, or another in its place."""
    if isinstance(tree, dict) and tree and rng.random() < 0.9:
        key = rng.choice(list(tree))
        return _broken_map(tree, key, rng, pool)
    if isinstance(tree, list) and tree and rng.random() < 0.9:
        at = rng.randrange(len(tree))
        how = rng.random()
        if how < 0.8:
            return [*tree[:at], broken_tree(tree[at], rng, pool), *tree[at + 1 :]]
        return tree[:at] + tree[at + 1 :] if how < 0.9 else [*tree, tree[at]]
    return rng.choice(VALUES) if rng.random() < 0.6 else rng.choice(pool)


def _broken_map(tree: dict[Any, Any], key: Any, rng: Random, pool: list[Any]) -> dict[Any, Any]:
    how = rng.random()
    if how < 0.8:
        return {**tree, key: broken_tree(tree[key], rng, pool)}
    rest = {name: value for name, value in tree.items() if name != key}
    return rest if how < 0.9 else {**rest, rng.choice([*tree, "repeat", "when", "from", 3, None]): tree[key]}


def _one(pattern: re.Pattern[str], text: str, rng: Random) -> tuple[int, str | None]:
    found = list(pattern.finditer(text))
    if not found:
        return 0, None
    one = rng.choice(found)
    return one.start(), one[0]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _block(lines: list[str], first: int) -> range:
    last = first + 1
    while last < len(lines) and _indent(lines[last]) > _indent(lines[first]):
        last += 1
    return range(first, last)
