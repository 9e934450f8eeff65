"""Other goods for a line: «замени на оригинал», «вместо HG KF», «подешевле для 2»."""

import re
from dataclasses import replace

from optfm.orders import clauses, pointing
from optfm.orders.alternatives import Alternatives
from optfm.orders.bare_amounts import bare_amount
from optfm.orders.draft import Draft
from optfm.orders.edit_words import edit_words
from optfm.orders.matching import Matcher
from optfm.orders.mentions import Mentions
from optfm.orders.notes import text_of
from optfm.orders.outcomes import with_notes
from optfm.orders.quantities import (
    explicit_amount,
    number_of,
    number_pattern,
    plain,
)
from optfm.orders.rewording import Rewording
from optfm.orders.words import order_words
from optfm.text.morphology import is_verb
from optfm.text.morphology import told as told_to

#: «760 за», «за 760 р»
_A_PRICE = re.compile(
    r"(?<![\w-])(?:за\s+)?(\d{2,6})(?:\s*(?:р|руб\w*|₽)\.?)?(?![\w-])(?:\s+за(?=\s))?"
)
_FOR_LINE = re.compile(r"(?<!\w)(?:для|у|в|на)\s+(\d{1,3})(?:-?(?:го|й|ой|я))?\s*$")
_IN_PLACE = r"(?:вместо|взамен|за\s?место)"
_INSTEAD = re.compile(rf"(?<!\w){_IN_PLACE}(?!\w)")
_IN_PLACE_OF_IT = re.compile(r"^\s*(?:него|нее|них|этого|этой|этих)\s+(?=\S)")
_MORE_INSTEAD = re.compile(
    rf"^{_IN_PLACE}\s+(?P<old>[^,]{{2,60}}?)\s*,?\s+(?:(?:добавь|положи|давай)\w*\s+)?"
    r"(?P<new>ещ?е\s+\S.*)$"
)
_SOME = re.compile(rf"^\W*(?P<count>{number_pattern()})(?P<unit>\s*шт\w*\.?)?\s+(?=\S)")
_LEADING_LINE = re.compile(r"^(\d{1,3})(?:-?(?:ю|я|е|й|го))?$")


