"""The one door to language models: budget, masking, cache, limits, providers, check, journal.

Knows nothing of Rasa; `optfm.dialogue` hands it questions and facts.
"""
