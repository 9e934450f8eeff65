"""A line's goods by words of what they should be: «не HG, а KF», «оригинал», «0,6, а не 0,5»."""

import re
from collections.abc import Sequence
from dataclasses import replace

from optfm.orders import clauses, pointing
from optfm.orders.alternatives import Alternatives
from optfm.orders.draft import Draft
from optfm.orders.matching import Matcher
from optfm.orders.mentions import Mentions
from optfm.orders.notes import text_of
from optfm.orders.order import MOST_OPTIONS, Line
from optfm.orders.outcomes import is_missing_a_word
from optfm.orders.properties import plainest, without_packs
from optfm.orders.quantities import (
    only_amount,
    plain,
)
from optfm.orders.words import order_words
from optfm.text.morphology import stem

_NOT_BUT = re.compile(
    r"(?<!\w)не\s+(?P<old>(?:[^,]|,(?=\d)){2,40}?)\s*,?\s+а\s+(?P<new>(?:[^,]|,(?=\d)){2,60})$"
)
#: «0,6 а не 0,5»
_SIZE_NOT = re.compile(
    r"(?<![\w.,])(?P<new>\d+[.,]\d+)\s*(?:[^\W\d]{1,3}\.?)?\s*,?\s+а\s+не\s+(?P<old>\d+[.,]\d+)(?!\d)"
)
_ONE_FOR_ANOTHER = re.compile(r"^(?P<old>[^\d,]{2,40}?)\s+на\s+(?P<new>[^\d\s,][^\d,]{1,40})$")
_BARE_NUMBER = re.compile(r"(?<![\w.,-])\d{1,4}(?![\w.,-])")
_WITH_UNIT = re.compile(r"(?<![\w.,-])\d+(?:[.,]\d+)?\s?([^\W\d_]{1,3})(?!\w)")
_NO_MORE = re.compile(r"^(?:а\s+)?не\s+([^\d,][^,]{1,30})$")
#: lines that are each tried with words that name none of them
_FEW = 20
#: so many words of a line may each be the one that new words take the place of
_MOST_RIVALS = 8


