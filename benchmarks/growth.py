"""How what netdraw does grows with a network: the exponent in nodes plus edges, and the memory of 65,536 nodes.

`python benchmarks/growth.py [NAME…] [--rounds 3]`; README.md beside this file says how to read it.
"""

from __future__ import annotations

import argparse
import math
import random
import subprocess
import sys
import time
from collections.abc import Callable
from typing import NamedTuple

import netdraw
from netdraw.api.network import Network

TARGET = 1.2
"""The most that an exponent should be."""
MEMORY = 600.0
"""The most MB that a process may take which writes 65,536 nodes as JSON."""
PEAK = """
import netdraw, resource, sys
netdraw.load(sys.stdin.read()).summary("json")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def spec(layers: list[str], blocks: str = "") -> str:
    """A text with these layers."""
    head = f"netdraw: 1\nname: n\ninput: [4, 16, 16]\n{blocks}layers:\n"
    return head + "".join(f"  - {layer}\n" for layer in layers)


def chain(count: int) -> str:
    """One layer after the other."""
    return spec(["ConvBNAct: 4"] * count)


def forks(count: int) -> str:
    """Forks of two branches, one after the other, no two alike."""
    pair = "parallel: {{a: [{{ConvBNAct: {}}}], b: [{{ConvBNAct: 4}}, {{ConvBNAct: {}}}]}}\n    join: Add"
    return spec([pair.format(4 + number % 7, 4 + number % 7) for number in range(count)])


def dense(count: int) -> str:
    """Each layer reads all before it."""
    layers = []
    for number in range(count):
        if number > 1:
            layers.append(f"Concat: {{from: [{', '.join(f'n{source}' for source in range(number))}]}}")
        layers.append(f"Conv2d: {{out_channels: 4, kernel_size: 1, name: n{number}}}")
    return spec(layers)


def nested(count: int) -> str:
    """Skips from the first half to the second, each in the one before."""
    down = [f"ConvBNAct: {{out_channels: 4, name: n{number}}}" for number in range(count)]
    up = [part for number in range(count) for part in (f"Add: {{from: [-1, n{count - 1 - number}]}}", "ConvBNAct: 4")]
    return spec([*down, *up])


def tangle(count: int) -> str:
    """Three of ten layers add one of the thirty before; the same ones in every run."""
    draw, layers = random.Random(7), ["ConvBNAct: {out_channels: 4, name: n0}"]
    for number in range(1, count):
        source = draw.randrange(max(0, number - 30), number)
        op = f"Add: {{from: [-1, n{source}], name: n{number}}}"
        layers.append(op if draw.random() < 0.3 else f"ConvBNAct: {{out_channels: 4, name: n{number}}}")
    return spec(layers)


def binary(levels: int) -> str:
    """Blocks that each hold the next twice: 2 ** levels nodes with long ids."""
    blocks = "".join(f"  B{level}: {{layers: [B{level - 1}: {{repeat: 2}}]}}\n" for level in range(1, levels + 1))
    return spec([f"B{levels}"], f"blocks:\n  B0: {{layers: [ReLU]}}\n{blocks}")


class Growth(NamedTuple):
    """What is timed: it gets networks, made from texts and loaded before, of two, four and eight times the size."""

    network: Callable[[int], str]
    size: int
    job: Callable[[list[Network]], object]
    changed: tuple[int, ...] = (0,)
    """By network, how many layers it has more than the first."""


def draw(networks: list[Network]) -> object:
    return networks[0].draw().to_bytes("svg")


def strip(networks: list[Network]) -> object:
    """By our own layout at all sizes: small ones would go to Graphviz."""
    return networks[0].draw(layout="strip").to_bytes("svg")


def analyse(networks: list[Network]) -> object:
    networks[0]._arranged = None
    return networks[0].analysis


def diff(networks: list[Network]) -> object:
    return netdraw.diff(*networks).draw().to_bytes("svg")


def family(networks: list[Network]) -> object:
    return netdraw.compare(*networks, kind="family").to_bytes("svg")


GROWTHS = {
    "chain": Growth(chain, 500, draw),
    "forks": Growth(forks, 50, draw),
    "dense": Growth(dense, 15, strip),
    "nested skips": Growth(nested, 100, strip),
    "random graph": Growth(tangle, 250, strip),
    "diff drawn": Growth(chain, 150, diff, (0, 3)),
    "family of eight": Growth(chain, 60, family, tuple(range(8))),
    "analysis, dense": Growth(dense, 50, analyse),
}


def seconds(job: Callable[[list[Network]], object], networks: list[Network], rounds: int) -> float:
    """The least processor time of several rounds."""
    found = []
    for _ in range(rounds):
        started = time.process_time()
        job(networks)
        found.append(time.process_time() - started)
    return min(found)


def exponent(growth: Growth, rounds: int) -> tuple[float, float]:
    """The seconds at the largest size, and the slope from the smallest to it in nodes plus edges, both logarithms."""
    points = []
    for size in (2 * growth.size, 4 * growth.size, 8 * growth.size):
        networks = [netdraw.load(growth.network(size + more)) for more in growth.changed]
        nodes = [node for network in networks for node in network.graph.nodes]
        points.append((len(nodes) + sum(len(node.inputs) for node in nodes), seconds(growth.job, networks, rounds)))
    (small, quick), *_, (large, slow) = points
    return slow, math.log(slow / quick) / math.log(large / small)


def peak() -> float:
    """The memory in MB of a process that writes a network of 65,536 nodes as JSON."""
    done = subprocess.run([sys.executable, "-c", PEAK], input=binary(16), capture_output=True, text=True, check=True)
    return float(done.stdout)


def main() -> int:
    """1 where a target is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", help=f"of {', '.join(GROWTHS)}; all where none is named")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    missed = False
    for name in options.names or GROWTHS:
        slow, found = exponent(GROWTHS[name], options.rounds)
        missed |= found > TARGET
        print(f"{name:18}{slow:>8.2f} s  exponent {found:.2f}{'  TOO STEEP' * (found > TARGET)}", flush=True)
    if not options.names:
        memory = peak()
        missed |= memory > MEMORY
        print(f"{'65,536 nodes':18}{memory:>7.0f} MB{'  TOO MUCH' * (memory > MEMORY)}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
