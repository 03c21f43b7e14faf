"""Details from one file and text from another, joined to one article by address or id."""

from __future__ import annotations

import csv
import importlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import workbench as wb
from workbench import store
from workbench.annotation import annotate_corpus
from workbench.corpus import loading as corpus_loading
from workbench.errors import InputError
from workbench.tell import summarise
from workbench.workflow import importing
from workbench.workflow import joining as workflow_joining
from workbench.workflow.importing import import_files

store_writing = importlib.import_module("workbench.store.writing")  # `store.writing` is a function
URL = "https://ledger.example/news/kharkiv"
TEXT = "Vladimir Putin spoke in Moscow. It rained on Tuesday, and nobody minded."
Row = dict[str, Any]


def media_cloud(path: Path, *rows: Row) -> Path:
    """A list of stories as Media Cloud gives it; no texts."""
    names = ["id", "indexed_date", "language", "media_name", "publish_date", "title", "url"]
    usual = {"indexed_date": "2022-03-05 10:00:00", "language": "en", "media_name": "Kyiv Ledger"}
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, names)
        table.writeheader()
        table.writerows({**usual, "publish_date": "2022-03-02", **row} for row in rows)
    return path


def story(number: int = 1, url: str = URL) -> Row:
    return {"id": f"mc{number}", "title": f"Headline {number}", "url": url}


def jsonl(path: Path, *rows: Row) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def page(number: int = 1, url: str = URL, **fields: Any) -> Row:
    return {"title": f"Headline {number} - Ledger", "text": TEXT, "url": url} | fields


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a corpus but the lock."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def only(corpus: store.Corpus) -> Row:
    (row,) = corpus.read("articles").to_dicts()
    return row


def notes(row: Row) -> list[Row]:
    found: list[Row] = json.loads(row["extra"])["joined_from"]
    return found


def reasons(corpus: store.Corpus) -> list[tuple[str, str, str | None]]:
    return corpus.read("rejects").select("source_record", "reason", "detail").rows()


JOINED = ("1", "joined", "the same article as mc1, which took what it lacked")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "war.corpus"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return media_cloud(tmp_path / "stories.csv", story(1), story(2, f"{URL}-2"))


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return jsonl(tmp_path / "pages.jsonl", page(1, f"{URL}/?utm_source=x", published="2022-03-04"))


# ---- details first --------------------------------------------------------------------------


def test_text_goes_to_the_article_with_its_address(
    tmp_path: Path, folder: Path, pages: Path
) -> None:
    sheet = media_cloud(tmp_path / "stories.csv", story())
    before = only(import_files([sheet], folder).corpus)
    corpus = import_files([pages], folder).corpus
    after = only(corpus)
    given = {"text": TEXT, "text_kind": "full", "words": 12}
    assert {**after, "extra": None} == {**before, **given, "extra": None}
    assert (before["text"], before["text_kind"]) == (None, "headline")
    assert after["article_id"] == "mc1"
    assert (after["outlet"], after["published_precision"]) == ("Kyiv Ledger", "day")
    assert reasons(corpus) == [JOINED]


def test_joined_article_tells_where_its_text_is_from(
    folder: Path, sheet: Path, pages: Path
) -> None:
    import_files([sheet], folder)
    row = import_files([pages], folder).corpus.read("articles").to_dicts()[0]
    (note,) = notes(row)
    assert note.pop("otherwise").pop("article_id")
    assert note == {
        "source_file": str(pages),
        "source_record": "1",
        "gave": ["text", "text_kind", "words"],
    }


def test_what_the_text_says_otherwise_is_told(folder: Path, sheet: Path, pages: Path) -> None:
    import_files([sheet], folder)
    (note,) = notes(import_files([pages], folder).corpus.read("articles").to_dicts()[0])
    assert {name: said for name, said in note["otherwise"].items() if name != "article_id"} == {
        "outlet": "ledger.example",
        "published": "2022-03-04 00:00:00+00:00",
        "title": "Headline 1 - Ledger",
        "url": f"{URL}/?utm_source=x",
    }


