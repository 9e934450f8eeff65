"""The places of the desk that stand in the bar of every page."""

from dataclasses import dataclass

from optfm.desk.accounts import Staff


@dataclass(frozen=True, slots=True)
class Place:
    """One of them."""

    path: str
    title: str
    owner_only: bool = False


_PLACES = (
    Place("/desk/", "Очередь"),
    Place("/desk/requests", "Заявки"),
    Place("/desk/canned", "Заготовки"),
    Place("/desk/reports", "Отчёты", owner_only=True),
    Place("/desk/content", "Тексты", owner_only=True),
)


def places(staff: Staff) -> tuple[Place, ...]:
    """Those that somebody may see."""
    return tuple(place for place in _PLACES if staff.is_owner or not place.owner_only)
