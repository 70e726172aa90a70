"""The kinds of input that are broken: each gives one case from a source of chance, and what was found wrong with it."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import yaml

import netdraw
from netdraw.api.network import Network
from netdraw.figure.options.option import Option
from netdraw.figure.options.table import NETWORK, OPTIONS

from .breaking import VALUES, broken, broken_tree
from .judging import Findings, ask, judged
from .making import network

ROOT = Path(__file__).resolve().parent.parent.parent
FENCE = re.compile(r"^```yaml\n(.*?)^```", re.M | re.S)
LARGEST = 4_000
"""The characters that a text may have which is broken, so that many are tried."""
EASY = 50
"""The layers of a network that takes no time to speak of."""
FACES = ("NetdrawSans-400.ttf", "NetdrawSans-600.ttf")


class Case(NamedTuple):
    """What was tried, as one can try it again, and what is wrong with what came of it."""

    source: str
    found: Findings


@cache
def texts() -> list[str]:
    """Specs to break: the good ones of the zoo and of the documents that are small."""
    found = [path.read_text("utf-8") for path in sorted(ROOT.glob("specs/*.yaml"))]
    for page in sorted(ROOT.glob("docs/*.md")):
        found += [text for text in FENCE.findall(page.read_text("utf-8")) if "netdraw:" in text]
    return [text for text in found if len(text) <= LARGEST and ask(partial(netdraw.load, text)).result]


@cache
def _chances() -> list[float]:
    """How often each of them is taken: the rarer, the more layers it and its variants have, so that many are tried."""
    nets = [[netdraw.load(text, variant=name) for name in _names(text)] for text in texts()]
    return [1 / (EASY + sum(len(net.graph.nodes) for net in each)) for each in nets]


def _names(text: str) -> list[str | None]:
    return [None, *(variant.name for variant in netdraw.load(text).spec.variants)]


@cache
def pieces() -> list[str]:
    """Texts to take pieces of: the same, and those of the tests that are bad."""
    bad = [path.read_text("utf-8", errors="replace") for path in sorted(ROOT.glob("tests/bad/*.yaml"))]
    return [*texts(), *(text for text in bad if text.strip() and len(text) <= LARGEST)]


@cache
def trees() -> list[Any]:
    """The same as dicts."""
    return [yaml.safe_load(text) for text in texts()]


@cache
def themes() -> list[str]:
    """Themes to break."""
    return [path.read_text("utf-8") for path in sorted(ROOT.glob("netdraw/themes/*.yaml"))]


@cache
def figure_options() -> list[Option]:
    """The options of a figure of one network."""
    return [one for one in OPTIONS if not set(one.of).isdisjoint(NETWORK)]


@cache
def small() -> Network:
    """A network on which themes, options and fonts are tried."""
    return netdraw.load("lenet")


def spec(rng: Random) -> Case:
    """A text that states a network, broken."""
    text = network(rng) if rng.random() < 0.5 else rng.choices(texts(), _chances())[0]
    text = broken(text, rng, pieces()) + "\n"
    return Case(text, judged(text))


def made(rng: Random) -> Case:
    """A text that states a network, whole."""
    text = network(rng)
    return Case(text, judged(text))


def tree(rng: Random) -> Case:
    """The same as a dict."""
    made = rng.choices(trees(), _chances())[0]
    for _ in range(rng.choice([1, 1, 2, 4])):
        made = broken_tree(made, rng, trees())
    return Case(repr(made), judged(made) if isinstance(made, dict) else [])


def theme(rng: Random) -> Case:
    """A file of a theme, broken."""
    text = broken(rng.choice(themes()), rng, themes())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "theme.yaml")
        path.write_text(text, "utf-8")
        said = ask(lambda: small().draw(theme=str(path)).to_bytes("svg"))
    return Case(text, [said.trouble] if said.trouble else [f"no place: {one}" for one in said.faults if not str(one)])


def option(rng: Random) -> Case:
    """Options of a figure with values that may be good, or not, of a small network or of one made at random."""
    text = network(rng) if rng.random() < 0.5 else ""
    net = (text and ask(partial(netdraw.load, text)).result) or small()
    view = {one.name: _value(rng, one) for one in rng.sample(figure_options(), rng.choice([1, 1, 2, 3, 4]))}
    format = rng.choice(["svg", "pdf", "dot"])
    said = ask(lambda: net.draw(**view).to_bytes(format))
    return Case(f"{text}{view!r} as {format}", [said.trouble] if said.trouble else [])


def font(rng: Random) -> Case:
    """A file of a font with some bytes changed, cut, or moved."""
    data = bytearray((ROOT / "netdraw/type/fonts" / rng.choice(FACES)).read_bytes())
    for _ in range(rng.choice([1, 3, 20])):
        data[_near_head(rng, len(data))] = rng.randrange(256)
    if rng.random() < 0.2:
        del data[rng.randrange(len(data)) :]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "font.ttf")
        path.write_bytes(data)
        format = rng.choice(["svg", "pdf"])
        said = ask(lambda: small().draw(font=[str(path)]).to_bytes(format))
    return Case(f"{format} with a font of {len(data)} bytes", [said.trouble] if said.trouble else [])


def _near_head(rng: Random, size: int) -> int:
    """A place in the file; as often as not in the directory of its tables, where it hurts most."""
    return rng.randrange(min(size, 400)) if rng.random() < 0.5 else rng.randrange(size)


def _value(rng: Random, one: Option) -> Any:
    """A value of the option more often than not."""
    own, foreign = [*one.takes.words(), True, one.default], [*VALUES, "174mm", "1e400px", "-3in", "none", "{out}", "*"]
    return rng.choice(own if rng.random() < 0.7 else foreign)


KINDS: dict[str, Callable[[Random], Case]] = {
    "networks": made,
    "specs": spec,
    "dicts": tree,
    "themes": theme,
    "options": option,
    "fonts": font,
}