def test_text_fills_what_the_details_lack(tmp_path: Path, folder: Path) -> None:
    bare = tmp_path / "list.csv"
    bare.write_text(f"id,url,outlet\na,{URL},Wire\n")
    import_files([bare], folder)
    fields = {"published": "2022-03-02T10:15:00Z", "outlet": "Ledger", "authors": ["Olha Bondar"]}
    whole = jsonl(tmp_path / "pages.jsonl", page(**fields, section="World", desk="Kyiv"))
    row = only(import_files([whole], folder).corpus)
    assert (row["article_id"], row["text_kind"]) == ("a", "full")
    assert (row["title"], row["outlet"], row["section"]) == ("Headline 1 - Ledger", "Wire", "World")
    assert (row["authors"], row["published_precision"]) == (["Olha Bondar"], "second")
    assert row["published_raw"] == "2022-03-02T10:15:00Z"
    assert notes(row)[0]["extra"] == {"desk": "Kyiv"}


def test_records_found_are_articles_and_rejects(folder: Path, sheet: Path, pages: Path) -> None:
    import_files([sheet], folder)
    report = import_files([pages], folder)
    (found,) = report.files
    assert (found.records, found.articles, dict(found.rejects)) == (1, 0, {"joined": 1})
    told = summarise(report.corpus)
    assert (told["records"], told["articles"], told["rejects"]) == (3, 2, {"joined": 1})
    assert told["text_kinds"] == {"full": 1, "headline": 1}


WORDS = "Residents of Kharkiv returned to the market on Tuesday morning."
HEAD = f'<title>Market</title><link rel="canonical" href="{URL}/">'
PAGE = f"<!doctype html><html><head>{HEAD}</head><body><article>{f'<p>{WORDS}</p>' * 8}"


def saved_page(folder: Path) -> Path:
    path = folder / "saved.html"
    path.write_text(PAGE)
    return path


def fetched_page(folder: Path) -> Path:
    path = folder / "fetched.warc.gz"
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        body = io.BytesIO(PAGE.encode())
        address = f"{URL}?fbclid=1"
        record = writer.create_warc_record(address, "response", body, http_headers=headers)
        writer.write_record(record)
    return path


def news_please(folder: Path) -> Path:
    fields = {"maintext": WORDS, "date_publish": "2022-03-02 09:30:00", "url": f"{URL}.amp"}
    path = folder / "news.json"
    path.write_text(json.dumps({"title": "Market", "source_domain": "ledger.example", **fields}))
    return path


@pytest.mark.parametrize("write", [saved_page, fetched_page, news_please])
def test_text_of_any_format_is_joined(
    tmp_path: Path, folder: Path, sheet: Path, write: Callable[[Path], Path]
) -> None:
    import_files([sheet], folder)
    row = import_files([write(tmp_path)], folder).corpus.read("articles").to_dicts()[0]
    assert (row["article_id"], row["title"], row["text_kind"]) == ("mc1", "Headline 1", "full")
    assert row["text"].startswith(WORDS)
    assert (row["outlet"], row["published_precision"]) == ("Kyiv Ledger", "day")


def test_gdelt_list_takes_text_and_date(tmp_path: Path, folder: Path) -> None:
    listed = {"url": URL, "title": "Market", "seendate": "20220302T101500Z"}
    rest = {"domain": "ledger.example", "language": "English", "sourcecountry": "Ukraine"}
    answer = tmp_path / "gdelt.json"
    answer.write_text(json.dumps({"articles": [listed | rest]}))
    import_files([answer], folder)
    row = only(import_files([news_please(tmp_path)], folder).corpus)
    assert (row["text"], row["outlet"], row["outlet_country"]) == (
        WORDS,
        "ledger.example",
        "Ukraine",
    )
    assert (str(row["published"])[:16], str(row["seen"])[:16]) == (
        "2022-03-02 09:30",
        "2022-03-02 10:15",
    )


