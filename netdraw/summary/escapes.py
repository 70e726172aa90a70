"""What must be escaped in each markup, as data; applied last, once per format."""

from __future__ import annotations

from collections.abc import Callable, Mapping

_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
_MARKDOWN = {char: "\\" + char for char in "\\`*_[]<>|&$~#"}
_LATEX = {
    **{char: "\\" + char for char in "&%$#_{}"},
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "<": r"\textless{}", ">": r"\textgreater{}", '"': r"\textquotedbl{}",
    "×": r"$\times$", "→": r"$\rightarrow$", "≥": r"$\geq$", "≤": r"$\leq$", "·": r"$\cdot$", "−": "$-$",
    "…": r"\dots{}", "–": "--",
    **{sign: rf"\textsuperscript{{{digit}}}" for digit, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
}  # fmt: skip


def escaper(table: Mapping[str, str]) -> Callable[[str], str]:
    """The escape that replaces each character of a table."""
    signs = str.maketrans(dict(table))
    return lambda text: text.translate(signs)


escape_html, escape_markdown, escape_latex = map(escaper, (_HTML, _MARKDOWN, _LATEX))
