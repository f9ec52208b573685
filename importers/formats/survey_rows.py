"""What the survey layouts share: which column is what, one record an answer, and the naming of the wave.

What identifies people is dropped before anything is kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from data.enums import Audience
from data.keys import folded
from importers.context import Context
from importers.formats.base import Format
from importers.formats.personal import IDENTIFIES, left_out, tells_who
from importers.issues import Refused, issue
from importers.sheet import Cell, Sheet
from importers.table import Raw, heading, is_blank

NO_QUESTION = "it is no question of the survey"
#: A cut → what it is called, alone or in a question such as “Which department do you work in?”.
_CUTS = {
    "department": r"department|dept\.?|division|business unit|business area",
    "location": r"location|office|office location|work location|workplace|site|country|region",
    "tenure": r"tenure|tenure group|tenure band|length of service|years of service",
}
_CUT = {
    cut: re.compile(
        rf"(?:which|what|in which|in what|at which|what is|select|choose|please select)? ?(?:your |of our )?(?:{names})"
        r"(?: (?:do|are) you(?: (?:work|based|part|located|in|of|at|for))*)?\s*[?:*]*"
    )
    for cut, names in _CUTS.items()
}


@dataclass(slots=True)
class Form:
    """Which column of a survey is what, by position.

    `fields` places what a response says beside its answers (when, who, cuts), `questions` the text of each question,
    `comments` the column of remarks on a question (by the question's position), `dropped` what is not kept and why.
    """

    fields: dict[str, int] = field(default_factory=dict)
    questions: dict[int, str] = field(default_factory=dict)
    comments: dict[int, int] = field(default_factory=dict)
    dropped: dict[int, str] = field(default_factory=dict)


def cut_of(title: str) -> str | None:
    """The cut that a heading names or asks for: department, location or tenure."""
    return next((cut for cut, asked in _CUT.items() if asked.fullmatch(heading(title))), None)


def line(sheet: Sheet, row: int, width: int) -> list[str]:
    """One header row as text on one line, `width` cells of it."""
    cells = sheet.rows[row] if row < len(sheet.rows) else []
    return ["" if cell is None else " ".join(str(cell).split()) for cell in [*cells, *[None] * width][:width]]


def sort(titles: Sequence[str], cells: pd.DataFrame, known: Mapping[str, str]) -> Form:
    """Tell questions from cuts and from what identifies people.

    Parameters
    ----------
    titles
        The heading of each column; for a question its text.
    known
        Folded headings that the tool itself writes → the field that they fill, "" where they are not needed.
    """
    form = Form()
    for position, title in enumerate(titles):
        name, cut = heading(title), cut_of(title)
        if name in known:
            if known[name]:
                form.fields.setdefault(known[name], position)
        elif cut and cut not in form.fields:
            form.fields[cut] = position
        elif tells_who(title, cells[position]):
            form.dropped[position] = IDENTIFIES
        elif name:
            form.questions[position] = title
    return form


def has_answers(form: Form) -> Callable[[tuple[Cell, ...]], bool]:
    """Whether a row holds an answer: one who opened the form and said nothing has given no response."""
    positions = [*form.questions, *form.comments.values()]

    def counts(values: tuple[Cell, ...]) -> bool:
        return not is_blank([values[position] for position in positions])

    return counts


def one_record_an_answer(
    sheet: Sheet,
    layout: Format,
    titles: Sequence[str],
    cells: pd.DataFrame,
    form: Form,
    counts: Callable[[tuple[Cell, ...]], bool],
) -> Raw:
    """Melt respondents × questions into answers; the rows that do not count are skipped.

    Raises
    ------
    Refused
        If there is no question.
    """
    if not form.questions:
        shown = ", ".join(title for title in titles[:8] if title)
        facts: dict[str, Any] = {"column": "Q1", "format": layout.title, "columns": shown}
        raise Refused(issue("column-missing", sheet=sheet.name, **facts))
    kept = cells[[counts(values) for values in cells.itertuples(index=False, name=None)]]
    questions = _distinct(form.questions)
    records = [
        {name: values[position] for name, position in form.fields.items()}
        | {"row": row, "question": text, "answer": values[position]}
        | ({"comment": values[form.comments[position]]} if position in form.comments else {})
        for row, values in zip(kept.index, kept.itertuples(index=False, name=None), strict=True)
        for position, text in questions.items()
    ]
    columns = [column.field for column in layout.columns]
    table = pd.DataFrame(records, columns=["row", *columns], dtype=object).set_index("row")
    # The heading of an answer is its question.
    headings = dict.fromkeys(columns, "") | {name: titles[position] for name, position in form.fields.items()}
    skipped = set(cells.index) - set(kept.index)
    return Raw(table, headings, len(cells), skipped, left_out(sheet, titles, cells, form.dropped))


def _distinct(questions: Mapping[int, str]) -> dict[int, str]:
    """Questions of the same text told apart by a number, so that neither overwrites the other."""
    seen: Counter[str] = Counter()
    found = {}
    for position, text in questions.items():
        seen[folded(text)] += 1
        found[position] = text if seen[folded(text)] == 1 else f"{text} ({seen[folded(text)]})"
    return found


def complete(rows: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Fill what the file leaves open: the wave (default: month of the responses), the audience, the wave's dates.

    Where neither the file nor anybody says one of the first two, ``…_assumed`` tells what was taken, for an issue.
    """
    filled = rows.copy()
    options = context.options
    for name, said in (("wave", options.wave), ("audience", options.audience)):
        is_open = said is None and (name not in rows or bool(rows[name].isna().any()))
        filled[f"{name}_assumed"] = _taken(name, filled, context) if is_open else None
    if "words" in filled:
        filled["comment"] = filled["words"].where(filled["words"].notna(), filled.get("comment"))
    named = options.wave or _month(filled, context)
    filled["wave"] = filled["wave"].fillna(named) if "wave" in filled else named
    if "audience" not in filled:
        filled["audience"] = None
    filled["audience"] = filled["audience"].where(
        filled["audience"].notna(), options.audience or Audience.EMPLOYEES.value
    )
    if "answered_at" in filled:
        days = filled["answered_at"].dt.tz_convert(context.file_zone).dt.tz_localize(None).dt.normalize()
        filled["opened_on"], filled["closed_on"] = days.min(), days.max()
    return filled


def _taken(field: str, rows: pd.DataFrame, context: Context) -> str:
    if field == "audience":
        return Audience.EMPLOYEES.value
    dated = "answered_at" in rows and bool(rows["answered_at"].notna().any())
    return f"{'the month of its responses' if dated else 'the present month'}, {_month(rows, context)},"


def _month(rows: pd.DataFrame, context: Context) -> str:
    moments = rows["answered_at"].dropna() if "answered_at" in rows else pd.Series(dtype="datetime64[us, UTC]")
    last = moments.max().tz_convert(context.file_zone) if len(moments) else pd.Timestamp(context.today)
    return last.strftime("%Y-%m")
