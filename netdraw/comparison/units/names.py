"""Names of blocks and units as a reader says them."""

from ...diagram.said.glossary import Glossary
from .units import Unit


def name_of(unit: Unit) -> str:
    """Its block and its condition: `inverted residual, stride 2`."""
    return ", ".join(filter(None, (plain_name(unit.kind.block), unit.condition.text)))


def count_of(unit: Unit, words: Glossary) -> str:
    """`4 blocks`."""
    count = unit.kind.stands
    return words.say("block.count" if count > 1 else "block.count.one", count=count)


def plain_name(block: str) -> str:
    """`inverted residual` for `InvertedResidual`; a name with initials stays (`MBConv`)."""
    words: list[str] = []
    for character in block:
        if character.isupper() or not words:
            words.append(character)
        else:
            words[-1] += character
    if any(len(word) == 1 for word in words):
        return block
    return " ".join(words).lower()
