from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from data.access import LOCAL, Viewer
from data.commands import protected
from data.engine import reading, writing
from data.enums import Role
from data.queries import surveys
from data.queries.crises import events
from data.queries.state import info
from importers import rejects, sets
from importers.context import Options
from importers.pipeline import Upload, apply, preview
from tests.pages.looking import alerts, frames, healthy, markdown, said, title, words
from tests.small import event, log, table

GOOD = table([event("thread", "2026-03-02 08:00 posted"), event("thread", "2026-03-02 09:00 detected")])
BAD = table([event("thread", "2026-03-02 08:00 posted"), {"crisis": "thread", "occurred_at": "32/13/2026", "milestone": "detected"}])  # fmt: skip
OTHER = table([event("other", "2026-04-02 08:00 posted")])
#: Both dates can be read either way.
UNCLEAR = b"crisis;occurred_at;milestone\nthread;03/04/2026 08:00;posted\nthread;05/04/2026 09:00;detected\n"
NO_CRISIS = b"occurred_at,milestone,description\n2026-03-02 08:00,posted,a\n2026-03-02 09:00,detected,b\n"
POSTS = (
    b"posted_at,platform,post_id,text\n2026-03-02 08:00,X,1,I love this wonderful team\n2026-03-02 09:00,X,2,awful\n"
)


def counts() -> dict[str, int]:
    with reading() as session:
        return info(session)["counts"]


def with_files(page: AppTest, **files: bytes) -> AppTest:
    for name, content in files.items():
        page.file_uploader[0].upload(name.replace("_csv", ".csv"), content, "text/csv")
    return healthy(page.run())


def row(page: AppTest, number: int = 0) -> dict[str, Any]:
    return frames(page)[0].iloc[number].to_dict()


def click(page: AppTest, key: str) -> AppTest:
    return healthy(page.button(key=key).click().run())


def select(page: AppTest, number: int) -> AppTest:
    """Choose a row of the table of files."""
    rows = len(frames(page)[0])
    page.session_state[f"files_{rows}"] = {"selection": {"rows": [number], "columns": [], "cells": []}}
    return healthy(page.run())


def views(page: AppTest) -> list[str]:
    """What there is to see of the selected file."""
    return [
        option.content.removeprefix(":gray[").removesuffix("]") for option in page.get("button_group")[-1].proto.options
    ]


def days() -> list[str]:
    with reading() as session:
        return events(session, Viewer("t", Role.ADMIN))["earliest"].dt.strftime("%Y-%m-%d").tolist()


@pytest.fixture
def page(small: str, open_page: Any) -> AppTest:
    return healthy(open_page("import"))


def test_before_anything_is_uploaded(page: AppTest) -> None:
    assert title(page) == "Import"
    assert "Nothing is saved before you say so" in said(page)
    assert len(page.get("download_button")) == 8  # our templates
    page = click(page, "formats")
    listed = frames(page)[0]
    assert set(listed["Kind"]) >= {"Incidents", "Engagement", "Survey"}
    assert "Tweet id" in " ".join(listed["Told by the columns"])


def test_a_good_file_is_counted_before_it_is_saved_and_then_saved(page: AppTest) -> None:
    page = with_files(page, log_csv=GOOD)
    assert title(page) == "Nothing is saved yet: 1 file ready"
    assert row(page) == {
        "File": "log.csv", "Recognised as": "Incidents template, sheet events (sure)", "Rows": "2", "New": "2",
        "Updated": "0", "Already here": "0", "Rejected": "0", "State": "ready",
    }  # fmt: skip
    assert alerts(page) == []
    assert counts()["event"] == 0
    page = click(page, "apply")
    assert counts() == counts() | {"event": 2, "crisis": 1, "batch": 1}
    assert alerts(page) == ["One file, 2 rows: 2 new, 0 updated, 0 already here, 0 rejected."]
    assert [link.label for link in page.get("page_link")] == ["See it in History", "Open the crisis review"]
    assert title(page) == "Import"


