"""The Plan page: read by all reviewers, edited by analysts; two people never overwrite each other unseen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from data.access import Viewer
from data.commands import plans
from data.engine import reading, writing
from data.enums import Role
from data.queries import plans as queries
from data.queries.plans import Version
from tests.pages.looking import alerts, frames, healthy, said, title, words
from tests.small import bring

OTHER = Viewer("somebody else", Role.ANALYST)
ROW = {
    "plan_version": "v1", "section": "Respond", "step": "Speak", "role": "PR", "contact": "", "fulfilled_by": "statement",
    "clock_starts": "detected", "target_minutes": 180, "effective_from": "2026-01-01", "review_due": "2026-02-01",
}  # fmt: skip


def press(page: Any, label: str) -> Any:
    return healthy(next(button for button in page.button if words(button.label) == label).click().run())


def editing(open_page: Any, **more: str) -> Any:
    page = healthy(open_page("plan", **more))
    return healthy(page.toggle[0].set_value(True).run())


def stored(name: str = "v1") -> Version | None:
    with reading() as session:
        return queries.version(session, name)


def field(page: Any, kind: str, label: str) -> Any:
    """The field of this label; where a version can be begun and edited, that of the editor."""
    return [one for one in getattr(page, kind) if one.label == label][-1]


@pytest.mark.usefixtures("sample_database")
def test_the_version_in_force_its_steps_and_its_holes(open_page: Any) -> None:
    page = healthy(open_page("plan"))
    assert title(page) == (
        "Plan v2 is in force since 1 December 2025; its review is 20 days overdue, since 31 October 2026."
    )
    versions, steps = frames(page)
    assert versions["Standing"].tolist() == ["In force", "Not in force"]
    assert versions["Until"].tolist() == ["further notice", "30 Nov 2025"]
    assert versions["Crises judged"].tolist() == [2, 2]
    assert "No contact for Customer care lead." in said(page)
    assert steps["Within"].tolist()[:4] == ["1 h", "1 h", "1 h", "45 min"]
    assert not steps.isin(["nan", None]).any(axis=None)
    page = healthy(open_page("plan", version="v1"))
    assert "No contact for Internal communications." in said(page)


@pytest.mark.usefixtures("sample_database")
@pytest.mark.parametrize("role", [Role.LEADERSHIP, Role.LEGAL, Role.HR])
def test_who_reviews_reads_the_plan_and_edits_nothing(
    open_page: Any, seen_by: Callable[[Role], None], role: Role
) -> None:
    seen_by(role)
    page = healthy(open_page("plan"))
    assert len(frames(page)) == 2
    assert not page.toggle
    assert not page.button


@pytest.mark.usefixtures("small")
def test_the_auditor_is_refused(open_page: Any, seen_by: Callable[[Role], None]) -> None:
    seen_by(Role.AUDITOR)
    assert not frames(open_page("plan"))


@pytest.mark.usefixtures("small")
def test_without_a_plan_one_can_be_begun(open_page: Any) -> None:
    page = healthy(open_page("plan"))
    assert title(page) == "There is no plan yet."
    assert [link.label for link in page.get("page_link")] == ["Import spreadsheets"]
    page = press(page, "Begin it")
    assert "A version needs a name of at most 80 characters, such as v3." in alerts(page)
    field(page, "text_input", "Name").input("v1")
    page = press(page, "Begin it")
    assert page.query_params["version"] in ("v1", ["v1"])
    assert stored() is not None


@pytest.mark.usefixtures("small")
def test_a_version_is_copied_edited_and_keeps_its_history(open_page: Any) -> None:
    bring("plan.csv", [ROW])
    page = healthy(open_page("plan"))
    field(page, "text_input", "Name").input("v2")
    page = press(page, "Begin it")
    copy = stored("v2")
    assert copy is not None
    assert [step.values["step"] for step in copy.steps] == ["Speak"]
    page = editing(open_page, version="v2")
    field(page, "date_input", "Review due on").set_value(date(2027, 1, 1))
    field(page, "text_input", "Why?").input("A year more")
    page = press(page, "Save")
    assert "Plan v2 is saved." in alerts(page)
    edited = stored("v2")
    assert edited is not None
    assert edited.dates["review_due"] == date(2027, 1, 1)
    assert "By hand: 2 changes" in [popover.proto.popover.label for popover in page.get("popover")]
    assert stored() is not None


@pytest.mark.usefixtures("small")
def test_nothing_changed_and_an_impossible_date_are_said(open_page: Any) -> None:
    bring("plan.csv", [ROW])
    page = press(editing(open_page), "Save")
    assert "Nothing was changed." in alerts(page)
    field(page, "date_input", "Review due on").set_value(date(2025, 1, 1))
    page = press(page, "Save")
    assert any("before the version counts" in told for told in alerts(page))
    assert field(page, "date_input", "Review due on").value == date(2025, 1, 1)  # what was typed is still there


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("button", "kept"), [("Keep theirs", date(2028, 1, 1)), ("Save mine over it", date(2027, 1, 1))]
)
def test_the_second_of_two_people_sees_both_and_chooses(open_page: Any, button: str, kept: date) -> None:
    bring("plan.csv", [ROW])
    page = editing(open_page)
    field(page, "date_input", "Review due on").set_value(date(2027, 1, 1))
    page = healthy(page.run())
    now = stored()
    assert now is not None
    with writing() as session:
        told = [(step.id, step.values) for step in now.steps]
        plans.edit_version(session, OTHER, "v1", now.dates | {"review_due": date(2028, 1, 1)}, told)
    page = press(page, "Save")
    assert "somebody else changed plan v1 since you opened it. Nothing of yours was saved." in alerts(page)
    both = next(frame for frame in frames(page) if "Yours" in frame)
    assert both.to_numpy().tolist() == [["Review due", "2026-02-01", "2028-01-01", "2027-01-01"]]
    page = press(page, button)
    after = stored()
    assert after is not None
    assert after.dates["review_due"] == kept


@pytest.mark.usefixtures("small")
def test_a_version_that_judges_no_signed_review_can_be_deleted(open_page: Any) -> None:
    bring("plan.csv", [ROW])
    page = press(editing(open_page), "Delete this version")
    assert title(page) == "There is no plan yet."
    assert stored() is None
