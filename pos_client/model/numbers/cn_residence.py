"""Numbers of the residence permits for people of Hong Kong (81), Macau (82) and Taiwan (83)."""

from datetime import date
from typing import Final

from pos_client.model.numbers import cn_id
from pos_client.model.numbers.cn_id import IdFault

HK_MACAU: Final = ("810000", "820000")
TAIWAN: Final = ("830000",)


def fault(number: str, places: tuple[str, ...], *, today: date | None = None) -> IdFault | None:
    """Say what is wrong with a normalised number of a permit for people of `places`.

    The check digit goes first: a wrong digit among the first six is a misread one, and only a
    number that adds up can be said to be of another document.
    """
    found = cn_id.fault(number, today=today)
    if found is not None:
        return found
    return None if cn_id.region(number) in places else IdFault.PLACE
