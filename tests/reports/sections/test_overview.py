from __future__ import annotations

from typing import Any

import pytest

from tests.small import bring, crisis, front, log, posts, setting, survey

LATER = "2026-06-01 12:00"

STEPS = [
    {
        "plan_version": "v1", "section": "Response", "step": name, "role": "PR", "fulfilled_by": milestone,
        "clock_starts": "detected", "target_minutes": 180, "audience": audience, "effective_from": "2026-01-01",
        "review_due": "2026-05-01",
    }
    for name, milestone, audience in (("Say", "statement", "public"), ("Ask", "update", "partners"))
]  # fmt: skip


def answered(code: str, day: str, hour: int, *, resolved: str | None = None) -> None:
    log(
        code,
        f"{day} 08:00 posted",
        f"{day} 09:00 detected",
        f"{day} {hour:02}:00 statement audience=public",
        *([f"{resolved} 09:00 resolved"] if resolved else []),
        name=f"{code}.csv",
    )


def gap(code: str, due: str, **fields: Any) -> dict[str, Any]:
    return {"gap": code, "title": f"Title {code}", "section": "S", "due_on": due} | fields


def items(as_of: str = LATER) -> list[tuple[str, str | None, str | None, str | None]]:
    return [
        (d.what, d.function, None if d.since is None else str(d.since)[:10], d.crisis) for d in front(as_of).decisions
    ]


def test_the_numbers_and_the_rows(database: str) -> None:
    bring("plan.csv", STEPS)
    answered("fast", "2026-03-02", 11, resolved="2026-03-05")
    answered("slow", "2026-04-02", 20, resolved="2026-05-20")
    answered("open", "2026-05-10", 12)
    crisis("slow", name="slow facts.csv", title="The slow one", severity="3")
    bring("gaps.csv", [gap("G1", "2026-05-01"), gap("G2", "2026-07-01"), gap("G3", "2026-05-01", status="validated")])
    bring("lessons.csv", [{"lesson": n, "title": n, "observation": n, "status": s} for n, s in (("a", "implemented"), ("b", "learned"), ("c", "implemented"))])  # fmt: skip
    posts("2026-05-10", {-3: (2, 0), 0: (5, 1), 21: (9, 1), 40: (9, 1)})
    found = front(LATER)
    assert (found.total, found.open_crises) == (3, 1)
    assert found.on_target == (2, 3)
    assert found.statement_target == 3.0
    assert found.gaps == {"open": 2, "overdue": 1, "recurring": 0}
    assert found.lessons_waiting == 2
    assert str(found.last_data)[:10] == "2026-05-31"
    rows = found.crises.set_index("code")
    assert rows.index.tolist() == ["open", "slow", "fast"]
    assert rows["status"].tolist() == ["open", "resolved", "resolved"]
    assert rows.loc["slow", ["title", "severity"]].tolist() == ["The slow one", 3.0]
    assert rows["statement"].map(lambda m: m.estimate.number).tolist() == [3.0, 11.0, 2.0]
    assert rows["detected"].map(lambda m: m.estimate.number).tolist() == [1.0, 1.0, 1.0]
    bars = rows.loc["open", "posts"]
    assert (len(bars), sum(bars), bars[4], bars[7]) == (28, 7, 2, 5)  # from a week before, up to three weeks after


@pytest.mark.usefixtures("small")
def test_crises_judged_by_different_targets_name_none() -> None:
    bring("plan.csv", STEPS)
    bring("v2.csv", [STEPS[0] | {"plan_version": "v2", "effective_from": "2026-04-01", "target_minutes": 60}])
    answered("a", "2026-03-02", 11)
    answered("b", "2026-04-02", 11)
    found = front(LATER)
    assert (found.on_target, found.statement_target) == ((1, 2), None)


@pytest.mark.usefixtures("small")
def test_what_is_not_decided_yet_is_not_counted() -> None:
    setting("targets.time_to_first_statement", "3")
    log("running", "2026-03-02 09:00 detected", name="running.csv")
    log("missed", "2026-02-02 09:00 detected", "2026-02-03 09:00 resolved", name="missed.csv")
    assert front("2026-03-02 11:00").on_target == (0, 1)  # still within the target: neither met nor missed
    assert front("2026-03-02 13:00").on_target == (0, 2)


@pytest.mark.usefixtures("small")
def test_the_newest_crisis_stands_first_and_undated_ones_by_their_first_event() -> None:
    log("a", "2026-03-02 09:00 detected", name="a.csv")
    log("b", "2026-01-02 09:00 posted", name="b.csv")
    log("c", "2026-05-02 09:00 posted", name="c.csv")
    crisis("d")
    assert front(LATER).crises["code"].tolist() == ["c", "a", "b", "d"]


