"""What a message says of goods and rows, in the light of what the conversation is about."""

import re
from dataclasses import replace

from optfm.conversation import references
from optfm.conversation.attributes import facets_like, is_called, properties
from optfm.conversation.counts import FOR, Counted, counted
from optfm.conversation.cues import Cue, CueName, Cues, cue_reader
from optfm.conversation.goods import Goods
from optfm.conversation.instead import without_replaced
from optfm.conversation.leaning import with_nouns, with_whole_codes
from optfm.conversation.narrowing import merged
from optfm.conversation.references import Meant
from optfm.conversation.row_words import ends_like, named, named_all
from optfm.conversation.state import ConversationState
from optfm.conversation.words import act_words
from optfm.search import Facet, Query, Words
from optfm.text.morphology import (
    is_adverb,
    is_counted_by,
    is_of_many,
    is_somebody,
    is_subject,
    is_verb,
    is_word,
    part_of_speech,
)
from optfm.text.normalise import has_cyrillic

#: words of acts that tell nothing of the goods
_DROPPED: tuple[CueName, ...] = (
    "more", "sort_cheap", "sort_dear", "too_dear", "cheapest", "dearest", "both", "every", "other",
    "this", "same", "there", "take", "how_much", "in_all", "compare", "fits", "any_price",
    "any_colour", "any_brand", "any_quality", "any_of_all", "correction", "not_that", "back",
    "attribute", "most", "least", "other_brand", "other_colour", "more_colours",
    "first_rows", "last_rows", "pointer", "as_many", "back",
)  # fmt: skip
#: what goods without a noun are called by: «18650 GoPower»
_NAMES = frozenset({"article", "number", "brand"})
#: cues that may tell a row by their words: «50 грамм», «в упаковке»
VALUES = frozenset({"number", "pieces", "attribute", "big", "small"})
#: «не 13, а 13 про», «ну а 11 про?»: no letter of a model's number
_CONJUNCTION = re.compile(
    r"(?P<before>^|,\s*|^(?P<word>[а-яё]+)[\s,.]+)[а]\s+(?=\d)", re.IGNORECASE
)
#: «в пачке»: what pieces are in
_IN = frozenset({"в", "во"})
#: «плюс держатель»: one thing more, and no iPhone Plus
_PLUS = re.compile(r"^\s*(?:и\s+)?(?:плюс|\+)\s+(?=([а-яё]{4,}))", re.IGNORECASE)
#: «а 128?»: of another kind rather than so many pieces
_AND = re.compile(r"\s*[аА]\s")
#: «не семь про, а восьмой», «не белую, чёрную»
_TAKEN_BACK = re.compile(
    r"(?<!\w)не\s+(?P<before>[^,.;?!]{1,30}?)(?:,?\s+(?P<but>а)\s+|,\s*|\s+[-–—]\s+)(?P<meant>\w)",
    re.IGNORECASE,
)


def says_something(query: Query) -> bool:
    """Whether a query says anything of goods, be it one property of little weight."""
    return bool(query.facets or query.devices or query.price.bounded or query.sale)


def gives_a_reason(query: Query) -> bool:
    """«HG не берём, возвратов много»: the shop's words tell why something is not wanted."""
    return bool(query.excluded and query.talk) and "?" not in query.text


def _without_idle_noes(said: Query) -> Query:
    """«hot 50 без буквы»: no row has what is not wanted, so that all of them are without it."""
    idle = tuple(w for w in said.excluded if isinstance(w, Words) and not w.options)
    if not idle or not (said.devices or len(idle) < len(said.facets)):
        return said
    return replace(said, facets=tuple(f for f in said.facets if f not in idle))


def _of_acts(query: Query) -> bool:
    """Whether a part of a message is words of acts, which the search takes for unknown goods."""
    known = any(word.options for word in query.words) or query.devices or query.values
    return not known and not cue_reader().read(query.text).left


def _alike(one: Query, other: Query) -> bool:
    """Whether two queries name things of a kind: two models, two colours, two lengths."""
    if one.models and other.models:
        return True
    return bool({f.name for f in one.facets} & {f.name for f in other.facets if not f.exclude})


def _is_aside(word: str) -> bool:
    """Whether no row can be told by a word: «штатив чтоб шёл вместе», «клиент просил»."""
    joins = word in act_words().so_that or is_adverb(word)
    return joins or is_verb(word) or is_somebody(word)


