"""Where one line of an order ends and the next begins."""

import re

from optfm.orders.context import Context, bare_count, opened, stripped
from optfm.orders.quantities import LONGEST, counted, explicit_amount, only_amount, plain
from optfm.orders.words import order_words
from optfm.text.morphology import is_word, part_of_speech
from optfm.text.normalise import has_cyrillic

_ABBREVIATION = re.compile(
    r"(?<![\w])(?:шт|уп|упак|тех|компл|кор|пач|руб|р|г|ул|д|обл|экз|ед|пак|черн|бел|син|зел|крас|арт|см|им|т)\.$"
)
_SENTENCE = re.compile(r"(?<![.!?…])([.!?…]+)\s+")
_NEAR = 80  #: letters around a full stop that say whether a sentence ends there
COMMA = re.compile(
    r",\s+|,(?=[^\d\s])|(?<=[^\d\s]),|\s+\+\s+|\s*;\s*"
    r"|(?<!\d)\s+плюс\s+(?=\d*\s*[а-яa-z]{3,})|(?<=\d)\s+плюс\s+(?=\d+\s+[а-яa-z]{3,})"
    r"|(?<=\d\s\d)\s+плюс\s+(?=[а-яa-z]{3,})",
    re.IGNORECASE,
)
AND = re.compile(r",?\s+(?:и еще|и ещё|а также|и|еще|ещё|да)\s+", re.IGNORECASE)
_COUNTED_WORD = re.compile(r"(?<!\w)([^\W\d]{3,})\s+\d{1,4}\s+(?=([^\W\d]{3,}))")
_MOST_JOINED = 4  #: «и» within one line: «паста для BGA и SMD»
COLON = re.compile(r":(?!\d\d(?!\d)|//)")
#: «белых 10 и …»: some of those counted just before
_OF_ONE_COLOUR = re.compile(r"^\W*[^\W\d]+(?:ых|их)\s+\d{1,4}\W*$")
_DECIMAL = re.compile(r"\d+[.,]\d+")
#: «припой 0,3 / 0,4 / 0,6 по 2»
_SIZES = re.compile(
    r"^([^\d,;]*[^\W\d][^\d,;]*?)\s+(\d+[.,]\d+(?:\s*(?:[/,]|и|\s)\s*\d+[.,]\d+)+)\s*(?:мм\s*)?"
    r"((?:по|-|–|—|x|х)\s*\S.*|\d{1,4}\s*шт\.?)$",
    re.IGNORECASE,
)
_BAR = re.compile(r"\s*[/|]\s+")
#: a count that the next line begins with; goods after a count that the line before ends with
_NAMED = r"[^\W_]*[^\W\d_][^\W_]*(?:-[^\W_]+)*"
_COUNTS_THEN_GOODS = re.compile(rf"(?<=\s)(?=(\d{{1,4}}\s+({_NAMED})))")
_GOODS_AFTER_COUNTS = re.compile(
    rf"(?<=\d\s)(?=(({_NAMED}|\d{{1,2}}\s(?:про|pro|плюс|plus|мини|mini|макс|max)(?!\w))))"
)
_LEADING_COUNT = re.compile(r"^\s*\d{1,4}\s+")
_BEFORE_MODELS = frozenset({"на", "для", "под", "к", "от"})
_FAR = 300  #: characters behind a count that may be its next line


def sentences(row: str) -> list[tuple[str, bool]]:
    """The sentences, and whether each is a question."""
    found: list[tuple[str, bool]] = []
    start = 0
    for match in _SENTENCE.finditer(row):
        before = row[start : match.start()]
        near = before[-_NEAR:].split()
        last = near[-1] if near else ""
        counted_end = last.isdigit() and len(near) > 2
        short = (len(last) < 5 or _is_cut_short(plain(last))) and not (
            counted_end or _is_no_abbreviation(plain(last))
        )
        after = plain(row[match.end() : match.end() + _NEAR])
        ends = order_words().talk.match(after) or order_words().totals.match(after)
        if (
            match[1] == "."
            and not ends
            and (
                _ABBREVIATION.search(plain(before[-_NEAR:]) + ".")
                or (short and row[match.end() : match.end() + 1].islower())
            )
        ):
            continue
        found.append((before, "?" in match[1]))
        start = match.end()
    last = row[start:].strip()
    if last:
        found.append((last.rstrip(".!?… "), last.endswith("?")))
    return [(s.strip(), q) for s, q in found if s.strip()]


