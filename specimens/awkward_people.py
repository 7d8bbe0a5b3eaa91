"""The people behind the awkward documents: each was invented to show one difficulty."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from specimens.permanent_residence import Resident, number_2017, number_2023
from specimens.persons import (
    TODAY,
    Person,
    Traveller,
    invent_person,
    resident_number_of,
    years_later,
)
from specimens.specimen import LONG_TERM

LONG_TERM_HOLDER: Final = Person(
    name="张样本",
    sex="女",
    ethnicity="汉",
    birth_date="1949-12-31",
    address="北京市朝阳区样本路1号虚构小区2号楼3单元401室",
    id_number="11010519491231002X",
    authority="北京市公安局朝阳分局",
    valid_from="2006-05-04",
    valid_until=LONG_TERM,
)
"""The published example of GB 11643-1999, with an invented name; its check character is X."""

BORN_1880: Final = Person(
    name="李范例",
    sex="男",
    ethnicity="汉",
    birth_date="1880-01-01",
    address="广东省汕头市潮阳县样本镇上河村3组12号",
    id_number="440524188001010014",
    authority="潮阳县公安局",
    valid_from="2008-09-01",
    valid_until=LONG_TERM,
)
"""The other published example of GB 11643-1999: born 1880 and valid."""

CHILD: Final = invent_person(101, term="child", name="陈小样")
TWENTY_YEARS: Final = invent_person(102, term="twenty", name="王测试甲")
UYGUR_NAME: Final = invent_person(
    103, term="ten", name="示例阿卜杜热合曼·样本江", region="650102", ethnicity="维吾尔"
)
SHORT_DOTTED_NAME: Final = invent_person(
    104, term="twenty", name="测试·样例", region="650102", ethnicity="哈萨克"
)
RARE_CHARACTER: Final = invent_person(105, term="long", name="刘\U00020bb7样")
RARE_CHARACTER_A: Final = invent_person(106, term="ten", name="样䶮")
ABOLISHED_DISTRICT: Final = invent_person(107, term="long", name="赵虚构", region="110103")
KOREAN_SCRIPT: Final = invent_person(
    108, term="twenty", name="金样例", region="220104", ethnicity="朝鲜"
)
ZHUANG_SCRIPT: Final = invent_person(
    109, term="ten", name="韦范本丁", region="450103", ethnicity="壮"
)
FULL_ADDRESS: Final = replace(
    invent_person(110, term="ten", name="孙样张", region="230103"),
    address="黑龙江省哈尔滨市南岗区虚构大道1999号范例花园36号楼6单元3208室后院",
)

TRAVELLER: Final = Traveller(
    surname="ERIKSSON SAMPLE",
    given_names="ANNA MARIA",
    document_number="L898902C3",
    nationality="UTO",
    issuing_state="UTO",
    birth_date="1974-08-12",
    sex="F",
    expiry_date="2031-04-15",
    optional_data="ZE184226B",
)
"""After the specimen of ICAO 9303-4, with an expiry date that is still to come."""

LONG_NUMBER: Final = replace(
    TRAVELLER,
    document_number="D23145890734",
    birth_date="1934-07-12",
    sex="M",
    optional_data="",
)
UNKNOWN_DAY: Final = replace(TRAVELLER, birth_date="1974-08", optional_data="")
UNKNOWN_MONTH: Final = replace(TRAVELLER, birth_date="1974", optional_data="")
GERMAN: Final = replace(
    TRAVELLER,
    surname="MUSTERMANN BEISPIEL",
    given_names="ERIKA",
    document_number="C01X00T47",
    nationality="D",
    issuing_state="D",
    optional_data="",
)
LONG_NAME: Final = replace(
    TRAVELLER,
    surname="PAPANDROPOULOUS EXEMPLAR VOORBEELD",
    given_names="JONATHON ALEXANDER WILHELM",
)
STATELESS: Final = replace(TRAVELLER, nationality="XXA", sex="X", optional_data="")
ONE_NAME: Final = replace(TRAVELLER, surname="ARKFREITH", given_names="", optional_data="")


RESIDENT_2017: Final = Resident(
    name="SPECIMEN, AIGERIM",
    chinese_name="",
    sex="F",
    nationality="KAZ",
    birth_date="1990-12-31",
    number=number_2017("KAZ", "1100", date(1990, 12, 31), 0),
    valid_from="2019-05-20",
    valid_until="2029-05-20",
)
RESIDENT_2023: Final = replace(
    RESIDENT_2017,
    name="VOORBEELD SPECIMEN, JOHANNA WILHELMINA ALEXANDRA MARIA",
    chinese_name="样安娜",
    number=number_2023("11", "398", date(1990, 12, 31), 2),
    valid_from="2024-02-01",
    valid_until="2034-02-01",
)


def expired_holder(today: date = TODAY) -> Person:
    """A ten-year card that ended thirty days ago, for a holder who was twenty when it began."""
    issued = years_later(today - timedelta(days=30), -10)
    return _ten_years_from(issued, invent_person(120, term="ten", name="周过期", today=today))


def future_holder(today: date = TODAY) -> Person:
    """A ten-year card that begins in forty days."""
    issued = today + timedelta(days=40)
    return _ten_years_from(issued, invent_person(121, term="ten", name="吴未来", today=today))


def _ten_years_from(issued: date, person: Person) -> Person:
    birth = years_later(issued, -20) - timedelta(days=100)
    return replace(
        person,
        birth_date=birth.isoformat(),
        id_number=resident_number_of(person, birth),
        valid_from=issued.isoformat(),
        valid_until=years_later(issued, 10).isoformat(),
    )


def residence_holder(number: str, name: str) -> Person:
    """A resident from Hong Kong, Macau or Taiwan: no ethnicity on the card, five years."""
    birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    person = invent_person(130, term="twenty", name=name)
    return replace(
        person,
        sex="男" if int(number[16]) % 2 else "女",
        ethnicity="",
        birth_date=birth.isoformat(),
        id_number=number,
        valid_from="2024-03-18",
        valid_until="2029-03-18",
    )