class Exchanging:
    """Puts other goods in the place of a line's."""

    def __init__(
        self,
        matcher: Matcher,
        mentions: Mentions,
        alternatives: Alternatives,
        rewording: Rewording,
    ) -> None:
        self.matcher = matcher
        self.goods = matcher.goods
        self.mentions = mentions
        self.alternatives = alternatives
        self.rewording = rewording
        self.words = edit_words()

    def exchange(self, draft: Draft, clause: str, verb: str) -> bool:
        """«замени на оригинал», «вместо HG KF», «подешевле для 2»."""
        if not draft.order.lines:
            return False
        low = plain(clause)
        places = self.mentions.pointed(draft, low)
        core = clauses.core(_FOR_LINE.sub("", low) if places else low)
        if verb == "replace":
            if self._replace(draft, low, places):
                return True
            by_price = [v for v in ("cheaper", "dearer") if self.words.verbs[v].search(low)]
            if len(by_price) != 1:
                return False
            verb = by_price[0]  # «замени на самый дешёвый»
        if not places and core and (found := self.mentions.refs(draft, core)):
            places = found
        if not places and core and not draft.order.open_lines:
            return self.rewording.rewords_one(draft, clause)
        if len(places) < 2 and not core and order_words().each.search(low):
            places = list(draft.order.open_lines) or list(range(len(draft.order.lines)))
        for at in places or [draft.target()]:
            self._dearer_or_cheaper(draft, at, verb, low, core)
        return True

    def without_prices(self, draft: Draft, sentence: str) -> str:
        """«760 за коврик кусается»: what a line costs is no count of it."""
        low = plain(sentence)
        if not self.words.verbs["complains"].search(low):
            return sentence
        prices = {line.price_kop // 100 for line in draft.order.lines if line.price_kop}
        for match in reversed([*_A_PRICE.finditer(low)]):
            if int(match[1]) in prices:
                sentence = f"{sentence[: match.start()]} {sentence[match.end() :]}".strip()
        return sentence

    def complains(self, draft: Draft, clause: str) -> bool:
        """«экран дороговат, …»: what is said next is of that line."""
        low = plain(clause)
        match = self.words.verbs["complains"].search(low)
        if match is None or clauses.verb(low) in ("remove", "replace", "cheaper"):
            return False
        left = f"{low[: match.start()]} {low[match.end() :]}"
        places = self.mentions.pointed(draft, left) or self.mentions.refs(draft, clauses.core(left))
        if len(places) > 1 or (not places and clauses.core(left)):
            return False
        draft.focus = places[0] if places else draft.focus
        draft.touched += places  # «замени его» is of this line, whatever else is still open
        return True

    def gives_a_reason(self, low: str) -> bool:
        """«…, клиент нашёл дешевле»: why, not what to do."""
        told = clauses.verb(low) in ("cheaper", "dearer")
        tells = any(is_verb(word) and not told_to(word) for word in re.findall(r"[а-я]+", low))
        return told and tells

    def with_more_instead(self, draft: Draft, sentence: str) -> str:
        """«вместо фиолетовой ещё одну синюю»: without the first, what is left to be added."""
        match = _MORE_INSTEAD.match(plain(sentence))
        places = self.mentions.refs(draft, clauses.core(match["old"])) if match else []
        if match is None or not places:
            return sentence
        draft.remove(places)
        draft.understood = True
        return f"добавь {sentence[match.start('new') :]}"

    def in_place_of_gone(self, draft: Draft, low: str) -> str:
        """«…, вместо него 2 кабеля»: the goods that go in the place of those just removed."""
        body = self.words.verbs["replace"].sub("\0", low, count=1)
        instead = _INSTEAD.search(low)
        match = _IN_PLACE_OF_IT.match(body.partition("\0")[2])
        just_gone = draft.before and len(draft.before.lines) > len(draft.order.lines)
        if not (instead and match and (draft.gone or just_gone)):
            return ""
        return body.partition("\0")[2][match.end() :]

    def in_place_of_removed(self, draft: Draft, clause: str) -> bool:
        """«айфон 7 не надо, лучше на 8»: other goods for the line that the message removes."""
        low = pointing.as_numbers(plain(clause))
        rather = self.words.verbs["rather"].match(low)
        wanted = None if rather else self.words.verbs["needed_after_all"].search(low)
        if not (rather or wanted) or not draft.removed or clauses.verb(low) == "remove":
            return False
        rest = low[rather.end() :] if rather else low
        amount = explicit_amount(rest)
        said = amount.rest if amount else rest
        new = clauses.core(said)
        if len(draft.removed) > 1:
            return self._one_in_a_colour(draft, new)
        sense = self.goods.sense(new)
        of_goods = sense.whole or sense.value or sense.known or sense.colour or sense.article
        if not (sense.goods or sense.code or of_goods or re.search(r"\d", new)):
            return False
        if wanted and not self.alternatives.in_colour_alone(draft.removed[0], new):
            return False  # «чёрный надо»; other goods that are needed are added
        if not self._takes_place(draft, new, amount.value if amount else None):
            draft.told.append(text_of("none_instead", what=new))
        draft.removed = []
        return True

    def in_its_place(self, draft: Draft, low: str) -> bool:
        """«зелёных не надо, вместо них фиолетовые»: the removed line in other goods."""
        goods = self.in_place_of_gone(draft, low)
        amount = explicit_amount(goods) or bare_amount(goods, self.goods, ending=True)
        new = clauses.core(amount.rest if amount else goods)
        if len(draft.removed) != 1 or self.goods.sense(new).goods:
            return False
        done = self._takes_place(draft, new, amount.value if amount else None)
        draft.removed = [] if done else draft.removed
        return done

    def _takes_place(self, draft: Draft, new: str, count: int | None) -> bool:
        """The removed line with other goods, as many as it had unless a count is said."""
        line, sense = draft.removed[0], self.goods.sense(new)
        device = self.goods.device_of(line.asked)
        if re.fullmatch(r"\d{1,3}", new) or (sense.goods and device and not sense.whole):
            new = f"на {new}" if new.isdigit() else f"{new} на {device}"
        if count:
            line = replace(line, quantity=count)
        draft.order = replace(draft.order, lines=(*draft.order.lines, line))
        at = len(draft.order.lines) - 1
        if self.rewording.reword(draft, at, new):
            return True
        draft.order = draft.order.without([at])
        return False

    def _one_in_a_colour(self, draft: Draft, new: str) -> bool:
        """«чёрный не надо, белый надо» of two black things: only one of them comes in white."""
        meant = [line for line in draft.removed if self.alternatives.in_colour_alone(line, new)]
        if len(meant) != 1 or len(draft.removals) != 1:
            return False
        draft.put_back_removed()
        return self.rewording.reword(draft, draft.order.lines.index(meant[0]), new)

    def _dearer_or_cheaper(self, draft: Draft, at: int, verb: str, low: str, core: str) -> None:
        """:param core: what else is said of the goods: «что подешевле, тоже relife»."""
        line = draft.order.lines[at]
        most = re.search(r"(?<!\w)сам\w+", low) is not None
        if line.state == "choose" and line.options:
            options = [o for o in line.options if self.goods.meets(core, o.code)]
            options = options or list(line.options)
            options.sort(key=lambda o: o.price_kop, reverse=verb == "dearer")
            draft.put(at, self.matcher.taken(line, options[0].code))
            return
        if line.state != "sure":
            draft.touched.append(at)
            return
        options = self.alternatives.others(draft, at, verb)
        options = [o for o in options if self.goods.meets(core, o.code)] or options
        if not options:
            note = text_of("no_cheaper" if verb == "cheaper" else "no_dearer")
            draft.put(at, replace(line, note=note))
        elif most or len(options) == 1:
            draft.put(at, self.matcher.taken(line, options[0].code))
        else:
            self.alternatives.open(draft, at, options)

    def _replace(self, draft: Draft, low: str, places: list[int]) -> bool:
        body = self.words.verbs["replace"].sub("\0", low, count=1)
        left, _, right = body.partition("\0")
        if not re.search(r"\w", right) and re.search(r"(?:^|\s)на\s+\S", left):
            left, right = "", left  # «второй на чёрный поменяй»
        instead = _INSTEAD.search(low) is not None
        old, new = "", ""
        if match := re.match(r"^\s*(.*?)(?:^|\s)на\s+(.+)$", right):
            old, new = match[1] or left, match[2]
        elif instead:
            words = clauses.core(right).split()
            if left.strip() and (split := self._named_twice(draft, left, words)):
                old, new = split  # «bg4 вместо белой чёрная»
            elif left.strip():
                old, new = self._with_whereabouts(draft, clauses.core(right), clauses.core(left))
            else:
                for cut in range(1, len(words)):
                    if self.mentions.refs(draft, " ".join(words[:cut])):
                        old, new = " ".join(words[:cut]), " ".join(words[cut:])
        elif left.strip() and right.strip():
            old, new = left, right  # «розовые замени чёрными»
        else:
            words = clauses.core(right).split()
            cuts = [
                n for n in range(1, len(words)) if self.mentions.refs(draft, " ".join(words[:n]))
            ]
            if cuts:
                old, new = " ".join(words[: cuts[-1]]), " ".join(words[cuts[-1] :])
        if not new.strip():
            return False
        some = _some(left if left.strip() else right)
        old = _SOME.sub("", old) if some and _some(old) else old
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
        by_price = [v for v in ("cheaper", "dearer") if self.words.verbs[v].search(right or left)]
        for at in places or [draft.target()]:
            if by_price:
                self._dearer_or_cheaper(draft, at, by_price[0], low, new)
                continue
            if self._some_of(draft, at, some, new):
                continue
            if not self.rewording.reword(draft, at, new):
                line = draft.order.lines[at]
                draft.put(at, replace(line, note=text_of("no_such", what=new)))
        return True

    def _some_of(self, draft: Draft, at: int, some: int, new: str) -> bool:
        """«одну чёрную замени на белую» of a line of three: two stay as they were."""
        line = draft.order.lines[at]
        if line.state != "sure" or not 0 < some < (line.quantity or 0):
            return False
        rest = with_notes(replace(line, quantity=(line.quantity or 0) - some, note=""))
        before, after = draft.order.lines[:at], draft.order.lines[at + 1 :]
        parted = (*before, rest, replace(line, quantity=some), *after)
        tried = Draft(replace(draft.order, lines=parted), at)
        if not self.rewording.reword(tried, at + 1, new):
            return False
        draft.order = tried.order
        draft.touched += [at, at + 1]
        return True

    def _with_whereabouts(self, draft: Draft, old: str, new: str) -> tuple[str, str]:
        """«на 11 kf вместо hg»: of the lines that are hg, the one that the first words name."""
        words, all_ = new.split(), self.mentions.refs(draft, old)
        for cut in range(len(words) - 1, 0, -1) if len(all_) > 1 else ():
            for where, rest in ((words[:cut], words[cut:]), (words[-cut:], words[:-cut])):
                named = f"{' '.join(where)} {old}"
                if 0 < len(self.mentions.refs(draft, named)) < len(all_):
                    return named, " ".join(rest)
        return old, new

    def _named_twice(self, draft: Draft, left: str, words: list[str]) -> tuple[str, str] | None:
        """The line that stands before «вместо» and is named again after it, and what it becomes."""
        for cut in range(1, len(words)):
            named = clauses.core(f"{left} {' '.join(words[:cut])}")
            if clauses.core(left) and len(self.mentions.refs(draft, named)) == 1:
                return named, " ".join(words[cut:])
        return None

    def _of_the_same_kind(self, draft: Draft, old: str, new: str) -> list[int]:
        """The lines that the words name; of several, those that a code is for."""
        places = self.mentions.refs(draft, old) if old else []
        if len(places) > 1 and self.goods.sense(new).goods:
            return [at for at in places if at in self.mentions.kin(draft, new)] or places
        if len(places) < 2 or not self.goods.sense(new).code:
            return places
        kin = [
            at for at in places
            if self.goods.meets(self.goods.kind_of(draft.order.lines[at].code), new.upper())
        ]  # fmt: skip
        return kin or places


def _some(said: str) -> int:
    """How many «одну чёрную», «двух штук hg» are; 0 for what says no count: «11 hg» is a model."""
    match = _SOME.match(said)
    counted = match and (match["unit"] or not match["count"].isdigit())
    return (number_of(match["count"]) or 0) if match and counted else 0
