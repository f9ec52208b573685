"""`formats.md`: every layout that is recognised, from the declarations in `importers.formats`."""

from __future__ import annotations

import inspect
import pkgutil
from importlib import import_module
from types import ModuleType

import importers.formats
from data.enums import Stream
from docs.cells import says
from docs.markdown import code, document, table
from importers import templates
from importers.formats import FORMATS, readers
from importers.formats.answers import answers
from importers.formats.base import Format
from importers.formats.trustpilot import utc_moment
from importers.table import plain

_INTRODUCTION = """\
A sheet is recognised by its headings, never by the name of its file. Upper and lower case, underscores and the order of
the columns do not matter, columns that a format does not know are left alone, and the header may stand below a few
lines of title. A workbook may hold several sheets, each of its own format. Files may be .xlsx, .xls or .ods, or
delimited text in whatever encoding the tool wrote.

A column is read one way as a whole: one date that can only be day-first decides for all. Where nothing decides, the
file is refused with the question, and an option answers it. A row that cannot be read is rejected, with a sentence that
says what to correct, and the others are imported; the rejected ones come back as a workbook."""

_OPTIONS = (
    ("--kind KIND", "what the file holds, where its columns do not tell"),
    ("--sheet NAME", "only this sheet of a workbook"),
    ("--crisis CODE", "the crisis of rows that name none"),
    ("--wave NAME", "the survey wave; without it, the month of the responses"),
    ("--audience A", "who was asked; without it, employees"),
    ("--source NAME", "the source of a wide score table whose columns are companies"),
    ("--date-order dmy, mdy or ymd", "how dates such as 03/04/2026 are meant"),
    ("--decimal comma or point", "how numbers such as 1,500 are meant"),
    ("--timezone ZONE", "of times without an offset, where the crisis has no zone of its own"),
)

_NOTES = {
    Stream.INCIDENTS: "A crisis that is only named among the events is created, with its code for a title. The same event twice is one\n"
    "event.",
    Stream.ENGAGEMENT: "Where posts and daily totals tell of the same platform and day, the posts count. Text without a sentiment is scored\n"
    "by a lexicon afterwards, if it is English.",
    Stream.SURVEY: "A respondent is stored as a hash that differs from wave to wave, and no cell of a survey is ever shown again: not in\n"
    "messages, not in History, not among the rejected rows.",
}


def text() -> str:
    """The document."""
    kinds = [stream for stream in Stream if any(layout.stream is stream for layout in FORMATS)]
    return document(
        "# Formats",
        _INTRODUCTION,
        "## Options",
        "On the Import page they stand under “How to read this file”; `python -m importers` takes them on its line.",
        table(["Option", "Says"], [(f"`{option}`", meaning) for option, meaning in _OPTIONS]),
        "## Templates",
        "Our own layouts as empty workbooks, required headings in bold: on the Import page, or by\n"
        "`python -m importers --template KIND FILE.xlsx`.",
        table(["Kind", "Sheets"], [(f"`{kind}`", code(templates.template(kind).sheetnames)) for kind in kinds]),
        *(part for kind in kinds for part in _kind(kind)),
    )


def _kind(kind: Stream) -> list[str]:
    layouts = [layout for layout in FORMATS if layout.stream is kind]
    return [f"## Kind `{kind}`", _NOTES.get(kind, ""), *(part for layout in layouts for part in _format(layout))]


def _format(layout: Format) -> list[str]:
    rows = [
        (
            f"**{column.field}**" if column.required else column.field,
            "" if column.names == (column.field,) else code(column.names),
            says(column.read),
        )
        for column in layout.columns
    ]
    renamed = any(other for _, other, _ in rows)
    shown = rows if renamed else [(field, cells) for field, _, cells in rows]
    return [
        f"### `{layout.name}`",
        inspect.getdoc(_module(layout)) or "",
        f"Told by {_told_by(layout)}. Options that matter: {code(_options(layout)) or 'none'}.",
        "Its columns:" if layout.extract is plain else "What is kept of a row:",
        table(["Column", "In the file", "Holds"] if renamed else ["Column", "Holds"], shown),
    ]


def _told_by(layout: Format) -> str:
    headings = code(layout.telling or [column.field for column in layout.columns if column.required])
    return f"{headings}, and only with `--kind {layout.stream}`" if layout.only_if_asked else headings


def _options(layout: Format) -> list[str]:
    """Those that change how a file of this layout is read."""
    reads = {column.read for column in layout.columns}
    held = {says(read) for read in reads}
    moments = says(readers.moment) in held
    survey = layout.stream is Stream.SURVEY
    asked = {
        "--crisis": layout.record == "events" and "crisis" in layout.missing(set()),
        "--wave": survey and not any(column.required for column in layout.columns if column.field == "wave"),
        "--audience": survey,
        "--source": layout.only_if_asked,
        "--date-order": moments or bool(reads & {readers.day, readers.coming_day, utc_moment}),
        "--decimal": any(says(read).startswith(("a number", "a share")) for read in reads - {answers}),
        "--timezone": moments,
    }
    return [option for option, matters in asked.items() if matters]


def _module(layout: Format) -> ModuleType:
    """Where a format is declared."""
    for found in pkgutil.iter_modules(importers.formats.__path__):
        module = import_module(f"importers.formats.{found.name}")
        if any(value is layout for value in vars(module).values()):
            return module
    raise LookupError(f"no module of importers.formats declares {layout.name}")
