"""Small files written by hand, imported as a person would import them, and what the reports say of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from data.access import Viewer
from data.commands.settings import change
from data.engine import reading, writing
from data.enums import Role
from importers.context import Options
from importers.pipeline import Upload, apply
from importers.result import FileStatus, SheetResult
from reports.sections.base import Section
from reports.sections.overview import Overview, overview
from reports.sections.pack import SECTIONS, crisis_pack
from reports.sections.scope import portfolio

ADMIN = Viewer("test", Role.ADMIN)


def moment(text: str) -> datetime:
    """``2026-03-02 09:00`` in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def table(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """A CSV file with one column a key, in the order in which they first appear."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def bring(name: str, rows: Sequence[Mapping[str, Any]], **options: Any) -> list[SheetResult]:
    """Import a file of these rows; every one of them must be taken."""
    results = apply(Upload(name, table(rows)), Options(**options), ADMIN)
    assert [(r.status, r.rejected) for r in results] == [(FileStatus.APPLIED, 0)], results
    return results


def event(crisis: str, line: str) -> dict[str, str]:
    """``2026-03-02 09:00 statement audience=public`` as a row of the incidents template; the time may be missing."""
    day, *words = line.split(" ")
    at = [day, words.pop(0)] if ":" in words[0] else [day]
    milestone, *more = words
    fields = dict(word.split("=", 1) for word in more)
    return {"crisis": crisis, "occurred_at": " ".join(at), "milestone": milestone} | {
        name: value.replace("_", " ") if name in {"function", "description"} else value
        for name, value in fields.items()
    }


def log(crisis: str, *lines: str, name: str = "log.csv") -> None:
    """Import a timeline; the first line stands in row 2 of the file."""
    bring(name, [event(crisis, line) for line in lines])


def crisis(code: str, *, name: str | None = None, **fields: str) -> None:
    """Import the facts of a crisis."""
    bring(name or f"{code}.csv", [{"crisis": code, "title": fields.pop("title", code), **fields}])


def posts(day0: str, volumes: Mapping[int, tuple[int, int]], *, name: str = "posts.csv", **fields: str) -> None:
    """Import mentions: day relative to `day0` → how many, and how many of them negative (the others are neutral)."""
    start = date.fromisoformat(day0)
    rows = [
        {
            "posted_at": f"{start + timedelta(days=day)} 12:{minute:02}",
            "platform": "X",
            "post_id": f"{day}-{minute}",
            "text": "words",
            "sentiment_label": "negative" if minute < negative else "neutral",
        }
        | fields
        for day, (count, negative) in volumes.items()
        for minute in range(count)
    ]
    bring(name, rows)


def survey(wave: str, closed: str, answers: Mapping[str, Sequence[int]], **fields: str) -> None:
    """Import a wave: question → one answer a respondent, on a scale of 1 to 5 unless `fields` say otherwise."""
    scale = {"scale_min": "1", "scale_max": "5"}
    about = {"wave": wave, "opened_on": closed, "closed_on": closed} | scale | fields
    rows = [
        about | {"question": question, "answer": str(value), "respondent": f"r{number}"}
        for question, values in answers.items()
        for number, value in enumerate(values)
    ]
    bring(f"{wave}.csv", rows)


def setting(name: str, value: str) -> None:
    with writing() as session:
        change(session, ADMIN, name, value)


def section(name: str, code: str, as_of: str, role: Role = Role.ADMIN) -> Section:
    """One section of the review of one crisis, as of a moment in UTC."""
    with reading() as session:
        return SECTIONS[name](portfolio(session, Viewer("test", role), moment(as_of)).find(code))


def pack(code: str, as_of: str, role: Role = Role.ADMIN) -> dict[str, Any]:
    with reading() as session:
        return crisis_pack(session, Viewer("test", role), code, moment(as_of))


def front(as_of: str, role: Role = Role.ADMIN) -> Overview:
    """What Overview shows, as of a moment in UTC."""
    with reading() as session:
        return overview(portfolio(session, Viewer("test", role), moment(as_of)))
