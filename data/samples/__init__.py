"""The sample company: fictional spreadsheets as the tools would export them, and how to load them.

`FILES` names each file in the order in which it is imported, with the options a person would give; `SETTINGS` are set
before; `AS_OF` is the evening on which the story ends. The files are made by `python -m data.samples.make`.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from data.samples.company import NAME
from data.samples.pulse import WAVES

FOLDER = Path(__file__).parent / "files"

AS_OF = datetime(2026, 11, 20, 20, 0, tzinfo=ZoneInfo("Europe/Lisbon"))

SETTINGS: dict[str, str] = {
    "company.name": NAME,
    "company.timezone": "Europe/Lisbon",
    "company.holidays": "PT",
    "company.opens": "09:00",
    "company.closes": "18:00",
    "reputation.primary_source": "Trust index",
    "targets.time_to_acknowledge": "0.5",
    "targets.time_to_resolve": "240",
    "targets.longest_silence": "36",
    "targets.update_cadence": "24",
    "targets.statement_platform_coverage": "0.8",
    "targets.favourable": "0.65",
    "targets.training_completion": "0.95",
    "targets.policy_acknowledged": "0.95",
    "targets.ambassador_coverage": "1",
    "targets.role_coverage": "1",
    "targets.conformance": "0.8",
}


#: What else happened: entered by hand, as no file tells of it.
MARKERS: tuple[tuple[str, str], ...] = (
    ("2025-03-20", "Larkfield Docks outage"),
    ("2025-10-02", "Larkfield 5 launched"),
    ("2026-04-22", "A competitor's price rise"),
    ("2026-11-10", "Larkfield 6 launched"),
)


def pulse_file(wave: str) -> str:
    """The file name of a pulse wave: `2026 Q1 pulse` is in `qualtrics_pulse_2026_q1.csv`."""
    year, quarter, _ = wave.lower().split()
    return f"qualtrics_pulse_{year}_{quarter}.csv"


FILES: tuple[tuple[str, dict[str, str]], ...] = (
    ("plan_v1.xlsx", {}),
    ("plan_v2.xlsx", {}),
    ("incident_log.xlsx", {}),
    ("mentions_x.csv", {}),
    ("mentions_reddit.csv", {}),
    ("mentions_linkedin.csv", {}),
    ("x_by_tweet_larkfield.csv", {}),
    ("daily_facebook.csv", {}),
    ("daily_instagram.csv", {}),
    ("reputation_scores.xlsx", {}),
    *((pulse_file(wave.name), {"wave": wave.name, "audience": "employees"}) for wave in WAVES),
    ("feedback_customers.xlsx", {}),
    ("feedback_partners.xlsx", {}),
    ("gaps.xlsx", {}),
    ("lessons.xlsx", {}),
    ("culture.csv", {}),
)
