"""The library blocks: one YAML file each in `netdraw/blocks`, read when first called."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from ..core import resources
from ..core.compiled import own_text
from ..core.errors import Fault, Faults, Span, SpecError
from ..ops import OpDef
from .blocks import BlockReader
from .keywords import snake
from .layers import LayerReader
from .model import Block, Spec
from .names import Library, Names
from .source import read
from .trees.tree import Mapping as MappingTree

_SHOWN = "netdraw/blocks/"
"""Stands before the names of library files in places."""


def in_library(span: Span) -> bool:
    """Whether a place lies in a library block, which the user has not written."""
    return span.path.startswith(_SHOWN)


def names_with(blocks: Mapping[str, Block], ops: Mapping[str, OpDef] = {}) -> Names:
    """The names that a file with these blocks and ops can call."""
    return Names(blocks, ops, Library(library_block, library_names))


def names_of(spec: Spec) -> Names:
    """The names that a file can call."""
    ops = {}
    if spec.ops:
        from .ownops import define  # late: few files define ops

        ops = {op.name: define(op) for op in spec.ops}
    return names_with({block.name: block for block in spec.blocks}, ops)


@cache
def library_block(name: str) -> Block | None:
    """The library block of that name, or None. Its file is the name in snake_case, underlines where one likes.

    Raises SpecError where its file is at fault, or where two files could be meant.
    """
    files = _files().get(_key(name), ())
    if len(files) > 1:
        both = " and ".join(f"{file}.yaml" for file in files)
        message = f"{both} could both be the file of the block {name}; a block has one"
        raise SpecError([Fault(code="ND123", message=message, where=_SHOWN)])
    block = _read(files[0]) if files else None
    return block if block is not None and block.name == name else None


def is_taken(name: str) -> bool:
    """Whether a library block has that name; its file is not parsed for that, only its text searched."""
    return any(f"{name}:" in _text(f"{file}.yaml") for file in _files().get(_key(name), ()))


@cache
def library_names() -> tuple[str, ...]:
    """The names of all library blocks, sorted. No file is parsed for that, since a misspelt name asks for them all.

    Raises SpecError where a file is called otherwise than its block.
    """
    return tuple(sorted(_name(file) for files in _files().values() for file in files))


def _name(file: str) -> str:
    name = _text(f"{file}.yaml").partition(":")[0]
    return name if _key(name) == _key(file) else _read(file).name


def library_text(block: Block) -> str:
    """The text of the file that a library block was read from."""
    return _text(block.span.path.removeprefix(_SHOWN))


@cache
def _files() -> dict[str, list[str]]:
    """The files of the library, without suffix, by the key of the block that they hold; none is read."""
    found: dict[str, list[str]] = {}
    for file in resources.package_names("blocks", ".yaml"):
        found.setdefault(_key(file), []).append(file)
    return found


def _key(name: str) -> str:
    """What the names of a block and of its file have in common: `mbconv` of MBConv, `mb_conv` and `mbconv`."""
    return name.replace("_", "").lower()


def _text(file: str) -> str:
    return resources.read_text(resources.package_path("blocks", file))


@cache
def _read(file: str) -> Block:
    """The one block of a library file; it has no params of a file to see."""
    faults, shown = Faults(), f"{_SHOWN}{file}.yaml"
    tree = read(own_text(resources.package_path("blocks", f"{file}.yaml")), shown, faults)
    reader = LayerReader(names_with({}), faults)
    blocks = BlockReader(reader, library=True).blocks(tree) if isinstance(tree, MappingTree) else {}
    reader.check({})
    block = next(iter(blocks.values()), None)
    if block is None or faults:
        raise SpecError(faults.sorted())
    if _key(block.name) != _key(file):
        message = f"the file of the block {block.name} is called {snake(block.name)}.yaml, not {file}.yaml"
        raise SpecError([Fault(code="ND123", message=message, span=block.span)])
    return block
