"""A stream of bytes under a key: AES-256-GCM in chunks, each bound to its place and to the end.

The file begins with `MAGIC` and a random salt; the key of the file is scrypt of BACKUP_KEY and the
salt. Chunk n is sealed with nonce n and says whether it is the last one, so that a file that was
cut, mixed or written on is noticed (the STREAM construction, Hoang et al. 2015).
"""

import os
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"OPTFMKEY1\n"
_SALT = 16
_TAG = 16
_CHUNK = 1 << 20


class WrongKey(Exception):
    """The key is another one, or the bytes are not what was written."""


def seal(source: BinaryIO, target: BinaryIO, key: str) -> None:
    """Write `source` sealed.

    :param key: BACKUP_KEY.
    """
    salt = os.urandom(_SALT)
    target.write(MAGIC + salt)
    cipher = _cipher(key, salt)
    number, chunk = 0, source.read(_CHUNK)
    while True:
        following = source.read(_CHUNK)
        last = not following
        target.write(cipher.encrypt(_nonce(number), chunk, _place(last)))
        if last:
            return
        number, chunk = number + 1, following


def unseal(source: BinaryIO, target: BinaryIO, key: str) -> None:
    """Write what was sealed.

    :param source: behind its `MAGIC`.
    :raises WrongKey: it cannot be read with this key.
    """
    cipher = _cipher(key, source.read(_SALT))
    number, chunk = 0, source.read(_CHUNK + _TAG)
    while True:
        following = source.read(_CHUNK + _TAG)
        last = not following
        try:
            target.write(cipher.decrypt(_nonce(number), chunk, _place(last)))
        except InvalidTag as exc:
            raise WrongKey from exc
        if last:
            return
        number, chunk = number + 1, following


def is_sealed(source: BinaryIO) -> bool:
    """Whether what begins here was sealed; behind its `MAGIC` then."""
    return source.read(len(MAGIC)) == MAGIC


def _cipher(key: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(key.encode()))


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _place(last: bool) -> bytes:
    return b"last" if last else b"more"
