"""Networks of tokens: attention, recurrent layers and embeddings, whole and to the totals of others."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from figures import sizes
from layout_checks import collisions

import netdraw
from netdraw.analysis.cost import weights
from netdraw.ops import OPS
from netdraw.ops.rules import complete
from netdraw.ops.tensor import written
from netdraw.styles.cells.measures import LOOP

SPECS = sorted((Path(__file__).parent / "specs_sequence").glob("*.yaml"))


def load(layers: list[Any], **top: Any) -> netdraw.Network:
    return netdraw.load({"netdraw": 1, "name": "n", **top, "layers": layers})


def totals(layers: list[Any], **top: Any) -> tuple[int, int]:
    whole = load(layers, **top).analysis.total
    return whole.params, whole.macs


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_a_network_has_the_totals_that_were_published(path: Path) -> None:
    net = netdraw.load(path)
    assert "expect: {params: " in path.read_text(encoding="utf-8") and not net.faults and not net.unexpected


KINDS: list[Any] = [
    *({name: {"hidden_size": 32, "bidirectional": both}} for both in (False, True) for name in ("RNN", "GRU", "LSTM")),
    {"SelfAttention": 4},
    {"MultiheadAttention": 4},
]


def test_the_legend_has_every_kind_once_and_no_handle_reaches_the_line_above() -> None:
    drawing = load(KINDS, input=[20, 64]).draw()
    assert drawing.diagram is not None and drawing.placement is not None
    texts = [entry.text for entry in drawing.diagram.legend]
    assert len(texts) == len(set(texts)) and {"attention", "bidirectional GRU", "LSTM"} <= set(texts)
    ends = sorted({(placed.y, placed.d) for placed in drawing.placement.legend})
    assert len(ends) > 1
    for (above, _), (below, size) in pairwise(ends):
        assert below - (0.5 + LOOP) * size > above + size / 2


@pytest.mark.slow
@pytest.mark.parametrize("style", ["cells", "boxes"])
@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_every_command_has_an_answer(path: Path, style: str) -> None:
    net = netdraw.load(path)
    drawing = net.draw(style=style)
    assert drawing.diagram is not None and drawing.placement is not None
    assert collisions(drawing.placement, drawing.diagram, sizes(style=style)) == []
    assert net.summary() and net.cost()


# Attention


@pytest.mark.parametrize("attrs", [{}, {"bias": False}, {"num_kv_heads": 2}, {"num_kv_heads": 1, "bias": False}])
@pytest.mark.parametrize("shape", [(197, 768), (10, 24)])
def test_the_block_of_the_parts_costs_what_the_op_does(attrs: dict[str, Any], shape: tuple[int, int]) -> None:
    top = {"input": list(shape)}
    one, parts = ([{name: {"num_heads": 6, **attrs}}] for name in ("MultiheadAttention", "SelfAttention"))
    assert totals(one, **top) == totals(parts, **top)
    assert load(one, **top).graph.nodes[-1].outputs == load(parts, **top).graph.nodes[-1].outputs


def test_the_products_of_attention_grow_with_the_square_of_the_length() -> None:
    def macs(length: int) -> int:
        return totals([{"ScaledDotProductAttention": {"num_heads": 4, "from": ["input"] * 3}}], input=[length, 32])[1]

    assert macs(200) == 4 * macs(100)


def test_windows_cost_in_proportion_to_the_map() -> None:
    """All tokens with all would make it 4 times as much twice over: arXiv:2103.14030, equations 1 and 2."""

    def macs(side: int) -> int:
        return totals([{"MultiheadAttention": {"num_heads": 3, "window_size": 7}}], input=[96, side, side])[1]

    assert macs(56) == 4 * macs(28)
    assert macs(28) == 4 * 28**2 * 96**2 + 2 * 7**2 * 28**2 * 96


def test_one_window_over_all_tokens_is_attention_among_all() -> None:
    whole = [{"MultiheadAttention": {"num_heads": 4}}]
    windowed = [{"MultiheadAttention": {"num_heads": 4, "window_size": 50}}]
    assert totals(whole, input=[50, 64]) == totals(windowed, input=[50, 64])


def test_the_weights_of_an_attention_are_its_four_projections() -> None:
    op, inputs = OPS["MultiheadAttention"], (written((10, 64)),)
    attrs = complete(op, {"num_heads": 4})
    assert weights(op, attrs, inputs, inputs) == 4 * 64 * 64


def test_explain_has_every_product_of_an_attention_in_a_line() -> None:
    said = load([{"MultiheadAttention": 12}], input=[197, 768]).explain("attention")
    assert "query · key: num_heads × head_dim × queries × keys = 12 × 64 × 197 × 197 = 29,805,312" in said
    assert "weight · value: num_heads × head_dim × queries × keys = 12 × 64 × 197 × 197 = 29,805,312" in said
    assert said.count("projection:") == 8


# Recurrent layers


@pytest.mark.parametrize(("length", "macs"), [(50, 188006400), (100, 376012800)])
def test_the_macs_of_an_lstm_grow_with_the_length(length: int, macs: int) -> None:
    """Those of torch's counter over two cells, step by step."""
    assert totals([{"LSTM": {"hidden_size": 512, "num_layers": 2}}], input=[length, 300]) == (3768320, macs)


@pytest.mark.parametrize("name", ["RNN", "GRU", "LSTM"])
def test_a_layer_of_one_token_costs_what_a_cell_does(name: str) -> None:
    layer = totals([{name: 20}], input=[1, 10])
    assert layer == totals([{f"{name}Cell": 20}], input=[10])


def test_the_last_states_are_read_by_name() -> None:
    layers = [
        {"LSTM": {"hidden_size": 32, "num_layers": 2, "bidirectional": True, "name": "lstm"}},
        {"Flatten": {"from": "lstm:h_n"}},
        {"Linear": {"out_features": 5}},
    ]
    graph = load(layers, input=[7, 16]).graph
    assert [str(kind) for kind in graph.nodes[1].outputs] == ["128"]


def test_a_decoder_begins_with_the_states_of_its_encoder() -> None:
    layers: list[Any] = [
        {"LSTM": {"hidden_size": 32, "from": "src", "name": "encoder"}},
        {"LSTM": {"hidden_size": 32, "from": ["tgt", "encoder:h_n", "encoder:c_n"]}},
    ]
    assert totals(layers, inputs={"src": [9, 8], "tgt": [5, 16]}) == (5376 + 6400, 9 * 5120 + 5 * 6144)


# Weights that are shared


def test_a_head_tied_to_the_words_counts_once() -> None:
    words = {"Embedding": {"num_embeddings": 1000, "embedding_dim": 64, "name": "words"}}
    head = {"Linear": {"out_features": 1000, "bias": False, "shares": "words"}}
    assert totals([words, head], input={"t": 10}) == (64000, 640000)


def test_a_head_on_five_levels_counts_once_and_works_five_times() -> None:
    levels: list[Any] = []
    for number, size in enumerate((16, 8, 4, 2, 1)):
        pool = {"AdaptiveAvgPool2d": {"output_size": size, "from": "input", "name": f"p{number}"}}
        head = {"Conv2d": {"out_channels": 9, "kernel_size": 1, "name": f"head{number}"}}
        levels += [pool, {**head, "shares": "head0"} if number else head]
    outputs = {f"out{number}": f"head{number}" for number in range(5)}
    assert totals(levels, input=[32, 32, 32], outputs=outputs) == (32 * 9 + 9, 32 * 9 * (256 + 64 + 16 + 4 + 1))
