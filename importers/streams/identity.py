"""Which post a row speaks of: its native id on its platform, else its canonical address, else what it says."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

#: Hosts under which the same page lies.
_HOSTS = {"twitter.com": "x.com", "fb.com": "facebook.com"}
_SUBDOMAIN = re.compile(r"^(?:www|m|mobile|web)\.")
#: Parameters that say how somebody came to a page, not which page it is.
_TRACKING = re.compile(r"utm_.*|fbclid|gclid|igshid|igsh|mc_cid|mc_eid|ref_src|ref_url", re.IGNORECASE)
_STATUS = re.compile(r"^/[^/]+/(?:web/)?status(?:es)?/(\d+)")
_VIDEO = re.compile(r"^/(?:shorts/|embed/|live/)?([\w-]{11})$")


def canonical(url: str) -> tuple[str, str | None]:
    """An address without what varies between tools (scheme, host names, tracking, fragments, a last slash), and the
    post's native id where the address tells it, as on X and YouTube.

    An address that is none of the web comes back as it is.
    """
    try:
        parts = urlsplit(url)
        host = _SUBDOMAIN.sub("", parts.hostname or "")
    except ValueError:
        return url, None
    if parts.scheme not in {"http", "https"} or not host:
        return url, None
    host, path = _HOSTS.get(host, host), parts.path.rstrip("/")
    asked = parse_qsl(parts.query) if parts.query else []
    if host == "x.com" and (status := _STATUS.match(path)):
        return f"https://x.com/i/status/{status[1]}", status[1]
    if host in {"youtube.com", "youtu.be"} and (video := _video(path, asked)):
        return f"https://youtube.com/watch?v={video}", video
    query = urlencode(sorted(pair for pair in asked if not _TRACKING.fullmatch(pair[0])))
    return f"https://{host}{path}" + (f"?{query}" if query else ""), None


def _video(path: str, asked: list[tuple[str, str]]) -> str | None:
    found = _VIDEO.match(path)
    return found[1] if found else dict(asked).get("v")
