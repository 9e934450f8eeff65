"""Where a dialog is reached: most have one place, which their own id names; linked ones more."""

from dataclasses import dataclass

from connectors.server.database import Database

#: The channels whose dialogs are named after the address: `tg:<chat id>`.
_PREFIXES = {"telegram": "tg:"}


@dataclass(frozen=True)
class Address:
    """One place."""

    channel: str
    address: str
    blocked: bool = False  #: the customer wants to hear nothing there


class Addresses:
    """The table `dialog_addresses`; what is not in it is reached by its own id."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def dialog_of(self, channel: str, address: str) -> str:
        """The dialog that is held at an address; whoever writes from there is not blocked.

        :raises DatabaseAway: it does not answer.
        """
        rows = await self._database.ask(
            "SELECT dialog, blocked_at IS NOT NULL FROM dialog_addresses"
            " WHERE channel = %s AND address = %s",
            channel,
            address,
        )
        if not rows:
            return f"{_PREFIXES.get(channel, '')}{address}"
        dialog, blocked = rows[0]
        if blocked:
            await self.unblock(channel, address)
        return str(dialog)

    async def addresses_of(self, dialog: str) -> list[Address]:
        """All places of a dialog that channels know by address, the blocked ones too.

        :raises DatabaseAway: it does not answer.
        """
        rows = await self._database.ask(
            "SELECT channel, address, blocked_at IS NOT NULL, dialog FROM dialog_addresses"
            " WHERE dialog = %s OR (channel, address) IN"
            " (SELECT * FROM unnest(%s::text[], %s::text[]))",
            dialog,
            *_own(dialog),
        )
        found = [Address(*row[:3]) for row in rows if row[3] == dialog]
        # Its own address, unless that one now leads to another dialog.
        taken = {(row[0], row[1]) for row in rows}
        own = zip(*_own(dialog), strict=True)
        return found + [Address(*place) for place in own if place not in taken]

    async def block(self, channel: str, address: str) -> None:
        """Remember that the customer blocked us there."""
        await self._database.ask(
            "INSERT INTO dialog_addresses (channel, address, dialog, blocked_at)"
            " VALUES (%s, %s, %s, now()) ON CONFLICT (channel, address)"
            " DO UPDATE SET blocked_at = coalesce(dialog_addresses.blocked_at, now())",
            channel,
            address,
            f"{_PREFIXES.get(channel, '')}{address}",
        )

    async def unblock(self, channel: str, address: str) -> None:
        """He writes again."""
        await self._database.ask(
            "UPDATE dialog_addresses SET blocked_at = NULL WHERE channel = %s AND address = %s",
            channel,
            address,
        )


def _own(dialog: str) -> tuple[list[str], list[str]]:
    """The channels and addresses that a dialog's id itself names."""
    found = [(ch, dialog[len(pre) :]) for ch, pre in _PREFIXES.items() if dialog.startswith(pre)]
    return [channel for channel, _ in found], [address for _, address in found]
