"""What is drawn, without colours and coordinates: lines of cells, the boxes around them, edges, brackets and bars.

Everything has the id of what it stands for, so that a picture can be traced back to the text.
"""

from collections.abc import Iterable
from typing import Any, Literal, TypeVar

from ..core.records import NamedTuple
from ..ops.tensor import TensorType
from .view import View

Where = Literal["line", "arc", "branch", "gate", "tap", "shelf", "port"]
BLOCK = "block"
"""The category of a closed block's cell."""
EdgeKind = Literal["flow", "residual", "skip"]
K = TypeVar("K")
V = TypeVar("V")


class Cell(NamedTuple):
    """One symbol. `ids` are the nodes fused in it, in graph order, the last member's where members are folded.

    `id` is the first of `ids` (an input's name, `output` or a named output where there are none). `activation` is the
    op fused in (`ReLU6`), "" for a linear cell; `before` and `after` are the ops fused in that stand before the cell's
    own and behind it, in order (`BatchNorm2d`, `ReLU6`). `label` are the lines below, the second muted.
    `macs` and `params` are the sum over all members that it stands for, `repeat` the product of the ×n around it.
    `macs` is None where nothing in it has a rule. `where` is `arc` for a projection, `gate` for what is multiplied onto
    the line (or a short way beside a long one): both stand small above it; `branch` and `tap` for a cell on a fork that
    joins or does not; `shelf` for one on a level of its own above the line; `port` for an end of the line that is no
    cell: nothing is drawn there.

    A closed block has the category `block`, its name as `kernel`, and the id of its group.
    """

    id: str
    ids: tuple[str, ...]
    category: str
    kernel: str
    activation: str
    label: tuple[str, ...]
    shape: TensorType
    params: int = 0
    macs: int | None = 0
    repeat: int = 1
    where: Where = "line"
    output: str | None = None
    """The name of the output that it is, for a cell of category `output` or the Softmax that ends a network."""
    times: str = ""
    """What stands over the right end of a closed block: `×3`."""
    of: str = ""
    """For a cell of a block that is drawn open once: the id of that closed block, in which it is counted."""
    column: int = -1
    """In a comparison: cells of several lines with one column stand under each other; -1 goes with the cell before."""
    marked: tuple[int, ...] = ()
    """The lines of the label that differ from the line above."""
    told: bool = False
    """Whether all lines of its label are said over it, in one, where it stands small on an arc."""
    shared: bool = False
    """In a comparison: whether a line below has its label, which is said once, under the last."""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    size: str = ""
    """The whole kernel: `3×3`; of an input its shape."""
    sign: str = ""
    """What stands at it where others have its weights: `=`, or a number where there are several sets of these."""
    shares: tuple[str, ...] = ()
    """The nodes whose weights it uses."""
    title: str = ""
    """What an op without a rule of its own is called."""

    @property
    def early(self) -> bool:
        """Whether its activation comes before its own op (pre-activation)."""
        return self.activation in self.before

    @property
    def first(self) -> str:
        """The id that edges end at."""
        return self.ids[0] if self.ids else self.id

    @property
    def last(self) -> str:
        """The id that edges leave from: the last node fused in."""
        return self.ids[-1] if self.ids else self.id


class Tick(NamedTuple):
    """Nodes without a cell (Flatten, Dropout, Crop): a tick on the edge from the cell `after` to the cell `before`.

    `before` is "" where several cells read them: the tick then stands on the line.
    """

    ids: tuple[str, ...]
    after: str
    before: str = ""


class Branch(NamedTuple):
    """One way of a fork: its own cells in order, and the forks that end in one of them, begin it, or end it. A tag may
    stand before its first cell, or alone; one behind its last cell ends it.

    A fork that ends it and joins meets the other ways only in the join of the fork around it.
    """

    cells: tuple[str, ...]
    forks: "tuple[Fork, ...]" = ()


class Fork(NamedTuple):
    """Ways that leave behind the cell `start` and meet in the cell `join`, in written order; an inner fork may begin
    where its branch begins. `start` is "" where each begins by itself, with a tag or a cell that reads nothing.
    `join` is None where each way ends in an output of its own, or goes on as a lane to a cell further on: behind the
    last cell of a line they fan out, elsewhere they stand above it.
    """

    start: str
    join: str | None
    branches: tuple[Branch, ...]
    text: str = ""
    """What is said of the value that it begins with, over the line before it."""
    marked: bool = False
    """Whether that differs from the line above."""


def all_cells(branch: Branch) -> list[str]:
    """All cells on a branch and on the branches in it."""
    return [*branch.cells, *(one for fork in branch.forks for inner in fork.branches for one in all_cells(inner))]


class Shelf(NamedTuple):
    """Cells on a level of their own above the line, over the cell `over`: they read from above, or begin with a tag.
    The last leads down into `over`, or has a tag behind it.
    """

    branch: Branch
    over: str


class Tag(NamedTuple):
    """A letter in a circle. The value of the cell `source` ends in one; the ways that read it begin with others.

    A way begins with it that leads to `readers`; none at the end. Branches and shelves have its id among their cells.
    """

    id: str
    source: str
    readers: tuple[str, ...] = ()
    letter: str = ""


class Edge(NamedTuple):
    """From cell to cell, by their `id`. A `residual` runs as an arc over its box, a `skip` as a lane over the line.

    `member` is the number of the member whose value it is, where that is not the last of the ×n around its source:
    3 for the output of the third of four. It is said where the edge begins: `×3`.
    """

    source: str
    target: str
    kind: EdgeKind = "flow"
    member: int = 0
    text: str = ""
    """What is said of the value on it, over a step along the line."""
    marked: bool = False
    """Whether that differs from the line above."""
    missing: tuple[tuple[int, str], ...] = ()
    """What the line above has on its way, and this one has not: (column, text)."""


