"""Texts of the package that are kept compiled: what is read is always what the text says."""

from __future__ import annotations

import json
import marshal
import os
import sys
from pathlib import Path

import pytest

import netdraw
from netdraw.core import resources
from netdraw.core.compiled import OwnText, compiled, data, own_text
from netdraw.core.errors import Faults, SpecError
from netdraw.spec import source

FOLDERS = [resources.path("specs"), resources.package_path("blocks"), resources.package_path("themes")]
DATA = sorted(Path(netdraw.__file__).parent.rglob("*.json"))
FILES = [file for folder in FOLDERS for file in sorted(Path(folder).glob("*.yaml"))]
TEXT = "a: 1\nb: [x, 'y z', {c: 2.5}]\nd: &one\n  - max(1, 2)\ne: *one\n"
FAULTY = "a: 1\na: 2\nb: !!str c\n"
BROKEN = "a: [1, 2\nb: }\n"


@pytest.fixture(autouse=True)
def writing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytecode is written, whatever the environment of the tests says."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def read(data: bytes) -> tuple[source.Tree | None, list[str]]:
    """The tree, and the faults in words."""
    faults = Faults()
    tree = source.read(data, "net.yaml", faults)
    return tree, [str(fault) for fault in faults.sorted()]


def own(folder: Path, text: str = TEXT) -> OwnText:
    """A text as one of the package, in that folder."""
    (folder / "net.yaml").write_text(text, encoding="utf-8")
    return own_text(str(folder / "net.yaml"))


def stored(folder: Path) -> Path:
    """The one file that is stored for the texts of a folder."""
    (file,) = (folder / "__pycache__").iterdir()
    return file


def test_every_text_of_the_package_is_read_as_it_is_parsed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    parsed = [read(file.read_bytes()) for file in FILES]
    source.compile_texts()
    assert len(list(tmp_path.rglob("*.pyc"))) == len(FILES) + len(DATA) > 30
    monkeypatch.setattr(source, "_events", None)
    assert [read(own_text(str(file))) for file in FILES] == parsed


def test_all_data_of_the_package_are_read_as_they_are_parsed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    source.compile_texts()
    monkeypatch.setattr("netdraw.core.compiled._parsed", None)
    for file in DATA:
        assert data(str(file)) == json.loads(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", [TEXT, FAULTY, "a: 1\n---\nb: 2\n", "", "'", "a: *b\n", "[" * 70])
def test_faults_are_the_same_from_what_is_stored(text: str, tmp_path: Path) -> None:
    parsed = read(text.encode())
    assert [read(own(tmp_path, text)) for _ in range(2)] == [parsed, parsed]


@pytest.mark.parametrize("text", [BROKEN, "a: \udcff"])
def test_what_cannot_be_parsed_is_not_stored(text: str, tmp_path: Path) -> None:
    (tmp_path / "net.yaml").write_bytes(text.encode(errors="surrogateescape"))
    data = own_text(str(tmp_path / "net.yaml"))
    assert read(data) == read(bytes(data))
    assert read(data)[1]
    assert os.listdir(tmp_path) == ["net.yaml"]


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    for text in (TEXT, TEXT + "f: 3\n", FAULTY):
        assert read(own(tmp_path, text)) == read(text.encode())
    file = tmp_path / "net.yaml"
    file.write_text(FAULTY.replace("a", "n"), encoding="utf-8")  # of the same length
    os.utime(file, (1, 1))
    assert read(own_text(str(file))) == read(file.read_bytes())


def test_a_folder_that_cannot_be_written_to_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "__pycache__").write_text("no folder", encoding="utf-8")
    assert [read(own(tmp_path)) for _ in range(2)] == 2 * [read(TEXT.encode())]


