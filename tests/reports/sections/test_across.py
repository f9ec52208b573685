from __future__ import annotations

from typing import Any

import pytest

from data.access import Viewer
from data.engine import reading
from data.enums import Role
from metrics.estimate import Status
from reports.sections.across import across
from reports.sections.base import Measure, Section
from reports.sections.scope import portfolio
from tests.reports.sections.test_targets import plan, step
from tests.small import crisis, log, moment, setting

pytestmark = pytest.mark.usefixtures("small")

LATER = "2026-12-01 12:00"


def whole(as_of: str = LATER, role: Role = Role.ADMIN) -> Section:
    with reading() as session:
        return across(portfolio(session, Viewer("test", role), moment(as_of)))


def got(found: Section, metric: str, **group: str) -> Measure:
    """The measure with exactly this group."""
    return next(m for m in found.measures if m.id == metric and m.group == group)


def answered(code: str, day: str, hours: int | None, *, over: bool = True, by: str = "own_monitoring") -> None:
    """A crisis detected at 9:00 and answered in public so many hours later, or not at all."""
    lines = [f"{day} 08:00 posted", f"{day} 09:00 detected detected_by={by}"]
    lines += [f"{day} {9 + hours:02}:00 statement audience=public"] if hours is not None else []
    lines += [f"{day} 23:30 resolved"] if over else []
    log(code, *lines, name=f"{code}.csv")


def year() -> None:
    """Eight crises, one a month: answered after 1 to 7 hours, and one that was closed without an answer."""
    for month, hours in enumerate((4, 2, 6, 1, 7, 3, 5, None), start=1):
        answered(f"c{month}", f"2026-{month:02}-03", hours, by="own_monitoring" if month < 4 else "press")


def test_medians_and_shares_with_their_targets_and_the_rows_behind() -> None:
    year()
    setting("targets.time_to_first_statement", "3")
    found = whole()
    middle = got(found, "median_time_to_first_statement")
    assert (middle.estimate.value, middle.estimate.lo, middle.estimate.n) == (4.5, 1, 8)
    assert (middle.estimate.hi, middle.target) == (None, 3.0)
    within = got(found, "share_within_target_time_to_first_statement")
    assert (within.estimate.value, within.target) == (3 / 8, None)
    assert within.estimate.basis == "within 3 h; 8 crises: 7 done, 1 missed"
    assert middle.sources.rows == 15
    assert {file.file: file.rows for file in middle.sources.files}["c1.csv"] == "3–4"
    assert {file.file: file.rows for file in middle.sources.files}["c8.csv"] == "3"
    setting("targets.median_time_to_first_statement", "2")
    setting("targets.share_within_target_time_to_first_statement", "0.9")
    found = whole()
    assert got(found, "median_time_to_first_statement").target == 2.0
    assert got(found, "share_within_target_time_to_first_statement").target == 0.9


def test_business_hours_have_medians_too_and_a_share_only_with_a_target_of_their_own() -> None:
    year()
    setting("targets.time_to_first_statement", "3")
    found = whole()
    assert got(found, "median_time_to_resolve_business").estimate.value == 8.0
    none = got(found, "share_within_target_time_to_first_statement_business").estimate
    assert (none.status, none.reason) == (Status.NOT_APPLICABLE, "no target is set")
    setting("targets.time_to_first_statement_business", "2")
    assert got(whole(), "share_within_target_time_to_first_statement_business").estimate.value is not None


def test_each_crisis_is_judged_by_the_plan_in_force_when_it_began() -> None:
    plan(step("Say something", "statement", 300, audience="public"))
    plan(step("Say something", "statement", 180, plan_version="v2", effective_from="2026-05-01"), name="v2.csv")
    year()
    found = whole()
    within = got(found, "share_within_target_time_to_first_statement").estimate
    assert (within.value, within.n) == (4 / 8, 8)  # 4, 2 and 1 of 5 h; 3 of 3 h
    assert (within.basis or "").startswith("within each crisis's own target, 3 h to 5 h")
    assert got(found, "median_time_to_first_statement").target is None
    assert any("four of eight were within their own targets" in text for text in found.findings)
    assert got(found, "median_time_to_first_statement", plan="v2").estimate.n == 4
    assert got(found, "median_time_to_first_statement", plan="before v2").estimate.value == 3.0
    test = got(found, "log_rank_time_to_first_statement", between="plan").estimate
    assert test.reason == "under plan v2 (4) against before plan v2 (4): needs 6 crises in each"


def test_a_margin_takes_no_target_from_a_plan_step() -> None:
    """A step says how late a statement may be at most; a margin is how far ahead employees should hear at least."""
    plan(step("Say something", "statement", 60, audience="public", clock_starts="internal_message"))
    year()
    assert got(whole(), "internal_first_margin", crisis="c1").target is None


