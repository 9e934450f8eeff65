"""The rows of one list as arrays: who fits which device, has which value, costs how much."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from optfm.catalog.rows import PriceRow
from optfm.search import roles, weights
from optfm.search.facts import Facts
from optfm.search.postings import NONE, Ids, Postings, union, within
from optfm.search.query import Device, Price, Sale, Value
from optfm.text.cache import Cache
from optfm.text.devices import Devices
from optfm.text.lexicon import Lexicon
from optfm.text.mention import Mention, closeness, line_of, of_brand, printed, spoken
from optfm.text.normalise import has_cyrillic
from optfm.text.vocabulary import Vocabulary

_DAMAGED = re.compile(r"повр|упак\. отдельно|б/у|used|уценк", re.IGNORECASE)
_FOR_DEVICES = 0.5  #: so large a share of goods that name a device are goods for devices
_SOME = 5  #: so many goods make a word one of the list's own
_MEANT = "iphone"  #: whose number a bare one is: «на 13 про»
#: how surely a row for it fits; one for another line is less sure
LINE_MEANT = 0.85
_KIN = {"honor": "huawei"}  # one maker; their phones are sold under both names


class Shelf:
    """Everything about the rows that a question is held against."""

    def __init__(
        self,
        rows: Sequence[PriceRow],
        facts: Sequence[Facts],
        postings: Postings,
        lexicon: Lexicon,
        devices: Devices,
        vocabulary: Vocabulary,
    ) -> None:
        self.rows = tuple(rows)
        self.position_of = {row.code: at for at, row in enumerate(self.rows)}
        self.postings = postings
        self._of_brand: Cache[str, Ids] = Cache(256)
        self._of_series: Cache[str, Ids] = Cache(256)
        self._for_devices: Cache[str, bool] = Cache(1_000)
        #: one word of customers → what it may be called in a row: «экран»
        self._meant_by = {
            key[0]: tuple(lexicon.lexemes(one.lstrip("~")) for one in meant)
            for said, meant in vocabulary.slang.items()
            if len(key := lexicon.key(said)) == 1
        }
        self.units = lexicon.units
        self.devices = devices
        self.vocabulary = vocabulary
        self.plugged = frozenset(x for w in vocabulary.plugged for x in lexicon.lexemes(w)[:1])
        self.quality = {
            label: tuple(key for key in map(lexicon.lexemes, words) if key)
            for label, words in vocabulary.quality.items()
        }
        self.price = np.array([f.price for f in facts], dtype=np.float64)
        self.real_price = np.array([f.real_price for f in facts], dtype=np.float64)
        self._discount = np.rint((1 - self.real_price / self.price) * 100).astype(np.int16)
        self._statuses = [row.status.lower() for row in rows]
        self.heads = self._heads()
        self._take_lines(facts)
        self._take_devices(facts, devices)
        self._take_values(facts)
        self.variants = [f.variant for f in facts]
        self.colours_of = [f.colours for f in facts]
        self.head_of = [f.head for f in facts]
        heads: dict[str, int] = {}
        self.head_number = np.array(
            [heads.setdefault(head, len(heads)) for head in self.head_of], dtype=np.int32
        )
        self.head_names = list(heads)
        words = np.array([len(head.split()) for head in self.head_names] or [0], dtype=np.float32)
        self.head_length = np.minimum(words, 6)[self.head_number]  # in words
        by_head: dict[str, list[int]] = {}
        for position, head in enumerate(self.head_of):
            by_head.setdefault(head, []).append(position)
        self._head_rows = {h: np.array(r, dtype=np.int32) for h, r in by_head.items()}
        self.tie = np.array(
            [
                (-weights.DAMAGED if _DAMAGED.search(row.name) else 0.0)
                - (weights.IN_SET if head.startswith("набор") else 0.0)
                + (weights.FAVOURED if row.status in ("Хит", "Акция") else 0.0)
                for row, head in zip(rows, self.head_of, strict=True)
            ],
            dtype=np.float32,
        )

    def _heads(self) -> dict[str, float]:
        found: dict[str, float] = {}
        modifiers: set[str] = set()
        for lexeme in self.postings:
            role = self.postings.roles(lexeme)
            if not (has_cyrillic(lexeme) or lexeme.isalpha()):
                continue
            named = int(np.count_nonzero((role <= roles.GROUP) | (role == roles.SECTION)))
            told = int(np.count_nonzero((role != roles.PATH) & (role != roles.PART)))
            if named:
                found[lexeme] = named / max(1, told)
            of_kind = int(np.count_nonzero(role == roles.MODIFIER))
            if of_kind >= _SOME and of_kind >= 0.5 * told:
                modifiers.add(lexeme)
        self.modifiers = frozenset(modifiers)
        return found

    def _take_lines(self, facts: Sequence[Facts]) -> None:
        numbers: dict[tuple[object, ...], int] = {}
        self.line = np.array(
            [numbers.setdefault(f.line, len(numbers)) for f in facts], dtype=np.int32
        )
        order = np.argsort(self.line, kind="stable").astype(np.int32)
        starts = np.searchsorted(self.line[order], np.arange(len(numbers) + 1))
        self._line_order, self._line_starts = order, starts

    def rows_of_line(self, line: int) -> Ids:
        """Rows that differ by colour only."""
        return self._line_order[self._line_starts[line] : self._line_starts[line + 1]]

    def rows_of_head(self, head: str) -> Ids:
        """Rows whose name begins with those words."""
        return self._head_rows[head]

    def _take_devices(self, facts: Sequence[Facts], devices: Devices) -> None:
        table: dict[Mention, int] = {}
        rows: list[list[int]] = []
        has = np.zeros(len(facts), dtype=bool)
        count = np.ones(len(facts), dtype=np.float32)
        self.mentions_of: list[tuple[int, ...]] = []
        for position, fact in enumerate(facts):
            here = []
            for mention in fact.mentions:
                number = table.setdefault(mention, len(table))
                if number == len(rows):
                    rows.append([])
                rows[number].append(position)
                here.append(number)
            self.mentions_of.append(tuple(here))
            has[position] = bool(here)
            count[position] = max(1, len(here))
        self.mentions = list(table)
        self._mention_rows = [np.array(r, dtype=np.int32) for r in rows]
        self._take_kinship()
        self.has_device = has
        self.device_count = count
        self._sort_devices()
        self._take_brands(devices)
        numbered = set(self.numbers)
        # part numbers, sizes and the like: words with digits that no device has
        self.articles = frozenset(
            lexeme
            for lexeme in self.postings
            if any(c.isdigit() for c in lexeme)
            and ":" not in lexeme
            and (lexeme not in numbered or self._mostly_article(lexeme))
        )

    def _sort_devices(self) -> None:
        """The devices by number, label, brand and line."""
        self._by_number: dict[str, list[int]] = {}
        self._by_label: dict[str, list[int]] = {}
        self.numbers: dict[str, int] = {}
        lines: set[str] = set()
        by_brand: dict[str, list[Ids]] = {}
        by_series: dict[str, list[Ids]] = {}
        for at, mention in enumerate(self.mentions):
            fits = self._mention_rows[at]
            self._by_number.setdefault(mention.number, []).append(at)
            self._by_label.setdefault(mention.label, []).append(at)
            self.numbers[mention.number] = self.numbers.get(mention.number, 0) + len(fits)
            for brand in mention.brands:
                by_brand.setdefault(brand, []).append(fits)
            if mention.series:
                by_series.setdefault(mention.series, []).append(fits)
                if not mention.number:
                    lines.add(mention.series)
        self.numbers.pop("", None)
        self._plain = frozenset(
            b for m in self.mentions if not m.series and m.number.isdigit() for b in m.brands
        )
        self.lines_of_devices = frozenset(lines)
        self._brand_rows = {b: union(r) for b, r in by_brand.items()}
        self._series_rows = {s: union(r) for s, r in by_series.items()}

    def _take_brands(self, devices: Devices) -> None:
        """Brands that rows name without a device of theirs."""
        self.has_brand = self.has_device.copy()
        for brand in devices.brands:
            ids = self.postings.ids(brand)
            if len(ids):
                self.has_brand[ids[self.postings.roles(brand) < roles.PATH]] = True
        #: what people sort devices by → any device of it
        self.makes: dict[str, Mention] = {}
        for mention in self.mentions:
            for label in of_brand(mention):
                series = "" if label in map(printed, mention.brands) else line_of(mention)
                self.makes.setdefault(label, Mention(mention.brands, series, ""))
        for brand in sorted(set(devices.brands.values())):
            self.makes.setdefault(printed(brand), Mention(frozenset({brand}), "", ""))
        #: the brands of devices that each row is for, as people sort by them
        alike: dict[tuple[str, ...], tuple[str, ...]] = {}  # few, and kept once each
        found = map(self._brands_of, range(len(self.rows)))
        self.brands_of = [alike.setdefault(brands, brands) for brands in found]
        for word, brand in devices.brands.items():
            if brand != "apple":
                named = self._named_so(word)
                for row in named[~self.has_device[named]].tolist():
                    self.brands_of[row] = (*self.brands_of[row], printed(brand))

    def _take_kinship(self) -> None:
        """The devices as arrays: their rows end to end, their lines, their brands."""
        lengths = [len(rows) for rows in self._mention_rows]
        self._fits = np.concatenate(self._mention_rows or [NONE])
        self._fits_from = np.cumsum([0, *lengths[:-1]]) if lengths else np.empty(0, dtype=np.int64)
        self._series_number: dict[str, int] = {}
        numbers = [
            self._series_number.setdefault(m.series, len(self._series_number))
            for m in self.mentions
        ]
        self._series_of = np.array(numbers, dtype=np.int32)
        brands = {"", *(brand for m in self.mentions for brand in m.brands)}
        self._brand_mentions = {
            brand: np.array([brand in m.brands for m in self.mentions], dtype=bool)
            for brand in brands - {""}
        }
        self._brand_mentions[""] = np.array([not m.brands for m in self.mentions], dtype=bool)

    def _mostly_article(self, lexeme: str) -> bool:
        return self.postings.count(lexeme) > 1.5 * self.numbers.get(lexeme, 0) and len(lexeme) > 2

    def brand_rows(self, brand: str) -> Ids:
        """Rows that fit a device of the brand, or name the brand itself."""
        return self._of_brand.get(brand, self._rows_of_brand)

    def series_rows(self, series: str) -> Ids:
        """Rows that fit a device of the line, or name the line itself."""
        return self._of_series.get(series, self._rows_of_series)

    def _rows_of_brand(self, brand: str) -> Ids:
        return union([self._brand_rows.get(brand, NONE), self._named_so(brand)])

    def _brands_of(self, row: int) -> tuple[str, ...]:
        mentions = (self.mentions[at] for at in self.mentions_of[row])
        return tuple(sorted({brand for mention in mentions for brand in of_brand(mention)}))

    def _rows_of_series(self, series: str) -> Ids:
        fitting = self._series_rows.get(series, NONE)
        return union([fitting, self._named_so(series)])

    def _named_so(self, lexeme: str) -> Ids:
        """Rows with the word in the name, or in a group above where the name has no device.

        «Дисплеи Tecno, Infinix» is above displays of either.
        """
        ids = self.postings.ids(lexeme)
        if not len(ids):
            return NONE
        return ids[(self.postings.roles(lexeme) < roles.PATH) | ~self.has_device[ids]]

    def devices_of(self, ids: Ids, like: Mention) -> Iterator[Mention]:
        """Devices of the line, else of the brand, of `like` that any of the rows fits."""
        here = np.zeros(len(self.rows), dtype=bool)
        here[ids] = True
        fitted = np.logical_or.reduceat(here[self._fits], self._fits_from)
        for at in np.flatnonzero(fitted & self._alike(like)).tolist():
            there = self.mentions[at]
            if there.number and (like.brands or like.series or there.number[:1] == like.number[:1]):
                yield there

    def _alike(self, like: Mention) -> npt.NDArray[np.bool_]:
        """Which devices are of the line of `like`, where it has one, and may be of its brand."""
        alike = np.ones(len(self.mentions), dtype=bool)
        if like.series in self._series_number:
            alike = self._series_of == self._series_number[like.series]
        if like.brands:
            of_brand = [self._brand_mentions[b] for b in like.brands if b in self._brand_mentions]
            alike = alike & np.logical_or.reduce([*of_brand, self._brand_mentions[""]])
        return alike

    def rows_of_device(self, label: str) -> Ids:
        """Rows that fit the device so called."""
        found = [self._mention_rows[at] for at in self._by_label.get(label, ())]
        return union(found)

    def fits_any(self, asked: Mention) -> bool:
        """Whether any row fits the device."""
        return any(
            closeness(asked, self.mentions[at], _KIN, self._plain)
            for at in self._by_number.get(asked.number, ())
        )

    def is_called(self, word: str, number: str) -> bool:
        """Whether goods that fit no device have both in their names: «T-WOLF S3», «Twist 16»."""
        if not word.isalpha() or (number.isdigit() and not word.isascii()):
            return False
        said = [n for n in (number, f"{number}:memory") if n in self.postings]
        both = [np.intersect1d(self.postings.ids(word), self.postings.ids(n)) for n in said]
        return any(map(len, both)) and not any(self.has_device[ids].any() for ids in both)

    def is_named(self, words: Sequence[str]) -> bool:
        """Whether goods that fit no device have all the words in their names: «P9 Pro Max»."""
        ids = np.flatnonzero(~self.has_device).astype(np.int32)
        for word in words:
            ids = self.among(ids, self.postings.ids(word))
        return bool(len(ids))

    def is_for_devices(self, word: str) -> bool:
        """Whether most goods so called name a device that they are for: «дисплей»."""
        return self._for_devices.get(word, self._mostly_for_devices)

    def _mostly_for_devices(self, word: str) -> bool:
        options = ((word,), *self._meant_by.get(word, ()))
        called = self.postings.called(options)
        return bool(len(called)) and float(self.has_device[called].mean()) >= _FOR_DEVICES

    def device_rows(self, named: Device) -> tuple[Ids, npt.NDArray[np.float32]]:
        """Rows that fit a device of the question, and how surely."""
        best: dict[int, float] = {}
        for rank, asked in enumerate(named.readings):
            for at in self._by_number.get(asked.number, ()):
                there = self.mentions[at]
                value = closeness(asked, there, _KIN, self._plain)
                if value and not asked.brands and not asked.series and asked.number[:1].isdigit():
                    # «на 13 про»: whose number it is was not said
                    value = LINE_MEANT if there.series == _MEANT else 0.6
                if rank and value:
                    value -= 0.03
                if value > best.get(at, 0.0):
                    best[at] = value
            # the next may be the same by another name: J320 and J320F
            also = self.devices.same_device(asked.number) or any(
                other.number.startswith(asked.number) for other in named.readings[1:]
            )
            if best and rank == 0 and max(best.values()) >= 0.9 and not also:
                break
        if not best:
            return NONE, np.empty(0, dtype=np.float32)
        dense: dict[int, float] = {}
        for at, value in best.items():
            for row in self._mention_rows[at]:
                if value > dense.get(row, 0.0):
                    dense[row] = value
        ids = np.array(sorted(dense), dtype=np.int32)
        return ids, np.array([dense[i] for i in ids], dtype=np.float32)

    def of_line_meant(self, named: Device) -> Device:
        """A bare number as a device of the line that people mean by one."""
        brands = frozenset({self.devices.series_brand[_MEANT]})
        whole = (m._replace(brands=brands, series=_MEANT) for m in named.readings)
        return replace(named, readings=tuple(m._replace(label=spoken(m)) for m in whole))

    def _take_values(self, facts: Sequence[Facts]) -> None:
        by_value: dict[tuple[str, float], list[int]] = {}
        by_dimension: dict[str, list[int]] = {}
        by_colour: dict[str, list[int]] = {}
        plainly: dict[str, list[int]] = {}
        coloured = np.zeros(len(facts), dtype=bool)
        for position, fact in enumerate(facts):
            for quantity in fact.quantities:
                by_value.setdefault(quantity, []).append(position)
                by_dimension.setdefault(quantity.dimension, []).append(position)
            for colour in fact.colours:
                by_colour.setdefault(colour, []).append(position)
                if fact.variant.startswith(colour[:3]):
                    plainly.setdefault(colour, []).append(position)
            coloured[position] = bool(fact.colours)
        self._value_rows = {k: np.array(v, dtype=np.int32) for k, v in by_value.items()}
        self._dimension_rows = {
            k: np.unique(np.array(v, dtype=np.int32)) for k, v in by_dimension.items()
        }
        self._plain_colour_rows = {k: np.array(v, dtype=np.int32) for k, v in plainly.items()}
        self._colour_rows = {k: np.array(v, dtype=np.int32) for k, v in by_colour.items()}
        self.coloured = coloured
        self.values_of: list[tuple[tuple[str, float], ...]] = [
            tuple((q.dimension, q.value) for q in f.quantities) for f in facts
        ]

    def among(self, ids: Ids, others: Ids) -> Ids:
        """Those of `ids` that are among the others, in their order."""
        return ids[within(ids, others) >= 0]

    def all_but(self, ids: Ids) -> Ids:
        """All rows but those."""
        there = np.ones(len(self.rows), dtype=bool)
        there[ids] = False
        return np.flatnonzero(there).astype(np.int32)

    def affordable_rows(self, price: Price) -> Ids:
        """Rows that cost what the bounds allow, with or without the discount of a sale."""
        fits = np.ones(len(self.rows), dtype=bool)
        if price.most is not None:
            fits &= np.minimum(self.price, self.real_price) <= price.most
        if price.least is not None:
            fits &= np.maximum(self.price, self.real_price) >= price.least
        return np.flatnonzero(fits).astype(np.int32)

    def sale_rows(self, sale: Sale) -> Ids:
        """Rows that the sale is of."""
        if sale.named:
            fits = np.array([sale.named in status for status in self._statuses], dtype=bool)
        else:
            fits = self._discount == sale.percent if sale.percent else self._discount > 0
        return np.flatnonzero(fits).astype(np.int32)

    def discounts(self, ids: Ids) -> list[int]:
        """The discounts in percent that the rows have, the highest first."""
        return sorted({int(p) for p in self._discount[ids] if p}, reverse=True)

    def value_rows(self, quantity: tuple[str, float]) -> Ids:
        """Rows with exactly that value."""
        return self._value_rows.get(quantity, NONE)

    def near_rows(self, value: Value) -> Ids:
        """Rows with that value but for its fraction."""
        near = [
            rows
            for (name, amount), rows in self._value_rows.items()
            if name == value.name and value.is_near(amount)
        ]
        return union(near) if near else NONE

    def dimension_rows(self, dimension: str) -> Ids:
        """Rows that state any value of the dimension."""
        return self._dimension_rows.get(dimension, NONE)

    def colour_rows(self, colours: frozenset[str]) -> Ids:
        """Rows of any of the colours."""
        found = [self._colour_rows[c] for c in colours if c in self._colour_rows]
        return union(found)

    def plain_colour_rows(self, colours: frozenset[str]) -> Ids:
        """Rows of those colours by their own names, no shades of them."""
        found = [self._plain_colour_rows[c] for c in colours if c in self._plain_colour_rows]
        return union(found)

    def named(self) -> Iterator[Mapping[str, int]]:
        """Roles of the lexemes of each row again, for another engine."""
        collected: list[dict[str, int]] = [{} for _ in self.rows]
        for lexeme in self.postings:
            for row, role in zip(
                self.postings.ids(lexeme).tolist(),
                self.postings.roles(lexeme).tolist(),
                strict=True,
            ):
                collected[row][lexeme] = role
        return iter(collected)
