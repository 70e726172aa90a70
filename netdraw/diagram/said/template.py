"""A label template: fields in braces between fixed text, `{kernel}, {out}\\n{stride}`.

A line is made of parts, which commas, semicolons, bars, middle dots, or spaces between two fields keep apart. A part
with a field that a cell lacks is left out with the separator before it, and so is a line without parts.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from ...core.errors import Fault, OptionError, did_you_mean, option
from ...core.records import NamedTuple

FIELDS = (
    *("kernel", "out", "in", "stride", "groups", "dilation", "heads", "window", "layers"),
    *("shape", "params", "macs", "name", "op"),
)
LINES = 2

_SEPARATOR = re.compile(r"(\s*[,;|·]\s*|(?<=\})\s+(?=\{))")
_FIELD = re.compile(r"\{([^{}]*)\}")


class TemplatePart(NamedTuple):
    """The separator before it, and its text with fields."""

    before: str
    text: str
    fields: tuple[str, ...]

    def fill(self, values: Mapping[str, str]) -> str:
        """Its text, "" where a field is empty."""
        if not all(values[name] for name in self.fields):
            return ""
        return _FIELD.sub(lambda match: values[match[1]], self.text)


Template = tuple[tuple[TemplatePart, ...], ...]
"""The parts of each line."""


@lru_cache(maxsize=16)
def read(text: str) -> Template:
    """The template of a text. Raises OptionError for an unknown field, a lonely brace, or a third line."""
    lines = text.replace("\\n", "\n").split("\n")
    faults = [message for line in lines for message in _wrong(line)]
    if not text.strip():
        faults.append("an empty template; write compact, full, relative or fields such as {kernel}")
    if len(lines) > LINES:
        faults.append(f"{len(lines)} lines; a label has at most {LINES}")
    if not _FIELD.search(text) and not faults:
        faults.append(f"no field in '{text}'{did_you_mean(text, ('compact', 'full', 'relative'))}")
    if faults:
        raise OptionError([Fault("ND625", message, where=option("labels")) for message in faults])
    return tuple([_parts(line) for line in lines])


def fill(template: Template, values: Mapping[str, str]) -> tuple[str, ...]:
    """The lines of a label; `values` has every field, "" for one that the cell lacks."""
    lines = []
    for parts in template:
        line = ""
        for part in parts:
            if text := part.fill(values):
                line += (part.before if line else "") + text
        lines.append(line.strip())
    return tuple(filter(None, lines))


def _parts(line: str) -> tuple[TemplatePart, ...]:
    pieces = ["", *_SEPARATOR.split(line)]
    pairs = zip(pieces[::2], pieces[1::2], strict=True)
    return tuple([TemplatePart(before, text, tuple(_FIELD.findall(text))) for before, text in pairs if text])


def _wrong(line: str) -> list[str]:
    names = _FIELD.findall(line)
    faults = [f"unknown field '{{{name}}}'{did_you_mean(name, FIELDS)}" for name in names if name not in FIELDS]
    if "{" in _FIELD.sub("", line) or "}" in _FIELD.sub("", line):
        faults.append(f"a brace without its other in '{line}'")
    return faults
