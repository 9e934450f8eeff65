"""Raw text to clean text: one Unicode form, one case, one alphabet a word, a bounded length."""

import functools
import re
import unicodedata

LONGEST = 400  #: characters of a question that are read; a customer's longest real one had 180

_REPLACED = str.maketrans(
    {
        "ё": "е",
        "«": '"', "»": '"', "“": '"', "”": '"', "„": '"', "″": '"', "′": "'", "’": "'", "`": "'",
        "–": "-", "—": "-", "−": "-", "‐": "-", "×": "x",
        "№": "#",  # the one form of it is «no», which would be a part of the number after it
        "\t": " ", "\n": " ", "\r": " ", "\u00ad": None,
    }
)  # fmt: skip
#: what nearly all text is made of: none of it changes its Unicode form
_COMMON = re.compile(r"[ -~А-Яа-яЁё«»“”–—°]*")
#: «86cм»: centimetres with a Latin c
_UNIT_OF_TWO_ALPHABETS = re.compile(r"(?<=\d)(?:cм|сm|mм|мm|кg|kг)(?![a-zа-я])")
_SPACES = re.compile(r"\s+")
#: «424-й», «на 13-ю»: the ending of a number that is said as a word
_ORDINAL = re.compile(r"(?<=\d)-(?:й|я|е|ю|х|м|го|му|ый|ой|ий|ая|ое|ую|ые|ых|ого|ому)(?![\w-])")
#: «2й», «13ый»: without the hyphen those that are no letter of a model («16е») and no unit («5м»)
_GLUED_ORDINAL = re.compile(r"(?<![\w.,-])(\d{1,3})(?:й|я|ю|ый|ой|ий|ая|ую|ого|ому)(?![\w-])")
#: «3-х колёсный», «2-хместная»: an adjective whose number is in digits
_OF_SO_MANY = re.compile(
    r"(?<![\w-])([2-9])-(?:х|ти|и)[ -]?"
    r"(?=[а-я]{4,}(?:[ыи]й|[ая]я|[ое]е|[ыи]е|ого|ой|[ыи]м|ую|[ыи]х|ом)\b)"
)
_SO_MANY = ("двух", "трех", "четырех", "пяти", "шести", "семи", "восьми", "девяти")
_CYRILLIC = re.compile("[а-я]")
_LATIN = re.compile("[a-z]")
_DIGIT = re.compile("[0-9]")

# Letters that look alike, so that the eye does not see which alphabet was typed.
_TO_LATIN = str.maketrans("авекмнорстухіз", "abekmhopctyxi3")
_TO_CYRILLIC = str.maketrans("abekmhopctyx", "авекмнорстух")
# What a Cyrillic letter of a model number may stand for: the look-alike, then the sound.
_MOST_READINGS = 24
_READINGS = {
    "а": "a", "б": "b", "в": "bvw", "г": "g", "д": "d", "е": "e", "ж": "j", "з": "z", "и": "iu",
    "й": "iy", "к": "kc", "л": "l", "м": "m", "н": "hn", "о": "o", "п": "p", "р": "pr",
    "с": "cs", "т": "t", "у": "yu", "ф": "f", "х": "xh", "ц": "c", "ч": "c", "ш": "s", "щ": "s",
    "ы": "y", "э": "e", "ю": "u", "я": "y",
}  # fmt: skip


def clean(text: str) -> str:
    """`text` in one Unicode form, lower case, without ё, invisible characters and odd quotes.

    Idempotent; at most LONGEST characters come back.
    """
    text = text[: 4 * LONGEST]
    if _COMMON.fullmatch(text):
        return _spaced(text.lower().translate(_REPLACED))
    for _ in range(3):  # NFKC and lower() feed each other on a few letters
        before = text
        text = unicodedata.normalize("NFKC", text.translate(_REPLACED)).lower()
        text = text.translate(_REPLACED)
        text = "".join(map(_visible, text))
        text = _UKRAINIAN.sub(lambda word: word[0].translate(_TO_RUSSIAN), text)
        if text == before:
            break
    return _spaced(text)


def _spaced(text: str) -> str:
    text = text.replace("''", '"')  # «24''»: inches
    text = _UNIT_OF_TWO_ALPHABETS.sub(lambda unit: unit[0].translate(_TO_CYRILLIC), text)
    text = _OF_SO_MANY.sub(lambda many: _SO_MANY[int(many[1]) - 2], text)
    return _SPACES.sub(" ", bare_ordinals(text))[:LONGEST].strip()


def bare_ordinals(text: str) -> str:
    """Numbers without the endings that are typed to them: «424-й» as «424»."""
    return _GLUED_ORDINAL.sub(r"\1", _ORDINAL.sub("", text))


#: a word of Ukrainian letters: read as the Russian ones that sound like them
_UKRAINIAN = re.compile(r"(?<![a-z0-9])[а-я]*[іїєґ][а-яіїєґ]*(?![a-z0-9])")
_TO_RUSSIAN = str.maketrans("іїєґ", "ииег")


def _visible(letter: str) -> str:
    group = unicodedata.category(letter)[0]
    return " " if group == "Z" else "" if group == "C" else letter


def has_cyrillic(word: str) -> bool:
    """Whether any Russian letter is in the (clean) word."""
    return not word.isascii() and _CYRILLIC.search(word) is not None


def has_latin(word: str) -> bool:
    """Whether any Latin letter is in the (clean) word."""
    return _LATIN.search(word) is not None


def has_digit(word: str) -> bool:
    """Whether any digit is in the word."""
    return not word.isalpha() and _DIGIT.search(word) is not None


@functools.lru_cache(100_000)
def one_alphabet(word: str) -> str:
    """A word typed in two alphabets put into one: «cиликон» with a Latin c, «А12» with a Russian А.

    A model number becomes Latin, another mixed word takes the alphabet of most of its letters.
    """
    if not has_cyrillic(word):
        return word
    cyrillic = len(_CYRILLIC.findall(word))
    latin = len(_LATIN.findall(word))
    if has_digit(word) and cyrillic <= 3:
        return readings(word)[0]
    if latin == 0:
        return word
    return word.translate(_TO_CYRILLIC if cyrillic > latin else _TO_LATIN)


@functools.lru_cache(20_000)
def readings(word: str) -> tuple[str, ...]:
    """The Latin spellings that a model number with Russian letters may mean, likeliest first.

    «с24» may be C24 (looks so) or S24 (sounds so). At most as many
    as three such letters have.
    """
    found = [""]
    for letter in word:
        options = _READINGS.get(letter, letter)
        found = [head + option for option in options for head in found][:_MOST_READINGS]
    # the look-alike of every letter goes first
    first = "".join(_READINGS.get(c, c)[0] for c in word)
    return tuple(dict.fromkeys((first, *found)))
