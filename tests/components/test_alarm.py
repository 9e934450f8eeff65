"""Which words call a manager by themselves."""

import pytest

from components.alarm import alarming, outraged, waits_too_long


@pytest.mark.parametrize(
    "text",
    [
        *("верните деньги", "Где мои деньги?!", "жалоба на курьера", "вы мошенники", "тупой бот"),
        *("бот тупой", "ты совсем тупой", "вы издеваетесь?", "ужасное обслуживание", "Безобразие!"),
        *("пошёл ты", "иди нафиг", "дерьмо ваш товар", "охренели совсем", "дурак ты"),
        *("хамство какое-то", "буду жаловаться", "вы воры!", "это кидалово", "опять врёте"),
        *("деньги верните!", "где деньги", "когда вы вернёте мои деньги", "сколько можно ждать"),
        *("позор", "придурки", "да вы достали", "какого хрена", "обманываете людей", "жульё"),
        *("это развод", "разводите людей", "пойду в полицию", "что за бред", "бесит ваш бот"),
    ],
)
def test_complaints_and_insults_are_for_a_person(text: str):
    """A bot would make it worse."""
    assert alarming(text)


@pytest.mark.parametrize(
    "text",
    [
        *("как вернуть деньги за брак", "застрахуйте груз", "чехол не хуже", "страхуете?"),
        *("колебания напряжения", "употребляет много", "хубсан", "вы не мошенники?", "бляха"),
        *("хрупкий ли экран", "скотч двухсторонний", "кабель для разводки", "это развод?"),
        *("достали телефон из воды", "не жалуюсь, спасибо", "сколько можно взять", "чертовски рад"),
        *("как вернуть деньги за товар", "вы не обманываете?", "хаммер", "надоели чехлы"),
        *("как получить деньги обратно", "куда жаловаться", "вы не лохотрон?"),
        *("дисплей хуевей п30", "в город Дураково", "пошли на склад?", "идите в пункт выдачи"),
    ],
)
def test_ordinary_questions_stay_with_the_bot(text: str):
    """Roots of bad words stand in good ones."""
    assert not alarming(text)


@pytest.mark.parametrize(
    ("text", "angry"),
    [
        ("вы там спите? второй день жду!!", True),
        ("где мой заказ, уже неделя прошла!!", True),
        ("писал утром, ответа нет, как так", True),
        ("менеджер обещал и не перезвонил", False),
        ("вторые сутки не могу получить посылку", False),
        ("жду уже третий час", False),
        ("жду вас с прошлого четверга", False),
        ("второй день висит в обработке", False),
    ],
)
def test_who_waits_too_long_is_known(text: str, angry: bool):
    """He gets an apology; who is angry about it, a person."""
    assert waits_too_long(text)
    assert outraged(text) is angry


@pytest.mark.parametrize(
    "text",
    [
        *("прошло 12 дней, поздно сдавать?", "2 дня не работает дисплей", "через два дня приедет?"),
        *("сколько дней ждать доставку", "за неделю доставите?", "гарантия уже полгода как вышла"),
        *("с понедельника работаете?", "жду звонка", "с пятницы по субботу везёте?"),
    ],
)
def test_a_question_of_days_is_no_waiting(text: str):
    """Days are told of returns and deliveries, too."""
    assert not waits_too_long(text)


def test_annoyance_at_letters_is_left_to_the_answer_about_them():
    """«отпишите меня, задолбали» asks for what the bot can tell."""
    assert alarming("отпишите меня от рассылки, задолбали")
    assert not alarming("отпишите меня от рассылки, задолбали", only_annoyed=True)
    assert alarming("отпишите, придурки", only_annoyed=True)
