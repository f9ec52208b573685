"""A long text is read in chunks, and comes out as it would if it were read whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.access import LOCAL
from data.commands.protected import add
from data.config import config
from data.engine import reading, writing
from data.enums import Stream
from data.tables import Base
from importers import pace, sets
from importers import upload as uploads
from importers.__main__ import main
from importers.chunked import merging, text
from importers.context import Options
from importers.issues import Issue
from importers.mapping.model import Mapping
from importers.pipeline import Upload, apply, preview
from importers.result import FileStatus, SheetResult
from tests.conftest import ROOT
from tests.importers.files import comma_separated, contents, count, fates, on_sqlite, plain, stored, undone

HEADER = ["posted_at", "platform", "post_id", "text", "likes", "sentiment", "topic"]
#: Tables that hold what an import leaves, without its number and without the order of sightings.
TABLES = ("post", "quarter_rollup", "day_rollup", "batch_sheet", "batch_issue", "rejected_row")


@contextmanager
def chunks(records: int) -> Iterator[None]:
    """Every delimited text is long, and a chunk holds so many records."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(uploads, "LONG", 1)
        patch.setattr(text, "RECORDS", records)
        yield


def read_both(content: str | bytes, records: int = 3, **asked: Any) -> tuple[SheetResult, SheetResult]:
    """The previews of a whole reading and of one in chunks."""
    encoded = content.encode() if isinstance(content, str) else content
    (whole,) = preview(Upload("a.csv", encoded), Options(**asked), LOCAL)
    with chunks(records):
        upload = Upload("a.csv", encoded)
        (chunked,) = preview(upload, Options(**asked), LOCAL)
        assert upload.long is not None
        assert "sheets" not in vars(upload), "it was read whole"
    return whole, chunked


def said(result: SheetResult) -> tuple[Any, ...]:
    """Everything that is told of a file; the order of issues is free."""
    issues = sorted(result.issues, key=lambda one: (one.row or 0, one.code, one.column or "", one.message))
    return result.status, result.format, result.rows, fates(result), issues, result.rejects, result.first


def same(content: str | bytes, records: int = 3, **asked: Any) -> SheetResult:
    whole, chunked = read_both(content, records, **asked)
    assert said(chunked) == said(whole)
    assert sum(fates(chunked)) == chunked.rows
    return chunked


def codes(result: SheetResult) -> list[str]:
    return sorted(one.code for one in result.issues)


def posts(times: list[str], **column: list[object]) -> str:
    """One post a time; other columns by name."""
    rows = [
        [at, *(column[name][number] if name in column else default for name, default in defaults(number).items())]
        for number, at in enumerate(times)
    ]
    return comma_separated([HEADER, *rows])


def defaults(number: int) -> dict[str, object]:
    return {
        "platform": "X",
        "post_id": f"id{number}",
        "text": f"Text {number}",
        "likes": number,
        "sentiment": 0.5,
        "topic": "",
    }


def hours(n: int) -> list[str]:
    return [f"2026-05-{1 + hour // 24:02} {hour % 24:02}:10" for hour in range(n)]


def left() -> dict[str, list[str]]:
    """What lies in the database, without the numbers of batches."""
    found = {}
    with reading() as session:
        for name in TABLES:
            table = Base.metadata.tables[name]
            columns = [column for column in table.c if column.name not in {"id", "batch_id"}]
            rows = session.execute(sa.select(*columns))
            found[name] = sorted(repr(tuple(plain(value) for value in row)) for row in rows)
    found["sightings"] = sorted(map(repr, stored("sighting", "row", "record", "key", "effect")))
    return found


# --- the same as whole ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """A post of a generated file: which one, its likes, how it is written, or what is wrong with it."""

    number: int
    likes: int
    kind: str

    def cells(self) -> list[str]:
        at = f"2026-05-{self.number + 1:02} 10:00"
        text = "two\nlines, and more" if self.number % 2 else f"say {self.number}"
        good = [at, "X", f"id{self.number}", text, str(self.likes), "0.25", " t" if self.likes else "t"]
        odd = {
            "blank": [""] * len(good),
            "header": HEADER,
            "no id": [at, "X", "", text, str(self.likes), "", ""],
            "no platform": [at, "", *good[2:]],
            "no date": ["soon", *good[1:]],
            "too many": [*good, "beyond"],
            "error": [*good[:4], "#REF!", *good[5:]],
        }
        return odd.get(self.kind, good)


