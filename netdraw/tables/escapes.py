"""What must be escaped in each markup, as data; applied last, once per format."""

from __future__ import annotations

from collections.abc import Callable, Iterable

_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
_MARKDOWN = {char: "\\" + char for char in "\\`*_[]<>|&$~#"}
GREEK = {
    "αβγδεζηθικλμνξοπρςστυφχψω": "alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi o pi rho "
    "varsigma sigma tau upsilon varphi chi psi omega",
    "ΓΔΘΛΞΠΣΥΦΨΩ": "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega",
    "ϵϑϖϱϕµ": "epsilon vartheta varpi varrho phi mu",
}
SIGNS = {
    "×": "times", "→": "rightarrow", "←": "leftarrow", "↑": "uparrow", "↓": "downarrow", "↔": "leftrightarrow",
    "≥": "geq", "≤": "leq", "≠": "neq", "≈": "approx", "∞": "infty", "·": "cdot", "⋅": "cdot", "∘": "circ", "∗": "ast",
    "√": "surd", "∑": "sum", "∏": "prod", "∈": "in", "∂": "partial", "⊕": "oplus", "⊗": "otimes", "⊙": "odot",
    "′": "prime", "±": "pm", "÷": "div", "⌈": "lceil", "⌉": "rceil", "⌊": "lfloor", "⌋": "rfloor",
}  # fmt: skip
_LATEX = {
    **{char: "\\" + char for char in "&%$#_{}"},
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "|": r"\textbar{}",
    "<": r"\textless{}", ">": r"\textgreater{}", '"': "''", "−": "$-$", "…": r"\dots{}", "–": "--", "—": "---",
    **{sign: rf"$\{name}$" for sign, name in SIGNS.items()},
    **{sign: "$o$" if name == "o" else rf"$\{name}$"
       for signs, names in GREEK.items() for sign, name in zip(signs, names.split(), strict=True)},
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧ", "ABEZHIKMNOPTX", strict=True)),
    **{sign: rf"\textsuperscript{{{text}}}" for text, sign in zip("0123456789+n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺ⁿ", strict=True)},
    **{sign: rf"\textsubscript{{{text}}}" for text, sign in zip("0123456789", "₀₁₂₃₄₅₆₇₈₉", strict=True)},
    "⁻": r"\textsuperscript{$-$}",
}  # fmt: skip
_SET = {*map(chr, range(0xA0, 0x180)), *"‐‑‒―‖‘’“”†‡•‰‱‽№€™ȘșȚț"} - {*"«»ÐÞðþĄąĐđĘęĦħĮįĸĿŀŉŊŋŦŧŲųſ"}
"""What pdfLaTeX sets as it is in its default encodings, UTF-8 and OT1, besides ASCII."""


def _escaper(table: dict[str, str]) -> Callable[[str], str]:
    """The escape that replaces each character of a table."""
    signs = str.maketrans(table)
    return lambda text: text.translate(signs)


escape_html, escape_markdown, escape_latex = map(_escaper, (_HTML, _MARKDOWN, _LATEX))


def needs(packages: Iterable[str], text: str) -> str:
    """The first line of a file of LaTeX: what its text needs, and the characters that pdfLaTeX cannot set."""
    beyond = "".join(dict.fromkeys(char for char in text if not char.isascii() and char not in _SET))
    engine = f"\n% pdfLaTeX cannot set {beyond}: compile with XeLaTeX or LuaLaTeX, and a font that has these."
    return f"% Needs \\usepackage{{{','.join(packages)}}}; the text is UTF-8.{engine if beyond else ''}\n"
