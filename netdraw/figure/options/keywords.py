"""The keywords of figures with their types. Made by scripts/build_docs.py of table.py; do not edit."""

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, TypedDict


class NetworkOptions(TypedDict, total=False):
    width: str | float
    height: str | float | None
    layout: str
    only: str | None
    highlight: str | Sequence[str]
    depth: Literal["stage", "block", "layer"] | None
    unfold: bool
    fuse_pool: bool
    cost: Literal["macs", "flops", "params", "none"]
    labels: str
    bars: Literal["shape", "params", "macs", "memory", "receptive", "none"]
    shape_order: Literal["chw", "hwc"]
    lang: Literal["en", "zh"]
    style: str
    theme: str | os.PathLike[str] | Mapping[str, Any]
    font: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] | None
    legend: bool
    title: bool
    caption: bool
    fonts: Literal["embed", "link", "outline", "both", "none"]


class ComparisonOptions(TypedDict, total=False):
    kind: str | None
    x: Literal["params", "macs", "flops", "memory", "top1"] | None
    y: Literal["params", "macs", "flops", "memory", "top1"] | None
    channels: int
    size: int
    only: str | Sequence[str]
    width: str | float | None
    height: str | float | None
    depth: Literal["stage", "block", "layer"] | None
    cost: Literal["macs", "flops", "params", "none"]
    lang: Literal["en", "zh"]
    style: str
    theme: str | os.PathLike[str] | Mapping[str, Any]
    font: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] | None
    legend: bool
    title: bool
    caption: bool
    fonts: Literal["embed", "link", "outline", "both", "none"]


class DiffOptions(TypedDict, total=False):
    width: str | float | None
    height: str | float | None
    cost: Literal["macs", "flops", "params", "none"]
    lang: Literal["en", "zh"]
    style: str
    theme: str | os.PathLike[str] | Mapping[str, Any]
    font: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] | None
    legend: bool
    title: bool
    caption: bool
    fonts: Literal["embed", "link", "outline", "both", "none"]


class SweepOptions(TypedDict, total=False):
    x: Literal["params", "macs", "flops", "memory", "top1"] | None
    y: Literal["params", "macs", "flops", "memory", "top1"] | None
    width: str | float
    lang: Literal["en", "zh"]
    theme: str | os.PathLike[str] | Mapping[str, Any]
    font: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] | None
    title: bool
    caption: bool
    fonts: Literal["embed", "link", "outline", "both", "none"]


class CostOptions(TypedDict, total=False):
    by: Literal["kind", "stage", "block", "layer"]
    width: str | float
    lang: Literal["en", "zh"]
    theme: str | os.PathLike[str] | Mapping[str, Any]
    font: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] | None
    fonts: Literal["embed", "link", "outline", "both", "none"]


class PairOptions(TypedDict, total=False):
    width: str | float
    lang: Literal["en", "zh"]
    theme: str | os.PathLike[str] | Mapping[str, Any]
    font: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] | None
    fonts: Literal["embed", "link", "outline", "both", "none"]


class FileOptions(TypedDict, total=False):
    scale: float
    transparent: bool
