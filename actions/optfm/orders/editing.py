"""An order edited in words: what a message adds, changes, removes, chooses; never guesses."""

import re
from dataclasses import replace

from common import published
from optfm.orders import clauses, pointing
from optfm.orders.alternatives import Alternatives
from optfm.orders.copied_names import by_codes
from optfm.orders.counting import Counting
from optfm.orders.deciding import Deciding
from optfm.orders.dividing import Dividing
from optfm.orders.draft import Draft
from optfm.orders.echoing import echoed
from optfm.orders.edit_words import edit_words
from optfm.orders.edited import Edited
from optfm.orders.exchanging import Exchanging
from optfm.orders.hearing import heard
from optfm.orders.matching import Matcher
from optfm.orders.mentions import Mentions
from optfm.orders.notes import text_of
from optfm.orders.order import Order
from optfm.orders.outcomes import joined
from optfm.orders.picking import Picking
from optfm.orders.quantities import number_of, number_pattern, only_amount, plain
from optfm.orders.removing import Removing
from optfm.orders.renumbering import Renumbering
from optfm.orders.rewording import Rewording
from optfm.orders.specifying import Specifying
from optfm.orders.splitting import sentences
from optfm.orders.words import FILES, order_words

_PICKED = re.compile(r"строка\s+(\d{1,3})\s*[:,-]\s*(\S{4,20})$", re.IGNORECASE)
#: «первой 5 второй 6», the lines marked
_NEXT_LINE: published.Following[re.Pattern[str]] = published.Following(
    lambda: re.compile(rf"(?<!\w)({number_pattern()}(?:\s*шт\w*)?)\s+(?=[\ue000-\ue7ff])"), *FILES
)
#: more is no edit but another list
_MOST_SENTENCES, _LONGEST_SENTENCE = 40, 600
#: «обычный, а не ориг»: what it is not
_NOT_THAT = re.compile(r"(?<=\w)\s*,?\s+а\s+не\s+\D{2,40}$", re.IGNORECASE)
#: «hg, который 645»: what costs so much is no clause of its own
_WHICH_COSTS = re.compile(
    r"\s*,\s+(?=котор(?:ый|ая|ое|ые|ую)\s+(?:за\s+)?\d{2,6}(?![\w.,]))", re.IGNORECASE
)
_LEAD = re.compile(r"^(?:(?:и|а|да|ну|так|вот|еще|также|плюс|тогда)\s+)*")


