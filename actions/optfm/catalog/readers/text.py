"""The text of a file whose encoding nobody wrote down."""

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decoded(data: bytes) -> str:
    """UTF-8 where it is UTF-8, by its mark otherwise, else cp1251 (or cp866 by its letters)."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    # What are letters in the one is box drawing or quotation marks in the other.
    windows, dos = data.decode("cp1251", errors="replace"), data.decode("cp866", errors="replace")
    return max(windows, dos, key=_russian)


def _russian(text: str) -> int:
    common = sum(text.count(letter) for letter in "оеаинтсрвлк")
    strange = sum(1 for char in text if "\u2500" <= char <= "\u259f" or char in "ЂЃѓ‡€‰ЊЌЏђ")
    return common - strange
