"""A lesson knows when it was observed and when it was found to be learned."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_DAYS = ("observed_on", "learned_on")


def upgrade() -> None:
    for name in _DAYS:
        op.add_column("lesson", sa.Column(name, sa.Date(), nullable=True))


def downgrade() -> None:
    for name in _DAYS:
        op.drop_column("lesson", name)
