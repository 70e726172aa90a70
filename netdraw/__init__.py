"""netdraw: a YAML text that states a neural network, drawn as a publication figure with every number computed."""

__version__ = "0.1.0"
