"""The words of a figure in its language; all of them, in every language, stand in `glossary.json`."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from ...core import resources
from ...core.compiled import data
from ...core.records import NamedTuple

LANGUAGES = ("en", "zh")


class Glossary(NamedTuple):
    """`words` are by key; a text may have fields in braces."""

    language: str
    words: dict[str, str]

    def say(self, key: str, **values: object) -> str:
        """The text of a key with its fields filled in."""
        return self.words[key].format(**values)

    def cell(self, category: str) -> str:
        """What a category is called; one that has no name is called by itself."""
        return self.words.get(f"cell.{category}") or category.replace(".", " ")

    def word(self, text: str) -> str:
        """What a face says in a word (`global`, `bilinear`), in this language; any other text as it is."""
        return self.words.get(f"word.{text}", text)

    def box(self, category: str) -> str:
        """The words in a box for a category, or for the one above: with fields in braces, and ` | ` between lines."""
        found = category
        while found and f"box.{found}" not in self.words:
            found = found.rpartition(".")[0]
        return self.words[f"box.{found}"] if found else self.cell(category)

    def fused(self, ops: Iterable[str]) -> str:
        """Norms and activations that joined a cell: `BN, ReLU`."""
        return ", ".join([self.words.get(f"fused.{op}", op) for op in ops])


@cache
def glossary(language: str) -> Glossary:
    """The words in one of LANGUAGES."""
    return Glossary(language, {key: row[language] for key, row in entries().items()})


def sentences(parts: Iterable[str]) -> str:
    """Sentences one after the other; no space follows a Chinese full stop. Empty ones are left out."""
    return " ".join(filter(None, parts)).replace("。 ", "。")


def entries() -> dict[str, dict[str, Any]]:
    """By key, its text in every language."""
    file = resources.package_path("diagram", "said", "glossary.json")
    found: dict[str, dict[str, Any]] = data(file)
    return found
