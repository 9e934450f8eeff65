"""What a clause says, whatever the order is: its command, its verb, the words that name."""

import re

from optfm.orders.edit_words import edit_words
from optfm.orders.quantities import (
    explicit_amount,
    number_pattern,
    only_amount,
    plain,
    plain_amount,
)
from optfm.orders.senses import Goods
from optfm.orders.splitting import AND, COMMA
from optfm.orders.words import order_words
from optfm.text.morphology import is_function, is_pronoun, is_verb

_BETWEEN = re.compile(rf"{AND.pattern}|\s+а\s+(?=\S+\s+\S)", re.IGNORECASE)
_QUESTION = re.compile(
    r"(?<!\w)(?:сколько|почем"
    # «какой дешевле, тот и давай» tells
    r"|как(?:ой|ая|ие|ое)?(?!\w)(?!.*\s(?:тот|та|ту|то|те)(?!\w))"
    r"|когда|есть ли|а есть|можно ли|чем|что за)(?!\w)"
    r"|^\W*(?:(?:а|и|ну)\s+)?где(?!\w)"  # «3000 где высокий контакт» points
)
_MAY = re.compile(
    r"(?<!\w)(?:можно|можете|можешь|сможете|нельзя|получится|а)(?:\s+ли)?(?!\w)", re.I
)


#: of a message that is a command in words of one's own
_MOST_WORDS = 9
_STOPS = re.compile(r"[,;.!?:\n]+")
_AS_MANY = re.compile(r"(?<!\w)столько\s+же\s+сколько(?!\w)")


def accepts(text: str) -> bool:
    """Whether a message only agrees: «да», «давай»."""
    words = re.findall(r"\w+", plain(text))
    return bool(words) and all(edit_words().verbs["accept"].fullmatch(word) for word in words)


def asks_its_price(text: str) -> bool:
    """Whether a message asks what something costs that it does not name: «сколько стоит?»."""
    words = re.findall(r"\w+", plain(text))
    return asks(text) and all(map(edit_words().verbs["price_of_it"].fullmatch, words))


def command(text: str) -> str:
    """The command that a message is, whatever fillers stand around it; "" where it is none."""
    low = _words_of(plain(text))
    if name := _in_own_words(low, strictly=True):
        return name
    for shorter in (
        low,
        edit_words().verbs["filler"].sub("", low),
        re.sub(
            r"^(?:нет|ой|ну|а|и|так|ок|окей|хорошо|ладно|тогда|давай|да|пожалуйста)\s+", "", low
        ),
        re.sub(r"\s+(?:пожалуйста|плиз|тогда|уже)$", "", low),
    ):
        for name, said in edit_words().commands.items():
            if " ".join(sorted(shorter.split())) in said:
                return name
    if name := _in_own_words(low):
        return name
    parts = [_words_of(one) for one in _STOPS.split(plain(text))]
    said_ones = [one for one in parts if not _is_filler(one)]
    if len(parts) > 1 and len(said_ones) > 1:  # «не то сделал, отмени»
        said_ones = [one for one in said_ones if command(one) or not _says_nothing(one)]
    return command(said_ones[0]) if len(said_ones) == 1 and said_ones[0] != low else ""


def _words_of(low: str) -> str:
    return " ".join(re.sub(r"[^\w-]+", " ", low).split())


def _is_filler(low: str) -> bool:
    """Whether a clause says nothing by itself: «стоп», «ну хорошо», «передумал»."""
    verbs = edit_words().verbs
    return all(
        verbs["empty"].fullmatch(w) or verbs["accept"].fullmatch(w) or _joins(w)
        for w in low.split()
    )


def _says_nothing(low: str) -> bool:
    """Whether a clause neither acts, nor counts, nor names anything: «не то сделал»."""
    return not (verb(low) or core(low) or only_amount(low))


def _joins(word: str) -> bool:
    return is_function(word) and word not in order_words().numerals


def _points(word: str) -> bool:
    """A pronoun; «один» is a count."""
    return is_pronoun(word) and word not in order_words().numerals


def _in_own_words(low: str, *, strictly: bool = False) -> str:
    """«сверим, что там лежит»: a word of a command among others that only join or point.

    :param strictly: only commands of two words: «отмени всё» clears, «отмени» alone is the undo.
    """
    if len(low.split()) > _MOST_WORDS:
        return ""
    for name, made in edit_words().made_of.items():
        if strictly and not made.also:
            continue
        if not made.needed.search(low) or (made.also and not made.also.search(low)):
            continue
        rest = made.needed.sub(" ", low)
        rest = made.also.sub(" ", rest) if made.also else rest
        if all(made.allowed.fullmatch(word) or _joins(word) for word in rest.split()):
            return name
    return ""


