"""Keys that are made of texts, made anew after the texts changed; sightings, edits and labels go with their records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from data.commands import aliases, lesson_evidence, rows, sightings
from data.keys import of_activity, of_address, of_answer, of_content, of_day, of_event, of_question, of_step, of_summary
from data.tables import Answer, Base, Crisis, Plan, PostLabel, Question, Response, Wave

Values = dict[str, Any]
Moves = dict[str, str]
_POSTS, _ACTIVITIES = Base.metadata.tables["post"], Base.metadata.tables["culture_activity"]
_SUMMARIES = Base.metadata.tables["survey_summary"]
_EDITS = Base.metadata.tables["edit"]
_LABELS: sa.Table = PostLabel.__table__  # type: ignore[attr-defined]  # SQLModel adds it at class creation


def follow(session: Session, table: sa.Table, changed: Sequence[Values]) -> None:
    """Give changed records (whole rows, with their old keys) the keys that their texts make now."""
    if not changed or table.name not in _KEYS:
        return
    changed = sorted(changed, key=lambda row: (row["batch_id"] or 0, row["row"] or 0, row["key"]))
    moves = _KEYS[table.name](session, changed)
    _move(session, table, moves, changed)
    if table.name == "event":
        _meet_corrected(session, table, moves, changed)


def _meet_corrected(session: Session, table: sa.Table, moves: Moves, changed: Sequence[Values]) -> None:
    """Let events that were corrected by hand be met by what they say now, too."""
    crises = _keys_of(session, Crisis, {row["crisis_id"] for row in changed})
    for row in changed:
        told, key = of_event(crises[row["crisis_id"]], row), moves[row["key"]]
        if told != key and not rows.existing(session, table, [told]):
            aliases.add(session, table.name, told, key)


def _move(session: Session, table: sa.Table, moves: Moves, changed: Sequence[Values]) -> None:
    moves = {old: new for old, new in moves.items() if old != new}
    if table.name == "event":
        moves = _merged(session, table, moves, changed)
    labels = _labels(session, moves) if table.name == "post" else []
    told = [{"of_key": old, "to_key": new} for old, new in moves.items()]
    if not told:
        return
    following = [(one, one.c.record == table.name) for one in (sightings.TABLE, _EDITS, aliases.TABLE)]
    for target, where in ((table, sa.true()), *following):
        statement = sa.update(target).where(target.c.key == sa.bindparam("of_key"), where)
        session.connection().execute(statement.values(key=sa.bindparam("to_key")), told)
    if table.name == "event":
        lesson_evidence.follow(session, moves)
    rows.insert(session, _LABELS, [label | {"post_key": moves[label["post_key"]]} for label in labels])


def _labels(session: Session, moves: Moves) -> list[Values]:
    """The labels of posts that move, taken off. One that waits where such a post goes gives way to it."""
    found: list[Values] = []
    for chunk in rows.chunks(list(moves)):
        mine = _LABELS.c.post_key.in_(chunk)
        found += [dict(row) for row in session.execute(sa.select(_LABELS).where(mine)).mappings()]
        session.execute(sa.delete(_LABELS).where(mine))
    for chunk in rows.chunks([moves[label["post_key"]] for label in found]):
        session.execute(sa.delete(_LABELS).where(_LABELS.c.post_key.in_(chunk)))
    return found


def _merged(session: Session, table: sa.Table, moves: Moves, changed: Sequence[Values]) -> Moves:
    """Events that only a name told apart are one event now: the first of them stays, with what each row said of it."""
    taken = {key for chunk in rows.chunks(list(moves.values())) for key in rows.existing(session, table, chunk)}
    by_key = {row["key"]: row for row in changed}
    alone: Moves = {}
    for old, new in moves.items():
        if new not in taken:
            taken.add(new)
            alone[old] = new
            continue
        first = next((before for before, key in alone.items() if key == new), new)
        kept = by_key.get(first) or rows.existing(session, table, [new])[new]
        sightings.keep_first_versions(session, table.name, {first: kept, old: by_key[old]}, {first, old})
        for one in (sightings.TABLE, _EDITS, aliases.TABLE):
            session.execute(sa.update(one).where(one.c.record == table.name, one.c.key == old).values(key=first))
        lesson_evidence.follow(session, {old: first})
        session.execute(sa.delete(table).where(table.c.key == old))
    return alone


def _events(session: Session, changed: Sequence[Values]) -> Moves:
    """An event goes by what its first row said: a person may have corrected it since."""
    crises = _keys_of(session, Crisis, {row["crisis_id"] for row in changed})
    first = _first_said(session, "event", [row["key"] for row in changed])
    said = {row["key"]: row | first.get(row["key"], {}) for row in changed}
    return {row["key"]: of_event(crises[row["crisis_id"]], said[row["key"]]) for row in changed}


def _first_said(session: Session, record: str, keys: Sequence[str]) -> dict[str, Values]:
    """Key → what the first row that spoke of the record carried, of the records of which several spoke."""
    table, s = Base.metadata.tables[record], sightings.TABLE.c
    found: dict[str, Values] = {}
    for chunk in rows.chunks(list(keys)):
        statement = sa.select(s.key, s.carried).where(s.record == record, s.key.in_(chunk)).order_by(s.id)
        for key, carried in session.execute(statement):
            if key not in found:
                blank = {column.name: None for column in table.c if column.nullable}
                found[key] = blank | sightings.read(table, carried)
    return found


def _posts(session: Session, changed: Sequence[Values]) -> Moves:
    """A post without native id goes by its address, else by its content."""
    nameless = [row for row in changed if row["external_id"] is None]
    moves = {row["key"]: of_address(row["platform"], row["url"]) for row in nameless if row["url"]}
    alike = {row["key"]: of_content(row["platform"], _when(row), row["source"], row["text"]) for row in nameless}
    return moves | _numbered(session, _POSTS, {old: new for old, new in alike.items() if old not in moves})


def _when(post: Mapping[str, Any]) -> str:
    return (post["posted_on"] or post["posted_at"]).isoformat()


def _activities(session: Session, changed: Sequence[Values]) -> Moves:
    return _numbered(session, _ACTIVITIES, {row["key"]: of_activity(row) for row in changed})


def _steps(session: Session, changed: Sequence[Values]) -> Moves:
    plans = _keys_of(session, Plan, {row["plan_id"] for row in changed})
    return {row["key"]: of_step(plans[row["plan_id"]], row["step"]) for row in changed}


def _questions(session: Session, changed: Sequence[Values]) -> Moves:
    """A question goes by its text, and its answers by the question's key."""
    answers: sa.Table = Answer.__table__  # type: ignore[attr-defined]  # SQLModel adds it at class creation
    for row in changed:
        found = sa.select(answers.c.key, answers.c.response_id).where(answers.c.question_id == row["id"])
        given = {number: key for key, number in session.execute(found)}
        responses = _keys_of(session, Response, set(given))
        moves = {key: of_answer(responses[number], of_question(row["text"])) for number, key in given.items()}
        _move(session, answers, moves, [])
        figures = session.execute(sa.select(_SUMMARIES).where(_SUMMARIES.c.question_id == row["id"])).mappings()
        _move(session, _SUMMARIES, _summaries(session, [dict(figure) for figure in figures], row), [])
    return {row["key"]: of_question(row["text"]) for row in changed}


