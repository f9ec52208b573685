from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from data.access import LOCAL
from data.engine import reading
from data.enums import Role
from data.queries.state import info
from importers import rejects
from importers.context import Options
from importers.pipeline import Upload, preview
from tests.pages.looking import alerts, frames, healthy, said, title
from tests.small import event, log, table

GOOD = table([event("thread", "2026-03-02 08:00 posted"), event("thread", "2026-03-02 09:00 detected")])
BAD = table([event("thread", "2026-03-02 08:00 posted"), {"crisis": "thread", "occurred_at": "32/13/2026", "milestone": "detected"}])  # fmt: skip
#: Both dates can be read either way.
UNCLEAR = b"crisis;occurred_at;milestone\nthread;03/04/2026 08:00;posted\nthread;05/04/2026 09:00;detected\n"


def counts() -> dict[str, int]:
    with reading() as session:
        return info(session)["counts"]


def with_files(page: AppTest, **files: bytes) -> AppTest:
    for name, content in files.items():
        page.file_uploader[0].upload(name.replace("_csv", ".csv"), content, "text/csv")
    return healthy(page.run())


def row(page: AppTest, number: int = 0) -> dict[str, Any]:
    return frames(page)[0].iloc[number].to_dict()


@pytest.fixture
def page(small: str, open_page: Any) -> AppTest:
    return healthy(open_page("import"))


def test_before_anything_is_uploaded(page: AppTest) -> None:
    assert title(page) == "Import"
    assert "Nothing is saved before you say so" in said(page)
    assert len(page.get("download_button")) == 8  # our templates


def test_a_good_file_is_counted_before_it_is_saved_and_then_saved(page: AppTest) -> None:
    page = with_files(page, log_csv=GOOD)
    assert title(page) == "Nothing is saved yet: 1 file ready"
    assert row(page) == {
        "File": "log.csv", "Recognised as": "the incidents template, sheet events", "Rows": 2, "New": 2, "Updated": 0,
        "Already here": 0, "Rejected": 0, "Skipped": 0, "State": "ready",
    }  # fmt: skip
    assert alerts(page) == ["Every row can be taken."]
    assert counts()["event"] == 0
    page = healthy(page.button(key="apply").click().run())
    assert counts() == counts() | {"event": 2, "crisis": 1, "batch": 1}
    assert "2 rows new, 0 updated, 0 rejected." in alerts(page)
    assert [link.label for link in page.get("page_link")] == ["Open the crisis review", "See it in History"]
    assert title(page) == "Import"


def test_a_file_with_a_bad_row_gives_that_row_back(page: AppTest) -> None:
    page = with_files(page, log_csv=BAD)
    assert (row(page)["New"], row(page)["Rejected"]) == (1, 1)
    issues = frames(page)[1]
    assert issues[["Row", "Column", "Value"]].to_numpy().tolist() == [[3, "occurred_at", "32/13/2026"]]
    (download,) = page.get("download_button")
    assert download.label == "Download 1 rejected row"
    book = openpyxl.load_workbook(BytesIO(rejects.workbook(preview(Upload("log.csv", BAD), Options(), LOCAL))))
    assert "32/13/2026" in [cell.value for line in book.worksheets[0].iter_rows() for cell in line]
    page = healthy(page.button(key="apply").click().run())
    assert counts()["event"] == 1
    assert "Download the rejected rows" in [button.label for button in page.get("download_button")]


@pytest.mark.parametrize(
    "content", [b"hello,world\n1,2\n", b"\x00\x01\x02\x03" * 50, b"", b"crisis,occurred_at,milestone\n"]
)
def test_a_file_that_can_t_be_read_says_why_and_can_t_be_saved(page: AppTest, content: bytes) -> None:
    page = with_files(page, log_csv=content)
    assert title(page) == "Nothing is saved yet: 0 files ready, 1 file to correct"
    assert row(page)["State"] == "can't be read"
    assert len(page.error) == 1
    assert page.button(key="apply").disabled
    assert counts()["batch"] == 0


