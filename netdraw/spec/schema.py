"""The JSON Schema of specs, for editors: made from the ops, their attributes' kinds, and the library's blocks.

It accepts every right spec. What only the loader can judge, such as a word that no scope knows, it lets pass.
"""

from __future__ import annotations

from typing import Any

from ..ops import OPS, OpDef
from ..ops.stated import STATEMENTS
from .expressions.expr import MAX_LENGTH
from .forms import SOURCE
from .keywords import CAP_WORD, RULES, SNAKE_CASE
from .library import library_block, library_names
from .parser import KEYS, VARIANT_HEADER, VERSION

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
CAP, SNAKE = f"^{CAP_WORD}$", f"^{SNAKE_CASE}$"


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _any(*schemas: Schema) -> Schema:
    return {"anyOf": list(schemas)}


def _object(properties: Schema, required: tuple[str, ...] = (), **more: Any) -> Schema:
    found = {"type": "object", "properties": properties, "additionalProperties": False, **more}
    return {**found, "required": list(required)} if required else found


def _map(values: Schema, names: str | None = None) -> Schema:
    named = {"propertyNames": {"pattern": names}} if names else {}
    return {"type": "object", **named, "additionalProperties": values}


LAYERS, VALUE, TEXT, EXPRESSION = _ref("layers"), _ref("value"), _ref("text"), _ref("expression")
SOURCES: Schema = _any(_ref("source"), {"type": "array", "items": _ref("source"), "minItems": 1})
SHORTCUT = _any(LAYERS, _object({"from": _ref("source"), "layers": LAYERS}, ("layers",)))
RULE = _any({"enum": list(RULES)}, EXPRESSION)
RESIDUAL = _any(RULE, _object({"rule": RULE, "shortcut": SHORTCUT, "after": LAYERS}, ("rule",)))
BESIDE: Schema = {
    "name": {"type": "string", "pattern": SNAKE},
    "from": SOURCES,
    "when": _any({"type": "boolean"}, EXPRESSION),
    "repeat": _any({"type": "integer", "minimum": 0}, EXPRESSION),
    "residual": RESIDUAL,
    "label": TEXT,
    "shares": _ref("source"),
}
"""The reserved words that stand beside a layer."""
COLUMNS = _map(_any(VALUE, _map(VALUE, SNAKE)), "^[A-Za-z_][A-Za-z0-9_]*$")
"""Called as in the paper's table; where they are lists, they are attributes, in snake_case."""
BRANCHES = {**_map(_ref("branch"), SNAKE), "minProperties": 1}
OUTPUTS = _map(_ref("source"), SNAKE)
STRUCTURES: dict[str, Schema] = {
    "layers": {"layers": LAYERS, "outputs": OUTPUTS},
    "stages": {
        "stages": VALUE,
        "columns": COLUMNS,
        "rows": {"type": "array", "items": {"type": "array", "items": VALUE}},
        "first_only": _any({"type": "string"}, {"type": "array", "items": {"type": "string"}}),
    },
    "parallel": {"parallel": BRANCHES, "join": VALUE},
    "heads": {"heads": BRANCHES},
}
HEADER: Schema = {
    "title": TEXT,
    "year": {"type": "integer"},
    "source": TEXT,
    "links": _map(TEXT),
    "about": _any(TEXT, _map(TEXT)),
    "expect": _object({"params": {"type": "integer"}, "macs": {"type": "integer"}}),
    "results": _object(
        {"top1": {"type": "number", "exclusiveMinimum": 0, "maximum": 100}, "source": TEXT}, ("top1", "source")
    ),
}
ANYTHING = {"type": ["null", "number", "boolean", "string", "array", "object"]}
SIZES = {"type": "array", "items": _ref("size"), "minItems": 1, "maxItems": 4}
INPUT = _any(SIZES, {**_map(_ref("size"), "^[ctdhw]$"), "minProperties": 1})


