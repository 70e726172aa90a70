"""Names to things, in order of registration; entry points are read only after a miss, or to list."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """One kind of thing by name. Third parties add to `netdraw.GROUP` by an entry point whose value is the thing."""

    def __init__(self, group: str) -> None:
        self.group = group
        self._items: dict[str, T] = {}
        self._late: dict[str, str] = {}
        self._loaded = False

    def add(self, name: str, item: T) -> T:
        """Registers `item`; a name is taken once."""
        if name in self._items:
            raise ValueError(f"{self.group} {name!r} is registered twice")
        self._items[name] = item
        return item

    def late(self, name: str, module: str) -> None:
        """Names a thing of ours whose module adds it, and is imported only when it is asked for."""
        self._late[name] = module

    def get(self, name: str) -> T | None:
        """The thing of that name, or None; reads the entry points once, and only if no built-in has the name."""
        if name not in self._items and name in self._late:
            import_module(self._late[name])
        elif name not in self._items and not self._loaded:
            self._load()
        return self._items.get(name)

    def __getitem__(self, name: str) -> T:
        item = self.get(name)
        if item is None:
            raise KeyError(name)
        return item

    def __contains__(self, name: str) -> bool:
        return self.get(name) is not None

    def __iter__(self) -> Iterator[str]:
        self._load()
        return iter({**dict.fromkeys(self._late), **self._items})

    def names(self) -> list[str]:
        """All names, entry points included, sorted."""
        return sorted(self)

    def _load(self) -> None:
        if self._loaded:
            return
        self._loaded = True
        from importlib.metadata import entry_points  # late: start-up time

        for point in entry_points(group=f"netdraw.{self.group}"):
            if point.name not in self._items and point.name not in self._late:
                self._items[point.name] = point.load()
