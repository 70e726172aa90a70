"""Which boxes came or went, and which hold another number of members than before."""

from __future__ import annotations

from collections.abc import Mapping

from ...diagram.model import Box
from ...diagram.said.glossary import Glossary
from ...graph.model import around
from ..model import Diff
from .marks import Mark
from .stands import Stands, whole

Sides = tuple[Stands, Stands]
Lone = tuple[Mapping[str, str], Mapping[str, str]]
"""By side, the nodes that the other has not, with their ops."""
Marks = dict[str, list[Mark]]
"""By the id of a cell or box of one line."""


class Repeats:
    """Marks boxes: what came or went as a whole, and how often what is in them repeats.

    `boxes` are the marks of both lines, `covered` the cells by number whose box came or went.
    """

    def __init__(self, diff: Diff, sides: Sides, lone: Lone, words: Glossary) -> None:
        self.sides, self.words = sides, words
        self.boxes: tuple[Marks, Marks] = ({}, {})
        self.covered: tuple[set[int], set[int]] = (set(), set())
        self.groups = tuple([stands.boxed() for stands in self.sides])
        self.all_in = [whole(stands.table, lone) for stands, lone in zip(self.sides, lone, strict=True)]
        self.box_of = [
            {member: box for box, group in groups.items() for member in stands.members[group]}
            for stands, groups in zip(self.sides, self.groups, strict=True)
        ]
        rows = [row for row in diff.rows if row.before is not None and row.after is not None]
        self.partner = {row.before: row.after for row in rows}, {row.after: row.before for row in rows}
        self.met = [{box: self._met(side, box) for box in self.groups[side]} for side in (0, 1)]
        self._mark()

    def _mark(self) -> None:
        told: set[str] = set()
        for side in (1, 0):
            for box in self.sides[side].line.boxes:
                own = self._own(side, box)
                lone = [id for id in own if self.all_in[side](id)]
                if own and len(lone) == len(own):
                    self.covered[side].update(self.sides[side].inside(self.groups[side][box.id]))
                    self._say(side, box, self.words.say(("diff.removed", "diff.added")[side]))
                elif side and (text := self._times(box)):
                    told.update(id for id in self.met[1][box.id] if id)
                    self._say(side, box, text, "repeat")
                elif lone and not (side == 0 and box.id in told):
                    key = ("diff.count.removed", "diff.count.added")[side]
                    self._say(side, box, self.words.say(key, count=len(lone)))

    def tells(self, side: int, id: str) -> bool:
        """Whether a box says that a node came or went: it is in a member of one that did so as a whole."""
        table, boxed = self.sides[side].table, self.box_of[side]
        above = around(table.groups, table.nodes[table.places[id]].group)
        return any(one in boxed and self.all_in[side](one) for one in above)

    def _own(self, side: int, box: Box) -> list[str]:
        """What a box stands for, without what is in something else that came or went."""
        group = self.groups[side].get(box.id)
        if group is None:
            return []
        return [id for id in self.sides[side].members[group] if not self._in_lone(side, id)]

    def _in_lone(self, side: int, id: str) -> bool:
        """Whether a box around came or went with a member."""
        groups = self.sides[side].table.groups
        above = next((one for one in around(groups, groups[id].parent) if one in self.box_of[side]), None)
        return above is not None and self.all_in[side](above)

    def _say(self, side: int, box: Box, text: str, part: str = "came") -> None:
        self.boxes[side].setdefault(box.id, []).append(Mark(text, part))

    def _met(self, side: int, box: str) -> set[str]:
        """The boxes of the other side in which the members that stay are; "" for one that has no box there."""
        members = self.sides[side].members[self.groups[side][box]]
        return {self._counterpart(side, id) for id in members if not self.all_in[side](id)}

    def _counterpart(self, side: int, id: str) -> str:
        """The box of what goes with a member; where groups have no partner, by one of its nodes."""
        there = self.box_of[1 - side]
        partner = self.partner[side].get(id)
        if partner in there:
            return there[partner]
        stands, other = self.sides[side], self.sides[1 - side]
        span = stands.table.spans.get(id, (0, 0))
        nodes = (stands.table.nodes[place].id for place in range(*span))
        node = next((self.partner[side][one] for one in nodes if one in self.partner[side]), None)
        innermost = other.table.nodes[other.table.places[node]].group if node else ""
        for group in around(other.table.groups, innermost):
            begin, stop = other.table.spans.get(group, (0, 0))
            if group in there and stop - begin == span[1] - span[0]:
                return there[group]
        return ""

    def _times(self, box: Box) -> str:
        """`×5 → ×22` where all that stays of a box stays together, and in another number."""
        met = self.met[1].get(box.id, set())
        if len(met) != 1:
            return ""
        (there,) = met
        before = self.sides[0].boxes[there].repeat if there else 1
        members = self.sides[1].members[self.groups[1][box.id]]
        kept = [id for id in members if not self.all_in[1](id)]
        alone = self.met[0][there] == {box.id} if there else len(kept) == 1
        return f"×{before} → ×{box.repeat}" if alone and before != box.repeat else ""


def find_lone(diff: Diff, side: int) -> dict[str, str]:
    """The nodes of a side that the other has not, with their ops."""
    kind = ("removed", "added")[side]
    return {row.id: row.what for row in diff.rows if row.level == "layer" and row.kind == kind}