def _summaries(session: Session, changed: Sequence[Values], question: Values | None = None) -> Moves:
    """A figure goes by its wave, question and unit; `question` is the one they are on, where its key changes too."""
    waves = _keys_of(session, Wave, {row["wave_id"] for row in changed})
    questions = _keys_of(session, Question, {row["question_id"] for row in changed})
    questions |= {question["id"]: of_question(question["text"])} if question else {}
    return {
        row["key"]: of_summary(waves[row["wave_id"]], questions[row["question_id"]], row["cut"], row["unit"])
        for row in changed
    }


def _numbered(session: Session, table: sa.Table, alike: Moves) -> Moves:
    """Keys of records that are told from equal ones by their ordinal: old key → new key, after those that are taken."""
    counts = Counter(alike.values())
    wanted = [f"{content}-{number}" for content, count in counts.items() for number in range(1, count + 1)]
    taken = {key for chunk in rows.chunks(wanted) for key in rows.existing(session, table, chunk)} - alike.keys()
    last: Counter[str] = Counter()
    for content in {key.rpartition("-")[0] for key in taken}:
        held = session.execute(sa.select(table.c.key).where(table.c.key.like(f"{content}-%"))).scalars()
        last[content] = max(int(key.rpartition("-")[2]) for key in held)
    moves: Moves = {}
    for old, content in alike.items():
        if old.rpartition("-")[0] == content:
            continue
        last[content] += 1
        moves[old] = f"{content}-{last[content]}"
    return moves


def _keys_of(session: Session, table: type[Base], numbers: set[int]) -> dict[int, str]:
    """Id → natural key."""
    columns = table.__table__.c  # type: ignore[attr-defined]  # SQLModel adds it at class creation
    found: dict[int, str] = {}
    for chunk in rows.chunks(sorted(numbers)):
        found |= {
            row.id: row.key for row in session.execute(sa.select(columns.id, columns.key).where(columns.id.in_(chunk)))
        }
    return found


_KEYS: dict[str, Callable[[Session, Sequence[Values]], Moves]] = {
    "event": _events,
    "post": _posts,
    "daily_total": lambda _, changed: {row["key"]: of_day(row) for row in changed},
    "culture_activity": _activities,
    "plan_step": _steps,
    "question": _questions,
    "survey_summary": _summaries,
}
