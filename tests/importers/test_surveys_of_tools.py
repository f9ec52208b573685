"""Surveys of other tools: their quirks, what is dropped at the door, and files that belong together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa

from data.access import LOCAL
from importers.context import Options
from importers.formats import labels
from importers.formats.personal import tells_who
from importers.formats.survey_rows import cut_of
from importers.pipeline import apply
from tests.importers.files import (
    comma_separated,
    count,
    dump,
    fates,
    imported,
    on_sqlite,
    problems,
    stored,
    upload,
    workbook,
)

Rows = Sequence[Sequence[object]]


# --- what a column is ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "cut"),
    [
        ("Department", "department"),
        ("Which department do you work in?", "department"),
        ("What is your office location?", "location"),
        ("In which office are you based?", "location"),
        ("Tenure Group", "tenure"),
        ("My department listens to me", None),
        ("I know which department to ask", None),
    ],
)
def test_cuts_are_told_by_what_a_heading_asks(title: str, cut: str | None) -> None:
    assert cut_of(title) == cut


@pytest.mark.parametrize(
    "title",
    ["Name", "Email", "What is your e-mail address?", "Your full name", "Manager ID", "EmployeeNumber", "IP Address",
     "ZIP/Postal Code", "Custom Data 1", "Phone number (optional)", "Staff no."],
)  # fmt: skip
def test_headings_that_tell_who_somebody_is(title: str) -> None:
    assert tells_who(title, pd.Series(dtype=object))


@pytest.mark.parametrize("title", ["My manager answers my e-mail", "I feel at home in the city", "The name fits", "Q1"])
def test_questions_that_only_speak_of_such_things_stay(title: str) -> None:
    assert not tells_who(title, pd.Series(["4", "yes", None]))


@pytest.mark.parametrize(
    "cell", ["m.ondine@people.example", "192.0.2.10", "+351 912 345 678", "E-445566", "2001:db8::1:0:7"]
)
def test_columns_of_addresses_numbers_and_codes_are_told_by_their_cells(cell: str) -> None:
    assert tells_who("How can we reach you?", pd.Series([cell, None, cell, "later"]))


# --- answers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "points"),
    [
        (["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"], [1, 2, 3, 4, 5]),
        (["Strongly disagree", "Somewhat agree", "Agree", "Strongly agree"], [1, 5, 6, 7]),
        (["Strongly disagree", "Somewhat disagree", "Somewhat agree"], [1, 2, 4]),
        (["Poor", "Fair", "Good", "Very Good", "Excellent"], [1, 2, 3, 4, 5]),
        (["Very poor", "Poor", "Good", "Very good"], [1, 2, 4, 5]),
        (["Not at all useful", "Somewhat useful", "Extremely useful"], [1, 3, 5]),
        (["Very dissatisfied", "Very satisfied"], [1, 5]),
    ],
)
def test_the_labels_of_a_question_decide_its_scale(answers: list[str], points: list[int]) -> None:
    scale = labels.scale_of(labels.said(answer) for answer in answers)
    assert [scale[labels.said(answer)] for answer in answers] == points


@pytest.mark.parametrize(
    ("answer", "number"),
    [("5 – Strongly agree", 5), ("5 - Strongly agree", 5), ("Strongly agree (5)", 5), ("3 = so so", 3), ("Agree", None),
     ("2020-03-31", None), ("4", None)],
)  # fmt: skip
def test_numbers_beside_labels(answer: str, number: int | None) -> None:
    assert labels.numbered(answer) == number


# --- tools -----------------------------------------------------------------------------------------------------------

MONKEY = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address"]
MS = ["ID", "Start time", "Completion time", "Email", "Name"]
GLINT = [
    "First Name",
    "Last Name",
    "Email",
    "Status",
    "Employee ID",
    "Survey Cycle Completion Date",
    "Survey Cycle Sent Date",
]


PLANTED = ["Marisoletta", "Ondinevski", "marisoletta@people.example", "192.0.2.10", "badge-4455", "K77112"]
FILES: list[Rows] = [
    [
        [*MONKEY, "Email Address", "First Name", "Last Name", "Custom Data 1", "I am heard"],
        ["", "", "", "", "", "", "", "", "", "Response"],
        [
            "K77112",
            "9",
            "2026-05-01 10:00",
            "2026-05-01 10:02",
            "192.0.2.10",
            *PLANTED[2:3],
            *PLANTED[:2],
            "badge-4455",
            4,
        ],
    ],
    [
        [*MS, "I am heard"],
        ["K77112", "2026-05-01 10:00", "2026-05-01 10:02", "marisoletta@people.example", "Marisoletta Ondinevski", 4],
    ],
    [
        ["Timestamp", "Email Address", "I am heard at work", "What is your badge number?"],
        ["2020/03/31 3:56:19 PM GMT+1", "marisoletta@people.example", 4, "badge-4455"],
    ],
    [
        [*GLINT, "Manager ID", "I am heard"],
        [
            "Marisoletta",
            "Ondinevski",
            "marisoletta@people.example",
            "ACTIVE",
            "K77112",
            "26-03-2024 09:34",
            "",
            "K77112",
            4,
        ],
    ],
]


@on_sqlite
@pytest.mark.parametrize("rows", FILES, ids=["surveymonkey", "microsoft_forms", "google_forms", "viva_glint"])
def test_who_answered_is_neither_stored_nor_told(rows: Rows, database: str) -> None:
    result = imported(comma_separated(rows))
    assert fates(result) == (1, 0, 0, 0, 0)
    assert "column-dropped" in {i.code for i in result.issues}
    content = b"".join(part.read_bytes() for part in _files(database)) + str((dump(), result.as_dict())).encode()
    for secret in PLANTED:
        assert secret.encode() not in content, secret
    ((hashed,),) = stored("response", "respondent")
    assert len(hashed) == 64


def _files(database: str) -> list[Path]:
    path = Path(str(sa.make_url(database).database))
    return list(path.parent.glob(f"{path.name}*"))


@on_sqlite
def test_two_forms_of_one_wave_that_both_count_from_1_are_two_people(database: str) -> None:
    for minute in ("02", "03"):
        imported(comma_separated([[*MS, "I am heard"], [1, "2026-05-01 10:00", f"2026-05-01 10:{minute}", "", "", 4]]))
    assert count("response") == count("answer") == 2


@on_sqlite
def test_an_export_of_microsoft_forms_as_a_workbook_meets_the_one_as_text(database: str) -> None:
    header = [*MS, "I am heard"]
    imported(comma_separated([header, [1, "8/20/25 12:51:45", "8/20/25 12:54:25", "", "", 4]]))
    book = workbook(
        {
            "Sheet1": [
                header,
                [1, pd.Timestamp(2025, 8, 20, 12, 51, 45), pd.Timestamp(2025, 8, 20, 12, 54, 25), "", "", 4],
            ]
        }
    )
    (result,) = apply(upload(book), Options(), LOCAL)
    assert fates(result) == (0, 0, 1, 0, 0)


@on_sqlite
def test_equal_answers_at_two_times_are_two_responses_of_google_forms(database: str) -> None:
    header = ["Timestamp", "Are you heard?"]
    first = ["2020/03/31 3:56:19 PM GMT+1", 4]
    assert fates(imported(comma_separated([header, first]))) == (1, 0, 0, 0, 0)
    later = imported(comma_separated([header, first, ["2020/03/31 3:57:19 PM GMT+1", 4]]))
    assert fates(later) == (1, 0, 1, 0, 0)


@on_sqlite
def test_the_sheet_of_a_google_form(database: str) -> None:
    header = ["Timestamp", "Is your team heard?"]
    assert imported(comma_separated([header, ["3/31/2020 15:56:19", 4]])).format == "google_forms"
    native = workbook({"Form Responses 1": [header, [pd.Timestamp(2020, 4, 1, 15, 56, 19), 5]]})
    assert [r.format for r in apply(upload(native), Options(), LOCAL)] == ["google_forms"]


@on_sqlite
@pytest.mark.parametrize("time", ["2020-03-31T15:56:19Z", "3/31/2020 15:56:19"])
def test_a_log_with_timestamps_is_no_survey(time: str, database: str) -> None:
    result = imported(comma_separated([["Timestamp", "User", "Message"], [time, "ivo", "logged in"]]))
    assert problems([result]) == ["format-unknown"]


@on_sqlite
def test_quotation_marks_and_dashes_of_a_tool_do_not_make_another_question(database: str) -> None:
    imported(comma_separated([[*MS, "I’m “proud” – here"], [1, "2026-05-01 10:00", "2026-05-01 10:02", "", "", 4]]))
    imported('wave,question,answer\nw,I\'m "proud" - here,5\n')
    assert count("question") == 1


@on_sqlite
def test_a_question_asked_twice_in_one_form_keeps_both_answers(database: str) -> None:
    imported(comma_separated([[*MS, "Rate us", "Rate us"], [1, "2026-05-01 10:00", "2026-05-01 10:02", "", "", 4, 2]]))
    assert stored("question", "text") == [("Rate us",), ("Rate us (2)",)]


@on_sqlite
def test_ages_reject_nobody_and_are_not_kept(database: str) -> None:
    rows = [[n, "2026-05-01 10:00", f"2026-05-01 10:0{n}", "", "", 4, 30 + n] for n in range(3)]
    result = imported(comma_separated([[*MS, "I am heard", "Your age"], *rows]))
    assert fates(result) == (3, 0, 0, 0, 0)
    assert problems([result]) == ["column-dropped"]
    assert {value for (value,) in stored("answer", "value")} == {4.0}


@on_sqlite
def test_a_surveymonkey_file_with_one_header_row(database: str) -> None:
    result = imported(
        comma_separated([[*MONKEY, "I am heard"], ["1", "9", "2026-05-01 10:00", "2026-05-01 10:02", "", "Agree"]])
    )
    assert fates(result) == (1, 0, 0, 0, 0)
    assert stored("answer", "row", "value") == [(2, 4.0)]


@on_sqlite
def test_the_id_of_glint_may_go_by_another_name(database: str) -> None:
    header = [name if name != "Employee ID" else "Worker key" for name in GLINT]
    imported(
        comma_separated(
            [[*header, "I feel valued"], ["A", "B", "c@d.example", "ACTIVE", "W1", "26-03-2024 09:34", "", 4]]
        )
    )
    assert stored("question", "text") == [("I feel valued",)]
    assert count("response") == 1
