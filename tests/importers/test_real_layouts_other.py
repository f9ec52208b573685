"""Real layouts of incident logs, surveys and reviews are told by their content, whatever the file is called."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from importers.context import Context, Options
from importers.identify import identify
from importers.read import read
from tests.importers.files import dump, fates, imported, on_sqlite, stored

NAMELESS = "zzz"


def context() -> Context:
    return Context(Options(), company=None, company_zone="UTC", today=date(2026, 11, 1), k=5, paired=False)


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        ("jira/export_all_fields_sample.csv", "jira"),
        ("jira/real_corpus_rows.csv", "jira"),
        ("pagerduty/incidents_csv_header.csv", "pagerduty"),
        ("microsoft_forms/sample.csv", "microsoft_forms"),
        ("viva_glint/sample_survey.csv", "viva_glint"),
        ("viva_glint/sample_attributes.csv", "viva_glint_attributes"),
        ("qualtrics/sample_qualtRics.csv", "qualtrics"),
    ],
)
def test_a_sample_is_recognised(sample: str, expected: str, shared: Path) -> None:
    (sheet,) = read(NAMELESS, (shared / "formats" / sample).read_bytes(), limit_mb=1)
    match = identify(sheet, context())
    assert match is not None
    assert match.layout.name == expected


@pytest.mark.parametrize(
    ("listed", "expected"),
    [("surveymonkey/header_row1_fixed_columns.txt", "surveymonkey"), ("trustpilot/columns.txt", "trustpilot")],
)
def test_a_listed_header_is_recognised(listed: str, expected: str, shared: Path) -> None:
    """These hold the headings on one line, with what was left out in brackets or as dots."""
    (line,) = (shared / "formats" / listed).read_text(encoding="utf-8").splitlines()
    header = line.partition(",...")[0] + "\n"
    (sheet,) = read(NAMELESS, header.encode(), limit_mb=1)
    match = identify(sheet, context())
    assert match is not None
    assert match.layout.name == expected


def test_who_left_the_company_is_of_no_format(shared: Path) -> None:
    (sheet,) = read(NAMELESS, (shared / "formats" / "viva_glint" / "sample_attrition.csv").read_bytes(), limit_mb=1)
    assert identify(sheet, context()) is None


@on_sqlite
def test_survey_samples_come_in_whole(database: str, shared: Path) -> None:
    """The sample of Viva Glint with the attributes beside it, and that of Microsoft Forms."""
    folder = shared / "formats"
    glint = imported((folder / "viva_glint" / "sample_survey.csv").read_bytes())
    assert fates(glint) == (12, 0, 0, 0, 0)
    beside = imported((folder / "viva_glint" / "sample_attributes.csv").read_bytes())
    assert fates(beside) == (0, 12, 0, 0, 0)
    assert {department for (department,) in stored("response", "department")} == {"Sales", "HR", "IT"}
    assert fates(imported((folder / "microsoft_forms" / "sample.csv").read_bytes())) == (2, 0, 0, 0, 0)
    assert (5.0,) in stored("answer", "value")
    assert not {"alex@example.com", "Anderson", "E10"} & set(str(dump()).replace("'", " ").split())


@on_sqlite
def test_jira_samples_come_in_whole(database: str, shared: Path) -> None:
    for sample, dates in (("export_all_fields_sample.csv", 2), ("real_corpus_rows.csv", 2)):
        assert fates(imported((shared / "formats" / "jira" / sample).read_bytes())) == (dates, 0, 0, 0, 0)
    assert {code for (code,) in stored("crisis", "code")} == {"PAY-1", "PAY-2", "QUAS-1", "QUAS-3"}
    assert "Sam Lee" not in str(dump())
