"""Reads a price list from a file, for those who need the list or a refusal.

Who can ask the shop a question calls `reading.read_list` (docs/adr/0004-price-list-format.md).
"""

from pathlib import Path

from optfm.catalog.errors import PriceListError, UnansweredError
from optfm.catalog.outcome import ListOptions, Outcome, Questions, ReadList
from optfm.catalog.reading import read_list
from optfm.catalog.rows import PriceList

#: The shop's own list takes 1.8 MB; ten times as many rows are the most that an .xls can hold.
MAX_FILE_BYTES = 20 * 2**20


def read_price_list(path: Path, options: ListOptions | None = None) -> PriceList:
    """Read a price list from a file.

    :raises PriceListError: as `parse_price_list` and `read_file`.
    """
    return parse_price_list(read_file(path), options, file_name=path.name)


def read_file(path: Path) -> bytes:
    """The bytes of a file that is small enough to be a price list.

    :raises PriceListError: no such file, not ours to read, bigger than MAX_FILE_BYTES.
    """
    if not path.is_file():
        raise PriceListError(f"нет такого файла: {path.name}")
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as exc:
        raise PriceListError(f"файл {path.name} не открывается: {exc.strerror}") from exc
    if len(data) > MAX_FILE_BYTES:
        raise PriceListError(f"файл больше {MAX_FILE_BYTES // 2**20} МБ: это не прайс-лист")
    return data


def parse_price_list(
    data: bytes, options: ListOptions | None = None, *, file_name: str = ""
) -> PriceList:
    """Read a price list from the bytes of a file, whatever the file is called.

    :returns: at least one row; codes unique over rows and groups; texts as printed, without
        control characters and outer spaces.
    :raises UnansweredError: a list that raises a question.
    :raises PriceListError: not a price list.
    """
    return price_list_of(read_list(data, options, file_name=file_name))


def price_list_of(found: Outcome) -> PriceList:
    """The list of an outcome.

    :raises UnansweredError: a list that raises a question.
    :raises PriceListError: not a price list.
    """
    if isinstance(found, ReadList):
        return found.price_list
    if isinstance(found, Questions):
        raise UnansweredError(found.questions)
    raise PriceListError(found.message)
