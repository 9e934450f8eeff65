"""All words and texts of orders, read before the first message comes."""

from optfm.orders import notes, telling
from optfm.orders.edit_words import edit_words
from optfm.orders.words import order_words


def load_words() -> None:
    """Read the vocabularies and the texts, so that what becomes of the files later ends nothing.

    What was read once counts until a file says something else that can be read: a process whose
    program is older than the files goes on with the words that it began with.

    :raises WordsError: a vocabulary is not as it must be.
    """
    order_words()
    edit_words()
    notes.texts()
    telling.texts()