def sentences_of(state: Context, row: str) -> list[tuple[str, bool]]:
    """`sentences`, but those that a name is left to by the one before: «Наушники комп. U301»."""
    found: list[tuple[str, bool]] = []
    for sentence, question in sentences(row):
        latin = sentence[:1].isascii() and sentence[:1].isalpha()
        if found and latin and not found[-1][1] and _is_left_open(state, found[-1][0]):
            found[-1] = (f"{found[-1][0]} {sentence}", question)
        else:
            found.append((sentence, question))
    return found


def _is_left_open(state: Context, text: str) -> bool:
    """Whether a text says what the goods are, but neither which nor how many."""
    own = opened(state, text)
    sense = state.goods.sense(own)
    counted_so = explicit_amount(own) or bare_count(state, own)
    return sense.goods and not (sense.whole or counted_so or state.words.talk.search(plain(own)))


def _is_cut_short(word: str) -> bool:
    """«автодерж.»: Russian letters that are no word."""
    return has_cyrillic(word) and not is_word(word)


def _is_no_abbreviation(word: str) -> bool:
    """«два», «жаль», «ясно»: only nouns and adjectives are cut short."""
    return only_amount(word) is not None or part_of_speech(word) == "service"


def pieces_of(state: Context, part: str) -> list[str]:
    """The pieces of a part, each with goods of its own or words to the piece before."""
    found: list[str] = []
    several = len(part) <= LONGEST and len(_DECIMAL.findall(part)) > 1
    if several and (sizes := _SIZES.match(part)):
        head, count = part[: sizes.end(1)], part[sizes.start(3) :]
        return [f"{head} {size} {count}" for size in _DECIMAL.findall(sizes[2])]
    for piece in (each for whole in _at_commas(state, part) for each in _at_all(whole)):
        if not piece.strip():
            continue
        pieces = [piece]
        colon = COLON.search(piece)
        after = piece[colon.end() :].strip() if colon else ""
        if colon and after and only_amount(after) is None:
            pieces = [f"{piece[: colon.start()]}:", after]
        for one in (each for whole in pieces for each in _at_bars(state, whole)):
            found += [
                each
                for piece in _at_units(state, _at_and(state, one.strip()))
                for each in _at_goods(state, piece)
            ]
    return found


def _at_commas(state: Context, part: str) -> list[str]:
    """The part at its commas and pluses, but for «стекло 8 + рамка белая», which is sold so."""
    found: list[str] = []
    start = 0
    for match in COMMA.finditer(part):
        left, right = part[start : match.start()], part[match.end() :]
        if "+" in match[0] and _comes_with(state, left, COMMA.split(right)[0]):
            continue
        found.append(left)
        start = match.end()
    return [piece for piece in (*found, part[start:]) if piece]


def _comes_with(state: Context, left: str, right: str) -> bool:
    """Whether goods of a line come with what a plus adds, and it is no line of its own."""
    own = opened(state, left)
    before = explicit_amount(own) or bare_count(state, own)
    amount = explicit_amount(right) or bare_count(state, right)
    if before and (amount or not _LEADING_COUNT.match(own)):
        return False
    goods, added = before.rest if before else own, amount.rest if amount else right
    if not state.goods.sense(goods).whole or state.goods.sense(added).whole:
        return False
    return state.goods.is_sold_with(goods, added)


def _at_all(piece: str) -> list[str]:
    """«8 пять — все HG», «7, 8 - каждого по две»: what follows a dash is of all the lines."""
    match = re.search(rf"\s-+\s+(?={order_words().each.pattern})", plain(piece))
    return [piece[: match.start()], piece[match.end() :]] if match else [piece]


