"""Times what users wait for, beside the floor of one bare process, interleaved in the same run.

`python benchmarks/run.py [--rounds 15] [--json]`; README.md beside this file says how to read it.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import netdraw
from netdraw.core import resources
from netdraw.spec import source, sources
from netdraw.type import fontfiles

FLOOR = "import click, yaml, jinja2"
CLICK = "import click"
NETDRAW = "import sys; from netdraw.cli import main; sys.exit(main())"
RESVG = """
import resvg_py, sys
with open(sys.argv[1], encoding="utf-8") as file:
    text = file.read()
data = resvg_py.svg_to_bytes(svg_string=text, zoom=2, font_files=sys.argv[3:], skip_system_fonts=True)
with open(sys.argv[2], "wb") as file:
    file.write(data)
"""

PATIENCE = 5.0
"""Seconds that a tangled graph may take."""

NODE = 70e-6
"""Seconds that a node may take from its text to its costs."""

Job = Callable[[int], object]
"""What is timed; it gets the number of the round, so that no two rounds need ask the same."""


class Row(NamedTuple):
    """One measure: its median, and what it is judged by: `ratio` should be at most `target`."""

    name: str
    seconds: float
    ratio: float
    target: float | None
    of: str


def process(folder: str, *arguments: str, code: int = 0) -> Job:
    """A whole process of this Python, which ends with that code."""
    command = [sys.executable, *arguments]

    def job(_: int) -> None:
        done = subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if done.returncode != code:
            raise SystemExit(f"{' '.join(command)} ended with {done.returncode}")

    return job


def hot(file: str, variant: str | None = None) -> Job:
    """From text to SVG in this process, on a text that is another one in each round."""
    text = resources.read_text(resources.path("specs", f"{file}.yaml"))

    def job(number: int) -> bytes:
        changed = text.replace("classes: 1000", f"classes: {1001 + number}", 1) + f"\n# round {number}\n"
        assert f"classes: {1001 + number}" in changed
        return netdraw.load(changed, variant=variant).draw().to_bytes("svg")

    return job


def chain(length: int) -> Job:
    """From text to graph and costs, of a chain of so many layers."""
    layer = "  - Conv2d: {out_channels: 8, kernel_size: 3, padding: 1}\n"

    def job(number: int) -> object:
        head = f"netdraw: 1\nname: chain\ninput: [{3 + number}, 32, 32]\nlayers:\n"
        return netdraw.load(head + layer * length).analysis

    return job


def chart(count: int) -> Job:
    """A chart of so many networks that are loaded before: nearly all of it is the search for the labels' places."""
    networks = [netdraw.load(name) for name in list(sources.zoo_names())[:count]]
    return lambda _: netdraw.compare(*networks, kind="chart").scene


def tangle(count: int, longs: int) -> Job:
    """From text to SVG by the layout dot, of a chain with edges over random distances; the same ones in every round."""
    draw = random.Random(7)
    reads: dict[int, list[int]] = {}
    for _ in range(longs):
        start = draw.randrange(count - 3)
        reads.setdefault(draw.randrange(start + 2, count), []).append(start)
    layers = ""
    for place in range(count):
        names = ", ".join(f"n{source}" for source in {place - 1: None, **dict.fromkeys(reads.get(place, ()))})
        conv = "Conv2d: {out_channels: 8, kernel_size: 3, padding: 1}"
        layers += f"  - {f'Add: {{from: [{names}]}}' if place in reads else conv}\n    name: n{place}\n"

    def job(number: int) -> bytes:
        head = f"netdraw: 1\nname: tangle\ninput: [{3 + number}, 32, 32]\nlayers:\n"
        return netdraw.load(head + layers).draw(layout="dot").to_bytes("svg")

    return job


