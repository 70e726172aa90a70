"""The library blocks: one YAML file each in `netdraw/blocks`, read when first called."""

from __future__ import annotations

import os
from functools import cache

from ..core import resources
from ..core.errors import Faults, Span, SpecError
from .model import Block
from .words import snake

_SHOWN = "netdraw/blocks/"
"""Stands before the names of library files in places."""


def in_library(span: Span) -> bool:
    """Whether a place lies in a library block, which the user has not written."""
    return span.path.startswith(_SHOWN)


@cache
def library_block(name: str) -> Block | None:
    """The library block of that name, or None; its file is the name in snake_case."""
    file = resources.package_path("blocks", snake(name) + ".yaml")
    if not os.path.isfile(file):
        return None
    block = _read(file)
    return block if block.name == name else None


def library_names() -> list[str]:
    """The names of all library blocks, sorted."""
    files = resources.package_names("blocks", ".yaml")
    return sorted(_read(resources.package_path("blocks", file + ".yaml")).name for file in files)


@cache
def _read(file: str) -> Block:
    from .blocks import read_library_block  # a block's layers may call the library

    faults = Faults()
    shown = f"{_SHOWN}{os.path.basename(file)}"
    block = read_library_block(resources.read_text(file), shown, faults)
    if block is None or faults:
        raise SpecError(faults.sorted())
    return block
