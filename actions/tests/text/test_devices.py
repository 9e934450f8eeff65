"""Devices are read from the names of rows."""

import pytest

from optfm.text.devices import Devices
from optfm.text.mention import Mention, closeness
from optfm.text.normalise import clean
from optfm.text.row_devices import devices_in
from optfm.text.tokens import tokens


@pytest.fixture(scope="session")
def devices(vocabulary, lexicon) -> Devices:
    return Devices(vocabulary, lexicon)


def read(devices, lexicon, name):
    found = tokens(clean(name), lexicon.units)
    sizes = {at: t.quantities for at, t in enumerate(found) if t.quantities}
    return [m.label for m in devices_in(devices, lexicon.fold(found), sizes)]


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("Чехол совместим с iPhone 12/12 Pro (6.1\")", ["iPhone 12", "iPhone 12 Pro"]),
        ("Стекло для iPhone X/Xs/11 Pro", ["iPhone X", "iPhone XS", "iPhone 11 Pro"]),
        ("Дисплей для Samsung SM-A125F/Galaxy A12 + тачскрин", ["Samsung A125F", "Samsung A12"]),
        ("Чехол для Samsung Galaxy A72/73 5G", ["Samsung A72", "Samsung 73 5G", "Samsung A73 5G"]),
        ("Чехол для Xiaomi Redmi Note 11 Pro+ 5G", ["Redmi Note 11 Pro Plus 5G"]),
        ("Дисплей для Huawei P Smart 2019", ["P Smart 2019"]),
        ("Чехол для Honor 9S/Huawei Y5p", ["Honor 9S", "Huawei Y5P"]),
        ("Чехол для Tecno Spark Go 2023 NFC", ["Spark Go 2023"]),
        ("Ремешок Mi Band 3/Mi Band 4 силикон", ["Mi Band 3", "Mi Band 4"]),
        ("Чехол для AirP Pro 2 силикон", ["AirPods Pro 2"]),
        ("Стекло для iPhone 14 + OCA + рамка", ["iPhone 14"]),
        ("Аккумулятор EB-BA515ABY, совместим с Samsung", ["Samsung A515", "Samsung A51"]),
        ("Аккумулятор EB-BJ330ABE, совместим с Samsung", ["Samsung J330"]),
        ("Клей B-7000 15мл", []),
    ],
)  # fmt: skip
def test_every_device_of_a_name_is_read(devices, lexicon, name, labels):
    """Lists with slashes, marks, years, sizes in brackets."""
    assert read(devices, lexicon, name) == labels


def test_a_new_brand_and_line_are_learnt_from_the_list(vocabulary, lexicon):
    """Two rows for a brand nobody wrote down are enough."""
    devices = Devices(vocabulary, lexicon)
    names = ["Чехол совместим с Zephyr Nimbus 5 черный", "Стекло совместим с Zephyr Nimbus 7 Pro"]
    rows = [lexicon.fold(tokens(clean(n), lexicon.units)) for n in names]
    devices.learn(rows)
    assert devices.is_brand("zephyr")
    assert devices.series_of("nimbus") == "nimbus"
    assert read(devices, lexicon, names[1]) == ["Zephyr Nimbus 7 Pro"]


@pytest.mark.parametrize(
    ("asked", "there", "same"),
    [
        (
            Mention(frozenset({"apple"}), "iphone", "13"),
            Mention(frozenset({"apple"}), "iphone", "13"),
            True,
        ),
        (
            Mention(frozenset({"apple"}), "iphone", "13"),
            Mention(frozenset({"apple"}), "iphone", "13", frozenset({"pro"})),
            False,
        ),
        (
            Mention(frozenset({"xiaomi"}), "redmi", "12"),
            Mention(frozenset({"xiaomi"}), "redminote", "12"),
            False,
        ),
        (Mention(frozenset(), "", "a12"), Mention(frozenset({"samsung"}), "", "a12"), True),
        (
            Mention(frozenset({"huawei"}), "psmart", "", year="2019"),
            Mention(frozenset({"huawei"}), "psmart", "", year="2021"),
            False,
        ),
        (
            Mention(frozenset({"samsung"}), "", "a22", net="5g"),
            Mention(frozenset({"samsung"}), "", "a22", net="4g"),
            False,
        ),
    ],
)  # fmt: skip
def test_another_model_is_never_the_same(asked, there, same):
    """13 is not 13 Pro, Redmi 12 is not Redmi Note 12, 2019 is not 2021."""
    assert (closeness(asked, there, {}) > 0) is same