def test_snippet_gives_way_to_the_text_and_is_told(tmp_path: Path, folder: Path) -> None:
    teaser = {"title": "Headline", "summary": "Putin spoke.", "url": URL}
    import_files([jsonl(tmp_path / "feed.jsonl", teaser)], folder)
    row = only(import_files([jsonl(tmp_path / "pages.jsonl", page())], folder).corpus)
    assert (row["text"], row["text_kind"], row["title"]) == (TEXT, "full", "Headline")
    assert notes(row)[0]["before"]["text"] == "Putin spoke."


# ---- text first -----------------------------------------------------------------------------


def test_details_go_to_the_text_that_is_held(tmp_path: Path, folder: Path) -> None:
    import_files([jsonl(tmp_path / "pages.jsonl", page(article_id="p"))], folder)
    row = only(import_files([media_cloud(tmp_path / "stories.csv", story())], folder).corpus)
    assert (row["article_id"], row["title"], row["text"]) == ("p", "Headline 1 - Ledger", TEXT)
    assert (row["outlet"], row["published_raw"]) == ("Kyiv Ledger", "2022-03-02")
    assert row["seen"] is not None
    (note,) = notes(row)
    assert note["otherwise"] == {"article_id": "mc1", "title": "Headline 1"}
    assert "outlet" in note["gave"]


def test_details_never_overwrite(tmp_path: Path, folder: Path) -> None:
    own = {"article_id": "p", "outlet": "Wire", "published": "2022-03-04T09:00:00Z"}
    import_files([jsonl(tmp_path / "pages.jsonl", page(**own))], folder)
    row = only(import_files([media_cloud(tmp_path / "stories.csv", story())], folder).corpus)
    assert (row["outlet"], row["published_raw"]) == ("Wire", "2022-03-04T09:00:00Z")
    said = notes(row)[0]["otherwise"]
    assert (said["outlet"], said["published"]) == ("Kyiv Ledger", "2022-03-02 00:00:00+00:00")


def test_either_order_gives_one_article_with_all_details(tmp_path: Path) -> None:
    paths = [
        media_cloud(tmp_path / "stories.csv", story()),
        jsonl(tmp_path / "pages.jsonl", page(section="World")),
    ]
    rows = []
    for number, order in enumerate((paths, paths[::-1])):
        for path in order:
            corpus = import_files([path], tmp_path / f"{number}.corpus").corpus
        rows.append(only(corpus))
    for column in ("outlet", "published", "published_precision", "text", "section", "words"):
        assert rows[0][column] == rows[1][column]


# ---- by id ----------------------------------------------------------------------------------


def proquest_txt(path: Path, number: str, title: str) -> Path:
    rule = "_" * 60
    path.write_text(
        f"{rule}\n\n{title}\n\nPublication info: Kyiv Ledger ; Kyiv [Kyiv]02 Mar 2022.\n\n"
        f"https://www.proquest.com/docview/{number}?accountid=1\n\nFull text: {TEXT}\n\n"
        f"Title: {title}\n\nPublication title: Kyiv Ledger\n\nProQuest document ID: {number}\n\n"
        f"Database: ProQuest\n\n{rule}\n",
        encoding="utf-8",
    )
    return path


def proquest_sheet(path: Path) -> Path:
    row = {"Title": "Rain over Kyiv", "StoreId": "2001", "pubdate": "Mar 2, 2022"}
    rest = {"pubtitle": "Kyiv Ledger", "DocumentURL": "https://www.proquest.com/docview/2001"}
    pl.DataFrame([row | rest]).write_excel(path)
    return path


