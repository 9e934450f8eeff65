"""What is said of rows that are shown, in words of no list: pointed at, refused, counted anew."""

import pytest

from optfm.conversation import Attribute, NotThere, Rows, Total, Whether, over_rows
from optfm.conversation.acts import AskWhether
from optfm.conversation.itemising import itemised
from optfm.conversation.state import ConversationState
from optfm.search.live import Current
from tests.conversation.conftest import Say


def _names(turn) -> list[str]:
    return [hit.row.name for r in turn.replies if isinstance(r, Rows) for hit in r.hits]


def _counted(turn) -> dict[str, int]:
    return {row.name: n for r in turn.replies if isinstance(r, Total) for row, n in r.lines}


@pytest.mark.parametrize("text", ["та что на дефлектор", "который гравитационный", "где дефлектор"])
def test_who_points_means_a_row_that_is_shown(say: Say, text: str):
    """Also in words that the search knows of other goods, or does not know."""
    say("автодержатель hoco", "автодержатель baseus на дефлектор и автодержатель borofone")
    names = _names(say(text))
    assert [name for name in names if "Baseus" in name] == names[:1] != []


def test_the_last_count_is_corrected(say: Say):
    """«не семь, пять» of what was counted as seven; the other number is no model."""
    say("монопод borofone", "7 штук")
    assert list(_counted(say("ой стоп, не семь, пять")).values()) == [5]
    assert list(_counted(say("не 5 шт, а 8")).values()) == [8]


def test_as_many_are_counted_as_before(say: Say):
    """«белого столько же»."""
    say("ремешок mi band 7", "синий", "12 штук")
    assert list(_counted(say("и мятный, столько же")).values()) == [12]


@pytest.mark.parametrize("text", ["синий не возим", "синие у нас не идут", "синий мимо"])
def test_what_is_refused_behind_its_name_is_left_out(say: Say, text: str):
    """By any form of the verbs that refuse."""
    say("ремешок mi band 7")
    names = _names(say(text))
    assert names and not any(name.endswith("синий") for name in names)


def test_a_fault_is_no_refusal(goods: Current):
    """«не держит» is said of what is broken."""
    (query,) = goods.parse("акб на айфон 11 не держит")
    assert not query.excluded


@pytest.mark.parametrize("text", ["защита в ней есть?", "защита там стоит?"])
def test_a_part_is_asked_of_the_row_in_focus(say: Say, text: str):
    """And no goods of that name are looked for."""
    say("аккумулятор 18650 3000")
    (reply,) = say(text).replies
    assert isinstance(reply, Whether) and reply.has == ("защита",)


def test_a_row_that_is_without_says_no(say: Say):
    """«без адаптера» is an answer, and not silence."""
    say("microsd 64 netac")
    (reply,) = say("адаптер к ней идет?").replies
    assert isinstance(reply, Whether) and reply.denied == ("адаптер",)


def test_goods_that_only_their_parts_are_found_for_are_taken_apart(say: Say):
    """«плюс» is no iPhone Plus, and the second size leaves its goods to the first."""
    names = _names(say("пинцет esd-15 плюс присоска для дисплея"))
    assert [name.split()[0] for name in names] == ["Пинцет", "Присоска"]
    names = _names(say("флешки smartbuy: 32 гб черную и 64 гб черную"))
    assert [name[:4] for name in names] == ["32GB", "64GB"]


def test_a_word_that_no_row_has_is_not_asked_for_again(say: Say):
    """It was said once, and the next limit is not lost by it."""
    say("лампа 26см подсветка")
    turn = say("до 800")
    assert _names(turn) and not any(isinstance(reply, NotThere) for reply in turn.replies)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("пинцета 2 присоски 3", (2, 3)),
        ("2 пинцета 3 присоски", (2, 3)),
        ("за 64 две и присоску одну", (2, 1)),
    ],
)
def test_rows_are_counted_in_one_breath(goods: Current, say: Say, text: str, pieces):
    """Each is told by its name or by its price."""
    turn = say("пинцет", "присоска для дисплея")
    lines = itemised(text, turn.state, goods)
    assert tuple(n for _, n in lines) == pieces


@pytest.mark.parametrize(
    "text",
    [
        "минимальная цена?", "синий отложите", "возьмем пару мятных", "черный не берем",
        "две тысячи максимум, что пройдёт", "черный не берем, возвраты замучили",
    ],
)  # fmt: skip
def test_words_of_rows_and_acts_alone_are_about_the_rows(goods: Current, say: Say, text: str):
    """Whatever topic they sound like."""
    state = say("ремешок mi band 7").state
    assert over_rows(text, state, goods) is not None


