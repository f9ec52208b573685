"""A signed review: its numbers stay as they were, and what is otherwise now is told with its cause."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from sqlmodel import select, update

from data.access import Viewer
from data.commands import batches, reviews
from data.commands.reviews import Decided, ReviewRefused
from data.engine import reading, writing
from data.enums import Role
from data.queries.reviews import meeting
from data.settings import load
from data.tables import Review
from metrics.estimate import Status
from reports.__main__ import main
from reports.sections.differences import Difference, headline
from reports.sections.frozen import numbers
from reports.signing import frozen, sign, since_signed
from tests.small import ADMIN, bring, crisis, event, front, log, moment, posts, setting, survey

LEAD = Viewer("Ada", Role.LEADERSHIP)
AS_OF = "2026-06-01 12:00"
LOG = (
    "2026-03-02 08:00 posted", "2026-03-02 09:00 detected", "2026-03-02 12:00 statement audience=public",
    "2026-03-09 12:00 resolved",
)  # fmt: skip


def told(*lines: str, **how: Any) -> None:
    log("thread", *lines, **how)


def hold(viewer: Viewer = ADMIN) -> int:
    """Hold the review with one decision; gives its version."""
    with reading() as session:
        version = meeting(session, viewer, "thread").version
    decisions = [Decided("Watch at night", "PR", date(2026, 7, 1))]
    with writing() as session:
        return reviews.take_down(
            session, viewer, "thread", version, held_on=date(2026, 5, 4), functions=["PR"], decisions=decisions
        )


def signed(viewer: Viewer = ADMIN, as_of: str = AS_OF) -> None:
    sign(viewer, "thread", hold(viewer), frozen(viewer, "thread", moment(as_of)))


def changed(as_of: str = AS_OF, viewer: Viewer = LEAD) -> list[Difference]:
    with reading() as session:
        return since_signed(session, viewer, "thread", moment(as_of))[1]


def by_label(found: list[Difference]) -> dict[str, Difference]:
    return {one.label: one for one in found}


# --- what is frozen ---------------------------------------------------------------------------------------------------


def test_a_signature_freezes_numbers_definitions_data_version_and_settings(
    database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told(*LOG)
    setting("targets.time_to_first_statement", "2.5")
    signed()
    assert changed() == []
    told("2026-03-02 10:00 statement audience=public", name="late.csv")
    assert main(["--pack", "1"]) == 0
    pack = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    statement = next(m for m in pack["metrics"] if m["id"] == "time_to_first_statement")
    assert (statement["value"], statement["target"]) == (3.0, 2.5)
    assert pack["definitions"]["time_to_first_statement"]["unit"] == "hours"
    assert pack["definitions"].keys() == {m["id"] for m in pack["metrics"]}
    assert pack["settings"]["targets.time_to_first_statement"] == 2.5
    with reading() as session:
        assert pack["settings"] == load(session).as_dict()
    assert pack["data_version"] == 3
    assert [d["text"] for d in pack["decisions"]] == ["Watch at night"]
    assert (pack["signed"]["by"], pack["signed"]["review"]) == ("test", 1)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("number", ["1", "7"])
def test_a_pack_that_was_not_signed_is_refused(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    told(*LOG)
    hold()
    assert main(["--pack", number]) == 1
    assert capsys.readouterr().err == f"There is no signed review {number}.\n"


@pytest.mark.usefixtures("small")
def test_the_pack_of_a_restricted_crisis_exists_only_for_its_readers(capsys: pytest.CaptureFixture[str]) -> None:
    crisis("thread", restricted_to="legal")
    told(*LOG)
    signed()
    assert main(["--pack", "1"]) == 1
    assert main(["--pack", "1", "--role", "legal"]) == 0


@pytest.mark.usefixtures("small")
def test_a_signed_pack_tells_nothing_of_crises_that_some_of_its_readers_may_not_see() -> None:
    crisis("secret", restricted_to="legal")
    log("secret", "2026-01-02 08:00 posted", "2026-01-02 09:00 detected", "2026-01-02 09:30 statement audience=public", name="s.csv")  # fmt: skip
    told(*LOG)
    for viewer in (ADMIN, LEAD, Viewer("Lex", Role.LEGAL)):
        pack = frozen(viewer, "thread", moment(AS_OF))
        assert not any("earlier cris" in finding["text"] for finding in pack["findings"]), viewer
        assert "secret" not in json.dumps(pack)


@pytest.mark.usefixtures("small")
def test_what_changed_while_the_dialog_was_open_is_not_signed_unseen() -> None:
    told(*LOG)
    version = hold()
    pack = frozen(ADMIN, "thread", moment(AS_OF))
    told("2026-03-02 10:00 statement audience=public", name="late.csv")
    with pytest.raises(ReviewRefused, match="The data changed while you were reading"):
        sign(ADMIN, "thread", version, pack)


# --- what differs, and why ----------------------------------------------------------------------------------------------


def test_an_import_is_named_with_its_rows(database: str) -> None:
    told(*LOG)
    signed()
    told("2026-03-02 11:00 statement audience=public", name="late.csv")
    found = by_label(changed())
    assert found["Time to first statement"] == Difference(
        "Time to first statement", None, "3 h", "2 h", "import 2 (late.csv, row 2)"
    )
    assert "Time to detect" not in found
    assert headline([*found.values()]) == f"{len(found)} numbers differ from those signed."


@pytest.mark.usefixtures("small")
def test_an_undone_import_is_named() -> None:
    told(*LOG)
    told("2026-03-02 11:00 statement audience=public", name="early.csv")
    signed()
    with writing() as session:
        batches.undo(session, ADMIN, 2)
    one = by_label(changed())["Time to first statement"]
    assert (one.signed, one.present, one.why) == ("2 h", "3 h", "import 2 (early.csv) was undone")


@pytest.mark.usefixtures("small")
def test_an_import_that_was_undone_again_leaves_nothing() -> None:
    told(*LOG)
    signed()
    told("2026-03-02 11:00 statement audience=public", name="late.csv")
    with writing() as session:
        batches.undo(session, ADMIN, 2)
    assert changed() == []


@pytest.mark.usefixtures("small")
def test_a_setting_is_named_with_both_values() -> None:
    told(*LOG)
    signed()
    setting("targets.time_to_first_statement", "2.5")
    (one,) = changed()
    assert (one.signed, one.present) == ("3 h", "3 h, target 2 h 30 min")
    assert one.why == "setting targets.time_to_first_statement was not set, is 2.5"
    assert headline([one]) == "1 number differs from those signed."


@pytest.mark.usefixtures("small")
def test_that_time_went_on_is_no_correction() -> None:
    told(*LOG[:2])
    signed()
    one = by_label(changed("2026-06-03 12:00"))["Time to first statement"]
    assert (one.signed, one.present) == ("at least 91 days 3 h", "at least 93 days 3 h")
    assert one.why == "time went on: seen from 3 June 2026, not 1 June 2026"
    assert one.ran_on
    found = changed("2026-06-03 12:00")
    assert headline(found) == f"Every number is as it was signed; {len(found)} numbers ran on with time."
    told("2026-03-02 08:30 detected", name="late.csv")
    found = changed("2026-06-03 12:00")
    late = sum(not one.ran_on for one in found)
    assert late
    assert [one.ran_on for one in found] == sorted(one.ran_on for one in found)
    assert headline(found) == f"{late} numbers differ from those signed; {len(found) - late} more ran on with time."


@pytest.mark.usefixtures("small")
def test_a_definition_that_changed_is_said() -> None:
    told(*LOG)
    signed()
    _repack(definitions={"time_to_first_statement": {"unit": "minutes"}}, value=180.0, unit="minutes")
    one = by_label(changed())["Time to first statement"]
    assert (one.signed, one.present) == ("180 minutes", "3 h")
    assert one.why == "it is defined otherwise in this version of Aftermath"


@pytest.mark.usefixtures("small")
def test_two_numbers_that_read_alike_are_told_apart() -> None:
    told(*LOG)
    signed()
    _repack(value=3.000001)
    one = by_label(changed())["Time to first statement"]
    assert (one.signed, one.present) == ("3 h (3.000001)", "3 h (3.0)")


def _repack(definitions: dict[str, Any] | None = None, **statement: Any) -> None:
    """Change the stored pack as another version of Aftermath might have written it."""
    with writing() as session:
        pack = json.loads(json.dumps(session.exec(select(Review.pack)).one()))
        pack["definitions"] |= definitions or {}
        next(m for m in pack["metrics"] if m["id"] == "time_to_first_statement").update(statement)
        session.exec(update(Review).values(pack=pack))


# --- packs of other versions --------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "pack",
    [
        {},
        {"metrics": None, "definitions": None, "settings": None, "as_of": None},
        {"metrics": ["words", {}, {"id": "time_to_first_statement"}]},
        {"metrics": [{"id": "gone", "label": "Gone", "value": "soon", "unit": "date", "status": "ok", "group": None}]},
        {"metrics": [{"id": "gone", "value": 3, "unit": "furlongs", "status": "novel", "sources": None, "extra": 1}]},
        {"metrics": {"time_to_detect": 3}, "definitions": [], "settings": "none", "as_of": "Tuesday"},
        {"metrics": [{"id": "x", "value": [1], "n": "12 of 30", "status": "ok", "group": ["X"], "sources": []}]},
        {"metrics": [{"id": "x", "value": 2**70, "reason": 5, "sources": {"files": ["a.csv"]}, "target": "soon"}]},
        {"metrics": [{"id": "time_to_detect", "value": 2, "unit": None}], "as_of": "2026-05-01T12:00:00"},
        {"metrics": [{"id": "time_to_detect", "value": 1, "unit": "hours", "status": "ok", "sources": {"files": [{}]}}]},
    ],
)  # fmt: skip
def test_a_pack_of_an_older_version_stays_readable(pack: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    told(*LOG)
    signed()
    with writing() as session:
        session.exec(update(Review).values(pack=pack))
    found = changed()
    assert all(one.signed and one.present and one.why for one in found)
    assert main(["--pack", "1"]) == 0
    assert json.loads(capsys.readouterr().out).items() >= pack.items()


@pytest.mark.usefixtures("small")
def test_a_number_that_is_gone_and_one_that_is_new_are_told_apart() -> None:
    told(*LOG)
    signed()
    with writing() as session:
        pack = json.loads(json.dumps(session.exec(select(Review.pack)).one()))
        kept = [m for m in pack["metrics"] if m["id"] != "time_to_detect"]
        gone = {"id": "time_to_apologise", "label": "Time to apologise", "value": 4.0, "unit": "hours", "status": "ok"}
        session.exec(update(Review).values(pack=pack | {"metrics": [*kept, gone]}))
    with reading() as session:
        _, found, new = since_signed(session, LEAD, "thread", moment(AS_OF))
    assert found == [
        Difference(
            "Time to apologise", None, "4 h", "no longer measured", "this version of Aftermath does not know the number"
        )
    ]
    assert new == ["Time to detect"]


def test_numbers_keep_what_a_pack_says() -> None:
    told_ = {"id": "gone", "value": None, "status": "suppressed", "reason": "too few", "group": {"wave": "Q1"}}
    (number,) = numbers({"metrics": [told_]}).values()
    assert (number.label, number.survey, number.estimate.status) == ("gone", True, Status.SUPPRESSED)
    assert number.estimate.reason == "too few"


# --- surveys ------------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("small")
def test_a_pack_holds_of_surveys_only_what_was_published() -> None:
    told(*LOG)
    survey("Before", "2026-02-10", {"Proud?": [5, 4, 3, 2, 1] * 6})
    survey("After", "2026-04-10", {"Proud?": [5, 4, 3, 2, 1] * 6, "Fair?": [1, 2, 3]})
    signed()
    with reading() as session:
        pack = session.exec(select(Review.pack)).one() or {}
    fair = [m for m in pack["metrics"] if m["group"].get("question") == "Fair?"]
    assert fair
    assert all((m["status"], m["value"], m["lo"], m["hi"], m["n"]) == ("suppressed", None, None, None, 0) for m in fair)
    assert all(f["rows"] is None for m in pack["metrics"] if "wave" in m["group"] for f in m["sources"]["files"])


@pytest.mark.usefixtures("small")
def test_late_answers_of_a_few_change_nothing_signed_for_they_wait_until_nobody_can_be_told_apart() -> None:
    told(*LOG)
    survey("After", "2026-04-10", {"Proud?": [5, 4, 3, 2, 1] * 6})
    signed()
    about = {"wave": "After", "question": "Proud?", "opened_on": "2026-04-10", "closed_on": "2026-04-10", "scale_min": "1", "scale_max": "5"}  # fmt: skip
    bring("more.csv", [about | {"answer": "5", "respondent": f"late{n}"} for n in range(2)])
    assert [one for one in changed() if one.of is not None and "After" in one.of] == []
    bring("many.csv", [about | {"answer": "5", "respondent": f"later{n}"} for n in range(5)])
    assert "not set beside it" not in {one.present for one in changed()}


# --- the deadline -------------------------------------------------------------------------------------------------------


def test_a_review_past_its_deadline_nags_until_it_is_held(database: str) -> None:
    told(*LOG)
    nag = "Hold the review of thread"
    assert nag in [item.what for item in front(AS_OF).decisions]
    hold()
    assert nag not in [item.what for item in front(AS_OF).decisions]
    assert nag in [item.what for item in front("2026-05-03 12:00").decisions], "before the day on which it was held"


@pytest.mark.usefixtures("small")
def test_posts_of_other_days_are_no_cause() -> None:
    told(*LOG)
    posts("2026-03-02", dict.fromkeys(range(-20, 10), (2, 1)))
    signed()
    bring("other.csv", [event("other", "2026-05-02 08:00 posted")])
    assert changed() == []
