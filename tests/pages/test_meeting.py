"""The meeting page: presented a section a screen, decided and signed; afterwards it says what differs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import update

from data.access import Viewer
from data.commands import reviews
from data.commands.reviews import Decided
from data.engine import reading, writing
from data.enums import Role
from data.queries import state
from data.queries.reviews import meeting
from data.tables import Crisis, Review
from pages.components import minutes
from reports.signing import frozen, sign
from tests.pages.looking import alerts, frames, healthy, opened_popover, said, title
from tests.small import ADMIN, crisis, log

COMMENTS = "2026-11-comments"
NIGHT = Decided("Watch at night", "PR", date(2026, 7, 1), "€ 20,000")
LOG = ("2026-03-02 08:00 posted", "2026-03-02 09:00 detected", "2026-03-02 12:00 statement audience=public", "2026-03-09 12:00 resolved")  # fmt: skip


def labels(page: Any) -> list[str]:
    return [button.label for button in page.button]


def press(page: Any, label: str) -> Any:
    return healthy(next(button for button in page.button if button.label == label).click().run())


# --- presented ----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("sample_database")
def test_a_presentation_steps_through_the_sections_and_back(open_page: Any) -> None:
    page = healthy(open_page("crisis_review", crisis=COMMENTS, section="Timeline"))
    assert "Present" in labels(page)
    page = press(page, "Present")
    assert page.query_params["present"] in ("1", ["1"])
    assert "2 of 8" in said(page)
    assert not page.selectbox
    assert not page.button_group
    assert not page.get("popover")
    page = press(page, "Next")
    assert "3 of 8" in said(page)
    assert title(page).startswith("The first public statement came 5 h 53 min")
    assert len(page.get("plotly_chart")) == 1
    page = press(press(press(page, "Previous"), "Previous"), "Next")
    assert "2 of 8" in said(page)
    page = press(page, "Close")
    assert "present" not in page.query_params
    assert page.button_group[0].value == "Timeline"


@pytest.mark.usefixtures("sample_database")
@pytest.mark.parametrize("section", ["Summary", "Timeline", "Speed", "Reaction", "Reputation", "People", "Decide"])
def test_each_section_is_one_screen_without_chrome(open_page: Any, section: str) -> None:
    page = healthy(open_page("crisis_review", crisis=COMMENTS, section=section, present="1"))
    assert len(page.title) == 1
    assert len(page.get("plotly_chart")) == (section != "Decide")
    assert "Every person, company and figure here is invented." not in said(page)
    assert not page.get("page_link")
    first, last = section == "Summary", section == "Decide"
    steps = {button.label: button.disabled for button in page.button if button.label in ("Previous", "Next")}
    assert steps == {"Previous": first, "Next": last}


@pytest.mark.usefixtures("small")
def test_a_crisis_of_which_little_is_known_is_presented_too(open_page: Any) -> None:
    crisis("bare", title="x" * 200 + " שלום 🙈")
    for section in ("Summary", "Speed", "People", "Decide", "no such section"):
        page = healthy(open_page("crisis_review", section=section, present="1"))
        assert len(page.title) == 1


@pytest.mark.usefixtures("small")
def test_without_a_crisis_there_is_nothing_to_present(open_page: Any) -> None:
    assert alerts(healthy(open_page("crisis_review", present="1"))) == ["There is no crisis to review yet."]


# --- decided ------------------------------------------------------------------------------------------------------------


def held(*decisions: Decided) -> int:
    with writing() as session:
        return reviews.take_down(
            session, ADMIN, "thread", 0, held_on=date(2026, 5, 4), functions=["PR", "Legal"], decisions=decisions
        )


@pytest.mark.usefixtures("small")
def test_what_is_typed_is_saved_and_stands_after_a_reload(open_page: Any) -> None:
    log("thread", *LOG)
    page = healthy(open_page("crisis_review", section="Decide"))
    assert "The review is not held yet; it was due by 8 April 2026." in said(page)
    assert {b.label: b.disabled for b in page.button if b.label in ("Save", "Sign off…")} == {"Save": True, "Sign off…": True}  # fmt: skip
    page.date_input[0].set_value(date(2026, 5, 4))
    page.multiselect[0].set_value(["PR", "Legal"])
    page = healthy(page.run())
    assert "Not saved yet." in said(page)
    page = press(page, "Save")
    assert "The review was held on 4 May 2026 by PR and Legal; it is not signed yet." in said(page)
    page = healthy(open_page("crisis_review", section="Decide"))
    assert page.date_input[0].value == date(2026, 5, 4)
    assert page.multiselect[0].value == ["PR", "Legal"]


@pytest.mark.usefixtures("small")
def test_what_is_typed_outlives_a_look_at_another_section(open_page: Any) -> None:
    log("thread", *LOG)
    page = healthy(open_page("crisis_review", section="Decide"))
    page.multiselect[0].set_value(["PR"])
    page = healthy(page.run())
    page = healthy(page.button_group[0].set_value("Speed").run())
    page = healthy(page.button_group[0].set_value("Decide").run())
    assert page.multiselect[0].value == ["PR"]
    assert "Not saved yet." in said(page)


@pytest.mark.usefixtures("small")
def test_two_who_type_at_once_are_told_and_choose(open_page: Any) -> None:
    log("thread", *LOG)
    page = healthy(open_page("crisis_review", section="Decide"))
    page.multiselect[0].set_value(["HR"])
    page = healthy(page.run())
    held(NIGHT)
    page = healthy(page.run())
    assert any("Somebody saved this review meanwhile" in alert for alert in alerts(page))
    assert page.multiselect[0].value == ["HR"]
    kept = press(page, "Keep mine, to save over theirs")
    kept = press(kept, "Save")
    with reading() as session:
        now = meeting(session, ADMIN, "thread")
    assert (now.version, now.functions, len(now.decisions)) == (2, ("HR",), 0)


@pytest.mark.usefixtures("small")
def test_theirs_can_be_taken_instead(open_page: Any) -> None:
    log("thread", *LOG)
    page = healthy(open_page("crisis_review", section="Decide"))
    page.multiselect[0].set_value(["HR"])
    page = healthy(page.run())
    held(NIGHT)
    page = press(healthy(page.run()), "Show theirs, drop mine")
    assert page.multiselect[0].value == ["PR", "Legal"]
    assert "1 decision, each with a function and a due date." in said(page)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(("role", "types", "signs"), [(Role.LEADERSHIP, True, True), (Role.LEGAL, True, True), (Role.ANALYST, True, False), (Role.HR, False, False)])  # fmt: skip
def test_who_types_and_who_signs(open_page: Any, seen_by: Any, role: Role, types: bool, signs: bool) -> None:
    log("thread", *LOG)
    held(NIGHT)
    seen_by(role)
    page = healthy(open_page("crisis_review", section="Decide"))
    assert bool(page.date_input) is types
    assert ("Sign off…" in labels(page)) is signs
    if not types:
        assert list(frames(page)[0]["text"]) == ["Watch at night"]


# --- signed -------------------------------------------------------------------------------------------------------------


def signed(reservations: str | None = None) -> None:
    version = held(NIGHT, Decided("Train"))
    with reading() as session:
        as_of = state.as_of(session)
    sign(Viewer("Ada", Role.LEADERSHIP), "thread", version, frozen(ADMIN, "thread", as_of), reservations)


@pytest.mark.usefixtures("small")
def test_the_dialog_lists_what_freezes_and_signs(open_page: Any) -> None:
    log("thread", *LOG)
    held(NIGHT, Decided("Train"))
    page = press(open_page("crisis_review", section="Decide"), "Sign off…")
    told = said(page)
    for line in ("definitions of what they mean", "settings, and data version 2", "2 decisions and who was present"):
        assert line in told
    assert "Signed by local user for admin. A signature can't be taken back." in told
    assert "1 decision has no function or no due date." in alerts(page)
    page.text_area[0].set_value("Costs are a guess")
    page = press(page, "Sign and freeze")
    page = healthy(open_page("crisis_review", section="Decide"))
    assert "Signed by local user on" in page.subheader[0].value
    assert "with reservations" in page.subheader[0].value
    assert "Reservations: Costs are a guess" in said(page)
    assert any(alert.startswith("Every number is as it was signed") for alert in alerts(page))
    assert not page.date_input


@pytest.mark.usefixtures("small")
def test_after_signing_the_page_shows_what_differs_and_what_was_signed(open_page: Any) -> None:
    log("thread", *LOG)
    signed()
    log("thread", "2026-03-02 11:00 statement audience=public", name="late.csv")
    page = healthy(open_page("crisis_review", section="Decide"))
    assert any("from those signed" in alert for alert in alerts(page))
    table = next(frame for frame in frames(page) if "Why" in frame).set_index("Number")
    assert table.loc["Time to first statement"].drop("Of", errors="ignore").to_list() == [
        "3 h", "2 h", "import 2 (late.csv, row 2)",
    ]  # fmt: skip
    page = opened_popover(page, "as_signed")
    old = next(frame for frame in frames(page) if "Defined as" in frame).set_index("Number")
    assert old.loc["Time to first statement", "Signed"] == "3 h"
    assert ":green-badge[Signed]" in [m.value for m in page.markdown]


@pytest.mark.usefixtures("small")
def test_a_review_signed_with_an_older_version_opens_and_compares(open_page: Any) -> None:
    log("thread", *LOG)
    signed()
    gone = {"id": "time_to_apologise", "label": "Time to apologise", "value": 4, "unit": "hours", "status": "ok"}
    _repack({"metrics": [gone], "definitions": [], "as_of": "long ago"})
    page = opened_popover(healthy(open_page("crisis_review", section="Decide")), "as_signed")
    table = next(frame for frame in frames(page) if "Why" in frame)
    assert table.to_numpy().tolist() == [
        ["Time to apologise", "4 h", "no longer measured", "this version of Aftermath does not know the number"]
    ]
    assert re.search(r"Not in the signed pack, so not compared: .*Time to first statement", said(page))
    assert list(frames(page)[-1]["Signed"]) == ["4 h"]
    _repack(None)
    page = opened_popover(healthy(open_page("crisis_review", section="Decide")), "as_signed")
    assert "No number was frozen with this signature, so none can be compared." in alerts(page)


def _repack(pack: dict[str, Any] | None) -> None:
    """Let another version have frozen another pack, or none."""
    with writing() as session:
        session.exec(update(Review).values(pack=pack))


@pytest.mark.usefixtures("small")
def test_legal_countersigns_on_the_page(open_page: Any, seen_by: Any) -> None:
    log("thread", *LOG)
    with writing() as session:
        session.exec(update(Crisis).values(countersign=True, privilege_banner="Privileged"))
    signed()
    seen_by(Role.LEADERSHIP)
    page = healthy(open_page("crisis_review", section="Decide"))
    assert "Legal has not countersigned yet" in page.subheader[0].value
    assert "Countersign for Legal" not in labels(page)
    assert any("Privileged" in m.value for m in page.markdown)
    seen_by(Role.LEGAL)
    page = press(open_page("crisis_review", section="Decide"), "Countersign for Legal")
    assert "countersigned for Legal by somebody on" in page.subheader[0].value


# --- the table while it is typed in ---------------------------------------------------------------------------------------


def test_cells_written_rows_added_and_rows_deleted() -> None:
    kept = Decided("Train", None, None, None, 7)
    changes = {
        "edited_rows": {"1": {"text": " Train all ", "due_on": "2026-09-01"}},
        "added_rows": [{}, {"text": "Hire", "cost": "€ 5"}, {"function": "HR"}],
        "deleted_rows": [0],
    }
    assert minutes.edited((NIGHT, kept), changes) == (
        Decided("Train all", None, date(2026, 9, 1), None, 7),
        Decided("Hire", None, None, "€ 5"),
        Decided("", "HR"),
    )
    cleared = {"edited_rows": {0: {"function": None, "due_on": None, "cost": ""}}}
    assert minutes.edited((NIGHT,), cleared) == (Decided("Watch at night"),)
    assert minutes.edited((), {"edited_rows": {0: {"text": "First"}}}) == (Decided("First"),)
    assert minutes.edited((), {}) == ()


def test_what_was_saved_keeps_its_number_although_the_table_is_not_drawn_anew() -> None:
    night, train = replace(NIGHT, decision_id=1), Decided("Train", decision_id=2)
    basis = (None, (), (night, train, Decided("Hire", decision_id=3)))
    typed = (night, Decided("Hire"), Decided("Train all"), Decided("Write"))
    draft = minutes.Draft("thread", 1, None, (), typed, basis=basis)
    assert [row.decision_id for row in minutes.numbered(draft)] == [1, 3, 2, None]
    assert minutes.differs(draft, basis)
    assert not minutes.differs(replace(draft, rows=(NIGHT, Decided("Train"), Decided("Hire"))), basis)


@pytest.mark.usefixtures("small")
def test_saving_leaves_the_table_in_which_somebody_is_typing(open_page: Any) -> None:
    log("thread", *LOG)
    page = healthy(open_page("crisis_review", section="Decide"))
    page.multiselect[0].set_value(["PR"])
    key = page.multiselect[0].key
    page = press(healthy(page.run()), "Save")
    assert (page.multiselect[0].key, page.multiselect[0].value) == (key, ["PR"])
    assert "Not saved yet." not in said(page)
    page.multiselect[0].set_value(["PR", "HR"])
    page = press(healthy(page.run()), "Save")
    with reading() as session:
        assert meeting(session, ADMIN, "thread").functions == ("PR", "HR")
    held_by_another = meeting_version()
    with writing() as session:
        reviews.take_down(
            session, ADMIN, "thread", held_by_another, held_on=None, functions=["Legal"], decisions=[NIGHT]
        )
    page = healthy(page.run())
    assert page.multiselect[0].value == ["Legal"], "nothing was unsaved here, so theirs is shown"


def meeting_version() -> int:
    with reading() as session:
        return meeting(session, ADMIN, "thread").version


def test_the_table_begins_with_a_row_to_type_in_and_keeps_its_types() -> None:
    empty, full = minutes.table(()), minutes.table((NIGHT, Decided("Train")))
    assert len(empty) == 1
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()
    assert list(full["text"]) == ["Watch at night", "Train"]
    assert full["function"].tolist()[1] is None
