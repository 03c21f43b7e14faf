"""The command line: what it says, to whom, and how it ends."""

from __future__ import annotations

import dataclasses
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.main import get_command
from typer.testing import CliRunner

from workbench import cli, store, tell
from workbench.errors import InputError
from workbench.workflow.fetching import FetchReport
from workbench.workflow.importing import import_files
from workbench.workflow.notebooks import FiguresReport

COMMANDS = ("import", "annotate", "figures", "export", "overlay", "fetch", "doctor")
PROGRAM = Path(sys.executable).parent / "workbench"


@dataclasses.dataclass(frozen=True)
class Ended:
    """How one run of the command line ended."""

    status: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line in this process, through the console script's own function."""

    def run(*arguments: object) -> Ended:
        monkeypatch.setattr(sys, "argv", ["workbench", *map(str, arguments)])
        monkeypatch.setenv("COLUMNS", "200")
        with pytest.raises(SystemExit) as ended:
            cli.main()
        told = capsys.readouterr()
        return Ended(int(ended.value.code or 0), told.out, told.err)

    return run


def refused(ended: Ended) -> str:
    """The one sentence of an error, on stderr alone, with status 1."""
    assert ended.status == 1
    assert ended.out == ""
    assert "Traceback" not in ended.err
    (line,) = ended.err.splitlines()
    assert line.startswith("Error: ")
    assert line.endswith(".")
    return line


