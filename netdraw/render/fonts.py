"""The fonts that a scene needs: as `@font-face` rules of an SVG, only the parts that its texts touch, and as files."""

from __future__ import annotations

from binascii import b2a_base64
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from ..core.records import NamedTuple
from ..scene.model import Scene
from ..type import fontfiles, text
from ..type.primitives import BEFORE, Group, Item, Text

if TYPE_CHECKING:
    from ..type.typeface import Fonts  # late: types alone
    from ..type.userfont import FontFile  # late: types alone


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
    """Whether any text needs our Chinese font."""
    return any("sc" in text.slices(used) for used in _our_characters(scene).values())


def unknown(scene: Scene) -> str:
    """The characters that none of the scene's fonts has, each once and sorted."""
    every = bool(scene.fonts.files)
    used = set("".join([item.text for item in texts(scene.items) if every or not item.text.isascii()]))
    return "".join(scene.fonts.missing("".join(sorted(used))))


class FontPart(NamedTuple):
    """What a file of the user's draws: the characters of texts of these weights, asked for under a family's name."""

    family: str
    weights: tuple[int, ...]
    file: FontFile
    characters: str


def parts(scene: Scene) -> list[FontPart]:
    """The parts of the user's fonts that are drawn, in the order in which a program must look for a character."""
    if not scene.fonts.files:
        return []
    used = characters(scene)
    found = []
    for place, family in enumerate(scene.fonts.families()):
        by_file: dict[FontFile, dict[int, str]] = {}
        for weight, drawn in used.items():
            file = scene.fonts.ordered(weight)[place]
            own = "".join([one for one in drawn if scene.fonts.file(one, weight) is file])
            if own:
                by_file.setdefault(file, {})[weight] = own
        for file, drawn_by in by_file.items():
            weights = tuple(drawn_by) if len(by_file) > 1 else text.WEIGHTS
            found.append(FontPart(family, weights, file, "".join(sorted(set("".join(drawn_by.values()))))))
    return found


def family(scene: Scene) -> str:
    """The `font-family` of a figure: names quoted, a generic one last, else resvg drops a text without a word."""
    users = dict.fromkeys(part.family for part in parts(scene))
    ours = fontfiles.FALLBACK if scene.fonts.ours else "sans-serif"
    return ", ".join([*(f"'{name}'" for name in users), ours])


def _our_characters(scene: Scene) -> dict[int, str]:
    """By weight, the characters that fonts of ours draw."""
    found = characters(scene)
    if not scene.fonts.files:
        return found
    if not scene.fonts.ours:
        return {}
    for weight, used in found.items():
        found[weight] = "".join([one for one in used if scene.fonts.file(one, weight) is None])
    return found


def start(item: Text, fonts: Fonts) -> float:
    """The x where the first character of a text begins."""
    share = BEFORE[item.anchor]
    return item.x - share * fonts.width(item.text, item.size, item.weight) if share else item.x


Finder = Callable[[str, int], fontfiles.TTF]
"""Gives the TTF that draws a character at a weight: one of ours, or the user's cut to what is drawn."""


def finder(scene: Scene) -> Finder:
    """The fonts in which a scene's characters are drawn."""
    users: dict[tuple[str, int], fontfiles.TTF] = {}
    for part in parts(scene):
        file = fontfiles.TTF(part.file.path, part.file.ttf(part.characters, part.family, part.weights[0]))
        users.update({(one, weight): file for one in part.characters for weight in part.weights})
    return lambda character, weight: users.get((character, weight)) or file_of(character, weight)


@lru_cache(maxsize=1 << 12)
def file_of(character: str, weight: int) -> fontfiles.TTF:
    """The TTF of ours that draws a character; the Chinese one has one weight."""
    sc = text.slices(character) == ("sc",)
    return fontfiles.TTF(fontfiles.font_file_sc() if sc else fontfiles.font_file(weight))


def replaced(item: Text, lost: dict[int, str]) -> Text:
    """The text with other characters for those that no font has."""
    return item if item.text.isascii() else item._replace(text=item.text.translate(lost))


def faces(scene: Scene) -> str:
    """The rules that embed what the texts touch; the Chinese font has one weight, which stands for all."""
    # Weights that one file draws are stated as a range, or a browser would embolden it by itself.
    users = [(part.family, " ".join(map(str, part.weights)), part.file.woff2(part.characters)) for part in parts(scene)]
    rules, hanzi = [_face(*user) for user in users], ""
    for weight, used in _our_characters(scene).items():
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
