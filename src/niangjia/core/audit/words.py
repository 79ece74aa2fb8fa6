"""What recorded actions are called when their owner reads of them. Declared by the rooms that record them."""

WORDS: dict[str, object] = {}


def declare(**words: object) -> None:
    """By action, translatable: `declare(id_number_revealed=_("looked at your ID number"))`."""
    WORDS.update(words)
