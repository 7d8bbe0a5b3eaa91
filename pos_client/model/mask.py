"""How a person, a number or a card is shown to eyes that need not know it."""

from typing import Final

#: Two-character Chinese surnames that keep both characters when a name is masked.
DOUBLE_SURNAMES: Final = frozenset(
    (
        "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 "
        "公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 "
        "长孙 宇文 司徒 鲜于 司空 令狐 百里 呼延 东郭 南门 西门"
    ).split()
)


def mask_name(name: str) -> str:
    """Mask a name: 张三丰 gives 张*丰, 欧阳修 gives 欧阳*, ANNA SPECIMEN gives A*** S*******."""
    if not name:
        return ""
    if name.isascii():
        return " ".join(word[:1] + "*" * (len(word) - 1) for word in name.split())
    double, given = name[:2], name[2:]
    if given and double in DOUBLE_SURNAMES:
        return double + "*" * len(given)
    surname, given = name[0], name[1:]
    last = given[-1] if given[1:] else ""
    return surname + "*" * (len(given) - len(last)) + last


def mask_tail(number: str, head: int, tail: int) -> str:
    """Keep `head` leading and `tail` trailing characters: 110***********002X with 3 and 4."""
    if len(number) <= head + tail:
        return "*" * len(number)
    return number[:head] + "*" * (len(number) - head - tail) + number[len(number) - tail :]


def mask_msisdn(msisdn: str) -> str:
    """Mask a mobile number: 138****8000."""
    return mask_tail(msisdn, 3, 4)
