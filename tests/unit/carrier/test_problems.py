"""Every problem of the carrier stage speaks to a clerk."""

from pos_client.carrier import problems
from pos_client.model.problems import Problem

ALL = [
    kind
    for kind in vars(problems).values()
    if isinstance(kind, type) and issubclass(kind, Problem) and kind is not Problem
]


def test_every_problem_has_its_own_code_a_title_and_advice() -> None:
    assert len({kind.code for kind in ALL}) == len(ALL)
    for kind in ALL:
        assert kind.code.startswith("C1")
        assert kind.title
        assert kind.advice.endswith(".")


def test_what_will_be_tried_again_says_that_nothing_is_lost() -> None:
    for kind in ALL:
        if kind.retry.value == "later":
            assert problems.SAFE in kind.advice
