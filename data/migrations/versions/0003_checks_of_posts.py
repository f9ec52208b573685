"""Posts are inserted twice as fast: SQLite made a table of each list that a value is checked against, for every row."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0003"
down_revision = "0002"

_LISTS = {
    "ck_post_post_audience": (
        "audience",
        ("public", "employees", "customers", "press", "regulators", "partners"),
    ),
    "ck_post_scored_by": ("scored_by", ("export_label", "export_score", "lexicon")),
}


def upgrade() -> None:
    _check({name: " OR ".join(f"{column} = '{word}'" for word in words) for name, (column, words) in _LISTS.items()})


def downgrade() -> None:
    _check({name: f"{column} IN ({', '.join(map(repr, words))})" for name, (column, words) in _LISTS.items()})


def _check(conditions: dict[str, str]) -> None:
    with op.batch_alter_table("post", copy_from=_post()) as batch_op:
        for name, condition in conditions.items():
            batch_op.drop_constraint(op.f(name), type_="check")
            batch_op.create_check_constraint(op.f(name), condition)


def _post() -> sa.Table:
    """The table as it is, for SQLite, which changes a check by writing the table anew and does not tell its checks."""
    counts = ("impressions", "reach", "likes", "comments", "shares")
    filled = {name: sa.text(f"{name} IS NOT NULL") for name in ("posted_on", "quarter", "url")}
    return sa.Table(
        "post",
        sa.MetaData(),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("sheet", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("platform", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("external_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("posted_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("quarter", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("topic", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("audience", sa.String(40), nullable=True),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("url", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        *(sa.Column(name, sa.BigInteger(), nullable=True) for name in counts),
        sa.Column("sentiment", sa.Float(), nullable=True),
        sa.Column("polarity", sa.Integer(), nullable=True),
        sa.Column("scored_by", sa.String(40), nullable=True),
        sa.CheckConstraint("(posted_at IS NULL) <> (posted_on IS NULL)", name=op.f("ck_post_one_time")),
        sa.CheckConstraint("kind IN ('owned', 'mention')", name=op.f("ck_post_post_kind")),
        sa.CheckConstraint("polarity BETWEEN -1 AND 1", name=op.f("ck_post_polarity_range")),
        sa.CheckConstraint("sentiment BETWEEN -1 AND 1", name=op.f("ck_post_sentiment_range")),
        *(sa.CheckConstraint(f"{name} >= 0", name=op.f(f"ck_post_{name}_range")) for name in counts),
        *(sa.CheckConstraint("true", name=op.f(name)) for name in _LISTS),  # replaced
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_post_batch_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_post")),
        sa.Index("ix_post_batch_id", "batch_id"),
        sa.Index("ix_post_unscored", "key", sqlite_where=sa.text("polarity IS NULL")),
        *(sa.Index(f"ix_post_{name}", name, sqlite_where=where) for name, where in filled.items()),
    )
