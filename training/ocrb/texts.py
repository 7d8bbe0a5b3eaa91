"""Makes up what the lines say: machine-readable lines of invented people, numbers, nonsense."""

from typing import Final

from numpy.random import Generator

from training.ocrb.faces import ALPHABET

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGITS: Final = "0123456789"
_WEIGHTS: Final = (7, 3, 1)
_HEADS: Final = ("P<", "P<", "P<", "PD", "PO", "PS", "PN", "PM", "I<", "ID", "IR", "AC", "C<", "V<")
_VOWELS: Final = "AEIOUAEIOY"
_STATES: Final = (
    "UTO D<< CHN USA GBR FRA DEU ITA ESP PRT NLD BEL LUX CHE AUT POL CZE SVK HUN ROU BGR GRC TUR "
    "RUS UKR BLR KAZ UZB KGZ TJK IND PAK BGD LKA NPL IDN MYS SGP THA VNM PHL KOR JPN PRK MNG AUS "
    "NZL CAN MEX BRA ARG CHL PER COL VEN ECU BOL ZAF NGA GHA KEN ETH EGY MAR DZA TUN SEN CIV XXA "
    "XXB XXC XXX UNO EUE RKS HKG MAC TWN IRN IRQ ISR JOR SAU ARE QAT KWT OMN YEM SWE NOR FIN DNK"
).split()


def text(rng: Generator) -> str:
    """Give the text of one line, at least 18 characters long."""
    kind = rng.random()
    if kind < 0.34:  # shares of the recipe, written down in the model card
        return _upper(rng)
    if kind < 0.68:
        return _lower(rng)
    if kind < 0.80:
        return _number(rng)
    return _nonsense(rng)


def _pick(rng: Generator, pool: str, count: int) -> str:
    return "".join([pool[at] for at in rng.integers(0, len(pool), count).tolist()])


def _word(rng: Generator) -> str:
    """A name of no language: mostly letter, vowel, letter; sometimes any letters at all."""
    length = int(rng.integers(2, 12))
    if rng.random() < 0.3:
        return _pick(rng, _LETTERS, length)
    odd = int(rng.integers(2))
    return "".join(_pick(rng, _VOWELS if (at + odd) % 2 else _LETTERS, 1) for at in range(length))


def _names(rng: Generator) -> str:
    surname = "<".join(_word(rng) for _ in range(int(rng.choice((1, 2, 3), p=(0.75, 0.2, 0.05)))))
    given = "<".join(_word(rng) for _ in range(int(rng.choice((1, 2, 3), p=(0.5, 0.4, 0.1)))))
    return f"{surname}<<{given}" if rng.random() < 0.95 else surname


def _upper(rng: Generator) -> str:
    width = int(rng.choice((30, 36, 44)))
    head = _HEADS[rng.integers(len(_HEADS))] + _STATES[rng.integers(len(_STATES))]
    if width == 30 and rng.random() < 0.5:  # the third line of a card is names only
        head = ""
    return (head + _names(rng))[:width].ljust(width, "<")


def _lower(rng: Generator) -> str:
    width = int(rng.choice((30, 36, 44)))
    free = _pick(rng, _LETTERS * 2 + _DIGITS * 7, int(rng.integers(6, 10)))
    number = (free if rng.random() < 0.6 else _pick(rng, _DIGITS, 9)).ljust(9, "<")
    state = _STATES[rng.integers(len(_STATES))].ljust(3, "<")
    sex = "MF<X"[rng.choice(4, p=(0.45, 0.45, 0.08, 0.02))]
    dates = _pick(rng, _DIGITS, 7) + sex + _pick(rng, _DIGITS, 7)
    if width == 30:
        rest = _rest(rng, 11)
        if rng.random() < 0.5:
            head = _HEADS[rng.integers(len(_HEADS))] + state + number + _pick(rng, _DIGITS, 1)
            return head + _rest(rng, 15)
        return dates + state + rest + _pick(rng, _DIGITS, 1)
    rest = _rest(rng, width - 30) + _pick(rng, _DIGITS + "<", 1) + _pick(rng, _DIGITS, 1)
    return number + _pick(rng, _DIGITS, 1) + state + dates + rest


def _rest(rng: Generator, width: int) -> str:
    """Optional data: mostly fillers, now and then a number with or without blanks in it."""
    if rng.random() < 0.5:
        return "<" * width
    pool = _DIGITS if rng.random() < 0.6 else _LETTERS + _DIGITS + "<"
    return _pick(rng, pool, int(rng.integers(1, width + 1))).ljust(width, "<")


def _number(rng: Generator) -> str:
    """An identity number: eighteen places, the last sometimes X."""
    last = "X" if rng.random() < 0.2 else _pick(rng, _DIGITS, 1)
    return _pick(rng, _DIGITS, 17) + last


def _nonsense(rng: Generator) -> str:
    """Letters, digits and runs in any order: a reader must not learn what is likely to follow."""
    pools = (_LETTERS, _DIGITS, ALPHABET, "<")
    out = ""
    while len(out) < 44:
        pool = pools[rng.choice(4, p=(0.3, 0.25, 0.3, 0.15))]
        run = int(rng.integers(1, 9))
        same = rng.random() < 0.15
        out += _pick(rng, pool, 1) * run if same else _pick(rng, pool, run)
    return out[:44]
