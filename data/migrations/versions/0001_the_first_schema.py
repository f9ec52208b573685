"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("actor", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("role", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("action", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("target", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entry_at"), ["at"], unique=False)

    op.create_table(
        "batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("fingerprint", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("applied", "undone", name="batch_status", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("imported_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("imported_by", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("undone_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
    )
    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.create_index(
            "uq_batch_applied_fingerprint",
            ["fingerprint"],
            unique=True,
            sqlite_where=sa.text("status = 'applied'"),
            postgresql_where=sa.text("status = 'applied'"),
        )

    op.create_table(
        "context_marker",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_context_marker")),
        sa.UniqueConstraint("happened_on", "title", name=op.f("uq_context_marker_happened_on_title")),
    )
    op.create_table(
        "data_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_data_state_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_state")),
    )
    op.create_table(
        "day_rollup",
        sa.Column("platform", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("owned", "mention", name="rollup_kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("topic", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("positive", sa.Integer(), nullable=False),
        sa.Column("neutral", sa.Integer(), nullable=False),
        sa.Column("negative", sa.Integer(), nullable=False),
        sa.Column("unscored", sa.Integer(), nullable=False),
        sa.Column("unscorable", sa.Integer(), nullable=False),
        sa.Column("lexicon", sa.Integer(), nullable=False),
        sa.Column("impressions", sa.BigInteger(), nullable=True),
        sa.Column("reach", sa.BigInteger(), nullable=True),
        sa.Column("likes", sa.BigInteger(), nullable=True),
        sa.Column("comments", sa.BigInteger(), nullable=True),
        sa.Column("shares", sa.BigInteger(), nullable=True),
        sa.Column("scores", sa.JSON(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "grain",
            sa.Enum("posts", "daily_total", name="grain", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("platform", "kind", "topic", "day", "grain", name=op.f("pk_day_rollup")),
    )
    with op.batch_alter_table("day_rollup", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_day_rollup_day"), ["day"], unique=False)

    op.create_table(
        "quarter_rollup",
        sa.Column("platform", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("owned", "mention", name="rollup_kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("topic", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("positive", sa.Integer(), nullable=False),
        sa.Column("neutral", sa.Integer(), nullable=False),
        sa.Column("negative", sa.Integer(), nullable=False),
        sa.Column("unscored", sa.Integer(), nullable=False),
        sa.Column("unscorable", sa.Integer(), nullable=False),
        sa.Column("lexicon", sa.Integer(), nullable=False),
        sa.Column("impressions", sa.BigInteger(), nullable=True),
        sa.Column("reach", sa.BigInteger(), nullable=True),
        sa.Column("likes", sa.BigInteger(), nullable=True),
        sa.Column("comments", sa.BigInteger(), nullable=True),
        sa.Column("shares", sa.BigInteger(), nullable=True),
        sa.Column("scores", sa.JSON(), nullable=False),
        sa.Column("quarter", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "kind", "topic", "quarter", name=op.f("pk_quarter_rollup")),
    )
    with op.batch_alter_table("quarter_rollup", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quarter_rollup_quarter"), ["quarter"], unique=False)

    op.create_table(
        "setting",
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )
    op.create_table(
        "batch_issue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("severity", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("sheet", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("column", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("value", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("message", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_batch_issue_batch_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_issue")),
    )
    with op.batch_alter_table("batch_issue", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_batch_issue_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "batch_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "incidents",
                "engagement",
                "survey",
                "reputation",
                "plan",
                "gaps",
                "lessons",
                "culture",
                name="stream",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("format", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("duplicate", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "new + updated + duplicate + rejected + skipped = rows", name=op.f("ck_batch_sheet_rows_add_up")
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_batch_sheet_batch_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_sheet")),
        sa.UniqueConstraint("batch_id", "sheet", "format", name=op.f("uq_batch_sheet_batch_id_sheet_format")),
    )
    op.create_table(
        "crisis",
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("sheet", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("category", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("severity", sa.Integer(), nullable=True),
        sa.Column("platform", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("started_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("timezone", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "resolved",
                "reviewed",
                name="crisis_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("summary", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("restricted_to", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("privilege_banner", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("legal_hold", sa.Boolean(), nullable=False),
        sa.Column("countersign", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("severity BETWEEN 1 AND 4", name=op.f("ck_crisis_severity_range")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_crisis_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis")),
        sa.UniqueConstraint("key", name=op.f("uq_crisis_key")),
    )
    with op.batch_alter_table("crisis", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crisis_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "culture_activity",
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("sheet", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "training",
                "workshop",
                "check_in",
                "feedback_session",
                "recognition",
                "ambassador",
                "policy_acknowledgement",
                "headcount",
                name="culture_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("department", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("assigned", sa.Integer(), nullable=True),
        sa.Column("completed", sa.Integer(), nullable=True),
        sa.Column("employees", sa.Integer(), nullable=True),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.CheckConstraint("assigned >= 0", name=op.f("ck_culture_activity_assigned_range")),
        sa.CheckConstraint("completed >= 0", name=op.f("ck_culture_activity_completed_range")),
        sa.CheckConstraint("employees >= 0", name=op.f("ck_culture_activity_employees_range")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_culture_activity_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_culture_activity")),
        sa.UniqueConstraint("key", name=op.f("uq_culture_activity_key")),
    )
    with op.batch_alter_table("culture_activity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_culture_activity_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "daily_total",
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("sheet", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("platform", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("topic", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("owned", "mention", name="total_kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("positive", sa.Integer(), nullable=True),
        sa.Column("neutral", sa.Integer(), nullable=True),
        sa.Column("negative", sa.Integer(), nullable=True),
        sa.Column("impressions", sa.BigInteger(), nullable=True),
        sa.Column("reach", sa.BigInteger(), nullable=True),
        sa.Column("likes", sa.BigInteger(), nullable=True),
        sa.Column("comments", sa.BigInteger(), nullable=True),
        sa.Column("shares", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("comments >= 0", name=op.f("ck_daily_total_comments_range")),
        sa.CheckConstraint("impressions >= 0", name=op.f("ck_daily_total_impressions_range")),
        sa.CheckConstraint("likes >= 0", name=op.f("ck_daily_total_likes_range")),
        sa.CheckConstraint("negative >= 0", name=op.f("ck_daily_total_negative_range")),
        sa.CheckConstraint("neutral >= 0", name=op.f("ck_daily_total_neutral_range")),
        sa.CheckConstraint("positive >= 0", name=op.f("ck_daily_total_positive_range")),
        sa.CheckConstraint("posts >= 0", name=op.f("ck_daily_total_posts_range")),
        sa.CheckConstraint("reach >= 0", name=op.f("ck_daily_total_reach_range")),
        sa.CheckConstraint("shares >= 0", name=op.f("ck_daily_total_shares_range")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_daily_total_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_daily_total")),
        sa.UniqueConstraint(
            "day", "platform", "kind", "topic", "source", name=op.f("uq_daily_total_day_platform_kind_topic_source")
        ),
        sa.UniqueConstraint("key", name=op.f("uq_daily_total_key")),
    )
    with op.batch_alter_table("daily_total", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_daily_total_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "plan",
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("sheet", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=True),
        sa.Column("review_due", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_plan_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("key", name=op.f("uq_plan_key")),
        sa.UniqueConstraint("version", name=op.f("uq_plan_version")),
    )
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "post",
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("sheet", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("platform", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("external_id", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("posted_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("quarter", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("topic", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum("owned", "mention", name="post_kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "audience",
            sa.Enum(
                "public",
                "employees",
                "customers",
                "press",
                "regulators",
                "partners",
                name="post_audience",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("url", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("impressions", sa.BigInteger(), nullable=True),
        sa.Column("reach", sa.BigInteger(), nullable=True),
        sa.Column("likes", sa.BigInteger(), nullable=True),
        sa.Column("comments", sa.BigInteger(), nullable=True),
        sa.Column("shares", sa.BigInteger(), nullable=True),
        sa.Column("sentiment", sa.Float(), nullable=True),
        sa.Column("polarity", sa.Integer(), nullable=True),
        sa.Column(
            "scored_by",
            sa.Enum(
                "export_label",
                "export_score",
                "lexicon",
                name="scored_by",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.CheckConstraint("(posted_at IS NULL) <> (posted_on IS NULL)", name=op.f("ck_post_one_time")),
        sa.CheckConstraint("comments >= 0", name=op.f("ck_post_comments_range")),
        sa.CheckConstraint("impressions >= 0", name=op.f("ck_post_impressions_range")),
        sa.CheckConstraint("likes >= 0", name=op.f("ck_post_likes_range")),
        sa.CheckConstraint("polarity BETWEEN -1 AND 1", name=op.f("ck_post_polarity_range")),
        sa.CheckConstraint("reach >= 0", name=op.f("ck_post_reach_range")),
        sa.CheckConstraint("sentiment BETWEEN -1 AND 1", name=op.f("ck_post_sentiment_range")),
        sa.CheckConstraint("shares >= 0", name=op.f("ck_post_shares_range")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_post_batch_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_post")),
    )
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_post_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_post_posted_on"), ["posted_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_post_quarter"), ["quarter"], unique=False)
        batch_op.create_index(
            "ix_post_unscored",
            ["key"],
            unique=False,
            sqlite_where=sa.text("polarity IS NULL"),
            postgresql_where=sa.text("polarity IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_post_url"), ["url"], unique=False)

    op.create_table(
        "question",
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("sheet", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "scale", "enps", "comment", name="question_kind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("scale_min", sa.Float(), nullable=True),
        sa.Column("scale_max", sa.Float(), nullable=True),
        sa.Column("favourable_from", sa.Float(), nullable=True),
        sa.CheckConstraint("scale_max > scale_min", name=op.f("ck_question_scale_in_order")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_question_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("key", name=op.f("uq_question_key")),
    )
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "reputation_score",
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("sheet", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scored_on", sa.Date(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("company", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("scale_min", sa.Float(), nullable=True),
        sa.Column("scale_max", sa.Float(), nullable=True),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.CheckConstraint("scale_max > scale_min", name=op.f("ck_reputation_score_scale_in_order")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_reputation_score_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reputation_score")),
        sa.UniqueConstraint("key", name=op.f("uq_reputation_score_key")),
        sa.UniqueConstraint(
            "source", "company", "scored_on", name=op.f("uq_reputation_score_source_company_scored_on")
        ),
    )
    with op.batch_alter_table("reputation_score", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reputation_score_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "sighting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("sheet", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("record", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "effect",
            sa.Enum("new", "updated", "duplicate", name="effect", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("carried", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("defaults", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_sighting_batch_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sighting")),
    )
    with op.batch_alter_table("sighting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sighting_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index("ix_sighting_record", ["record", "key"], unique=False)

    op.create_table(
        "wave",
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("sheet", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "audience",
            sa.Enum(
                "public",
                "employees",
                "customers",
                "press",
                "regulators",
                "partners",
                name="wave_audience",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("invited", sa.Integer(), nullable=True),
        sa.Column("salt", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("k", sa.Integer(), nullable=False),
        sa.CheckConstraint("closed_on >= opened_on", name=op.f("ck_wave_dates_in_order")),
        sa.CheckConstraint("invited >= 0", name=op.f("ck_wave_invited_range")),
        sa.CheckConstraint("k >= 3", name=op.f("ck_wave_k_floor")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_wave_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wave")),
        sa.UniqueConstraint("key", name=op.f("uq_wave_key")),
        sa.UniqueConstraint("name", "audience", name=op.f("uq_wave_name_audience")),
    )
    with op.batch_alter_table("wave", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wave_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "crisis_role",
        sa.Column("crisis_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "leadership",
                "legal",
                "analyst",
                "hr",
                "auditor",
                "admin",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["crisis_id"], ["crisis.id"], name=op.f("fk_crisis_role_crisis_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("crisis_id", "role", name=op.f("pk_crisis_role")),
    )
    op.create_table(
        "event",
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("sheet", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("crisis_id", sa.Integer(), nullable=False),
        sa.Column("occurred_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=True),
        sa.Column(
            "milestone",
            sa.Enum(
                "posted",
                "detected",
                "acknowledged",
                "assessed",
                "team_assembled",
                "decision",
                "drafted",
                "approved",
                "statement",
                "update",
                "internal_message",
                "employee_contacted",
                "contained",
                "resolved",
                "reviewed",
                "other",
                name="milestone",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("function", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column(
            "audience",
            sa.Enum(
                "public",
                "employees",
                "customers",
                "press",
                "regulators",
                "partners",
                name="audience",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("platform", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column(
            "detected_by",
            sa.Enum(
                "own_monitoring",
                "employee",
                "customer",
                "press",
                "public",
                "other",
                name="detected_by",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("description", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_event_batch_id")),
        sa.ForeignKeyConstraint(["crisis_id"], ["crisis.id"], name=op.f("fk_event_crisis_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("key", name=op.f("uq_event_key")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index("ix_event_timeline", ["crisis_id", "occurred_at"], unique=False)

    op.create_table(
        "gap",
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("sheet", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("section", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("crisis_id", sa.Integer(), nullable=True),
        sa.Column("step", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column(
            "origin",
            sa.Enum(
                "conformance",
                "review",
                "feedback",
                "drill",
                name="origin",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "element",
            sa.Enum(
                "planning",
                "organisation",
                "equipment",
                "training",
                "exercise",
                name="element",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("severity", sa.Integer(), nullable=True),
        sa.Column("root_cause", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("corrective_action", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("responsible_function", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("contact", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("start_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "planned",
                "in_progress",
                "implemented",
                "validated",
                "accepted",
                name="gap_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("metric", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("target", sa.Float(), nullable=True),
        sa.Column("evidence", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("severity BETWEEN 1 AND 4", name=op.f("ck_gap_severity_range")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_gap_batch_id")),
        sa.ForeignKeyConstraint(["crisis_id"], ["crisis.id"], name=op.f("fk_gap_crisis_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap")),
        sa.UniqueConstraint("key", name=op.f("uq_gap_key")),
    )
    with op.batch_alter_table("gap", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gap_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gap_crisis_id"), ["crisis_id"], unique=False)

    op.create_table(
        "plan_step",
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("sheet", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("section", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("step", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("role", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("contact", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column(
            "fulfilled_by",
            sa.Enum(
                "posted",
                "detected",
                "acknowledged",
                "assessed",
                "team_assembled",
                "decision",
                "drafted",
                "approved",
                "statement",
                "update",
                "internal_message",
                "employee_contacted",
                "contained",
                "resolved",
                "reviewed",
                "other",
                name="fulfilled_by",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "clock_starts",
            sa.Enum(
                "posted",
                "detected",
                "acknowledged",
                "assessed",
                "team_assembled",
                "decision",
                "drafted",
                "approved",
                "statement",
                "update",
                "internal_message",
                "employee_contacted",
                "contained",
                "resolved",
                "reviewed",
                "other",
                name="clock_starts",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("target_minutes", sa.Float(), nullable=True),
        sa.Column(
            "audience",
            sa.Enum(
                "public",
                "employees",
                "customers",
                "press",
                "regulators",
                "partners",
                name="step_audience",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("after_step", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.CheckConstraint("target_minutes >= 0", name=op.f("ck_plan_step_target_range")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_plan_step_batch_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_step_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_step")),
        sa.UniqueConstraint("key", name=op.f("uq_plan_step_key")),
        sa.UniqueConstraint("plan_id", "step", name=op.f("uq_plan_step_plan_id_step")),
    )
    with op.batch_alter_table("plan_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_step_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "protected_term",
        sa.Column("crisis_id", sa.Integer(), nullable=False),
        sa.Column("term", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["crisis_id"], ["crisis.id"], name=op.f("fk_protected_term_crisis_id")),
        sa.PrimaryKeyConstraint("crisis_id", "term", name=op.f("pk_protected_term")),
    )
    op.create_table(
        "response",
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("sheet", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("respondent", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("department", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("location", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("tenure", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_response_batch_id")),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_response_wave_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response")),
        sa.UniqueConstraint("key", name=op.f("uq_response_key")),
        sa.UniqueConstraint("wave_id", "respondent", name=op.f("uq_response_wave_id_respondent")),
    )
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_response_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("crisis_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("functions", sa.JSON(), nullable=False),
        sa.Column("signed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("signed_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("countersigned_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("countersigned_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("reservations", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("pack", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["crisis_id"], ["crisis.id"], name=op.f("fk_review_crisis_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_crisis_id"), ["crisis_id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("sheet", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("comment", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_answer_batch_id")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_answer_question_id")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_answer_response_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("key", name=op.f("uq_answer_key")),
        sa.UniqueConstraint("response_id", "question_id", name=op.f("uq_answer_response_id_question_id")),
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index("ix_answer_question", ["question_id", "response_id"], unique=False)

    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("function", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("cost", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_decision_review_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_review_id"), ["review_id"], unique=False)

    op.create_table(
        "lesson",
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("sheet", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("observation", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("crisis_id", sa.Integer(), nullable=True),
        sa.Column("gap_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "strength", "improvement", name="lesson_kind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("discussion", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("conclusion", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("recommendation", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "observation",
                "identified",
                "approved",
                "implemented",
                "learned",
                "rejected",
                name="lesson_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "confidence",
            sa.Enum(
                "confirmed",
                "probable",
                "possible",
                name="confidence",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("evidence", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("counter_evidence", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("share_safe", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_lesson_batch_id")),
        sa.ForeignKeyConstraint(["crisis_id"], ["crisis.id"], name=op.f("fk_lesson_crisis_id")),
        sa.ForeignKeyConstraint(["gap_id"], ["gap.id"], name=op.f("fk_lesson_gap_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson")),
        sa.UniqueConstraint("key", name=op.f("uq_lesson_key")),
    )
    with op.batch_alter_table("lesson", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lesson_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lesson_crisis_id"), ["crisis_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lesson_gap_id"), ["gap_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("lesson", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lesson_gap_id"))
        batch_op.drop_index(batch_op.f("ix_lesson_crisis_id"))
        batch_op.drop_index(batch_op.f("ix_lesson_batch_id"))

    op.drop_table("lesson")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_review_id"))

    op.drop_table("decision")
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_index("ix_answer_question")
        batch_op.drop_index(batch_op.f("ix_answer_batch_id"))

    op.drop_table("answer")
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_crisis_id"))

    op.drop_table("review")
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_response_batch_id"))

    op.drop_table("response")
    op.drop_table("protected_term")
    with op.batch_alter_table("plan_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_step_batch_id"))

    op.drop_table("plan_step")
    with op.batch_alter_table("gap", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gap_crisis_id"))
        batch_op.drop_index(batch_op.f("ix_gap_batch_id"))

    op.drop_table("gap")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index("ix_event_timeline")
        batch_op.drop_index(batch_op.f("ix_event_batch_id"))

    op.drop_table("event")
    op.drop_table("crisis_role")
    with op.batch_alter_table("wave", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_wave_batch_id"))

    op.drop_table("wave")
    with op.batch_alter_table("sighting", schema=None) as batch_op:
        batch_op.drop_index("ix_sighting_record")
        batch_op.drop_index(batch_op.f("ix_sighting_batch_id"))

    op.drop_table("sighting")
    with op.batch_alter_table("reputation_score", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reputation_score_batch_id"))

    op.drop_table("reputation_score")
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_question_batch_id"))

    op.drop_table("question")
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_post_url"))
        batch_op.drop_index(
            "ix_post_unscored", sqlite_where=sa.text("polarity IS NULL"), postgresql_where=sa.text("polarity IS NULL")
        )
        batch_op.drop_index(batch_op.f("ix_post_quarter"))
        batch_op.drop_index(batch_op.f("ix_post_posted_on"))
        batch_op.drop_index(batch_op.f("ix_post_batch_id"))

    op.drop_table("post")
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_batch_id"))

    op.drop_table("plan")
    with op.batch_alter_table("daily_total", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_daily_total_batch_id"))

    op.drop_table("daily_total")
    with op.batch_alter_table("culture_activity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_culture_activity_batch_id"))

    op.drop_table("culture_activity")
    with op.batch_alter_table("crisis", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crisis_batch_id"))

    op.drop_table("crisis")
    op.drop_table("batch_sheet")
    with op.batch_alter_table("batch_issue", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_batch_issue_batch_id"))

    op.drop_table("batch_issue")
    op.drop_table("setting")
    with op.batch_alter_table("quarter_rollup", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quarter_rollup_quarter"))

    op.drop_table("quarter_rollup")
    with op.batch_alter_table("day_rollup", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_day_rollup_day"))

    op.drop_table("day_rollup")
    op.drop_table("data_state")
    op.drop_table("context_marker")
    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_batch_applied_fingerprint",
            sqlite_where=sa.text("status = 'applied'"),
            postgresql_where=sa.text("status = 'applied'"),
        )

    op.drop_table("batch")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entry_at"))

    op.drop_table("audit_entry")
