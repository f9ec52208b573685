"""Attributes of people, from a file of its own, for the responses that they have given."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import pandas as pd
from sqlmodel import Session, col, select

from data.commands.records import Origin, Record
from data.enums import Audience, Effect
from data.tables import Response, Wave
from importers.context import Context
from importers.issues import Issue, Severity, issue
from importers.streams.base import Outcome, cells, keep
from importers.streams.surveys import CUTS, hashed, salts, wave_key


def store_attributes(session: Session, rows: pd.DataFrame, origin: Origin, context: Context) -> Outcome:
    """Fill the cuts of responses, met by the hash of the person's id, which is stored nowhere.

    A wave that was named takes them all; of the others only responses of which nothing is known yet, because a file of
    attributes holds for its own time. How many rows met no response is said, but not which: that would tell who took
    part.
    """
    outcome = Outcome()
    waves = _waves(session, context)
    named = context.options.wave is not None
    responses = {
        (response.wave_id, response.respondent): response
        for response in session.exec(select(Response).where(col(Response.wave_id).in_(waves)))
    }
    records = []
    met: set[int] = set()
    kept, total = 0, 0
    for row, values in cells(rows):
        total += 1
        said = {cut: values[cut] for cut in CUTS if values.get(cut) is not None}
        for response in _of(values["respondent"], waves, responses):
            met.add(row)
            held = {cut: getattr(response, cut) for cut in said if getattr(response, cut) is not None}
            if named or not held:
                records.append(Record(response.key, row, said))
            else:
                outcome.note([row], [Effect.DUPLICATE])
                kept += any(said[cut] != value for cut, value in held.items())
    keep(session, Response, records, origin, outcome)
    outcome.issues += _told(origin, total, total - len(met), kept)
    return outcome


def _waves(session: Session, context: Context) -> dict[int, set[str]]:
    """The waves in which these people may have answered, with the salts by which they may have been hashed."""
    audience = context.options.audience or Audience.EMPLOYEES
    said = context.options.wave
    statement = select(Wave).where(col(Wave.audience) == audience)
    if said is not None:
        statement = statement.where(col(Wave.key) == wave_key(said, audience))
    paired = salts(session, context)
    return {wave.id: {wave.salt, paired[wave.key]} for wave in session.exec(statement) if wave.id is not None}


def _of(
    identity: str, waves: Mapping[int, Collection[str]], responses: Mapping[tuple[int, str], Response]
) -> Iterator[Response]:
    """The responses of one person, at most one a wave."""
    for wave, possible in waves.items():
        found = {(wave, hashed(salt, identity)) for salt in possible} & responses.keys()
        yield from (responses[place] for place in found)


def _told(origin: Origin, total: int, unmet: int, kept: int) -> list[Issue]:
    found = []
    if unmet:
        severity = Severity.WARNING if unmet == total else Severity.INFO
        found.append(issue("attributes-unmet", severity=severity, sheet=origin.sheet, n=unmet, total=total))
    if kept:
        found.append(issue("attributes-kept", severity=Severity.WARNING, sheet=origin.sheet, n=kept))
    return found
