"""MultiheadAttention, over all tokens or within windows.

Sources: torch.nn.MultiheadAttention; Vaswani et al., arXiv:1706.03762, §3.2.2; windows: Liu et al., arXiv:2103.14030,
as torchvision has them, which fills a map up to whole windows.
"""

from __future__ import annotations

from math import prod

from .. import kinds
from ..base import (
    PASS,
    Attr,
    Attrs,
    Cost,
    Example,
    Face,
    Follow,
    Refusal,
    RuleError,
    Term,
    Types,
    Window,
    define,
    elsewhere,
)
from ..common import described, need_tokens, sizes_text, times
from ..tensor import SIGNAL, TensorType
from .attention import KEY, QUERY, VALUE, check_kv_heads, check_pair, head_dim, products


def _three(inputs: Types) -> tuple[TensorType, TensorType, TensorType]:
    """Query, key and value; what is not given is the input before it."""
    return inputs[0], inputs[min(1, len(inputs) - 1)], inputs[-1]


# Windows


def _windowed(source: TensorType) -> str:
    """The letters of the axes that windows divide; raises ND307 where there are none beside `c`."""
    if source.axes == "tc":
        return "t"
    spatial = source.spatial
    if source.axes == SIGNAL or source.axes not in (f"c{spatial}", f"{spatial}c") or not spatial:
        needed = "MultiheadAttention with window_size needs tokens (t, c) or a map (c, h, w or h, w, c)"
        repair = ": write Permute: {dims: [t, c]} before it" if source.axes == SIGNAL else ""
        raise RuleError("ND307", f"{needed}; its input is {described(source)}{repair}")
    return spatial


def _sides(attrs: Attrs, name: str, axes: str) -> tuple[int, ...]:
    """An attribute with one number an axis; raises ND309 where it has another count."""
    value = attrs[name]
    if isinstance(value, int):
        return (value,) * len(axes)
    if len(value) != len(axes):
        message = f"{name} has {len(value)} numbers, its input {len(axes)} axes beside c ({', '.join(axes)})"
        raise RuleError("ND309", message, name)
    return tuple(value)


def _window_sides(attrs: Attrs, source: TensorType) -> tuple[int, ...]:
    return _sides(attrs, "window_size", _windowed(source))


