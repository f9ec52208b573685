from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from data.access import LOCAL
from data.commands import batches
from data.engine import reading, writing
from data.enums import Role
from data.queries import state
from data.queries.batches import sheets
from data.queries.state import info
from importers import sets
from importers.context import Options
from importers.pipeline import Upload, apply
from pages.components import batch
from tests.pages.looking import alerts, frames, healthy, said, title, words
from tests.small import bring, crisis, event, log, posts, survey, table


def counts() -> dict[str, int]:
    with reading() as session:
        return info(session)["counts"]


def choose(page: Any, key: str, number: int) -> Any:
    """Click a row of a table that opens what it names."""
    page.session_state[key] = {"selection": {"rows": [number], "columns": [], "cells": []}}
    return healthy(page.run())


def bring_set(**files: bytes) -> str:
    """Import these files as one upload; gives the set's id."""
    asked = [sets.Asked(Upload(name.replace("_csv", ".csv"), content)) for name, content in files.items()]
    set_id = sets.apply(asked, LOCAL).set_id
    assert set_id
    return set_id


def sample_log() -> str:
    """The number of the import that brought the sample's incident log."""
    with reading() as session:
        listed = sheets(session, LOCAL)
    return str(listed.loc[listed["file"] == "incident_log.xlsx", "batch"].iloc[0])


A = table([event("a", "2026-03-02 09:00 posted"), event("a", "2026-03-02 10:00 detected")])
B = table([event("b", "2026-03-03 09:00 posted"), {"crisis": "b", "occurred_at": "32/13/2026", "milestone": "update"}])


@pytest.mark.usefixtures("sample_database")
def test_every_import_is_listed_and_one_opens_from_its_address(open_page: Any) -> None:
    page = healthy(open_page("history"))
    assert title(page) == "History"
    assert frames(page)[0]["file"].str.contains("and [0-9]+ more").any()
    number = sample_log()
    page = healthy(open_page("history", batch=number))
    assert f"Import {number}: incident_log.xlsx" in said(page)
    assert "Incidents template, sheet crises and Incidents template, sheet events" in said(page)
    (rows,) = frames(page)
    assert set(rows["sheet"]) == {"crises", "events"}
    assert "2025-03-thread" in " ".join(rows["content"])
    assert page.query_params["batch"] in (number, [number])


@pytest.mark.usefixtures("small")
def test_the_files_of_an_upload_stand_in_one_row_and_open_one_after_another(open_page: Any) -> None:
    log("c", "2026-03-02 09:00 posted", name="c.csv")
    set_id = bring_set(a_csv=A, b_csv=B)
    page = healthy(open_page("history"))
    (listed,) = frames(page)
    assert listed["file"].tolist() == ["a.csv and 1 more", "c.csv"]
    assert listed[["rows", "new", "rejected"]].to_numpy().tolist() == [[4, 3, 1], [1, 1, 0]]
    page = choose(page, "history_sets", 0)
    assert page.query_params["set"] in (set_id, [set_id])
    assert "Two files, 4 rows: 3 new, 0 updated, 0 already here, 1 rejected." in said(page)
    assert frames(page)[0]["file"].tolist() == ["a.csv", "b.csv"]
    page = choose(page, f"history_set_{set_id}", 1)
    assert page.query_params["batch"] in ("3", ["3"])
    assert "Import 3: b.csv" in said(page)
    page = healthy(page.button(key="its_set").click().run())
    assert "Two files, 4 rows" in said(page)
    page = healthy(page.button(key="all_imports").click().run())
    assert len(frames(page)[0]) == 2
    assert not dict(page.query_params)


