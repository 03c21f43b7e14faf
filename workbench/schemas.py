"""Every public table, declared once: columns, dtypes, keys and facts that must hold.

Offsets are characters, half-open, into the part named (`title` or `text`). Times are UTC.
What the columns mean is the codebook's and DESIGN's business; this module only holds them to it.
"""

import dataframely as dy
import polars as pl

SCHEMA_VERSION = 1

TEXT_KINDS = ("full", "snippet", "headline", "none")
PRECISIONS = ("day", "minute", "second")
PARTS = ("title", "text")
ACTOR_TYPES = (
    "person", "state", "ministry", "military", "legislature", "court", "igo",
    "think_tank", "university", "ngo", "media", "company", "other",
)  # fmt: skip
SIDES = ("russia", "ukraine", "us", "europe", "un", "china", "belarus", "other", "none")
SOURCE_TYPES = (
    "executive", "military", "legislative", "local", "igo", "court", "think_tank", "academic",
    "ngo", "media", "business", "civilian", "former_official", "unknown",
)  # fmt: skip
QUOTATION_KINDS = ("direct", "indirect", "mixed")
WAR_SIDES = ("russia", "ukraine")  # who must be mentioned for an article to be relevant
TARGETS = ("russia", "ukraine")
VOICES = ("author", "source")
INITIATORS = ("russia", "ukraine", "west", "other", "unclear")
MENTION_METHODS = ("codebook", "ner", "coreference")
STATUSES = ("done", "failed", "skipped_language", "no_text")


def one_of(
    values: tuple[str, ...], *, nullable: bool = False, primary_key: bool = False
) -> dy.String:
    """A string column that admits only `values`."""
    return dy.String(
        nullable=nullable, primary_key=primary_key, check=lambda column: column.is_in(values)
    )


def _ordered(start: str, end: str) -> pl.Expr:
    return pl.col(start) < pl.col(end)


def _together(*columns: str) -> pl.Expr:
    """All of the columns are null, or none is."""
    nulls = [pl.col(column).is_null() for column in columns]
    return pl.all_horizontal(nulls) | ~pl.any_horizontal(nulls)


# ---- corpus ---------------------------------------------------------------------------------


class Articles(dy.Schema):
    """One row per article; `text` is exactly as given."""

    article_id = dy.String(nullable=False, primary_key=True)
    outlet = dy.String(nullable=True)
    outlet_country = dy.String(nullable=True)
    published = dy.Datetime(nullable=True, time_unit="us", time_zone="UTC")
    published_precision = one_of(PRECISIONS, nullable=True)
    published_raw = dy.String(nullable=True)  # as the record gives it: explains a missing date
    seen = dy.Datetime(nullable=True, time_unit="us", time_zone="UTC")  # by an index or a crawler
    title = dy.String(nullable=True)
    text = dy.String(nullable=True)
    text_kind = one_of(TEXT_KINDS)
    url = dy.String(nullable=True)
    language = dy.String(nullable=True)
    authors = dy.List(dy.String(), nullable=False)
    section = dy.String(nullable=True)
    words = dy.UInt32(nullable=False)
    source_file = dy.String(nullable=False)
    source_record = dy.String(nullable=False)
    extra = dy.String(nullable=True)  # the record's other fields, as JSON

    @dy.rule()
    def precision_with_date(cls) -> pl.Expr:
        return _together("published", "published_precision")


class Rejects(dy.Schema):
    """One row per record that was not taken in; records found = articles + rejects."""

    source_file = dy.String(nullable=False)
    source_record = dy.String(nullable=False)
    reason = dy.String(nullable=False)
    detail = dy.String(nullable=True)


class Cuts(dy.Schema):
    """Boilerplate inside an article that annotation skips."""

    article_id = dy.String(nullable=False)
    part = one_of(PARTS)
    start = dy.UInt32(nullable=False)
    end = dy.UInt32(nullable=False)
    reason = dy.String(nullable=False)

    @dy.rule()
    def start_before_end(cls) -> pl.Expr:
        return _ordered("start", "end")


class Stories(dy.Schema):
    """Which articles are nearly the same text."""

    article_id = dy.String(nullable=False, primary_key=True)
    story_id = dy.String(nullable=False)
    story_lead = dy.Bool(nullable=False)


class Totals(dy.Schema):
    """How much outlets published in all, where a researcher knows it."""

    outlet = dy.String(nullable=False, primary_key=True)
    day = dy.Date(nullable=False, primary_key=True)
    articles = dy.UInt32(nullable=False)
    origin = dy.String(nullable=False)


