"""Writes the sample company's spreadsheets: `python -m data.samples.make [FOLDER]`."""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

from data.samples import (
    FILES,
    FOLDER,
    culture,
    engagement,
    feedback,
    gaps,
    incidents,
    lessons,
    owned,
    plan,
    pulse,
    pulse_file,
    reputation,
)
from data.samples.writing import write_csv, write_xlsx

log = logging.getLogger(__name__)


def make(folder: Path) -> None:
    """Write every file of `FILES` into `folder`; the same call writes the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    for version in ("v1", "v2"):
        write_xlsx(folder / f"plan_{version}.xlsx", {"plan": plan.rows(version)})
    sheets = {"crises": incidents.crisis_rows(), "events": incidents.event_rows()}
    write_xlsx(folder / "incident_log.xlsx", sheets)
    for platform in ("X", "Reddit", "LinkedIn"):
        write_csv(folder / f"mentions_{platform.lower()}.csv", engagement.post_rows(platform))
    write_csv(folder / "x_by_tweet_larkfield.csv", owned.rows(), quote_all=True)
    for platform in ("Facebook", "Instagram"):
        write_csv(folder / f"daily_{platform.lower()}.csv", engagement.daily_rows(platform))
    write_xlsx(folder / "reputation_scores.xlsx", {"scores": reputation.rows()})
    for wave in pulse.WAVES:
        write_csv(folder / pulse_file(wave.name), pulse.rows(wave), bom=True)
    for audience in feedback.QUESTIONS:
        write_xlsx(folder / f"feedback_{audience}.xlsx", {"answers": feedback.rows(audience)})
    write_xlsx(folder / "gaps.xlsx", {"gaps": gaps.rows()})
    write_xlsx(folder / "lessons.xlsx", {"lessons": lessons.rows()})
    write_csv(folder / "culture.csv", culture.rows())


def main() -> None:
    """Write into the tracked folder, or the one named on the command line, and say what was written."""
    parser = argparse.ArgumentParser(prog="python -m data.samples.make", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    folder: Path = parser.parse_args().folder
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    make(folder)
    for name, _ in FILES:
        log.info("%9d  %s", (folder / name).stat().st_size, name)


if __name__ == "__main__":
    main()
