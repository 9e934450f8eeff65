"""Sums in roubles as customers and staff read them."""


def amount(kop: int) -> str:
    """Kopecks as roubles with a space between thousands: `1 234`, `1 234,50`."""
    roubles, rest = divmod(kop, 100)
    text = f"{roubles:,}".replace(",", " ")
    return f"{text},{rest:02}" if rest else text


def price(kop: int) -> str:
    """The same with the rouble sign: `1 234 ₽`."""
    return f"{amount(kop)} ₽"
