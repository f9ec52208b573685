"""The rows behind the posts of some days are read from the index of their time alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_NAME = "ix_post_quarter"
_TIMED = sa.text("quarter IS NOT NULL")


def upgrade() -> None:
    _make("quarter", "topic", "batch_id", "sheet", "row")


def downgrade() -> None:
    _make("quarter")


def _make(*columns: str) -> None:
    op.drop_index(_NAME, "post")
    op.create_index(_NAME, "post", list(columns), sqlite_where=_TIMED, postgresql_where=_TIMED)
