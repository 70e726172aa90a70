"""What tells the units of one block apart: what its residual rule did, its stride, and where that does not, more."""

from collections.abc import Callable, Sequence

from ...analysis.model import Analysis
from ...core.records import NamedTuple
from ...diagram.closing.blockkinds import BlockKind
from ...diagram.closing.closing import stride_of
from ...diagram.folding.index import Index
from ...diagram.said.glossary import Glossary, glossary
from ...diagram.said.labels import reason_text
from ...ops.base import TRAITS, Face


class Condition(NamedTuple):
    """`text` as a figure says it: `stride 2`, `64 → 96`, `add`; "" for the only unit of a block. `names` are the same
    for picking, with and without what tells further units apart; `key` is alike in units that go together.
    """

    text: str = ""
    names: tuple[str, ...] = ()
    key: str = ""


def conditions(index: Index, analysis: Analysis, kinds: Sequence[BlockKind], words: Glossary) -> list[Condition]:
    """By kind, in order."""
    shown = _texts(index, analysis, kinds, words)
    plain = _texts(index, analysis, kinds, glossary("en"))
    found = []
    for kind, text, (name, *more) in zip(kinds, shown, plain, strict=True):
        full = ", ".join(filter(None, (name, *more)))
        names = tuple(dict.fromkeys(filter(None, (name, full))))
        found.append(Condition(", ".join(filter(None, text)), names, _condition(index, analysis, kind, glossary("en"))))
    return found


def _texts(index: Index, analysis: Analysis, kinds: Sequence[BlockKind], words: Glossary) -> list[tuple[str, str]]:
    """The condition of each, and what tells it from others of its block and condition."""
    names = [kind.block for kind in kinds]
    said = [_condition(index, analysis, kind, words) if names.count(kind.block) > 1 else "" for kind in kinds]
    groups: dict[tuple[str, str], list[int]] = {}
    for number, pair in enumerate(zip(names, said, strict=True)):
        groups.setdefault(pair, []).append(number)
    extra = [""] * len(kinds)
    for numbers in groups.values():
        if len(numbers) > 1:
            for number, text in zip(numbers, _apart(index, analysis, [kinds[n] for n in numbers], words), strict=True):
                extra[number] = text
    return list(zip(said, extra, strict=True))


def _apart(index: Index, analysis: Analysis, kinds: Sequence[BlockKind], words: Glossary) -> list[str]:
    """What tells kinds of one condition apart: how many layers they have, their kernels, their traits; else letters."""
    tellers: tuple[Callable[[BlockKind], list[str]], ...] = (
        lambda kind: [_layers(index, analysis, kind, words)],
        lambda kind: _listed(kind, lambda place: (index.face(place).size,)),
        lambda kind: _listed(kind, lambda place: trait_texts(index.face(place), words)),
    )
    for tell in tellers:
        said = [tell(kind) for kind in kinds]
        common = set.intersection(*map(set, said))
        texts = [", ".join([text for text in one if text not in common]) for one in said]
        if len(set(texts)) == len(kinds):
            return texts
    return [chr(ord("A") + number) if number < 26 else f"A{number}" for number in range(len(kinds))]


def _layers(index: Index, analysis: Analysis, kind: BlockKind, words: Glossary) -> str:
    """How many layers with weights and a width a block has."""
    places = range(*kind.blocks[0].span)
    count = sum([index.face(one).out != "" and analysis.nodes[index.nodes[one].id].params > 0 for one in places])
    return words.say("compare.layers" if count != 1 else "compare.layers.one", count=count)


def _listed(kind: BlockKind, tell: Callable[[int], Sequence[str]]) -> list[str]:
    """What is said of the nodes of a block, each once."""
    return list(dict.fromkeys([text for place in range(*kind.blocks[0].span) for text in tell(place) if text]))


def _condition(index: Index, analysis: Analysis, kind: BlockKind, words: Glossary) -> str:
    """What its residual rule did, or its stride."""
    rules = [group.residual for one in kind.blocks if (group := index.groups.get(one.id)) and group.residual]
    if not rules:
        stride = stride_of(index, analysis, kind.blocks[0])
        return words.say("reason.stride", stride=stride.lstrip("/") or "1")
    reasons = list(dict.fromkeys(rule.reason or rule.needs for rule in rules))
    if rules[0].done == "add":
        return words.say("compare.add")
    return reason_text(reasons[0], words) if len(reasons) == 1 else words.say("reason.several")


SIGNS = "/×"


def trait_texts(face: Face, words: Glossary) -> tuple[str, ...]:
    """A text a trait, in the order of TRAITS; "" where it is as usual."""
    found = []
    for name, trait in zip(TRAITS, face.traits, strict=True):
        value = trait.lstrip(SIGNS)
        own = words.words.get(f"trait.{name}.{value}")
        found.append(own or words.say(f"trait.{name}", value=value) if value else "")
    return tuple(found)


def usual_texts(face: Face, words: Glossary) -> tuple[str, ...]:
    """What is said of the traits that are as usual where that is a difference; of a kernel of 1×1 no padding."""
    point = set(face.size) <= {"1", "×"}
    return tuple([
        "" if value or (point and name == "padding") else words.words.get(f"trait.{name}.usual", "")
        for name, value in zip(TRAITS, face.traits, strict=True)
    ])  # fmt: skip
