"""Texts that multiply: each is refused before it costs anything, and says which limit it met."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from layout_checks import calls

import netdraw
from netdraw.cli import cli
from netdraw.core.errors import MOST_FAULTS, TooManyFaults

EMPTY = "  - {parallel: {a: [{ReLU: {when: 1 > 2}}], b: [ReLU]}, join: Add}\n"
"""A branch whose layers are all left out, which is a warning."""
UNKNOWN = "  - ConvBNAct: {out_channels: 4, strid: 2}\n"
HEAD = "netdraw: 1\nname: n\ninput: [4, 16, 16]\n"


def refused(text: str, steps: int = 8_000_000) -> list[str]:
    """The faults of a text, which takes at most so many steps to be found wrong."""
    found = list[str]()

    def load() -> None:
        with pytest.raises(netdraw.NetdrawError) as error:
            netdraw.load(text)
        found[:] = map(str, error.value.faults)

    assert calls(load) < steps
    return found


def test_lists_that_hold_one_another_twice() -> None:
    doubled = ", ".join(f"a{n}: [a{n - 1}, a{n - 1}]" for n in range(1, 30))
    (fault,) = refused(f"{HEAD}params: {{a0: [1, 1], {doubled}}}\nlayers: [Flatten, {{Linear: a29}}]\n")
    assert fault.startswith("<text>:4:") and fault.endswith("ND507 the list has more than 10,000 items, the limit")
    inside = HEAD + "params: {a: [1, 1], b: [a, a]}\nlayers: [{Conv2d: {out_channels: 4, kernel_size: 'b[1]'}}]\n"
    assert netdraw.load(inside).graph.nodes[0].attrs["kernel_size"] == (1, 1)


def test_repeats_are_multiplied_before_anything_is_built() -> None:
    blocks = "".join(f"  B{n}: {{layers: [{{B{n - 1}: {{repeat: 1000}}}}]}}\n" for n in range(1, 7))
    (fault,) = refused(f"{HEAD}blocks:\n  B0: {{layers: [ReLU]}}\n{blocks}layers: [B6]\n")
    assert "ND506 repeat: 1000, 1,000 times by the repeats around it, gives more than 200,000 nodes" in fault
    rows = "  - stages: B\n    columns: {c: out, n: repeat}\n    rows: [[4, 3000]]\n    repeat: 100\n"
    block = "blocks: {B: {params: {out: required}, layers: [{Conv2d: {out_channels: out, kernel_size: 1}}]}}\n"
    assert "repeat: 3000, 100 times by" in refused(f"{HEAD}{block}layers:\n{rows}")[0]


@pytest.mark.parametrize(
    "layers",
    [
        "- Fire: {squeeze: 16, repeat: 100000}",
        "- stages: Fire\n  columns: {s: squeeze, n: repeat}\n  rows: [[16, 100000]]",
        "- parallel: {a: {layers: [ReLU, ReLU, ReLU], repeat: 100000}}\n  join: Add",
    ],
)
def test_members_that_are_all_alike_are_counted_before_they_are_built(layers: str) -> None:
    text = f"{HEAD}layers:\n" + "".join(f"  {line}\n" for line in layers.splitlines())
    (fault,) = refused(text, steps=20_000)
    assert "ND506 repeat: 100000 gives more than 200,000 nodes, the limit" in fault


@pytest.mark.slow
def test_members_that_ask_for_their_index_are_built_one_by_one() -> None:
    text = (
        HEAD + "layers:\n  - layers: [ReLU, {ReLU: {when: index < 3}}, {ReLU: {when: index < 3}}]\n    repeat: 70000\n"
    )
    assert len(netdraw.load(text).graph.nodes) == 70_006


def test_calls_of_blocks_that_hold_nothing() -> None:
    blocks = "".join(f"  B{n}: {{layers: [{', '.join([f'B{n - 1}'] * 8)}]}}\n" for n in range(1, 12))
    faults = refused(f"{HEAD}blocks:\n  B0: {{layers: [{{ReLU: {{when: 1 > 2}}}}]}}\n{blocks}layers: [ReLU, B11]\n")
    assert "ND506 more than 100,000 layers that hold nothing, the limit; calls multiply" in faults[0]


@pytest.mark.parametrize("layer", ["Foo{}", "ConvBNAct: {{out_channels: 4, strid{}: 2}}", "ReLU: {{from: nam{}}}"])
def test_a_text_of_faults_is_read_up_to_the_most_that_are_told(layer: str) -> None:
    text = HEAD + "layers:\n" + "".join(f"  - {layer.format(n)}\n" for n in range(2 * MOST_FAULTS))
    with pytest.raises(TooManyFaults) as error:
        netdraw.load(text)
    assert len(error.value.faults) == MOST_FAULTS
    assert error.value.faults[0].span is not None and error.value.faults[0].span.line == 5


LISTED = "\n".join(f"  Block{n}: {{layers: [ReLU]}}" for n in range(1000))
NAMED = "\n".join(f"  - ReLU: {{name: layer{n}}}" for n in range(1000))
PARAMS = "\n".join(f"  param{n}: 1" for n in range(1000))
MISSPELT: dict[str, tuple[str, str, str]] = {
    "blocks": (
        f"blocks:\n{LISTED}\nlayers:\n",
        "  - Blokk{}\n",
        "unknown op or block 'Blokk7'; did you mean 'Block7'?",
    ),
    "names": (f"layers:\n{NAMED}\n", "  - ReLU: {{from: leyer{}}}\n", "named 'leyer7' here; did you mean 'layer7'?"),
    "params": (
        f"layers: [ReLU]\nparams:\n{PARAMS}\nvariants:\n",
        "  v{0}: {{parem{0}: 2}}\n",
        "no param 'parem7'; did you mean 'param7'?",
    ),
}


@pytest.mark.parametrize("what", MISSPELT)
def test_near_misses_of_many_names_in_many_faults(what: str) -> None:
    before, line, said = MISSPELT[what]
    text = HEAD + before + "".join(line.format(n) for n in range(100))
    assert any(fault.endswith(said) for fault in refused(text, 3_000_000))


def test_a_name_repeated_without_end_is_told_as_often_as_all_else() -> None:
    with pytest.raises(TooManyFaults) as error:
        netdraw.load(HEAD + "layers: [ReLU]\n" + "params: {}\n" * (MOST_FAULTS + 2))
    assert {fault.code for fault in error.value.faults} == {"ND104"}


def test_thousands_of_variants_are_checked_from_one_reading() -> None:
    from netdraw.api.check import check
    from netdraw.api.load import find

    text = HEAD + "layers: [ReLU]\nvariants:\n" + "".join(f"  v{n}: {{}}\n" for n in range(400))
    assert calls(lambda: check(find(text))) < 2_000_000


def lines(*arguments: str) -> list[str]:
    """What the command line says of faults."""
    return CliRunner().invoke(cli, arguments).stderr.splitlines()


def test_the_first_faults_of_each_text_are_shown_and_the_number_of_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, count in (("few", 100), ("some", 150), ("many", MOST_FAULTS + 500)):
        Path(f"{name}.yaml").write_text(f"{HEAD}layers:\n{UNKNOWN * count}")
    few, some, many = (lines("check", f"{name}.yaml") for name in ("few", "some", "many"))
    assert [line.split()[0] for line in few] == [f"few.yaml:{5 + n}:34:" for n in range(100)]
    assert some == [*(line.replace("few", "some") for line in few), "and 50 more"]
    stop = "; the text is read no further after 1,000 errors"
    assert many == [*(line.replace("few", "many") for line in few), f"and 900 more{stop}"]
    assert lines("check", "some.yaml", "few.yaml", "many.yaml") == [*some, *few, *many]
    assert lines("summary", "many.yaml") == many
    assert lines("diff", "some.yaml", "many.yaml") == [*some[:-1], f"and 1,050 more{stop}"]


def test_warnings_are_left_out_before_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.yaml").write_text(f"{HEAD}layers:\n{EMPTY * 120}")
    shown = lines("summary", "x.yaml")
    assert [line.split()[0] for line in shown[:-1]] == [f"x.yaml:{5 + n}:17:" for n in range(100)]
    assert shown[-1] == "and 20 more"
    assert lines("summary", "x.yaml", "--strict") == shown
    assert lines("summary", "x.yaml", "-q") == []
    Path("x.yaml").write_text(f"{HEAD}layers:\n{EMPTY * 120}{UNKNOWN}")
    wrong = lines("summary", "x.yaml")
    assert [line.split()[0] for line in wrong[98:-1]] == ["x.yaml:103:17:", "x.yaml:125:34:"] and wrong[
        -1
    ] == "and 21 more"


def test_a_text_with_variants_that_is_full_of_faults_is_read_once() -> None:
    from netdraw.api.check import check
    from netdraw.api.load import find

    with pytest.raises(TooManyFaults) as error:
        check(find(f"{HEAD}layers:\n{UNKNOWN * (MOST_FAULTS + 1)}variants: {{a: {{}}, b: {{c: 1}}}}\n"))
    assert len(error.value.faults) == MOST_FAULTS
