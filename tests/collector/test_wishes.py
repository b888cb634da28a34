"""What the coordinator is asked for stands in the status too; who stands in is told what they must do."""

from collector.absence import go_away
from collector.messages import Notice
from tests.builders import Office, at
from tests.support.orders import messages, orders


def test_what_the_coordinator_is_asked_for_stands_in_the_status_until_it_is_decided(office: Office) -> None:
    office.says("da", "I need an extension until 30 October for DA06", at(7))
    office.says("da", "DA07: now done by Service Manager, manager@council.example.org", at(7))
    status = office.says("coordinator", "status", at(7)).notes
    asked = [line for line in status if line.startswith("Asked of you: ")]
    assert [line.partition(".")[0] for line in asked] == [
        "Asked of you: The Domestic Abuse Coordinator asks for more time for DA06, until 30 Oct 2015",
        "Asked of you: The Domestic Abuse Coordinator says that DA07 is done by somebody else now (to Service Manager,"
        " manager@council",
    ]
    granted = asked[0].partition("reply: ")[2].partition(": and the reason")[0]
    office.says("coordinator", f"{granted}: the police are late", at(8))
    office.says("coordinator", "hand over DA07 to the Youth Offending Team Manager", at(8))
    after = office.says("coordinator", "status", at(8)).notes
    assert [line for line in after if line.startswith("Asked of you: ")] == []


def test_who_stands_in_for_the_coordinator_hears_the_wishes_too(office: Office) -> None:
    people = office.view().people
    orders(office, go_away, people["coordinator"], at(6).date(), at(16).date(), people["seg"], when=at(6))
    office.says("da", "I need an extension until 30 October for DA06", at(7))
    office.says("da", "DA07: now done by Service Manager, manager@council.example.org", at(7))
    for who in ("coordinator", "seg"):
        told = " ".join(line for notice in messages(office, who, Notice) for line in notice.paragraphs)
        assert "asks for more time for DA06" in told
        assert "DA07 is now done by Service Manager" in told


def test_a_figure_that_is_sent_back_or_doubted_while_its_owner_is_away_reaches_who_stands_in_too(
    office: Office,
) -> None:
    office.says("da", "DA06 153\nDA07 91%", at(7))
    people = office.view().people
    orders(office, go_away, people["da"], at(8).date(), at(16).date(), people["yot"], when=at(8))
    office.says("dph", "send back DA06: the counts are for Q1", at(9))
    office.says("dph", "DA07 90%", at(9))
    away = "The Domestic Abuse Coordinator is away until 16 Oct 2015: you stand in for"
    told = [notice.paragraphs for notice in messages(office, "yot", Notice)]
    assert [lines[0] for lines in told] == [f"{away} DA06.", f"{away} DA07."]
    assert [len(messages(office, "da", Notice))] == [2]
    done = office.says("yot", "DA06 150", at(12))
    assert [choice.label for query in done.questions for choice in query.choices] == ["keep 153", "now 150"]


def test_who_stands_in_asks_for_more_time_and_says_who_does_it_now_in_the_owners_place(office: Office) -> None:
    people = office.view().people
    orders(office, go_away, people["da"], at(6).date(), at(20).date(), people["yot"], when=at(6))
    office.says("yot", "I need an extension until 30 October for DA06", at(7))
    office.says("yot", "DA07: now done by Service Manager, manager@council.example.org", at(7))
    status = office.says("coordinator", "status", at(7)).notes
    asked = [line.partition(", until")[0].partition(" (to")[0] for line in status if line.startswith("Asked of you: ")]
    assert asked == [
        "Asked of you: The Youth Offending Team Manager asks for more time for DA06",
        "Asked of you: The Youth Offending Team Manager says that DA07 is done by somebody else now",
    ]
    office.says("coordinator", "extend DA06 until 30 October: the police are late", at(8))
    for who in ("da", "yot"):
        assert (
            messages(office, who, Notice)[-1]
            .paragraphs[0]
            .startswith("DA06, Q2 2015-16 (Jul to Sep 2015): due on 30 Oct")
        )
