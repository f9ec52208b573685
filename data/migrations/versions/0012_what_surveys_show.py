"""What is shown of a survey is decided when it comes in, and kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "survey_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("cut", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("standing", sa.String(length=40), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("n", "favourable")),
        *(sa.Column(name, sa.Float(), nullable=True) for name in ("mean", "sd")),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("promoters", "detractors")),
        sa.Column("unusable", sa.String(), nullable=True),
        sa.Column("scale", sa.String(), nullable=False),
        sa.CheckConstraint(
            "standing IN ('exact', 'low', 'high', 'hidden', 'waiting')", name=op.f("ck_survey_figure_standing")
        ),
        sa.CheckConstraint(
            "n IS NULL OR standing NOT IN ('hidden', 'waiting')", name=op.f("ck_survey_figure_hidden_has_no_figures")
        ),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_survey_figure_wave_id")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_survey_figure_question_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_figure")),
        sa.UniqueConstraint(
            "wave_id",
            "batch",
            "question_id",
            "cut",
            "unit",
            name=op.f("uq_survey_figure_wave_id_batch_question_id_cut_unit"),
        ),
    )
    op.create_index(op.f("ix_survey_figure_question_id"), "survey_figure", ["question_id"])


def downgrade() -> None:
    op.drop_table("survey_figure")
