"""The option `font`: files of the user's that a figure is measured and drawn in."""

from __future__ import annotations

import os
from collections.abc import Iterable

from ..core.errors import Fault, OptionError, option
from ..core.input import MIB
from ..render.fonts import texts, unknown
from ..scene.model import Scene
from ..spec.sources import read_file
from ..type.typeface import OURS, Fonts

OWN = "netdraw"
"""The word for our own fonts, behind a file that lacks some characters."""
MOST = 128
"""MiB that a font file may have: several times those of the largest collections of Chinese faces."""
SHOWN = 30
"""So many characters are named in a message."""

Font = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


def read_fonts(font: Font | None) -> Fonts:
    """The fonts of a file, or of several in the order in which a character is looked for; ours where none is given.

    Raises SourceError or OptionError, naming the file, for what cannot be read or is no font.
    """
    files = _listed(font)
    if all(file == OWN for file in files):
        return OURS
    from ..type.userfont import read  # late: only figures in a user's font need it

    found = [font for file in files if file != OWN for font in read(file, _bytes(file))]
    return Fonts(tuple(found), OWN in files)


def _bytes(file: str) -> bytes:
    data = read_file(file, MOST * MIB)
    if len(data) > MOST * MIB:
        raise OptionError([Fault("ND501", f"a font file may have {MOST} MiB; this one has more", where=file)])
    return data


def _listed(font: Font | None) -> list[str]:
    if font is None:
        return []
    if isinstance(font, str | os.PathLike):
        return [os.fspath(font)]
    found = list(font) if isinstance(font, Iterable) else None
    if found is None or not all(isinstance(file, str | os.PathLike) for file in found):
        message = f"{option('font')} takes the path of a font file, or several, not {font!r}"
        raise OptionError([Fault("ND623", message, where=option("font"))])
    return [os.fspath(file) for file in found]


def check_characters(scene: Scene) -> None:
    """Raises OptionError, with the characters and what they are for, where the user's fonts lack some.

    Where ours are asked as well they draw these; what they lack too is a remark of the figure's.
    """
    fonts = scene.fonts
    lost = unknown(scene) if fonts.files and not fonts.ours else ""
    if not lost:
        return
    path = fonts.files[0].path
    shown = " ".join(lost[:SHOWN]) + (f" and {len(lost) - SHOWN} more" if len(lost) > SHOWN else "")
    said = next(item.text for item in texts(scene.items) if not set(lost).isdisjoint(item.text))
    more = "the files given lack" if len({file.path for file in fonts.files}) > 1 else "the font lacks"
    instead = f"give one more {option('font')} that has them, or {option('font', OWN)} for ours"
    message = f"{more} {shown} (as in '{said}'); {instead}"
    raise OptionError([Fault("ND611", message, where=path)])
