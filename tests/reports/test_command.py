"""``python -m reports``: the documents as INTERFACES describes them."""

from __future__ import annotations

import csv
import itertools
import json
import time
from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from data.commands.lessons import review
from data.engine import writing
from importers.context import Options
from importers.pipeline import Upload, apply
from reports.__main__ import main
from tests.small import ADMIN, bring, crisis, log, posts, setting, survey

DOCUMENT = [
    "as_of",
    "data_version",
    "crisis",
    "metrics",
    "findings",
    "plan_version",
    "plan",
    "gaps",
    "lessons",
    "decisions",
]
METRIC = [
    "id", "group", "label", "value", "lo", "hi", "unit", "n", "status", "reason", "basis", "target", "better", "sources",
]  # fmt: skip


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    """The one JSON document on standard output; NaN is none."""
    assert main(list(arguments)) == 0
    return json.loads(capsys.readouterr().out, parse_constant=pytest.fail)


def thread() -> None:
    log("thread", "2026-03-02 08:00 posted", "2026-03-02 09:00 detected", "2026-03-02 12:00 statement audience=press")


def by_id(document: dict[str, Any], metric: str) -> dict[str, Any]:
    return next(m for m in document["metrics"] if m["id"] == metric)


# --- the document ------------------------------------------------------------------------------------------------------


def test_one_crisis(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    thread()
    posts("2026-03-02", dict.fromkeys(range(-20, 3), (2, 1)))
    survey("Q1", "2026-02-10", {"Proud?": [5, 4, 3, 2, 1] * 5})
    setting("targets.time_to_first_statement", "2.5")
    told = said(capsys, "--crisis", "THREAD", "--as-of", "2026-03-10T12:00+00:00")
    assert list(told) == DOCUMENT
    assert (told["as_of"], told["crisis"]) == (
        "2026-03-10T12:00:00+00:00",
        {"code": "thread", "title": "thread", "privilege_banner": None},
    )
    assert told["data_version"] >= 4
    assert [list(metric) for metric in told["metrics"]] == [METRIC] * len(told["metrics"])
    assert {tuple(m["sources"]) for m in told["metrics"]} == {("rows", "files")}
    assert {tuple(f) for m in told["metrics"] for f in m["sources"]["files"]} == {("batch", "file", "sheet", "rows")}
    assert {tuple(finding) for finding in told["findings"]} == {("section", "text")}
    assert {f["section"] for f in told["findings"]} == {
        "timeline", "speed", "reaction", "reputation", "people", "lags", "plan", "gaps", "lessons",
    }  # fmt: skip
    statement = by_id(told, "time_to_first_statement")
    assert statement | {"basis": None} == {
        "id": "time_to_first_statement", "group": {}, "label": "Time to first statement", "value": 3.0, "lo": None,
        "hi": None, "unit": "hours", "n": 1, "status": "ok", "reason": None, "basis": None, "target": 2.5,
        "better": "lower",
        "sources": {"rows": 2, "files": [{"batch": 1, "file": "log.csv", "sheet": None, "rows": "3–4"}]},
    }  # fmt: skip


@pytest.mark.usefixtures("small")
def test_what_followed_each_crisis_carries_its_code(capsys: pytest.CaptureFixture[str]) -> None:
    thread()
    log("other", "2026-04-02 09:00 posted", name="other.csv")
    posts("2026-03-02", dict.fromkeys(range(-20, 40), (2, 1)), impressions="5")
    told = said(capsys, "--portfolio", "--as-of", "2026-05-01T12:00+00:00")
    groups = [m["group"] for m in told["metrics"] if m["id"] == "reach"]
    assert groups == [
        {"crisis": "other"}, {"crisis": "other", "kind": "mention"}, {"crisis": "thread"},
        {"crisis": "thread", "kind": "mention"},
    ]  # fmt: skip
    one = said(capsys, "--crisis", "thread", "--as-of", "2026-05-01T12:00+00:00")
    for metric in ("volume_rate_ratio", "sentiment_level_change", "lag_volume_peak_to_half_life"):
        mine = next(m for m in told["metrics"] if m["id"] == metric and m["group"]["crisis"] == "thread")
        assert mine | {"group": {}} == by_id(one, metric)


@pytest.mark.usefixtures("small")
def test_all_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    thread()
    log("other", "2026-04-02 09:00 detected", name="other.csv")
    survey("Q1", "2026-02-10", {"Proud?": [5, 4, 3, 2, 1] * 5})
    told = said(capsys, "--portfolio")
    assert list(told) == DOCUMENT
    assert told["crisis"] is None
    assert {m["group"].get("crisis") for m in told["metrics"]} == {"thread", "other", None}
    waves = [m for m in told["metrics"] if "wave" in m["group"]]
    assert {(m["id"], m["group"]["wave"]) for m in waves} == {
        ("favourable", "Q1"), ("mean_score", "Q1"), ("response_rate", "Q1"),
    }  # fmt: skip
    values = {m["group"]["crisis"]: m["value"] for m in told["metrics"] if m["id"] == "time_to_first_statement"}
    assert values["thread"] == 3.0
    assert by_id(told, "median_time_to_first_statement")["n"] == 2
    assert {tuple(finding) for finding in told["findings"]} == {("section", "text")}
    assert values["other"] > 1000  # still running


@pytest.mark.usefixtures("small")
def test_an_empty_database_has_an_empty_portfolio(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "--portfolio")["metrics"] == []


def test_a_new_database_is_made_first(tmp_path: Path, small: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "--portfolio")["data_version"] == 0


# --- options -----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("small")
def test_an_unknown_crisis_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    thread()
    assert main(["--crisis", "unknown"]) == 1
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "There is no crisis “unknown”.\n")


