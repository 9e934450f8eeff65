"""How messages begin before they say anything: greetings, addresses, requests (openers.yml)."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from common import published
from optfm.text.fillers import FillerSpeller
from optfm.text.morphology import is_word
from optfm.text.yaml_text import read_yaml

FILE = Path(__file__).parent / "vocabulary" / "openers.yml"
_SHORTEST_MISTYPED = 5


@dataclass(frozen=True, kw_only=True)
class Openers:
    """In lower case, of one word or more, ё as е."""

    greetings: tuple[str, ...]
    addresses: tuple[str, ...]
    requests: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """Every opener."""
        return (*self.greetings, *self.addresses, *self.requests)


def openers() -> Openers:
    """The openers of the vocabulary, as they are now."""
    return _following()


def _made() -> Openers:
    read = read_yaml(published.read(FILE))
    said = {name: tuple(word.replace("ё", "е") for word in words) for name, words in read.items()}
    return Openers(
        greetings=said["приветствия"], addresses=said["обращения"], requests=said["просьбы"]
    )


_following = published.Following(_made, FILE)


def mistyped_greeting(word: str) -> bool:
    """Whether a word is a greeting but for its slips: «здравтсвуйте».

    :param word: in lower case, ё as е.
    """
    if len(word) < _SHORTEST_MISTYPED or is_word(word):
        return False
    return bool(_speller(openers()).meant(word)[0])


@lru_cache(maxsize=1)
def _speller(known: Openers) -> FillerSpeller:
    return FillerSpeller(
        said for said in known.greetings if " " not in said and len(said) >= _SHORTEST_MISTYPED
    )