def test_nothing_is_written_where_python_writes_no_bytecode(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert read(own(tmp_path)) == read(TEXT.encode())
    assert os.listdir(tmp_path) == ["net.yaml"]


def test_damage_does_no_harm(tmp_path: Path) -> None:
    text = own(tmp_path)
    parsed = read(bytes(text))
    assert read(text) == parsed
    file = stored(tmp_path)
    whole = file.read_bytes()
    packed = marshal.loads(whole[16:]).co_consts[0]
    start = whole.index(packed)
    cut = [whole[:place] for place in range(0, len(whole), 9)]
    places = range(start, start + len(packed), 9)
    flipped = [bytes([*whole[:place], whole[place] ^ 0x55, *whole[place + 1 :]]) for place in places]
    for damaged in (*cut, *flipped):
        file.write_bytes(damaged)
        assert read(text) == parsed


@pytest.mark.parametrize("code", ["", "1", "(1, 2)", "x = 'a'; y = 2"])
def test_the_code_of_something_else_is_not_taken(code: str, tmp_path: Path) -> None:
    text = own(tmp_path)
    read(text)
    file = stored(tmp_path)
    head = file.read_bytes()[:16]
    file.write_bytes(head + marshal.dumps(compile(code, "", "exec")))
    assert read(text) == read(bytes(text))


def test_another_form_is_stored_beside(tmp_path: Path) -> None:
    text = own(tmp_path)
    made = {form: compiled(text, form, lambda data, form=form: (form, len(data))) for form in ("words1", "words2")}
    assert made == {"words1": ("words1", len(text)), "words2": ("words2", len(text))}
    assert [compiled(text, form, lambda _: ()) for form in made] == list(made.values())
    tag = sys.implementation.cache_tag
    names = sorted(file.name.split(f".{tag}")[0] for file in (tmp_path / "__pycache__").iterdir())
    assert names == ["net.yaml-words1", "net.yaml-words2"]


def test_a_users_file_is_never_kept(tmp_path: Path) -> None:
    for file in (Path(FOLDERS[0], "lenet.yaml"), Path(FOLDERS[2], "dark.yaml")):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    netdraw.load(tmp_path / "lenet.yaml").draw(theme=str(tmp_path / "dark.yaml")).to_bytes("svg")
    assert sorted(os.listdir(tmp_path)) == ["dark.yaml", "lenet.yaml"]


def test_a_fault_in_the_zoo_has_its_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lines = "netdraw: 1\nname: net\ninput: [3, 8, 8]\nlayers:\n  - Conv2d: {out_channels: 8}\n  - Lienar: 10\n"
    own(tmp_path, lines)
    monkeypatch.setattr(resources, "path", lambda *parts: str(tmp_path.joinpath(*parts[1:])))
    for _ in range(2):
        with pytest.raises(SpecError) as caught:
            netdraw.load("net")
        assert "specs/net.yaml:6:5" in str(caught.value)
    assert stored(tmp_path).exists()


def test_the_form_is_the_one_that_its_number_stands_for() -> None:
    """Where what is stored changes, `_FORM` must too: else another version's texts are misread."""
    events = source._plain_events(b"a: 1\nb: &n ['x y', !!int 2]\nc: *n\nd: x\n  y\n")
    assert (source._FORM, *events) == (
        "events1",
        ("document", 1, 1, "", False, False, None, None, 0),
        ("mapping", 1, 1, "", False, False, None, None, 0),
        ("scalar", 1, 1, "a", False, False, None, None, 0),
        ("scalar", 1, 4, "1", False, False, None, None, 0),
        ("scalar", 2, 1, "b", False, False, None, None, 0),
        ("sequence", 2, 4, "", False, True, None, "n", 0),
        ("scalar", 2, 8, "x y", True, False, None, None, 1),
        ("scalar", 2, 15, "2", False, False, "tag:yaml.org,2002:int", None, 0),
        ("end", 0, 0, "", False, False, None, None, 0),
        ("scalar", 3, 1, "c", False, False, None, None, 0),
        ("alias", 3, 4, "", False, False, None, "n", 0),
        ("scalar", 4, 1, "d", False, False, None, None, 0),
        ("scalar", 4, 4, "x y", False, False, None, None, None),
        ("end", 0, 0, "", False, False, None, None, 0),
    )
