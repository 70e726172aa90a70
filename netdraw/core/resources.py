"""Where the files that travel with the package lie: in the wheel, or in the checkout beside it."""

from __future__ import annotations

import os

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_CHECKOUT = os.path.dirname(_PACKAGE)


def _root() -> str:
    """`netdraw/_data` of the wheel first; the checkout only where our own pyproject.toml lies beside the package."""
    data = os.path.join(_PACKAGE, "_data")
    if os.path.isdir(data):
        return data
    if os.path.isfile(os.path.join(_CHECKOUT, "pyproject.toml")):
        return _CHECKOUT
    raise RuntimeError("netdraw's data files are missing; reinstall the package")


def path(*parts: str) -> str:
    """The path of a file of `specs/` or `templates/`."""
    return os.path.join(_root(), *parts)


def package_path(*parts: str) -> str:
    """The path of a file that lies in the package itself: fonts, themes, library blocks."""
    return os.path.join(_PACKAGE, *parts)


def names(folder: str, suffix: str) -> list[str]:
    """The names, without suffix and sorted, of the files of a folder of `path()`."""
    return _stems(path(folder), suffix)


def package_names(folder: str, suffix: str) -> list[str]:
    """The names, without suffix and sorted, of the files of a folder of `package_path()`."""
    return _stems(package_path(folder), suffix)


def _stems(folder: str, suffix: str) -> list[str]:
    return sorted(name[: -len(suffix)] for name in os.listdir(folder) if name.endswith(suffix))


def read_text(file: str) -> str:
    """The text of one of our own files."""
    with open(file, encoding="utf-8") as handle:
        return handle.read()