@pytest.mark.parametrize("sheet_first", [True, False])
def test_proquest_sheet_and_texts_are_one_article(
    tmp_path: Path, folder: Path, sheet_first: bool
) -> None:
    """Regression: the texts were lost as `id_conflict`."""
    paths = [
        proquest_sheet(tmp_path / "ProQuest.xlsx"),
        proquest_txt(tmp_path / "ProQuest.txt", "2001", "Rain over Kyiv"),
    ]
    for path in paths if sheet_first else paths[::-1]:
        corpus = import_files([path], folder).corpus
    row = only(corpus)
    assert (row["article_id"], row["text"], row["text_kind"]) == ("2001", TEXT, "full")
    assert (row["outlet"], row["published_precision"]) == ("Kyiv Ledger", "day")
    assert [reason for _, reason, _ in reasons(corpus)] == ["joined"]


def test_ids_that_only_count_rows_join_nothing(tmp_path: Path, folder: Path) -> None:
    import_files([jsonl(tmp_path / "a.jsonl", page(article_id="1"))], folder)
    other = {"article_id": "1", "title": "Quite another", "url": f"{URL}-9"}
    corpus = import_files([jsonl(tmp_path / "b.jsonl", other)], folder).corpus
    assert only(corpus)["title"] == "Headline 1 - Ledger"
    assert reasons(corpus)[0][:2] == ("1", "id_conflict")


def test_id_joins_a_text_that_comes_without_details(tmp_path: Path, folder: Path) -> None:
    import_files([media_cloud(tmp_path / "stories.csv", story())], folder)
    texts = jsonl(tmp_path / "texts.jsonl", {"id": "mc1", "text": TEXT})
    row = only(import_files([texts], folder).corpus)
    assert (row["title"], row["text"]) == ("Headline 1", TEXT)


# ---- what is not joined ---------------------------------------------------------------------


def test_two_texts_of_one_address_stay_two_articles(tmp_path: Path, folder: Path) -> None:
    import_files([jsonl(tmp_path / "a.jsonl", page())], folder)
    corpus = import_files([jsonl(tmp_path / "b.jsonl", page(text="Updated."))], folder).corpus
    assert corpus.read("articles")["text"].to_list() == [TEXT, "Updated."]
    assert reasons(corpus) == []


def test_second_text_of_a_joined_article_is_an_article(
    tmp_path: Path, folder: Path, sheet: Path, pages: Path
) -> None:
    import_files([sheet, pages], folder)
    corpus = import_files([jsonl(tmp_path / "b.jsonl", page(text="Updated."))], folder).corpus
    assert corpus.read("articles")["text"].to_list() == [TEXT, None, "Updated."]


def test_records_of_one_file_are_not_joined(tmp_path: Path, folder: Path) -> None:
    live = jsonl(tmp_path / "live.jsonl", page(), {"title": "Later", "url": URL})
    corpus = import_files([live], folder).corpus
    assert corpus.read("articles")["text_kind"].to_list() == ["full", "headline"]
    assert wb.read(live).articles.height == 2


def test_home_page_joins_nothing(tmp_path: Path, folder: Path) -> None:
    home = "https://ledger.example/"
    import_files([media_cloud(tmp_path / "stories.csv", story(1, home))], folder)
    corpus = import_files([jsonl(tmp_path / "a.jsonl", page(1, home))], folder).corpus
    assert corpus.read("articles")["text_kind"].to_list() == ["headline", "full"]


def test_two_lists_of_one_address_stay_two_articles(tmp_path: Path, folder: Path) -> None:
    import_files([media_cloud(tmp_path / "a.csv", story(1))], folder)
    corpus = import_files([media_cloud(tmp_path / "b.csv", story(2))], folder).corpus
    assert corpus.read("articles")["article_id"].to_list() == ["mc1", "mc2"]


# ---- the same again -------------------------------------------------------------------------


def test_import_again_changes_nothing(folder: Path, sheet: Path, pages: Path) -> None:
    import_files([sheet], folder)
    import_files([pages], folder)
    before = content(folder)
    for paths in ([sheet], [pages], [pages, sheet]):
        assert import_files(paths, folder).files == ()
    assert content(folder) == before


