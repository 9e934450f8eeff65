"""Lines told what their goods should be, in any order of words: «кабель чёрный», «2500 за 389».

A clause is parted into what names lines and what is asked of their goods; where a part is neither,
or the two do not come to one thing of the list, nothing is done.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from optfm.orders import clauses, pointing
from optfm.orders.asking import without_bans
from optfm.orders.draft import Draft
from optfm.orders.edit_words import edit_words
from optfm.orders.matching import Matcher
from optfm.orders.mentions import Mentions
from optfm.orders.order import MOST_OPTIONS, Line, Option
from optfm.orders.properties import Properties, Wanted, wanted
from optfm.orders.quantities import only_amount, plain
from optfm.orders.rewording import Rewording
from optfm.orders.words import order_words
from optfm.text.morphology import is_of_many

_MOST_WORDS = 9
_NUMBER = re.compile(r"(\d{1,4})(?:-?(?:й|я|е|х|ый|ая|ые|ых|ую))?")
_BARE_NUMBER = re.compile(r"(?<![\w.,-])\d+(?![\w.,-])")


#: words that make a property of the next one
_LINKS = frozenset({"с", "со", "без", "не", "за", "по", "р", "самый", "самая", "самое", "самой"})


class Specifying:
    """Decides and exchanges the goods of lines by what is asked of them."""

    def __init__(self, matcher: Matcher, mentions: Mentions, rewording: Rewording) -> None:
        self.matcher = matcher
        self.goods = matcher.goods
        self.mentions = mentions
        self.rewording = rewording
        self.properties = Properties(matcher.goods)

    def does(self, draft: Draft, clause: str) -> bool:
        """Whether a clause asks something of lines' goods, and the list has it."""
        low = edit_words().verbs["change"].sub(" ", plain(clause))  # «всё же» is not «всё»
        low = " ".join(filter(_tells, low.split()))
        if len(low.split()) > _MOST_WORDS or self._only_names(draft, low):
            return False
        found = list[tuple[int, Line]]()  # of the first reading that decides, else narrows
        for places, said in self._readings(draft, low):
            asked = wanted(said)
            if self._counts(asked) or not self.properties.of_goods(asked):
                continue
            done = [(at, line) for at in places if (line := self._as_asked(draft, at, said, asked))]
            each = order_words().each.search(low)
            if not done or (len(done) > 1 and not each):
                continue
            named = each and len(places) < len(draft.order.lines)
            if named and len(done) < len(places):
                continue  # «все акб оригинал», of which one comes in two kinds
            if all(line.state == "sure" for _, line in done):
                found = done
                break
            found = found or done
        for at, line in found:
            draft.put(at, line)
        return bool(found)

    def _readings(self, draft: Draft, low: str) -> Iterator[tuple[Sequence[int], str]]:
        """The lines that a clause may be of, and what is left of it."""
        if places := pointing.places(low):
            yield places, pointing.without(low)
            return
        if order_words().each.search(low):
            yield range(len(draft.order.lines)), order_words().each.sub(" ", low)
        words = low.split()
        found = [
            (" ".join(named), rest)
            for cut in range(len(words) - 1, 0, -1)
            for named, rest in ((words[:cut], words[cut:]), (words[-cut:], words[:-cut]))
            if named[-1] not in _LINKS and rest[-1] not in _LINKS
        ]
        # What goods are names them sooner than how they are: «10cc чёрный».
        for named, rest in sorted(found, key=lambda parts: not self._says_what(parts[0])):
            if places := self._named(draft, named, rest):
                yield self._that_are(draft, places), " ".join(rest)
        if len(draft.order.lines) == 1 and not draft.goes_on:
            yield [0], low
        opened = draft.order.open_lines
        for at in sorted(opened, key=lambda n: n != draft.target()):
            yield [at], low

    def _only_names(self, draft: Draft, low: str) -> bool:
        """Whether all of a clause names lines as they are."""
        asked = wanted(low)
        told = asked != Wanted(words=asked.words) or order_words().each.search(low)
        return not told and bool(self.mentions.refs(draft, clauses.core(low)))

    def _says_what(self, said: str) -> bool:
        sense = self.goods.sense(said)
        return sense.goods or sense.whole or sense.value or said[:1].isdigit()

    def _that_are(self, draft: Draft, places: list[int]) -> list[int]:
        """«чёрный нужен, а не прозрачный»: of several lines those that are as they should not."""
        is_so = [
            at for at in places
            if draft.unlike and self.goods.meets(draft.unlike, draft.order.lines[at].code)
        ]  # fmt: skip
        return is_so or places

    def _named(self, draft: Draft, said: str, rest: Sequence[str]) -> list[int]:
        """The lines that words name; «11 чёрных» are eleven rather than the 11."""
        core = clauses.core(said)
        if number := _NUMBER.fullmatch(core):
            places = self.mentions.with_number(draft.order, int(number[1]))
            return [] if is_of_many(rest[0]) else places or self.mentions.refs(draft, number[1])
        return [at for at in self.mentions.refs(draft, core) if self._names(draft, at, core)]

    def _names(self, draft: Draft, at: int, core: str) -> bool:
        """Whether words name a line rather than choose in it: «gopower» of some of its options."""
        line = draft.order.lines[at]
        return (
            line.state != "choose"
            or self.mentions.named_so(core, line)
            or all(self.goods.meets(core, option.code) for option in line.options)
        )

    @staticmethod
    def _counts(asked: Wanted) -> bool:
        """Whether a number is left that nothing is named by."""
        said = [*asked.words.split(), *asked.having]
        return any(_BARE_NUMBER.fullmatch(w) or only_amount(w) is not None for w in said)

    def _as_asked(self, draft: Draft, at: int, said: str, asked: Wanted) -> Line | None:
        line = draft.order.lines[at]
        if line.state == "choose":
            return self._decided(line, asked)
        if asked.best or asked.kop:
            return None
        return self.other(draft, at, said, asked)

    def other(self, draft: Draft, at: int, said: str, asked: Wanted) -> Line | None:
        """The same goods as a decided line's but as asked; None where it is so, or none are."""
        line = draft.order.lines[at]
        if line.state != "sure" or self.properties.fitting([line.code], asked):
            return None
        fitting = self._fitting(self._all(without_bans(line.asked)), asked)
        if len(fitting) == 1:
            return self.matcher.taken(line, fitting[0])
        tried = Draft(draft.order, at)
        if not self.rewording.reword(tried, at, said):
            return None
        found = tried.order.lines[at]
        same = found.state == "sure" and self.goods.is_kind(
            self.goods.kind_of(line.code), found.code
        )
        return found if same and self.properties.fitting([found.code], asked) else None

    def _decided(self, line: Line, asked: Wanted) -> Line | None:
        """An open line with the goods that fit, or with fewer to choose from."""
        options: Sequence[Option] = line.options
        fitting = self._fitting(options, asked)
        if not fitting and len(options) == MOST_OPTIONS:
            options = self._all(line.asked)
            fitting = self._fitting(options, asked)
        if len(fitting) == 1:
            return self.matcher.taken(line, fitting[0])
        if not fitting or len(fitting) == len(options):
            return None
        kept = tuple(o for o in options if set(fitting) & _codes(o))
        return replace(line, options=kept[:MOST_OPTIONS], note="")

    def _all(self, question: str) -> list[Option]:
        """All that a question finds; nothing where it finds more than are looked at."""
        answer = self.goods.search(question)
        whole = answer.total <= len(answer.hits)
        return self.matcher.every_option(question) if whole else []

    def _fitting(self, options: Sequence[Option], asked: Wanted) -> list[str]:
        """The codes that fit, one of each option; an «аккумулятор» before a «банка аккумулятор»."""
        rows = [code for option in options for code in sorted(_codes(option))]
        fitting = set(self.properties.fitting(rows, asked))
        found = [
            # «чёрная» sooner than «зелёно-чёрная»
            min(fits, key=lambda c: (len(self.goods.colours_of(c)), c != option.code, c))
            for option in options
            if (fits := fitting & _codes(option))
        ]
        kinds = {code: set(self.goods.kind_of(code).split()) for code in found}
        return [c for c in found if not any(one < kinds[c] for one in kinds.values())]


def _codes(option: Option) -> set[str]:
    return {option.code, *option.codes}


def _tells(word: str) -> bool:
    """Whether a word names or asks something: no verb, no filler."""
    verbs = edit_words().verbs
    if word in _LINKS or any(verbs[name].search(word) for name in ("cheaper", "dearer")):
        return True
    each, plainer = order_words().each.search(word), order_words().plainest.search(word)
    return bool(each or plainer or clauses.core(word) or pointing.places(word))
