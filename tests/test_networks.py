"""Networks that are written with the library's blocks, in tests/networks: their totals to the digit, and their figures.

Each file expects what its source gives, counted by torch 2.13: learnable parameters, and the products of convolutions,
linear layers and attention.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from figures import Figure, faults

import netdraw
from netdraw.api.check import check
from netdraw.api.load import find

FILES = sorted((Path(__file__).parent / "networks").glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_totals_of_every_variant(file: Path) -> None:
    found = check(find(str(file)))
    assert found.faults == () and all(line.endswith("MACs, as expected") for line in found.lines)
    for variant in (None, *(variant.name for variant in netdraw.load(str(file)).spec.variants)):
        assert {*dict(netdraw.load(str(file), variant=variant).header.expect)} == {"params", "macs"}


@pytest.mark.parametrize("style", ["cells", "boxes"])
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_nothing_is_wrong_in_its_figure(file: Path, style: str) -> None:
    assert faults(Figure(str(file), style=style)) == []
