"""A bucket of an S3-compatible store (Yandex Object Storage, VK Cloud, MinIO, AWS) as a place.

Four calls are all that backups need, so there is no client library: a request is signed as AWS
Signature Version 4 says (docs.aws.amazon.com, "Create a signed AWS API request"), the bucket in
the path, the content's checksum signed with it, so that the store itself refuses a broken upload.
"""

import hashlib
import hmac
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urlsplit

import requests

from optfm.backup.places import Backup, backup_of
from optfm.errors import Refused

#: One request's most; the shop's database is a thousandth of it.
LARGEST_BYTES = 5 * 2**30
_TIMEOUT_S = (10, 300)
_EMPTY = hashlib.sha256(b"").hexdigest()


@dataclass(frozen=True, kw_only=True)
class Bucket:
    """Backups in a bucket, below its prefix if it has one.

    :raises Refused: of every method: the store does not answer or says no, in one line.
    """

    url: str  #: the store, the bucket and a prefix: https://storage.example.net/bucket/optfm
    key_id: str
    secret: str
    region: str = "us-east-1"

    def backups(self) -> list[Backup]:
        """Those there, the newest first; what else is in the bucket is not looked at."""
        bucket, _, prefix = self._path.partition("/")
        query = {"list-type": "2", "prefix": f"{prefix}/" if prefix else ""}
        found: list[Backup] = []
        while True:
            answer = self._call("GET", f"/{bucket}", query)
            page = ElementTree.fromstring(answer.content)
            for content in page.iterfind("{*}Contents"):
                name = (content.findtext("{*}Key") or "").rpartition("/")[2]
                size = int(content.findtext("{*}Size") or 0)
                if one := backup_of(name, size):
                    found.append(one)
            token = page.findtext("{*}NextContinuationToken")
            if not token:
                return sorted(found, key=lambda backup: backup.at, reverse=True)
            query["continuation-token"] = token

    def bring(self, file: Path) -> None:
        """Put a backup there, whole or not at all."""
        if file.stat().st_size > LARGEST_BYTES:
            raise Refused(f"{file.name} больше 5 ГБ: в хранилище его не отправить одним разом")
        with file.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
            content.seek(0)
            self._call("PUT", self._place(file.name), digest=digest, body=content)

    def fetch(self, name: str, folder: Path) -> Path:
        """Bring one here.

        :returns: the file; a half that came before the network broke has another name.
        """
        folder.mkdir(parents=True, exist_ok=True)
        half, file = folder / f".{name}.part", folder / name
        with self._failures(), half.open("wb") as to:
            answer = self._call("GET", self._place(name), stream=True)
            for part in answer.iter_content(2**20):
                to.write(part)
        half.chmod(0o600)
        half.replace(file)
        return file

    def remove(self, backup: Backup) -> None:
        """Delete one."""
        self._call("DELETE", self._place(backup.name))

    @property
    def _path(self) -> str:
        return urlsplit(self.url).path.strip("/")

    def _place(self, name: str) -> str:
        return f"/{self._path}/{name}"

    def _call(
        self,
        method: str,
        path: str,
        query: dict[str, str] | None = None,
        *,
        digest: str = _EMPTY,
        body: object = None,
        stream: bool = False,
    ) -> requests.Response:
        store = urlsplit(self.url)
        asked = "&".join(
            f"{quote(name, safe='')}={quote(value, safe='')}"
            for name, value in sorted((query or {}).items())
        )
        headers = self.signed(method, store.netloc, quote(path), asked, digest, datetime.now(UTC))
        address = f"{store.scheme}://{store.netloc}{quote(path)}{'?' if asked else ''}{asked}"
        with self._failures():
            answer = requests.request(
                method,
                address,
                headers=headers,
                data=body,  # type: ignore[arg-type]
                timeout=_TIMEOUT_S,
                stream=stream,
                allow_redirects=False,
            )
        if answer.status_code >= 300:
            raise Refused(f"хранилище копий ({store.netloc}): {_reason(answer)}")
        return answer

    def signed(
        self, method: str, host: str, path: str, query: str, digest: str, now: datetime
    ) -> dict[str, str]:
        """The headers of a request that say whose it is.

        :param path: as it is sent, and so the query, its names in order.
        :param digest: SHA-256 of the content, in hex.
        """
        moment, day = f"{now:%Y%m%dT%H%M%SZ}", f"{now:%Y%m%d}"
        headers = {"host": host, "x-amz-content-sha256": digest, "x-amz-date": moment}
        names = ";".join(headers)
        lines = "".join(f"{name}:{value}\n" for name, value in headers.items())
        request = "\n".join((method, path, query, lines, names, digest))
        scope = f"{day}/{self.region}/s3/aws4_request"
        digest_of_it = hashlib.sha256(request.encode()).hexdigest()
        to_sign = "\n".join(("AWS4-HMAC-SHA256", moment, scope, digest_of_it))
        key = f"AWS4{self.secret}".encode()
        for part in (day, self.region, "s3", "aws4_request", to_sign):
            key = hmac.digest(key, part.encode(), "sha256")
        return {
            "x-amz-content-sha256": digest,
            "x-amz-date": moment,
            "Authorization": (
                f"AWS4-HMAC-SHA256 Credential={self.key_id}/{scope}, SignedHeaders={names}, "
                f"Signature={key.hex()}"
            ),
        }

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except requests.RequestException as exc:
            host = urlsplit(self.url).netloc
            raise Refused(f"хранилище копий ({host}) не отвечает: {type(exc).__name__}") from exc


def _reason(answer: requests.Response) -> str:
    try:
        code = ElementTree.fromstring(answer.content).findtext("{*}Code") or ""
    except ElementTree.ParseError:
        code = ""
    return f"{answer.status_code} {code}".strip()
