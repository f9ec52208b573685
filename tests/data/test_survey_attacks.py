"""Everything that leaves the survey door of small companies, in the hands of an attacker who knows who sits where."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from data.access import LOCAL
from data.engine import reading, writing
from data.queries import surveys
from data.tables import Answer, Question, Response, Wave
from metrics.anonymity import coded_band
from tests.attacker import Attacker
from tests.metrics.test_anonymity_attack import CUTS, company
from tests.soak import TIMES

FAR = date(2030, 1, 1)


def hold(answers: pd.DataFrame, k: int) -> None:
    with writing() as session:
        wave = Wave(key="w", name="w", salt="s", k=k, closed_on=date(2026, 1, 9))
        question = Question(key="q", text="q", kind="scale", scale_min=1, scale_max=5, favourable_from=4)
        session.add_all([wave, question])
        session.flush()
        for number, row in enumerate(answers.to_dict("records")):
            groups = {cut: row[cut] for cut in CUTS}
            response = Response(key=str(number), wave_id=wave.id, respondent=str(number), **groups)
            session.add(response)
            session.flush()
            value = 4 + number % 2 if row["favourable"] else 1 + number % 3
            session.add(Answer(key=str(number), response_id=response.id, question_id=question.id, value=value))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("number", range(2000, 2000 + 4 * min(TIMES, 10)))
def test_nothing_that_leaves_tells_of_a_few(database: str, number: int) -> None:
    answers, k = company(number)
    hold(answers, k)
    cells = answers.groupby(CUTS).size().reset_index(name="n")
    with reading() as session:
        whole = surveys.company_results(session, FAR)
        tables = {
            cut: surveys.group_results(session, LOCAL, whole, cut) for cut in ("department", "location", "tenure")
        }
    row = whole.iloc[0]
    if pd.isna(row["favourable"]):
        assert all(table.empty for table in tables.values())
        return
    sums: list[tuple[list[bool], float, float]] = [([True] * len(cells), row["favourable"], row["favourable"])]
    hidden = []
    for cut, table in tables.items():
        for group in table.to_dict("records"):
            mask = (cells[cut] == group["group"]).tolist()
            if group["withheld"] is not None:
                hidden.append(mask)
                assert np.isnan(group["n"])
            elif group["coded"] is not None:
                low, high = coded_band(int(group["n"]), group["coded"])
                sums.append((mask, low * group["n"] - 1e-9, high * group["n"] + 1e-9))
            else:
                assert group["n"] == cells.loc[mask, "n"].sum()
                sums.append((mask, group["favourable"], group["favourable"]))
    attacker = Attacker(cells["n"].tolist(), sums)
    assert list(attacker.isolated(k)) == []
    assert attacker.certain_people() == []
    assert not any(attacker.knows(mask) for mask in hidden)
