"""Numbers of sockets are read as rows print them and as people say them."""

import pytest

from optfm.text.normalise import clean
from optfm.text.units import Quantity


@pytest.mark.parametrize(
    ("typed", "ports"),
    [
        ("АЗУ [USB(1), USB-C(2), 3A]", {"usb": 1, "typec": 2}),
        ("Хаб [4 USB, 2 USB-C, SD]", {"usb": 4, "typec": 2}),
        ("фильтр [3USB, 1USB-C]", {"usb": 3, "typec": 1}),
        ("зарядка на два тайпси", {"typec": 2}),
        ("с двумя type-c выходами", {"typec": 2}),
        ("на 3 юсб", {"usb": 3}),
        ("флешка usb 3.0", {}),
        ("usb 2.0 usb", {}),
        ("кабель на редми 9 type-c", {}),
        ("кабель 12 usb", {}),
    ],
)
def test_sockets_are_counted_by_their_kind(lexicon, typed, ports):
    """A version, a model and a number too great for sockets are none of them."""
    found = [q for _, _, quantities in lexicon.units.read(clean(typed)) for q in quantities]
    counted = [q for q in found if q.dimension in ("usb", "typec")]
    assert sorted(counted) == sorted(Quantity(kind, float(n)) for kind, n in ports.items())


def test_the_sockets_own_word_stays_a_word(lexicon):
    """A row with two USB sockets is found by «usb», too."""
    assert "usb" in lexicon.lexemes("блок (2USB выхода)")
