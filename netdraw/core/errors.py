"""Faults with a place, and the exceptions that carry them.

Every fault has a permanent code, explained in `codes.md`. The library raises; only the command line words.
"""

from collections.abc import Callable, Collection, Iterable
from contextvars import ContextVar
from typing import Literal

from .records import NamedTuple
from .terminal import shown


class Span(NamedTuple):
    """A place in a text: the path as the user wrote it, line and column from 1."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


Severity = Literal["error", "warning", "note"]
MOST_FAULTS = 1_000
"""Of more errors in one text nobody reads; to word them can take longer than all else."""
MOST_COMPARED, LONGEST_NAME = 500, 100
"""Of more choices only some are compared with a misspelt word, and none with a longer one: it would take too long."""
_LETTERS = ("", *"abcdefghijklmnopqrstuvwxyz0123456789_")


class Fault(NamedTuple):
    """One thing that is wrong: what, where, and what to write instead.

    `span` is its place where the fault lies in a text; otherwise `where` names the path, or the `option`.
    """

    code: str
    message: str
    span: Span | None = None
    where: str | None = None
    severity: Severity = "error"

    @property
    def place(self) -> str:
        """Where it lies, as a message shows it; "" where that is nowhere."""
        return shown(str(self.span) if self.span else self.where or "")

    @property
    def said(self) -> str:
        """What is said behind the code, on one line: whatever a text of the user's holds."""
        return ("" if self.severity == "error" else f"{self.severity}: ") + shown(self.message)

    def __str__(self) -> str:
        return f"{f'{self.place}: ' if self.place else ''}{self.code} {self.said}"


class NetdrawError(Exception):
    """The input is wrong. `faults` holds everything found in this run, in the order of the text."""

    stopped = False
    """Whether a text was read no further, so that there may be more."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


class SourceError(NetdrawError):
    """A source cannot be found or read, or is no YAML of ours."""


class SpecError(NetdrawError):
    """The text is YAML, but states no network that can be built."""


class OptionError(NetdrawError):
    """An option's value does not fit: an unknown theme or format, a width that is too small."""


class OutputError(NetdrawError):
    """A result could not be written; nothing was."""


class TooManyFaults(SpecError):
    """A text has MOST_FAULTS errors: it is read no further."""

    stopped = True


class Errors:
    """Keeps the errors of several steps, so that the faults of all are raised in one.

    `with errors: …` is a step, and goes on where it fails: what it was to give is only there after `check`.
    """

    def __init__(self) -> None:
        self.kept: list[NetdrawError] = []

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> bool:
        if isinstance(error, NetdrawError):
            self.kept.append(error)
        return isinstance(error, NetdrawError)

    def add(self, *faults: Fault) -> None:
        """Keeps faults of options."""
        if faults:
            self.kept.append(OptionError(faults))

    def check(self) -> None:
        """Raises all faults in one error, of the class that theirs have, where there are any; TooManyFaults where one
        of them is that.
        """
        if self.kept:
            kinds = {type(error) for error in self.kept}
            kind = TooManyFaults if TooManyFaults in kinds else kinds.pop() if len(kinds) == 1 else NetdrawError
            raise kind(dict.fromkeys(fault for error in self.kept for fault in error.faults))


OPTION_WORDS: ContextVar[Callable[[str, str], str]] = ContextVar(
    "option_words", default=lambda name, value: f"{name}={value!r}" if value else f"'{name}'"
)
"""How whoever calls writes an option with a value, "" for none; the command line has words of its own."""


def option(name: str, value: str = "") -> str:
    """An option as whoever calls writes it: 'shape_order' or kind='chart' in Python."""
    return OPTION_WORDS.get()(name, value)


def placed(fault: Fault) -> Fault:
    """The fault as the user sees it: a place without a line is no place in a text, but that of a value in Python."""
    if fault.span is None or fault.span.line:
        return fault
    return fault._replace(span=None, where=fault.span.path)


class Faults:
    """Collects faults within one stage; the only mutable thing that a stage shares with its parts.

    `noted` are those of the stage before. Raises TooManyFaults where there are MOST_FAULTS.
    """

    def __init__(self, noted: Iterable[Fault] = ()) -> None:
        self.items: list[Fault] = []
        self._seen: set[Fault] = set()
        self._errors = 0
        self._noted = {(fault.code, fault.span) for fault in noted}
        self.locate: Callable[[Span, str], tuple[Span, str]] | None = None
        """Where a fault is shown, and its message there; a stage that expands blocks sets it."""

    def __bool__(self) -> bool:
        return any(fault.severity == "error" for fault in self.items)

    def add(self, code: str, message: str, span: Span | None = None, *, severity: Severity = "error") -> None:
        """Notes a fault; the same one at the same place is noted once, and none that an earlier stage noted there."""
        if (code, span) in self._noted:
            return
        where, said = self.locate(span, message) if self.locate is not None and span is not None else (span, message)
        same = Fault(code, message, where, severity=severity)
        if same not in self._seen:
            self._seen.add(same)
            self.items.append(same._replace(message=said))
            self._errors += severity == "error"
            if self._errors == MOST_FAULTS:
                raise TooManyFaults(map(placed, self.sorted()))

    def take(self, faults: Iterable[Fault]) -> None:
        """Notes those of another stage."""
        for fault in faults:
            self.add(fault.code, fault.message, fault.span, severity=fault.severity)

    def copy(self) -> "Faults":
        """One with the same faults, for another that goes on from here."""
        other = Faults()
        other.take(self.items)
        return other

    def sorted(self) -> tuple[Fault, ...]:
        """The faults in the order of the text."""
        return in_order(self.items)


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Faults in the order of the text; before them, as they are given, those without a place in it."""
    return tuple(sorted(faults, key=lambda fault: (fault.span, fault.code) if fault.span else (Span("", 0, 0), "")))


def near_miss(word: str, choices: Iterable[str]) -> str | None:
    """The choice nearest to `word`, or None where none is near; case counts for nothing."""
    from difflib import get_close_matches  # late: start-up time

    word, names = word.lower(), sorted(choices, reverse=True)
    folded = dict(zip(map(str.lower, names), names, strict=True))
    found = get_close_matches(word, within_reach(word, folded), n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def within_reach(word: str, names: Collection[str]) -> list[str]:
    """Those of some names that may be near: all, or of many those that one letter left out, added, changed, or in its
    neighbour's place tells from the word.
    """
    if len(names) <= MOST_COMPARED:
        return list(names)
    halves = [(word[:place], word[place:]) for place in range(len(word) + 1 if len(word) <= LONGEST_NAME else 0)]
    found = [f"{one}{letter}{two}" for one, after in halves for letter in _LETTERS for two in (after, after[1:])]
    found += [f"{one}{two[1:2]}{two[:1]}{two[2:]}" for one, two in halves]
    return [one for one in dict.fromkeys(found) if one in names]


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """The tail of a message: `; did you mean 'Conv2d'?`, else the choices where they are few, else nothing."""
    names = list(choices)
    near = near_miss(word, names)
    if near is not None:
        return f"; did you mean '{near}'?"
    return f"; choose from {', '.join(sorted(names))}" if 0 < len(names) <= 12 else ""
