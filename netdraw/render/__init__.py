"""Scenes to bytes. The formats of this package add themselves here."""

from . import png, svg
from .base import RENDERERS, Options, Renderer, render, renderer

__all__ = ["RENDERERS", "Options", "Renderer", "png", "render", "renderer", "svg"]
