"""Lines taken out of an order and brought back: «убери кабель», «3 не надо», «верни мини»."""

import re
from collections.abc import Sequence
from dataclasses import replace

from optfm.orders import clauses, pointing
from optfm.orders.bare_amounts import bare_amount
from optfm.orders.covering import Covering
from optfm.orders.draft import Draft
from optfm.orders.edit_words import edit_words
from optfm.orders.mentions import Mentions
from optfm.orders.notes import money, text_of
from optfm.orders.order import Line, Order
from optfm.orders.outcomes import with_notes
from optfm.orders.quantities import explicit_amount, number_of, only_amount, plain
from optfm.orders.words import order_words


class Removing:
    """Takes lines away and brings them back."""

    def __init__(self, mentions: Mentions) -> None:
        self.mentions = mentions
        self.goods = mentions.goods
        self.covering = Covering(mentions)
        self.words = edit_words()

    def restored(self, draft: Draft, low: str) -> bool:
        """«верни мини»: lines that an earlier message removed."""
        verbs = self.words.verbs
        told = verbs["restore"].search(low) or verbs["as_before"].search(low)
        if draft.before is None:
            return False
        if not told:
            return self._needed_after_all(draft, low)
        said = self.words.verbs["restore"].sub(" ", low)
        amount = explicit_amount(_from_its_count(said))
        core = clauses.core(amount.rest if amount else said)
        if self._exchanged_back(draft, core) or self._recounted_back(draft, low):
            return True
        here_too = set(self.mentions.refs(draft, core)) & set(self.mentions.kin(draft, core))
        if core and len(draft.before.lines) < len(draft.order.lines) and here_too:
            return self._undivided(draft, core)
        if not core or here_too:
            return False
        was = draft.before.lines
        here = {line.said for line in draft.order.lines}
        if len(was) <= len(draft.order.lines):  # exchanged ones were not removed
            here |= {line.said for line in was} - {line.said for line in draft.order.gone}
        places = [at for at in self._named_of(was, core) if was[at].said not in here]
        count = amount.value if amount else None
        if places:
            return self._put_back(draft, [was[at] for at in places], count)
        return self._put_back(draft, self._last_gone(draft, core), count)

    def _needed_after_all(self, draft: Draft, low: str) -> bool:
        """«лампа всё-таки нужна»: a line that was removed, whatever verb asks for it."""
        if (
            self.words.verbs["needed_after_all"].search(low) is None
            or clauses.verb(low) == "remove"
        ):
            return False
        said = self.words.verbs["needed_after_all"].sub(" ", low)
        amount = explicit_amount(said)
        core = clauses.core(amount.rest if amount else said)
        if not core or self.mentions.refs(draft, core):
            return False
        gone = self._last_gone(draft, core)
        return self._put_back(draft, gone, amount.value if amount else None)

    def _last_gone(self, draft: Draft, core: str) -> list[Line]:
        """The line that was removed last of those that words name."""
        here, gone = {line.said for line in draft.order.lines}, draft.order.gone
        return [gone[at] for at in self._named_of(gone, core) if gone[at].said not in here][-1:]

    @staticmethod
    def _put_back(draft: Draft, gone: Sequence[Line], count: int | None) -> bool:
        """Removed lines where they stood, as many as they were."""
        before = draft.before.lines if draft.before else ()
        stood = {line.said: at for at, line in enumerate(before)}
        for line in gone:
            lines, one = list(draft.order.lines), line
            if count and len(gone) == 1:  # «оставь один дисплей»
                one = with_notes(replace(line, quantity=count, note=""))
            at = min(stood.get(line.said, len(lines)), len(lines))
            lines.insert(at, one)
            left = tuple(x for x in draft.order.gone if x.said != line.said)
            draft.order = replace(draft.order, lines=tuple(lines), gone=left)
            draft.touched = [t + (t >= at) for t in draft.touched] + [at]
        return bool(gone)

    def _named_of(self, lines: Sequence[Line], core: str) -> list[int]:
        was = Order(lines=tuple(lines))
        return self.mentions.refs(Draft(was, -1), core) or self._with_number(was, core)

    def stays(self, draft: Draft, low: str) -> bool:
        """«холодильник ладно оставь», «остальные в силе»: lines that are there, and stay."""
        if self.words.verbs["stay"].search(low) and explicit_amount(low) is None:
            return True
        told = self.words.verbs["restore"].search(low)
        if told is None or not told.start() or clauses.verb(low):
            return False
        core = clauses.core(low)
        places = self.mentions.refs(draft, core) if explicit_amount(core) is None else []
        draft.touched += places
        return bool(places)

    def _undivided(self, draft: Draft, core: str) -> bool:
        """«верни жёлтые» after «половину белыми»: the line as it was before it was divided."""
        assert draft.before is not None
        places = self.mentions.refs(Draft(draft.before, -1), core)
        now = {line.code: line.quantity for line in draft.order.lines}
        whole = [draft.before.lines[at] for at in places]
        if len(whole) != 1 or now.get(whole[0].code, whole[0].quantity) == whole[0].quantity:
            return False
        draft.order = draft.before
        draft.touched = [places[0]]
        return True

    def _recounted_back(self, draft: Draft, low: str) -> bool:
        """«пасту оставь как была»: the quantities that lines had before the last change."""
        match = self.words.verbs["as_before"].search(low)
        core = clauses.core(f"{low[: match.start()]} {low[match.end() :]}") if match else ""
        places = pointing.places(low) or self.mentions.refs(draft, core)
        assert draft.before is not None
        was = {line.code or line.said: line.quantity for line in draft.before.lines}
        for at in places if match else ():
            line = draft.order.lines[at]
            draft.set(at, was.get(line.code or line.said, line.quantity))
        return bool(match and places)

    def _exchanged_back(self, draft: Draft, core: str) -> bool:
        """«не, верни фог»: the goods of the line just exchanged, as many as it is now."""
        if not core or draft.before is None:
            return False
        was, now = draft.before.lines, draft.order.lines
        if len(was) != len(now):
            return False
        changed = [
            at for at in range(len(was))
            if (was[at].code, was[at].said) != (now[at].code, now[at].said)
        ]  # fmt: skip
        if len(changed) != 1 or changed[0] not in self.mentions.refs(Draft(draft.before, -1), core):
            return False
        at = changed[0]
        draft.put(at, with_notes(replace(was[at], quantity=now[at].quantity, note="")))
        return True

    def _with_number(self, order: Order, core: str) -> list[int]:
        """The lines with a number in their words, or with that many pieces."""
        if not re.fullmatch(r"\d{1,4}", core):
            return []
        counted = [at for at, line in enumerate(order.lines) if line.quantity == int(core)]
        return self.mentions.with_number(order, int(core)) or counted

    def would_be(self, draft: Draft, low: str) -> bool:
        """«сколько будет без дисплея?»: the sum without lines that stay where they are."""
        core = clauses.core(self.words.verbs["remove"].sub(" ", low))
        places = self.mentions.pointed(draft, low) or self.mentions.refs(draft, core)
        if not places:
            return False
        names = "; ".join(draft.order.lines[at].name or draft.order.lines[at].said for at in places)
        left = draft.order.without(places)
        draft.told.append(text_of("what_if", names=names, total=money(left.total_kop)))
        draft.focus = places[0]
        return True

    def take_away(self, draft: Draft, clause: str, *, own: bool) -> bool:
        low = plain(clause)
        core = self.words.verbs["pronoun"].sub(" ", clauses.core(clause)).strip()
        if self.words.verbs["not_found"].search(low):
            states = enumerate(draft.order.lines)
            draft.remove([at for at, x in states if x.state in ("none", "unread")])
            return True
        if only_amount(core) is not None and not core[:1].isdigit():
            return False  # «нет, не надо шесть»: a count, not a line
        amount = explicit_amount(core) or bare_amount(core, self.goods, ending=False)
        fewer = self.mentions.refs(draft, amount.rest) if amount and amount.value else []
        if len(fewer) == 1 and amount and amount.value:
            count = draft.order.lines[fewer[0]].quantity
            if count and amount.value < count:
                draft.set(fewer[0], count - amount.value)
                return True
        places = self.mentions.pointed(draft, low) or self.mentions.refs(draft, core) or fewer
        places = [*self._named_before(draft, low, core), *places]
        if not places and core:
            places = self.covering.each_word(draft.order, core) or self.covering.named(
                draft.order, core
            )
        if not places and re.fullmatch(r"\d{1,4}", core):
            named = self.mentions.with_number(draft.order, int(core))
            places = named if len(named) == 1 else []  # «64 не бери»
        if not places and not core and own and order_words().each.search(low):
            places = list(range(len(draft.order.lines)))  # «убери их оба»
        if not places and not core and own and draft.order.lines and not draft.gone:
            places = draft.unclear or self._just_named(draft) or [draft.target()]
            draft.unclear = []
        if not places:
            return own and self._not_there(draft, low, core)
        if draft.counted and re.match(r"\W*кроме", low):
            for at in places:  # «все по 10, кроме стёкол»
                draft.set(at, draft.counted.get(at))
            return True
        draft.remove(places)
        return True

    def _named_before(self, draft: Draft, low: str, core: str) -> list[int]:
        """«xr и 12 не нужны»: lines that clauses before the verb name, each one line."""
        told = self.words.verbs["remove"].search(low)
        if not (told and core and told.start() > low.find(core.split()[0])):
            return []
        found = [(text, self.mentions.refs(draft, clauses.core(text))) for text in draft.lost]
        draft.lost = [text for text, places in found if len(places) != 1]
        return [places[0] for _, places in found if len(places) == 1]

    def _just_named(self, draft: Draft) -> list[int]:
        """«за коврик дороговато, убери»: the one line that the clause before names."""
        words = clauses.core(draft.lost[-1]).split() if draft.lost else []
        named = [w for w in words if self.goods.sense(w).goods or self.goods.sense(w).article]
        found = {at for word in named for at in self.mentions.refs(draft, word)}
        if len(found) == 1:
            draft.lost.pop()
            return list(found)
        return []

    def _not_there(self, draft: Draft, low: str, core: str) -> bool:
        """«убери чехлы», «7 не надо», where the order has no such line."""
        if not clauses.takes_away(low):
            return False
        if re.fullmatch(r"\d{1,3}", core):
            draft.absent.append(int(core))
            return True
        if self.goods.sense(core).goods and not clauses.says_count(core, self.goods):
            draft.missing.append(core)
            return True
        return False


def _from_its_count(text: str) -> str:
    """«хотя ладно один дисплей» from its first count in words on."""
    words = text.split()
    said = (at for at, word in enumerate(words) if not word.isdigit() and number_of(word))
    return " ".join(words[next(said, 0) :])
