"""For how long a resident identity card is given: by its holder's age on the day of issue."""

from typing import Final

from pos_client.registration import dates

#: Youngest age at issue and years, None for long-term (Resident Identity Card Law, art. 5).
_YEARS_BY_AGE: Final = ((46, None), (26, 20), (16, 10), (0, 5))


def fits(start: str, until: str, born: str) -> bool:
    """Say whether a period fits the age; True where a date is missing and nothing can be said.

    A misfit is nearly always a misread digit.
    """
    first, birth = dates.whole(start), dates.whole(born)
    last = dates.whole(until)
    if first is None or birth is None or (last is None and until != dates.LONG_TERM):
        return True
    age = dates.age(birth, first)
    years = next((years for least, years in _YEARS_BY_AGE if age >= least), 0)
    if years is None or last is None:
        return years is None and last is None
    return dates.years_apart(first, last, years)


def shown_years(start: str, until: str) -> dict[str, str]:
    """Return the length of a period for a sentence, in both languages."""
    first, last = dates.whole(start), dates.whole(until)
    if first is None or last is None:
        return {"years.en": dates.LONG_TERM, "years.zh_CN": "长期"}
    return {"years": str(last.year - first.year)}
