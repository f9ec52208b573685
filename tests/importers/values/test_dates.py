"""Dates of a column as a whole, in every layout that real exports hold."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from importers.issues import Issue, Severity
from importers.values import Parsed, Place, date_order, dates, start_of_day, timestamps

TODAY = date(2026, 11, 22)
WHEN = Place("log", "when")
BERLIN = "Europe/Berlin"


def column(*cells: object, first: int = 2) -> pd.Series:
    return pd.Series(list(cells), index=range(first, first + len(cells)), dtype=object)


def read(*cells: object, zone: str | pd.Series = "UTC", **options: Any) -> Parsed[pd.DataFrame]:
    return timestamps(column(*cells), zone=zone, where=options.pop("where", WHEN), today=TODAY, **options)


def codes(issues: list[Issue]) -> list[tuple[int | None, str]]:
    return [(found.row, found.code) for found in issues]


def shown(cell: object) -> str:
    return repr(cell)[:40]


def utc(text: str) -> pd.Timestamp:
    return pd.Timestamp(text, tz="UTC")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-31 14:05", "2026-03-31 14:05"),
        ("2026-03-31T14:05:06", "2026-03-31 14:05:06"),
        ("2026-03-31T14:05:06.789Z", "2026-03-31 14:05:06.789"),
        ("2026-03-31T14:05:06.123456789Z", "2026-03-31 14:05:06.123456"),
        ("2026-03-31T14:05:06+02:00", "2026-03-31 12:05:06"),
        ("2026-03-31T14:05:06.000-0730", "2026-03-31 21:35:06"),
        ("2026-03-31T02:05:06+14:00", "2026-03-30 12:05:06"),
        ("2016-12-23 18:50 +0000", "2016-12-23 18:50"),
        ("2016-12-23 18:50 UTC", "2016-12-23 18:50"),
        ("  2016-12-23 18:50\u00a0 ", "2016-12-23 18:50"),
        ("12/Mar/24 9:41 AM", "2024-03-12 09:41"),
        ("12/Mar/24 12:41 AM", "2024-03-12 00:41"),
        ("12/Mar/24 12:41 PM", "2024-03-12 12:41"),
        ("06-Feb-2026 03:03PM", "2026-02-06 15:03"),
        ("06-Feb-2026 3:03\u202fp.m.", "2026-02-06 15:03"),
        ("03/27/2026 06:08", "2026-03-27 06:08"),
        ("27/03/2026 06:08:09", "2026-03-27 06:08:09"),
        ("03/15/2024 10:05 am", "2024-03-15 10:05"),
        ("8/20/25 12:51:45", "2025-08-20 12:51:45"),
        ("2020/03/31 3:56:19 PM GMT+1", "2020-03-31 14:56:19"),
        ("3/31/2020 15:56:19", "2020-03-31 15:56:19"),
        ("Tue Oct 27 2020 06:51:28 GMT-0700 (Pacific Daylight Time)", "2020-10-27 13:51:28"),
        ("Sat Jan 01 00:00:00 UTC 2020", "2020-01-01"),
        ("Wed Oct 10 20:19:24 +0000 2018", "2018-10-10 20:19:24"),
        ("31.03.2026 14:05", "2026-03-31 14:05"),
        ("31.3.26, 14:05 Uhr", "2026-03-31 14:05"),
        ("31. März 2026 14:05", "2026-03-31 14:05"),
        ("26-03-2024 09:34", "2024-03-26 09:34"),
        ("Oct 3, 2026 at 2:05 PM", "2026-10-03 14:05"),
        ("42059.4832", "2015-02-24 11:35:48"),
        (42059.4832, "2015-02-24 11:35:48"),
        (45000.520833333333, "2023-03-15 12:30"),
        (datetime.fromisoformat("2026-03-31T14:04:59.999600"), "2026-03-31 14:05"),
        (datetime(2026, 3, 31, 14, 5, tzinfo=UTC), "2026-03-31 14:05"),
    ],
    ids=shown,
)
def test_each_layout_gives_its_instant(text: object, expected: str) -> None:
    found = read(text)
    assert found.issues == []
    assert found.values.loc[2, "at"] == utc(expected)
    assert not found.values.loc[2, "date_only"]
    assert found.values.loc[2, "on"] is pd.NaT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-07-14", "2026-07-14"),
        ("2026/7/14", "2026-07-14"),
        ("20260714", "2026-07-14"),
        (20260714.0, "2026-07-14"),
        ("Tue, Jul 14, 2026", "2026-07-14"),
        ("Oct 3, 2026", "2026-10-03"),
        ("14.07.2026", "2026-07-14"),
        ("14-Jul-26", "2026-07-14"),
        ("14 juillet 2026", "2026-07-14"),
        ("July 14th, 2026", "2026-07-14"),
        ("7/14/2026", "2026-07-14"),
        ("3/3/2026", "2026-03-03"),
        (46217, "2026-07-14"),
        ("46217", "2026-07-14"),
        (date(2026, 7, 14), "2026-07-14"),
    ],
    ids=shown,
)
def test_a_date_without_a_time_is_known_to_the_day(text: object, expected: str) -> None:
    found = read(text, zone=BERLIN)
    assert found.issues == []
    assert found.values.loc[2, "date_only"]
    assert found.values.loc[2, "on"] == pd.Timestamp(expected)
    assert found.values.loc[2, "at"] == pd.Timestamp(expected, tz=BERLIN)


def test_a_frame_has_fixed_types_even_when_nothing_is_in_it() -> None:
    for found in (read(), read(None, "-"), read("2026-03-31"), read("2026-03-31 14:05")):
        assert [str(kind) for kind in found.values.dtypes] == ["datetime64[us, UTC]", "bool", "datetime64[us]"]
    assert list(read(None, "x").values.index) == [2, 3]


MISSING = [None, float("nan"), pd.NaT, "", "  ", "-", "–", "?", "N/A", "n/a", "#N/A", "null", "NaN", "None"]
EMPTY_DATES = ["1/0/1900", "1/0/00", "0/1/1900 0:00", "1/0/1900 12:00 AM", "00.01.1900", "0000-00-00 00:00:00", 0, 0.0]


@pytest.mark.parametrize("cell", [*MISSING, *EMPTY_DATES, time(0, 0), date(1900, 1, 1)], ids=shown)
def test_what_says_that_nothing_is_there_is_null_without_an_issue(cell: object) -> None:
    found = read(cell)
    assert found.issues == []
    assert found.values.loc[2, "at"] is pd.NaT
    assert not found.values.loc[2, "date_only"]


@pytest.mark.parametrize(
    "cell",
    [
        "26-Sep", "Sep-26", "March", "2026", "#NAME?", "#REF!", "32/13/2026", "2026-02-30", "31/04/2026", "x",
        "2026-03-31 25:00", "2026-03-31 14", "2026-03-31T14:05+99:00", "2026-03-31 14:05 CST", "14:05", "1.5", "=@x",
        "2026-03-31 14:05 and more", "9" * 500, True, 5, -3.5, float("inf"), 1e300, time(3, 4), timedelta(hours=2),
        "\x00\ud800",
    ],
    ids=shown,
)  # fmt: skip
def test_what_is_no_date_is_an_issue_with_its_place(cell: object) -> None:
    found = read("2026-01-01 10:00", cell)
    assert found.values["at"].isna().tolist() == [False, True]
    (issue,) = found.issues
    assert (issue.code, issue.sheet, issue.row, issue.column) == ("date-unreadable", "log", 3, "when")
    assert issue.value == ("" if cell == "\x00\ud800" else str(cell)[:200])  # databases hold neither


def test_private_columns_keep_the_value_out_of_the_issue() -> None:
    (issue,) = read("my secret", where=Place(None, "when", private=True)).issues
    assert issue.value is None
    assert "secret" not in issue.message
    (issue,) = read("2026-03-29 02:30", zone=BERLIN, where=Place(None, "when", private=True)).issues
    assert issue.value is None
    assert "02:30" not in issue.message


def test_one_date_that_can_only_be_day_first_decides_for_all() -> None:
    found = read("03/04/2026 10:00", "13/02/2026 10:00", "04-05-2026 10:00")
    assert found.issues == []
    assert found.values["at"].tolist() == [utc("2026-04-03 10:00"), utc("2026-02-13 10:00"), utc("2026-05-04 10:00")]
    assert date_order(column("03/04/2026", "13/02/2026")) == "dmy"


def test_one_date_that_can_only_be_month_first_decides_for_all() -> None:
    found = read("03/04/2026", "02/13/2026 08:00")
    assert found.issues == []
    assert found.values["on"].iloc[0] == pd.Timestamp("2026-03-04")
    assert date_order(column("03/04/2026", "02/13/2026")) == "mdy"


def test_where_none_decides_the_column_asks_once_and_reads_the_rest() -> None:
    found = read("03/04/2026", "2026-01-02 08:00", "05/06/2026", "", "x")
    assert codes(found.issues) == [(None, "date-order-ambiguous"), (6, "date-unreadable")]
    assert found.refusals == found.issues[:1]
    assert "All 2 dates in “when”" in found.issues[0].message
    assert found.values["at"].notna().tolist() == [False, True, False, False, False]
    assert date_order(column("03/04/2026", "05/06/2026")) is None


@pytest.mark.parametrize(("order", "expected"), [("dmy", "2026-04-03"), ("mdy", "2026-03-04")])
def test_the_order_that_somebody_named_settles_it(order: str, expected: str) -> None:
    found = read("03/04/2026", order=order)
    assert found.issues == []
    assert found.values.loc[2, "on"] == pd.Timestamp(expected)


def test_year_first_with_two_digits_needs_to_be_said() -> None:
    assert read("26/03/04", order="ymd").values.loc[2, "on"] == pd.Timestamp("2026-03-04")


def test_the_named_order_holds_against_a_date_that_does_not_fit() -> None:
    assert codes(read("13/02/2026", "03/04/2026", order="mdy").issues) == [(2, "date-unreadable")]


def test_both_orders_in_one_column_are_read_day_first_with_a_warning() -> None:
    found = read("13/02/2026", "02/14/2026", "03/04/2026")
    assert codes(found.issues) == [(None, "date-order-mixed"), (3, "date-unreadable")]
    assert found.issues[0].severity is Severity.WARNING
    assert found.refusals == []
    assert found.values["on"].tolist()[2] == pd.Timestamp("2026-04-03")


def test_equal_day_and_month_ask_nothing() -> None:
    assert read("3/3/2026", "4/4/2026").issues == []


def test_days_of_a_workbook_are_days_only_if_no_cell_has_a_time() -> None:
    days = read(date(2026, 1, 2), date(2026, 1, 3), None, zone=BERLIN)
    assert days.values["date_only"].tolist() == [True, True, False]
    mixed = read(date(2026, 1, 2), datetime.fromisoformat("2026-01-03T04:05:00"), zone=BERLIN)
    assert mixed.values["date_only"].tolist() == [False, False]
    assert mixed.values["at"].iloc[0] == pd.Timestamp("2026-01-02", tz=BERLIN)
    serials = read(45000, 45001.25)
    assert serials.values["date_only"].tolist() == [False, False]
    written = read("2026-01-02", datetime.fromisoformat("2026-01-03T04:05:00"))
    assert written.values["date_only"].tolist() == [True, False]


def test_times_that_clocks_skip_or_repeat_are_issues_unless_an_offset_tells() -> None:
    found = read(
        "2026-03-29 02:30", "2026-10-25 02:30", "2026-10-25 02:30 +02:00", "2026-10-25 02:30 +01:00", zone=BERLIN
    )
    assert codes(found.issues) == [(2, "time-nonexistent"), (3, "time-ambiguous")]
    assert "2026-03-29 02:30 did not exist in Europe/Berlin" in found.issues[0].message
    assert found.values["at"].tolist()[2:] == [utc("2026-10-25 00:30"), utc("2026-10-25 01:30")]


def test_each_row_may_have_its_own_zone() -> None:
    zones = pd.Series(["Asia/Kolkata", "America/New_York", "Mars/Base", None, "UTC"], index=range(2, 7), dtype=object)
    found = read(*["2026-01-02 12:00"] * 4, "2026-01-02 12:00Z", zone=zones)
    assert found.values["at"].tolist()[:2] == [utc("2026-01-02 06:30"), utc("2026-01-02 17:00")]
    assert codes(found.issues) == [(4, "reference-unknown"), (5, "reference-unknown")]
    assert found.values["at"].iloc[4] == utc("2026-01-02 12:00")
    zones.iloc[:] = ["Asia/Kolkata", "America/New_York", "Mars/Base", None, "UTC"]
    found = read(*["2026-01-02"] * 5, zone=zones)
    assert found.values["date_only"].tolist() == [True, True, False, False, True]
    assert found.values["at"].tolist()[:2] == [utc("2026-01-01 18:30"), utc("2026-01-02 05:00")]


def test_a_day_whose_midnight_is_skipped_or_repeated_begins_at_its_first_instant() -> None:
    days = pd.Series(pd.to_datetime(["2018-11-04", "2025-11-02", None]))
    assert start_of_day(days, "America/Sao_Paulo").iloc[0] == utc("2018-11-04 03:00")
    assert start_of_day(days, "America/Havana").iloc[1] == utc("2025-11-02 04:00")
    assert start_of_day(days, "UTC").iloc[2] is pd.NaT


def test_implausible_dates_are_issues() -> None:
    cells = ["1989-12-31", "1990-01-01", "2026-11-23", "2026-11-24", "1026-01-01 10:00", "12/13/1889", "9999-12-31"]
    found = read(*cells)
    assert codes(found.issues) == [(row, "date-implausible") for row in (2, 5, 6, 7, 8)]
    assert found.values["at"].notna().tolist() == [False, True, True, False, False, False, False]


def test_planned_dates_may_lie_ahead() -> None:
    assert codes(read("2031-01-01", "2126-01-01", future=True).issues) == [(3, "date-implausible")]


def test_a_row_that_stands_several_times_gives_one_issue() -> None:
    cells = pd.Series(["x", "x", "2026-01-01 10:00", "2026-03-29 02:30"], index=[5, 5, 5, 6], dtype=object)
    found = timestamps(cells, zone=pd.Series(BERLIN, index=cells.index), where=WHEN, today=TODAY)
    assert codes(found.issues) == [(5, "date-unreadable"), (6, "time-nonexistent")]
    assert list(found.values.index) == [5, 5, 5, 6]
    assert found.values["at"].notna().tolist() == [False, False, True, False]


def test_dates_drop_the_time_as_written() -> None:
    cells = column("2025-08-01T23:30:00-09:00", "2026-01-02 00:30", date(2026, 1, 3), "Fri, Apr 26, 2024", 45000.9, "-")
    found = dates(cells, where=WHEN, today=TODAY)
    assert found.issues == []
    expected = ["2025-08-01", "2026-01-02", "2026-01-03", "2024-04-26", "2023-03-15", None]
    pd.testing.assert_series_equal(
        found.values, pd.Series(pd.to_datetime(expected), index=cells.index).astype("datetime64[us]")
    )
    assert codes(dates(column("1/2/2026"), where=WHEN, today=TODAY).issues) == [(None, "date-order-ambiguous")]


def test_the_input_is_not_changed() -> None:
    cells = column("03/27/2026", None, "x")
    before = cells.copy()
    timestamps(cells, zone="UTC", where=WHEN, today=TODAY)
    pd.testing.assert_series_equal(cells, before)


def test_a_hundred_thousand_iso_rows_stay_different() -> None:
    start = datetime.fromisoformat("2020-01-01T00:00:00")
    cells = column(*[(start + timedelta(seconds=61 * i)).isoformat() + "Z" for i in range(100_000)])
    found = timestamps(cells, zone="UTC", where=WHEN, today=TODAY)
    assert found.values["at"].is_unique


PLAUSIBLE = st.datetimes(datetime.fromisoformat("1990-01-01"), datetime.fromisoformat("2026-11-22"))
DAY_FIRST = ["%d/%m/%Y %H:%M:%S", "%d-%m-%Y %H:%M:%S", "%d/%m/%Y %I:%M:%S %p", "%d/%m/%Y, %H:%M:%S"]


@given(st.lists(PLAUSIBLE, min_size=1, max_size=8), st.sampled_from(DAY_FIRST), st.booleans())
def test_written_dates_come_back_in_either_order(moments: list[datetime], layout: str, month_first: bool) -> None:
    assume(any(moment.day > 12 for moment in moments))
    if month_first:
        layout = layout.replace("%d", "%_").replace("%m", "%d").replace("%_", "%m")
    found = read(*[moment.strftime(layout) for moment in moments])
    assert found.issues == []
    assert found.values["at"].tolist() == [utc(moment.isoformat()).floor("s") for moment in moments]


@given(st.lists(PLAUSIBLE.filter(lambda m: m.day <= 12 and m.day != m.month), min_size=1, max_size=8))
def test_undecided_columns_ask_and_obey_in_either_order(moments: list[datetime]) -> None:
    cells = [moment.strftime("%d/%m/%Y %H:%M") for moment in moments]
    assert codes(read(*cells).issues) == [(None, "date-order-ambiguous")]
    expected = [utc(moment.isoformat()).floor("min") for moment in moments]
    assert read(*cells, order="dmy").values["at"].tolist() == expected


@given(PLAUSIBLE, st.sampled_from([BERLIN, "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]))
def test_a_local_time_means_the_same_instant_as_with_its_offset(moment: datetime, zone: str) -> None:
    stamp = pd.Timestamp(moment.replace(microsecond=0)).tz_localize(zone, nonexistent="shift_forward", ambiguous=True)
    found = read(stamp.tz_localize(None).isoformat(), stamp.isoformat(), zone=zone)
    assert found.values["at"].iloc[1] == stamp
    assert found.values["at"].iloc[0] == stamp or codes(found.issues) == [(2, "time-ambiguous")]


PIECES = st.sampled_from([*"0123456789/-.: ,TZ+", "12", "2026", "Mar", "AM", "GMT", "\ud800", "\0", "٣", "²", "é"])
CELLS = st.one_of(
    st.text(), st.lists(PIECES, max_size=12).map("".join), st.none(), st.floats(), st.integers(), st.booleans(),
    st.datetimes(), st.dates(), st.times(), st.timedeltas(),
)  # fmt: skip


@given(st.lists(CELLS, max_size=12), st.sampled_from([None, "dmy", "mdy", "ymd"]), st.sampled_from(["UTC", BERLIN]))
def test_no_list_of_cells_raises_and_every_cell_is_read_blank_or_named(
    cells: list[object], order: Any, zone: str
) -> None:
    found = read(*cells, order=order, zone=zone)
    assert len(found.values) == len(cells)
    if not found.refusals:
        named = {issue.row for issue in found.issues}
        read_rows = set(found.values.index[found.values["at"].notna()])
        assert not named & read_rows
    dates(column(*cells), where=WHEN, today=TODAY, order=order)
    date_order(column(*cells))
