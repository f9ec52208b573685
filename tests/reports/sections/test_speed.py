from __future__ import annotations

import pandas as pd
import pytest

from metrics.estimate import Status
from reports.sections.base import Section
from tests.small import crisis, log, posts, section, setting

pytestmark = pytest.mark.usefixtures("small")

LATER = "2026-04-01 12:00"


def answered() -> None:
    log(
        "thread",
        "2026-03-02 08:00 posted platform=X",
        "2026-03-02 09:00 detected detected_by=own_monitoring",
        "2026-03-02 09:30 acknowledged function=PR",
        "2026-03-02 10:10 team_assembled function=PR",
        "2026-03-02 12:30 decision function=Legal",
        "2026-03-02 15:00 statement audience=public platform=X function=PR",
        "2026-03-02 15:40 internal_message audience=employees function=HR",
        "2026-03-03 15:00 resolved",
    )


def files(found: Section, metric: str, **group: str) -> list[tuple[str, str | None, str | None]]:
    measure = found.measure(metric, **group)
    assert measure is not None
    return [(file.file, file.sheet, file.rows) for file in measure.sources.files]


def test_every_interval_has_its_value_and_the_rows_it_came_from() -> None:
    answered()
    found = section("speed", "thread", LATER)
    known = {m.id: m.estimate.number for m in found.measures if m.estimate.status is Status.OK and not m.group}
    assert {metric: value for metric, value in known.items() if not metric.endswith("_business")} == {
        "time_to_detect": 1.0,
        "time_to_acknowledge": 0.5,
        "time_to_assemble": pytest.approx(7 / 6),
        "time_to_decision": 3.5,
        "time_to_first_statement": 6.0,
        "exposure_to_first_statement": 7.0,
        "time_to_first_internal_message": pytest.approx(20 / 3),
        "internal_first_margin": pytest.approx(-2 / 3),
        "time_to_resolve": 30.0,
        "longest_silence": 24.0,
        "public_updates": 1,
        "functions_involved": 3,
    }
    assert files(found, "time_to_detect") == [("log.csv", None, "2–3")]
    assert files(found, "time_to_first_statement") == [("log.csv", None, "3, 7")]
    assert files(found, "exposure_to_first_statement") == [("log.csv", None, "2, 7")]
    assert files(found, "longest_silence") == [("log.csv", None, "7, 9")]
    assert files(found, "statement_path", segment="decision") == [("log.csv", None, "3, 5–7")]
    measure = found.measure("time_to_first_statement")
    assert measure is not None
    assert measure.sources.rows == 2
    assert measure.sources.as_dict()["files"] == [{"batch": 1, "file": "log.csv", "sheet": None, "rows": "3, 7"}]


def test_business_hours_stand_beside_with_their_own_sources_and_targets() -> None:
    setting("company.closes", "14:00")
    setting("company.timezone", "Europe/Lisbon")
    answered()
    setting("targets.time_to_first_statement", "3")
    found = section("speed", "thread", LATER)
    plain, business = found.measure("time_to_first_statement"), found.measure("time_to_first_statement_business")
    assert plain is not None
    assert business is not None
    assert (plain.estimate.value, business.estimate.value) == (6.0, 5.0)
    assert (plain.target, business.target) == (3.0, None)
    assert business.sources == plain.sources
    assert (business.estimate.basis or "").endswith("09:00 to 14:00 on Monday to Friday, Europe/Lisbon")
    setting("targets.time_to_first_statement_business", "2")
    measure = section("speed", "thread", LATER).measure("time_to_first_statement_business")
    assert measure is not None
    assert measure.target == 2.0
    silence = found.measure("longest_silence_business")
    assert silence is not None
    assert silence.estimate.value == 5.0
    decision = found.measure("statement_path_business", segment="published")
    assert decision is not None
    assert decision.estimate.value == 1.5


def test_holidays_are_those_of_the_country_in_the_settings() -> None:
    log("may", "2026-04-30 16:00 detected", "2026-05-04 10:00 statement audience=public")
    metric = "time_to_first_statement_business"
    before = section("speed", "may", "2026-06-01 12:00").measure(metric)
    setting("company.holidays", "PT")
    after = section("speed", "may", "2026-06-01 12:00").measure(metric)
    assert before is not None
    assert after is not None
    assert (before.estimate.value, after.estimate.value) == (10.0, 2.0)  # 1 May is a Friday


def test_a_number_whose_rows_lie_in_two_files_names_both() -> None:
    log("thread", "2026-03-02 09:00 detected", name="first.csv")
    log("thread", "2026-03-02 08:00 posted", "2026-03-02 12:00 statement audience=press", name="second.csv")
    found = section("speed", "thread", LATER)
    assert files(found, "time_to_first_statement") == [("first.csv", None, "2"), ("second.csv", None, "3")]


def test_findings_say_where_the_time_went_and_that_employees_heard_late() -> None:
    answered()
    setting("targets.time_to_first_statement", "3")
    assert section("speed", "thread", LATER).findings == (
        "The first public statement came 6 h after detection, 2 times the company's 3 h target.",
        "Where it went: 1 h 10 min to assemble, 2 h 20 min to decide, 2 h 30 min from decision to publication.",
        "The longest silence lasted 1 day.",
        "Employees heard 40 min after the public.",
    )


