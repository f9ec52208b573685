"""Gaps and lessons in the documents, with their rows, and who may see them."""

from __future__ import annotations

from typing import Any

import pytest

from data.access import Viewer
from data.engine import reading
from data.enums import Role
from metrics.estimate import Status
from reports.sections.portfolio import portfolio_pack
from tests.small import bring, crisis, front, log, moment, pack, section, setting, survey

pytestmark = pytest.mark.usefixtures("small")

LATER = "2026-12-01 12:00"
STEPS = [
    {
        "plan_version": "v1", "section": "Respond", "step": "Speak", "role": "PR", "contact": "pr@example.org",
        "fulfilled_by": "statement", "clock_starts": "detected", "target_minutes": 180, "audience": "public",
    }
]  # fmt: skip


def spoke(code: str, month: int, hour: int) -> None:
    day = f"2026-{month:02}-02"
    log(
        code,
        f"{day} 07:00 posted",
        f"{day} 08:00 detected",
        f"{day} {hour:02}:00 statement audience=public",
        f"2026-{month:02}-09 09:00 resolved",
        name=f"{code}.csv",
    )


def gap(code: str, **fields: Any) -> dict[str, Any]:
    return {
        "gap": code, "title": f"Title {code}", "section": "Respond", "crisis": "", "step": "Speak", "origin": "review",
        "severity": 3, "opened_on": "2026-01-20", "due_on": "", "completed_on": "", "status": "open", "metric": "",
        "target": "",
    } | fields  # fmt: skip


FIXED = {"completed_on": "2026-02-20", "status": "implemented", "metric": "time_to_first_statement", "target": 3}


def whole(as_of: str = LATER, role: Role = Role.ADMIN) -> dict[str, Any]:
    with reading() as session:
        return portfolio_pack(session, Viewer("test", role), moment(as_of))


def three_crises() -> None:
    bring("plan.csv", STEPS)
    for code, month, hour in (("old", 1, 17), ("next", 4, 10), ("last", 7, 19)):
        spoke(code, month, hour)


# --- gaps --------------------------------------------------------------------------------------------------------------


def test_a_gap_is_told_with_what_the_crises_since_say_of_its_fix() -> None:
    three_crises()
    bring("gaps.csv", [gap("G1", crisis="old", **FIXED), gap("G2", crisis="last", opened_on="2026-07-20")])
    (told,) = pack("old", LATER)["gaps"]
    assert (told["code"], told["effectiveness"], told["effectiveness_p"]) == ("G1", "regressed", None)
    assert told["effectiveness_reason"] == (
        "The fix of G1 did not last: 11 h in “last”, against a target of 3 h, although “next” was within it."
    )
    assert told["effectiveness_test"].startswith("cannot be tested: 1 crisis with a value before the fix and 2 crises")
    assert (told["came_back_in"], told["could_come_back"]) == (["last"], 2)
    assert "gap_id" not in told
    as_of = {day: pack("old", f"{day} 12:00")["gaps"][0]["effectiveness"] for day in ("2026-03-01", "2026-05-01")}
    assert as_of == {"2026-03-01": "not_exercised", "2026-05-01": "verified"}


def test_numbers_of_gaps_name_the_rows_that_they_count() -> None:
    three_crises()
    bring("gaps.csv", [
        gap("G1", crisis="old", **FIXED), gap("G2", crisis="old", due_on="2026-05-01"), gap("G3", crisis="old"),
        gap("G4", crisis="last", opened_on="2026-07-20"),
    ])  # fmt: skip
    found = section("gaps", "old", LATER)
    rows = {(m.id, *m.group.values()): [f"{f.file} {f.rows}" for f in m.sources.files] for m in found.measures}
    values = {(m.id, *m.group.values()): m.estimate.value for m in found.measures}
    assert (values["gaps_open",], rows["gaps_open",]) == (2, ["gaps.csv 3–4"])
    assert (values["gaps_overdue",], rows["gaps_overdue",]) == (1, ["gaps.csv 3"])
    assert (values["gaps_recurring",], rows["gaps_recurring",]) == (1, ["gaps.csv 2"])
    assert values["gap_recurrence",] == 0.5
    assert values["gap_closure_within_sla", "3"] == values["gap_closure_within_sla",] == pytest.approx(1 / 3)
    assert (values["effectiveness", "G1"], rows["effectiveness", "G1"]) == (
        "regressed",
        ["last.csv 3–4", "gaps.csv 2"][::-1],
    )
    assert values["effectiveness", "G3"] == "not_exercised"


