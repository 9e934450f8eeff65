"""Other goods for a line: «замени на оригинал», «вместо HG KF», «подешевле для 2»."""

import re
from dataclasses import replace

from optfm.orders import clauses
from optfm.orders.choosing import plainest
from optfm.orders.draft import Draft
from optfm.orders.edit_words import edit_words
from optfm.orders.matching import Matcher, is_missing_a_word
from optfm.orders.mentions import Mentions
from optfm.orders.notes import text_of
from optfm.orders.order import Line, Option
from optfm.orders.quantities import plain
from optfm.orders.words import order_words

_FOR_LINE = re.compile(r"(?<!\w)(?:для|у|в|на)\s+(\d{1,3})(?:-?(?:го|й|ой|я))?\s*$")
_IN_PLACE_OF_IT = re.compile(r"^\s*(?:него|нее|них|этого|этой|этих)\s+(?=\S)")
_LEADING_LINE = re.compile(r"^(\d{1,3})(?:-?(?:ю|я|е|й|го))?$")


class Exchanging:
    """Puts other goods in the place of a line's."""

    def __init__(self, matcher: Matcher, mentions: Mentions) -> None:
        self.matcher = matcher
        self.goods = matcher.goods
        self.mentions = mentions
        self.words = edit_words()

    def exchange(self, draft: Draft, clause: str, verb: str) -> bool:
        """«замени на оригинал», «вместо HG KF», «подешевле для 2»."""
        if not draft.order.lines:
            return False
        low = plain(clause)
        places = self.mentions.pointed(draft, low)
        core = clauses.core(_FOR_LINE.sub("", low) if places else low)
        if verb == "replace":
            return self._replace(draft, low, places)
        if not places and core and (found := self.mentions.refs(draft, core)):
            places = found
        if not places and core and not draft.order.open_lines:
            return self.rewords_one(draft, clause)
        if len(places) < 2 and not core and order_words().each.search(low):
            places = list(draft.order.open_lines) or list(range(len(draft.order.lines)))
        for at in places or [draft.target()]:
            self._dearer_or_cheaper(draft, at, verb, low)
        return True

    def in_place_of_gone(self, draft: Draft, low: str) -> str:
        """«…, вместо него 2 кабеля»: the goods that go in the place of those just removed."""
        body = self.words.verbs["replace"].sub("\0", low, count=1)
        instead = re.search(r"(?<!\w)(?:вместо|взамен)(?!\w)", low)
        match = _IN_PLACE_OF_IT.match(body.partition("\0")[2])
        if not (instead and draft.gone and match):
            return ""
        return body.partition("\0")[2][match.end() :]

    def _dearer_or_cheaper(self, draft: Draft, at: int, verb: str, low: str) -> None:
        line = draft.order.lines[at]
        most = re.search(r"(?<!\w)сам\w+", low) is not None
        if line.state == "choose" and line.options:
            options = sorted(line.options, key=lambda o: o.price_kop, reverse=verb == "dearer")
            draft.put(at, self.matcher.taken(line, options[0].code))
            return
        if line.state != "sure":
            draft.touched.append(at)
            return
        options = [
            o for o in self._kin(line) if o.code != line.code
            and o.price_kop != line.price_kop
            and (o.price_kop < line.price_kop) == (verb == "cheaper")
        ]  # fmt: skip
        options.sort(key=lambda o: o.price_kop, reverse=verb == "dearer")
        if not options:
            note = text_of("no_cheaper" if verb == "cheaper" else "no_dearer")
            draft.put(at, replace(line, note=note))
        elif most or len(options) == 1:
            draft.put(at, self.matcher.taken(line, options[0].code))
        else:
            draft.put(at,
                replace(
                    line, state="choose", options=tuple(options[:5]), code="", codes=(), name="",
                    price_kop=0, percent=0, status="", note="",
                ),
            )  # fmt: skip

    def _kin(self, line: Line) -> list[Option]:
        """The goods of the same kind for the same device."""
        return self.matcher.every_option(self.goods.kind_of(line.code))

    def _replace(self, draft: Draft, low: str, places: list[int]) -> bool:
        body = self.words.verbs["replace"].sub("\0", low, count=1)
        left, _, right = body.partition("\0")
        instead = re.search(r"(?<!\w)(?:вместо|взамен)(?!\w)", low) is not None
        old, new = "", ""
        if match := re.match(r"^\s*(.*?)(?:^|\s)на\s+(.+)$", right):
            old, new = match[1] or left, match[2]
        elif instead:
            words = clauses.core(right).split()
            if left.strip():
                old, new = clauses.core(right), left
            else:
                for cut in range(1, len(words)):
                    if self.mentions.refs(draft, " ".join(words[:cut])):
                        old, new = " ".join(words[:cut]), " ".join(words[cut:])
        if not new.strip():
            return False
        plainer = order_words().plainest.search(new)
        old, new = clauses.core(old), clauses.core(new) or (plainer[0] if plainer else "")
        if not new:
            return False
        number = _LEADING_LINE.match(old)
        if number and 0 < int(number[1]) <= len(draft.order.lines):
            places = [int(number[1]) - 1]
        places = places or self._of_the_same_kind(draft, old, new)
        if not places and old:
            return False
        for at in places or [draft.target()]:
            if not self.reword(draft, at, new):
                line = draft.order.lines[at]
                draft.put(at, replace(line, note=text_of("no_such", what=new)))
        return True

    def _of_the_same_kind(self, draft: Draft, old: str, new: str) -> list[int]:
        """The lines that the words name; of several, those that a code is for."""
        places = self.mentions.refs(draft, old) if old else []
        if len(places) < 2 or not self.goods.sense(new).code:
            return places
        kin = [
            at for at in places
            if self.goods.meets(self.goods.kind_of(draft.order.lines[at].code), new.upper())
        ]  # fmt: skip
        return kin or places

    def reword(self, draft: Draft, at: int, new: str) -> bool:
        """Other goods for a line: «оригинал», «чёрные», «TG 671», a code."""
        if not re.search(r"[^\W\d_]", new):
            return False
        line = draft.order.lines[at]
        if order_words().plainest.fullmatch(new) and line.state == "sure":
            return self._plainer(draft, at)
        sense = self.goods.sense(new)
        kind = self.goods.kind_of(line.code) if line.state == "sure" else line.asked
        questions = [self.goods.leaning(line.asked, new), self.goods.leaning(kind, new)]
        if sense.goods or sense.code:
            questions = [new]
        elif sense.colour and not (sense.known or sense.whole or sense.value):
            questions = questions[:1]  # another colour is of the very same goods
        for question in dict.fromkeys(questions):
            said = new if sense.goods or sense.code else f"{line.said} {new}"
            found = self.matcher.asked(question, said=said, quantity=line.quantity)
            if found.state in ("sure", "choose") and not is_missing_a_word(found):
                draft.put(at, found)
                return True
        return False

    def _plainer(self, draft: Draft, at: int) -> bool:
        """«замени на обычный»: of the same kind, the goods whose words all the others have."""
        line = draft.order.lines[at]
        options = plainest(tuple(self._kin(line)))
        if len(options) != 1:
            return False
        draft.put(at, self.matcher.taken(line, options[0].code))
        return True

    def rewords_one(self, draft: Draft, clause: str) -> bool:
        """«наушники чёрные лучше»: words that name one line, then what it should be."""
        words = clauses.core(clause).split()
        for cut in range(len(words) - 1, 0, -1):
            for named, new in ((words[:cut], words[cut:]), (words[-cut:], words[:-cut])):
                places = self.mentions.refs(draft, " ".join(named))
                if len(places) != 1 or not self.goods.sense(" ".join(named)).goods:
                    continue
                if not self.reword(draft, places[0], " ".join(new)):
                    line = draft.order.lines[places[0]]
                    note = text_of("no_such", what=" ".join(new))
                    draft.put(places[0], replace(line, note=note))
                return True
        return False
