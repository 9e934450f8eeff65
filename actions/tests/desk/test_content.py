"""The owner changes what the bot says: sees it, publishes it, takes it back, loses nothing."""

import html
import re
from datetime import datetime
from zoneinfo import ZoneInfo

import httpx
import pytest

from common import published
from optfm.content import document
from optfm.facts import terms
from tests.content.test_live import _within

HOURS = "domain.yml#utter_faq_hours"
VAT = "domain.yml#utter_faq_vat"
SLANG = "actions/optfm/text/vocabulary/slang.yml"
FACTS = "actions/optfm/facts/facts.yml"


@pytest.fixture
def owner(signed_in):
    client = signed_in("Хозяйка", "owner")
    client.timeout = 120  # a preview indexes lists, on a machine that is busy with other tests
    return client


@pytest.fixture(autouse=True)
def _file_again():
    """What is published in this process by its server."""
    yield
    published.publish({})


def opened(client: httpx.Client, name: str) -> tuple[str, str]:
    """The text in the form, and the publication that it is of."""
    said = client.get("/desk/content/edit", params={"name": name}).text
    text = re.search(r'<textarea name="text"[^>]*>\n(.*?)</textarea>', said, re.DOTALL)
    base = re.search(r'name="base" value="(\d+)"', said)
    assert text
    assert base
    return html.unescape(text[1]), base[1]


def publish(client: httpx.Client, name: str, text: str, base: str, **more: str) -> httpx.Response:
    return client.post(
        "/desk/content/publish", data={"name": name, "text": text, "base": base, **more}
    )


def test_only_the_owner_changes_texts(signed_in):
    """A manager is told so, whatever he sends."""
    client = signed_in("Пётр")
    for place in ("", "/edit?name=" + HOURS.replace("#", "%23"), "/word", "/history?name=x"):
        assert client.get(f"/desk/content{place}").status_code == 403
    assert publish(client, HOURS, "Взлом", "0").status_code == 403


def test_an_answer_is_previewed_published_and_taken_back(owner):
    """Live in the running process within seconds; the file's text again after."""
    text, base = opened(owner, HOURS)
    new = text.replace("9:00–17:30", "9:00–18:30")
    shown = owner.post("/desk/content/preview", data={"name": HOURS, "text": new, "base": base})
    assert "9:00–18:30" in shown.text
    assert "<ins>" in shown.text
    assert published.text_of(HOURS) is None
    # a browser sends the lines of a text so
    done = publish(owner, HOURS, new.replace("\n", "\r\n"), base, note="новые часы")
    assert done.status_code == 303
    assert _within(30, lambda: published.text_of(HOURS) == new)
    told = owner.get(done.headers["location"]).text
    assert "новые часы" in told
    assert "Хозяйка" in told
    _, base = opened(owner, HOURS)
    back = owner.post("/desk/content/restore", data={"name": HOURS, "base": base, "revision": 0})
    assert back.status_code == 303
    assert _within(30, lambda: published.text_of(HOURS) is None)
    assert opened(owner, HOURS)[0] == text


def _here() -> datetime:
    return datetime.now(ZoneInfo("Europe/Moscow"))


def test_of_two_editors_the_second_gets_a_conflict_and_keeps_his_text(owner, signed_in):
    """He sees the difference and may publish over it, knowing."""
    other = signed_in("Вторая", "owner")
    text, base = opened(owner, VAT)
    began = _here()
    assert publish(owner, VAT, "Первая правка", base).status_code == 303
    late = publish(other, VAT, "Вторая правка", base)
    assert late.status_code == 409
    told = re.search(r"Хозяйка опубликовал\(а\) (\d\d\.\d\d \d\d:\d\d): сверьте", late.text)
    assert told
    assert told[1] in {f"{at:%d.%m %H:%M}" for at in (began, _here())}, "by the shop's clock"
    assert "Вторая правка</textarea>" in late.text
    assert "Первая правка</del>" in late.text
    new_base = re.search(r'name="base" value="(\d+)"', late.text)
    assert new_base
    assert publish(other, VAT, "Вторая правка", new_base[1]).status_code == 303
    assert opened(owner, VAT)[0] == "Вторая правка"


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        (HOURS, "Работаем {soon}", "поля {soon}"),
        (SLANG, "зарядка: [сзу", "slang.yml"),
        (SLANG, "зарядка: [чехол]\n", "пострадали"),
        (FACTS, "phone: {}\n", "не хватает"),
    ],
)
def test_what_is_broken_never_replaces_what_is_live(owner, name: str, text: str, why: str):
    """It comes back with the reason and every letter of it."""
    before, base = opened(owner, name)
    answer = publish(owner, name, text, base)
    assert answer.status_code == 422
    said = html.unescape(answer.text)
    assert why in said
    assert f"{text}</textarea>" in said
    assert opened(owner, name) == (before, base)
    assert published.text_of(name) is None


