"""The costs as a figure: a bar each for MACs, parameters and memory, its parts by letter; a table says all shares."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from ..core.numbers import least, short
from ..core.records import NamedTuple
from ..figure.canvas import Canvas
from ..figure.medium import Medium
from ..scene.model import Scene
from ..type.primitives import Group, Item
from .phrases import by_text, convention, share_text
from .report import Costs
from .shares import UNITS, Share, shares

# In D.
HIGH = 0.95
"""The height of a bar."""
GAP = 0.28
"""Between a label and what it stands beside."""
STEP = 0.72
"""From line to line of the table."""
SWATCH = 0.56
NATURAL = 17.0
"""The width where none is asked."""
NAMED = 4.5
"""A name of a part that is no wider is said in full."""
TWO = 30.0
"""From this width on the table stands in two halves."""
SHIFT = 0.4
"""How far a letter below a bar may stand from the middle of its part; else only the table tells."""
PAD = 0.1
"""Between a text and the sides of its part."""


class _Narrow(NamedTuple):
    """A part of a bar without room for its letter: its middle, its width."""

    center: float
    wide: float
    letter: str


def draw(costs: Costs, medium: Medium) -> Scene:
    """The figure. Raises OptionError where the width is too small."""
    canvas = Canvas(medium)
    found = shares(costs, medium.theme)
    width = medium.page.drawn or NATURAL * canvas.d
    table = _Table(canvas, found, costs, width)
    canvas.check_width(table.width + 2 * canvas.margin, width)
    top = canvas.header(costs.title, by_text(costs), width) + 0.45 * canvas.d
    labels = max(canvas.width(said, canvas.base, 600) for unit in UNITS for said in _label(unit, costs))
    left, room = canvas.margin + labels + GAP * canvas.d, width - 2 * canvas.margin - labels - GAP * canvas.d
    for unit in UNITS:
        top = _bar(canvas, costs, found, unit, left, room, top)
    top = table.draw(top, width)
    for line in canvas.wrapped(convention(costs, "memory"), canvas.small, width - 2 * canvas.margin):
        top += 1.35 * canvas.small
        canvas.write(canvas.margin, top, line, canvas.small, "caption", color=canvas.colors.muted)
    meta = {"by": costs.by, "totals": costs.total._asdict()}
    return canvas.scene(width, top + canvas.margin, f"{costs.title}: {by_text(costs)}", _description(costs), meta)


def _label(unit: str, costs: Costs) -> tuple[str, str]:
    """What is counted, and how much of it there is."""
    sign = least(costs.missing(unit))
    total = short(getattr(costs.total, unit))
    return costs.words.say(f"cost.{unit}"), f"{sign}{total}{'B' if unit == 'memory' else ''}"


def _bar(
    canvas: Canvas, costs: Costs, found: Sequence[Share], unit: str, left: float, room: float, top: float
) -> float:
    """One bar with its label, from `left` on; letters of narrow parts stand below it. Gives where the next begins."""
    high, (name, total) = HIGH * canvas.d, _label(unit, costs)
    whole, base = getattr(costs.total, unit), top + 0.42 * high
    canvas.write(canvas.margin, base, name, canvas.base, "label", weight=600)
    canvas.write(canvas.margin, base + 1.2 * canvas.small, total, canvas.small, "cost", color=canvas.colors.muted)
    x, narrow = left, list[_Narrow]()
    for share in found:
        value = getattr(share.amount, unit)
        wide = room * value / (whole or 1)
        if value:
            said = _inside(canvas, share, share_text(costs, share.ids, share.amount, unit, 1), wide)
            canvas.items.append(_part(canvas, share, (x, top, wide, high), said, (unit, value)))
            if not said:
                narrow.append(_Narrow(x + wide / 2, wide, share.letter))
        x += wide
    below = _below(canvas, narrow, top + high, left + room)
    return top + high + (0.3 + (0.42 if below else 0.0)) * canvas.d


def _inside(canvas: Canvas, share: Share, percents: str, wide: float) -> str:
    """The longest text that fits a part: letter, name and share; letter and share; the letter; none."""
    room = wide - 2 * PAD * canvas.d
    texts = (f"{share.letter} · {share.name} · {percents}", f"{share.letter} · {percents}", share.letter)
    return next((said for said in texts if canvas.width(said, canvas.base, 600) <= room), "")


def _part(
    canvas: Canvas, share: Share, at: tuple[float, float, float, float], said: str, worth: tuple[str, int]
) -> Group:
    """A part of a bar, with what stands in it; its data say what it is."""
    x, y, wide, high = at
    items: list[Item] = [canvas.box(x, y, wide, high, share.fill, share.outline if wide > 3 * canvas.line else "")]
    if said:
        base = canvas.middle(y, high, canvas.base)
        items.append(
            canvas.text(x + wide / 2, base, said, canvas.base, "kernel", weight=600, anchor="middle", color=share.ink)
        )
    data = (("part", share.name), ("letter", share.letter), ("unit", worth[0]), ("value", str(worth[1])))
    return Group("part", data, tuple(items))


def _below(canvas: Canvas, narrow: Sequence[_Narrow], bottom: float, right: float) -> bool:
    """The letters of narrow parts under the bar, each with a short line to its part, as many as there is room for."""
    kept, size, d = list(narrow), canvas.small, canvas.d
    places = _spread(canvas, kept, right)
    while far := [one for one, x in zip(kept, places, strict=True) if abs(x - one.center) > SHIFT * d]:
        kept.remove(min(far, key=lambda one: one.wide))
        places = _spread(canvas, kept, right)
    for (center, _, letter), x in zip(kept, places, strict=True):
        low = bottom + 0.16 * d
        corners = ((center, bottom), (center, bottom + 0.05 * d), (x, low))
        canvas.items.append(canvas.stroke(corners, canvas.colors.muted))
        canvas.write(x, low + size * 0.75, letter, size, "legend", weight=600, anchor="middle")
    return bool(kept)


def _spread(canvas: Canvas, narrow: Sequence[_Narrow], right: float) -> list[float]:
    """Where letters stand that keep apart: to the right of their parts where they must, back from the bar's end."""
    half = [canvas.width(one.letter, canvas.small, 600) / 2 for one in narrow]
    x, places = 0.0, list[float]()
    for one, wide in zip(narrow, half, strict=True):
        places.append(max(one.center, x + wide))
        x = places[-1] + wide + PAD * canvas.d
    for place in reversed(range(len(places))):
        places[place] = min(places[place], right - half[place])
        right = places[place] - half[place] - PAD * canvas.d
    return places


