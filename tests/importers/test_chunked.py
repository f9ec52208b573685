"""A long text is read in chunks, and comes out as it would if it were read whole."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.access import LOCAL
from data.engine import writing
from data.enums import Stream
from data.tables import Base
from importers.context import Options
from importers.mapping.model import Mapping
from importers.pipeline import Upload, apply, preview
from importers.result import FileStatus
from tests.importers.chunks import HEADER, chunks, codes, hours, left, posts, said, same
from tests.importers.files import comma_separated, contents, fates, on_sqlite, undone

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
            "address": [at, "X", "", text, str(self.likes), "", "", f"https://example.org/{self.number}?utm_source=a"],
            "id and address": [*good, f"https://www.example.org/{self.number}"],
            "blank": [""] * 8,
            "header": WITH_ADDRESS,
            "no id": [at, "X", "", text, str(self.likes), "", ""],
            "no platform": [at, "", *good[2:]],
            "no date": ["soon", *good[1:]],
            "too many": [*good, "", "beyond"],
            "error": [*good[:4], "#REF!", *good[5:]],
        }
        return [*odd.get(self.kind, good), ""][: 9 if self.kind == "too many" else 8]


WITH_ADDRESS = [*HEADER, "url"]
KINDS = (
    ["address", "id and address"] * 2
    + ["good"] * 6
    + ["no id"] * 3
    + ["blank", "header", "no platform", "no date", "too many", "error"]
)
ROWS = st.lists(st.builds(Row, st.integers(0, 4), st.integers(0, 2), st.sampled_from(KINDS)), min_size=1, max_size=25)
on_one_database = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=settings.default.max_examples // 10
)


@on_one_database
@given(rows=ROWS, records=st.integers(1, 7))
def test_any_file_is_stored_as_if_it_were_read_whole(rows: list[Row], records: int, database: str) -> None:
    content = comma_separated([WITH_ADDRESS, ["2026-05-01 10:00", "X", "first", *[""] * 5], *(r.cells() for r in rows)])
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
def test_a_rejected_row_alone_in_its_chunk_speaks_for_no_trap(database: str) -> None:
    content = posts(["2026-05-01 10:00", "never", "2026-05-02 10:00"], topic=["t", "u", "u "])
    assert "blank-trailing" not in codes(same(content, 1))


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
