"""What differs between two networks. The formats of this package add themselves here."""

from . import data, markup, text
from .base import DIFFS, Format, diff_format
from .compare import compare
from .model import Diff, Side

__all__ = ["DIFFS", "Diff", "Format", "Side", "compare", "data", "diff_format", "markup", "text"]
