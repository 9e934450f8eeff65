"""Text typed with the keyboard in the wrong language, turned back: «fqajy» is «айфон»."""

from collections.abc import Callable

from common.keyboard_layout import to_english, to_russian
from optfm.text.normalise import has_cyrillic, has_digit, has_latin, readings


def repair(text: str, known: Callable[[str], bool], guess: Callable[[str], bool]) -> str:
    """`text` with the words typed in the wrong layout turned back, the others as they are.

    A word is turned when it makes no sense as typed and does when turned; once one word is,
    short ones beside it that make sense only when turned follow («f12» beside «cfvceyu»).

    :param text: clean text.
    :param known: whether a word is one of the list, the vocabulary or the language.
    :param guess: the same, a typing slip forgiven; asked for long words only.
    """
    apart = [_apart(chunk, known) for chunk in text.split(" ")]
    chunks = [chunk for chunk, _ in apart]
    turned: list[str | None] = []
    strong = {"russian": 0, "english": 0}
    for chunk in chunks:
        turned.append(None)
        core = chunk.strip("?!()")
        if not core:
            continue
        if core == "[" or (has_latin(core) and not has_cyrillic(core)):
            side, other = "russian", to_russian(core)
        elif has_cyrillic(core) and not has_latin(core):
            side, other = "english", to_english(core)
        else:
            continue
        if side == "english" and not other.replace("-", "").isalnum():
            continue
        bare = other.strip(".,;'-[]`")
        words = [w for w in _split(bare) if w]
        if not words or (side == "russian" and not has_cyrillic(bare)):
            continue
        as_typed = all(known(w) for w in _split(core) if w)
        sense = all(known(w) for w in words)
        if not sense and not as_typed and len(bare) >= 5 and not has_digit(bare):
            sense = all(len(w) >= 4 and guess(w) for w in words) and not all(
                guess(w) for w in _split(core) if w
            )
        if sense and not as_typed and (len(bare) >= 3 and not has_digit(bare)):
            strong[side] += 1
        if sense:
            turned[-1] = side + (":sure:" if not as_typed else ":may:") + chunk
        elif (
            side == "russian"
            and has_digit(core)
            and len(core) <= 5
            and (not as_typed or readings(other)[0] == core)  # «4c» is «4с»: 4C or 4S
        ):
            turned[-1] = side + ":may:" + chunk
        elif side == "russian" and core[0] == "[" and len(core) <= 3:
            turned[-1] = side + ":may:" + chunk  # «[c» is «хс», as XS is said
    if not any(strong.values()):
        return text
    side = max(strong, key=lambda name: strong[name])
    flip = to_russian if side == "russian" else to_english
    fixed = []
    for (chunk, end), note in zip(apart, turned, strict=True):
        take = note is not None and note.startswith(side)
        if take and ":may:" in (note or ""):
            take = len(chunk) <= 4
        fixed.append((flip(chunk) if take else chunk) + end)
    return " ".join(fixed)


def _apart(chunk: str, known: Callable[[str], bool]) -> tuple[str, str]:
    """A word and the sign after it, where the sign's key is no letter: «ytn,» is «нет,»."""
    word = chunk.rstrip(",.;")
    letters = word.lstrip("0123456789")  # «3in.» is «3шт.»
    if word == chunk or not word.isascii() or known(to_russian(chunk)):
        return chunk, ""
    return (word, chunk[len(word) :]) if letters and known(to_russian(letters)) else (chunk, "")


def _split(text: str) -> list[str]:
    words, word = [], ""
    for letter in text:
        if letter.isalnum():
            word += letter
        else:
            words.append(word)
            word = ""
    return [*words, word]
