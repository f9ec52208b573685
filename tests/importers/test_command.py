"""``python -m importers``: what is printed, what is written, and how it ends."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from data import samples
from data.enums import Stream
from importers.__main__ import main
from importers.formats import FORMATS
from tests.importers.files import contents, count, dump, stored

ROOT = Path(__file__).resolve().parent.parent.parent
#: The keys of INTERFACES.
KEYS = {
    "file", "kind", "format", "sheet", "status", "batch", "rows", "new", "updated", "duplicate", "rejected", "skipped",
    "issues", "effects",
}  # fmt: skip
ISSUE_KEYS = {"code", "severity", "sheet", "row", "column", "value", "message"}
POSTS = "posted_at,platform,post_id,language,text\n"

pytestmark = pytest.mark.usefixtures("small")

#: Name and content of a file → its path.
Save = Callable[[str, str | bytes], str]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    def write(name: str, content: str | bytes) -> str:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    return write


def document(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """The JSON document on standard output, which holds nothing else."""
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def usage(*arguments: str) -> object:
    with pytest.raises(SystemExit) as ended:
        main([*arguments])
    return ended.value.code


def test_a_file_is_imported_and_told_to_a_person(save: Save, capsys: pytest.CaptureFixture[str]) -> None:
    log = save("log.csv", "crisis,occurred_at,milestone\nC1,2026-05-01,posted\nC1,soon,detected\n")
    assert main([log]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "log.csv: applied, incidents (template_events): 2 rows: 1 new" in told.err
    assert "row 3: “soon” is not a date" in told.err
    assert count("event") == 1


def test_json_has_the_keys_of_the_contract_and_nothing_else_is_printed(
    save: Save, capsys: pytest.CaptureFixture[str]
) -> None:
    posts = save("x.csv", f"{POSTS}2026-05-01 10:00,X,1,en,What a wonderful answer\nsoon,X,2,en,ü\n")
    bad = save("bad.csv", "colour\nred\n")
    assert main([posts, bad, "--json"]) == 1
    applied, refused = document(capsys)
    assert set(applied) == set(refused) == KEYS
    assert [applied[name] for name in ("file", "kind", "format", "sheet", "status", "batch")] == [
        "x.csv", "engagement", "template_posts", None, "applied", 1,
    ]  # fmt: skip
    assert [applied[n] for n in ("rows", "new", "updated", "duplicate", "rejected", "skipped")] == [2, 1, 0, 0, 1, 0]
    assert [set(issue) for issue in (*applied["issues"], *refused["issues"])] == [ISSUE_KEYS] * 2
    assert applied["issues"][0] == {
        "code": "date-unreadable", "severity": "error", "sheet": None, "row": 3, "column": "posted_at", "value": "soon",
        "message": "“soon” is not a date that can be read. Write it as 2026-03-31 14:05.",
    }  # fmt: skip
    assert (refused["status"], refused["batch"], refused["rows"], refused["kind"]) == ("refused", None, 0, None)
    assert stored("post", "polarity", "scored_by") == [(1, "lexicon")], "scoring is the second step"


def test_effects_say_what_moves_a_known_crisis(save: Save, capsys: pytest.CaptureFixture[str]) -> None:
    header = "crisis,occurred_at,milestone\n"
    main([save("a.csv", f"{header}C1,2026-05-01 09:00,posted\nC1,2026-05-01 14:00,detected\n")])
    capsys.readouterr()
    assert main([save("b.csv", f"{header}C1,2026-05-01 12:00,detected\n"), "--json"]) == 0
    (result,) = document(capsys)
    effects = {(one["crisis"], one["metric"]): (one["before"], one["after"]) for one in result["effects"]}
    assert effects["C1", "time_to_detect"] == (5.0, 3.0)


def test_the_same_file_is_unchanged_and_that_is_done(save: Save, capsys: pytest.CaptureFixture[str]) -> None:
    path = save("c.csv", "date,kind\n2026-05-01,training\n")
    assert main([path]) == 0
    capsys.readouterr()
    assert main([path, "--json"]) == 0
    assert [(one["status"], one["duplicate"], one["batch"]) for one in document(capsys)] == [("unchanged", 1, 1)]


def test_a_dry_run_writes_nothing(save: Save, capsys: pytest.CaptureFixture[str]) -> None:
    path = save("p.csv", f"{POSTS}2026-05-01 10:00,X,1,en,fine\n")
    before = dump()
    assert main([path, "--dry-run", "--json"]) == 0
    (result,) = document(capsys)
    assert (result["status"], result["batch"], result["new"]) == ("previewed", None, 1)
    assert dump() == before


def test_text_is_scored_unless_asked_not_to(save: Save) -> None:
    assert main([save("p.csv", f"{POSTS}2026-05-01 10:00,X,1,en,fine\n"), "--no-score"]) == 0
    assert stored("post", "polarity") == [(None,)]


def test_a_refused_file_leaves_the_others_of_the_call(save: Save) -> None:
    good, other = save("a.csv", "date,kind\n2026-05-01,training\n"), save("b.csv", "date,kind\n2026-05-02,workshop\n")
    assert main([good, save("bad.csv", ""), other]) == 1
    assert stored("culture_activity", "kind") == [("training",), ("workshop",)]


def test_strict_refuses_and_the_rejects_are_written(save: Save, tmp_path: Path) -> None:
    path = save("a.csv", "date,kind\n2026-05-01,training\nsoon,workshop\n")
    rejects = tmp_path / "rejects.xlsx"
    assert main([path, "--strict", "--rejects", str(rejects)]) == 1
    assert contents() == {}
    sheet = openpyxl.load_workbook(rejects).active
    assert [cell.value for cell in sheet[2]][:3] == ["soon", "workshop", 3]
    assert main([path, "--rejects", str(rejects)]) == 0
    assert count("culture_activity") == 1


def test_a_file_that_cannot_be_opened_or_written_is_told(
    save: Save, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "none.csv"), "--json"]) == 1
    (result,) = document(capsys)
    assert [issue["code"] for issue in result["issues"]] == ["file-unreadable"]
    assert "No such file" in result["issues"][0]["message"]
    assert main([str(tmp_path)]) == 1
    path = save("a.csv", "date,kind\nsoon,training\n")
    assert main([path, "--rejects", str(tmp_path / "no" / "rejects.xlsx")]) == 1
    assert "cannot be written" in capsys.readouterr().err
    assert main(["--template", "plan", str(tmp_path / "no" / "plan.xlsx")]) == 1


def test_options_reach_the_import(save: Save) -> None:
    log = save("log.csv", "occurred_at,milestone\n03/04/2026 10:00,posted\n")
    assert main([log]) == 1
    assert main([log, "--crisis", "C7", "--date-order", "dmy", "--timezone", "Europe/Lisbon"]) == 0
    assert stored("crisis", "code") == [("C7",)]
    assert stored("event", "occurred_at") == [("2026-04-03T09:00:00+00:00",)]
    wide = save("wide.csv", 'date,Larkfield\n2026-05-01,"1,234"\n')
    assert main([wide, "--kind", "reputation", "--source", "Trust", "--decimal", "comma"]) == 0
    assert stored("reputation_score", "source", "company", "score") == [("Trust", "Larkfield", 1.234)]


def test_wave_and_audience_are_for_exports_that_carry_neither(save: Save) -> None:
    pulse = samples.FOLDER / "qualtrics_pulse_2024_q4.csv"
    assert main([str(pulse), "--wave", "Autumn", "--audience", "partners"]) == 0
    assert main([str(pulse)]) == 0
    assert stored("wave", "name", "audience") == [("Autumn", "partners"), ("2024-12", "employees")]
    template = save("answers.csv", "wave,question,answer\nMine,Proud?,4\n")
    assert main([template, "--wave", "Autumn"]) == 0
    assert stored("wave", "name")[-1] == ("Mine",)


def test_one_sheet_is_asked_for(save: Save) -> None:
    book = openpyxl.Workbook()
    for name in ("May", "June"):
        sheet = book.create_sheet(name)
        sheet.append(["date", "kind"])
        sheet.append([f"2026-0{5 + (name == 'June')}-01", "training"])
    buffer = io.BytesIO()
    book.save(buffer)
    path = save("year.xlsx", buffer.getvalue())
    assert main([path, "--sheet", "June"]) == 0
    assert stored("culture_activity", "held_on", "sheet") == [("2026-06-01", "June")]
    assert main([path, "--sheet", "July"]) == 1


def test_a_batch_is_taken_back_once(save: Save, capsys: pytest.CaptureFixture[str]) -> None:
    main([save("a.csv", "date,kind\n2026-05-01,training\n")])
    assert main(["--undo", "1"]) == 0
    assert contents() == {}
    assert main(["--undo", "1"]) == 1
    assert main(["--undo", "77"]) == 1
    assert "There is no applied batch 77" in capsys.readouterr().err


@pytest.mark.parametrize("stream", Stream)
def test_a_template_of_each_kind_is_written(stream: Stream, tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    assert main(["--template", stream.value, str(path)]) == 0
    assert openpyxl.load_workbook(path).worksheets


def test_an_unknown_template_is_a_usage_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--template", "weather", str(tmp_path / "x.xlsx")]) == 2
    assert "incidents, engagement" in capsys.readouterr().err
    assert not (tmp_path / "x.xlsx").exists()


def test_formats_are_listed_one_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--formats"]) == 0
    assert [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()] == [one.name for one in FORMATS]


@pytest.mark.parametrize(
    "arguments",
    [[], ["x.csv", "--kind", "weather"], ["--undo", "one"], ["--undo", "1", "--formats"], ["x.csv", "--audience", "cats"],
     ["x.csv", "--date-order", "dym"], ["--nonsense"], ["--template", "plan"]],
)  # fmt: skip
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    assert usage(*arguments) == 2


def test_the_sample_is_loaded_into_an_empty_database_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(samples, "FILES", samples.FILES[:2])
    assert main(["--sample", "--json"]) == 0
    told = capsys.readouterr()
    assert [one["file"] for one in json.loads(told.out)] == ["plan_v1.xlsx", "plan_v2.xlsx"]
    assert "plan_v1.xlsx" in told.err
    before = dump()
    assert main(["--sample"]) == 1
    assert "--force" in capsys.readouterr().err
    assert dump() == before
    assert main(["--sample", "--force"]) == 0


def test_as_a_program(save: Save, tmp_path: Path) -> None:
    """Exit statuses, and a log that no value of a survey reaches."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "importers", *arguments]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)

    survey = save("s.csv", "wave,question,answer,scale_min,scale_max\nw,q,4,1,5\nw,q,Marmalade,1,5\nw,q,5,1,5\n")
    done = run(survey, "--json")
    assert done.returncode == 0
    assert [one["rejected"] for one in json.loads(done.stdout)] == [1]
    assert "Marmalade" not in done.stdout + done.stderr
    refused = run(str(tmp_path / "none.csv"))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "Traceback" not in refused.stderr


def test_a_file_name_that_is_no_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / b"caf\xe9.csv".decode(errors="surrogateescape")
    path.write_text("date,kind\n2026-05-01,training\n", encoding="utf-8")
    assert main([str(path), "--json"]) == 0
    assert [one["file"] for one in document(capsys)] == ["caf?.csv"]
