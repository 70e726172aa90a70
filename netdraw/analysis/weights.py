"""The weights of a layer: those of its parameters that its products multiply, without biases and norms.

A kernel is multiplied at every place, so that its factors are among those of the MACs; a bias and the scale of a norm
are not.
"""

from ..ops.base import Attrs, Cost, OpDef, Types, total


def weights(op: OpDef, attrs: Attrs, inputs: Types, outputs: Types) -> int:
    """How many there are; 0 for an op without a rule for its MACs."""
    return total(_terms(op, attrs, inputs, outputs))


def weight_term(op: OpDef, attrs: Attrs, inputs: Types, outputs: Types) -> tuple[int, ...]:
    """The sizes of the first kernel, `kernel … × in × out`; empty where there is none."""
    found = _terms(op, attrs, inputs, outputs)
    return tuple(size for _, size in found[0].factors) if found else ()


def _terms(op: OpDef, attrs: Attrs, inputs: Types, outputs: Types) -> Cost:
    """The terms of the parameters whose factors all stand in one term of the MACs."""
    products = [frozenset(term.factors) for term in op.macs(attrs, inputs, outputs)] if op.macs else []
    terms = op.params(attrs, inputs, outputs) if products else ()
    return tuple([term for term in terms if any(product.issuperset(term.factors) for product in products)])
