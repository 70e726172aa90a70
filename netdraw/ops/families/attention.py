"""Attention: ScaledDotProductAttention, and what MultiheadAttention has in common with it.

Sources: torch.nn.functional.scaled_dot_product_attention; Vaswani et al., arXiv:1706.03762, §3.2; grouped queries:
Ainslie et al., arXiv:2305.13245.
"""

from __future__ import annotations

from .. import kinds
from ..base import Attr, Attrs, Cost, Example, Face, Follow, Refusal, RuleError, Term, Types, define, elsewhere
from ..common import described, need_tokens
from ..tensor import TensorType

QUERY, KEY, VALUE = "the query", "the key", "the value"


def head_dim(attrs: Attrs, inputs: Types) -> int:
    """The width of one head; raises ND309 where the heads do not divide the channels."""
    channels, heads, stated = inputs[0].size("c") or 0, int(attrs["num_heads"]), attrs.get("head_dim")
    if stated is None and channels % heads:
        tail = "use a number that divides them" + (", or state head_dim" if "head_dim" in attrs else "")
        message = f"num_heads {heads} does not divide the {channels} channels of the query; {tail}"
        raise RuleError("ND309", message, "num_heads")
    return channels // heads if stated is None else int(stated)


def check_kv_heads(attrs: Attrs) -> None:
    heads, shared = attrs["num_heads"], attrs["num_kv_heads"]
    if heads % shared:
        message = f"num_kv_heads {shared} does not divide num_heads {heads}; each serves as many heads of the query"
        raise RuleError("ND309", message, "num_kv_heads")


def check_pair(op: str, key: TensorType, value: TensorType) -> None:
    if key.size("t") != value.size("t"):
        message = f"{op} needs as many keys as values; they are {described(key)} and {described(value)}"
        raise RuleError("ND308", message)


def products(heads: int, dim: int, value_dim: int, counts: tuple[tuple[str, int], ...]) -> tuple[Term, Term]:
    """Queries with keys, and their weights with values; `counts` are the queries, and the keys that each is with."""
    scores = Term((("num_heads", heads), ("head_dim", dim), *counts), "query · key")
    return scores, Term((("num_heads", heads), ("head_dim", value_dim), *counts), "weight · value")


def _widths(attrs: Attrs, inputs: Types) -> tuple[int, int]:
    """The width of a head of query and key, and of value; raises ND308 or ND309 where the channels do not fit."""
    dim, shared = head_dim(attrs, inputs), attrs["num_kv_heads"]
    key, value = inputs[1], inputs[2]
    if key.size("c") != dim * shared:
        tail = f"the query's head has {dim}, so that {shared} of them need {dim * shared}"
        raise RuleError("ND308", f"ScaledDotProductAttention has keys of {key.size('c')} channels; {tail}")
    channels = value.size("c") or 0
    if channels % shared:
        message = f"num_kv_heads {shared} does not divide the {channels} channels of the value"
        raise RuleError("ND309", message, "num_kv_heads")
    return dim, channels // shared


def _infer(attrs: Attrs, inputs: Types) -> Types:
    for source, what in zip(inputs, (QUERY, KEY, VALUE), strict=True):
        need_tokens("ScaledDotProductAttention", source, what)
    check_pair("ScaledDotProductAttention", inputs[1], inputs[2])
    check_kv_heads(attrs)
    return (inputs[0].replace(c=attrs["num_heads"] * _widths(attrs, inputs)[1]),)


def _macs(attrs: Attrs, inputs: Types, outputs: Types) -> Cost:
    counts = (("queries", inputs[0].size("t") or 0), ("keys", inputs[1].size("t") or 0))
    return products(attrs["num_heads"], *_widths(attrs, inputs), counts)


def _face(attrs: Attrs, inputs: Types, outputs: Types) -> Face:
    heads, groups = attrs["num_heads"], attrs["num_kv_heads"]
    shared = "" if groups == heads else str(groups)
    return Face("attention", out=str(outputs[0].size("c")), heads=str(heads) if heads > 1 else "", groups=shared)


def _formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    heads, (_, dim) = attrs["num_heads"], _widths(attrs, inputs)
    return (f"output = queries × num_heads·value_dim = {inputs[0].size('t')} × {heads}·{dim} = {outputs[0]}",)


define(
    name="ScaledDotProductAttention",
    snake="attention_product",
    doc="The products of attention alone, softmax(query · key / √head_dim) · value; heads lie side by side on c.",
    attrs=(
        Attr("num_heads", kinds.integer(), default=1, doc="heads of the query"),
        Attr(
            "num_kv_heads", kinds.integer(), default=Follow("num_heads"), doc="heads of key and value, each for several"
        ),
        Attr(
            "is_causal", kinds.boolean(), default=False, doc="whether a query is kept from later keys; counted in full"
        ),
        Attr("dropout_p", kinds.real(0, 1), default=0.0, doc="chance that a weight is set to 0 while training"),
    ),
    infer=_infer,
    face=_face,
    arity=(3, 3),
    counts="attention",
    macs=_macs,
    formula=_formula,
    names=elsewhere("torch.nn.functional.scaled_dot_product_attention", "Attention", "Attention", ""),
    examples=(
        Example(
            ((197, 768),) * 3,
            {"num_heads": 12},
            ((197, 768),),
            macs=59610624,
            note="the products of ViT-B/16's attention",
        ),
        Example(((10, 32), (20, 32), (20, 48)), {}, ((10, 48),), macs=16000, note="values of another width"),
        Example(
            ((16, 64), (16, 16), (16, 16)), {"num_heads": 4, "num_kv_heads": 1}, ((16, 64),), macs=32768, note="one key"
        ),
    ),
    refusals=(
        Refusal(
            ((10, 32), (20, 48), (20, 48)),
            {},
            "ND308",
            "ScaledDotProductAttention has keys of 48 channels; the query's head has 32, so that 1 of them need 32",
        ),
        Refusal(
            ((10, 32), (20, 32), (21, 32)),
            {},
            "ND308",
            "ScaledDotProductAttention needs as many keys as values; they are 20×32 (t, c) and 21×32 (t, c)",
        ),
        Refusal(
            ((10, 32),) * 3,
            {"num_heads": 5},
            "ND309",
            "num_heads 5 does not divide the 32 channels of the query; use a number that divides them",
        ),
        Refusal(
            ((32, 8, 8),) * 3,
            {},
            "ND307",
            "ScaledDotProductAttention needs the axes t, c; the query is 32×8×8 (c, h, w): write Tokens before it",
        ),
        Refusal(((10, 32),), {}, "ND311", "ScaledDotProductAttention takes 3 inputs, not 1"),
    ),
)