class Editor:
    """Edits orders over one revision of the list."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        self.goods = matcher.goods
        self.picking = Picking(matcher)
        self.words = edit_words()
        self.mentions = Mentions(self.goods)
        self.renumbering = Renumbering(self.mentions)
        self.removing = Removing(self.mentions)
        self.alternatives = Alternatives(matcher, self.mentions)
        self.rewording = Rewording(matcher, self.mentions, self.alternatives)
        self.exchanging = Exchanging(matcher, self.mentions, self.alternatives, self.rewording)
        self.deciding = Deciding(matcher, self.mentions)
        self.dividing = Dividing(matcher, self.mentions)
        self.specifying = Specifying(matcher, self.mentions, self.rewording)
        self.counting = Counting(
            matcher, self.mentions, self.rewording, self.deciding, self.specifying
        )
        self.adding = self.counting.adding
        self.covering = self.counting.covering

    def edit(
        self, text: str, order: Order, focus: int = -1, *, before: Order | None = None
    ) -> Edited | None:
        """What a message means for an order, or None where it is about something else.

        :param focus: place of the line that the last turn was about.
        :param before: the order before its last change: «верни мини».
        """
        text, names = by_codes(text, self.goods)
        edited = self._edited(echoed(heard(text, self.goods), order), order, focus, before)
        if edited is None or not names:
            return edited
        lines = (replace(line, said=names.get(line.said, line.said)) for line in edited.order.lines)
        return replace(edited, order=replace(edited.order, lines=tuple(lines)))

    def _edited(self, text: str, order: Order, focus: int, before: Order | None) -> Edited | None:
        if name := clauses.command(text):
            done = Edited(act=name, order=order, focus=focus)  # type: ignore[arg-type]
            return self.picking.cheapest(done) if name == "cheapest" else done
        if (match := _PICKED.match(text.strip())) and (picked := self.picking.picked(match, order)):
            return picked
        if self._takes_back(text, order):
            return Edited(act="edited", order=order, focus=focus)
        if chosen := self.picking.chosen(text, order, focus):
            return chosen
        draft = Draft(order, focus if 0 <= focus < len(order.lines) else -1, before=before)
        if self.dividing.divided(draft, text):
            return self._done(draft)
        text = self.renumbering.without_corrections(text, draft)
        if not text and draft.understood:
            return self._done(draft)
        said = _told_after_asked([one for row in text.splitlines() for one in sentences(row)])
        if len(said) > _MOST_SENTENCES or any(len(one) > _LONGEST_SENTENCE for one, _ in said):
            draft.understood = self.adding.add(draft, text)
            said = []
        for sentence, question in said:
            self._sentence(draft, sentence, question)
        if not draft.understood or (draft.lost and draft.order is order and not draft.checkout):
            return None
        return self._done(draft)

    def _takes_back(self, text: str, order: Order) -> bool:
        """«поменяй местами… а нет, не надо»: a message that takes back what it begins with."""
        low = re.sub(r"(?<!\w)(?:а|ой|ну)\s+(?=нет|не|хотя)", "", plain(text))
        low = " ".join(re.findall(r"[\w-]+", low))
        said = next((r for r in self.words.retractions if low.endswith(f" {r}")), "")
        before = low.removesuffix(said)
        named = said and self.mentions.refs(Draft(order, -1), clauses.core(before))
        return bool(said) and not named and not self.goods.sense(before).goods

    def _done(self, draft: Draft) -> Edited:
        nothing = [at for at in set(draft.touched) if draft.order.lines[at].quantity == 0]
        draft.remove(nothing)
        if draft.keep:
            gone = [at for at in range(len(draft.order.lines)) if at not in draft.keep]
            draft.remove(gone)
        order = joined(_unjoined(draft.order))
        focus = draft.touched[-1] if draft.touched else -1 if draft.gone else draft.focus
        return Edited(
            act="checkout" if draft.checkout else "edited",
            order=order,
            focus=focus if focus < len(order.lines) else len(order.lines) - 1,
            beside=", ".join(draft.beside),
            lost=tuple(
                text
                for text in draft.lost
                if self._names_goods(text) or self.mentions.refs(draft, clauses.core(text))
            ),
            gone=tuple(draft.gone),
            absent=tuple(dict.fromkeys(draft.absent)),
            missing=tuple(draft.missing),
            which=tuple(draft.which),
            unclear=tuple(dict.fromkeys(draft.unclear)),
            absurd=draft.absurd,
            told=tuple(draft.told),
        )

    def _names_goods(self, text: str) -> bool:
        """Whether what was not understood is worth a word: «ой, подождите» is not."""
        sense = self.goods.sense(clauses.core(text))
        return sense.goods or sense.code or sense.article or sense.colour

    def _is_talk(self, draft: Draft, clause: str, low: str) -> bool:
        """Whether a clause is about the shop and names neither goods nor a line."""
        if not order_words().talk.search(low) or pointing.places(low):
            return False
        return not (self._names_goods(clause) or self.mentions.refs(draft, clauses.core(clause)))

    def _sentence(self, draft: Draft, sentence: str, question: bool) -> None:
        draft.mode = ""
        if match := self._all_lines(draft, plain(sentence)):
            sentence = f"{sentence[: match.start()]}всех{sentence[match.end() :]}"
        sentence = self.exchanging.without_prices(draft, sentence)
        if self.deciding.by_rank(draft, sentence):
            draft.understood = True
            return
        lead = _LEAD.match(plain(sentence))
        if lead and lead[0]:
            sentence = sentence[lead.end() :]
        if other := _NOT_THAT.search(sentence):
            draft.unlike = clauses.core(sentence[other.start() :])
            sentence, draft.mode = sentence[: other.start()], "change"
        sentence = _WHICH_COSTS.sub(" ", sentence)
        sentence = self.exchanging.with_more_instead(draft, sentence)
        sentence = _NEXT_LINE().sub(r"\1, ", self.mentions.marked(sentence, draft))
        sentence = self.mentions.device_first(draft, sentence)
        low = plain(sentence)
        if self.renumbering.swapped(draft, low):
            draft.understood = True
            return
        if (
            self.renumbering.all_but(draft, low)
            or self.rewording.other_size(draft, low)
            or self.rewording.not_but(draft, low)
        ):
            draft.understood = True
            return
        draft.adding = bool(lead and self.words.verbs["add"].search(lead[0]))
        draft.again = bool(lead and self.words.verbs["again"].search(lead[0]))
        draft.goes_on = bool(lead and lead[0].split()[:1] == ["и"])
        if lead and clauses.verb(lead[0].strip()) == "change":
            draft.mode = "change"  # «ну тогда incell»
        said = _each_with_count(_whole_exchanges(clauses.pieces(sentence)))
        removed = len(draft.removals)
        for at, (clause, more) in enumerate(said):
            clause = pointing.shifted(clause, draft.removals[removed:])
            draft.adding, draft.again = draft.adding or more, draft.again or more
            named = clauses.core(clause)
            unnamed = not (named or pointing.places(clause) or clauses.one_more(plain(clause)))
            if unnamed and clauses.verb(plain(clause)) == "add":
                draft.adding = True
                continue
            if (
                not (named or pointing.places(clause))
                and at + 1 < len(said)
                and (clauses.verb(plain(clause)) == "change")
            ):
                draft.mode = "change"  # «передумал, акб кф»
                continue
            if at + 1 < len(said) and self.exchanging.complains(draft, clause):
                continue
            if draft.added and (
                self.adding.goes_on(draft, clause) or self.adding.recounts(draft, clause)
            ):
                draft.added[-1] += f", {clause}"
                continue
            if self.adding.tells_more(draft, clause):
                continue
            if clauses.checks_out(clause):
                draft.understood = draft.checkout = True
                continue
            tells = clauses.verb(plain(clause)) in ("remove", "replace")
            counts = bool(draft.lost) and not tells and only_amount(named or "")
            if counts and self.counting.was_meant(draft, named):
                draft.understood = True  # «скотча мало, надо 10»
                continue
            if counts and self._names_goods(draft.lost[-1]):
                draft.added.append(f"{draft.lost.pop()}, {clause}")  # «акб 12 hg, 4 шт»
                draft.understood = True
                continue
            ended = question and at == len(said) - 1
            if not ended and self.exchanging.in_place_of_removed(draft, clause):
                draft.understood, draft.mode = True, ""
                continue
            if self._clause(draft, clause, asked=ended or clauses.asks(clause)):
                draft.understood = True
            elif draft.understood or draft.checkout:
                draft.beside.append(clause)
            else:
                draft.lost.append(clause)
        self.adding.flush(draft)

    def _all_lines(self, draft: Draft, low: str) -> re.Match[str] | None:
        """«и те и другие»; «все три» where there are three."""
        so_many = rf"{self.words.verbs['all_so_many'].pattern}\s+({number_pattern()})(?![\w-])"
        match = re.search(so_many, low)
        if match and number_of(match[1]) == len(draft.order.lines):
            return match
        return self.words.verbs["all_lines"].search(low)

    def _clause(self, draft: Draft, clause: str, *, asked: bool) -> bool:
        clause = self.mentions.with_others(draft, self.mentions.with_device(draft, clause))
        clause = self.renumbering.of_a_model(draft, clause)
        low = plain(clause)
        if not low:  # «остальные убери» where there are no others
            return True
        if self._is_talk(draft, clause, low):
            return False  # «звонить до шести»: the shop, not a quantity
        if draft.touched and self.rewording.is_no_more(draft, low):
            return True
        if (draft.touched or draft.gone) and self.exchanging.gives_a_reason(low):
            return True
        if self.removing.restored(draft, low) or self.removing.stays(draft, low):
            return True
        own = clauses.verb(low) or ("add" if draft.adding else "")
        counts = pointing.places(low) and only_amount(clauses.core(pointing.without(low)))
        needed = draft.mode == "remove" and self.words.verbs["needed_after_all"].search(low)
        # «третью удали, вторую 12», «лампу не надо, штатив надо»
        verb = own or ("" if counts or needed else draft.mode)
        if numbers := pointing.absent(low):
            if not (len(numbers) == 1 and self.counting.nth_option(draft, low, numbers[0] - 1)):
                draft.absent += numbers
            return True
        count = only_amount(clauses.core(clause)) if draft.asked_of and verb == "add" else None
        if count and self.adding.another_colour(draft, draft.asked_of, count):
            return True  # «а зелёные есть? добавь две»
        if self.renumbering.recounted(draft, low, verb, asked=asked):
            return True
        if not asked and self.counting.as_many_as(draft, low):
            return True
        same = self.words.verbs["same"].search(low)
        if same and (line := draft.focused()) and line.quantity:
            clause = f"{clause[: same.start()]} {clause[same.end() :]} {line.quantity} шт"
            low = plain(clause)
        if not asked and self._specifies(draft, clause, verb):
            return True
        if asked and "remove" in (verb, _asked_without(low)):
            sums = _asked_without(low) or clauses.takes_away(low)
            return bool(sums) and self.removing.would_be(draft, low)
        if verb == "remove":
            draft.mode = verb
            return self.removing.take_away(draft, clause, own=bool(own))
        if verb == "keep":
            places = self.mentions.pointed(draft, low) or self.mentions.refs(
                draft, clauses.core(clause)
            )
            if places:
                draft.mode = verb
                draft.keep += places
                draft.touched += places
                return True
        if (
            verb == "replace"
            and pointing.places(low)
            and only_amount(clauses.core(pointing.without(low)))
        ):
            verb = "change"  # «поменяй количество: первое 5»
        if verb == "replace" and self.exchanging.in_its_place(draft, low):
            return True
        if verb == "replace" and (goods := self.exchanging.in_place_of_gone(draft, low)):
            return self.counting.change_or_add(draft, goods, "add", asked=False)
        if asked and verb in ("cheaper", "dearer"):
            return self.alternatives.told(draft, clause, verb)
        if asked and self.alternatives.told_kin(draft, clause):
            return True
        if not asked and verb in ("", "cheaper") and self.adding.names_new_goods(draft, clause):
            verb = "add"  # «и дисплей к нему подешевле 1», «и чехол на него»
        if verb in ("", "replace", "change") and self.alternatives.another(draft, low):
            return True
        if verb in ("replace", "cheaper", "dearer"):
            return self.exchanging.exchange(draft, clause, verb)
        if not verb and not asked and self.rewording.one_for_another(draft, low):
            return True
        if verb in ("", "change") and not asked and self.rewording.takes_article(draft, clause):
            return True
        if self.counting.change_or_add(draft, clause, verb, asked=asked):
            return True
        if not asked and self.adding.takes(draft, clause):
            return True
        return not asked and self.covering.does(draft, clause, verb)

    def _specifies(self, draft: Draft, clause: str, verb: str) -> bool:
        """«кабель чёрный», «только не lux»; «без ААА» takes a line away where one is so."""
        low = plain(clause)
        if verb in ("add", "replace") or (verb == "keep" and " не " not in f" {low}"):
            return False
        if verb == "remove" and not low.startswith("без "):
            return False
        return self.specifying.does(draft, clause)


def _told_after_asked(said: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """«бордовую на синюю поменять можно? поменяйте»: what was asked about is told to be done."""
    found = list[tuple[str, bool]]()
    for sentence, question in said:
        low = plain(sentence)
        tells = clauses.verb(low) and not (clauses.core(low) or pointing.places(low))
        if tells and not question and found and found[-1][1]:
            found[-1] = (clauses.without_asking(found[-1][0]), False)
        else:
            found.append((sentence, question))
    return found


def _whole_exchanges(said: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """«колонку смени, на зелёную» as «колонку смени на зелёную»."""
    found = list[tuple[str, bool]]()
    for clause, more in said:
        before = plain(found[-1][0]) if found else ""
        to = plain(clause).startswith("на ") and clauses.verb(before) == "replace"
        if to and not re.search(r"(?<!\w)(?:на|вместо)\s", before):
            found[-1] = (f"{found[-1][0]} {clause}", found[-1][1])
        else:
            found.append((clause, more))
    return found


def _each_with_count(said: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """«всех поровну, по 6» as «всех поровну по 6»."""
    each, found = order_words().each, list[tuple[str, bool]]()
    for clause, more in said:
        before = plain(found[-1][0]) if found else ""
        alone = before and not re.search(r"\w", each.sub(" ", before))
        if alone and only_amount(clause) is not None:
            found[-1] = (f"{found[-1][0]} {clause}", found[-1][1])
        else:
            found.append((clause, more))
    return found


def _unjoined(order: Order) -> Order:
    """Without the notes on repeated goods, which the edit may have made wrong."""
    mark = text_of("same_goods", n="\\d+").replace("\\d+", "").split(".")[0][:20]
    return replace(
        order,
        lines=tuple(
            replace(line, note=re.sub(rf"{re.escape(mark)}[^.]*\.\s*", "", line.note))
            if mark in line.note
            else line
            for line in order.lines
        ),
    )


def _asked_without(low: str) -> str:
    """«сколько будет без дисплея?» tells to remove nothing, but asks what would be."""
    summed = re.search(r"(?<!\w)(?:сколько|по\s?чем|сумм\w*|итог\w*)(?!\w)", low)
    return "remove" if summed and re.search(r"(?<!\w)без\s+\w", low) else ""