@pytest.mark.usefixtures("small")
def test_a_role_sees_what_its_pages_show(capsys: pytest.CaptureFixture[str]) -> None:
    thread()
    crisis("thread", restricted_to="legal,hr", title="Zanzibar")
    assert main(["--crisis", "thread"]) == 1  # leadership, unless one says otherwise
    assert main(["--crisis", "thread", "--role", "analyst"]) == 1
    assert "Zanzibar" not in capsys.readouterr().err
    for role in ("legal", "hr", "admin"):
        assert said(capsys, "--crisis", "thread", "--role", role)["crisis"]["title"] == "Zanzibar"
        assert len(said(capsys, "--portfolio", "--role", role)["metrics"]) > 10
    assert said(capsys, "--portfolio")["metrics"] == []
    assert said(capsys, "--portfolio", "--role", "auditor")["metrics"] == []


@pytest.mark.usefixtures("small")
def test_as_of_a_moment_only_what_had_happened_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    thread()
    told = said(capsys, "--crisis", "thread", "--as-of", "2026-03-02T10:30+00:00")
    statement = by_id(told, "time_to_first_statement")
    assert (statement["value"], statement["status"]) == (1.5, "lower_bound")


@pytest.mark.usefixtures("small")
def test_a_moment_without_an_offset_is_in_the_company_s_zone(capsys: pytest.CaptureFixture[str]) -> None:
    thread()  # before the zone is set, so in UTC
    setting("company.timezone", "Asia/Tokyo")
    told = said(capsys, "--crisis", "thread", "--as-of", "2026-03-02T19:30")
    assert told["as_of"] == "2026-03-02T19:30:00+09:00"
    assert by_id(told, "time_to_first_statement")["value"] == 1.5


