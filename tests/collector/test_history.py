"""One figure from bytes to report."""

import hashlib
import json

import pytest

from collector.domain.period import Quarter
from collector.history import History, NoSuchMeasure, histories
from collector.history_words import facts, lines
from tests.builders import PARTNERSHIP, Office, at, letter

Q1, Q2 = Quarter(2015, 1), Quarter(2015, 2)


def told(office: Office, code: str = "RO06", period: Quarter = Q2) -> History:
    with office.books.begin() as unit:
        (found,) = histories(unit, office.calendar, code, period)
    return found


@pytest.fixture
def asked(office: Office) -> Office:
    """A figure that was asked about, answered and sent out."""
    office.sends(at(5))
    office.says("yot", "RO06: 19% (15 of 52)", at(19))
    office.sends(at(19, 11))
    office.says("yot", "2", at(20))
    office.sends(at(20, 11))
    return office


def test_it_runs_from_the_bytes_to_what_was_sent_in_the_order_of_time(asked: Office) -> None:
    found = told(asked)
    whats = [event.what for event in found.events]
    steps = [
        "came in",
        "A question was asked",
        "Receipt was sent",
        "The question was answered",
        "Version 1 was recorded",
    ]
    places = [next(at for at, what in enumerate(whats) if step in what) for step in steps]
    assert places == sorted(places)
    assert [event.at for event in found.events] == sorted(event.at for event in found.events)
    assert (found.stands, found.why) == ("28.8% (15 of 52)", "Green: 28.8% meets the target, below 50%.")


def test_the_message_is_named_by_the_hash_of_its_bytes(office: Office) -> None:
    raw = letter("yot", "RO06: 42%", at(19))
    office.arrives(raw, at(19))
    office.processes(at(19))
    details = dict(next(event for event in told(office).events if "came in" in event.what).details)
    assert hashlib.sha256(raw).hexdigest() in details["bytes"]
    assert details["from"] == "Youth Offending Team Manager (Youth Justice)"
    version = dict(next(event for event in told(office).events if "Version 1" in event.what).details)
    assert "42%" in version["taken from"]
    assert version["reader"].startswith("text/")


def test_a_restated_figure_keeps_what_it_was_and_why(office: Office) -> None:
    office.says("da", "DA06: 360", at(12))
    office.says("da", "DA06: 350", at(13))
    office.says("da", "2", at(14))
    versions = [event for event in told(office, "DA06").events if event.what.startswith("Version")]
    assert [event.what for event in versions] == ["Version 1 was recorded: 360", "Version 2 was recorded: 350"]
    assert dict(versions[1].details)["was"] == "360"


def test_the_audit_lines_of_the_measure_and_its_round_are_there_and_no_others(asked: Office) -> None:
    asked.says("da", "DA06: 360", at(21))
    about = [dict(event.details)["about"] for event in told(asked).events if event.what.startswith("Audit")]
    assert about == [f"{Q2}", f"RO06 {Q2}", f"RO06 {Q2} v1"]


def test_what_was_loaded_says_so(office: Office) -> None:
    (message, version) = told(office, period=Q1).events
    assert dict(message.details)["how"] == "with the definition file"
    assert version.what == "Version 1 was recorded: 43%"


def test_a_figure_that_nothing_happened_to_shows_what_is_asked_for(office: Office) -> None:
    found = told(office, "SA01")
    assert (found.stands, found.owed_by) == ("nothing yet", "Director of Public Health (Public Health)")
    assert found.definitions[0].startswith("from Q3 2014-15 (Oct to Dec 2014): SA01, Percentage of opiate users")


def test_it_fits_a_terminal_of_100_columns(asked: Office) -> None:
    asked.says("da", "DA07: 91% " + "and a long explanation of how it came about " * 12, at(21))
    for code in ("RO06", "DA07"):
        assert max(map(len, lines(told(asked, code)))) <= 100


def test_what_people_wrote_can_not_steer_the_terminal(office: Office) -> None:
    office.says("yot", "RS08: we met \x1b[31mtwice\x1b[0m with the drivers' forum this quarter", at(20))
    assert all(line.isprintable() for line in lines(told(office, "RS08")))


def test_it_is_data_too(asked: Office) -> None:
    data = json.loads(json.dumps(facts(told(asked))))
    assert (data["code"], data["period"], data["rag"]) == ("RO06", "2015-16Q2", "green")
    assert data["events"][0]["at"].endswith("+01:00")


def test_a_code_that_nobody_knows_is_told_with_those_there_are(office: Office) -> None:
    with office.books.begin() as unit, pytest.raises(NoSuchMeasure, match="there are: DA06, DA07"):
        histories(unit, office.calendar, "XX9", Q2)
    assert PARTNERSHIP.definitions
