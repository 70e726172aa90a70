"""Expands `stages`: a block a row, its arguments from the table, each row repeated."""

from __future__ import annotations

from ..core.errors import did_you_mean
from ..core.records import NamedTuple
from ..ops.rules import plain
from ..spec.model import POISON, Arg, Common, Const, ListValue, OpValue, ResidualRule, Stages
from .calls import Calls
from .context import Context, Site
from .model import Ref
from .state import Members
from .values import Bound, Env, OpRef, Silent
from .wiring import Outcome

_TITLE, _REPEAT, _RESIDUAL = "name", "repeat", "residual"
_OWN = frozenset({_TITLE, _REPEAT, _RESIDUAL})
"""Columns that speak of the row, not of the block."""


class _Table(NamedTuple):
    """A `stages` layer with its block and, where its columns are a map of lists, these lists evaluated."""

    stages: Stages
    block: OpRef
    lists: list[list[Bound]]


class StageRows:
    def __init__(self, context: Context, calls: Calls) -> None:
        self.context = context
        self.state = context.state
        self.calls = calls

    def build(self, stages: Stages, site: Site) -> Outcome | None:
        """All rows, one behind the other; each member is a sibling of the list that the stages stand in."""
        self.state.group(site.group("stages"))
        block = self._block(stages, site.env)
        if block is None:
            return self.calls.unknown(site)
        self._check(stages, block)
        table = _Table(stages, block, [] if stages.rows else self._lists(stages, site.env))
        outer, rows = site.env.index, list[Outcome]()
        for row in range(len(stages.rows) or max((len(cells) for cells in table.lists), default=1)):
            site.env.index = row
            outcome = self._row(table, row, site, rows[-1] if rows else None)
            if outcome is not None:
                rows.append(outcome)
        site.env.index = outer
        return rows[-1]._replace(members=tuple(rows), passes=True) if rows else None

    def _block(self, stages: Stages, env: Env) -> OpRef | None:
        try:
            found = self.context.evaluator.value(stages.block, env)
        except Silent:
            return None
        if isinstance(found.value, OpRef) and not found.value.gives_no_layer:
            return found.value
        self.calls.no_op("stages takes a block, or a param that holds one, not", found)
        return None

    def _check(self, stages: Stages, block: OpRef) -> None:
        """Notes a column that is no argument of the block, and what it needs and has not."""
        own = [column for column in stages.columns if column.target not in _OWN]
        args = tuple(Arg(column.target, stages.block, column.span) for column in own)
        given = frozenset((*block.args, *self.context.defaults.get(block.name, ())))
        faults, names = self.context.faults, self.context.names
        letters = {column.letter: column.target for column in stages.columns}
        for name in stages.first_only:
            if name not in letters.values():
                sets = f"; the column '{name}' sets '{letters[name]}'" if name in letters else ""
                hint = sets or did_you_mean(name, letters.values())
                faults.add(
                    "ND105", f"first_only names '{name}', which is no attribute of a column{hint}", stages.common.span
                )
        names.check(OpValue(block.name, args, stages.block.span), faults, given)

    def _lists(self, stages: Stages, env: Env) -> list[list[Bound]]:
        """The columns of a map of lists, evaluated once; a scalar is a column of one, which holds for every row."""
        columns: list[list[Bound]] = []
        for cell, column in zip(stages.cells, stages.columns, strict=True):
            if isinstance(cell, ListValue):
                columns.append([self.context.evaluator.or_poison(item, item.span, env) for item in cell.items])
                continue
            bound = self.context.evaluator.or_poison(cell, column.span, env)
            many = isinstance(bound.value, list)
            columns.append([Const(item, bound.span) for item in bound.value] if many else [bound])
        self._same_length(stages, columns)
        return columns

    def _same_length(self, stages: Stages, columns: list[list[Bound]]) -> None:
        count = max((len(cells) for cells in columns), default=0)
        for column, cells in zip(stages.columns, columns, strict=False):
            if len(cells) not in (1, count):
                message = f"the column '{column.target}' has {len(cells)} entries, the longest has {count}"
                self.context.faults.add("ND312", message, column.span)
                cells.extend([Const(POISON, column.span)] * (count - len(cells)))

    def _row(self, table: _Table, row: int, site: Site, before: Outcome | None) -> Outcome | None:
        """One row; it follows `before`, the row above."""
        env, id, span, first = site.env, f"{site.id}.{row}", site.common.span, len(self.state.nodes)
        opened = len(self.state.groups)
        sources = self._sources(table.stages, site, before)
        env.input = self.state.type(sources[0])
        cells = self._cells(table, row, env)
        title = self._title(cells)
        common = Common(segment=str(row), span=span, label=title)
        place = site._replace(common=common, sources=sources, place=site.inside, id=id, member=None, kind="row")
        if _REPEAT not in cells:
            outcome = self._member(table, cells, place)
            self._note(table.stages, cells, opened)
            return outcome
        self.state.group(place.group("row", table.block.name))
        self._note(table.stages, cells, opened)
        count = self.context.evaluator.count(cells[_REPEAT], env)
        with self.state.repeated(count, cells[_REPEAT].span, env) as growing:
            members = self._repeated(table, row, place, cells, growing)
        if not members:
            return None
        return members[-1]._replace(members=tuple(members), first=first, last=len(self.state.nodes))

    def _note(self, stages: Stages, cells: dict[str, Bound], opened: int) -> None:
        """Keeps what a row says with its group, the first that was opened for it."""
        if opened < len(self.state.groups):
            said = tuple((column.letter, column.target, cells[column.target].value) for column in stages.columns)
            self.state.note(opened, cells=said)

    def _repeated(
        self, table: _Table, row: int, place: Site, cells: dict[str, Bound], growing: Members
    ) -> list[Outcome]:
        """The members of a row; from the second on without what holds for the first only."""
        env, sources, span = place.env, place.sources, place.common.span
        common = place.common._replace(label=None)
        members: list[Outcome] = []
        for index in range(growing.count):
            self.state.step(span)
            start = len(self.state.nodes)
            if members:
                sources = self._sources(table.stages, place, members[-1])
                env.input = self.state.type(sources[0])
                again = self._cells(table, row, env)
                cells = {key: cell for key, cell in again.items() if key not in table.stages.first_only}
            growing.next(sources)
            at, id = place.inside, f"{place.id}.{index}"
            member = place._replace(common=common, sources=sources, place=at, id=id, member=index, kind="block")
            outcome = self._member(table, cells, member)
            members.append(outcome._replace(first=start, last=len(self.state.nodes)))
        return members

    def _title(self, cells: dict[str, Bound]) -> str | None:
        if _TITLE not in cells or cells[_TITLE].value is POISON:
            return None
        value, span = cells[_TITLE]
        if not isinstance(value, str):
            self.context.faults.add("ND114", f"a row's name is a text, not {plain(value)}", span)
            return None
        return value

    def _member(self, table: _Table, cells: dict[str, Bound], site: Site) -> Outcome:
        args = {**table.block.args, **{key: cell for key, cell in cells.items() if key not in _OWN}}
        residual, cell = table.stages.common.residual, cells.get(_RESIDUAL)
        if cell is not None:
            residual = ResidualRule(cell, cell.span) if residual is None else residual._replace(rule=cell)
        site = site._replace(common=site.common._replace(residual=residual))
        outcome = self.calls.call(table.block.name, args, site)
        site.chain.siblings.append(outcome.ref)
        return outcome

    def _sources(self, stages: Stages, site: Site, before: Outcome | None) -> list[Ref]:
        return self.context.wiring.sources(stages.common, site.chain, before.ref) if before else site.sources

    def _cells(self, table: _Table, row: int, env: Env) -> dict[str, Bound]:
        """The arguments of one row; a column's expression sees the row's letters."""
        stages = table.stages
        if not stages.rows:
            pairs = zip(stages.columns, table.lists, strict=False)
            return {column.target: cells[row if len(cells) > 1 else 0] for column, cells in pairs}
        evaluator = self.context.evaluator
        bounds = [evaluator.or_poison(cell, cell.span, env) for cell in stages.rows[row]]
        env.letters = {column.letter: bound for column, bound in zip(stages.columns, bounds, strict=True)}
        cells = {
            column.target: bound if column.formula is None else evaluator.or_poison(column.formula, column.span, env)
            for column, bound in zip(stages.columns, bounds, strict=True)
        }
        env.letters = {}
        return cells
