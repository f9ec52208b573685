"""Telling formats apart by their columns alone."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.enums import Stream
from importers.context import Context, Options, zone_name
from importers.formats import FORMATS, Format
from importers.identify import explain, identify
from importers.read import read
from importers.sheet import Cell, Sheet
from importers.table import heading

BY_NAME = {layout.name: layout for layout in FORMATS}


def context(kind: Stream | None = None, crisis: str | None = None) -> Context:
    options = Options(kind=kind, crisis=crisis)
    return Context(options, company=None, company_zone="UTC", today=date(2026, 11, 1), k=5, paired=False)


def sheet(*rows: list[Cell]) -> Sheet:
    return Sheet("a sheet", list(rows))


def required(layout: Format) -> list[str]:
    """The shortest header of a format."""
    return list(layout.telling or [column.field for column in layout.columns if column.required])


def own_kind(layout: Format) -> Stream | None:
    return layout.stream if layout.only_if_asked else None


def found(header: list[Cell], kind: Stream | None = None) -> str | None:
    match = identify(sheet(header), context(kind))
    return match.layout.name if match else None


@pytest.mark.parametrize("layout", FORMATS, ids=lambda layout: layout.name)
def test_a_format_is_told_by_its_shortest_and_its_longest_header(layout: Format) -> None:
    assert found([*required(layout)], own_kind(layout)) == layout.name
    every = dict.fromkeys([*required(layout), *(column.headings[0] for column in layout.columns)])
    if not layout.only_if_asked:
        assert found([*every]) == layout.name


@pytest.mark.parametrize("layout", FORMATS, ids=lambda layout: layout.name)
@settings(max_examples=settings.default.max_examples // 5)
@given(data=st.data())
def test_order_case_and_further_columns_do_not_matter(layout: Format, data: st.DataObject) -> None:
    known = required(layout)
    extra = data.draw(st.lists(st.sampled_from(["Our note", "region id", None, "", "Ω", "week"]), max_size=len(known)))
    header: list[Cell] = data.draw(st.permutations([*known, *extra]))
    spelled = [
        data.draw(st.sampled_from([str.upper, str.title, lambda text: f" {text}\n", lambda text: f"\ufeff{text}"]))(
            cell
        )
        if isinstance(cell, str)
        else cell
        for cell in header
    ]
    assert found([*spelled], own_kind(layout)) == layout.name


@pytest.mark.parametrize("layout", [layout for layout in FORMATS if not layout.only_if_asked], ids=lambda one: one.name)
def test_a_header_that_lacks_one_column_is_told_which(layout: Format) -> None:
    """No other format takes a file that lacks one column: a gap register without codes is no list of crises."""
    every = [*required(layout), *(column.headings[0] for column in layout.columns)]
    for lacking in required(layout):
        header: list[Cell] = [name for name in every if heading(name) != heading(lacking)]
        assert found(header) is None, lacking
        why = explain(sheet(header), context())
        expected = "crisis-missing" if (layout.name, lacking) == ("template_events", "crisis") else "column-missing"
        assert (why.code, why.column) == (expected, lacking)


def test_titles_above_the_header_do_not_matter() -> None:
    rows: list[list[Cell]] = [["Report: May"], [], ["Made on", "2026-05-31"], ["date", "platform", "posts"]]
    match = identify(sheet(*rows), context())
    assert match is not None
    assert (match.layout.name, match.header) == ("template_daily", 3)
    assert identify(sheet(*[["a title"]] * 15, ["date", "platform", "posts"]), context()) is None


def test_a_named_crisis_stands_for_the_column_of_events_alone() -> None:
    named = context(crisis="C1")
    match = identify(sheet(["occurred_at", "milestone"]), named)
    assert match is not None
    assert match.layout.name == "template_events"
    assert identify(sheet(["title", "severity"]), named) is None


def test_a_wide_table_is_taken_only_where_scores_were_asked_for() -> None:
    wide: list[Cell] = ["Date", "Glassdoor", "Kununu"]
    assert found(wide) is None
    assert found(wide, Stream.REPUTATION) == "score_table_wide"
    assert found(["date", "source", "score"], Stream.REPUTATION) == "score_table"


@pytest.mark.parametrize(
    ("tool", "expected"),
    [("qualtrics/sample_qualtRics.csv", "qualtrics"), ("x_analytics_new/account_overview_sample.csv", "x_overview")],
)
def test_real_exports(tool: str, expected: str | None, shared: Path) -> None:
    path = shared / "formats" / tool
    (one,) = read(path.name, path.read_bytes(), limit_mb=1)
    match = identify(one, context())
    assert (match.layout.name if match else None) == expected


def test_no_export_of_another_tool_is_taken_for_one_of_ours(shared: Path) -> None:
    """What no format knows goes to a message, never into the wrong table."""
    for path in sorted((shared / "formats").rglob("*.csv")):
        if path.parent.name == "qualtrics":
            continue
        for one in read(path.name, path.read_bytes(), limit_mb=1):
            match = identify(one, context())
            if match is not None:
                assert not match.layout.name.startswith(("template_", "score_")), path.name
                continue
            why = explain(one, context())
            assert why.code in {"format-unknown", "column-missing"}
            assert len(why.message) < 1_000


@settings(max_examples=settings.default.max_examples // 4)
@given(
    st.lists(st.lists(st.one_of(st.none(), st.text(max_size=12), st.integers(), st.floats()), max_size=5), max_size=20)
)
def test_any_sheet_is_recognised_or_explained(rows: list[list[Cell]]) -> None:
    for kind in (None, *Stream):
        if identify(Sheet(None, rows), context(kind)) is None:
            assert explain(Sheet(None, rows), context(kind)).message


def test_time_zones_go_by_their_name_in_any_case() -> None:
    assert zone_name("europe/LISBON") == "Europe/Lisbon"
    assert zone_name("Lisbon") is None
    assert zone_name("") is None


def test_the_header_of_a_text_file_is_found_whatever_its_delimiter() -> None:
    for delimiter in ",;\t|":
        buffer = io.StringIO()
        csv.writer(buffer, delimiter=delimiter).writerows([["date", "platform", "posts"], ["2026-05-01", "X", 4]])
        (one,) = read("file.csv", buffer.getvalue().encode(), limit_mb=1)
        match = identify(one, context())
        assert match is not None
        assert match.layout is BY_NAME["template_daily"]
