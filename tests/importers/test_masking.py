"""Protected terms reach no table: neither with the rows, nor with issues, rejects or names; and no key rests on them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import sqlalchemy as sa

from data.access import LOCAL, Viewer
from data.commands import protected
from data.engine import reading, writing
from data.enums import Role, Stream
from data.masking import WITHHELD
from data.queries import batches
from data.tables import PostLabel, ProtectedTerm
from importers import rejects, sets
from importers.__main__ import main
from importers.context import Options
from importers.mapping.model import Mapping
from importers.pipeline import apply
from importers.result import FileStatus, SheetResult
from tests.importers.files import comma_separated, dump, fates, imported, on_sqlite, stored, undone, upload, workbook

NAME, HANDLE = "Quilla Vantry", "zeborun"
M = WITHHELD


def protect(*terms: str, crisis: str = "C-1") -> int:
    with writing() as session:
        return protected.add(session, LOCAL, crisis, terms)


def crisis() -> None:
    imported("crisis,title,summary\nC-1,The thread,A thread\n")


def told() -> str:
    """All that the database holds but the terms themselves, in one case."""
    return str({name: rows for name, rows in dump().items() if name != "protected_term"}).casefold()


def log(*descriptions: str) -> str:
    rows = [["C-1", f"2026-03-0{day} 09:00", "statement", text] for day, text in enumerate(descriptions, start=1)]
    return comma_separated([["crisis", "occurred_at", "milestone", "description"], *rows])


def posts(*rows: tuple[str, str, str]) -> str:
    header = ["posted_at", "platform", "source", "topic", "url", "text"]
    return comma_separated([header, *[["2026-03-01 09:00", "X", "feed", *row] for row in rows]])


FILES = {
    "crises": "crisis,title,summary,topics\nC-1,About {name},By @{handle},{handle}; other\n",
    "events": "crisis,occurred_at,milestone,function,description\nC-1,2026-03-02 09:00,statement,{name},“{handle}” said\n",
    "posts": "posted_at,platform,source,topic,url,text\n2026-03-01 09:00,X,{name},{handle},https://a.example/{handle}/1?by={handle}&utm_source=x,#{handle}\n",
    "daily": "date,platform,posts,topic,source\n2026-03-01,X,3,{name},{handle}\n2026-03-01,X,4,{handle},{name}\n",
    "survey": "wave,question,answer,comment,department\nw,Do you trust {name}?,4,{handle} lied,Team {name}\n",
    "summary": "wave,question,unit,favourable,n\nw,Do you trust {name}?,Team {name},62%,40\nw,Do you trust {name}?,{handle},50%,12\n",
    "plan": "plan_version,section,step,role,contact\n1,Response,Call {name},PR,{handle}\n1,Response,Call {handle},PR,x\n",
    "gaps": "gap,title,section,step,root_cause,evidence\nG-1,{name} late,Response,Call {name},{handle},{name}\n",
    "lessons": "lesson,title,observation,tags,share_safe\nL-1,On {name},{handle} spoke,{handle};other,{name}\n",
    "culture": "date,kind,department,assigned,note\n2026-03-01,training,Team {name},3,with {handle}\n",
}


@pytest.mark.parametrize("kind", FILES)
def test_no_text_of_any_kind_is_stored_with_a_term(kind: str, database: str) -> None:
    crisis()
    protect(NAME, f"@{HANDLE}")
    content = FILES[kind].format(name=NAME.upper(), handle=HANDLE)
    result = imported(content)
    assert result.rejected == 0
    assert NAME.casefold() not in told()
    assert HANDLE not in told()
    assert "name withheld" in told()


@pytest.mark.parametrize("kind", FILES)
def test_what_is_stored_already_is_masked_and_met_again(kind: str, database: str) -> None:
    crisis()
    content = FILES[kind].format(name=NAME, handle=HANDLE)
    first = imported(content)
    assert protect(NAME, HANDLE) > 0
    assert NAME.casefold() not in told()
    assert HANDLE not in told()
    again = imported(content + "\n")  # not the same bytes
    assert fates(again)[:4] == (0, 0, first.new + first.updated + first.duplicate, 0), stored("batch_issue", "message")


@on_sqlite
def test_a_later_export_with_other_rows_adds_only_those(database: str) -> None:
    crisis()
    imported(log(f"{NAME} said", "fine"))
    protect(NAME)
    assert fates(imported(log(f"{NAME} said", "fine", f"{NAME} again"))) == (1, 0, 2, 0, 0)


@on_sqlite
def test_events_that_only_a_name_told_apart_become_one_and_can_be_undone(database: str) -> None:
    crisis()
    header, at = "crisis,occurred_at,milestone,function,description\n", "C-1,2026-03-01 09:00,statement"
    imported(f"{header}{at},PR,{NAME} spoke\n")
    second = imported(f"{header}{at},Legal,{HANDLE} spoke\n")
    protect(NAME, HANDLE)
    assert stored("event", "description", "function") == [(f"{M} spoke", "PR")]
    assert stored("sighting", "carried", "key") != []
    undone(second.batch)
    assert stored("event", "description", "function") == [(f"{M} spoke", "PR")]


@on_sqlite
def test_sightings_hold_no_term_and_undo_restores_none(database: str) -> None:
    crisis()
    first = f"gap,title,section,root_cause\nG-1,T,S,by {NAME}\n"
    imported(first)
    later = imported(f"gap,title,section,root_cause\nG-1,T,S,not by {HANDLE}\n")
    protect(NAME, HANDLE)
    undone(later.batch)
    assert stored("gap", "root_cause") == [(f"by {M}",)]


def test_posts_without_id_that_become_alike_stay_as_many(database: str) -> None:
    crisis()
    content = posts(("", "", f"{NAME} lied"), ("", "", f"{HANDLE} lied"), ("", "", "nobody lied"))
    imported(content)
    protect(NAME, HANDLE)
    assert [text for (text,) in stored("post", "text")].count(f"{M} lied") == 2
    assert fates(imported(content + "\n")) == (0, 0, 3, 0, 0) or fates(imported(content + "\n\n"))[0] == 0
    assert len(stored("post", "key")) == 3


@on_sqlite
def test_a_label_goes_with_its_post(database: str) -> None:
    crisis()
    imported(posts(("", "", f"{NAME} lied")))
    ((key,),) = stored("post", "key")
    with writing() as session:
        at = pd.Timestamp("2026-03-01", tz="UTC").to_pydatetime()
        session.add(PostLabel(post_key=key, polarity=-1, labelled_at=at, labelled_by="x"))
    protect(NAME)
    ((moved,),) = stored("post", "key")
    assert moved != key
    assert stored("post_label", "post_key", "polarity") == [(moved, -1)]


@on_sqlite
def test_a_label_that_waits_gives_way_to_that_of_the_post_that_comes(database: str) -> None:
    """Two labels meet where a post gets the key that another had before it was taken back."""
    crisis()
    imported(posts(("", "", f"{NAME} lied")))
    ((key,),) = stored("post", "key")
    at = pd.Timestamp("2026-03-01", tz="UTC").to_pydatetime()
    protect(NAME)
    ((moved,),) = stored("post", "key")
    undone(2)
    with writing() as session:
        session.execute(sa.delete(ProtectedTerm))
        session.add(PostLabel(post_key=moved, polarity=1, labelled_at=at, labelled_by="x"))
    imported(posts(("", "", f"{NAME} lied")))
    with writing() as session:
        session.add(PostLabel(post_key=key, polarity=-1, labelled_at=at, labelled_by="x"))
    protect(NAME)
    assert stored("post", "key") == [(moved,)]
    assert stored("post_label", "post_key", "polarity") == [(moved, -1)]


@on_sqlite
def test_roll_ups_have_the_masked_topic(database: str) -> None:
    crisis()
    imported(posts((HANDLE, "", "a"), ("other", "", "b")))
    protect(HANDLE)
    assert stored("quarter_rollup", "topic", "posts") == [(M, 1), ("other", 1)]
    imported("crisis,title,topics\nC-2,Other,zeborun\n")
    assert ("C-2", [M]) in stored("crisis", "code", "topics")


@on_sqlite
def test_topics_of_a_crisis_that_become_alike_stay_different_as_those_of_posts_do(database: str) -> None:
    crisis()
    protect(NAME, HANDLE)
    imported(f"crisis,title,topics\nC-2,Other,{NAME}; {HANDLE}\n")
    imported(posts((HANDLE, "", "a"), (NAME, "", "b")))
    (of_crisis,) = [topics for code, topics in stored("crisis", "code", "topics") if code == "C-2"]
    assert sorted(of_crisis) == sorted(topic for (topic,) in stored("post", "topic")) == [M, f"{M} (2)"]


@on_sqlite
def test_the_rules_of_topics_find_the_mask(database: str) -> None:
    crisis()
    from tests.importers.files import setting

    setting("topics.thread", f"@{HANDLE}, thread")
    protect(HANDLE)
    imported(posts(("", "", f"by {HANDLE}"), ("", "", "of nobody")))
    assert stored("post", "topic", "text") == [("thread", f"by {M}"), ("", "of nobody")]
    assert HANDLE not in told()


@on_sqlite
def test_issues_rejected_rows_and_names_hold_no_term(database: str) -> None:
    crisis()
    protect(NAME, HANDLE)
    header = ["crisis", "occurred_at", "milestone", "description", f"seen by {HANDLE}"]
    bad = [["C-1", f"asked {NAME}", "statement", f"by {HANDLE}", NAME], ["C-1", "2026-03-01", NAME, "x", HANDLE]]
    fine = ["C-1", "2026-03-01", "statement", "x", HANDLE]
    results = apply(upload(workbook({f"{NAME} log": [header, *bad, fine]}), f"{HANDLE}.xlsx"), Options(), LOCAL)
    assert [result.rejected for result in results] == [2]
    (sheet,) = openpyxl.load_workbook(io.BytesIO(rejects.workbook(results)))
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    for place in (told(), str([result.as_dict() for result in results]), str(cells)):
        assert NAME.casefold() not in place.casefold()
        assert HANDLE not in place.casefold()
    assert cells[1][:4] == ["C-1", f"asked {M}", "statement", f"by {M}"]
    assert stored("batch", "file")[-1] == (f"{M}.xlsx",)


@on_sqlite
def test_a_respondent_without_an_id_stays_the_same_when_a_term_is_protected(database: str) -> None:
    crisis()
    content = f"wave,question,answer,comment\nw,q,4,{NAME} lied\nw,q,4,nobody lied\n"
    imported(content)
    protect(NAME)
    assert fates(imported(content + "w,q,3,more\n")) == (1, 0, 2, 0, 0)
    assert [text for (text,) in stored("answer", "comment")] == [f"{M} lied", "nobody lied", "more"]


@on_sqlite
def test_words_of_a_vocabulary_codes_and_ids_stay(database: str) -> None:
    crisis()
    protect("Press", "statement", "C-1")
    result = imported(
        "crisis,occurred_at,milestone,audience,description\nC-1,2026-03-01 09:00,statement,press,Press said\n"
    )
    assert fates(result) == (1, 0, 0, 0, 0)
    assert stored("event", "milestone", "audience", "description") == [("statement", "press", f"{M} said")]


@on_sqlite
@pytest.mark.parametrize("role", [Role.ANALYST, Role.LEADERSHIP, Role.AUDITOR])
def test_importing_needs_no_leave_to_read_the_terms(role: Role, database: str) -> None:
    crisis()
    protect(NAME)
    if role is Role.ANALYST:
        imported(log(f"{NAME} said"), viewer=Viewer("a", role))
        assert stored("event", "description") == [(f"{M} said",)]


def all_told(results: list[SheetResult]) -> str:
    """All that leaves with the results of a file."""
    return str([(r.as_dict(), r.rejects, r.first) for r in results]).casefold()


REFUSED = {
    "format-unknown": (f"when,{NAME}\n2026-03-01,{HANDLE}\n2026-03-02,{HANDLE} again\n", {}),
    "date-order-ambiguous": (f"crisis,occurred_at,milestone,{NAME}\nC-1,03/04/2026 08:00,posted,x\n", {}),
    "mapping-unknown": ("a,b\n1,2\n", {"mapping": NAME}),
    "sheet-unknown": ("a,b\n1,2\n", {"sheet": NAME}),
    "zone-unknown": ("a,b\n1,2\n", {"timezone": NAME}),
    "strict": (f"crisis,occurred_at,milestone,description\nC-1,2026-03-01,by {NAME},{HANDLE}\n", {"strict": True}),
    "file-empty": ("", {}),
}  # fmt: skip


@on_sqlite
@pytest.mark.parametrize("code", REFUSED)
@pytest.mark.parametrize("act", [sets.apply, sets.preview])
def test_what_is_refused_names_no_term_and_neither_does_what_is_unchanged(
    act: Callable[..., sets.SetResult], code: str, database: str
) -> None:
    crisis()
    protect(NAME, HANDLE)
    content, options = REFUSED[code]
    name = f"{NAME} and {HANDLE}.csv"
    known = sets.Asked(upload(log("said"), name))
    sets.apply([known], LOCAL)
    refused, unchanged = act([sets.Asked(upload(content, name), Options(**options)), known], LOCAL).files
    assert [r.status for r in (*refused, *unchanged)] == [FileStatus.REFUSED, FileStatus.UNCHANGED]
    assert refused[0].file == unchanged[0].file == f"{M} and {M}.csv"
    assert NAME.casefold() not in all_told(refused + unchanged)
    assert HANDLE not in all_told(refused + unchanged)
    assert NAME.casefold() not in str(openpyxl.load_workbook(io.BytesIO(rejects.workbook(refused))).active.values)


@on_sqlite
def test_files_that_can_t_be_opened_and_drafts_name_no_term(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    crisis()
    protect(NAME, HANDLE)
    broken, unknown = tmp_path / f"{NAME}.zip", tmp_path / "f.csv"
    broken.write_bytes(b"PK\x03\x04 nothing")
    unknown.write_text(f"when,{NAME}\n2026-03-01,{HANDLE}\n")
    assert main([str(broken), str(tmp_path / f"{HANDLE}.csv"), "--json"]) == 1
    assert main([str(unknown), "--draft-mapping", str(tmp_path / "draft.json")]) == 0
    out = "".join(capsys.readouterr()).casefold()
    assert M in out
    assert NAME.casefold() not in out
    assert HANDLE not in out


@on_sqlite
def test_history_tells_of_a_mapping_without_the_terms_in_it(database: str) -> None:
    crisis()
    columns = {"occurred_at": "When", "milestone": f"By {NAME}"}
    mapping = Mapping(
        name=f"for {HANDLE}", kind=Stream.INCIDENTS, record="events", headings=tuple(columns.values()), columns=columns,
        constants={"crisis": "C-1"}, values={"milestone": {f"{NAME} spoke": "statement"}},
    )  # fmt: skip
    imported(f"When,By {NAME}\n2026-03-01 09:00,{NAME} spoke\n", Options(mapping=mapping))
    protect(NAME, HANDLE)
    with reading() as session:
        shown = str(batches.sheets(session, LOCAL)["mapping"].tolist()).casefold()
    assert "spoke" in shown
    assert NAME.casefold() not in shown
    assert HANDLE not in shown
