"""The stream of records inside an OLE container, also of one that its writer got wrong.

PHPExcel writes sectors that overlap, other programs sizes that do not fit; Excel follows the
chain of sectors and does not care. So does this. Source: [MS-CFB].
"""

import struct

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA  #: sector numbers from here on are marks, not sectors
_ENTRY = 128
_NAMES = ("workbook", "book")


def workbook_stream(data: bytes) -> bytes | None:
    """The records of the book; None where there is no such stream."""
    if len(data) < 512 or not data.startswith(SIGNATURE):
        return None
    size = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
    small = 1 << min(struct.unpack_from("<H", data, 32)[0], 16)
    directory_at, cutoff, small_fat_at = struct.unpack_from("<I4xII", data, 48)
    fat = _numbers(b"".join(_sector(data, n, size) for n in _fat_sectors(data, size)))
    directory = _chain(data, directory_at, fat, size)
    entries = [directory[at : at + _ENTRY] for at in range(0, len(directory), _ENTRY)]
    root = next((entry for entry in entries if len(entry) == _ENTRY and entry[66] == 5), None)
    for wanted in _NAMES:
        for entry in entries:
            if len(entry) < _ENTRY or entry[66] != 2 or _name(entry) != wanted:
                continue
            start, length = struct.unpack_from("<II", entry, 116)
            if length >= cutoff or root is None:
                return _chain(data, start, fat, size)[:length]
            store = _chain(data, struct.unpack_from("<I", root, 116)[0], fat, size)
            small_fat = _numbers(_chain(data, small_fat_at, fat, size))
            return _chain(b"\0" * small + store, start, small_fat, small)[:length]
    return None


def _fat_sectors(data: bytes, size: int) -> list[int]:
    numbers = list(struct.unpack_from("<109I", data, 76))
    following, count = struct.unpack_from("<II", data, 68)
    for _ in range(min(count, len(data) // size)):
        block = _numbers(_sector(data, following, size))
        if not block:
            break
        numbers += block[:-1]
        following = block[-1]
    return [number for number in numbers if number < _LAST]


def _chain(data: bytes, start: int, fat: tuple[int, ...], size: int) -> bytes:
    parts: list[bytes] = []
    seen: set[int] = set()
    while start < _LAST and start not in seen:
        seen.add(start)
        parts.append(_sector(data, start, size))
        start = fat[start] if start < len(fat) else _LAST
    return b"".join(parts)


def _sector(data: bytes, number: int, size: int) -> bytes:
    return data[(number + 1) * size : (number + 2) * size]


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _name(entry: bytes) -> str:
    length = min(struct.unpack_from("<H", entry, 64)[0], 64)
    return entry[: max(length - 2, 0)].decode("utf-16-le", errors="replace").casefold()
