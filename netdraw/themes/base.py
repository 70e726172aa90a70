"""Finds themes and reads them: a YAML file each, every key checked, on top of the theme that it extends."""

from __future__ import annotations

import os
from collections.abc import Mapping as Map
from functools import cache
from typing import Any

from ..core import input, resources
from ..core.compiled import own_text
from ..core.errors import Fault, Faults, OptionError, SpecError, did_you_mean, near_miss, option, placed
from ..core.registry import Registry
from .check import COLOR_KEYS, Raw, check
from .check import Source as Checked
from .model import BARS, SHAPES, Colors, Font, Look, Rule, Strokes, Theme

Source = str | os.PathLike[str] | Map[str, Any]
"""A theme as one asks for it."""

THEMES: Registry[str] = Registry("themes")
"""Themes of third parties: by name the path of a YAML file."""

DEFAULT = "default"
Keys = Map[str, Map[str, Any]]


def names() -> list[str]:
    """The names of all themes, sorted."""
    return sorted({*resources.package_names("themes", ".yaml"), *THEMES})


def load(given: Source = DEFAULT) -> Theme:
    """The theme of that name, of the YAML file at that path, of a text of several lines, or of a dict.

    Raises OptionError where there is none, SpecError with every fault of the theme.
    """
    if isinstance(given, Map):
        return _resolve(_read(dict(given), "<dict>", ()), "<dict>")
    if not isinstance(given, str | os.PathLike):
        raise OptionError(
            [Fault("ND623", f"'theme' takes a name, a path or a dict, not {given!r}", where=option("theme"))]
        )
    name = os.fspath(given)
    if "\n" in name:
        return _resolve(_read(name, "<text>", ()), "<text>")
    file = _ours(name)
    if file:
        return _shipped(file)
    found = _file(name, name)
    if found is None:
        raise OptionError([Fault("ND601", _missing(name, ""), where=option("theme"))])
    return _resolve(_read(_bytes(found), found, ()), found)


@cache
def _shipped(file: str) -> Theme:
    return _resolve(_read(_bytes(file), file, ()))


def _ours(name: str) -> str | None:
    """The file of a theme of ours."""
    file = resources.package_path("themes", f"{name}.yaml")
    return file if name.isidentifier() and os.path.isfile(file) else None


def _file(name: str, path: str) -> str | None:
    """The file at a path, or of a theme that a package adds."""
    return path if os.path.exists(path) and not os.path.isdir(path) else None if _is_path(name) else THEMES.get(name)


def _is_path(name: str) -> bool:
    return name.endswith((".yaml", ".yml")) or os.sep in name or "/" in name


def _missing(name: str, file: str) -> str:
    """What to say where there is no theme of a name or at a path, which counts from the `file` that says it."""
    path = os.path.join(os.path.dirname(file), name)
    if os.path.isdir(path):
        return f"'{name}' is a folder; name a theme's file in it"
    folder, said = os.path.split(name)
    if not os.path.isdir(os.path.dirname(path) or "."):
        return f"there is no theme file '{name}', nor a folder '{folder}'"
    beside = [one for one in sorted(os.listdir(os.path.dirname(path) or ".")) if one.endswith((".yaml", ".yml"))]
    stems = {os.path.splitext(one)[0]: os.path.join(folder, one) for one in beside if one != os.path.basename(file)}
    if _is_path(name):
        near = near_miss(os.path.splitext(said)[0], [*stems, *names()])
        return f"there is no theme file '{name}'" + (f"; did you mean '{stems.get(near, near)}'?" if near else "")
    if name in stems:
        return f"unknown theme '{name}'; did you mean the file '{stems[name]}'?"
    return f"unknown theme '{name}'{did_you_mean(name, names())}"


def _bytes(file: str) -> bytes:
    try:
        if file.startswith(resources.package_path("themes", "")):
            return own_text(file)
        return input.read(file, input.MAX_BYTES)
    except OSError as error:
        raise OptionError([Fault("ND601", f"cannot read the theme: {error.strerror}", where=file)]) from None


def _read(data: Checked, file: str, inside: tuple[str, ...]) -> Raw:
    """A theme merged over the one that it extends, `inside` of which it is read; `default` is at the bottom of all."""
    faults = Faults()
    raw = check(data, file, faults)
    if faults:
        raise SpecError(map(placed, faults.sorted()))
    raw = raw._replace(name=raw.name or os.path.splitext(os.path.basename(file))[0])
    if os.path.abspath(file) == resources.package_path("themes", f"{DEFAULT}.yaml"):
        return raw
    below = _below(raw, file)
    chain = [*inside, file]
    if os.path.abspath(below) in map(os.path.abspath, chain):
        message = f"the theme extends itself: {' → '.join((*chain, below))}"
        raise SpecError([placed(Fault("ND602", message, raw.place))])
    return _merge(_read(_bytes(below), below, tuple(chain)), raw)


def _below(raw: Raw, file: str) -> str:
    """The file of the theme that a theme extends: one of ours, or a path that counts from the theme's own."""
    name = raw.extends or DEFAULT
    beside = os.path.normpath(os.path.join(os.path.dirname(file), name))
    found = _ours(name) or _file(name, beside)
    if found is None:
        raise SpecError([placed(Fault("ND601", _missing(name, file), raw.place))])
    return found


def _merge(below: Raw, above: Raw) -> Raw:
    parts, cells = _each(below.parts, above.parts), _each(below.cells, above.cells)
    return above._replace(parts=parts, cells=cells, bars=above.bars or below.bars, rules=below.rules + above.rules)


def _each(below: Keys, above: Keys) -> Keys:
    """Maps by name, each merged over the one below."""
    return {name: {**below.get(name, {}), **above.get(name, {})} for name in (*below, *above)}


def _resolve(raw: Raw, origin: str = "") -> Theme:
    colors, strokes, shapes, font = (raw.parts[name] for name in ("colors", "strokes", "shapes", "font"))
    other = _look(raw.cells["other"], colors, Look("", "", "", ""))
    looks: dict[str, Look] = {"other": other}
    for category in sorted(raw.cells):  # a category stands before what lies under it
        above = looks.get(category.rpartition(".")[0], other._replace(outline=""))
        looks[category] = other if category == "other" else _look(raw.cells[category], colors, above)
    return Theme(
        name=raw.name,
        colors=Colors(**colors),
        cells=looks,
        strokes=Strokes(**strokes),
        font=Font(**font),
        rules=tuple(_rule(rule, colors) for rule in raw.rules),
        shapes=SHAPES._replace(**shapes),
        bars=raw.bars or BARS[0],
        origin=origin,
    )


def _look(keys: Map[str, str], colors: Map[str, str], above: Look) -> Look:
    return above._replace(**{key: _color(value, colors) for key, value in keys.items()})


def _rule(keys: Map[str, str], colors: Map[str, str]) -> Rule:
    return Rule(**{key: _color(value, colors) if key in COLOR_KEYS else value for key, value in keys.items()})


def _color(value: str, colors: Map[str, str]) -> str:
    """A colour by itself or by its name among the theme's; `none` is no colour."""
    return "" if value == "none" else colors.get(value, value)
