"""NamedTuples as `typing` has them, in a quarter of the time: the way to a figure makes some 180 of them, each anew in
every process (`docs/decisions/namedtuples.md`).
"""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING or sys.version_info >= (3, 14):
    from typing import NamedTuple as NamedTuple  # late: the same, slower
else:
    from collections import _tuplegetter  # late: typing has its own
    from types import FunctionType  # late: typing has its own

    _CODES = {}
    """By the number of fields, the code that makes an instance; only the names of its arguments differ."""
    _SCOPE = {"new": tuple.__new__}
    _GETTERS = []
    """By place, what gives the field there; it does not know of which class."""

    class _Record(tuple):
        """What all have beside their fields; as in `collections.namedtuple`."""

        __slots__ = ()

        @classmethod
        def _make(cls, iterable):
            return cls(*iterable)

        def _replace(self, /, **values):
            made = tuple.__new__(type(self), map(values.pop, self._fields, self))
            if values:
                raise ValueError(f"Got unexpected field names: {list(values)!r}")
            return made

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            return f"{type(self).__name__}({', '.join(map('{}={!r}'.format, self._fields, self))})"

        def __getnewargs__(self):
            return tuple(self)

    class _Maker(type):
        """Makes a class with fields of one that is annotated."""

        def __new__(cls, name, bases, space):
            types = space.get("__annotations__", {})
            fields = tuple(types)
            defaults = {field: space[field] for field in fields if field in space}
            if fields[len(fields) - len(defaults) :] != tuple(defaults):
                raise TypeError(f"a field of {name} without a default follows one with a default")
            count = len(fields)
            if count not in _CODES:
                arguments = "".join([f"a{place}, " for place in range(count)])
                _CODES[count] = eval(f"lambda _cls, {arguments}: new(_cls, ({arguments}))").__code__
            code = _CODES[count].replace(co_varnames=("_cls", *fields), co_name="__new__")
            new = FunctionType(code, _SCOPE, "__new__", tuple(defaults.values()))
            new.__qualname__ = f"{space['__qualname__']}.__new__"
            new.__annotations__ = types
            own = {"__slots__": (), "_fields": fields, "_field_defaults": defaults, "__match_args__": fields}
            while len(_GETTERS) < count:
                _GETTERS.append(_tuplegetter(len(_GETTERS), ""))
            return type(name, (_Record,), {**space, **own, **dict(zip(fields, _GETTERS, strict=False)), "__new__": new})

    NamedTuple = type.__new__(_Maker, "NamedTuple", (), {})
