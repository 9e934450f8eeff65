"""What is asked of all that is shown: the most of a property, another brand, goods of its kin."""

from optfm.conversation.replies import Rows


def _rows(turn) -> Rows:
    (reply,) = [reply for reply in turn.replies if isinstance(reply, Rows)]
    return reply


def test_the_most_powerful_is_told_by_what_the_names_state(say, goods):
    """«какая самая мощная» shows the rows with the greatest power of all that were asked for."""
    turn = say("сетевая зарядка", "какая самая мощная")
    power = {
        hit.row.code: [v.value for v in goods.facts(hit.row.code).values if v.dimension == "power"]
        for hit in goods.find(goods.parse("сетевая зарядка")[0], limit=500).rows
    }
    most = max(max(watts) for watts in power.values() if watts)
    assert [max(power[hit.row.code]) for hit in _rows(turn).hits] == [most] * len(_rows(turn).hits)


def test_another_brand_is_any_but_the_one_asked_for(say):
    """«а другой фирмы?» takes the brand of the question back and excludes it."""
    first = _rows(say("сетевая зарядка borofone"))
    other = _rows(say("а другой фирмы?"))
    assert all("BOROFONE" in hit.row.name.upper() for hit in first.hits)
    assert other.hits
    assert not any("BOROFONE" in hit.row.name.upper() for hit in other.hits)


def test_a_property_that_only_kin_of_the_goods_have_asks_for_the_kin(say):
    """«а в машину?» after mains chargers is a question about car chargers."""
    turn = say("сетевая зарядка", "а в машину?")
    assert all(hit.row.name.startswith(("АЗУ", "Авто")) for hit in _rows(turn).hits)


def test_a_plug_said_with_its_noun_is_of_the_goods_in_focus(say):
    """«с type-c разъемом» after cables asks for no connector to be soldered in."""
    turn = say("кабель", "с type-c разъемом")
    assert all(hit.row.name.startswith("Кабель") for hit in _rows(turn).hits)
