"""Reviews: taken down under a lock, signed once, frozen as they were."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlmodel import update

from data.access import Viewer
from data.commands import protected, reviews
from data.commands.reviews import Decided, ReviewRefused
from data.engine import reading, writing
from data.enums import Role
from data.queries import state
from data.queries.reviews import Meeting, NoReview, held, meeting, seen_by_all, signed_pack
from data.tables import AuditEntry, Crisis, Decision
from tests.data.world import crisis, imported, rows

LEAD, LEGAL = Viewer("Ada", Role.LEADERSHIP), Viewer("Lex", Role.LEGAL)
HR, ANALYST, ADMIN = Viewer("Hal", Role.HR), Viewer("Ann", Role.ANALYST), Viewer("root", Role.ADMIN)
DAY = date(2026, 4, 1)
FUND = Decided("Fund the monitoring desk", "PR", date(2026, 6, 1), "€ 20,000")
TRAIN = Decided("Train the first responders")


@pytest.fixture
def thread(database: str) -> None:
    imported(Crisis, crisis("Thread"), crisis("Secret", row=3, restricted_to=["legal"]))


def take_down(*decisions: Decided, version: int = 0, viewer: Viewer = LEAD, **how: Any) -> int:
    about = {"held_on": DAY, "functions": ["PR", "Legal"]} | how
    with writing() as session:
        return reviews.take_down(session, viewer, "thread", version, decisions=decisions, **about)


def sign(version: int, viewer: Viewer = LEAD, reservations: str | None = None, **changed: Any) -> int:
    with reading() as session:
        pack = {"data_version": state.data_version(session), "metrics": [{"id": "x", "value": 1.5}]} | changed
    with writing() as session:
        reviews.sign(session, viewer, "thread", version, pack, reservations)
    return now().review_id or 0


def now(viewer: Viewer = LEAD, code: str = "THREAD") -> Meeting:
    with reading() as session:
        return meeting(session, viewer, code)


def texts() -> list[str]:
    return list(now().decisions["text"])


@pytest.mark.usefixtures("thread")
def test_before_anything_is_taken_down_there_is_an_empty_review() -> None:
    found = now()
    assert (found.review_id, found.version, found.held_on, found.functions, found.signed) == (None, 0, None, (), False)
    assert list(found.decisions) == ["decision_id", "text", "function", "due_on", "cost"]
    assert len(found.decisions) == 0


@pytest.mark.usefixtures("thread")
def test_what_was_decided_is_kept_in_order_and_known_decisions_keep_their_number() -> None:
    assert take_down(FUND, TRAIN) == 1
    found = now()
    assert (found.version, found.held_on, found.functions) == (1, DAY, ("PR", "Legal"))
    assert found.decisions.drop(columns="decision_id").astype(object).to_numpy().tolist()[0][:2] == [FUND.text, "PR"]
    first, second = (int(n) for n in found.decisions["decision_id"])
    changed = Decided("Train them twice a year", decision_id=second)
    assert take_down(changed, Decided("Write to customers"), version=1) == 2
    found = now()
    assert list(found.decisions["text"]) == ["Train them twice a year", "Write to customers"]
    assert int(found.decisions["decision_id"].iloc[0]) == second
    assert first not in list(found.decisions["decision_id"])
    assert ("review taken down", "crisis thread") in rows(AuditEntry, "action", "target")


@pytest.mark.usefixtures("thread")
def test_two_people_never_overwrite_each_other_unseen() -> None:
    take_down(FUND)
    for stale in (0, 2):
        with pytest.raises(ReviewRefused, match="changed this review meanwhile"):
            take_down(TRAIN, version=stale)
    assert texts() == [FUND.text]


@pytest.mark.usefixtures("thread")
def test_the_number_of_another_reviews_decision_takes_nothing_from_it() -> None:
    take_down(FUND)
    with writing() as session:
        reviews.take_down(
            session, LEGAL, "secret", 0, held_on=None, functions=[],
            decisions=[Decided("Mine", decision_id=int(now().decisions["decision_id"].iloc[0]))],
        )  # fmt: skip
    assert texts() == [FUND.text]
    assert sorted(row[0] for row in rows(Decision, "text")) == sorted([FUND.text, "Mine"])


@pytest.mark.usefixtures("thread")
@pytest.mark.parametrize("text", ["", "   ", "\x00", "x" * 2_001])
def test_a_decision_needs_a_text_of_bearable_length(text: str) -> None:
    with pytest.raises(ReviewRefused):
        take_down(Decided(text))
    assert now().version == 0


@pytest.mark.usefixtures("thread")
def test_protected_terms_are_masked_as_they_are_typed() -> None:
    with writing() as session:
        protected.add(session, LEGAL, "thread", ["Jane Roe"])
    take_down(Decided("Speak with Jane Roe", "Jane Roe's desk"), functions=["PR", "Jane Roe"])
    sign(1, reservations="Jane Roe was not heard")
    found = now()
    assert texts() == ["Speak with [name withheld]"]
    assert found.functions == ("PR", "[name withheld]")
    assert found.reservations == "[name withheld] was not heard"


@pytest.mark.usefixtures("thread")
@pytest.mark.parametrize("viewer", [HR, Viewer("w", Role.AUDITOR)])
def test_who_only_reads_takes_nothing_down(viewer: Viewer) -> None:
    with pytest.raises((ReviewRefused, NoReview)):
        take_down(FUND, viewer=viewer)


@pytest.mark.usefixtures("thread")
def test_a_crisis_that_is_hidden_has_no_review() -> None:
    with writing() as session:
        reviews.take_down(session, LEGAL, "secret", 0, held_on=DAY, functions=[], decisions=[FUND])
    with pytest.raises(NoReview), writing() as session:
        reviews.take_down(session, LEAD, "secret", 1, held_on=DAY, functions=[], decisions=[])
    with reading() as session:
        assert held(session, LEAD) == {}
        assert list(held(session, LEGAL).values()) == [DAY]
    with pytest.raises(NoReview):
        now(LEAD, "secret")


@pytest.mark.usefixtures("thread")
def test_a_signature_freezes_the_pack_and_the_decisions() -> None:
    take_down(FUND)
    number = sign(1, reservations=" The cost is  a guess ")
    found = now()
    assert (found.signed, found.signed_by, found.reservations, found.version) == (True, "Ada", "The cost is a guess", 2)
    assert found.signed_at is not None
    assert abs((found.signed_at - datetime.now(UTC)).total_seconds()) < 60
    with reading() as session:
        pack = signed_pack(session, HR, number)
    assert pack["metrics"] == [{"id": "x", "value": 1.5}]
    assert pack["signed"]["by"] == "Ada"
    assert pack["signed"]["reservations"] == "The cost is a guess"
    with pytest.raises(ReviewRefused, match="stand as they are"):
        take_down(TRAIN, version=2)
    with pytest.raises(ReviewRefused, match="signed already"):
        sign(2)
    assert texts() == [FUND.text]


@pytest.mark.usefixtures("thread")
def test_nothing_is_signed_that_was_not_held_or_seen_as_it_is() -> None:
    take_down(FUND, held_on=None)
    with pytest.raises(ReviewRefused, match="on which day"):
        sign(1)
    take_down(FUND, version=1)
    with pytest.raises(ReviewRefused, match="meanwhile"):
        sign(1)
    with reading() as session:
        old = state.data_version(session) - 1
    with pytest.raises(ReviewRefused, match="data changed"):
        sign(2, data_version=old)
    for viewer in (ANALYST, HR):
        with pytest.raises(ReviewRefused, match="doesn't sign"):
            sign(2, viewer)
    assert not now().signed


@pytest.mark.usefixtures("thread")
def test_legal_countersigns_where_the_crisis_asks_for_it() -> None:
    take_down(FUND)
    with writing() as session:
        session.exec(update(Crisis).where(Crisis.code == "Thread").values(countersign=True))
    with pytest.raises(ReviewRefused, match="No countersignature"):
        again(LEGAL, 1)
    number = sign(1)
    assert now().waits_for_legal
    with pytest.raises(ReviewRefused, match="Only Legal"):
        again(LEAD, 2)
    again(LEGAL, 2)
    found = now()
    assert (found.waits_for_legal, found.countersigned_by, found.version) == (False, "Lex", 3)
    with reading() as session:
        assert signed_pack(session, LEAD, number)["signed"]["countersigned_by"] == "Lex"


def again(viewer: Viewer, version: int) -> None:
    with writing() as session:
        reviews.countersign(session, viewer, "thread", version)


@pytest.mark.usefixtures("thread")
def test_two_signatures_are_those_of_two_people() -> None:
    take_down(FUND)
    with writing() as session:
        session.exec(update(Crisis).values(countersign=True))
    sign(1, LEGAL)
    with pytest.raises(ReviewRefused, match="two people"):
        again(LEGAL, 2)
    again(Viewer("Lea", Role.LEGAL), 2)


@pytest.mark.usefixtures("thread")
def test_an_unsigned_review_has_no_pack() -> None:
    take_down(FUND)
    for number in (1, 999):
        with reading() as session, pytest.raises(NoReview):
            signed_pack(session, ADMIN, number)


@pytest.mark.usefixtures("database")
def test_beside_a_crisis_stand_those_that_all_its_readers_see() -> None:
    who = {"open": None, "both": ["legal", "leadership"], "legal": ["legal"], "hr": ["hr"]}
    imported(Crisis, *[crisis(code, row=n, restricted_to=roles) for n, (code, roles) in enumerate(who.items(), 2)])
    ids = {code: number for number, code in rows(Crisis, "id", "code")}
    with reading() as session:
        beside = {code: seen_by_all(session, ids[code]) for code in who}
    names = {number: code for code, number in ids.items()}
    told = {code: sorted(names[n] for n in found) for code, found in beside.items()}
    assert told == {
        "open": ["open"],
        "both": ["both", "open"],
        "legal": ["both", "legal", "open"],
        "hr": ["hr", "open"],
    }
