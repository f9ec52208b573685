"""What people decide about the gaps that a crisis proposes is remembered."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0009"
down_revision = "0008"

_TEXT = sqlmodel.sql.sqltypes.AutoString
_OUTCOMES = sa.Enum(
    "accepted", "attached", "dismissed", name="proposal_outcome", native_enum=False, create_constraint=True, length=40
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "proposal_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("crisis_id", sa.Integer(), nullable=False),
        sa.Column("cause", _TEXT(), nullable=False),
        sa.Column("title", _TEXT(), nullable=False),
        sa.Column("evidence", _TEXT(), nullable=True),
        sa.Column("outcome", _OUTCOMES, nullable=False),
        sa.Column("gap_id", sa.Integer(), nullable=True),
        sa.Column("reason", _TEXT(), nullable=True),
        sa.Column("decided_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("decided_by", _TEXT(), nullable=False),
        sa.ForeignKeyConstraint(["crisis_id"], ["crisis.id"], name=op.f("fk_proposal_decision_crisis_id")),
        sa.ForeignKeyConstraint(["gap_id"], ["gap.id"], name=op.f("fk_proposal_decision_gap_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_decision")),
        sa.UniqueConstraint("crisis_id", "cause", name=op.f("uq_proposal_decision_crisis_id_cause")),
    )
    op.create_index(op.f("ix_proposal_decision_crisis_id"), "proposal_decision", ["crisis_id"])
    op.create_index(op.f("ix_proposal_decision_gap_id"), "proposal_decision", ["gap_id"])


def downgrade() -> None:
    op.drop_table("proposal_decision")
