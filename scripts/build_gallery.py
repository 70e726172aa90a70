"""Draws the figures that README shows into gallery/: MobileNetV2, and every whole spec in README.

`python scripts/build_gallery.py` writes them, `--check` only says which are out of date.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

import netdraw

ROOT = Path(__file__).resolve().parent.parent
ZOO = ("mobilenet_v2",)
SPEC = re.compile(r"^```yaml\n(netdraw: .*?)^```$", re.MULTILINE | re.DOTALL)
NAME = re.compile(r"^name: (\w+)$", re.MULTILINE)


def sources() -> dict[str, str]:
    """By the name of the figure what it is drawn from: a name of the zoo, or a text."""
    texts = SPEC.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    return {name: name for name in ZOO} | {NAME.findall(text)[0]: text for text in texts}


def figures() -> dict[str, bytes]:
    """By file name, what each figure is today."""
    return {f"{name}.svg": netdraw.draw(source).to_bytes("svg") for name, source in sources().items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a figure is out of date")
    check = parser.parse_args().check
    stale = []
    for name, data in figures().items():
        file = ROOT / "gallery" / name
        if not file.is_file() or file.read_bytes() != data:
            stale.append(f"gallery/{name}")
            if not check:
                file.write_bytes(data)
    print(f"{'out of date' if check else 'written'}: {', '.join(stale)}" if stale else "the gallery is up to date")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
