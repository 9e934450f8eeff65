"""A line's quantity divided among kinds: «один incell, второй олед», «половину hg, половину kf»."""

import re
from dataclasses import dataclass, replace

from optfm.orders import clauses
from optfm.orders.choosing import Chooser
from optfm.orders.draft import Draft
from optfm.orders.edit_words import edit_words
from optfm.orders.matching import Matcher
from optfm.orders.mentions import Mentions
from optfm.orders.order import Line
from optfm.orders.outcomes import is_missing_a_word, with_notes
from optfm.orders.quantities import LONGEST, number_of, number_pattern, only_amount, plain

_PIECES = re.compile(r"\s*[,;\n]\s*(?:а\s+|и\s+)?|\s+(?:и|а|плюс)\s+")
_MOST_PARTS = 6
_HALF, _REST, _EVEN = "half", "rest", "even"


@dataclass(frozen=True, slots=True)
class _Part:
    share: int | str | None  #: pieces, a half, the rest; None: as the last part says for each
    words: str


class Dividing:
    """Divides one line among goods that differ in colour or quality."""

    def __init__(self, matcher: Matcher, mentions: Mentions) -> None:
        self.matcher = matcher
        self.mentions = mentions
        self.goods = matcher.goods
        self.chooser = Chooser(matcher)
        self.words = edit_words()

    def divided(self, draft: Draft, text: str) -> bool:
        """Put the parts that a message tells in the place of one line, all of it or nothing."""
        parts = self._parts(plain(text)) if len(text) <= LONGEST else []
        if not 1 < len(parts) <= _MOST_PARTS:
            return False
        tried = sorted(range(len(draft.order.lines)), key=lambda at: at != draft.focus)
        for at in tried:
            line = draft.order.lines[at]
            counts = _counts(parts, line.quantity)
            if line.state not in ("sure", "choose") or not counts:
                continue
            if any(set(self.mentions.refs(draft, part.words)) - {at} for part in parts):
                continue  # «красный и мятный минус по два» are lines of their own
            line = self._of_one_thing(line, parts)
            found = [self._of(line, part.words, n) for part, n in zip(parts, counts, strict=True)]
            lines = [one for one in found if one is not None]
            if len(lines) == len(parts) and len({one.code for one in lines}) == len(parts):
                before, after = draft.order.lines[:at], draft.order.lines[at + 1 :]
                draft.order = replace(draft.order, lines=(*before, *lines, *after))
                draft.touched += range(at, at + len(lines))
                return True
        return False

    def _of_one_thing(self, line: Line, parts: list[_Part]) -> Line:
        """An open line decided for the one option that comes in the colours of all parts."""
        if line.state != "choose":
            return line
        fits = [
            option.code for option in line.options
            if all(self.matcher.in_colour(option.code, part.words) for part in parts)
        ]  # fmt: skip
        family = {self.matcher.in_colour(code, parts[0].words) for code in fits}
        return self.matcher.taken(line, fits[0]) if len(family) == 1 else line

    def _parts(self, low: str) -> list[_Part]:
        """The parts of a message that says nothing else; none where it does."""
        if match := self.words.verbs["evenly"].search(low):
            rest = f"{low[: match.start()]} {low[match.end() :]}".strip(" :,-")
            parts = self._listed(rest)
            if len(parts) > 1 and not any(part.share for part in parts):
                return [replace(part, share=_EVEN) for part in parts]
        parts = self._listed(low)
        partly = self.words.verbs["of_them"].search(low) or (parts and parts[0].share == _HALF)
        if partly and len(parts) == 1 and parts[0].share is not None:
            return [*parts, _Part(_REST, "")]  # «половину белыми»: the others stay as they are
        return parts

    def _listed(self, low: str) -> list[_Part]:
        said = (self.words.verbs[name].pattern for name in ("half_of", "rest_of"))
        beginning = rf"(?:{'|'.join(said)}|(?<![\w.,-]){number_pattern()}(?=\s))"
        low = re.sub(rf"(?<=\w)\s+(?={beginning})", ", ", low.strip(" .!"))
        found: list[_Part] = []
        for piece in filter(None, _PIECES.split(low)):
            part = self._part(piece)
            if part is None:
                return []
            if part.words:
                found.append(part)
            elif part.share is not None and found and found[-1].share is None:
                found[-1] = replace(found[-1], share=part.share)  # «hg, половину»
        each = re.search(r"(?<!\w)по\s+\S+(?:\s+шт\w*)?$", low)
        if each and (value := only_amount(each[0])) and all(p.share is None for p in found[:-1]):
            return [replace(part, share=value) for part in found]
        if any(isinstance(part.share, int) for part in found) and not clauses.takes_away(low):
            return [self._one_of_a_colour(part) for part in found]
        return found

    def _one_of_a_colour(self, part: _Part) -> _Part:
        """«две чёрные и бордовая»: a colour without a count is one piece."""
        return replace(part, share=1) if part.share is None and self._is_colour(part) else part

    def _is_colour(self, part: _Part) -> bool:
        sense = self.goods.sense(part.words)
        return sense.colour and not sense.known

    def _part(self, piece: str) -> _Part | None:
        """«один пусть будет incell»: how many, and of what kind; None for what is no part."""
        share: int | str | None = None
        for name, said in ((_HALF, "half_of"), (_REST, "rest_of")):
            if match := self.words.verbs[said].search(piece):
                share, piece = name, f"{piece[: match.start()]} {piece[match.end() :]}"
                break
        else:
            unit = r"(?:\s*шт\w*\.?)?"
            match = re.search(rf"(?<![\w.,-])(?:по\s+)?({number_pattern()}){unit}(?!\w)", piece)
            if match and (value := number_of(match[1])):
                share, piece = value, f"{piece[: match.start()]} {piece[match.end() :]}"
            else:
                piece = re.sub(r"(?<!\w)по\s+шт\w*", " ", piece)
        words = clauses.core(piece)
        sense = self.goods.sense(words)
        other = sense.goods or sense.whole or sense.value or sense.strange
        if words and (other or not (sense.known or sense.colour)):
            return None
        return _Part(share, words)

    def _of(self, line: Line, words: str, quantity: int) -> Line | None:
        """The goods of a line as the words say; None where it has none such."""
        if not words:
            return with_notes(replace(line, quantity=quantity, note=""))
        said = f"{line.said}, {words}"
        if line.state == "choose":
            chosen = self.chooser.by_words(line, words)
            if chosen is None:
                return None
            return with_notes(replace(chosen, said=said, quantity=quantity, note=""))
        if code := self.matcher.in_colour(line.code, words):
            bare = replace(line, said=said, quantity=quantity, note="")
            return self.matcher.taken(bare, code)
        if self.goods.meets(words, line.code):
            return with_notes(replace(line, said=said, quantity=quantity, note=""))
        kind = self.goods.kind_of(line.code)
        for question in (self.goods.leaning(kind, words), self.goods.leaning(line.asked, words)):
            found = self.matcher.asked(question, said=said, quantity=quantity)
            if found.state in ("sure", "choose") and not is_missing_a_word(found):
                return found
        return None


def _counts(parts: list[_Part], whole: int | None) -> list[int]:
    """How many of each part; none where they do not make the whole."""
    if not whole:
        return []
    even = all(part.share == _HALF for part in parts) or all(part.share == _EVEN for part in parts)
    if even and whole % len(parts) == 0:
        return [whole // len(parts)] * len(parts)
    given = [whole // 2 if part.share == _HALF and whole % 2 == 0 else part.share for part in parts]
    known = sum(n for n in given if isinstance(n, int))
    counts = [whole - known if n == _REST else n for n in given]
    if counts.count(None) or given.count(_REST) > 1 or {_HALF, _EVEN} & set(counts):
        return []
    found = [n for n in counts if isinstance(n, int)]
    return found if sum(found) == whole and min(found) > 0 else []
