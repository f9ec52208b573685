"""Surveys: who answered is not kept, and what somebody answered is told nowhere."""

from __future__ import annotations

import io
import logging
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa

from data.access import LOCAL
from data.enums import Audience
from importers import rejects
from importers.context import Options
from importers.pipeline import apply
from tests.importers.files import comma_separated, count, dump, fates, imported, on_sqlite, setting, stored, upload

PLANTED = {
    "IPAddress": "192.0.2.10",
    "RecipientLastName": "Ondinevski",
    "RecipientFirstName": "Marisoletta",
    "RecipientEmail": "marisol.ondine@people.example",
    "ExternalReference": "badge-1234",
    "LocationLatitude": "38.712345",
    "LocationLongitude": "-9.154321",
    "EmployeeNumber": "E-445566",
}
ID = "R_3fJ9QkPlanted"
#: An answer that cannot be read on the scale of its question, and a comment in a row that is rejected.
UNREADABLE, OUTSIDE, SECRET = "Marmalade", "98765", "My manager is Quibblethorpe"


def export(*answers: tuple[str, str, str]) -> str:
    """A Qualtrics export: respondent, answer and comment of each response; every identifying column is filled."""
    meta = ["StartDate", "EndDate", "Status", "Progress", "Finished", "RecordedDate", "ResponseId"]
    names = [*meta, *PLANTED, "Q1", "Q2"]
    texts = [*meta, *PLANTED, "I am proud to work here", "What should change?"]
    ids = [f'{{"ImportId":"{name}"}}' for name in [*meta, *PLANTED]]
    ids += ['{"ImportId":"QID1"}', '{"ImportId":"QID2_TEXT"}']
    at = "2026-05-04 08:01:00"
    rows = [[at, at, "0", "100", "1", at, who, *PLANTED.values(), answer, comment] for who, answer, comment in answers]
    return comma_separated([names, texts, ids, *rows])


def database_bytes(url: str) -> bytes:
    path = Path(str(sa.make_url(url).database))
    return b"".join(part.read_bytes() for part in path.parent.glob(f"{path.name}*"))


@on_sqlite
def test_what_identifies_a_person_is_nowhere_in_the_database(database: str) -> None:
    fine = [(f"{ID}{n}", "4", "Answer sooner") for n in range(5)]
    assert fates(imported(export(*fine, (f"{ID}9", UNREADABLE, SECRET)))) == (5, 0, 0, 1, 0)
    # again with a change, so that what sightings carry is looked at too
    assert fates(imported(export(*[(who, "5", text) for who, _, text in fine]))) == (0, 5, 0, 0, 0)
    content = database_bytes(database)
    assert b"Answer sooner" in content
    for secret in (*PLANTED.values(), ID, UNREADABLE, SECRET, "Quibblethorpe", "192.0.2"):
        assert secret.encode() not in content, secret


@on_sqlite
def test_the_identities_of_our_own_template_are_hashed(database: str) -> None:
    imported(f"wave,question,answer,respondent\nw,q,4,{PLANTED['RecipientEmail']}\n")
    assert PLANTED["RecipientEmail"].encode() not in database_bytes(database)
    ((hashed,),) = stored("response", "respondent")
    assert len(hashed) == 64


