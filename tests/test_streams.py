"""Files, pipes and standard streams of all kinds: what is read has a limit, and nothing is said that is not so."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import pytest
from click.testing import CliRunner, Result

import netdraw
from netdraw.api.points import said
from netdraw.cli import cli
from netdraw.core.errors import Fault
from netdraw.core.terminal import LONGEST, shown, shown_lines
from netdraw.spec.settings import Written, written

SPEC = "netdraw: 1\nname: small\ninput: [3, 8, 8]\nlayers: [ReLU]\n"
posix = pytest.mark.skipif(os.name != "posix", reason="pipes and devices of POSIX")
zero = pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no /dev/zero")


def run(*arguments: str, input: str | None = None) -> Result:
    result = CliRunner().invoke(cli, arguments, input=input, prog_name="netdraw")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def bare(*arguments: str) -> int:
    """The exit code of the program with the standard streams of this process."""
    with pytest.raises(SystemExit) as ended:
        cli(arguments, prog_name="netdraw")
    return int(ended.value.code or 0)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("x.yaml").write_text(SPEC)
    return tmp_path


# Streams that are closed or full


def test_a_closed_stdin(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert bare("check", "-") == 1
    assert capsys.readouterr().err == "<stdin>: ND003 the file cannot be read: standard input is closed\n"


@pytest.mark.parametrize(
    "arguments", [["check", "x.yaml"], ["summary", "x.yaml"], ["render", "x.yaml", "-o", "-"], ["-h"], ["list", "-V"]]
)
def test_a_closed_stdout_is_told(
    arguments: Sequence[str], folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert bare(*arguments) == 2
    assert "Error: standard output is closed" in capsys.readouterr().err


class Full(io.StringIO):
    """A stream to a full disk."""

    def write(self, text: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_help_that_cannot_be_written(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdout", Full())
    assert bare("-h") == 2
    assert capsys.readouterr().err == "stdout: ND009 the disk is full; nothing was written\n"


@pytest.mark.parametrize("stream", [None, Full()])
def test_a_stderr_that_nobody_hears(stream: Full | None, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", stream)
        ended = bare("render", "x.yaml", "-o", "a.svg"), bare("check", "nope"), bare("nope")
    assert ended == (0, 1, 2)
    assert Path("a.svg").read_text().startswith("<svg")


def program(code: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    """Another Python, with this package."""
    path = {**os.environ, "PYTHONPATH": str(Path(netdraw.__file__).parents[1])}
    return subprocess.run([sys.executable, "-c", code], capture_output=True, env=path, **options)  # type: ignore[call-overload, no-any-return]


INTERRUPTED = """
import sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "click":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Finder())
"""
START = "import sys\nfrom netdraw.cli import main\nsys.argv[1:] = {}\nmain()\n"


def test_an_interrupt_while_modules_are_imported() -> None:
    done = program(INTERRUPTED + START.format(["-V"]))
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


@posix
def test_the_program_ends_well_without_any_stream() -> None:
    closing = "import os\nos.closerange(0, 3)\nsys.stdin = sys.stdout = sys.stderr = None\n"
    assert program("import sys\n" + closing + START.format(["-V"])).returncode == 2


# What is read


@zero
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "/dev/zero"], "/dev/zero:1:1: ND501 the file has more than 4,194,304 bytes (4 MiB)"),
        (["check", "/dev/zero#wide"], "/dev/zero:1:1: ND501 the file has more than 4,194,304 bytes (4 MiB)"),
        (["render", "x.yaml", "--theme", "/dev/zero"], "/dev/zero:1:1: ND501"),
    ],
)
def test_what_never_ends_is_read_to_the_limit(arguments: Sequence[str], said: str, folder: Path) -> None:
    result = run(*arguments)
    assert result.exit_code == 1 and result.stderr.startswith(said)


def test_a_font_has_a_limit_of_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("netdraw.figure.font_option.MOST", 1)
    for size, words in ((2**20, "ND610"), (2**20 + 1, "ND501 a font file may have 1 MiB; this one has more")):
        Path("a.ttf").write_bytes(bytes(size))
        assert run("render", "x.yaml", "--font", "a.ttf").stderr.startswith(f"a.ttf: {words}")


@zero
def test_stdin_is_read_to_the_limit(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with open("/dev/zero") as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        assert bare("check", "-") == 1
    assert capsys.readouterr().err.startswith("<stdin>:1:1: ND501")


def fed(path: str, data: bytes) -> None:
    """A pipe that gives its bytes once."""
    os.mkfifo(path)
    threading.Thread(target=Path(path).write_bytes, args=(data,), daemon=True).start()


@posix
def test_pipes_by_name_are_read_once(folder: Path) -> None:
    fed("net", SPEC.encode())
    fed("look", b"theme: 1\nname: piped\n")
    result = run("render", "net", "--theme", "look", "-o", "a.svg")
    assert (result.exit_code, "piped" in Path("a.svg").read_text()) == (0, True), result.stderr


def test_a_folder_that_is_named_as_a_network(folder: Path) -> None:
    Path("lenet").mkdir()
    assert run("check", "lenet").exit_code == 0
    assert "ND011 no variant 'wide'" in run("check", "lenet#wide").stderr
    assert "ND002 this is a directory" in run("check", str(folder)).stderr


# What is written


@pytest.mark.parametrize(
    "arguments",
    [
        ["render", "x.yaml", "-f", "svg"],
        ["render", "lenet", "-f", "svg", "--theme", "above.yaml"],
        ["summary", "x.yaml", "-f", "text"],
        ["cost", "x.yaml", "-f", "text"],
        ["diff", "x.yaml", "lenet", "-f", "text"],
        ["compare", "x.yaml", "lenet", "-f", "svg"],
        ["new", "--from", "x.yaml", "--force"],
    ],
)
def test_no_command_writes_over_what_it_reads(arguments: Sequence[str], folder: Path) -> None:
    theme = "theme" in " ".join(arguments)
    text = "theme: 1\n" if theme else SPEC
    Path("x.yaml").write_text(text)
    Path("above.yaml").write_text("theme: 1\nextends: x.yaml\n")
    Path("link.yaml").symlink_to("x.yaml")
    os.link("x.yaml", "hard.yaml")
    for name in ("x.yaml", "link.yaml", "hard.yaml", f"../{folder.name}/x.yaml"):
        result = run(*arguments, *([name] if arguments[0] == "new" else ["-o", name]))
        assert result.exit_code in (1, 2)
        assert f"{name}: ND017 this file was read by the same command" in result.stderr
    assert Path("x.yaml").read_text() == text
    assert run("render", "lenet", "-f", "svg", "-o", "x.yaml").exit_code == 0  # another run may replace it


@posix
def test_a_source_on_stdin_is_not_written_over(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with open("x.yaml") as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        assert bare("render", "-", "-f", "svg", "-o", "x.yaml") == 1
    assert capsys.readouterr().err.startswith("x.yaml: ND017") and Path("x.yaml").read_text() == SPEC


# What is shown


def test_a_title_of_any_length_is_clipped(folder: Path) -> None:
    Path("x.yaml").write_text(SPEC + f"title: {'a' * 9999}\n")
    for format in ("text", "outline"):
        assert max(map(len, run("summary", "x.yaml", "-f", format).stdout.splitlines())) < 1100
    for arguments in (["cost", "x.yaml"], ["diff", "x.yaml", "lenet"], ["render", "x.yaml", "-o", "a.svg", "-v"]):
        result = run(*arguments)
        assert max(map(len, (result.stdout + result.stderr).splitlines())) < 1100


def test_a_setting_of_several_lines_is_one_in_titles() -> None:
    assert written({"width": Written("1.4\n# wide"), "size": 3}) == "width=1.4 # wide, size=3"
    assert said(Written("[1,\n 2]")) == "[1, 2]"


def test_texts_of_others_are_one_line_without_controls() -> None:
    assert shown("\x1b[2J\u202ea\nb\t\udcff\x85\u2028\ufeff") == r"\x1b[2J\u202ea\nb\t\udcff\x85\u2028\ufeff"
    assert shown("网络 → ×²\xa0a\u3000b é") == "网络 → ×²\xa0a\u3000b é"
    assert shown_lines("a\x1b\n\u202eb\n") == "a\\x1b\n\\u202eb\n"
    long = shown("a" * 10**6 + "the end")
    assert len(long) == LONGEST + 3 and long.startswith("aaa") and long.endswith("the end")
    assert str(Fault("ND103", "a\nND000 b", where="c\x07")) == r"c\x07: ND103 a\nND000 b"


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "bad.yaml"],
        ["render", "bad.yaml"],
        ["check", "nope\x1b[2J\x07.yaml"],
        ["render", "lenet", "--set", "a\x1b[2J\nND000 fake=1"],
        ["render", "lenet", "--variant", "a\x1b[2J\nND000 fake"],
        ["render", "lenet", "-o", "a\x1b[2J\nND000 fake.svg"],
        ["render", "lenet", "--a\x1b[2J\nND000 fake"],
        ["render", "lenet", "b\x1b[2J\nND000 fake"],
        ["a\x1b[2J\nND000 fake"],
        ["summary", "bidi.yaml"],
        ["summary", "bidi.yaml", "-f", "outline"],
        ["summary", "bidi.yaml", "--table", "paper"],
        ["cost", "bidi.yaml", "--by", "stage"],
        ["render", "bidi.yaml", "--alt"],
        ["check", "bi\x1b[2J\u202e.yaml"],
        ["list", "params", "wide.yaml"],
        ["diff", "mobilenet_v2", "--set-b", "width=1.4\n# ND000 fake\u202e"],
        ["sweep", "wide.yaml", "--over", "width=1,2\n# ND000 fake\u202e"],
    ],
)
def test_nothing_of_the_users_reaches_the_terminal_as_it_is(arguments: Sequence[str], folder: Path) -> None:
    Path("bad.yaml").write_text(
        SPEC.replace("ReLU", r'ReLU: {name: "\e]0;x\a\e[2Jx"}, "Fo\e[31mo\u202e", "a\nND000 fake"')
    )
    for name in ("bidi.yaml", "bi\x1b[2J\u202e.yaml"):
        group = '{layers: [{Conv2d: {out_channels: 4, kernel_size: 3}}], name: g, label: "c\\u202Ed"}'
        Path(name).write_text(SPEC.replace("ReLU", group) + 'title: "a\\u202Eb"\n', encoding="utf-8")
    Path("wide.yaml").write_text(
        SPEC.replace("ReLU", "Flatten, Linear: width") + 'params: {width: 8, other: "a\\u202Eb"}\n'
    )
    result = run(*arguments)
    output = result.stdout + result.stderr
    assert output and not [line for line in output.splitlines() if line.startswith(("ND000", "# ND000"))]
    assert output.replace("\n", "").isprintable(), repr(output)
