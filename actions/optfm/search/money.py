"""Price words of a question: «до 500», «от 1000 до 2000», «за 900», «самый дешёвый»."""

import re

from optfm.search.query import Price, Sort
from optfm.text.phrases import START, alternatives
from optfm.text.vocabulary import Vocabulary

#: a bound below it is no price: «от 2 до 5»
_LEAST = 20
#: «за 900» without «рублей» is a price from here on
_LEAST_BARE = 100
#: «уложиться бы в 1000»
_WISHED = re.compile(r"(?<=\w)\s+бы?(?=\s)")
#: what «за 900» allows on both sides
_ABOUT = 0.2


class MoneyReader:
    """Reads bounds and order by the words of `limits.yml`."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        words = vocabulary.limits.price
        self._a_capacity = float(words["ёмкость_от"][0])
        thousands = alternatives(words["тысячи"])
        amount = rf"(\d{{1,3}}(?: \d{{3}})+|\d+(?:[.,]\d+)?)\s*({thousands})?"
        roubles = rf"\s*{alternatives(words['рубли'])}\.?"
        no_unit = rf"(?!\s*(?:{alternatives(words['не_цена'])}|\d|[.,/]\d))"
        end = r"(?=$|\s*[а-яa-z?.!])"
        most, least, least_bare, about = (
            rf"{START}{alternatives(words[name])}\s+(?:чем\s+|за\s+)?"
            for name in ("до", "от", "от_без_рублей", "около")
        )
        behind = rf"(?:[\s,]*(?<!\w){alternatives(words['до_после'])}(?!\w))?"
        self._between = (
            re.compile(
                rf"{START}от\s+{amount}(?:{roubles})?\s*(?:и\s+)?до\s+{amount}{no_unit}"
                rf"(?:{roubles})?{behind}"
            ),
            re.compile(rf"{START}{amount}\s*-\s*{amount}{roubles}{behind}"),
            # «за 700-800», «в пределах 700-800»
            re.compile(rf"(?:{most}|{least}|{about}){amount}\s*-\s*{amount}{no_unit}{behind}"),
            re.compile(rf"{START}между\s+{amount}\s+и\s+{amount}{no_unit}(?:{roubles})?"),
        )
        self._no_more = re.compile(rf"(?<!\w){alternatives(words['до_после'])}$")
        self._up_to = re.compile(rf"{most}{amount}(?:{roubles}|{no_unit})")
        self._from = (
            re.compile(rf"{least}{amount}{roubles}"),
            # «от 20 тысяч» may be of a power bank
            re.compile(rf"(?!от ){least}(\d{{1,3}}(?:[.,]\d)?)\s*({thousands})(?!\w)"),
            re.compile(rf"{least_bare}(\d{{3,6}})(){end}{no_unit}"),
        )
        #: «за 300 максимум», «500 рублей и выше»
        self._up_to_behind, self._from_behind = (
            re.compile(
                rf"{START}({alternatives([*words['около'], *words['до'], *words['от']])}\s+)?"
                rf"{amount}({roubles})?\s*,?\s+{alternatives(words[name])}(?!\w)"
            )
            for name in ("до_после", "от_после")
        )
        #: of a bound that is not wanted: «дороже сотки не беру»
        self._refused = re.compile(
            r"[\s,]*(?:(?:мне|нам|я|мы|у\s+(?:себя|нас|меня))\s+)*"
            + alternatives(words.get("не_берут", ["не беру"]))
        )
        self._about = re.compile(rf"{about}{amount}{roubles}")
        #: «за 3000 отдадите?», «по 150», «за 3к»
        self._about_bare = re.compile(rf"{about}{amount}{end}{no_unit}")
        numerals = {w: n for n, said in vocabulary.limits.numerals.items() for w in said}
        self._numerals = numerals
        self._in_words = re.compile(
            rf"{START}({alternatives(numerals)})(?=\s+{alternatives(words['тысячи_словом'])})"
        )
        bounds = [*words["до"], *words["от"], *words["около"]]
        hundreds = [w for w, n in numerals.items() if n >= _LEAST_BARE]
        #: «до двухсот», «за пятьсот»
        self._hundreds = re.compile(
            rf"({START}{alternatives(bounds)}\s+)({alternatives(hundreds)})(?!\w)"
        )
        after = [*words["рубли"], *words["до_после"], *words["от_после"]]
        #: «двести рублей максимум»
        self._hundreds_behind = re.compile(
            rf"{START}({alternatives(hundreds)})(?=\s+{alternatives(after)})"
        )
        #: «до тысячи», «в пределах косаря»
        self._a_thousand = re.compile(
            rf"({START}{alternatives(bounds)}\s+)"
            rf"{alternatives([*words['тысячи_словом'], *words['тысяча_словом']])}(?!\w)"
        )
        #: «на 20 тысяч», «20к»: of mAh as well as of roubles
        self._thousands = re.compile(
            rf"(?<![\w.,])(\d{{1,3}})\s+{alternatives(words['тысячи_словом'])}"
            rf"|(?<![\w.,])(\d{{2,3}}){alternatives(words['тысячи'])}(?![\w])"
        )
        order = vocabulary.limits.order
        self._cheap = re.compile(START + alternatives(order["дешевле"]))
        self._dear = re.compile(START + alternatives(order["дороже"]))

    def read(self, text: str) -> tuple[Price, Sort, str]:
        """The bounds and the order that clean text asks for, and the text without the bounds."""
        sort: Sort = ""
        if self._dear.search(text):
            sort = "dear"
        elif self._cheap.search(text):
            sort = "cheap"
        text = _WISHED.sub("", text)
        text = self._in_words.sub(lambda found: str(self._numerals[found[1]]), text)
        text = self._hundreds.sub(lambda found: f"{found[1]}{self._numerals[found[2]]}", text)
        text = self._hundreds_behind.sub(lambda found: str(self._numerals[found[1]]), text)
        text = self._a_thousand.sub(r"\g<1>1000", text)
        price, match = self._price(text)
        if match is not None:
            text = f"{text[: match.start()]} {text[match.end() :]}".strip()
        text = self._thousands.sub(lambda found: f"{found[1] or found[2]}000", text)
        return price, sort, text

    def _price(self, text: str) -> tuple[Price, re.Match[str] | None]:
        for pattern in self._between:
            if match := pattern.search(text):
                least, most = _sum(match[1], match[2] or match[4]), _sum(match[3], match[4])
                if least <= most and most >= _LEAST:
                    no_more = self._no_more.search(match[0])  # «бюджет 1500-1600 максимум»
                    return Price(least=None if no_more else least, most=most), match
        for pattern, is_least in ((self._up_to_behind, False), (self._from_behind, True)):
            if match := pattern.search(text):
                bound = _sum(match[2], match[3])
                if bound >= (_LEAST if match[4] else _LEAST_BARE) and (
                    match[1] or match[4] or bound < self._a_capacity
                ):
                    return Price(least=bound) if is_least else Price(most=bound), match
        if (match := self._up_to.search(text)) and _sum(match[1], match[2]) >= _LEAST:
            return Price(most=_sum(match[1], match[2])), match
        for pattern in self._from:
            if (match := pattern.search(text)) and _sum(match[1], match[2]) >= _LEAST:
                bound = _sum(match[1], match[2])
                if refused := self._refused.match(text, match.end()):  # «дороже сотки не беру»
                    whole = re.compile(f"{re.escape(match[0])}{re.escape(refused[0])}")
                    return Price(most=bound), whole.search(text)
                return Price(least=bound), match
        match = self._about.search(text)
        if match is None:
            match = self._about_bare.search(text)
            if match is None or _sum(match[1], match[2]) < _LEAST_BARE:
                return Price(), None
        about = _sum(match[1], match[2])
        return Price(least=about * (1 - _ABOUT), most=about * (1 + _ABOUT), about=about), match


def _sum(number: str, thousands: str | None) -> float:
    amount = float(number.replace(" ", "").replace(",", ".")[:12])
    return amount * 1000 if thousands else amount