def _at_bars(state: Context, piece: str) -> list[str]:
    """«монопод - 1 / BC20 белая - 2»: bars between lines that each have their count."""
    parts = _BAR.split(piece)
    told = all(
        _is_counted(state, part) or _is_refused(state, part) or _is_of_head(state, part)
        for part in parts
    )
    return parts if told else [piece]


def _at_goods(state: Context, piece: str) -> list[str]:
    """«дисплей а12 3 акб bn56 5», «3 дисплея 11 2 акб xr»: a row that is typed without a comma."""
    if not state.words.absent.match(plain(piece)):
        piece = piece[max(0, piece.find(opened(state, piece))) :]  # without «завтра заберу»
    for begins in (_COUNTS_THEN_GOODS, _GOODS_AFTER_COUNTS):
        starts = [
            match.start(1) for match in begins.finditer(piece)
            if _names(state, match[2]) or _describes(state, match[2], piece[match.end(2) :])
        ]  # fmt: skip
        if begins is _GOODS_AFTER_COUNTS:
            starts = _behind_counts(state, piece, starts)
        else:
            starts = _of_no_models(state, piece, starts)
        parts = [
            piece[start:end].strip()
            for start, end in zip([0, *starts], [*starts, len(piece)], strict=True)
        ]
        parts = list(filter(None, parts))
        bare = begins is _COUNTS_THEN_GOODS and len(parts) > 2 and _heads(state, parts[0])
        header, parts = (parts[:1], parts[1:]) if bare else ([], parts)
        signs = {
            explicit_amount(opened(state, part)) is None
            for part in parts
            if not _is_refused(state, part)
        }
        if (
            len(parts) > 1
            and len(signs) == 1
            and all(_is_counted(state, p) or _is_refused(state, p) for p in parts)
        ):
            return [*(f"{one}:" for one in header), *parts]
    return [piece]


def _of_no_models(state: Context, piece: str, starts: list[int]) -> list[int]:
    """The starts whose number is a count: the 12 of «100 стекол на iphone 12 es-01» is none."""
    found, begin = [], 0
    for start in starts:
        if not _is_of_a_model(state, piece[begin:start], piece[start:].split()[0]):
            found.append(start)
            begin = start
    return found


def _is_of_a_model(state: Context, before: str, number: str) -> bool:
    before = _LEADING_COUNT.sub("", before).strip()
    last = plain(before).split()[-1:]
    if not last or last[0] in _BEFORE_MODELS or state.goods.brand_alone(last[0]):
        return bool(last)
    whole = state.goods.sense(before).whole
    return not whole and state.goods.finds_model(f"{before} {number}")


def _behind_counts(state: Context, piece: str, starts: list[int]) -> list[int]:
    """The starts that a counted line ends before: the 27 of «gl-27 15 про 5» is no count."""
    found, begin = [], 0
    for start in starts:
        if _is_counted(state, piece[begin:start]):
            found.append(start)
            begin = start
    return found


def _names(state: Context, word: str) -> bool:
    """Whether a word alone says what the thing is, or names it: «акб», «bj56», «a56»."""
    sense = state.goods.sense(word)
    if not any(map(str.isdigit, word)):
        return sense.goods or (sense.line and len(word) > 2)
    return len(word) > 2 and (sense.article or sense.device or sense.code)


def _describes(state: Context, word: str, after: str) -> bool:
    """Whether a word is said of goods that follow it: «магнитный кабель»."""
    following = after.split()[:1]
    told = part_of_speech(plain(word)) == "adjective"
    return bool(told and following and _names(state, following[0].strip(",.;")))


def _heads(state: Context, text: str) -> bool:
    """Whether a text says what the goods are and neither which nor how many."""
    sense = state.goods.sense(text)
    return sense.goods and not sense.whole and not any(map(str.isdigit, text))


def _is_refused(state: Context, piece: str) -> bool:
    return state.words.refusals.search(plain(piece).rstrip(" .!)")) is not None


def _is_counted(state: Context, piece: str) -> bool:
    own = opened(state, piece)
    amount = explicit_amount(own) or bare_count(state, own)
    return amount is not None and re.search(r"[^\W\d_](?:[^\W_]|-\d)", amount.rest) is not None


