"""The sample company holds together, and its files are those that its script makes."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from python_calamine import CalamineWorkbook

from data import samples
from data.samples import company, make, pulse
from data.settings import key

MILESTONES = {
    "posted", "detected", "acknowledged", "assessed", "team_assembled", "decision", "drafted", "approved", "statement",
    "update", "internal_message", "employee_contacted", "contained", "resolved", "reviewed", "other",
}  # fmt: skip
AUDIENCES = {"", "public", "employees", "customers", "press", "regulators", "partners"}
DETECTORS = {"", "own_monitoring", "employee", "customer", "press", "public", "other"}
FUNCTIONS = {"", "PR", "HR", "Legal", "Security", "Leadership", "Support", "Sales"}
NAMES = [name for name, _ in samples.FILES]


def cells(path: Path) -> dict[str, Any]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return {"": [list(row) for row in csv.reader(file)]}
    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def table(name: str, sheet: str = "") -> list[dict[str, str]]:
    found = cells(samples.FOLDER / name)
    header, *rows = found[sheet] if sheet else next(iter(found.values()))
    return [dict(zip(map(str, header), map(str, row), strict=True)) for row in rows]


def clock(code: str) -> dict[str, list[str]]:
    times: dict[str, list[str]] = {}
    for event in table("incident_log.xlsx", "events"):
        if event["crisis"] == code:
            times.setdefault(event["milestone"], []).append(event["occurred_at"])
    return times


def hours(code: str, start: str, end: str) -> float:
    times = clock(code)
    gap = datetime.fromisoformat(min(times[end])) - datetime.fromisoformat(min(times[start]))
    return round(gap.total_seconds() / 3600, 2)


def answers(wave: pulse.Wave) -> list[dict[str, str]]:
    return [row for row in table(samples.pulse_file(wave.name))[2:] if row["Status"] == "0" and row["Finished"] == "1"]


def daily_volume() -> Counter[date]:
    volume: Counter[date] = Counter()
    for platform in ("x", "reddit", "linkedin"):
        for row in table(f"mentions_{platform}.csv"):
            volume[datetime.fromisoformat(row["posted_at"]).astimezone(company.ZONE).date()] += 1
    for platform in ("facebook", "instagram"):
        for row in table(f"daily_{platform}.csv"):
            volume[date.fromisoformat(row["date"])] += int(row["posts"])
    return volume


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    make.make(folder)
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_the_script_makes_the_tracked_cells(made: Path, name: str) -> None:
    assert cells(made / name) == cells(samples.FOLDER / name)


def test_files_are_listed_once_and_small() -> None:
    tracked = sorted(path.name for path in samples.FOLDER.iterdir())
    assert tracked == sorted(NAMES)
    assert sum((samples.FOLDER / name).stat().st_size for name in NAMES) < 6_000_000


def test_two_runs_write_the_same_bytes(made: Path, tmp_path: Path) -> None:
    make.make(tmp_path)
    assert [name for name in NAMES if (tmp_path / name).read_bytes() != (made / name).read_bytes()] == []


def test_every_setting_is_accepted_as_it_is_typed() -> None:
    read = {name: key(name).parse(text) for name, text in samples.SETTINGS.items()}
    assert read["company.holidays"] == "PT"
    assert read["targets.longest_silence"] == 36.0


def test_four_crises_one_still_open() -> None:
    crises = table("incident_log.xlsx", "crises")
    assert [row["crisis"] for row in crises] == [story.code for story in company.STORIES]
    assert [row["status"] for row in crises] == ["reviewed", "reviewed", "reviewed", "open"]
    assert [row["crisis"] for row in crises if "resolved" not in clock(row["crisis"])] == ["2026-11-comments"]
    assert "internal_message" not in clock("2026-11-comments")
    assert crises[0]["category"] == crises[1]["category"]
    assert all(len(row["topics"].split("; ")) == 2 for row in crises)


def test_events_use_the_words_of_the_product() -> None:
    events = table("incident_log.xlsx", "events")
    for event in events:
        assert event["milestone"] in MILESTONES
        assert event["audience"] in AUDIENCES
        assert event["detected_by"] in DETECTORS
        assert event["function"] in FUNCTIONS
        assert event["description"].endswith(".")
    assert all(12 <= count <= 20 for count in Counter(event["crisis"] for event in events).values())
    assert sum(len(event["occurred_at"]) == 10 for event in events) == 2


def test_each_crisis_is_what_its_story_says() -> None:
    assert hours("2025-03-thread", "detected", "statement") == 9.2
    assert hours("2025-03-thread", "posted", "detected") > 24
    assert "assessed" not in clock("2025-03-thread")
    assert hours("2025-03-thread", "statement", "internal_message") > 0
    waits = [hours(code, "drafted", "approved") for code in ("2025-03-thread", "2025-10-ticket", "2026-11-comments")]
    assert min(waits) > 3
    assert hours("2026-04-promotion", "posted", "detected") < 1
    assert hours("2026-04-promotion", "detected", "statement") < 3
    assert hours("2026-04-promotion", "internal_message", "statement") > 0
    assert hours("2026-11-comments", "detected", "statement") > 3


def test_nothing_happens_after_the_last_evening() -> None:
    zone = ZoneInfo("Europe/Lisbon")
    told = [event["occurred_at"] for event in table("incident_log.xlsx", "events")]
    told += [row[name] for row in table(samples.pulse_file(pulse.WAVES[-1].name))[2:] for name in ("RecordedDate",)]
    assert max(datetime.fromisoformat(text).replace(tzinfo=zone) for text in told) < samples.AS_OF
    for platform in ("x", "reddit", "linkedin"):
        last = max(row["posted_at"] for row in table(f"mentions_{platform}.csv"))
        assert datetime.fromisoformat(last) < samples.AS_OF
    assert max(row["time"] for row in table("x_by_tweet_larkfield.csv")) < "2026-11-20 20:00"


def test_bursts_stand_out_of_a_covered_baseline() -> None:
    volume = daily_volume()
    for story in company.STORIES:
        before = [volume[story.day - timedelta(days=back)] for back in range(1, 29)]
        during = [volume[story.day + timedelta(days=ahead)] for ahead in range(5)]
        assert min(before) > 0
        assert 6 <= max(during) / median(before) <= 14


def test_sentiment_is_given_in_three_ways() -> None:
    given = {
        platform: {
            name for row in table(f"mentions_{platform}.csv") for name in ("sentiment", "sentiment_label") if row[name]
        }
        for platform in ("x", "linkedin", "reddit")
    }
    assert given == {"x": {"sentiment"}, "linkedin": {"sentiment_label"}, "reddit": set()}
    for platform in ("facebook", "instagram"):
        rows = table(f"daily_{platform}.csv")
        assert len(rows) == (company.LAST_DAY - company.FIRST_DAY).days + 1
        assert all(int(r["posts"]) == sum(int(r[m]) for m in ("positive", "neutral", "negative")) for r in rows)


def test_post_ids_and_links_are_unique() -> None:
    for platform in ("x", "reddit", "linkedin"):
        rows = table(f"mentions_{platform}.csv")
        assert len({row["post_id"] for row in rows}) == len({row["url"] for row in rows}) == len(rows)


def test_nine_waves_six_departments_two_tiny() -> None:
    assert len(pulse.WAVES) == 9
    for wave in pulse.WAVES:
        sizes = Counter(row["Department"] for row in answers(wave))
        assert set(sizes) == set(company.HEADCOUNT)
        assert sorted(sizes, key=lambda name: sizes[name])[:2] in (["Facilities", "Legal"], ["Legal", "Facilities"])
        assert {sizes["Legal"], sizes["Facilities"]} <= {3, 4}
        assert min(sizes[name] for name in ("Engineering", "Support", "Sales", "Marketing")) >= 15


def test_previews_and_unfinished_rows_are_left_in() -> None:
    for wave in pulse.WAVES:
        rows = table(samples.pulse_file(wave.name))[2:]
        assert sum(row["Status"] == "1" for row in rows) == 2
        assert sum(row["Finished"] == "0" for row in rows) >= 3
        assert all(row["IPAddress"].startswith("192.0.2.") for row in rows)
        assert {row["RecipientLastName"] + row["RecipientFirstName"] for row in rows} == {""}


def test_morale_falls_after_each_crisis() -> None:
    def index(number: int) -> float:
        rows = answers(pulse.WAVES[number])
        return sum(int(row[f"Q{q}"]) >= 4 for row in rows for q in range(1, 6)) / (5 * len(rows))

    for after in (2, 4, 6, 8):
        assert -0.08 <= index(after) - index(after - 1) <= -0.035


def test_trust_falls_after_each_crisis() -> None:
    scores = {
        date.fromisoformat(row["date"]): float(row["score"])
        for row in table("reputation_scores.xlsx")
        if row["source"] == "Trust index" and row["company"] == company.NAME
    }
    for story in company.STORIES:
        before = median(score for day, score in scores.items() if 0 < (story.day - day).days <= 180)
        trough = min(score for day, score in scores.items() if 0 <= (day - story.day).days <= 40)
        assert 3.5 <= before - trough <= 9


def test_plan_has_one_role_without_contact_and_a_review_past_due() -> None:
    for version, steps in (("v1", 13), ("v2", 14)):
        rows = table(f"plan_{version}.xlsx")
        assert len(rows) == steps
        assert {row["fulfilled_by"] for row in rows} | {row["clock_starts"] for row in rows} <= MILESTONES
        assert [row["required"] for row in rows if not row["contact"]] == ["yes"]
        names = [row["step"] for row in rows]
        assert {row["after_step"] for row in rows} - {""} <= set(names)
    assert date.fromisoformat(rows[0]["review_due"]) < samples.AS_OF.date()


def test_gaps_and_lessons_use_every_status() -> None:
    gaps, lessons = table("gaps.xlsx"), table("lessons.xlsx")
    known = {row["step"] for version in ("v1", "v2") for row in table(f"plan_{version}.xlsx")}
    codes = {story.code for story in company.STORIES}
    assert {row["status"] for row in gaps} == {"open", "planned", "in_progress", "implemented", "validated", "accepted"}
    assert {row["origin"] for row in gaps} == {"conformance", "review", "feedback", "drill"}
    assert {row["element"] for row in gaps} == {"planning", "organisation", "equipment", "training", "exercise"}
    assert {row["step"] for row in gaps} - {""} <= known
    assert {row["crisis"] for row in gaps + lessons} - {""} <= codes
    words = {"observation", "identified", "approved", "implemented", "learned", "rejected"}
    assert {row["status"] for row in lessons} == words
    assert {row["confidence"] for row in lessons} == {"confirmed", "probable", "possible"}
    assert {row["gap"] for row in lessons} - {""} <= {row["gap"] for row in gaps}


@pytest.mark.parametrize("name", NAMES)
def test_no_text_holds_a_handle_or_an_address(name: str) -> None:
    mailbox = re.compile(r"[a-z-]+@larkfield\.example")
    for rows in cells(samples.FOLDER / name).values():
        for row in rows:
            assert [cell for cell in row if "@" in str(cell) and not mailbox.fullmatch(str(cell))] == []
