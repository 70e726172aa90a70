"""The `@font-face` rules of an SVG: only the parts of our fonts that its texts touch."""

from __future__ import annotations

from binascii import b2a_base64
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from .. import fontfiles, text
from ..scene.model import Group, Item, Scene, Text


def texts(items: Iterable[Item]) -> Iterator[Text]:
    """Every text among the items, those in groups included, in the order of drawing."""
    for item in items:
        if isinstance(item, Text):
            yield item
        elif isinstance(item, Group):
            yield from texts(item.items)


def characters(scene: Scene) -> dict[int, str]:
    """By weight, the characters that are drawn in it, each once and sorted."""
    found: dict[int, set[str]] = {}
    for item in texts(scene.items):
        found.setdefault(item.weight, set()).update(item.text)
    return {weight: "".join(sorted(found[weight])) for weight in sorted(found)}


def chinese(scene: Scene) -> bool:
    """Whether any text needs the Chinese font."""
    return any("sc" in text.slices(used) for used in characters(scene).values())


def unknown(scene: Scene) -> str:
    """The characters that no font of ours has, each once and sorted."""
    used = set("".join(item.text for item in texts(scene.items) if not item.text.isascii()))
    return "".join(text.missing("".join(sorted(used))))


SHARES = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""How much of a text stands before its point, by its anchor."""


def start(item: Text) -> float:
    """The x where the first character of a text begins."""
    share = SHARES[item.anchor]
    return item.x - share * text.width(item.text, item.size, item.weight) if share else item.x


@lru_cache(maxsize=1 << 12)
def file_of(character: str, weight: int) -> str:
    """The TTF that draws a character; the Chinese one has one weight."""
    return fontfiles.font_file_sc() if text.slices(character) == ("sc",) else fontfiles.font_file(weight)


def replaced(item: Text, lost: dict[int, str]) -> Text:
    """The text with other characters for those that no font has."""
    return item if item.text.isascii() else item._replace(text=item.text.translate(lost))


def faces(scene: Scene) -> str:
    """The rules that embed what the texts touch; the Chinese font has one weight, which stands for all."""
    rules, hanzi = [], ""
    for weight, used in characters(scene).items():
        touched = text.slices(used)
        rules += [_latin(weight, part) for part in touched if part in text.SLICES]
        if "sc" in touched:
            hanzi += "".join(one for one in used if text.slices(one) == ("sc",))
    if hanzi:
        data = fontfiles.subset_woff2(sorted(set(hanzi)), fontfiles.font_file_sc())
        rules.append(_face(fontfiles.FAMILY_SC, "400 600", data))
    return "".join(rules)


@cache
def _latin(weight: int, part: str) -> str:
    with open(fontfiles.slice_file(weight, part), "rb") as handle:
        return _face(fontfiles.FAMILY, str(weight), handle.read(), f";unicode-range:{text.unicode_range(part)}")


def _face(family: str, weight: str, data: bytes, more: str = "") -> str:
    encoded = b2a_base64(data, newline=False).decode("ascii")
    source = f"url(data:font/woff2;base64,{encoded}) format('woff2')"
    return f"@font-face{{font-family:'{family}';font-weight:{weight};src:{source}{more}}}"
