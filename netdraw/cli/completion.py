"""`netdraw completion`: the script that a shell reads."""

from __future__ import annotations

import click

from .common import as_command
from .streams import emit


@as_command
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the script that completes commands, options, networks and files in SHELL.

    \b
    bash:  echo 'eval "$(netdraw completion bash)"' >> ~/.bashrc
    zsh:   echo 'eval "$(netdraw completion zsh)"' >> ~/.zshrc
    fish:  netdraw completion fish > ~/.config/fish/completions/netdraw.fish
    """
    from click.shell_completion import get_completion_class

    from .commands import cli

    found = get_completion_class(shell)
    assert found is not None
    emit(found(cli, {}, "netdraw", "_NETDRAW_COMPLETE").source())
