"""Survey waves, questions, responses and answers. No value of an answer leaves this module but into its table."""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
from sqlmodel import Session, col, select

from data.commands.records import Origin, Record, ids
from data.enums import Audience, QuestionKind
from data.keys import digest, folded, of_answer, of_question
from data.tables import Answer, Question, Response, Wave
from importers.context import Context
from importers.issues import Issue, Severity, issue
from importers.streams.base import Outcome, cells, keep

CUTS = ("department", "location", "tenure")
_SCALE = ("scale_min", "scale_max")

#: Spreadsheet rows with what they say, one an answer.
_Listed = list[tuple[int, dict[str, Any]]]


def store_answers(session: Session, rows: pd.DataFrame, origin: Origin, context: Context) -> Outcome:
    """One answer a typed row (several may come from one spreadsheet row).

    Expects wave, audience, opened_on, closed_on, invited, question, kind, scale_min, scale_max, value, comment,
    respondent, answered_at, and the cuts; respondents are hashed here and nowhere kept. A response of which an answer lies outside
    the scale on which the question is known is rejected.
    """
    outcome = Outcome(issues=assumed(rows, origin))
    listed = _on_known_scales(session, list(cells(rows)), origin, outcome)
    waves = store_waves(session, listed, origin, context)
    respondents = _respondents(listed, salts(session, context))
    responses = _store_responses(session, listed, respondents, waves, origin)
    answered = [
        (row, values, respondent)
        for (row, values), respondent in zip(listed, respondents, strict=True)
        if values.get("value") is not None or values.get("comment") is not None
    ]
    questions = store_questions(session, [(row, values) for row, values, _ in answered], origin)
    records = []
    for row, values, respondent in answered:
        question = of_question(values["question"])
        answer = {"value": values.get("value"), "comment": values.get("comment")}
        links = {"response_id": responses[respondent], "question_id": questions[question]}
        records.append(Record(of_answer(respondent, question), row, links | answer))
    keep(session, Answer, records, origin, outcome)
    return outcome


def assumed(rows: pd.DataFrame, origin: Origin) -> list[Issue]:
    """What was taken for a wave and an audience that neither the file nor anybody named; told once a sheet."""
    taken = {field: rows[f"{field}_assumed"].dropna() for field in ("wave", "audience") if f"{field}_assumed" in rows}
    return [
        issue(f"{field}-assumed", severity=Severity.INFO, sheet=origin.sheet, taken=said.iloc[0])
        for field, said in taken.items()
        if len(said)
    ]


def _on_known_scales(session: Session, listed: _Listed, origin: Origin, outcome: Outcome) -> _Listed:
    """The rows whose answers fit the scales on which their questions are known, with issues for the others."""
    known = {question.key: question for question in session.exec(select(Question))}
    rejected: set[int] = set()
    for row, values in listed:
        question = known.get(of_question(values["question"]))
        lo, hi = (question.scale_min, question.scale_max) if question else (None, None)
        value = values.get("value")
        if value is not None and lo is not None and hi is not None and not lo <= value <= hi:
            place: dict[str, Any] = {"sheet": origin.sheet, "row": row, "column": values["question"]}
            outcome.issues.append(issue("out-of-range", private=True, lo=f"{lo:g}", hi=f"{hi:g}", **place))
            rejected.add(row)
    return [(row, values) for row, values in listed if row not in rejected]


def salts(session: Session, context: Context) -> dict[str, str]:
    """The salt of each wave: its own, or with paired surveys that of the oldest wave for all."""
    known = session.exec(select(Wave).order_by(col(Wave.id))).all()
    return {wave.key: known[0].salt if context.paired else wave.salt for wave in known}


def wave_key(name: str, audience: str) -> str:
    return f"{folded(name)}|{audience}"


def store_waves(session: Session, listed: _Listed, origin: Origin, context: Context) -> dict[str, int]:
    records: dict[str, Record] = {}
    present = {wave.key: wave for wave in session.exec(select(Wave))}
    for row, values in listed:
        audience = values.get("audience") or Audience.EMPLOYEES
        key = wave_key(values["wave"], audience)
        if key not in records:
            said: dict[str, Any] = {"name": values["wave"], "audience": Audience(audience)}
            records[key] = Record(key, row, said, {"salt": secrets.token_hex(16), "k": context.k})
            if key in present:
                _widen(said, {"opened_on": present[key].opened_on, "closed_on": present[key].closed_on})
        _widen(records[key].values, values)
    keep(session, Wave, list(records.values()), origin, None)
    return ids(session, Wave, records)


