"""A survey that came in added up, in a layout of no tool that is known: suggested, corrected, saved, headless, undone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from data.enums import Stream
from importers.__main__ import main
from importers.mapping.preview import parsed
from tests.importers.files import contents, stored, undone
from tests.importers.mapping.files import context, sheet, suggested

#: A unit too small to be told, and one of which the tool kept the figures back.
REPORT = (
    "Pulsbefragung\n\n"
    "Bereich;Aussage;Zustimmungsquote;Anzahl Antworten;Mittelwert;Notiz\n"
    "Gesamt;Ich vertraue der Leitung;61,5 %;130;3,7;\n"
    "Werk Nord;Ich vertraue der Leitung;72,5 %;80;4,1;\n"
    "Werk Süd;Ich vertraue der Leitung;43,9 %;46;3,1;\n"
    "Empfang;Ich vertraue der Leitung;50 %;4;3,0;\n"
    "Archiv;Ich vertraue der Leitung;-;2;-;\n"
)


def test_the_figures_are_suggested_and_no_value_is_shown() -> None:
    found = suggested(REPORT, kind=Stream.SURVEY)
    assert (found.mapping.record, found.mapping.columns, found.lacking) == (
        "summaries",
        {"unit": "Bereich", "question": "Aussage", "favourable": "Zustimmungsquote", "n": "Anzahl Antworten", "mean": "Mittelwert"},
        [],
    )  # fmt: skip
    shown = parsed(sheet(REPORT), replace(found.mapping, name="Puls"), context())
    assert {(cell.raw, cell.value) for _, cells in shown.rows for cell in cells.values()} == {(None, None)}


def test_without_share_or_number_it_is_not_complete() -> None:
    mapping = suggested(REPORT, kind=Stream.SURVEY).mapping
    short = {name: label for name, label in mapping.columns.items() if name not in {"favourable", "n"}}
    assert replace(mapping, columns=short).lacking() == ["favourable", "n"]


@pytest.mark.usefixtures("database")
def test_a_report_is_mapped_headless_met_again_and_taken_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, draft = tmp_path / "report.csv", tmp_path / "draft.json"
    file.write_text(REPORT, encoding="utf-8")
    assert main([str(file), "--kind", "survey", "--draft-mapping", str(draft)]) == 0
    mapping = json.loads(draft.read_text(encoding="utf-8"))
    assert mapping["record"] == "summaries"
    draft.write_text(json.dumps(mapping | {"constants": {"cut": "location"}}), encoding="utf-8")
    assert main(["--mapping", str(draft), "--save-mapping", "Puls"]) == 0
    capsys.readouterr()
    assert main([str(file), "--wave", "2026-03", "--json"]) == 0
    out = capsys.readouterr()
    (result,) = json.loads(out.out)
    counts = {name: result[name] for name in ("rows", "new", "rejected", "skipped")}
    assert (result["format"], counts) == ("mapping:Puls", {"rows": 5, "new": 4, "rejected": 0, "skipped": 1})
    assert dict(zip(("wave", "audience"), stored("wave", "name", "audience")[0], strict=True)) == {
        "wave": "2026-03",
        "audience": "employees",
    }
    figures = stored("survey_summary", "cut", "unit", "n", "favourable", "mean")
    assert figures == [
        ("", "", 130, pytest.approx(0.615), 3.7), ("location", "Werk Nord", 80, pytest.approx(0.725), 4.1),
        ("location", "Werk Süd", 46, pytest.approx(0.439), 3.1), ("location", "Empfang", 4, 0.5, 3.0),
    ]  # fmt: skip
    assert all(value not in out.out + out.err for value in ("Werk Nord", "72,5", "43,9", "61,5"))
    file.write_text(REPORT.replace("72,5", "73,5") + "Labor;Ich vertraue der Leitung;80 %;10;4,0;\n", encoding="utf-8")
    assert main([str(file), "--wave", "2026-03", "--json"]) == 0
    (again,) = json.loads(capsys.readouterr().out)
    assert [again[name] for name in ("new", "updated", "duplicate", "skipped")] == [1, 1, 3, 1]
    undone(again["batch"])
    assert stored("survey_summary", "cut", "unit", "n", "favourable", "mean") == figures
    undone(result["batch"])
    assert contents() == {}
