"""What is said of names, values and files that come from other tools."""

from __future__ import annotations

import io
import pickle
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from nets import built, errors

from netdraw.ops import OPS
from netdraw.spec.advice.foreign import ATTRIBUTES, MISSING, WRITTEN
from netdraw.spec.advice.hints import as_written, attribute_meant, fold, op_meant
from netdraw.spec.library import library_block, library_names, names_with

KNOWN = names_with({}).known()


def said(name: str) -> str:
    """What is said of one layer of that name."""
    (fault,) = errors(built(f"layers:\n  - {name}\n"))
    return fault


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Dense: 10", "Linear"),
        ("InnerProduct: 10", "Linear"),
        ("Gemm: 10", "Linear"),
        ("relu", "ReLU"),
        ("Relu", "ReLU"),
        ("conv2d: {filters: 8}", "Conv2d"),
        ("Conv2D: 8", "Conv2d"),
        ("Convolution: 8", "Conv2d"),
        ("BatchNormalization", "BatchNorm2d"),
        ("FusedBatchNormV3", "BatchNorm2d"),
        ("MaxPooling2D: 2", "MaxPool2d"),
        ("max_pool2d: 2", "MaxPool2d"),
        ("GlobalAveragePooling2D", "AdaptiveAvgPool2d"),
        ("Conv2DTranspose: 8", "ConvTranspose2d"),
        ("Concatenate", "Concat"),
        ("connected: 10", "Linear"),
        ("Softmx", "Softmax"),
        ("Conv2s: 8", "Conv2d"),
        ("InvertedResidul: 8", "InvertedResidual"),
        ("ConvBnAct: 8", "ConvBNAct"),
    ],
)
def test_a_name_of_another_tool_or_a_slip_is_answered_by_ours(written: str, meant: str) -> None:
    assert said(written).endswith(f"; did you mean '{meant}'?")


def test_a_name_for_several_ops_names_them_all() -> None:
    assert said("MaxPool: 2").endswith("; did you mean 'MaxPool1d', 'MaxPool2d' or 'MaxPool3d'?")
    assert said("Eltwise").endswith("; did you mean 'Add' or 'Mul'?")
    assert said("Pooling: 2").endswith("; did you mean 'AdaptiveAvgPool2d', 'AvgPool2d' or 'MaxPool2d'?")


OURS = {fold(name) for op in OPS for names in OPS[op].names.values() for name in names}.union(map(fold, KNOWN))
LACKING = [name for names in MISSING.values() for name in names.split() if fold(name) not in OURS]


def test_what_netdraw_lacks_is_told_and_never_answered_with_another_op() -> None:
    assert len(LACKING) > 50
    for name in LACKING:
        hint = op_meant(name, KNOWN)
        assert hint.startswith(f"; netdraw has no {name} (") and "Opaque: {out: [" in hint, hint


@pytest.mark.parametrize(
    ("name", "right"),
    [("RRelu", "RReLU"), ("FractionalMaxPol2d", "FractionalMaxPool2d"), ("SyncBatchNrom", "SyncBatchNorm")],
)
def test_a_slip_in_the_name_of_what_is_lacking_is_told_so(name: str, right: str) -> None:
    assert f"netdraw has no {right} (PyTorch) yet: state its shape by Opaque" in op_meant(name, KNOWN)


@pytest.mark.parametrize("name", ["DeformableConv", "Conv4d", "ReLU8", "GhostConv2d", "L3Norm", "Foo"])
def test_what_nobody_knows_is_not_answered_with_another_op(name: str) -> None:
    assert op_meant(name, KNOWN) == "; where netdraw lacks an op, state its shape by Opaque: {out: [64, 32, 32]}"


def test_an_op_of_ours_wins_over_what_is_lacking() -> None:
    assert op_meant("conv_lstm2d", [*KNOWN, "ConvLSTM2D"]) == "; did you mean 'ConvLSTM2D'?"


def test_no_slip_of_an_op_leads_to_another() -> None:
    """A letter left out anywhere in a name still leads to the op, or is the name of another."""
    for name in OPS.names():
        for place in range(1, len(name)):
            slip = name[:place] + name[place + 1 :]
            if len(name) > 4 and not name[place].isdigit():
                hint = op_meant(slip, KNOWN)
                assert name in hint or "netdraw has no" in hint or slip in KNOWN, (slip, hint)


