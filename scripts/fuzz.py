"""Breaks specs, themes, options and fonts at random, and holds what the commands say of them against one another.

`python scripts/fuzz.py [--kind specs] [--count 10000] [--seed 1] [--jobs 2]`: as long as you like; without a count
until Ctrl-C. A finding is a traceback, more than 5 s (and a little for each layer), a fault without a place, or two
commands that disagree. The same seed and number make the same case: `--seed 1 --case 4711` tries one alone and prints
its source.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import count, islice
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from fuzzing.kinds import KINDS, Case  # noqa: E402

CHUNK = 200


def tried(kind: str, seed: int, number: int) -> Case:
    """The case with that number."""
    return KINDS[kind](Random(f"{kind} {seed} {number}"))


def chunk(kind: str, seed: int, first: int, size: int) -> list[tuple[int, Case]]:
    """The cases of a run of numbers in which something was found."""
    cases = ((number, tried(kind, seed, number)) for number in range(first, first + size))
    return [(number, case) for number, case in cases if case.found]


def run(kind: str, seed: int, total: int | None, jobs: int) -> int:
    """Tries them all and prints each finding; how many there are."""
    firsts = count(0, CHUNK) if total is None else iter(range(0, total, CHUNK))
    found = done = 0
    with ProcessPoolExecutor(jobs) as pool:
        while batch := list(islice(firsts, 4 * jobs)):
            sizes = [CHUNK if total is None else min(CHUNK, total - first) for first in batch]
            for one in pool.map(chunk, [kind] * len(batch), [seed] * len(batch), batch, sizes):
                found += len(one)
                for number, case in one:
                    print(f"{kind}, --seed {seed} --case {number}", *case.found, sep="\n    ", flush=True)
            done += sum(sizes)
            print(f"{done:,} {kind}, {found} with findings", file=sys.stderr, flush=True)
    return found


def main() -> int:
    """1 where something was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kind", choices=KINDS, default="specs")
    parser.add_argument("--count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--case", type=int)
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    if asked.case is not None:
        case = tried(asked.kind, asked.seed, asked.case)
        print(case.source, *case.found, sep="\n    ")
        return bool(case.found)
    return bool(run(asked.kind, asked.seed, asked.count, asked.jobs))


if __name__ == "__main__":
    sys.exit(main())
