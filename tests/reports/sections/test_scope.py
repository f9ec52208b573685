from __future__ import annotations

import pytest

from data.access import Viewer
from data.engine import reading
from data.enums import Role
from data.queries.provenance import of_events
from reports.sections.scope import UnknownCrisis, portfolio
from tests.small import bring, crisis, front, log, moment, pack, section

pytestmark = pytest.mark.usefixtures("small")

LATER = "2026-06-01 12:00"


def begun(as_of: str, role: Role = Role.ADMIN) -> dict[str, str]:
    with reading() as session:
        return {s.crisis["code"]: s.status for s in portfolio(session, Viewer("t", role), moment(as_of)).each()}


def test_a_crisis_is_found_whatever_the_case_of_its_code() -> None:
    log("2026-03-Thread", "2026-03-02 09:00 detected")
    with reading() as session:
        known = portfolio(session, Viewer("t", Role.ADMIN), moment(LATER))
        assert known.find("2026-03-THREAD").crisis["code"] == "2026-03-Thread"
        with pytest.raises(UnknownCrisis, match="There is no crisis “other”"):
            known.find("other")


def test_the_status_is_what_the_events_say_by_then_else_the_sheet() -> None:
    log("thread", "2026-03-02 09:00 detected", "2026-03-05 09:00 resolved", "2026-03-20 09:00 reviewed")
    crisis("sheet", status="resolved", started_at="2026-03-01 09:00")
    assert begun("2026-03-04 12:00") == {"sheet": "resolved", "thread": "open"}
    assert begun("2026-03-06 12:00")["thread"] == "resolved"
    assert begun(LATER)["thread"] == "reviewed"


def test_the_rows_behind_events_are_those_that_the_data_layer_names_one_query_at_a_time() -> None:
    log("thread", "2026-03-02 09:00 detected", "2026-03-02 11:00 statement", "2026-03-05 09:00 resolved")
    log("thread", "2026-03-03 09:00 update", name="more.csv")
    with reading() as session:
        known = portfolio(session, Viewer("t", Role.ADMIN), moment(LATER)).find("thread")
        events = known.events["event_id"].tolist()
        for some in ([], events[:1], events[::-1], [events[1], events[1]]):
            assert known.rows_of_events(some) == of_events(session, some)
        assert len(known.rows_of_events(events).files) == 2


def test_a_crisis_that_had_not_begun_does_not_count_yet() -> None:
    log("thread", "2026-03-02 08:00 posted", "2026-03-02 09:00 detected")
    log("next", "2026-05-02 08:00 posted", name="next.csv")
    crisis("planned", started_at="2026-05-10 08:00")
    crisis("undated")
    assert set(begun("2026-04-01 12:00")) == {"thread", "undated"}
    found = front("2026-04-01 12:00")
    assert (found.total, found.open_crises) == (2, 2)
    assert found.crises["code"].tolist() == ["thread", "undated"]
    assert str(found.last_data)[:10] == "2026-03-02"
    assert section("speed", "thread", "2026-04-01 12:00").frames["past"].empty
    early = pack("next", "2026-04-01 12:00")
    assert early["findings"][0]["text"] == "Nothing is recorded of this crisis yet."
    assert all(m["value"] in (None, 0) for m in early["metrics"])


def test_day_0_is_the_local_date_of_the_post() -> None:
    crisis("thread", timezone="Asia/Tokyo")
    log(
        "thread",
        "2026-03-02T23:00+00:00 posted".replace("T", " ", 1).replace("+00:00", ""),
        "2026-03-03 09:00 detected",
    )
    with reading() as session:
        assert str(portfolio(session, Viewer("t", Role.ADMIN), moment(LATER)).find("thread").day0)[:10] == "2026-03-02"
    bring("utc.csv", [{"crisis": "utc", "occurred_at": "2026-03-02T23:00:00Z", "milestone": "posted"}])
    crisis("utc", timezone="Asia/Tokyo")
    with reading() as session:
        assert str(portfolio(session, Viewer("t", Role.ADMIN), moment(LATER)).find("utc").day0)[:10] == "2026-03-03"


# --- restricted crises -------------------------------------------------------------------------------------------------

OTHERS = [role for role in Role if role not in (Role.LEGAL, Role.ADMIN)]


def two_crises() -> None:
    """One open crisis that only Legal may see, and one that all may, which began and was resolved before it."""
    log(
        "known",
        "2026-02-02 08:00 posted",
        "2026-02-02 09:00 detected",
        "2026-02-02 10:00 statement audience=public",
        "2026-02-03 09:00 resolved",
    )
    crisis("secret", title="Zanzibar", restricted_to="legal", summary="Zanzibar")
    log("secret", "2026-03-02 08:00 posted", "2026-03-02 09:00 detected", name="s.csv")
    log("later", "2026-04-02 08:00 posted", "2026-04-02 09:00 detected", name="later.csv")
    bring(
        "gaps.csv",
        [
            {"gap": "G1", "title": "Zanzibar gap", "section": "S", "crisis": "secret", "due_on": "2026-03-05"},
            {"gap": "G2", "title": "Open gap", "section": "S", "crisis": "known", "due_on": "2026-03-05"},
        ],
    )
    bring(
        "lessons.csv",
        [
            {
                "lesson": "L1",
                "title": "Zanzibar lesson",
                "observation": "o",
                "crisis": "secret",
                "status": "implemented",
            },
            {"lesson": "L2", "title": "Lesson", "observation": "o", "crisis": "known", "status": "implemented"},
        ],
    )


@pytest.mark.parametrize("role", [r for r in OTHERS if r is not Role.AUDITOR])
def test_for_others_a_restricted_crisis_does_not_exist(role: Role) -> None:
    two_crises()
    assert set(begun(LATER, role)) == {"known", "later"}
    with pytest.raises(UnknownCrisis):
        pack("secret", LATER, role)
    found = front(LATER, role)
    assert (found.total, found.open_crises) == (2, 1)
    assert found.gaps == {"open": 1, "overdue": 1, "recurring": 0}
    assert found.lessons_waiting == 1
    assert "Zanzibar" not in repr(found)
    for code in ("known", "later"):
        told = repr(pack(code, LATER, role))
        assert "Zanzibar" not in told
        assert "secret" not in told
    assert set(section("speed", "later", LATER, role).frames["past"]["crisis"]) == {"known"}


@pytest.mark.parametrize("role", [Role.LEGAL, Role.ADMIN])
def test_for_those_it_names_it_does(role: Role) -> None:
    two_crises()
    assert set(begun(LATER, role)) == {"known", "later", "secret"}
    assert front(LATER, role).total == 3
    assert [gap["code"] for gap in pack("secret", LATER, role)["gaps"]] == ["G1"]
    assert set(section("speed", "later", LATER, role).frames["past"]["crisis"]) == {"known", "secret"}


def test_the_auditor_sees_no_crisis_at_all() -> None:
    two_crises()
    assert begun(LATER, Role.AUDITOR) == {}
    assert front(LATER, Role.AUDITOR).total == 0
    with pytest.raises(UnknownCrisis):
        pack("known", LATER, Role.AUDITOR)


def test_without_any_crisis_there_is_nothing_to_count() -> None:
    found = front(LATER)
    assert (found.total, found.open_crises, found.on_target, found.decisions) == (0, 0, (0, 0), ())
    assert found.reputation.estimate.reason == "no reputation scores are imported"
    assert found.morale.estimate.reason == "no employee survey is imported"
    assert found.last_data is None
    assert found.crises.empty
