"""The graphs of the zoo, whole, so that a change of an id, a type or a wire is seen."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from nets import zoo


@pytest.mark.parametrize(
    ("file", "variant"),
    [("mobilenet_v1", None), ("mobilenet_v2", None), ("resnet", "resnet18"), ("resnet", "resnet50"), ("vgg", "vgg11")],
)
def test_graph(file: str, variant: str | None, golden: Callable[[str, str], None]) -> None:
    row = zoo(file, variant).to_dict()
    lines = [json.dumps(item, ensure_ascii=False) for item in (*row["nodes"], *row["groups"])]
    head = json.dumps({key: row[key] for key in ("name", "inputs", "outputs")}, ensure_ascii=False)
    golden(f"graph/{variant or file}.jsonl", "\n".join([head, *lines]) + "\n")
