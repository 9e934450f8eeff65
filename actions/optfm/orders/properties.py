"""What a customer says that goods must be, apart from what they are: «та что 389 р», «с адаптером».

A text is read once, then tried on rows: a price, «без X», «с X», «не X», the cheapest, the plain
one, and the words that are left.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from common import published
from optfm.catalog import PriceRow
from optfm.orders import clauses
from optfm.orders.edit_words import edit_words
from optfm.orders.goods import IndexGoods
from optfm.orders.order import Option
from optfm.orders.quantities import plain, without
from optfm.orders.row_tests import Lacks, Packed, says_without
from optfm.orders.words import FILES, order_words
from optfm.text.morphology import part_of_speech, stem
from optfm.text.normalise import clean

#: «389 р», «за 389», «ценой 389»
_PRICE = re.compile(
    r"(?<![\w.,-])(?:(?:за|по|что|где|котор\w+|цен\w+|стоит)\s+){0,3}(\d{2,6})\s*(?:р|руб\w*|₽)(?!\w)\.?"
    r"|(?<!\w)(?:за|цен\w+|стоит|котор\w+)\s+(\d{2,6})(?![\w.,])"
)
_NOT = re.compile(r"(?<!\w)(?:(?:только|но|а|лишь\s+бы)\s+)?не\s+(?:с\s+)?(\w+)")
_WITHOUT = re.compile(r"(?<!\w)без\s+(\w{3,})")
_WITH = re.compile(r"(?<!\w)(?:с|со)\s+(?=[^\W\d]{3})(.+?)(?=\s+(?:и|а|но|без|не|за|по)\s|[,;]|$)")
_WORD = re.compile(r"[^\W\d_]+\.?|\d+")
#: a shorter beginning of a word is no abbreviation of it: «выс. конт.»
_ABBREVIATED = 3


def _made_packs() -> re.Pattern[str]:
    """«блистер по 5», «пачка 5 шт», «по 5 в блистере»."""
    pack = rf"(?<!\w)(?:в\s+)?(?:{order_words().packs.pattern})(?!\w)"
    return re.compile(
        rf"{pack}\s+по\s+(\d{{1,3}})(?![\w.,])(?:\s*шт\w*)?|{pack}\s+(\d{{1,3}})\s*шт\w*"
        rf"|(?:по\s+)?(?<![\w.,])(\d{{1,3}})\s*(?:шт\w*\s+)?в\s+(?:{order_words().packs.pattern})(?!\w)"
    )


_packs: published.Following[re.Pattern[str]] = published.Following(_made_packs, *FILES)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What goods must be."""

    words: str = ""  #: what rows have in their names, their colours, their values
    banned: tuple[str, ...] = ()  #: «не lux»
    lacking: tuple[str, ...] = ()  #: stems of «без адаптера»
    having: tuple[str, ...] = ()  #: words of «с адаптером»
    kop: int = 0
    pack: int = 0  #: «в блистере по 5»
    best: str = ""  #: "cheaper" or "dearer": one of all that fit
    plainest: bool = False
    plain_of: str = ""  #: «обычной ёмкости»: the word that the others have more of

    @property
    def nothing(self) -> bool:
        """Whether nothing is asked."""
        return self == Wanted()


def without_packs(text: str) -> str:
    """The text without the packs that it tells: «батарейка AA» of «батарейка AA блистер 10шт»."""
    return " ".join(without(text, _packs()).split())


def wanted(text: str) -> Wanted:
    """What a text asks of goods, whatever they are."""
    low = plain(text)
    kop, banned, lacking, having, best, of = 0, list[str](), list[str](), list[str](), "", ""
    pack = 0
    if packed := _packs().search(low):
        pack, low = int(packed[1] or packed[2] or packed[3]), _without(low, packed)
    if price := _PRICE.search(low):
        kop, low = int(price[1] or price[2]) * 100, _without(low, price)
    while match := _NOT.search(low):
        banned.append(match[1])
        low = _without(low, match)
    while match := _WITHOUT.search(low):
        lacking.append(stem(match[1]))
        low = _without(low, match)
    if match := _WITH.search(low):
        having += match[1].split()
        low = _without(low, match)
    for name in ("cheaper", "dearer"):
        if match := edit_words().verbs[name].search(low):
            best, low = name, _without(low, match)
            break
    if plainer := order_words().plainest.search(low):
        after = low[plainer.end() :].split()
        of = after[0] if after and part_of_speech(after[0]) == "noun" else ""
        low = _without(low, plainer)
    return Wanted(
        words=clauses.core(low), banned=tuple(banned), lacking=tuple(lacking),
        having=tuple(having), kop=kop, pack=pack, best=best, plainest=bool(plainer), plain_of=of,
    )  # fmt: skip