def test_no_issue_message_log_or_reject_repeats_an_answer(database: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    fine = [(f"{ID}{n}", "4", "Answer sooner") for n in range(5)]
    content = export(*fine, (f"{ID}8", UNREADABLE, SECRET), (f"{ID}9", OUTSIDE, SECRET))
    results = apply(upload(content), Options(audience=Audience.CUSTOMERS), LOCAL)
    assert results[0].rejected == 2
    assert count("batch_issue") == len(results[0].issues)
    batches = {name: rows for name, rows in dump().items() if name not in {"answer", "response", "question"}}
    book = openpyxl.load_workbook(io.BytesIO(rejects.workbook(results)))
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    told = [str(results[0].as_dict()), repr(results), str(batches), str(cells), caplog.text]
    for place in told:
        for secret in (UNREADABLE, OUTSIDE, SECRET, "Answer sooner", ID, *PLANTED.values()):
            assert secret not in place, secret
    assert {value for (value,) in stored("batch_issue", "value")} == {None}


def test_rejects_of_a_survey_hold_row_numbers_and_messages_alone(database: str) -> None:
    results = apply(
        upload(export((f"{ID}1", "4", ""), (f"{ID}2", "4", ""), (f"{ID}3", UNREADABLE, SECRET))), Options(), LOCAL
    )
    (sheet,) = openpyxl.load_workbook(io.BytesIO(rejects.workbook(results)))
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows == [
        ["Row in your file", "What to correct"],
        [6, "I am proud to work here: The value is not a number. Write digits only, such as 1200 or 0.35."],
    ]


def test_the_same_respondent_has_another_hash_in_each_wave(database: str) -> None:
    content = export((ID, "4", ""))
    imported(content, Options(wave="one"))
    imported(content, Options(wave="two"))
    imported(content, Options(wave="two", audience=Audience.PARTNERS))
    hashes = {hashed for (hashed,) in stored("response", "respondent")}
    assert len(hashes) == 3
    assert len({salt for (salt,) in stored("wave", "salt")}) == 3


@on_sqlite
def test_paired_surveys_recognise_a_respondent_across_waves(database: str) -> None:
    setting("surveys.paired", "on")
    content = export((ID, "4", ""))
    imported(content, Options(wave="one"))
    imported(content, Options(wave="two"))
    assert len({hashed for (hashed,) in stored("response", "respondent")}) == 1


@on_sqlite
def test_a_second_file_of_a_wave_meets_its_respondents(database: str) -> None:
    imported(export((ID, "4", "")), Options(wave="one"))
    later = imported(export((ID, "5", "Now I know"), (f"{ID}2", "3", "")), Options(wave="ONE"))
    assert fates(later) == (2, 0, 0, 0, 0)
    assert count("response") == 2
    assert stored("answer", "value", "comment") == [(5.0, None), (None, "Now I know"), (3.0, None)]


@on_sqlite
def test_the_threshold_of_a_wave_is_the_one_it_came_in_with(database: str) -> None:
    setting("anonymity.k", "8")
    imported(export((ID, "4", "")), Options(wave="one"))
    setting("anonymity.k", "3")
    imported(export((ID, "5", "")), Options(wave="one"))
    assert stored("wave", "k") == [(8,)]


@on_sqlite
def test_without_an_id_the_same_file_meets_its_own_responses(database: str) -> None:
    rows = "w,q,4,HR,1,5\nw,q,4,HR,1,5\nw,q,4,PR,1,5\n"
    header = "wave,question,answer,department,scale_min,scale_max\n"
    assert fates(imported(f"{header}{rows}")) == (3, 0, 0, 0, 0)
    assert fates(imported(f"{header}{rows}\nw,q,4,HR,1,5\n")) == (1, 0, 3, 0, 1)


@on_sqlite
def test_an_answer_outside_the_scale_on_which_a_question_is_known_is_rejected(database: str) -> None:
    header = "wave,question,answer,respondent,scale_min,scale_max\n"
    imported(f"{header}w,q,4,a,1,5\n")
    result = imported(f"{header}v,Q,9,a,1,10\nv,Q,5,b,1,10\n")
    assert fates(result) == (1, 0, 0, 1, 0)
    assert [(i.code, i.row, i.value) for i in result.issues if i.severity == "error"] == [("out-of-range", 2, None)]
    assert stored("question", "text", "scale_max") == [("Q", 5.0)]


@on_sqlite
def test_a_question_that_nobody_answered_is_not_settled_as_one_of_words(database: str) -> None:
    header = "wave,question,answer,respondent\n"
    assert fates(imported(f"{header}w,q,,a\nw,p,4,a\n")) == (1, 0, 0, 0, 1)
    imported(f"{header}v,q,4,a\n")
    assert stored("question", "text", "kind") == [("p", "scale"), ("q", "scale")]


@on_sqlite
def test_dates_of_a_wave_stay_in_order_whatever_its_files_say(database: str) -> None:
    header = "wave,question,answer,opened_on,closed_on\n"
    imported(f"{header}w,q,4,2026-05-10,\n")
    imported(f"{header}w,q,5,,2026-05-01\n")
    assert stored("wave", "opened_on", "closed_on") == [("2026-05-01", "2026-05-10")]
