"""Masking what is stored already: the texts of every table, and the keys that are made of them.

A key that is a digest of a masked text is made anew from the mask, as the next import of the same row would make it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from data.commands import rekeying, rollups
from data.masking import Masker, batched, is_text, texts_of
from data.tables import Base, BatchSheet, DailyTotal, Post, Setting

#: Tables without a text that anybody wrote, or that follow from others.
_LEFT = {
    "protected_term", "setting", "audit_entry", "data_state", "crisis_role", "mapping", "post_label", "reputation_score",
    "quarter_rollup", "day_rollup", "alias",
}  # fmt: skip
#: Texts that records are grouped or met by → those that share their names. Different ones stay different.
_NAMES = {
    ("post", "topic"): "topic", ("daily_total", "topic"): "topic", ("crisis", "topics"): "topic",
    ("daily_total", "source"): "source", ("post", "url"): "url", ("plan_step", "step"): "step",
    ("plan_step", "after_step"): "step", ("gap", "step"): "step", ("question", "text"): "question",
    ("survey_summary", "unit"): "unit", ("survey_figure", "unit"): "unit", ("context_marker", "title"): "marker",
}  # fmt: skip
_AT_ONCE = 5_000

Values = dict[str, Any]
#: Name of a field in a table → its masked names.
Names = dict[tuple[str, str], dict[str, str]]


def withhold(session: Session, masker: Masker) -> int:
    """Mask every stored text, in the transaction of the caller, and return how many rows held a term."""
    if not masker:
        return 0
    names = _names(session, masker)
    found = 0
    for table in Base.metadata.sorted_tables:
        if table.name not in _LEFT:
            changed = list(_changed(session, table, masker, names))
            _write(session, table, changed)
            rekeying.follow(session, table, [after for _, after in changed])
            _count_again(session, table, changed)
            found += len(changed)
    return found + _sheets(session, masker) + _settings(session, masker)


def _names(session: Session, masker: Masker) -> Names:
    """The masked names of what is grouped or met by a name, one list for all columns that share them."""
    said: dict[str, set[str]] = {}
    for (table, column), group in _NAMES.items():
        whole = Base.metadata.tables[table].c[column]
        statement = sa.select(whole) if isinstance(whole.type, sa.JSON) else sa.select(whole).distinct()
        said.setdefault(group, set()).update(
            name for value in session.execute(statement).scalars() for name in texts_of(value)
        )
    masked = {group: masker.names(names, addresses=group == "url") for group, names in said.items()}
    return {place: masked[group] for place, group in _NAMES.items()}


def _changed(session: Session, table: sa.Table, masker: Masker, names: Names) -> Iterator[tuple[Values, Values]]:
    """Each row that holds a term, before and after."""
    columns = [column.name for column in table.c if is_text(column) and column.name != "sheet"]
    if not columns:
        return
    found = session.execute(sa.select(table), execution_options={"yield_per": _AT_ONCE})
    for some in batched((dict(row) for row in found.mappings()), _AT_ONCE):
        listed = [[text for name in columns for text in texts_of(row[name])] for row in some]
        owners = [place for place, texts in enumerate(listed) for _ in texts]
        holding = {owners[at] for at in masker.changed([text for texts in listed for text in texts])}
        for place in sorted(holding):
            before = some[place]
            after = before | {name: _masked(table.name, before, name, masker, names) for name in columns}
            if after != before:
                yield before, after


def _masked(table: str, row: Values, name: str, masker: Masker, names: Names) -> Any:
    """The masked value of one column; of what a row carried, only what its own table would mask."""
    value = row[name]
    if (table, name) in names:
        return _renamed(value, names[table, name])
    if table == "sighting" and isinstance(value, Mapping):
        fields = Base.metadata.tables[row["record"]].c
        return {
            field: _masked(row["record"], {field: one}, field, masker, names)
            if field in fields and is_text(fields[field]) and row["record"] not in _LEFT
            else one
            for field, one in value.items()
        }
    if table == "edit" and name in {"before", "after"}:
        if row["record"] == "plan" and row["field"] is None:  # the name of a step that was taken out
            return masker.nested(value)
        field = Base.metadata.tables[row["record"]].c.get(row["field"] or "")
        return masker.nested(value) if field is not None and is_text(field) else value
    return masker.nested(value)


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    return [names.get(one, one) for one in value] if isinstance(value, list) else names.get(value, value)


def _write(session: Session, table: sa.Table, changed: Iterable[tuple[Values, Values]]) -> None:
    """Write what differs, by primary key."""
    shapes: dict[tuple[str, ...], list[Values]] = {}
    keys = [column.name for column in table.primary_key]
    for before, after in changed:
        names = tuple(name for name in after if after[name] != before[name])
        said = {f"of_{key}": before[key] for key in keys} | {f"to_{name}": after[name] for name in names}
        shapes.setdefault(names, []).append(said)
    for names, shaped in shapes.items():
        where = [table.c[key] == sa.bindparam(f"of_{key}") for key in keys]
        places: dict[str, Any] = {name: sa.bindparam(f"to_{name}", type_=table.c[name].type) for name in names}
        session.connection().execute(sa.update(table).where(*where).values(places), shaped)


def _count_again(session: Session, table: sa.Table, changed: list[tuple[Values, Values]]) -> None:
    """The roll-ups of posts and daily totals whose topic has another name now."""
    moved = [after for before, after in changed if after.get("topic") != before.get("topic")]
    if table.name == Post.__tablename__:
        rollups.refresh_posts(session, {v["quarter"] for v in moved} - {None}, {v["posted_on"] for v in moved} - {None})
    elif table.name == DailyTotal.__tablename__:
        rollups.refresh_totals(session, {v["day"] for v in moved})


def _sheets(session: Session, masker: Masker) -> int:
    """Names of sheets, wherever a row says which one it came from."""
    named = session.execute(sa.select(BatchSheet.sheet).distinct()).scalars()
    renamed = masker.names(name for name in named if name)
    for table in Base.metadata.sorted_tables:
        if "sheet" in table.c:
            for old, new in renamed.items():
                session.execute(sa.update(table).where(table.c.sheet == old).values(sheet=new))
    return len(renamed)


def _settings(session: Session, masker: Masker) -> int:
    """The rules by which topics are told: masked, they find the mask."""
    found = 0
    for setting in session.execute(sa.select(Setting).where(sa.column("key").like("topics.%"))).scalars():
        value = masker.nested(setting.value)
        found += value != setting.value
        setting.value = value
    return found
