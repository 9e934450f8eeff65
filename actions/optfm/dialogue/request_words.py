"""What the short words of a customer mean to the request form: yes, skip, back, change, stop.

A text counts as such only as a whole: «да нет», «стоп, а доставка?» are something else.
"""

import re
from difflib import SequenceMatcher

from common.keyboard_layout import to_russian
from optfm.leads.contact_words import contact_words
from optfm.text.normalise import one_alphabet
from optfm.text.phrases import plain

_ENGLISH = frozenset(["ok", "yes", "no", "stop", "skip"])
#: Longer texts are answers, not words to the form.
LONGEST = 80


def _whole(*words: str, between: str = "", before: str = "") -> re.Pattern[str]:
    """A text that begins with one of the words and has nothing but them and `between`."""
    one, more = "|".join(words), "|".join((*words, *([between] if between else [])))
    start = f"(?:(?:{before})\\W+)*" if before else ""
    return re.compile(rf"^{start}(?:{one})(?:\W+(?:{more}))*\W*$")


_YES = _whole(
    *("да", "ага", "угу", "ок", "окей", "ok", "yes", "конечно", "хорошо", "ладно", "давай(?:те)?"),
    *("соглас(?:ен|на|ны)", "соглашаюсь", "даю(?: сво[её])? согласие", "разрешаю", "принимаю"),
    *("подтверждаю", "не против", "не возражаю", "верно", "правильно", r"вс[её] (?:верно|так)"),
    between="я|мы|на|обработку|персональных|личных|данных|вс[её]|пожалуйста|спасибо|это",
    before="ну|я|мы|полностью",
)
#: «ладно, спасибо» ends a talk as often as it agrees; the law wants a clear yes.
_PARTING = re.compile(r"^(?:ну )?(?:ок|окей|ладно|хорошо|давай(?:те)?)\b.*\bспасибо")
#: Begins with a clear consent; what follows may be the contacts at once.
_YES_AND_MORE = re.compile(r"^(?:да\W+)?(?:я )?(?:соглас(?:ен|на|ны)|даю согласие)\b(?!.*\bне\b)")
_NO = re.compile(
    r"^(?:(?:я|мы|ну)\W+)*(?:нет\b|no\b|против\b|отказ|ни за что|не ?(?:соглас|хочу|даю|дам|надо"
    r"|нужно|буду|готов))"
)
_STOP = _whole(
    *("стоп", "stop", "отмен(?:а|и|ить|ите|яю)", "хватит", "передумала?и?", "выход", "выйти"),
    *("не (?:надо|нужно|хочу|буду)", "прекрати(?:те)?", "отста(?:нь|ньте)", "забудь(?:те)?"),
    *("не ?соглас(?:ен|на)", "отказываюсь", r"не отправля\w+", "подумаю"),
    *("потом", "позже", "попозже", "не сейчас", "в другой раз"),
    between=r"уже|вс[её]|пожалуйста|спасибо|заявк\w+|оставлять|заполнять|это|форму|анкету|е[её]|"
    r"меня|от|ничего|больше|продолжать",
    before="ну|нет|да|вс[её]|я|мы|мне|ничего|давай(?:те)?|лучше|уже|извините|слушай(?:те)?|ладно|спасибо|ок|"
    "хорошо|ещ[её]",
)
_BACK = _whole("назад", "вернись", "вернуться", "вернитесь", "обратно", between="шаг|на|один")
_SKIP = _whole(
    *("пропусти(?:ть|те|м)?", "пропускаю", "дальше", "далее", "нету?", "не (?:хочу|надо|нужно)"),
    *(
        "не скажу",
        "не знаю",
        "не пользуюсь",
        "хз",
        "неважно",
        "не важно",
        "без разницы",
        "потом",
        "позже",
        "skip",
        "вс[её]",
        "ничего",
    ),
    between="это|шаг|спасибо|больше",
    before="да|нет|ну|ой|можно|давай(?:те)?|больше|это|на этом",
)
_DASHES = frozenset("-–—")
_WITHOUT = re.compile(
    r"\b(?:нету?|не (?:дам|хочу|буду|могу|пользуюсь|надо|нужн[оаы]?)|без|пропусти\w*)\b.*"
    r"\b(?:телефон|номер|почт|e-?mail|имейл|мыл|город|им(?:я|ени)\b|представля)|"
    r"\b(?:телефон|номер|почт|e-?mail|имейл|мыл|город)\w*\W+(?:нету?|не (?:дам|скажу|хочу))\b"
)
#: «нет телефона только почта», «пишите лучше на вотсап»: beside contacts they say nothing new.
_OF_CONTACTS = _whole(
    *(r"телефон\w*", r"номер\w*", r"почт\w*", "e-?mail", r"имейл\w*", "мыло", r"адрес\w*"),
    *(r"пиши(?:те)?", r"напиши(?:те)?", r"звони(?:те)?", r"позвони(?:те)?", r"свя(?:зь|житесь)"),
    *(r"в[оа]т[сц]ап\w*", "whatsapp", r"телегр\w+", "телега", "тг", "вайбер", "нету?", "есть"),
    *(r"запасн\w+", r"дополнительн\w+", r"основн\w+", r"рабоч\w+", r"личн\w+", "второй"),
    between="только|лучше|вот|мой|моя|мо[её]|мне|на|в|по|и|или|можно|у|меня|это|пока|если|что|такой"
    "|сюда|туда|тоже|ещ[её]|запиши(?:те)?|держи(?:те)?|пожалуйста",
    before="вот|у|меня|мой|моя|мо[её]|мне|лучше|можно|только|на|в|по|и|а|ну|это|да",
)
#: «такую хочу», «беру, оформляйте»: says that he wants it, and not what.
_TAKING = (
    *("беру", "бер[её]м", "возьм[уё]м?", "хочу", "хотим", "покупаю", "куплю", "купить", "готовы?"),
    *(r"заказ(?:ать|ыва\w+|аж\w+)", r"оформ\w+", r"заверн\w+", r"завор\w+", r"отложи\w*"),
)
_POINTING = (r"так(?:ой|ую|ие|ое)", r"эт(?:от|у|и|о)", "его", "е[её]", "их")
_BESIDE_TAKING = "мне|нам|для|вс[её]|у|вас|тогда|пожалуйста|давай(?:те)?|и|я|мы|сейчас|сразу"
_BEFORE_TAKING = "да|ок|окей|хорошо|ладно|тогда|вс[её]|я|мы|ну|отлично|давай(?:те)?|мне|вот"
_TAKES = _whole(*_TAKING, *_POINTING, between=_BESIDE_TAKING, before=_BEFORE_TAKING)
_ORDERS = _whole(*_TAKING, between="|".join((_BESIDE_TAKING, *_POINTING)), before=_BEFORE_TAKING)
#: «удалите мои данные», «отзываю согласие»: the consent is taken back.
_WITHDRAWS = re.compile(
    r"\b(?:отзыва\w+|отозвать|отзовите|забира\w+)\b.*\bсоглас|"
    r"\b(?:удали\w*|сотри\w*|стереть|уничтож\w+|не храни\w*|забудь\w*)(?: пожалуйста,?)?"
    r"(?: вс[её])? (?:(?:мои|свои|личн\w+|персональн\w+) )*(?:данн\w+|контакт\w*|обо мне)\b(?! \w)"
)
#: «сагласен», «соглсен»: so near to one of these is a slip of the finger.
_AGREED, _NEAR = ("согласен", "согласна"), 0.8
_SEND = _whole(
    *(r"отправ\w+", r"отсыла\w+", "да", "верно", "правильно", r"вс[её] (?:верно|правильно|так|ок)"),
    *("ок", "окей", "ok", "ага", "угу", r"подтвержда\w+", "давай(?:те)?", "хорошо", "конечно"),
    between=r"вс[её]|заявк\w+|пожалуйста|спасибо|мою|это|можно|уже|давай(?:те)?|скорее",
)
#: «не скажу» is clear the first time, «нет» may be a slip.
_REFUSES = re.compile(r"\bне (?:скажу|хочу|буду|дам)\b|\bбез имени\b|\bаноним")
#: «зачем?», «а для чего вам мой телефон», «это обязательно?»: why it is asked at all.
_WHY = re.compile(
    r"^(?:(?:а|и|но|ну|это|вам|тебе)\W+)*"
    r"(?:зачем|почему|для чего|на ?фига|с какой стати|обязательно)\b"
    r"(?!.*\b(?:цен|дорог|доставк|скидк|оплат)\w*)"
)
#: «че так долго», «сколько можно спрашивать», «опять анкета»: of the form itself.
_IMPATIENT = re.compile(
    r"^(?:(?:а|и|но|ну|да|блин|господи|капец|что|че|чего|почему|как|это|вы|у вас|все)\W+)*"
    r"(?:(?:так|очень|слишком|больно)\W+)?"
    r"(?:долго|длинно|нудно|муторно|медленно|сложно"
    r"|много вопросов|столько вопросов|сколько вопросов"
    r"|опять (?:анкет|вопрос|форм)\w*|снова (?:анкет|вопрос|форм)\w*|еще (?:вопрос|что)\w*"
    r"|сколько (?:еще|можно)|скоро (?:все|конец)|когда (?:это )?(?:закончится|конец)"
    r"|(?:можно )?(?:побыстрее|быстрее|покороче|короче|без анкет\w*|без вопросов)"
    r"|допрос\w*|анкет\w*|бюрократ\w*|надоел\w*|устал\w*)\b"
    r"(?!.*\b(?:достав|вез|привез|идет|едет|посылк|отправ|возврат|верн|жда|цен|дорог|оплат|товар|заказ|гарант)\w*)"
)
_IMPATIENT_WORDS = 5
#: «текст согласия», «дайте почитать документ», «где политика».
_DOCUMENT = re.compile(
    r"\b(?:полн\w+ текст|текст\w* (?:соглас|документ)\w*|документ\w*|политик\w+|почита\w+"
    r"|на что (?:я )?(?:соглаш|подпис)\w+|услови\w+ соглас\w+|как\w+ согласи\w+|что за согласи\w+)"
)
_GOES_ON = _whole(
    *(r"продолж\w+", "давай(?:те)?", "да", "ок", "окей", "ага", "угу", "хорошо", "конечно"),
    between=r"заявк\w+|да|пожалуйста|спасибо",
    before="да",
)