@pytest.mark.usefixtures("small")
def test_a_set_is_undone_as_a_whole_and_says_so(open_page: Any) -> None:
    set_id = bring_set(a_csv=A, b_csv=B)
    page = healthy(open_page("history", set=set_id))
    page = healthy(page.button(key="undo_set").click().run())
    assert "Everything that the 2 files of this set brought or changed is taken back" in said(page)
    page = healthy(page.button(key="confirm_undo").click().run())
    assert counts() == counts() | {"crisis": 0, "event": 0, "batch": 0}
    page = healthy(page.run())
    assert frames(page)[0]["status"].tolist() == ["undone", "undone"]
    assert "Undone on" in said(page)
    assert "undo_set" not in [button.key for button in page.button]


@pytest.mark.usefixtures("small")
def test_a_set_of_which_one_file_was_taken_back_is_partly_undone(open_page: Any) -> None:
    set_id = bring_set(a_csv=A, b_csv=B)
    with writing() as session:
        batches.undo(session, LOCAL, 1)
    assert frames(healthy(open_page("history")))[0]["status"].tolist() == ["partly undone"]
    page = healthy(open_page("history", set=set_id))
    assert [button.label for button in page.button if button.key == "undo_set"] == ["Undo the set (1 file)"]


@pytest.mark.usefixtures("small")
def test_an_undo_on_which_others_rest_is_refused_with_the_reason(open_page: Any) -> None:
    log("a", "2026-03-02 09:00 posted", name="a.csv")
    bring("gaps.csv", [{"gap": "G1", "title": "No deputy", "section": "Roles", "crisis": "a"}])
    page = open_page("history", batch="1")
    page = healthy(page.button(key="undo").click().run())
    page = healthy(page.button(key="confirm_undo").click().run())
    # What a click in a dialog leaves for the dialog to say; a browser draws only the dialog anew.
    assert "later imports or entries rest on records that only it brought" in page.session_state["undo_refused"]
    assert counts()["crisis"] == 1


@pytest.mark.usefixtures("small")
def test_a_file_says_how_it_was_read(open_page: Any) -> None:
    apply(Upload("log.csv", A), Options(timezone="Europe/Berlin", date_order="dmy"), LOCAL)
    page = healthy(open_page("history", batch="1", view="File"))
    facts = page.table[0].value.iloc[:, 0].to_dict()
    assert facts["Size"] == f"{len(A)} bytes"
    assert facts["SHA-256"].strip("`") == Upload("log.csv", A).sha256
    assert words(facts["Asked for"]) == "date order dmy, timezone Europe/Berlin"
    assert facts["Mapping"] == "none was needed"


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
    assert "Undone on" in said(page)
    assert "Nothing that this import brought is stored any more" in said(page)
    assert [button.key for button in page.button] == ["all_imports"]
    assert frames(healthy(open_page("history")))[0]["status"].tolist() == ["undone", "applied"]


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
    content = b"crisis,occurred_at,milestone\na,2026-03-02 09:00,posted\na,32/13/2026,posted\n"
    apply(Upload("log.csv", content), Options(), LOCAL)
    (rows,) = frames(healthy(open_page("history", batch="1")))
    (issue,) = healthy(open_page("history", batch="1", view="Issues")).table[0].value.to_dict("records")
    assert (issue["Severity"], issue["Row"]) == ("error", "3")
    assert words(issue["What to do"]).startswith("“32/13/2026” is not a date")
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
    for number in ("1", "2"):
        page = healthy(open_page("history", batch=number))
        assert "Zanzibar" not in said(page)
        assert "none of it is for you to see" in said(page)
        assert frames(page) == []


@pytest.mark.usefixtures("sample_database")
def test_a_link_from_a_number_shows_its_rows_alone(open_page: Any) -> None:
    page = healthy(open_page("history", batch=sample_log(), sheet="events", rows="4, 9–10"))
    rows = frames(page)[0]
    assert set(rows["sheet"]) == {"events"}
    assert set(rows["row"]) == {4, 9, 10}
    page = healthy(page.button(key="all_rows").click().run())
    assert len(frames(page)[0]) > 70


