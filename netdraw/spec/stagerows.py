"""Reads `stages`: a block and the paper's own table, as rows under letters or as a map of lists."""

from __future__ import annotations

from collections.abc import Callable

from .forms import Forms
from .keywords import is_identifier, is_snake_case
from .model import POISON, Column, Common, Const, ListValue, Stages, Value
from .trees.tree import Mapping, Scalar, Sequence, Tree


class StagesReader:
    """Reads with the forms of a file; `rule` reads a residual rule."""

    def __init__(self, forms: Forms, rule: Callable[[Tree], Value | None]) -> None:
        self.forms = forms
        self._readers = {"name": self._title, "residual": rule}
        """The reader of cells that are no plain values, by the attribute that they set."""

    def read(self, tree: Mapping, common: Common) -> Stages | None:
        """One `stages` layer; None where its block or its columns cannot be read."""
        head, table, rows = tree.get("stages"), tree.get("columns"), tree.get("rows")
        block = self.forms.value(head) if head is not None else None
        if table is None:
            self.forms.faults.add("ND115", "stages needs columns, such as {c: out, n: repeat, s: stride}", common.span)
            return None
        mapping = self.forms.mapping(table, "a map of columns, such as {c: out, n: repeat, s: stride}")
        first = self.forms.snakes(tree.get("first_only"), "an attribute in first_only")
        if block is None or mapping is None:
            return None
        if rows is None:
            columns, cells = self._lists(mapping)
            return Stages(common=common, block=block, columns=columns, rows=(), cells=cells, first_only=first)
        columns = self._letters(mapping)
        if len(columns) < len(mapping.items):  # cells would stand under the wrong letters
            return None
        found = self._rows(rows, columns)
        if isinstance(rows, Sequence) and not rows.items:
            message = "the table has no rows; a row is a list with a cell for each column"
            self.forms.faults.add("ND312", message, rows.span)
        if not found:
            return None
        return Stages(common=common, block=block, columns=columns, rows=found, cells=(), first_only=first)

    def _letters(self, mapping: Mapping) -> tuple[Column, ...]:
        """`t: expand`, or `c: {out: divisible(c * width)}`; in an expression a letter is a cell, a capital one too."""
        columns, outer = [], self.forms.scope
        self.forms.letters = frozenset(key.text for key, _ in mapping.items)
        self.forms.scope = (set(self.forms.letters), *outer)
        for key, value in mapping.items:
            if not is_identifier(key.text):
                message = f"a column is called by letters, digits and _, such as c, SE or exp_size, not '{key.text}'"
                self.forms.faults.add("ND116", message, key.span)
            target, formula = self._target(value)
            if target is not None:
                columns.append(Column(key.text, target, formula, key.span))
        self.forms.scope, self.forms.letters = outer, frozenset()
        return tuple(columns)

    def _target(self, tree: Tree) -> tuple[str | None, Value | None]:
        if isinstance(tree, Mapping):
            if len(tree.items) == 1:
                key, value = tree.items[0]
                formula = self.forms.value(value)
                return (self.forms.snake(key, "an attribute") if formula is not None else None), formula
            self.forms.wrong(tree, "one attribute with an expression, such as {out: divisible(c * width)}")
            return None, None
        return self.forms.snake(tree, "the attribute that a column sets"), None

    def _rows(self, tree: Tree, columns: tuple[Column, ...]) -> tuple[tuple[Value, ...], ...]:
        found = []
        rows = self.forms.sequence(tree, "a list of rows")
        for row in rows.items if rows else ():
            cells = self.forms.sequence(row, "a row: a list with a cell for each column")
            if cells is None:
                continue
            if len(cells.items) != len(columns):
                letters = ", ".join(column.letter for column in columns)
                message = f"the row has {len(cells.items)} cells, the table {len(columns)} columns ({letters})"
                self.forms.faults.add("ND312", message, row.span)
                continue
            values = [self._reader(column)(cell) for cell, column in zip(cells.items, columns, strict=True)]
            if None not in values:
                found.append(tuple(value for value in values if value is not None))
        return tuple(found)

    def _reader(self, column: Column) -> Callable[[Tree], Value | None]:
        """What reads the cells of a column; under an expression they are plain values."""
        return self.forms.value if column.formula else self._readers.get(column.target, self.forms.value)

    def _title(self, tree: Tree) -> Value | None:
        """A title is free text."""
        if not isinstance(tree, Scalar):
            return self.forms.value(tree)
        text = self.forms.text(tree, "a title")
        return None if text is None else Const(text, tree.span)

    def _lists(self, mapping: Mapping) -> tuple[tuple[Column, ...], tuple[Value, ...]]:
        """`out: [64, 128]`, `repeat: depths`, or a scalar for every row."""
        columns, cells = [], []
        for key, tree in mapping.items:
            if not is_snake_case(key.text):
                self.forms.snake(key, "a column")
                continue
            read = self._readers.get(key.text)
            value = self.forms.value(tree) if read is None else self._each(tree, read)
            if value is not None:
                columns.append(Column(key.text, key.text, None, key.span))
                cells.append(value)
        return tuple(columns), tuple(cells)

    def _each(self, tree: Tree, read: Callable[[Tree], Value | None]) -> Value | None:
        """One a row, or one for all."""
        if not isinstance(tree, Sequence):
            return read(tree)
        found = [read(item) or Const(POISON, item.span) for item in tree.items]
        return ListValue(tuple(found), tree.span)