KINDS = ["good"] * 6 + ["no id"] * 3 + ["blank", "header", "no platform", "no date", "too many", "error"]
ROWS = st.lists(st.builds(Row, st.integers(0, 4), st.integers(0, 2), st.sampled_from(KINDS)), min_size=1, max_size=25)
on_one_database = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=settings.default.max_examples // 10
)


@on_one_database
@given(rows=ROWS, records=st.integers(1, 7))
def test_any_file_is_stored_as_if_it_were_read_whole(rows: list[Row], records: int, database: str) -> None:
    content = comma_separated([HEADER, ["2026-05-01 10:00", "X", "first", "", "", "", ""], *(r.cells() for r in rows)])
    encoded = content.encode()
    before = contents()
    found = []
    for size in (0, records):
        with chunks(size) if size else pytest.MonkeyPatch.context():
            (result,) = apply(Upload("a.csv", encoded), Options(), LOCAL)
        assert result.status is FileStatus.APPLIED, result.issues
        assert sum(fates(result)) == result.rows
        found.append((said(result), left()))
        undone(result.batch)
        assert contents() == before
        with writing() as session:
            for name in ("batch_issue", "rejected_row", "batch_sheet", "batch"):
                session.execute(sa.delete(Base.metadata.tables[name]))
    # A record that a later chunk speaks of again is whole by then: its first sighting says all that it holds.
    assert found[1] == found[0]


@on_sqlite
def test_posts_of_an_earlier_chunk_are_met_again(database: str) -> None:
    ids: list[object] = ["a", "b", "c", "d", "a", "b", "a"]
    likes: list[object] = [1, 1, 1, 1, 1, 2, 3]
    result = same(posts(hours(7), post_id=ids, likes=likes, text=["t"] * 7).replace("2026-05-01 04", "2026-05-01 00"))
    assert fates(result) == (4, 2, 1, 0, 0)


@on_sqlite
def test_equal_posts_without_id_are_as_many_as_the_file_holds(database: str) -> None:
    content = posts(["2026-05-01 10:00"] * 10, post_id=[""] * 10, text=["Same"] * 10, likes=[0] * 10)
    assert same(content).new == 10
    for records, fate in ((3, (10, 0, 0, 0, 0)), (4, (0, 0, 10, 0, 0))):
        with chunks(records):
            other = content.replace("sentiment", "sentiment ") if records == 4 else content  # not the same bytes
            (result,) = apply(Upload("a.csv", other.encode()), Options(), LOCAL)
        assert fates(result) == fate


@on_sqlite
@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_encoding_and_any_end_of_line(codec: str, end: str, database: str) -> None:
    words: list[object] = [f"Größe {n}, “quoted” café\nline, two" if n % 3 else f"plain {n}" for n in range(11)]
    content = posts(hours(11), text=words).replace("\n", end)
    result = same(content.encode(codec), 2)
    assert result.new == 11
    assert result.first is not None
    assert result.first[1]["text"] == str(words[1]).replace("\n", end)


@on_sqlite
def test_lines_of_mixed_encodings_and_nulls(database: str) -> None:
    lines = posts(hours(9), text=[f"Größe {n}" for n in range(9)]).splitlines(keepends=True)
    content = b"".join(line.encode("cp1252" if n % 2 else "utf-8") for n, line in enumerate(lines))
    result = same(content.replace(b"Text", b"T\x00ext").replace(b"0.5", b"0\x00.5"), 2)
    assert result.first is not None
    assert {post["text"][:5] for post in result.first} == {"Größe"}


@on_sqlite
def test_titles_above_the_header_and_blank_lines_keep_the_row_numbers(database: str) -> None:
    body = posts(["2026-05-01 10:00", "never", "2026-05-02 10:00", "2026-05-03 10:00", "never"])
    lines = body.splitlines(keepends=True)
    content = "A title\n\n" + "".join(lines[:3]) + "\n\n" + "".join(lines[3:]) + "\n\n\n"
    result = same(content, 2)
    assert [one.row for one in result.issues if one.code == "date-unreadable"] == [5, 10]
    assert result.skipped == 2


# --- columns as a whole --------------------------------------------------------------------------------------------