@pytest.mark.usefixtures("small")
def test_a_file_instead_of_standard_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    thread()
    assert main(["--crisis", "thread", "--output", str(tmp_path / "pack.json")]) == 0
    assert capsys.readouterr().out == ""
    assert json.loads((tmp_path / "pack.json").read_text(encoding="utf-8"))["crisis"]["code"] == "thread"
    assert main(["--crisis", "thread", "--output", str(tmp_path / "no such folder" / "pack.json")]) == 1
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--crisis", "a", "--portfolio"],
        ["--portfolio", "--role", "king"],
        ["--portfolio", "--as-of", "yesterday"],
        ["--portfolio", "--format", "papyrus"],
        ["--portfolio", "--format", "html"],
        ["--digest", "--format", "json"],
    ],
)
def test_a_call_that_makes_no_sense_is_a_usage_error(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage: python -m reports" in capsys.readouterr().err


# --- 801 real incidents ------------------------------------------------------------------------------------------------

#: The status page's word for what our metric ends at.
ENDS = {"time_to_acknowledge": "Investigating", "time_to_assess": "Identified", "time_to_contain": "Monitoring", "time_to_resolve": "Resolved"}  # fmt: skip
AS_OF = "2030-01-01T00:00+00:00"


@pytest.fixture
def status_page(shared: Path, small: str) -> Path:
    file = shared / "data" / "github_status_events.csv"
    assert apply(Upload(file.name, file.read_bytes()), Options(), ADMIN)[0].rejected == 0
    return file


def incidents(file: Path) -> dict[str, list[tuple[datetime, str]]]:
    """Incident → its moments and statuses in order of time, read without any of our own code."""
    found: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["impact"] != "maintenance":
                found[row["incident_id"]].append((datetime.fromisoformat(row["at"]), row["status"]))
    return {code: sorted(rows) for code, rows in found.items()}


def hours(span: timedelta) -> float:
    return span.total_seconds() / 3600


def first(rows: list[tuple[datetime, str]], status: str) -> datetime | None:
    return next((at for at, word in rows if word == status), None)


def silence(rows: list[tuple[datetime, str]]) -> float | None:
    """The longest gap over the first row, each update up to the resolution, and the resolution."""
    over = first(rows, "Resolved")
    if over is None:
        return None
    points = [rows[0][0], *(at for at, word in rows if word == "Update" and at <= over), over]
    return max(hours(b - a) for a, b in itertools.pairwise(points))


def test_every_incident_of_a_real_status_page(status_page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    started = time.process_time()
    told = said(capsys, "--portfolio", "--as-of", AS_OF)
    assert time.process_time() - started < 30, "well under a minute"
    values: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for metric in told["metrics"]:
        if "crisis" in metric["group"]:
            values[metric["group"]["crisis"]][metric["id"]] = metric
    real = incidents(status_page)
    assert len(real) == 801
    assert set(values) == set(real)
    checked = 0
    for code, rows in real.items():
        mine, detected, over = values[code], rows[0][0], first(rows, "Resolved")
        for metric, status in ENDS.items():
            end = first(rows, status)
            if end is not None:
                assert mine[metric]["value"] == pytest.approx(hours(end - detected)), (code, metric)
                assert mine[metric]["status"] == "ok"
                checked += 1
            elif over is not None:
                assert (mine[metric]["value"], mine[metric]["reason"]) == (None, "missed"), (code, metric)
        quiet = silence(rows)
        if quiet is not None:
            assert mine["longest_silence"]["value"] == pytest.approx(quiet), code
            checked += 1
        assert mine["public_updates"]["value"] == len({(at, m) for at, m in _updates(status_page, code)}), code
    assert checked > 2400
    taken = sorted(hours(over - rows[0][0]) for rows in real.values() if (over := first(rows, "Resolved")))
    middle = by_id(told, "median_time_to_resolve")
    assert (middle["value"], middle["n"]) == (pytest.approx(median(taken)), 801)
    # √n/2 ranks around the middle are one standard error; 1.96 of them lie to each side.
    assert middle["lo"] == pytest.approx(taken[400 - 28], abs=0.1)
    assert middle["hi"] == pytest.approx(taken[400 + 28], abs=0.1)
    assert middle["sources"]["rows"] > 1500


_seen: dict[str, list[tuple[str, str]]] = {}


def _updates(file: Path, code: str) -> list[tuple[str, str]]:
    """Moment and message of an incident's updates: the same message at the same moment is one event."""
    if not _seen:
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                _seen.setdefault(row["incident_id"], [])
                if row["status"] == "Update":
                    _seen[row["incident_id"]].append((row["at"], row["message"]))
    return _seen[code]


def test_every_number_of_a_real_incident_names_its_rows(status_page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    real = incidents(status_page)
    code = max(real, key=lambda c: (len({word for _, word in real[c]}), len(real[c])))
    started = time.process_time()
    told = said(capsys, "--crisis", code, "--as-of", AS_OF)
    assert time.process_time() - started < 20
    with status_page.open(encoding="utf-8", newline="") as lines:
        at_row = dict(enumerate(csv.DictReader(lines), start=2))
    recorded = {word for _, word in real[code]}
    assert len(recorded & set(ENDS.values())) > 2
    for metric, status in ENDS.items():
        if status not in recorded:
            continue
        (source,) = by_id(told, metric)["sources"]["files"]
        rows = [at_row[number] for number in _numbers(source["rows"])]
        assert {row["incident_id"] for row in rows} == {code}
        assert any(row["status"] == status for row in rows)
        assert min(datetime.fromisoformat(row["at"]) for row in rows) == real[code][0][0]


def _numbers(rows: str) -> list[int]:
    spans = [[int(number) for number in part.split("–")] for part in rows.split(", ")]
    return [number for span in spans for number in range(span[0], span[-1] + 1)]


def test_the_digest_for_employees_is_a_page_of_its_own(small: str, capsys: pytest.CaptureFixture[str]) -> None:
    row = {
        "lesson": "L-1",
        "title": "Secret title",
        "observation": "o",
        "status": "learned",
        "share_safe": "We call first.",
    }
    bring("l.csv", [row])
    assert main(["--digest"]) == 0
    assert "There is nothing to read here yet." in capsys.readouterr().out
    with writing() as session:
        review(session, ADMIN, "L-1")
    assert main(["--digest", "--format", "html", "--role", "hr"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("<!doctype html>")
    assert "<li>We call first.</li>" in told
    assert "Secret title" not in told
