"""The register of plan gaps: recurring ones, overdue ones, and fixes that did not hold."""

from __future__ import annotations

from datetime import date

from data.samples.texts import lines
from data.samples.writing import Cell, Row

HEADER = (
    "gap", "title", "section", "crisis", "step", "origin", "element", "severity", "root_cause", "corrective_action",
    "responsible_function", "contact", "opened_on", "start_on", "due_on", "completed_on", "status", "metric", "target",
    "evidence",
)  # fmt: skip

_GAPS = """
G-01|Posts reach the press before they reach us|Detect|2025-03-thread|Notice the post|conformance|equipment|3|Alerts cover our own channels only.|Monitoring of the company name on X, Reddit and LinkedIn, with a duty phone.|PR|social|2025-05-06|2025-05-12|2025-07-06|2025-06-30|implemented|time_to_detect|1|Detected by a reporter after more than a day.
G-02|Nobody assessed severity before the decision|Assess|2025-03-thread|Assess severity and reach|conformance|training|2|HR was not called; the others did not know how.|One-page assessment form, HR on the first call.|HR|hr-cases|2025-05-06|2025-06-02|2025-08-06|2025-07-15|validated|time_to_assess|1.5|No assessed entry in the log of March 2025.
G-03|The statement waits for its only approver|Respond|2025-03-thread|Approve the first statement|conformance|organisation|4|One named approver, no deputy.|Ask the approver to keep the phone on; reminder after 30 minutes.|Legal|legal|2025-05-06|2025-05-20|2025-06-06|2025-05-30|implemented|time_to_first_statement|3|Drafted 14:05, approved 17:56.
G-04|Approval late again: no deputy|Respond|2025-10-ticket|Approve the first statement|conformance|organisation|4|The reminder of G-03 reminds one person.|Named deputy and prepared texts in plan v2.|Legal|legal|2025-11-19|2025-11-24|2025-12-19|2026-01-16|implemented|time_to_first_statement|3|Drafted 11:00, approved 14:20; same step as in March 2025.
G-05|Employees learn of it from outside|Inform employees|2025-03-thread|Tell employees|conformance|planning|3|The step had a role and nobody in it.|Mailbox and rota for internal communications; message before the statement.|HR|internal-comms|2025-05-06|2025-06-02|2025-07-06|2025-11-28|implemented|time_to_first_internal_message|2.5|Message to employees 40 minutes after the public one.
G-06|Internal communications has no contact in the plan|Inform employees|2025-03-thread|Tell employees|review|planning|2|Role added late, mailbox forgotten.|Create the mailbox and name it in plan v2.|HR|internal-comms|2025-05-06|2025-09-01|2025-09-30|2025-11-28|validated|role_coverage|1|Plan v1, step Tell employees.
G-07|Statements miss platforms where people talk|Respond|2025-03-thread|Publish the first statement|review|planning|2|No list of our accounts, no owner for Facebook and Instagram.|List of accounts with owners; publish on all of them within the hour.|PR|press|2025-05-06|2025-11-24|2025-12-31|2026-07-31|implemented|statement_platform_coverage|0.8|March 2025: X and LinkedIn only.
G-08|Updates stop after the first day|Respond|2025-10-ticket|Update the public|conformance|organisation|2|Nobody owns the calendar of updates.|Calendar of updates with an owner until the case is closed.|PR|press|2025-11-19|2026-02-02|2026-02-27|2026-06-30|implemented|longest_silence|36|Nine days without a word before the case was closed.
G-09|Partners were not asked for feedback|Follow up|2025-10-ticket|Hold the review|feedback|planning|2|The review template lists customers only.|Short feedback form for partners after every case.|Sales|partners|2025-11-19|2026-03-02|2026-09-30||in_progress|parties_heard|1|No partner survey after October 2025.
G-10|The rota is empty at weekends|Assemble||Call the response team together|drill|exercise|3|Rota ends on Friday evening.|Weekend rota with two names a function.|Leadership|crisis|2026-06-17|2026-09-01|2026-10-15||planned|time_to_assemble|1|Drill on Saturday, 13 June 2026: 2 h 50 min to assemble.
G-11|Managers do not know what to tell their teams|Inform employees|2026-04-promotion|Tell employees|feedback|training|2|Managers get the same message at the same time as everyone.|Ten-minute briefing and a sheet of questions and answers for managers.|HR|hr-cases|2026-05-13|2026-09-14|2027-01-31||in_progress|training_completion|0.95|Comments in the pulse of May 2026.
G-12|Nobody owns the review of the plan|Follow up|||review|organisation|2|Plan v2 names a date and no function.|Name a function and put the review on the calendar.|Leadership|crisis|2026-09-02||2026-10-31||open|||Plan v2 was due for review on 31 October 2026.
G-13|No archive of deleted posts on private accounts|Assess|2025-10-ticket|Assess severity and reach|review|equipment|1|Private accounts can't be archived without consent.|None; copies at the time of detection are enough.|Legal|legal|2025-11-19||2026-05-19||accepted|||Accepted by Leadership on 19 November 2025.
G-14|Comments on Instagram are not monitored|Detect|2026-11-comments|Notice the post|review|equipment|3|The listening tool counts them but raises no alert.|Add comment alerts for partner accounts that tag us.|PR|social|2026-11-18||2027-01-17||open|time_to_detect|1|Detected by the public after 3 h 42 min.
"""


def rows() -> list[Row]:
    """Return the register, header first."""
    found: list[Row] = [HEADER]
    for line in lines(_GAPS):
        cells: list[Cell] = [word or None for word in line.split("|")]
        record = dict(zip(HEADER, cells, strict=True))
        record["severity"] = int(str(record["severity"]))
        record["contact"] = f"{record['contact']}@larkfield.example"
        record["target"] = None if record["target"] is None else float(str(record["target"]))
        for name in ("opened_on", "start_on", "due_on", "completed_on"):
            record[name] = None if record[name] is None else date.fromisoformat(str(record[name]))
        found.append(tuple(record.values()))
    return found
