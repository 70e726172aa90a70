"""The categories of cells: what an op says of its looks. Styles and themes have a row for each, or for the one above.

A new one needs no row in either: a dotted name stands under another (`conv.depthwise` under `conv`), and what has none
is drawn as `other`.
"""

from collections.abc import Mapping

from ..core.errors import did_you_mean

CATEGORIES: dict[str, str] = {
    "input": "what a network is given",
    "input.noisy": "an input with noise added",
    "input.backfed": "an input that an output comes back to",
    "parameter": "a learnt value that reads nothing",
    "output": "what a network gives",
    "output.match": "an output that is to match the input",
    "softmax": "shares that add up to one",
    "linear": "every element with every other",
    "linear.probabilistic": "a hidden layer that draws its values",
    "linear.spiking": "a hidden layer of spikes",
    "conv": "a convolution, of any kernel",
    "conv.row": "a kernel of 1×n",
    "conv.column": "a kernel of n×1",
    "conv.depthwise": "each channel by itself",
    "conv.group": "channels in groups",
    "conv.pool": "a convolution with a pooling drawn into it",
    "conv.transposed": "a convolution that makes the map larger",
    "kernel": "the kernel of a convolution by itself",
    "pool": "a pooling, of any kind",
    "pool.max": "the largest of a window",
    "pool.max.row": "of a window of 1×n",
    "pool.max.column": "of a window of n×1",
    "pool.avg": "the mean of a window",
    "pool.avg.row": "of a window of 1×n",
    "pool.avg.column": "of a window of n×1",
    "pool.min": "the smallest of a window",
    "pool.sum": "the sum of a window",
    "pool.power": "the norm of a window, of any power",
    "pool.region": "a map pooled by regions",
    "upsample": "a map made larger without weights",
    "upsample.down": "a map made smaller without weights",
    "norm": "a normalisation that is its own cell",
    "norm.batch": "over a batch",
    "norm.layer": "over a layer",
    "norm.group": "over groups of channels",
    "norm.instance": "over each map",
    "norm.rms": "by the root of the mean square",
    "norm.l2": "to a length of one",
    "norm.lrn": "by neighbouring channels",
    "nms": "boxes that overlap are left out",
    "attention": "a sum weighted by likeness",
    "embedding": "a vector for each word",
    "memory": "a value that stays",
    "recurrent": "a layer that reads its own output",
    "recurrent.rnn": "a plain one",
    "recurrent.lstm": "with three gates",
    "recurrent.gru": "with two gates",
    "recurrent.bidirectional": "read both ways",
    "recurrent.bidirectional.rnn": "a plain one, read both ways",
    "recurrent.bidirectional.lstm": "with three gates, read both ways",
    "recurrent.bidirectional.gru": "with two gates, read both ways",
    "activation": "an activation that is its own cell",
    "activation.function": "a function of each element for another purpose",
    "activation.gated": "one half of the channels times an activation of the other",
    "add": "element-wise sum",
    "sub": "element-wise difference",
    "mul": "element-wise product",
    "mul.scale": "a learned factor for each channel",
    "div": "element-wise quotient",
    "pow": "element-wise power",
    "maximum": "the larger of two or more, element by element",
    "minimum": "the smaller of two or more, element by element",
    "matmul": "matrix product",
    "concat": "values side by side",
    "split": "a value in parts",
    "slice": "a part of a value",
    "crop": "the middle of a map",
    "shuffle": "channels in another order",
    "block": "a block that is drawn closed",
    "other": "whatever has no category of its own",
}
"""By name what it is."""


def nearest(category: str, table: Mapping[str, object]) -> str:
    """The key of a table for a category: itself, else the one above it, at last `other`."""
    while category not in table:
        category, dot, _ = category.rpartition(".")
        if not dot:
            return "other"
    return category


def no_category(word: str) -> str:
    """The tail of a message on a word that is no category: all but equal, its beginning, else the nearest."""
    from difflib import get_close_matches  # late: start-up time

    begins = [name for name in CATEGORIES if word.lower().startswith(name)]
    found = [*get_close_matches(word.lower(), CATEGORIES, n=1, cutoff=0.85), *sorted(begins, key=len, reverse=True)]
    return f"; did you mean '{found[0]}'?" if found else did_you_mean(word, CATEGORIES)
