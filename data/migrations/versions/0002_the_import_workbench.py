"""The import workbench: sets of files, saved mappings, rejected rows, labelled posts, added-up surveys."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("signature", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("saved_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("saved_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mapping")),
        sa.UniqueConstraint("name", name=op.f("uq_mapping_name")),
    )
    with op.batch_alter_table("mapping", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mapping_signature"), ["signature"], unique=False)

    op.create_table(
        "rejected_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_rejected_row_batch_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rejected_row")),
    )
    with op.batch_alter_table("rejected_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rejected_row_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "post_label",
        sa.Column("post_key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("polarity", sa.Integer(), nullable=False),
        sa.Column("labelled_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("labelled_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint("polarity BETWEEN -1 AND 1", name=op.f("ck_post_label_polarity_range")),
        sa.ForeignKeyConstraint(["post_key"], ["post.key"], name=op.f("fk_post_label_post_key"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("post_key", name=op.f("pk_post_label")),
    )
    op.create_table(
        "survey_summary",
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("sheet", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("cut", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("unit", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("favourable", sa.Float(), nullable=True),
        sa.Column("mean", sa.Float(), nullable=True),
        sa.CheckConstraint("favourable BETWEEN 0 AND 1", name=op.f("ck_survey_summary_favourable_range")),
        sa.CheckConstraint("n >= 0", name=op.f("ck_survey_summary_n_range")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_survey_summary_batch_id")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_survey_summary_question_id")),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_survey_summary_wave_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_summary")),
        sa.UniqueConstraint("key", name=op.f("uq_survey_summary_key")),
        sa.UniqueConstraint(
            "wave_id", "question_id", "cut", "unit", name=op.f("uq_survey_summary_wave_id_question_id_cut_unit")
        ),
    )
    with op.batch_alter_table("survey_summary", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_survey_summary_batch_id"), ["batch_id"], unique=False)

    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.add_column(sa.Column("set_id", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=True))
        batch_op.add_column(sa.Column("mapping", sa.JSON(none_as_null=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_batch_set_id"), ["set_id"], unique=False)

    with op.batch_alter_table("batch_sheet", schema=None) as batch_op:
        batch_op.add_column(sa.Column("header", sa.JSON(none_as_null=True), nullable=True))

    # A record that a single row speaks of says so itself now. Sightings of such records carried nothing.
    op.execute(sa.text("DELETE FROM sighting WHERE carried IS NULL"))


def downgrade() -> None:
    with op.batch_alter_table("batch_sheet", schema=None) as batch_op:
        batch_op.drop_column("header")

    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_batch_set_id"))
        batch_op.drop_column("mapping")
        batch_op.drop_column("set_id")

    with op.batch_alter_table("survey_summary", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_survey_summary_batch_id"))

    op.drop_table("survey_summary")
    op.drop_table("post_label")
    with op.batch_alter_table("rejected_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rejected_row_batch_id"))

    op.drop_table("rejected_row")
    with op.batch_alter_table("mapping", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mapping_signature"))

    op.drop_table("mapping")
