"""Open lines decided, or narrowed, by a clause: «инселл давай», «11 за 1560», «всё hg»."""

import re
from collections.abc import Sequence
from dataclasses import replace

from optfm.orders import clauses
from optfm.orders.choosing import Chooser
from optfm.orders.draft import Draft
from optfm.orders.matching import Matcher
from optfm.orders.mentions import Mentions
from optfm.orders.notes import money, text_of
from optfm.orders.order import Line
from optfm.orders.outcomes import is_missing_a_word, with_notes
from optfm.orders.quantities import Amount, plain

_NUMBER_AND_WORDS = re.compile(r"^(\d{1,4})(?:-?(?:й|я|е|х|ый|ая))?\s+([^\W\d].*)$")
#: «не ультра» at the end of a clause
_NOT_SO = re.compile(r"(?<!\w)не\s+(\S+(?:\s+\S+)?)\s*$")


def is_a_price(match: re.Match[str]) -> bool:
    """Whether «который 645» is said: a price whatever the goods cost, never a count."""
    return match["how"].startswith("котор")


class Deciding:
    """Decides open lines by what a clause says of their goods."""

    def __init__(self, matcher: Matcher, mentions: Mentions) -> None:
        self.matcher = matcher
        self.goods = matcher.goods
        self.mentions = mentions
        self.chooser = Chooser(matcher)

    def choose_words(self, draft: Draft, at: int, words: str) -> bool:
        """«первый remax»: the options of a line that have what the words say."""
        line = self.chooser.by_words(draft.order.lines[at], words)
        if line is not None:
            draft.put(at, line)
        return line is not None

    def of_a_number(self, draft: Draft, low: str) -> bool:
        """«16 без адаптера»: of the one open line that has the number, what the words say."""
        match = _NUMBER_AND_WORDS.match(low)
        places = self.mentions.with_number(draft.order, int(match[1])) if match else []
        opened = [at for at in places if self.is_open(draft, at)]
        if match is None or len(opened) != 1 or len(places) != 1:
            return False
        return self.choose_words(draft, opened[0], match[2])

    def lacks(self, draft: Draft, low: str) -> bool:
        """«крона не ультра»: the options of an open line without what the words say."""
        match = _NOT_SO.search(low)
        banned = clauses.core(match[1]) if match else ""
        if not banned or not self.goods.sense(banned).known:
            return False
        core = clauses.core(low[: match.start()]) if match else ""
        places = self.mentions.refs(draft, core) if core else list(draft.order.open_lines)
        for at in places:
            line = draft.order.lines[at]
            left = [o for o in line.options if not self.goods.meets(banned, o.code)]
            if line.state != "choose" or not left or len(left) == len(line.options):
                continue
            one = len(left) == 1
            draft.put(
                at,
                self.matcher.taken(line, left[0].code)
                if one
                else replace(line, options=tuple(left)),
            )
            return True
        return False

    @staticmethod
    def is_open(draft: Draft, at: int) -> bool:
        """Whether a line is to be chosen in."""
        return draft.order.lines[at].state == "choose"

    def nth(self, draft: Draft, at: int, place: int) -> bool:
        """«акб первый»: the option at that place of a line's own."""
        line = draft.order.lines[at]
        if not 0 <= place < len(line.options):
            return False
        draft.put(at, self.matcher.taken(line, line.options[place].code))
        return True

    def by_rank(self, draft: Draft, sentence: str) -> bool:
        """«дисплей второй по цене»: the goods at that place from the cheapest on."""
        low = plain(sentence)
        match = self.mentions.words.verbs["by_price"].search(low)
        before = low[: match.start()].split() if match else []
        rank = self.mentions.words.ordinals.get(before[-1]) if before else None
        if match is None or rank is None or "?" in sentence:
            return False
        core = clauses.core(" ".join([*before[:-1], low[match.end() :]]))
        numbered = re.fullmatch(r"(\d{1,3})-?[а-я]{0,2}", core)
        places = self.mentions.refs(draft, core) if core else [draft.target()]
        if numbered and not places:
            places = self.mentions.with_number(draft.order, int(numbered[1]))
        for at in places:
            line = draft.order.lines[at]
            options = sorted(self.matcher.every_option(line.asked), key=lambda o: o.price_kop)
            if line.state in ("sure", "choose") and rank <= len(options):
                draft.put(at, self.matcher.taken(line, options[rank - 1].code))
                return True
        return False

    def by_price(self, draft: Draft, low: str, match: re.Match[str]) -> bool:
        """«11 за 1560»: of the goods to choose from, the one at that price."""
        core = clauses.core(f"{low[: match.start()]} {low[match.end() :]}")
        places = self.mentions.refs(draft, core) if core else list(draft.order.open_lines)
        kop = int(match["price"]) * 100
        if is_a_price(match) and not places:  # «который 645»: shown just before
            lines = enumerate(draft.order.lines)
            places = [at for at, line in lines if self.chooser.by_price(line, kop)]
            places = [draft.focus] if draft.focus in places else places[:1] * (len(places) == 1)
        for at in places:
            if line := self.chooser.by_price(draft.order.lines[at], kop):
                draft.put(at, line)
                return True
        if len(places) == 1 and match["how"] != "по":  # «по 10» may be a count
            line = draft.order.lines[places[0]]
            draft.put(places[0], replace(line, note=text_of("no_such_price", price=money(kop))))
            return True
        return False

    def is_named(self, draft: Draft, at: int, rest: str) -> bool:
        """Whether the words are the customer's own for a line that is to be chosen."""
        return self.mentions.named_so(rest, draft.order.lines[at])

    def narrows(self, draft: Draft, at: int, rest: str) -> bool:
        line = draft.order.lines[at]
        return line.state == "choose" or (
            len(line.codes) > 1 and bool(self.goods.sense(rest).colour)
        )

    def chooses(
        self, draft: Draft, places: Sequence[int], rest: str, amount: Amount | None
    ) -> bool:
        """«инселл давай», «одну чёрную»: words that decide an open line, a number or not."""
        opened = [at for at in places if self.narrows(draft, at, rest)]
        if not opened:
            return False
        at = draft.focus if draft.focus in opened else opened[0]
        line = draft.order.lines[at]
        if self.mentions.named_so(rest, line) and amount:
            return False  # his own words again, with another number
        codes = [o.code for o in line.options] if line.state == "choose" else list(line.codes)
        fitting = [code for code in codes if self.goods.meets(rest, code)]
        if not fitting or (len(fitting) == len(codes) and line.state == "choose"):
            return False
        if len(fitting) == 1 or line.state == "sure":
            chosen = self.matcher.taken(line, fitting[0])
        else:
            chosen = replace(line, options=tuple(o for o in line.options if o.code in fitting))
        if amount and amount.value:
            chosen = with_notes(replace(chosen, quantity=amount.value, note=""))
        draft.put(
            at,
            replace(
                chosen, said=f"{line.said} {rest}" if rest not in plain(line.said) else line.said
            ),
        )
        return True

    def chooses_each(self, draft: Draft, rest: str) -> bool:
        """«всё hg»: of every open line."""
        done = [self.choose_words(draft, at, rest) for at in draft.order.open_lines]
        return any(done)

    def refines(self, draft: Draft, rest: str) -> bool:
        """Words without a number that an open line's goods have: looked up anew."""
        opened = draft.order.open_lines
        for at in sorted(opened, key=lambda at: at != draft.focus):
            line = draft.order.lines[at]
            if chosen := self.chooser.by_words(line, rest):
                draft.put(at, chosen)
                return True
            found = self.matcher.asked(
                f"{line.asked} {rest}", said=f"{line.said} {rest}", quantity=line.quantity
            )
            if not self._is_of(line, found):
                continue  # «матрица x8 оригинал» of another device, «про макс уменьши»
            if found.state == "sure" or (
                found.state == "choose" and len(found.options) < len(line.options)
            ):
                draft.put(at, found)
                return True
        return False

    def _is_of(self, line: Line, found: Line) -> bool:
        """Whether all that was found is among what a line may be."""
        known = {option.code for option in self.matcher.every_option(line.asked)}
        codes = {found.code} if found.code else {option.code for option in found.options}
        return bool(codes) and codes <= known and not is_missing_a_word(found)
