"""Files of one exchange as they come: in parts, repeated or not, zipped or not.

Names from outside are only names: a file lies under a number of ours. A part counts when all of it
is here; one that comes twice counts once.
"""

import hashlib
import json
import shutil
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from optfm.exchange.commerceml import BadFile

#: Bytes: of a part that we ask for, of all parts of an exchange, of all that is unpacked.
PART_LIMIT = 32 * 2**20
_MOST_SENT = 2 * 2**30
_MOST_UNPACKED = 2 * 2**30
_MOST_FILES = 10_000
#: XML packs ten to forty times; a bomb a thousand times.
_MOST_RATIO = 200
_SMALL = 20 * 2**20
_LONGEST_NAME = 300
_PIECE = 2**20


@dataclass(slots=True)
class _File:
    number: int
    size: int = 0
    parts: list[str] = field(default_factory=list)


def is_wanted(name: str) -> bool:
    """Whether a file may hold goods: no picture, and none of 1C's own reports on the exchange.

    1C asks for no report to be read: it would be waited for.
    """
    low = name.lower()
    return low.endswith((".xml", ".zip")) and "report" not in low


class Files:
    """:param folder: of this exchange alone; made if missing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._index = folder / "files.json"
        self._files: dict[str, _File] = {}
        if self._index.exists():
            known = json.loads(self._index.read_text(encoding="utf-8"))
            self._files = {name: _File(**said) for name, said in known.items()}

    @property
    def incoming(self) -> Path:
        """Where a part is put while it comes."""
        return self._folder / "incoming"

    def clear(self) -> None:
        """Forget everything that came."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        self._files = {}

    def add_part(self, name: str) -> bool:
        """Add the part that is in `incoming` to a file.

        The part that came last is the same one sent again; the first one begins the file anew.

        :returns: whether the file is another one now.
        :raises BadFile: too much.
        """
        if len(name) > _LONGEST_NAME or len(self._files) >= _MOST_FILES:
            raise BadFile("слишком длинное имя или слишком много файлов")
        part = self.incoming
        digest, size = _digest(part), part.stat().st_size
        file = self._files.get(name)
        if file and file.parts and file.parts[-1] == digest:
            return False
        if file is None or file.parts[0] == digest or _begins_xml(part):
            number = file.number if file else self._next()
            file = _File(number=number)
        if sum(other.size for other in self._files.values()) + size > _MOST_SENT:
            raise BadFile("файлы обмена больше 2 ГБ")
        path = self._path(file)
        with path.open("r+b" if path.exists() else "w+b") as whole, part.open("rb") as source:
            whole.truncate(file.size)
            whole.seek(file.size)
            shutil.copyfileobj(source, whole, _PIECE)
        file.size += size
        file.parts.append(digest)
        self._files[name] = file
        self._save()
        return True

    def names(self) -> list[str]:
        """Of the XML files that are here."""
        return [name for name in self._files if name.lower().endswith(".xml")]

    def find(self, name: str) -> Path | None:
        """The file of a name, or the only one with this last part of it."""
        file = self._files.get(name)
        if file is None:
            last = name.replace("\\", "/").rpartition("/")[2]
            same = [f for n, f in self._files.items() if n.replace("\\", "/").endswith(f"/{last}")]
            file = same[0] if len(same) == 1 else self._files.get(last)
        return self._path(file) if file else None

    def unpack(self) -> None:
        """Turn archives into the XML files that are in them; pictures are left out.

        :raises BadFile: no archive, or one that grows beyond all measure.
        """
        for name in [n for n in self._files if n.lower().endswith(".zip")]:
            try:
                self._unpack(self._path(self._files[name]))
            except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as exc:
                raise BadFile(f"архив не читается: {type(exc).__name__}") from exc
            except RuntimeError as exc:  # a password
                raise BadFile("архив с паролем не принимается") from exc
            del self._files[name]
        self._save()

    def _unpack(self, archive: Path) -> None:
        with zipfile.ZipFile(archive) as packed:
            entries = packed.infolist()
            if len(entries) > _MOST_FILES:
                raise BadFile("в архиве слишком много файлов")
            entries = [e for e in entries if e.filename.lower().endswith(".xml")]
            entries = [e for e in entries if is_wanted(e.filename)]
            # `zipfile` gives no more of an entry than the archive says there is.
            if sum(e.file_size for e in entries) > _MOST_UNPACKED or any(map(_is_bomb, entries)):
                raise BadFile("архив распаковывается в слишком большой файл")
            for entry in entries:
                file = _File(number=self._next())
                with packed.open(entry) as source, self._path(file).open("wb") as target:
                    while piece := source.read(_PIECE):
                        file.size += len(piece)
                        target.write(piece)
                file.parts = ["unpacked"]
                self._files[entry.filename[:_LONGEST_NAME]] = file

    def _next(self) -> int:
        return max((file.number for file in self._files.values()), default=-1) + 1

    def _path(self, file: _File) -> Path:
        return self._folder / f"{file.number}.dat"

    def _save(self) -> None:
        said = {
            name: {"number": f.number, "size": f.size, "parts": f.parts}
            for name, f in self._files.items()
        }
        new = self._folder / "files.json.new"
        new.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
        new.replace(self._index)


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > max(_SMALL, _MOST_RATIO * entry.compress_size)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _begins_xml(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(16).lstrip(b"\xef\xbb\xbf").startswith(b"<?xml")