@pytest.mark.usefixtures("small")
def test_rejected_rows_are_handed_back_as_they_stood(open_page: Any) -> None:
    bring_set(b_csv=B)
    page = healthy(open_page("history", batch="1", view="Rejected"))
    (download,) = page.get("download_button")
    assert download.label == "Download 1 rejected row"
    assert page.table[0].value["Row"].tolist() == ["3"]
    with reading() as session:
        version = state.data_version(session)
    book = openpyxl.load_workbook(BytesIO(batch._workbook(1, LOCAL, version)))
    header, line = ([cell.value for cell in cells] for cells in book.worksheets[0].iter_rows())
    back = dict(zip(header, line, strict=True))
    assert (back["crisis"], back["occurred_at"], back["Row in your file"]) == ("b", "32/13/2026", 3)
    assert "not a date" in back["What to correct"]


@pytest.mark.usefixtures("small")
def test_rejected_rows_of_stacked_tables_stand_under_their_own_headers(open_page: Any) -> None:
    daily, events = "date,platform,posts\n2026-03-01,X,4\nsoon,X,5\n", "crisis,occurred_at,milestone\nb,later,posted\n"
    survey = "wave,question,answer,scale_min,scale_max\nQ1,Proud?,4,1,5\nQ1,Proud?,77,1,5\n"
    bring_set(all_csv=f"{daily}\n{events}b,2026-03-01 09:00,posted\n\n{survey}".encode())
    page = healthy(open_page("history", batch="1", view="File"))
    assert page.table[0].value.loc["Recognised as", "value"].count("emplate") == 3
    with reading() as session:
        version = state.data_version(session)
    book = openpyxl.load_workbook(BytesIO(batch._workbook(1, LOCAL, version)))
    told = [[cell.value for cell in line][:-1] for sheet in book for line in sheet.iter_rows()]
    ours = "Row in your file"
    assert told == [
        ["date", "platform", "posts", ours], ["soon", "X", "5", 3],
        ["crisis", "occurred_at", "milestone", ours], ["b", "later", "posted", 6],
        [ours], [11],
    ]  # fmt: skip


@pytest.mark.usefixtures("small")
def test_of_a_survey_s_rejected_rows_only_numbers_and_messages_are_handed_back(open_page: Any) -> None:
    answer = {"wave": "Q1", "question": "Proud?", "answer": "4", "respondent": "jane", "scale_min": 1, "scale_max": 5}
    bring_set(survey_csv=table([answer, answer | {"answer": "77", "respondent": "joe", "comment": "Zanzibar"}]))
    healthy(open_page("history", batch="1", view="Rejected"))
    with reading() as session:
        version = state.data_version(session)
    book = openpyxl.load_workbook(BytesIO(batch._workbook(1, LOCAL, version)))
    header, line = ([cell.value for cell in cells] for cells in book.worksheets[0].iter_rows())
    assert header == ["Row in your file", "What to correct"]
    assert line[0] == 3
    assert not {"77", "joe", "Zanzibar"} & set(str(line).split())


@pytest.mark.usefixtures("sample_database")
def test_the_calendar_says_what_is_there_and_what_is_missing(open_page: Any) -> None:
    page = healthy(open_page("history", show="Coverage"))
    assert len(page.get("plotly_chart")) == 1
    assert re.search(r"(Data are missing in \d+ places?|Nothing is missing around the crises)", said(page))
    assert frames(page) == []


@pytest.mark.usefixtures("small")
def test_what_is_missing_around_a_crisis_names_the_day_to_export_from(open_page: Any) -> None:
    log("thread", "2026-03-02 08:00 posted", "2026-03-02 09:00 detected", "2026-03-05 09:00 resolved")
    posts("2026-03-02", dict.fromkeys(range(-2, 5), (4, 1)))
    page = healthy(open_page("history", show="Coverage"))
    assert "Data are missing in" in said(page)
    assert re.search(r"export from \d+ \w+", said(page))
