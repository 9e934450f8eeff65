"""What the price index knows of the words of an order."""

import functools
import re
from collections.abc import Iterable
from dataclasses import replace

from optfm.catalog import PriceRow
from optfm.orders.copied_names import CopiedNames
from optfm.orders.row_tests import says_without
from optfm.orders.senses import Sense
from optfm.search import Answer, PriceIndex, Query, Words
from optfm.search.postings import union
from optfm.text.morphology import is_function, is_word, stem
from optfm.text.normalise import clean

_REMEMBERED = 4_000
#: lines of an answer that are looked at
_MOST = 40
_ARTICLE = re.compile(r"(?<![\w-])[A-Za-z]{1,4}-?\d{2,4}(?![\w-])")
_LETTERED = re.compile(r"(?<![\w-])([A-Z]{1,4}-?\d{2,4})[A-Z]{1,2}(?![\w-])")
_PART_NUMBER = re.compile(r"[a-z]{2,}\d")
#: of these a thing has one: «кабели type-c 5, lightning 3»
_ONE_OF_A_KIND = frozenset({"connector", "article"})
#: words that may stand in the name of one thing only
_NAMING = frozenset({"word", "property", "number", "article"})
#: «акб на 6с» by the Russian letter
_S_MODEL = re.compile(r"(?<![\w.,])([4-6])с(?!\w)", re.IGNORECASE)
#: «фогов», «инселлы»
_DECLINED = re.compile(r"([а-я]{2,}[бвгджзклмнпрстфхцчшщ])(?:ами|ов|ам|ах|ом|а|у|ы|и|е)")
_PLUS = re.compile(r"(?<=\d)\+(?![\w+])|(?<=\d)\s\+(?=\s*(?:$|[,;:-]))")
_MARKS = r"(?:\s(?:pro|max|mini|plus|про|макс|мини|плюс))*"
_NUMBER_FIRST = re.compile(rf"^(\d{{1,2}}{_MARKS})\s+([а-яё]{{3,}}.*)$", re.IGNORECASE)
_NUMBER_AFTER = re.compile(
    rf"([а-яё]{{3,}}|[a-z]{{3,}})\s+(\d{{1,2}}{_MARKS})(?![\w.,])", re.IGNORECASE
)