def jobs(folder: str) -> dict[str, Job]:
    """All that is timed, by name."""
    svg = os.path.join(folder, "mobilenet_v2.svg")

    def render(name: str, suffix: str) -> Job:
        return process(folder, "-c", NETDRAW, "render", name, "-q", "-o", os.path.join(folder, name + suffix))

    def diff(*output: str) -> Job:
        two = ("resnet152", "--set-b", "block=BasicBlock")
        return process(folder, "-c", NETDRAW, "diff", *two, *output, code=1)

    return {
        "floor": process(folder, "-c", FLOOR),
        "click alone": process(folder, "-c", CLICK),
        "--help": process(folder, "-c", NETDRAW, "--help"),
        "mobilenet_v2 to SVG": render("mobilenet_v2", ".svg"),
        "resnet152 to SVG": render("resnet152", ".svg"),
        "mobilenet_v2 to PNG": render("mobilenet_v2", ".png"),
        "resnet50 to SVG": render("resnet50", ".svg"),
        "resnet50 to PDF": render("resnet50", ".pdf"),
        "diff of resnet152": diff("-f", "text"),
        "diff drawn": diff("-q", "-o", os.path.join(folder, "diff.svg")),
        "resvg alone": process(
            folder, "-c", RESVG, svg, os.path.join(folder, "alone.png"), *fontfiles.font_files()[:-1]
        ),
        "mobilenet_v2, hot": hot("mobilenet_v2"),
        "resnet152, hot": hot("resnet", "resnet152"),
        "chart of 50": chart(50),
        "chain of 1,000": chain(1_000),
        "chain of 10,000": chain(10_000),
        "tangle of 200": tangle(200, 30),
    }


def measure(rounds: int) -> dict[str, float]:
    """The median in seconds of every job, one of each a round; a first round warms up and is not counted."""
    times: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        timed = jobs(folder)
        for number in range(rounds + 1):
            for name, job in timed.items():
                started = time.perf_counter()
                job(number)
                times.setdefault(name, []).append(time.perf_counter() - started)
    return {name: statistics.median(measured[1:]) for name, measured in times.items()}


def judge(seconds: dict[str, float]) -> list[Row]:
    """The rows of the table."""
    floor = seconds["floor"]
    targets = {
        "mobilenet_v2 to SVG": 1.15,
        "resnet152 to SVG": 2.0,
        "diff of resnet152": 10.0,
        "diff drawn": 10.0,
        "mobilenet_v2, hot": 0.25,
        "resnet152, hot": 0.6,
        "chart of 50": 2.5,
    }
    rows = [Row("floor", floor, 1.0, None, "floor")]
    click, help = seconds["click alone"], seconds["--help"]
    rows += [Row("click alone", click, click / floor, None, "floor"), Row("--help", help, help / click, 1.15, "click")]
    rows += [Row(name, seconds[name], seconds[name] / floor, most, "floor") for name, most in targets.items()]
    png, alone = seconds["mobilenet_v2 to PNG"], seconds["resvg alone"]
    rows.append(Row("resvg alone", alone, alone / floor, None, "floor"))
    rows.append(
        Row("mobilenet_v2 to PNG", png, png / (seconds["mobilenet_v2 to SVG"] + 1.2 * alone), 1.0, "SVG + 1.2 resvg")
    )
    vector, paper = seconds["resnet50 to SVG"], seconds["resnet50 to PDF"]
    rows.append(Row("resnet50 to SVG", vector, vector / floor, None, "floor"))
    rows.append(Row("resnet50 to PDF", paper, (paper - vector) / floor, 3.0, "floor, beyond the SVG"))
    short, long = seconds["chain of 1,000"], seconds["chain of 10,000"]
    rows.append(Row("chain of 1,000", short, short / floor, None, "floor"))
    rows.append(Row("chain of 10,000", long, long / short, 12.0, "chain of 1,000"))
    rows.append(Row("a node of 1,000", short / 1_000, short / 1_000 / NODE, 1.0, "70 µs"))
    rows.append(Row("tangle of 200", seconds["tangle of 200"], seconds["tangle of 200"] / PATIENCE, 1.0, "5 s"))
    return rows


def table(rows: list[Row]) -> str:
    lines = [f"{'':22}{'median':>10}{'ratio':>8}{'target':>8}  of"]
    for row in rows:
        target = "" if row.target is None else f"{row.target:g}"
        verdict = "  TOO SLOW" if row.target is not None and row.ratio > row.target else ""
        spent = f"{row.seconds * 1000:.{1 if row.seconds > 0.001 else 3}f} ms"
        lines.append(f"{row.name:22}{spent:>10}{row.ratio:>8.2f}{target:>8}  {row.of}{verdict}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15, help="how often each is timed (default: 15)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args()
    compileall.compile_dir(Path(netdraw.__file__).parent, quiet=2)
    source.compile_texts()
    rows = judge(measure(options.rounds))
    print(json.dumps([row._asdict() for row in rows], indent=2) if options.json else table(rows))


if __name__ == "__main__":
    main()
