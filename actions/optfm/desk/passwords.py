"""Passwords: argon2id, two at a time, so that guessing them costs the guesser and not the desk."""

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 10, 200
#: Each takes 64 MiB and a quarter of a second.
_AT_ONCE = threading.Semaphore(2)
_HASHER = PasswordHasher()
#: Of no password, with the same costs: so that a name that nobody has takes as long as one that
#: somebody has. The encoding is that of RFC 9106's reference implementation.
_NOBODY = (
    f"$argon2id$v=19$m={_HASHER.memory_cost},t={_HASHER.time_cost},p={_HASHER.parallelism}"
    f"${'A' * 22}${'A' * 43}"
)


def wrong(password: str, name: str) -> str:
    """What is wrong with a new password, for who sets it; "" for a good one."""
    if len(password) < SHORTEST:
        return f"Нужно не меньше {SHORTEST} знаков: подойдут три-четыре слова подряд."
    if len(password) > LONGEST:
        return f"Нужно не больше {LONGEST} знаков."
    if len(set(password.casefold())) < 5 or name.casefold() in password.casefold():
        return "Такой пароль легко угадать: возьмите другие слова, без своего имени."
    return ""


def hashed(password: str) -> str:
    """A password as it is kept."""
    with _AT_ONCE:
        return _HASHER.hash(password)


def fits(password: str, kept: str | None) -> bool:
    """Whether a password is the one that is kept.

    :param kept: None: there is none, and it takes as long to say so.
    """
    with _AT_ONCE:
        try:
            _HASHER.verify(kept or _NOBODY, password[: LONGEST + 1])
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None
