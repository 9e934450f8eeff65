"""The text of a file whose encoding nobody wrote down."""

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOOKED_AT = 4_000
#: Signs that letters of another page become.
_STRANGE = "ЂЃѓ‡€‰ЊЌЏђ√≈∆ƒ÷ў¬¡¿ќ"


def decoded(data: bytes) -> str:
    """By its mark, by the zeros of UTF-16, as UTF-8, else by the page that makes most letters."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    if wide := _without_mark(data[:_LOOKED_AT]):
        return data.decode(wide, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    # What are letters in the one is box drawing or quotation marks in the other; in KOI8-R they are
    # other letters, rare ones.
    pages = ("cp1251", "cp866", "mac_cyrillic", "koi8-r")
    return max((data.decode(page, errors="replace") for page in pages), key=_russian)


def _without_mark(start: bytes) -> str:
    """Which UTF-16 it is, by its blanks and figures, whose other byte is a zero; "" for none."""
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) * 10 < len(start) or min(even, odd):
        return ""
    return "utf-16-be" if even else "utf-16-le"


def _russian(text: str) -> int:
    folded = text.lower()
    common = sum(folded.count(letter) for letter in "оеаинтсрвлк")
    strange = sum(1 for char in text if "\u2500" <= char <= "\u259f" or char in _STRANGE)
    return common - strange
