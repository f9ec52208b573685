"""Sentences on changes between waves, on what goes together, and on who was asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metrics.estimate import Estimate, Status, absent
from metrics.findings import surveys as say
from metrics.survey_changes import Change


def change(
    value: float, lo: float, hi: float, adjusted: float, question: str = "I trust us", group: str = ""
) -> Change:
    estimate = Estimate(value=value, lo=lo, hi=hi, unit="share", n=100)
    about = {"question": question} | ({"group": group} if group else {})
    return Change("favourable_change", about, estimate, adjusted / 2, adjusted)


FELL = change(-0.11, -0.17, -0.04, 0.004)
ROSE = change(0.08, 0.01, 0.15, 0.03, "I feel safe")
STILL = change(0.02, -0.05, 0.09, 0.6, "I would stay")
HIDDEN = Change("favourable_change", {"question": "New"}, absent(Status.SUPPRESSED, "May: few", unit="share"))


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        ([FELL, ROSE, STILL, HIDDEN], "Of three questions compared between March and May (one more is hidden or not known), two changed by more than normal variation, all comparisons considered: “I trust us” fell 11 points (−17 to −4) and “I feel safe” rose 8 points (+1 to +15)."),
        ([STILL, replace(ROSE, adjusted=0.07)], "Of two questions compared between March and May, no change can be told apart from normal variation, all comparisons considered."),
        ([FELL], "The one question compared between March and May changed: “I trust us” fell 11 points (−17 to −4)."),
        ([STILL, HIDDEN, HIDDEN], "The change of the one question compared between March and May (two more are hidden or not known) can't be told apart from normal variation."),
        ([HIDDEN], "What changed between March and May is hidden: May: few."),
        ([], "No question was asked in both March and May, so none can be compared."),
    ],
)  # fmt: skip
def test_changes(found: list[Change], sentence: str) -> None:
    assert say.changes(found, "May", "March") == sentence


def test_departments_are_named_and_of_many_the_clearest_three() -> None:
    many = [change(-0.2, -0.3, -0.1, 0.001 * n, f"Q{n}", "Support") for n in range(1, 6)]
    assert say.changes(many, "May", "March", what=say.BY_DEPARTMENT) == (
        "Of five answers by department compared between March and May, five changed by more than normal variation, all "
        "comparisons considered: Support on “Q1” fell 20 points (−30 to −10), Support on “Q2” fell 20 points (−30 to "
        "−10) and Support on “Q3” fell 20 points (−30 to −10); two more did."
    )


def test_a_score_moves_in_its_own_points() -> None:
    score = Change("enps_change", {"question": "Recommend?"}, Estimate(value=-26.3, lo=-40.2, hi=-12.1, unit="enps", n=9), 0.001, 0.002)  # fmt: skip
    assert say.changes([score], "May", "March") == (
        "The one question compared between March and May changed: “Recommend?” fell 26 points (−40 to −12)."
    )


def part(value: float, lo: float, hi: float) -> Estimate:
    return Estimate(value=value, lo=lo, hi=hi, unit="share", n=400)


def test_what_goes_together_is_called_association() -> None:
    found = {"A": part(0.26, 0.2, 0.32), "B": part(0.1, 0.06, 0.14), "C": part(0.22, 0.16, 0.28)}
    assert say.drivers(found, "Recommend?") == (
        "Of three questions, “A” is the most closely associated with “Recommend?”: 26 % of its variance (20 % to 32 %); one "
        "of the two others may be as closely. That is association, not cause."
    )
    sure = say.drivers({"A": found["A"], "B": found["B"]}, "Recommend?") or ""
    assert sure.startswith(
        "Of two questions, “A” is the most closely associated with “Recommend?”: 26 % of its variance (20 % to 32 %). "
    )
    equal = dict.fromkeys("ABCDE", found["A"])
    for names, told in (("AB", "the other"), ("ABC", "both others"), ("ABCDE", "all four others")):
        assert f"; {told} may be as closely." in (say.drivers({n: equal[n] for n in names}, "Recommend?") or "")
    few = absent(Status.INSUFFICIENT_N, "fewer than 100 people answered every question", unit="share")
    assert say.drivers({"A": few}, "Recommend?") == (
        "What goes together with recommending us can't be told: fewer than 100 people answered every question."
    )
    assert say.drivers({}, "") is None


def test_feedback_runs_from_the_least_to_the_most_favourable() -> None:
    shares = {"Early": part(0.24, 0.17, 0.32), "Honest": part(0.6, 0.51, 0.68), "Other": part(0.3, 0.2, 0.4)}
    assert say.feedback("customers", "Spring", shares) == (
        "Customers (Spring): from 24 % favourable on “Early” (17 % to 32 %) to 60 % on “Honest” (51 % to 68 %)."
    )
    one = {"Early": shares["Early"], "Hidden": absent(Status.SUPPRESSED, "few", unit="share")}
    assert say.feedback("customers", "Spring", one) == (
        "Customers (Spring): 24 % favourable on “Early” (17 % to 32 %); one more is hidden or not known."
    )
    assert (
        say.feedback("partners", "Spring", {"H": one["Hidden"]}) == "What partners answered in Spring is hidden: few."
    )
    assert (
        say.feedback("partners", "Spring", {}) == "Partners (Spring) were asked nothing that has a favourable answer."
    )


def test_silence() -> None:
    rate = Estimate(value=0.5, unit="share", n=60)
    bounds = Estimate(value=0.6, lo=0.3, hi=0.8, unit="share", n=60)
    assert say.silence(rate, bounds, "I trust us") == (
        "60 of 120 invited answered (50 %); had all the silent answered, between 30 % and 80 % would be favourable on "
        "“I trust us”."
    )
    assert say.silence(rate, None, "") == "60 of 120 invited answered (50 %)."
    full = Estimate(value=0.6, lo=0.6, hi=0.6, unit="share", n=60)
    assert say.silence(Estimate(value=1.0, unit="share", n=60), full, "Q") == "60 of 60 invited answered (100 %)."
    assert say.silence(absent(Status.UNDEFINED, "unknown", unit="share"), bounds, "Q") is None


def test_who_was_heard_and_who_was_not() -> None:
    assert say.heard(["employees", "customers"]) == "Heard since the crisis began: customers and employees."
    assert say.heard([]) == "Nobody has been asked since the crisis began."
    assert say.not_heard(["customers"]) == "Not measured: nobody asked customers."
    assert say.not_heard(["customers", "press", "regulators"]) == (
        "Not measured: nobody asked customers, the press and regulators."
    )
    assert say.not_heard([]) is None
