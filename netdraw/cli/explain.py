"""`netdraw explain`: a code, an op, a block; or one layer of a network with its numbers."""

from __future__ import annotations

from typing import Any

import click

from ..core.terminal import shown_lines
from . import complete
from .common import as_command, load_chosen, network_options, remark
from .streams import emit


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    from click.shell_completion import CompletionItem

    from ..manual.entries import subjects

    names = [CompletionItem(name) for name in subjects() if name.startswith(incomplete)]
    return names + complete.source(ctx, param, incomplete)


@as_command
@click.argument("subject", metavar="CODE|OP|BLOCK|SOURCE", shell_complete=_complete)
@click.argument("node", required=False, shell_complete=complete.node)
@network_options
def command(subject: str, node: str | None) -> None:
    """Explain an error code (ND305), an op (Conv2d) or a library block (Bottleneck); or one NODE of a SOURCE.

    A NODE is the id of a layer, a group or an input, such as stages.1.0; `netdraw summary` lists them.
    """
    if node is not None:
        net = load_chosen(subject)
        remark(net.faults)
        emit(shown_lines(net.explain(node)))
        return
    from ..manual.entries import entry

    text = entry(subject)
    if text is None:
        raise _unknown(subject)
    emit(text)


def _unknown(subject: str) -> Exception:
    """A subject without an entry; a source lacks the node, which is wrong usage."""
    from ..api.load import find
    from ..core.errors import Fault, OptionError, SourceError
    from ..manual.entries import meant_by

    try:
        find(subject)
    except SourceError:
        message = f"neither a code, an op nor a block has this name{meant_by(subject)}"
        return OptionError([Fault("ND012", message, where=subject)])
    return click.UsageError(f"say which layer of {subject}: netdraw explain {subject} NODE")
