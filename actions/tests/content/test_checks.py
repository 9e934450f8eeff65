"""What the product could not read is refused in one line, and is never read by anybody."""

import pytest
import yaml

from common import published
from optfm.content import WrongContent, all_documents, document
from optfm.content.checks import check
from optfm.content.documents import DOMAIN, ROOT, Document, with_wordings
from optfm.content.stale import stale
from optfm.facts.aspects import aspects
from optfm.facts.rest import rest
from optfm.facts.terms import terms
from optfm.orders import telling
from optfm.orders.recounting import recount
from optfm.orders.words import order_words

FACTS = "actions/optfm/facts/facts.yml"
COMPUTED = "actions/optfm/facts/texts.yml"
ASPECTS = "actions/optfm/facts/aspects.yml"
REST = "actions/optfm/facts/rest.yml"
ACT_WORDS = "actions/optfm/conversation/vocabulary/words.yml"
ORDERS = "actions/optfm/orders/telling.yml"
ORDER_NOTES = "actions/optfm/orders/notes.yml"
SLANG = "actions/optfm/text/vocabulary/slang.yml"
ACTS = "actions/optfm/conversation/vocabulary/acts.yml"
ORDER_WORDS = "actions/optfm/orders/vocabulary/orders.yml"
EDIT_WORDS = "actions/optfm/orders/vocabulary/edits.yml"
HOURS = "domain.yml#utter_faq_hours"


def test_what_stands_in_the_repository_may_be_published():
    """Every document, as it is."""
    for found in all_documents():
        check(found, found.in_file())


def _of(name: str, old: str, new: str) -> str:
    text = document(name).in_file()
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (SLANG, "зарядка: [сзу\n", "slang.yml"),
        (SLANG, "зарядка: [сзу]\nзарядка: [азу]\n", "дважды"),
        (SLANG, "зарядка: сзу\n", "список"),
        (SLANG, "- просто список", "ожидается"),
        (ACTS, "танец: [станцуй]\n", "танец"),
        (ACTS, "more: еще\n", "список слов"),
        (FACTS, "offices: []\n", "phone"),
        (HOURS, "", "пуст"),
        (HOURS, "Работаем {часы", "скобка"),
        (HOURS, "Работаем {hours}", "{hours}"),
        (HOURS, "Один\n---\nДва", "вариантов"),
        (HOURS, "я" * 4000, "4000"),
        (HOURS, "до\0после", "нулевой"),
        ("domain.yml#utter_hand_off_closed", "Закрыто, {sorry}ждите.", "{hours}"),
        (COMPUTED, "manager: да\n", "нет фразы"),
        (ASPECTS, "faq_hours:\n- {words: [обед]}\n", "says"),
        (ASPECTS, "faq_hours:\n- {words: [обед], says: 'Без {hours}'}\n", "manager"),
        (ASPECTS, "faq_hours: [\n", "YAML"),
        (REST, "case: {}\nagain: {}\nnumber: {}\n", "нет фразы"),
        (ACT_WORDS, "instead: [вместо]\n", "words.yml"),
        (ORDERS, "counts: да\n", "нет фразы"),
        (ORDER_NOTES, "- список\n", "нужен текст"),
        (ORDER_WORDS, "штуки: [шт]\n", "раздел"),
        (ORDER_WORDS, "штуки: [шт\n", "orders.yml не читается"),
        (EDIT_WORDS, "- список\n", "раздел"),
    ],
)
def test_what_cannot_be_read_is_refused(name: str, text: str, said: str):
    """One line that names the place, for whoever is no programmer."""
    with pytest.raises(WrongContent) as caught:
        check(document(name), text)
    assert said in caught.value.message
    assert "\n" not in caught.value.message
    assert "Traceback" not in caught.value.message


@pytest.mark.parametrize(
    ("name", "section", "value", "said"),
    [
        (ORDER_WORDS, "штуки", [], "штуки"),
        (ORDER_WORDS, "начала", ["прошу", " "], "начала"),
        (ORDER_WORDS, "дробные", {"полсотни": "много"}, "не число"),
        (ORDER_WORDS, "числа", {"два": ["два"]}, "не число"),
        (EDIT_WORDS, "порядковые", ["первый"], "порядковые"),
        (EDIT_WORDS, "убрать", [], "список слов"),
    ],
)
def test_a_section_of_order_words_that_means_nothing_is_refused(
    name: str, section: str, value: object, said: str
):
    """Of an empty list a pattern would be made that stands in every message."""
    raw = yaml.safe_load(document(name).in_file())
    raw[section] = value
    with pytest.raises(WrongContent) as caught:
        check(document(name), yaml.safe_dump(raw, allow_unicode=True))
    assert said in caught.value.message


def test_a_published_word_of_orders_counts_at_once():
    """What pieces are called is read anew, and forgotten with the publication."""
    raw = yaml.safe_load(document(ORDER_WORDS).in_file())
    raw["штуки"].append("единичек")
    text = yaml.safe_dump(raw, allow_unicode=True)

    def pieces() -> bool:
        return order_words().pieces.fullmatch("единичек") is not None

    assert not pieces()
    with published.tried({ORDER_WORDS: text}):
        assert pieces()
    try:
        published.publish({ORDER_WORDS: text})
        assert pieces()
    finally:
        published.publish({})
    assert not pieces()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('opens: "09:00"', 'opens: "25:00"', "нужно время"),
        ("return_days: 10", "return_days: -1", "больше нуля"),
        ("return_days: 10", "return_days: десять", "целое число"),
        ("return_days: 10", "return_day: 10", "return_day"),
        ("return_days: 10", 'return_days: 10\nholidays: "02-31"', "нет такого дня"),
    ],
)
def test_wrong_facts_are_refused_by_name(old: str, new: str, said: str):
    """Hours, sums, terms and holidays."""
    with pytest.raises(WrongContent) as caught:
        check(document(FACTS), _of(FACTS, old, new))
    assert said in caught.value.message


