"""The loop closed over three crises, through the pages: a gap is found, fixed, found ineffective, fixed again, verified."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.data.world import rows
from tests.pages.looking import buttons, click, fill, frames, healthy, opened_popover, said, title
from tests.small import bring, log, setting

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.timeout(900)]  # some forty runs of a page

STEPS = [
    {
        "plan_version": "v1", "section": "Respond", "step": "Speak", "role": "PR", "contact": "pr@example.org",
        "fulfilled_by": "statement", "clock_starts": "detected", "target_minutes": 180, "audience": "public",
    }
]  # fmt: skip


def crisis(code: str, month: int, hours: int, today: str) -> None:
    """A crisis whose first public statement came so many hours after it was detected, and the day on which we look."""
    day = f"2026-{month:02}-02"
    log(
        code,
        f"{day} 07:00 posted",
        f"{day} 08:00 detected",
        f"{day} {8 + hours:02}:00 statement audience=public",
        f"2026-{month:02}-09 09:00 resolved",
        name=f"{code}.csv",
    )
    at(today)


def at(today: str) -> None:
    setting("sample.as_of", f"{today}T12:00:00+00:00")


def raise_gap(page: Any) -> Any:
    """The page of the gap that got into the register: here a person writes it down."""
    page = click(page, "new_gap")
    fill(
        page, title="The statement waits for its only approver", section="Respond", step="Speak", crisis="one", severity=4,
        metric="time_to_first_statement", target=3.0, responsible_function="Legal", due_on=date(2026, 3, 1),
    )  # fmt: skip
    return click(page, "save_gap")


def move(page: Any, *statuses: str, **fields: Any) -> Any:
    """The page of a gap after its status went through these, the last with what it needs."""
    for status in statuses:
        page = click(page, f"move_{status}")
        if status == statuses[-1]:
            fill(page, **fields)
        page = click(page, "save_move")
    return page


def waiting(open_page: Any) -> list[str]:
    """What Overview says needs a decision, and where."""
    page = healthy(open_page("overview"))
    tables = [table for table in frames(page) if "Decide in" in table]
    return [f"{row['What']} | {row['Decide in']}" for table in tables for row in table.to_dict("records")]


def about(found: list[str], code: str) -> list[str]:
    return [one for one in found if code in one]


def tries(page: Any) -> list[list[str]]:
    (table,) = [table for table in frames(page) if "What it says" in table]
    return table[["Crisis", "Value", "What it says"]].to_numpy().tolist()


def test_a_fix_that_did_not_help_is_found_out_and_one_that_did_is_too(open_page: Any) -> None:
    bring("plan.csv", STEPS)
    crisis("one", 1, 9, "2026-01-20")
    page = healthy(open_page("plan_gaps"))
    assert "put to the test did not hold: Respond (late)." in said(page)

    page, code = raise_gap(page), "G-01"
    assert page.query_params["gap"] == code
    at("2026-02-25")
    page = move(page, "planned", "in_progress", "implemented", completed_on=date(2026, 2, 20))
    assert "The fix of G-01 is not exercised: no crisis since 2026-02-20 put it to the test." in said(page)

    crisis("two", 4, 5, "2026-05-01")
    (item,) = about(waiting(open_page), code)
    assert item == (
        "Fix of gap G-01 did not reach its target in “two”: The statement waits for its only approver | Plan gaps"
    )
    page = healthy(open_page("plan_gaps", gap=code))
    assert "The fix of G-01 did not reach its target: 5 h in “two”, against 3 h." in said(page)
    assert "Closed is not improved" in said(page)
    assert tries(page) == [["one", "9 h", "the value to improve on"], ["two", "5 h", "▲ ineffective"]]

    page = move(page, "open")  # the reason is there already
    assert rows("gap", "status", "completed_on") == [("open", date(2026, 2, 20))]
    assert about(waiting(open_page), code) == [
        "Overdue gap G-01: The statement waits for its only approver | Plan gaps"
    ]
    at("2026-06-15")
    move(page, "planned", "in_progress", "implemented", completed_on=date(2026, 6, 1))

    crisis("three", 7, 2, "2026-08-01")
    assert about(waiting(open_page), code) == []
    page = healthy(open_page("plan_gaps", gap=code))
    assert "The fix of G-01 held: 2 h in “three”, within the target of 3 h." in said(page)
    assert tries(page) == [
        ["one", "9 h", "the value to improve on"],
        ["two", "5 h", "▲ ineffective"],
        ["three", "2 h", "● verified"],
    ]
    page = move(page, "validated", evidence="The crisis of July: 2 h")
    assert "Validate the fix" not in buttons(page)
    assert rows("gap", "status", "evidence") == [("validated", "The crisis of July: 2 h")]
    assert title(page) == "The one gap in the register is closed."

    page = opened_popover(page, "gap_history")
    history = frames(page)[-1]
    assert history.loc[history["Change"] == "Status corrected", "To"].tolist() == [
        "validated", "implemented", "in_progress", "planned", "open", "implemented", "in_progress", "planned",
    ]  # fmt: skip
    reopened = history[(history["Change"] == "Status corrected") & (history["To"] == "open")]
    assert reopened["Why"].tolist() == ["The fix of G-01 did not reach its target: 5 h in “two”, against 3 h."]
