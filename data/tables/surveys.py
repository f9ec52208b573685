"""Survey waves, questions, responses and answers. Read only through `data.queries.surveys`."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Field

from data.enums import Audience, QuestionKind
from data.tables.base import Imported, enum_type


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
