"""Our NamedTuples are those of `typing`, in all that one can ask of them."""

from __future__ import annotations

import copy
import inspect
import pickle
import re
import typing
from pathlib import Path
from typing import Any

import pytest

from netdraw.core import records
from netdraw.core.records import NamedTuple


class Theirs(typing.NamedTuple):
    """A point."""

    x: int
    y: float = 2.0
    name: str = "p"

    @property
    def sum(self) -> float:
        return self.x + self.y


class Ours(NamedTuple):
    """A point."""

    x: int
    y: float = 2.0
    name: str = "p"

    @property
    def sum(self) -> float:
        return self.x + self.y


class Empty(NamedTuple):
    pass


def said(action: Any) -> str:
    """What a call raises, without the name of the class."""
    with pytest.raises((TypeError, ValueError, AttributeError)) as caught:
        action()
    return (
        str(caught.value)
        .replace("Theirs", "Ours")
        .replace("'Ours' object attribute 'x' is read-only", "can't set attribute")
    )


@pytest.mark.parametrize("arguments", [((1,), {}), ((1, 2), {}), ((), {"x": 1, "name": "q"}), ((1, 2.5, "q"), {})])
def test_instances_are_alike(arguments: tuple[tuple[Any, ...], dict[str, Any]]) -> None:
    words, named = arguments
    theirs, ours = Theirs(*words, **named), Ours(*words, **named)
    assert tuple(theirs) == tuple(ours) and ours == theirs and hash(ours) == hash(theirs)
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert (ours.x, ours.y, ours.name, ours.sum) == (theirs.x, theirs.y, theirs.name, theirs.sum)
    assert ours._asdict() == theirs._asdict() and tuple(ours._replace(y=9)) == tuple(theirs._replace(y=9))
    assert type(ours._replace(x=3)) is Ours and Ours._make([1, 2, "q"]) == Theirs._make([1, 2, "q"])
    for other in (copy.copy(ours), copy.deepcopy(ours), pickle.loads(pickle.dumps(ours))):
        assert (type(other), other) == (Ours, ours)
    match ours:
        case Ours(x, y, name):
            assert (x, y, name) == tuple(ours)


def test_classes_are_alike() -> None:
    for name in ("_fields", "_field_defaults", "__match_args__", "__doc__", "__slots__"):
        assert getattr(Ours, name) == getattr(Theirs, name), name
    assert typing.get_type_hints(Ours) == typing.get_type_hints(Theirs)
    shown = [
        [(one.name, one.default) for one in inspect.signature(kind).parameters.values()] for kind in (Ours, Theirs)
    ]
    assert shown[0] == shown[1] and inspect.signature(Ours).parameters["y"].annotation == "float"
    assert isinstance(Ours(1), tuple) and not hasattr(Ours(1), "__dict__") and type(Ours) is type
    assert Empty() == () and repr(Empty()) == "Empty()" and Empty()._asdict() == {}


def test_what_is_wrong_is_told_alike() -> None:
    for wrong in (
        lambda kind: kind(),
        lambda kind: kind(1, 2, 3, 4),
        lambda kind: kind(1, z=3),
        lambda kind: kind(1)._replace(z=3),
        lambda kind: setattr(kind(1), "x", 2),
    ):
        assert said(lambda wrong=wrong: wrong(Ours)) == said(lambda wrong=wrong: wrong(Theirs))
    with pytest.raises(TypeError, match="a field of Late without a default follows one with a default"):

        class Late(NamedTuple):
            x: int = 1
            y: int  # type: ignore[misc]


def test_the_package_has_no_others() -> None:
    package = Path(records.__file__).parent.parent
    others = re.compile(r"^\s*(from typing import .*\bNamedTuple\b|.*\btyping\.NamedTuple\b)", re.MULTILINE)
    files = [file for file in package.rglob("*.py") if others.search(file.read_text(encoding="utf-8"))]
    assert files == [Path(records.__file__)]