class _Table:
    """The parts with their letters and all their shares, in one or two halves."""

    def __init__(self, canvas: Canvas, found: Sequence[Share], costs: Costs, width: float) -> None:
        self.canvas, self.found, d = canvas, found, canvas.d
        self.texts = [[share_text(costs, one.ids, one.amount, unit) for unit in UNITS] for one in found]
        self.heads = [costs.words.say(f"cost.{unit}") for unit in UNITS]
        columns = zip(self.heads, *self.texts, strict=True)
        self.columns = [max(canvas.width(said, canvas.base) for said in column) for column in columns]
        others = (SWATCH + GAP) * d + sum(self.columns) + 1.5 * GAP * d * len(self.heads)
        longest = max([canvas.width(one.name, canvas.base) for one in found], default=0.0)
        # Long ids are shortened; what is shorter than NAMED is never.
        self.name = min(longest, max(NAMED * d, width - 2 * canvas.margin - others))
        self.width = others + self.name

    def draw(self, top: float, width: float) -> float:
        """The table below the bars; where the next thing begins."""
        canvas, d = self.canvas, self.canvas.d
        halves = 2 if width >= TWO * d and width > 2 * self.width + 2 * d and len(self.found) > 3 else 1
        rows = -(-len(self.found) // halves)
        for half in range(halves):
            left = canvas.margin + half * (self.width + 1.5 * d)
            self._heads(left, top + 0.5 * d)
            for place in range(half * rows, min((half + 1) * rows, len(self.found))):
                self._line(place, left, top + (0.72 + STEP * (place - half * rows)) * d)
        return top + (0.72 + STEP * rows + 0.1) * d

    def _ends(self, left: float) -> list[float]:
        """Where the columns of numbers end."""
        begin, gap = left + (SWATCH + GAP) * self.canvas.d + self.name, 1.5 * GAP * self.canvas.d
        return [*accumulate((gap + wide for wide in self.columns), initial=begin)][1:]

    def _heads(self, left: float, base: float) -> None:
        canvas = self.canvas
        for head, x in zip(self.heads, self._ends(left), strict=True):
            canvas.write(x, base, head, canvas.small, "legend", anchor="end", color=canvas.colors.muted)

    def _line(self, place: int, left: float, top: float) -> None:
        canvas, d, share = self.canvas, self.canvas.d, self.found[place]
        side, base = SWATCH * d, canvas.middle(top, SWATCH * d, canvas.base)
        items: list[Item] = [
            canvas.box(left, top, side, side, share.fill, share.outline),
            canvas.text(left + side / 2, base, share.letter, canvas.base, "kernel", weight=600, anchor="middle",
                        color=share.ink),
            canvas.text(left + side + GAP * d, base, canvas.shortened(share.name, canvas.base, self.name), canvas.base,
                        "legend"),
        ]  # fmt: skip
        for said, x in zip(self.texts[place], self._ends(left), strict=True):
            items.append(canvas.text(x, base, said, canvas.base, "cost", anchor="end"))
        canvas.items.append(Group("legend", (("part", share.name),), tuple(items)))


def _description(costs: Costs) -> str:
    """The part that takes most of each."""
    said = []
    for unit in UNITS:
        most = max(costs.pieces, key=lambda piece, unit=unit: getattr(piece.amount, unit))  # type: ignore[misc]
        name, total = _label(unit, costs)
        share = share_text(costs, most.ids, most.amount, unit, 0)
        said.append(costs.words.say("cost.most", total=total, unit=name, share=share, part=most.name))
    return costs.words.say("cost.about", title=costs.title, by=by_text(costs), parts="; ".join(said))
