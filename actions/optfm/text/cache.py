"""Answers kept by their questions, in so many places and no more."""

from collections.abc import Callable, Hashable


class Cache[K: Hashable, V]:
    """Forgets everything once it is full.

    Unlike `functools.lru_cache` around a bound method it does not hold its owner: an index that
    was swapped is freed at once, and not when the garbage collector finds the circle.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[K, V] = {}

    def get(self, key: K, make: Callable[[K], V]) -> V:
        """What was kept for the key, made where nothing was."""
        try:
            return self._kept[key]
        except KeyError:
            value = make(key)
            if len(self._kept) >= self._most:
                self._kept.clear()
            self._kept[key] = value
            return value
