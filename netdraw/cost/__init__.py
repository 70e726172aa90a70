"""Where the cost of a network lies: as tables, as a figure of bars, and as a figure of a separable pair's filters."""

from .document import document
from .report import Amount, Costs, Piece, costs

__all__ = ["Amount", "Costs", "Piece", "costs", "document"]