class Message:
    """The words of acts, the rows that are meant, the pieces, and what is left as a query."""

    def __init__(self, text: str, state: ConversationState, goods: Goods) -> None:
        self._state, self._goods = state, goods
        self._words = act_words()
        self._taken_back = False
        self._and_of = _AND.match(text) is not None
        text = with_whole_codes(with_nouns(text, goods), goods, state.focus)
        text = without_replaced(self._one_more(text), goods, state.focus)
        text, self._like = self._same_as(self._as_many(text))
        self._text = text = _CONJUNCTION.sub(self._unjoined, self._corrected(text))
        self._whole = [q.adding(*self._like) for q in goods.parse(text, about=state.focus)]
        self._cues: Cues = self._read(text)
        if len(self._whole) > 1:  # «5 катушек, сумма?»: words of acts alone are no goods
            self._whole = [q for q in self._whole if not _of_acts(q)] or self._whole
        self._asked_of = self._attribute()
        self._meant: Meant = references.meant(self._cues, state, goods)
        self._count: Counted = counted(
            self._cues,
            self._quantity(),
            priced=self._meant.cues + references.told_prices(self._cues, state, goods),
        )
        self._said = self._description().adding(*self._like)
        if pieces := self._of_them():
            self._count = Counted(pieces=pieces.number, cues=(pieces,))
            self._said = self._description().adding(*self._like)

    @staticmethod
    def _one_more(text: str) -> str:
        match = _PLUS.match(text)
        is_thing = match is not None and part_of_speech(match[1].lower()) == "noun"
        return text[match.end() :] if match and is_thing else text

    @staticmethod
    def _unjoined(match: re.Match[str]) -> str:
        """What stands before the conjunction; all of it after a word of goods: «самсунг а 11»."""
        word = match["word"]
        cues = cue_reader().read(word) if word else None
        return match[0] if cues and cues.left else match["before"]

    def _as_many(self, text: str) -> str:
        """«чёрных столько же»: the pieces that were counted last."""
        cues = cue_reader().read(text)
        for cue in cues.of("as_many") if self._state.count else ():
            start, end = cues.tokens[cue.first].start, cues.tokens[cue.last - 1].end
            return f"{text[:start]}{self._state.count} шт{text[end:]}"
        return text

    def _same_as(self, text: str) -> tuple[str, tuple[Facet, ...]]:
        """«того же объёма»: what the row in focus has of it, and the text without these words."""
        if len(self._state.in_focus) != 1:
            return text, ()
        tokens = cue_reader().read(text).tokens
        for at in range(len(tokens) - 2):
            if f"{tokens[at].text} {tokens[at + 1].text}" not in self._words.same_as:
                continue
            noun = tokens[at + 2]
            if noun.text[0].isdigit():
                continue  # «тех же 10»
            if like := facets_like(noun.text, self._state.in_focus[0], self._goods):
                return f"{text[: tokens[at].start]} {text[noun.end :]}".strip(), like
        return text, ()

    def _read(self, text: str) -> Cues:
        """The cues; «дешевле», «дороже» before a number are bounds of the price and none."""
        cues = self._with_measures(cue_reader().read(text))
        if not any(query.price.bounded for query in self._whole):
            return cues
        numbers = {cue.first for cue in cues.of("number")}
        numbers |= {n for n, token in enumerate(cues.tokens) if token.text[0].isdigit()}  # «100р»
        bounds = [
            cue
            for cue in cues.of("sort_cheap", "sort_dear", "each", "more")
            if cue.last in numbers or (cue.last + 1 in numbers and cue.name != "each")
        ]
        bounds += [c for c in cues.of("sort_cheap", "sort_dear") if self._bounds(c, cues)]
        # «дороже сотки не беру»: a bound, too, and nothing is taken
        bounds += [c for c in cues.of("take") if c.first and cues.tokens[c.first - 1].text == "не"]
        return replace(cues, found=tuple(cue for cue in cues.found if cue not in bounds))

    def _bounds(self, cue: Cue, cues: Cues) -> bool:
        """«не дороже тысячи»: without the word no such price is read."""
        left = self._goods.parse(cues.without([cue]), about=self._state.focus)
        return [query.price for query in left] != [query.price for query in self._whole]

    def _with_measures(self, cues: Cues) -> Cues:
        """«шприцов шесть», «десять тюбов» of rows shown: what nobody knows is what is counted.

        Only beside the one number, in the form that the number wants.
        """
        numbers = cues.of("number")
        if len(numbers) != 1 or not self._state.in_focus:
            return cues
        (number,) = numbers
        shown = [row.name for row in map(self._goods.row, self._state.in_focus) if row]
        if any(named(str(number.number), name) for name in shown):
            return cues  # «300 мбит»
        before = cues.tokens[number.first - 1].text if number.first else ""
        behind = number.last if before not in FOR - {"за"} else len(cues.tokens)
        for at in {behind, number.first - 1}:
            token = cues.tokens[at] if 0 <= at < len(cues.tokens) else None
            if token is None or token not in cues.left or not has_cyrillic(token.text):
                continue
            counted = (
                is_counted_by(token.text, number.number) or not is_word(token.text)
                if at == number.last
                else is_of_many(token.text)
            )
            first, last = sorted((number.first, at))
            whole = self._goods.parse(cues.text[cues.tokens[first].start : cues.tokens[last].end])
            if counted and whole[0].unknown and not whole[0].values:
                cue = Cue(name="pieces", first=at, last=at + 1)
                found = sorted((*cues.found, cue), key=lambda one: one.first)
                return replace(cues, found=tuple(found))
        return cues

    def _containers(self) -> list[Cue]:
        """«бутылок по 0,5 отложите 10»: what pieces are called, apart from their number."""
        if not self._count.pieces:
            return []
        return [c for c in self._cues.of("pieces") if is_of_many(self._cues.tokens[c.first].text)]

    def _quantity(self) -> int:
        """The pieces that the search reads; none where their number is a row's price: «по 28»."""
        pieces = max((query.quantity for query in self._whole), default=0)
        return 0 if any(cue.number == pieces for cue in self._meant.cues) else pieces

    def _corrected(self, text: str) -> str:
        """«не про, а про макс»: what is meant, without what is taken back."""
        match = _TAKEN_BACK.search(text)
        focus = self._state.focus
        if match is None or focus is None:
            return text  # «не айфон 13 а 14»: the whole is read by the search itself
        if self._numbers_alone(match["before"]):
            return text  # «не 5, 4»: pieces, read by their cues
        before = self._goods.parse(match["before"], about=focus)[0]
        if not (says_something(before) or before.goods):
            return text
        meant = self._goods.parse(text[match.start("meant") :], about=focus)[0]
        if not match["but"] and not _alike(before, meant):
            return text  # «не HG, подешевле» takes nothing back
        self._taken_back = True
        return f"{text[: match.start()]} {text[match.start('meant') :]}".strip()

    def _numbers_alone(self, text: str) -> bool:
        """Whether so many pieces were counted as the text says, which says nothing else."""
        cues = cue_reader().read(text)
        numbers = [cue.number for cue in cues.of("number")]
        counted = {pieces for _, pieces in self._state.lines}
        return len(numbers) == 1 and numbers[0] in counted and not cues.left

    def _attribute(self) -> str:
        """The property asked for; "" where its words state a value: «на 15 ватт»."""
        for cue in self._cues.of("attribute"):
            if self._comes_with(cue):
                continue
            values = set(properties()[cue.of].values)
            if not any(value.name in values for query in self._whole for value in query.values):
                return cue.of
        return "pack" if self._asks_of_a_pack() else self._bare_property()

    def _asks_of_a_pack(self) -> bool:
        """«а шесть их там в пачке?», «в коробке их сколько»: how many are in one."""
        tokens, cues = self._cues.tokens, self._cues
        packs = [c for c in cues.of("pieces") if c.first and tokens[c.first - 1].text in _IN]
        asks = cues.has("how_much") and not cues.has("number")
        return (
            bool(packs)
            and not cues.has("take")
            and (asks or (cues.has("number") and self._text.rstrip().endswith("?")))
        )

    def _bare_property(self) -> str:
        """«цвет?», «а фирма?»: the property whose noun is all that the message says."""
        if len(self._cues.left) != 1 or self._cues.has("number", "ordinal"):
            return ""
        (noun,) = self._cues.left
        called = (name for name, one in properties().items() if is_called(noun.text, one.nouns))
        return next(called, "")

    def _comes_with(self, cue: Cue) -> bool:
        """«с повышенной ёмкостью»: what the goods should have, and no question about it."""
        before = [token.text for token in self._cues.tokens[max(0, cue.first - 2) : cue.first]]
        return any(
            word in self._words.with_ for word in before
        ) and not self._words.which.intersection(before)

    def _of_them(self) -> Cue | None:
        """«чёрных стёкол 10», «счёт на 8 держателей»: pieces, beside the noun of the rows in focus.

        A noun of one thing has a model's number: «стекло 10».
        """
        numbers = self._cues.of("number")
        if self._count.pieces or self._meant.codes or len(numbers) != 1:
            return None
        (number,) = numbers
        before = {t.text for t in self._cues.tokens[max(0, number.first - 1) : number.first]}
        nouns = [t.text for t in self._cues.left if part_of_speech(t.text) == "noun"]
        if not nouns or not any(map(is_of_many, nouns)) or before & FOR - {"на"}:
            return None
        (said, *others) = self._goods.parse(self._cues.without([number]), about=self._state.focus)
        if others or not said.goods or said.devices:
            return None
        rows = [row for row in map(self._goods.row, self._state.in_focus) if row]
        typed = self._cues.tokens[number.first].text
        of_them = any(
            self._is_called(row.code, said.goods) or self._is_headed(row.code, said.goods)
            for row in rows
        )
        return number if of_them and not any(named(typed, row.name) for row in rows) else None

    # --- what it says beside the words of acts

    def _description(self) -> Query:
        """The message without the words of acts, as a query; an empty one where none is left."""
        if self._asked_of and not self._cues.has("attribute"):
            return Query()  # «метраж?» is no goods of that name
        dropped = [c for c in self._cues.of(*_DROPPED) if not self._refused(c)]
        if not self._asked_of:
            dropped = [c for c in dropped if c.name != "attribute"]
        dropped += [*self._meant.cues, *self._noes(), *self._containers()]
        if not self._count.alone:
            dropped += self._count.cues
            dropped += [c for c in self._cues.of("each")]
        left = self._cues.without(dropped)
        if not any(char.isalnum() for char in left) or not self._content(dropped):
            return Query()
        queries = self._goods.parse(left, about=self._state.focus)
        said = self._as_written(replace(queries[0], quantity=0, sort=""))
        if gives_a_reason(said):
            said = replace(said, talk=())
        said = self._without_bystanders(_without_idle_noes(self._without_sighs(said)))
        return self._of_rows(said, left) or self._with_parts(said)

    def _without_sighs(self, said: Query) -> Query:
        """«две лампы, у нас близнецы»: a noun that nobody knows beside the goods that are counted.

        Without their number «три чехла» leans on it: only the whole tells which of them is said.
        """
        told = any(word.options for word in said.goods)
        if not (self._count.pieces and told and len(self._whole) == 1):
            return said
        nouns = {w.said for w in self._whole[0].words if w.speech == "noun" and not w.must}
        kept = (
            f
            for f in said.facets
            if not isinstance(f, Words) or f.options or f.exclude or f.said not in nouns
        )
        return replace(said, facets=tuple(kept))

    def _without_bystanders(self, said: Query) -> Query:
        """«синий бы внучке»: a noun that nobody knows, in a case that no goods are asked for in.

        It is said back as unknown; in the first case («тройник белый») it is what is asked for.
        """
        aside = tuple(
            word
            for word in said.goods
            if not word.options and is_word(word.said.lower()) and not is_subject(word.said.lower())
        )
        if self._state.focus is None or not aside or len(aside) < len(said.goods):
            return said
        left = replace(said, facets=tuple(f for f in said.facets if f not in aside))
        return left if says_something(left) else said

    def _as_written(self, said: Query) -> Query:
        """«на крышке написано A225F»: the place is no goods that are asked for."""
        if not (self._cues.has("written") and said.devices):
            return said
        places = tuple(word for word in said.words if word.governed)
        return replace(said, facets=tuple(f for f in said.facets if f not in places))

    def _with_parts(self, said: Query) -> Query:
        """«в рамке», «с кабелем» of rows that have it: a part of them and no goods asked for."""
        if not said.goods or not all(word.governed for word in said.goods):
            return said
        shown = (*self._state.listed, *self._state.chosen)
        there = any(self._is_called(code, said.goods) for code in shown)
        if not there and not self._kin_have(said.goods):
            return said
        parts = (
            replace(f, name="part") if isinstance(f, Words) and f in said.goods else f
            for f in said.facets
        )
        return replace(said, facets=tuple(parts))

    def _kin_have(self, parts: tuple[Words, ...]) -> bool:
        """«в рамке» where displays of other models are: then it may be asked of these, too."""
        focus = self._state.focus
        if focus is None or not all(word.options for word in parts):
            return False
        named = focus.goods or tuple(f for f in focus.words if f.must and f.name in _NAMES)
        if not named:
            return False
        wanted = tuple(replace(word, name="part") for word in parts)
        rows = self._goods.find(Query(facets=(*named, *wanted)), limit=1).rows
        return any(self._is_called(hit.row.code, parts) for hit in rows)

    def _of_rows(self, said: Query, left: str) -> Query | None:
        """A noun that no goods are called by, but a row shown has: «плоский контакт»."""
        unknown = [word for word in said.goods if not word.options]
        if not unknown or len(unknown) < len(said.goods):
            return None
        words = [token.text for token in cue_reader().read(left).left]
        numbers = [t.text for t in cue_reader().read(left).tokens if t.text[0].isdigit()]
        rows = [row for row in map(self._goods.row, self._state.listed) if row]
        if not any(named_all([*numbers, *words], row.name) for row in rows):
            return None
        return replace(said, facets=tuple(f for f in said.facets if f not in unknown), unknown=())

    def _content(self, dropped: list[Cue]) -> bool:
        """Whether any word is left that is not of an act nor little."""
        gone = {at for cue in dropped for at in range(cue.first, cue.last)}
        little = {
            at for c in self._cues.of("little", "refuse", "each") for at in range(c.first, c.last)
        }
        return any(at not in gone | little for at in range(len(self._cues.tokens)))

    def _refused(self, cue: Cue) -> bool:
        """«KF не надо», «зелёное не пойдёт»: what is not wanted is told by the words together."""
        before = self._cues.tokens[cue.first - 1].text if cue.first else ""
        of_device = any(query.devices or query.values for query in self._whole)
        return before == "не" and (cue.name == "take" or (cue.name == "fits" and not of_device))

    def _noes(self) -> list[Cue]:
        """«нет, мне…», «не, давай…»: a refusal and no negation of what follows."""
        found = []
        for cue in self._cues.of("refuse"):
            end = self._cues.tokens[cue.last - 1].end
            word = self._cues.tokens[cue.first].text
            if word != "не" or self._cues.text[end : end + 1] == ",":
                found.append(cue)
        return found

    def _left(self) -> tuple[str, ...]:
        """The words that belong to no act, and those that may tell a row by themselves."""
        gone = {*self._count.cues, *self._containers()}
        dropped = [c for c in self._cues.found if c.name not in VALUES or c in gone]
        left = cue_reader().read(self._cues.without(dropped))
        return tuple(token.text for token in left.tokens if not _is_aside(token.text))

    @property
    def _describes(self) -> bool:
        return says_something(self._said.without("goods"))

    def _same_goods(self, query: Query) -> bool:
        """Whether the goods named are those that are spoken of, and for no other device."""
        if not query.goods or any(not d.exclude for d in query.devices):
            return False
        shown = (*self._state.chosen, *self._state.listed, *self._state.taken)
        return any(self._is_called(code, query.goods) for code in shown) or (
            bool(self._count.pieces) and any(self._is_headed(c, query.goods) for c in shown)
        )

    def _is_called(self, code: str, words: tuple[Words, ...]) -> bool:
        return all(self._goods.has(code, word) for word in words)

    def _is_headed(self, code: str, goods: tuple[Words, ...]) -> bool:
        """«10 стёкол» of camera glass, «8 держателей» of car holders: its name begins so."""
        row = self._goods.row(code)
        head = row.name.split()[0].lower().replace("ё", "е") if row else ""
        return bool(head) and all(ends_like(w.said.lower().replace("ё", "е"), head) for w in goods)

    def _has_all(self, code: str, said: Query) -> bool:
        met = all(self._goods.has(code, f) is (not f.exclude) for f in said.facets)
        return met and all(self._goods.fits(code, d) for d in said.devices if not d.exclude)

    def _finds(self, said: Query) -> bool:
        focus = self._state.focus
        if focus is None:
            return False
        return any(self._goods.find(query, limit=1).kind != "none" for query in merged(focus, said))
