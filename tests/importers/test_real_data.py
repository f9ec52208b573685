"""Files that real tools and people wrote."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pytest

from data.enums import Stream
from importers.context import Options
from importers.result import FileStatus
from tests.importers.files import contents, count, fates, imported, on_sqlite, problems, stored, undone


@pytest.fixture(scope="module")
def status_log(shared: Path) -> bytes:
    """GitHub's own status page, four years of it."""
    return (shared / "data" / "github_status_events.csv").read_bytes()


@on_sqlite
def test_a_status_page_of_801_incidents(database: str, status_log: bytes) -> None:
    result = imported(status_log)
    assert (result.kind, result.format, result.rows) == ("incidents", "event_log", 4_570)
    assert fates(result) == (4_514, 0, 0, 0, 56)
    assert set(problems([result])) == {"near-duplicate"}  # the log repeats itself here and there
    events = pd.DataFrame(
        stored("event", "crisis_id", "milestone", "occurred_at"), columns=["crisis", "milestone", "at"]
    )
    assert count("crisis") == events["crisis"].nunique() == 801
    assert (events["milestone"] == "detected").sum() == 801
    assert len(events) == 4_514 + 801

    kinds = events.groupby("crisis")["milestone"].agg(frozenset)
    assert (kinds == {"detected", "resolved"}).sum() == 29
    detected = events[events["milestone"] == "detected"].set_index("crisis")["at"]
    assert (events.groupby("crisis")["at"].min() == detected).all()

    log = pd.read_csv(io.BytesIO(status_log), dtype=str)
    real = log[log["impact"] != "maintenance"]
    assert log.loc[log["impact"] == "maintenance", "incident_id"].nunique() == 18
    expected = real["status"].value_counts()
    assert (events["milestone"] == "resolved").sum() == expected["Resolved"]
    assert (events["milestone"] == "contained").sum() == expected["Monitoring"]
    assert (events["milestone"] == "acknowledged").sum() == expected["Investigating"]
    first = real[real["incident_id"] == "9632825"]["at"].min()
    assert stored("event", "occurred_at")[0] == (first.replace("Z", "+00:00"),)

    assert imported(status_log).status is FileStatus.UNCHANGED
    undone(result.batch)
    assert contents() == {}


@on_sqlite
def test_a_longer_status_log_brings_only_what_is_new(database: str, status_log: bytes) -> None:
    lines = status_log.decode().splitlines(keepends=True)
    earlier = imported("".join(lines[:301]))
    later = imported("".join(lines[:401]))
    assert later.duplicate == earlier.new
    assert later.new == later.rows - later.duplicate - later.skipped > 0
    assert later.updated == 0
    undone(earlier.batch)
    assert count("event") == sum(milestone is not None for (milestone,) in stored("event", "milestone"))
    undone(later.batch)
    assert contents() == {}


@on_sqlite
def test_weekly_prices_as_a_wide_table(database: str, shared: Path) -> None:
    text = (shared / "data" / "volkswagen_weekly.csv").read_text(encoding="utf-8")
    rows = list(csv.reader(io.StringIO(text), delimiter=" "))
    commas = io.StringIO()
    csv.writer(commas).writerows(rows)
    options = Options(kind=Stream.REPUTATION, source="Closing price")
    result = imported(commas.getvalue(), options)
    assert fates(result) == (len(rows) - 1, 0, 0, 0, 0)
    assert problems([result]) == ["score-without-scale"]
    assert count("reputation_score") == 3 * (len(rows) - 1)
    expected = [
        (day, company, float(score))
        for day, *scores in rows[1:3]
        for company, score in zip(rows[0][1:], scores, strict=True)
    ]
    assert stored("reputation_score", "scored_on", "company", "score")[:6] == expected
    assert {source for (source,) in stored("reputation_score", "source")} == {"Closing price"}
    again = imported(text, options)  # separated by blanks, as it was published
    assert fates(again) == (0, 0, len(rows) - 1, 0, 0)


@on_sqlite
def test_a_qualtrics_export_with_german_labels(database: str, shared: Path) -> None:
    content = (shared / "formats" / "qualtrics" / "sample_qualtRics.csv").read_bytes()
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    result = imported(content)
    assert (result.kind, result.format, result.rows) == ("survey", "qualtrics", len(rows) - 3)
    assert (result.new, result.rejected) == (result.rows - result.skipped, 0)
    assert stored("wave", "name", "audience") == [("2017-07", "employees")]
    assert [text for (text,) in stored("question", "text")] == [
        "This is a multiple choice question.",
        "This is a free text question.",
    ]
    assert (None, "Hello World!") in stored("answer", "value", "comment")
    assert count("response") == result.new
