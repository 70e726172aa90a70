"""Figures to bytes. The formats of this package add themselves here."""

from . import dot, pdf, png, svg
from .base import RENDERERS, Figure, Options, Renderer, render, renderer

__all__ = ["RENDERERS", "Figure", "Options", "Renderer", "dot", "pdf", "png", "render", "renderer", "svg"]
