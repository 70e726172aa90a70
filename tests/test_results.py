"""What a spec states of the trained network: read, inherited where it holds, and told with its source."""

from __future__ import annotations

import json

import pytest
from figures import network

import netdraw
from netdraw.api.new import copy_of
from netdraw.spec.model import Results
from netdraw.spec.sources import FoundSpec, zoo_names

STATED = Results(71.9, "mine")
TEXT = """\
netdraw: 1
name: small
input: [3, 32, 32]
params: {width: 4}
results: {top1: 71.9, source: mine}
layers: [{ConvBNAct: width}]
variants:
  same: {}
  named: {title: Same network}
  wide: {width: 8}
  own: {width: 8, results: {top1: 73, source: theirs}}
"""


@pytest.mark.parametrize(
    ("variant", "expected"),
    [(None, STATED), ("same", STATED), ("named", STATED), ("wide", None), ("own", Results(73.0, "theirs"))],
)
def test_results_hold_for_the_network_that_they_are_of(variant: str | None, expected: Results | None) -> None:
    assert netdraw.load(TEXT, variant=variant).header.results == expected
    assert netdraw.load(TEXT, variant=variant, width=6).header.results is None


def test_results_are_told_with_their_source() -> None:
    net = netdraw.load(TEXT)
    assert net.spec.to_dict()["header"]["results"] == {"top1": 71.9, "source": "mine"}
    assert json.loads(net.summary("json"))["results"] == {"top1": 71.9, "source": "mine"}
    assert json.loads(netdraw.load(TEXT, width=5).summary("json"))["results"] is None


@pytest.mark.parametrize("variant", ["same", "wide", "own"])
def test_a_copy_says_what_its_variant_said(variant: str) -> None:
    before = netdraw.load(TEXT, variant=variant)
    assert netdraw.load(copy_of(FoundSpec(TEXT.encode(), "<text>", variant))).header.results == before.header.results


# torchvision 0.28: acc@1 of the weights IMAGENET1K_V1, with num_params beside it.
TORCHVISION = {
    "alexnet_torchvision": (56.522, 61_100_840),
    "vgg11": (69.020, 132_863_336),
    "vgg13": (69.928, 133_047_848),
    "vgg16": (71.592, 138_357_544),
    "vgg19": (72.376, 143_667_240),
    "resnet18": (69.758, 11_689_512),
    "resnet34": (73.314, 21_797_672),
    "resnet50": (76.130, 25_557_032),
    "resnet101": (77.374, 44_549_160),
    "resnet152": (78.312, 60_192_808),
    "resnext50": (77.618, 25_028_904),
    "resnext101_32x8d": (79.312, 88_791_336),
    "resnext101_64x4d": (83.246, 83_455_272),
    "densenet121": (74.434, 7_978_856),
    "densenet161": (77.138, 28_681_000),
    "densenet169": (75.600, 14_149_480),
    "densenet201": (76.896, 20_013_928),
    "squeezenet1_0": (58.092, 1_248_424),
    "squeezenet1_1": (58.178, 1_235_496),
    "googlenet_torchvision": (69.778, 6_624_904),
    "inception_v3": (77.294, None),  # theirs has the auxiliary classifier's, which takes no part in a guess
    "mobilenet_v2": (71.878, 3_504_872),
}
# Per cent, by those who trained them: errors are taken from 100.
AUTHORS = {
    "mobilenet_v1": 70.6,
    "mobilenet_v1_075": 68.4,
    "mobilenet_v1_050": 63.7,
    "mobilenet_v1_025": 50.6,
    "mobilenet_v1_slim": 70.9,
    "mobilenet_v2_caffe": 71.9,
    "nasnet_mobile": 74.0,
    "nasnet_large": 82.7,
    "squeezenet": 57.5,
    "resnet50_paper": 100 - 24.7,
    "se_resnet50": 100 - 22.37,
    "se_resnext50": 100 - 20.97,
}
BARE = {"alexnet", "googlenet", "lenet", "mtcnn", "onet", "rnet", "pnet", "ssd300", "ssd300_nms", "unet"}
"""Those without: no classifier of ImageNet, or no number that could be looked up."""


@pytest.mark.parametrize("name", zoo_names())
def test_the_zoo_states_what_its_sources_say(name: str) -> None:
    net = network(name)
    found, key = net.header.results, net.variant or net.name
    same = {"densenet": "densenet121", "nasnet": "nasnet_mobile", "resnet": "resnet50", "resnext": "resnext50",
            "se_resnet": "se_resnet50", "vgg": "vgg16"}  # fmt: skip
    key = same.get(key, key)
    if key in BARE:
        assert found is None
        return
    assert found is not None
    if key in TORCHVISION:
        top1, params = TORCHVISION[key]
        assert found.top1 == top1
        assert found.source.startswith("torchvision 0.28, IMAGENET1K_V1")
        assert params in (None, net.analysis.total.params)
    else:
        assert found.top1 == pytest.approx(AUTHORS[key])
        assert " et al., " in found.source or found.source.split("/")[0] in ("tensorflow", "shicai")
