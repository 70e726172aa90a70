"""Layers that read their own output: RNN, LSTM, GRU.

Sources: torch.nn.RNN, LSTM, GRU, whose gates have two biases each; projected states: Sak et al., arXiv:1402.1128.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .. import kinds
from ..base import Attr, Attrs, Cost, Example, Face, OpDef, Refusal, RuleError, Term, Types, elsewhere, registered
from ..common import described, need_tokens
from ..tensor import TensorType

Factors = tuple[tuple[str, int], ...]

GATES: Mapping[str, int] = {"RNN": 1, "GRU": 3, "LSTM": 4}
"""How many products of input and state each has."""


def _directions(attrs: Attrs) -> int:
    return 2 if attrs["bidirectional"] else 1


def _out(attrs: Attrs) -> int:
    """The width of one direction's output."""
    return attrs.get("proj_size") or int(attrs["hidden_size"])


def _states(name: str, attrs: Attrs) -> tuple[tuple[str, int], ...]:
    """The states by name, with their widths."""
    hidden = (("h_n", _out(attrs)),)
    return (*hidden, ("c_n", attrs["hidden_size"])) if name == "LSTM" else hidden


def _infer(name: str, attrs: Attrs, inputs: Types) -> Types:
    need_tokens(name, inputs[0])
    hidden, projected = attrs["hidden_size"], attrs.get("proj_size", 0)
    if projected >= hidden:
        message = f"proj_size {projected} must be smaller than hidden_size {hidden}"
        raise RuleError("ND309", message, "proj_size")
    directions = _directions(attrs)
    rows = directions * attrs["num_layers"]
    states = _states(name, attrs)
    if len(inputs) not in (1, 1 + len(states)):
        raise RuleError("ND311", f"{name} takes 1 input, or 3 with both states, h_0 and c_0, not {len(inputs)}")
    for (state, width), given in zip(states, inputs[1:], strict=False):
        _check_state(name, state[0] + "_0", (rows, width), given)
    made = TensorType((inputs[0].shape[0], directions * _out(attrs)), "tc", inputs[0].dtype)
    return (made, *(made._replace(shape=(rows, width)) for _, width in states))


def _check_state(name: str, state: str, needed: tuple[int, int], given: TensorType) -> None:
    """Raises ND308 where a first state has another size; a vector is a state of one row."""
    shape = (1, *given.shape) if given.axes == "c" else given.shape
    if given.axes not in ("c", "tc") or shape != needed:
        rows, width = needed
        message = f"{name} needs {state} of {rows}×{width} (layers × directions, width); it is {described(given)}"
        raise RuleError("ND308", message)


def _weights(name: str, attrs: Attrs, inputs: Types) -> Iterator[tuple[Factors, str]]:
    """The factors of the weights and what they are: of the input, of the state, and what projects it."""
    directions, layers = ("directions", _directions(attrs)), ("layers", attrs["num_layers"])
    hidden = (("gates", GATES[name]), ("hidden_size", attrs["hidden_size"]))
    yield (*hidden, ("in_features", inputs[0].shape[1]), directions), "input"
    if attrs["num_layers"] > 1:
        below = ("width below", directions[1] * _out(attrs))
        yield (*hidden, below, ("layers above", attrs["num_layers"] - 1), directions), "input of the layers above"
    yield (*hidden, ("state", _out(attrs)), layers, directions), "state"
    if attrs.get("proj_size"):
        yield (hidden[1], ("proj_size", attrs["proj_size"]), layers, directions), "projection of the state"


def _params(name: str, attrs: Attrs, inputs: Types) -> Cost:
    terms = [Term(factors, said) for factors, said in _weights(name, attrs, inputs)]
    if attrs["bias"]:
        gates = ("biases", 2), ("gates", GATES[name]), ("hidden_size", attrs["hidden_size"])
        terms.append(Term((*gates, ("layers", attrs["num_layers"]), ("directions", _directions(attrs))), "biases"))
    return tuple(terms)


def _macs(name: str, attrs: Attrs, inputs: Types) -> Cost:
    length = ("tokens", inputs[0].shape[0])
    return tuple([Term((*factors, length), said) for factors, said in _weights(name, attrs, inputs)])


def _face(name: str, attrs: Attrs) -> Face:
    layers, hidden = attrs["num_layers"], str(_out(attrs))
    both = "bidirectional." if attrs["bidirectional"] else ""
    hidden = f"2×{hidden}" if both else hidden
    return Face(f"recurrent.{both}{name.lower()}", out=hidden, layers=str(layers) if layers > 1 else "")


def _formula(name: str, attrs: Attrs, outputs: Types) -> tuple[str, ...]:
    output, directions = outputs[0], _directions(attrs)
    width = "proj_size" if attrs.get("proj_size") else "hidden_size"
    lines = [f"output = tokens × directions·{width} = {output.shape[0]} × {directions}·{_out(attrs)} = {output}"]
    rows = f"{attrs['num_layers']}·{directions}"
    for (state, size), kind in zip(_states(name, attrs), outputs[1:], strict=True):
        lines.append(f"{state} = layers·directions × width = {rows} × {size} = {kind}, read as {name.lower()}:{state}")
    return tuple(lines)


