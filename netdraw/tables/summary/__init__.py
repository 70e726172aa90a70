"""Summaries: the layer table and the totals of a network. The formats of this package add themselves here."""

from . import data, markup, outline, text
from .base import SUMMARIES, Summary, summary
from .report import Report, report

__all__ = ["SUMMARIES", "Report", "Summary", "data", "markup", "outline", "report", "summary", "text"]
