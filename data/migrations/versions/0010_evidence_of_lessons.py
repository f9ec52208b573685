"""A lesson names metrics and events as its evidence, and keeps its summary for employees as it was reviewed.

A crisis names the section of the policy that was broken.
"""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0010"
down_revision = "0009"

_TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    for name in ("metrics", "events"):
        op.add_column("lesson", sa.Column(name, sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("lesson", sa.Column("reviewed_summary", _TEXT(), nullable=True))
    op.add_column("lesson", sa.Column("reviewed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.add_column("lesson", sa.Column("reviewed_by", _TEXT(), nullable=True))
    op.add_column("crisis", sa.Column("policy_section", _TEXT(), nullable=True))


def downgrade() -> None:
    op.drop_column("crisis", "policy_section")
    for name in ("reviewed_by", "reviewed_at", "reviewed_summary", "events", "metrics"):
        op.drop_column("lesson", name)
