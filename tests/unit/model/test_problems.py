"""Problems speak in whole sentences, whatever values they are given."""

from pos_client.model.packet import PacketDamaged
from pos_client.model.problems import Problem


def test_a_problem_fills_its_sentence_with_its_values() -> None:
    assert str(PacketDamaged(reason="cut_short")) == "A sealed packet is damaged (cut_short) [P110]"


def test_a_missing_value_leaves_the_placeholder_and_never_crashes() -> None:
    assert "{reason}" in str(PacketDamaged())


def test_a_problem_tells_the_log_its_code_only() -> None:
    assert Problem(name="x").args == ("P000",)
