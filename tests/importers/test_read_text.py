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
from importers.text_files import ERROR

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


def test_a_quotation_mark_that_is_never_closed_is_refused_with_its_row() -> None:
    lines = ["id,text,likes", '1,"fine\nand two lines",4', '2,"so they say,5', "3,x,6", "4,y,7", ""]
    with pytest.raises(Refused) as refused:
        rows("\n".join(lines).encode())
    (found,) = refused.value.issues
    assert (found.code, found.row) == ("quote-open", 3)


@pytest.mark.parametrize(
    "text",
    [
        'id,text\n1,"a\nb"\n',
        'id,text\n1,"a\nb"',
        'id,text\n1,"never closed',
        'id,text\n1,"never closed\n\n',
        'id,text,size\n1,a,5"\n2,b,6\n',
    ],
)
def test_a_quotation_mark_that_swallows_no_row_is_let_through(text: str) -> None:
    assert rows(text.encode())[1][0] == "1"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_quotation_mark_that_swallows_rows_in_the_middle_is_told_with_its_row(end: str) -> None:
    lines = ["id,text,likes", *[f"{i},x,6" for i in range(9)], '9,"so they say,5', "10,x,6", "11,y,7", '12,"z",8']
    lines += [f"{i},x,6" for i in range(20, 29)]
    (sheet,) = read("x.csv", end.join(lines).encode(), limit_mb=1)
    assert [(found.code, found.row) for found in sheet.issues] == [("quote-swallows", 11)]
    assert "the next 3 lines" in sheet.issues[0].message


def test_a_table_pasted_into_a_cell_swallows_nothing() -> None:
    text = 'id,text,likes\n1,"a,b,c\n1,2,3\n4,5,6",4\n2,x,5\n'
    (sheet,) = read("x.csv", text.encode(), limit_mb=1)
    assert (len(sheet.rows), sheet.issues) == (3, ())


def test_entities_are_characters_where_a_survey_tool_writes_them_and_only_there() -> None:
    body = "1,7,&quot;Fine&quot; &amp; &#39;good&#x27; &copy &nosuch; AT&T\r"
    survey = "Respondent ID,Collector ID,How was it?\r,,Open-Ended Response\r" + body
    assert rows(survey.encode())[2][2] == "\"Fine\" & 'good' &copy &nosuch; AT&T"
    assert rows(("Post ID,Collector ID,Text\r" + body).encode())[1][2] == body.split(",")[2].strip()


def test_bare_returns_foreign_letters_and_entities_together() -> None:
    survey = "Respondent ID,Collector ID,Wie war’s?\r1,7,Schön – &quot;gut&quot;\r2,7,Müde\r"
    assert rows(survey.encode("cp1252"))[1:] == [["1", "7", 'Schön – "gut"'], ["2", "7", "Müde"]]


def test_a_pandas_index_without_a_heading_keeps_its_place() -> None:
    assert rows(b",a,b\n0,1,2\n1,3,4\n")[:2] == [["", "a", "b"], ["0", "1", "2"]]


def test_delimiters_after_the_last_column_are_blank_cells() -> None:
    assert rows(b"a;b;;\n1;2;;\n3;4;;\n")[1] == ["1", "2", "", ""]


def test_repeated_headings_stay() -> None:
    assert rows(b"Labels,Labels,Comment,Comment\na,b,c,d\n")[0] == ["Labels", "Labels", "Comment", "Comment"]


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "cp1252"])
def test_four_hundred_columns_and_cells_of_ten_thousand_characters(codec: str) -> None:
    table = [[f"heading {i}" for i in range(400)], *[["é" * 10_000, *["x"] * 399]] * 3]
    text = "\r\n".join("\t".join(row) for row in table)
    assert rows(text.encode(codec)) == table


def test_more_columns_than_a_sheet_can_have_are_refused() -> None:
    assert len(rows(b"a," * 16_383 + b"a\n")[0]) == 16_384
    with pytest.raises(Refused) as refused:
        rows(b"a," * 16_384 + b"a\n")
    assert "a row of 16,385 columns" in refused.value.issues[0].message


def test_an_error_of_excel_is_blank_and_known() -> None:
    (sheet,) = read("x.csv", b"a,b\n#REF!,say #REF!\n1, #NAME? \n#N/A,x\n", limit_mb=1)
    assert sheet.rows == [["a", "b"], [None, "say #REF!"], ["1", None], ["#N/A", "x"]]
    assert dict(sheet.odd) == {(2, 0): "#REF!", (3, 1): "#NAME?"}


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12).filter(
    lambda cell: not ERROR.fullmatch(cell.strip())
)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=12), st.sampled_from(",;\t|"))
def test_what_the_csv_module_writes_comes_back(table: list[list[str]], mark: str) -> None:
    table = [["first column", "second", "third"], *table]
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=mark, quoting=csv.QUOTE_ALL).writerows(table)
    assert rows(buffer.getvalue().encode()) == table


#: Text as it comes out of tools and editors, cut and mixed.
SCRAPS = st.sampled_from(
    ['"', '""', ",", ";", "\t", "|", "\n", "\r", "\r\n", "a", "1.5", "é", "sep=;", "\0", "\ufeff", "=1+1", "#REF!", "<b>", "x" * 99]
)  # fmt: skip


@given(st.lists(SCRAPS, min_size=1, max_size=60), st.sampled_from(["utf-8", "utf-16", "utf-16-be", "cp1252"]))
def test_any_scraps_are_read_or_refused(scraps: list[str], codec: str) -> None:
    try:
        assert read("x.csv", "".join(scraps).encode(codec, errors="replace"), limit_mb=1)
    except Refused as refused:
        assert len(refused.issues) == 1  # noqa: PT017 - either outcome is right


@given(st.binary(min_size=1, max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        assert read("x.csv", content, limit_mb=50)
    except Refused as refused:
        codes = [found.code for found in refused.issues]
        assert codes in (["file-empty"], ["file-unreadable"], ["file-encrypted"], ["quote-open"])


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
