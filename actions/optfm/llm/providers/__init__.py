"""Whose model answers: the OpenAI wire, YandexGPT, GigaChat, each behind one protocol."""
