"""What a customer chose for his words: kept, changed, shown and erased."""

import pytest
from sqlalchemy import Engine

from optfm.orders import clauses, store


def test_a_choice_is_kept_changed_and_erased(engine: Engine) -> None:
    """By dialog: nobody has another's."""
    store.remember(engine, "d-1", "дисплей 11", "УТ-1")
    store.remember(engine, "d-1", "дисплей 11", "УТ-2")
    store.remember(engine, "d-2", "дисплей 11", "УТ-3")
    assert store.choices(engine, "d-1") == {"дисплей 11": "УТ-2"}
    assert store.forget(engine, "d-1") == 1
    assert store.choices(engine, "d-1") == {}
    assert store.choices(engine, "d-2") == {"дисплей 11": "УТ-3"}


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("мои выборы", "choices"),
        ("Что ты запомнил?", "choices"),
        ("забудь мои выборы", "forget"),
        ("забудь мои данные", ""),
    ],
)
def test_choices_are_asked_for_in_words(said: str, command: str) -> None:
    """Whole messages only."""
    assert clauses.command(said) == command