def test_several_files_are_tried_each_on_its_own_and_saved_together(page: AppTest) -> None:
    other = table([event("other", "2026-04-02 08:00 posted")])
    page = with_files(page, log_csv=GOOD, other_csv=other, bad_csv=b"hello,world\n1,2\n")
    assert title(page) == "Nothing is saved yet: 2 files ready, 1 file to correct"
    assert frames(page)[0]["State"].tolist() == ["ready", "ready", "can't be read"]
    page = healthy(page.button(key="apply").click().run())
    assert counts() == counts() | {"crisis": 2, "event": 3, "batch": 2}


def test_two_files_of_one_name_are_two_files(page: AppTest) -> None:
    page.file_uploader[0].upload("log.csv", GOOD).upload("log.csv", BAD)
    page = healthy(page.run())
    assert frames(page)[0]["File"].tolist() == ["log.csv", "log.csv"]
    page.session_state["files_2"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    assert alerts(healthy(page.run())) == ["Every row can be taken."]


def test_a_file_that_asks_which_date_comes_first_is_read_again_with_the_answer(page: AppTest) -> None:
    page = with_files(page, log_csv=UNCLEAR)
    assert row(page)["State"] == "can't be read"
    assert page.button(key="apply").disabled
    page.selectbox[2].select("mdy")
    (again,) = (button for button in page.button if button.label == "Read it again")
    page = healthy(again.click().run())
    assert row(page)["State"] == "ready"
    page = healthy(page.button(key="apply").click().run())
    with reading() as session:
        from data.access import Viewer
        from data.queries.crises import events

        days = events(session, Viewer("t", Role.ADMIN))["earliest"].dt.strftime("%Y-%m-%d").tolist()
    assert days == ["2026-03-04", "2026-05-04"]


def test_a_file_that_was_imported_before_changes_nothing(page: AppTest) -> None:
    page = with_files(page, log_csv=GOOD)
    page = healthy(page.button(key="apply").click().run())
    page = with_files(page, log_csv=GOOD)
    assert row(page)["State"] == "already imported"
    assert "imported already" in alerts(page)[-1]
    assert page.button(key="apply").disabled


def test_a_file_whose_rows_are_all_here_brings_nothing_new(page: AppTest) -> None:
    log("thread", "2026-03-02 08:00 posted", "2026-03-02 09:00 detected", name="first.csv")
    page = with_files(page, log_csv=GOOD.replace(b"posted", b"Posted"))
    assert (row(page)["State"], row(page)["Already here"]) == ("nothing new", 2)
    assert alerts(page) == ["Everything in this file is here already: there is nothing to do."]
    assert page.button(key="apply").disabled


def test_discard_forgets_the_files_and_what_was_imported_before(page: AppTest) -> None:
    page = healthy(with_files(page, log_csv=GOOD).button(key="apply").click().run())
    page = with_files(page, log_csv=BAD)
    page = healthy(page.button(key="discard").click().run())
    assert title(page) == "Import"
    assert alerts(page) == []
    assert counts()["event"] == 2
    assert not page.file_uploader[0].value


def test_what_another_session_wrote_meanwhile_is_counted_anew(page: AppTest) -> None:
    page = with_files(page, log_csv=GOOD)
    assert row(page)["New"] == 2
    log("thread", "2026-03-02 08:00 posted", name="meanwhile.csv")
    page = healthy(page.run())
    assert (row(page)["New"], row(page)["Already here"]) == (1, 1)


def test_hr_may_import_surveys_and_no_log(page: AppTest, open_page: Any, seen_by: Any) -> None:
    seen_by(Role.HR)
    page = with_files(open_page("import"), log_csv=GOOD)
    assert row(page)["State"] == "can't be read"
    assert page.button(key="apply").disabled


def test_a_survey_shows_no_answer(page: AppTest) -> None:
    rows = [{"wave": "Q1", "question": "Proud?", "answer": str(4), "respondent": "jane", "scale_min": 1, "scale_max": 5, "comment": "Zanzibar"}] * 1  # fmt: skip
    page = with_files(page, survey_csv=table([*rows, rows[0] | {"answer": "77", "respondent": "joe"}]))
    shown = said(page) + "".join(frame.to_csv() for frame in frames(page))
    assert "Zanzibar" not in shown
    assert "77" not in shown
    assert "jane" not in shown