class IndexGoods:
    """Words and goods of one revision of the list; safe to share among threads."""

    def __init__(self, index: PriceIndex) -> None:
        self.index = index
        self.sense = functools.lru_cache(_REMEMBERED)(self._sense)
        self.query = functools.lru_cache(_REMEMBERED)(self._query)
        self.finds = functools.lru_cache(_REMEMBERED)(self._finds)
        self.finds_model = functools.lru_cache(_REMEMBERED)(self._finds_model)
        self.search = functools.lru_cache(_REMEMBERED)(self._search)
        self._rows = {row.code: row for row in index.rows}
        self.copied_name = CopiedNames(index.names, index.rows).read
        self._longer = _longer_articles(row.name for row in index.rows)
        self._by_number: dict[str, list[str]] = {}
        for row in index.rows:
            digits = re.sub(r"\D", "", row.code).lstrip("0")
            self._by_number.setdefault(digits, []).append(row.code)

    def _query(self, text: str) -> Query:
        """What a text asks for: «7+» is «7 plus», the number of «акб 7 hg» is a model's."""
        text = _S_MODEL.sub(r"\1s", _PLUS.sub(" plus", text))
        text = self._with_first_forms(text, self.index.understand(text))
        query = self.index.understand(text)
        if query.devices or query.code_said or not any(w.name == "number" for w in query.words):
            return query
        for pattern, spelling in ((_NUMBER_FIRST, r"\2 на \1"), (_NUMBER_AFTER, r"\1 на \2")):
            changed = pattern.sub(spelling, text, count=1)
            if changed == text:
                continue
            other = self.index.understand(changed)
            if other.models and self.index.find(other, limit=1).kind != "none":
                return other
        return query

    def _with_first_forms(self, text: str, query: Query) -> str:
        """«фогов» as «фог»: foreign words that no dictionary has are declined all the same."""
        for word in {w.said for w in query.words if w.how == "unknown"}:
            match = _DECLINED.fullmatch(word)
            if match is None or is_word(word):
                continue
            known = self.index.understand(match[1]).words
            if known and all(w.options and w.how != "unknown" for w in known):
                text = re.sub(rf"(?<!\w){word}(?!\w)", match[1], text, flags=re.IGNORECASE)
        return text

    def heard(self, text: str) -> str:
        """The text in the right keyboard layout: «rfhnhblth 5 in» is «картридер 5 шт»."""
        return self.index.heard(text)

    def turned(self, text: str) -> str:
        """As `heard`, but only what was typed in the wrong layout is changed."""
        return self.index.turned(text)

    def _sense(self, text: str) -> Sense:
        query = self.query(text)
        return Sense(
            goods=bool(query.pressed) or any(w.options for w in query.goods),
            device=bool(query.models),
            line=bool(query.makes),
            numbered=any(_PART_NUMBER.match(d.readings[0].number) for d in query.models),
            article=any(
                w.name == "article" and w.options and re.search(r"[^\W\d]", w.said)
                for w in query.words
            ),
            code=bool(query.code_said),
            colour=bool(query.colours),
            plug=any(w.name == "connector" and w.options for w in query.words),
            value=bool(query.values),
            known_words=sum(bool(w.options) and w.weight >= 0.3 for w in query.words),
            strange=any(w.how == "unknown" and not w.governed for w in query.goods),
            noun=any(w.speech == "noun" and w.options and w.weight >= 1.0 for w in query.words),
            named=frozenset(w.said for w in query.goods if w.options and not w.governed),
            empty=query.empty,
        )

    def _finds(self, text: str) -> bool:
        return self.search(text).kind != "none"

    def _finds_model(self, text: str) -> bool:
        query = self.query(text)
        if not query.models:
            return False
        answer = self.search(text)
        return answer.kind != "none" and bool(
            self.index.fits(answer.hits[0].row.code, query.models[0])
        )

    def names_by_number(self, text: str) -> bool:
        """Whether a number of the text is of the goods' names: «оплетка 1515»."""
        numbers = [w for w in self.query(text).words if w.name in ("number", "article")]
        return any(w.options for w in numbers) and self.finds(text)

    def names_wholly(self, text: str) -> bool:
        """Whether rows have all words of a text, its number, too: «клавиатура One 112»."""
        return self.names_by_number(text) and not self.search(text).unmet

    def is_sold_with(self, text: str, part: str) -> bool:
        """Whether rows for a text have a part that stands in their names: «+ рамка»."""
        parts = self.query(part)
        if not parts.goods or any(not word.options for word in parts.words):
            return False
        together = self.search(f"{text} + {part}")
        if not together.rows or together.unmet:
            return False
        alone = {row.code for hit in self.search(text).rows for row in hit.rows}
        return together.rows[0].row.code in alone

    def _search(self, text: str) -> Answer:
        answer = self.index.find(self.query(text), limit=_MOST)
        if answer.kind == "none" and answer.gap and answer.gap.missing == "model":
            return self._with_maker(text) or self._by_article(text) or answer
        return answer

    def _by_article(self, text: str) -> Answer | None:
        """«А23 смартбай»: what would be a phone's number is the name of a battery."""
        query = self.query(text)
        if any(word.options for word in query.goods):
            return None
        for device in query.models:
            one = device.readings[0]
            if one.brands or one.series or one.number.isdigit():
                continue
            rows = [self.index.rows[at] for at in self.index.shelf.postings.ids(one.number)]
            called = {facts.goods for r in rows if (facts := self.index.facts(r.code))}
            for goods in sorted(called):
                asked = self.query(f"{goods} {text}")
                answer = self.index.find(asked, limit=_MOST)
                if answer.kind != "none" and not (asked.models or answer.unmet):
                    return answer
        return None

    def _with_maker(self, text: str) -> Answer | None:
        """«дисплей 11 orig LG»: the brand of a part that is also one of phones."""
        devices = self.index.shelf.devices
        for word in clean(text).split():
            if not devices.is_brand(word):
                continue
            rest = " ".join(w for w in clean(text).split() if w != word)
            query = self.query(rest)
            if not query.models:
                continue  # «Honor 400»: the number is that maker's
            answer = self.index.find(query, limit=_MOST)
            rows = tuple(h for h in answer.hits if word in clean(h.row.name).split())
            if answer.kind != "none" and rows:
                return Answer(
                    query=answer.query, kind="found", confidence=answer.confidence,
                    total=len(rows), rows=rows,
                )  # fmt: skip
        return None

    def looser(self, text: str) -> list[tuple[str, str]]:
        """The text without words that nobody knows, then its article alone; what was left out."""
        query = self.query(text)
        if _only_explains(query):
            return []
        unknown = [w.said for w in query.words if not w.options]
        known = [w for w in query.words if w.options and w.weight >= 0.3]
        found = []
        if unknown:
            kept = _without_words(text, unknown)
            sense = self.sense(kept)
            numbered = any(re.search(r"\d", word) for word in unknown)
            if sense.article or (not numbered and (sense.goods or len(known) >= 2)):
                found.append((kept, ", ".join(unknown)))
        articles = [w.said for w in known if w.name == "article"]
        others = [w.said for w in known if w.said not in articles]
        if articles and others:
            found.append((" ".join([*articles, *query.colours]), ", ".join(others)))
        return found

    def with_longer_articles(self, text: str) -> list[str]:
        """«кабель D22» where the list has D22L and D22T: the text with each of them."""
        for match in _ARTICLE.finditer(text):
            if longer := self._longer.get(match[0].lower()):
                return [f"{text[: match.start()]}{one}{text[match.end() :]}" for one in longer]
        return []

    def meets(self, text: str, code: str) -> bool:
        """Whether a row has all that a few words say: its goods, its device, its colour."""
        if code not in self._rows:
            return False
        query = self.query(text)
        if query.code_said:
            return code in query.codes
        if query.empty and not (query.facets or query.devices):
            return False
        if any(says_without(self._rows[code], word) for word in _had(text)):
            return False  # «с адаптером» of a card without one
        devices = [d for d in query.devices if not d.exclude]
        if devices and not any(self.index.fits(code, device) for device in devices):
            return False
        wanted = [f for f in query.facets if not f.exclude and f.name != "colour"]
        weak = [f for f in wanted if f.name == "word" and not getattr(f, "options", ())]
        if not all(self.index.has(code, facet) for facet in wanted if facet not in weak) or weak:
            return False
        return not query.colours or bool(query.colours & self.colours_of(code))

    def is_for(self, text: str, code: str) -> bool:
        """Whether a row names a device that a text names."""
        return any(self.index.fits(code, device) is True for device in self.query(text).models)

    def is_for_whose_it_sounds(self, answer: Answer) -> bool:
        """False where «15 про» of no said maker finds other phones only: it is an iPhone's name."""
        shelf = self.index.shelf
        for device in answer.query.models:
            named = device.readings[0]
            if named.brands or named.series or not named.number.isdigit():
                continue
            iphone = named._replace(brands=frozenset({"apple"}), series="iphone")
            if shelf.fits_any(iphone):
                meant = replace(device, readings=(iphone,))
                fits = {self.index.fits(hit.row.code, meant) for hit in answer.hits}
                return True in fits or None in fits
        return True

    def leaves_out_a_number(self, answer: Answer) -> bool:
        """«крона A23»: a number that would be a phone's, of goods that are for none.

        «карта 32gb U3» is not meant: others of those goods have that word.
        """
        soft = answer.found and answer.found.constrained and answer.found.constrained.soft_devices
        named = [d.readings[0] for d in answer.query.models if soft]
        postings = self.index.shelf.postings
        called = union([postings.called(w.options) for w in answer.query.goods])
        return any(
            not (one.brands or one.series or one.number.isdigit())
            and not len(self.index.shelf.among(called, postings.ids(one.number)))
            for one in named
        )

    def have(self, query: Query, word: Words) -> bool:
        """Whether any goods that are called so have a word that the text has, too."""
        shelf = self.index.shelf
        called = union([shelf.postings.called(w.options) for w in query.goods if w.options])
        return any(
            len(shelf.among(called, shelf.postings.ids(one)))
            for option in word.options
            for one in option
        )

    def is_kind_of(self, text: str, base: str) -> bool:
        """Whether the goods of a text are of the goods of `base`: «крона» of «батарейки»."""
        postings = self.index.shelf.postings
        own = [w.options for w in self.query(text).goods if w.options]
        of = [w.options for w in self.query(base).goods if w.options]
        if not own or not of:
            return False
        called = set(union([postings.called(options) for options in own]).tolist())
        return called <= set(union([postings.called(options) for options in of]).tolist())

    def of_all_words(self, query: Query, rows: list[PriceRow]) -> list[PriceRow]:
        """The rows that have all words of a question beside what its goods are, if any have.

        «aux витой с пружиной»: one of eighteen AUX cables; «pop 08» of many «pop».
        """
        said = [w.options for w in query.words if w.options and w.name in _NAMING]
        if not said:
            return rows
        shelf = self.index.shelf
        having = (shelf.postings.matches(options).ids for options in said)
        codes = {self.index.rows[at].code for at in functools.reduce(shelf.among, having)}
        return [row for row in rows if row.code in codes] or rows

    def costs(self, text: str, roubles: int) -> bool:
        """Whether goods that a text names cost so much."""
        answer = self.search(text)
        return answer.kind != "none" and any(
            row.price_kop == roubles * 100 for hit in answer.hits for row in hit.rows
        )

    def tells_which(self, head: str, text: str) -> bool:
        """Whether what would be goods says which of those of a header: «12 зарядка» of «шлейфы».

        By themselves they are for no such device; the header's goods are, of whatever colour.
        """
        if self.finds_model(text):
            return False
        colours = [f.said for f in self.query(text).facets if f.name == "colour"]
        asked = self.leaning(head, _without_words(text, colours))
        told = self.search(asked)
        return (
            self.finds_model(asked)
            and not told.unmet
            and all(self.is_kind(head, hit.row.code) for hit in told.hits)
        )

    def colours_of(self, code: str) -> frozenset[str]:
        """The colours that a row's name says."""
        facts = self.index.facts(code)
        return facts.colours if facts else frozenset()

    def is_kind(self, text: str, code: str) -> bool:
        """Whether a row is what a text calls it, not a set that has one in it."""
        kind = {o for w in self.query(self.kind_of(code)).goods for o in w.options}
        return any(o in kind for w in self.query(text).goods for o in w.options)

    def kind_of(self, code: str) -> str:
        """What a row is, and for what device: «дисплей iPhone 11»."""
        facts = self.index.facts(code)
        if facts is None:
            return ""
        return " ".join([facts.goods, *(m.label for m in facts.devices[:1])])

    def leaning(self, base: str, text: str, *, goods_only: bool = False) -> str:
        """`text` with what it leaves to `base`: the goods, and the device where it names none.

        :param goods_only: no word of `base` but those that say what the thing is.
        """
        before, new = self.query(base), self.query(text)
        if not new.devices and re.match(r"\d{1,2}(?![\d.,])", text):
            numbered = self.query(f"на {text}")
            text, new = (f"на {text}", numbered) if numbered.models else (text, new)
        said_anew = {w.name for w in new.words} & _ONE_OF_A_KIND
        if new.models and not before.models and _ARTICLE.fullmatch(text):
            said_anew |= {"article"}  # «BQ19» after the WH-51: what may be a phone's is its name
        # «yolkki pop 08: белые 5»: a colour alone is of the goods that the number names, too
        named = bool(new.colours) and not new.words and self.names_by_number(base)
        kept = _linked(base, [
            w.said for w in before.words
            if (w.name != "number" or named) and w.name not in said_anew
            and (w.name == "goods" or not goods_only)
        ])  # fmt: skip
        kept += [] if new.values else [v.said or self.index.spoken(v) for v in before.values]
        kept += [] if new.colours else sorted(before.colours)
        if new.models and re.match(r"\d|[xх]", text) and not text.startswith("на "):
            text = f"на {text}"
        kept += self._maker_for(before, new)
        return " ".join(filter(None, (*kept, text, "" if new.devices else _labels(before))))

    def _maker_for(self, before: Query, new: Query) -> list[str]:
        """«Дисплеи редми: 9, 10с»: the maker that is said once, before models of no other."""
        said = [d for d in before.devices if d.whole and not d.exclude]
        bare = all(not (m.brands or m.series) for d in new.models for m in d.readings[:1])
        return [d.said for d in said] if new.models and bare else []

    def goes_on(self, base: str, text: str) -> bool:
        """Whether the list has what `text` leaves to `base`: «12 gx» after «дисплей на 11»."""
        questions = (self.leaning(base, text, goods_only=only) for only in (False, True))
        return any(self.sense(asked).device and self.finds(asked) for asked in questions)

    def device_of(self, text: str) -> str:
        """The device that a text names, for people; "" where it names none."""
        return _labels(self.query(text))

    def written(self, text: str) -> set[str]:
        """The words of rows that a text has, as rows write them: «прошка» is «pro»."""
        options = (option for word in self.query(text).words for option in word.options)
        return {part for option in options for part in option}

    def brand_alone(self, word: str) -> bool:
        """Whether a word is a maker or a line of devices without a model: «honor», «redmi»."""
        return bool(self.device_of(word)) and not self.query(word).models

    def rows_of_code(self, code: str) -> list[PriceRow]:
        """The rows of a code as a table has it; Excel drops leading zeros, people drop prefixes."""
        code = code.strip()
        if code in self._rows:
            return [self._rows[code]]
        if code.isdigit():
            named = self._by_number.get(code.lstrip("0"), [])
            bare = [c for c in named if c.isdigit()]
            return [self._rows[c] for c in bare or named]
        query = self.query(code)
        return [self._rows[c] for c in query.codes if c in self._rows] if query.code_said else []

    def row(self, code: str) -> PriceRow | None:
        """The row of a whole code."""
        return self._rows.get(code)


