"""Vectors for indices: Embedding, EmbeddingBag. Sources: torch.nn's classes of these names."""

from __future__ import annotations

from .. import kinds
from ..base import Attr, Attrs, Cost, Example, Face, Refusal, RuleError, Term, Types, define, elsewhere
from ..common import described
from ..tensor import TensorType


def _indices(name: str, attrs: Attrs, inputs: Types) -> tuple[tuple[int, ...], str]:
    """The sizes and axes of the indices; a vector is a row of them.

    Raises ND307 where the input has channels beside other axes, ND309 where padding_idx is no index.
    """
    source, words, padding = inputs[0], attrs["num_embeddings"], attrs["padding_idx"]
    if "c" in source.axes and source.axes != "c":
        needed = f"{name} reads indices, such as {{t: 100}} or a vector; its input is {described(source)}"
        raise RuleError("ND307", f"{needed}: write Linear where these are values")
    if padding is not None and not -words <= padding < words:
        message = f"padding_idx {padding} is none of the {words} indices; use 0 to {words - 1}"
        raise RuleError("ND309", message, "padding_idx")
    return source.shape, "t" if source.axes == "c" else source.axes


def _infer(attrs: Attrs, inputs: Types) -> Types:
    sizes, axes = _indices("Embedding", attrs, inputs)
    return (TensorType((*sizes, attrs["embedding_dim"]), axes + "c"),)


def _bag_infer(attrs: Attrs, inputs: Types) -> Types:
    _, axes = _indices("EmbeddingBag", attrs, inputs)
    if axes != "t":
        raise RuleError("ND307", f"EmbeddingBag reads one row of indices; its input is {described(inputs[0])}")
    return (TensorType((attrs["embedding_dim"],), "c"),)


def _params(attrs: Attrs, inputs: Types, outputs: Types) -> Cost:
    return (Term((("num_embeddings", attrs["num_embeddings"]), ("embedding_dim", attrs["embedding_dim"]))),)


def _face(attrs: Attrs, inputs: Types, outputs: Types) -> Face:
    return Face("embedding", out=str(attrs["embedding_dim"]), into=str(attrs["num_embeddings"]))


def _formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    return (f"a row of {attrs['embedding_dim']} for each of {inputs[0]} indices = {outputs[0]}",)


_ATTRS = (
    Attr("num_embeddings", kinds.integer(), doc="how many indices there are: the words of a vocabulary"),
    Attr("embedding_dim", kinds.integer(), doc="width of a vector"),
    Attr("padding_idx", kinds.index(), default=None, doc="an index that is not trained; its row counts, as in PyTorch"),
)
_WORDS = {"num_embeddings": 20, "embedding_dim": 300}
_VALUES = "its input is 8×16×16 (c, h, w): write Linear where these are values"

define(
    name="Embedding",
    snake="embedding",
    doc="A learned vector for each index. It is looked up, not multiplied, so that it has no MACs.",
    attrs=_ATTRS,
    infer=_infer,
    face=_face,
    widths=("embedding_dim",),
    params=_params,
    formula=_formula,
    names=elsewhere("torch.nn.Embedding", "Gather", "Embedding", "Embed", "tf.nn.embedding_lookup"),
    examples=(
        Example(({"t": 100},), _WORDS, ((100, 300),), params=6000, note="a text of 100"),
        Example(((100,),), _WORDS, ((100, 300),), params=6000, note="a vector is a row of indices"),
        Example(
            ({"t": 1024},),
            {"num_embeddings": 50257, "embedding_dim": 768},
            ((1024, 768),),
            params=38597376,
            note="GPT-2's words",
        ),
        Example(
            ({"h": 16, "w": 16},),
            {"num_embeddings": 1024, "embedding_dim": 256},
            ({"h": 16, "w": 16, "c": 256},),
            params=262144,
            note="a codebook over a map",
        ),
    ),
    refusals=(
        Refusal(((8, 16, 16),), _WORDS, "ND307", f"Embedding reads indices, such as {{t: 100}} or a vector; {_VALUES}"),
        Refusal(
            ({"t": 100},),
            {**_WORDS, "padding_idx": 20},
            "ND309",
            "padding_idx 20 is none of the 20 indices; use 0 to 19",
        ),
    ),
)
define(
    name="EmbeddingBag",
    snake="embedding_bag",
    doc="The sum, mean or maximum of the learned vectors of a row of indices.",
    attrs=(
        *_ATTRS[:2],
        Attr("mode", kinds.choice("sum", "mean", "max"), default="mean", doc="how the vectors become one"),
        _ATTRS[2],
    ),
    infer=_bag_infer,
    face=_face,
    widths=("embedding_dim",),
    params=_params,
    formula=_formula,
    names=elsewhere("torch.nn.EmbeddingBag", "", "", "", "tf.nn.embedding_lookup_sparse"),
    examples=(
        Example(
            ({"t": 12},), {"num_embeddings": 1000, "embedding_dim": 64}, ((64,),), params=64000, note="of 12 words"
        ),
        Example(
            ((4,),), {"num_embeddings": 10, "embedding_dim": 3, "mode": "sum"}, ((3,),), params=30, note="their sum"
        ),
    ),
    refusals=(
        Refusal(({"h": 4, "w": 4},), _WORDS, "ND307", "EmbeddingBag reads one row of indices; its input is 4×4 (h, w)"),
    ),
)
