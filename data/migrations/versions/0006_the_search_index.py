"""Crises, events, gaps and lessons can be searched by their words; triggers keep the index in every transaction.

A row's number is four times the record's id plus the place of its table in `_RECORDS`. A later migration that makes
one of these tables anew on SQLite must create its triggers again, because they go with the table.
"""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"

#: Table → what its title says, and what its other words are; both databases write ``||`` and ``coalesce``.
_RECORDS = {
    "crisis": (("title",), ("code", "category", "platform", "summary")),
    "event": (("milestone",), ("description", "function", "audience", "platform", "detected_by")),
    "gap": (
        ("code", "title"),
        ("section", "step", "root_cause", "corrective_action", "responsible_function", "evidence"),
    ),
    "lesson": (
        ("code", "title"),
        ("observation", "discussion", "conclusion", "recommendation", "evidence", "counter_evidence", "tags"),
    ),
}
#: Characters of a record that are indexed; PostgreSQL refuses what makes more than a megabyte of words.
_LONGEST = 100_000


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _sqlite()
    else:
        _postgresql()


def downgrade() -> None:
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for table in _RECORDS:
        for action in ("write", "delete") if on_postgresql else ("insert", "update", "delete"):
            op.execute(f"DROP TRIGGER search_{table}_{action}" + (f" ON {table}" if on_postgresql else ""))
        if on_postgresql:
            op.execute(f"DROP FUNCTION search_{table}_written()")
            op.execute(f"DROP FUNCTION search_{table}_gone()")
    op.execute("DROP TABLE search_index")
    if on_postgresql:
        op.execute("DROP FUNCTION search_words(text)")


def _joined(columns: tuple[str, ...], row: str, tags: str) -> str:
    """The texts of a row in one expression; a list of tags by its words, not by how JSON writes them."""
    texts = [tags.format(f"{row}.{name}") if name == "tags" else f"{row}.{name}" for name in columns]
    joined = " || ' ' || ".join(f"coalesce({text}, '')" for text in texts)
    return f"substr({joined}, 1, {_LONGEST})"


def _sqlite() -> None:
    tags = "(SELECT group_concat(value, ' ') FROM json_each({}))"
    op.execute("CREATE VIRTUAL TABLE search_index USING fts5(title, body, tokenize = 'unicode61 remove_diacritics 2')")
    for place, (table, (title, body)) in enumerate(_RECORDS.items()):
        indexed = "INSERT INTO search_index (rowid, title, body)"
        values = f"4 * new.id + {place}, {_joined(title, 'new', tags)}, {_joined(body, 'new', tags)}"
        gone = f"DELETE FROM search_index WHERE rowid = 4 * old.id + {place}"  # noqa: S608 - names of our own tables
        for action, done in (
            ("insert", f"{indexed} VALUES ({values})"),
            ("update", f"{gone}; {indexed} VALUES ({values})"),
            ("delete", gone),
        ):
            op.execute(f"CREATE TRIGGER search_{table}_{action} AFTER {action} ON {table} BEGIN {done}; END")
        op.execute(f"{indexed} SELECT {values.replace('new.', f'{table}.')} FROM {table}")  # noqa: S608 - names of our own tables


def _postgresql() -> None:
    tags = "(SELECT string_agg(value, ' ') FROM json_array_elements_text({}) AS tag(value))"
    op.execute(_WORDS)
    op.execute("CREATE TABLE search_index (number bigint PRIMARY KEY, words tsvector NOT NULL)")
    op.execute("CREATE INDEX ix_search_index_words ON search_index USING gin (words)")
    for place, (table, (title, body)) in enumerate(_RECORDS.items()):
        indexed = "INSERT INTO search_index (number, words)"
        weighed = [
            f"setweight(search_words({_joined(columns, 'new', tags)}), '{weight}')"
            for columns, weight in ((title, "A"), (body, "D"))
        ]
        values = f"4 * new.id + {place}, {' || '.join(weighed)}"
        op.execute(
            f"CREATE FUNCTION search_{table}_written() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {indexed}"
            f" VALUES ({values}) ON CONFLICT (number) DO UPDATE SET words = excluded.words; RETURN new; END $$"
        )
        gone = f"DELETE FROM search_index WHERE number = 4 * old.id + {place}"  # noqa: S608 - names of our own tables
        op.execute(
            f"CREATE FUNCTION search_{table}_gone() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {gone};"
            " RETURN old; END $$"
        )
        for name, actions, function in (("write", "INSERT OR UPDATE", "written"), ("delete", "DELETE", "gone")):
            op.execute(
                f"CREATE TRIGGER search_{table}_{name} AFTER {actions} ON {table}"
                f" FOR EACH ROW EXECUTE FUNCTION search_{table}_{function}()"
            )
        op.execute(f"{indexed} SELECT {values.replace('new.', f'{table}.')} FROM {table}")  # noqa: S608 - names of our own tables


# Words as SQLite's tokenizer makes them: without accents, and with every mark, hyphen, dot and symbol as a gap, which
# PostgreSQL's own parser would take for parts of addresses, numbers and compound words.
_WORDS = r"""
CREATE FUNCTION search_words(told text) RETURNS tsvector LANGUAGE sql IMMUTABLE AS $$
SELECT to_tsvector('simple', normalize(regexp_replace(regexp_replace(normalize(told, NFKD),
    '[\u0300-\u036f]', '', 'g'),
    '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u2000-\u206f'
    '\u20a0-\u20cf\u2190-\u2bff\u3000-\u3004\u3008-\u3020\ufe0f\U0001f000-\U0001faff]+', ' ', 'g'), NFC))
$$
"""