@on_sqlite
@pytest.mark.parametrize(
    ("dates", "code"),
    [
        (["03/04/2026"] * 8 + ["25/04/2026"], None),
        (["03/04/2026"] * 8 + ["04/25/2026"], None),
        (["25/04/2026"] + ["03/04/2026"] * 8, None),
        (["25/04/2026"] + ["03/04/2026 10:00"] * 7 + ["04/25/2026"], "date-order-mixed"),
        (["03/04/2026"] * 9, "date-order-ambiguous"),
        (["04/04/2026"] * 9, None),
        (["2026-04-03"] * 8 + ["03/04/2026"], "date-order-ambiguous"),
    ],
)
def test_the_order_of_dates_is_that_of_the_whole_column(dates: list[str], code: str | None, database: str) -> None:
    result = same(posts(dates), 2)
    assert (code in codes(result)) == (code is not None)
    assert same(posts(dates), 2, date_order="mdy").status is FileStatus.PREVIEWED


@on_sqlite
@pytest.mark.parametrize(
    ("scores", "refused"),
    [
        (["0,125"] * 8 + ["0.5"], False),
        (["0.125"] * 8, False),
        (["1,000"] * 8, True),
        (["1,000"] * 7 + ["0.5"], False),
        (["1,000"] * 7 + ["0,5"], False),
        (["0,5", "0.5"] + ["1,000"] * 6, True),
    ],
)
def test_the_decimal_mark_is_that_of_the_whole_column(scores: list[object], refused: bool, database: str) -> None:
    result = same(posts(hours(len(scores)), sentiment=scores), 2)
    assert ("decimal-ambiguous" in codes(result)) == refused


@on_sqlite
def test_serials_without_a_time_are_read_whole_where_others_have_one(database: str) -> None:
    content = posts(["45000", "45001", "45002", "45003.5", "45004.25"]).encode()
    (whole,) = preview(Upload("a.csv", content), Options(), LOCAL)
    with chunks(2):
        upload = Upload("a.csv", content)
        (chunked,) = preview(upload, Options(), LOCAL)
    assert said(chunked) == said(whole)
    assert "sheets" in vars(upload)


@on_sqlite
def test_a_file_with_another_table_below_is_read_whole(database: str) -> None:
    body = posts(hours(5))
    content = (body + "\n" + body.replace("id", "other")).encode()
    (whole,) = preview(Upload("a.csv", content), Options(), LOCAL)
    for records in range(1, 8):
        with chunks(records):
            (chunked,) = preview(Upload("a.csv", content), Options(), LOCAL)
        assert said(chunked) == said(whole)
        assert chunked.new == 10


@on_sqlite
def test_a_mapping_reads_in_chunks_too(database: str) -> None:
    columns = {"posted_at": "When", "platform": "Where", "text": "What", "sentiment": "Tone"}
    mapping = Mapping("Tool", Stream.ENGAGEMENT, "posts", columns=columns, values={"platform": {"Twtr": "X"}})
    rows = [["When", "Where", "What", "Tone"], *([f"0{n}/04/2026", "Twtr", f"Text {n}", "0,5"] for n in range(1, 9))]
    assert codes(same(comma_separated(rows), 3, mapping=mapping)) == ["date-order-ambiguous"]
    rows.append(["25/04/2026", "Twtr", "Text", "0,5"])
    assert same(comma_separated(rows), 3, mapping=mapping).new == 9


# --- what else must hold for the whole -----------------------------------------------------------------------------


@on_sqlite
def test_quotation_marks_out_of_place(database: str) -> None:
    good = posts(hours(8)).splitlines(keepends=True)
    swallowing = [
        *good[:3],
        '2026-05-01 01:00,X,a,"open,1,0.1,\n',
        *good[3:6],
        '2026-05-01 02:00,X,b,close" it,1,0.1,\n',
        *good[6:],
    ]
    assert "quote-swallows" in codes(same("".join(swallowing), 2))
    never = [*good[:6], '2026-05-01 01:00,X,a,"open,1,0.1,\n', *good[6:]]
    assert codes(same("".join(never), 2)) == ["quote-open"]
    tabs = [line.replace(",", "\t") for line in good]
    tabs[4] = tabs[4].replace("Text", '"Text')
    assert same("".join(tabs), 2).new == 8


