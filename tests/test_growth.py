"""What large networks cost grows with their nodes and edges: counted in calls of functions, which no clock disturbs."""

from __future__ import annotations

import math
import sys
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from layout_checks import calls, collisions
from measures import metrics

import netdraw
from netdraw.comparison.columns import WINDOW, best
from netdraw.layout.strip.tracks import TakenTracks
from netdraw.themes.base import load

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

import growth


@pytest.mark.slow
@pytest.mark.parametrize("name", growth.GROWTHS)
def test_work_grows_with_nodes_and_edges(name: str) -> None:
    kind = growth.GROWTHS[name]
    points = []
    for size in (kind.size, 2 * kind.size):
        networks = [netdraw.load(kind.network(size + more)) for more in kind.changed]
        nodes = [node for network in networks for node in network.graph.nodes]
        points.append((len(nodes) + sum(len(node.inputs) for node in nodes), calls(partial(kind.job, networks))))
    (small, few), (large, many) = points
    assert math.log(many / few) / math.log(large / small) < 1.3


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 12)), max_size=12))
def test_a_track_is_the_lowest_that_no_span_before_has_taken(spans: list[tuple[int, int]]) -> None:
    taken, before = TakenTracks([(low, low + wide) for low, wide in spans]), []
    for low, wide in spans:
        meets = {track for other, end, track in before if other < low + wide and low < end}
        track = taken.take(low, low + wide)
        assert track == next(one for one in range(len(spans)) if one not in meets)
        before.append((low, low + wide, track))


def test_long_lines_are_aligned_where_they_stand_near_each_other() -> None:
    def same(one: int, other: int) -> int:
        return int(one == other)

    line = list(range(1000))
    inserted = [*line[:300], -1, -2, -3, *line[300:]]
    assert best([[key] for key in line], inserted, same) == [(n, n + 3 * (n >= 300)) for n in line]
    assert best([[7]] + [[-1]] * 999, [-2] * (WINDOW + 1) + [7] + [-2] * 900, same) == []
    assert best([[7]] + [[-1]] * 99, [-2] * 90 + [7], same) == [(0, 90)]
    assert best([], line, same) == best([[1]], [], same) == []


def test_a_row_that_many_lanes_pass_says_how_many_and_draws_none() -> None:
    crowded = netdraw.load(growth.nested(60))
    drawing = crowded.draw(layout="strip")
    counts = [text.text for text in drawing.placement.texts if text.text.endswith("skips pass")]
    assert counts == [f"{count} skips pass" for count in (22, 45, 39, 25)]
    assert collisions(drawing.placement, drawing.diagram, metrics(load(), 44.0)) == []
    assert "条跳跃连接经过此行" in crowded.draw(layout="strip", lang="zh").to_bytes("svg").decode()