def _attributes(own: tuple[Attr, ...]) -> tuple[Attr, ...]:
    return (
        Attr("hidden_size", kinds.integer(), doc="width of the state"),
        Attr("num_layers", kinds.integer(), default=1, doc="layers, each of which reads the one below"),
        *own,
        Attr("bias", kinds.boolean(), default=True, doc="whether offsets are learned, two a gate as in PyTorch"),
        Attr("bidirectional", kinds.boolean(), default=False, doc="whether it is read both ways, side by side on c"),
        Attr("dropout", kinds.real(0, 1), default=0.0, doc="chance that an output between layers is set to 0"),
    )


def recurrent(
    name: str, doc: str, own: tuple[Attr, ...], names: Mapping[str, tuple[str, ...]], examples: tuple[Example, ...]
) -> OpDef:
    """The op of a recurrent layer; `own` are the attributes that the others lack."""
    return OpDef(
        name=name,
        snake=name.lower(),
        doc=doc,
        attrs=_attributes(own),
        infer=lambda attrs, inputs: _infer(name, attrs, inputs),
        face=lambda attrs, inputs, outputs: _face(name, attrs),
        inferred=("input_size",),
        widths=("hidden_size",),
        arity=(1, 3 if name == "LSTM" else 2),
        counts="recurrent",
        params=lambda attrs, inputs, outputs: _params(name, attrs, inputs),
        macs=lambda attrs, inputs, outputs: _macs(name, attrs, inputs),
        formula=lambda attrs, inputs, outputs: _formula(name, attrs, outputs),
        ports=lambda attrs, inputs: ("output", *(state for state, _ in _states(name, attrs))),
        names=names,
        examples=examples,
        refusals=_refusals(name),
    )


def _refusals(name: str) -> tuple[Refusal, ...]:
    """What all of them refuse."""
    signal = f"{name} needs the axes t, c; its input is 64×100 (c, t): write Permute: {{dims: [t, c]}} before it"
    image = f"{name} needs the axes t, c; its input is 512×1×26 (c, h, w): write Tokens before it"
    vector = f"{name} needs the axes t, c; its input is 64 (c): write Reshape: {{shape: [1, -1]}} before it"
    states = ((1, 16),) * (2 if name == "LSTM" else 1)
    wrong = f"{name} needs h_0 of 2×32 (layers × directions, width); it is 1×16 (t, c)"
    return (
        Refusal(({"c": 64, "t": 100},), {"hidden_size": 32}, "ND307", signal),
        Refusal(((512, 1, 26),), {"hidden_size": 32}, "ND307", image),
        Refusal(((64,),), {"hidden_size": 32}, "ND307", vector),
        Refusal(((100, 64), *states), {"hidden_size": 32, "num_layers": 2}, "ND308", wrong),
    )


define = registered(recurrent)

_STATE = " Its last state is read as a port, h_n."
_DEEP = {"hidden_size": 512, "num_layers": 2}

define(
    "RNN",
    "A plain recurrent layer: each token's output comes from the token and the output before it." + _STATE,
    (Attr("nonlinearity", kinds.choice("tanh", "relu"), default="tanh", doc="the activation; costs nothing"),),
    elsewhere("torch.nn.RNN", "RNN", "SimpleRNN", "RNN", darknet="rnn"),
    (
        Example(((5, 10),), {"hidden_size": 20}, ((5, 20), (1, 20)), params=640, macs=3000, note="PyTorch's example"),
        Example(
            ((5, 10), (2, 20)),
            {"hidden_size": 20, "num_layers": 2},
            ((5, 20), (2, 20)),
            params=1480,
            macs=7000,
            note="two layers and a first state",
        ),
    ),
)
define(
    "LSTM",
    "A recurrent layer with three gates and a memory. Its last states are read as ports, h_n and c_n.",
    (Attr("proj_size", kinds.integer(0), default=0, doc="width that the state is projected to; 0 for none"),),
    elsewhere("torch.nn.LSTM", "LSTM", "LSTM", "LSTM", darknet="lstm"),
    (
        Example(
            ((100, 300),), _DEEP, ((100, 512), (2, 512), (2, 512)), params=3768320, macs=376012800, note="two layers"
        ),
        Example(
            ((26, 512),),
            {"hidden_size": 256, "bidirectional": True},
            ((26, 512), (2, 256), (2, 256)),
            params=1576960,
            macs=40894464,
            note="CRNN's, read both ways",
        ),
        Example(
            ((7, 10), (1, 5), (1, 20)),
            {"hidden_size": 20, "proj_size": 5},
            ((7, 5), (1, 5), (1, 20)),
            params=1460,
            macs=9100,
            note="a projected state, and first states",
        ),
    ),
)
define(
    "GRU",
    "A recurrent layer with two gates." + _STATE,
    (),
    elsewhere("torch.nn.GRU", "GRU", "GRU CuDNNGRU", "", darknet="gru"),
    (
        Example(((5, 10),), {"hidden_size": 20}, ((5, 20), (1, 20)), params=1920, macs=9000, note="PyTorch's example"),
        Example(
            ((50, 80),),
            {"hidden_size": 128, "num_layers": 3, "bidirectional": True, "bias": False},
            ((50, 256), (6, 128)),
            params=749568,
            macs=37478400,
            note="three layers, read both ways",
        ),
    ),
)
