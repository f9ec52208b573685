"""Two versions of the crisis plan. The second is in force and past its review date when the sample ends."""

from __future__ import annotations

from datetime import date

from data.samples.texts import lines
from data.samples.writing import Row

HEADER = (
    "plan_version", "section", "step", "role", "contact", "fulfilled_by", "clock_starts", "target_minutes",
    "audience", "required", "after_step", "effective_from", "review_due",
)  # fmt: skip

_STEPS = {
    "v1": """
Detect|Notice the post|Social media monitoring|social|detected|posted|60||yes|
Assess|Assess severity and reach|HR case lead|hr-cases|assessed|detected|90||yes|
Assemble|Call the response team together|Crisis lead|crisis|team_assembled|detected|60||yes|
Assemble|Decide on the line to take|Leadership on call|leadership-on-call|decision|team_assembled|60||yes|Assess severity and reach
Respond|Draft the first statement|Press officer|press|drafted|decision|90||yes|Decide on the line to take
Respond|Approve the first statement|Legal reviewer|legal|approved|drafted|60||yes|Draft the first statement
Respond|Publish the first statement|Press officer|press|statement|detected|180|public|yes|Approve the first statement
Respond|Update the public|Press officer|press|update|statement|1440|public|yes|Publish the first statement
Respond|Tell customers|Customer care lead|customer-care|update|statement|1440|customers|no|
Inform employees|Tell employees|Internal communications||internal_message|detected|150|employees|yes|
Inform employees|Speak to the employee in private|HR case lead|hr-cases|employee_contacted|detected|480||yes|
Follow up|Contain the spread|Social media monitoring|social|contained|detected|7200||yes|
Follow up|Hold the review|Crisis lead|crisis|reviewed|resolved|43200||yes|
""",
    "v2": """
Detect|Notice the post|Social media monitoring|social|detected|posted|60||yes|
Assess|Assess severity and reach|HR case lead|hr-cases|assessed|detected|60||yes|
Assemble|Call the response team together|Crisis lead|crisis|team_assembled|detected|60||yes|
Assemble|Decide on the line to take|Leadership on call|leadership-on-call|decision|team_assembled|45||yes|Assess severity and reach
Respond|Draft the first statement|Press officer|press|drafted|decision|60||yes|Decide on the line to take
Respond|Approve the first statement|Legal reviewer or deputy|legal|approved|drafted|45||yes|Draft the first statement
Respond|Publish the first statement|Press officer|press|statement|detected|180|public|yes|Approve the first statement
Respond|Update the public|Press officer|press|update|statement|1440|public|yes|Publish the first statement
Respond|Tell customers|Customer care lead||update|statement|1440|customers|yes|
Respond|Tell partners|Partner manager|partners|update|statement|2880|partners|no|
Inform employees|Tell employees|Internal communications|internal-comms|internal_message|detected|120|employees|yes|
Inform employees|Speak to the employee in private|HR case lead|hr-cases|employee_contacted|detected|480||yes|
Follow up|Contain the spread|Social media monitoring|social|contained|detected|7200||yes|
Follow up|Hold the review|Crisis lead|crisis|reviewed|resolved|43200||yes|
""",
}

_DATES = {
    "v1": (date(2024, 9, 1), date(2025, 9, 1)),
    "v2": (date(2025, 12, 1), date(2026, 10, 31)),
}


def rows(version: str) -> list[Row]:
    """Return one version of the plan, header first; contacts are function mailboxes."""
    found: list[Row] = [HEADER]
    for line in lines(_STEPS[version]):
        section, step, role, box, done, starts, target, audience, required, after = line.split("|")
        contact = f"{box}@larkfield.example" if box else None
        timing = (done, starts, int(target), audience or None, required, after or None)
        found.append((version, section, step, role, contact, *timing, *_DATES[version]))
    return found