class Box(NamedTuple):
    """A rounded box around the cells from `first` to `last` on the line, those on its arc included.

    `id` is the group's (the last member's where folded), `residual` what its rule did (None: it has no rule),
    `reason` why nothing was added. `name` is shown top left where it is not None. `parent` is the box around it.
    `growth` is what each member adds to the channels, said as `+32` under the ×n; 0 where they do not grow.
    """

    id: str
    block: str
    first: str
    last: str
    repeat: int = 1
    residual: Literal["add", "project", "none"] | None = None
    reason: str = ""
    name: str | None = None
    parent: str | None = None
    growth: int = 0
    note: str = ""
    """What stands in the corner before ×n: `k = 16` where labels are relative."""
    drawn: bool = True
    """Whether it is seen; one that is not still holds its arcs and its reason."""
    mark: str = ""
    """In the figure of a diff: what stands in the corner instead of ×n, since members of it came or went."""
    marks: tuple[str, ...] = ()
    """In the figure of a diff: what else was done to it, a line each above its name."""


class Bracket(NamedTuple):
    """A stage: from cell to cell. `cost` is in the unit of the view; None where no cost is shown.

    `resolution` tells which neighbours may share one bracket, `least` that something in it was not counted.
    """

    stage: str
    title: str | None
    first: str
    last: str
    cost: int | None
    resolution: str
    least: bool = False


class Bar(NamedTuple):
    """A feature map: as high as `value` (the largest spatial size, 1 for a vector), with its lines of text below.

    `needed` is False where it stands only if there is room.
    """

    cell: str
    value: int
    text: tuple[str, ...]
    needed: bool = True


class LegendEntry(NamedTuple):
    """One kind of cell that the figure uses, drawn small beside its name."""

    category: str
    kernel: str
    activation: str
    text: str
    share: float = 0.0
    """For the key of the bars: its height by that of the highest bar; 0 for a cell."""
    sign: str = ""
    """For the sign of weights that are shared: that sign; "" for a cell."""
    before: tuple[str, ...] = ()
    """As in a cell."""


class Line(NamedTuple):
    """One line of a figure: its cells in order, those on branches included, and everything that hangs on them.

    One with a `name` is a kind of block, drawn open once below the others: `note` stands beside its name, and `table`
    under it, the widths of the blocks that it stands for, row by row; `parting` are its columns with which another
    branch begins. In a comparison name and note stand left of the line.
    """

    cells: tuple[Cell, ...]
    ticks: tuple[Tick, ...]
    edges: tuple[Edge, ...]
    boxes: tuple[Box, ...]
    brackets: tuple[Bracket, ...]
    bars: tuple[Bar, ...]
    forks: "tuple[Fork, ...]" = ()
    name: str = ""
    note: str = ""
    table: tuple[tuple[str, ...], ...] = ()
    parting: tuple[int, ...] = ()
    shelves: tuple[Shelf, ...] = ()
    tags: tuple[Tag, ...] = ()
    totals: tuple[str, ...] = ()
    """In a comparison: what stands right of the line, one under each of the words' `heads`."""
    cost_total: int = 0
    """In a comparison: what the shares of its brackets are of, instead of the words' total."""
    gone: tuple[str, ...] = ()
    """In a comparison in words: what the line above has beside its own line, and this one has not; under the note."""
    least: bool = False
    """Whether something is missing in that."""
    deltas: tuple[str, ...] = ()
    """In the figure of a diff: what stands under its totals."""


class Highlight(NamedTuple):
    """What a frame goes around: cells by their ids, or ticks (by the first of their ids) where there is no cell.

    `glob` is the pattern that named it.
    """

    glob: str
    cells: tuple[str, ...]
    ticks: tuple[str, ...] = ()


class FigureTexts(NamedTuple):
    """The texts around the figure. `unit` is that of the brackets' costs (`MACs`), "" where none is shown."""

    title: str
    subtitle: str
    totals: str
    caption: str
    unit: str
    cost_total: int
    description: str
    titled: bool = True
    """Whether the title is drawn; it names the picture in any case."""
    heads: tuple[str, ...] = ()
    """Over the totals of a comparison's lines."""
    least: bool = False
    """Whether something is missing in `cost_total`: what share a stage has of the whole is then not known."""


class Totals(NamedTuple):
    """What the layers of a figure have and cost in all: MACs without `not_counted`, parameters without `unknown`."""

    params: int
    macs: int
    not_counted: tuple[str, ...]
    unknown: tuple[str, ...] = ()


class Meta(NamedTuple):
    """How the figure of a network was made: `rung` is that of the ladder, `convention` what its costs count."""

    view: View
    rung: str
    totals: Totals
    convention: str


class Diagram(NamedTuple):
    """A figure before it has a place: one line for a network; comparisons have several."""

    lines: tuple[Line, ...]
    legend: tuple[LegendEntry, ...]
    words: FigureTexts
    meta: Meta | None = None
    """None for a comparison."""
    marks: tuple[Highlight, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return plain(self)  # type: ignore[no-any-return]


def plain(value: Any) -> Any:
    """NamedTuples as dicts, tuples as lists."""
    if hasattr(value, "_fields"):
        return {name: plain(item) for name, item in value._asdict().items()}
    return [plain(item) for item in value] if isinstance(value, tuple) else value


def by_key(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    """The values of each key, both in order of appearance."""
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found
