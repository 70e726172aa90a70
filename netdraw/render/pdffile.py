"""A PDF of one page, put together by reportlab: fonts as TrueType subsets, no dates, the same bytes every time."""

from __future__ import annotations

from binascii import crc32
from hashlib import md5
from io import BytesIO
from typing import Any

from reportlab.pdfbase import pdfdoc, ttfonts

from ..type.fontfiles import TTF
from ..type.userfont import guarded

LARGEST = 14_400
"""Units that a page may have on each side; a larger page counts in larger units."""
VERSION, VERSION_LARGE = (1, 4), (1, 6)

_FORCE_BOLD = 1 << 18
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class File:
    """One page of `width` × `height` points. `info` is what the file says of itself: Title, Subject and their like."""

    def __init__(self, width: float, height: float, language: str, info: dict[str, str]) -> None:
        self.unit = max(1, -int(-max(width, height) // LARGEST))
        self.size = width / self.unit, height / self.unit
        version = VERSION if self.unit == 1 else VERSION_LARGE
        self._info = info
        self._document: Any = pdfdoc.PDFDocument(compression=1, invariant=1, pdfVersion=version, lang=language)
        self._document.info = _Info(info)
        self._fonts: dict[TTF, Any] = {}

    def codes(self, text: str, file: TTF) -> list[tuple[str, int]]:
        """How each character is written in a TTF: a font of the page, and the code in it. Raises OptionError for a file
        that reportlab cannot read.

        A font of a page has 256 codes at most, so that one file may become several. Every character must be in it.
        """
        font = self._fonts.get(file)
        if font is None:
            font = self._fonts[file] = guarded(file.path, self._font, file)
        found: list[tuple[str, int]] = []
        for subset, codes in font.splitString(text, self._document):
            name = font.getSubsetInternalName(subset, self._document)
            found += [(name, code) for code in codes]
        return found

    def _font(self, file: TTF) -> Any:
        name, source = (f"F{len(self._fonts)}", BytesIO(file.data)) if file.data else (file.path, file.path)
        font = ttfonts.TTFont(name, source, asciiReadable=0)
        font.face.flags &= ~_FORCE_BOLD  # the outlines are bold already
        if font.face.name in [other.face.name for other in self._fonts.values()]:
            font.face.name += b"-%d" % len(self._fonts)  # reportlab has one table of codes for each name
        return font

    def finish(self, content: str) -> bytes:
        """The whole file, with what is drawn on its page."""
        document, data = self._document, content.encode("ascii")
        page: Any = _Page()
        page.MediaBox = pdfdoc.PDFArray([0, 0, *self.size])
        page.UserUnit = None if self.unit == 1 else self.unit
        page.Resources = pdfdoc.PDFResourceDictionary()
        page.Resources.basicFonts()
        page.Contents = pdfdoc.PDFStream(content=data, filters=[pdfdoc.PDFZCompress])
        document.addPage(page)
        self._embed()
        catalog = document.Catalog
        catalog.Outlines = None
        catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})
        document.signature = md5(data + repr(self._info).encode(), usedforsecurity=False)
        whole: bytes = document.format()
        return whole

    def _embed(self) -> None:
        """Adds the fonts, each subset with a tag that follows from its characters.

        reportlab calls the first subset of every font AAAAAA. Programs that join files may then take two for one.
        """
        document = self._document
        for file, font in self._fonts.items():
            subsets = font.state[document].subsets
            names = [font.getSubsetInternalName(number, document)[1:] for number in range(len(subsets))]
            guarded(file.path, font.addObjects, document)
            for name, subset in zip(names, subsets, strict=True):
                made = document.idToObject["BasicFonts"].dict[name]
                made.BaseFont = f"{_tag(subset)}{made.BaseFont[6:]}"
                descriptor = document.idToObject[made.FontDescriptor.name].dict
                descriptor["FontName"] = pdfdoc.PDFName(made.BaseFont)


class _Page(pdfdoc.PDFPage):  # type: ignore[misc]
    """A page that may count in larger units."""

    __NoDefault__ = (*pdfdoc.PDFPage.__NoDefault__, "UserUnit")


class _Info(pdfdoc.PDFInfo):  # type: ignore[misc]
    """What the file says of itself, and nothing else: reportlab would add dates and an author."""

    def __init__(self, texts: dict[str, str]) -> None:
        super().__init__()
        self.texts = texts

    def format(self, document: Any) -> bytes:
        entries = {key: pdfdoc.PDFString(text) for key, text in self.texts.items()}
        formatted: bytes = pdfdoc.PDFDictionary(entries).format(document)
        return formatted


def _tag(subset: list[int]) -> str:
    """Six letters that follow from the characters of a subset."""
    number, letters = crc32(repr(subset).encode()), ""
    for _ in range(6):
        number, rest = divmod(number, len(_LETTERS))
        letters += _LETTERS[rest]
    return letters
