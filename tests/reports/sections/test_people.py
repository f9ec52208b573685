from __future__ import annotations

import json
import re
from typing import Any

import pytest

from data.access import Viewer
from data.engine import reading
from data.enums import Role
from metrics.estimate import Estimate, Status
from metrics.intervals import newcombe
from reports.sections.portfolio import portfolio_pack
from tests.small import crisis, front, log, moment, pack, section, survey

LATER = "2026-06-01 12:00"
PROUD, VALUED = "I am proud to work here", "I feel valued"

#: 60 answers: 40 favourable; and 60: 25 favourable.
GOOD = [5] * 20 + [4] * 20 + [3] * 12 + [2] * 8
BAD = [5] * 10 + [4] * 15 + [3] * 15 + [1] * 20


def thread() -> None:
    log("thread", "2026-03-02 08:00 posted", "2026-03-02 09:00 detected", "2026-03-12 09:00 resolved")


def estimates(found: Any, wave: str, question: str | None = None) -> dict[str, Any]:
    return {
        m.id: m.estimate
        for m in found.measures
        if m.group.get("wave") == wave and (question is None or m.group.get("question") == question)
    }


@pytest.mark.usefixtures("small")
def test_each_question_of_each_wave_has_its_share_and_mean() -> None:
    thread()
    survey("Q1", "2026-02-10", {PROUD: GOOD}, invited="100")
    survey("Q2", "2026-04-10", {PROUD: BAD}, invited="100")
    found = section("people", "thread", LATER)
    before, after = estimates(found, "Q1", PROUD), estimates(found, "Q2", PROUD)
    assert before["favourable"].number == pytest.approx(40 / 60)
    assert after["favourable"].number == pytest.approx(25 / 60)
    assert before["mean_score"].number == pytest.approx(sum(GOOD) / 60, abs=0.005)
    assert estimates(found, "Q2")["response_rate"].number == 0.6
    change = estimates(found, "Q2")["morale_vs_before"]
    assert change.number == pytest.approx(-15 / 60)
    assert change.lo < change.number < change.hi < 0
    moved = after["favourable_change"]
    assert (moved.lo, moved.hi) == newcombe(25, 60, 40, 60, population1=100, population2=100)
    assert found.findings == (
        f"Morale: 42 % favourable on average, 25 points below Q1, the wave before the crisis ({_points(change)}).",
        f"The one question compared between Q1 and Q2 changed: “{PROUD}” fell 25 points ({_points(moved)}).",
        (
            "60 of 100 invited answered (60 %); had all the silent answered, between 25 % and 65 % would be favourable on "
            f"“{PROUD}”."
        ),
        "Heard since the crisis began: employees.",
    )
    assert found.frames["waves"]["wave"].tolist() == ["Q1", "Q2"]


def _points(change: Estimate) -> str:
    """An interval that lies below zero, in points."""
    assert change.lo is not None
    assert change.hi is not None
    return f"−{-change.lo * 100:.0f} to −{-change.hi * 100:.0f}"


@pytest.mark.usefixtures("small")
def test_sources_stop_at_the_file() -> None:
    thread()
    survey("Q1", "2026-02-10", {PROUD: GOOD})
    survey("Q2", "2026-04-10", {PROUD: BAD})
    found = section("people", "thread", LATER)
    listed = [m.sources for m in found.measures] + [found.sources]
    assert {(s.rows, f.rows) for s in listed for f in s.files} == {(None, None)}
    assert [f.file for f in found.sources.files] == ["Q1.csv", "Q2.csv"]


@pytest.mark.usefixtures("small")
def test_it_holds_the_last_wave_before_and_all_since() -> None:
    thread()
    for name, closed in (("Q3", "2025-10-10"), ("Q4", "2026-01-10"), ("Q1", "2026-03-05"), ("Q2", "2026-05-10")):
        survey(name, closed, {PROUD: GOOD})
    survey("customers", "2026-03-20", {PROUD: BAD}, audience="customers")
    survey("late", "2026-06-10", {PROUD: BAD})
    found = section("people", "thread", LATER)
    assert {m.group.get("wave") for m in found.measures} - {None} == {"Q4", "Q1", "Q2", "customers"}
    assert found.findings[-1] == "Heard since the crisis began: customers and employees."
    assert [m.group["wave"] for m in found.measures if m.id == "morale_vs_before"] == ["Q1"]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("closed", "said"),
    [
        ("2026-02-10", "Morale can't be compared: there is no employee survey since the crisis."),
        ("2026-04-10", "Morale can't be compared: there is no employee survey before the crisis."),
    ],
)
def test_with_one_side_only_nothing_is_compared(closed: str, said: str) -> None:
    thread()
    survey("wave", closed, {PROUD: GOOD})
    found = section("people", "thread", LATER)
    assert found.findings[0] == said
    assert not [m for m in found.measures if m.id.startswith("morale")]