class Rewording:
    """Asks for a line's goods anew, with the words that the customer adds."""

    def __init__(self, matcher: Matcher, mentions: Mentions, alternatives: Alternatives) -> None:
        self.matcher = matcher
        self.goods = matcher.goods
        self.mentions = mentions
        self.alternatives = alternatives

    def reword(self, draft: Draft, at: int, new: str) -> bool:
        """Other goods for a line: «оригинал», «чёрные», «TG 671», a code."""
        line = draft.order.lines[at]
        new = self._with_unit(line, new)
        if not re.search(r"[^\W\d_]|\d{3}|\d[.,]\d", new):
            return False
        if order_words().plainest.fullmatch(new) and line.state == "sure":
            return self._plainer(draft, at)
        sense = self.goods.sense(new)
        if line.state == "sure" and (code := self.alternatives.in_colour_alone(line, new)):
            draft.put(at, self.matcher.taken(replace(line, said=f"{line.said} {new}"), code))
            return True
        kind = self.goods.kind_of(line.code) if line.state == "sure" else line.asked
        asked = without_packs(line.asked) if without_packs(new) != new else line.asked
        questions = [self.goods.leaning(asked, new), self.goods.leaning(kind, new)]
        if sense.goods or sense.code:
            own = not sense.whole and bool(line.code) and self.goods.is_kind(new, line.code)
            questions = [*questions[:1], new] if own else [new]  # «колонку красную» for a black one
        elif sense.colour and not (sense.known or sense.whole or sense.value):
            questions = questions[:1]  # another colour is of the very same goods
        else:
            questions += self._without_a_rival(line, new)
        for question in dict.fromkeys(questions):
            said = new if sense.goods or sense.code else f"{line.said} {new}"
            found = self.matcher.asked(question, said=said, quantity=line.quantity)
            if found.state not in ("sure", "choose") or is_missing_a_word(found):
                continue
            if found.code and found.code == line.code and not self.goods.meets(new, found.code):
                continue  # «под lightning» of a type-c one
            if line.state == "sure" and _is_of_many(found):
                continue  # «дисплей обратно»: the words have not told one thing from another
            draft.put(at, found)
            return True
        return False

    def _with_unit(self, line: Line, new: str) -> str:
        """«64 pro» as «64gb pro» for a card of 32GB: a number in what the goods are told by."""
        number, named = _BARE_NUMBER.search(new), _WITH_UNIT.search(plain(line.name))
        measured = self.goods.sense(new).value
        if line.state != "sure" or number is None or named is None or measured:
            return new
        if self.goods.device_of(line.asked) or not self.goods.sense(named[0]).value:
            return new
        return f"{new[: number.end()]}{named[1]}{new[number.end() :]}"

    def _without_a_rival(self, line: Line, new: str) -> list[str]:
        """«bl-68at es лучше mt»: what was asked for without one word, and the new one."""
        words = line.asked.split()
        if not 2 <= len(words) <= _MOST_RIVALS:
            return []
        return [" ".join([*(w for w in words if w != one), new]) for one in dict.fromkeys(words)]

    def _plainer(self, draft: Draft, at: int) -> bool:
        """«замени на обычный»: of the same kind, the goods whose words all the others have."""
        line = draft.order.lines[at]
        options = plainest(self.alternatives.kin(line))
        if len(options) != 1:
            return False
        draft.put(at, self.matcher.taken(line, options[0].code))
        return True

    def takes_article(self, draft: Draft, clause: str) -> bool:
        """«T60 беру» after cheaper goods were offered: an article in place of the line's goods."""
        at, words = draft.focus, clauses.core(clause)
        sense = self.goods.sense(words)
        if draft.touched or at < 0 or not sense.article or sense.goods or sense.code:
            return False
        line, before = draft.order.lines[at], draft.before
        was = before.lines[at] if before and at < len(before.lines) else None
        if was and was.code == line.code and was.quantity != line.quantity:
            return False  # the talk was about its count
        tried = Draft(draft.order, at)
        if self.mentions.refs(draft, words) or not self.reword(tried, at, words):
            return False
        found = tried.order.lines[at]
        code = line.code or next((option.code for option in line.options), "")
        same = self.goods.is_kind(self.goods.kind_of(code), found.code)
        if found.state != "sure" or not same or not self.goods.meets(words, found.code):
            return False
        draft.put(at, found)
        return True

    def exchanges_only(self, draft: Draft, new: str) -> bool:
        """«ну тогда incell»: the one line whose goods are there as the words say."""
        places = self.only(draft, range(len(draft.order.lines)), new)
        return bool(places) and self.reword(draft, places[0], new)

    def only(self, draft: Draft, places: Sequence[int], new: str) -> list[int]:
        """The line, if it is one, that other goods are sure for by the words."""
        if not 1 < len(places) <= _FEW:
            return []
        found = []
        for at in places:
            tried = Draft(draft.order, at)
            if self.reword(tried, at, new) and tried.order.lines[at].state == "sure":
                found.append(at)
        return found if len(found) == 1 else []

    def other_size(self, draft: Draft, low: str) -> bool:
        """«во второй 0,6, а не 0,5»: the one line of the old size, asked for in the new one."""
        match = _SIZE_NOT.search(low)
        if match is None:
            return False
        old = re.compile(re.sub("[.,]", "[.,]", rf"(?<!\d){match['old']}(?!\d)"))
        sized = [at for at, line in enumerate(draft.order.lines) if old.search(line.asked)]
        places = [at for at in pointing.places(low) if at in sized] or sized
        if len(places) != 1:
            return False
        line = draft.order.lines[places[0]]
        asked = old.sub(match["new"], line.asked)
        return self._asked_anew(draft, places[0], asked)

    def not_but(self, draft: Draft, low: str) -> bool:
        """«акб 11 не HG, а KF»: what goods are not, and what they should be."""
        match = _NOT_BUT.search(low)
        if match is None or any(only_amount(match[name]) for name in ("old", "new")):
            return False
        named = clauses.core(f"{low[: match.start()]} {match['old']}")
        places = self.mentions.refs(draft, named) or self.mentions.refs(
            draft, clauses.core(match["old"])
        )
        new = clauses.core(match["new"])
        places = places if len(places) == 1 else self.only(draft, places, new)
        if not places:
            return False
        return self.reword(draft, places[0], new) or self._reworded(
            draft, places[0], clauses.core(match["old"]), new
        )

    def _reworded(self, draft: Draft, at: int, old: str, new: str) -> bool:
        """A line asked for anew, with the new words in the place of the old ones."""
        line, gone = draft.order.lines[at], {stem(word) for word in plain(old).split()}
        kept = [word for word in line.asked.split() if stem(plain(word)) not in gone]
        if len(kept) == len(line.asked.split()) or not kept:
            return False
        return self._asked_anew(draft, at, f"{' '.join(kept)} {new}")

    def _asked_anew(self, draft: Draft, at: int, asked: str) -> bool:
        quantity = draft.order.lines[at].quantity
        found = self.matcher.asked(asked, said=asked, quantity=quantity)
        if found.state not in ("sure", "choose") or is_missing_a_word(found):
            return False
        draft.put(at, found)
        return True

    def is_no_more(self, draft: Draft, low: str) -> bool:
        """«под lightning нужны, не type-c»: what the line just changed is not, and is no more."""
        match, line = _NO_MORE.match(low), draft.focused()
        words = clauses.core(match[1]) if match and not clauses.verb(low) else ""
        if not words or line is None or line.state != "sure":
            return False
        sense = self.goods.sense(words)
        said = (sense.known or sense.colour) and not sense.goods
        return said and not self.goods.meets(words, line.code)

    def one_for_another(self, draft: Draft, low: str) -> bool:
        """«hg на kf»: words of one line, and what they should be."""
        match = _ONE_FOR_ANOTHER.match(low)
        if match is None:
            return False
        old, new = clauses.core(match["old"]), clauses.core(match["new"])
        places, sense = self.mentions.refs(draft, old), self.goods.sense(new)
        told = sense.known or sense.colour
        if len(places) != 1 or not told or sense.goods or sense.whole or sense.value:
            return False
        return self.reword(draft, places[0], new)

    def rewords_one(self, draft: Draft, clause: str) -> bool:
        """«наушники чёрные лучше»: words that name one line, then what it should be."""
        words = clauses.core(clause).split()
        for cut in range(len(words) - 1, 0, -1):
            for named, new in ((words[:cut], words[cut:]), (words[-cut:], words[:-cut])):
                places = self.mentions.refs(draft, " ".join(named))
                sense = self.goods.sense(" ".join(named))
                told = sense.goods or sense.device or sense.article or named[0].isdigit()
                if not places or not told:
                    continue
                if len(places) > 1 and not (places := self.only(draft, places, " ".join(new))):
                    continue
                if not self.reword(draft, places[0], " ".join(new)):
                    line = draft.order.lines[places[0]]
                    note = text_of("no_such", what=" ".join(new))
                    draft.put(places[0], replace(line, note=note))
                return True
        return False


def _is_of_many(line: Line) -> bool:
    return line.state == "choose" and len(line.options) >= MOST_OPTIONS and bool(line.note)
