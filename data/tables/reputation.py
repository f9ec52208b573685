"""Reputation scores, each on the scale of its source."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlmodel import Field

from data.tables.base import Imported


class ReputationScore(Imported, table=True):
    """One score of one company by one source on one date. `company` is empty for our own."""

    __tablename__ = "reputation_score"
    __table_args__ = (
        sa.UniqueConstraint("source", "company", "scored_on"),
        sa.CheckConstraint("scale_max > scale_min", name="scale_in_order"),
    )

    id: int | None = Field(default=None, primary_key=True)
    scored_on: dt.date
    source: str
    company: str = ""
    score: float
    scale_min: float | None = None
    scale_max: float | None = None
    n: int | None = None