def test_page_fetched_again_is_a_duplicate(
    tmp_path: Path, folder: Path, sheet: Path, pages: Path
) -> None:
    before = import_files([sheet, pages], folder).corpus.read("articles")
    again = jsonl(tmp_path / "again.jsonl", page(1, f"{URL}#top"))
    corpus = import_files([again], folder).corpus
    assert corpus.read("articles").equals(before)
    assert reasons(corpus) == [JOINED, ("1", "duplicate", "the same as mc1")]


@pytest.mark.parametrize("sheet_first", [True, False])
def test_details_delivered_again_leave_articles_alone(
    tmp_path: Path, folder: Path, sheet: Path, pages: Path, sheet_first: bool
) -> None:
    """Else a weekly list would have every joined article annotated anew."""
    for path in [sheet, pages] if sheet_first else [pages, sheet]:
        before = import_files([path], folder).corpus
    longer = media_cloud(tmp_path / "week2.csv", story(1), story(3, f"{URL}-3"))
    corpus = import_files([longer], folder).corpus
    assert corpus.partitions[:-1] == before.partitions
    assert corpus.read("articles").head(2).equals(before.read("articles"))
    assert corpus.read("articles")["title"][2] == "Headline 3"


def test_teaser_delivered_again_leaves_the_article_alone(tmp_path: Path, folder: Path) -> None:
    teaser = {"title": "Headline", "summary": "Putin spoke.", "url": URL}
    import_files([jsonl(tmp_path / "feed.jsonl", teaser)], folder)
    before = import_files([jsonl(tmp_path / "pages.jsonl", page())], folder).corpus
    feed = jsonl(tmp_path / "tomorrow.jsonl", teaser, {"title": "New", "url": f"{URL}-2"})
    corpus = import_files([feed], folder).corpus
    assert corpus.partitions[:-1] == before.partitions
    assert corpus.read("articles")["title"].to_list() == ["Headline", "New"]


def test_joining_in_one_import_is_as_in_two(
    tmp_path: Path, folder: Path, sheet: Path, pages: Path
) -> None:
    import_files([sheet], folder)
    two = import_files([pages], folder).corpus
    one = import_files([sheet, pages], tmp_path / "one.corpus").corpus
    assert one.read("articles").equals(two.read("articles"))
    assert wb.read([sheet, pages]).articles.equals(two.read("articles"))
    assert one.manifest["counts"] == two.manifest["counts"]


def test_replacement_needs_the_files_that_were_joined(
    folder: Path, sheet: Path, pages: Path
) -> None:
    import_files([sheet], folder)
    before = import_files([pages], folder).corpus.read("articles")
    for path, other in ((sheet, pages), (pages, sheet)):
        with pytest.raises(InputError, match=rf"would lose {other}, .*joined with"):
            import_files([path], folder, replace=True)
    corpus = import_files([sheet, pages], folder, replace=True).corpus
    assert corpus.read("articles").equals(before)
    assert len(corpus.manifest["imports"]) == 1


# ---- what rests on the articles -------------------------------------------------------------


def test_annotation_cuts_and_stories_are_renewed_for_changed_partitions_only(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "ARTICLES_PER_PARTITION", 1)
    rows = [story(number, f"{URL}-{number}") for number in range(3)]
    first = annotate_corpus(import_files([media_cloud(tmp_path / "s.csv", *rows)], folder).corpus)
    text = f"{TEXT}\nRead more: Volodymyr Zelensky visits London"
    texts = jsonl(tmp_path / "p.jsonl", page(1, f"{URL}-1", text=text))
    corpus = import_files([texts], folder).corpus
    assert corpus.partitions[0::2] == first.corpus.partitions[0::2]
    assert corpus.read("cuts").select("article_id", "reason").rows() == [("mc1", "read_more")]
    assert corpus.manifest["stories"] != first.corpus.manifest["stories"]
    report = annotate_corpus(corpus)
    assert (report.annotated, report.unchanged) == (1, 2)
    found = report.corpus.read("mentions").filter(part="text")
    assert found.filter(pl.col("surface").str.contains("Zelensky")).is_empty()
    assert set(found["article_id"]) == {"mc1"}
    for table in ("status", "sentences", "mentions", "articles"):  # as DESIGN says they are read
        whole = pl.read_parquet(f"{folder}/{table}/**/*.parquet")
        assert whole.height == report.corpus.manifest["counts"][table]
    assert annotate_corpus(corpus).annotated == 0


