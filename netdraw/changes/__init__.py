"""What differs between two networks. The formats of this package add themselves here."""

from .compare import compare
from .model import Diff, Side
from .tables import data, markup, text
from .tables.base import DIFFS, Format, diff_format

__all__ = ["DIFFS", "Diff", "Format", "Side", "compare", "data", "diff_format", "markup", "text"]