class Status(dy.Schema):
    """What became of each article in each layer; denominators count `done`."""

    article_id = dy.String(nullable=False, primary_key=True)
    layer = dy.String(nullable=False, primary_key=True)
    tagger = dy.String(nullable=False, primary_key=True)
    version = dy.String(nullable=False)
    status = one_of(STATUSES)
    reason = dy.String(nullable=True)


# ---- annotation -----------------------------------------------------------------------------


class Sentences(dy.Schema):
    """One row per sentence; ids run over both parts, title first."""

    article_id = dy.String(nullable=False, primary_key=True)
    part = one_of(PARTS)
    sentence_id = dy.UInt32(nullable=False, primary_key=True)
    start = dy.UInt32(nullable=False)
    end = dy.UInt32(nullable=False)
    words = dy.UInt32(nullable=False)

    @dy.rule()
    def start_before_end(cls) -> pl.Expr:
        return _ordered("start", "end")


class Mentions(dy.Schema):
    """One row per place in the text that names an actor."""

    article_id = dy.String(nullable=False, primary_key=True)
    part = one_of(PARTS, primary_key=True)
    sentence_id = dy.UInt32(nullable=False)
    start = dy.UInt32(nullable=False, primary_key=True)
    end = dy.UInt32(nullable=False)
    surface = dy.String(nullable=False)
    actor_id = dy.String(nullable=True)
    actor = dy.String(nullable=False)
    actor_type = one_of(ACTOR_TYPES)
    side = one_of(SIDES)
    role = dy.String(nullable=True)
    method = one_of(MENTION_METHODS)

    @dy.rule()
    def start_before_end(cls) -> pl.Expr:
        return _ordered("start", "end")


class Quotations(dy.Schema):
    """One row per stretch of content that the article attributes to somebody."""

    article_id = dy.String(nullable=False, primary_key=True)
    part = one_of(PARTS)
    quotation_id = dy.UInt32(nullable=False, primary_key=True)
    kind = one_of(QUOTATION_KINDS)
    start = dy.UInt32(nullable=False)
    end = dy.UInt32(nullable=False)
    words = dy.UInt32(nullable=False)
    cue_start = dy.UInt32(nullable=True)
    cue_end = dy.UInt32(nullable=True)
    source_start = dy.UInt32(nullable=True)
    source_end = dy.UInt32(nullable=True)
    source = dy.String(nullable=True)
    source_name = dy.String(nullable=True)
    actor_id = dy.String(nullable=True)
    source_type = one_of(SOURCE_TYPES)
    side = one_of(SIDES)
    named = dy.Bool(nullable=False)
    anonymous = dy.Bool(nullable=False)
    confidence = dy.Float32(nullable=False)

    @dy.rule()
    def start_before_end(cls) -> pl.Expr:
        return _ordered("start", "end")

    @dy.rule()
    def cue_whole(cls) -> pl.Expr:
        return _together("cue_start", "cue_end")

    @dy.rule()
    def source_whole(cls) -> pl.Expr:
        return _together("source_start", "source_end", "source")


class Stances(dy.Schema):
    """One row per sentence and target present in it, neutral included."""

    article_id = dy.String(nullable=False, primary_key=True)
    part = one_of(PARTS)
    tagger = dy.String(nullable=False, primary_key=True)
    sentence_id = dy.UInt32(nullable=False, primary_key=True)
    target = one_of(TARGETS, primary_key=True)
    stance = dy.Int8(nullable=False, min=-1, max=1)
    score = dy.Float32(nullable=False, min=-1.0, max=1.0)
    voice = one_of(VOICES)
    quotation_id = dy.UInt32(nullable=True)


class Escalation(dy.Schema):
    """One row per sentence with a level; none for level 0."""

    article_id = dy.String(nullable=False, primary_key=True)
    part = one_of(PARTS)
    tagger = dy.String(nullable=False, primary_key=True)
    sentence_id = dy.UInt32(nullable=False, primary_key=True)
    level = dy.Int8(nullable=False, min=-2, max=5)
    nuclear = dy.Bool(nullable=False)
    hypothetical = dy.Bool(nullable=False)
    background = dy.Bool(nullable=False)
    initiator = one_of(INITIATORS)
    voice = one_of(VOICES)
    quotation_id = dy.UInt32(nullable=True)
    start = dy.UInt32(nullable=False)
    end = dy.UInt32(nullable=False)

    @dy.rule()
    def level_not_zero(cls) -> pl.Expr:
        return pl.col("level") != 0

    @dy.rule()
    def start_before_end(cls) -> pl.Expr:
        return _ordered("start", "end")


