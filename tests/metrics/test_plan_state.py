from __future__ import annotations

import pandas as pd
import pytest

from metrics.findings.plan_state import state
from metrics.plan_state import Held, section_states
from metrics.steps import State, Step


def step(name: str, section: str, state: State) -> Step:
    return Step(step_id=1, step=name, section=section, required=True, state=state)


@pytest.mark.parametrize(
    ("states", "word"),
    [
        ((State.ON_TIME, State.ON_TIME), Held.HELD),
        ((State.ON_TIME, State.LATE), Held.LATE),
        ((State.LATE, State.MISSED), Held.MISSED),
        ((State.ON_TIME, State.OUT_OF_ORDER), Held.OUT_OF_ORDER),
        ((State.ON_TIME, State.UNCLEAR), Held.UNCLEAR),
        ((State.ON_TIME, State.NOT_DUE, State.NOT_APPLICABLE), Held.HELD),  # only what was put to the test counts
        ((State.NOT_DUE, State.NOT_APPLICABLE), Held.NOT_EXERCISED),
    ],
)
def test_a_section_is_in_the_state_of_its_worst_tested_step(states: tuple[State, ...], word: Held) -> None:
    (found,) = section_states([step(f"s{n}", "Respond", one) for n, one in enumerate(states)])
    assert found.state is word


def test_sections_keep_the_order_of_the_plan_and_two_spellings_are_one() -> None:
    found = section_states(
        [step("a", "Respond", State.LATE), step("b", "Detect", State.ON_TIME), step("c", "respond ", State.ON_TIME)]
    )
    assert [(s.section, s.on_time, s.tested, s.failed) for s in found] == [
        ("Respond", 1, 2, ("a",)),
        ("Detect", 1, 1, ()),
    ]


def cells(*rows: tuple[str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["section", "crisis", "state"])
    return frame.assign(title=frame["crisis"].str.upper())


def test_the_state_in_sentences() -> None:
    assert state(cells()) == ["The state of the plan is not known: no crisis began while a plan was in force."]
    assert state(cells(("Respond", "a", "not_exercised"))) == [
        "No crisis has put a section of the plan to the test yet."
    ]
    assert state(cells(("Respond", "a", "held"), ("Detect", "a", "unclear"))) == [
        "In the latest crisis, “A”, no section of the plan is known to have failed; of 1 it can't be told."
    ]
    assert state(cells(("Respond", "a", "late")))[0].endswith(
        "the one section of the plan that was put to the test did not hold: Respond (late)."
    )
    twice = cells(
        ("Respond", "a", "late"), ("Detect", "a", "held"), ("Respond", "b", "missed"), ("Detect", "b", "out_of_order")
    )
    assert state(twice) == [
        "In the latest crisis, “B”, both sections of the plan that were put to the test did not hold: Respond (missed) and Detect (out of order).",
        "Respond did not hold in both crises, more often than any other section.",
    ]
