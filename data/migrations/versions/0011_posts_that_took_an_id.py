"""A post that was met by its address before its native id was known is found by that id too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_TAKEN_OVER = sa.text("external_id IS NOT NULL AND key LIKE '%:~%'")


def upgrade() -> None:
    op.create_index(
        "ix_post_taken_over", "post", ["external_id"], sqlite_where=_TAKEN_OVER, postgresql_where=_TAKEN_OVER
    )


def downgrade() -> None:
    op.drop_index("ix_post_taken_over", "post")
