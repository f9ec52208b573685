"""What an unknown column can be: the fields of our own layouts, by what a row is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from data.enums import Stream
from importers.formats.base import Column, Format
from importers.formats.readers import moment
from importers.formats.survey_summary import SURVEY_SUMMARY, figures
from importers.formats.template_culture import CULTURE
from importers.formats.template_engagement import DAILY, POSTS
from importers.formats.template_gaps import GAPS
from importers.formats.template_incidents import CRISES, EVENTS
from importers.formats.template_lessons import LESSONS
from importers.formats.template_plan import PLAN
from importers.formats.template_reputation import LONG as SCORES
from importers.formats.template_survey import LONG as ANSWERS
from importers.table import Raw


@dataclass(frozen=True)
class Target:
    """What a row can be.

    Attributes
    ----------
    record : str
        The name a mapping calls it by; that of the stored record is `template.record`.
    title : str
        In words: “a post”.
    needed : tuple of str
        Fields that a column or a constant must fill. `elsewhere` are those that can also be said beside the file.
    items : str
        What each of a mapping's item columns is (“question”, “source or company”); empty where there are none.
        Their headings fill `by_heading`, their cells `by_cell`.
    refine : callable, optional
        What our own layout does with its raw table before it is read.
    """

    record: str
    title: str
    template: Format
    columns: tuple[Column, ...]
    needed: tuple[str, ...]
    elsewhere: tuple[str, ...] = ()
    items: str = ""
    by_heading: str = ""
    by_cell: str = ""
    refine: Callable[[Raw], Raw] | None = None

    @property
    def stream(self) -> Stream:
        return self.template.stream

    @property
    def fields(self) -> tuple[str, ...]:
        """What a column or a constant can fill; item columns fill the others."""
        return tuple(c.field for c in self.columns if not self.items or c.field not in {"question", self.by_cell})


def _usual(record: str, title: str, template: Format, elsewhere: tuple[str, ...] = ()) -> Target:
    needed = template.telling or tuple(column.field for column in template.columns if column.required)
    return Target(record, title, template, template.columns, needed, elsewhere)


_ALL = (
    _usual("posts", "a post or mention", POSTS),
    _usual("daily", "a platform's day", DAILY),
    _usual("events", "an event of a crisis", EVENTS, elsewhere=("crisis",)),
    _usual("crises", "a crisis", CRISES),
    _usual("answers", "a survey answer", ANSWERS, elsewhere=("wave",)),
    Target(
        "respondents", "a survey respondent", ANSWERS, (Column("answered_at", moment), *ANSWERS.columns), ("wave",),
        elsewhere=("wave",), items="question", by_heading="question", by_cell="answer",
    ),
    replace(_usual("summaries", "a unit's figures on a question", SURVEY_SUMMARY, elsewhere=("wave",)), refine=figures),
    _usual("scores", "a reputation score", SCORES),
    Target(
        "scores_wide", "a date with several scores", SCORES, SCORES.columns, ("date",),
        items="source or company", by_heading="source", by_cell="score",
    ),
    _usual("steps", "a step of the plan", PLAN),
    _usual("gaps", "a gap", GAPS),
    _usual("lessons", "a lesson", LESSONS),
    _usual("activities", "a culture activity", CULTURE),
)  # fmt: skip

#: By the name a mapping calls it.
TARGETS: dict[str, Target] = {target.record: target for target in _ALL}


def of_kind(kind: Stream | None) -> list[Target]:
    return [target for target in _ALL if kind is None or target.stream is kind]
