"""Engagement exports in the layouts of real tools: told by their content, and their counts where they belong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data.access import LOCAL
from importers.context import Context, Options
from importers.formats.facebook_page_daily import Metric, metric
from importers.formats.readers import known_platform
from importers.identify import identify
from importers.pipeline import Upload, apply
from importers.read import read
from importers.result import FileStatus
from tests.importers.files import comma_separated, contents, fates, imported, on_sqlite, problems, stored

#: Sample → its format, the fates of its rows (new, updated, duplicate, rejected, skipped), and why it is refused.
SAMPLES: dict[str, tuple[str, tuple[int, ...] | None, list[str]]] = {
    "x_analytics_new/account_analytics_content_sample.csv": ("x_content", (2, 0, 0, 0, 0), []),
    "x_analytics_new/account_overview_sample.csv": ("x_overview", (1, 0, 0, 0, 0), []),
    "meta_facebook/header_only.csv": ("facebook_posts", None, ["no-rows"]),
    "meta_facebook/page_daily_follows_utf16le.csv": ("facebook_page_daily", None, ["metric-left-out"]),
    "meta_instagram/sample.csv": ("instagram_posts", (1, 0, 0, 0, 0), []),
    "linkedin/all_posts_header.csv": ("linkedin_posts", None, ["no-rows"]),
    "linkedin/metrics_header.csv": ("linkedin_daily", None, ["no-rows"]),
    "youtube_studio/sample.csv": ("youtube_studio", (1, 0, 0, 0, 1), []),
    "brandwatch/preamble_and_header.csv": ("brandwatch", None, ["no-rows"]),
    "meltwater/header_utf16_tab.csv": ("meltwater", None, ["no-rows"]),
    "sprout/post_performance_sample.csv": ("sprout_posts", (1, 0, 0, 0, 0), []),
    "hootsuite/post_performance_sample.csv": ("hootsuite_posts", (2, 0, 0, 0, 0), []),
}
NOBODY = Context(Options(), company=None, company_zone="UTC", today=date(2026, 11, 1), k=5, paired=False)


@on_sqlite
@pytest.mark.parametrize("sample", SAMPLES)
def test_a_real_export_is_told_by_its_content_alone(sample: str, database: str, shared: Path) -> None:
    layout, expected, why = SAMPLES[sample]
    content = (shared / "formats" / sample).read_bytes()
    (sheet,) = read("download (3).bin", content, limit_mb=1)
    match = identify(sheet, NOBODY)
    assert match is not None
    assert match.layout.name == layout
    (result,) = apply(Upload("download (3).bin", content), Options(), LOCAL)
    assert problems([result]) == why
    if expected is None:
        assert result.status is FileStatus.REFUSED
        assert contents() == {}
    else:
        assert (result.format, fates(result)) == (layout, expected)


BRANDWATCH = [
    "Query Id",
    "Query Name",
    "Date",
    "Url",
    "Domain",
    "Sentiment",
    "Page Type",
    "Author",
    "Full Name",
    "Full Text",
]
SPROUT = ["Date", "Post ID", "Network", "Profile", "Sent by", "Link", "Post", "Impressions"]
X_OLD = ["Tweet id", "Tweet permalink", "Tweet text", "time", "impressions"]
X_NEW = ["Post id", "Date", "Post text", "Post Link", "Impressions"]
SENTENCE = "They laughed at a trainee"


def mentions(header: list[str], *rows: list[str]) -> str:
    start = ["1", "Thread", "2026-03-02 09:15:00", "https://x.com/somebody/status/1859473728993113501"]
    return comma_separated([[*BRANDWATCH, *header], *([*start, *row] for row in rows)])


@on_sqlite
@pytest.mark.parametrize("name", ["Twitter", "X"])
def test_a_mention_has_the_counts_of_its_platform_under_the_old_name_and_the_new(name: str, database: str) -> None:
    header = ["Facebook Likes", f"{name} Likes", f"{name} Retweets", f"{name} Reply Count"]
    imported(mentions(header, ["x.com", "negative", name, "@somebody", "Some Body", SENTENCE, "0", "5", "3", "2"]))
    expected = [("X", "mention", "Thread", 5, 2, 3)]
    assert stored("post", "platform", "kind", "topic", "likes", "comments", "shares") == expected


@on_sqlite
def test_a_count_that_the_export_does_not_give_is_not_that_of_another_platform(database: str) -> None:
    imported(mentions(["Facebook Likes"], ["x.com", "negative", "twitter", "", "", SENTENCE, "0"]))
    assert stored("post", "likes", "comments", "shares") == [(None, None, None)]


@on_sqlite
@pytest.mark.parametrize(("role", "kind"), [("owner", "owned"), ("audience", "mention"), ("", "mention")])
def test_what_an_owned_channel_says_is_no_mention(role: str, kind: str, database: str) -> None:
    imported(mentions(["X Channel Role"], ["x.com", "neutral", "x", "", "", SENTENCE, role]))
    assert stored("post", "kind") == [(kind,)]


@on_sqlite
def test_a_mention_without_page_type_is_of_its_domain_and_its_author_is_not_kept(database: str) -> None:
    imported(mentions([], ["www.reddit.com", "Neutral", "", "somebody_else", "Name Surname", SENTENCE]))
    assert stored("post", "platform") == [("Reddit",)]
    everything = repr(stored("post", "text", "source", "external_id", "topic", "audience", "url"))
    assert "somebody_else" not in everything
    assert "Surname" not in everything


@on_sqlite
def test_two_tools_tell_of_one_post(database: str) -> None:
    """The older X export, the newer one and a listening tool: one id, one post, and the minute is kept."""
    first = comma_separated(
        [
            X_OLD,
            [
                "1859473728993113501",
                "https://x.com/l/status/1859473728993113501",
                "Sorry",
                "2026-03-02 09:15 +0000",
                "9",
            ],
        ]
    )
    later = comma_separated(
        [
            X_NEW,
            ["1859473728993113501", "Mon, Mar 2, 2026", "Sorry", "https://x.com/l/status/1859473728993113501", "40"],
        ]
    )
    assert fates(imported(first)) == (1, 0, 0, 0, 0)
    assert fates(imported(later)) == (0, 1, 0, 0, 0)
    imported(mentions([], ["x.com", "neutral", "x", "", "", "Sorry"]))
    assert stored("post", "external_id", "impressions") == [("1859473728993113501", 40)]


@on_sqlite
@pytest.mark.parametrize(
    ("network", "written", "native"),
    [
        ("Facebook", "500100_900001", "900001"),
        ("Facebook", "900001", "900001"),
        ("LinkedIn Page", "urn:li:share:71", "71"),
        ("Instagram Business", "1789", "1789"),
    ],
)
def test_an_id_is_the_platform_s_own(network: str, written: str, native: str, database: str) -> None:
    row = ["2026-03-02 09:15", written, network, "Larkfield", "One of us", "", "Sorry", "5"]
    imported(comma_separated([SPROUT, row]))
    assert stored("post", "external_id", "kind") == [(native, "owned")]


@on_sqlite
@pytest.mark.parametrize("word", ["Lifetime", "Gesamter Zeitraum", ""])
def test_counts_of_a_whole_life_are_so_in_any_language(word: str, database: str) -> None:
    header = ["Post ID", "Account ID", "Account username", "Publish time", "Date", "Views"]
    result = imported(comma_separated([header, ["1", "2", "larkfield", "2026-03-02 10:00", word, "7"]]))
    assert fates(result) == (1, 0, 0, 0, 0)


@on_sqlite
def test_each_metric_of_a_page_s_day_adds_to_the_day_and_counts_no_post(database: str) -> None:
    for name in ("Facebook views", "Facebook reach"):
        imported(f'sep=,\r\n"{name}"\r\n"Date","Primary"\r\n"2026-03-01T00:00:00","{len(name)}"\r\n')
    assert stored("daily_total", "platform", "kind", "posts", "impressions", "reach") == [
        ("Facebook", "owned", None, 14, 14)
    ]
    assert stored("day_rollup", "posts", "unscorable") == [(None, 0)]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Facebook views", Metric("Facebook", "impressions")),
        ("Instagram reach", Metric("Instagram", "reach")),
        ("Instagram Profile views", None),
        ("Facebook content interactions", None),
        ("Reach", None),
        ("", None),
    ],
)
def test_a_metric_that_no_day_has_a_place_for_is_none(title: str, expected: Metric | None) -> None:
    assert metric(title) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("https://www.linkedin.com/posts/1", "LinkedIn"), ("TWITTER", "X"), ("facebook_public", "Facebook"),
        ("m.youtube.com", "YouTube"), ("https://x.com/a/status/1", "X"), ("The Example Times", None), (None, None),
    ],
)  # fmt: skip
def test_a_platform_is_told_by_name_host_or_address(said: str | None, expected: str | None) -> None:
    assert known_platform(said) == expected


@on_sqlite
@pytest.mark.parametrize(
    ("label", "polarity"), [("Negativ", -1), ("NEUTRE", 0), ("positivo", 1), ("Not Rated", None), ("", None)]
)
def test_a_label_may_be_in_another_language_or_say_that_nothing_was_rated(
    label: str, polarity: int | None, database: str
) -> None:
    assert fates(imported(mentions([], ["x.com", label, "x", "", "", SENTENCE]))) == (1, 0, 0, 0, 0)
    assert stored("post", "polarity") == [(polarity,)]


@on_sqlite
def test_an_overview_without_a_count_of_posts_says_so(database: str) -> None:
    header = ["Date", "Impressions", "Engagements", "New follows", "Unfollows"]
    result = imported(comma_separated([header, ["2026-03-01", "5", "1", "0", "0"]]))
    assert [one.code for one in result.issues] == ["posts-not-counted"]
    assert stored("daily_total", "posts", "impressions") == [(None, 5)]
