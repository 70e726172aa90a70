"""What repeats, takes or moves the places of an axis, and regions of a map."""

from __future__ import annotations

from typing import Any

from .base import Attrs, Dice, Impossible, Layer, Malformed, Row, Sizes, Told
from .moves import LETTERS, an_axis, any_tensor, dim, need_axis


def draw_repeat(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    source = any_tensor(dice, 3)
    axes = dice.sample([*source], dice.randint(1, len(source)))
    sizes = {axis: dice.randint(1, 4) for axis in axes}
    source |= {axis: 1 for axis in axes if not dice.rare(0.05)}
    if dice.rare(0.05):
        sizes[dice.choice(LETTERS)] = 2
    return {"sizes": sizes}, (source,)


def expanded(layer: Layer) -> Told:
    """A place is read again and again, where it is the only one."""
    made = dict(layer.source)
    for axis, size in layer.attrs["sizes"].items():
        if axis not in made:
            raise Malformed("an axis that is not there")
        if made[axis] not in (1, size):
            raise Impossible("more than one place")
        made[axis] = size
    return Told((made,))


def tiled(layer: Layer) -> Told:
    made = dict(layer.source)
    for axis, times in layer.attrs["sizes"].items():
        if axis not in made:
            raise Malformed("an axis that is not there")
        made[axis] = len([*range(made[axis])] * times)
    return Told((made,))


def torch_expand(torch: Any, layer: Layer) -> Any:
    return lambda tensor: tensor.expand(-1, *[layer.attrs["sizes"].get(axis, -1) for axis in layer.source])


def torch_tile(torch: Any, layer: Layer) -> Any:
    return lambda tensor: torch.tile(tensor, [1, *[layer.attrs["sizes"].get(axis, 1) for axis in layer.source]])


def draw_chunk(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    source = any_tensor(dice, 12)
    axis = an_axis(dice, source)
    named = {"dim": axis} if axis != "c" or dice.random() < 0.5 else {}
    return {"chunks": dice.randint(0 if dice.rare() else 1, 7), **named}, (source,)


def chunked(layer: Layer) -> Told:
    """The shortest length of which no more parts are needed than asked for; the last has what is left."""
    axis, chunks = need_axis(layer), layer.whole("chunks")
    cells = list(range(layer.source[axis]))
    length = next(length for length in range(1, len(cells) + 1) if length * chunks >= len(cells))
    return Told(tuple({**layer.source, axis: len(cells[first : first + length])} for first in cells[::length]))


def torch_chunk(torch: Any, layer: Layer) -> Any:
    return lambda tensor: torch.chunk(tensor, layer.attrs["chunks"], dim(layer))


def draw_select(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    source = any_tensor(dice)
    axis = an_axis(dice, source)
    size = source.get(axis, 3)
    index = [dice.randrange(size) for _ in range(dice.randint(1, 5))]
    if dice.rare(0.1):
        index.append(dice.choice([-1, size]))
    by_input = dice.rare(0.3)
    given = {} if by_input is not dice.rare(0.05) else {"index": index if len(index) > 1 else index[0]}
    places = dice.tensor(dice.choice(["c", "t"] if not dice.rare(0.1) else ["tc"]))
    return {"dim": axis, **given}, (source, *([places] if by_input else []))


def selected(layer: Layer) -> Told:
    axis, index = need_axis(layer), layer.attrs.get("index")
    if (index is None) is (len(layer.inputs) == 1):
        raise Malformed("where the places are")
    if index is None:
        if len(layer.inputs[1]) > 1:
            raise Malformed("places in rows")
        return Told(({**layer.source, axis: next(iter(layer.inputs[1].values()))},))
    chosen = index if isinstance(index, list) else [index]
    if any(place not in range(layer.source[axis]) for place in chosen):
        raise Impossible("not on the axis")
    return Told(({**layer.source, axis: len(chosen)},))


def torch_select(torch: Any, layer: Layer) -> Any:
    """Its device `meta` looks at no place, so that only what lies on the axis can be asked there."""
    index = layer.attrs.get("index")
    chosen = index if isinstance(index, list) else [index]
    if index is None or any(place not in range(layer.source[layer.attrs["dim"]]) for place in chosen):
        return None
    return lambda tensor: torch.index_select(tensor, dim(layer), torch.tensor(chosen))


def draw_roll(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
    source = any_tensor(dice)
    dims = dice.sample([*source], dice.randint(1, len(source)))
    shifts = [dice.randint(-9, 9) for _ in range(len(dims) + dice.rare(0.1))]
    dims = [*dims[1:], dice.choice(LETTERS)] if dice.rare(0.1) else dims
    return {"shifts": shifts if len(shifts) > 1 else shifts[0], "dims": dims}, (source,)


def rolled(layer: Layer) -> Told:
    shifts, dims = layer.attrs["shifts"], layer.attrs["dims"]
    if any(axis not in layer.source for axis in dims) or len({*dims}) < len(dims):
        raise Malformed("dims")
    if len(shifts if isinstance(shifts, list) else [shifts]) != len(dims):
        raise Impossible("a shift for each")
    return Told((layer.source,))


def torch_roll(torch: Any, layer: Layer) -> Any:
    numbers = [1 + [*layer.source].index(axis) for axis in layer.attrs["dims"]]
    return lambda tensor: torch.roll(tensor, layer.attrs["shifts"], numbers)


def regions(most_maps: int) -> Row:
    """A region for each box, along `d`."""

    def draw(dice: Dice) -> tuple[Attrs, tuple[Sizes, ...]]:
        first = dice.tensor("chw", 6)
        maps = [dice.tensor("chw", 6, c=first["c"] + dice.rare(0.1)) for _ in range(dice.randint(0, most_maps - 1))]
        boxes = dice.tensor("tc", 6, c=4 + dice.rare(0.1))
        return {"output_size": dice.sizes(2, 4)}, (first, *maps, boxes)

    def tell(layer: Layer) -> Told:
        *maps, boxes = layer.inputs
        size = layer.per_axis("output_size", 2)
        if any([*one] != ["c", "h", "w"] for one in maps) or [*boxes] != ["t", "c"]:
            raise Malformed("axes")
        if boxes["c"] != len(["left", "top", "right", "bottom"]) or len({one["c"] for one in maps}) != 1:
            raise Impossible("boxes, or maps of several widths")
        return Told(({"c": maps[0]["c"], "d": boxes["t"], "h": size[0], "w": size[1]},))

    return Row(draw, tell)


TAKEN = {
    "Expand": Row(draw_repeat, expanded, torch_expand, True),
    "Tile": Row(draw_repeat, tiled, torch_tile),
    "Chunk": Row(draw_chunk, chunked, torch_chunk, True),
    "IndexSelect": Row(draw_select, selected, torch_select),
    "Roll": Row(draw_roll, rolled, torch_roll, True),
    "RoIPool": regions(1),
    "RoIAlign": regions(1),
    "MultiScaleRoIAlign": regions(4),
}