@on_sqlite
def test_a_cell_that_never_ends_is_refused_before_it_fills_the_memory(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "LONGEST_RECORD", 1_000)
    lines = posts(hours(200)).splitlines(keepends=True)
    lines[5] = lines[5].replace("Text", '"Text')
    with chunks(10):
        (result,) = preview(Upload("a.csv", "".join(lines).encode()), Options(), LOCAL)
    assert [(one.code, one.row) for one in result.issues] == [("quote-open", 6)]


@on_sqlite
def test_what_looks_wrong_is_told_of_the_whole(database: str) -> None:
    n = 60
    times = [f"{2026 - (number == 7)}-05-{1 + number % 20:02} 10:{number:02}" for number in range(n)]
    ids: list[object] = [f"1234567{number:06}000" if number % 3 == 0 else f"{10**16 + number}" for number in range(n)]
    texts: list[object] = [
        "The very same words of a post" if number in (0, 20, 40) else f"Text {number}" for number in range(n)
    ]
    times[20] = times[0][:-1] + "5"
    likes: list[object] = [number if number < 3 else "" for number in range(n)]
    topics: list[object] = ["Fire " if number == 50 else "Fire" for number in range(n)]
    result = same(posts(times, post_id=ids, text=texts, likes=likes, topic=topics), 7)
    assert {"date-far", "id-rounded", "near-duplicate", "column-empty", "blank-trailing"} <= set(codes(result))


@on_sqlite
def test_of_far_dates_and_near_duplicates_the_first_ones_are_named(database: str) -> None:
    times = hours(300)
    for place in range(10, 40):
        times[place] = times[place].replace("2026", "2025")
    result = same(posts(times), 9)
    assert codes(result).count("date-far") == 6


@on_sqlite
def test_a_gap_in_a_sorted_file_is_no_far_date(database: str) -> None:
    times = [at.replace("2026", "2024") for at in hours(50)] + hours(50)
    assert "date-far" not in codes(same(posts(times), 48))


@on_sqlite
def test_names_are_masked_in_one_way_throughout(database: str) -> None:
    with writing() as session:
        session.execute(sa.insert(Base.metadata.tables["crisis"]), [{"key": "c1", "code": "C1", "title": "One"}])
    with writing() as session:
        add(session, LOCAL, "C1", ["Nora Falk"])
    topics: list[object] = [f"About Nora Falk{' and' if number % 2 else ''}: {number % 4}" for number in range(12)]
    topics[::3] = ["Nora Falk", "Nora Falk, Nora Falk", "nora-falk", "Nora Falk"]
    result = same(posts(hours(12), text=["Nora Falk did it"] * 12, topic=topics), 12)
    with chunks(2):
        (other,) = preview(Upload("a.csv", posts(hours(12), topic=topics).encode()), Options(), LOCAL)
    for found in (result.first, other.first):
        assert found is not None
        by_topic = {(topic, post["topic"]) for topic, post in zip(topics, found, strict=True)}
        assert len(by_topic) == len({one for one, _ in by_topic}) == len({one for _, one in by_topic})
        assert "Falk" not in str([post["topic"] for post in found])


@on_sqlite
def test_of_very_many_issues_and_rejects_the_first_are_kept(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "MOST", 5)
    with chunks(4):
        (result,) = preview(Upload("a.csv", posts(["never"] * 20 + hours(1)).encode()), Options(), LOCAL)
    assert fates(result) == (1, 0, 0, 20, 0)
    told: list[Issue] = [one for one in result.issues if one.code == "date-unreadable"]
    assert [one.row for one in told] == [2, 3, 4, 5, 6, None]
    assert told[-1].message.startswith("15 more rows are like the ones above: 7, 8, 9")
    assert list(result.rejects[0].rows) == [2, 3, 4, 5, 6]
    assert "rejects-kept" in codes(result)


@on_sqlite
def test_a_strict_import_in_chunks_leaves_nothing(database: str) -> None:
    content = posts([*hours(8), "never"]).encode()
    before = contents()
    with chunks(2):
        (result,) = apply(Upload("a.csv", content), Options(strict=True), LOCAL)
    assert result.status is FileStatus.REFUSED
    assert contents() == before
    assert count("batch") == 0