def _is_of_head(state: Context, piece: str) -> bool:
    """«12 5шт» under «акб: …»: the number of a model, which the header leaves alone."""
    amount = explicit_amount(opened(state, piece)) if state.head else None
    return amount is not None and re.search(r"\w", amount.rest) is not None


def _at_and(state: Context, piece: str) -> list[str]:
    """«дисплей 12 и акб на 11 5 штук» are two, «паста для BGA и SMD 2» is one."""
    parts: list[tuple[str, str]] = []
    start = 0
    for match in AND.finditer(piece):
        if not _counts_before(piece[match.end() : match.end() + _FAR]):
            parts.append((piece[start : match.start()], match[0]))
            start = match.end()
    found, joined = [piece[start:]], 0
    for left, link in reversed(parts):
        if not left.strip():
            continue
        if joined == _MOST_JOINED or _is_another_line(state, left, found[0]):
            found.insert(0, left)
            joined = 0
        else:
            found[0] = f"{left}{link}{found[0]}"
            joined += 1
    return found


def _is_another_line(state: Context, left: str, right: str) -> bool:
    """Whether what stands on both sides of «и» are lines of their own."""
    sense = state.goods.sense(stripped(right))
    own = opened(state, left)
    amount = explicit_amount(own) or bare_count(state, own)
    each = explicit_amount(right)
    if sense.plug and each and each.how == "each" and state.goods.sense(own).plug:
        return True  # «BX14 микро и тайпси по 5»
    by_itself = sense.goods or sense.code or sense.colour or sense.device or sense.article
    return by_itself or amount is not None or _names_a_model(state, left, right)


def _counts_before(after: str) -> bool:
    """«акб 11 ещё 2 шт. акб xr 1 шт»: whether the count of a line stands at the beginning."""
    counts = counted(after) if after[:1].isdigit() else []
    return len(counts) > 1 and counts[0][0] == 0


def _names_a_model(state: Context, left: str, right: str) -> bool:
    """«на 11 фог и 12 gx», «13 и 14 по 5»: the number after «и» is another model."""
    rest = stripped(right).strip()
    if not re.match(r"\d{1,2}(?!\d)", rest) or (only_amount(right) and " " in right.strip()):
        return False
    if re.fullmatch(r"\s*\d{1,2}\s*", left):
        return True
    return state.goods.sense(left).device and state.goods.goes_on(left, rest)


def _at_units(state: Context, pieces: list[str]) -> list[str]:
    """«А12 10шт А32 5шт»: after a counted one the next begins."""
    found: list[str] = []
    for piece in pieces:
        start = 0
        for begin, end in counted(piece):
            after = piece[end : end + _FAR]
            own = re.match(r"[\s.]*(?:[^\W\d_]{2,}|[a-zа-я]?\d+[^\W_])", plain(after))
            before = piece[max(start, begin - _FAR) : begin].strip()
            named = explicit_amount(after) or _OF_ONE_COLOUR.match(plain(after))
            if own and before and named and _begins_anew(state, before, after):
                found.append(piece[start:end].strip())
                start = end
        found.append(piece[start:].strip())
    return [each for piece in found if piece for each in _at_colours(state, piece)]


def _at_colours(state: Context, piece: str) -> list[str]:
    """«gl-27 на 7+ белое 4 чёрное 6»: a colour and a number, then another colour."""
    found, start = [], 0
    for match in _COUNTED_WORD.finditer(piece):
        if state.goods.sense(match[1]).colour and state.goods.sense(match[2]).colour:
            found.append(piece[start : match.start(2)].strip())
            start = match.start(2)
    return [*found, piece[start:].strip()]


def _begins_anew(state: Context, before: str, after: str) -> bool:
    """Whether a counted piece is over: «винты 2шт золото - 10» is not, «синий 2шт белый 3шт» is."""
    sense = state.goods.sense(stripped(after))
    if sense.goods or sense.whole or sense.line or sense.strange:
        return True
    if not sense.colour or state.goods.sense(before).colour:
        return True
    return explicit_amount(after) is None and _OF_ONE_COLOUR.match(plain(after)) is not None
