"""One golden case a format: an input in its layout, and by hand what must then be stored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from data.access import LOCAL
from data.engine import reading
from data.enums import Audience, Stream
from data.tables import Base
from importers.context import Options
from importers.formats import FORMATS, Format
from importers.pipeline import Upload, apply
from importers.result import FileStatus, SheetResult
from tests.importers.files import contents, on_sqlite, plain, setting, undone

CASES = Path(__file__).resolve().parent.parent / "cases"

#: Cases of more than one format, whose results name their own.
SEVERAL = ("stacked_tables",)

#: What a case does not repeat: identities, salts, and what every record starts with.
_HIDDEN = {"id", "key", "batch_id", "sheet", "salt", "legal_hold", "countersign", "response_id", "respondent"}
#: A foreign key → the table and column that say the same in words.
_NAMES = {
    "crisis_id": ("crisis", "code"), "gap_id": ("gap", "code"), "plan_id": ("plan", "version"),
    "wave_id": ("wave", "name"), "question_id": ("question", "text"),
}  # fmt: skip


def read_case(name: str) -> dict[str, Any]:
    case: dict[str, Any] = json.loads((CASES / name / "expected.json").read_text(encoding="utf-8"))
    return case


def apply_case(name: str) -> list[SheetResult]:
    """Import what a case rests on, then its own input."""
    case = read_case(name)
    if "before" in case:
        apply_case(case["before"].partition("/")[0])
    for key, value in case.get("settings", {}).items():
        setting(key, value)
    chosen = dict(case.get("options", {}))
    for key, enum in (("kind", Stream), ("audience", Audience)):
        if key in chosen:
            chosen[key] = enum(chosen[key])
    (path,) = (CASES / name).glob("input.*")
    return apply(Upload(path.name, path.read_bytes()), Options(**chosen), LOCAL)


def stored_rows(name: str) -> list[dict[str, Any]]:
    """All rows of a table without what is empty, foreign keys in words, in an order that reads well."""
    table = Base.metadata.tables[name]
    with reading() as session:
        words = {
            column: dict(session.execute(sa.select(target.c.id, target.c[shown])).all())
            for column, (other, shown) in _NAMES.items()
            if column in table.c
            for target in [Base.metadata.tables[other]]
        }
        found = []
        for row in session.execute(sa.select(table)).mappings():
            values = {
                n: plain(v) for n, v in row.items() if n not in _HIDDEN and n not in words and v not in (None, "", [])
            }
            values |= {c.removesuffix("_id"): names[row[c]] for c, names in words.items() if row[c] is not None}
            if name != "plan":
                values.pop("version", None)
            found.append(values)
    return ordered(found)


def stored_answers() -> list[dict[str, Any]]:
    """Answers in words: the respondent goes by order of first appearance, never by hash."""
    tables = Base.metadata.tables
    answer, response, question, wave = (tables[name] for name in ("answer", "response", "question", "wave"))
    statement = (
        sa.select(
            answer.c.row, wave.c.name.label("wave"), response.c.respondent, response.c.department, response.c.location,
            response.c.tenure, question.c.text.label("question"), answer.c.value, answer.c.comment,
        )
        .join(response, response.c.id == answer.c.response_id)
        .join(question, question.c.id == answer.c.question_id)
        .join(wave, wave.c.id == response.c.wave_id)
        .order_by(answer.c.row, question.c.text)
    )  # fmt: skip
    with reading() as session:
        rows = [dict(row) for row in session.execute(statement).mappings()]
    order = {hashed: n for n, hashed in enumerate(dict.fromkeys(row["respondent"] for row in rows), start=1)}
    assert all(len(hashed) == 64 for hashed in order)
    named = [row | {"respondent": order[row["respondent"]]} for row in rows]
    return ordered([{name: value for name, value in row.items() if value is not None} for row in named])


def ordered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: (row.get("row") or 0, json.dumps(row, sort_keys=True)))


def test_every_format_has_a_golden_case_and_every_case_a_format() -> None:
    assert sorted(path.name for path in CASES.iterdir()) == sorted([*SEVERAL, *(layout.name for layout in FORMATS)])


@pytest.mark.parametrize("layout", FORMATS, ids=lambda layout: layout.name)
def test_golden_case(layout: Format, database: str) -> None:
    check_case(layout.name, {"kind": layout.stream.value, "format": layout.name})


@pytest.mark.parametrize("name", SEVERAL)
def test_golden_case_of_several_formats(name: str, database: str) -> None:
    check_case(name, {})


def check_case(name: str, format_: dict[str, str]) -> None:
    """Import a case and compare what is told and stored; `format_` is said of each of its results."""
    case = read_case(name)
    results = apply_case(name)
    expected = [{"file": results[0].file, "status": "applied"} | format_ | result for result in case["results"]]
    told = [result.as_dict() for result in results]
    assert [{k: v for k, v in one.items() if k not in {"issues", "effects", "batch"}} for one in told] == expected
    blank = {"severity": "error", "sheet": None, "row": None, "column": None, "value": None}
    issues = [{k: v for k, v in one.items() if k != "message"} for result in told for one in result["issues"]]
    assert issues == [blank | one for one in case["issues"]]
    for table, rows in case["stored"].items():
        assert (stored_answers() if table == "answer" else stored_rows(table)) == ordered(rows), table


@on_sqlite
@pytest.mark.parametrize("name", [*(layout.name for layout in FORMATS), *SEVERAL])
def test_the_same_file_again_is_unchanged_and_undo_takes_it_back(name: str, database: str) -> None:
    prepared = read_case(name).get("before")
    if prepared:
        apply_case(prepared.partition("/")[0])
    before = contents()
    first = apply_case(name)
    assert contents() != before
    again = apply_case(name)
    assert {result.status for result in again} == {FileStatus.UNCHANGED}
    assert {result.batch for result in again} == {first[0].batch}
    assert sum(result.new + result.updated for result in again) == 0
    undone(first[0].batch)
    assert contents() == before
    assert {result.status for result in apply_case(name)} == {FileStatus.APPLIED}