def test_a_file_with_a_bad_row_gives_that_row_back(page: AppTest) -> None:
    page = with_files(page, log_csv=BAD)
    assert (row(page)["New"], row(page)["Rejected"]) == ("1", "1")
    (issues,) = page.table[0].value.to_dict("records")
    assert (issues["Row"], words(issues["Column"])) == ("3", "occurred_at")
    assert words(issues["What to do"]).startswith("“32/13/2026” is not a date")
    (download,) = page.get("download_button")
    assert download.label == "Download 1 rejected row"
    book = openpyxl.load_workbook(BytesIO(rejects.workbook(preview(Upload("log.csv", BAD), Options(), LOCAL))))
    assert "32/13/2026" in [cell.value for line in book.worksheets[0].iter_rows() for cell in line]
    page = click(page, "apply")
    assert counts()["event"] == 1
    assert "Download 1 rejected row" in [button.label for button in page.get("download_button")]


@pytest.mark.parametrize("content", [b"PK\x03\x04 no archive", b"", b"crisis,occurred_at,milestone\n"])
def test_a_file_that_can_t_be_read_says_why_and_can_t_be_saved(page: AppTest, content: bytes) -> None:
    page = with_files(page, log_csv=content)
    assert title(page) == "Nothing is saved yet: 0 files ready, 1 file to correct"
    assert (row(page)["State"], row(page)["Rows"]) == ("can't be read", "not yet")
    assert len(page.error) == 1
    assert page.button(key="apply").disabled
    assert counts()["batch"] == 0


def test_the_files_of_an_upload_are_tried_together_and_saved_as_one_set(page: AppTest) -> None:
    page = with_files(page, log_csv=GOOD, other_csv=OTHER, bad_csv=b"")
    assert title(page) == "Nothing is saved yet: 2 files ready, 1 file to correct"
    assert frames(page)[0]["State"].tolist() == ["ready", "ready", "can't be read"]
    page = click(page, "apply")
    assert counts() == counts() | {"crisis": 2, "event": 3, "batch": 2}
    assert "Two files, 3 rows: 3 new, 0 updated, 0 already here, 0 rejected." in alerts(page)
    # What could not be taken waits for its answer.
    assert title(page) == "Nothing more is saved yet: 0 files ready, 1 file to correct"
    page = click(page, "undo_set")
    assert "2 files of this set" in said(page)
    page = healthy(page.button(key="confirm_undo").click().run())
    assert counts() == counts() | {"crisis": 0, "event": 0, "batch": 0}


def test_a_gap_finds_its_crisis_whatever_the_order_of_the_files(page: AppTest) -> None:
    gap = table([{"gap": "G1", "title": "No deputy", "section": "Roles", "crisis": "thread"}])
    page = with_files(page, gaps_csv=gap, log_csv=GOOD)
    assert frames(page)[0]["New"].tolist() == ["1", "2"]


def test_one_file_is_imported_alone_or_left_out(page: AppTest) -> None:
    page = select(with_files(page, log_csv=GOOD, other_csv=OTHER), 1)
    page = click(page, "leave_out")
    assert title(page) == "Nothing is saved yet: 1 file ready"
    assert frames(page)[0]["State"].tolist() == ["ready", "left out"]
    page = click(page, "leave_out")
    assert title(page) == "Nothing is saved yet: 2 files ready"
    page = click(page, "apply_one")
    assert counts() == counts() | {"crisis": 1, "event": 1, "batch": 1}
    assert title(page) == "Nothing more is saved yet: 1 file ready"
    assert [f for f in frames(page) if "State" in f][-1]["File"].tolist() == ["log.csv"]


def test_two_files_of_one_name_are_two_files(page: AppTest) -> None:
    page.file_uploader[0].upload("log.csv", GOOD).upload("log.csv", BAD)
    page = healthy(page.run())
    assert frames(page)[0]["File"].tolist() == ["log.csv", "log.csv"]
    assert "Rejected 1" in views(page)  # what needs attention is selected first
    assert "Rejected 1" not in views(select(page, 0))


def test_files_that_come_later_join_the_set(page: AppTest) -> None:
    page = with_files(with_files(page, log_csv=GOOD), other_csv=OTHER)
    assert title(page) == "Nothing is saved yet: 2 files ready"
    assert not page.file_uploader[0].value


def test_the_page_that_was_left_still_holds_its_files(page: AppTest, open_page: Any) -> None:
    page = with_files(page, log_csv=GOOD)
    page = healthy(page.switch_page("pages/views/history.py").run())
    page = healthy(page.switch_page("pages/views/import_.py").run())
    assert title(page) == "Nothing is saved yet: 1 file ready"