def test_while_open_the_time_is_at_least_what_has_passed() -> None:
    log("thread", "2026-03-02 08:00 posted", "2026-03-02 09:00 detected")
    found = section("speed", "thread", "2026-03-02 13:30")
    statement = found.measure("time_to_first_statement")
    assert statement is not None
    assert (statement.estimate.status, statement.estimate.number) == (Status.LOWER_BOUND, 4.5)
    assert found.findings[0] == "No public statement yet, 4 h 30 min after detection."
    assert "employees" in found.findings[-1].lower() or "message to employees" in found.findings[-1]


def test_resolved_without_the_step_is_missed_and_without_its_start_is_not_recorded() -> None:
    log("thread", "2026-03-02 09:00 detected", "2026-03-03 09:00 resolved")
    found = section("speed", "thread", LATER)
    told = {m.id: (m.estimate.status, m.estimate.reason) for m in found.measures}
    assert told["time_to_first_statement"] == (Status.UNDEFINED, "missed")
    assert told["time_to_detect"] == (Status.UNDEFINED, "no posted event recorded")
    assert found.findings[0] == "The crisis was resolved without a recorded public statement."


def test_a_weekend_explains_a_late_statement_and_missed_targets_are_named() -> None:
    log(
        "thread",
        "2026-03-06 16:00 detected",
        "2026-03-09 10:00 statement audience=public",
        "2026-03-09 09:30 internal_message",
        "2026-03-10 09:00 resolved",
    )
    for metric in ("time_to_first_statement", "time_to_assess", "time_to_contain"):
        setting(f"targets.{metric}", "3")
    found = section("speed", "thread", LATER).findings
    assert found[0] == (
        "The first public statement came 2 days 18 h after detection, 2 h of it in business hours, "
        "22 times the company's 3 h target."
    )
    assert found[-1] == "Never recorded, though targets are set: assessment and containment."


def test_contradictory_times_are_named() -> None:
    log(
        "thread", "2026-03-02 09:00 detected", "2026-03-02 08:00 contained", "2026-03-02 10:00 statement audience=press"
    )
    found = section("speed", "thread", LATER)
    assert found.findings[-1] == (
        "Times contradict each other: contained (2026-03-02 08:00) lies before detected (2026-03-02 09:00), UTC."
    )


def test_what_is_known_only_to_the_day_is_a_span() -> None:
    log("thread", "2026-03-02 09:00 detected", "2026-03-03 statement audience=public")
    measure = section("speed", "thread", LATER).measure("time_to_first_statement")
    assert measure is not None
    e = measure.estimate
    assert (e.lo, e.hi, e.number) == (15.0, 39.0, 27.0)


def test_days_are_those_of_the_crisis_s_own_zone() -> None:
    crisis("thread", timezone="America/New_York")
    log("thread", "2026-03-02 09:00 detected", "2026-03-03 statement audience=public")
    measure = section("speed", "thread", LATER).measure("time_to_first_statement")
    assert measure is not None
    assert (measure.estimate.lo, measure.estimate.hi) == (15.0, 39.0)  # 9:00 in New York to its next two midnights


def test_as_of_the_past_only_what_had_happened_exists() -> None:
    answered()
    found = section("speed", "thread", "2026-03-02 13:00")
    status = {m.id: m.estimate.status for m in found.measures if not m.group}
    assert status["time_to_decision"] is Status.OK
    assert status["time_to_first_statement"] is Status.LOWER_BOUND
    assert status["time_to_resolve"] is Status.LOWER_BOUND
    assert files(found, "time_to_first_statement") == [("log.csv", None, "3")]
    assert list(found.frames["path"]["segment"]) == ["team_assembled", "decision", "published"]


def test_earlier_crises_are_counted_and_drawn_and_later_ones_are_not() -> None:
    for code, day, hour in (("a", "01", 10), ("b", "05", 20), ("c", "10", 15), ("d", "20", 9)):
        log(
            code,
            f"2026-03-{day} 08:00 posted",
            f"2026-03-{day} 09:00 detected",
            f"2026-03-{day} {hour:02}:00 statement audience=public",
            f"2026-03-{day} 23:00 resolved",
            name=f"{code}.csv",
        )
    found = section("speed", "c", LATER)
    assert found.findings[0].endswith("; one of two earlier crises was faster.")
    past = found.frames["past"]
    assert dict(past.loc[past["id"] == "time_to_first_statement", ["crisis", "value"]].to_numpy()) == {
        "a": 1.0,
        "b": 11.0,
    }


def test_coverage_counts_the_platforms_with_mentions() -> None:
    answered()
    posts("2026-03-02", {0: (2, 1)}, name="x.csv")
    posts("2026-03-02", {0: (2, 1)}, name="reddit.csv", platform="Reddit")
    posts("2026-03-02", {-20: (2, 1)}, name="before.csv", platform="LinkedIn")
    measure = section("speed", "thread", LATER).measure("statement_platform_coverage")
    assert measure is not None
    assert measure.estimate.number == 0.5
    assert measure.estimate.basis == "1 of 2 platforms with mentions carried a statement or update"


def test_a_crisis_with_one_event_has_every_section_s_frames() -> None:
    log("thread", "2026-03-02 09:00 detected")
    found = section("speed", "thread", LATER)
    assert not found.frames["intervals"].empty
    assert found.frames["path"]["status"].tolist() == ["lower_bound"]
    assert isinstance(found.frames["past"], pd.DataFrame)
    assert found.findings