@pytest.mark.parametrize(
    "text",
    [
        "минимальный заказ какой?", "первый заказ меньше 5000 можно?", "спасибо", "в наличии есть?",
        "доставка до 1500 бесплатная?", "заказ до 900 примете?", "черный не берем, возврат есть?",
        "гарантия на них какая", "на завтра отложите", "где вы находитесь", "как заказать", "нет",
    ],
)  # fmt: skip
def test_a_word_more_is_about_something_else(goods: Current, say: Say, text: str):
    """Nor is what says nothing of any row."""
    state = say("ремешок mi band 7").state
    assert over_rows(text, state, goods) is None
    assert over_rows("синий", ConversationState(), goods) is None


@pytest.mark.parametrize("text", ["фырчалка есть?", "кракозябра"])
def test_what_nobody_knows_leaves_the_row_in_focus(say: Say, text: str):
    """It is not there, and the next words are of the row that was chosen."""
    say("ремешок mi band 7", "синий", text)
    assert list(_counted(say("дюжину посчитай")).values()) == [12]


@pytest.mark.parametrize("text", ["цвет", "какого он цвета", "расцветка?"])
def test_a_property_is_asked_for_by_its_noun_alone(say: Say, text: str):
    """And with a pronoun between its words."""
    say("ремешок mi band 7", "синий")
    (reply,) = say(text).replies
    assert isinstance(reply, Attribute) and "синий" in reply.told[0][1]


def test_the_length_of_its_cord_is_asked_of_the_row(say: Say):
    """«длина провода» names a part in the genitive, and no cords are looked for."""
    say("зарядное устройство apple watch usb-c")
    (reply,) = say("длина провода").replies
    assert isinstance(reply, Attribute) and "1" in reply.told[0][1]


def test_the_same_so_many_times(say: Say):
    """«тех же 10», «их тоже 3» of the row in focus."""
    say("ремешок mi band 7", "синий")
    assert list(_counted(say("тех же 10")).values()) == [10]
    assert list(_counted(say("их тоже 3")).values()) == [3]


def test_a_name_is_heard_in_its_adjective(say: Say):
    """«борофоновский» is of Borofone."""
    names = _names(say("борофоновский монопод"))
    assert names and all("Borofone" in name for name in names)


@pytest.mark.parametrize("text", ["чехол в комплекте?", "а чехол, он внутри лежит или отдельно"])
def test_what_comes_with_the_row_is_asked_of_it(say: Say, text: str):
    """And no such goods are looked for; nobody says of a name what it does not tell."""
    say("аккумулятор 18650 3000")
    (reply,) = say(text).replies
    assert isinstance(reply, Whether) and reply.lacks == ("чехол",)


@pytest.mark.parametrize("text", ["а магнитится?", "быстро заряжает?"])
def test_what_a_thing_does_is_left_to_the_manager(say: Say, text: str):
    """By a verb that says what a thing does; «долго везёте?» is asked of the shop."""
    say("монопод borofone")
    (reply,) = say(text).replies
    assert isinstance(reply, Whether) and not reply.has


@pytest.mark.parametrize("text", ["десять тюбов", "десять брусочков"])
def test_pieces_of_any_name_are_counted(say: Say, text: str):
    """Whatever they are called, of the one row in focus."""
    say("монопод borofone")
    assert list(_counted(say(text)).values()) == [10]


def test_half_of_the_words_are_enough_where_the_topic_is_doubted(goods: Current, say: Say):
    """A word of the shop's is never one of the other half."""

    def heard(text: str, *, doubted: bool) -> bool:
        return over_rows(text, state, goods, doubted=doubted) is not None

    state = say("ремешок mi band 7").state
    assert heard("синий бы внучке", doubted=True) and not heard("синий бы внучке", doubted=False)
    assert not heard("синий и гарантия", doubted=True)
    assert not heard("внучка поёт", doubted=True)


def test_another_model_is_asked_for_in_words_of_goods_alone(goods: Current, say: Say):
    """That there is none is then the answer, whatever doubted topic it sounds like."""
    state = say("ремешок mi band 7").state
    turn = over_rows("на четвёртый mi band тоже найдутся ремешки?", state, goods, doubted=True)
    assert turn is not None
    assert over_rows("ремешок mi band 4 внучке", state, goods, doubted=True) is None


@pytest.mark.parametrize("text", ["они складные?", "а бесшумные они?"])
def test_what_no_name_says_of_several_rows_is_left_to_a_manager(say: Say, text: str):
    """It is no wish for others, and «нет» would be a guess."""
    say("автодержатель")
    (reply,) = say(text).replies
    assert isinstance(reply, Attribute) and not any(told for _, told in reply.told)


@pytest.mark.parametrize("text", ["планшеты держит?", "с планшетами работает?"])
def test_what_rows_do_with_a_thing_is_asked_of_them(say: Say, text: str):
    """The thing is no goods that are asked for: it is not who does it."""
    say("автодержатель")
    assert isinstance(say(text).act, AskWhether)


