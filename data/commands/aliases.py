"""Other natural keys by which a record is met since a person merged or corrected it."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from sqlmodel import Session

from data.commands import rows
from data.tables import Alias

TABLE: sa.Table = Alias.__table__  # type: ignore[attr-defined]  # SQLModel adds it at class creation
#: Tables whose records may have such keys.
HAVE = frozenset({"crisis", "event", "plan_step"})


def resolved(session: Session, record: str, names: Iterable[str]) -> dict[str, str]:
    """Alias → the key of the record it stands for, of those among `names` that are aliases."""
    if record not in HAVE:
        return {}
    found: dict[str, str] = {}
    for chunk in rows.chunks(sorted(set(names))):
        mine = (TABLE.c.record == record, TABLE.c.alias.in_(chunk))
        found |= {row.alias: row.key for row in session.execute(sa.select(TABLE.c.alias, TABLE.c.key).where(*mine))}
    return found


def add(session: Session, record: str, alias: str, key: str) -> None:
    """Meet the record by `alias` too, and by every name by which a record of that key was met so far."""
    session.execute(sa.update(TABLE).where(TABLE.c.record == record, TABLE.c.key == alias).values(key=key))
    if resolved(session, record, [alias]).get(alias) is None:
        session.execute(sa.insert(TABLE).values(record=record, alias=alias, key=key))
