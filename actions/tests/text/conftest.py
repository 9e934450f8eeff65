"""The normaliser with the vocabulary of the shop."""

import pytest

from optfm.text import Vocabulary, load_vocabulary
from optfm.text.lexicon import Lexicon


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The committed vocabulary."""
    return load_vocabulary()


@pytest.fixture(scope="session")
def lexicon(vocabulary: Vocabulary) -> Lexicon:
    """The vocabulary as the search uses it."""
    return Lexicon(vocabulary)
