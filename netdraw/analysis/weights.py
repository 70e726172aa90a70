"""The weights of a layer: those of its parameters that its products multiply, without biases and norms."""

from ..ops.base import Attrs, OpDef, Types


def weights(op: OpDef, attrs: Attrs, inputs: Types, outputs: Types) -> int:
    """How many there are: the terms of the parameters whose factors all stand in one term of the MACs.

    A kernel is multiplied at every place, so that its factors are among those of the MACs; a bias and the scale of a
    norm are not. 0 for an op without a rule for its MACs.
    """
    products = [frozenset(term.factors) for term in op.macs(attrs, inputs, outputs)] if op.macs else []
    terms = op.params(attrs, inputs, outputs) if products else ()
    return sum([term.value for term in terms if any(product.issuperset(term.factors) for product in products)])
