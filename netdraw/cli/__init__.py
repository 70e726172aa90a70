"""The command line: words for what the library does. One command a file; each is imported when it is called."""

from .main import cli, main

__all__ = ["cli", "main"]
