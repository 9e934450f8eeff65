"""Quantities changed by what they were: «не 2, а 5», «на 2 больше», «всё по 20, кроме мышей»."""

import re

from common import published
from optfm.orders import clauses, pointing
from optfm.orders.bare_amounts import bare_amount
from optfm.orders.draft import Draft
from optfm.orders.edit_words import edit_words
from optfm.orders.mentions import Mentions
from optfm.orders.quantities import (
    LONGEST,
    Amount,
    explicit_amount,
    number_of,
    number_pattern,
    only_amount,
    plain,
)
from optfm.orders.recounting import recount
from optfm.orders.words import FILES, order_words
from optfm.text.morphology import is_of

_BUT = re.compile(r"(?<!\w)кроме\s+(.+?)(?=\s*,|\s+по\s+\d|\s*$)")
_BUT_SO_MANY = re.compile(
    r"^\W*кроме\s+([^,]+?)\s*,\s*(?:(?:его|ее|их|там|туда|этого|этой|только)\s+)?-?\s*(\d{1,5})"
    r"\s*(?:шт\w*)?\W*$"
)
_PIECES = re.compile(r"[,;\n]")
_PAIR = re.compile(r"(\d{1,3})\s*[-–—:=]\s*(\d{1,5})(?:\s*шт\w*\.?)?")
#: longer than most quantities: «2015» may be of the goods' name
LONG_NUMBER = 999
#: «не по 100, а по 10»: of every line that has so many
_EACH = re.compile(r"(?<!\w)по\s")
_LAST_NUMBER = re.compile(r"^(.*\S)\s+(\d{1,5})$")


def _made_corrections() -> tuple[tuple[re.Pattern[str], int, int], ...]:
    """Patterns of corrections with the groups of the old and of the new number."""
    number = rf"(?:по\s+)?({number_pattern()})(?:\s*шт\w*)?"
    return (
        (re.compile(rf"(?<!\w)не\s+{number}\s*,?\s*а\s+{number}(?![\w.,]\w)"), 1, 2),
        (
            re.compile(rf"(?<![\w-])(?<!\d[.,]){number}\s*(?:вместо|а не)\s+{number}(?![.,]?\w)"),
            2,
            1,
        ),
        (re.compile(rf"вместо\s+{number}\s*[-,]?\s*(?:\w+\s+)?{number}(?!\w)"), 1, 2),
    )


_corrections: published.Following[tuple[tuple[re.Pattern[str], int, int], ...]] = (
    published.Following(_made_corrections, *FILES)
)
#: Between the clauses of a message; «не 2, а 5» is one.
_between: published.Following[re.Pattern[str]] = published.Following(
    lambda: re.compile(rf"[,;\n](?!\s*а\s+(?:по\s+)?{number_pattern()}(?!\w))\s*", re.I), *FILES
)


#: «по 14 сделай пятнадцать»
_OF_MODEL = re.compile(
    r"^(?:по|для|на|у)\s+(\d{1,3})(?:-?[а-я]{1,2})?(?P<marks>(?:\s+(?:plus|pro|max|mini|про|макс|мини))*)"
    r"\s+(?=[^\W\d]{3})(.+)$"
)


