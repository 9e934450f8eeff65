"""Messages that ask several things, read by the trained model, and what is said to them."""

from pathlib import Path

import pytest
import yaml
from rasa.core.agent import Agent
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from components.asked_together import Together, asked_together
from components.responses import Responses

ROOT = Path(__file__).parents[2]


def topics_of(together: Together | None) -> tuple[str, tuple[str, ...]] | None:
    return (together.intent, together.also) if together else None


def sure_of(**topics: str):
    """A ranking that is sure of some parts of a message and of nothing else."""
    by_part = {part.replace("_", " "): topic for part, topic in topics.items()}
    return lambda part: (by_part.get(part, "price_question"), 0.9 if part in by_part else 0.4)


@pytest.fixture(scope="module")
def agent() -> Agent:
    """The model as the server loads it."""
    return Agent.load(str(ROOT / "models" / "optfm.tar.gz"))


@pytest.mark.parametrize(
    ("text", "intent", "also", "goods"),
    [
        ("доставка и оплата как", "faq_payment", ["faq_delivery_cost"], ""),
        ("дисплей а12 и доставка в шую", "price_question", ["faq_delivery_regions"], "дисплей а12"),
        ("кабель тайпси 2 метра и гарантия", "price_question", ["faq_warranty"], None),
        ("есть самовывоз? и какие часы работы", "faq_pickup", ["faq_hours"], ""),
    ],
)
async def test_both_questions_of_a_message_are_found(agent, text, intent, also, goods):
    """The surer one is the message's topic, the other is named beside it.

    Goods come first; of two topics either may, and both are answered.
    """
    read = await agent.parse_message(text)
    found = [read["intent"]["name"], *read["also"]]
    assert set(found) == {intent, *also}
    assert intent != "price_question" or found[0] == intent
    assert goods is None or read["goods"] == goods


@pytest.mark.parametrize(
    "said", ["я Ольга, {}, вопрос по оптовым ценам", "мой номер {}, интересует гарантия"]
)
async def test_who_leaves_a_phone_asks_for_no_goods_by_its_digits(agent, said):
    """«8 (910) …» was goods, and 910 a sum that is short of the minimum order."""
    read = await agent.parse_message(said.format("8 (910) 000-00-65"))
    assert read["intent"]["name"] == "leave_request"


def test_one_more_thing_of_a_topic_is_no_goods():
    """«гарантия на зарядки и кабели» asks for no cables."""

    def rank(part: str) -> tuple[str, float]:
        return ("price_question" if part == "кабели" else "faq_warranty", 0.95)

    assert asked_together("гарантия на зарядки и кабели", "faq_warranty", rank) is None


@pytest.mark.parametrize(
    ("goods", "asked"),
    [("кабели для ноутов подскажите", False), ("кабели почём", True), ("кабели есть", True)],
)
def test_more_goods_of_a_topic_are_no_question_unless_something_is_asked_of_them(goods, asked):
    """«срок гарантии на мыши и кабели для ноутов подскажите» is of the guarantee alone."""

    def rank(part: str) -> tuple[str, float]:
        return ("price_question" if part == goods else "faq_warranty", 0.95)

    found = asked_together(f"срок гарантии на мыши и {goods}", "faq_warranty", rank)
    assert (found is not None) is asked


def test_whom_a_message_is_said_to_is_no_goods():
    """«голубушка» stands alone between two commas."""

    def rank(part: str) -> tuple[str, float]:
        return ("price_question" if part == "голубушка" else "faq_addresses", 0.95)

    found = asked_together("скажите, голубушка, где офис", "faq_addresses", rank)
    assert topics_of(found) == ("faq_addresses", ())


def test_what_a_question_hangs_on_is_left_out_of_it():
    """«а если закрыто, то куда звонить» asks where to ring."""
    rank = sure_of(до_скольки_работаете="faq_hours", куда_звонить="faq_contacts")
    for joint in (" и если закрыто то ", ", а если закрыто, то "):
        text = f"до скольки работаете{joint}куда звонить"
        found = topics_of(asked_together(text, "faq_hours", rank))
        assert found == ("faq_hours", ("faq_contacts",))


@pytest.mark.parametrize("text", ["в Минск везёте и сколько это стоит", "везёте? how much is it?"])
def test_a_price_without_goods_is_of_what_was_asked_before(text):
    """Nobody asks for goods there."""

    def rank(part: str) -> tuple[str, float]:
        return ("faq_delivery_regions" if "везёте" in part else "price_question", 0.95)

    assert asked_together(text, "faq_delivery_regions", rank) is None


