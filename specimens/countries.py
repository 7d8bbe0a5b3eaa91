"""How the machine-readable documents of many countries differ, as a table: one row a layout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Shape = Literal["td1", "td2", "td3", "mrv_a", "mrv_b"]

SIZES_MM: Final[dict[Shape, tuple[float, float]]] = {
    "td1": (85.6, 54.0),
    "td2": (105.0, 74.0),
    "td3": (125.0, 88.0),
    "mrv_a": (120.0, 80.0),
    "mrv_b": (105.0, 74.0),
}


@dataclass(frozen=True, slots=True)
class Layout:
    """One country's document, as far as its machine-readable lines and looks go.

    `number` and `optional` are patterns: L a letter, N a digit, A either, anything else itself.
    `left_mm` is where the lines begin, `rise_mm` how far the lowest one's middle is from the lower
    edge, `row_mm` the distance of the lines; `ground` says how strong the colours under them are,
    0 to 1, and `hue` which colour they have, degrees.
    """

    name: str
    shape: Shape
    code: str
    state: str
    number: str
    title: str
    optional: str = ""
    left_mm: float = 5.0
    rise_mm: float = 8.4
    row_mm: float = 6.35
    hue: int = 20
    ground: float = 0.3
    band: bool = True
    unknown_birth: bool = False
    one_name: bool = False


_PASSPORTS: Final = (
    Layout("Australia", "td3", "P<", "AUS", "LNNNNNNN", "PASSPORT", hue=130),
    Layout("Austria", "td3", "P<", "AUT", "LNNNNNNN", "REISEPASS", hue=350, ground=0.5),
    Layout("Brazil", "td3", "P<", "BRA", "LLNNNNNN", "PASSAPORTE", hue=140, band=False),
    Layout("Canada", "td3", "P<", "CAN", "LLNNNNNN", "PASSPORT PASSEPORT", hue=210, ground=0.45),
    Layout("China", "td3", "PO", "CHN", "LNNNNNNNN", "PASSPORT", "ALLLLLLLLLLLLL", hue=15),
    Layout("Egypt", "td3", "P<", "EGY", "LNNNNNNNN", "PASSPORT", "NNNNNNNNNNNNNN", hue=90),
    Layout("Finland", "td3", "P<", "FIN", "LLNNNNNNN", "PASSI", hue=220, ground=0.6),
    Layout("France", "td3", "P<", "FRA", "NNLLNNNNN", "PASSEPORT", hue=300, ground=0.5, band=False),
    Layout("Germany", "td3", "P<", "D", "LAAAAAAAA", "REISEPASS", hue=190, ground=0.4),
    Layout("India", "td3", "P<", "IND", "LNNNNNNN", "PASSPORT", hue=40, ground=0.55, band=False),
    Layout("Indonesia", "td3", "P<", "IDN", "LNNNNNNN", "PASPOR", "NNNNNNNNNNNNNN", one_name=True),
    Layout("Italy", "td3", "P<", "ITA", "LLNNNNNNN", "PASSAPORTO", hue=330, left_mm=6.4),
    Layout("Japan", "td3", "P<", "JPN", "LLNNNNNNN", "PASSPORT", hue=5, ground=0.35, rise_mm=9.2),
    Layout("Korea", "td3", "PM", "KOR", "LNNNLNNNN", "PASSPORT", "NNNNNNNLNNNNNN", hue=200),
    Layout("Malaysia", "td3", "P<", "MYS", "LNNNNNNNN", "PASPORT", "NNNNNNNNNNNN", hue=25),
    Layout("Mexico", "td3", "P<", "MEX", "LNNNNNNNN", "PASAPORTE", hue=100, ground=0.6, band=False),
    Layout("Netherlands", "td3", "P<", "NLD", "LLAAAAAAN", "PASPOORT", "NNNNNNNNN", hue=280),
    Layout("Nigeria", "td3", "P<", "NGA", "LNNNNNNNN", "PASSPORT", "NNNNNNNNNNN", hue=120),
    Layout("Pakistan", "td3", "P<", "PAK", "LLNNNNNNN", "PASSPORT", "NNNNNNNNNNNNN", hue=110),
    Layout("Russia", "td3", "P<", "RUS", "NNNNNNNNN", "PASPORT", "NNNNNNN", hue=0, ground=0.5),
    Layout("Singapore", "td3", "PA", "SGP", "LNNNNNNNL", "PASSPORT", "LNNNNNNNL", hue=10),
    Layout("South Africa", "td3", "PA", "ZAF", "LNNNNNNNN", "PASSPORT", "NNNNNNNNNNNNN", hue=60),
    Layout("Spain", "td3", "P<", "ESP", "LLLNNNNNN", "PASAPORTE", "LNNNNNNNN", hue=355, ground=0.5),
    Layout(
        "Turkey", "td3", "P<", "TUR", "LNNNNNNNN", "PASAPORT", "NNNNNNNNNNN", hue=340, band=False
    ),
    Layout("Ukraine", "td3", "P<", "UKR", "LLNNNNNN", "PASSPORT", "NNNNNNNNNNNNN", hue=215),
    Layout("United Kingdom", "td3", "P<", "GBR", "NNNNNNNNN", "PASSPORT", hue=330, ground=0.45),
    Layout("United States", "td3", "P<", "USA", "NNNNNNNNN", "PASSPORT", "NNNNNNNNNLNNNNNN"[:14]),
    Layout("Vietnam", "td3", "P<", "VNM", "LNNNNNNN", "PASSPORT", "NNNNNNNNNNNN", hue=45),
    Layout("Stateless", "td3", "PT", "D", "LAAAAAAAA", "REISEAUSWEIS", hue=190, unknown_birth=True),
)
_CARDS: Final = (
    Layout("Belgium card", "td1", "ID", "BEL", "NNNNNNNNNNNN", "IDENTITEITSKAART", "NNNNNNNNNN"),
    Layout("Chile card", "td1", "I<", "CHL", "NNNNNNNNN", "CEDULA DE IDENTIDAD", "LNN", hue=200),
    Layout(
        "Croatia card", "td1", "IO", "HRV", "NNNNNNNNN", "OSOBNA ISKAZNICA", "NNNNNNNNNNN", hue=345
    ),
    Layout(
        "Estonia card", "td1", "ID", "EST", "LLNNNNNNN", "ISIKUTUNNISTUS", "NNNNNNNNNNN", hue=205
    ),
    Layout("Germany card", "td1", "ID", "D", "LAAAAAAAA", "PERSONALAUSWEIS", hue=160, ground=0.5),
    Layout("Germany residence", "td1", "AR", "D", "LAAAAAAAA", "AUFENTHALTSTITEL", hue=300),
    Layout("Italy card", "td1", "C<", "ITA", "LLNNNNNLL", "CARTA DI IDENTITA", hue=40, ground=0.5),
    Layout("Netherlands card", "td1", "I<", "NLD", "LLAAAAAAN", "IDENTITEITSKAART", "NNNNNNNNN"),
    Layout(
        "Peru card", "td1", "I<", "PER", "NNNNNNNN", "DOCUMENTO NACIONAL", "N", hue=20, ground=0.6
    ),
    Layout("Portugal card", "td1", "I<", "PRT", "NNNNNNNNN", "CARTAO DE CIDADAO", "LLN", hue=110),
    Layout(
        "Spain card", "td1", "ID", "ESP", "LLLNNNNNN", "DOCUMENTO NACIONAL", "NNNNNNNNL", hue=280
    ),
    Layout(
        "United States card", "td1", "C1", "USA", "NNNNNNNNN", "PERMANENT RESIDENT", "LLLNNNNNNNNNN"
    ),
    Layout("Bulgaria card", "td1", "ID", "BGR", "NNNNNNNNN", "LICHNA KARTA", unknown_birth=True),
    Layout("Czech card", "td2", "ID", "CZE", "NNNNNNNNN", "OBCANSKY PRUKAZ", hue=220, ground=0.5),
    Layout("Germany old card", "td2", "ID", "D", "NNNNNNNNN", "PERSONALAUSWEIS", hue=150),
    Layout("Poland old card", "td2", "ID", "POL", "LLLNNNNNN", "DOWOD OSOBISTY", hue=350),
    Layout(
        "Romania card", "td2", "ID", "ROU", "LLNNNNNN", "CARTE DE IDENTITATE", "NNNNNNN", hue=230
    ),
    Layout(
        "Slovakia card", "td2", "ID", "SVK", "LLNNNNNN", "OBCIANSKY PREUKAZ", hue=200, band=False
    ),
)
_VISAS: Final = (
    Layout("China visa", "mrv_a", "V<", "CHN", "LNNNNNNNN", "VISA", hue=20, ground=0.45),
    Layout(
        "India visa", "mrv_a", "V<", "IND", "LLNNNNNNN", "VISA", hue=130, ground=0.5, band=False
    ),
    Layout(
        "United States visa", "mrv_a", "VN", "USA", "NNNNNNNNN", "VISA", "LNLLLNNLNNNNNNNN", hue=10
    ),
    Layout("Schengen visa D", "mrv_b", "VC", "D", "NNNNNNNNN", "VISUM", "NNNNNNNN", hue=150),
    Layout("Schengen visa F", "mrv_b", "VC", "FRA", "NNNNNNNNN", "VISA", "N", hue=150, ground=0.5),
    Layout("Japan visa", "mrv_b", "V<", "JPN", "LLNNNNNNN", "VISA", hue=340, ground=0.45),
    Layout("Thailand visa", "mrv_b", "V<", "THA", "LNNNNNNN", "VISA", hue=280, band=False),
)
LAYOUTS: Final = (*_PASSPORTS, *_CARDS, *_VISAS)