def test_a_word_from_the_misses_is_tried_on_the_active_list(owner, server):
    """Now it finds nothing, then the goods; after the publication the search does."""
    ask = {"said": "брякозявка", "means": "дисплей"}
    shown = html.unescape(owner.post("/desk/content/word", data=ask).text)
    assert "брякозявка: [дисплей]" in shown
    assert "покажет товары: " in shown or "переспросит" in shown
    assert "проверка пройдена" in shown
    text = re.search(r'<textarea name="text"[^>]*>\n(.*?)</textarea>', shown, re.DOTALL)
    base = re.search(r'name="base" value="(\d+)"', shown)
    assert text
    assert base
    assert publish(owner, SLANG, text[1], base[1]).status_code == 303

    def found() -> bool:
        return bool(server.services.goods.search("брякозявка iphone 11", limit=1).rows)

    assert _within(60, found)


@pytest.mark.parametrize(("said", "means"), [("a: b", "дисплей"), ("[", "дисплей"), ("а", "!")])
def test_a_word_is_a_word(owner, said: str, means: str):
    """Nothing that would be YAML."""
    assert owner.post("/desk/content/word", data={"said": said, "means": means}).status_code == 422


def test_facts_show_the_answers_that_change(owner):
    """To the owner's phrase, and to the usual ones."""
    text, base = opened(owner, FACTS)
    new = text.replace("return_days: 10", "return_days: 14")
    shown = owner.post(
        "/desk/content/preview",
        data={
            "name": FACTS,
            "text": new,
            "base": base,
            "phrases": "прошло 13 дней, вернуть можно?",
        },
    ).text
    assert "прошло 13 дней, вернуть можно?" in shown
    assert "14 дней" in shown
    assert terms().return_days == 10


def test_where_the_old_value_still_stands_is_told(owner):
    """Hours are said in several answers: the owner forgets none of them."""
    text, base = opened(owner, FACTS)
    new = text.replace('closes: "17:30"', 'closes: "18:30"')
    shown = owner.post("/desk/content/preview", data={"name": FACTS, "text": new, "base": base})
    told = shown.text.partition("Прежнее значение ещё стоит здесь")[2]
    for name in ("utter_faq_hours", "utter_faq_addresses", "texts.yml"):
        assert name in told
    assert "utter_faq_vat" not in told


def test_a_document_that_is_not_there_is_said_so(owner):
    """Nor is any other file of the machine a document."""
    for name in ("../../etc/passwd", "domain.yml", "domain.yml#utter_nothing", "", "actions/.env"):
        assert owner.get("/desk/content/edit", params={"name": name}).status_code == 404
        assert publish(owner, name, "x", "0").status_code in (404, 422)


@pytest.mark.parametrize("name", ["domain.yml#utter_help", FACTS, "docs/knowledge/доставка.md"])
def test_what_was_never_published_has_a_history_that_says_so(owner, name: str):
    """And a way to change it."""
    said = owner.get("/desk/content/history", params={"name": name})
    assert said.status_code == 200
    assert "ещё не меняли" in said.text


def test_a_text_is_found_by_what_stands_in_it(owner):
    """Where the old hours still stand, once they have changed."""
    said = owner.get("/desk/content", params={"q": "17:30"}).text
    assert "utter_faq_hours" in said
    assert FACTS in said
    assert "Ничего не нашлось" in owner.get("/desk/content", params={"q": "фуфлыжник"}).text
    assert document(FACTS).title in owner.get("/desk/content", params={"of": "facts"}).text


def test_hostile_text_is_shown_as_text(owner):
    """In the form, the difference and the history."""
    text = "</textarea><script>alert(1)</script> {{ 7*7 }} <b>"
    name = "domain.yml#utter_faq_samples"
    _, base = opened(owner, name)
    shown = owner.post(
        "/desk/content/preview",
        data={"name": name, "text": text.replace("{{ 7*7 }}", ""), "base": base},
    ).text
    assert "<script>alert" not in shown
    assert publish(owner, name, text, base).status_code == 422
    assert (
        publish(owner, name, text.replace("{{ 7*7 }}", "7*7"), base, note=text).status_code == 303
    )
    told = owner.get("/desk/content/history", params={"name": name}).text
    assert "<script>alert" not in told
    assert "&lt;script&gt;" in told


def test_phrases_of_a_topic_are_published_and_wait_for_a_bot(owner):
    """No bot runs here to learn them: the page says so, keeps them, and lets ask again."""
    name = "data/nlu#faq_delivery_cost"
    text, base = opened(owner, name)
    said = owner.get("/desk/content", params={"of": "examples"}).text
    assert "выучено" in said
    twice = publish(owner, name, f"{text}\nпозовите менеджера", base)
    assert twice.status_code == 422
    assert "call_manager" in twice.text
    done = publish(owner, name, f"{text}\nпривоз на дачу почём", base)
    assert "ждёт обучения" in owner.get(done.headers["location"]).text
    assert "Обучить" in owner.get("/desk/content/learning").text
    refused = owner.post("/desk/content/learn")
    assert refused.status_code == 409
    assert "не запущен" in refused.text
    assert "привоз на дачу почём" in opened(owner, name)[0]
