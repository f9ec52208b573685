"""Every export format that is recognised, each declared in a file of its own."""

from importers.formats.base import Format
from importers.formats.event_log import EVENT_LOG
from importers.formats.google_forms import GOOGLE_FORMS
from importers.formats.jira import JIRA
from importers.formats.microsoft_forms import MICROSOFT_FORMS
from importers.formats.pagerduty import PAGERDUTY
from importers.formats.qualtrics import QUALTRICS
from importers.formats.servicenow import SERVICENOW
from importers.formats.survey_summary import SURVEY_SUMMARY
from importers.formats.surveymonkey import SURVEYMONKEY
from importers.formats.template_culture import CULTURE
from importers.formats.template_engagement import DAILY, POSTS
from importers.formats.template_gaps import GAPS
from importers.formats.template_incidents import CRISES, EVENTS
from importers.formats.template_lessons import LESSONS
from importers.formats.template_plan import PLAN
from importers.formats.template_reputation import LONG as SCORE_TABLE
from importers.formats.template_reputation import WIDE as SCORE_TABLE_WIDE
from importers.formats.template_survey import LONG as SURVEY
from importers.formats.trustpilot import TRUSTPILOT
from importers.formats.viva_glint import VIVA_GLINT
from importers.formats.viva_glint_attributes import VIVA_GLINT_ATTRIBUTES
from importers.formats.x_by_tweet import X_BY_TWEET

FORMATS: tuple[Format, ...] = (
    EVENTS, CRISES, EVENT_LOG, POSTS, DAILY, X_BY_TWEET, GOOGLE_FORMS, SURVEY, QUALTRICS, SCORE_TABLE, SCORE_TABLE_WIDE,
    PLAN, GAPS, LESSONS, CULTURE,
    PAGERDUTY, JIRA, SERVICENOW, SURVEYMONKEY, MICROSOFT_FORMS, VIVA_GLINT,
    VIVA_GLINT_ATTRIBUTES, SURVEY_SUMMARY, TRUSTPILOT,
)  # fmt: skip
