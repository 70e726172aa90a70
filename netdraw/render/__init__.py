"""Figures to bytes. Each format of this package is imported when it is asked for."""

from .base import RENDERERS, Figure, Options, Renderer, render, renderer

__all__ = ["RENDERERS", "Figure", "Options", "Renderer", "render", "renderer"]
