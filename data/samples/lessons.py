"""Lessons from the crises, in every status; three are strengths."""

from __future__ import annotations

from datetime import date

from data.samples.texts import lines
from data.samples.writing import Cell, Row

HEADER = (
    "lesson", "title", "crisis", "kind", "observation", "discussion", "conclusion", "recommendation", "status",
    "confidence", "evidence", "counter_evidence", "gap", "tags", "share_safe",
    "observed_on", "learned_on", "metrics",
)  # fmt: skip

_LESSONS = """
L-01|Assess before you decide|2025-03-thread|improvement|The team decided without knowing how far the posts had spread.|HR knew how to assess, but was not on the first call.|A decision without an assessment has to be corrected later.|HR joins the first call and fills the one-page form.|learned|confirmed|time_to_assess: none in March 2025, within the hour in April and November 2026||G-02|assessment; roles|Before we decide, we find out how far something has spread.|2025-04-15|2026-05-18|time_to_assess
L-02|One approver is no approver|2025-03-thread|improvement|The statement lay ready for almost four hours.|The approver was in a meeting; nobody else was allowed to approve.|A step that hangs on one person fails when it matters.|Name a deputy and a third person, and prepare texts.|implemented|confirmed|Approval took 3 h 51 min in March and 3 h 20 min in October 2025, 3 h 6 min in November 2026|27 min in April 2026, with the deputy at work|G-03|approval; statement; rota|A statement must never wait for one person.|2025-04-15||time_to_first_statement
L-03|Tell colleagues first|2025-03-thread|improvement|Employees read the apology in the news before they heard from us.|Internal message was planned after the public one, and nobody was named.|Morale fell most where teams meet customers.|Internal message at least fifteen minutes before the statement.|implemented|confirmed|internal_first_margin: -0.7 h in March 2025, +1.4 h in October 2025; pulse 2025 Q2, Support|In November 2026 employees had not been told four days later|G-05|employees; morale|You hear it from us before you read it elsewhere.|2025-04-15||internal_first_margin; time_to_first_internal_message
L-04|Watch the places where we are talked about|2025-03-thread|improvement|A reporter knew before we did.|Alerts covered our own channels.|Own monitoring pays for itself.|Monitor the company name on all large platforms.|implemented|probable|time_to_detect: 25.6 h, 12.6 h, 0.6 h|3.7 h in November 2026: comments on Instagram are not covered|G-01|monitoring; detection|We look for problems instead of waiting to be called.|2025-04-15||time_to_detect
L-05|Call the person concerned first|2025-10-ticket|strength|The client was called before the statement went out.|The head of Support did it in person.|The client agreed to the wording and stayed.|Keep: a personal call comes before any public word.|learned|confirmed|Events of 14 October 2025, 11:40; customer feedback||| customers; apology|We say sorry to the person concerned before we say it in public.|2025-11-12|2026-05-18|
L-06|Tell partners before the news|2026-04-promotion|strength|Partners thanked us for being told early.|Sales had the text at noon.|Early word to partners costs nothing.|Keep: partners get the text with the statement.|approved|probable|Partner feedback 2026-04: told early enough, mean above 4|The partner concerned in November 2026 had to ask for a call||partners|Partners hear from us early.|2026-05-18||
L-07|Prepared texts save an hour|2026-04-promotion|strength|The draft took 27 minutes.|Plan v2 holds texts for five kinds of case.|Prepared texts work for cases that were foreseen.|Keep the texts and add one for harassment.|approved|probable|decision to drafted: 27 min in April 2026, 77 min in March 2025|55 min in November 2026: no text fitted||statement; templates|Prepared texts help us to answer quickly.|2026-05-18||
L-08|Keep talking until it is closed|2025-10-ticket|improvement|After the first days nothing more was said for nine days.|Nobody owned the calendar of updates.|Silence is read as indifference.|Calendar of updates until the case is closed.|identified|possible|longest_silence in all closed cases is five days or more|Mentions did not rise again during the silence|G-08|updates|We report back until a case is closed.|2025-11-12||longest_silence
L-09|Managers need their own briefing|2026-04-promotion|improvement|Teams asked their managers, who knew no more than they did.|Comments in two pulses say so.|A message to all is not enough for those who must explain it.|Brief managers ten minutes before everyone.|observation|possible|Comments, pulse 2026 Q2 and 2026 Q4||G-11|managers; employees||2026-05-18||
L-10|Pay for promoted posts after a crisis|2025-03-thread|improvement|An agency promoted two posts on LinkedIn in the week after the thread.|Meant to push the thread out of sight.|No sign that it moved sentiment; some replies mocked it.|None.|rejected|possible||Net sentiment recovered at the same pace without promotion in October 2025||advertising||2025-04-15||
L-11|Comments under other people's posts count too|2026-11-comments|improvement|The first sign was a screenshot on X, three hours later.|Comments on Instagram raise no alert.|Not yet concluded; the case is open.|To be discussed in the review.|observation|possible|Events of 16 November 2026||G-14|monitoring; Instagram||2026-11-19||time_to_detect
"""


def rows() -> list[Row]:
    """Return the lessons, header first."""
    found: list[Row] = [HEADER]
    for line in lines(_LESSONS):
        cells: list[Cell] = [word.strip() or None for word in line.split("|")]
        if len(cells) != len(HEADER):
            raise ValueError(f"lesson {cells[0]} has {len(cells)} cells, not {len(HEADER)}")
        found.append((*cells[:-3], *(date.fromisoformat(str(day)) if day else None for day in cells[-3:-1]), cells[-1]))
    return found