def _longer_articles(names: Iterable[str]) -> dict[str, list[str]]:
    """Articles without the letters that they end with: «d22» → D22L, D22T."""
    found: dict[str, list[str]] = {}
    for name in names:
        for match in _LETTERED.finditer(name):
            longer = found.setdefault(match[1].lower(), [])
            if match[0] not in longer:
                longer.append(match[0])
    return found


def _had(text: str) -> list[str]:
    """The stems of what a text asks for, not of «без адаптера»."""
    words = re.findall(r"[^\W\d_]{3,}", clean(text))
    return [stem(word) for at, word in enumerate(words) if words[max(0, at - 1)] != "без"]


def _only_explains(query: Query) -> bool:
    """«Колпачок для стилуса»: the noun asked for is unknown, the one that is known explains it."""
    heads = [w for w in query.goods if not w.governed]
    return bool(heads) and all(w.how == "unknown" for w in heads) and len(heads) < len(query.goods)


def _labels(query: Query) -> str:
    return ", ".join(d.label for d in query.devices if not d.exclude)


def _linked(text: str, words: Iterable[str]) -> list[str]:
    """Words of a text, each with the preposition before it: «стикеры», «под акб»."""
    found, said = [], clean(text)
    for word in words:
        match = re.search(rf"(?<!\w)(?:(\w+)\s+)?{re.escape(word)}(?!\w)", said)
        link = match[1] if match and match[1] and is_function(match[1]) else ""
        found.append(f"{link} {word}".strip())
    return found


def _without_words(text: str, words: Iterable[str]) -> str:
    gone = {clean(word) for word in words}
    return " ".join(w for w in clean(text).split() if w.strip(".,!?()") not in gone)
