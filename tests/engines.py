"""Tests that need a Graphviz run where one is found; the requirements bring one wherever it has a wheel."""

from __future__ import annotations

import pytest

from netdraw.layout.graphviz import engine

needs_engine = pytest.mark.skipif(engine.find() is None, reason="no Graphviz is found")
