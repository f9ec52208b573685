"""People enter and correct by hand: the history of what they changed, and the other names of what they merged."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0005"
down_revision = "0004"

_TEXT = sqlmodel.sql.sqltypes.AutoString
_ACTIONS = sa.Enum(
    "entered", "corrected", "merged", "restricted", name="edit_action", native_enum=False, create_constraint=True,
    length=40,
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "edit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("actor", _TEXT(), nullable=False),
        sa.Column("role", _TEXT(), nullable=False),
        sa.Column("action", _ACTIONS, nullable=False),
        sa.Column("record", _TEXT(), nullable=False),
        sa.Column("key", _TEXT(), nullable=False),
        sa.Column("field", _TEXT(), nullable=True),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("reason", _TEXT(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edit")),
    )
    op.create_index("ix_edit_record", "edit", ["record", "key"])
    op.create_table(
        "alias",
        sa.Column("record", _TEXT(), nullable=False),
        sa.Column("alias", _TEXT(), nullable=False),
        sa.Column("key", _TEXT(), nullable=False),
        sa.PrimaryKeyConstraint("record", "alias", name=op.f("pk_alias")),
    )
    op.create_index(op.f("ix_alias_key"), "alias", ["key"])


def downgrade() -> None:
    op.drop_table("alias")
    op.drop_table("edit")
