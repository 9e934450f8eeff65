"""What stands apart from the word that it belongs to: refusals, bounds, what is compared."""

import pytest

from optfm.conversation.replies import Rows


def _rows(turn) -> Rows:
    (reply,) = [reply for reply in turn.replies if isinstance(reply, Rows)]
    return reply


@pytest.mark.parametrize(
    "refusal",
    [
        "борофон в руки не беру",
        "борофон у нас пылится, не предлагайте",
        "борофон покупатели не берут",
    ],
)
def test_a_refusal_may_stand_apart_from_what_it_refuses(say, refusal):
    """Words that say nothing of goods part them, or a verb that gives the reason."""
    shown = _rows(say("сетевая зарядка", refusal))
    assert shown.hits
    assert not any("BOROFONE" in hit.row.name.upper() for hit in shown.hits)


def test_what_happened_to_the_goods_is_no_reason_to_refuse_them(say):
    """«пришёл, не подошёл» tells of the past."""
    shown = _rows(say("сетевая зарядка", "борофон"))
    again = say("борофон пришёл, не подошёл")
    assert not [f for f in (again.state.focus or shown.query).facets if f.exclude]


def test_a_dear_bound_that_does_not_sell_is_the_highest_price(say):
    """«дороже 500 не продам, покажите до этой суммы»: the sum is the price just said."""
    shown = _rows(say("сетевая зарядка", "дороже 500 у себя не продам, гляньте до этой суммы"))
    assert shown.query.price.most == 500
    assert shown.hits


@pytest.mark.parametrize("asked", ["мощность у какой больше?", "где мощность выше?"])
def test_a_property_compared_tells_one_row(say, asked):
    """The row with the most of it is shown and is the one that is counted next."""
    most = _rows(say("сетевая зарядка", "какая самая мощная"))
    told = _rows(say("сетевая зарядка", asked))
    assert [hit.row.code for hit in told.hits] == [hit.row.code for hit in most.hits]


@pytest.mark.parametrize(("said", "pieces"), [("тюбик 50", 0), ("50 тюбиков", 50)])
def test_one_thing_with_a_number_is_the_row_that_has_the_number(say, said, pieces):
    """«тюбик 50» of glue of 15 and 50 ml; «50 тюбиков» are pieces."""
    state = say("клей", said).state
    assert state.count == pieces
    assert len(state.chosen) == (not pieces)


def test_a_set_of_two_joined_by_a_plus_is_one_thing(say):
    """«комплект клава+мышь» is sold as a set; no parts of phones are shown beside it."""
    shown = _rows(say("комплект клава+мышь для офиса"))
    assert all(hit.row.name.startswith("Набор клавиатура+мышь") for hit in shown.hits)


def test_any_value_of_a_property_lifts_what_was_asked_of_it(say):
    """«разъём любой» after Type-C takes it back, and the price said with it holds."""
    plug = say("сетевая зарядка", "с type-c").state.focus
    assert plug.facets_of("connector")
    free = say("разъём пусть любой, лишь бы до 900").state.focus
    assert not free.facets_of("connector")
    assert free.price.most == 900


def test_what_fits_is_what_the_next_words_narrow(say):
    """Rows of another model that an answer about it shows are those that are spoken of then."""
    say("чехол на samsung a15", "от a12 на m12 подойдет?")
    shown = _rows(say("прозрачный"))
    assert all("A12/M12" in hit.row.name for hit in shown.hits)
