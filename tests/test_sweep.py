"""A network at many values of its params: the papers' tables, charts, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import netdraw
from netdraw.api.points import split_values
from netdraw.api.sweep import sweep
from netdraw.cli import cli
from netdraw.core.errors import NetdrawError
from netdraw.spec.settings import Written
from netdraw.type.primitives import Group

# Howard et al., arXiv:1704.04861: million multiply-adds and million parameters.
WIDTHS = {1.0: (569, 4.2), 0.75: (325, 2.6), 0.5: (149, 1.3), 0.25: (41, 0.5)}
"""Table 6."""
RESOLUTIONS = {224: (569, 4.2), 192: (418, 4.2), 160: (290, 4.2), 128: (186, 4.2)}
"""Table 7, where 290 is 290.68 cut off."""


def test_table_6_of_mobilenet() -> None:
    found = sweep("mobilenet_v1", {"width": list(WIDTHS)})
    for run, (macs, params) in zip(found.runs, WIDTHS.values(), strict=True):
        assert round(run.macs / 1e6) == macs
        assert round(run.params / 1e6, 1) == params


def test_table_7_of_mobilenet() -> None:
    found = sweep("mobilenet_v1", {"resolution": list(RESOLUTIONS)})
    for run, (macs, params) in zip(found.runs, RESOLUTIONS.values(), strict=True):
        assert run.macs // 10**6 == macs or round(run.macs / 1e6) == macs
        assert round(run.params / 1e6, 1) == params


def test_every_combination_is_a_point_as_the_network_alone() -> None:
    found = sweep("mobilenet_v2", {"width": [1.4, 1.0], "resolution": [224, 160]})
    assert [run.values for run in found.runs] == [("1.4", "224"), ("1.4", "160"), ("1", "224"), ("1", "160")]
    for run in found.runs:
        net = netdraw.load("mobilenet_v2", width=float(run.values[0]), resolution=int(run.values[1]))
        total = net.analysis.total
        assert (run.params, run.macs, run.memory) == (total.params, total.macs, 4 * total.activations)
        assert run.flops == 2 * run.macs


def test_tables_say_the_same_in_every_format() -> None:
    found = sweep("mobilenet_v1", {"width": [1, 0.5]})
    data = json.loads(found.text("json"))
    assert data["over"] == ["width"]
    assert [point["macs"] for point in data["points"]] == [568740352, 149497088]
    assert found.text("csv").splitlines()[1] == "1,4231976,568740352,1137480704,60528448"
    for format in ("text", "md", "html", "latex"):
        assert "149,497,088" in found.text(format)
    assert str(found) == found.text()


def test_a_chart_has_a_point_for_every_run() -> None:
    found = sweep("mobilenet_v1", {"width": [1, 0.5], "resolution": [224, 128]})
    scene = found.draw().scene
    points = [dict(item.data) for item in scene.items if isinstance(item, Group) and item.role == "point"]
    assert [point["id"] for point in points] == [
        "width=1,resolution=224", "width=1,resolution=128", "width=0.5,resolution=224", "width=0.5,resolution=128",
    ]  # fmt: skip
    assert [float(point["x"]) for point in points] == pytest.approx([run.macs for run in found.runs], rel=1e-5)


def test_where_params_never_change_memory_runs_upwards() -> None:
    found = sweep("mobilenet_v1", {"resolution": [224, 128]})
    (first, _) = [item for item in found.draw().scene.items if isinstance(item, Group) and item.role == "point"]
    assert float(dict(first.data)["y"]) == pytest.approx(found.runs[0].memory, rel=1e-5)


def test_lists_are_values_too() -> None:
    assert split_values(["depths=[1,1],[2,2]", "classes=10"]) == {
        "depths": [Written("[1,1]", "--over"), Written("[2,2]", "--over")],
        "classes": [Written("10", "--over")],
    }
    found = sweep("vgg", split_values(["depths=[1,1,2,2,2],[2,2,2,2,2]"]))
    assert [run.params for run in found.runs] == [132863336, 133047848]


def faults(*arguments: object) -> list[str]:
    with pytest.raises(NetdrawError) as caught:
        sweep(*arguments)  # type: ignore[arg-type]
    return [str(fault) for fault in caught.value.faults]


def test_what_cannot_be_swept_is_said() -> None:
    assert faults("mobilenet_v1", {}) == ["'over': ND660 nothing to sweep over; write 'over', such as width=1,0.75,0.5"]
    assert faults("mobilenet_v1", {"width": "1"}) == ["'over': ND660 'width' needs a list of values, not '1'"]
    assert faults("mobilenet_v1", {"width": range(100), "classes": range(100)}) == [
        "'over': ND661 10,000 points are too many; a sweep has 1,000 at most"
    ]
    assert faults("mobilenet_v1", {"widht": [Written("1", "--over")]}) == [
        "--over widht: ND413 no param 'widht'; did you mean 'width'?"
    ]
    assert len(faults("mobilenet_v1", {"resolution": [224, 0, -3]})) >= 2, "every bad point is told"
    with pytest.raises(NetdrawError, match="ND662 unknown measure 'mac'; did you mean 'macs'"):
        sweep("lenet", {"classes": [10, 20]}).draw(x="mac")


def test_the_command_writes_what_the_suffix_says(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.csv", "a.svg", "a.png", "a.pdf", "a.md", "a.tex")]
    line = ["sweep", "lenet", "--over", "classes=10,20"]
    result = CliRunner().invoke(cli, [*line, *(part for file in files for part in ("-o", str(file)))])
    assert result.exit_code == 0, result.output
    starts = [b"classes,params", b"<svg", b"\x89PNG", b"%PDF", b"## ", b"%"]
    for file, start in zip(files, starts, strict=True):
        assert file.read_bytes().startswith(start), file
    assert CliRunner().invoke(cli, line).stdout.startswith("LeNet-5: classes\n")
    assert CliRunner().invoke(cli, [*line[:3], "classes"]).exit_code == 2


def test_a_fault_says_at_which_points_it_is() -> None:
    """Of one value, of some points, of all."""
    (first, *_) = faults("mobilenet_v1", {"width": [1, 0], "resolution": [224, 160]})
    assert first.startswith("specs/mobilenet_v1.yaml:20:31: ND301") and first.endswith("; at width=0")
    text = "netdraw: 1\nname: net\nparams: {a: 1, b: 1}\ninput: [1]\nlayers:\n  - Linear: a - b\n"
    zero, negative = sorted(faults(text, {"a": [3, 2], "b": [3, 2, 1]}), reverse=True)
    assert zero.endswith("not 0; at a=3, b=3 and 1 more point") and negative.endswith("not -1; at a=2, b=3")
    assert [said[-6:] for said in faults(text, {"a": [1], "b": [1]})] == [" not 0"]


def test_values_and_params_stand_once() -> None:
    assert faults("mobilenet_v1", {"width": [1, 1.0, 0.5], "resolution": [3, 3]}) == [
        "'over': ND660 'width' has the value 1 twice",
        "'over': ND660 'resolution' has the value 3 twice",
    ]
    with pytest.raises(ValueError, match="'width' is given twice; write all of its values in one: width=value,value"):
        split_values(["width=1", "width=2"])
    for lacking in ("width=1,,2", "width=1,", "width=,1"):
        with pytest.raises(ValueError, match=f"'{lacking}' lacks a value beside a comma; write name=value,value"):
            split_values([lacking])
    with pytest.raises(NetdrawError, match="ND660 'width' is set, and swept over; it can be one of both"):
        sweep("mobilenet_v1", {"width": [1]}, params={"width": 2})


def test_params_that_are_the_same_at_all_points() -> None:
    found = sweep("mobilenet_v1", {"width": [1, 0.5]}, params={"classes": 10})
    assert [run.params for run in found.runs] == [
        netdraw.load("mobilenet_v1", width=width, classes=10).analysis.total.params for width in (1, 0.5)
    ]
    assert found.text().startswith("MobileNet (classes=10): width\n")
    line = ["sweep", "mobilenet_v1", "--over", "width=1,0.5", "--set", "classes=10"]
    assert CliRunner().invoke(cli, line).stdout == found.text()


def test_values_are_values_in_json() -> None:
    found = sweep("vgg", split_values(["depths=[1,1,2,2,2],[2,2,2,2,2]", "classes=10"]))
    assert [point["depths"] for point in found.to_dict()["points"]] == [[1, 1, 2, 2, 2], [2, 2, 2, 2, 2]]
    assert found.to_dict()["points"][0]["classes"] == 10
    assert sweep("mobilenet_v1", {"width": [0.5]}).to_dict()["points"][0]["width"] == 0.5


def test_what_is_told_is_what_is_shown() -> None:
    """The convention of MACs or FLOPs where they are there, and of memory."""
    macs, flops, memory = "One MAC is one", "is two FLOPs", "Memory is that"
    for cost, told in (("macs", [macs, memory]), ("flops", [flops, memory]), ("none", [memory])):
        said = " ".join(sweep("lenet", {"classes": [10, 20]}, cost=cost).text().split())
        assert [part for part in (macs, flops, memory) if part in said] == told
    found = sweep("lenet", {"classes": [10, 20]})
    for axes, told in (
        (("params", "flops"), [flops]),
        (("params", "memory"), [memory]),
        (("macs", "flops"), [macs, flops]),
    ):
        chart = dict(found.draw(x=axes[0], y=axes[1]).scene.meta)["chart"]
        assert [part for part in (macs, flops, memory) if part in chart["caption"]] == told
        assert chart["description"].endswith("LeNet-5 at 2 points.")


def test_points_without_a_label_are_told() -> None:
    found = sweep("lenet", {"classes": list(range(1, 301))})
    (fault,) = found.draw().faults
    assert fault.code == "ND675" and fault.severity == "warning" and "of 300 points have no label" in fault.message
    assert sweep("lenet", {"classes": [10, 20]}).draw().faults == ()


def test_all_faults_of_a_command_are_told_in_one_run(tmp_path: Path) -> None:
    words = ["sweep", "mobilenet_v1", "--over", "wdth=1", "--over", "resolutio=3", "--cost", "zzz", "-f", "xyz"]
    result = CliRunner().invoke(cli, words)
    assert result.exit_code == 1
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == [
        "--over resolutio", "--over wdth", "--cost", "--format",
    ]  # fmt: skip
    drawn = [
        "sweep",
        "lenet",
        "--over",
        "classes=1,2",
        "-f",
        "svg",
        "--x",
        "foo",
        "--y",
        "bar",
        "--theme",
        "n",
        "--width",
        "w",
    ]
    result = CliRunner().invoke(cli, drawn)
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == ["--x", "--y", "--width", "--theme"]