def test_who_noticed_first() -> None:
    year()
    log("nameless", "2026-10-03 09:00 detected", name="nameless.csv")
    found = whole()
    own = got(found, "share_proactive")
    assert (own.estimate.value, own.estimate.n) == (3 / 8, 8)
    assert own.sources.rows == 9
    assert got(found, "share_detected_by", detected_by="press").estimate.value == 5 / 8
    assert got(found, "share_detected_by", detected_by="customer").estimate.value == 0
    assert found.findings[-1] == (
        "Own monitoring or an employee noticed three of eight crises first; one more does not say who did."
    )


def test_findings_say_the_median_the_share_and_that_a_trend_is_no_more_than_chance() -> None:
    year()
    answered("c9", "2026-09-03", 2)
    setting("targets.time_to_first_statement", "3")
    found = whole()
    assert got(found, "trend_time_to_first_statement").estimate.status is Status.OK
    assert found.findings[1] == (
        "The time to the first public statement was 4 h in the median of nine crises (2 h to 7 h); "
        "four of nine were within the 3 h target; a trend can't be told apart from chance."
    )
    assert not any("mean" in text.split() or "average" in text for text in found.findings)


def test_groups_by_severity_are_compared_where_both_have_six() -> None:
    for number in range(12):
        code = f"c{number:02}"
        crisis(code, severity="4" if number % 2 else "1", name=f"{code}.facts.csv")
        answered(code, f"2026-02-{number + 1:02}", 8 if number % 2 else 1)
    found = whole()
    assert got(found, "median_time_to_first_statement", severity="3–4").estimate.value == 8
    test = got(found, "log_rank_time_to_first_statement", between="severity").estimate
    assert test.status is Status.OK
    assert any(
        text.startswith("The time to the first public statement was 8 h at severity 3–4 and 1 h at severity 1–2 in the")
        for text in found.findings
    )


def test_open_crises_are_censored_as_of_the_moment_looked_from() -> None:
    answered("a", "2026-01-03", 2)
    answered("b", "2026-02-03", None, over=False)
    setting("targets.time_to_first_statement", "3")
    early = got(whole("2026-02-03 10:00"), "share_within_target_time_to_first_statement").estimate
    assert (early.value, early.basis) == (1.0, "within 3 h; 2 crises: 1 done, 1 still running")
    late = got(whole("2026-02-03 13:00"), "share_within_target_time_to_first_statement").estimate
    assert late.value == 0.5


# --- bad input ---------------------------------------------------------------------------------------------------------


def test_codes_in_different_case_are_one_crisis() -> None:
    log("Thread", "2026-03-02 08:00 posted", name="a.csv")
    log("THREAD", "2026-03-02 09:00 detected", name="b.csv")
    found = whole()
    assert {m.group["crisis"] for m in found.measures if "crisis" in m.group} == {"Thread"}
    assert got(found, "median_time_to_detect").estimate.value == 1.0


def test_contradictory_times_are_a_status_with_a_reason_and_never_a_number() -> None:
    log(
        "thread",
        "2026-03-02 12:00 posted",
        "2026-03-02 09:00 detected detected_by=customer",
        "2026-03-02 08:00 contained",
        "2026-03-02 07:00 resolved",
        "2026-03-02 06:00 reviewed",
    )
    found = whole()
    wrong = ["time_to_detect", "time_to_contain", "time_to_resolve", "time_to_review", "longest_silence"]
    for metric in [*wrong, *(f"{metric}_business" for metric in wrong)]:
        estimate = got(found, metric, crisis="thread").estimate
        assert (estimate.value, estimate.status) == (None, Status.INVALID_ORDER), metric
        assert "lies before" in (estimate.reason or "")
    middle = got(found, "median_time_to_contain").estimate
    assert (middle.value, middle.status) == (None, Status.UNDEFINED)
    assert middle.reason == "1 crisis, with times missing or in the wrong order"
    assert found.findings[0] == (
        "The time to detection can't be told: 1 crisis, with times missing or in the wrong order."
    )


def test_a_restricted_crisis_is_counted_for_nobody_who_may_not_see_it() -> None:
    year()
    crisis("c1", restricted_to="legal", name="restricted.csv")
    assert got(whole(role=Role.LEADERSHIP), "median_time_to_first_statement").estimate.n == 7


def test_without_a_crisis_there_is_nothing_to_say() -> None:
    found = whole()
    assert (found.measures, found.findings) == ((), ("No crisis is recorded.",))
    assert found.frames["answers"].empty


def test_the_frame_holds_every_answer_of_every_interval() -> None:
    answered("a", "2026-01-03", 2)
    rows: Any = whole().frames["answers"]
    assert list(rows.columns) == ["crisis", "began", "value", "lo", "hi", "target", "status", "missed", "id"]
    assert rows.loc[rows["id"] == "time_to_first_statement", "value"].tolist() == [2.0]
