"""Our own templates: what they hold, and that what is filled in is recognised."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from data.access import LOCAL
from data.enums import Stream
from importers import templates
from importers.context import Options
from importers.pipeline import apply
from tests.importers.files import fates, on_sqlite, upload

#: The sheets of each template and one row of each, by column.
ROWS: dict[Stream, dict[str, dict[str, Any]]] = {
    Stream.INCIDENTS: {
        "events": {"crisis": "C1", "occurred_at": "2026-05-01 09:00", "milestone": "posted"},
        "crises": {"crisis": "C1", "title": "The thread", "severity": 3, "restricted_to": "legal"},
    },
    Stream.ENGAGEMENT: {
        "posts": {"posted_at": "2026-05-01 09:00", "platform": "X", "sentiment": -0.5},
        "daily": {"date": "2026-05-01", "platform": "X", "posts": 4, "negative": 2},
    },
    Stream.SURVEY: {"answers": {"wave": "May", "question": "Proud?", "answer": 4, "scale_min": 1, "scale_max": 5}},
    Stream.REPUTATION: {
        "scores": {"date": "2026-05-01", "source": "Trust", "score": 4, "scale_min": 1, "scale_max": 5}
    },
    Stream.PLAN: {"steps": {"plan_version": "v1", "section": "Respond", "step": "Tell", "role": "PR"}},
    Stream.GAPS: {"gaps": {"gap": "G1", "title": "T", "section": "Respond"}},
    Stream.LESSONS: {"lessons": {"lesson": "L1", "title": "T", "observation": "O", "gap": None}},
    Stream.CULTURE: {"activities": {"date": "2026-05-01", "kind": "training", "assigned": 4, "completed": 3}},
}

#: Columns that INTERFACES promises; required ones are bold in the workbook.
PROMISED = {
    "events": "crisis, occurred_at, milestone, function, audience, platform, detected_by, description",
    "crises": "crisis, title, category, severity, platform, started_at, status, timezone, restricted_to, summary",
    "posts": "posted_at, platform, post_id, source, topic, language, kind, audience, text, impressions, reach, likes, "
    "comments, shares, sentiment, sentiment_label, url",
    "daily": "date, platform, posts, source, topic, kind, impressions, likes, comments, shares, positive, neutral, negative",
    "answers": "wave, question, answer, audience, opened_on, closed_on, invited, respondent, department, location, tenure, "
    "scale_min, scale_max, comment",
    "scores": "date, source, score, company, scale_min, scale_max, n",
    "steps": "plan_version, section, step, role, contact, fulfilled_by, clock_starts, target_minutes, audience, required, "
    "after_step, effective_from, review_due",
    "gaps": "gap, title, section, crisis, step, origin, element, severity, root_cause, corrective_action, "
    "responsible_function, contact, opened_on, start_on, due_on, completed_on, status, metric, target, evidence",
    "lessons": "lesson, title, observation, crisis, kind, discussion, conclusion, recommendation, status, confidence, "
    "evidence, counter_evidence, gap, tags, share_safe, observed_on, learned_on",
    "activities": "date, kind, department, assigned, completed, employees, note",
}
BOLD = {
    "events": 3, "crises": 2, "posts": 2, "daily": 3, "answers": 2, "scores": 3, "steps": 4, "gaps": 3, "lessons": 3,
    "activities": 2,
}  # fmt: skip


def opened(stream: Stream) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(templates.content(stream)))


@pytest.mark.parametrize("stream", Stream)
def test_a_template_has_the_promised_columns(stream: Stream) -> None:
    book = opened(stream)
    assert set(book.sheetnames) == set(ROWS[stream])
    for sheet in book:
        headings = [cell.value for cell in sheet[1]]
        assert set(PROMISED[sheet.title].split(", ")) <= set(headings)
        assert len(headings) == len(set(headings))
        bold = [cell.value for cell in sheet[1] if cell.font.bold]
        assert bold == PROMISED[sheet.title].split(", ")[: BOLD[sheet.title]]
        assert sheet.max_row == 1


@on_sqlite
@pytest.mark.parametrize("stream", Stream)
def test_a_filled_template_is_recognised(stream: Stream, database: str) -> None:
    book = opened(stream)
    for name, filled in ROWS[stream].items():
        sheet = book[name]
        sheet.append([filled.get(str(cell.value)) for cell in sheet[1]])
    buffer = io.BytesIO()
    book.save(buffer)
    results = apply(upload(buffer.getvalue(), "filled.xlsx"), Options(), LOCAL)
    assert {result.sheet for result in results} == set(ROWS[stream])
    assert {(result.kind, fates(result)) for result in results} == {(stream.value, (1, 0, 0, 0, 0))}


@on_sqlite
@pytest.mark.parametrize("stream", Stream)
def test_an_empty_template_says_that_it_is_empty(stream: Stream, database: str) -> None:
    (result,) = apply(upload(templates.content(stream)), Options(), LOCAL)
    assert [issue.code for issue in result.issues] == ["no-rows"]
