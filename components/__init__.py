"""Rasa's own extension points: NLU components, the store of dialogs."""