@pytest.mark.parametrize(
    "text",
    [
        "сколько стоит дисплей на а12 и есть ли он в наличии",
        "стекло и чехол на 11",
        "сколько стоит доставка",
        "привет, как дела",
    ],
)
async def test_one_question_stays_one(agent, text):
    """What belongs to the goods, or is small talk, is no question of its own."""
    assert "also" not in await agent.parse_message(text)


def test_the_message_keeps_its_own_topic():
    """Its parts are asked in their order; what is no topic of ours is torn by nothing."""
    rank = sure_of(оплата="faq_payment", доставка="faq_delivery_cost")
    of_the_parts = ("faq_payment", ("faq_delivery_cost",))
    assert topics_of(asked_together("оплата и доставка", "faq_hours", rank)) == of_the_parts
    assert asked_together("оплата и доставка", "out_of_scope", rank) is None
    assert topics_of(asked_together("оплата и доставка", "faq_payment", rank)) == of_the_parts


def test_each_topic_keeps_what_is_asked_of_it():
    """A part that is of no topic by itself goes on with the one before."""
    rank = sure_of(какая_гарантия="faq_warranty", сколько_дней_на_возврат="faq_returns")
    text = "какая гарантия, сколько дней на возврат, а коробка порвана"
    together = asked_together(text, "faq_warranty", rank)
    assert together and together.parts == {
        "faq_warranty": ("какая гарантия",),
        "faq_returns": ("сколько дней на возврат", "коробка порвана"),
    }


def test_a_condition_of_a_question_asks_for_no_goods():
    """«какой минимум дальше, если первый заказ был на 8000»."""

    def rank(part: str) -> tuple[str, float]:
        return ("price_question" if part.startswith("если") else "faq_minimum_order", 0.95)

    text = "какой минимум дальше, если первый заказ был на 8000"
    assert asked_together(text, "faq_minimum_order", rank) is None


def test_a_town_between_commas_is_a_case_and_asks_nothing():
    """«…, Иваново, когда привезут» wants no address of the office there."""

    def rank(part: str) -> tuple[str, float]:
        return ("faq_addresses" if part == "Иваново" else "faq_delivery_time", 0.95)

    together = asked_together(
        "если закажу в 12:40, Иваново, когда привезут", "faq_delivery_time", rank
    )
    assert together is None or together.also == ()


def test_what_is_said_on_the_way_is_no_fourth_topic():
    """«у нас сервис, …»: four topics would bury the customer, three that are surer do not."""

    def rank(part: str) -> tuple[str, float]:
        own = {"у нас сервис": ("faq_repair", 0.82), "минималка": ("faq_minimum_order", 0.99)}
        return own.get(part, ("faq_payment" if "платить" in part else "faq_delivery_regions", 0.97))

    text = "у нас сервис, минималка, как платить, чем отправляете"
    together = asked_together(text, "faq_payment", rank)
    assert together and "faq_repair" not in together.also and len(together.also) == 2


def test_who_asks_everything_at_once_gets_one_answer():
    """Four topics would bury the customer."""
    rank = sure_of(оплата="faq_payment", доставка="faq_a", гарантия="faq_b", возврат="faq_c")
    text = "оплата, доставка, гарантия, возврат"
    assert asked_together(text, "faq_payment", rank) is None


def test_a_short_part_without_a_topic_is_about_the_part_before_it():
    """«сколько дней» after a return is no question of the delivery."""
    rank = sure_of(есть_ли_возврат="faq_returns", за_сколько_дней="faq_delivery_time")
    assert asked_together("есть ли возврат и за сколько дней", "faq_returns", rank) is None
    rank = sure_of(есть_ли_возврат="faq_returns", сколько_дней_доставка="faq_delivery_time")
    assert asked_together("есть ли возврат и сколько дней доставка", "faq_returns", rank)


async def test_an_answer_to_who_waits_too_long_begins_with_an_apology(agent):
    """Whichever topic his question is of."""
    text = "третий день жду, где товар"
    asked = UserUttered(text, {"name": "faq_order_status"}, parse_data={})
    tracker = DialogueStateTracker.from_events("waits", [asked], agent.domain.slots)
    said = await Responses(None, agent.domain).generate("utter_faq_order_status", tracker, "rest")
    assert said["text"].startswith("Простите, что приходится ждать. 8 800")


async def test_the_second_answer_stands_below_the_first(agent):
    """In one message, its buttons after the first's, none twice."""
    domain = agent.domain
    read = await agent.parse_message("оплата как")
    read["also"] = ["faq_delivery_cost"]
    asked = UserUttered(read["text"], read["intent"], parse_data=read)
    tracker = DialogueStateTracker.from_events("two", [asked], domain.slots)
    said = await Responses(None, domain).generate("utter_faq_payment", tracker, "rest")
    texts = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"]
    first, second = (texts[f"utter_faq_{t}"][0]["text"] for t in ("payment", "delivery_cost"))
    assert said["text"] == f"{first}\n\n{second}"
    payloads = [button["payload"] for button in said["buttons"]]
    assert len(payloads) == len(set(payloads)) == 2
    other = await Responses(None, domain).generate("utter_greet", tracker, "rest")
    assert other["text"] == texts["utter_greet"][0]["text"]


