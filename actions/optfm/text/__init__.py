"""How a question and a row are brought to the same words: the analyzer of the trade's Russian."""

from optfm.text.vocabulary import Vocabulary
from optfm.text.vocabulary import load as load_vocabulary

__all__ = ["Vocabulary", "load_vocabulary"]