def test_every_row_of_the_tables_is_read() -> None:
    assert "write ConvBNAct" in op_meant("Conv2dNormActivation", KNOWN)
    assert all("; write " in op_meant(name, KNOWN) for names in WRITTEN.values() for name in names.split())
    known = {attr.name for name in OPS for attr in OPS[name].attrs}
    known |= {param.name for name in library_names() if (block := library_block(name)) for param in block.params}
    assert set(ATTRIBUTES) <= known


@pytest.mark.parametrize(
    ("layer", "hint"),
    [
        ("Conv2d: {filters: 8, kernel_size: 3}", "unknown attribute 'filters' of Conv2d; did you mean 'out_channels'?"),
        ("Conv2d: {out_channels: 8, kernel_size: 3, strides: 2}", "did you mean 'stride'?"),
        ("Linear: {units: 8}", "did you mean 'out_features'?"),
        (
            "Conv2d: {in_channels: 3, out_channels: 8, kernel_size: 3}",
            "'in_channels' of Conv2d; it is inferred, leave it out",
        ),
        ("ConvBNAct: {in_channels: 3, out_channels: 8}", "'in_channels' of ConvBNAct; it is inferred, leave it out"),
        ("BatchNorm2d: {num_features: 3}", "'num_features' of BatchNorm2d; it is inferred, leave it out"),
        ("BatchNorm2d: 3", "not 3; num_features is inferred, leave it out: '- BatchNorm2d'"),
        ("Conv2d: {out_channels: 8, kernel_size: 3, padding: SAME}", "not 'SAME'; write same"),
        ("Conv2d: {out_channels: 8, kernel_size: 3, padding: valid}", "not 'valid'; write 0"),
        ("Conv2d: {out_channels: 8, kernel_size: 3, padding: VALID}", "not 'VALID'; write 0"),
        ("ConvBNAct: {out_channels: 8, padding: valid}", "not 'valid'; write 0"),
        ("ConvBNAct: {out_channels: 8, padding: SAME}", "ND103 unknown op or block 'SAME'; write same"),
        ("MaxPool2d: {kernel_size: 2, rounding: Ceil}", "not 'Ceil'; write ceil"),
        ("Conv2d: {out_channels: 8, kernel_size: 3, bias: yes}", "not 'yes'; write true"),
        ("Softmax: 1", "not 1; write c"),
        ("ConvBNAct: {out_channels: 8, act: relu}", "holds 'relu', which is no op or block; did you mean 'ReLU'?"),
        ("ConvBNAct: {out_channels: 8, act: false}", "holds false, which is no op or block; write none for no layer"),
        ("ConvBNAct: {out_channels: 8, act: None}", "unknown op or block 'None'; write none for no layer"),
        (
            "ConvBNAct: {out_channels: 8, act: linear}",
            "holds 'linear', which is no op or block; write none for no layer",
        ),
        ("ConvBNAct: {out_channels: 8, act: {leaky_relu: 0.1}}", "did you mean 'LeakyReLU'?"),
        ("ConvBNAct: {out_channels: 8, act: act}", "holds 'act', which is no op or block (in"),
        ("ConvBNAct: {out_channels: 'Max(8, 4)'}", "unknown function 'Max'; did you mean 'max'?"),
        ("ConvBNAct: {out_channels: 8, norm: bn}", "holds 'bn', which is no op or block; write BatchNorm2d"),
        (
            "ConvBNAct: {out_channels: 8, norm: sync_batch_norm}",
            "no op or block; netdraw has no SyncBatchNorm (PyTorch)",
        ),
        ("ConvBNAct: {out_channels: 8, act: LeakyReLU(0.1)}", "write {LeakyReLU: 0.1}"),
        ("ConvBNAct: {out_channels: 8, act: nn.ReLU}", "write ReLU"),
        ("ConvBNAct: {out_channels: 8, act: nn.ReLU()}", "write ReLU"),
        ("nn.ReLU()", "ND116 'nn.ReLU()' is no layer; write ReLU"),
        ("Conv2d(8, 3)", "is no layer; write {Conv2d: {…}} with the attributes by name"),
        ("Concat: [a, b]", "not ['a', 'b']; write 'Concat: {from: [a, b]}'"),
        ("Add: [a, b]", "Add takes no attribute; write 'Add: {from: [a, b]}'"),
        ("Flatten: 1", "Flatten takes no attribute; write '- Flatten'"),
        ("ReLU: {inplace: true}", "'inplace' of ReLU; it changes neither shape nor cost, leave it out"),
        ("Conv2d: {out_channels: 8, kernel_size: 3, padding_mode: zeros}", "neither shape nor cost, leave it out"),
        ("Conv2d: {out_channels: 8, kernel_size: 3, activation: relu}", "an activation is a layer of its own, such as"),
        ("Bottleneck: {out_channels: 8, activation: relu}", "did you mean 'act'?"),
        ("Opaque: {category: convolution}", "did you mean 'conv'?"),
        ("Opaque: {category: pool.mx}", "did you mean 'pool.max'?"),
        ("Opaque: {category: activation.relu}", "did you mean 'activation'?"),
    ],
)
def test_habits_are_answered_with_what_to_write(layer: str, hint: str) -> None:
    assert hint in said(layer)


