"""What differs between two networks. The formats of this package add themselves here."""

from .difference import Difference, difference
from .model import Diff, Side
from .tables import data, markup, text
from .tables.base import DIFFS, Format, diff_format

__all__ = ["DIFFS", "Diff", "Difference", "Format", "Side", "data", "diff_format", "difference", "markup", "text"]