def schema() -> Schema:
    """The schema, in the dialect of 2020-12."""
    properties: Schema = {
        "netdraw": {"const": VERSION, "description": "The version of the language."},
        "name": {"type": "string"},
        **HEADER,
        "params": _map(VALUE, SNAKE),
        "input": INPUT,
        "inputs": {**_map(INPUT, SNAKE), "minProperties": 1},
        "outputs": OUTPUTS,
        "defaults": _map(_any(VALUE, _map(VALUE, SNAKE)), CAP),
        "blocks": _map(_block(), CAP),
        "ops": _map(_own_op(), CAP),
        "require": _required(),
        "layers": LAYERS,
        "variants": _map(_any({"type": "null"}, _variant()), SNAKE),
        "aliases": _map({"type": "string"}),
    }
    assert set(properties) == set(KEYS)
    one_input = [{"required": ["input"]}, {"required": ["inputs"]}]
    whole = _object(properties, ("netdraw", "layers"), oneOf=one_input)
    return {"$schema": DIALECT, "title": "A network for netdraw", **whole, "$defs": _definitions()}


def _required() -> Schema:
    return _map(_object({"that": _any({"type": "boolean"}, EXPRESSION), "say": TEXT}, ("that", "say")), SNAKE)


def _variant() -> Schema:
    return _object({key: HEADER[key] for key in VARIANT_HEADER}, additionalProperties=VALUE)


def _block() -> Schema:
    inputs = _any({"type": "string"}, {"type": "array", "items": {"type": "string"}})
    properties: Schema = {
        "doc": TEXT,
        "params": _map(VALUE, SNAKE),
        "let": _map(VALUE, SNAKE),
        "require": _required(),
        "residual": RESIDUAL,
        "inputs": inputs,
        "outputs": OUTPUTS,
        "layers": LAYERS,
    }
    return _object(properties, ("layers",))


def _own_op() -> Schema:
    stated = {attr.name: {**_value(attr.kind.schema), "description": attr.doc} for attr in STATEMENTS}
    return _object({"doc": TEXT, "attributes": _map(VALUE, SNAKE), **stated, "label": TEXT})


def _definitions() -> Schema:
    structures = [_object({**keys, **BESIDE}, (name,)) for name, keys in STRUCTURES.items()]
    word = {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_]*$"}
    return {
        "text": {"type": ["string", "number"]},
        "expression": {"type": "string", "maxLength": MAX_LENGTH, "description": "Over the names in scope."},
        "size": _any({"type": "integer", "minimum": 1}, EXPRESSION),
        "source": _any({"type": "string", "pattern": f"^{SOURCE}$"}, {"type": "integer", "maximum": -1}),
        "value": _any(
            {"type": ["number", "boolean", "string"]},
            {"type": "array", "items": VALUE},
            {**_map(_ref("arguments"), CAP), "minProperties": 1, "maxProperties": 1},
        ),
        "arguments": _any({"type": "null"}, VALUE, _map(VALUE)),
        "layers": _any({"type": "array", "items": _ref("layer")}, _ref("layer")),
        "branch": _any(_object({"layers": LAYERS, "outputs": OUTPUTS, **BESIDE}, ("layers",)), LAYERS),
        "layer": _any(word, *structures, _ref("call")),
        "call": _call(),
    }


def _call() -> Schema:
    """A layer by its name: an op's attributes are known; a block of the file may take the name of a library block."""
    blocks = [library_block(name) for name in library_names()]
    known = {name: _op(OPS[name]) for name in OPS.names()}
    known.update({block.name: {"description": block.doc, **ANYTHING} for block in blocks if block is not None})
    others = "^(?!(layers|stages|parallel|heads)$)[A-Za-z][A-Za-z0-9_]*$"
    return {
        "type": "object",
        "minProperties": 1,
        "properties": {**known, **BESIDE},
        "patternProperties": {CAP: ANYTHING},
        "propertyNames": {"pattern": others},
    }


def _op(op: OpDef) -> Schema:
    attributes: Schema = {}
    for attr in op.attrs:
        attributes[attr.name] = {**_value(attr.kind.schema), "description": attr.doc}
        attributes.update({alias: _any({"enum": list(known)}, EXPRESSION) for alias, known in attr.aliases.items()})
    short = [_value(op.attrs[0].kind.schema)] if op.attrs else []
    return {**_any({"type": "null"}, *short, _object({**attributes, **BESIDE})), "description": op.doc}


def _value(kind: Schema) -> Schema:
    """A kind's schema, in which an expression may stand for the whole and for every part."""
    return _any(_parts(kind), EXPRESSION)


def _parts(kind: Schema) -> Schema:
    found = dict(kind)
    if "anyOf" in kind:
        found["anyOf"] = [_parts(item) for item in kind["anyOf"]]
    for key in ("items", "additionalProperties"):
        if isinstance(kind.get(key), dict):
            found[key] = _any(_parts(kind[key]), EXPRESSION)
    return found
