"""Which letter the same key gives in the other keyboard layout: «fqajy» is «айфон»."""

_ENGLISH = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_SHIFTED = ('{}:"<>', "хъжэбю")  #: with Shift held: read as the small letter
#: ё is read as е, as everywhere
_TO_RUSSIAN = str.maketrans(_ENGLISH + _SHIFTED[0], _RUSSIAN.replace("ё", "е") + _SHIFTED[1])
_TO_ENGLISH = str.maketrans(_RUSSIAN, _ENGLISH)


def to_russian(text: str) -> str:
    """What the same keys give with the Russian layout on; small letters."""
    return text.translate(_TO_RUSSIAN)


def to_english(text: str) -> str:
    """What the same keys give with the English layout on; small letters."""
    return text.translate(_TO_ENGLISH)
