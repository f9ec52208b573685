"""The promises that no single module keeps: the documents, the pins, the packages, the colours, the excuses."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def files(*arguments: str) -> list[Path]:
    """The files of the repository that git would commit, or those that `arguments` of ``git ls-files`` ask for."""
    asked = arguments or ("--cached", "--others", "--exclude-standard")
    listed = subprocess.run(["git", "ls-files", "-z", *asked], cwd=ROOT, capture_output=True, check=True, text=True)
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return sorted({path for path in paths if path.is_file()})


def texts() -> Iterator[tuple[str, str]]:
    """Name and text of every file that is text and not test data or a sample."""
    for path in files():
        name = path.relative_to(ROOT).as_posix()
        if name.startswith(("data/samples/files/", "tests/cases/")):
            continue
        try:
            yield name, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def documents() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")])


# --- documents ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["make run", "make test"])
def test_readme_names_the_two_commands(command: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"\n{command}" in readme
    assert len(readme.splitlines()) < 150


def test_continuous_integration_runs_the_readme_s_test_command() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert {"make check", "make test", "export AFTERMATH_REQUIRE_ALL=1"} <= set(lines)
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_readme_names_every_headless_door() -> None:
    doors = [path.parent.name for path in ROOT.glob("*/__main__.py")]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert doors
    assert [door for door in doors if f"python -m {door}" not in readme] == []


def test_documents_name_every_format_and_kind() -> None:
    from importers.formats import FORMATS

    wanted = {format_.name for format_ in FORMATS} | {str(format_.stream) for format_ in FORMATS}
    assert wanted
    assert sorted(name for name in wanted if f"`{name}`" not in documents()) == []


def test_documents_name_every_metric() -> None:
    from metrics.catalogue import ALL

    assert ALL
    assert [name for name in ALL if f"`{name}`" not in documents()] == []


def test_documents_name_every_page() -> None:
    pages = [path.stem.rstrip("_") for path in (ROOT / "pages" / "views").glob("*.py") if path.stem != "__init__"]
    assert pages
    assert [page for page in pages if f"`/{page}`" not in documents()] == []


def test_links_between_documents_lead_somewhere() -> None:
    links = (
        (path, target)
        for path in files()
        if path.suffix == ".md"
        for target in re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8"))
        if "://" not in target
    )
    broken = [f"{path.name} → {target}" for path, target in links if not (path.parent / target).exists()]
    assert broken == []


# --- packages and pins -------------------------------------------------------------------------------------------


def test_every_package_is_listed_and_every_listed_one_exists() -> None:
    listed = set(PROJECT["tool"]["setuptools"]["packages"]["find"]["include"])
    floors = {name.partition(".")[0] for name in listed}
    scripts = (path.relative_to(ROOT) for floor in floors for path in (ROOT / floor).rglob("*.py"))
    assert listed == {".".join(script.parent.parts) for script in scripts}


def pins(name: str) -> dict[str, str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    found = [line for line in lines if line and not line.lstrip().startswith("#")]
    assert all(re.fullmatch(r"[a-z0-9.-]+==[\w.!+]+", line) for line in found), "only exact pins, no options"
    return dict(line.split("==") for line in found)


def test_development_pins_hold_those_of_the_app() -> None:
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()


@pytest.mark.parametrize(
    ("name", "extras"),
    [("requirements.txt", ["postgres", "auth"]), ("requirements-dev.txt", ["postgres", "auth", "dev"])],
)
def test_pins_satisfy_what_the_project_declares(name: str, extras: list[str]) -> None:
    project = PROJECT["project"]
    declared = project["dependencies"] + [one for extra in extras for one in project["optional-dependencies"][extra]]
    pinned = pins(name)
    for requirement in map(Requirement, declared):
        assert requirement.specifier.contains(pinned[requirement.name.lower()]), requirement


# --- what no file may hold ---------------------------------------------------------------------------------------

# Split, so that this file does not name them either.
HOSTS = tuple(
    "".join(parts)
    for parts in [
        ("py", "pi.org"), ("python", "hosted.org"), ("npm", "js.org"), ("npm", "js.com"), ("ana", "conda.org"),
        ("crates", ".io"), ("ruby", "gems.org"), ("ghcr", ".io"), ("docker", ".io"), ("quay", ".io"),
        ("debian", ".org"), ("ubuntu", ".com"), ("js", "delivr.net"), ("un", "pkg.com"), ("cdn", "js."),
        ("google", "apis.com"), ("raw.github", "usercontent"), ("/releases/", "download/"),
    ]
)  # fmt: skip
INSTALLING = re.compile(r"(^|/)(requirements[^/]*\.txt|[^/]*\.lock|pyproject\.toml|Makefile)$|^\.ci/")


def addresses(name: str, text: str) -> list[str]:
    """Registry hosts anywhere, and any web address where packages are installed from."""
    found = [host for host in HOSTS if host in text.lower()]
    if INSTALLING.search(name):
        found += re.findall(r"https?://\S+|(?:--(?:extra-)?index-url|--find-links|--trusted-host)[ =]\S+", text)
    return found


def test_no_file_names_a_registry_or_a_download() -> None:
    assert {name: found for name, text in texts() if (found := addresses(name, text))} == {}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("docs/x.md", "see " + HOSTS[0]),
        ("requirements.txt", "--find-links /tmp/wheels"),
        ("Makefile", "curl http" + "://example.org/x"),
        (".ci/run", "http" + "s://example.org"),
    ],
)
def test_an_address_is_found(name: str, text: str) -> None:
    assert len(addresses(name, text)) == 1


def test_nothing_ignored_is_committed() -> None:
    assert files("--cached", "--ignored", "--exclude-standard") == []


EXCUSE = re.compile(r"#\s*(?:noqa|type:\s*ignore)\b(?P<rest>.*)")
CODES = re.compile(r"^(?:\[[\w, -]+\]|:\s*[A-Z]+\d+(?:[,\s]+[A-Z]+\d+)*)")


def unexplained(text: str) -> list[str]:
    """Excuses from a check that do not say which check and why."""
    found = []
    for line in text.splitlines():
        for excuse in EXCUSE.finditer(line):
            code = CODES.match(excuse["rest"])
            reason = excuse["rest"][code.end() :] if code else ""
            if len(re.findall(r"\w+", reason)) < 2:
                found.append(line.strip())
    return found


def test_each_excuse_says_why() -> None:
    this = Path(__file__).relative_to(ROOT).as_posix()
    found = {name: bad for name, text in texts() if name.endswith(".py") and (bad := unexplained(text))}
    assert {name: bad for name, bad in found.items() if name != this} == {}


@pytest.mark.parametrize(
    ("line", "explained"),
    [
        ("x = 1  # noqa", False),
        ("x = 1  # noqa: E501", False),
        ("x = 1  # noqa: E501, F401", False),
        ("x = 1  # noqa: DTZ001 - a serial has no zone", True),
        ("x = 1  # noqa: PERF401 (draws must stay in this order)", True),
        ("x = y  # type: ignore", False),
        ("x = y  # type: ignore[attr-defined]", False),
        ("x = y  # type: ignore[attr-defined]  # added at class creation", True),
        ("x = y  # type: ignore[misc]  # noqa: E501 - the stub is wrong", True),
    ],
)
def test_an_unexplained_excuse_is_found(line: str, explained: bool) -> None:
    assert (unexplained(line) == []) is explained


# --- colours -----------------------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    """Relative luminance of ``#RRGGBB`` (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """A colour at a share of opacity over another."""
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(share * a + (1 - share) * b):02X}" for a, b in pairs)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_theme_can_be_read(mode: str) -> None:
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][mode]
    surfaces = [theme["backgroundColor"], theme["secondaryBackgroundColor"]]
    words = [value for name, value in theme.items() if name.endswith("extColor")] + [theme["linkColor"]]
    assert len(words) >= 10
    assert [(w, s) for w in words for s in surfaces if contrast(w, s) < 4.5] == []
    assert contrast(theme["primaryColor"], "#FFFFFF") >= 4.5  # labels of primary buttons and chosen tags are white
    faded = mixed(theme["textColor"], theme["backgroundColor"], 0.6)
    assert contrast(faded, theme["backgroundColor"]) >= 4.5  # captions
    # With white labels no colour can also be read on a tint of itself; chosen parts of a page are gray (choose.legible).
    tint = mixed(theme["primaryColor"], theme["backgroundColor"], 0.1)
    assert contrast(theme["grayTextColor"], tint) >= 4.5
    marks = [theme["primaryColor"], *theme["chartCategoricalColors"]]
    assert [mark for mark in marks if contrast(mark, theme["backgroundColor"]) < 3] == []
    for part in (theme["sidebar"]["textColor"], theme["sidebar"]["linkColor"]):
        assert contrast(part, theme["sidebar"]["backgroundColor"]) >= 4.5
