"""What people tell the collector to do: read from one line in so many words, and from nothing less."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.domain.orders import (
    AskForTime,
    Away,
    Back,
    ChangeDefinitions,
    Decide,
    Decline,
    Doubtful,
    Drop,
    Extend,
    ForRound,
    Freeze,
    HandOver,
    Hold,
    LegalCheckDone,
    Lock,
    OnBehalf,
    OpenRound,
    Order,
    PublishWords,
    PutBefore,
    Release,
    Reopen,
    SendBack,
    SendDefinitions,
    SendHistory,
    SendRound,
    SignOff,
    Snooze,
    Status,
    WhoOwes,
)
from collector.domain.period import Quarter
from parsers.orders import read_orders

TODAY = date(2015, 10, 6)


TEXT = "Publication text for DA06 for Q2 2015-16, needs a legal check: 153 clients were offered support."


def test_a_text_for_publication_goes_on_to_the_end_of_its_paragraph() -> None:
    said = f"{TEXT}\nNot all of them: 3% declined.\n\nDA07: 91%\nlegal check done for DA06"
    told = read_orders(said, TODAY)
    words = "153 clients were offered support. Not all of them: 3% declined."
    text = ForRound(PublishWords("DA06", words, legal_check=True), Quarter(2015, 2))
    assert told.orders == (text, LegalCheckDone("DA06"))
    assert told.rest.strip() == "DA07: 91%"


def test_a_text_for_publication_of_which_nobody_can_say_whose_it_is_does_nothing() -> None:
    told = read_orders("publication text for referrals: 153 clients\nwere helped", TODAY)
    assert (len(told.orders), type(told.orders[0]), told.rest) == (1, Doubtful, "")
    assert read_orders("The publication text for DA06 is late", TODAY).orders == ()


@pytest.mark.parametrize(
    ("words", "order"),
    [
        ("Signed off", SignOff()),
        ("sign-off", SignOff()),
        ("I'm happy to sign off, thanks", SignOff()),
        ("Sign off P4", SignOff("P4")),
        ("Signed off for domestic abuse.", SignOff("domestic abuse")),
        ("P4 signed off", SignOff("P4")),
        ("Please sign off P4. Thanks!", SignOff("P4")),
        ("Send back DA06: these are the figures for Q1", SendBack("DA06", "these are the figures for Q1")),
        ("Could you send da 06 back because the counts are missing", SendBack("DA06", "the counts are missing")),
        ("Freeze", Freeze()),
        ("freeze the round", Freeze()),
        ("Lock", Lock()),
        ("Please lock the round, thanks", Lock()),
        ("lock the round: SEG meets tomorrow", Lock("SEG meets tomorrow")),
        ("Reopen DA06: the police sent a corrected count", Reopen("DA06", "the police sent a corrected count")),
        ("reopen the round because P3 was wrong", Reopen("", "P3 was wrong")),
        ("unlock", Reopen("", "")),
        ("Open the round for Q3 2015-16", OpenRound(Quarter(2015, 3))),
        ("status", Status()),
        ("Where are we?", Status()),
        ("Who owes what?", WhoOwes()),
        ("what is still outstanding?", WhoOwes()),
        ("What do I owe?", WhoOwes()),
        ("Hand over DA06 to the Medway Commander", HandOver(("DA06",), "the Medway Commander")),
        (
            "hand over DA06, DA07 and RS08 to yot@youth.example.org",
            HandOver(("DA06", "DA07", "RS08"), "yot@youth.example.org"),
        ),
        ("Please hand everything over to Director of Public Health", HandOver((), "Director of Public Health")),
        ("DA06 is now reported by the Medway Commander", HandOver(("DA06",), "the Medway Commander")),
        ("The Medway Commander does DA06 now", HandOver(("DA06",), "The Medway Commander")),
        ("On behalf of Medway Commander: DA06 153, DA07 91%", OnBehalf("Medway Commander", "DA06 153, DA07 91%")),
        ("release all", Release()),
        ("Release 12, 14 and 15", Release((12, 14, 15))),
        ("hold message 12", Hold((12,))),
        ("drop #12", Drop((12,))),
        ("Decline DA06: the earlier count was right", Decline("DA06", "the earlier count was right")),
        ("accept request 3: SEG 12 Jan", Decide(3, True, "SEG 12 Jan")),
        ("reject change request 3 because SEG keeps it", Decide(3, False, "SEG keeps it")),
        ("Remind me tomorrow", Snooze(date(2015, 10, 7))),
        ("please remind me again on Friday, thanks", Snooze(date(2015, 10, 9))),
        ("Remind me next week", Snooze(date(2015, 10, 12))),
        ("remind me in two days", Snooze(date(2015, 10, 8))),
        (
            "I'm on leave until 16 October, the Medway Commander covers",
            Away("", TODAY, date(2015, 10, 16), "the Medway Commander"),
        ),
        ("I'm back", Back()),
        ("I\u2019m back at work today, thanks", Back()),
        ("Back", Back()),
        ("I am back from annual leave", Back()),
        ("Hello, I'm now back in the office.", Back()),
        ("The Medway Commander is back", Back("The Medway Commander")),
        ("yot@youth.example.org is back from leave", Back("yot@youth.example.org")),
        (
            "Could we please have an extension until 30 October for DA06, DA07 & RS08?",
            AskForTime(("DA06", "DA07", "RS08"), date(2015, 10, 30)),
        ),
        (
            "extend DA06 and DA07 to 30 October for the YOT Manager",
            Extend(("DA06", "DA07"), date(2015, 10, 30), "the YOT Manager"),
        ),
        ("remind the YOT Manager on Friday", Snooze(date(2015, 10, 9), "the YOT Manager")),
        ("release all except 12", Release((), (12,))),
        ("cover 4: SEG has agreed", PutBefore(4, "SEG has agreed")),
        ("definitions", SendDefinitions()),
        ("Change the definitions: SEG 12 January", ChangeDefinitions("SEG 12 January")),
        ("please apply the definitions because SEG agreed", ChangeDefinitions("SEG agreed")),
        ("change the definitions from Q4 2015-16: SEG", ChangeDefinitions("SEG", Quarter(2015, 4))),
        ("change definitions from Q4 2015-16 (Jan to Mar 2016)", ChangeDefinitions("", Quarter(2015, 4))),
        ("Please send me the definitions as a workbook", SendDefinitions()),
        ("export", SendRound()),
        ("Send me the whole round as a workbook please", SendRound()),
        ("export the round for Q4 15/16", SendRound(Quarter(2015, 4))),
        ("export the round for 2015-16 Q2", SendRound(Quarter(2015, 2))),
        ("history DA06", SendHistory("DA06")),
        ("History of DA06 for Q1 2015-16", SendHistory("DA06", Quarter(2015, 1))),
    ],
)
def test_an_order_is_read_from_one_line_in_so_many_words(words: str, order: Order) -> None:
    told = read_orders(words, TODAY)
    assert (told.orders, told.rest.strip()) == ((order,), "")


@pytest.mark.parametrize(
    "words",
    [
        "Not signed off yet",
        "I can't sign off P4 until the counts are in",
        "We signed off 14 of 20 plans",
        "DA06: 153 plans were signed off",
        "Don't lock the round",
        "The officer owes 12 hours of leave",
        "12 of the 14 are on hold",
        "Premises were reopened: 14",
        "Status of the 14 cases: 3 open, 11 closed",
        "Hand over fist: 14",
        "The team releases 12 figures a year",
        "no change in definitions",
        "The scheme is back on track",
        "I'll be back",
        "The Medway Commander is not back",
        "The 12 are back",
        "I'll get back to you",
        "We changed the definitions: burglary now includes sheds",
        "don't change the definitions: SEG",
        "“change the definitions:” and the reason, on a line of its own.",
        "DA06 153",
        "done",
        "yes",
        "Release of 12 prisoners",
        "",
    ],
)
def test_figures_and_prose_are_no_orders(words: str) -> None:
    assert read_orders(words, TODAY).orders == ()
    assert read_orders(words, TODAY).rest == words


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ("Signed off. DA07 looks low, but the team has explained.", "DA07 looks low, but the team has explained."),
        ("Signed off, thanks. I have queried RO06 with the YOT.", "I have queried RO06 with the YOT."),
        ("Hi, all fine from me - signed off.", ""),
    ],
)
def test_a_signature_stands_beside_a_remark_on_the_same_line(words: str, rest: str) -> None:
    read = read_orders(words, TODAY)
    assert (read.orders, read.rest) == ((SignOff(),), rest)


@pytest.mark.parametrize(
    "words",
    [
        "Not happy with DA06 (wrong counts). Otherwise signed off",
        "Signed off. Except DA06.",
        "DA07 needs another look. Apart from that, signed off",
        "Signed off. I am happy with all of it apart\nfrom DA06.",
    ],
)
def test_a_signature_with_an_exception_signs_nothing_and_is_left_to_be_read(words: str) -> None:
    read = read_orders(words, TODAY)
    assert [bool(order.doubtful) for order in read.orders if isinstance(order, SignOff)] == [True]
    assert read.rest == words


def test_orders_stand_among_figures_which_are_left_to_their_reader() -> None:
    told = read_orders("Hello,\nDA06 153\nsign off P4\nDA07: 91%\nsend back RS08: wrong quarter", TODAY)
    assert told.orders == (SignOff("P4"), SendBack("RS08", "wrong quarter"))
    assert told.rest == "Hello,\nDA06 153\nDA07: 91%"


def test_a_line_that_speaks_of_leave_and_of_a_figure_is_left_to_the_reader_too() -> None:
    told = read_orders("DA06: 153. I am on leave until 16 October.", TODAY)
    assert told.rest == "DA06: 153. I am on leave until 16 October."
    assert told.orders == (Away("", TODAY, date(2015, 10, 16)),)


def test_a_message_of_hostile_length_holds_no_order_and_is_left_whole() -> None:
    text = "please " * 20_000 + "lock"
    assert read_orders(text, TODAY).rest == text


@given(st.text(max_size=200))
def test_any_text_is_read_without_a_fault_and_without_loss(text: str) -> None:
    told = read_orders(text, TODAY)
    assert told.orders or told.rest == text
