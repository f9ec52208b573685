"""Files that go with a survey: attributes of those who answered, and answers that a tool has added up."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from data.engine import reading
from data.enums import Audience
from data.queries import surveys
from importers.context import Options
from tests.importers.files import (
    comma_separated,
    contents,
    count,
    dump,
    fates,
    imported,
    on_sqlite,
    problems,
    setting,
    stored,
    undone,
)

GLINT = [
    "First Name",
    "Last Name",
    "Email",
    "Status",
    "Employee ID",
    "Survey Cycle Completion Date",
    "Survey Cycle Sent Date",
]
ATTRIBUTES = ["Employee ID", "Department", "Tenure Group"]


def glint(people: dict[str, int], *, day: str = "26-03-2024") -> str:
    rows = [
        ["Marisoletta", "Ondinevski", "m@people.example", "ACTIVE", who, f"{day} 09:34", f"{day} 08:00", score]
        for who, score in people.items()
    ]
    return comma_separated([[*GLINT, "I feel valued"], *rows])


def company() -> pd.DataFrame:
    with reading() as session:
        return surveys.company_results(session, date(2030, 1, 1))


# --- attributes ------------------------------------------------------------------------------------------------------


def attributes(**departments: str) -> str:
    return comma_separated([ATTRIBUTES, *([who, department, ""] for who, department in departments.items())])


@on_sqlite
def test_attributes_hold_for_what_is_not_known_yet(database: str) -> None:
    imported(glint({"K1": 4, "K2": 5}))
    first = imported(attributes(K1="Sales", K2="IT", K3="HR"))
    assert fates(first) == (0, 2, 0, 0, 1)
    imported(glint({"K1": 3}, day="26-06-2024"))
    later = imported(attributes(K1="Legal", K2="IT"))
    assert fates(later) == (0, 1, 1, 0, 0)
    assert problems([later]) == ["attributes-kept"]
    found = sorted(stored("response", "wave_id", "department"))
    assert found == [(1, "IT"), (1, "Sales"), (2, "Legal")]


@on_sqlite
def test_attributes_of_a_named_wave_replace_what_it_has(database: str) -> None:
    imported(glint({"K1": 4}), Options(wave="Spring"))
    imported(glint({"K1": 4}), Options(wave="Summer"))
    imported(attributes(K1="Sales"))
    result = imported(attributes(K1="Legal"), Options(wave="spring"))
    assert fates(result) == (0, 1, 0, 0, 0)
    assert sorted(stored("response", "wave_id", "department")) == [(1, "Legal"), (2, "Sales")]


@on_sqlite
def test_attributes_that_meet_nobody_are_a_warning_that_names_nobody(database: str) -> None:
    imported(glint({"K1": 4}), Options(audience=Audience.PARTNERS))
    result = imported(attributes(K1="Sales", K77="IT"))
    assert fates(result) == (0, 0, 0, 0, 2)
    assert [(i.code, i.severity, i.row) for i in result.issues] == [("attributes-unmet", "warning", None)]
    assert "K77" not in str(dump())


@on_sqlite
def test_attributes_meet_waves_from_before_and_after_pairing_was_switched_on(database: str) -> None:
    imported(glint({"K0": 4}), Options(wave="first"))
    imported(glint({"K1": 4}), Options(wave="unpaired"))
    setting("surveys.paired", "on")
    imported(glint({"K1": 4}), Options(wave="paired"))
    assert imported(attributes(K1="Sales")).updated == 1
    assert [department for _, department in sorted(stored("response", "wave_id", "department"))] == [
        None,
        "Sales",
        "Sales",
    ]


@on_sqlite
def test_undoing_attributes_leaves_the_answers(database: str) -> None:
    imported(glint({"K1": 4}))
    before = contents()
    undone(imported(attributes(K1="Sales")).batch)
    assert contents() == before
    assert stored("response", "department") == [(None,)]


# --- summaries -------------------------------------------------------------------------------------------------------

SUMMARY = ["wave", "unit", "question", "% favourable", "n"]


@pytest.mark.parametrize("written", [["72%", "80%"], ["72", "80"], ["0.72", "0.8"], ["72,0 %", "80,0 %"]])
@on_sqlite
def test_shares_are_read_as_the_column_writes_them(written: list[str], database: str) -> None:
    imported(comma_separated([SUMMARY, ["w", "A", "q", written[0], 30], ["w", "B", "q", written[1], 20]]))
    assert stored("survey_summary", "favourable") == [(0.72,), (0.8,)]


@pytest.mark.parametrize("unit", ["", "All", "TOTAL", "Company", "Larkfield Systems"])
@on_sqlite
def test_everybody_goes_by_several_names(unit: str, database: str) -> None:
    setting("company.name", "Larkfield Systems")
    imported(comma_separated([SUMMARY, ["w", unit, "q", "72%", 50]]))
    found = company().to_dict("records")
    assert [(row["question"], row["n"], row["favourable"], row["coded"]) for row in found] == [("q", 50, 36, None)]


def test_units_and_small_groups_never_leave(database: str) -> None:
    rows = [["w", "Sales", "q", "40%", 50], ["w", "All", "few", "50%", 4], ["w", "All", "near", "97%", 50]]
    imported(comma_separated([SUMMARY, *rows]))
    assert count("survey_summary") == 3
    few, near = company().to_dict("records")
    assert (few["question"], few["withheld"]) == ("few", "fewer than 5 answers")
    assert (near["question"], near["coded"], near["n"]) == ("near", "high", 50)
    assert all(pd.isna(row[name]) for row in (few, near) for name in ("favourable", "mean", "sd"))
    assert pd.isna(few["n"])


@on_sqlite
def test_single_answers_come_before_a_summary(database: str) -> None:
    imported(comma_separated([SUMMARY, ["w", "", "I feel valued", "72%", 50], ["w", "", "other", "72%", 50]]))
    imported(glint({f"K{n}": 4 if n % 2 else 2 for n in range(10)}), Options(wave="w"))
    shown = company().set_index("question")
    assert shown["n"].to_dict() == {"I feel valued": 10, "other": 50}
    assert shown.loc["I feel valued", "mean"] == 3.0  # the answers told the scale that the summary did not


@on_sqlite
def test_a_mean_is_shown_on_a_known_scale_alone(database: str) -> None:
    header = [*SUMMARY, "mean", "scale_min", "scale_max"]
    imported(comma_separated([header, ["w", "", "a", "72%", 50, 3.9, 1, 5], ["w", "", "b", "72%", 50, 3.9, "", ""]]))
    shown = company().set_index("question")
    assert shown.loc["a", "mean"] == 3.9
    assert pd.isna(shown.loc["b", "mean"])
    assert shown["sd"].isna().all()


@on_sqlite
def test_a_share_of_promoters_is_no_net_score(database: str) -> None:
    imported("wave,question,answer,respondent,scale_min,scale_max\nv,Would you recommend us?,9,a,0,10\n")
    imported(comma_separated([SUMMARY, ["w", "", "Would you recommend us?", "72%", 50]]))
    shown = company().set_index("wave").loc["w"]
    assert shown["n"] == 50
    assert all(pd.isna(shown[name]) for name in ("favourable", "promoters", "detractors"))


@on_sqlite
def test_a_summary_again_and_corrected(database: str) -> None:
    first = imported(comma_separated([SUMMARY, ["w", "A", "q", "72%", 30], ["w", "", "q", "70%", 60]]))
    again = imported(comma_separated([SUMMARY, ["w", "a", "q", "72%", 31], ["w", "Total", "q", "70%", 60]]))
    assert fates(again) == (0, 1, 1, 0, 0)
    undone(again.batch)
    assert stored("survey_summary", "n") == [(30,), (60,)]
    undone(first.batch)
    assert contents() == {}


@on_sqlite
def test_a_summary_takes_wave_and_audience_from_the_call(database: str) -> None:
    imported(comma_separated([SUMMARY[1:], ["", "q", "72%", 50]]), Options(wave="Q3", audience=Audience.CUSTOMERS))
    assert stored("wave", "name", "audience") == [("Q3", "customers")]
