"""Mappings without a browser: drafted, corrected, used, saved, listed, exported, deleted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from importers.__main__ import main
from tests.importers.files import contents, stored
from tests.importers.mapping.files import JUNE, MAY

pytestmark = pytest.mark.usefixtures("small")


@pytest.fixture
def may(tmp_path: Path) -> str:
    path = tmp_path / "may.csv"
    path.write_text(MAY, encoding="utf-8")
    return str(path)


@pytest.fixture
def draft(may: str, tmp_path: Path) -> str:
    """A drafted mapping with the one correction it needs."""
    path = tmp_path / "draft.json"
    assert main([may, "--draft-mapping", str(path)]) == 0
    content = json.loads(path.read_text(encoding="utf-8"))
    content["values"]["kind"]["Hausbeitrag"] = "owned"
    path.write_text(json.dumps(content), encoding="utf-8")
    return str(path)


def test_from_a_draft_to_next_month_s_file(
    may: str, draft: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([may, "--mapping", draft, "--dry-run", "--json"]) == 0
    (result,) = json.loads(capsys.readouterr().out)
    assert (result["format"], result["new"], result["rejected"]) == ("mapping:may", 3, 0)
    assert main(["--save-mapping", "Monatsbericht", "--mapping", draft]) == 0
    assert main([may, "--mapping", "Monatsbericht"]) == 0
    june = tmp_path / "june.csv"
    june.write_text(JUNE, encoding="utf-8")
    assert main([str(june)]) == 0
    assert [kind for (kind,) in stored("post", "kind")] == ["mention", "mention", "owned", "owned"]
    assert [content["name"] for (content,) in stored("batch", "mapping")] == ["Monatsbericht"] * 2


def test_a_draft_says_what_it_found_and_what_it_lacks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "daily.csv"
    path.write_text("Datum;Beiträge;Wetter\n2026-05-01;3;nass\n", encoding="utf-8")
    assert main([str(path), "--draft-mapping", str(tmp_path / "d.json"), "--kind", "engagement"]) == 0
    told = capsys.readouterr().err
    assert "Beiträge → posts (sure): the heading is “beiträge” and all 1 values are whole numbers" in told
    assert "Wetter → left out: it resembles no field" in told
    assert "Nothing looks like platform" in told


def test_saved_ones_are_listed_exported_and_deleted(
    draft: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--save-mapping", "Monatsbericht", "--mapping", draft])
    capsys.readouterr()
    assert main(["--mappings"]) == 0
    assert capsys.readouterr().out.split("\t")[:3] == ["Monatsbericht", "engagement", "posts"]
    assert main(["--mappings", "--json"]) == 0
    (listed,) = json.loads(capsys.readouterr().out)
    assert (listed["name"], listed["version"]) == ("Monatsbericht", 1)
    exported = tmp_path / "exported.json"
    assert main(["--export-mapping", "Monatsbericht", str(exported)]) == 0
    assert json.loads(exported.read_text(encoding="utf-8")) | {"name": "may"} == json.loads(
        Path(draft).read_text(encoding="utf-8")
    )
    assert main(["--delete-mapping", "Monatsbericht"]) == 0
    assert main(["--delete-mapping", "Monatsbericht"]) == 1
    assert main(["--export-mapping", "Monatsbericht", str(exported)]) == 1
    assert "There is no saved mapping “Monatsbericht”" in capsys.readouterr().err


def test_a_saved_one_is_overwritten_only_if_forced(draft: str, capsys: pytest.CaptureFixture[str]) -> None:
    save = ["--save-mapping", "Monatsbericht", "--mapping", draft]
    assert main(save) == 0
    assert main(save) == 1
    assert "There is a mapping “Monatsbericht” already" in capsys.readouterr().err
    assert main([*save, "--force"]) == 0
    assert stored("mapping", "version") == [(2,)]


@pytest.mark.parametrize("content", ["{", "[]", '{"name": "x"}', None])
def test_a_broken_mapping_file_refuses_every_file(
    may: str, content: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "broken.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert main([may, "--mapping", str(path), "--json"]) == 1
    told = capsys.readouterr()
    (refused,) = json.loads(told.out)
    assert {one["code"] for one in refused["issues"]} == {"mapping-broken"}
    assert "The mapping can't be used" in told.err
    assert main(["--save-mapping", "x", "--mapping", str(path)]) == 1
    assert contents() == {}


def test_an_unknown_name_refuses_and_says_which_are_known(
    may: str, draft: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--save-mapping", "Monatsbericht", "--mapping", draft])
    assert main([may, "--mapping", "Wochenbericht"]) == 1
    assert "There is no saved mapping “Wochenbericht”. Saved are: Monatsbericht." in capsys.readouterr().err


def test_wrong_usage(may: str, tmp_path: Path) -> None:
    assert main(["--save-mapping", "x"]) == 2
    assert main(["--draft-mapping", str(tmp_path / "x.json")]) == 2
    assert main([may, "--draft-mapping", str(tmp_path / "no" / "x.json")]) == 1
