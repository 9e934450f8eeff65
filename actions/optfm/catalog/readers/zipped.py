"""What a zip holds: a book, an archive of one list, or something else that is named."""

import io
import re
import zipfile
from collections.abc import Sequence

from optfm.catalog.errors import PriceListError
from optfm.catalog.readers.sheet import library_errors

#: Names of lists, the likeliest kind first: beside a book a text is a note.
_LISTS = ((".xls", ".xlsx", ".xlsm", ".xlsb", ".ods"), (".csv",), (".txt", ".htm", ".html"))
#: Of the one list, unpacked: as much as a file may have.
_LARGEST = 20 * 2**20
_NEEDED = "нужен прайс-лист .xls, .xlsx, .ods или .csv"
_FOREIGN = {
    "word/": f"это документ Word (.docx), а не таблица: {_NEEDED}",
    "ppt/": f"это презентация (.pptx): {_NEEDED}",
    "index/": "это таблица Numbers: экспортируйте её в Excel (.xlsx)",
}
_JUNK = re.compile(r"__MACOSX/|(?:.*/)?\.[^/]*$|.*/$")


def is_book(data: bytes) -> bool:
    """Whether it is an .xlsx or an .ods itself, whole or not.

    :raises PriceListError: another kind of document.
    """
    with library_errors():
        names = [name.replace("\\", "/").lower() for name in _names(data)]
    if any(name.startswith("xl/") for name in names) or {"mimetype", "content.xml"} <= {*names}:
        return True
    for beginning, refusal in _FOREIGN.items():
        if any(name.startswith(beginning) for name in names):
            raise PriceListError(refusal)
    return False


def is_ods(data: bytes) -> bool:
    """Whether it is a document of LibreOffice's."""
    with library_errors():
        return {"mimetype", "content.xml"} <= {*_names(data)}


def the_one_list(data: bytes) -> bytes:
    """The list of an archive that has one.

    :raises PriceListError: none, several, one that is too large or has a password.
    """
    with library_errors(), zipfile.ZipFile(io.BytesIO(data)) as archive:
        lists = _likeliest(archive.infolist())
        if len(lists) != 1:
            raise PriceListError(f"это архив, {_told(len(lists))}")
        (one,) = lists
        if one.flag_bits & 1:
            raise PriceListError("архив защищён паролем: распакуйте его")
        if one.file_size > _LARGEST:
            raise PriceListError(f"файл в архиве больше {_LARGEST // 2**20} МБ: это не прайс-лист")
        return archive.read(one)


def _likeliest(parts: Sequence[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    for endings in _LISTS:
        found = [
            part
            for part in parts
            if not _JUNK.match(part.filename) and part.filename.lower().endswith(endings)
        ]
        if found:
            return found
    return []


def _told(count: int) -> str:
    if count:
        return f"и в нём прайс-листов {count}: распакуйте его и загрузите один"
    return f"а прайс-листа в нём нет: {_NEEDED}"


def _names(data: bytes) -> Sequence[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()
