"""What a SOURCE names: a text, a dict, standard input, a file with or without `#variant`, else a network of the zoo."""

import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ..core import input, resources
from ..core.compiled import own_text
from ..core.errors import Fault, Faults, SourceError, did_you_mean, near_miss
from ..core.records import NamedTuple
from .model import Spec
from .parser import parse, parse_tree

Source = str | bytes | os.PathLike[str] | Mapping[str, Any]

STDIN = "-"


class FoundSpec(NamedTuple):
    """A spec that was found, not yet read: its bytes or its dict, its path as given, and the variant asked for."""

    data: bytes | str | Mapping[str, Any]
    path: str
    variant: str | None = None

    def read(self, faults: Faults) -> Spec | None:
        """The spec, or None where it is too broken; every fault of form is noted."""
        if isinstance(self.data, bytes | str):
            return parse(self.data, self.path, faults)
        from .trees.data import tree_of  # late: start-up time

        tree = tree_of(dict(self.data), self.path, faults)
        return None if tree is None else parse_tree(tree, self.path, faults)


def find(source: Source) -> FoundSpec:
    """The spec that a source names. Raises SourceError where there is none, or it cannot be read."""
    if isinstance(source, Mapping):
        return FoundSpec(source, "<dict>")
    if isinstance(source, bytes):
        return FoundSpec(source, "<bytes>")
    if not isinstance(source, str):
        path = os.fspath(source)
        return FoundSpec(read_file(path), path)
    if "\n" in source:
        return FoundSpec(source, "<text>")
    if source == STDIN:
        return FoundSpec(_bytes("<stdin>", lambda: input.read_stdin(input.MAX_BYTES)), "<stdin>")
    if _is_file(source):
        return FoundSpec(read_file(source), source)
    file, mark, variant = source.rpartition("#")
    if not mark:
        if _looks_like_path(source):
            raise _missing(source)
        return find_zoo(source)
    if _is_file(file) or _looks_like_path(file):
        return FoundSpec(read_file(file), file, variant)
    return find_zoo(file)._replace(variant=variant)


def _is_file(source: str) -> bool:
    """Whether there is a file, a pipe or a device of that name; a folder may be named as a network of the zoo is."""
    return os.path.exists(source) and (_looks_like_path(source) or not os.path.isdir(source))


def _looks_like_path(source: str) -> bool:
    return not source or bool({".", "/", os.sep} & set(source))


def read_file(path: str, most: int = input.MAX_BYTES) -> bytes:
    """The bytes of a file, `most + 1` where it has more; raises SourceError where it is missing, a directory, or may
    not be read.
    """
    if os.path.isdir(path):
        raise SourceError([_directory(path)])
    return _bytes(path, lambda: input.read(path, most))


def _bytes(path: str, read: Callable[[], bytes]) -> bytes:
    try:
        return read()
    except (FileNotFoundError, NotADirectoryError):
        raise _missing(path) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceError([Fault("ND003", f"the file cannot be read: {reason}", where=path)]) from None


def _directory(path: str) -> Fault:
    if os.path.isfile(os.path.join(path, "saved_model.pb")):
        from .advice.recognition import not_a_spec  # late: start-up time

        return Fault("ND016", not_a_spec("a TensorFlow SavedModel"), where=path)
    return Fault("ND002", "this is a directory; name a file in it", where=path)


def _missing(path: str) -> SourceError:
    """There is no such file; names the one in its folder that is meant."""
    folder, name = os.path.split(path)
    try:
        beside = os.listdir(folder or ".")
    except OSError:
        beside = []
        hint = f"; there is no folder '{folder}' either" if folder and not os.path.isdir(folder) else ""
    else:
        stems = {os.path.splitext(file)[0]: file for file in sorted(beside)}
        near = near_miss(os.path.splitext(name)[0], stems)  # a suffix is no likeness
        hint = f"; did you mean '{stems[near]}'?" if near else ""
    return SourceError([Fault("ND001", f"no such file{hint}", where=path or "''")])


def find_zoo(name: str) -> FoundSpec:
    """The file of the zoo that has a network of that name. Raises SourceError, with the near miss, where none has."""
    if name.replace("_", "").isalnum():
        if os.path.isfile(resources.path("specs", f"{name}.yaml")):
            return _zoo_file(name)
        word = name.encode()
        for text in zoo_files():
            if isinstance(text.data, bytes) and word in text.data:
                found = _names_in(text)
                if name in found:
                    return text._replace(variant=found[name])
    if os.path.isdir(name):
        raise SourceError([_directory(name)])
    hint = did_you_mean(name, zoo_names()) or "; netdraw list shows all"
    message = f"no file, and no network of the zoo, has this name{hint}"
    raise SourceError([Fault("ND006", message, where=name)])


def zoo_names() -> dict[str, FoundSpec]:
    """Every name of the zoo, variants and aliases included, with its file: sorted by file, in its order."""
    found: dict[str, FoundSpec] = {}
    for text in zoo_files():
        for name, variant in _names_in(text).items():
            found.setdefault(name, text._replace(variant=variant))
    return found


def zoo_files() -> Iterator[FoundSpec]:
    """Every file of the zoo, sorted by name."""
    return map(_zoo_file, resources.names("specs", ".yaml"))


def _zoo_file(stem: str) -> FoundSpec:
    """A file of the zoo; its places are shown as `specs/NAME.yaml`, wherever the package lies."""
    return FoundSpec(own_text(resources.path("specs", f"{stem}.yaml")), f"specs/{stem}.yaml")


def _names_in(text: FoundSpec) -> dict[str, str | None]:
    """The names by which one file is known: its own, its variants' and their aliases; None is the bare file."""
    spec = text.read(Faults())
    if spec is None:
        return {}
    stem = os.path.basename(text.path).rpartition(".")[0]
    names: dict[str, str | None] = {stem: None, spec.name: None}
    names.update({variant.name: variant.name for variant in spec.variants})
    names.update({alias: names.get(target) for alias, target in spec.aliases})
    return names
