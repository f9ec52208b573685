from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from metrics.findings import plan_check as say
from metrics.plan_check import Kind, Problem, between, is_personal, problems
from tests.metrics.frames import plan

GOOD = {"clock_starts": "detected", "fulfilled_by": "decision"}


def found(*rows: dict[str, Any], sections: tuple[str, ...] = ()) -> list[tuple[Kind, tuple[str, ...]]]:
    return [(one.kind, one.names) for one in problems(plan(*rows), sections)]


def test_a_plan_without_a_hole_has_no_problem() -> None:
    assert found(GOOD, {"fulfilled_by": "drafted", "clock_starts": "decision", "after_step": "step 1"}) == []
    assert problems(plan()) == []


def test_a_circle_names_those_in_it_alone() -> None:
    rows = ({"step": "A", "after_step": "B"}, {"step": "B", "after_step": "A"}, {"step": "C", "after_step": "A"})
    assert found(*rows) == [(Kind.CIRCLE, ("A", "B"))]
    assert found({"step": "A", "after_step": "a"}) == [(Kind.CIRCLE, ("A",))]


def test_a_step_that_the_plan_does_not_have() -> None:
    assert found({"step": "A", "after_step": "Gone"}) == [(Kind.UNKNOWN_STEP, ("A",))]


def test_clocks_that_never_start() -> None:
    rows = (
        {"step": "Draft", "fulfilled_by": "drafted", "clock_starts": "approved"},
        {"step": "Approve", "fulfilled_by": "approved", "clock_starts": "drafted"},
        {"step": "Assemble", "fulfilled_by": "team_assembled", "clock_starts": "acknowledged"},
        {"step": "Silent", "clock_starts": None},
        {"step": "Endless", "fulfilled_by": None},
    )
    assert found(*rows) == [
        (Kind.NO_START, ("Silent",)),
        (Kind.NEVER_STARTS, ("Assemble",)),
        (Kind.NEVER_STARTS, ("Draft",)),
        (Kind.NEVER_STARTS, ("Approve",)),
        (Kind.NO_END, ("Endless",)),
    ]


def test_a_clock_that_waits_for_a_chain_of_steps_starts() -> None:
    chain = ("assessed", "decision", "drafted", "approved", "statement")
    rows = [{"step": done, "fulfilled_by": done, "clock_starts": before} for before, done in zip(("detected", *chain), chain, strict=False)]  # fmt: skip
    assert found(*reversed(rows)) == []


def test_roles_without_a_contact_that_outlasts_people() -> None:
    rows = (
        {"role": "PR lead", "contact": None},
        {"role": "pr  lead", "contact": "press@example.org"},
        {"role": "Legal", "contact": " "},
        {"role": "HR", "contact": "maria.lopes@example.org"},
        {"role": "Nobody", "contact": None, "required": False},
    )
    assert found(*rows) == [(Kind.NO_CONTACT, ("Legal",)), (Kind.PERSONAL_CONTACT, ("HR",))]


@pytest.mark.parametrize(
    ("contact", "personal"),
    [
        ("maria.lopes@example.org", True), ("m_lopes@example.org", True), ("Maria Lopes", True), ("Ana M. O'Neil", True),
        ("press@example.org", False), ("hr-cases@example.org", False), ("customer.care@example.org", False),
        ("press.office@example.org", False), ("Duty Officer", False), ("Crisis desk", False), ("+351 21 000 0000", False),
        ("rota.2026@example.org", False), ("", False),
    ],
)  # fmt: skip
def test_a_contact_that_reads_like_a_person_s(contact: str, *, personal: bool) -> None:
    assert is_personal(contact) is personal


def test_a_section_that_only_others_name_has_no_step() -> None:
    assert found(GOOD, sections=("respond", "Detect", "detect ", " ")) == [(Kind.EMPTY_SECTION, ("detect ",))]


def test_versions_that_overlap_and_dates_that_contradict() -> None:
    day, later = pd.Timestamp("2026-03-01"), pd.Timestamp("2026-09-01")
    rows = [
        {"version": "v2", "effective_from": day, "review_due": later},
        {"version": "v1", "effective_from": day, "review_due": pd.NaT},
        {"version": "v0", "effective_from": later, "review_due": day},
    ]
    assert between(rows) == [Problem(Kind.SAME_DAY, ("v1", "v2")), Problem(Kind.DUE_BEFORE_START, ("v0",))]
    undated = [{"version": name, "effective_from": pd.NaT, "review_due": pd.NaT} for name in ("a", "b")]
    assert between(undated) == [Problem(Kind.SAME_DAY, ("a", "b"))]
    assert between([]) == []


@pytest.mark.parametrize("kind", Kind)
def test_every_problem_is_said(kind: Kind) -> None:
    for names in (("A",), ("A", "B")):
        said = say.problem(Problem(kind, names, "team_assembled"))
        assert said[0].isupper() or said[0] == "“"
        assert said.endswith(".")
    assert say.problem(Problem(Kind.NEVER_STARTS, ("A",), "team_assembled")) == (
        "“A” waits for “team assembled”, to which no step leads: the clock never starts unless somebody records it."
    )


@pytest.mark.parametrize(
    ("start", "due", "said"),
    [
        ("2026-01-01", "2026-06-01", "Plan v1 is in force since 1 January 2026; its review is due on 1 June 2026."),
        ("2026-01-01", "2026-02-28", "Plan v1 is in force since 1 January 2026; its review is 1 day overdue, since 28 February 2026."),
        ("2026-01-01", "2026-03-01", "Plan v1 is in force since 1 January 2026; its review is due on 1 March 2026."),
        (None, None, "Plan v1 is in force; no day is set for its review."),
    ],
)  # fmt: skip
def test_which_version_counts(start: str | None, due: str | None, said: str) -> None:
    version = {"version": "v1", "effective_from": pd.Timestamp(start), "review_due": pd.Timestamp(due)}
    assert say.in_force(version, pd.Timestamp("2026-03-01")) == said
    assert say.in_force(None, pd.Timestamp("2026-03-01")) == "No version of the plan is in force."
