"""The format that a mapping makes: value maps, constants, item columns, and what is left out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from data.access import LOCAL, Viewer
from data.enums import Audience, Role, Stream
from importers.context import Options
from importers.mapping import saved
from importers.mapping.model import Mapping
from importers.mapping.preview import parsed
from importers.pipeline import apply
from tests.importers.files import dump, fates, imported, on_sqlite, problems, stored, upload
from tests.importers.mapping.files import SURVEY, context, sheet, suggested

LOG = "Wann;Fall;Stand;Wo\n01/05/2026 10:00;F1;Offen;Kurznachrichten\n02/05/2026 11:00;F1;Zu;egal\n"


def events(**changes: Any) -> Mapping:
    columns = {"occurred_at": "Wann", "crisis": "Fall", "milestone": "Stand", "platform": "Wo"}
    values = {"milestone": {"offen": "detected", "ZU": "resolved"}, "platform": {"Kurznachrichten": "X", "egal": ""}}
    return replace(
        Mapping("Log", Stream.INCIDENTS, "events", columns=columns, values=values, date_order="dmy"), **changes
    )


def test_words_become_what_they_stand_for(database: str) -> None:
    assert fates(imported(LOG, Options(mapping=events()))) == (2, 0, 0, 0, 0)
    assert stored("event", "milestone", "platform") == [("detected", "X"), ("resolved", None)]


@on_sqlite
def test_a_word_without_a_meaning_is_an_issue_of_its_row(database: str) -> None:
    result = imported(LOG, Options(mapping=events(values={"milestone": {"zu": "resolved"}})))
    assert [(one.code, one.row, one.column, one.value) for one in result.issues] == [
        ("word-unknown", 2, "Stand", "Offen")
    ]


@on_sqlite
def test_what_no_column_says_holds_for_all_rows(database: str) -> None:
    mapping = events(columns={"occurred_at": "Wann"}, values={}, constants={"crisis": "F9", "milestone": "statement"})
    imported(LOG, Options(mapping=mapping))
    assert stored("crisis", "code") == [("F9",)]
    assert stored("event", "milestone") == [("statement",)] * 2


@on_sqlite
def test_events_without_a_crisis_need_one_beside_the_file(database: str) -> None:
    columns = {"occurred_at": "Wann", "milestone": "Stand"}
    mapping = events(columns=columns, headings=("Wann", "Fall", "Stand", "Wo"))
    (refused,) = apply(upload(LOG), Options(mapping=mapping), LOCAL)
    assert problems([refused]) == ["crisis-missing"]
    saved.save(mapping, LOCAL)
    (refused,) = apply(upload(LOG), Options(), LOCAL)
    assert problems([refused]) == ["crisis-missing"]
    assert fates(imported(LOG, Options(crisis="F2"))) == (2, 0, 0, 0, 0)
    assert stored("crisis", "code") == [("F2",)]


@on_sqlite
def test_how_to_read_is_the_mapping_s_unless_somebody_says_otherwise(database: str) -> None:
    mapping = events(timezone="Europe/Lisbon")
    imported(LOG, Options(mapping=mapping))
    assert stored("event", "occurred_at")[0] == ("2026-05-01T09:00:00+00:00",)
    imported(LOG, Options(mapping=mapping, date_order="mdy", timezone="UTC"))
    assert stored("event", "occurred_at")[2] == ("2026-01-05T10:00:00+00:00",)


@on_sqlite
def test_a_label_is_a_score_whatever_the_decimal_mark(database: str) -> None:
    content = "Tag;Note\n2026-05-01;gut\n2026-05-02;3,5\n2026-05-03;gut\n"
    mapping = Mapping(
        "Noten", Stream.REPUTATION, "scores", columns={"date": "Tag", "score": "Note"},
        constants={"source": "Portal", "scale_min": "1", "scale_max": "6"}, values={"score": {"Gut": "2.5"}},
    )  # fmt: skip
    imported(content, Options(mapping=mapping))
    assert stored("reputation_score", "source", "score", "scale_max") == [
        ("Portal", 2.5, 6.0), ("Portal", 3.5, 6.0), ("Portal", 2.5, 6.0),
    ]  # fmt: skip


@on_sqlite
def test_a_wide_score_table_is_one_score_a_column(database: str) -> None:
    content = "Jahr;Eigene AG;Andere AG\n2024-01-01;70;\n2025-01-01;72;66\n"
    mapping = Mapping(
        "Breit", Stream.REPUTATION, "scores_wide", columns={"date": "Jahr"}, items=("Eigene AG", "Andere AG")
    )
    assert fates(imported(content, Options(mapping=mapping))) == (2, 0, 0, 0, 0)
    assert stored("reputation_score", "source", "score") == [("Eigene AG", 70), ("Eigene AG", 72), ("Andere AG", 66)]
    imported(content, Options(mapping=replace(mapping, constants={"source": "Index"})))
    assert ("Index", "Andere AG", 66.0) in stored("reputation_score", "source", "company", "score")


@on_sqlite
def test_unnamed_and_repeated_columns_can_be_mapped(database: str) -> None:
    content = ";Wert;Wert\n2026-05-01;1;4\n\n;Wert;Wert\n2026-05-02;2;5\n"
    columns = {"date": "column 1", "score": "Wert (2)"}
    mapping = Mapping("m", Stream.REPUTATION, "scores", columns=columns, constants={"source": "S"})
    assert fates(imported(content, Options(mapping=mapping))) == (2, 0, 0, 0, 2)
    assert stored("reputation_score", "score") == [(4.0,), (5.0,)]


@on_sqlite
def test_columns_that_are_not_mapped_are_not_read_whatever_they_are_called(database: str) -> None:
    content = "date;source;score;company\n2026-05-01;S;4;Andere AG\n"
    columns = {"date": "date", "score": "score", "source": "source"}
    imported(content, Options(mapping=Mapping("m", Stream.REPUTATION, "scores", columns=columns)))
    assert stored("reputation_score", "company") == [("",)]


def test_a_survey_with_one_row_a_respondent(database: str) -> None:
    mapping = replace(suggested(SURVEY).mapping, name="Puls", constants={"audience": "employees"})
    saved.save(mapping, LOCAL)
    result = imported(SURVEY)
    assert fates(result) == (2, 0, 0, 0, 0)
    assert stored("wave", "name", "audience", "opened_on", "closed_on") == [
        ("2026-05", "employees", "2026-05-01", "2026-05-02")
    ]
    assert sorted(stored("answer", "value", "comment"), key=str) == [
        (4.0, None), (5.0, None), (8.0, None), (9.0, None), (None, "Mehr Pausen"),
    ]  # fmt: skip
    assert sorted(stored("response", "department")) == [("Büro",), ("Werk",)]
    assert [(one.column, one.message) for one in result.issues if one.code == "column-dropped"] == [
        ("Nachname", "“Nachname” was left out: it can identify a person.")
    ]
    assert "Mustermann" not in str(dump())
    kept = [rows for table, rows in dump().items() if table not in {"answer", "response"}]
    assert "Mehr Pausen" not in str(kept)


def test_the_preview_of_a_survey_tells_no_value() -> None:
    content = (
        SURVEY + "2026-05-03 10:00,Mustermann,Werk,Marmelade,9,\n" + "2026-05-03 10:00,Muster,Werk,Stimme zu,9,\n" * 3
    )
    mapping = replace(suggested(SURVEY).mapping, name="Puls")
    found = parsed(sheet(content), mapping, context())
    assert [{cell.state for _, row in found.rows for cell in row.values()}] == [{"read", "empty", "issue"}]
    assert {(cell.raw, cell.value) for _, row in found.rows for cell in row.values()} == {(None, None)}
    assert [(one.code, one.row, one.value) for one in found.issues if one.row] == [("number-unreadable", 4, None)]
    for said in ("Marmelade", "Mustermann", "Pausen", "Stimme zu"):
        assert said not in repr(found)


@on_sqlite
def test_a_survey_mapping_leaves_wave_and_audience_to_who_imports(database: str) -> None:
    mapping = replace(suggested(SURVEY).mapping, name="Puls")
    imported(SURVEY, Options(mapping=mapping, wave="Frühling", audience=Audience.PARTNERS))
    assert stored("wave", "name", "audience") == [("Frühling", "partners")]


@on_sqlite
def test_a_role_imports_its_own_kinds_alone_whoever_saved_the_mapping(database: str) -> None:
    saved.save(events(headings=("Wann", "Fall", "Stand", "Wo")), LOCAL)
    human = Viewer("hr", Role.HR)
    (refused,) = apply(upload(LOG), Options(), human)
    assert problems([refused]) == ["kind-forbidden"]
    (refused,) = apply(upload(LOG), Options(mapping="Log"), human)
    assert problems([refused]) == ["mapping-unknown"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"columns": {"occurred_at": "Wann"}}, "mapping-broken"),
        ({"columns": {"occurred_at": "When", "milestone": "Stand"}, "values": {}}, "column-missing"),
        ({"date_order": None}, "date-order-ambiguous"),
    ],
)
def test_the_preview_tells_what_keeps_a_mapping_from_reading(changes: dict[str, Any], code: str) -> None:
    assert {one.code for one in parsed(sheet(LOG), events(**changes), context()).issues} == {code}


def test_the_preview_shows_the_first_rows_and_decides_from_all() -> None:
    rows = "".join(f"0{n}/05/2026;F1;Offen;\n" for n in range(1, 10))
    found = parsed(
        sheet("Wann;Fall;Stand;Wo\n" + rows + "31/05/2026;F1;Offen;\n"), events(date_order=None), context(), 3
    )
    assert [row for row, _ in found.rows] == [2, 3, 4]
    assert found.rows[1][1]["occurred_at"].value.isoformat() == "2026-05-02"
    assert found.headings["milestone"] == "Stand"
