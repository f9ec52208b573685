"""Every table, importable from one place."""

from data.tables.base import Base, Imported
from data.tables.crises import ContextMarker, Crisis, CrisisRole, Event, ProtectedTerm
from data.tables.edits import Alias, Edit
from data.tables.engagement import DailyTotal, DayRollup, Post, PostLabel, QuarterRollup
from data.tables.imports import Batch, BatchIssue, BatchSheet, RejectedRow, SavedMapping, Sighting
from data.tables.learning import CultureActivity, Decision, Gap, Lesson, ProposalDecision, Review
from data.tables.plans import Plan, PlanStep
from data.tables.reputation import ReputationScore
from data.tables.surveys import Answer, Question, Response, SurveyFigure, SurveySummary, Wave
from data.tables.system import AuditEntry, DataState, Setting

__all__ = [
    "Alias", "Answer", "AuditEntry", "Base", "Batch", "BatchIssue", "BatchSheet", "ContextMarker", "Crisis", "CrisisRole",
    "CultureActivity", "DailyTotal", "DataState", "DayRollup", "Decision", "Edit", "Event", "Gap", "Imported", "Lesson",
    "Plan", "PlanStep", "Post", "PostLabel", "ProposalDecision", "ProtectedTerm", "QuarterRollup", "Question", "RejectedRow", "ReputationScore",
    "Response", "Review", "SavedMapping", "Setting", "Sighting", "SurveyFigure", "SurveySummary", "Wave",
]  # fmt: skip
