"""One-time links that carry a dialog from the site to Telegram."""

import secrets
from dataclasses import dataclass
from hashlib import sha256

from connectors.server.database import Database

#: Seconds within which a link must be followed.
LASTS_S = 600
_RANDOM_BYTES = 32

_REDEEM = """
WITH used AS (
    UPDATE dialog_links SET used_at = now()
    WHERE token_sha256 = %s AND used_at IS NULL AND expires_at > now()
    RETURNING dialog
)
INSERT INTO dialog_addresses (channel, address, dialog) SELECT %s, %s, dialog FROM used
ON CONFLICT (channel, address) DO UPDATE SET dialog = excluded.dialog
RETURNING dialog
"""
_LINKED = """
SELECT 1 FROM dialog_links JOIN dialog_addresses USING (dialog)
WHERE token_sha256 = %s AND used_at IS NOT NULL AND channel = %s AND address = %s
"""


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

    async def redeem(self, token: str, channel: str, address: str) -> bool:
        """Let a token's dialog be held at an address from now on; good once.

        :returns: whether it is: not with a token that is too old, made up or used elsewhere.
        :raises DatabaseAway: it does not answer.
        """
        linked = await self.database.ask(_REDEEM, _hash(token), channel, address)
        # The same yes may come again: a kill came between the link and the answer.
        return bool(linked or await self.database.ask(_LINKED, _hash(token), channel, address))


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
