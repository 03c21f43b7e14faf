"""One address for one article, however it was linked: what records of an article are joined by.

`courlan` is not used: it takes parameters such as `cid`, `uid` and `?12345` for tracking, which on
some sites are what names the article.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, quote, urlsplit

SCHEME = re.compile(r"^(https?:)?//", re.I)
AMP_CACHE = re.compile(
    r"^(?:[\w-]+\.cdn\.ampproject\.org/[a-z]/|(?:www\.)?google\.[a-z.]+/amp/)(?:s/)?", re.I
)
OTHER_SCHEME = re.compile(r"^[a-z][a-z0-9+-]*:(?!\d)", re.I)
FRONT = re.compile(r"^(?:(?:www|amp)\.)+(?=[^.]+\.)")
AMP_ENDING = re.compile(r"\.amp(?=\.html?$|$)", re.I)
TRACKING = re.compile(
    r"(?:utm|at|ga|hsa|itm|mc|mtm|ns|pk|guce|__twitter)_\w+"
    r"|(?:fb|g|d|y|ys|tw)clid|msclkid|[gw]braid|igsh(?:id)?|_ga|_gl|xtor|wt\.mc_id|ocid"
    r"|cmp|cmpid|smid|smtyp|ftag|ito|spm|fb_ref|ref_src|ref_url|guccounter|traffic_source"
    r"|amp|amp_js_v|amp_gsa|usqp|outputtype",
    re.I,
)
KEPT_AS_WRITTEN = "%/!$&'()*+,;=:@~"


def article_address(url: str | None) -> str | None:
    """Return what all links to one article share; None for no web address and for a home page.

    Left out are scheme, `www.`, the default port, a trailing slash, tracking parameters, the
    fragment, and what tells an AMP copy from the page.

    Example:
        >>> article_address("http://www.a.example/news/amp/1/?utm_source=x#top")
        'a.example/news/1'
    """
    plain = AMP_CACHE.sub("", SCHEME.sub("", (url or "").strip()))
    if OTHER_SCHEME.match(plain):
        return None
    try:
        parts = urlsplit(f"https://{plain}")
        host, path = _host(parts), _path(parts.path)
    except ValueError:  # brackets or a port that are none, letters that no page can have
        return None
    page = path + _query(parts.query) + (f"#{parts.fragment}" if parts.fragment[:1] == "!" else "")
    return f"{host}/{page}" if page and "." in host else None


def _host(parts: SplitResult) -> str:
    host = FRONT.sub("", (parts.hostname or "").rstrip("."))
    if not host.isascii():
        host = host.encode("idna").decode()
    return host if parts.port in {None, 80, 443} else f"{host}:{parts.port}"


def _path(path: str) -> str:
    segments = [part for part in path.split("/") if part and part.lower() != "amp"]
    return _encoded(AMP_ENDING.sub("", "/".join(segments)))


def _query(query: str) -> str:
    """What is asked for but for tracking, in alphabetical order, with its question mark."""
    asked = (part for part in _encoded(query).split("&") if part)
    kept = sorted(part for part in asked if not TRACKING.fullmatch(part.partition("=")[0]))
    return f"?{'&'.join(kept)}" if kept else ""


def _encoded(text: str) -> str:
    """Letters beyond ASCII as `%D0`, as browsers send them; the codes that stand in capitals."""
    encoded = quote(text, safe=KEPT_AS_WRITTEN)
    return re.sub(r"%[0-9a-f]{2}", lambda code: code[0].upper(), encoded, flags=re.I)
