"""Rows and questions as vectors of meaning: a second opinion for words that nobody knows."""