def low(text: str) -> str:
    """Lower case, single spaces, Russian letters where the keyboard stood in the other layout."""
    said = " ".join(text.lower().split())
    if said.isascii() and said.replace(" ", "").isalpha():
        return said if said in _ENGLISH else to_russian(said)
    return " ".join(one_alphabet(word) for word in said.split())


def is_yes(text: str) -> bool:
    """A clear yes and nothing else."""
    said = low(text)
    near = (SequenceMatcher(None, said, agreed).ratio() for agreed in _AGREED)
    slip = not said.startswith(("не", "ни")) and "?" not in said and max(near) >= _NEAR
    return said == "+" or slip or _matches(_YES, text)


def is_consent(text: str) -> bool:
    """A clear yes to the consent, with the contacts behind it or not; a question is none."""
    said = low(text)
    clear = is_yes(text) and not _PARTING.match(said)
    return clear or ("?" not in text and bool(_YES_AND_MORE.match(said)))


def is_no(text: str) -> bool:
    """It begins with a no."""
    return bool(_NO.match(low(text)))


def is_stop(text: str) -> bool:
    """The customer wants no request any more."""
    return _matches(_STOP, text)


def withdraws(text: str) -> bool:
    """He takes his consent back, or wants what he has told deleted."""
    return "?" not in text and len(text) <= LONGEST and bool(_WITHDRAWS.search(low(text)))


