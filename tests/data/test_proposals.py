"""Deciding on proposals: a gap is made, one that is known takes it, or the reason is remembered; nobody decides twice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from data.access import Viewer
from data.commands import merging, proposals, protected
from data.commands.entries import HandRefused
from data.commands.proposals import Proposed
from data.engine import reading, writing
from data.enums import GapStatus, Origin, Role
from data.queries import learning, register
from data.queries.proposals import decided
from data.queries.state import as_of
from data.tables import AuditEntry, Crisis
from tests.data import world
from tests.data.world import imported

pytestmark = pytest.mark.usefixtures("database")
LEAD = Viewer("lea", Role.LEADERSHIP)
HR = Viewer("hugo", Role.HR)
ADMIN = Viewer("adi", Role.ADMIN)
SLOW = Proposed("one", "step:speak", "“Speak” came late", "“Speak”: late, 6 h 12 min.")
VALUES = {"section": "Respond", "step": "Speak", "origin": Origin.CONFORMANCE, "severity": 3, "metric": "time_to_first_statement", "target": 3.0}  # fmt: skip


@pytest.fixture(autouse=True)
def _crises(database: str) -> None:
    imported(Crisis, world.crisis("one"), world.crisis("two", row=3))


def accept(proposed: Proposed = SLOW, viewer: Viewer = LEAD, **values: Any) -> str:
    with writing() as session:
        return proposals.accept(session, viewer, proposed, VALUES | values)


def attach(gap: str, proposed: Proposed, viewer: Viewer = LEAD) -> None:
    with writing() as session:
        proposals.attach(session, viewer, proposed, gap)


def dismiss(reason: str, proposed: Proposed = SLOW, viewer: Viewer = LEAD) -> None:
    with writing() as session:
        proposals.dismiss(session, viewer, proposed, reason)


def reconsider(cause: str = SLOW.cause, crisis: str = "one") -> None:
    with writing() as session:
        proposals.reconsider(session, LEAD, crisis, cause)


def known(viewer: Viewer = ADMIN) -> list[tuple[Any, ...]]:
    with reading() as session:
        found: pd.DataFrame = decided(session, viewer)
    return [tuple(row) for row in found[["crisis", "cause", "outcome", "gap", "reason", "decided_by"]].to_numpy()]


def refused(words: str, deed: Any, *args: Any, **named: Any) -> None:
    before = world.dump()
    with pytest.raises(HandRefused, match=words):
        deed(*args, **named)
    assert world.dump() == before


def test_an_accepted_proposal_is_a_gap_with_origin_evidence_and_a_due_date() -> None:
    code = accept()
    with reading() as session:
        found = register.gap(session, ADMIN, code)
        today = as_of(session).date()
    assert found is not None
    told = found.seen.values
    assert (told["title"], told["evidence"], told["crisis"]) == (SLOW.title, SLOW.evidence, "one")
    assert {name: told[name] for name in VALUES} == VALUES
    assert (told["status"], told["opened_on"], told["due_on"]) == (GapStatus.OPEN, today, today + timedelta(days=60))
    assert known() == [("one", "step:speak", "accepted", code, None, "lea")]
    assert ("proposal accepted", "crisis one: “Speak” came late") in world.rows(AuditEntry, "action", "target")


def test_a_finding_that_comes_again_is_attached_and_makes_no_twin() -> None:
    code = accept()
    attach(code, Proposed("two", SLOW.cause, SLOW.title, "Again."))
    assert known()[1] == ("two", "step:speak", "attached", code, None, "lea")
    with reading() as session:
        assert len(learning.gaps(session, ADMIN)) == 1


def test_a_dismissal_needs_a_reason_and_keeps_it() -> None:
    refused("Say why", dismiss, " \n\x00 ")
    refused("at most 2,000 characters", dismiss, "x" * 2_001)
    dismiss("  A drill,\nnot a crisis ")
    assert known() == [("one", "step:speak", "dismissed", None, "A drill, not a crisis", "lea")]
    with reading() as session:
        assert learning.gaps(session, ADMIN).empty


def test_the_second_to_decide_is_told_who_was_first() -> None:
    dismiss("Not ours")
    for deed in (accept, lambda: dismiss("Me too"), lambda: attach("G-01", SLOW)):
        refused("lea decided on this meanwhile: dismissed", deed)


def test_what_was_dismissed_or_attached_can_wait_again_and_what_is_a_gap_not() -> None:
    refused("Nothing was decided", reconsider)
    dismiss("Not ours")
    reconsider()
    assert known() == []
    accept()
    refused("is a gap of the register by now", reconsider)


def test_who_keeps_no_register_decides_nothing() -> None:
    for deed in (accept, lambda **who: dismiss("r", **who)):
        refused("Your role can't decide on proposals", deed, viewer=HR)
    refused("There is no crisis", accept, Proposed("none", "c", "t", "e"))
    refused("There is no gap", attach, "G-99", SLOW)


def test_who_may_not_see_a_crisis_sees_nothing_of_what_was_decided_there() -> None:
    accept()
    imported(Crisis, world.crisis("one", restricted_to=["legal"]))
    assert known(LEAD) == []
    attached = Proposed("two", SLOW.cause, SLOW.title, "Again.")
    refused("There is no gap", attach, "G-01", attached)
    with writing() as session:
        proposals.attach(session, ADMIN, attached, "G-01")
    assert known(LEAD) == [("two", "step:speak", "attached", None, None, "adi")]


def test_protected_terms_are_masked_in_what_is_kept() -> None:
    with writing() as session:
        protected.add(session, ADMIN, "one", ["Dana Voss"])
    dismiss("Dana Voss was ill", Proposed("one", "c", "Dana Voss came late", "Dana Voss: late."))
    assert "Dana" not in "".join(map(str, world.rows("proposal_decision")))


def test_two_crises_that_become_one_keep_one_decision_a_cause() -> None:
    dismiss("In one")
    dismiss("In two", Proposed("two", SLOW.cause, SLOW.title, ""))
    dismiss("Only in two", Proposed("two", "parties", "Partners were not asked", ""))
    with writing() as session:
        merging.merge(session, ADMIN, "two", "one")
    assert [(row[1], row[4]) for row in known()] == [("step:speak", "In one"), ("parties", "Only in two")]


def test_without_a_severity_there_is_no_due_date() -> None:
    code = accept(severity=None)
    with reading() as session:
        found = register.gap(session, ADMIN, code)
    assert found is not None
    assert found.seen.values["due_on"] is None
    assert isinstance(found.seen.values["opened_on"], date)