def write_jsonl(path: Path, *titles: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = (
        {"title": title, "text": f"{title} spoke in Kyiv.", "language": "en"} for title in titles
    )
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def cut_zip(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.jsonl", '{"title": "A"}\n')
    path.write_bytes(path.read_bytes()[:40])
    return path


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus of two articles, not annotated."""
    path = write_jsonl(tmp_path / "in.jsonl", "Zelensky", "Putin")
    import_files([path], tmp_path / "war.corpus")
    return tmp_path / "war.corpus"


# ---- help -----------------------------------------------------------------------------------


def test_commands_are_these() -> None:
    assert tuple(get_command(cli.app).commands) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command_shows_an_example(command: str) -> None:
    result = CliRunner().invoke(cli.app, [command, "--help"])
    assert result.exit_code == 0
    assert re.search(rf"Example: workbench {command}\b", result.output)


def test_help_of_import_tells_the_exit_statuses() -> None:
    told = CliRunner().invoke(cli.app, ["import", "--help"]).output
    plain = " ".join(re.sub(r"[^\w\s:;,.()]", " ", told).split())
    assert "Exit status: 0 when every file was read" in plain
    assert "2 when a file could not be read" in plain


def test_help_is_what_no_arguments_get(run: Run) -> None:
    ended = run()
    assert "Usage: workbench" in ended.out + ended.err
    assert all(command in ended.out + ended.err for command in COMMANDS)


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["import", "a.csv"], ["annotate", "x", "--workers", "0"], ["doctor", "--xyz"]],
)
def test_usage_errors_are_status_2_without_traceback(run: Run, arguments: list[str]) -> None:
    ended = run(*arguments)
    assert ended.status == 2
    assert ended.out == ""
    assert "Usage: workbench" in ended.err
    assert "Traceback" not in ended.err


# ---- import ---------------------------------------------------------------------------------


def test_import_tells_files_decisions_and_corpus(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_text("headline,body,day\nA,Words.,03/04/2022\nB,More words.,25/04/2022\n")
    ended = run("import", path, "--into", tmp_path / "war.corpus", "--outlet", "Wire")
    assert (ended.status, ended.err) == (0, "")
    assert "title = headline, text = body, published = day" in ended.out
    assert "DMY (1 values tell, 1 could be either)" in ended.out
    assert "3 Apr 2022 to 25 Apr 2022" in ended.out
    assert "Wire 2" in ended.out


def test_import_json_accounts_for_everything(run: Run, tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", "A", "A", "B")
    ended = run("import", path, "--into", tmp_path / "war.corpus", "--json")
    told = json.loads(ended.out)
    assert (ended.status, ended.err) == (0, "")
    assert [(f["source_file"], f["records"], f["articles"]) for f in told["files"]] == [
        (str(path), 3, 2)
    ]
    assert told["unchanged"] == []
    assert told["unread"] == {}
    assert told["corpus"] == {
        "records": 3, "articles": 2, "stories": 2, "rejects": {"duplicate": 1},
        "first": None, "last": None, "undated": 2, "outlets": {"unknown": 2},
        "languages": {"en": 2}, "text_kinds": {"full": 2},
    }  # fmt: skip


def test_import_twice_says_that_nothing_changed(run: Run, tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", "A")
    run("import", path, "--into", tmp_path / "war.corpus")
    ended = run("import", path, "--into", tmp_path / "war.corpus")
    assert ended.status == 0
    assert "1 file(s) were imported before and are unchanged." in ended.out
    assert "Files read" not in ended.out
    again = run("import", path, "--into", tmp_path / "war.corpus", "--json")
    assert json.loads(again.out)["unchanged"] == [str(path)]


@pytest.mark.parametrize("asked", [[], ["--json"]])
def test_import_ends_with_status_2_where_a_file_cannot_be_read(
    run: Run, tmp_path: Path, asked: list[str]
) -> None:
    good, bad = write_jsonl(tmp_path / "good.jsonl", "A"), cut_zip(tmp_path / "cut.zip")
    folder = tmp_path / "war.corpus"
    for _ in range(2):  # the second time nothing is read, and the file is missing still
        ended = run("import", good, bad, "--into", folder, *asked)
        assert (ended.status, ended.err) == (2, "")
        if asked:
            unread = json.loads(ended.out)["unread"]
            assert list(unread) == [str(bad)]
            assert unread[str(bad)].startswith("broken_archive: the zip cannot be opened")
        else:
            assert f"Not read: {bad} (broken_archive: the zip cannot be opened" in ended.out
        assert store.open_corpus(folder).manifest["counts"]["articles"] == 1


def test_import_of_nothing_readable_is_status_2(run: Run, tmp_path: Path) -> None:
    ended = run("import", cut_zip(tmp_path / "cut.zip"), "--into", tmp_path / "war.corpus")
    assert ended.status == 2
    assert store.open_corpus(tmp_path / "war.corpus").read("articles").height == 0


def test_import_of_an_incomplete_file_is_status_4(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = import_files([write_jsonl(tmp_path / "[a].jsonl", "A")], tmp_path / "war.corpus")
    report = dataclasses.replace(made, incomplete=["[a].jsonl"])
    monkeypatch.setattr(cli, "import_files", lambda *_, **__: report)
    ended = run("import", "[a].jsonl", "--into", tmp_path / "war.corpus")
    assert ended.status == 4
    assert "Incomplete: [a].jsonl says it holds more records" in ended.out
    told = run("import", "[a].jsonl", "--into", tmp_path / "war.corpus", "--json")
    assert json.loads(told.out)["incomplete"] == ["[a].jsonl"]


def test_import_with_refused_records_is_status_0(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"title": "A"}\n{"title": "B\n')
    ended = run("import", path, "--into", tmp_path / "war.corpus")
    assert ended.status == 0
    assert "broken_json 1" in ended.out


def test_import_passes_its_options_on(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("x,y,z\nТиша,03/04/2022,Усе добре.\n".encode("cp1251"))
    ended = run(
        "import", path, "--into", tmp_path / "war.corpus", "--format", "delimited",
        "--outlet", "Wire", "--country", "PL", "--language", "uk", "--encoding", "cp1251",
        "--column", "title=x", "--column", "published = y", "--column", "text=z",
        "--date-order", "MDY",
    )  # fmt: skip
    assert ended.status == 0
    row = store.open_corpus(tmp_path / "war.corpus").read("articles").row(0, named=True)
    assert (row["outlet"], row["outlet_country"], row["language"]) == ("Wire", "Poland", "uk")
    assert (row["title"], row["text"]) == ("Тиша", "Усе добре.")
    assert (row["published"].month, row["published"].day) == (3, 4)


def test_import_with_replace_reads_anew(run: Run, tmp_path: Path) -> None:
    path, folder = write_jsonl(tmp_path / "a.jsonl", "A"), tmp_path / "war.corpus"
    run("import", path, "--into", folder, "--outlet", "Wire")
    told = refused(run("import", path, "--into", folder, "--outlet", "Post"))
    assert f"{path} was imported into this corpus before with other options" in told
    assert run("import", path, "--into", folder, "--outlet", "Post", "--replace").status == 0
    assert store.open_corpus(folder).read("articles")["outlet"].to_list() == ["Post"]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["--column", "text"], "--column text: say FIELD=COLUMN"),
        (["--column", "=body"], "--column =body: say FIELD=COLUMN"),
        (["--column", "text="], "--column text=: say FIELD=COLUMN"),
        (["--column", "text=text", "--column", "text=title"], "text is text already"),
        (["--column", "words=text"], "fields are article_id, title, text"),
        (["--column", "text=[body]"], "no such column"),
        (["--format", "docs"], "No format 'docs'; the formats are"),
        (["--encoding", "klingon"], "There is no encoding 'klingon'"),
        (["--date", "soon"], "'soon'"),
        (["--date-order", "YMD"], "'YMD'"),
    ],
)
def test_import_refuses_options_of_no_use(
    run: Run, tmp_path: Path, asked: list[str], told: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title,text\nA,B\n")
    assert told in refused(run("import", path, "--into", tmp_path / "war.corpus", *asked))
    assert not (tmp_path / "war.corpus" / store.MANIFEST).exists()


def test_import_refuses_missing_path(run: Run, tmp_path: Path) -> None:
    told = refused(run("import", tmp_path / "[no].csv", "--into", tmp_path / "war.corpus"))
    assert (
        told == f"Error: {tmp_path}/[no].csv: there is no such file or folder; check the spelling."
    )
    assert not (tmp_path / "war.corpus").exists()


def test_import_refuses_foreign_folder(run: Run, tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", "A")
    assert "holds other things (a.jsonl ...)" in refused(run("import", path, "--into", tmp_path))


def test_names_with_brackets_print_as_they_are(run: Run, tmp_path: Path) -> None:
    """Regression: the terminal's markup ate them."""
    path = write_jsonl(tmp_path / "[red]" / "war [1] [/b].jsonl", "A")
    folder = tmp_path / "[bold].corpus"
    ended = run("import", path, cut_zip(tmp_path / "[x].zip"), "--into", folder)
    assert str(path) in ended.out
    assert f"Not read: {tmp_path}/[x].zip (" in ended.out
    assert "Corpus [bold].corpus" in ended.out
    exported = run("export", folder, "articles", "--to", tmp_path / "[i]out[/i].csv")
    assert exported.out == f"Wrote 1 rows to {tmp_path}/[i]out[/i].csv.\n"
    assert f"{tmp_path}/[u] is not a corpus" in refused(run("annotate", tmp_path / "[u]"))


def test_names_of_outlets_with_brackets_print_as_they_are(run: Run, tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", "A")
    ended = run("import", path, "--into", tmp_path / "war.corpus", "--outlet", "[bold]Wire[/bold]")
    assert "[bold]Wire[/bold] 1" in ended.out


# ---- annotate and figures -------------------------------------------------------------------


def test_annotate_tells_what_became_of_the_articles(run: Run, corpus: Path) -> None:
    first = run("annotate", corpus, "--json")
    assert (first.status, first.err) == (0, "")
    told = json.loads(first.out)
    assert (told["annotated"], told["unchanged"]) == (1, 0)
    assert told["articles"]["mentions"] == {"done": 2}
    second = run("annotate", corpus)
    assert "0 partition(s) annotated, 1 unchanged." in second.out
    mentions = store.open_corpus(corpus).read("mentions")
    assert {"Volodymyr Zelensky", "Vladimir Putin"} <= set(mentions["actor"])


def test_annotate_ends_with_status_3_where_an_article_failed(
    run: Run, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    statuses = {("mentions", "done"): 1, ("mentions", "failed"): 1}
    report = tell.RunReport(store.open_corpus(corpus), 1, 0, tell.Counter(statuses))
    monkeypatch.setattr(cli, "annotate_corpus", lambda *_, **__: report)
    ended = run("annotate", corpus)
    assert ended.status == 3
    assert "failed" in ended.out


def test_annotate_refuses_what_is_no_corpus(run: Run, tmp_path: Path) -> None:
    told = refused(run("annotate", tmp_path))
    assert told == (
        f"Error: {tmp_path} is not a corpus (it has no manifest.json); make one with "
        f"`workbench import FILES --into {tmp_path}`."
    )


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["--layers", "moods"], "No layer 'moods'; the layers are sentences, mentions"),
        (["--layers", "sentences,"], "No layer ''"),
        (["--model", "en_core_web_xyz"], "en_core_web_xyz"),
        (["--codebook", "nowhere"], "nowhere"),
    ],
)
def test_annotate_refuses_options_of_no_use(
    run: Run, corpus: Path, asked: list[str], told: str
) -> None:
    assert told in refused(run("annotate", corpus, *asked))


def test_annotate_refuses_corpus_that_is_being_written(run: Run, corpus: Path) -> None:
    with store.writing(corpus):
        assert "written by another process" in refused(run("annotate", corpus))


def test_figures_tells_where_they_are(
    run: Run, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, Any] = {}

    def run_notebooks(found: store.Corpus, out: Path, **options: Any) -> FiguresReport:
        asked.update(options, folder=found.folder, out=out)
        options["on_notebook"]("02_coverage")
        return FiguresReport([out / "a[1].svg"], [out / "notebooks" / "02.html"])

    monkeypatch.setattr(cli, "run_notebooks", run_notebooks)
    arguments = ["figures", corpus, "--out", tmp_path / "out", "--notebook", "02_coverage"]
    assert f"{tmp_path}/out/a[1].svg" in run(*arguments).out
    assert (asked["folder"], asked["names"]) == (corpus, ["02_coverage"])
    assert json.loads(run(*arguments, "--json").out) == {
        "figures": [f"{tmp_path}/out/a[1].svg"],
        "pages": [f"{tmp_path}/out/notebooks/02.html"],
    }


def test_figures_refuses_unknown_notebook(run: Run, corpus: Path, tmp_path: Path) -> None:
    told = refused(run("figures", corpus, "--out", tmp_path / "out", "--notebook", "99"))
    assert "No notebook '99'" in told


# ---- export ---------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["csv", "tsv", "xlsx", "jsonl", "parquet"])
def test_export_writes_every_format(run: Run, corpus: Path, tmp_path: Path, ending: str) -> None:
    to = tmp_path / f"articles.{ending}"
    ended = run("export", corpus, "articles", "--to", to)
    assert ended == Ended(0, f"Wrote 2 rows to {to}.\n", "")
    assert to.stat().st_size > 0


def test_export_json_tells_file_and_rows(run: Run, corpus: Path, tmp_path: Path) -> None:
    to = tmp_path / "a.parquet"
    ended = run("export", corpus, "articles", "--to", to, "--json")
    assert json.loads(ended.out) == {"table": "articles", "file": str(to), "rows": 2}
    assert pl.read_parquet(to).height == 2


@pytest.mark.parametrize(
    ("table", "name", "told"),
    [
        ("articles", "a.doc", "a.doc: tables are written as .csv, .tsv, .xlsx, .jsonl, .parquet"),
        ("quotes", "a.csv", "No table 'quotes'; the tables are articles"),
        ("articles", "in.jsonl/a.csv", "in.jsonl: File exists"),
    ],
)
def test_export_refuses_what_cannot_be_written(
    run: Run, corpus: Path, tmp_path: Path, table: str, name: str, told: str
) -> None:
    assert told in refused(run("export", corpus, table, "--to", tmp_path / name))


def test_export_refuses_what_is_no_corpus(run: Run, tmp_path: Path) -> None:
    told = refused(run("export", tmp_path / "no.corpus", "articles", "--to", tmp_path / "a.csv"))
    assert "is not a corpus" in told


# ---- overlay --------------------------------------------------------------------------------


def test_overlay_writes_lists_and_tells_what_to_do(run: Run, tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "in.jsonl", "Halyna Mostova")
    folder, overlay = tmp_path / "war.corpus", tmp_path / "mine"
    run("import", path, "--into", folder)
    run("annotate", folder)
    ended = run("overlay", folder, "--to", overlay)
    assert (ended.status, ended.err) == (0, "")
    assert f"Wrote 1 names to {overlay}." in ended.out
    assert f"`workbench annotate {folder} --codebook {overlay}`" in ended.out
    again = run("overlay", folder, "--to", tmp_path / "other", "--top", 1, "--json")
    told = {"folder": str(tmp_path / "other"), "actors": ["halyna-mostova"]}
    assert json.loads(again.out) == told
    assert "is there already" in refused(run("overlay", folder, "--to", overlay))


# ---- fetch ----------------------------------------------------------------------------------

LOST, SLOW = "https://news.example/lost", "https://news.example/slow"


def fetched(folder: Path, **other: Any) -> FetchReport:
    whole = FetchReport(folder, folder / "pages-1.warc.gz", 2, 1, {}, {}, {}, [])
    return dataclasses.replace(whole, **other)


def test_fetch_tells_what_is_there_and_how_to_go_on(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "fetch_pages", lambda *args, **more: fetched(tmp_path))
    ended = run("fetch", "links.csv", "--into", tmp_path)
    assert (ended.status, ended.err) == (0, "")
    assert re.search(r"fetched now\W+2\b.*there already\W+1\b", ended.out, re.DOTALL)
    assert f"workbench import {tmp_path} --into NAME.corpus" in ended.out


def test_fetch_ends_with_status_5_where_pages_are_missing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = fetched(
        tmp_path,
        failed={LOST: ("http_404", "status [404]")},
        left={SLOW: "host_resting"},
        unusable=["ftp://x"],
    )
    monkeypatch.setattr(cli, "fetch_pages", lambda *args, **more: report)
    ended = run("fetch", "links.csv", "--into", tmp_path)
    assert ended.status == 5
    assert f"Not fetched: {LOST} (http_404: status [404])" in ended.out
    assert "No web address: ftp://x" in ended.out
    assert re.search(r"failed: http_404\W+1\b.*left: host_resting\W+1\b", ended.out, re.DOTALL)
    told = json.loads(run("fetch", "links.csv", "--into", tmp_path, "--json").out)
    assert told["failed"] == {LOST: {"reason": "http_404", "detail": "status [404]"}}
    assert told["left"] == {SLOW: "host_resting"}


def test_fetch_passes_its_options_on(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, Any] = {}

    def fetch_pages(lists: list[str], into: Path, **more: Any) -> FetchReport:
        asked.update(more, lists=lists, into=into)
        return fetched(into)

    monkeypatch.setattr(cli, "fetch_pages", fetch_pages)
    run("fetch", "a.csv", LOST, "--into", tmp_path, "--delay", 5, "--contact", "me@example.org",
        "--limit", 9, "--again")  # fmt: skip
    del asked["on_pages"]
    assert asked == {
        "lists": ["a.csv", LOST], "into": tmp_path, "delay": 5.0, "contact": "me@example.org",
        "limit": 9, "again": True, "allow_private": False,
    }  # fmt: skip


@pytest.mark.parametrize("option", [("--delay", "0"), ("--limit", "0")])
def test_fetch_refuses_to_hurry(run: Run, tmp_path: Path, option: tuple[str, str]) -> None:
    assert run("fetch", LOST, "--into", tmp_path, *option).status == 2


def test_fetch_refuses_missing_list(run: Run, tmp_path: Path) -> None:
    told = refused(run("fetch", tmp_path / "no.csv", "--into", tmp_path / "pages"))
    assert "there is no such file" in told


# ---- doctor ---------------------------------------------------------------------------------


def test_doctor_json_says_that_all_is_here(run: Run) -> None:
    ended = run("doctor", "--json")
    checks = json.loads(ended.out)
    assert [check for check in checks if not check["ok"]] == []
    assert {check["check"] for check in checks} >= {"polars", "English model", "codebook"}
    assert ended.status == 0


def test_doctor_ends_with_status_1_where_something_is_missing(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    checks = [tell.Check("polars", True, "2.0"), tell.Check("English model", False, "pip [x]")]
    monkeypatch.setattr(tell, "examine", lambda: checks)
    ended = run("doctor")
    assert ended.status == 1
    lines = [" ".join(line.split()) for line in ended.out.splitlines()]
    assert lines == ["ok polars: 2.0", "missing English model: pip [x]"]


def test_doctor_says_what_is_wrong_with_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> str:
        raise InputError("No English model is installed; install one.")

    monkeypatch.setattr(tell, "default_model", missing)
    monkeypatch.setattr(tell, "load_pipeline", missing)
    wrong = [check for check in tell.examine() if not check.ok]
    assert [check.name for check in wrong] == ["English model", "pipeline"]
    assert {check.found for check in wrong} == {"No English model is installed; install one."}


# ---- how it ends ----------------------------------------------------------------------------


def test_system_errors_are_one_sentence(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device", str(tmp_path / "[x].corpus"))

    monkeypatch.setattr(cli, "import_files", full_disk)
    told = refused(run("import", "a.csv", "--into", tmp_path / "[x].corpus"))
    assert told == (
        f"Error: {tmp_path}/[x].corpus: No space left on device; mend that, then try again."
    )


def test_interrupt_is_status_130_and_says_what_stays(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "import_files", interrupted)
    ended = run("import", "a.csv", "--into", tmp_path / "war.corpus")
    assert (ended.status, ended.out) == (130, "")
    assert ended.err.strip() == "Stopped; what was written whole stays, start again to go on."


def program(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the installed command in a process of its own."""
    command = [str(PROGRAM), *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, check=False)


def test_program_refuses_in_one_sentence_on_stderr(tmp_path: Path) -> None:
    ended = program("annotate", tmp_path / "no.corpus")
    assert (ended.returncode, ended.stdout) == (1, b"")
    assert refused(Ended(1, "", ended.stderr.decode())).endswith(f"--into {tmp_path}/no.corpus`.")


def test_program_prints_any_letters_into_any_pipe(tmp_path: Path) -> None:
    """Regression: a pipe in an old encoding ended the import with a traceback."""
    path = write_jsonl(tmp_path / "a.jsonl", "A")
    arguments = ["import", path, "--into", tmp_path / "war.corpus", "--outlet", "Час"]
    ended = program(*arguments, PYTHONIOENCODING="ascii")
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert rb"\u0427\u0430\u0441 1" in ended.stdout


def test_json_is_ascii_for_any_pipe(run: Run, tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", "A")
    ended = run("import", path, "--into", tmp_path / "c", "--outlet", "Час", "--json")
    assert ended.out.isascii()
    assert json.loads(ended.out)["corpus"]["outlets"] == {"Час": 1}
