"""What a person wrote, and nothing of what they quote."""

import pytest

from parsers.reply import own_words
from tests.support.processor import timed

OUTLOOK = "From: Coordinator <coordinator@example.org>\nSent: 20 October 2015 14:06\nTo: Officer\nSubject: Q2 figures\n"
REMINDER = "> 1. DA06 Referrals (Q1: 147)\n> 2. DA07 Repeat victims (Q1: 32%)\n"


def test_a_reply_without_quotes_is_kept_as_it_is() -> None:
    assert own_words("DA06 153\n\nDA07 91%\n") == "DA06 153\n\nDA07 91%"


def test_quoted_lines_and_their_introduction_go() -> None:
    body = f"DA06 153\n\nOn Tue, 20 Oct 2015 at 14:06, Coordinator <c@example.org> wrote:\n{REMINDER}"
    assert own_words(body) == "DA06 153"


def test_an_introduction_wrapped_over_three_lines_goes() -> None:
    body = (
        f"153\n\nOn Tue, 20 Oct 2015 at 14:06,\nCoordinator for the partnership\n<c@example.org> wrote:\n\n{REMINDER}"
    )
    assert own_words(body) == "153"


def test_an_introduction_in_another_language_goes() -> None:
    assert own_words("153\n\nAm 20.10.2015 um 14:06 schrieb Coordinator:\nDA06 147") == "153"


def test_a_quote_without_marks_goes() -> None:
    assert own_words("153\n\nOn 20 Oct 2015, at 14:06, C <c@example.org> wrote:\n\n1. DA06 (Q1: 147)") == "153"


@pytest.mark.parametrize("ruler", ["", "_" * 32 + "\n", "-----Original Message-----\n"])
def test_an_outlook_reply_keeps_only_its_top(ruler: str) -> None:
    assert own_words(f"DA06 153\n\n{ruler}{OUTLOOK}\n1. DA06 (Q1: 147)") == "DA06 153"


def test_bold_header_names_are_recognised() -> None:
    assert own_words("153\n\n*From:* C\n*Sent:* 20 October\n*To:* O\n*Subject:* Q2\n\nDA06 147") == "153"


def test_a_period_written_as_from_and_to_is_not_an_earlier_message() -> None:
    assert (
        own_words("DA06 153\nFrom: 1 July\nTo: 30 September\nDA07 91%")
        == "DA06 153\nFrom: 1 July\nTo: 30 September\nDA07 91%"
    )


def test_a_sentence_that_begins_with_on_is_not_an_introduction() -> None:
    assert own_words("On Monday the analyst wrote:\nDA06 153") == "On Monday the analyst wrote:\nDA06 153"


def test_a_line_drawn_by_hand_cuts_nothing() -> None:
    assert own_words(f"DA06 153\n{'_' * 32}\nDA07 91%") == f"DA06 153\n{'_' * 32}\nDA07 91%"


def test_answers_between_quoted_lines_keep_the_code_they_answer() -> None:
    body = "> 1. DA06 Referrals (Q1: 147)\n153\n> 2. DA07 Repeat victims (Q1: 32%)\n91% of 140\n"
    assert own_words(body) == "DA06: 153\nDA07: 91% of 140"


def test_an_answer_that_names_its_code_is_left_alone() -> None:
    assert own_words("> 1. DA06 Referrals\nDA07 is 91%\n> DA07 Repeats\n12\n") == "DA07 is 91%\nDA07: 12"


def test_an_answer_below_a_quoted_line_without_a_code_is_left_alone() -> None:
    assert own_words("> DA06 Referrals\n> Thank you for your help\n153\n> Regards\n12") == "153\n12"


def test_a_quoted_line_that_was_wrapped_is_followed_back_to_its_code() -> None:
    body = (
        "> 1. DA06 Referrals to the independent domestic violence adviser,\n> in the quarter (Q1: 147)\n153\n"
        "> 2. DA07 Repeats\n9\n"
    )
    assert own_words(body) == "DA06: 153\nDA07: 9"


def test_one_answer_below_a_whole_list_is_given_no_code() -> None:
    assert own_words(f"{REMINDER}\n153 and 91%") == "153 and 91%"
    assert own_words("> 1. DA06 Referrals\n\n> 2. DA07 Repeats\n\n153 and 91%") == "153 and 91%"


