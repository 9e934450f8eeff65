"""New lines of an open order: «и чехол на него», «и белых таких же 5»."""

import re
from collections.abc import Sequence
from dataclasses import replace

from optfm.orders import clauses
from optfm.orders.bare_amounts import bare_amount
from optfm.orders.draft import Draft
from optfm.orders.edit_words import edit_words
from optfm.orders.matching import Matcher
from optfm.orders.mentions import Mentions
from optfm.orders.order import MOST_OPTIONS, Line
from optfm.orders.outcomes import is_missing_a_word, with_notes
from optfm.orders.properties import wanted
from optfm.orders.quantities import explicit_amount, only_amount, plain, without
from optfm.orders.reading import read
from optfm.orders.said import SaidLine
from optfm.orders.specifying import Specifying
from optfm.orders.words import order_words

_FOR = re.compile(r"(?:на|для|под|к)\s+\S")


class Adding:
    """Puts goods into an order that are not in it."""

    def __init__(self, matcher: Matcher, mentions: Mentions, specifying: Specifying) -> None:
        self.matcher = matcher
        self.goods = matcher.goods
        self.mentions = mentions
        self.specifying = specifying
        self.words = edit_words()

    def flush(self, draft: Draft) -> None:
        """Put the clauses of a sentence that name new goods into the order."""
        for text in draft.added:
            if not self.add(draft, text):
                draft.lost.append(text)
        draft.added = []

    def add(self, draft: Draft, text: str) -> bool:
        """New lines, read as any order; what they leave out is the last line's."""
        if not self.mentions.names_something(text):
            return False
        text = _without(text, self.words.verbs["besides"])
        line = draft.focused()
        devices = dict.fromkeys(
            filter(None, (self.goods.device_of(line.asked) for line in draft.order.lines))
        )
        base = (line.asked if line else "") or ""
        if alike := self.words.verbs["alike"].search(plain(text)):
            text = f"{text[: alike.start()]} {text[alike.end() :]}"  # «таких же чёрных на камон 30»
            base = self._base_of(draft, text, base)
        reading = read(text, self.goods, base=base, devices=list(devices))
        found = [self._leaning(one, list(devices)) for one in reading.lines]
        found = [one for one in found if one.state != "unread"]
        if reading.alone and len(found) == 1 and found[0].quantity is None:
            found = [with_notes(replace(found[0], quantity=reading.alone))]
        for one in found:
            draft.append(one)
        return bool(found)

    def _base_of(self, draft: Draft, text: str, base: str) -> str:
        """The line, the last first, whose goods there are as the words say."""
        for line in reversed(draft.order.lines):
            said = read(text, self.goods, base=line.asked).lines[:1]
            found = [self.matcher.line(one) for one in said]
            if found and found[0].state == "sure" and not is_missing_a_word(found[0]):
                return line.asked
        return base

    def _leaning(self, said: SaidLine, devices: Sequence[str]) -> Line:
        """«и скотч пачку»: of many that fit, those for the only device that the order is about."""
        line = self.matcher.line(said)
        many = line.state == "choose" and len(line.options) == MOST_OPTIONS
        if not many or said.lean != "own" or len(devices) != 1 or self.goods.sense(said.said).whole:
            return line
        found = self.matcher.asked(
            f"{said.said} на {devices[0]}", said=said.said, quantity=said.quantity
        )
        codes = found.codes or [option.code for option in found.options]
        fits = all(self.goods.is_for(devices[0], code) for code in codes)
        decided = found.state == "choose" or (found.state == "sure" and fits)
        return found if decided and not is_missing_a_word(found) else line

    def takes(self, draft: Draft, clause: str) -> bool:
        """«WTR-55 беру»: goods by their article alone, the count still to be said."""
        words, low = clauses.core(clause), plain(clause)
        sense = self.goods.sense(words)
        if not (sense.article or sense.code) or sense.device or self.mentions.refs(draft, words):
            return False
        if (
            self.words.verbs["needed_after_all"].search(low) is None
            or clauses.verb(low) == "remove"
        ):
            return False
        draft.added.append(words)
        return True

    def goes_on(self, draft: Draft, clause: str) -> bool:
        """«… скотч на 11, пачку по 5 - 1»: more of the goods that have just been named."""
        if explicit_amount(draft.added[-1]):
            return False
        if only_amount(clauses.core(clause)) is not None:
            return True  # «…, тоже один»
        if clauses.verb(plain(clause)):
            return False
        amount = explicit_amount(clause)
        rest = clauses.core(amount.rest if amount else clause)
        sense = self.goods.sense(rest)
        return not (sense.goods or sense.whole) or order_words().packs.match(rest) is not None

    def tells_more(self, draft: Draft, clause: str) -> bool:
        """«одну батарею на него же, hg»: what the goods just named should be."""
        low = plain(clause)
        if not draft.added or clauses.verb(low) or explicit_amount(clause):
            return False
        words = clauses.core(clause)
        sense = self.goods.sense(words)
        told = (sense.known or sense.colour) and not re.search(r"\d", words)
        if not told or sense.goods or sense.whole or sense.line or self.mentions.refs(draft, words):
            return False
        draft.added[-1] += f" {clause}"
        return True

    def names_new_goods(self, draft: Draft, clause: str) -> bool:
        """Whether a clause counts goods that no line is of."""
        core = clauses.core(clause)
        amount = explicit_amount(core) or bare_amount(core, self.goods, ending=True)
        same = order_words().same_device.search(plain(clause)) is not None
        if amount is None and not same and not draft.goes_on:
            return False
        named = clauses.core(amount.rest if amount else core)
        known = self.mentions.kin(draft, named) or self.mentions.refs(draft, named)
        return self.goods.sense(named).goods and not known

    def same_for_a_model(self, draft: Draft, clause: str) -> bool:
        """«и на 15 тоже», «теперь такое же на 12»: as many of the goods that the talk is about."""
        line, low = draft.focused(), plain(clause)
        said = self.words.verbs["alike"].search(low) or self.words.verbs["too"].search(low)
        count = line.quantity if line and said else None
        if said:
            clause = f"{clause[: said.start()]} {clause[said.end() :]}".strip()
        draft.assumed = f" - {count}" if count else ""
        draft.added.append(f"{clause}{draft.assumed}")
        return True

    @staticmethod
    def recounts(draft: Draft, clause: str) -> bool:
        """«и такое же на 12, тоже две»: a count in the place of the one that was assumed."""
        counts = only_amount(clauses.core(clause)) is not None
        if not (counts and draft.assumed and draft.added[-1].endswith(draft.assumed)):
            return False
        draft.added[-1] = draft.added[-1].removesuffix(draft.assumed)
        draft.assumed = ""
        return True

    def all_for_a_model(self, draft: Draft, clause: str) -> bool:
        """«то же самое на 13 мини»: all the order, which is for one device, for another, too."""
        match, lines = self.words.verbs["whole_set"].search(plain(clause)), draft.order.lines
        rest = f"{clause[: match.start()]} {clause[match.end() :]}".strip() if match else ""
        devices = {self.goods.device_of(line.asked) for line in lines}
        if len(lines) < 2 or len(devices) != 1 or "" in devices or not _FOR.match(plain(rest)):
            return False
        sense = self.goods.sense(rest)
        if not sense.device or sense.goods or self.mentions.refs(draft, clauses.core(rest)):
            return False
        for line in lines:
            count = f" - {line.quantity}" if line.quantity else ""
            for one in read(f"{rest}{count}", self.goods, base=line.asked).lines:
                draft.append(self.matcher.line(one))
        return True

    def another_colour(self, draft: Draft, rest: str, quantity: int | None) -> bool:
        """«и белых 5»: goods of the order, in a colour that no line has.

        The line that the talk is about goes first, then the last ones.
        """
        words = clauses.core(self.words.verbs["alike"].sub(" ", rest))
        sense = self.goods.sense(words)
        other = sense.whole or sense.value or (sense.known and not sense.goods)
        if not sense.colour or other:
            return False
        ordered = {line.code for line in draft.order.lines}
        of_kind = [draft.order.lines[at] for at in self.mentions.kin(draft, words)]
        for line in filter(None, (draft.focused(), *reversed(draft.order.lines))):
            if sense.goods and line not in of_kind:
                continue
            said = f"{line.said}, {words}"
            code = self.matcher.in_colour(line.code, words) if line.state == "sure" else ""
            if not code or code in ordered:
                continue
            added = self.matcher.taken(replace(line, said=said, quantity=quantity, note=""), code)
            draft.append(added)
            return True
        return False

    def another_of_a_kind(self, draft: Draft, rest: str, quantity: int | None) -> bool:
        """«и столько же smartbuy»: goods of a line's kind that are otherwise, sure by the words."""
        words = clauses.core(self.words.verbs["alike"].sub(" ", rest))
        sense, ordered = self.goods.sense(words), {line.code for line in draft.order.lines}
        if not (sense.known or sense.value) or sense.goods or sense.whole or sense.strange:
            return False
        if draft.added or words[:1].isdigit():
            return False  # «акб 13 hg 2 и 14 hg 1»: of another model
        asked = wanted(words)
        for at in sorted(range(len(draft.order.lines))[::-1], key=lambda n: n != draft.target()):
            found = self.specifying.other(draft, at, words, asked)
            if found and found.code not in ordered:
                said = f"{draft.order.lines[at].said}, {words}"
                draft.append(with_notes(replace(found, said=said, quantity=quantity, note="")))
                return True
        return False


def _without(text: str, pattern: re.Pattern[str]) -> str:
    """The text without what a pattern over plain texts finds in it."""
    return " ".join(without(text, pattern).split())
