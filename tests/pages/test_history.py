from __future__ import annotations

from typing import Any

import pytest

from data.access import LOCAL
from data.commands import batches
from data.engine import reading, writing
from data.enums import Role
from data.queries.batches import sheets
from data.queries.state import info
from tests.pages.looking import alerts, frames, healthy, said, title
from tests.small import bring, crisis, log, survey


def counts() -> dict[str, int]:
    with reading() as session:
        return info(session)["counts"]


@pytest.mark.usefixtures("sample_database")
def test_every_import_is_listed_and_one_opens_from_its_address(open_page: Any) -> None:
    page = healthy(open_page("history"))
    assert title(page) == "History"
    assert len(frames(page)[0]) > 20
    page = healthy(open_page("history", batch="3"))
    listed, rows = frames(page)
    assert listed["file"].tolist() == ["incident_log.xlsx · crises", "incident_log.xlsx · events"]
    assert set(rows["sheet"]) == {"crises", "events"}
    assert "2025-03-thread" in " ".join(rows["content"])
    assert page.query_params["batch"] == "3"


@pytest.mark.usefixtures("sample_database")
def test_of_a_survey_no_row_is_shown(open_page: Any) -> None:
    with reading() as session:
        surveys = sheets(session, LOCAL)
    batch = surveys.loc[surveys["kind"] == "survey", "batch"].iloc[0]
    page = healthy(open_page("history", batch=str(batch)))
    assert "stops at the file" in alerts(page)[0]
    assert all("content" not in frame for frame in frames(page))


@pytest.mark.usefixtures("small")
def test_undo_asks_first_and_then_takes_the_rows_back(open_page: Any) -> None:
    log("a", "2026-03-02 09:00 posted", name="a.csv")
    log("b", "2026-03-03 09:00 posted", name="b.csv")
    page = open_page("history", batch="2")
    page = healthy(page.button(key="undo").click().run())
    assert "Everything that import 2 (b.csv) brought or changed is taken back" in said(page)
    assert counts()["crisis"] == 2
    page = healthy(page.button(key="confirm_undo").click().run())
    assert counts() == counts() | {"crisis": 1, "event": 1, "batch": 1}
    page = healthy(page.run())
    assert frames(page)[0]["status"].tolist() == ["undone"]
    assert [button.label for button in page.button] == []


@pytest.mark.usefixtures("small")
def test_undo_that_another_did_already_is_harmless(open_page: Any) -> None:
    log("a", "2026-03-02 09:00 posted", name="a.csv")
    page = open_page("history", batch="1")
    page = page.button(key="undo").click().run()
    with writing() as session:
        batches.undo(session, LOCAL, 1)
    page = healthy(page.button(key="confirm_undo").click().run())
    assert counts()["event"] == 0


@pytest.mark.usefixtures("small")
def test_a_crisis_whose_import_is_undone_is_no_longer_chosen(open_page: Any) -> None:
    log("a", "2026-03-02 09:00 posted", name="a.csv")
    log("b", "2026-03-03 09:00 posted", name="b.csv")
    page = open_page("crisis_review", crisis="b")
    with writing() as session:
        batches.undo(session, LOCAL, 2)
    page = healthy(page.run())
    assert page.query_params["crisis"] in ("a", ["a"])


@pytest.mark.usefixtures("small")
def test_what_was_wrong_with_a_file_is_kept(open_page: Any) -> None:
    from importers.context import Options
    from importers.pipeline import Upload, apply

    content = b"crisis,occurred_at,milestone\na,2026-03-02 09:00,posted\na,32/13/2026,posted\n"
    apply(Upload("log.csv", content), Options(), LOCAL)
    issues, rows = frames(healthy(open_page("history", batch="1")))[1:]
    assert issues["row"].tolist() == [3]
    assert issues["value"].tolist() == ["32/13/2026"]
    assert len(rows) >= 1


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("asked", ["99", "abc"])
def test_an_import_that_does_not_exist_is_said(open_page: Any, asked: str) -> None:
    log("a", "2026-03-02 09:00 posted")
    page = healthy(open_page("history", batch=asked))
    assert alerts(page) == [f"There is no batch “{asked}” here."]
    assert len(frames(page)) == 1


@pytest.mark.usefixtures("small")
def test_without_an_import_it_leads_to_import(open_page: Any) -> None:
    page = healthy(open_page("history"))
    assert alerts(page) == ["Nothing was imported yet."]
    assert [link.label for link in page.get("page_link")] == ["Import spreadsheets"]


@pytest.mark.usefixtures("small")
def test_hr_sees_surveys_and_culture_alone(open_page: Any, seen_by: Any) -> None:
    log("a", "2026-03-02 09:00 posted")
    survey("Q1", "2026-02-10", {"Proud?": [5, 4, 3, 2, 1]})
    bring("culture.csv", [{"date": "2026-02-10", "kind": "workshop", "department": "Support"}])
    seen_by(Role.HR)
    page = healthy(open_page("history"))
    assert set(frames(page)[0]["file"]) == {"Q1.csv", "culture.csv"}
    page = healthy(open_page("history", batch="1"))
    assert alerts(page) == ["There is no batch “1” here."]
    assert not page.button


@pytest.mark.usefixtures("small")
def test_the_rows_of_a_restricted_crisis_are_not_shown_to_others(open_page: Any, seen_by: Any) -> None:
    crisis("secret", title="Zanzibar", restricted_to="legal")
    log("secret", "2026-03-02 09:00 posted", name="log.csv")
    seen_by(Role.ANALYST)
    for batch in ("1", "2"):
        page = healthy(open_page("history", batch=batch))
        assert "Zanzibar" not in said(page)
        assert frames(page)[-1].empty


@pytest.mark.usefixtures("sample_database")
def test_a_link_from_a_number_shows_its_rows_alone(open_page: Any) -> None:
    page = healthy(open_page("history", batch="3", sheet="events", rows="4, 9–10"))
    rows = frames(page)[1]
    assert set(rows["sheet"]) == {"events"}
    assert set(rows["row"]) == {4, 9, 10}
    page = healthy(page.button(key="all_rows").click().run())
    assert len(frames(page)[1]) > 70
