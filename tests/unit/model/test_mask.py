"""How people and numbers are shown to eyes that need not know them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.model.mask import mask_msisdn, mask_name, mask_tail


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三丰", "张*丰"),
        ("张三", "张*"),
        ("样", "样"),
        ("欧阳样", "欧阳*"),
        ("欧阳样本", "欧阳**"),
        ("欧阳", "欧*"),
        ("测试·样例", "测***例"),
        ("ANNA MARIA SPECIMEN", "A*** M**** S*******"),
        ("", ""),
    ],
)
def test_a_name_keeps_its_surname_and_its_length(name: str, masked: str) -> None:
    assert mask_name(name) == masked


def test_numbers_keep_head_and_tail() -> None:
    assert mask_tail("11010519491231002X", 3, 4) == "110***********002X"
    assert mask_msisdn("13800138000") == "138****8000"


@given(st.text(min_size=0, max_size=40), st.integers(0, 6), st.integers(0, 6))
def test_a_masked_number_never_shows_more_than_it_may(number: str, head: int, tail: int) -> None:
    masked = mask_tail(number, head, tail)
    assert len(masked) == len(number)
    shown = sum(a == b and b != "*" for a, b in zip(number, masked, strict=True))
    assert shown <= head + tail
