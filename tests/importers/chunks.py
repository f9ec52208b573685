"""Long texts made short: files of posts read whole and in chunks, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from data.access import LOCAL
from data.engine import reading
from data.keys import folded
from data.tables import Base
from importers import upload as uploads
from importers.chunked import text
from importers.context import Options
from importers.pipeline import Upload, preview
from importers.result import SheetResult
from tests.importers.files import comma_separated, fates, plain, stored

#: Tables that hold what an import leaves, without its number and without the order of sightings.
TABLES = ("post", "quarter_rollup", "day_rollup", "batch_sheet", "batch_issue", "rejected_row")


HEADER = ["posted_at", "platform", "post_id", "text", "likes", "sentiment", "topic"]


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
    """What lies in the database, without the numbers of batches.

    A post that took a native id in a later chunk keeps the key of its address; here it goes by the id, as a whole
    reading has it.
    """
    found = {}
    named = {key: f"{folded(platform)}:{native}" for key, platform, native in stored("post", "key", "platform", "external_id") if native}  # fmt: skip
    with reading() as session:
        for name in TABLES:
            table = Base.metadata.tables[name]
            columns = [column for column in table.c if column.name not in {"id", "batch_id"}]
            rows = session.execute(sa.select(*columns))
            found[name] = sorted(
                repr(tuple(named.get(value, value) if isinstance(value, str) else plain(value) for value in row))
                for row in rows
            )
    sightings = stored("sighting", "row", "record", "key", "effect")
    found["sightings"] = sorted(repr((*row[:2], named.get(row[2], row[2]), row[3])) for row in sightings)
    return found
