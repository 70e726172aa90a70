"""What a shell offers for the values of options and arguments: read from the registries, only when asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import click

from ..figure.options.option import Option

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


def source(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    """Names of the zoo, and files."""
    from click.shell_completion import CompletionItem

    from ..api.load import zoo_names

    names = [CompletionItem(name) for name in zoo_names() if name.startswith(incomplete)]
    return [*names, CompletionItem(incomplete, type="file")]


def _listed(ctx: click.Context) -> Iterable[str]:
    """The formats of a command alone."""
    from ..api.list import LISTS

    return [row[0] for row in LISTS["formats"]()[1:] if row[2] == ctx.info_name]


def _figure_formats(ctx: click.Context) -> Iterable[str]:
    """Those of figures of several networks."""
    from ..figure.formats import scene_formats

    return scene_formats()


def _diff_formats(ctx: click.Context) -> Iterable[str]:
    return [*_listed(ctx), *_figure_formats(ctx)]


def _table_formats(ctx: click.Context) -> Iterable[str]:
    """Those of tables, and of figures that have places."""
    from ..api.formats import tables

    return [*tables(), *_figure_formats(ctx)]


def _source(ctx: click.Context) -> str:
    """The SOURCE typed so far; click drops the arguments where the last option still lacks its value."""
    typed = [word for word in ctx.args if not word.startswith("-")]
    found = ctx.params.get("source") or ctx.params.get("subject") or next(iter(typed), "")
    return str(found[0] if isinstance(found, tuple) else found)


def _spec(ctx: click.Context) -> Any:
    from ..api.load import find, parse_text

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


def values(row: Option) -> Any:
    """What is offered for an option of figures."""
    return {"files": file, "nodes": node}.get(row.takes.offers) or completing(lambda ctx: row.takes.words())


format, figure_format, diff_format, table_format = (
    completing(words) for words in (_listed, _figure_formats, _diff_formats, _table_formats)
)
setting, variant, node = (completing(words) for words in (_settings, _variants, _nodes))
