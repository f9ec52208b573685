"""What must hold for a long file as a whole: its issues, its effects, its undo, its progress and its memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from data.access import LOCAL
from data.commands.protected import add
from data.config import config
from data.engine import writing
from data.tables import Base
from importers import pace, sets
from importers.__main__ import main
from importers.chunked import merging, text
from importers.context import Options
from importers.issues import Issue
from importers.pipeline import Upload, apply, preview
from importers.result import FileStatus
from tests.conftest import ROOT
from tests.importers.chunks import HEADER, chunks, codes, hours, left, posts, same
from tests.importers.files import comma_separated, contents, count, fates, on_sqlite, undone

# --- what else must hold for the whole -----------------------------------------------------------------------------


@on_sqlite
def test_quotation_marks_out_of_place(database: str) -> None:
    good = posts(hours(8)).splitlines(keepends=True)
    swallowing = [
        *good[:3],
        '2026-05-01 01:00,X,a,"open,1,0.1,\n',
        *good[3:6],
        '2026-05-01 02:00,X,b,close" it,1,0.1,\n',
        *good[6:],
    ]
    assert "quote-swallows" in codes(same("".join(swallowing), 2))
    never = [*good[:6], '2026-05-01 01:00,X,a,"open,1,0.1,\n', *good[6:]]
    assert codes(same("".join(never), 2)) == ["quote-open"]
    tabs = [line.replace(",", "\t") for line in good]
    tabs[4] = tabs[4].replace("Text", '"Text')
    assert same("".join(tabs), 2).new == 8


@on_sqlite
def test_a_cell_that_never_ends_is_refused_before_it_fills_the_memory(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "LONGEST_RECORD", 1_000)
    lines = posts(hours(200)).splitlines(keepends=True)
    lines[5] = lines[5].replace("Text", '"Text')
    with chunks(10):
        (result,) = preview(Upload("a.csv", "".join(lines).encode()), Options(), LOCAL)
    assert [(one.code, one.row) for one in result.issues] == [("quote-open", 6)]


@on_sqlite
def test_what_looks_wrong_is_told_of_the_whole(database: str) -> None:
    n = 60
    times = [f"{2026 - (number == 7)}-05-{1 + number % 20:02} 10:{number:02}" for number in range(n)]
    ids: list[object] = [f"1234567{number:06}000" if number % 3 == 0 else f"{10**16 + number}" for number in range(n)]
    texts: list[object] = [
        "The very same words of a post" if number in (0, 20, 40) else f"Text {number}" for number in range(n)
    ]
    times[20] = times[0][:-1] + "5"
    likes: list[object] = [number if number < 3 else "" for number in range(n)]
    topics: list[object] = ["Fire " if number == 50 else "Fire" for number in range(n)]
    result = same(posts(times, post_id=ids, text=texts, likes=likes, topic=topics), 7)
    assert {"date-far", "id-rounded", "near-duplicate", "column-empty", "blank-trailing"} <= set(codes(result))


@on_sqlite
def test_of_far_dates_and_near_duplicates_the_first_ones_are_named(database: str) -> None:
    times = hours(300)
    for place in range(10, 40):
        times[place] = times[place].replace("2026", "2025")
    result = same(posts(times), 9)
    assert codes(result).count("date-far") == 6


@on_sqlite
def test_a_gap_in_a_sorted_file_is_no_far_date(database: str) -> None:
    times = [at.replace("2026", "2024") for at in hours(50)] + hours(50)
    assert "date-far" not in codes(same(posts(times), 48))


@on_sqlite
def test_names_are_masked_in_one_way_throughout(database: str) -> None:
    with writing() as session:
        session.execute(sa.insert(Base.metadata.tables["crisis"]), [{"key": "c1", "code": "C1", "title": "One"}])
    with writing() as session:
        add(session, LOCAL, "C1", ["Nora Falk"])
    topics: list[object] = [f"About Nora Falk{' and' if number % 2 else ''}: {number % 4}" for number in range(12)]
    topics[::3] = ["Nora Falk", "Nora Falk, Nora Falk", "nora-falk", "Nora Falk"]
    result = same(posts(hours(12), text=["Nora Falk did it"] * 12, topic=topics), 12)
    with chunks(2):
        (other,) = preview(Upload("a.csv", posts(hours(12), topic=topics).encode()), Options(), LOCAL)
    for found in (result.first, other.first):
        assert found is not None
        by_topic = {(topic, post["topic"]) for topic, post in zip(topics, found, strict=True)}
        assert len(by_topic) == len({one for one, _ in by_topic}) == len({one for _, one in by_topic})
        assert "Falk" not in str([post["topic"] for post in found])


@on_sqlite
def test_of_very_many_issues_and_rejects_the_first_are_kept(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "MOST", 5)
    with chunks(4):
        (result,) = preview(Upload("a.csv", posts(["never"] * 20 + hours(1)).encode()), Options(), LOCAL)
    assert fates(result) == (1, 0, 0, 20, 0)
    told: list[Issue] = [one for one in result.issues if one.code == "date-unreadable"]
    assert [one.row for one in told] == [2, 3, 4, 5, 6, None]
    assert told[-1].message.startswith("15 more rows are like the ones above: 7, 8, 9")
    assert list(result.rejects[0].rows) == [2, 3, 4, 5, 6]
    assert "rejects-kept" in codes(result)


@on_sqlite
def test_a_strict_import_in_chunks_leaves_nothing(database: str) -> None:
    content = posts([*hours(8), "never"]).encode()
    before = contents()
    with chunks(2):
        (result,) = apply(Upload("a.csv", content), Options(strict=True), LOCAL)
    assert result.status is FileStatus.REFUSED
    assert contents() == before
    assert count("batch") == 0


@on_sqlite
def test_what_an_import_changes_is_told_and_taken_back(database: str) -> None:
    log = comma_separated([["crisis", "occurred_at", "milestone"], ["C1", "2026-05-01 00:00", "posted"],
                           ["C1", "2026-05-04 00:00", "resolved"]])  # fmt: skip
    apply(Upload("log.csv", log.encode()), Options(), LOCAL)
    before = left()
    content = posts(hours(70), sentiment=["-0.5"] * 70).encode()
    whole = sets.preview([sets.Asked(Upload("a.csv", content))], LOCAL).effects
    with chunks(9):
        done = sets.apply([sets.Asked(Upload("a.csv", content))], LOCAL)
    assert whole
    assert done.effects == whole
    undone(done.files[0][0].batch)
    after = left()
    assert {name: after[name] for name in ("post", "quarter_rollup", "day_rollup", "sightings")} == {
        name: before[name] for name in ("post", "quarter_rollup", "day_rollup", "sightings")
    }


# --- progress, command, memory -------------------------------------------------------------------------------------


@on_sqlite
@pytest.mark.parametrize("is_long", [True, False])
def test_progress_only_grows_and_ends_at_the_total(is_long: bool, database: str) -> None:
    told: list[tuple[int, int]] = []
    content = posts(hours(40)).encode()
    with chunks(6) if is_long else pytest.MonkeyPatch.context():
        sets.preview([sets.Asked(Upload("a.csv", content))], LOCAL, rows=lambda *at: told.append(at))
    done = [one for one, _ in told]
    assert done == sorted(done)
    assert told[-1] == (41, 41)
    assert len(set(done)) >= (7 if is_long else 3)


@on_sqlite
def test_the_command_reads_a_long_file_from_its_path(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(posts(hours(30)), encoding="utf-8")
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("it was read whole"))
    monkeypatch.setattr(pace, "_EVERY", 0.0)
    with chunks(4):
        assert main([str(path), "--json", "--no-score"]) == 0
    told = capsys.readouterr()
    (result,) = json.loads(told.out)
    assert (result["new"], result["status"]) == (30, "applied")
    assert "Importing a.csv: " in told.err
    assert "Importing a.csv: 31 of 31" in told.err


@on_sqlite
def test_the_limit_is_for_what_is_read_whole(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFTERMATH_UPLOAD_LIMIT_MB", "1")
    config.cache_clear()
    filler: list[object] = ["x" * 2_000] * 700
    known = posts(hours(700), text=filler)
    for name, content in (("known.csv", known), ("stacked.csv", known + "\n" + known)):
        (tmp_path / name).write_text(content, encoding="utf-8")
    with chunks(100):
        assert main([str(tmp_path / "known.csv"), "--no-score"]) == 0
        assert main([str(tmp_path / "stacked.csv"), "--json"]) == 1
    (result,) = json.loads(capsys.readouterr().out)
    assert [one["code"] for one in result["issues"]] == ["file-too-large"]


CHILD = """
import resource, sys
from pathlib import Path
from data import schema
from data.access import LOCAL
from data import engine
from importers.chunked import text
from importers.context import Options
from importers.pipeline import Upload, preview
engine._WRITER_CACHE_KB, text.CHARACTERS = 8_000, 4_000_000
schema.create()
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
preview(Upload("small.csv", path=Path(sys.argv[1])), Options(), LOCAL)
before = peak()
(result,) = preview(Upload("large.csv", path=Path(sys.argv[2])), Options(), LOCAL)
print(result.new, peak() - before)
"""


@on_sqlite
def test_memory_does_not_grow_with_the_file(database: str, tmp_path: Path) -> None:
    line = "2026-05-0{} 10:00,X,id{},{},1,0.5,\n"
    filler = "A text of some length. " * 90
    for name, rows in (("small.csv", 9_000), ("large.csv", 30_000)):
        with (tmp_path / name).open("w", encoding="utf-8") as file:
            file.write(",".join(HEADER) + "\n")
            file.writelines(line.format(1 + number % 9, number, filler) for number in range(rows))
    assert (tmp_path / "large.csv").stat().st_size > 60_000_000
    ran = subprocess.run(
        [sys.executable, "-c", CHILD, str(tmp_path / "small.csv"), str(tmp_path / "large.csv")],
        env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, check=True, text=True,
    )  # fmt: skip
    new, more = map(int, ran.stdout.split())
    assert new == 30_000
    assert more < 40