# ---- imports that end early -----------------------------------------------------------------


class KilledError(Exception):
    """Stands for whatever ends a process."""


def killed(*args: Any, **kwargs: Any) -> None:
    raise KilledError


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (workflow_joining, "join_additions"),
        (importing, "join_staged"),
        (importing, "renew_cuts"),
        (importing, "renew_stories"),
        (store, "record_import"),
        (store_writing, "_remove_empty"),
    ],
)
def test_killed_import_leaves_one_whole_state_or_the_other(
    folder: Path, sheet: Path, pages: Path, monkeypatch: pytest.MonkeyPatch, module: Any, name: str
) -> None:
    before = import_files([sheet], folder).corpus.read("articles")
    with monkeypatch.context() as patch:
        patch.setattr(module, name, killed)
        with pytest.raises(KilledError):
            import_files([pages], folder)
    left = store.open_corpus(folder).read("articles")
    assert left.equals(before) or left["text"].to_list() == [TEXT, None]
    corpus = import_files([pages], folder).corpus
    assert corpus.read("articles")["text"].to_list() == [TEXT, None]
    named = {path for table in ("articles", "cuts", "rejects") for path in corpus.files_of(table)}
    assert named == {p for t in ("articles", "cuts", "rejects") for p in folder.glob(f"{t}/*/*")}
    assert corpus.read("stories").height == 2


def test_move_killed_half_way_leaves_the_old(
    folder: Path, sheet: Path, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = import_files([sheet], folder).corpus.read("articles")

    def replace(path: Path, target: Path) -> Path:
        if path.name == "articles":
            raise KilledError
        path.rename(target)
        return target

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace)
        with pytest.raises(KilledError):
            import_files([pages], folder)
    assert store.open_corpus(folder).read("articles").equals(before)
    assert import_files([pages], folder).corpus.read("articles")["text"][0] == TEXT


# ---- invariants -----------------------------------------------------------------------------

RECORD = st.tuples(st.integers(0, 3), st.sampled_from(["none", "one text", "another text"]))


@given(
    files=st.lists(st.lists(RECORD, min_size=1, max_size=4, unique=True), min_size=1, max_size=4),
    per_partition=st.integers(1, 3),
    batch=st.integers(1, 3),
)
@settings(max_examples=30, deadline=None)
def test_nothing_is_lost_however_records_are_spread(
    tmp_path_factory: pytest.TempPathFactory,
    files: list[list[tuple[int, str]]],
    per_partition: int,
    batch: int,
) -> None:
    place = tmp_path_factory.mktemp("spread")
    paths = [
        jsonl(place / f"{number}.jsonl", *(_record(number, *record) for record in records))
        for number, records in enumerate(files)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(importing, "ARTICLES_PER_PARTITION", per_partition)
        patch.setattr(workflow_joining, "AT_ONCE", 2)
        patch.setattr(corpus_loading, "BATCH", batch)
        for path in paths:
            corpus = import_files([path], place / "one by one.corpus").corpus
        together = import_files(paths, place / "together.corpus").corpus
    articles = corpus.read("articles")
    assert articles.equals(together.read("articles"))
    assert articles.height + corpus.read("rejects").height == sum(map(len, files))
    given_texts = {(n, text) for records in files for n, text in records if text != "none"}
    held = articles.filter(pl.col("text").is_not_null())
    assert {(int(url[-1]), text) for url, text in held.select("url", "text").rows()} == given_texts
    assert articles["article_id"].is_unique().all()


def _record(file: int, number: int, text: str) -> Row:
    row = {"title": f"{number}, told by {file}", "url": f"{URL}/{number}"}
    return row if text == "none" else {**row, "text": text}
