"""Delimited text: encodings, delimiters, line ends and row numbers as they come out of real tools."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.issues import Refused
from importers.read import read

WORDS = {
    "utf-8": "Größe – déjà vu, 国民",
    "utf-8-sig": "Größe – déjà vu, 国民",
    "utf-16": "Größe – déjà vu, 国民",
    "cp1252": "Müller’s Größe – déjà vu, señor Núñez",
    "cp1250": "Zażółć gęślą jaźń, łódź",
    "mac_roman": "“Größe” über Straße – Café",
    "cp1251": "Компания быстро ответила на пост",
    "cp932": "国民民主党の地方支部集計、女系天皇は認めない",
    "gb18030": "公司对此事件作出回应",
}


def rows(content: bytes, name: str = "file.csv") -> list[list[object]]:
    (sheet,) = read(name, content, limit_mb=50)
    assert sheet.name is None
    return sheet.rows


@pytest.mark.parametrize("codec", WORDS)
@pytest.mark.parametrize("times", [1, 40])
def test_each_encoding_is_recognised(codec: str, times: int) -> None:
    line = f'1;"{WORDS[codec]}";x\r\n'
    assert rows(("id;text;y\r\n" + line * times).encode(codec))[1:] == [["1", WORDS[codec], "x"]] * times


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_shows_by_its_nuls(codec: str) -> None:
    assert rows("a\tb\r\nGröße\t2\r\n".encode(codec)) == [["a", "b"], ["Größe", "2"]]


def test_lines_of_another_encoding_inside_a_utf8_file_are_read_each_in_its_own() -> None:
    content = "id,text\n1,Größe\n".encode() + "2,Müller\n".encode("cp1252") + "3,naïve 国\n".encode()
    assert [row[1] for row in rows(content)] == ["text", "Größe", "Müller", "naïve 国"]


def test_nuls_are_left_out() -> None:
    assert rows(b"a,b\n1\0,x\0y\n") == [["a", "b"], ["1", "xy"]]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_each_delimiter_is_found_among_the_others(mark: str) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=mark, quoting=csv.QUOTE_MINIMAL)
    table = [["date", "text", "score"], *[["2026-01-01", "one, two; three | four\tfive", str(i)] for i in range(9)]]
    writer.writerows(table)
    assert rows(buffer.getvalue().encode()) == table


def test_decimal_commas_do_not_pass_for_delimiters() -> None:
    body = "".join(f"{i},5;{i},25\n" for i in range(50))
    assert rows(("Wert;Note\n" + body).encode())[1] == ["0,5", "0,25"]


def test_choices_joined_by_semicolons_do_not_pass_for_delimiters() -> None:
    body = "".join(f"{i},a;b;c;,2026-01-0{1 + i % 9}\n" for i in range(50))
    assert rows(("id,choices,on\n" + body).encode())[1] == ["0", "a;b;c;", "2026-01-01"]


def test_quoted_fields_set_apart_by_spaces() -> None:
    assert rows(b'"Date" "A" "B c"\n"2011-01-02" 99.1 45.0\n"2011-01-09" 100.9 44.7\n')[:2] == [
        ["Date", "A", "B c"],
        ["2011-01-02", "99.1", "45.0"],
    ]


@pytest.mark.parametrize("first", ["sep=,", '"sep=,"', "SEP=,"])
def test_a_sep_line_sets_the_delimiter_and_counts_as_a_row(first: str) -> None:
    text = f'{first}\r\n"Facebook follows"\r\n"Date","Primary"\r\n"2025-08-01T00:00:00","20"\r\n'
    found = rows(text.encode("utf-16"))
    assert found[2] == ["Date", "Primary"]
    assert found[3] == ["2025-08-01T00:00:00", "20"]


def test_a_sep_line_outweighs_what_the_text_looks_like() -> None:
    assert rows(b"sep=;\na,b,c;d\n1,2,3;4\n")[1:] == [["a,b,c", "d"], ["1,2,3", "4"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_record_is_a_row_blank_lines_and_cells_of_many_lines_included(end: str) -> None:
    lines = ["Report,x", "", "a,b", f'1,"first{end}{end}third"', "2,short", ",", "3,y"]
    found = rows(end.join(lines).encode())
    assert len(found) == 7
    assert found[1] == []
    assert found[3] == ["1", f"first{end}{end}third"]
    assert found[6] == ["3", "y"]


def test_ragged_rows_keep_the_cells_they_have() -> None:
    assert [len(row) for row in rows(b"a,b,c\n1,2\n1,2,3,4\n1,2,3\n5,6,7\n")] == [3, 2, 4, 3, 3]


def test_title_lines_above_the_header_do_not_mislead() -> None:
    preamble = '"Report:","Bulk; Mentions"\n"Brand:","x"\n"From:","y"\n"To:","z"\n"Label:","w"\n\n'
    found = rows((preamble + "Query Id,Date,Title\n1,2026-01-01,a;b\n").encode())
    assert found[6] == ["Query Id", "Date", "Title"]


def test_a_tab_file_that_quotes_nothing_keeps_texts_that_begin_with_a_quotation_mark() -> None:
    body = "".join(f'{i}\t{1 + i / 10}\t"so they say {i}\n' for i in range(30))
    assert len(rows(body.encode())) == 30
    assert rows(body.encode())[7] == ["7", "1.7", '"so they say 7']


def test_a_tab_file_that_quotes_is_unquoted() -> None:
    assert rows(b'a\tb\n"x\ty"\t"line\nline"\n1\t2\n')[1] == ["x\ty", "line\nline"]


def test_a_cell_of_a_megabyte_is_read() -> None:
    assert rows(b'a,b\n1,"' + b"x" * 1_000_000 + b'"\n')[1][1] == "x" * 1_000_000


def test_one_column_is_one_column() -> None:
    assert rows(b"score\n1\n2\n") == [["score"], ["1"], ["2"]]


def test_text_that_looks_like_a_formula_is_text() -> None:
    assert rows(b"id,text\n1,=@SUM(A1)\n")[1] == ["1", "=@SUM(A1)"]


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=12), st.sampled_from(",;\t|"))
def test_what_the_csv_module_writes_comes_back(table: list[list[str]], mark: str) -> None:
    table = [["first column", "second", "third"], *table]
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=mark, quoting=csv.QUOTE_ALL).writerows(table)
    assert rows(buffer.getvalue().encode()) == table


@given(st.binary(min_size=1, max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        assert read("x.csv", content, limit_mb=50)
    except Refused as refused:
        codes = [found.code for found in refused.issues]
        assert codes in (["file-empty"], ["file-unreadable"], ["file-encrypted"])


def test_every_sample_export_shows_its_header(shared: Path) -> None:
    widths = {
        "brandwatch/preamble_and_header.csv": (7, 113),
        "hootsuite/post_performance_sample.csv": (3, 14),
        "jira/export_all_fields_sample.csv": (1, 18),
        "meltwater/header_utf16_tab.csv": (1, 52),
        "meta_facebook/header_only.csv": (1, 34),
        "meta_facebook/page_daily_follows_utf16le.csv": (3, 2),
        "microsoft_forms/sample.csv": (1, 8),
        "qualtrics/sample_qualtRics.csv": (1, 20),
        "x_analytics_new/account_analytics_content_sample.csv": (1, 17),
    }
    for name, (row, width) in widths.items():
        found = rows((shared / "formats" / name).read_bytes())
        assert len(found[row - 1]) == width, name
        assert "\ufeff" not in str(found[row - 1][0]), name


def test_the_public_data_is_read_row_by_row(shared: Path) -> None:
    data = shared / "data"
    assert len(rows((data / "github_status_events.csv").read_bytes())) == 4571
    assert {len(row) for row in rows((data / "tweets_GroundTruth.txt").read_bytes())} == {3}
    assert rows((data / "volkswagen_weekly.csv").read_bytes())[0] == ["Date", "VolksWagen", "BMW", "Allianz"]
