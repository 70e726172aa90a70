"""What a shell offers for the values of options and arguments: read from the registries, only when asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import click

Completer = Callable[[click.Context, click.Parameter, str], list[str]]


def completing(words: Callable[[click.Context], Iterable[str]]) -> Completer:
    """Offers those of the words that begin as typed; nothing where they cannot be had."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
        from ..core.errors import NetdrawError

        try:
            return [word for word in words(ctx) if word.startswith(incomplete)]
        except NetdrawError:
            return []

    return complete


def _choices(option: str) -> Completer:
    def words(ctx: click.Context) -> Iterable[str]:
        from ..figure.options import CHOICES

        return CHOICES[option]

    return completing(words)


def _listed(kind: str) -> Completer:
    """The first column of a list, without its head."""

    def words(ctx: click.Context) -> Iterable[str]:
        from ..api.list import LISTS

        return [row[0] for row in LISTS[kind]()[1:]]

    return completing(words)


def _widths(ctx: click.Context) -> Iterable[str]:
    from ..core.lengths import NAMED

    return [*NAMED, "none"]


def _formats(ctx: click.Context) -> Iterable[str]:
    from ..api.list import LISTS

    return [row[0] for row in LISTS["formats"]()[1:] if row[2] == ctx.info_name]


def _figure_formats(ctx: click.Context) -> Iterable[str]:
    """Those of figures of several networks."""
    from ..figure.drawing import scene_formats

    return scene_formats()


def _diff_formats(ctx: click.Context) -> Iterable[str]:
    return [*_formats(ctx), *_figure_formats(ctx)]


def _cost_formats(ctx: click.Context) -> Iterable[str]:
    """Those of figures, and those of summaries that have tables."""
    from ..api.list import LISTS
    from ..tables.summary import SUMMARIES

    names = [row[0] for row in LISTS["formats"]()[1:]]
    return [name for name in names if name not in SUMMARIES or SUMMARIES[name].tables]


def _source(ctx: click.Context) -> str:
    """The SOURCE typed so far; click drops the arguments where the last option still lacks its value."""
    typed = [word for word in ctx.args if not word.startswith("-")]
    found = ctx.params.get("source") or ctx.params.get("subject") or next(iter(typed), "")
    return str(found[0] if isinstance(found, tuple) else found)


def _spec(ctx: click.Context) -> Any:
    from ..api.load import parse_text
    from ..spec.sources import find

    return parse_text(find(_source(ctx)))[0]


def _settings(ctx: click.Context) -> Iterable[str]:
    return [f"{param.name}=" for param in _spec(ctx).params]


def _variants(ctx: click.Context) -> Iterable[str]:
    return [variant.name for variant in _spec(ctx).variants]


def _nodes(ctx: click.Context) -> Iterable[str]:
    from ..api.load import load

    graph = load(_source(ctx)).graph
    return [*(group.id for group in graph.groups), *(node.id for node in graph.nodes)]


def file(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    """Files, as the shell knows them."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


cost, bars, shape_order, lang, by, table = (
    _choices(option) for option in ("cost", "bars", "shape_order", "lang", "by", "table")
)
theme, layout = _listed("themes"), _listed("layouts")
comparison = completing(lambda ctx: ("family", "whole", "units", "words", "chart"))
measure = completing(lambda ctx: ("params", "macs", "flops", "memory", "top1"))
width, format, cost_format = completing(_widths), completing(_formats), completing(_cost_formats)
figure_format, diff_format = completing(_figure_formats), completing(_diff_formats)
setting, variant, node = (completing(words) for words in (_settings, _variants, _nodes))
labels = completing(lambda ctx: ("compact", "full", "relative"))
fonts = completing(lambda ctx: ("embed", "link", "outline", "none"))