def test_the_only_row_is_not_shown_for_what_it_is_refused_for(say: Say):
    """«только не …» of one row: no other is there, and its name has the word."""
    row = say("автодержатель borofone").replies[0].hits[0].row
    (reply,) = say(f"только не {row.name.split()[-1]}").replies
    assert isinstance(reply, NotThere)


def test_the_price_of_a_row_shown_is_never_a_count(say: Say):
    """«за 1170» tells which row, beside whatever else says so."""
    replies = say("дисплей iphone 12").replies
    rows = sorted({hit.row.price_kop // 100: hit.row for r in replies for hit in r.hits}.items())
    price, row = rows[len(rows) // 2]
    assert len(rows) == 3
    turn = say(f"тот который по цене средний, за {price}")
    assert not _counted(turn) and _names(turn) == [row.name]


@pytest.mark.parametrize("text", ["клиент мятный просил", "сестре синий", "брату белый возьму"])
def test_whom_it_is_for_is_no_word_over(goods: Current, say: Say, text: str):
    """Where no topic is sure; that there is no such row is an answer, too."""
    state = say("ремешок mi band 7").state
    assert over_rows(text, state, goods) is None
    assert over_rows(text, state, goods, doubted=True) is not None


def test_what_was_just_said_is_not_said_again(say: Say):
    """«пульт лишний, без него»: the pronoun has the noun's place."""
    say("microsd 64 netac")
    names = _names(say("адаптер не нужен, без него"))
    assert names and all("без адаптера" in name for name in names)


@pytest.mark.parametrize("text", ["сколько за шпулек шесть", "шесть шпулек"])
def test_what_nobody_knows_is_counted(say: Say, text: str):
    """In the form that a number wants, of the row in focus."""
    say("монопод borofone")
    assert list(_counted(say(text)).values()) == [6]


def test_a_value_is_no_count(say: Say):
    """«10 ватт» has a unit."""
    say("монопод borofone")
    assert not _counted(say("10 ватт"))


def test_a_particle_within_a_bound_of_the_price(goods: Current):
    """«уложиться бы в 500»."""
    (query,) = goods.parse("уложиться бы в 500")
    assert query.price.most == 500


@pytest.mark.parametrize("text", ["пусть будет десяток", "ну тогда десять пиши"])
def test_what_is_let_be_is_taken(say: Say, text: str):
    """Of the row in focus."""
    say("монопод borofone")
    assert list(_counted(say(text)).values()) == [10]


def test_a_part_of_the_rows_is_asked_for_with_the_most(say: Say):
    """«подлиннее провод у какого» names no cables where filters are spoken of."""
    kind = _names(say("монопод"))[0].split()[0]
    names = _names(say("подлиннее шнур у какого"))
    assert all(name.split()[0] == kind for name in names)


def test_a_small_colour_is_the_colour(goods: Current):
    """«синенький», «серенькую», «чёрненькие»."""
    for text, colour in (
        ("синенький", "синий"),
        ("серенькую", "серый"),
        ("зелёненькие", "зеленый"),
    ):
        (query,) = goods.parse(f"ремешок {text}")
        assert [c.colour for c in query.facets_of("colour", exclude=False)] == [colour]


@pytest.mark.parametrize("text", ["чтоб двести рублей максимум", "не дороже двухсот"])
def test_a_bound_said_in_words_is_a_price(goods: Current, text: str):
    """Its numeral may stand before «рублей» alone."""
    (query,) = goods.parse(text)
    assert query.price.most == 200


def test_who_is_refused_by_a_pronoun_is_named_before(say: Say):
    """«синий не нравится, его уберите»."""
    say("ремешок mi band 7")
    names = _names(say("синий не нравится, его уберите"))
    assert names and not any(name.endswith("синий") for name in names)


def test_a_number_that_is_a_noun_counts(say: Say):
    """«парочку» beside the rows' own words, and «на восьмёрку» is a model."""
    say("монопод borofone")
    assert list(_counted(say("borofone парочку, сумму напишите")).values()) == [2]
    assert not _counted(say("а на обычную восьмёрку?"))


def test_a_model_without_its_mark_is_the_plain_one(goods: Current):
    """«на 6s без плюса» after a 6S Plus, «16 не плюс»."""
    (about,) = goods.parse("дисплей iphone 6s plus")
    for text in ("а на обычную 6s без плюса", "на 6s не плюс"):
        (query,) = goods.parse(text, about=about)
        assert [d.label for d in query.devices if not d.exclude] == ["iPhone 6S"]


def test_a_unit_is_of_its_number(goods: Current, say: Say):
    """«сестра просила пять метров»: «метров» alone says nothing, and no word is over."""
    state = say("монопод borofone").state
    assert over_rows("сестра говорит надо пять метров", state, goods, doubted=True) is not None