def test_a_sentence_with_a_field_that_nobody_fills_is_refused():
    """A computed answer would fail in the customer's turn."""
    with pytest.raises(WrongContent, match="полей|поля"):
        check(document(COMPUTED), _of(COMPUTED, "бесплатная доставка там", "бесплатно {скоро} там"
              .replace("{скоро}", "{soon}")))  # fmt: skip


def test_what_is_said_to_a_part_of_a_topic_follows_what_was_published():
    """A term changed at the desk stands in these lines, too, once they are published."""
    said = "Возврат — в течение 14 дней, {manager}."
    text = _of(ASPECTS, "10 дней с момента поступления", "14 дней с момента поступления")
    with published.tried({ASPECTS: text}):
        check(document(ASPECTS), text)
        assert any("14 дней" in one.says for one in aspects()["faq_returns"])
    lines = yaml.safe_load(document(REST).in_file())
    lines["case"]["faq_returns"] = said
    with published.tried({REST: yaml.safe_dump(lines, allow_unicode=True)}):
        assert (rest("faq_returns") or "").startswith("Возврат — в течение 14 дней, 8 800")


def test_a_changed_term_is_found_in_the_lines_that_still_say_the_old_one():
    """Whoever publishes «14 дней» is told where «10 дней» still stands."""
    before = document(FACTS).in_file()
    after = before.replace("return_days: 10", "return_days: 14")
    found = stale(document(FACTS), before, after, others=all_documents(), text_of=Document.in_file)
    assert {ASPECTS, REST} <= {one.document.name for one in found}


def test_trying_a_text_changes_nothing_for_others():
    """A preview reads it; the process does not."""
    said = terms().return_days
    with published.tried({FACTS: _of(FACTS, "return_days: 10", "return_days: 14")}):
        assert terms().return_days == 14
    assert terms().return_days == said


HOSTILE = [
    "Просто: двоеточие # и решётка",
    "'кавычки' \"и\" {скобки}\n\n- список\n  отступ",
    "---",
    "да",
    "no",
    "12:30",
    "! восклицание & звезда * %",
    "последняя строка\n\tс табуляцией",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("answer", ["utter_faq_hours", "utter_affirm", "utter_hand_off"])
def test_a_text_written_to_the_file_is_read_back_as_it_is(answer: str, text: str):
    """Whatever is in it; nothing else of the file changes, nor its comments."""
    source = (ROOT / DOMAIN).read_text(encoding="utf-8")
    before = yaml.load(source, Loader=yaml.CSafeLoader)
    count = len(before["responses"][answer])
    written = with_wordings(source, answer, [text] * count)
    after = yaml.load(written, Loader=yaml.CSafeLoader)
    assert [wording.pop("text") for wording in after["responses"][answer]] == [text] * count
    for wording in before["responses"][answer]:
        wording.pop("text")
    assert after == before
    comments = [line for line in source.splitlines() if line.lstrip().startswith("#")]
    assert [line for line in written.splitlines() if line.lstrip().startswith("#")][
        : len(comments)
    ] == comments or "#" in text


def test_writing_what_is_there_changes_no_letter():
    """An export of nothing new is no difference in git."""
    source = (ROOT / DOMAIN).read_text(encoding="utf-8")
    for name in ("utter_faq_hours", "utter_affirm", "utter_same_again", "utter_help"):
        found = document(f"{DOMAIN}#{name}")
        assert with_wordings(source, name, found.in_file().split("\n---\n")) == source


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("(прайс-лист от {date})", "", "пропало поле {date}"),
        ("не хватает {missing} ₽.", "не хватает {sale} ₽.", "поля {sale} у этого ответа нет"),
        ("offer: Пришли файлом", "offer: Дай файл", "эту кнопку бот узнаёт по словам"),
    ],
)
def test_orders_keep_their_dates_and_their_buttons(old: str, new: str, why: str):
    """A sum without its list's date, or a button that the bot would not understand, is refused."""
    with pytest.raises(WrongContent, match=why):
        check(document(ORDERS), _of(ORDERS, old, new))


def test_an_order_speaks_as_it_was_published():
    """In this thread at once; what is published everywhere is followed the same way."""
    text = _of(ORDERS, "Заказ очищен.", "Начали заново.")
    check(document(ORDERS), text)
    with published.tried({ORDERS: text}):
        assert telling.texts()["cleared"] == "Начали заново."
    assert telling.texts()["cleared"] == "Заказ очищен."


def test_a_published_word_of_edits_counts_at_once():
    """«Плюсани 2 на 5» changes a quantity as soon as the word is published."""
    raw = yaml.safe_load(document(EDIT_WORDS).in_file())
    raw["прибавить"].append("плюсани")
    assert recount("плюсани второе на 5") is None
    with published.tried({EDIT_WORDS: yaml.safe_dump(raw, allow_unicode=True)}):
        found = recount("плюсани второе на 5")
        assert found is not None and found.more == 5
    assert recount("плюсани второе на 5") is None
