"""A strength has an owner, and a metric and target by which each later crisis checks it."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0008"
down_revision = "0007"

_TEXTS = ("owner", "check_step", "check_metric")


def upgrade() -> None:
    for name in _TEXTS:
        op.add_column("lesson", sa.Column(name, sqlmodel.sql.sqltypes.AutoString(), nullable=True))
    op.add_column("lesson", sa.Column("check_target", sa.Float(), nullable=True))


def downgrade() -> None:
    for name in ("check_target", *reversed(_TEXTS)):
        op.drop_column("lesson", name)
