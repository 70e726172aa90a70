"""Names of blocks as a reader says them."""


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