def test_goods_and_two_topics_are_found_whatever_the_whole_sounds_like():
    """Each part is sure of its own: the sum of them is nothing else."""
    rank = sure_of(
        стекло_на_11="price_question",
        доставка_в_тулу="faq_delivery_cost",
        карту_берёте="faq_payment",
    )
    together = asked_together("стекло на 11, доставка в тулу, карту берёте", "faq_hours", rank)
    assert together == Together(
        intent="price_question", also=("faq_delivery_cost", "faq_payment"), goods="стекло на 11"
    )


@pytest.mark.parametrize(
    ("text", "parts", "intent"),
    [
        (
            "сам позвоню, дайте номер",
            {"сам_позвоню": "stop", "дайте_номер": "faq_contacts"},
            "stop",
        ),
        ("тогда нет, живого бы", {"тогда_нет": "deny", "живого_бы": "call_manager"}, "deny"),
    ],
)
def test_the_one_part_that_asks_is_the_question(text, parts, intent):
    """The rest is said on the way to it."""
    together = asked_together(text, intent, sure_of(**parts))
    assert together is not None and (together.also, together.goods) == ((), "")
    assert together.intent in parts.values() and together.intent not in ("stop", "deny")


def test_small_talk_alone_asks_nothing():
    """Nor does a part that nobody is sure of."""
    rank = sure_of(спасибо_вам="thanks", всего_доброго="bye")
    assert asked_together("спасибо вам, всего доброго", "thanks", rank) is None


def test_a_defect_asks_for_no_return_beside_it():
    """Its answer says how it is returned, and by other terms."""
    rank = sure_of(пришёл_брак="faq_defects", как_вернуть="faq_returns", где_офис="faq_addresses")
    together = asked_together("пришёл брак, как вернуть, где офис", "faq_defects", rank)
    assert topics_of(together) == ("faq_defects", ("faq_addresses",))


@pytest.mark.parametrize(
    "refusal", ["не хочу регистрироваться", "регистрация мне не нужна", "не буду регистрироваться"]
)
def test_a_topic_that_is_refused_beside_goods_is_not_answered(refusal: str):
    """The goods are asked for without it."""
    goods = {"цена_кабеля_тайпси": "price_question"}
    rank = sure_of(**{refusal.replace(" ", "_"): "faq_registration"}, **goods)
    together = asked_together(f"{refusal}, цена кабеля тайпси", "price_question", rank)
    assert together == Together(intent="price_question", also=(), goods="цена кабеля тайпси")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("здарова братан чехлы имеются", "чехлы имеются"),
        ("ало здрасте подскажите пожалуйста наушники недорогие", "наушники недорогие"),
    ],
)
def test_what_stands_behind_many_words_of_greeting_is_asked(text: str, asked: str):
    """A greeting alone stays one."""
    rank = sure_of(**{asked.replace(" ", "_"): "price_question"})
    assert asked_together(text, "greet", rank) == Together(intent="price_question", also=())
    assert asked_together("здравствуйте девушка", "greet", rank) is None


def test_goods_that_a_fault_is_told_of_are_not_asked_for():
    """«батарею вздуло, примете?» is of the warranty; «дисплей а12 и гарантия» asks for both."""
    ranked = sure_of(**{"что вздулась через месяц": "faq_warranty", "на батарею": "price_question"})
    told = asked_together("на батарею, что вздулась через месяц", "faq_warranty", ranked)
    assert topics_of(told) == ("faq_warranty", ())
    ranked = sure_of(**{"дисплей а12": "price_question", "гарантия какая": "faq_warranty"})
    both = asked_together("дисплей а12, гарантия какая", "price_question", ranked)
    assert topics_of(both) == ("price_question", ("faq_warranty",))


def test_two_plain_questions_beside_what_is_not_ours_are_asked():
    """«…, и далеко ли от вокзала»: the whole is alien, two of its parts are not."""
    of = {"до скольки вы открыты": "faq_hours", "можно ли оплатить картой": "faq_payment"}
    text = "до скольки вы открыты, можно ли оплатить картой, и далеко ли от вокзала"

    def rank(part: str) -> tuple[str, float]:
        return (of[part], 0.96) if part in of else ("out_of_scope", 0.9)

    together = asked_together(text, "out_of_scope", rank)
    assert topics_of(together) == ("faq_hours", ("faq_payment",))
