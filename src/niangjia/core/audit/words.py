"""What recorded actions are called when their owner reads of them. Declared by the rooms that record them."""

WORDS: dict[str, object] = {}
WITHOUT_NAME: dict[str, object] = {}  # who did what is recorded without an actor on purpose


def declare(**words: object) -> None:
    """By action, translatable: `declare(id_number_revealed=_("looked at your ID number"))`."""
    WORDS.update(words)


def declare_without_name(**who: object) -> None:
    """By action, what its nameless actor is called."""
    WITHOUT_NAME.update(who)