def test_a_set_is_previewed_once_per_answer_and_data_version(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []
    whole = sets.preview
    monkeypatch.setattr(sets, "preview", lambda asked, *rest: (tried.append(len(asked)), whole(asked, *rest))[1])
    page = with_files(page, log_csv=GOOD, unclear_csv=UNCLEAR)
    page = healthy(select(page, 0).run())
    assert tried == [2]
    page = select(page, 1)
    page = healthy(page.radio[0].set_value("dmy").run())
    assert tried == [2, 2]


# --- questions -------------------------------------------------------------------------------------------------------


def test_which_date_comes_first_is_asked_with_two_readings_and_read_again_with_the_answer(page: AppTest) -> None:
    page = with_files(page, log_csv=UNCLEAR)
    assert title(page) == "Nothing is saved yet: 0 files ready, 1 question"
    assert row(page)["State"] == "question"
    assert row(page)["Recognised as"] == "Incidents template, sheet events (check)"
    assert page.button(key="apply").disabled
    (asked,) = page.radio
    assert words(asked.label) == (
        "03/04/2026 08:00: 3 April 2026 or 4 March 2026? "
        "All 2 dates in “occurred_at” fit day-first and month-first."
    )  # fmt: skip
    assert [words(told) for told in asked.proto.captions] == [
        "03/04/2026 08:00 is 3 April 2026, 05/04/2026 09:00 is 5 April 2026",
        "03/04/2026 08:00 is 4 March 2026, 05/04/2026 09:00 is 4 May 2026",
    ]
    assert asked.value is None
    page = healthy(asked.set_value("mdy").run())
    assert row(page)["State"] == "ready"
    assert page.radio[0].value == "mdy"  # the answer can be changed
    page = click(page, "apply")
    assert days() == ["2026-03-04", "2026-05-04"]


def test_which_mark_is_the_decimal_one_is_asked(page: AppTest) -> None:
    scores = "date;source;score;scale_min;scale_max\n2026-01-05;A;3,456;0;9999\n2026-02-05;A;3,512;0;9999\n"
    page = with_files(page, scores_csv=scores.encode())
    (asked,) = page.radio
    assert words(asked.label).startswith("3,456: 3.456 or 3,456? The numbers in “score” fit")
    page = healthy(asked.set_value("comma").run())
    assert title(page) == "Nothing is saved yet: 1 file ready"


def test_rows_without_a_crisis_ask_for_it(page: AppTest) -> None:
    log("thread", "2026-03-02 08:00 posted")
    page = with_files(page, log_csv=NO_CRISIS)
    assert row(page)["State"] == "question"
    asked = page.selectbox(key="answer_1_crisis-missing")
    assert asked.label == "Which crisis do these rows belong to?"
    page = healthy(asked.select("thread").run())
    assert (row(page)["State"], row(page)["Already here"], row(page)["New"]) == ("ready", "0", "2")


def test_of_a_survey_no_reading_is_shown(page: AppTest) -> None:
    head = "wave,question,answer,opened_on,closed_on,respondent,scale_min,scale_max\n"
    lines = "".join(f"Q1,Proud?,{n},03/04/2026,05/04/2026,r{n},1,5\n" for n in range(1, 5))
    page = with_files(page, survey_csv=(head + lines).encode())
    (asked,) = page.radio
    assert words(asked.label).startswith("Day first or month first? All")
    assert "03/04/2026" not in "".join(markdown(page)) + "".join(asked.proto.captions)


def test_what_was_recognised_can_be_said_otherwise(page: AppTest) -> None:
    page = with_files(page, log_csv=GOOD)
    page.session_state["view_1"] = "Questions"
    page = healthy(page.run())
    page = healthy(page.selectbox(key="zone_1").select("Europe/Berlin").run())
    page = click(page, "apply")
    with reading() as session:
        assert events(session, LOCAL)["earliest"].dt.strftime("%H:%M").tolist() == ["07:00", "08:00"]


# --- what it says ----------------------------------------------------------------------------------------------------


def test_the_first_rows_are_shown_as_they_will_be_stored(page: AppTest) -> None:
    page = with_files(page, log_csv=GOOD)
    rows = frames(page)[1]
    assert rows[["Row", "Crisis", "Occurred at", "Milestone"]].to_numpy().tolist() == [
        ["2", "thread", "2026-03-02 08:00 UTC", "posted"],
        ["3", "thread", "2026-03-02 09:00 UTC", "detected"],
    ]


def test_what_changes_is_told_as_sentences(page: AppTest) -> None:
    log("thread", "2026-03-02 08:00 posted", "2026-03-02 09:00 detected", "2026-03-02 12:00 statement audience=public")
    page = with_files(page, late_csv=table([event("thread", "2026-03-02 11:00 statement audience=public")]))
    assert "What changes" in said(page)
    assert "**Time to first statement** moves from 3 h to **2 h**" in said(page).replace("\N{NO-BREAK SPACE}", " ")
    page = select(page, 0)
    page = click(page, "leave_out")
    assert "No number of a crisis that is here already changes." in said(page)


def test_a_file_that_was_imported_before_changes_nothing(page: AppTest) -> None:
    page = click(with_files(page, log_csv=GOOD), "apply")
    page = with_files(page, log_csv=GOOD)
    assert row(page)["State"] == "already imported"
    assert "imported already" in alerts(page)[-1]
    assert page.button(key="apply").disabled


def test_a_file_whose_rows_are_all_here_brings_nothing_new(page: AppTest) -> None:
    log("thread", "2026-03-02 08:00 posted", "2026-03-02 09:00 detected", name="first.csv")
    page = with_files(page, log_csv=GOOD.replace(b"posted", b"Posted"))
    assert (row(page)["State"], row(page)["Already here"]) == ("nothing new", "2")
    assert alerts(page) == ["Everything in this file is here already: there is nothing to do."]
    assert page.button(key="apply").disabled


def test_discard_forgets_the_files_and_what_was_imported_before(page: AppTest) -> None:
    page = click(with_files(page, log_csv=GOOD), "apply")
    page = with_files(page, log_csv=BAD)
    page = click(page, "discard")
    assert title(page) == "Import"
    assert alerts(page) == []
    assert counts()["event"] == 2
    assert not page.file_uploader[0].value


def test_what_another_session_wrote_meanwhile_is_counted_anew(page: AppTest) -> None:
    page = with_files(page, log_csv=GOOD)
    assert row(page)["New"] == "2"
    log("thread", "2026-03-02 08:00 posted", name="meanwhile.csv")
    page = healthy(page.run())
    assert (row(page)["New"], row(page)["Already here"]) == ("1", "1")


def test_text_without_a_score_is_scored_after_the_import(page: AppTest) -> None:
    page = click(with_files(page, posts_csv=POSTS), "apply")
    assert alerts(page) == [
        "One file, 2 rows: 2 new, 0 updated, 0 already here, 0 rejected. 2 posts scored by the lexicon."
    ]


def test_hr_may_import_surveys_and_no_log(page: AppTest, open_page: Any, seen_by: Any) -> None:
    seen_by(Role.HR)
    page = open_page("import")
    assert [button.label for button in page.get("download_button")] == ["Survey", "Culture"]
    page = with_files(page, log_csv=GOOD)
    assert row(page)["State"] == "can't be read"
    assert page.button(key="apply").disabled


def test_a_survey_shows_no_answer_and_no_rows(page: AppTest) -> None:
    rows = [{"wave": "Q1", "question": "Proud?", "answer": str(4), "respondent": "jane", "scale_min": 1, "scale_max": 5, "comment": "Zanzibar"}] * 1  # fmt: skip
    page = with_files(page, survey_csv=table([*rows, rows[0] | {"answer": "77", "respondent": "joe"}]))
    assert "Rows" not in views(page)
    for view in ("Rejected", "Notes", "Questions"):
        if any(label.startswith(view) for label in views(page)):
            page.session_state["view_1"] = view
            page = healthy(page.run())
        shown = said(page) + "".join(frame.to_csv() for frame in frames(page))
        assert "Zanzibar" not in shown
        assert "77" not in shown
        assert "jane" not in shown


# --- archives and mappings -------------------------------------------------------------------------------------------


def zipped(**files: bytes) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_csv", ".csv"), content)
    return buffer.getvalue()


def test_the_files_of_a_zip_are_files_of_the_set(page: AppTest) -> None:
    page.file_uploader[0].upload("november.zip", zipped(log_csv=GOOD, other_csv=OTHER), "application/zip")
    page = healthy(page.run())
    assert frames(page)[0]["File"].tolist() == ["november.zip › log.csv", "november.zip › other.csv"]
    page = click(page, "apply")
    assert counts() == counts() | {"crisis": 2, "event": 3, "batch": 2}


def test_a_zip_that_can_t_be_opened_says_why_and_blocks_no_other(page: AppTest) -> None:
    page.file_uploader[0].upload("broken.zip", zipped(log_csv=GOOD)[:-30], "application/zip")
    page = with_files(page, log_csv=GOOD)
    assert title(page) == "Nothing is saved yet: 1 file ready, 1 file to correct"
    assert "broken.zip is damaged" in alerts(page)[0]
    page = click(page, "apply")
    assert counts()["event"] == 2


def mapped(number: int = 1, turn: int = 0) -> str:
    """How the keys of a file's mapping begin; choosing what a row is begins anew."""
    return f"mapping_{number}_{turn}"


UNKNOWN = (
    "Ticket;Eröffnet am;Kanal;Betreff;Stimmung\n"
    "1001;13.11.2026 08:12;Chat;Die App startet nicht;negativ\n"
    "1002;13.11.2026 09:40;E-Mail;Danke für die Hilfe;begeistert\n"
).encode()


def test_an_unknown_file_is_mapped_saved_and_known_the_next_time(page: AppTest) -> None:
    page = with_files(page, tickets_csv=UNKNOWN)
    assert title(page) == "Nothing is saved yet: 0 files ready, 1 question"
    assert views(page)[0] == "Mapping"
    page = healthy(page.selectbox(key="draft_1_record_0").select("posts").run())
    columns, platforms, moods, rows = frames(page)[1:]
    assert columns["Goes to"].tolist() == ["leave out", "posted_at", "platform", "leave out", "sentiment_label"]
    assert columns["First values"].tolist()[2] == "Chat · E-Mail"
    assert all(columns["Why"])
    assert moods.to_numpy().tolist() == [["negativ", "negative"], ["begeistert", "not said yet"]]
    assert platforms["Means"].tolist() == ["Chat", "E-Mail"]
    assert rows["Posted at ← Eröffnet am"].tolist() == ["2026-11-13 08:12 UTC", "2026-11-13 09:40 UTC"]
    assert rows["Sentiment label ← Stimmung"].tolist() == ["negative", "can't be read: begeistert"]
    page.session_state[f"{mapped(turn=1)}_columns"] = {"edited_rows": {3: {"Goes to": "text"}}, "added_rows": [], "deleted_rows": []}  # fmt: skip
    page.session_state[f"{mapped(turn=1)}_means_sentiment_label"] = {"edited_rows": {1: {"Means": "positive"}}, "added_rows": [], "deleted_rows": []}  # fmt: skip
    page = healthy(page.run())
    rows = frames(page)[-1]
    assert rows["Text ← Betreff"].tolist() == ["Die App startet nicht", "Danke für die Hilfe"]
    assert rows["Sentiment label ← Stimmung"].tolist() == ["negative", "positive"]
    page = click(page, f"{mapped(turn=1)}_save")
    assert title(page) == "Nothing is saved yet: 1 file ready"
    assert row(page)["Recognised as"] == "Mapping “tickets” (sure)"
    page = click(page, "apply")
    assert counts()["post"] == 2
    page = with_files(page, december_csv=UNKNOWN.replace(b"1002;13.11", b"1003;14.11"))
    assert row(page)["Recognised as"] == "Mapping “tickets” (sure)"
    # What was saved can be changed where it is used, under its name.
    page.session_state["view_2"] = "Mapping"
    page = healthy(page.run())
    assert frames(page)[1]["Goes to"].tolist()[3] == "text"
    page = click(page, f"{mapped(2, turn=1)}_save")
    assert page.error.len == 0


def test_a_mapping_that_lacks_something_says_so_and_can_t_be_saved(page: AppTest) -> None:
    page = with_files(page, odd_csv=b"hello,world\n1,2\n3,4\n")
    assert page.button(key=f"{mapped()}_save").disabled
    assert any("which is needed" in alert for alert in alerts(page))


def test_of_an_unknown_survey_no_value_is_shown(page: AppTest) -> None:
    lines = "".join(f"zanzibar{n}@x.example,{n % 5 + 1},{(n + 1) % 5 + 1}\n" for n in range(20))
    page = with_files(page, odd_csv=f"E-mail,I am proud to work here?,I know what to do?\n{lines}".encode())
    columns, *_, rows = frames(page)[1:]
    assert set(columns["First values"]) == {"not shown"}
    assert "zanzibar" not in "".join(frame.to_csv() for frame in frames(page)) + said(page)
    assert set(rows.drop(columns="Row").to_numpy().ravel()) <= {"read", "–"}


def test_what_a_set_leaves_missing_is_told_with_the_day_to_export_from(page: AppTest) -> None:
    posts = [{"posted_at": f"2026-03-0{d} 1{h}:00", "platform": "X", "post_id": f"{d}{h}", "text": "awful"} for d in range(1, 8) for h in range(4)]  # fmt: skip
    page = with_files(page, log_csv=GOOD, posts_csv=table(posts))
    assert "What is missing" in said(page)
    assert any("export from" in alert for alert in alerts(page))
    assert all(not label.startswith("Warnings") for label in views(select(page, 0)))


def test_a_protected_term_is_shown_nowhere_neither_of_a_refused_nor_of_an_unknown_file(page: AppTest) -> None:
    apply(Upload("log.csv", GOOD), Options(), LOCAL)
    with writing() as session:
        protected.add(session, LOCAL, "thread", ["Quilla Vantry", "zeborun"])
    lines = "".join(f"{n + 10}.11.2026 08:12;Chat;zeborun wrote again and again {n};Quilla Vantry\n" for n in range(4))
    page.file_uploader[0].upload("Quilla Vantry.zip", zipped(log_csv=GOOD)[:-30], "application/zip")
    page = with_files(page, zeborun_csv=f"When;Kanal;Quilla Vantry;Stimmung\n{lines}".encode())
    page = select(page, 1)
    columns = frames(page)[1]
    assert columns["Column"].tolist() == ["When", "Kanal", "[name withheld]", "Stimmung"]
    edited = {2: {"Goes to": "text"}, 3: {"Goes to": "sentiment_label"}}
    page.session_state[f"{mapped(2)}_columns"] = {"edited_rows": edited, "added_rows": [], "deleted_rows": []}
    page = healthy(page.run())
    moods = next(frame for frame in frames(page) if "Means" in frame and "Chat" not in frame["In the file"].tolist())
    assert moods["In the file"].tolist() == ["[name withheld]"]
    shown = "\n".join([said(page), *markdown(page), *(frame.to_csv() for frame in frames(page))]).casefold()
    assert "[name withheld] wrote again and again" in shown
    assert "quilla" not in words(shown)
    assert "zeborun" not in words(shown)
    meant = {"edited_rows": {0: {"Means": "negative"}}, "added_rows": [], "deleted_rows": []}
    page.session_state[f"{mapped(2)}_means_sentiment_label"] = meant
    page = click(healthy(page.run()), f"{mapped(2)}_once")
    assert row(page, 1)["Rows"] == "4", "the file's own words still read it"
    assert row(page, 1)["Rejected"] == "0"


FORMS = "ID,Start time,Completion time,Email,Name,I am proud to work here\n" + "".join(
    f"{n},3/{n}/26 9:00:00,3/{n}/26 9:0{n}:00,anonymous,,{n % 5 + 1}\n" for n in range(1, 10)
)


def test_a_survey_that_names_neither_wave_nor_audience_asks_beside_the_file(page: AppTest) -> None:
    known = table([{"wave": "Spring pulse", "question": "q", "answer": "4", "closed_on": "2026-01-05"}])
    apply(Upload("known.csv", known), Options(date_order="mdy"), LOCAL)
    page = with_files(page, pulse_csv=FORMS.replace("/26 ", "/2026 ").encode())
    if "Day first or month first?" in "".join(radio.label for radio in page.radio):
        page = healthy(page.radio[0].set_value("mdy").run())
    assert title(page) == "Nothing is saved yet: 1 file ready", "what was assumed keeps nothing from being applied"
    assert row(page)["Recognised as"] == "Microsoft Forms responses (check)"
    assert views(page)[0] == "Questions"
    wave, audience = (page.selectbox(key=f"answer_1_{name}-assumed") for name in ("wave", "audience"))
    assert words(wave.label) == (
        "Which survey wave is this? The file names no survey wave, and the month of its responses, 2026-03, was taken."
    )
    assert words(audience.label).startswith("Who was asked? The file does not say who was asked, and employees were")
    assert wave.options == ["Spring pulse"]
    assert [box.key for box in page.text_input] == []
    page = healthy(audience.select("customers").run())
    page = healthy(page.selectbox(key="answer_1_wave-assumed").select("Spring pulse").run())
    assert title(page) == "Nothing is saved yet: 1 file ready"
    page = click(page, "apply")
    with reading() as session:
        made = surveys.waves(session)[["wave", "audience"]].to_numpy().tolist()
    assert sorted(made) == [["Spring pulse", "customers"], ["Spring pulse", "employees"]]
