"""One-time links that carry a dialog from the site to Telegram."""

import secrets
from dataclasses import dataclass
from hashlib import sha256

from connectors.database import Database

#: Seconds within which a link must be followed.
LASTS_S = 600
_RANDOM_BYTES = 32


@dataclass(frozen=True)
class Links:
    """The table `dialog_links`, which holds hashes only: whoever reads it can follow none."""

    database: Database

    async def issue(self, dialog: str) -> str:
        """A new token: 43 characters that Telegram lets through as a deep link's payload.

        :raises DatabaseAway: it does not answer.
        """
        token = secrets.token_urlsafe(_RANDOM_BYTES)
        await self.database.ask(
            "INSERT INTO dialog_links (token_sha256, dialog, expires_at)"
            " VALUES (%s, %s, now() + make_interval(secs => %s))",
            _hash(token),
            dialog,
            LASTS_S,
        )
        return token

    async def is_open(self, token: str) -> bool:
        """Whether a token may still be redeemed; its dialog is not told.

        :raises DatabaseAway: it does not answer.
        """
        return bool(
            await self.database.ask(
                "SELECT 1 FROM dialog_links"
                " WHERE token_sha256 = %s AND used_at IS NULL AND expires_at > now()",
                _hash(token),
            )
        )

    async def redeem(self, token: str) -> str | None:
        """The dialog of a token, once; None: used, too old or made up.

        :raises DatabaseAway: it does not answer.
        """
        rows = await self.database.ask(
            "UPDATE dialog_links SET used_at = now()"
            " WHERE token_sha256 = %s AND used_at IS NULL AND expires_at > now()"
            " RETURNING dialog",
            _hash(token),
        )
        return str(rows[0][0]) if rows else None


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
