"""Surveys that came in added up: a share and a number of answers for each unit and question."""

from __future__ import annotations

import pandas as pd
from sqlmodel import Session

from data.commands.records import Origin, Record
from data.enums import Audience, QuestionKind
from data.keys import of_question, of_summary
from data.tables import SurveySummary
from importers.context import Context
from importers.streams.base import Outcome, cells, keep
from importers.streams.surveys import assumed, store_questions, store_waves, wave_key


def store_summaries(session: Session, rows: pd.DataFrame, origin: Origin, context: Context) -> Outcome:
    """One unit's figures on one question a row, those of too small a unit too: they never leave the data layer.

    Expects wave, audience, opened_on, closed_on, question, cut, unit, n, favourable (share), mean, scale_min and
    scale_max.
    """
    outcome = Outcome(issues=assumed(rows, origin))
    listed = [(row, values | {"kind": QuestionKind.SCALE.value}) for row, values in cells(rows)]
    waves = store_waves(session, listed, origin, context)
    questions = store_questions(session, listed, origin)
    records = []
    for row, values in listed:
        wave = wave_key(values["wave"], values.get("audience") or Audience.EMPLOYEES)
        question = of_question(values["question"])
        key = of_summary(wave, question, values["cut"], values["unit"])
        said = {name: values.get(name) for name in ("cut", "unit", "n", "favourable", "mean")}
        links = {"wave_id": waves[wave], "question_id": questions[question]}
        records.append(Record(key, row, links | said))
    keep(session, SurveySummary, records, origin, outcome)
    return outcome
