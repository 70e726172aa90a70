"""Which cell or box has which marks: a change of folded members is said once, where all of them changed alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ...core.records import NamedTuple
from ...diagram.said.glossary import Glossary
from ..model import Diff
from .marks import Mark, marks_of
from .repeats import Marks, Repeats, find_lone
from .stands import Stands


class Slot(NamedTuple):
    """What has marks: a cell by its number, or a drawn group; `tick` is a drawn node without a cell of its own."""

    number: int = -1
    tick: str = ""
    group: str = ""


class MarkedChange(NamedTuple):
    """The marks of one change, and by side the slot and the member that it is about, None where it has none."""

    marks: tuple[Mark, ...]
    at: tuple[tuple[Slot, int] | None, tuple[Slot, int] | None]
    moved: bool = False


class Marking:
    """The marks of both lines, the first network's and the second's: `cells` and `boxes`.

    What was changed is marked in the second; where not all members of a ×n there changed alike in the first, if these
    did. What was removed is marked in the first alone, what was moved in both.
    """

    def __init__(self, diff: Diff, one: Stands, other: Stands, words: Glossary) -> None:
        self.diff, self.sides, self.words = diff, (one, other), words
        self.cells: tuple[Marks, Marks] = ({}, {})
        self.lone = find_lone(diff, 0), find_lone(diff, 1)
        self.came = words.say("diff.removed"), words.say("diff.added")
        self.repeats = Repeats(diff, self.sides, self.lone, words)
        self.boxes, self.covered = self.repeats.boxes, self.repeats.covered
        self.kept: tuple[dict[Slot, set[int]], dict[Slot, set[int]]] = ({}, {})
        """By side and slot, which of its members have something that both networks have."""
        entries = [*self._ends(), *self._layers()]
        self._spread(self._groups())
        self._spread(entries)
        self._lone_nodes()

    def _keep(self, side: int, at: tuple[Slot, int]) -> tuple[Slot, int]:
        self.kept[side].setdefault(at[0], set()).add(at[1])
        return at

    def _node(self, side: int, id: str) -> tuple[Slot, int]:
        """The slot of a node."""
        stands = self.sides[side]
        place = stands.places[id]
        return Slot(stands.number(id), tick=place.id if stands.is_tick(id) else ""), place.member

    def _ends(self) -> Iterable[MarkedChange]:
        """The inputs and outputs."""
        for row in self.diff.rows:
            if row.level in ("input", "output"):
                ats = [self._end(side, row.level, id) for side, id in enumerate((row.before, row.after))]
                if all(ats):
                    yield MarkedChange(marks_of(row, self.words), (ats[0], ats[1]))
                for side, at in enumerate(ats):
                    if at and ats[1 - side] is None:
                        self._add(side, at[0], [Mark(self.came[side])])

    def _end(self, side: int, level: str, id: str | None) -> tuple[Slot, int] | None:
        stands = self.sides[side]
        if id is None:
            return None
        if level == "input":
            return self._keep(side, (Slot(stands.numbers[id]), 0))
        number = next((number for number, cell in enumerate(stands.cells) if cell.output == id), None)
        return None if number is None else self._keep(side, (Slot(number), 0))

    def _layers(self) -> Iterable[MarkedChange]:
        for row in self.diff.rows:
            if row.level == "layer" and row.before is not None and row.after is not None:
                ats = [self._keep(side, self._node(side, id)) for side, id in ((0, row.before), (1, row.after))]
                if row.differs:
                    one, other = self.sides
                    own = one.is_owner(row.before) and other.is_owner(row.after)
                    faces = (one.face(row.before), other.face(row.after)) if own else None
                    marks = marks_of(row, self.words, faces, named=not own)
                    yield MarkedChange(marks, (ats[0], ats[1]), row.kind == "moved")

    def _groups(self) -> Iterable[MarkedChange]:
        """What was done to groups themselves; how often they repeat shows in their members."""
        for row in self.diff.rows:
            if row.level != "group" or row.before is None or row.after is None:
                continue
            one, other = self._group(0, row.before), self._group(1, row.after)
            if one and other and row.differs:
                yield MarkedChange(marks_of(row, self.words), (one, other), row.kind == "moved")

    def _group(self, side: int, id: str) -> tuple[Slot, int] | None:
        """The slot of a group; None where it holds nothing, or is no group."""
        stands = self.sides[side]
        place = stands.places[id]
        return self._keep(side, (Slot(group=place.id), place.member)) if place.id in stands.table.spans else None

    def _spread(self, entries: Iterable[MarkedChange]) -> None:
        """Puts changes where they are said once; what moved stands under nothing, and is marked in both lines."""
        entries = [entry for entry in entries if entry.marks]
        self._count(self._alike(self._alike(entries, 1), 0), 1)
        moved = Mark(self.words.say("diff.moved"))
        self._count(self._alike([one._replace(marks=(moved,)) for one in entries if one.moved], 0), 0)

    def _alike(self, entries: Iterable[MarkedChange], side: int) -> list[MarkedChange]:
        """Marks the slots of a side in which all members changed alike; the entries of the others."""
        slots: dict[Slot, list[MarkedChange]] = {}
        for entry in entries:
            at = entry.at[side]
            if at:
                slots.setdefault(at[0], []).append(entry)
        left = []
        for slot, found in slots.items():
            members: dict[int, list[Mark]] = {member: [] for member in self.kept[side][slot]}
            for entry in found:
                members[entry.at[side][1]] += entry.marks  # type: ignore[index]
            said = list(members.values())
            if all(marks == said[0] for marks in said):
                self._add(side, slot, said[0])
            else:
                left += found
        return left

    def _count(self, entries: Iterable[MarkedChange], side: int) -> None:
        """Says of how many members of its slot a change is."""
        counts: dict[Slot, Counter[str]] = {}
        for entry in entries:
            at = entry.at[side]
            if at:
                counts.setdefault(at[0], Counter()).update([mark.text for mark in entry.marks])
        for slot, texts in counts.items():
            whole = len(self.kept[side][slot])
            said = [self.words.say("diff.some", count=n, of=whole, how=how) for how, n in texts.items()]
            self._add(side, slot, map(Mark, said))

    def _lone_nodes(self) -> None:
        """Marks the cells that came or went, and what came or went in a cell that stays."""
        for side in (0, 1):
            slots: dict[Slot, list[tuple[str, int]]] = {}
            for id in self.lone[side]:
                slot, member = self._node(side, id)
                if slot.number not in self.covered[side]:
                    slots.setdefault(slot, []).append((id, member))
            for slot, found in slots.items():
                kept, said = self.kept[side].get(slot), self.came[side]
                if kept:
                    self._add(side, slot, self._parts(side, found, kept))
                    continue
                if slot.tick:
                    said = self.words.say("diff.part", what=self.lone[side][found[0][0]], how=said)
                self._add(side, slot, [Mark(said)])

    def _parts(self, side: int, found: list[tuple[str, int]], kept: set[int]) -> Iterable[Mark]:
        """What came or went in a cell that stays: in its members, and of these where no box says so."""
        counts = Counter(self.lone[side][id] for id, member in found if member in kept)
        for op, count in counts.items():
            text = self.words.say("diff.part", what=op, how=self.came[side])
            if count < len(kept):
                text = self.words.say("diff.some", count=count, of=len(kept), how=text)
            yield Mark(text)
        lone = {member for id, member in found if member not in kept and not self.repeats.tells(side, id)}
        if lone:
            whole = len(kept.union(member for _, member in found))
            yield Mark(self.words.say("diff.some", count=len(lone), of=whole, how=self.came[side]))

    def _add(self, side: int, slot: Slot, marks: Iterable[Mark]) -> None:
        """Gives a slot its marks; a group gives them to its box, else to its first cell or to that before it."""
        stands = self.sides[side]
        if not slot.group:
            self.cells[side].setdefault(stands.cells[slot.number].id, []).extend(marks)
            return
        box = stands.box_of(slot.group)
        if box is not None:
            self.boxes[side].setdefault(box.id, []).extend(marks)
            return
        inside = stands.inside(slot.group)
        first = stands.cells[inside.start if inside else stands.before(slot.group)].id
        whole = len(inside) == 1
        said = [mark if whole else Mark(self.words.say("diff.group", how=mark.text)) for mark in marks]
        self.cells[side].setdefault(first, []).extend(said)
