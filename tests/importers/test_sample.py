"""Loading the sample company is an analyst's afternoon: every file, through the same door."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from data import samples
from data.access import LOCAL
from data.engine import reading
from data.queries.state import is_sample
from importers import sample
from importers.context import Options
from importers.pipeline import Upload, apply
from importers.result import FileStatus
from tests.importers.files import contents, count, on_sqlite, stored

TOTALS = ("rows", "new", "rejected", "skipped")


def test_every_file_went_in_whole(sample_database: str) -> None:
    assert len(samples.FILES) == 24
    files = [file for (file,) in stored("batch", "file")]
    assert files[0] == "incident_log.xlsx", "what others refer to comes first"
    assert sorted(files) == sorted(name for name, _ in samples.FILES)
    assert len({stored_set for (stored_set,) in stored("batch", "set_id")}) == 1
    assert sum(rejected for (rejected,) in stored("batch_sheet", "rejected")) == 0
    told = {(severity, code) for severity, code in stored("batch_issue", "severity", "code") if severity != "info"}
    assert told <= {("warning", "near-duplicate")}  # two people may well say the same within minutes
    assert {kind for (kind,) in stored("batch_sheet", "kind")} == {
        "incidents", "engagement", "survey", "reputation", "plan", "gaps", "lessons", "culture",
    }  # fmt: skip
    for rows, new, rejected, skipped in stored("batch_sheet", *TOTALS):
        assert rows == new + rejected + skipped


def test_the_story_is_there(sample_database: str) -> None:
    assert [code for (code,) in stored("crisis", "code")] == [
        "2025-03-thread", "2025-10-ticket", "2026-04-promotion", "2026-11-comments",
    ]  # fmt: skip
    assert stored("crisis", "status")[-1] == ("open",)
    assert [version for (version,) in stored("plan", "version")] == ["v1", "v2"]
    assert len(stored("wave", "name")) == len({name for name, _ in stored("wave", "name", "audience")}) > 9
    with reading() as session:
        assert is_sample(session)
    assert dict(stored("setting", "key", "value"))["company.name"] == samples.SETTINGS["company.name"]


def test_english_posts_are_scored_and_german_ones_are_not(sample_database: str) -> None:
    polarity = stored("post", "language", "polarity", "text")
    assert not [text for language, value, text in polarity if language == "en" and text and value is None]
    assert [text for language, value, text in polarity if language == "de" and value is None]


def test_no_address_of_the_surveys_is_in_the_database(sample_database: str) -> None:
    path = Path(str(sa.make_url(sample_database).database))
    content = b"".join(part.read_bytes() for part in path.parent.glob(f"{path.name}*"))
    assert b"192.0.2." not in content
    assert b"REDACTED" not in content
    assert b"R_QZjh6z2cNSwY1U0" not in content


def test_each_file_again_is_unchanged(sample_database: str) -> None:
    before = (contents(), stored("data_state", "version"))
    for name, chosen in samples.FILES[:3]:
        content = (samples.FOLDER / name).read_bytes()
        results = apply(Upload(name, content), Options(wave=chosen.get("wave")), LOCAL)
        assert {result.status for result in results} == {FileStatus.UNCHANGED}
    assert (contents(), stored("data_state", "version")) == before


def test_it_is_not_loaded_over_data_unless_forced(sample_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = stored("data_state", "version")
    with pytest.raises(sample.NotEmpty, match="--force"):
        sample.load(LOCAL)
    assert stored("data_state", "version") == before
    monkeypatch.setattr(samples, "FILES", samples.FILES[:1])
    (again,) = sample.load(LOCAL, force=True)
    assert again.status is FileStatus.UNCHANGED


@on_sqlite
def test_progress_names_each_file(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(samples, "FILES", samples.FILES[:2])
    named: list[str] = []
    sample.load(LOCAL, progress=named.append)
    assert named == ["plan_v1.xlsx", "plan_v2.xlsx"]
    assert count("plan") == 2
