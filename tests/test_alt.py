"""The alt text: what the network is, from the network alone, in 80 to 150 characters whatever the network."""

from __future__ import annotations

import re
from collections.abc import Mapping

import nets
import pytest
from figures import network
from hypothesis import given, settings
from hypothesis import strategies as st
from test_properties import SMALL, networks

import netdraw
from netdraw.analysis.cost import analyse
from netdraw.core.numbers import short
from netdraw.diagram.said.alt import LEAST, LONGEST, alt_text
from netdraw.diagram.said.glossary import LANGUAGES
from netdraw.diagram.said.labels import shape_text
from netdraw.ops import OPS
from netdraw.ops.tensor import Shape
from netdraw.spec.sources import zoo_names

TITLES = st.one_of(st.text(min_size=1, max_size=300), st.sampled_from(["n", "网", "T" * 60, "T" * 61, "A title " * 40]))


def fits(text: str) -> bool:
    return LEAST <= len(text) <= LONGEST


@pytest.mark.parametrize(
    ("name", "lang", "text"),
    [
        (
            "mobilenet_v2",
            "en",
            "MobileNetV2 (2018): neural network from 3×224² to 1000; 17 InvertedResidual blocks;"
            " 10 of 17 residual blocks add; 3.50 M parameters, 301 M MACs.",
        ),
        (
            "inception_v3",
            "en",
            "Inception v3 (2015): neural network from 3×299² to 1000; 4 InceptionC, 3 InceptionA, 2 InceptionE,"
            " 2 other blocks; 23.8 M parameters, 5.71 G MACs.",
        ),
        (
            "vgg16",
            "en",
            "VGG-16 (2014): neural network from 3×224² to 1000; 40 layers in 5 stages; 13 convolution,"
            " 3 fully connected layers; 138 M parameters, 15.5 G MACs.",
        ),
        (
            "densenet121",
            "en",
            "DenseNet-121 (2016): neural network from 3×224² to 1000; 58 DenseLayer blocks; 119 pre-activations;"
            " 7.98 M parameters, 2.83 G MACs.",
        ),
        (
            "unet",
            "zh",
            "U-Net（2015）：从 1×572² 到 2×388² 的神经网络；模块 DoubleConv ×5、Up ×4；56 层，9 级；卷积 ×23；"
            "参数量 31.0 M，乘加次数 150 G。",
        ),
    ],
)
def test_it_says_what_the_network_is(name: str, lang: str, text: str) -> None:
    assert network(name).alt(lang=lang) == text


@pytest.mark.parametrize("name", zoo_names())
def test_every_network_of_the_zoo_has_one(name: str) -> None:
    net = network(name)
    for lang in LANGUAGES:
        text = net.alt(lang=lang)
        assert fits(text) and text.startswith(net.header.title or name)
        assert short(net.analysis.total.params) in text and short(net.analysis.total.macs) in text
        assert shape_text(net.graph.inputs[0][1]) in text
    said = re.search(r"(\d+) of (\d+) residual", net.alt())
    done = [did for did, _ in nets.residuals(net.graph).values()]
    if said:
        assert (int(said[1]), int(said[2])) == (len(done) - done.count("none"), len(done))


def test_it_is_the_description_of_the_figure() -> None:
    net = netdraw.load("googlenet")
    for lang in LANGUAGES:
        drawing = net.draw(lang=lang)
        assert drawing.alt == drawing.scene.description == net.alt(lang=lang)
        assert f">{net.alt(lang=lang)}</desc>" in drawing.to_bytes("svg").decode()
    assert "224²×3" in net.alt(shape_order="hwc") == net.draw(shape_order="hwc").alt


def test_it_draws_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("netdraw.api.network.Ladder", None)
    monkeypatch.setattr("netdraw.api.network.compose", None)
    assert fits(netdraw.load("resnet152").alt())


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(TITLES, st.sampled_from(LANGUAGES), st.sampled_from([None, 1, 2018, 999_999]))
@pytest.mark.parametrize("layer", ["ReLU", "{Linear: 1}", "{Reshape: [1]}", "Flatten", "Softmax"])
def test_one_layer_and_any_title(layer: str, title: str, lang: str, year: int | None) -> None:
    graph = nets.graph(f"netdraw: 1\nname: n\ninput: [1]\nlayers: [{layer}]\n")
    assert fits(alt_text(graph, analyse(graph), title, year, lang))


@SMALL
@given(networks(), TITLES, st.sampled_from(LANGUAGES))
def test_random_networks(text: str, title: str, lang: str) -> None:
    if nets.errors(nets.built(text)):
        return
    graph = nets.graph(text)
    assert fits(alt_text(graph, analyse(graph), title, 2020, lang))


def _shape(shape: Shape) -> object:
    return dict(shape) if isinstance(shape, Mapping) else list(shape)


@pytest.mark.parametrize("op", sorted(OPS))
def test_one_layer_of_any_op(op: str) -> None:
    for example in OPS[op].examples[:1]:
        inputs: dict[str, object] = {f"i{number}": _shape(shape) for number, shape in enumerate(example.inputs)}
        attrs = {**example.attrs, "from": list(inputs)} if len(inputs) > 1 else dict(example.attrs)
        layers: list[object] = [{op: attrs}]
        if not inputs:  # a network has one
            inputs = {"i0": _shape(example.outputs[0])}
            layers.append({"Add": {"from": ["i0", -1]}})
        net = netdraw.load({"netdraw": 1, "name": "n", "inputs": inputs, "layers": layers})
        for lang in LANGUAGES:
            assert fits(net.alt(lang=lang))


def test_names_that_are_too_long_and_many_outputs_are_counted() -> None:
    name = "B" + "lock" * 30
    heads = {"heads": {f"h{one}": [{"Linear": 123_456_789}] for one in range(30)}}
    blocks = {key: {"layers": [{"layers": ["ReLU"], "name": "inner"}]} for key in (name, "C")}
    layers = [*[{name: {}}] * 3, *[{"C": {}}] * 2, heads]
    net = netdraw.load({"netdraw": 1, "name": "n", "input": [123_456_789], "blocks": blocks, "layers": layers})
    for lang in LANGUAGES:
        text = net.alt(lang=lang)
        assert fits(text) and name not in text and "30" in text
    assert "; 5 blocks;" in net.alt() and "to 30 outputs" in net.alt()


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(netdraw.NetdrawError, match="ND623"):
        netdraw.load("lenet").alt(lang="xx")