def _widen(wave: dict[str, Any], values: dict[str, Any]) -> None:
    """A wave is open from the first to the last date that its rows name."""
    for name, choose in (("opened_on", min), ("closed_on", max)):
        days: list[date] = [day for day in (wave.get(name), values.get(name)) if day is not None]
        wave[name] = choose(days) if days else None
    if wave["opened_on"] and wave["closed_on"]:
        wave["opened_on"], wave["closed_on"] = sorted((wave["opened_on"], wave["closed_on"]))
    wave["invited"] = wave.get("invited") or values.get("invited")


def store_questions(session: Session, listed: _Listed, origin: Origin) -> dict[str, int]:
    """The questions that these rows name, by `data.keys.of_question`, with the scale on which they are answered."""
    records: dict[str, Record] = {}
    open_ = {question.key for question in session.exec(select(Question)) if _has_no_scale(question)}
    for row, values in listed:
        said = {name: values.get(name) for name in ("kind", *_SCALE)}
        said["favourable_from"] = favourable_from(said["scale_min"], said["scale_max"])
        key = of_question(values["question"])
        # What was first learned or later corrected about a question stands; a summary may not have told its scale.
        learned = said if key in open_ and said["scale_max"] is not None else {}
        records.setdefault(key, Record(key, row, {"text": values["question"]} | learned, said))
    keep(session, Question, list(records.values()), origin, None)
    return ids(session, Question, records)


def _has_no_scale(question: Question) -> bool:
    return question.kind is not QuestionKind.COMMENT and question.scale_max is None


def favourable_from(lowest: float | None, highest: float | None) -> float | None:
    """The lowest favourable answer: top 2 of 5 and of 7, top 3 of 10 and of 11."""
    if lowest is None or highest is None:
        return None
    return highest - (2 if highest - lowest >= 9 else 1)


def _respondents(listed: _Listed, salt_of: dict[str, str]) -> list[str]:
    """A key per typed row: the wave and the respondent's salted hash.

    Without an id the hash is of the row's content, its time included, and its ordinal among equal rows, so that the
    same file meets its own responses again.
    """
    by_row: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for row, values in listed:
        by_row.setdefault((_wave(values), row), []).append(values)
    ordinals: Counter[tuple[str, str]] = Counter()
    hashes: dict[tuple[str, int], str] = {}
    for (wave, row), answers in by_row.items():
        identity = answers[0].get("respondent")
        if identity is None:
            # As it was written, not as it is masked: the hash must stay when another term is protected.
            parts = [a.get("as_written") or as_written(a) for a in answers]
            content = digest([*(part for answer in parts for part in answer), *_time(answers[0])])
            ordinals[(wave, content)] += 1
            identity = f"{content}-{ordinals[(wave, content)]}"
        hashes[(wave, row)] = hashed(salt_of[wave], identity)
    return [f"{_wave(values)}|{hashes[(_wave(values), row)]}" for row, values in listed]


def hashed(salt: str, identity: str) -> str:
    """What is stored of a respondent."""
    return hashlib.sha256(f"{salt}\x1f{identity}".encode()).hexdigest()


def _time(values: dict[str, Any]) -> list[str]:
    return [values["answered_at"].isoformat()] if values.get("answered_at") is not None else []


def as_written(answer: Mapping[str, Any]) -> tuple[Any, ...]:
    """What tells a respondent without an id from others: the answer and the cuts."""
    return (answer["question"], *(answer.get(name) for name in ("value", "comment", *CUTS)))


def _wave(values: dict[str, Any]) -> str:
    return wave_key(values["wave"], values.get("audience") or Audience.EMPLOYEES)


def _store_responses(
    session: Session, listed: _Listed, respondents: list[str], waves: dict[str, int], origin: Origin
) -> dict[str, int]:
    records: dict[str, Record] = {}
    for (row, values), key in zip(listed, respondents, strict=True):
        wave, _, respondent = key.rpartition("|")
        record = records.setdefault(key, Record(key, row, {"wave_id": waves[wave], "respondent": respondent}))
        record.values.update({cut: values[cut] for cut in CUTS if values.get(cut) is not None})
    keep(session, Response, list(records.values()), origin, None)
    return ids(session, Response, records)
