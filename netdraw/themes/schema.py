"""The JSON Schema of themes, for editors: made from the types that a theme is read into."""

from __future__ import annotations

from typing import Any

from ..ops.categories import CATEGORIES
from ..spec.schema import DIALECT
from ..type.text import FAMILY
from .check import COLOR_KEYS, HEX, KEYS, LARGEST, VERSION
from .model import BARS, Colors, Font, Shapes, Strokes

Schema = dict[str, Any]

ABOUT = {
    "theme": "The version of the language of themes.",
    "name": "Stands in the figure's metadata; by itself the file's name.",
    "extends": "The theme that this one changes: a name, or a path that counts from this file; by itself default.",
    "colors": "The colours of texts, lines, the page and boxes, each '#rrggbb' or '#rgb'.",
    "cells": "By category the colours of a cell; one that is not there takes those of the one above it.",
    "strokes": "Widths of lines, in diameters of a cell.",
    "shapes": "The parts of a cell, in its diameter.",
    "font": "Sizes of texts, in diameters of a cell, and the family.",
    "bars": "Which outputs have a bar: some that mean something, or every one.",
    "rules": "Other colours for cells by their ids or category; a later rule wins.",
}


def schema() -> Schema:
    """The schema, in the dialect of 2020-12."""
    color = {"type": "string", "pattern": f"^({HEX})$"}
    paint = {"anyOf": [color, {"enum": [*Colors._fields, "none"]}]}
    length = {"type": "number", "exclusiveMinimum": 0, "maximum": LARGEST}
    part = {"type": "number", "minimum": 0, "maximum": 1}
    look = _object(dict.fromkeys(COLOR_KEYS, paint))
    rule = _object(
        {"id": {"type": "string"}, "category": {"enum": list(CATEGORIES)}, **dict.fromkeys(COLOR_KEYS, paint)}
    )
    needs = [{"anyOf": [{"required": [key]} for key in keys]} for keys in (("id", "category"), COLOR_KEYS)]
    properties: Schema = {
        "theme": {"const": VERSION},
        "name": {"type": "string"},
        "extends": {"type": "string"},
        "colors": _object(dict.fromkeys(Colors._fields, color)),
        "cells": _object(dict.fromkeys(CATEGORIES, look)),
        "strokes": _object(dict.fromkeys(Strokes._fields, length)),
        "shapes": _object(dict.fromkeys(Shapes._fields, part)),
        "font": _object({**dict.fromkeys(Font._fields[:-1], length), "family": {"const": FAMILY}}),
        "bars": {"enum": list(BARS)},
        "rules": {"type": "array", "items": {**rule, "allOf": needs}},
    }
    assert tuple(properties) == KEYS == tuple(ABOUT)
    described = {key: {**value, "description": ABOUT[key]} for key, value in properties.items()}
    return {"$schema": DIALECT, "title": "A theme for netdraw", **_object(described), "required": ["theme"]}


def _object(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "additionalProperties": False}