def checks_out(clause: str) -> bool:
    """Whether a clause orders: «оформляем», also with how it is sent, «оформляем на самовывоз»."""
    if command(clause) == "checkout":
        return True
    words = plain(clause).split()
    for cut in range(min(len(words) - 1, 4), 0, -1):
        rest = " ".join(words[cut:])
        if command(" ".join(words[:cut])) == "checkout" and "?" not in clause:
            return order_words().talk.search(rest) is not None
    return False


def takes_away(low: str) -> bool:
    """Whether a text tells to remove something: «убери», not «кроме»."""
    said = {match[0] for match in edit_words().verbs["remove"].finditer(low)}
    return bool(said - {"без", "кроме", "минус"})


def asks(clause: str) -> bool:
    """Whether a clause asks something; the «как» of «как первое» does not."""
    said = _AS_MANY.sub(" ", edit_words().verbs["alike"].sub(" ", plain(clause)))
    return _QUESTION.search(said) is not None


def without_asking(sentence: str) -> str:
    """«бордовую на синюю поменять можно» without the «можно» that makes it a question."""
    return " ".join(_MAY.sub(" ", sentence).split())


def says_count(text: str, goods: Goods) -> bool:
    """Whether a text plainly counts what it names: «колонка 2 шт», «3 наушника»."""
    amount = plain_amount(core(text), goods) or plain_amount(text.strip(" .!"), goods)
    return amount is not None and not _QUESTION.search(plain(text))


def verb(low: str) -> str:
    """The act that a clause tells, "" where it tells none.

    :param low: lower-case text without «ё».
    """
    for name in ("remove", "replace", "keep", "cheaper", "dearer", "add", "change"):
        match = edit_words().verbs[name].search(low)
        if match is None:
            continue
        aside = match[0] in ("без", "кроме", "минус") and _names(low[: match.start()])
        if name == "remove" and aside and not (match[0] == "минус" and match.end() == len(low)):
            continue  # «акб без шлейфа»: of the goods; «2015 минус» is not
        if name == "keep" and (explicit_amount(low) or core(low[: match.start()])):
            continue
        return name
    return ""


def _names(low: str) -> bool:
    """Whether a text names some goods, or all of them: «обе без адаптера»."""
    return bool(core(low)) or order_words().each.search(low) is not None


def core(text: str) -> str:
    """The words that name something: without verbs and fillers."""
    low = plain(text)
    for name in (
        "remove",
        "replace",
        "cheaper",
        "dearer",
        "add",
        "change",
        "keep",
        "restore",
        "same",
        "line",
        "option",
        "last",
    ):
        low = edit_words().verbs[name].sub(_of_the_goods, low)
    low = re.sub(rf"(?<!\w){order_words().each.pattern}(?!\w)", " ", low)
    words = [
        w for w in re.findall(r"[\w.,+/*-]+", low)
        if not edit_words().verbs["empty"].fullmatch(w) and re.search(r"\w", w)
        and not (is_verb(w) or _points(w))
    ]  # fmt: skip
    return " ".join(words).strip(" -,.")


def _of_the_goods(match: re.Match[str]) -> str:
    """The «без» of «gopower без адаптера», which tells nothing to be done; else nothing."""
    return match[0] if match[0] == "без" and _names(match.string[: match.start()]) else " "


def one_more(low: str) -> str:
    """The «один» of «клиент просит ещё один», which names nothing by itself; "" for none."""
    match = re.search(rf"(?<!\w)еще\s+({number_pattern()})\s*$", low)
    return match[1] if match else ""


def without_edge_verbs(clause: str) -> str:
    """«l20 по 3 сделать» as «l20 по 3»: a verb at an end hides the count beside it."""
    words = clause.split()
    while len(words) > 1 and is_verb(plain(words[-1]).strip(".!")):
        words.pop()
    return " ".join(words)


def pieces(sentence: str) -> list[tuple[str, bool]]:
    """The clauses of a sentence, and whether «ещё» stands before each."""
    found: list[tuple[str, bool]] = []
    for part in COMMA.split(sentence):
        start, more = 0, False
        for match in _BETWEEN.finditer(part or ""):
            after = (part or "")[match.end() :]
            said = core(after)
            alone = only_amount(after) or only_amount(said) or (not said and verb(plain(after)))
            if alone and match[0].strip()[:1] == "е":
                continue  # «стёкол ещё 5», «dl15 ещё добавь»
            found.append((part[start : match.start()].strip(), more))
            start, more = (
                match.end(),
                re.search("ещ[её]|также", match[0], re.IGNORECASE) is not None,
            )
        found.append(((part or "")[start:].strip(), more))
    return [(clause, more) for clause, more in found if clause]
