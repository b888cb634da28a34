"""Absence, handing over and reminders put off, as the coordinator types them."""

from bot.cli.books import MEDWAY
from tests.support.terminal import Run


def test_somebody_is_away_and_back_from_the_terminal(loaded: Run) -> None:
    code, out, err = loaded("people", "away", "yot", "--from", "2015-10-05", "--until", "2015-10-20", "--deputy", "dph")
    assert (code, err) == (0, "")
    assert "is away from 5 Oct 2015 to 20 Oct 2015." in out
    assert "Meanwhile the Director of Public Health is asked for" in out
    assert "Asked instead: Director of Public Health." in loaded("who-owes")[1]
    assert "is back and is written to again" in loaded("people", "back", "yot")[1]
    assert loaded("people", "back", "yot")[2].startswith("collector: ")


def test_an_indicator_is_handed_over_from_the_terminal_and_the_next_load_shows_it(loaded: Run) -> None:
    assert loaded("people", "hand-over", "RO06", "--from", "yot", "--to", "dph", "--why", "a new post")[0] == 0
    out = loaded("load", str(MEDWAY))[1]
    assert "kept from the books: RO06: the file names" in out
    assert "Nothing changes" in out


def test_reminders_are_put_off_from_the_terminal(loaded: Run) -> None:
    assert (
        loaded("people", "snooze", "yot", "--until", "2015-10-08")[1] == "The next reminder comes on Thu 8 Oct 2015.\n"
    )
    assert "A day is written like" in loaded("people", "snooze", "yot", "--until", "8 Oct")[2]


def test_status_says_how_complete_each_priority_is(loaded: Run) -> None:
    out = loaded("status")[1]
    assert "P1 Tackle substance and alcohol abuse: 0 of" in out