def is_back(text: str) -> bool:
    """Back to the question before."""
    return _matches(_BACK, text)


def is_skip(text: str) -> bool:
    """Nothing to say to this question; «нет телефона» and «номер не дам» too."""
    return text.strip() in _DASHES or _matches(_SKIP, text) or lacks(text)


def lacks(text: str) -> bool:
    """«без почты», «телефона нет»: he has nothing for a field, or will not tell it."""
    return "?" not in text and len(text) <= LONGEST and bool(_WITHOUT.search(low(text)))


def lets_go(text: str) -> bool:
    """He goes without a request: «дорого, не надо», «мы подумаем, спасибо»; a question is none."""
    clauses = [
        part for part in re.split(r"[,.;!)\n]+|\s(?:и|но|так что)\s", plain(text)) if part.strip()
    ]
    if "?" in text or not clauses or len(text) > LONGEST:
        return False
    said = contact_words()
    gone = [part for part in clauses if said.leaves.fullmatch(part.strip())]
    others = (part.strip() for part in clauses if part not in gone)
    return bool(gone) and all(is_stop(p) or said.beside_leaving.fullmatch(p) for p in others)


def beside_contacts(rest: str) -> str:
    """What is left of a message without its contacts, less the words around them.

    :param rest: its parts, joined by commas: «нет телефона только», «позвоните на, после шести».
    """
    return ", ".join(part for part in rest.split(", ") if not _matches(_OF_CONTACTS, part))


def takes_it(text: str) -> bool:
    """He wants what was shown, and names nothing else."""
    return _matches(_TAKES, text)


def orders_it(text: str) -> bool:
    """The same with a word for it: «беру», «оформляйте»; «это» alone only points."""
    return _matches(_ORDERS, text)


def puts_in_place(text: str) -> str:
    """What stands after «нет, о другом: …»; "" where the text begins otherwise."""
    found = contact_words().instead.match(plain(text))
    return " ".join(text.split())[found.end() :].strip() if found else ""


def is_why(text: str) -> bool:
    """The customer wonders why he is asked this."""
    return len(text) <= LONGEST and bool(_WHY.match(low(text)))


def is_impatient(text: str) -> bool:
    """The questions of the form take him too long."""
    return len(text.split()) <= _IMPATIENT_WORDS and bool(_IMPATIENT.match(low(text)))


def is_document(text: str) -> bool:
    """He wants to read what he is to agree to."""
    return len(text) <= LONGEST and bool(_DOCUMENT.search(low(text)))


def goes_on(text: str) -> bool:
    """Yes, he goes on with the request that he left unfinished."""
    return _matches(_GOES_ON, text)


def refuses(text: str) -> bool:
    """He will not say it, and says so."""
    return bool(_REFUSES.search(low(text)))


def is_send(text: str) -> bool:
    """The summary is right and may be sent."""
    return text.strip() == "+" or _matches(_SEND, text)


def _matches(pattern: re.Pattern[str], text: str) -> bool:
    return "?" not in text and len(text) <= LONGEST and bool(pattern.match(low(text)))
