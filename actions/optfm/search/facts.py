"""What one row of the price list says: its words by role, devices, quantities, colours."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from optfm.catalog.rows import PriceRow
from optfm.search import roles
from optfm.search.colours import Colours
from optfm.text.cache import Cache
from optfm.text.devices import Devices
from optfm.text.lexicon import Lexicon, Piece
from optfm.text.mention import Mention
from optfm.text.morphology import is_abbreviation, is_of_many, lemma, part_of_speech, stem
from optfm.text.normalise import clean, has_cyrillic
from optfm.text.row_devices import devices_in
from optfm.text.tokens import Token, tokens
from optfm.text.units import Quantity

_MARKERS = frozenset({"совместим", "совместима", "совместимо", "совместимы", "совм", "для"})
#: what follows says what the goods are for
_FOR = frozenset({"для", "под"})
_DISCOUNT = re.compile(r"-\s*(\d{1,2})\s*%")
#: a plug at both ends of a cable: «USB-C - USB-C»
_PLUGS = frozenset({"typec", "lightning", "hdmi", "usb", "aux", "microusb", "jack"})
#: what comes with it, listed at the end: «/стекло камеры, MagSafe/»
_BESIDE = re.compile(r"\s/\s?([^/,]+,[^/]+)/$")
#: says of the next word that the goods do not have it
WITHOUT = "без"
#: «16Gb б/адаптера»; «б/у» is something else
_WITHOUT_SHORT = re.compile(r"(?<![а-яa-z])б/(?=[а-я]{4})")
_HOLE = "вырез"
_KITS = ("набор", "комплект")
_ENDS_HEAD = frozenset('([+",')


Words = tuple[str, list[Token], list[Piece]]  #: a name cleaned, as tokens and as pieces


class Facts(NamedTuple):
    """A row as the search sees it."""

    roles: dict[str, int]  #: lexeme → its best role
    mentions: tuple[Mention, ...]
    quantities: tuple[Quantity, ...]
    colours: frozenset[str]
    line: tuple[object, ...]  #: equal for rows that differ by colour only
    variant: str  #: what the line leaves out: the colour as printed
    price: float  #: roubles, the printed one
    real_price: float  #: roubles, with the discount of a sale
    head: str  #: the first words, up to the device or the bracket, as printed


class FactReader:
    """Reads rows; learns brands and lines of devices from all of them first."""

    def __init__(
        self,
        lexicon: Lexicon,
        devices: Devices,
        colours: Colours,
        implied: Mapping[str, Sequence[str]],
    ) -> None:
        self.lexicon = lexicon
        self.devices = devices
        self.colours = colours
        self._implied = {
            word: tuple(x for w in also for x in lexicon.lexemes(w))
            for said, also in implied.items()
            for word in lexicon.lexemes(said)
        }
        self._groups: Cache[str, tuple[str, tuple[str, ...], str]] = Cache(10_000)
        self._paths: Cache[tuple[str, ...], tuple[dict[str, int], str]] = Cache(10_000)

    def words(self, name: str) -> Words:
        """A name cleaned, as tokens and as pieces."""
        text = _WITHOUT_SHORT.sub(f"{WITHOUT} ", clean(name))
        found = tokens(text, self.lexicon.units)
        return text, found, self.lexicon.fold(found)

    def read(self, row: PriceRow, words: Words) -> Facts:
        """The facts of a row whose name was taken apart by `words`."""
        text, found, pieces = words
        path_roles, brand = self._paths.get(row.path, self._read_path)
        named = dict(path_roles)
        quantities: list[Quantity] = []
        sizes: dict[int, tuple[Quantity, ...]] = {}
        for at, token in enumerate(found):
            if token.quantities:
                quantities.extend(token.quantities)
                sizes[at] = token.quantities
            for part in token.parts:
                if len(part) > 1:
                    named.setdefault(part, roles.BODY)
        for piece in pieces:
            if piece.how and piece.end - piece.start > 1:
                # the words of a phrase are found one by one too: «держатель … в авто»
                for token in found[piece.start : piece.end]:
                    if token.sort == "word" and not self.lexicon.is_filler(token):
                        named.setdefault(stem(token.text), roles.PATH)
        ends = [
            (p.lexeme, "".join(t.typed for t in found[p.start : p.end]))
            for p in pieces
            if p.lexeme in _PLUGS
        ]
        for end in set(ends):
            if ends.count(end) > 1:
                named[f"{end[0]}-{end[0]}"] = roles.BODY
        head_end = self._head(found, pieces, named)
        self._body(pieces[head_end:], named)
        if beside := _BESIDE.search(text):
            for lexeme in self.lexicon.lexemes(beside[1]):
                if named.get(lexeme) == roles.BODY:
                    named[lexeme] = roles.PART
        mentions = devices_in(self.devices, pieces, sizes, brand)
        for word in self._implied.keys() & named.keys():
            for lexeme in self._implied[word]:
                named.setdefault(lexeme, roles.BODY)
        for quantity in quantities:
            named.setdefault(quantity.lexeme, roles.BODY)
        for mention in mentions:
            if mention.number:
                named.setdefault(mention.number, roles.BODY)
        price = row.price_kop / 100
        discount = _DISCOUNT.search(row.status)
        coloured = self.colours.take_out(text)
        stop = pieces[head_end].start if head_end < len(pieces) else len(found)
        return Facts(
            roles=named,
            mentions=tuple(mentions),
            quantities=tuple(dict.fromkeys(quantities)),
            colours=coloured.colours,
            line=(coloured.rest, row.path, row.price_kop, row.status),
            variant=coloured.printed,
            price=price,
            real_price=price * (1 - int(discount[1]) / 100) if discount else price,
            head=" ".join(t.typed for t in found[:stop]),
        )

    def _body(self, pieces: Sequence[Piece], named: dict[str, int]) -> None:
        """Give the words after what the thing is called their roles."""
        after_plus = purpose = False
        without = ""
        kit = any(named.get(word) == roles.HEAD for word in _KITS)
        for piece in pieces:
            if piece.sort == "sign":
                after_plus = piece.lexeme == "+" or (after_plus and piece.lexeme != "(")
                purpose = False
                without = ""
            elif piece.sort == "filler":
                purpose = piece.lexeme in _FOR or (purpose and piece.lexeme == "и")
                without = WITHOUT if piece.lexeme == WITHOUT else ""
            elif without:  # «без защиты» is not «с защитой»
                named.setdefault(f"{without} {piece.lexeme}", roles.BODY)
                without = ""
            else:
                role = roles.PART if after_plus else roles.BODY
                if purpose and piece.sort == "word" and has_cyrillic(piece.lexeme):
                    role = roles.PURPOSE
                if kit and piece.sort == "word" and self.is_noun(piece.lexeme):
                    role = roles.PART
                if named.get(piece.lexeme, roles.PATH) > role:
                    named[piece.lexeme] = role
                without = _HOLE if piece.lexeme == _HOLE else ""  # «вырез камеры» is no camera

    def is_noun(self, lexeme: str) -> bool:
        """Whether a lexeme of the name may be a thing of a kit."""
        return has_cyrillic(lexeme) and not lexeme.endswith(("н", "ов"))

    def _head(self, found: Sequence[Token], pieces: Sequence[Piece], named: dict[str, int]) -> int:
        """Give the words that say what the thing is their roles; where they end."""
        noun = governed = kit = False
        for at, piece in enumerate(pieces):
            lexeme = piece.lexeme
            if piece.sort == "filler" and (lexeme in _MARKERS or lexeme == WITHOUT):
                if not noun and at:  # «Power Supply IC совместим с …»
                    named.update((p.lexeme, roles.HEAD) for p in pieces[:at] if p.sort == "word")
                return at
            if piece.sort == "sign" and (lexeme in _ENDS_HEAD and noun):
                return at
            if piece.sort in ("sign", "filler"):
                governed = piece.sort == "filler" and noun
                continue
            phrase = piece.how and piece.end - piece.start > 1  # «Аккумулятор внешний»: powerbank
            # «Card Reader» is as much a noun as what it stands for
            shown = f"{found[piece.start].text} {lexeme}" if phrase else lexeme
            cyrillic = piece.sort == "word" and has_cyrillic(shown)
            if not cyrillic:
                if noun:
                    return at
                named[lexeme] = min(named.get(lexeme, roles.PATH), roles.MODIFIER)
                continue
            if self.devices.is_brand(lexeme) or self.devices.series_of(lexeme):
                return at
            role = self._role(found, piece, first=not noun)
            if governed and role == roles.ALSO:
                role = roles.MODIFIER  # «Матрас в колыбель» is no cradle
            if kit and role == roles.MODIFIER and is_of_many(found[piece.start].text):
                role = roles.ALSO  # «Набор кубиков» is what cubes are sold as
            governed = False
            kit = role == roles.HEAD and lexeme in _KITS
            noun = noun or role == roles.HEAD
            named[lexeme] = min(named.get(lexeme, roles.PATH), role)
        return len(pieces)

    def _role(self, found: Sequence[Token], piece: Piece, *, first: bool) -> int:
        surface = found[piece.end - 1].text if piece.how else found[piece.start].text
        if piece.how and piece.end - piece.start > 1:
            # a phrase of the vocabulary: its noun is the one that is not an adjective
            noun = part_of_speech(piece.lexeme) != "adjective" and not piece.lexeme.endswith("н")
        else:
            noun = part_of_speech(surface) in ("noun", "unknown")
        if not noun:
            return roles.MODIFIER
        if first:
            return roles.HEAD
        named = lemma(surface) == surface and not is_abbreviation(surface)
        return roles.ALSO if named else roles.MODIFIER

    def _read_path(self, path: tuple[str, ...]) -> tuple[dict[str, int], str]:
        named: dict[str, int] = {}
        brand = ""
        for depth, name in enumerate(path[1:] or path):
            first, others, of_brand = self._groups.get(name, self._read_group)
            brand = of_brand or brand
            last = depth == len(path[1:] or path) - 1
            for lexeme in others:
                if lexeme != first:
                    named[lexeme] = min(named.get(lexeme, roles.PATH), roles.PATH)
            if first:
                role = roles.GROUP if last else roles.SECTION
                named[first] = min(named.get(first, role), role)
        return named, brand

    def _read_group(self, name: str) -> tuple[str, tuple[str, ...], str]:
        """(the one noun of a group's name, its other lexemes, the brand of devices in it)."""
        _, found, pieces = self.words(name)
        lexemes = [p for p in pieces if p.sort not in ("sign", "filler")]
        brands = {self.devices.brands[p.lexeme] for p in lexemes if self.devices.is_brand(p.lexeme)}
        brands |= {
            self.devices.series_brand[series]
            for p in lexemes
            if (series := self.devices.series_of(p.lexeme))
            and not self.devices.is_common_word(series)
        }
        brand = brands.pop() if len(brands) == 1 else ""
        phrases = [
            stem(found[t].text)
            for p in lexemes
            if p.how and p.end - p.start > 1
            for t in range(p.start, p.end)
            if found[t].sort == "word" and not self.lexicon.is_filler(found[t])
        ]
        listed = any(p.sort == "sign" and p.lexeme in ",/" for p in pieces)
        nouns = [
            p
            for p in lexemes
            if has_cyrillic(p.lexeme) and self._role(found, p, first=True) == roles.HEAD
        ]
        if nouns and any(p.lexeme == "и" for p in pieces):  # «Микроскопы и лампы-лупы»
            first_said = found[nouns[0].start].text
            listed = listed or lemma(first_said) != first_said
        first = (
            nouns[0].lexeme
            if nouns and (not listed or len({*(n.lexeme for n in nouns)}) == 1)
            else ""
        )
        return first, (*(p.lexeme for p in lexemes), *phrases), brand
