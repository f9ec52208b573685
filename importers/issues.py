"""Everything that can be wrong with a file, as data: a code, a place and a sentence that says what to do."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from importers.storable import storable


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


#: code -> sentence; placeholders are filled by `issue`.
TEMPLATES: dict[str, str] = {
    "file-empty": "The file is empty. Export it again and check that the export holds rows.",
    "file-unreadable": "This is not a spreadsheet that can be read ({what}). Save it as .xlsx or .csv and upload it again.",
    "file-encrypted": "The workbook is protected with a password. Remove the password and upload it again.",
    "archive-encrypted": "The archive is protected with a password. Unpack it and upload its files.",
    "macros-ignored": "The workbook holds macros; they were ignored and never run.",
    "links-ignored": "The workbook links to other files; the links were ignored, the values that it holds were read.",
    "formula-without-value": "The formula in “{column}” holds no value, because it was never computed. Open the file in a "
    "spreadsheet program, save it and upload it again.",
    "excel-error": "“{column}” shows {error} instead of a value. Correct the formula or write the value.",
    "quote-open": "A quotation mark in this row is never closed, so that all that follows would be one cell. Close it, or "
    "write it twice, and upload the file again.",
    "quote-swallows": "A quotation mark in this row takes the next {n} lines into its cell. Close it, or write it twice.",
    "cells-beyond-header": "The row holds {n} cells more than the header; they were left out. If a text holds the "
    "delimiter, put it in quotation marks.",
    "file-too-large": "The file is larger than the limit of {limit} MB. Split it by month, or raise AFTERMATH_UPLOAD_LIMIT_MB.",
    "sheet-unknown": "The file has no sheet “{value}”. Its sheets: {sheets}.",
    "kind-forbidden": "Your role can import {allowed}; this is {found}. Ask an analyst to import it.",
    "no-rows": "There is a header but no row below it. Check the period and the filters of the export.",
    "format-unknown": "No known format has these columns: {columns}. Say with --kind what the file holds, or use one of our "
    "templates (--template KIND FILE.xlsx).",
    "kind-mismatch": "This looks like {found}, not {asked}. Leave the kind open, or choose {found}.",
    "column-missing": "The column “{column}” is missing; {format} needs it. Columns found: {columns}.",
    "value-missing": "“{column}” is empty; every row needs it.",
    "date-unreadable": "“{value}” is not a date that can be read. Write it as 2026-03-31 14:05.",
    "date-order-ambiguous": "All {n} dates in “{column}” fit day-first and month-first. Say which: --date-order dmy or mdy.",
    "date-order-mixed": "“{column}” holds dates that can only be day-first ({days}) and only month-first ({months}); all were read day-first. Say --date-order if that is wrong.",
    "decimal-ambiguous": "The numbers in “{column}” fit a decimal comma and a decimal point. Say which: --decimal comma or point.",
    "time-nonexistent": "{value} did not exist in {zone}: clocks went forward. Correct the time, or add its offset.",
    "time-ambiguous": "{value} happened twice in {zone}: clocks went back. Add the offset, such as +02:00.",
    "date-implausible": "{value} lies before 1990 or after tomorrow. Correct the date.",
    "number-unreadable": "“{value}” is not a number. Write digits only, such as 1200 or 0.35.",
    "out-of-range": "{value} lies outside {lo} to {hi}.",
    "too-long": "The text has {n} characters, and at most {most} can be kept here. Shorten it.",
    "order-reversed": "“{column}” is {relation} “{other}”. Correct one of the two.",
    "word-unknown": "“{value}” is not one of: {known}.",
    "header-repeated": "This row repeats the header; it was left out.",
    "table-left-out": "Another table begins here{columns}; it was not recognised, and its {n} rows were left out. Put it on a sheet of its own and upload it; there its columns can be mapped.",
    "table-read": "The sheet holds several tables; the one that begins here was read as {format}.",
    "metric-left-out": "“{value}” is no count that is kept by day; its rows were left out. Views, impressions and reach of Facebook or Instagram are kept.",
    "posts-not-counted": "The export does not say how many posts there were: its days count for reach and engagement, not for the volume of posts.",
    "counts-of-one-day": "The counts of this row are those of one day ({value}), not those of the post's whole life. Export the posts with lifetime figures.",
    "sheet-ignored": "The sheet “{sheet_name}” was left out: none of the known formats has its columns.",
    "zone-unknown": "“{value}” is not a time zone. Write one such as Europe/Lisbon or UTC.",
    "reference-unknown": "“{value}” is not a known {what}. Import it first, or correct the spelling.",
    "scale-assumed": "“{column}” says nothing about its scale; {lo} to {hi} was assumed from its answers.",
    "column-dropped": "“{column}” was left out: {why}.",
    "wave-assumed": "The file names no survey wave, and {taken} was taken. Say another: --wave NAME.",
    "audience-assumed": "The file does not say who was asked, and {taken} were assumed. Say another: --audience A.",
    "score-without-scale": "The source “{value}” has no scale_min and scale_max; its scores are kept but can't be compared.",
    "attributes-unmet": "{n} of {total} rows belong to nobody who answered a survey that is here; they were skipped. Import the survey first.",
    "attributes-kept": "{n} responses have other attributes already and kept them. Name the wave to change them: --wave NAME.",
    "month-smaller": "{value} has {n} reviews in this file and had {known} before; the file's count. Export whole months.",
    "row-repeated": "This row repeats row {other}; it was left out.",
    "crisis-missing": "The rows name no crisis. Say which one they belong to: --crisis CODE.",
    "mapping-broken": "The mapping can't be used: {what}.",
    "mapping-unknown": "There is no saved mapping “{value}”. Saved are: {known}.",
    "mapping-suggested": "“{column}” looks like {field}: {why}.",
    "mapping-lacks": "If a row is {title}, nothing here looks like {field}, which is needed. Map a column to it, or say it for all rows.",
    "mapping-column-absent": "“{column}”, which the mapping reads as {field}, is missing in this file; {field} stays empty.",
    "date-far": "“{value}” in “{column}” lies far from the other dates{others}. Check the year{would}.",
    "reply-before-event": "“{what}” is dated {value}, before the event that it answers ({begun}). Check both dates.",
    "due-before": "“{column}” says {value}, which is before “{other}” ({begun}). Check both dates.",
    "delay-contradicts": "“{column}” says {value}, but from “{start}” to “{end}” it is {actual}. Correct one of the three.",
    "id-rounded": "{n} ids in “{column}” were rounded by a spreadsheet program, such as {value} in row {first}, and may stand for several records. Export again as CSV and import that file as it is, or make the column text before you paste ids.",
    "rating-outside": "{value} in “{column}” lies outside {lo} to {hi}, the scale of the other ratings. Correct it.",
    "rating-zero": "{n} of {all} ratings in “{column}” are 0, first in row {first}, and all others lie from {lo} to {hi}. If 0 means that there was none, leave those cells empty.",
    "column-empty": "Nearly empty: {columns}. Check that the export was asked for these columns.",
    "blank-trailing": "“{value}” stands in “{column}” with and without a blank behind it (as do {n} names in all); the two were read as one.",
    "near-duplicate": "This row says almost the same as row {other}, within minutes of it; both were kept. Remove one if they are the same.",
    "trap-more": "{n} more rows in “{column}” are like the ones above: {rows}.",
    "rows-more": "{n} more rows are like the ones above: {rows}.",
    "rejects-kept": "{all} rows were rejected; the first {n} of them are kept to be handed back. Correct what they have in common and import the file again.",
    "coverage-short": "{what}.",
    "sentiment-waiting": "{posts} around crisis {crisis} carry text without a sentiment; it is scored after the import. Until "
    "then its sentiment is not known, and when it was over is judged by volume alone.",
    "hand-edit-kept": "“{column}” of this {what} was set by hand and stays {stands}; the file says {said}. To take the "
    "file's word, import it with --over-hand-edits.",
    "hand-edit-replaced": "“{column}” of this {what} was set by hand to {stands}; the file's {said} was taken, as asked.",
    "strict": "{n} rows were rejected and --strict was asked for; nothing of this file was written.",
}


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding about a file. `row` is the number the spreadsheet program shows; `value` is None for surveys."""

    code: str
    severity: Severity
    message: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None

    def as_dict(self) -> dict[str, Any]:
        return {key: (str(v) if isinstance(v, StrEnum) else v) for key, v in asdict(self).items()}


def issue(
    code: str,
    *,
    severity: Severity = Severity.ERROR,
    sheet: str | None = None,
    row: int | None = None,
    column: str | None = None,
    value: object = None,
    private: bool = False,
    **facts: object,
) -> Issue:
    """Build an issue from its template.

    `facts` fill the template beside `column` and `value`. With `private` (survey files) the value is neither kept
    nor repeated in the message.
    """
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)  # as the spreadsheet program shows it
    shown = None if value is None else storable(str(value)[:200])
    column = None if column is None else storable(column)
    words = {"column": column, "value": "The value" if private else shown, **facts}
    message = storable(TEMPLATES[code].format(**words))
    if private:
        message = message.replace("“The value”", "The value")
    return Issue(code, severity, message, sheet, row, column, None if private else shown)


class Refused(Exception):
    """A file from which nothing can be taken, with the issues that say why."""

    def __init__(self, *issues: Issue) -> None:
        super().__init__("; ".join(i.message for i in issues))
        self.issues = list(issues)
