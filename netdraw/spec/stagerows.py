"""Reads `stages`: a block and the paper's own table, as rows under letters or as a map of lists."""

from __future__ import annotations

from .forms import Forms
from .keywords import is_snake_case
from .model import Column, Common, Const, ListValue, Stages, Value
from .trees.tree import Mapping, Scalar, Sequence, Tree

_TITLE = "name"


class StagesReader:
    def __init__(self, forms: Forms) -> None:
        self.forms = forms

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
        """`t: expand`, or `c: {out: divisible(c * width)}`."""
        columns, outer = [], self.forms.scope
        self.forms.scope = ({key.text for key, _ in mapping.items}, *outer)
        for key, value in mapping.items:
            letter = self.forms.snake(key, "a column")
            target, formula = self._target(value)
            if letter is not None and target is not None:
                columns.append(Column(letter, target, formula, key.span))
        self.forms.scope = outer
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
            values = [self._cell(cell, column.target) for cell, column in zip(cells.items, columns, strict=True)]
            if None not in values:
                found.append(tuple(value for value in values if value is not None))
        return tuple(found)

    def _cell(self, tree: Tree, target: str) -> Value | None:
        """A title is free text; any other cell is a value."""
        if target == _TITLE and isinstance(tree, Scalar):
            text = self.forms.text(tree, "a title")
            return None if text is None else Const(text, tree.span)
        return self.forms.value(tree)

    def _lists(self, mapping: Mapping) -> tuple[tuple[Column, ...], tuple[Value, ...]]:
        """`out: [64, 128]`, `repeat: depths`, or a scalar for every row."""
        columns, cells = [], []
        for key, tree in mapping.items:
            if not is_snake_case(key.text):
                self.forms.snake(key, "a column")
                continue
            value = self._titles(tree) if key.text == _TITLE else self.forms.value(tree)
            if value is not None:
                columns.append(Column(key.text, key.text, None, key.span))
                cells.append(value)
        return tuple(columns), tuple(cells)

    def _titles(self, tree: Tree) -> Value | None:
        """Free texts: one a row, or one for all."""
        if not isinstance(tree, Sequence):
            return self._cell(tree, _TITLE)
        titles = [self._cell(item, _TITLE) for item in tree.items]
        return ListValue(tuple(title for title in titles if title is not None), tree.span)
