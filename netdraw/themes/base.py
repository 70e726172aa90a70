"""Finds themes and reads them: a YAML file each, every key checked, on top of the theme that it extends."""

from __future__ import annotations

import os
from collections.abc import Mapping as Map
from functools import cache

from .. import resources
from ..errors import Fault, Faults, OptionError, SpecError, did_you_mean
from ..registry import Registry
from .check import COLOR_KEYS, Raw, check
from .model import BARS, SHAPES, Colors, Font, Look, Rule, Strokes, Theme

THEMES: Registry[str] = Registry("themes")
"""Themes of third parties: by name the path of a YAML file."""

DEFAULT = "default"


def names() -> list[str]:
    """The names of all themes, sorted."""
    return sorted({*resources.package_names("themes", ".yaml"), *THEMES})


def load(source: str = DEFAULT) -> Theme:
    """The theme of that name, or of the YAML file at that path.

    Raises OptionError where there is none, SpecError with every fault of the file.
    """
    file = resources.package_path("themes", f"{source}.yaml")
    if source.isidentifier() and os.path.isfile(file):
        return _shipped(source, file)
    return _resolve(_read(_find(source), ()))


@cache
def _shipped(name: str, file: str) -> Theme:
    return _resolve(_read(file, ()))


def _find(source: str) -> str:
    """The file of a theme that is not ours."""
    if source.endswith((".yaml", ".yml")):
        if os.path.isfile(source):
            return source
        raise OptionError([Fault("ND601", f"there is no theme file '{source}'", where="--theme")])
    registered = THEMES.get(source)
    if registered is not None:
        return registered
    raise OptionError([Fault("ND601", f"unknown theme '{source}'{did_you_mean(source, names())}", where="--theme")])


def _read(file: str, inside: tuple[str, ...]) -> Raw:
    """A theme's text merged over the one that it extends; `default` is at the bottom of all."""
    faults = Faults()
    try:
        with open(file, "rb") as handle:
            raw, extends = check(handle.read(), file, faults)
    except OSError as error:
        raise OptionError([Fault("ND601", f"cannot read the theme: {error.strerror}", where=file)]) from None
    if faults:
        raise SpecError(faults.sorted())
    bottom = resources.package_path("themes", f"{DEFAULT}.yaml")
    if os.path.abspath(file) == bottom:
        return raw
    below = _below(extends, file)
    if below in (*inside, file):
        raise SpecError([Fault("ND602", f"the theme extends itself: {' → '.join((*inside, file, below))}", where=file)])
    return _merge(_read(below, (*inside, file)), raw)


def _below(extends: str, file: str) -> str:
    """The file of the theme that a file extends; a path counts from the file."""
    if extends.endswith((".yaml", ".yml")):
        return _find(os.path.join(os.path.dirname(file), extends))
    ours = resources.package_path("themes", f"{extends}.yaml")
    return ours if extends.isidentifier() and os.path.isfile(ours) else _find(extends)


def _merge(below: Raw, above: Raw) -> Raw:
    cells = {**below.cells}
    for category, keys in above.cells.items():
        cells[category] = {**cells.get(category, {}), **keys}
    return Raw(
        above.name,
        {**below.colors, **above.colors},
        cells,
        {**below.strokes, **above.strokes},
        {**below.shapes, **above.shapes},
        {**below.font, **above.font},
        above.family or below.family,
        above.bars or below.bars,
        below.rules + above.rules,
    )


def _resolve(raw: Raw) -> Theme:
    colors = Colors(**raw.colors)
    other = _look(raw.cells["other"], raw.colors, Look("", "", "", ""))
    looks: dict[str, Look] = {"other": other}
    for category in sorted(raw.cells):  # a category stands before what lies under it
        above = looks.get(category.rpartition(".")[0], other._replace(outline=""))
        looks[category] = other if category == "other" else _look(raw.cells[category], raw.colors, above)
    font = Font(**raw.font, family=raw.family)
    rules = tuple(_rule(rule, raw.colors) for rule in raw.rules)
    shapes = SHAPES._replace(**raw.shapes)
    return Theme(raw.name, colors, looks, Strokes(**raw.strokes), font, rules, shapes, raw.bars or BARS[0])


def _look(keys: Map[str, str], colors: Map[str, str], above: Look) -> Look:
    return above._replace(**{key: _color(value, colors) for key, value in keys.items()})


def _rule(keys: Map[str, str], colors: Map[str, str]) -> Rule:
    paints = [_color(keys[key], colors) if key in keys else None for key in COLOR_KEYS]
    return Rule(keys.get("id", ""), keys.get("category", ""), *paints)


def _color(value: str, colors: Map[str, str]) -> str:
    """A colour by itself or by its name among the theme's; `none` is no colour."""
    return "" if value == "none" else colors.get(value, value)
