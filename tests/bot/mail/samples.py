"""Messages as the rules make them, one for each way a letter can look. Roles and figures, never names."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from collector.books import OutboxRow, OutboxState, Planned
from collector.domain.period import Quarter
from collector.domain.rag import Rag
from collector.messages import (
    Board,
    Choice,
    Digest,
    DigestLine,
    LateChanges,
    Message,
    Moved,
    MovedPoint,
    Notice,
    OrganisationCount,
    OwedLine,
    Question,
    Receipt,
    RecordedLine,
    Reminder,
    SignedPriority,
    SignOffLine,
    SignOffPart,
    SignOffSheet,
    WeekLine,
    WeekSummary,
)

Q2 = Quarter(2015, 2)
DUE = datetime(2015, 10, 23, 16, 0, tzinfo=UTC)  # 5pm in London: summer time ends two days later
TOKEN = "3f9a1c77e0b24d5a8c6e21d4b0"

_OWED = (
    OwedLine(
        1,
        "ASB02",
        "Reduction in repeat victims of anti-social behaviour",
        "per cent up or down, with the two figures",
        "Q1: 6% reduction",
        "5% reduction",
    ),
    OwedLine(
        2, "ASB05", "Community Trigger responses within the time agreed", "per cent, with its counts", "Q1: 100%", "95%"
    ),
    OwedLine(3, "SA01", "Opiate users leaving treatment successfully", "per cent, with its counts", "", "8.2%"),
    OwedLine(
        4,
        "SA07",
        "Hospital alcohol project",
        "a sentence on progress",
        target="Hospital alcohol project launched with full evaluation process in place",
    ),
)

_SINCE_APRIL = Question(
    "SA05",
    "People referred who completed alcohol treatment",
    "since April, 117 of 144 (81%)",
    ("You wrote 'since April', 117 of 144 (81%), and the round is for Q2 2015-16 (Jul to Sep 2015).",),
    (
        Choice(1, "81% (117 of 144), to date; Q2 alone is not available"),
        Choice(2, "81% (117 of 144), for Q2 alone"),
    ),
)
_DISAGREES = Question(
    "RO04",
    "Re-offending by young people within 6 months",
    "19% (15 of 52)",
    ("You gave 19% and also 15 of 52, which is 28.8%.",),
    (Choice(3, "19%"), Choice(4, "28.8% (15 of 52)")),
)


def reminder(days_left: int, opening: bool = False, **changes: Any) -> Reminder:
    """A reminder of four figures."""
    given: dict[str, Any] = {"owed": _OWED, **changes}
    return Reminder("Medway Commander", Q2, DUE, days_left, opening, **given)


RECEIPT = Receipt(
    reference="R-4M7PQ2",
    at=datetime(2015, 10, 20, 13, 6, tzinfo=UTC),
    to="Youth Offending Team Manager",
    period=Q2,
    recorded=(
        RecordedLine(
            "RO01",
            "First-time entrants to the youth justice system",
            "320 per 100,000",
            last="Q1: 383",
            target="Below 450 per 100,000",
            rag=Rag.GREEN,
            why="Green: 320 is below 450.",
        ),
        RecordedLine(
            "RO04",
            "Re-offending by young people within 6 months",
            "28.8% (15 of 52)",
            before="19%",
            last="Q1: 43%",
            target="Below 50%",
            rag=Rag.GREEN,
            why="Green: 28.8% is below 50%.",
            note="I read the wrong line of the sheet.",
        ),
        RecordedLine(
            "DA08",
            "Repeat victimisation",
            "33.7%",
            last="Q1: 32%",
            target="28% or less",
            rag=Rag.RED,
            why="Red: 33.7% is above 28%, by more than 5% of it.",
        ),
        RecordedLine(
            "RO03",
            "Young people in suitable accommodation",
            "not available until 1 Dec 2015",
            target="95%",
            note="the housing return comes twice a year",
        ),
        RecordedLine(
            "RO05",
            "Engaged in education, training or employment",
            "88.9% (8 of 9)",
            target="90%",
            rag=Rag.AMBER,
            why="Amber: 88.9% misses 90% by no more than 5% of it; only 9 in the denominator.",
            changed=False,
        ),
    ),
    questions=(_DISAGREES, _SINCE_APRIL),
    notes=("14 of 99 is 14.1%; you gave 14.2%. The computed figure is recorded.",),
    still_owed=(OwedLine(6, "RO06", "Looked-after children who offend", "per cent, with its counts", "Q1: 3%"),),
)

_DOMESTIC_ABUSE = SignOffPart(
    "P4",
    "Tackle domestic abuse",
    (
        SignOffLine(
            "DA08",
            "Repeat victimisation",
            "33.7% (31 of 92)",
            1,
            "Kent Police",
            "Q1: 32%",
            "28% or less",
            Rag.RED,
            "Red: 33.7% misses the target, 28% or less, and its tolerance (to 29.4%).",
            "Two families came back more than twice.",
        ),
        SignOffLine(
            "DA06",
            "Referrals to specialist services",
            "153",
            1,
            "Council",
            "Q1: 135",
            remarks=("DA06: 153 is 13% up on Q1 (135).",),
            why="No colour: nobody has confirmed yet what the target, \u201c340 by half-year\u201d, means.",
        ),
    ),
)
_ROADS = SignOffLine(
    "RS08",
    "Reckless driving discussions",
    "progress noted",
    1,
    "Safer Journeys",
    note="Held on 3 September.",
    signed=True,
)

SAMPLES: dict[str, Message] = {
    "reminder-opening": reminder(
        14,
        opening=True,
        awaiting=("5. SA01 Opiate treatment completed: its source publishes about 25 Nov 2015",),
        came_of=(
            "Last quarter ASB02 was Red; you planned: a second patrol, by 30 Sep. What came of it?"
            " Reply: ASB02 Outcome: ...",
        ),
    ),
    "reminder-before": reminder(
        3,
        to_answer=(_SINCE_APRIL,),
        owed=(*_OWED[:2], OwedLine(3, "SA05", _SINCE_APRIL.title, "per cent, with its counts", "Q1: 78%", "75%")),
    ),
    "reminder-standing-in": reminder(
        3,
        owed=(
            _OWED[0],
            replace(_OWED[1], number=0),
            OwedLine(0, "RO04", _DISAGREES.title, "per cent", "Q1: 43%", "50%"),
        ),
        standing_in=("The Youth Offending Team Manager is away until 26 Oct 2015: you stand in for ASB05 and RO04.",),
        to_answer=(
            replace(
                _DISAGREES,
                quoted="",
                choices=(),
                reasons=(
                    "The Youth Offending Team Manager wrote: \u201c19% (15 of 52)\u201d. It could be 19% or 28.8%.",
                    *_DISAGREES.reasons,
                ),
            ),
        ),
    ),
    "reminder-today": reminder(0, owed=_OWED[:1]),
    "reminder-overdue": reminder(-2, owed=_OWED[:2]),
    "reminder-nothing-yet": reminder(
        14,
        opening=True,
        owed=(),
        awaiting=("1. SA01 Opiate treatment completed: its source publishes about 25 Nov 2015",),
    ),
    "receipt": RECEIPT,
    "receipt-question": Receipt(RECEIPT.reference, RECEIPT.at, RECEIPT.to, Q2, questions=(_DISAGREES,)),
    "receipt-complete": Receipt(RECEIPT.reference, RECEIPT.at, RECEIPT.to, Q2, recorded=RECEIPT.recorded[:1]),
    "receipt-nothing": Receipt(
        RECEIPT.reference,
        RECEIPT.at,
        RECEIPT.to,
        Q2,
        notes=(
            "We found no figures in your message. Two still to come from you, listed below."
            " Reply with the code and the figure, like this: DA06 ...; DA07 ...",
        ),
        still_owed=(
            OwedLine(1, "DA06", "Referrals to specialist services", "a number", "Q1: 135"),
            OwedLine(2, "DA07", "Victims who feel safer", "per cent, with its counts", "Q1: 90%", "85%"),
        ),
    ),
    "sign-off": SignOffSheet(
        "Safer Communities Manager", Q2, datetime(2015, 10, 26, 9, 0, tzinfo=UTC), False, (_DOMESTIC_ABUSE,)
    ),
    "sign-off-frozen": SignOffSheet(
        "Safer Communities Manager",
        Q2,
        datetime(2015, 11, 2, 9, 0, tzinfo=UTC),
        True,
        (
            replace(
                _DOMESTIC_ABUSE,
                outstanding=(
                    "DA07 risk reduced: Council, nothing yet",
                    "DA09 victims supported: Kent Police, sent back: October is counted too",
                ),
                awaiting=("SA01 opiate treatment: its source publishes about 25 Nov 2015",),
            ),
            SignOffPart("P5", "Make the roads safer", (_ROADS,)),
        ),
    ),
    "sign-off-changed": SignOffSheet(
        "Safer Communities Manager",
        Q2,
        datetime(2015, 11, 3, 9, 0, tzinfo=UTC),
        False,
        (
            replace(
                _DOMESTIC_ABUSE,
                lines=(
                    replace(_DOMESTIC_ABUSE.lines[0], signed=True),
                    replace(_DOMESTIC_ABUSE.lines[1], version=2, was="151"),
                ),
            ),
        ),
    ),
    "board": Board(
        Q2,
        datetime(2015, 10, 23, 11, 0, tzinfo=UTC),
        DUE,
        35,
        29,
        (OrganisationCount("Kent Fire and Rescue Service", 2), OrganisationCount("Kent, Surrey and Sussex CRC", 2, 1)),
        ("opiate treatment, by 25 Nov 2015",),
        ("ASB satisfaction",),
    ),
    "week": WeekSummary(
        "Strategic Executive Group",
        Q2,
        datetime(2015, 10, 16, 8, 0, tzinfo=UTC),
        DUE,
        35,
        22,
        (
            WeekLine("Kent Fire and Rescue Service", 4, 2),
            WeekLine("Kent Police", 9, 6),
            WeekLine("Medway Council", 8, 3, 1),
            WeekLine("National Probation Service", 1, 2),
        ),
        ("P4 Tackle domestic abuse",),
    ),
    "late-changes": LateChanges(
        Q2,
        date(2015, 12, 1),
        (
            "Restated: Repeat victimisation, Q2 2015-16 (Jul to Sep 2015): was 33.7%, now 34.1%, because the police"
            " sent a corrected count.",
            "After the papers: Opiate treatment, Q2 2015-16 (Jul to Sep 2015): 8.1% (12 of 148).",
        ),
    ),
    "board-signed": Board(
        Q2,
        datetime(2015, 11, 20, 11, 0, tzinfo=UTC),
        DUE,
        35,
        31,
        (OrganisationCount("Kent Fire and Rescue Service", 2),),
        ("opiate treatment, by 25 Nov 2015",),
        signed=(
            SignedPriority(
                "P4",
                "Tackle domestic abuse",
                "signed off on Tue 3 Nov 2015, with 1 outstanding",
                (
                    DigestLine("Repeat victimisation (Q1: 32%): 33.7% misses the target, 28% or less.", Rag.RED),
                    DigestLine("Victims who feel safer (Q1: 94%): 96% meets the target, 95%.", Rag.GREEN),
                    DigestLine("1 without a colour: referrals"),
                ),
            ),
        ),
        not_signed=("P2 Tackle ASB and envirocrime",),
        restated=("DA06 restated: 155, was 153: two clients were missed",),
        supplementary=("Opiate treatment 8.1%: supplementary item, in since 25 Nov 2015",),
        state="Locked",
    ),
    "digest": Digest(
        Q2,
        datetime(2015, 10, 23, 11, 0, tzinfo=UTC),
        DUE,
        35,
        31,
        decisions=(
            DigestLine(
                "Satisfaction of ASB victims (agreed target: 85%): Kent Police no longer collect it."
                " For SEG to decide what replaces it."
            ),
            DigestLine("Penalty notices (agreed target: 60): a target of 75 is proposed. For SEG to decide."),
        ),
        late=(
            DigestLine("Kent Fire and Rescue Service: 2"),
            DigestLine("Kent, Surrey and Sussex CRC: 2, 1 of them in question"),
        ),
        changed=(
            DigestLine("Repeat victimisation 33.7% (Q1: 32%), limit 28%: above it by more than 5% of it.", Rag.RED),
            DigestLine("Domestic abuse victims who feel safer 91% (Q1: 94%), target 95%.", Rag.AMBER),
            DigestLine(
                "4 better than or on target: young re-offending, first-time entrants, alcohol training, referrals",
                Rag.GREEN,
            ),
            DigestLine("3 more came in without a colour: notes, not available, or nothing to judge by"),
        ),
        doubtful=(DigestLine("Alcohol treatment completed: asked, no answer yet. 117 of 144 may be to date."),),
        coming_up=(
            DigestLine("Returns are due today, 5pm Fri 23 Oct 2015."),
            DigestLine("Opiate treatment: expected 25 Nov 2015."),
        ),
        moved=(
            Moved(
                "Repeat victimisation",
                "Q3 2014-15 27.7%, Q4 2014-15 35.3%, Q1 2015-16 32%, Q2 2015-16 33.7%; target below 28%",
                tuple(
                    MovedPoint(period, Decimal(value))
                    for period, value in (
                        ("Q3 2014-15", "27.7"),
                        ("Q4 2014-15", "35.3"),
                        ("Q1 2015-16", "32"),
                        ("Q2 2015-16", "33.7"),
                    )
                ),
                Decimal(28),
                Rag.RED,
            ),
            Moved(
                "Fixed penalty notices",
                "Q1 2015-16 89, Q2 2015-16 146",
                (MovedPoint("Q1 2015-16", Decimal(89)), MovedPoint("Q2 2015-16", Decimal(146))),
            ),
        ),
    ),
    "digest-quiet": Digest(
        Q2,
        datetime(2015, 10, 30, 12, 0, tzinfo=UTC),
        DUE,
        35,
        35,
        decisions=(DigestLine("Penalty notices: a target of 75 is proposed. For SEG to decide."),),
        late=(DigestLine("Kent Police: 1 came in after the due date"),),
        unchanged_since=datetime(2015, 10, 23, 11, tzinfo=UTC),
    ),
    "notice": Notice(
        "Partnership Manager",
        "Your message to the collector",
        (
            "We couldn't open return-q2.xlsx: the file is password protected. Save it without a password and send it"
            " again, or reply with the figures in the mail.",
            "Nothing was recorded.",
        ),
        Q2,
    ),
}


def row(message: Message, in_reply_to: str | None = None, references: tuple[str, ...] = ()) -> OutboxRow:
    """A message on its way out."""
    moment = datetime(2015, 10, 20, 13, 6, 30, tzinfo=UTC)
    planned = Planned("key", "yot", message, moment, False, Q2, in_reply_to, references)
    return OutboxRow(7, planned, OutboxState.DUE, 1, TOKEN, moment)