class Properties:
    """Tries what is wanted on rows of the list."""

    def __init__(self, goods: IndexGoods) -> None:
        self.goods = goods

    def of_goods(self, asked: Wanted) -> bool:
        """Whether all that is asked may be of goods, and none of it says what they are."""
        if asked.nothing:
            return False
        sense = self.goods.sense(asked.words)
        if asked.words and (sense.goods or sense.whole or sense.strange):
            return False
        said = filter(None, (asked.words, " ".join(asked.having), *asked.banned))
        return not any(map(self._unknown, said))

    def _unknown(self, said: str) -> bool:
        sense = self.goods.sense(said)
        return not (sense.known or sense.colour or sense.value)

    def fitting(self, codes: Sequence[str], asked: Wanted) -> list[str]:
        """The rows that are as asked, in their order; none where something fits no row."""
        if asked.plainest and asked.plain_of:
            words = clauses.core(
                re.sub(rf"(?<!\w){re.escape(asked.plain_of)}(?!\w)", " ", asked.words)
            )
            if found := self.fitting(codes, replace(asked, words=words, plain_of="")):
                return found
        rows = [row for row in map(self.goods.row, codes) if row]
        rows = [row for row in rows if not asked.kop or row.price_kop == asked.kop]
        rows = [row for row in rows if not asked.pack or Packed(asked.pack)(row)]
        for said in asked.lacking:
            rows = [r for r in rows if says_without(r, said)] or list(filter(Lacks(said), rows))
        words = asked.words
        for said in asked.having:
            if any(says_without(row, stem(said)) for row in rows):
                rows = [row for row in rows if not says_without(row, stem(said))]
            else:
                words = f"{words} {said}".strip()
        rows = [r for r in rows if not any(self.goods.meets(said, r.code) for said in asked.banned)]
        if words:
            rows = self._with_words(rows, words)
        if asked.plainest:
            rows = plainest(rows) or rows
        if asked.best and rows:
            best = min if asked.best == "cheaper" else max
            rows = [best(rows, key=lambda row: row.price_kop)]
        return [row.code for row in rows]

    def _with_words(self, rows: Sequence[PriceRow], words: str) -> list[PriceRow]:
        """The rows that have the words; of those that all have them, the ones that say them."""
        met = [row for row in rows if self.goods.meets(words, row.code)]
        if len(met) == 1 or not rows:
            return met
        if met:
            said = _said_most(met, words)
            return said if len(said) == 1 else met
        said = [row for row in rows if all(_says(row, word) for word in words.split())]
        return said if len(said) < len(rows) else []


def _said_most(rows: Sequence[PriceRow], words: str) -> list[PriceRow]:
    """«высокий контакт» is «выс. конт»: the rows whose names say most of the words."""
    counts = [sum(_says(row, word) for word in words.split()) for row in rows]
    most = max(counts, default=0)
    return [row for row, n in zip(rows, counts, strict=True) if n == most] if most else []


def _says(row: PriceRow, word: str) -> bool:
    named = _WORD.findall(clean(row.name))
    if stem(word) in {stem(one) for one in named}:
        return True
    shortened = (one.rstrip(".") for one in named)
    return any(len(one) >= _ABBREVIATED and word.startswith(one) for one in shortened)


def plainest[T: (PriceRow, Option)](rows: Sequence[T]) -> list[T]:
    """The row whose words all the others have, too."""
    named = [set(re.findall(r"[^\W\d_]+", clean(row.name))) - {"mah"} for row in rows]
    return [
        row for row, words in zip(rows, named, strict=True) if all(words <= one for one in named)
    ]


def _without(low: str, match: re.Match[str]) -> str:
    return " ".join(f"{low[: match.start()]} {low[match.end() :]}".split())