def test_the_time_allowed_is_that_of_the_settings() -> None:
    three_crises()
    bring("gaps.csv", [gap("G1", crisis="old", **FIXED)])
    assert section("gaps", "old", LATER).measure("gap_closure_within_sla").estimate.value == 1.0  # type: ignore[union-attr]  # there is one
    setting("sla.3_days", "30")
    assert section("gaps", "old", LATER).measure("gap_closure_within_sla").estimate.value == 0.0  # type: ignore[union-attr]  # there is one


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"metric": "time_to_coffee"}, "there is no metric “time_to_coffee”"),
        (
            {"metric": "training_completion"},
            "in “last” it can't be judged: training completed has no single value in a crisis",
        ),
        (
            {"metric": "reputation_drop"},
            "in “last” it can't be judged: reputation drop has no single value in a crisis",
        ),
        ({"step": "Nobody knows"}, "no crisis since 2026-02-20 put it to the test"),
        ({"target": ""}, "the gap names no target"),
    ],
)
def test_a_gap_that_can_t_be_judged_says_why(fields: dict[str, Any], reason: str) -> None:
    three_crises()
    bring("gaps.csv", [gap("G1", crisis="old", **FIXED | fields)])
    (told,) = pack("old", LATER)["gaps"]
    assert (told["effectiveness"], told["effectiveness_reason"]) == (
        "not_exercised", f"The fix of G1 is not exercised: {reason}.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("metric", "target", "effect"),
    [
        ("conformance", 1, "regressed"),
        ("role_coverage", 1, "verified"),
        ("statement_platform_coverage", 1, "not_exercised"),
    ],
)
def test_metrics_of_other_sections_judge_a_fix_too(metric: str, target: float, effect: str) -> None:
    three_crises()
    bring("gaps.csv", [gap("G1", crisis="old", **FIXED | {"metric": metric, "target": target})])
    assert pack("old", LATER)["gaps"][0]["effectiveness"] == effect


def test_a_fix_is_judged_by_the_parties_heard_and_names_the_survey() -> None:
    three_crises()
    bring("gaps.csv", [gap("G1", crisis="old", **FIXED | {"metric": "parties_heard", "target": 1})])
    assert pack("old", LATER)["gaps"][0]["effectiveness"] == "ineffective"
    survey("After", "2026-07-20", {"How was it?": [3] * 9}, audience="public")
    (told,) = pack("old", LATER)["gaps"]
    assert told["effectiveness_reason"] == "The fix of G1 held: 100 % in “last”, within the target of 100 %."
    (measure,) = [m for m in section("gaps", "old", LATER).measures if m.id == "effectiveness"]
    assert (measure.estimate.value, len(measure.sources.files)) == ("verified", 2)


def test_without_gaps_it_says_so() -> None:
    three_crises()
    found = section("gaps", "old", LATER)
    assert (found.findings, found.measures) == (("Not measured: no gap is imported.",), ())
    bring("gaps.csv", [gap("G1", crisis="last")])
    found = section("gaps", "old", LATER)
    assert (found.findings, found.measures) == (("No gap from this crisis is recorded.",), ())
    assert whole()["gaps"][0]["code"] == "G1"


def test_the_front_page_counts_what_the_register_counts() -> None:
    three_crises()
    bring(
        "gaps.csv",
        [gap("G1", crisis="old", **FIXED), gap("G2", due_on="2026-05-01", crisis="last", opened_on="2026-07-20")],
    )
    values = {m["id"]: m["value"] for m in whole()["metrics"]}
    assert front(LATER).gaps == {"open": 1, "overdue": 1, "recurring": 1}
    assert front(LATER).gaps == {key: values[f"gaps_{key}"] for key in ("open", "overdue", "recurring")}


