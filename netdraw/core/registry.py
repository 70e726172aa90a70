"""Names to things. What is not there yet is looked for among our own modules, then among entry points."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """One kind of thing by name. Third parties add to `netdraw.GROUP` by an entry point whose value is the thing.

    `home` is a package of ours in which a module adds the thing of its own name; it is imported when that is asked for,
    so that a thing of ours is one file, too. `families` are modules of which each adds several; these are imported in
    turn until one has the name that is asked for.
    """

    def __init__(self, group: str, home: str = "", families: Sequence[str] = ()) -> None:
        self.group, self.home, self.families = group, home, families
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
        """Names a thing of ours that a module elsewhere adds."""
        self._late[name] = module

    def get(self, name: str) -> T | None:
        """The thing of that name, or None; reads the entry points once, and only if nothing of ours has the name."""
        if name not in self._items:
            self._import(name)
        if name not in self._items:
            self._load()
        return self._items.get(name)

    def __getitem__(self, name: str) -> T:
        if name in self._items:
            return self._items[name]
        item = self.get(name)
        if item is None:
            raise KeyError(name)
        return item

    def __contains__(self, name: str) -> bool:
        return self.get(name) is not None

    def __iter__(self) -> Iterator[str]:
        for name in [*self._late, *self._modules()]:
            self._import(name)
        for family in self.families:
            import_module(family)
        self._load()
        return iter(self._items)

    def names(self) -> list[str]:
        """All names, entry points included, sorted."""
        return sorted(self)

    def _import(self, name: str) -> None:
        """Imports the module of ours that adds a name, where there is one; of families, those up to its own."""
        for family in self.families:
            if name in self._items:
                return
            import_module(family)
        module = self._late.get(name) or (f"{self.home}.{name}" if self.home and name.isidentifier() else "")
        if module:
            try:
                import_module(module)
            except ModuleNotFoundError as error:
                if error.name != module:
                    raise

    def _modules(self) -> list[str]:
        """The modules of the home, sorted; some of them only help the others."""
        if not self.home:
            return []
        folder = os.path.dirname(import_module(self.home).__file__ or "")
        return sorted({entry.partition(".")[0] for entry in os.listdir(folder) if not entry.startswith("_")})

    def _load(self) -> None:
        if self._loaded:
            return
        self._loaded = True
        from importlib.metadata import entry_points  # late: start-up time

        for point in entry_points(group=f"netdraw.{self.group}"):
            if point.name not in self._items:
                self._items[point.name] = point.load()
