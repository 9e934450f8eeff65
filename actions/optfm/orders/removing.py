"""Lines taken out of an order and brought back: «убери кабель», «3 не надо», «верни мини»."""

import re
from dataclasses import replace

from optfm.orders import clauses
from optfm.orders.draft import Draft
from optfm.orders.edit_words import edit_words
from optfm.orders.matching import with_notes
from optfm.orders.mentions import Mentions
from optfm.orders.notes import money, text_of
from optfm.orders.order import Order
from optfm.orders.quantities import bare_amount, explicit_amount, plain


class Removing:
    """Takes lines away and brings them back."""

    def __init__(self, mentions: Mentions) -> None:
        self.mentions = mentions
        self.goods = mentions.goods
        self.words = edit_words()

    def restored(self, draft: Draft, low: str) -> bool:
        """«верни мини»: lines that the last change removed."""
        if draft.before is None or not self.words.verbs["restore"].search(low):
            return False
        core = clauses.core(self.words.verbs["restore"].sub(" ", low))
        if self._exchanged_back(draft, core):
            return True
        here_too = set(self.mentions.refs(draft, core)) & set(self.mentions.kin(draft, core))
        if not core or here_too:
            return False
        was = Draft(draft.before, -1)
        places = self.mentions.refs(was, core) or self._with_number(draft.before, core)
        here = [line.said for line in draft.order.lines]
        places = [at for at in places if draft.before.lines[at].said not in here]
        for at in places:
            lines = list(draft.order.lines)
            lines.insert(min(at, len(lines)), draft.before.lines[at])
            draft.order = replace(draft.order, lines=tuple(lines))
            draft.touched = [t + (t >= at) for t in draft.touched]
            draft.touched.append(min(at, len(lines) - 1))
        return bool(places)

    def _exchanged_back(self, draft: Draft, core: str) -> bool:
        """«не, верни фог»: the goods of the line just exchanged, as many as it is now."""
        if not core or draft.before is None:
            return False
        was, now = draft.before.lines, draft.order.lines
        if len(was) != len(now):
            return False
        changed = [at for at in range(len(was)) if was[at].code != now[at].code]
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
        amount = explicit_amount(core) or bare_amount(core, self.goods, ending=False)
        fewer = self.mentions.refs(draft, amount.rest) if amount and amount.value else []
        if len(fewer) == 1 and amount and amount.value:
            count = draft.order.lines[fewer[0]].quantity
            if count and amount.value < count:
                draft.set(fewer[0], count - amount.value)
                return True
        places = self.mentions.pointed(draft, low) or self.mentions.refs(draft, core) or fewer
        if not places and re.fullmatch(r"\d{1,4}", core):
            named = self.mentions.with_number(draft.order, int(core))
            places = named if len(named) == 1 else []  # «64 не бери»
        if not places and not core and own and draft.order.lines:
            places = self._just_named(draft) or [draft.target()]
        if not places:
            return own and self._not_there(draft, low, core)
        if draft.counted and re.match(r"\W*кроме", low):
            for at in places:  # «все по 10, кроме стёкол»
                draft.set(at, draft.counted.get(at))
            return True
        draft.remove(places)
        return True

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
