"""Which devices a question names, in whatever order: «13 про айфон», «а 12 самсунг»."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from optfm.search.model_numbers import ModelNumbers
from optfm.search.numbers_said import LINKS, NumbersSaid
from optfm.search.query import Device
from optfm.text.device_grammar import DeviceGrammar, Tail
from optfm.text.devices import Devices
from optfm.text.lexicon import Piece
from optfm.text.mention import Mention, spoken
from optfm.text.tokens import Token


class Tagged(NamedTuple):
    """All that a question says of devices."""

    devices: tuple[Device, ...]  #: models, else brands and lines
    used: frozenset[int]  #: tokens that the above took


class DeviceTagger:
    """Reads devices out of questions.

    :param known: model number → how many rows of the list have a device of that number.
    :param known_lines: lines that the list has without a number.
    :param articles: words with digits that no device of the list has.
    :param fits_any: whether any row fits the device.
    :param is_called: whether goods for no device have the word and the number: «T-WOLF S3».
    :param is_named: whether goods for no device have all the words: «P9 Pro Max».
    :param is_for_devices: whether goods called by the word are mostly for devices: «дисплей».
    """

    def __init__(
        self,
        devices: Devices,
        known: Mapping[str, int],
        known_lines: frozenset[str],
        articles: frozenset[str],
        in_list: Callable[[str], bool],
        fits_any: Callable[[Mention], bool],
        is_called: Callable[[str, str], bool],
        is_named: Callable[[Sequence[str]], bool],
        is_for_devices: Callable[[str], bool],
    ) -> None:
        self._is_named = is_named
        self._devices = devices
        self._grammar = DeviceGrammar(devices)
        self._known = known
        self._known_lines = known_lines
        self._in_list = in_list
        self._numbers_said = NumbersSaid(devices, known, in_list)
        self._fits_any = fits_any
        self._numbers = ModelNumbers(
            devices, self._grammar, known, articles, in_list, fits_any, is_called, is_for_devices
        )

    def read(
        self,
        pieces: Sequence[Piece],
        found: Sequence[Token],
        *,
        about: Device | None = None,
        negated: Container[int] = (),
    ) -> Tagged:
        """The devices of a question.

        :param pieces: folded tokens.
        :param found: the tokens that the pieces point at.
        :param about: the device that the dialog is about: a bare «12» is one of its line.
        :param negated: the tokens that are not wanted.
        """
        row = self._numbers_said.written(self._devices.folded(pieces), found, negated)
        anchors = [at for at, piece in enumerate(row) if self._numbers_said.is_anchor(piece)]
        wanted = [at for at in anchors if row[at].start not in negated]
        named: list[Device] = []
        taken: set[int] = set()

        def take(device: Device | None, span: set[int], *, instead: bool = False) -> None:
            if device is not None:
                out = not instead and any(row[at].start in negated for at in span)
                named.append(replace(device, exclude=out))
                taken.update(span)

        for at in range(len(row)):
            if at in taken or not self._numbers.may_be(row, at, anchors, found):
                continue
            out = row[at].start in negated
            instead = not wanted and any(d.exclude for d in named)  # «не айфон 13, а 14»
            near = anchors if out or instead else wanted
            device, span = self._device(row, at, near, taken, found, about)
            if device is None or not (named and self._may_be_value(device, row[at])):
                take(device, span, instead=instead and not out)
        if about is not None and not anchors and not named:
            take(*self._marked(row, found, about))
        if about is not None and not anchors and len(named) == 1:
            refused = {at for at in range(len(row)) if row[at].start in negated}  # «6s без плюса»
            named[0] = self._with_loose_mark(row, named[0], taken | refused)
        for at in anchors:
            if at not in taken and row[at].sort == "series":
                take(*self._line(row, at, found))
        wholes: list[Device] = []
        for at in anchors:
            whole = None if at in taken else self._whole(row, at, found)
            if whole is not None:
                wholes.append(replace(whole, exclude=row[at].start in negated))
                taken.add(at)
        if about is not None and not named and len(wholes) == 1:
            wholes = [self._of_brand(about, wholes[0])]
        if any(not d.exclude for d in named):
            wholes = [w for w in wholes if w.exclude]
        return Tagged(
            devices=(*named, *self._narrowest(wholes)),
            used=frozenset(t for at in taken for t in range(row[at].start, row[at].end)),
        )

    def _may_be_value(self, device: Device, piece: Piece) -> bool:
        """«redmi note 4x 64»: after a model, a number that is none and that goods have."""
        if piece.sort != "number" or any(map(self._fits_any, device.readings)):
            return False
        return any(self._in_list(f"{piece.lexeme}:{name}") for name in ("memory", "power"))

    def _marked(
        self, row: Sequence[Piece], found: Sequence[Token], about: Device
    ) -> tuple[Device | None, set[int]]:
        """«про макс» alone: the device that the dialog is about, with these marks."""
        at = next((at for at, piece in enumerate(row) if piece.lexeme in self._devices.marks), None)
        if at is None or about.whole or not about.readings[0].number:
            return None, set()
        before = about.readings[0]
        tail = self._grammar.tail(row, at, before.series, named=True)
        mention = before._replace(
            marks=self._grammar.changing(tail.marks), net=tail.net, year=tail.year or before.year
        )
        typed = " ".join(found[t].typed for t in range(row[at].start, row[tail.end - 1].end))
        device = Device(readings=(mention._replace(label=spoken(mention)),), said=typed)
        return device, set(range(at, tail.end))

    def _with_loose_mark(self, row: Sequence[Piece], device: Device, taken: set[int]) -> Device:
        """«мини тоже, двенадцатый»: a mark apart from its number, where there is such a model."""
        marks = self._devices.marks.keys() - self._devices.worded_numbers
        loose = [at for at, p in enumerate(row) if at not in taken and p.lexeme in marks]
        if len(loose) != 1 or any(m.marks for m in device.readings):
            return device
        mark = self._devices.marks[row[loose[0]].lexeme]
        marked = [m._replace(marks=frozenset({mark})) for m in device.readings]
        fitting = tuple(m._replace(label=spoken(m)) for m in marked if self._fits_any(m))
        if not fitting:
            return device
        taken.add(loose[0])
        return replace(device, readings=fitting)

    def _of_brand(self, about: Device, whole: Device) -> Device:
        """«самсунг» after «а12»: that model, of that brand."""
        before, brand = about.readings[0], whole.readings[0]
        if about.whole or before.brands or before.series or not before.number:
            return whole
        mention = before._replace(brands=brand.brands, series=brand.series)
        return replace(about, readings=(mention._replace(label=spoken(mention)),), said=whole.said)

    def _narrowest(self, wholes: Sequence[Device]) -> list[Device]:
        """«xiaomi redmi» is a Redmi: a brand beside a line of its own says nothing."""
        lines = {
            self._devices.series_brand.get(w.readings[0].series, "")
            for w in wholes
            if w.readings[0].series
        }
        return [w for w in wholes if w.readings[0].series or not w.readings[0].brands <= lines]

    def _device(
        self,
        row: Sequence[Piece],
        at: int,
        anchors: Sequence[int],
        taken: set[int],
        found: Sequence[Token],
        about: Device | None,
    ) -> tuple[Device | None, set[int]]:
        """The device whose number stands at the place, and the pieces that name it."""
        marks = self._devices.marks
        anchors = [i for i in anchors if not self._is_own_mark(row, at, i)]
        near = self._anchors_of(row, at, anchors)
        marked = any(row[i].lexeme in marks for i in (at - 1, at + 1) if 0 <= i < len(row))
        leaning = not near and about is not None and self._leans(row, at, found)
        if not near and not leaning and not self._numbers.stands_alone(row, at, found, marked):
            return None, set()
        line, brands, inner = self._context(row, near)
        if not near and not leaning:
            line = self._own_line(row[at].lexeme)
        if leaning and about is not None:
            line, brands = about.readings[0].series, about.readings[0].brands
        tail = self._grammar.tail(row, at + 1, line, named=bool(line or brands))
        span = set(range(at, tail.end))
        before = () if tail.marks else self._marks_before(row, at, near)
        if near and not tail.marks and not before:  # «айфон про 13»
            before = tuple(i for i in inner if i not in taken)
        span.update(before)
        tail = tail._replace(marks=tail.marks | {marks[row[i].lexeme] for i in before})
        own = bool(tail.marks)
        line, tail = self._merged(row[at].lexeme, brands, line, tail)
        options = self._numbers.read(row[at], found, line, brands, tail)
        if not (near or leaning) and tail.marks and self._is_name(row, at, tail.end, options):
            return None, set()
        if leaning and not any(map(self._fits_any, options)):
            plain = self._numbers.read(row[at], found, "", frozenset(), tail)
            options = plain if any(map(self._fits_any, plain)) else options
        typed = " ".join(
            found[t].typed for i in sorted(span) for t in range(row[i].start, row[i].end)
        )
        device = Device(readings=options, sure=bool(near) or own, said=typed)
        return device, span | set(near)

    def _is_name(self, row: Sequence[Piece], at: int, end: int, options: Sequence[Mention]) -> bool:
        """«P9 Pro Max», «U9 Pro»: no phone that the list has, but goods for none are called so."""
        if row[at].lexeme.isdigit() or any(map(self._fits_any, options)):
            return False
        return self._is_named([piece.lexeme for piece in row[at:end]])

    def _is_own_mark(self, row: Sequence[Piece], at: int, anchor: int) -> bool:
        """«M5 Note» where the list has one: the line is a mark of the number before it."""
        name = row[anchor].lexeme
        if anchor != at + 1 or name not in self._devices.line_marks:
            return False
        tail = Tail(frozenset({name}), "", "", anchor + 1)
        return self._fits_any(self._grammar.mention(frozenset(), "", row[at].lexeme, tail))

    def _marks_before(self, row: Sequence[Piece], at: int, near: Sequence[int]) -> tuple[int, ...]:
        """Where the marks right before a number stand: «про макс 13»."""
        if near and near[-1] == at - 1:
            return ()
        marks = self._devices.marks.keys() - self._devices.worded_numbers
        first = at
        while first and row[first - 1].lexeme in marks:
            first -= 1
        return tuple(range(first, at))

    def _merged(
        self, number: str, brands: frozenset[str], line: str, tail: Tail
    ) -> tuple[str, Tail]:
        """«airpods 2 pro», «ipad 5 mini»: where a mark makes another line of it, that line."""
        if self._fits_any(self._grammar.mention(brands, line, number, tail)):
            return line, tail
        for mark in sorted(tail.marks):
            rest = tail._replace(marks=tail.marks - {mark})
            if line.endswith(mark) and line[: -len(mark)] in self._devices.series_brand:
                tail = rest  # «air 2» of iPad Air: the line says it
            elif line and line + mark in self._devices.series_brand:
                line, tail = line + mark, rest
            elif (
                line
                and (own := self._sister_line(line, mark))
                or not line
                and (own := self._line_of_mark(mark))
            ):
                mention = self._grammar.mention(brands, own, number, rest)
                line, tail = (own, rest) if self._fits_any(mention) else (line, tail)
        return line, tail

    def _line_of_mark(self, mark: str) -> str:
        """The one line whose name is another's with the mark: iPad Air of «air 2»; "" for none."""
        lines = self._devices.series_brand
        own = [s for s in lines if s.endswith(mark) and s[: -len(mark)] in lines]
        return own[0] if len(own) == 1 else ""

    def _sister_line(self, line: str, mark: str) -> str:
        """iPad mini of «mini 4» where iPad Air is spoken of; "" for none."""
        lines = self._devices.series_brand
        own = (line[:end] for end in range(len(line) - 1, 0, -1))
        return next((s + mark for s in own if s in lines and s + mark in lines), "")

    def _line(
        self, row: Sequence[Piece], at: int, found: Sequence[Token]
    ) -> tuple[Device | None, set[int]]:
        """A line that is a device by itself: «P Smart 2019», «Mi Max»."""
        name = row[at].lexeme
        tail = self._grammar.tail(row, at + 1, name, named=True)
        alone = tail.marks or tail.year or name in self._devices.alone
        if name not in self._known_lines or not alone:
            return None, set()
        brand = self._devices.series_brand.get(name, "") or self._brand_before(row, at)
        if not brand and self._devices.is_common_word(name):
            return None, set()
        mention = self._grammar.mention(frozenset({brand} if brand else ()), name, "", tail)
        device = Device(readings=(mention,), said=found[row[at].start].typed)
        return device, set(range(at, tail.end))

    def _brand_before(self, row: Sequence[Piece], at: int) -> str:
        """The brand that stands right before a line of several brands: «Honor Play»."""
        return self._devices.brands.get(row[at - 1].lexeme, "") if at else ""

    def _whole(self, row: Sequence[Piece], at: int, found: Sequence[Token]) -> Device | None:
        """A brand or a line without a number; None for a word of goods."""
        piece = row[at]
        brand, series = "", ""
        if piece.sort != "series":
            brand = self._devices.brands[piece.lexeme]
        elif self._devices.is_common_word(piece.lexeme) or piece.lexeme == "mi":
            return None
        elif piece.lexeme in self._devices.hidden:
            brand = self._devices.series_brand[piece.lexeme]
        else:
            series = piece.lexeme
        mention = Mention(frozenset({brand} if brand else ()), series, "")
        return Device(
            readings=(mention._replace(label=spoken(mention)),),
            said=found[piece.start].typed,
            whole=True,
            governed=bool(at) and row[at - 1].lexeme in LINKS,
        )

    def _own_line(self, number: str) -> str:
        return "" if number in self._known else self._devices.line_of_number(number)

    def _leans(self, row: Sequence[Piece], at: int, found: Sequence[Token]) -> bool:
        """Whether a number may be a model of the line that the dialog is about: «а на 12?»."""
        if row[at].sort == "word" and row[at].lexeme not in self._devices.worded_numbers:
            return False
        first = at  # «на air 2»: what stands before the marks counts
        while first and row[first - 1].lexeme in self._devices.marks:
            first -= 1
        before = [p for p in row[:first] if p.sort != "filler"]
        return (
            not before
            or (first > 0 and row[first - 1].lexeme in LINKS)
            or row[at].sort == "code"
            or (before[-1].sort in ("number", "code"))
        )

    def _anchors_of(self, row: Sequence[Piece], at: int, anchors: Sequence[int]) -> list[int]:
        """The brand and line said of the number: before it, else right after it."""
        before = [i for i in anchors if i < at and not self._is_of_goods(row, i)]
        if before:
            near = [before[-1]]
            for i in reversed(before[:-1]):
                if i == near[0] - 1:
                    near.insert(0, i)
                else:
                    break
            return near
        after = [i for i in anchors if i > at]
        if after and not self._has_own_number(row, at, after[0]):
            near = [after[0]]
            for i in after[1:]:
                if i == near[-1] + 1:
                    near.append(i)
                else:
                    break
            return near
        return []

    def _is_of_goods(self, row: Sequence[Piece], anchor: int) -> bool:
        """«smart case mini 4»: a line that is a common word, with the word that it goes with."""
        following = row[anchor + 1] if anchor + 1 < len(row) else None
        return (
            following is not None
            and following.sort == "word"
            and self._devices.is_common_word(row[anchor].lexeme)
            and not self._numbers_said.is_anchor(following)
            and following.lexeme not in self._devices.marks
        )

    def _has_own_number(self, row: Sequence[Piece], at: int, anchor: int) -> bool:
        """«5 акб айфон 7»: other words stand between, and the line has a number of its own."""
        if all(p.sort in ("number", "code") or p.lexeme == "и" for p in row[at + 1 : anchor]):
            return False
        end = anchor
        while end < len(row) and self._numbers_said.is_anchor(row[end]):
            end += 1
        return end < len(row) and self._grammar.is_number(row[end], row[end - 1].lexeme)

    def _context(
        self, row: Sequence[Piece], near: Sequence[int]
    ) -> tuple[str, frozenset[str], list[int]]:
        line = ""
        brands: set[str] = set()
        for i in near:
            piece = row[i]
            if piece.sort == "series":
                name = piece.lexeme
                if name == "note" and line == "redmi":
                    name = "redminote"
                if name not in self._devices.hidden or name == "mi":  # «ми 9т» is no Redmi 9T
                    line = name
                if brand := self._devices.series_brand.get(piece.lexeme, ""):
                    brands.add(brand)
            else:
                brands.add(self._devices.brands[piece.lexeme])
        if line == "note" and "xiaomi" in brands:
            line = "redminote"
        own = self._devices.series_brand.get(line, "")
        if own and own != "huawei":
            brands = {own}
        inner: list[int] = []
        if near:
            end = near[-1] + 1
            marks = self._devices.marks.keys() - self._devices.numbers_of(line)
            while end < len(row) and row[end].lexeme in marks:
                inner.append(end)
                end += 1
        return line, frozenset(brands), inner
