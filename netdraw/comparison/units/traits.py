"""What tells a layer from others of its op and kernel, in words: every trait of its face, from the face's own list."""

from ...diagram.said.glossary import Glossary
from ...ops.base import TRAITS, Face

SIGNS = "/×"


def trait_texts(face: Face, words: Glossary) -> tuple[str, ...]:
    """A text a trait, in the order of TRAITS; "" where it is as usual."""
    return tuple([_say(name, value.lstrip(SIGNS), words) for name, value in zip(TRAITS, face.traits, strict=True)])


def usual_texts(face: Face, words: Glossary) -> tuple[str, ...]:
    """What is said of the traits that are as usual where that is a difference; of a kernel of 1×1 no padding."""
    point = set(face.size) <= {"1", "×"}
    return tuple([
        "" if value or (point and name == "padding") else words.words.get(f"trait.{name}.usual", "")
        for name, value in zip(TRAITS, face.traits, strict=True)
    ])  # fmt: skip


def _say(name: str, value: str, words: Glossary) -> str:
    if not value:
        return ""
    own = words.words.get(f"trait.{name}.{value}")
    return own or words.say(f"trait.{name}", value=value)
