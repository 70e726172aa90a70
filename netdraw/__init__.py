"""netdraw: a YAML text that states a neural network, drawn as a publication figure with every number computed.

>>> import netdraw
>>> net = netdraw.load("mobilenet_v2", width=0.5)
>>> net.analysis.total.params
1968680
>>> net.draw(width="174mm").save("mobilenet.svg")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .api.compare import compare
    from .api.diff import diff
    from .api.load import draw, load, tabulate
    from .api.network import Network
    from .api.sweep import sweep
    from .core.errors import NetdrawError
    from .figure.drawing import Drawing, Table

__version__ = "0.1.0"
__all__ = [
    "Drawing",
    "NetdrawError",
    "Network",
    "Table",
    "__version__",
    "compare",
    "diff",
    "draw",
    "load",
    "sweep",
    "tabulate",
]
_HOMES = {
    **{"compare": "api.compare", "diff": "api.diff", "sweep": "api.sweep", "Network": "api.network"},
    **{"Drawing": "figure.drawing", "Table": "figure.drawing", "NetdrawError": "core.errors"},
}
"""The module that has a name, if not `api.load`."""


def __getattr__(name: str) -> object:
    """The names of the API, imported when first asked for, so that `import netdraw` costs next to nothing."""
    if name not in __all__:
        raise AttributeError(f"module 'netdraw' has no attribute '{name}'")
    from importlib import import_module

    found: object = getattr(import_module(f"netdraw.{_HOMES.get(name, 'api.load')}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