# --- lessons -----------------------------------------------------------------------------------------------------------


def lesson(code: str, status: str, **fields: str) -> dict[str, Any]:
    return {"lesson": code, "title": code, "observation": "seen", "status": status, "crisis": ""} | fields


def test_lessons_are_told_counted_and_named() -> None:
    three_crises()
    bring(
        "lessons.csv",
        [lesson("L1", "implemented", crisis="old"), lesson("L2", "learned", crisis="old"), lesson("L3", "implemented")],
    )
    found = section("lessons", "old", LATER)
    assert found.findings == (
        "Two lessons from this crisis: one is learned and one awaits validation.",
        "Time to learn a lesson, not measured: nobody recorded when the lessons were observed and when they were learned.",
    )
    waiting, lead = found.measures
    assert (waiting.estimate.value, [f.rows for f in waiting.sources.files]) == (1, ["2"])
    assert (lead.id, lead.estimate.status) == ("lesson_lead_time", Status.UNDEFINED)
    assert [told["code"] for told in pack("old", LATER)["lessons"]] == ["L1", "L2"]
    assert "lesson_id" not in pack("old", LATER)["lessons"][0]
    assert [told["code"] for told in whole()["lessons"]] == ["L1", "L2", "L3"]
    assert front(LATER).lessons_waiting == 2
    assert section("lessons", "last", LATER).findings == ("No lesson from this crisis is recorded.",)


def test_as_of_a_moment_a_crisis_to_come_has_neither_gaps_nor_lessons() -> None:
    three_crises()
    bring("lessons.csv", [lesson("L1", "implemented", crisis="last")])
    bring("gaps.csv", [gap("G1", crisis="last", opened_on="")])
    before = whole("2026-05-01 12:00")
    assert (before["gaps"], before["lessons"]) == ([], [])
    assert front("2026-05-01 12:00").gaps == {"open": 0, "overdue": 0, "recurring": 0}


# --- restricted crises -------------------------------------------------------------------------------------------------


def test_gaps_and_lessons_of_a_restricted_crisis_do_not_exist_for_others() -> None:
    three_crises()
    bring("gaps.csv", [gap("G1", crisis="old", **FIXED), gap("G2", crisis="last", opened_on="2026-07-20"), gap("G3")])
    bring("lessons.csv", [lesson("L1", "implemented", crisis="last"), lesson("L2", "implemented")])
    crisis("last", name="secret.csv", restricted_to="legal", title="Zanzibar")
    hidden, seen = whole(role=Role.HR), whole(role=Role.LEGAL)
    assert [g["code"] for g in hidden["gaps"]] == ["G1", "G3"]
    assert [g["code"] for g in seen["gaps"]] == ["G1", "G2", "G3"]
    assert [one["code"] for one in hidden["lessons"]] == ["L2"]
    # The fix of G1 is judged, and can come back, only in crises that the viewer may see.
    assert (hidden["gaps"][0]["effectiveness"], seen["gaps"][0]["effectiveness"]) == ("verified", "regressed")
    assert (hidden["gaps"][0]["came_back_in"], hidden["gaps"][0]["could_come_back"]) == ([], 1)
    assert "last" not in {m["group"].get("crisis") for m in hidden["metrics"]}
    assert "Zanzibar" not in str(hidden)
    assert "in last" not in str(hidden)
    auditor = whole(role=Role.AUDITOR)
    assert (auditor["gaps"], auditor["lessons"], auditor["metrics"]) == ([], [], [])


def test_the_portfolio_holds_the_conformance_of_each_crisis_and_the_roles_of_the_plan() -> None:
    three_crises()
    found = whole()["metrics"]
    conformance = {m["group"]["crisis"]: (m["value"], m["sources"]["rows"]) for m in found if m["id"] == "conformance"}
    assert conformance == {"old": (0.0, 3), "next": (1.0, 3), "last": (0.0, 3)}
    (roles,) = [m for m in found if m["id"] == "role_coverage"]
    assert (roles["group"], roles["value"]) == ({"plan": "v1"}, 1.0)