class Renumbering:
    """Changes quantities that the order has."""

    def __init__(self, mentions: Mentions) -> None:
        self.mentions = mentions
        self.goods = mentions.goods
        self.words = edit_words()

    @staticmethod
    def says_pack(text: str) -> bool:
        """«скотч пачками по 5»: of how many are in one."""
        pack = rf"(?<!\w)(?:{order_words().packs.pattern})\s+по\s+\d{{1,3}}\W*$"
        return re.search(pack, plain(text)) is not None

    def of_a_model(self, draft: Draft, clause: str) -> str:
        """«по 14 сделай пятнадцать»: a mark for the one line whose own words have that number."""
        match = _OF_MODEL.match(plain(clause))
        value = only_amount(clauses.core(match[3])) if match else None
        if match is None or value is None or self.goods.sense(match[3]).goods:
            return clause
        places = self.mentions.with_number(draft.order, int(match[1]))
        if match["marks"]:
            model = f"{match[1]}{match['marks']}"
            places = self.mentions.refs(draft, model) or places
        return f"{pointing.marks(places)} {match[3]}" if len(places) == 1 else clause

    def without_corrections(self, text: str, draft: Draft) -> str:
        """What is left of a message after the clauses that correct a number."""
        if len(text) > LONGEST:
            return text
        if self._by_numbers(text, draft):
            draft.understood = True
            return ""
        clauses = [clause for clause in _between().split(text) if clause.strip()]
        rest = [clause for clause in clauses if not self._corrects(clause)]
        if len(rest) < len(clauses) and all(self._counts_or_acts(draft, c) for c in rest):
            done = [self.corrected(c, draft) for c in clauses if c not in rest]
            if all(done):
                draft.understood = True
                return ", ".join(rest)
        if self.corrected(text, draft):
            draft.understood = True
            return ""
        return text

    def _by_numbers(self, text: str, draft: Draft) -> bool:
        """«1 - 7, 3 - 1»: new quantities of lines by their numbers, where none is a model's."""
        pairs = [_PAIR.fullmatch(piece.strip(" .!")) for piece in _PIECES.split(text)]
        lines = draft.order.lines
        found = {int(pair[1]): int(pair[2]) for pair in pairs if pair}
        if (
            (len(pairs) < 2 and ":" not in text)
            or len(found) < len(pairs)
            or not all(0 < n <= len(lines) for n in found)
        ):
            return False
        if any(self.mentions.with_number(draft.order, number) for number in found):
            return False
        for number, quantity in found.items():
            draft.set(number - 1, quantity)
        return True

    def _counts_or_acts(self, draft: Draft, clause: str) -> bool:
        """Whether a clause is an edit by itself: a verb, or a count."""
        core = clauses.core(clause)
        return bool(
            explicit_amount(clause)
            or clauses.verb(plain(clause))
            or self.words.verbs["restore"].search(plain(clause))
            or bare_amount(clause, self.goods, ending=True)
            or self.plain_count(draft, core)
        )

    def plain_count(self, draft: Draft, core: str) -> Amount | None:
        """«батареек 12»: a number after goods that have no model, of one line of the order."""
        match = _LAST_NUMBER.match(core)
        places = self.mentions.refs(draft, match[1]) if match else []
        if match is None or len(places) != 1 or self.mentions.refs(draft, core):
            return None
        line = draft.order.lines[places[0]]
        if self.goods.device_of(line.name or line.asked) and not is_of(match[1].split()[-1]):
            return None  # «акб 11»; of «дисплеев 2» the number is a count
        return Amount(value=int(match[2]), how="end", rest=match[1])

    @staticmethod
    def _corrects(clause: str) -> bool:
        return any(pattern.search(plain(clause)) for pattern, _, _ in _corrections())

    def corrected(self, text: str, draft: Draft) -> bool:
        """«не 100 а 10», «семёрок 10 вместо 5»."""
        low = plain(text)
        for pattern, old, new in _corrections():
            match = pattern.search(low)
            if match is None:
                continue
            before, after = number_of(match[old]), number_of(match[new])
            rest = f"{low[: match.start()]} {low[match.end() :]}"
            core = clauses.core(rest)
            places = self.mentions.refs(draft, core) if core else []
            places = places or pointing.places(self.mentions.marked(rest, draft))
            if not places and self.goods.sense(core).goods:
                continue  # «кабелей не один, а десять, …» is of no other line that has one
            if not places:
                places = [
                    at for at, line in enumerate(draft.order.lines) if line.quantity == before
                ]
            if len(places) > 1:
                places = [at for at in places if draft.order.lines[at].quantity == before] or places
            each = _EACH.search(match[0]) is not None
            if len(places) > 1 and draft.focus in places and not each:
                places = [draft.focus]
            if len(places) == 1 or (places and each):
                for at in places:
                    draft.set(at, after)
                return True
        return False

    def swapped(self, draft: Draft, low: str) -> bool:
        """«поменяй местами количество»: of two lines, those named or the only ones."""
        match = self.words.verbs["swap"].search(low)
        lines = draft.order.lines
        if match is None:
            return False
        places = pointing.places(low)
        if not places:
            core = clauses.core(f"{low[: match.start()]} {low[match.end() :]}").split()
            named = [self.mentions.refs(draft, word) for word in core]
            places = list(dict.fromkeys(one[0] for one in named if len(one) == 1))
        if len(places) != 2 and len(lines) == 2:
            places = [0, 1]
        if len(places) != 2:
            draft.which += range(len(lines))
            return len(lines) > 1
        first, second = (lines[at].quantity for at in places)
        draft.set(places[0], second)
        draft.set(places[1], first)
        return True

    def all_but(self, draft: Draft, low: str) -> bool:
        """«всё по 20, кроме мышей», «всё, кроме мыши, убери», «кроме мыши, её 3»."""
        if (match := _BUT_SO_MANY.match(low)) and (
            but := self.mentions.refs(draft, clauses.core(match[1]))
        ):
            for at in but:
                draft.set(at, int(match[2]))
            return True
        match = _BUT.search(low)
        if match is None or not order_words().each.search(low):
            return False
        rest = clauses.core(f"{low[: match.start()]} {low[match.end() :]}")
        but = pointing.places(match[1]) or self.mentions.refs(draft, clauses.core(match[1]))
        value = only_amount(rest)
        if but and not rest and clauses.takes_away(low):
            draft.keep += but
            return True
        if value is None or not but:
            return False
        for at in range(len(draft.order.lines)):
            if at not in but:
                draft.set(at, value)
        return True

    def recounted(self, draft: Draft, low: str, verb: str, *, asked: bool) -> bool:
        """«мышек на 2 больше», «удвой», «ещё столько же», «ещё 5 таких же, как второе»."""
        if asked or not draft.order.lines:
            return False
        found = recount(low)
        core = clauses.core(pointing.without(found.rest)) if found else ""
        places = pointing.places(low)
        if found is None:
            return self._more_of_the_same(draft, low, verb, places)
        if not places and order_words().each.search(found.rest):
            named = self.mentions.refs(draft, core)  # «наушников обоих на 1 меньше»
            places = named or list(range(len(draft.order.lines)))
        if not places and not core and not draft.touched and draft.before is None:
            places = list(range(len(draft.order.lines)))
            if len(places) > 1:  # «удвой» right after the list: which of the lines?
                draft.which += places
                return True
        places = places or (self.mentions.refs(draft, core) if core else [draft.target()])
        if re.search(r"(?<!\w)по\s", low):
            places = [*self.mentions.shared(draft), *places]
        counted = [at for at in places if draft.order.lines[at].quantity is not None]
        for at in counted:
            draft.set(at, found.of(draft.order.lines[at].quantity or 0))
        return bool(counted)

    def _more_of_the_same(self, draft: Draft, low: str, verb: str, places: list[int]) -> bool:
        """«ещё столько же», «добавь ещё как первое»."""
        alike = self.words.verbs["alike"].sub(" ", low)
        core = clauses.core(self.words.verbs["pronoun"].sub(" ", alike)) or clauses.one_more(low)
        again = draft.again or self.words.verbs["again"].search(low) is not None
        if (
            verb != "add"
            or not again
            or order_words().each.search(low)
            or (core and only_amount(core) is None)
        ):
            return False
        same = self.words.verbs["same"].search(low) is not None
        spoken = len(draft.order.lines) == 1 or draft.before is not None
        if not places and not (same and not core) and not (core and spoken):
            return False
        for at in places or [draft.target()]:
            before = draft.order.lines[at].quantity
            more = only_amount(core) if core else before
            if more is None or more > LONG_NUMBER:
                return False
            draft.set(at, (before or 0) + more)
        return True