@on_sqlite
def test_what_an_import_changes_is_told_and_taken_back(database: str) -> None:
    log = comma_separated([["crisis", "occurred_at", "milestone"], ["C1", "2026-05-01 00:00", "posted"],
                           ["C1", "2026-05-04 00:00", "resolved"]])  # fmt: skip
    apply(Upload("log.csv", log.encode()), Options(), LOCAL)
    before = left()
    content = posts(hours(70), sentiment=["-0.5"] * 70).encode()
    whole = sets.preview([sets.Asked(Upload("a.csv", content))], LOCAL).effects
    with chunks(9):
        done = sets.apply([sets.Asked(Upload("a.csv", content))], LOCAL)
    assert whole
    assert done.effects == whole
    undone(done.files[0][0].batch)
    after = left()
    assert {name: after[name] for name in ("post", "quarter_rollup", "day_rollup", "sightings")} == {
        name: before[name] for name in ("post", "quarter_rollup", "day_rollup", "sightings")
    }


# --- progress, command, memory -------------------------------------------------------------------------------------


@on_sqlite
@pytest.mark.parametrize("is_long", [True, False])
def test_progress_only_grows_and_ends_at_the_total(is_long: bool, database: str) -> None:
    told: list[tuple[int, int]] = []
    content = posts(hours(40)).encode()
    with chunks(6) if is_long else pytest.MonkeyPatch.context():
        sets.preview([sets.Asked(Upload("a.csv", content))], LOCAL, rows=lambda *at: told.append(at))
    done = [one for one, _ in told]
    assert done == sorted(done)
    assert told[-1] == (41, 41)
    assert len(set(done)) >= (7 if is_long else 3)


@on_sqlite
def test_the_command_reads_a_long_file_from_its_path(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(posts(hours(30)), encoding="utf-8")
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("it was read whole"))
    monkeypatch.setattr(pace, "_EVERY", 0.0)
    with chunks(4):
        assert main([str(path), "--json", "--no-score"]) == 0
    told = capsys.readouterr()
    (result,) = json.loads(told.out)
    assert (result["new"], result["status"]) == (30, "applied")
    assert "Importing a.csv: " in told.err
    assert "Importing a.csv: 31 of 31" in told.err


@on_sqlite
def test_the_limit_is_for_what_is_read_whole(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFTERMATH_UPLOAD_LIMIT_MB", "1")
    config.cache_clear()
    filler: list[object] = ["x" * 2_000] * 700
    known = posts(hours(700), text=filler)
    for name, content in (("known.csv", known), ("stacked.csv", known + "\n" + known)):
        (tmp_path / name).write_text(content, encoding="utf-8")
    with chunks(100):
        assert main([str(tmp_path / "known.csv"), "--no-score"]) == 0
        assert main([str(tmp_path / "stacked.csv"), "--json"]) == 1
    (result,) = json.loads(capsys.readouterr().out)
    assert [one["code"] for one in result["issues"]] == ["file-too-large"]


CHILD = """
import resource, sys
from pathlib import Path
from data import schema
from data.access import LOCAL
from data import engine
from importers.chunked import text
from importers.context import Options
from importers.pipeline import Upload, preview
engine._WRITER_CACHE_KB, text.CHARACTERS = 8_000, 4_000_000
schema.create()
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
preview(Upload("small.csv", path=Path(sys.argv[1])), Options(), LOCAL)
before = peak()
(result,) = preview(Upload("large.csv", path=Path(sys.argv[2])), Options(), LOCAL)
print(result.new, peak() - before)
"""


@on_sqlite
def test_memory_does_not_grow_with_the_file(database: str, tmp_path: Path) -> None:
    line = "2026-05-0{} 10:00,X,id{},{},1,0.5,\n"
    filler = "A text of some length. " * 90
    for name, rows in (("small.csv", 9_000), ("large.csv", 30_000)):
        with (tmp_path / name).open("w", encoding="utf-8") as file:
            file.write(",".join(HEADER) + "\n")
            file.writelines(line.format(1 + number % 9, number, filler) for number in range(rows))
    assert (tmp_path / "large.csv").stat().st_size > 60_000_000
    ran = subprocess.run(
        [sys.executable, "-c", CHILD, str(tmp_path / "small.csv"), str(tmp_path / "large.csv")],
        env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, check=True, text=True,
    )  # fmt: skip
    new, more = map(int, ran.stdout.split())
    assert new == 30_000
    assert more < 40
