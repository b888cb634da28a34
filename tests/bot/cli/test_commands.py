"""The terminal door, command by command, as somebody types them."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from bot.cli.books import MEDWAY
from collector.books import MAILBOX
from collector.domain.period import Quarter
from collector.domain.submission import Inbound
from storage.books import open_books
from tests.builders import OPENS, letter
from tests.builders import at as moment
from tests.support.terminal import Run


def write(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def ingested(run: Run, *words: str) -> list[dict[str, Any]]:
    code, out, err = run("ingest", "--dry-run", "--json", *words)
    assert code == 0, err
    return [json.loads(line) for line in out.splitlines()]


def test_help_names_every_command(run: Run) -> None:
    code, out, _ = run("--help")
    assert code == 0
    for name in ("demo", "run", "load", "status", "remind", "ingest", "record", "read", "digest"):
        assert name in out


def test_a_command_that_does_not_exist_ends_with_2(run: Run) -> None:
    code, _, err = run("frobnicate")
    assert code == 2
    assert "frobnicate" in err


def test_load_shows_what_changes_before_it_changes_it(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("load", str(MEDWAY), "--dry-run")
    assert code == 0
    assert "would change" in out
    assert "No partnership" in run("status")[2]
    assert "changed." in run("load", str(MEDWAY))[1]
    assert "Nothing changes" in run("load", str(MEDWAY))[1]
    changed = MEDWAY.read_text(encoding="utf-8").replace("Chair of the Partnership", "Chair of the Board")
    file = write(tmp_path, "medway.yaml", changed)
    write(tmp_path, "history.csv", (MEDWAY.parent / "history.csv").read_bytes())
    _, out, _ = run("load", file, "--dry-run")
    assert out.splitlines() == [
        "person chair: title was Chair of the Partnership, now Chair of the Board",
        "1 would change.",
    ]


def test_a_file_that_is_wrong_is_told_line_by_line_with_exit_code_1(run: Run, tmp_path: Path) -> None:
    code, out, err = run("load", write(tmp_path, "bad.yaml", "id: x\nindicators: 3\n"))
    assert (code, out) == (1, "")
    assert "bad.yaml line" in err


def test_another_partnerships_file_is_refused(loaded: Run, tmp_path: Path) -> None:
    other = MEDWAY.read_text(encoding="utf-8").replace("id: medway\n", "id: elsewhere\n", 1)
    write(tmp_path, "history.csv", (MEDWAY.parent / "history.csv").read_bytes())
    code, _, err = loaded("load", write(tmp_path, "other.yaml", other))
    assert code == 1
    assert "Use other books" in err


def test_run_names_every_missing_setting_and_how_to_set_it(loaded: Run) -> None:
    code, _, err = loaded("run")
    assert code == 1
    for name in ("IMAP_HOST", "IMAP_USER", "IMAP_PASSWORD", "SMTP_HOST", "MAIL_BORDER"):
        assert f"  {name}: " in err
    assert "in a .env file" in err


def test_a_setting_that_can_not_be_used_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMAP_PORT", "many")
    code, _, err = run("status")
    assert code == 1
    assert "IMAP_PORT" in err


WITH_PAPERS = "timetable:\n  papers: [{quarter: 2015-16Q2, seg: %s}]\n"


def test_timetable_shows_the_dates_backwards_from_seg(run: Run, tmp_path: Path) -> None:
    file = MEDWAY.read_text(encoding="utf-8").replace("timetable:\n", WITH_PAPERS % "2015-12-10", 1)
    write(tmp_path, "history.csv", (MEDWAY.parent / "history.csv").read_bytes())
    assert "changed." in run("load", write(tmp_path, "medway.yaml", file))[1]
    _, out, _ = run("timetable")
    lines = out.splitlines()
    assert lines[0] == "Q2 2015-16 (Jul to Sep 2015)"
    assert "  publication: Wed 2 Dec 2015, in 42 working days" in lines
    assert "  SEG: Thu 10 Dec 2015, in 48 working days" in lines
    assert "Q3 2015-16 (Oct to Dec 2015)" in lines


def test_a_timetable_that_can_not_be_kept_is_not_loaded(run: Run, tmp_path: Path) -> None:
    file = MEDWAY.read_text(encoding="utf-8").replace("timetable:\n", WITH_PAPERS % "2015-10-15", 1)
    write(tmp_path, "history.csv", (MEDWAY.parent / "history.csv").read_bytes())
    code, out, err = run("load", write(tmp_path, "medway.yaml", file))
    assert (code, out) == (1, "")
    assert "the round would open on 2 Sep 2015, before the quarter's end, 30 Sep 2015" in err
    assert "No partnership" in run("status")[2]


def test_status_shows_what_is_out_and_with_whom(loaded: Run) -> None:
    code, out, _ = loaded("status")
    assert code == 0
    assert "Q2 2015-16 (Jul to Sep 2015), due 5pm Fri 23 Oct 2015: 0 of 35 in" in out
    assert "Assistant Director of Community Engagement" in out


def test_release_shows_what_waits_and_lets_it_go(loaded: Run, tmp_path: Path) -> None:
    assert loaded("release", "list")[1] == "Nothing waits for release.\n"
    assert loaded("release", "hold", "1")[1].startswith("Held: 1: reminder to ")
    _, listed, _ = loaded("release", "list")
    assert listed.startswith("1: reminder to ")
    assert "beginning with \u201cA new way of collecting.\u201d" not in listed
    assert loaded("release", "cover", "1", "A new way of collecting.")[0] == 0
    assert "beginning with \u201cA new way of collecting.\u201d" in loaded("release", "list")[1]
    assert "Say which message, or --all" in loaded("release", "send")[2]
    assert loaded("release", "send", "--all")[1].startswith("Released: 1: reminder to ")
    assert loaded("release", "send", "1")[::2] == (
        1,
        "collector: Message 1 does not wait for release: it is about to go.\n",
    )
    loaded("release", "hold", "1")
    assert loaded("release", "drop", "1", "--why", "they know")[1].startswith("Dropped: 1: reminder to ")


def test_remind_dry_run_shows_the_next_30_days_with_reasons(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("load", str(MEDWAY))
    monkeypatch.setenv("COLLECTOR_CLOCK", "2015-10-02T09:00")
    _, out, _ = run("remind", "--dry-run")
    assert (
        "Mon 5 Oct 2015 09:00  Assistant Director of Community Engagement: reminder: RS03, RS08 (the round opens)"
        in out
    )
    assert (
        "Fri 23 Oct 2015 09:00  Assistant Director of Community Engagement: reminder: RS03, RS08 (due today and not in)"
        in out
    )
    assert "Fri 30 Oct 2015 12:00  Chair of the Partnership: digest (weekly while the round is open)" in out
    assert "No round is open yet" in run("status")[1]


def test_ingest_puts_a_file_on_the_books_and_status_shows_it(loaded: Run, tmp_path: Path) -> None:
    file = write(tmp_path, "reply.txt", "DA06 153\n")
    assert "recorded" in loaded("ingest", file, "--from", "safer-communities")[1]
    assert "taken in before" in loaded("ingest", file, "--from", "safer-communities")[1]
    assert "1 of 35 in" in loaded("status")[1]


def test_ingest_dry_run_leaves_the_books_alone(loaded: Run, tmp_path: Path) -> None:
    told = ingested(loaded, write(tmp_path, "reply.txt", "DA06 153\n"), "--from", "safer-communities")[0]
    assert told["outcome"] == "recorded"
    assert told["figures"][0]["value"] == 153
    assert "0 of 35 in" in loaded("status")[1]


def test_ingest_takes_the_sender_from_the_mail_and_asks_where_there_is_none(run: Run, tmp_path: Path) -> None:
    mail = letter("safer-communities@council.example.org", "DA06 153\nDA07 91%", moment(6))
    told = ingested(run, write(tmp_path, "a.eml", mail), write(tmp_path, "b.txt", "DA06 153"))
    assert [one["outcome"] for one in told] == ["recorded", "asked"]
    assert [figure["code"] for figure in told[0]["figures"]] == ["DA06", "DA07"]
    assert "--from" in told[1]["reason"]


def test_ingest_answers_for_every_file_whatever_it_holds(run: Run, tmp_path: Path) -> None:
    files = {
        "empty.txt": b"",
        "noise.eml": bytes(range(256)) * 50,
        "stranger.eml": letter("somebody@elsewhere.example.org", "DA06 153", moment(6)),
        "away.eml": letter("safer-communities@council.example.org", "Away", moment(6), Auto_Submitted="auto-replied"),
        "bomb.eml": b"From: safer-communities@council.example.org\r\nDate: Tue, 6 Oct 2015 10:00:00 +0100\r\nTo: "
        + b"(" * 20000
        + b"\r\n\r\nDA06 1",
        "huge.eml": b"From: safer-communities@council.example.org\r\nSubject: x\r\n\r\n" + b"x" * 30_000_000,
        "asked.eml": letter("safer-communities@council.example.org", "DA06 about 150 or 160", moment(6)),
    }
    told = ingested(
        run, *(write(tmp_path, name, content) for name, content in files.items()), str(tmp_path / "none.eml")
    )
    outcomes = {Path(one["file"]).name: one["outcome"] for one in told}
    assert outcomes["away.eml"] == "ignored"
    assert outcomes["stranger.eml"] == outcomes["huge.eml"] == outcomes["bomb.eml"] == outcomes["none.eml"] == "refused"
    assert outcomes["asked.eml"] == "asked"
    assert all(set(one) == {"file", "outcome", "reason", "figures", "queries"} for one in told)
    assert not any(one["figures"] for one in told)
    assert "25 MB" in next(one["reason"] for one in told if one["file"].endswith("huge.eml"))


def test_record_enters_a_figure_on_behalf_and_plans_a_confirmation(loaded: Run, tmp_path: Path) -> None:
    code, out, _ = loaded("record", "DA06", "153", "--said-by", "Head of Safer Communities")
    assert code == 0
    assert out == (
        "Recorded DA06 153, said by telephone by Head of Safer Communities; a confirmation goes to them.\n"
    ), "what is said to them is not said to the coordinator"
    with sqlite3.connect(tmp_path / "collector.db") as books:
        figure = books.execute("SELECT value, person, door FROM figure WHERE measure = 'DA06' AND period = '2015-16Q2'")
        assert figure.fetchall() == [("153", "safer-communities", "record")]
        planned = books.execute("SELECT person FROM outbox WHERE dedupe_key LIKE 'answer:%'").fetchall()
    assert planned == [("safer-communities",)]
    _, out, _ = loaded("record", "RO06", "28.8% (15 of 52)", "--said-by", "yot")
    assert out.startswith("Recorded RO06 28.8% (15 of 52), said by telephone")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("DA06", "lots", "--said-by", "safer-communities"), "Nothing was recorded"),
        (("DA06", "153", "--said-by", "nobody"), "Nobody is registered as 'nobody'"),
        (("ZZ99", "153", "--said-by", "safer-communities"), "Nothing was recorded"),
    ],
)
def test_record_says_why_it_could_not(loaded: Run, words: tuple[str, ...], told: str) -> None:
    code, _, err = loaded("record", *words)
    assert code == 1
    assert told in err


def test_read_shows_what_is_taken_from_which_words(run: Run, tmp_path: Path) -> None:
    file = write(tmp_path, "reply.txt", "DA06 153\nDA07: 0.91\n")
    _, out, _ = run("read", file, "--from", "safer-communities")
    assert "DA06: recorded, from" in out
    assert "DA07: asked, from" in out
    assert "asked because" in out
    assert run("read", file)[0] == 1


def test_digest_preview_shows_the_page_and_sends_nothing(loaded: Run, tmp_path: Path) -> None:
    code, out, _ = loaded("digest", "--preview", "--html", str(tmp_path / "digest.html"))
    assert code == 0
    assert "UNPUBLISHED, NOT FOR QUOTATION" in out.upper()
    assert "<html" in (tmp_path / "digest.html").read_text(encoding="utf-8")
    assert loaded("digest")[0] == 1


def test_a_file_that_cant_be_opened_is_told_with_its_reason(run: Run, tmp_path: Path) -> None:
    code, _, err = run("read", write(tmp_path, "return.xlsx", b"PK\x03\x04"), "--from", "yot")
    assert code == 1
    assert "return.xlsx: the file is damaged or incomplete" in " ".join(err.split())


def test_a_file_without_a_sender_is_read_once_its_sender_is_said(loaded: Run, tmp_path: Path) -> None:
    file = write(tmp_path, "reply.txt", "DA06 153\n")
    assert "asked" in loaded("ingest", file)[1]
    assert "recorded" in loaded("ingest", file, "--from", "safer-communities")[1]
    assert "1 of 35 in" in loaded("status")[1]


def test_a_command_never_works_through_mail_that_nobody_vouched_for(loaded: Run, tmp_path: Path) -> None:
    books = open_books(f"sqlite:///{tmp_path / 'collector.db'}")
    forged = letter("yot@council.example.org", "RO06 43%", moment(6))
    with books.begin() as unit:
        unit.inbox.keep(Inbound("mail", "mail:x:1:1", moment(6), forged, len(forged)), unit.blobs.put(forged))
    loaded("record", "DA07", "91%", "--said-by", "safer-communities")
    with books.begin() as unit:
        assert unit.inbox.waiting() == 1
        assert set(unit.figures.current(Quarter(2015, 2))) == {"DA07"}
    books.close()


def test_the_demo_does_not_touch_books_it_did_not_make(loaded: Run, tmp_path: Path) -> None:
    code, _, err = loaded("demo", "--output", str(tmp_path))
    assert code == 1
    assert "Give it another folder" in err
    assert "0 of 35 in" in loaded("status")[1]


@pytest.mark.parametrize(
    "words", [("read", "/nope", "--from", "safer-communities"), ("digest", "--preview", "--html", "/nope/x")]
)
def test_a_file_that_can_not_be_used_is_told_in_one_line(loaded: Run, words: tuple[str, ...]) -> None:
    code, _, err = loaded(*words)
    assert code == 1
    assert err.count("\n") == 1
    assert "/nope" in err


def test_run_once_without_a_mailbox_says_so_and_still_sends(loaded: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {"IMAP_HOST": "127.0.0.1", "IMAP_PORT": "1", "IMAP_SECURITY": "none", "IMAP_USER": "x"}
    settings |= {"IMAP_PASSWORD": "x", "SMTP_HOST": "127.0.0.1", "SMTP_PORT": "1", "SMTP_SECURITY": "none"}
    for name, value in (settings | {"MAIL_BORDER": "none"}).items():
        monkeypatch.setenv(name, value)
    code, _, err = loaded("run", "--once")
    assert code == 0
    assert "mailbox down" in err
    assert "postponed" in err


def test_targets_are_listed_with_what_they_mean_and_who_confirmed_it(loaded: Run) -> None:
    code, out, _ = loaded("targets", "list")
    assert code == 0
    assert "\u201cBelow 28% CAADA benchmark\u201d: Below 28%, the CAADA benchmark.\n  confirmed by Community" in out
    assert "NI196a from 2014-15Q3, fly tipping: \u201c5% reduction\u201d: At least 5% lower than the same period" in out
    assert "without effect until confirmed" in out
    assert "Below 28%" not in loaded("targets", "list", "--open")[1]


def test_a_target_is_confirmed_by_name_and_the_audit_says_so(loaded: Run, tmp_path: Path) -> None:
    words = ("targets", "confirm", "NI196a", "--by", "Community Safety Coordinator", "--why", "Agreed by SEG.")
    code, out, _ = loaded(*words)
    assert code == 0
    assert out.startswith(
        "Confirmed by Community Safety Coordinator: NI196a, \u201c5% reduction\u201d: At least 5% lower"
    )
    with sqlite3.connect(tmp_path / "collector.db") as books:
        row = books.execute("SELECT actor, reason FROM audit WHERE action = 'target confirmed'").fetchone()
    assert row[0] == "coordinator"
    assert row[1].endswith("to date. Agreed by SEG.")
    assert "NI196a" not in loaded("targets", "list", "--open")[1]
    assert "Nothing changes" in loaded("load", str(MEDWAY))[1]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("ZZ99", "--by", "coordinator"), "No measure has the code 'ZZ99'"),
        (("NI196a", "--by", "nobody"), "Nobody is registered as 'nobody'"),
        (("RS01", "--by", "coordinator"), "Say which: --from 2014-15Q3, --from 2015-16Q1"),
        (("NI196a", "--by", "coordinator", "--from", "soon"), "a quarter is written like"),
        (("DA08", "--by", "coordinator"), "nothing to confirm: confirmed by Community Safety Coordinator"),
    ],
)
def test_a_target_that_can_not_be_confirmed_says_why(loaded: Run, words: tuple[str, ...], told: str) -> None:
    code, _, err = loaded("targets", "confirm", *words)
    assert code == 1
    assert told in err


# Closing the round


def test_a_correction_that_waits_for_the_coordinator_is_said_to_wait_and_not_to_be_lost(
    loaded: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert loaded("record", "DA06", "153", "--said-by", "safer-communities")[0] == 0
    assert loaded("round", "freeze")[0] == 0
    monkeypatch.setenv("COLLECTOR_CLOCK", "2015-10-05T10:00")
    code, out, err = loaded("record", "DA06", "155", "--said-by", "safer-communities")
    assert (code, err) == (0, "")
    assert "your correction of DA06: 155 (now 153)" in out


def test_a_round_is_frozen_locked_and_opened_again_from_the_terminal(loaded: Run) -> None:
    assert "is frozen" in loaded("round", "freeze")[1]
    assert "is locked, snapshot 1" in loaded("round", "lock", "--why", "SEG has met")[1]
    code, _, err = loaded("round", "reopen")
    assert (code, "Say why" in err) == (1, True)
    assert "is open again for Q2 2015-16" in loaded("round", "reopen", "da06", "--why", "a miscount")[1]
    assert "is open again. Reason: all of it." in loaded("round", "reopen", "--why", "all of it")[1]
    out = loaded("round", "status")[1]
    assert "Q2 2015-16 (Jul to Sep 2015) is open" in out
    assert "not signed off" in out
    assert "Locked on Mon 5 Oct 2015, snapshot 1, sha256" in out


def test_an_earlier_round_is_named_by_its_quarter(loaded: Run) -> None:
    code, _, err = loaded("round", "lock", "--period", "2014-15Q1")
    assert (code, "no round is open for Q1 2014-15" in err) == (1, True)


def test_only_its_lead_signs_a_priority(loaded: Run) -> None:
    assert "Say who signs" in loaded("sign", "P1")[2]
    assert "no priority of this plan" in loaded("sign", "P99", "--by", "dph")[2]


def test_a_figure_is_sent_back_with_its_reason(loaded: Run) -> None:
    assert loaded("record", "RO06", "28.8% (15 of 52)", "--said-by", "yot")[0] == 0
    assert "Say why RO06 is sent back" in loaded("send-back", "RO06")[2]
    code, out, err = loaded("send-back", "RO06", "--why", "one child is counted twice")
    assert (code, err) == (0, "")
    assert out.startswith("RO06 (28.8% (15 of 52)) is sent back to the ")


def test_status_shows_since_when_the_mailbox_can_not_be_read(loaded: Run, tmp_path: Path) -> None:
    books = open_books(f"sqlite:///{tmp_path / 'collector.db'}")
    with books.begin() as unit:
        unit.outages.begin(MAILBOX, OPENS, "The mail server is away.")
    books.close()
    out = loaded("status")[1]
    assert "The mailbox can't be read since 9am Mon 5 Oct 2015." in out
    assert "The mail server is away." in out
