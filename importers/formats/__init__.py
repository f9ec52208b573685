"""Every export format that is recognised, each declared in a file of its own."""

from importers.formats.base import Format
from importers.formats.brandwatch import BRANDWATCH
from importers.formats.event_log import EVENT_LOG
from importers.formats.facebook_page_daily import FACEBOOK_PAGE_DAILY
from importers.formats.facebook_posts import FACEBOOK_POSTS
from importers.formats.google_forms import GOOGLE_FORMS
from importers.formats.hootsuite_posts import HOOTSUITE_POSTS
from importers.formats.instagram_posts import INSTAGRAM_POSTS
from importers.formats.jira import JIRA
from importers.formats.linkedin_daily import LINKEDIN_DAILY
from importers.formats.linkedin_posts import LINKEDIN_POSTS
from importers.formats.meltwater import MELTWATER
from importers.formats.microsoft_forms import MICROSOFT_FORMS
from importers.formats.pagerduty import PAGERDUTY
from importers.formats.qualtrics import QUALTRICS
from importers.formats.servicenow import SERVICENOW
from importers.formats.sprout_posts import SPROUT_POSTS
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
from importers.formats.x_content import X_CONTENT
from importers.formats.x_overview import X_OVERVIEW
from importers.formats.youtube_studio import YOUTUBE_STUDIO

FORMATS: tuple[Format, ...] = (
    EVENTS, CRISES, EVENT_LOG, POSTS, DAILY, X_BY_TWEET, GOOGLE_FORMS, SURVEY, QUALTRICS, SCORE_TABLE, SCORE_TABLE_WIDE,
    PLAN, GAPS, LESSONS, CULTURE,
    PAGERDUTY, JIRA, SERVICENOW, SURVEYMONKEY, MICROSOFT_FORMS, VIVA_GLINT,
    VIVA_GLINT_ATTRIBUTES, SURVEY_SUMMARY, TRUSTPILOT,
    X_CONTENT, X_OVERVIEW, FACEBOOK_POSTS, FACEBOOK_PAGE_DAILY, INSTAGRAM_POSTS, LINKEDIN_POSTS, LINKEDIN_DAILY,
    YOUTUBE_STUDIO, BRANDWATCH, MELTWATER, SPROUT_POSTS, HOOTSUITE_POSTS,
)  # fmt: skip
