"""`python -m netdraw` is the program `netdraw`."""

from .cli import main

main()
