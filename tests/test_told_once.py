"""One mistake, one fault: at its place, with what to write, and none that follows from it."""

from __future__ import annotations

import pytest

import netdraw
from netdraw.core.errors import NetdrawError

HEAD = "netdraw: 1\nname: net\ninput: [16, 8, 8]\n"


def told(text: str) -> list[str]:
    """The faults of a text, as a user sees them."""
    with pytest.raises(NetdrawError) as raised:
        netdraw.load(text)
    return [str(fault) for fault in raised.value.faults if fault.severity == "error"]


ONCE = {
    "layers: [{Conv2d: {out_channels: 8 if in_channels > 3 else foo, kernel_size: 3}}]": (
        "4:60: ND203 unknown name 'foo'; choose from in_channels, in_height, in_width, none"
    ),
    "layers: [{Conv2d: {out_channels: 8, kernel_size: 3, padding: same if true else sme}}]": (
        "4:80: ND203 unknown name 'sme'; did you mean 'same'?"
    ),
    "layers: [{layers: [{ConvBNAct: 8}], residual: auto if true else non}]": (
        "4:65: ND203 unknown name 'non'; did you mean 'none'?"
    ),
    "layers: [{Opaque: {out: {c: 8 if in_height > 3 else in_heigth}}}]": (
        "4:53: ND203 unknown name 'in_heigth'; did you mean 'in_height'?"
    ),
    "layers: [{layers: [ReLU], residual: {rul: auto}}]": (
        "4:38: ND105 unknown key 'rul' in residual; did you mean 'rule'?"
    ),
    "layers: [{parallel: [[], [ReLU]]}]": (
        "4:21: ND114 expected a map of branches in parallel, such as {left: [...], right: [...]}, found a list"
    ),
    "layers: [{Opaque: {out: in_shapes[0]}}]": (
        '4:25: ND110 an expression with square brackets needs quotes here: write "in_shapes[0]"'
    ),
    "ops: {F: {out: in_shapes[0]}}\nlayers: [F]": (
        '4:16: ND110 an expression with square brackets needs quotes here: write "in_shapes[0]"'
    ),
    "params: {width: 8}\nlayers: [{ConvBNAct: widht}]": "5:22: ND203 unknown name 'widht'; did you mean 'width'?",
    "layers: [{Conv2d: {out_channels: in_chanels, kernel_size: 1}}]": (
        "4:34: ND203 unknown name 'in_chanels'; did you mean 'in_channels'?"
    ),
    "variants: {a: {}}\naliases: {b: c, net2: net}\nlayers: [ReLU]": "5:14: ND011 no variant 'c'; choose from a",
    "variants: {a: {}}\naliases: {a: net}\nlayers: [ReLU]": (
        "5:11: ND401 'a' is a variant; give the alias another name"
    ),
    "layers: [{InvertedResidual: {out_channels: 8, expand: 0}}]": (
        "4:55: ND309 InvertedResidual: expand 0 leaves none of the 16 channels; it is how many times more there are "
        "inside (in inverted_residual, called in line 4)"
    ),
    "layers: [{SqueezeExcite: 0}]": (
        "4:26: ND309 SqueezeExcite: reduction 0 leaves none of the 16 channels; it is how many times fewer there are "
        "between the two convolutions, 16 at most; squeeze states that number itself "
        "(in squeeze_excite, called in line 4)"
    ),
    "layers: [{ReLU: {name: input}}]": (
        "4:24: ND117 'input' is the input of the block or group; give the layer another name"
    ),
    "blocks: {U: {params: {r: none}, residual: r, layers: [ReLU]}}\nlayers: [{U: {r: ReLU}}]": (
        "5:18: ND118 unknown residual rule ReLU; choose from always, auto, none, project (in u, called in line 5)"
    ),
    "blocks: {U: {params: {r: none}, residual: r, layers: [ReLU]}}\nlayers: [{U: {r: Auto}}]": (
        "5:18: ND103 unknown op or block 'Auto'; the residual rule is written auto"
    ),
}


@pytest.mark.parametrize("text", ONCE)
def test_a_mistake_is_told_once_at_its_place(text: str) -> None:
    assert told(HEAD + text + "\n") == [f"<text>:{ONCE[text]}"]


LACKS = "of this file, which stands here for the library's, does not take"
OWN = {
    "ops: {Conv2d: {params: 3}}\nlayers: [{ConvBNAct: 8}]": (
        f"5:11: ND105 the Conv2d {LACKS} out_channels, kernel_size, stride, padding, dilation, groups, bias; rename it "
        "(in ConvBNAct)"
    ),
    "blocks: {ConvBNAct: {params: {o: 8}, layers: [ReLU]}}\nlayers: [{InvertedResidual: 8}]": (
        f"5:11: ND105 the ConvBNAct {LACKS} out_channels, kernel_size, norm, act; rename it (in InvertedResidual)"
    ),
    "blocks: {ConvBNAct: {params: {o: 8}, layers: [ReLU]}}\n"
    "layers: [{layers: [{Conv2d: {out_channels: 8, kernel_size: 1}}], residual: project}]": (
        f"5:76: ND105 the ConvBNAct {LACKS} out_channels, kernel_size, stride, act; rename it"
    ),
    "blocks: {AdaptiveAvgPool2d: {params: {output_size: 1, k: required}, layers: [ReLU]}}\n"
    "layers: [{SqueezeExcite: 4}]": (
        "5:11: ND302 the AdaptiveAvgPool2d of this file, which stands here for the library's, needs k; rename it "
        "(in SqueezeExcite)"
    ),
}


@pytest.mark.parametrize("text", OWN)
def test_what_stands_for_the_librarys_takes_what_the_library_hands_to_it(text: str) -> None:
    with pytest.raises(NetdrawError) as raised:
        netdraw.load(HEAD + text + "\n")
    noted, fault = raised.value.faults
    assert noted.code == "ND414" and str(fault) == f"<text>:{OWN[text]}"


def test_a_network_has_inputs_and_a_single_one_is_read_by_its_name_too() -> None:
    head = "netdraw: 1\nname: net\ninputs: {image: [3, 8, 8]}\n"
    text = head + "layers: [{Conv2d: {out_channels: 8, kernel_size: 1, from: image}}]\n"
    assert netdraw.load(text).analysis.total.params == 3 * 8 + 8
    (fault,) = told("netdraw: 1\nname: net\ninputs: {}\nlayers: [ReLU]\n")
    assert fault.startswith("<text>:3:9: ND115 inputs is empty; expected a map of inputs by name, such as {src: ")
