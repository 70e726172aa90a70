"""Scenes to bytes. The formats of this package add themselves here."""

from . import pdf, png, svg
from .base import RENDERERS, Options, Renderer, render, renderer

__all__ = ["RENDERERS", "Options", "Renderer", "pdf", "png", "render", "renderer", "svg"]
