"""The tiers of tests, and one switch that renews every golden file: `pytest --renew`.

Look at the difference before you commit it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")

GOLDEN = Path(__file__).parent / "golden"
QUICK = 2.0
"""Seconds above which a quick test is named at the end."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is not marked `slow` or `sweep` is `quick`."""
    for item in items:
        if not any(map(item.get_closest_marker, ("slow", "sweep"))):
            item.add_marker("quick")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Names the quick tests that are not."""
    passed = terminalreporter.getreports("passed")
    for report in passed:
        if "quick" in report.keywords and report.duration > QUICK:
            terminalreporter.line(f"{report.nodeid} took {report.duration:.1f} s: if it always does, mark it slow")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew", action="store_true", help="write the golden files anew")
    parser.addoption("--layers", type=int, default=3000, help="how many layers are drawn by lot in test_oracle.py")
    parser.addoption("--layers-seed", type=int, default=0, help="which they are")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with the golden file of that name, or writes it under --renew."""

    def compare(name: str, text: str) -> None:
        file = GOLDEN / name
        if request.config.getoption("--renew"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        assert file.is_file(), f"no golden file {name}; run pytest --renew and look at it"
        assert text == file.read_text(encoding="utf-8")

    return compare
