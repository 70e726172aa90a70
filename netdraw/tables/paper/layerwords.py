"""How papers name layers: a row a category, from which every table takes its words.

Sources: Howard et al., arXiv:1704.04861, Table 1 (`kind`, `filter`); Sandler et al., arXiv:1801.04381, Table 2
(`operator`); Simonyan and Zisserman, arXiv:1409.1556, Table 1 (`listed`); He et al., arXiv:1512.03385, Table 1
(`line`).
"""

from __future__ import annotations

from typing import Any

from ...core.records import NamedTuple
from ...diagram.said.glossary import glossary
from ...ops.categories import CATEGORIES, nearest
from ..summary import phrases as report_words
from ..summary.report import Report


class Wording(NamedTuple):
    """Texts with fields in braces: those of a Step. An empty text leaves the layer out of that table.

    What `moves` values about is told among the layers of a block, though it learns nothing.
    """

    kind: str
    filter: str
    operator: str
    listed: str
    line: str
    join: str = ""
    """Of what brings several ways together: the line of a block that has no name."""
    moves: bool = False


WORDS: dict[str, tuple[Any, ...]] = {
    "conv": ("Conv", "{weight}", "{op} {size}", "conv{kernel}-{out}{over}", "{size}, {out}{dilated}"),
    "conv.depthwise": ("Conv dw", "{weight} dw", "{op} dw {size}", "dw{kernel}-{out}{over}", "dw {size}, {out}"),
    "conv.group": (
        "Conv g{groups}", "{weight}", "{op} {size}, g={groups}", "conv{kernel}-{out}, g={groups}{over}",
        "{size}, {out}, g={groups}",
    ),
    "conv.transposed": (
        "Conv transposed", "{weight}", "{op} {size}", "upconv{kernel}-{out}{over}", "up {size}, {out}"
    ),
    "linear": ("FC", "{weight}", "{op}", "FC-{out}", "{out}-d fc"),
    "pool.max": ("Max Pool", "Pool {window}", "maxpool {size}", "maxpool{by}", "{size} max pool"),
    "pool.avg": ("Avg Pool", "Pool {window}", "avgpool {size}", "avgpool{by}", "{local}average pool"),
    "pool.power": ("Lp Pool", "Pool {window}", "lppool {size}", "lppool {size}", "{size} Lp pool"),
    "softmax": ("Softmax", "Classifier", "", "soft-max", "softmax"),
    "attention": ("Attention", "{apart}", "attention", "attention-{out}", "attention, {out}{apartly}"),
    "recurrent": ("{Name}", "{apart}", "{name}", "{name}-{out}", "{name}, {out}{apartly}"),
    "embedding": ("Embedding", "{into} × {out}", "embedding", "embedding-{out}", "embedding, {out}"),
    "norm.lrn": ("LRN", "–", "LRN", "LRN", "LRN"),
    "norm.l2": ("L2 Norm", "–", "L2 norm", "L2 norm", "L2 norm"),
    "norm": ("Norm", "–", "", "norm", ""),
    "activation": ("{label}", "–", "", "", ""),
    "add": ("Add", "–", "", "add", "", "add, {channels}"),
    "concat": ("Concat", "–", "", "concat", "concat, {channels}", "concat, {channels}", True),
    "split": ("Split", "–", "split", "split", "split", "", True),
    "slice": ("Slice", "–", "slice", "slice", "slice", "", True),
    "shuffle": ("Channel shuffle", "–", "channel shuffle", "channel shuffle", "channel shuffle", "", True),
}  # fmt: skip
TITLED = Wording(
    kind="{title}", filter="–", operator="{title}", listed="{title}-{channels}", line="{title}, {channels}"
)
"""Of an op that its category does not name."""


def words_of(category: str) -> Wording:
    """The words of a category, of the one above it, else its name."""
    return Wording(*WORDS.get(nearest(category, WORDS), ("{Name}", "–", "{name}", "{name}", "{name}")))


def name_of(category: str) -> str:
    """What a category is called in the glossary."""
    return glossary("en").cell(nearest(category, CATEGORIES))


def about(report: Report, form: str) -> dict[str, Any]:
    """The head of the data."""
    total = report.analysis.total
    return {"form": form, "name": report.graph.name, "title": report.title, "params": total.params, "macs": total.macs}


def notes(*reports: Report) -> tuple[str, ...]:
    """The totals of a single network, the convention, and which weights are shared."""
    if len(reports) == 1:
        return f"{report_words.totals(reports[0])}.", reports[0].notes
    shared = [f"{report.title}: {report.shared}" for report in reports if report.shared]
    return (reports[0].convention, *shared)
