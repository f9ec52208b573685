"""The closed vocabularies of the tables, with the words that PRODUCT and the templates use."""

from __future__ import annotations

from enum import StrEnum


class Milestone(StrEnum):
    POSTED = "posted"
    DETECTED = "detected"
    ACKNOWLEDGED = "acknowledged"
    ASSESSED = "assessed"
    TEAM_ASSEMBLED = "team_assembled"
    DECISION = "decision"
    DRAFTED = "drafted"
    APPROVED = "approved"
    STATEMENT = "statement"
    UPDATE = "update"
    INTERNAL_MESSAGE = "internal_message"
    EMPLOYEE_CONTACTED = "employee_contacted"
    CONTAINED = "contained"
    RESOLVED = "resolved"
    REVIEWED = "reviewed"
    OTHER = "other"


class Audience(StrEnum):
    PUBLIC = "public"
    EMPLOYEES = "employees"
    CUSTOMERS = "customers"
    PRESS = "press"
    REGULATORS = "regulators"
    PARTNERS = "partners"


class Detector(StrEnum):
    OWN_MONITORING = "own_monitoring"
    EMPLOYEE = "employee"
    CUSTOMER = "customer"
    PRESS = "press"
    PUBLIC = "public"
    OTHER = "other"


class CrisisStatus(StrEnum):
    OPEN = "open"
    RESOLVED = "resolved"
    REVIEWED = "reviewed"


class PostKind(StrEnum):
    OWNED = "owned"
    MENTION = "mention"


class ScoredBy(StrEnum):
    """Where a post's sentiment comes from; a label in the export wins over a score, a score over the lexicon."""

    EXPORT_LABEL = "export_label"
    EXPORT_SCORE = "export_score"
    LEXICON = "lexicon"


class SentimentLabel(StrEnum):
    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


class Grain(StrEnum):
    """What a day's counts were made from; posts are the finer one."""

    POSTS = "posts"
    DAILY_TOTAL = "daily_total"


class Standing(StrEnum):
    """How what was answered by a group is shown; waiting: what came since may not be shown yet."""

    EXACT = "exact"
    LOW = "low"
    HIGH = "high"
    HIDDEN = "hidden"
    WAITING = "waiting"


class QuestionKind(StrEnum):
    SCALE = "scale"
    ENPS = "enps"
    COMMENT = "comment"


class Origin(StrEnum):
    CONFORMANCE = "conformance"
    REVIEW = "review"
    FEEDBACK = "feedback"
    DRILL = "drill"


class Element(StrEnum):
    """The POETE elements of an improvement plan."""

    PLANNING = "planning"
    ORGANISATION = "organisation"
    EQUIPMENT = "equipment"
    TRAINING = "training"
    EXERCISE = "exercise"


class GapStatus(StrEnum):
    OPEN = "open"
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    IMPLEMENTED = "implemented"
    VALIDATED = "validated"
    ACCEPTED = "accepted"


class LessonStatus(StrEnum):
    OBSERVATION = "observation"
    IDENTIFIED = "identified"
    APPROVED = "approved"
    IMPLEMENTED = "implemented"
    LEARNED = "learned"
    REJECTED = "rejected"


class LessonKind(StrEnum):
    STRENGTH = "strength"
    IMPROVEMENT = "improvement"


class Confidence(StrEnum):
    CONFIRMED = "confirmed"
    PROBABLE = "probable"
    POSSIBLE = "possible"


class CultureKind(StrEnum):
    TRAINING = "training"
    WORKSHOP = "workshop"
    CHECK_IN = "check_in"
    FEEDBACK_SESSION = "feedback_session"
    RECOGNITION = "recognition"
    AMBASSADOR = "ambassador"
    POLICY_ACKNOWLEDGEMENT = "policy_acknowledgement"
    HEADCOUNT = "headcount"


class Stream(StrEnum):
    """The kinds of file that can be imported."""

    INCIDENTS = "incidents"
    ENGAGEMENT = "engagement"
    SURVEY = "survey"
    REPUTATION = "reputation"
    PLAN = "plan"
    GAPS = "gaps"
    LESSONS = "lessons"
    CULTURE = "culture"


class BatchStatus(StrEnum):
    APPLIED = "applied"
    UNDONE = "undone"


class Effect(StrEnum):
    """What one row of a file did to the record it describes."""

    NEW = "new"
    UPDATED = "updated"
    DUPLICATE = "duplicate"


class EditAction(StrEnum):
    """What a person did to a record by hand."""

    ENTERED = "entered"
    CORRECTED = "corrected"
    MERGED = "merged"
    RESTRICTED = "restricted"


class ProposalOutcome(StrEnum):
    """What a person decided about a proposed gap."""

    ACCEPTED = "accepted"
    ATTACHED = "attached"
    DISMISSED = "dismissed"


class Role(StrEnum):
    LEADERSHIP = "leadership"
    LEGAL = "legal"
    ANALYST = "analyst"
    HR = "hr"
    AUDITOR = "auditor"
    ADMIN = "admin"
