"""What a customer of the request form wants changed."""

import pytest

from optfm.dialogue import request_corrections as corrections


@pytest.mark.parametrize(
    ("text", "asked", "meant"),
    [
        ("нет, почта не та", "about", ("email", None)),
        ("телефон неверный", "confirm", ("phone", None)),
        ("имя", "town", ("name", None)),
        ("телефон", "about", None),
        ("имя", "name", None),
        ("из вологды", "confirm", ("town", "Вологда")),
        ("нет, я из Вологды", "confirm", ("town", "Вологда")),
        ("я из Вологды", "about", None),
        ("нет", "confirm", None),
        ("дисплей не тот пришёл", "about", None),
    ],
)
def test_a_correction_is_known_by_its_field(text: str, asked: str, meant: object):
    """With a value or without; what may be the subject is none."""
    assert corrections.change(text, asked=asked) == meant
