"""Several servers on one PostgreSQL: nothing is lost, twice, or out of order, whoever dies."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from bench.carrier import Plan, measure
from carrier_sandbox import Behaviour, Sandbox
from carrier_sandbox.database import DatabaseAway, DatabaseUnfit
from tests.fakes.carrier_counter import Counter
from tests.fakes.sandbox_till import real_now


@pytest.mark.slow
def test_a_server_is_killed_in_the_middle_and_nothing_is_lost_or_twice(
    postgres: str, tmp_path: Path
) -> None:
    plan = Plan(processes=2, tills=20, packets_each=20, kill_one=True)
    told: list[str] = []
    found = measure(plan, tmp_path, postgres, told.append)
    assert any("one server killed" in line for line in told)
    assert (found.packets, found.lost, found.doubled, found.gaps) == (400, 0, 0, 0)


@pytest.mark.slow
def test_the_same_on_sqlite_with_one_server(tmp_path: Path) -> None:
    found = measure(Plan(processes=1, tills=10, packets_each=10), tmp_path, None, lambda _: None)
    assert (found.packets, found.lost, found.doubled, found.gaps) == (100, 0, 0, 0)


def test_two_servers_that_decide_at_once_give_each_decision_a_sequence_of_its_own(
    postgres: str, tmp_path: Path
) -> None:
    behaviour = Behaviour(decide_after_s=None)
    first = Sandbox(tmp_path, real_now, behaviour, database=postgres)
    second = Sandbox(tmp_path, real_now, behaviour, database=postgres)
    with closing(first), closing(second):
        counter = Counter(first._office, real_now())
        till = counter.till()
        samples = [till.seal() for _ in range(24)]
        for sample in samples:
            counter.send(till, sample)
        jobs = [(server, sample.id) for sample in samples for server in (first, second)]
        with ThreadPoolExecutor(8) as pool:
            done = list(pool.map(lambda job: job[0].decide(job[1], "accepted"), jobs))
        assert sum(done) == len(samples)
        feed = second._office.feed.decisions(till.device_id, 0, 100)
        assert [each.sequence for each in feed] == list(range(1, len(samples) + 1))
        assert {each.packet_id for each in feed} == {sample.id for sample in samples}


def test_a_request_that_must_not_be_repeated_is_taken_by_one_server_only(
    postgres: str, tmp_path: Path
) -> None:
    first = Sandbox(tmp_path, real_now, database=postgres)
    second = Sandbox(tmp_path, real_now, database=postgres)
    with closing(first), closing(second):
        counter = Counter(first._office, real_now())
        till = counter.till()
        request = counter.signed(till, "POST", "/v1/possession-proofs", b"{}")
        assert first._office.doorman.sender(request, once=True).device_id == till.device_id
        with pytest.raises(Exception, match="replayed"):
            second._office.doorman.sender(request, once=True)


def test_a_database_that_is_away_or_of_another_kind_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnfit):
        Sandbox(tmp_path, real_now, database="mysql://somewhere")
    with pytest.raises(DatabaseAway):
        Sandbox(tmp_path, real_now, database=f"postgresql:///pos?host={tmp_path}/nobody")