def test_a_param_in_capitals_is_answered_by_the_param() -> None:
    head = "netdraw: 1\nname: n\ninput: [3, 8, 8]\nparams: {width: 8}\nlayers:\n"
    (fault,) = errors(built(head + "  - ConvBNAct: Width\n"))
    assert fault.endswith("; did you mean 'width'?")
    (fault,) = errors(built(head.replace("3, 8, 8", "3, H, 8") + "  - ReLU\n"))
    assert fault.startswith("net.yaml:3:12: ND301 a size is a whole number, or an expression over params")


def test_the_manual_answers_the_names_of_other_tools() -> None:
    from netdraw.cli.commands import cli

    for subject, meant in (
        ("Dense", "'Linear'"),
        ("ND30", "did you mean 'ND"),
        ("CosineSimilarity", "netdraw has no CosineSimilarity"),
    ):
        result = CliRunner().invoke(cli, ["explain", subject])
        assert meant in result.output and result.exit_code == 1


def test_what_is_written_as_python_is_said_as_yaml() -> None:
    assert as_written("nn.LeakyReLU(negative_slope=0.2)") == "{LeakyReLU: {negative_slope: 0.2}}"
    assert as_written("nn.ReLU(inplace=True)") == "ReLU"
    assert as_written("tf.nn.leaky_relu(0.2)") == "{LeakyReLU: 0.2}"
    assert as_written("layers.Dense(10)") == "{Linear: 10}"
    assert [as_written(text) for text in ("max(a, b)", "a.b", "ReLU", "(a)", "depth(3)")] == [None] * 5
    assert attribute_meant("strides", ["kernel_size", "stride"]) == "stride"
    assert attribute_meant("strides", ["kernel_size"]) is None


def field(number: int, value: bytes | int) -> bytes:
    """One field of a protocol buffer: a number of one byte, or bytes."""
    key, out = number << 3 | (2 if isinstance(value, bytes) else 0), b""
    for part in (key, len(value)) if isinstance(value, bytes) else (key, value):
        while part > 127:
            out, part = out + bytes([part & 127 | 128]), part >> 7
        out += bytes([part])
    return out + value if isinstance(value, bytes) else out


