"""Departments, people recognised across waves, associations, and who was heard, in reviews and across all crises."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from sqlmodel import select

from data.access import Viewer
from data.engine import reading, writing
from data.enums import Role
from data.tables import Question
from metrics.estimate import Status
from metrics.intervals import newcombe
from reports.sections.portfolio import portfolio_pack
from tests.small import bring, log, moment, pack, posts, section, setting

LATER = "2026-06-01 12:00"
TRUST, RECOMMEND = "I trust us", "Would you recommend us?"
#: respondent → department, answer to each question
People = Mapping[str, tuple[str, Mapping[str, int]]]


def thread() -> None:
    log("thread", "2026-03-02 08:00 posted", "2026-03-02 09:00 detected", "2026-03-12 09:00 resolved")


def held(wave: str, closed: str, people: People, **fields: str) -> None:
    """Import a wave of people who named their department; questions of 0 to 10 end on a question mark."""
    rows = [
        {
            "wave": wave, "opened_on": closed, "closed_on": closed, "question": question, "answer": str(value),
            "respondent": name, "department": department, "scale_min": "0" if question.endswith("?") else "1",
            "scale_max": "10" if question.endswith("?") else "5",
        } | fields
        for name, (department, answers) in people.items()
        for question, value in answers.items()
    ]  # fmt: skip
    bring(f"{wave}.csv", rows)


def departments(counts: Mapping[str, tuple[int, int]]) -> People:
    """Department → favourable and all answers to one question."""
    return {
        f"{name} {number}": (name, {TRUST: 5 if number < favourable else 2})
        for name, (favourable, n) in counts.items()
        for number in range(n)
    }


def of(metrics: Sequence[dict[str, Any]], metric: str, **group: str) -> list[dict[str, Any]]:
    return [m for m in metrics if m["id"] == metric and group.items() <= m["group"].items()]


BEFORE = {"Support": (45, 60), "Sales": (30, 50), "Legal": (20, 40), "Board": (2, 3)}
SINCE = {"Support": (15, 60), "Sales": (32, 50), "Legal": (22, 40), "Board": (1, 3)}


@pytest.mark.usefixtures("small")
def test_hr_sees_which_departments_changed_and_leadership_the_company() -> None:
    thread()
    held("Q1", "2026-02-10", departments(BEFORE))
    held("Q2", "2026-04-10", departments(SINCE))
    told = pack("thread", LATER, Role.HR)["metrics"]
    (support,) = of(told, "favourable_change", department="Support", wave="Q2")
    assert support["value"] == pytest.approx(-0.5)
    assert (support["lo"], support["hi"]) == pytest.approx(newcombe(15, 60, 45, 60))
    assert support["group"] == {
        "wave": "Q2", "audience": "employees", "before": "Q1", "question": TRUST, "department": "Support",
    }  # fmt: skip
    assert "over 2 comparisons of departments and questions between Q1 and Q2" in support["basis"]
    (rest,) = of(told, "favourable_vs_rest", department="Support", wave="Q2")
    assert rest["value"] == pytest.approx(15 / 60 - 55 / 93)
    (drawn,) = of(told, "favourable_shrunken", department="Support", wave="Q2")
    assert drawn["status"] == "insufficient_n"  # two departments are shown
    (own,) = of(told, "favourable", department="Support", wave="Q2")
    assert own["value"] == 15 / 60
    for role in (Role.LEADERSHIP, Role.LEGAL, Role.ANALYST):
        seen = pack("thread", LATER, role)["metrics"]
        assert not [m for m in seen if "department" in m["group"]]
        assert of(seen, "favourable", wave="Q2")


@pytest.mark.usefixtures("small")
def test_a_small_department_and_the_one_that_covers_it_leave_nothing() -> None:
    thread()
    held("Q1", "2026-02-10", departments(BEFORE))
    held("Q2", "2026-04-10", departments(SINCE))
    told = pack("thread", LATER, Role.ADMIN)["metrics"]
    for hidden in ("Board", "Legal"):
        found = [m for m in told if m["group"].get("department") == hidden]
        assert {m["status"] for m in found} == {"suppressed"}
        assert {(m["value"], m["lo"], m["hi"], m["n"]) for m in found} == {(None, None, None, 0)}


@pytest.mark.usefixtures("small")
def test_the_sentence_on_departments_is_for_those_who_see_them() -> None:
    thread()
    held("Q1", "2026-02-10", departments(BEFORE))
    held("Q2", "2026-04-10", departments(SINCE))
    by_department = [s for s in section("people", "thread", LATER, Role.HR).findings if "by department" in s]
    assert by_department == [
        (
            "Of two answers by department compared between Q1 and Q2 (two more are hidden or not known), one changed by more "
            "than normal variation, all comparisons considered: Support on “I trust us” fell 50 points (−63 to −33)."
        )
    ]
    assert not [s for s in section("people", "thread", LATER, Role.LEADERSHIP).findings if "by department" in s]


@pytest.mark.usefixtures("small")
def test_how_much_is_hidden_and_that_answers_wait_is_said_without_a_number() -> None:
    thread()
    held("Q1", "2026-02-10", departments(BEFORE))
    held("Q2", "2026-04-10", departments(SINCE))
    told = section("people", "thread", LATER, Role.HR).findings
    assert [s for s in told if "hidden, because" in s] == [
        (
            "Half of what departments answered is hidden, because too few people answered, or because others could be worked "
            "out from them."
        )
    ]
    assert not [s for s in told if "kept back" in s]
    held("Q2", "2026-04-10", {"late": ("Sales", {TRUST: 5})})
    told = section("people", "thread", LATER, Role.LEADERSHIP).findings
    assert [s for s in told if "kept back" in s] == [
        (
            "More answers came to Q2 after its numbers were first shown. They are kept back until enough have come that "
            "nobody's can be told from the difference."
        )
    ]
    assert not [s for s in told if "hidden, because" in s]


def stayed(moved: Sequence[tuple[int, int, int]]) -> tuple[People, People]:
    """The same people in two waves: (how many, answer before, answer since)."""
    before, since = {}, {}
    for block, (count, old, new) in enumerate(moved):
        for number in range(count):
            before[f"r{block}-{number}"] = ("", {TRUST: old})
            since[f"r{block}-{number}"] = ("", {TRUST: new})
    return before, since


MOVED = [(20, 5, 5), (20, 2, 2), (20, 5, 2), (6, 2, 5)]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("paired", ["on", "off"])
def test_people_recognised_across_waves_are_compared_with_themselves(paired: str) -> None:
    thread()
    setting("surveys.paired", paired)
    before, since = stayed(MOVED)
    held("Q1", "2026-02-10", before)
    held("Q2", "2026-04-10", since)
    (change,) = [m for m in section("people", "thread", LATER).measures if m.id == "favourable_change"]
    assert change.estimate.number == pytest.approx(-14 / 66)
    same = "66 people who answered in both Q2 and Q1: 6 became favourable, 20 no longer were"
    assert (change.estimate.basis or "").startswith(same) is (paired == "on")
    assert ("as separate groups" in (change.estimate.basis or "")) is (paired == "off")


# --- associations ----------------------------------------------------------------------------------------------------


def pulse(n: int) -> People:
    draw = random.Random(2)
    found = {}
    for number in range(n):
        mood = draw.gauss(0, 1)
        feels = {
            question: min(5, max(1, round(3.2 + pull * mood + draw.gauss(0, 0.8))))
            for question, pull in (("Close", 1.2), ("Far", 0.1))
        }
        found[f"r{number}"] = ("", {**feels, RECOMMEND: min(10, max(0, round(6.8 + 2.2 * mood + draw.gauss(0, 1.2))))})
    return found


@pytest.mark.usefixtures("small")
def test_what_goes_together_with_recommending_us() -> None:
    thread()
    held("Q1", "2026-02-10", pulse(90))
    held("Q2", "2026-04-10", pulse(200))
    found = section("people", "thread", LATER)
    parts = {(m.group["wave"], m.group["question"]): m.estimate for m in found.measures if m.id == "driver_importance"}
    close, far = parts["Q2", "Close"], parts["Q2", "Far"]
    assert (close.number or 0) > 0.3
    assert (far.number or 1) < 0.1
    assert (close.lo or 0) > (far.hi or 1)
    assert (close.basis or "").startswith(f"associated with “{RECOMMEND}”: 2 questions go with ")
    assert parts["Q1", "Close"].status is Status.INSUFFICIENT_N
    (told,) = [s for s in found.findings if "associated" in s]
    assert told.startswith(f"Of two questions, “Close” is the most closely associated with “{RECOMMEND}”: ")
    assert told.endswith("That is association, not cause.")
    assert [m.id for m in found.measures if m.group.get("question") == RECOMMEND] == ["enps", "enps", "enps_change"]
    assert any(s.startswith("The employee net promoter score is ") for s in found.findings)


# --- who was heard ---------------------------------------------------------------------------------------------------


def plan(*audiences: str) -> None:
    bring("plan.csv", [
        {
            "plan_version": "v1", "section": "Response", "step": f"Tell {audience}", "role": "PR",
            "fulfilled_by": "update", "clock_starts": "detected", "target_minutes": "180", "audience": audience,
            "effective_from": "2026-01-01",
        }
        for audience in audiences
    ])  # fmt: skip


def told_of_parties(as_of: str = LATER) -> tuple[Any, tuple[str, ...]]:
    found = section("people", "thread", as_of)
    (measure,) = [m for m in found.measures if m.id == "parties_heard"]
    return measure.estimate, found.findings


FEW = {"c1": ("", {TRUST: 4}), "c2": ("", {TRUST: 1})}


@pytest.mark.usefixtures("small")
def test_parties_heard_and_not_heard() -> None:
    thread()
    plan("employees", "customers", "regulators", "press")
    estimate, findings = told_of_parties()
    assert (estimate.value, estimate.n) == (0, 4)
    assert findings == (
        "Not measured: no survey is imported.",
        "Not measured: nobody asked customers, employees, the press and regulators.",
    )
    held("early", "2026-02-10", departments(BEFORE))
    held("few", "2026-04-10", FEW, audience="customers")
    held("others", "2026-04-12", FEW, audience="partners")
    held("too late", "2026-06-10", FEW, audience="regulators")
    estimate, findings = told_of_parties()
    assert estimate.value == 1 / 4  # two customers are few, but somebody asked them
    assert estimate.basis == "1 of 4 audiences the plan names; not heard: employees, press and regulators"
    assert findings[-2:] == (
        "Heard since the crisis began: customers and partners.",
        "Not measured: nobody asked employees, the press and regulators.",
    )


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(("day", "heard"), [("2026-03-20", 1), ("2026-02-20", 0), ("2026-06-20", 0)])
def test_a_feedback_session_with_employees_is_feedback(day: str, heard: int) -> None:
    thread()
    plan("employees", "customers")
    bring("culture.csv", [{"date": day, "kind": "feedback_session", "department": "Sales"}])
    assert told_of_parties()[0].value == heard / 2


@pytest.mark.usefixtures("small")
def test_a_wave_of_comments_alone_is_an_answer() -> None:
    thread()
    plan("customers")
    row = {"wave": "Open", "opened_on": "2026-04-10", "closed_on": "2026-04-10", "question": "What should we know?"}
    bring("open.csv", [row | {"answer": "", "comment": "Call us earlier", "audience": "customers", "respondent": "c1"}])
    assert told_of_parties()[0].value == 1


@pytest.mark.usefixtures("small")
def test_without_a_plan_nobody_is_missing() -> None:
    thread()
    estimate, findings = told_of_parties()
    assert estimate.status is Status.NOT_APPLICABLE
    assert findings == ("Not measured: no survey is imported.",)


# --- the end of the crisis, and all crises ---------------------------------------------------------------------------


@pytest.mark.usefixtures("small")
def test_a_wave_long_after_what_people_said_was_over_is_not_of_the_crisis() -> None:
    """Resolved on 12 March, but calm since the 5th: a year after the 5th a wave no longer belongs to the crisis."""
    log("old", "2025-03-02 08:00 posted", "2025-03-02 09:00 detected", "2025-03-12 09:00 resolved")
    volumes = dict.fromkeys(range(-28, 30), (4, 1)) | {0: (40, 30), 1: (30, 20), 2: (20, 12)}
    posts("2025-03-02", volumes)
    held("Q1", "2025-02-10", departments(BEFORE))
    held("last", "2026-03-05", departments(SINCE))
    held("beyond", "2026-03-08", departments(SINCE))
    found = section("people", "old", LATER)
    assert {m.group["wave"] for m in found.measures if "wave" in m.group} == {"Q1", "last"}


@pytest.mark.usefixtures("small")
def test_the_portfolio_holds_every_wave_against_the_one_before() -> None:
    thread()
    plan("employees", "customers")
    for name, closed, counts in (
        ("Q1", "2026-02-10", BEFORE),
        ("Q2", "2026-04-10", SINCE),
        ("Q3", "2026-05-10", BEFORE),
    ):
        held(name, closed, departments(counts))
    with reading() as session:
        hr = portfolio_pack(session, Viewer("t", Role.HR), moment(LATER))["metrics"]
        boss = portfolio_pack(session, Viewer("t", Role.LEADERSHIP), moment(LATER))["metrics"]
    company = list(of(boss, "favourable_change", question=TRUST))
    assert [(m["group"]["before"], m["group"]["wave"]) for m in company] == [("Q1", "Q2"), ("Q2", "Q3")]
    assert [m["value"] for m in of(boss, "parties_heard", crisis="thread")] == [0.5]
    assert not [m for m in boss if "department" in m["group"]]
    assert len(of(hr, "favourable_change", department="Support")) == 2


# --- bad input ---------------------------------------------------------------------------------------------------------


def rescaled(lowest: float | None, highest: float | None) -> None:
    """Somebody corrects the scale of the question after the answers came."""
    with writing() as session:
        question = session.exec(select(Question).where(Question.text == TRUST)).one()
        question.scale_min, question.scale_max = lowest, highest
        question.favourable_from = None if highest is None else highest - 1
        session.add(question)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("scale", "reason"),
    [((None, None), "no scale is recorded for this question"), ((2, 4), "answers lie outside the scale of 2 to 4")],
)
def test_answers_without_a_scale_or_outside_it_give_a_reason_and_no_number(
    scale: tuple[float | None, float | None], reason: str
) -> None:
    thread()
    held("Q1", "2026-02-10", departments(BEFORE), invited="200")
    held("Q2", "2026-04-10", departments(SINCE), invited="200")
    rescaled(*scale)
    told = pack("thread", LATER, Role.HR)["metrics"]
    for metric in ("favourable", "favourable_bounds", "mean_score"):
        for found in of(told, metric, wave="Q2"):
            assert (found["status"], found["value"], found["lo"], found["reason"]) == ("undefined", None, None, reason)
    (change,) = of(told, "favourable_change")
    assert (change["status"], change["reason"]) == ("undefined", f"Q2: {reason}")
    (morale,) = of(told, "morale_vs_before")
    assert (morale["status"], morale["reason"]) == (
        "undefined", "no question of both waves has a known favourable share",
    )  # fmt: skip
    (rate,) = of(told, "response_rate", wave="Q2")
    assert rate["value"] == 153 / 200
    assert f"What changed between Q1 and Q2 can't be told: Q2: {reason}." in section("people", "thread", LATER).findings


@pytest.mark.usefixtures("small")
def test_waves_without_a_common_question_are_not_compared() -> None:
    thread()
    held(
        "Q1",
        "2026-02-10",
        {name: (of_, {"Other": 4 - i % 3}) for i, (name, (of_, _)) in enumerate(departments(BEFORE).items())},
    )
    held("Q2", "2026-04-10", departments(SINCE))
    told = pack("thread", LATER, Role.HR)["metrics"]
    assert of(told, "favourable_change") == []
    (morale,) = of(told, "morale_vs_before")
    assert (morale["status"], morale["reason"]) == ("undefined", "no question was asked in both waves")
    assert (
        section("people", "thread", LATER).findings[0] == "Morale can't be told: no question was asked in both waves."
    )
