"""Survey waves, questions, responses and answers, and what is shown of them. Read only through `data.queries.surveys`."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Field

from data.enums import Audience, QuestionKind, Standing
from data.tables.base import Base, Imported, enum_type


class Wave(Imported, table=True):
    """A survey held once with one audience. `salt` makes respondent hashes useless outside the wave; `k` is the
    smallest group shown, as it stood when the wave came in (a later, lower setting never reopens it).
    """

    __tablename__ = "wave"
    __table_args__ = (
        sa.UniqueConstraint("name", "audience"),
        sa.CheckConstraint("closed_on >= opened_on", name="dates_in_order"),
        sa.CheckConstraint("invited >= 0", name="invited_range"),
        sa.CheckConstraint("k >= 3", name="k_floor"),
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str
    audience: Audience = Field(default=Audience.EMPLOYEES, sa_type=enum_type(Audience, "wave_audience"))
    opened_on: dt.date | None = None
    closed_on: dt.date | None = None
    invited: int | None = None
    salt: str
    k: int


class Question(Imported, table=True):
    """A question, recognised across waves by its text."""

    __tablename__ = "question"
    __table_args__ = (sa.CheckConstraint("scale_max > scale_min", name="scale_in_order"),)

    id: int | None = Field(default=None, primary_key=True)
    text: str
    kind: QuestionKind = Field(sa_type=enum_type(QuestionKind, "question_kind"))
    scale_min: float | None = None
    scale_max: float | None = None
    favourable_from: float | None = None


class Response(Imported, table=True):
    """One respondent's answers to one wave; `respondent` is a salted hash."""

    __tablename__ = "response"
    __table_args__ = (sa.UniqueConstraint("wave_id", "respondent"),)

    id: int | None = Field(default=None, primary_key=True)
    wave_id: int = Field(foreign_key="wave.id")
    respondent: str = Field(max_length=64)
    department: str | None = None
    location: str | None = None
    tenure: str | None = None


class Answer(Imported, table=True):
    """One answer: a value on the question's scale, or a comment."""

    __tablename__ = "answer"
    __table_args__ = (
        sa.UniqueConstraint("response_id", "question_id"),
        sa.Index("ix_answer_question", "question_id", "response_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    response_id: int = Field(foreign_key="response.id")
    question_id: int = Field(foreign_key="question.id")
    value: float | None = None
    comment: str | None = None


class SurveySummary(Imported, table=True):
    """Answers that a tool had added up already: one question of one wave in one unit of one cut (both "": everybody).

    `favourable` is a share from 0 to 1; `mean` lies on the question's scale.
    """

    __tablename__ = "survey_summary"
    __table_args__ = (
        sa.UniqueConstraint("wave_id", "question_id", "cut", "unit"),
        sa.CheckConstraint("n >= 0", name="n_range"),
        sa.CheckConstraint("favourable BETWEEN 0 AND 1", name="favourable_range"),
    )

    id: int | None = Field(default=None, primary_key=True)
    wave_id: int = Field(foreign_key="wave.id")
    question_id: int = Field(foreign_key="question.id")
    cut: str = ""
    unit: str = ""
    n: int
    favourable: float | None = None
    mean: float | None = None


class SurveyFigure(Base, table=True):
    """What is shown of one group and question: one unit of one cut (both "": everybody), and nothing that is not shown.

    Decided when a batch had come in, and kept with it; 0 stands for answers of no batch. `standing` is exact, a band (low,
    high), hidden, or, of everybody, waiting: what came since may not be shown yet, so that the figures before stand.
    `favourable`, `promoters` and `detractors` are counts. `unusable` says why answers are no numbers. `scale` is what was
    known of the question's scale then: decided on another one, figures no longer stand.
    """

    __tablename__ = "survey_figure"
    __table_args__ = (
        sa.UniqueConstraint("wave_id", "batch", "question_id", "cut", "unit"),
        sa.CheckConstraint("n IS NULL OR standing NOT IN ('hidden', 'waiting')", name="hidden_has_no_figures"),
    )

    id: int | None = Field(default=None, primary_key=True)
    wave_id: int = Field(foreign_key="wave.id")
    batch: int = 0
    question_id: int = Field(foreign_key="question.id", index=True)
    cut: str = ""
    unit: str = ""
    standing: Standing = Field(sa_type=enum_type(Standing, "standing"))
    n: int | None = None
    favourable: int | None = None
    mean: float | None = None
    sd: float | None = None
    promoters: int | None = None
    detractors: int | None = None
    unusable: str | None = None
    scale: str = ""
