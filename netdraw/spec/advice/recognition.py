"""Files of other tools, recognised by their content: models, weights and code, which are no specs.

A suffix says little, since all of these are renamed and piped; and a text of ours never looks like one of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ...core.records import NamedTuple

_HEAD = 1 << 16
"""How many bytes are looked at where a kind shows itself at its beginning."""
_OURS = re.compile(rb"^netdraw\s*:", re.MULTILINE)
_BINARY = re.compile(rb"[\x00-\x08]")
_MOST_FIELDS = 50


class Kind(NamedTuple):
    """A kind of file: what it is, and whether the bytes of a file are of this kind."""

    what: str
    test: Callable[[bytes], bool]


def recognised(data: bytes | str) -> str | None:
    """What a text is that another tool wrote, in words; None for a spec, and for what nobody knows."""
    found = data[:_HEAD].encode("utf-8", "replace") if isinstance(data, str) else data
    if _OURS.search(found[:_HEAD]):
        return None
    return next((kind.what for kind in KINDS if kind.test(found)), None)


def not_a_spec(what: str) -> str:
    """The message on a file of another tool."""
    return f"this is {what}, not a spec; state the network in one: netdraw new mynet.yaml begins it"


def _starts(*magic: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(magic)


def _zip_with(*names: bytes) -> Callable[[bytes], bool]:
    """A ZIP archive that holds one of these files."""
    return lambda data: data.startswith(b"PK\x03\x04") and any(name in data for name in names)


def _lines(*patterns: bytes) -> Callable[[bytes], bool]:
    """A text in which each pattern begins a line."""
    tests = [re.compile(rb"^" + pattern, re.MULTILINE) for pattern in patterns]
    return lambda data: all(test.search(data[:_HEAD]) for test in tests)


def _is_hdf5(data: bytes) -> bool:
    return any(data[at : at + 8] == b"\x89HDF\r\n\x1a\n" for at in (0, 512, 1024, 2048))


def _is_safetensors(data: bytes) -> bool:
    """A length in 8 bytes, and a map in JSON of that length."""
    length = int.from_bytes(data[:8], "little")
    return 2 <= length <= 10**8 and data[8:9] == b"{" and any(key in data for key in (b'"dtype"', b'"__metadata__"'))


def _is_keras_json(data: bytes) -> bool:
    return data.lstrip().startswith(b"{") and all(key in data for key in (b'"class_name"', b'"config"'))


def _is_onnx(data: bytes) -> bool:
    """A ModelProto: its version, and a graph or a set of operators."""
    fields = dict(_fields(data))
    version = fields.get(1)
    return isinstance(version, int) and 0 < version < 100 and bool({7, 8} & fields.keys())


def _is_saved_model(data: bytes) -> bool:
    """A SavedModel: schema version 1, and graphs."""
    fields = dict(_fields(data))
    return fields.get(1) == 1 and isinstance(fields.get(2), bytes) and len(fields) == 2


def _is_graph_def(data: bytes) -> bool:
    """A GraphDef: nodes that begin with a name and an op."""
    node = next(_fields(data), (0, b""))[1]
    inner = dict(_fields(node)) if isinstance(node, bytes) else {}
    return _is_word(inner.get(1)) and _is_word(inner.get(2))


def _is_caffe_model(data: bytes) -> bool:
    """A NetParameter: its name, and layers of the new or the old form."""
    fields = dict(_fields(data))
    named = _is_word(fields.get(1))
    return isinstance(fields.get(100), bytes) or (named and isinstance(fields.get(2), bytes))


def _is_word(value: int | bytes | None) -> bool:
    return isinstance(value, bytes) and value.isascii() and value.decode().isprintable() and bool(value)


def _fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """The first fields of a protocol buffer, by number; they end where the bytes are none."""
    at = 0
    if not _BINARY.search(data[:_HEAD]):
        return
    for _ in range(_MOST_FIELDS):
        key, at = _varint(data, at)
        number, wire = key >> 3, key & 7
        if at > len(data) or not number or wire not in (0, 1, 2, 5):
            return
        value, at = _varint(data, at) if wire in (0, 2) else (0, at + (8 if wire == 1 else 4))
        if wire == 2:
            yield number, data[at : at + value]
            at += value
        else:
            yield number, value


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number in groups of 7 bits, and where it ends; it ends behind the data where that is cut off."""
    value = 0
    for shift in range(0, 70, 7):
        if at >= len(data):
            break
        value |= (data[at] & 127) << shift
        at += 1
        if data[at - 1] < 128:
            return value, at
    return 0, len(data) + 1


_LIBRARIES = rb"(?:torch|torchvision|timm|tensorflow|keras|jax|flax|mxnet|paddle|caffe|onnx)\b"

KINDS: tuple[Kind, ...] = (
    Kind("a PyTorch checkpoint", _zip_with(b"/data.pkl", b"/constants.pkl", b"/.data/serialization_id")),
    Kind("a Keras model", _zip_with(b"model.weights.h5")),
    Kind("a NumPy archive of weights", _zip_with(b".npy")),
    Kind("a Keras model or its weights, in HDF5", _is_hdf5),
    Kind("a pickle, such as a PyTorch checkpoint", _starts(b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05")),
    Kind("a TensorFlow Lite model", lambda data: data[4:8] == b"TFL3"),
    Kind("a file of weights (Safetensors)", _is_safetensors),
    Kind("a file of weights (GGUF)", _starts(b"GGUF")),
    Kind("an ONNX model", _is_onnx),
    Kind("a TensorFlow SavedModel", _is_saved_model),
    Kind("a TensorFlow graph", _is_graph_def),
    Kind("a Caffe model with its weights", _is_caffe_model),
    Kind("a Caffe network (prototxt)", _lines(rb"\s*layers?\s*\{", rb".*\btype\s*:")),
    Kind("a TensorFlow graph as text", _lines(rb"\s*node\s*\{", rb"\s*op\s*:")),
    Kind("a darknet network (.cfg)", _lines(rb"\s*\[net(?:work)?\]\s*$", rb"\s*\w+\s*=")),
    Kind("an Ultralytics model", _lines(rb"backbone\s*:", rb"head\s*:")),
    Kind("a Keras model as JSON", _is_keras_json),
    Kind("Python code", _lines(rb"\s*(?:import|from)\s+" + _LIBRARIES)),
)
"""Tried in this order; a row each."""
