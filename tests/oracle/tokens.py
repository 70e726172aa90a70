"""What reads tokens or indices: attention, recurrent layers and their cells, embeddings; and Bilinear."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from .base import Attrs, Dice, Impossible, Layer, Malformed, Row, Sizes, Told
from .counting import count, weights
from .windows import keywords

# Attention


def draw_attention(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    heads = dice.randint(1, 4)
    query = dice.tensor("tc", c=heads * dice.randint(1, 4) + dice.rare(0.1))
    key = dice.tensor("tc")
    value = dice.tensor("tc", t=key["t"] + dice.rare(0.1))
    given = {"bias": dice.random() < 0.5, "causal": True, "dropout": dice.choice([0.1, 1.5, 0.0])}
    return {"num_heads": heads, **dice.some(given, 0.3)}, (query, key, value)[: dice.randint(1, 3)]


def tokens(layer: Layer, number: int = 0) -> tuple[int, int]:
    """How many tokens an input has, and how wide they are."""
    given = layer.inputs[number]
    if [*given] != ["t", "c"]:
        raise Malformed("axes")
    return given["t"], given["c"]


def attention(layer: Layer) -> Told:
    """Four projections, and every query with every key, once for the scores and once for the values."""
    last, heads = len(layer.inputs) - 1, layer.whole("num_heads")
    (queries, wide), (keys, key), (values, value) = (tokens(layer, min(at, last)) for at in range(3))
    if wide % heads or keys != values or not 0 <= layer.attrs.get("dropout", 0) <= 1:
        raise Impossible("heads, values or dropout")
    projections = [(queries, wide), (keys, key), (values, value), (queries, wide)]
    params = sum(weights(into, wide, 1) for _, into in projections)
    macs = sum(places * weights(into, wide, 1) for places, into in projections)
    offsets = 4 * wide if layer.attrs.get("bias", True) else 0
    return Told((layer.source,), params + offsets, macs + 2 * sum(keys * wide for _ in range(queries)))


def torch_attention(torch: Any, layer: Layer) -> Any:
    given = [one.get("c", 1) for one in layer.inputs]

    class Attention(torch.nn.Module):  # type: ignore[misc,name-defined]
        def __init__(self) -> None:
            super().__init__()
            bias, dropout = layer.attrs.get("bias", True), layer.attrs.get("dropout", 0.0)
            own = {"kdim": given[min(1, len(given) - 1)], "vdim": given[-1], "batch_first": True}
            made = torch.nn.MultiheadAttention(given[0], layer.attrs["num_heads"], dropout, bias, **own)
            self.made = made

        def forward(self, *inputs: Any) -> Any:
            return self.made(inputs[0], inputs[min(1, len(inputs) - 1)], inputs[-1])[0]

    return Attention()


def draw_products(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    heads, width = dice.randint(1, 4), dice.randint(1, 4)
    shared = dice.choice([one for one in range(1, heads + 1) if heads % one == 0 or dice.rare(0.1)])
    query, key = dice.tensor("tc", c=heads * width), dice.tensor("tc", c=shared * width + dice.rare(0.1))
    value = dice.tensor("tc", t=key["t"] + dice.rare(0.1), c=shared * dice.randint(1, 4) + dice.rare(0.1))
    attrs = {"num_heads": heads, **({} if shared == heads else {"num_kv_heads": shared})}
    return attrs, (query, key, value)


def attended(layer: Layer) -> Told:
    """Head by head: so many queries with so many keys, along the width of a head."""
    (queries, wide), (keys, key), (values, value) = (tokens(layer, at) for at in range(3))
    heads = layer.whole("num_heads", 1, 1)
    shared = layer.whole("num_kv_heads", 1, heads)
    if wide % heads or heads % shared or value % shared or keys != values or key * heads != wide * shared:
        raise Impossible("heads or widths")
    out = value // shared
    macs = sum(queries * keys * (wide // heads + out) for _ in range(heads))
    return Told(({"t": queries, "c": heads * out},), 0, macs)


def torch_products(torch: Any, layer: Layer) -> Any:
    heads = layer.attrs["num_heads"]
    shared = layer.attrs.get("num_kv_heads", heads)

    def run(query: Any, key: Any, value: Any) -> Any:
        query = query.unflatten(2, (heads, -1)).transpose(1, 2)
        key, value = (one.unflatten(2, (shared, -1)).transpose(1, 2) for one in (key, value))
        key, value = (one.repeat_interleave(heads // shared, 1) for one in (key, value))
        return ((query @ key.transpose(2, 3)).softmax(-1) @ value).transpose(1, 2).flatten(2)

    return run


# Recurrent layers

GATES = {"RNN": ["new"], "GRU": ["reset", "update", "new"], "LSTM": ["input", "forget", "cell", "output"]}


def draw_recurrent(name: str) -> Any:
    def draw(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
        hidden, layers, both = dice.randint(0 if dice.rare() else 1, 8), dice.randint(1, 3), dice.random() < 0.4
        given: Attrs = {"num_layers": layers, "bias": dice.random() < 0.5, "bidirectional": both}
        if name == "LSTM":
            given["proj_size"] = dice.randint(0, hidden)
        attrs = {"hidden_size": hidden, **dice.some(given)}
        rows = attrs.get("num_layers", 1) * (2 if attrs.get("bidirectional") else 1) + dice.rare(0.05)
        states = [{"t": rows, "c": attrs.get("proj_size") or max(hidden, 1)}, {"t": rows, "c": max(hidden, 1)}]
        further = states[: 2 if name == "LSTM" else 1] if dice.random() < 0.3 else []
        return attrs, (dice.tensor("tc"), *(further[:1] if dice.rare() else further))

    return draw


def recurrent(layer: Layer) -> Told:
    """Layer by layer and way by way, each gate has a weight from every input and from every state."""
    length, into = tokens(layer)
    hidden, ways = layer.whole("hidden_size"), 2 if layer.attrs.get("bidirectional") else 1
    state = layer.attrs.get("proj_size") or hidden
    if layer.attrs.get("proj_size", 0) >= hidden:
        raise Impossible("a projection that is not smaller")
    layers, gates = layer.whole("num_layers", 1, 1), len(GATES[layer.op])
    number = offsets = 0
    for below, _ in pairwise([into, *[ways * state] * layers]):
        for _ in range(ways):
            number += gates * (weights(below, hidden, 1) + weights(state, hidden, 1))
            number += weights(hidden, state, 1) if layer.attrs.get("proj_size") else 0
            offsets += 2 * gates * hidden
    last = [{"t": layers * ways, "c": width} for width in ((state, hidden) if layer.op == "LSTM" else (state,))]
    if len(layer.inputs) > 1 and list(layer.inputs[1:]) != last:
        raise Impossible("states of another size")
    outputs = ({"t": length, "c": ways * state}, *last)
    return Told(outputs, number + (offsets if layer.attrs.get("bias", True) else 0), length * number)


def torch_recurrent(torch: Any, layer: Layer) -> Any:
    size = layer.source.get("c", 1)

    class Recurrent(torch.nn.Module):  # type: ignore[misc,name-defined]
        def __init__(self) -> None:
            super().__init__()
            self.made = getattr(torch.nn, layer.op)(size, batch_first=True, **keywords(layer))

        def forward(self, source: Any, *states: Any) -> Any:
            first = [one.transpose(0, 1) for one in states]
            given = ([tuple(first)] if layer.op == "LSTM" else first) if first else []
            output, last = self.made(source, *given)
            states = last if layer.op == "LSTM" else (last,)
            return output, *(one.transpose(0, 1) for one in states)

    return Recurrent()


def draw_cell(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    hidden = dice.randint(0 if dice.rare() else 1, 8)
    attrs = {"hidden_size": hidden, **dice.some({"bias": dice.random() < 0.5})}
    states = [{"c": max(hidden, 1) + dice.rare(0.05)}] if dice.random() < 0.4 else []
    return attrs, (dice.tensor("c"), *states)


def draw_cell_with_memory(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    attrs, inputs = draw_cell(dice)
    return attrs, inputs if len(inputs) == 1 or dice.rare() else (*inputs, inputs[1])


def stepped(layer: Layer) -> Told:
    """One step of the layer of that name."""
    name, hidden = layer.op.removesuffix("Cell"), layer.whole("hidden_size")
    source, states = layer.need("c"), 2 if layer.op == "LSTMCell" else 1
    if len(layer.inputs) > 1 and list(layer.inputs[1:]) != [{"c": hidden}] * states:
        raise Impossible("states of another size")
    gates = GATES[name]
    number = sum(weights(source["c"], hidden, 1) + weights(hidden, hidden, 1) for _ in gates)
    offsets = 2 * len(gates) * hidden if layer.attrs.get("bias", True) else 0
    return Told(({"c": hidden},) * states, number + offsets, number)


def torch_cell(torch: Any, layer: Layer) -> Any:
    class Cell(torch.nn.Module):  # type: ignore[misc,name-defined]
        def __init__(self) -> None:
            super().__init__()
            self.made = getattr(torch.nn, layer.op)(layer.source.get("c", 1), **keywords(layer))

        def forward(self, source: Any, *states: Any) -> Any:
            given = [states] if layer.op == "LSTMCell" else states
            return self.made(source, *(given if states else []))

    return Cell()


# Embeddings and Bilinear


def draw_embedding(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    attrs = {"num_embeddings": dice.randint(0 if dice.rare() else 1, 9), "embedding_dim": dice.randint(1, 9)}
    axes = dice.choice(["t", "t", "c", "hw", "thw"])
    return {**attrs, **dice.some({"padding_idx": dice.randint(-10, 10)}, 0.2)}, (dice.tensor(axes, 6),)


def embedded(layer: Layer) -> Told:
    """A row for each index, behind whose axes the channels come; a vector is a row of indices."""
    words, width = layer.whole("num_embeddings"), layer.whole("embedding_dim")
    source = {"t": layer.source["c"]} if [*layer.source] == ["c"] else layer.source
    if "c" in source:
        raise Malformed("axes")
    if layer.attrs.get("padding_idx", 0) not in range(-words, words):
        raise Impossible("no such index")
    return Told(({**source, "c": width},), count(words, width))


def bagged(layer: Layer) -> Told:
    told = embedded(layer)
    (made,) = told.outputs
    if [*made] != ["t", "c"]:
        raise Malformed("axes")
    return told._replace(outputs=({"c": made["c"]},))


def torch_embedding(torch: Any, layer: Layer) -> Any:
    class Embedded(torch.nn.Module):  # type: ignore[misc,name-defined]
        def __init__(self) -> None:
            super().__init__()
            self.made = getattr(torch.nn, layer.op)(**layer.attrs)

        def forward(self, source: Any) -> Any:
            return self.made(torch.zeros_like(source, dtype=torch.long))

    return Embedded() if layer.attrs["num_embeddings"] else None


def draw_bilinear(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    first = dice.tensor(dice.choice(["c", "tc", "hwc", "ct"]), 5)
    second = {**first, "c": dice.randint(1, 6)}
    if dice.rare(0.1):
        second["t"] = 7
    return {"out_features": dice.randint(1, 6), **dice.some({"bias": dice.random() < 0.5})}, (first, second)


def bilinear(layer: Layer) -> Told:
    """A weight for each pair of elements, used once at every place with their product."""
    first, second = layer.inputs
    *places, last = first
    if last != "c" or [*second][-1] != "c":
        raise Malformed("axes")
    if [*first.items()][:-1] != [*second.items()][:-1]:
        raise Impossible("other places")
    out = layer.whole("out_features")
    number = sum(weights(second["c"], out, 1) for _ in range(first["c"]))
    offsets = out if layer.attrs.get("bias", True) else 0
    return Told(({**first, "c": out},), number + offsets, number * count(*(first[axis] for axis in places)))


def torch_bilinear(torch: Any, layer: Layer) -> Any:
    """With its products as those of a Linear, since PyTorch's counter has no rule for it."""

    class Products(torch.nn.Module):  # type: ignore[misc,name-defined]
        def __init__(self) -> None:
            super().__init__()
            self.made = torch.nn.Bilinear(*(one.get("c", 1) for one in layer.inputs), **keywords(layer))

        def forward(self, first: Any, second: Any) -> Any:
            self.made(first, second)
            pairs = (first.unsqueeze(-1) * second.unsqueeze(-2)).flatten(-2)
            return torch.nn.functional.linear(pairs, self.made.weight.flatten(1), self.made.bias)

    return Products()


TOKENS = {
    "MultiheadAttention": Row(draw_attention, attention, torch_attention),
    "ScaledDotProductAttention": Row(draw_products, attended, torch_products),
    **{name: Row(draw_recurrent(name), recurrent, torch_recurrent) for name in GATES},
    "RNNCell": Row(draw_cell, stepped, torch_cell),
    "GRUCell": Row(draw_cell, stepped, torch_cell),
    "LSTMCell": Row(draw_cell_with_memory, stepped, torch_cell),
    "Embedding": Row(draw_embedding, embedded, torch_embedding),
    "EmbeddingBag": Row(draw_embedding, bagged, torch_embedding),
    "Bilinear": Row(draw_bilinear, bilinear, torch_bilinear),
}