def _padded(attrs: Attrs, source: TensorType) -> int:
    """How many places there are, with those that fill the last windows of every axis."""
    axes = _windowed(source)
    pairs = zip(axes, _window_sides(attrs, source), strict=True)
    return prod(-(-(source.size(axis) or 0) // side) * side for axis, side in pairs)


def _check_windows(attrs: Attrs, inputs: Types) -> None:
    axes = _windowed(inputs[0])
    if len(inputs) > 1:
        message = f"window_size is for attention within one input, not between {len(inputs)}"
        raise RuleError("ND309", message, "window_size")
    sides, shifts = (_sides(attrs, name, axes) for name in ("window_size", "shift_size"))
    for side, shift in zip(sides, shifts, strict=True):
        if shift >= side:
            message = (
                f"shift_size {shift} must be smaller than window_size {side}; Swin shifts by half of it, {side // 2}"
            )
            raise RuleError("ND309", message, "shift_size")


# MultiheadAttention


def _infer(attrs: Attrs, inputs: Types) -> Types:
    if attrs["window_size"] is None:
        for name in ("shift_size", "relative_position_bias"):
            if attrs[name]:
                raise RuleError("ND309", f"{name} is for attention within windows; write window_size, too", name)
        for source, what in zip(_three(inputs), (QUERY, KEY, VALUE), strict=True):
            need_tokens("MultiheadAttention", source, "its input" if len(inputs) == 1 else what)
        check_pair("MultiheadAttention", *_three(inputs)[1:])
    else:
        _check_windows(attrs, inputs)
    check_kv_heads(attrs)
    head_dim(attrs, inputs)
    return inputs[:1]


def _projections(attrs: Attrs, inputs: Types) -> tuple[tuple[tuple[str, int], ...], ...]:
    """The weights of query, key, value and output, each `in × out`."""
    embed, key, value = (source.size("c") or 0 for source in _three(inputs))
    dim = head_dim(attrs, inputs)
    wide, narrow = ("query_width", attrs["num_heads"] * dim), ("kv_width", attrs["num_kv_heads"] * dim)
    own = ("embed_dim", embed)
    return (own, wide), (("kdim", key), narrow), (("vdim", value), narrow), (wide, own)


_NAMES = ("query projection", "key projection", "value projection", "output projection")


def _params(attrs: Attrs, inputs: Types, outputs: Types) -> Cost:
    weights = _projections(attrs, inputs)
    terms = [Term(weight, name) for weight, name in zip(weights, _NAMES, strict=True)]
    if attrs["bias"]:
        terms.append(Term((("bias", sum(weight[1][1] for weight in weights[:3])),), "biases of the three"))
    if attrs["out_bias"]:
        terms.append(Term((("bias", weights[0][0][1]),), "bias of the output"))
    if attrs["relative_position_bias"]:
        offsets = prod(2 * side - 1 for side in _window_sides(attrs, inputs[0]))
        terms.append(Term((("offsets", offsets), ("num_heads", attrs["num_heads"])), "relative position bias"))
    return tuple(terms)


def _macs(attrs: Attrs, inputs: Types, outputs: Types) -> Cost:
    query, key, _ = _three(inputs)
    if attrs["window_size"] is None:
        queries, keys = ("queries", query.size("t") or 0), ("keys", key.size("t") or 0)
        counts, places = (queries, keys), (queries, keys, keys, queries)
    else:
        padded, seen = ("places", _padded(attrs, query)), ("window", prod(_window_sides(attrs, query)))
        counts, places = (padded, seen), (padded,) * 4
    rows = zip(_projections(attrs, inputs), places, _NAMES, strict=True)
    into_q, into_k, into_v, out = [Term((*weight, place), name) for weight, place, name in rows]
    dim = head_dim(attrs, inputs)
    return (into_q, into_k, into_v, *products(attrs["num_heads"], dim, dim, counts), out)


def _face(attrs: Attrs, inputs: Types, outputs: Types) -> Face:
    channels, window = str(inputs[0].size("c")), ""
    if attrs["window_size"] is not None:
        window = sizes_text(_window_sides(attrs, inputs[0]))
    heads, groups = attrs["num_heads"], attrs["num_kv_heads"]
    shared = "" if groups == heads else str(groups)
    return Face("attention", out=channels, into=channels, heads=str(heads), window=window, groups=shared)


def _formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    query, dim = inputs[0], head_dim(attrs, inputs)
    channels, heads = query.size("c") or 0, attrs["num_heads"]
    lines = [f"output = query = {described(query)}"]
    if dim * heads == channels:
        lines.append(f"head_dim = embed_dim / num_heads = {channels} / {heads} = {dim}, of {channels}")
    if attrs["window_size"] is not None:
        sides = _window_sides(attrs, query)
        area = prod(sides)
        count = f"{_padded(attrs, query)} / {area} = {_padded(attrs, query) // area}"
        lines.append(f"windows of {times(sides)} = {count}, on {query} filled up to whole windows")
    return tuple(lines)


def _sees(attrs: Attrs, inputs: Types) -> Window | None:
    """Of a map, stride 1; how far a place sees depends on where in its window it lies."""
    return PASS if inputs[0].axes == "tc" else Window(None, (1,) * len(inputs[0].spatial))


_WINDOW = {"num_heads": 3, "window_size": 7, "relative_position_bias": True}

define(
    name="MultiheadAttention",
    snake="attention",
    doc="Attention in several heads, with its projections: of one input to itself; of a query to a second input, its "
    "key and value; or of query, key and value. With window_size, each place attends to those of its window alone.",
    attrs=(
        Attr("num_heads", kinds.integer(), doc="heads of the query"),
        Attr("bias", kinds.boolean(), default=True, doc="whether the projections of query, key and value have offsets"),
        Attr("out_bias", kinds.boolean(), default=Follow("bias"), doc="whether the projection of the output has one"),
        Attr(
            "num_kv_heads", kinds.integer(), default=Follow("num_heads"), doc="heads of key and value, each for several"
        ),
        Attr("head_dim", kinds.integer(), default=None, doc="width of a head; else the query's channels / num_heads"),
        Attr(
            "window_size", kinds.integers(), default=None, doc="side of the windows; a map is filled up to whole ones"
        ),
        Attr("shift_size", kinds.integers(0), default=0, doc="by how much the windows are moved; costs nothing"),
        Attr(
            "relative_position_bias",
            kinds.boolean(),
            default=False,
            doc="whether each head learns an offset for every distance in a window",
        ),
        Attr("causal", kinds.boolean(), default=False, doc="whether a query is kept from later keys; counted in full"),
        Attr("dropout", kinds.real(0, 1), default=0.0, doc="chance that a weight is set to 0 while training"),
    ),
    infer=_infer,
    face=_face,
    inferred=("embed_dim", "kdim", "vdim"),
    arity=(1, 3),
    counts="attention",
    params=_params,
    macs=_macs,
    window=_sees,
    formula=_formula,
    names=elsewhere("torch.nn.MultiheadAttention", "Attention", "MultiHeadAttention GroupQueryAttention", "", "", ""),
    examples=(
        Example(
            ((197, 768),),
            {"num_heads": 12},
            ((197, 768),),
            params=2362368,
            macs=524391936,
            note="ViT-B/16: 464,781,312 of the projections and 59,610,624 of the products",
        ),
        Example(
            ((10, 64), (20, 32)), {"num_heads": 4}, ((10, 64),), params=12544, macs=189440, note="of a query to another"
        ),
        Example(
            ((10, 64), (20, 32), (20, 48)),
            {"num_heads": 4, "bias": False},
            ((10, 64),),
            params=13312,
            macs=209920,
            note="query, key and value",
        ),
        Example(
            ((128, 4096),),
            {"num_heads": 32, "num_kv_heads": 8, "bias": False},
            ((128, 4096),),
            params=41943040,
            macs=5502926848,
            note="grouped queries, as Mistral 7B has them",
        ),
        Example(
            ({"h": 56, "w": 56, "c": 96},),
            _WINDOW,
            ({"h": 56, "w": 56, "c": 96},),
            params=37755,
            macs=145108992,
            note="Swin-T's first stage",
        ),
        Example(
            ((96, 30, 30),),
            {**_WINDOW, "shift_size": 3},
            ((96, 30, 30),),
            params=37755,
            macs=56683200,
            note="counted on 35×35, the windows filled up",
        ),
    ),
    refusals=(
        Refusal(
            ((197, 768),),
            {"num_heads": 10},
            "ND309",
            "num_heads 10 does not divide the 768 channels of the query; use a number that divides them, or state "
            "head_dim",
        ),
        Refusal(
            ((197, 768),),
            {"num_heads": 12, "num_kv_heads": 5},
            "ND309",
            "num_kv_heads 5 does not divide num_heads 12; each serves as many heads of the query",
        ),
        Refusal(
            ((768, 14, 14),),
            {"num_heads": 12},
            "ND307",
            "MultiheadAttention needs the axes t, c; its input is 768×14×14 (c, h, w): write Tokens before it",
        ),
        Refusal(
            ({"c": 64, "t": 100},),
            {"num_heads": 4},
            "ND307",
            "MultiheadAttention needs the axes t, c; its input is 64×100 (c, t): write Permute: {dims: [t, c]} before "
            "it",
        ),
        Refusal(
            ((10, 64), (64,)),
            {"num_heads": 4},
            "ND307",
            "MultiheadAttention needs the axes t, c; the key is 64 (c): write Reshape: {shape: [1, -1]} before it",
        ),
        Refusal(
            ((10, 64), (20, 64), (21, 64)),
            {"num_heads": 4},
            "ND308",
            "MultiheadAttention needs as many keys as values; they are 20×64 (t, c) and 21×64 (t, c)",
        ),
        Refusal(
            ((10, 64),),
            {"num_heads": 4, "relative_position_bias": True},
            "ND309",
            "relative_position_bias is for attention within windows; write window_size, too",
        ),
        Refusal(
            ((96, 56, 56),),
            {"num_heads": 3, "window_size": [7, 7, 7]},
            "ND309",
            "window_size has 3 numbers, its input 2 axes beside c (h, w)",
        ),
        Refusal(
            ((96, 56, 56),),
            {"num_heads": 3, "window_size": 7, "shift_size": 7},
            "ND309",
            "shift_size 7 must be smaller than window_size 7; Swin shifts by half of it, 3",
        ),
        Refusal(
            ((96, 56, 56), (96, 56, 56)),
            {"num_heads": 3, "window_size": 7},
            "ND309",
            "window_size is for attention within one input, not between 2",
        ),
        Refusal(
            ((64,),),
            {"num_heads": 4, "window_size": 7},
            "ND307",
            "MultiheadAttention with window_size needs tokens (t, c) or a map (c, h, w or h, w, c); its input is 64 "
            "(c)",
        ),
    ),
)