# --- needs a decision --------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("small")
def test_each_decision_says_since_when_and_where_it_is_decided() -> None:
    bring("plan.csv", STEPS)
    answered("old", "2026-01-10", 11, resolved="2026-01-15")
    answered("new", "2026-05-10", 11)
    bring("gaps.csv", [gap("G1", "2026-03-01", responsible_function="PR"), gap("G2", "2026-04-01", crisis="old")])
    assert items() == [
        ("Ask partners about old", None, "2026-01-15", "old"),
        ("Hold the review of old", None, "2026-02-14", "old"),
        ("Overdue gap G1: Title G1", "PR", "2026-03-01", "new"),
        ("Overdue gap G2: Title G2", None, "2026-04-01", "old"),
        ("Review crisis plan v1, due on 1 May 2026", None, "2026-05-01", "new"),
    ]


@pytest.mark.usefixtures("small")
def test_a_day_that_is_today_is_not_past() -> None:
    bring("plan.csv", [STEPS[0]])
    answered("old", "2026-01-10", 11, resolved="2026-01-15")
    bring("gaps.csv", [gap("G1", "2026-05-01")])
    assert [what for what, *_ in items("2026-02-14 12:00")] == []
    assert [what for what, *_ in items("2026-02-15 12:00")] == ["Hold the review of old"]
    assert len(items("2026-05-01 12:00")) == 1
    assert len(items("2026-05-02 12:00")) == 3


@pytest.mark.usefixtures("small")
def test_a_crisis_that_was_reviewed_or_still_runs_needs_no_review() -> None:
    log("a", "2026-01-10 09:00 posted", "2026-01-15 09:00 resolved", "2026-01-20 09:00 reviewed", name="a.csv")
    log("b", "2026-01-10 09:00 posted", name="b.csv")
    crisis("c", started_at="2026-01-10 09:00", status="reviewed")
    assert items() == []
    setting("review.deadline_days", "1")
    assert [what for what, *_ in items("2026-01-18 12:00")] == ["Hold the review of a"]


@pytest.mark.usefixtures("small")
def test_an_audience_that_was_asked_needs_no_asking_and_only_from_the_day_it_was() -> None:
    bring("plan.csv", [STEPS[1]])
    answered("old", "2026-05-02", 11, resolved="2026-05-20")
    survey("Before", "2026-04-20", {"How was it?": [3] * 9}, audience="partners")
    assert [what for what, *_ in items("2026-05-25 12:00") if "Ask" in what] == ["Ask partners about old"]
    survey("After", "2026-05-28", {"How was it?": [3] * 9}, audience="partners")
    assert [what for what, *_ in items("2026-05-27 12:00") if "Ask" in what] == ["Ask partners about old"]
    assert [what for what, *_ in items() if "Ask" in what] == []


@pytest.mark.usefixtures("small")
def test_as_of_the_past_a_gap_that_was_opened_or_closed_later_is_not_or_still_open() -> None:
    fields = {"opened_on": "2026-03-01", "completed_on": "2026-05-01", "status": "implemented"}
    bring("gaps.csv", [gap("G1", "2026-04-01", **fields), gap("G2", "2026-04-01")])
    seen = {day: front(f"{day} 12:00").gaps for day in ("2026-02-01", "2026-03-15", "2026-04-15", "2026-05-15")}
    assert seen == {
        "2026-02-01": {"open": 1, "overdue": 0, "recurring": 0},
        "2026-03-15": {"open": 2, "overdue": 0, "recurring": 0},
        "2026-04-15": {"open": 2, "overdue": 2, "recurring": 0},
        "2026-05-15": {"open": 1, "overdue": 1, "recurring": 0},
    }


@pytest.mark.usefixtures("small")
def test_gaps_that_came_back_and_fixes_that_failed_need_a_decision_in_the_crisis_that_showed_it() -> None:
    bring("plan.csv", [STEPS[0]])
    for code, day, hour in (("first", "2026-01-10", 17), ("second", "2026-03-02", 10), ("third", "2026-05-10", 20)):
        answered(code, day, hour)
    fixed = {
        "step": "Say", "severity": 3, "opened_on": "2026-01-20", "completed_on": "2026-02-20", "status": "implemented",
        "metric": "time_to_first_statement", "target": 3, "responsible_function": "PR", "element": "training",
    }  # fmt: skip
    bring("gaps.csv", [
        gap("G1", "", crisis="second", **fixed | {"completed_on": "2026-03-20", "origin": "review", "element": "planning"}),
        gap("G2", "", crisis="first", **fixed | {"origin": "conformance", "metric": "", "target": ""}),
        gap("G3", "", crisis="first", **fixed | {"origin": "conformance", "target": 2}),
        gap("G4", "", crisis="first", **fixed | {"origin": "review", "target": 12}),
        gap("G5", "", crisis="third", **fixed | {"completed_on": "", "status": "open", "step": "Else"}),
    ])  # fmt: skip
    assert [item for item in items("2026-05-12 12:00") if "plan" not in item[0]] == [
        ("Fix of gap G1 did not last in “third”: Title G1", "PR", "2026-05-10", "third"),
        ("Gap G2 came back in “third”: Title G2", "PR", "2026-05-10", "third"),
        ("Gap G3 came back in “third”, its fix did not last: Title G3", "PR", "2026-05-10", "third"),
    ]
    assert front("2026-05-12 12:00").gaps == {"open": 1, "overdue": 0, "recurring": 2}
    assert items("2026-04-01 12:00") == []  # until then every fix had held
