"""What a figure of costs shows: the largest parts under a letter each, the rest as one."""

from __future__ import annotations

from string import ascii_uppercase

from ..core.records import NamedTuple
from ..figure.canvas import ink_on, shade
from ..ops.categories import nearest
from ..themes.model import Theme
from ..type.primitives import ratio
from .report import Amount, Costs, Piece, total_of

MOST = 12
"""Parts that are shown by themselves; more could not be told apart."""
APART = 1.25
"""The least contrast of a line with the fill that it stands around."""
UNITS = ("macs", "params", "memory")


class Share(NamedTuple):
    """A part with its letter and its looks."""

    letter: str
    name: str
    ids: tuple[str, ...]
    amount: Amount
    fill: str
    outline: str
    ink: str


def shares(costs: Costs, theme: Theme) -> tuple[Share, ...]:
    """The parts that cost something, in order. Parts of one category take its shades in turn."""
    kept = [piece for piece in costs.pieces if any(getattr(piece.amount, unit) for unit in UNITS)]
    shown = _largest(kept, costs.total)
    left = [piece for piece in kept if piece not in shown]
    if left:
        ids = tuple([id for piece in left for id in piece.ids])
        shown.append(Piece(costs.words.say("cost.others", count=len(left)), "other", ids, total_of(left)))
    found: list[Share] = []
    seen: dict[str, int] = {}
    for letter, piece in zip(ascii_uppercase, shown, strict=False):
        look = theme.look(piece.category)
        key = nearest(piece.category, theme.cells)
        fill = shade(look, seen.get(key, 0))
        seen[key] = seen.get(key, 0) + 1
        ink = ink_on(fill, look.ink)
        edge = look.outline or theme.colors.edge
        # A line of the fill's own colour would not part it from its neighbour.
        edge = edge if ratio(edge, fill) >= APART else theme.colors.page
        found.append(Share(letter, piece.name, piece.ids, piece.amount, fill=fill, outline=edge, ink=ink))
    return tuple(found)


def _largest(pieces: list[Piece], total: Amount) -> list[Piece]:
    """All, where there are few; else those with the largest shares of anything, in their order."""
    if len(pieces) <= MOST:
        return list(pieces)

    def weight(piece: Piece) -> float:
        return max([float(getattr(piece.amount, unit) / (getattr(total, unit) or 1)) for unit in UNITS])

    chosen = sorted(pieces, key=weight, reverse=True)[: MOST - 1]
    return [piece for piece in pieces if piece in chosen]
