"""Posts of a day that nobody counted are no longer 0; a label by hand outlives its post, and meets it again."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

#: What the tables check; a table that SQLite makes anew takes its checks from here.
_CHECKS = {
    "daily_total": [
        sa.CheckConstraint(f"{name} >= 0", name=f"ck_daily_total_{name}_range")
        for name in (
            "posts", "positive", "neutral", "negative", "impressions", "reach", "likes", "comments", "shares",
        )
    ] + [sa.CheckConstraint("kind IN ('owned', 'mention')", name="ck_daily_total_total_kind")],
    "day_rollup": [
        sa.CheckConstraint("kind IN ('owned', 'mention')", name="ck_day_rollup_rollup_kind"),
        sa.CheckConstraint("grain IN ('posts', 'daily_total')", name="ck_day_rollup_grain"),
    ],
}  # fmt: skip

_POLARITY = sa.CheckConstraint("polarity BETWEEN -1 AND 1", name="ck_post_label_polarity_range")


def upgrade() -> None:
    for table, checks in _CHECKS.items():
        with op.batch_alter_table(table, table_args=checks) as batch_op:
            batch_op.alter_column("posts", existing_type=sa.Integer(), nullable=True)
    _forget_zeros(op.get_bind())
    op.execute(_ROLLUPS)
    with op.batch_alter_table("post_label", table_args=[_POLARITY]) as batch_op:
        batch_op.drop_constraint("fk_post_label_post_key", type_="foreignkey")


_SIGHTING = sa.table(
    "sighting",
    *(sa.column(name) for name in ("id", "batch_id", "sheet", "record", "key")),
    sa.column("carried", sa.JSON),
)
_TOTAL = sa.table("daily_total", *(sa.column(name) for name in ("id", "key", "batch_id", "sheet", "posts")))


def _forget_zeros(connection: sa.Connection) -> None:
    """Empty the 0 that imports wrote into days of exports without a count, in the records and in what rows carried."""
    said = sa.text("SELECT batch_id, sheet FROM batch_issue WHERE code = 'posts-not-counted'")
    without = {(batch, sheet) for batch, sheet in connection.execute(said)}
    s, t = _SIGHTING.c, _TOTAL.c
    told: dict[str, int | None] = {}
    seen = sa.select(s.id, s.batch_id, s.sheet, s.key, s.carried).where(s.record == "daily_total").order_by(s.id)
    for number, batch, sheet, key, carried in connection.execute(seen).all():
        values: dict[str, Any] = dict(carried or {})
        if (batch, sheet) in without and values.get("posts") == 0:
            del values["posts"]
            connection.execute(sa.update(_SIGHTING).where(s.id == number).values(carried=values))
        told[key] = values.get("posts", told.get(key))
    zeros = sa.select(t.id, t.key, t.batch_id, t.sheet).where(t.posts == 0)
    for number, key, batch, sheet in connection.execute(zeros).all():
        posts = told.get(key, None if (batch, sheet) in without else 0)
        if posts != 0:
            connection.execute(sa.update(_TOTAL).where(t.id == number).values(posts=posts))


_ROLLUPS = sa.text(
    "UPDATE day_rollup SET posts = (SELECT sum(t.posts) FROM daily_total t WHERE t.day = day_rollup.day"
    " AND t.platform = day_rollup.platform AND t.kind = day_rollup.kind AND t.topic = day_rollup.topic)"
    " WHERE grain = 'daily_total' AND posts = 0"
)


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM post_label WHERE post_key NOT IN (SELECT key FROM post)"))
    with op.batch_alter_table("post_label", table_args=[_POLARITY]) as batch_op:
        batch_op.create_foreign_key("fk_post_label_post_key", "post", ["post_key"], ["key"], ondelete="CASCADE")
    for table, checks in _CHECKS.items():
        counted = sa.table(table, sa.column("posts"))
        op.execute(sa.update(counted).where(counted.c.posts.is_(None)).values(posts=0))
        with op.batch_alter_table(table, table_args=checks) as batch_op:
            batch_op.alter_column("posts", existing_type=sa.Integer(), nullable=False)
