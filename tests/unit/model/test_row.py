"""The table of moves: every state has a row, and nothing is a dead end."""

from pos_client.model.row import MOVES, WAITING, RowState


def test_every_state_says_where_it_may_go() -> None:
    assert set(MOVES) == set(RowState)


def test_every_row_can_end_purged() -> None:
    def reach(state: RowState, seen: frozenset[RowState] = frozenset()) -> frozenset[RowState]:
        for following in MOVES[state] - seen:
            seen = reach(following, seen | {following})
        return seen

    assert all(
        RowState.PURGED in reach(state) for state in RowState if state is not RowState.PURGED
    )


def test_nothing_is_purged_before_the_carrier_holds_it_unless_a_person_looked() -> None:
    straight = {state for state in WAITING if RowState.PURGED in MOVES[state]}
    assert straight == {RowState.QUARANTINED}


def test_a_received_row_never_goes_back_to_sending() -> None:
    assert RowState.QUEUED not in MOVES[RowState.RECEIVED]
    assert RowState.SENDING not in MOVES[RowState.RECEIVED]
