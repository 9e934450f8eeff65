"""The words of the trade, as data: one YAML file a subject, editable without code."""

from optfm.text.vocabulary.loading import HERE, Negation, Vocabulary, VocabularyError, load, stamp

__all__ = ["HERE", "Negation", "Vocabulary", "VocabularyError", "load", "stamp"]
