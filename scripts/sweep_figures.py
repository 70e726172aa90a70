"""Looks at all figures that the tests take a sample of: every network in every style, layout, page, theme and view.

Prints what is wrong with each that has faults, and how many there are. A value of any dimension in the arguments keeps
to the figures that have it: `sweep_figures.py resnet50 dark` is one network in one theme.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from figures import DIMENSIONS, NETWORKS, Figure, faults  # noqa: E402


def chosen(values: list[str]) -> list[Figure]:
    """The figures that have the values: of several values of one dimension one of them. Exits where there is none."""
    dimensions = [NETWORKS, *DIMENSIONS.values()]
    unknown = [value for value in values if not any(value in every for every in dimensions)]
    if unknown:
        known = ", ".join(value for every in DIMENSIONS.values() for value in every)
        sys.exit(f"unknown: {', '.join(unknown)}; write the name of a network, or one of {known}")
    kept = [[value for value in every if value in values] or every for every in dimensions]
    return [Figure(*value) for value in product(*kept)]


def look(figure: Figure) -> list[str]:
    """What is wrong with a figure, and every fault in the way to it."""
    try:
        return faults(figure)
    except Exception as error:
        return [f"{type(error).__name__}: {error}"]


def main() -> int:
    """Prints the faults; 1 where there are some."""
    figures = chosen(sys.argv[1:])
    wrong = 0
    with ProcessPoolExecutor() as pool:
        for figure, found in zip(figures, pool.map(look, figures, chunksize=40), strict=True):
            if found:
                wrong += 1
                print(", ".join(figure), *found, sep="\n    ", flush=True)
    print(f"{len(figures)} figures, {wrong} with faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