def test_a_reply_entirely_below_the_quote_is_kept() -> None:
    assert own_words(f"On 20 Oct 2015, at 14:06, C wrote:\n{REMINDER}\nDA06 153\nDA07 91%") == "DA06 153\nDA07 91%"


def test_words_above_and_between_keep_their_order() -> None:
    assert own_words("See below.\n\n> DA06 Referrals\n153\n> DA07 Repeats\n12") == "See below.\nDA06: 153\nDA07: 12"


def test_a_message_passed_on_without_a_word_keeps_its_text() -> None:
    assert own_words(f"{OUTLOOK}\nDA06 153\nDA07 91%") == "DA06 153\nDA07 91%"
    assert (
        own_words("---------- Forwarded message ---------\nFrom: A\nDate: Tue\nSubject: Q2\nTo: B\n\nDA06 153")
        == "DA06 153"
    )


def test_a_reply_without_a_word_is_not_filled_with_what_it_quotes() -> None:
    assert own_words(f"{OUTLOOK}\nDA06 147", forwarded=False) == ""
    assert own_words(REMINDER) == ""


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nPerformance officer\nCouncil",
        "Kind regards\n\nPerformance officer\nCouncil, 2nd floor, ME4 4TR\nTel: 01632 960 123 ext 45",
        "Many thanks,\nOfficer",
        "Many thanks, Officer",
        "Regards\nOfficer | 01632 960123 | officer@example.org\nwww.example.org",
        "Sent from my iPhone",
        "Get Outlook for iOS",
        "Tel: 01632 960123",
        "+44 1632 960123",
        "This email and any attachments are confidential and intended for\nthe addressee. Company 1234567.",
        "Thanks\n\nOfficer\n\nThis message is intended only for the person named, registered office 12 High Street",
    ],
)
def test_signatures_go(signature: str) -> None:
    assert own_words(f"DA06 153 (15 of 52)\nDA07 91%\n\n{signature}\n") == "DA06 153 (15 of 52)\nDA07 91%"


@pytest.mark.parametrize(
    "body",
    [
        "Many thanks\nDA06 153",
        "Hello\nThanks,\n\n153 and 91%",
        "Hello\nThanks\n\nNothing to report this quarter",
        "Hello\nThanks\n\nReferrals 153",
        "DA06 12\nKind regards\nOfficer\n\nPS DA07 is 91%",
        "DA06 12\n--\n15 of 52",
        "Hello\nThanks for the reminder, 153",
        "Thanks\nOfficer",
        "Sent from our records: 153",
        "This email is to say that we have nothing to report",
    ],
)
def test_when_in_doubt_a_line_is_kept(body: str) -> None:
    assert own_words(body) == body


def test_a_warning_that_a_gateway_put_on_top_goes() -> None:
    body = "CAUTION: This email originated from outside the organisation. Think before you click.\n\nDA06 153"
    assert own_words(body) == "DA06 153"


def test_a_signature_above_the_quote_goes_with_it() -> None:
    assert own_words(f"153\n\nKind regards\nOfficer\n\n{OUTLOOK}\nDA06 147") == "153"


HOSTILE_UNITS = [
    "a",
    "\n",
    ">\n",
    "> a\nb\n",
    "On \n",
    "On a\nb\n",
    "Thanks\n",
    "From: \n",
    "a:\n",
    " ",
    "T ",
    "\t>",
    "0",
]
HOSTILE_UNITS += ["0", "1 ", "- ", "_", "This email ", "> DA06\n\n", "> DA06 " + "x" * 60 + "\n1\n"]
HOSTILE_UNITS += ["2015/10/20" + " <@" * 40 + "\n"]


@pytest.mark.parametrize("unit", HOSTILE_UNITS)
def test_a_megabyte_of_anything_is_read_in_seconds(unit: str) -> None:
    seconds, _ = timed(lambda: own_words(unit * (1_000_000 // len(unit))))
    assert seconds < 8


def test_answers_between_marked_lines_below_a_header_are_kept() -> None:
    body = (
        "My answers are below.\n\nFrom: Returns <returns@example.org>\nSent: 6 January 2026\nTo: Harbour Office\n"
        "Subject: Figures\n\n> BT01 Boats towed\n\n41\n\n> BT02 Boats mended\n\n12 so far\n"
    )
    assert own_words(body) == "My answers are below.\nBT01: 41\nBT02: 12 so far"
