"""Signs that something did not hold, bundled by cause; house rules, as the docstrings of `metrics.proposals` tell them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from metrics.estimate import Better, Estimate
from metrics.findings import proposals as say
from metrics.proposals import (
    Kind,
    Known,
    Proposal,
    Steps,
    internal,
    known,
    parties,
    platforms,
    proposals,
    silence,
    themes,
)
from metrics.response import number, used
from metrics.statements import left_out, longest_silence
from metrics.steps import Course, course
from metrics.timeline import Timeline, timeline
from tests.metrics.frames import clock, events, moment, plan, public

NOW = moment("2026-03-20 12:00")
CHAIN = plan(
    {"step": "Assess", "fulfilled_by": "assessed", "target_minutes": 60},
    {"step": "Decide", "fulfilled_by": "decision", "target_minutes": 60, "after_step": "Assess"},
    {"step": "Approve", "fulfilled_by": "approved", "clock_starts": "drafted", "target_minutes": 60},
    {
        "step": "Speak",
        "fulfilled_by": "statement",
        "target_minutes": 180,
        "audience": "public",
        "after_step": "Approve",
    },
    {"step": "Tell employees", "fulfilled_by": "internal_message", "target_minutes": 120, "audience": "employees"},
)
DETECTED, RESOLVED = ("detected", "2026-03-03 08:00"), ("resolved", "2026-03-09 12:00")
SLOW = (
    ("assessed", "2026-03-03 08:30"), ("decision", "2026-03-03 08:50"), ("drafted", "2026-03-03 09:00"),
    ("approved", "2026-03-03 16:00"), ("statement", "2026-03-03 17:00", public()),
    ("internal_message", "2026-03-03 18:00", {"audience": "employees"}),
)  # fmt: skip
REGISTER = ["code", "step", "metric", "crisis", "origin", "opened_on"]


def line(*rows: Any) -> Timeline:
    return timeline(events(*rows), clock("open"), NOW)


def bundled(*rows: Any, steps: pd.DataFrame = CHAIN, target: float | None = None) -> tuple[list[Proposal], Course]:
    told = line(DETECTED, *rows, RESOLVED)
    found = course(steps, told)
    failed = Steps(found, steps)
    quiet = longest_silence(told)
    others = (
        silence(quiet.estimate, target, quiet.events, failed),
        internal(number("internal_first_margin", told), tuple(used("internal_first_margin", told)), failed),
    )
    return proposals([*failed.signs(), *(sign for sign in others if sign)]), found


def test_one_slow_statement_is_one_proposal_and_not_four() -> None:
    rows = (*SLOW[:4], ("statement", "2026-03-05 17:00", public()), SLOW[5])
    found, _ = bundled(*rows, target=24.0)
    statement = next(p for p in found if p.cause == "step:approve")
    assert [(sign.kind, sign.step.step if sign.step else None) for sign in statement.signs] == [
        (Kind.LATE, "Approve"), (Kind.LATE, "Speak"), (Kind.SILENCE, None),
    ]  # fmt: skip
    assert statement.severity == 3  # approved 7 times too late
    assert [p.cause for p in found] == ["step:approve", "step:tell employees"]


def test_employees_who_heard_last_are_counted_with_the_step_that_was_to_tell_them() -> None:
    found, told = bundled(*SLOW)
    (mine,) = [p for p in found if p.cause == "step:tell employees"]
    assert [sign.kind for sign in mine.signs] == [Kind.LATE, Kind.INTERNAL]
    assert say.evidence(mine.signs[1], told) == "Employees heard 1 h after the public."
    held = plan({"step": "Tell", "fulfilled_by": "internal_message", "target_minutes": 6000, "audience": "employees"})
    (alone,), told = bundled(*SLOW, steps=held)
    assert (alone.cause, alone.severity) == ("internal", 3)
    assert say.title(alone, told) == "Employees heard after the public"


def test_a_missed_step_explains_no_other() -> None:
    found, told = bundled(("decision", "2026-03-03 09:30"))
    assert [(p.cause, say.title(p, told)) for p in found[:3]] == [
        ("step:assess", "“Assess” was not done"),
        ("step:speak", "“Speak” was not done"),
        ("step:tell employees", "“Tell employees” was not done"),
    ]
    assert ("step:decide", 1) in [(p.cause, len(p.signs)) for p in found]


def test_a_step_done_too_early_is_counted_with_the_one_that_it_overtook() -> None:
    found, told = bundled(("decision", "2026-03-03 08:30"), ("assessed", "2026-03-03 12:00"))
    (mine,) = [p for p in found if p.cause == "step:assess"]
    assert [sign.kind for sign in mine.signs] == [Kind.LATE, Kind.OUT_OF_ORDER]
    assert say.title(mine, told) == "“Assess” came late, and one step with it"
    held = CHAIN.assign(target_minutes=6000)
    (alone,) = [p for p in bundled(("decision", "2026-03-03 08:30"), ("assessed", "2026-03-03 12:00"), steps=held)[0] if p.lead.kind is Kind.OUT_OF_ORDER]  # fmt: skip
    assert (alone.cause, alone.severity) == ("step:decide", 2)


def test_a_precedence_that_runs_in_a_circle_is_counted_with_its_first_step() -> None:
    circle = plan(
        {"step": "A", "fulfilled_by": "assessed", "target_minutes": 1, "after_step": "B"},
        {"step": "B", "fulfilled_by": "decision", "target_minutes": 1, "after_step": "A"},
    )
    found, _ = bundled(("decision", "2026-03-03 12:00"), ("assessed", "2026-03-03 12:00"), steps=circle)
    assert [(p.cause, len(p.steps)) for p in found] == [("step:a", 2)]


def test_an_optional_step_weighs_least_and_what_held_is_not_proposed() -> None:
    steps = plan(
        {"step": "Extra", "fulfilled_by": "assessed", "target_minutes": 1, "required": False},
        {"step": "Decide", "fulfilled_by": "decision", "target_minutes": 600},
    )
    found, _ = bundled(("assessed", "2026-03-03 12:00"), ("decision", "2026-03-03 09:00"), steps=steps)
    assert [(p.cause, p.severity) for p in found] == [("step:extra", 1)]


def test_no_target_no_silence_and_within_it_none_either() -> None:
    quiet = Estimate(value=40.0, unit="hours", better=Better.LOWER)
    none = Steps(course(plan(), line(DETECTED)), plan())
    assert silence(quiet, None, (), none) is None
    assert silence(quiet, 40.0, (), none) is None
    sign = silence(quiet, 10.0, (), none)
    assert sign is not None
    assert (sign.cause, sign.severity, sign.excess) == ("silence", 3, 3.0)
    nothing = silence(quiet, 0.0, (), none)
    assert nothing is not None
    assert nothing.excess == 99.0


def test_platforms_without_a_statement_once_there_is_one() -> None:
    said = line(DETECTED, ("statement", "2026-03-03 09:00", public("X")))
    assert left_out(said, ["x", "Reddit", " ", "Facebook"]) == ["Facebook", "Reddit"]
    assert left_out(line(DETECTED), ["X"]) == []
    share = Estimate(value=0.5, unit="share", basis="1 of 2 platforms with mentions carried a statement or update")
    sign = platforms(share, ["Reddit", "Facebook"], (2,))
    assert sign is not None
    assert sign.names == ("Facebook", "Reddit")
    assert platforms(share, [], ()) is None


def test_parties_and_words_are_named() -> None:
    told = course(plan(), line(DETECTED))
    signs = [parties(["partners", "customers"]), themes("customers", ["slow", "excuse"]), parties([]), themes("x", [])]
    found = proposals(sign for sign in signs if sign)
    assert [say.title(p, told) for p in found] == ["Customers and partners were not asked", "What customers say since"]
    assert say.evidence(found[1].lead, told) == (
        "Since the crisis customers say “slow” and “excuse” more often than before."
    )
    assert say.evidence(found[0].lead, told).startswith("The plan names customers and partners; nothing was heard")


def test_the_order_of_the_signs_changes_nothing() -> None:
    found, _ = bundled(*SLOW, target=1.0)
    signs = [sign for p in found for sign in p.signs]
    assert proposals(reversed(signs)) == proposals(signs)


# --- what the register knows already -----------------------------------------------------------------------------------


def register(*rows: tuple[Any, ...]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=REGISTER, dtype=object)
    return frame.assign(opened_on=pd.to_datetime(frame["opened_on"]))


def matched(*rows: tuple[Any, ...], decided: dict[str, str] | None = None, metric: str | None = "m") -> Known:
    found, _ = bundled(*SLOW)
    (mine,) = [p for p in found if p.cause == "step:approve"]
    return known(mine, metric, register(*rows), "this", {"old"}, pd.Timestamp("2026-03-03"), decided or {})


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("G-1", " APPROVE", None, "old", "conformance", "2026-01-01"), Known(None, "G-1")),
        (("G-1", "Speak", "m", "old", "review", "2026-01-01"), Known(None, "G-1")),
        (("G-1", "Approve", "other", "old", "review", "2026-01-01"), Known()),  # about something else of that step
        (("G-1", "Speak", "statement_platform_coverage", "old", "conformance", "2026-01-01"), Known()),
        (("G-1", "Approve", None, "this", "conformance", "2026-03-10"), Known("G-1", None)),
        (("G-1", "Approve", None, "later", "conformance", "2026-09-01"), Known()),
        (("G-1", "Approve", None, None, "conformance", "2026-01-01"), Known(None, "G-1")),
        (("G-1", "Approve", None, None, "conformance", "2026-09-01"), Known()),
        (("G-1", None, None, "old", "conformance", "2026-01-01"), Known()),
    ],
)
def test_which_gap_says_the_same(row: tuple[Any, ...], expected: Known) -> None:
    assert matched(row) == expected


def test_of_several_the_one_of_the_same_cause_then_the_one_measured_alike_then_the_latest() -> None:
    rows = (
        ("G-1", "Approve", "m", "old", "conformance", "2026-01-01"),
        ("G-2", "Approve", None, "old", "conformance", "2026-02-01"),
    )
    assert matched(*rows) == Known(None, "G-1")
    assert matched(*rows, decided={"G-2": "step:approve"}) == Known(None, "G-2")
    assert matched(*rows, metric=None) == Known(None, "G-2")


def test_without_a_step_the_metric_tells() -> None:
    sign = parties(["partners"])
    assert sign is not None
    rows = register(("G-9", "Hold the review", "parties_heard", "old", "feedback", "2026-01-01"))
    found = known(Proposal(sign.cause, (sign,)), "parties_heard", rows, "this", {"old"}, None, {})
    assert found == Known(None, "G-9")