CORPUS_TABLES: dict[str, type[dy.Schema]] = {
    "articles": Articles,
    "rejects": Rejects,
    "cuts": Cuts,
    "stories": Stories,
    "totals": Totals,
}
ANNOTATION_TABLES: dict[str, type[dy.Schema]] = {
    "sentences": Sentences,
    "mentions": Mentions,
    "quotations": Quotations,
    "stances": Stances,
    "escalation": Escalation,
    "status": Status,
}
TABLES = CORPUS_TABLES | ANNOTATION_TABLES


# ---- codebook -------------------------------------------------------------------------------


class Actors(dy.Schema):
    """The codebook's list of actors."""

    actor_id = dy.String(nullable=False, primary_key=True)
    name = dy.String(nullable=False)
    actor_type = one_of(ACTOR_TYPES)
    side = one_of(SIDES)
    country = dy.String(nullable=True)
    about = dy.String(nullable=True)
    evidence = dy.String(nullable=False)
    checked = dy.Date(nullable=False)


class Roles(dy.Schema):
    """Offices that persons held; `from` and `until` are their first and last day."""

    actor_id = dy.String(nullable=False)
    role = dy.String(nullable=False)
    office = dy.String(nullable=False)
    body = dy.String(nullable=False)
    source_type = one_of(SOURCE_TYPES)
    from_ = dy.Date(nullable=True, alias="from")
    until = dy.Date(nullable=True)
    evidence = dy.String(nullable=False)
    checked = dy.Date(nullable=False)

    @dy.rule()
    def from_before_until(cls) -> pl.Expr:
        open_ended = pl.col("from").is_null() | pl.col("until").is_null()
        return open_ended | (pl.col("from") <= pl.col("until"))


ALIAS_USES = ("full", "surname", "short", "ambiguous", "demonym", "capital", "place")


class Aliases(dy.Schema):
    """Further names of actors in one language, and how far each can be trusted."""

    actor_id = dy.String(nullable=False, primary_key=True)
    alias = dy.String(nullable=False, primary_key=True)
    use = one_of(ALIAS_USES)


class Words(dy.Schema):
    """Words of one language that tell what a name means; `kind` says how the taggers use them."""

    kind = dy.String(nullable=False, primary_key=True)
    word = dy.String(nullable=False, primary_key=True)
    value = dy.String(nullable=True)


class Places(dy.Schema):
    """Names that are places and nothing else: no actor is meant by them."""

    place = dy.String(nullable=False, primary_key=True)
    country = dy.String(nullable=True)


class Boilerplate(dy.Schema):
    """What is no part of an article's own words: regular expressions, `^` and `$` at each line."""

    pattern = dy.String(nullable=False, primary_key=True)
    part = one_of(PARTS)
    reason = dy.String(nullable=False)
    evidence = dy.String(nullable=False)


STUB_KINDS = ("paywall", "cookie_wall", "error_page", "vendor_error")
FURNITURE = ("paywall", "cookie_wall")  # what stands beside articles, too


class Stubs(dy.Schema):
    """Sentences that sites and vendors show in place of an article: regular expressions."""

    pattern = dy.String(nullable=False, primary_key=True)
    kind = one_of(STUB_KINDS)
    language = dy.String(nullable=False)
    evidence = dy.String(nullable=False)


class Outlets(dy.Schema):
    """Known outlets: country, language, kind, domains and the names that exports use."""

    outlet = dy.String(nullable=False, primary_key=True)
    country = dy.String(nullable=False)
    language = dy.String(nullable=False)
    kind = one_of(("wire", "broadcaster", "newspaper", "online", "state_media", "magazine"))
    domains = dy.String(nullable=True)
    aliases = dy.String(nullable=True)
    evidence = dy.String(nullable=False)
    checked = dy.Date(nullable=False)


# ---- reference and measures -----------------------------------------------------------------


class Events(dy.Schema):
    """Dated events of the war, for figures."""

    event_id = dy.String(nullable=False, primary_key=True)
    date = dy.Date(nullable=False)
    precision = one_of(("day", "month"))
    title = dy.String(nullable=False)
    kind = dy.String(nullable=False)
    side = dy.String(nullable=False)
    weight = dy.UInt8(nullable=False, min=1, max=3)
    evidence = dy.String(nullable=False)


class AirAttacks(dy.Schema):
    """Missiles and drones per day on which an attack began."""

    date = dy.Date(nullable=False, primary_key=True)
    missiles_launched = dy.UInt32(nullable=True)
    drones_launched = dy.UInt32(nullable=True)
    missiles_destroyed = dy.UInt32(nullable=True)
    drones_destroyed = dy.UInt32(nullable=True)


MEASURE_COLUMNS = (
    "period", "numerator", "denominator", "share", "value", "low", "high", "articles", "clusters",
)  # fmt: skip