@pytest.mark.usefixtures("small")
def test_without_a_survey_or_a_start_it_says_why() -> None:
    thread()
    assert section("people", "thread", LATER).findings == ("Not measured: no survey is imported.",)
    survey("Q1", "2026-02-10", {PROUD: GOOD})
    log("undated", "2026-03-02 09:00 detected", name="u.csv")
    found = section("people", "undated", LATER)
    assert found.findings == ("Not measured: nobody recorded when the crisis began.",)
    assert found.measures == ()


# --- small groups ------------------------------------------------------------------------------------------------------

#: Four people's answers; no number that could come of them may leave.
FOUR = [5, 4, 2, 1]


def four() -> None:
    thread()
    survey("Q1", "2026-02-10", {PROUD: GOOD, VALUED: GOOD}, invited="97")
    survey("Small", "2026-04-10", {PROUD: FOUR, VALUED: FOUR}, invited="23")


def numbers_of(metrics: list[dict[str, Any]], wave: str) -> list[Any]:
    """Every number of the metrics of a wave, and every figure in their words."""
    found: list[Any] = []
    for metric in metrics:
        if metric["group"].get("wave") != wave:
            continue
        found += [metric[name] for name in ("value", "lo", "hi") if metric[name] is not None]
        found += [metric["n"]] if metric["n"] else []
        found += [digits for name in ("reason", "basis") for digits in re.findall(r"\d+", metric[name] or "")]
    return found


def test_four_answers_leave_nothing_but_the_reason(database: str) -> None:
    four()
    told = pack("thread", LATER)
    small = [m for m in told["metrics"] if m["group"].get("wave") == "Small"]
    assert {m["status"] for m in small} == {"suppressed"}
    assert {m["id"] for m in small} == {
        "favourable", "favourable_bounds", "favourable_change", "mean_score", "response_rate", "morale_index",
        "morale_vs_before",
    }  # fmt: skip
    assert set(numbers_of(told["metrics"], "Small")) == {"5"}  # fewer than 5 answers
    assert [f["rows"] for m in small for f in m["sources"]["files"]] == [None] * sum(
        len(m["sources"]["files"]) for m in small
    )
    assert numbers_of(told["metrics"], "Q1")
    with reading() as session:
        every = portfolio_pack(session, Viewer("t", Role.ADMIN), moment(LATER))
    assert set(numbers_of(every["metrics"], "Small")) == {"5"}
    text = json.dumps([told, every])
    assert "4 answers" not in text
    assert "23" not in [*numbers_of(told["metrics"], "Small"), *numbers_of(every["metrics"], "Small")]
    assert front(LATER).morale.estimate.status is Status.SUPPRESSED


@pytest.mark.usefixtures("small")
def test_no_frame_and_no_sentence_tells_of_four_answers() -> None:
    four()
    found = section("people", "thread", LATER)
    assert found.findings[0] == "Morale is hidden: no question of both waves may be shown exactly."
    row = found.frames["waves"].set_index("wave").loc["Small"]
    assert row[["value", "lo", "hi"]].isna().all()
    assert row["n"] == 0


@pytest.mark.usefixtures("small")
def test_answers_all_alike_leave_as_a_band() -> None:
    thread()
    survey("Q1", "2026-02-10", {PROUD: GOOD})
    survey("Same", "2026-04-10", {PROUD: [5] * 30})
    share = estimates(section("people", "thread", LATER), "Same", PROUD)["favourable"]
    assert (share.status, share.value, share.lo, share.hi) == (Status.CODED, None, 0.9, 1.0)
    mean = estimates(section("people", "thread", LATER), "Same", PROUD)["mean_score"]
    assert mean.value is None


@pytest.mark.usefixtures("small")
def test_a_crisis_others_may_not_see_is_no_band_in_their_figure() -> None:
    thread()
    crisis("secret", restricted_to="legal", started_at="2026-04-01 08:00")
    survey("Q1", "2026-02-10", {PROUD: GOOD})
    bands = {
        role: set(section("people", "thread", LATER, role).facts["crises"]["label"]) for role in (Role.HR, Role.LEGAL)
    }
    assert bands == {Role.HR: {"thread"}, Role.LEGAL: {"thread", "secret"}}
