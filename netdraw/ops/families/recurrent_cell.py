"""One step of a recurrent layer: RNNCell, LSTMCell, GRUCell. Sources: torch.nn's classes of these names."""

from __future__ import annotations

from collections.abc import Mapping

from .. import kinds
from ..base import Attr, Attrs, Cost, Example, Face, OpDef, Refusal, RuleError, Term, Types, elsewhere, registered
from ..common import described
from .recurrent import GATES


def _infer(layer: str, attrs: Attrs, inputs: Types) -> Types:
    name, hidden = f"{layer}Cell", attrs["hidden_size"]
    if inputs[0].axes != "c":
        repair = f": write {layer} for all tokens" if inputs[0].axes == "tc" else ""
        raise RuleError("ND307", f"{name} needs a vector (c); its input is {described(inputs[0])}{repair}")
    if layer == "LSTM" and len(inputs) == 2:
        raise RuleError("ND311", f"{name} takes 1 input, or 3 with both states, h_0 and c_0, not 2")
    for state, given in zip(("h_0", "c_0"), inputs[1:], strict=False):
        if given.shape != (hidden,):
            raise RuleError("ND308", f"{name} needs {state} of {hidden} (c); it is {described(given)}")
    made = inputs[0].replace(c=hidden)
    return (made, made) if layer == "LSTM" else (made,)


def _weights(layer: str, attrs: Attrs, inputs: Types) -> list[Term]:
    gates, hidden = ("gates", GATES[layer]), ("hidden_size", attrs["hidden_size"])
    into, state = ("in_features", inputs[0].shape[0]), ("state", attrs["hidden_size"])
    return [Term((gates, hidden, into), "input"), Term((gates, hidden, state), "state")]


def _params(layer: str, attrs: Attrs, inputs: Types) -> Cost:
    terms = _weights(layer, attrs, inputs)
    if attrs["bias"]:
        counts = (("biases", 2), ("gates", GATES[layer]), ("hidden_size", attrs["hidden_size"]))
        terms.append(Term(counts, "biases"))
    return tuple(terms)


def cell(layer: str, own: tuple[Attr, ...], names: Mapping[str, tuple[str, ...]], *examples: Example) -> OpDef:
    """The op that is one step of a layer; `own` are the attributes that the others lack."""
    states, is_lstm = "h_1 and c_1" if layer == "LSTM" else "h_1", layer == "LSTM"
    tokens = f"{layer}Cell needs a vector (c); its input is 5×10 (t, c): write {layer} for all tokens"
    hidden = Attr("hidden_size", kinds.integer(), doc="width of the state")
    bias = Attr("bias", kinds.boolean(), default=True, doc="whether offsets are learned, two a gate as in PyTorch")
    return OpDef(
        name=f"{layer}Cell",
        snake=f"{layer.lower()}_cell",
        doc=f"One step of {layer}: a vector and, as further inputs, the state before it; without these it begins at 0. "
        f"It gives {states}.",
        attrs=(hidden, *own, bias),
        infer=lambda attrs, inputs: _infer(layer, attrs, inputs),
        face=lambda attrs, inputs, outputs: Face(f"recurrent.{layer.lower()}", out=str(attrs["hidden_size"])),
        inferred=("input_size",),
        widths=("hidden_size",),
        arity=(1, 3 if is_lstm else 2),
        counts="recurrent",
        params=lambda attrs, inputs, outputs: _params(layer, attrs, inputs),
        macs=lambda attrs, inputs, outputs: tuple(_weights(layer, attrs, inputs)),
        formula=lambda attrs, inputs, outputs: (f"state = hidden_size = {attrs['hidden_size']}",),
        ports=lambda attrs, inputs: ("h_1", "c_1") if is_lstm else ("h_1",),
        names=names,
        examples=examples,
        refusals=(
            Refusal(((5, 10),), {"hidden_size": 20}, "ND307", tokens),
            Refusal(
                ((10,), *((8,),) * (2 if is_lstm else 1)),
                {"hidden_size": 20},
                "ND308",
                f"{layer}Cell needs h_0 of 20 (c); it is 8 (c)",
            ),
        ),
    )


define = registered(cell)

_WIDE = {"hidden_size": 20}

define(
    "RNN",
    (Attr("nonlinearity", kinds.choice("tanh", "relu"), default="tanh", doc="the activation; costs nothing"),),
    elsewhere("torch.nn.RNNCell", "RNN", "SimpleRNNCell", ""),
    Example(((10,),), _WIDE, ((20,),), params=640, macs=600, note="PyTorch's example"),
    Example(((10,), (20,)), _WIDE, ((20,),), params=640, macs=600, note="with the state before it"),
)
define(
    "LSTM",
    (),
    elsewhere("torch.nn.LSTMCell", "LSTM", "LSTMCell", "LSTMUnit"),
    Example(((10,),), _WIDE, ((20,), (20,)), params=2560, macs=2400, note="PyTorch's example"),
    Example(
        ((10,), (20,), (20,)), {**_WIDE, "bias": False}, ((20,), (20,)), params=2400, macs=2400, note="with states"
    ),
)
define(
    "GRU",
    (),
    elsewhere("torch.nn.GRUCell", "GRU", "GRUCell", ""),
    Example(((10,),), _WIDE, ((20,),), params=1920, macs=1800, note="PyTorch's example"),
    Example(((10,), (20,)), _WIDE, ((20,),), params=1920, macs=1800, note="with the state before it"),
)