def archive(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name in names:
            made.writestr(name, b"\x80\x02}q\x00.")
    return file.getvalue()


NODE = field(1, b"conv1") + field(2, b"Conv2D") + field(3, b"input")
LAYER = field(1, b"conv1") + field(2, b"Convolution")
FILES: dict[str, tuple[bytes, str]] = {
    "net.onnx": (field(1, 8) + field(2, b"pytorch") + field(7, field(1, b"node")), "an ONNX model"),
    "net.pt": (archive("net/data.pkl", "net/version"), "a PyTorch checkpoint"),
    "script.pt": (archive("net/constants.pkl", "net/code/x.py"), "a PyTorch checkpoint"),
    "old.pth": (pickle.dumps({"conv.weight": [1.0]}, 2), "a pickle, such as a PyTorch checkpoint"),
    "net.keras": (archive("metadata.json", "config.json", "model.weights.h5"), "a Keras model"),
    "net.h5": (b"\x89HDF\r\n\x1a\n\x00\x00\x00\x00", "a Keras model or its weights, in HDF5"),
    "weights.npz": (archive("conv1.npy"), "a NumPy archive of weights"),
    "saved_model.pb": (field(1, 1) + field(2, field(1, b"meta")), "a TensorFlow SavedModel"),
    "frozen.pb": (field(1, NODE) * 3, "a TensorFlow graph"),
    "net.tflite": (b"\x1c\x00\x00\x00TFL3\x14\x00 \x00", "a TensorFlow Lite model"),
    "net.caffemodel": (field(1, b"LeNet") + field(100, LAYER), "a Caffe model with its weights"),
    "old.caffemodel": (field(1, b"LeNet") + field(2, field(4, 5)), "a Caffe model with its weights"),
    "net.safetensors": ((64).to_bytes(8, "little") + b'{"a":{"dtype":"F32"}}', "a file of weights (Safetensors)"),
    "net.gguf": (b"GGUF\x03\x00\x00\x00", "a file of weights (GGUF)"),
    "net.prototxt": (b'name: "LeNet"\nlayer {\n  name: "c"\n  type: "Convolution"\n}\n', "a Caffe network (prototxt)"),
    "v1.prototxt": (b'name: "LeNet"\nlayers {\n  name: "c"\n  type: CONVOLUTION\n}\n', "a Caffe network (prototxt)"),
    "graph.pbtxt": (b'node {\n  name: "c"\n  op: "Conv2D"\n}\n', "a TensorFlow graph as text"),
    "yolo.cfg": (b"[net]\n# Testing\nbatch=1\n\n[convolutional]\nfilters=32\n", "a darknet network (.cfg)"),
    "yolov8.yaml": (b"nc: 80\nbackbone:\n  - [-1, 1, Conv, [64, 3, 2]]\nhead:\n  - [-1, 1, SPPF, [1024, 5]]\n", "an Ultralytics model"),
    "net.json": (b'{"class_name": "Sequential", "config": {"name": "net"}}', "a Keras model as JSON"),
    "net.py": (b"import torch.nn as nn\n\nclass Net(nn.Module):\n    pass\n", "Python code"),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_another_tool_is_told_by_its_content(name: str, tmp_path: Path) -> None:
    """Its suffix says nothing; a long one is recognised before it is too long."""
    from netdraw.api.load import load
    from netdraw.core.errors import NetdrawError

    data, what = FILES[name]
    file = tmp_path / "net.yaml"
    for more in (b"", b"\x00" * (4 * 2**20) if b"\x00" in data else b""):
        file.write_bytes(data + more)
        with pytest.raises(NetdrawError) as caught:
            load(str(file))
        assert [str(fault) for fault in caught.value.faults] == [
            f"{file}:1:1: ND016 this is {what}, not a spec; state the network in one: netdraw new mynet.yaml begins it"
        ]


@pytest.mark.parametrize(
    "command",
    ["render F", "check F", "summary F", "cost F", "explain F conv1", "diff F lenet", "compare F lenet", "sweep F --over a=1", "new N --from F"],
)  # fmt: skip
def test_every_command_says_so_once(command: str, tmp_path: Path) -> None:
    from netdraw.cli.commands import cli

    file = tmp_path / "net.onnx"
    file.write_bytes(FILES["net.onnx"][0])
    words = [{"F": str(file), "N": str(tmp_path / "new.yaml")}.get(word, word) for word in command.split()]
    result = CliRunner().invoke(cli, words)
    assert result.output.count("ND") == 1 and "ND016 this is an ONNX model" in result.output, result.output
    assert result.exit_code == (2 if command.startswith("diff") else 1)


def test_a_folder_of_tensorflow_is_told(tmp_path: Path) -> None:
    from netdraw.api.load import find
    from netdraw.core.errors import SourceError

    (tmp_path / "saved_model.pb").write_bytes(b"")
    with pytest.raises(SourceError, match="ND016 this is a TensorFlow SavedModel"):
        find(str(tmp_path))


def test_a_spec_is_never_taken_for_another_tools() -> None:
    from netdraw.spec.advice.recognition import recognised
    from netdraw.spec.sources import zoo_files

    texts = [text.data for text in zoo_files()]
    texts += [file.read_bytes() for file in sorted((Path(__file__).parent / "bad").glob("*.yaml"))]
    for text in texts:
        assert isinstance(text, bytes)
        assert recognised(text) is None and recognised(text.replace(b"netdraw: 1", b"")) is None
