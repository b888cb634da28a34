"""What is written for publication beside a figure; the words its sender wrote stay untouched (RULES 27)."""

from dataclasses import replace

from collector.acting import Acting, NotDone
from collector.domain.orders import LegalCheckDone, PublishWords, TakeOutText, TextOrder
from collector.domain.publication import DEFAULT_WORDS, PublicationText
from collector.personal_data import kinds_in
from collector.signoff import may_sign
from collector.view import RoundView


def about_text(acting: Acting, view: RoundView, order: TextOrder) -> tuple[str, ...]:
    """Write the text beside a figure, let it through its legal check, or take it out.

    The coordinator may, and who signs the priority off; only the coordinator notes that a legal check is done.
    """
    code = _row(view, order.code)
    _need_right(acting, view, code, order)
    standing = acting.unit.texts.of(view.round.period).get(code)
    match order:
        case PublishWords(_, words, legal_check):
            return write_text(acting, view, code, words, legal_check)
        case LegalCheckDone():
            if standing is None or not standing.legal_check:
                raise NotDone(f"No text for {code}, {view.round.period}, waits for a legal check. Nothing was changed.")
            _keep(acting, replace(standing, legal_check=False), "legal check done", standing.words)
            return (f"The text for {code}, {view.round.period}, can be printed now.",)
        case TakeOutText():
            if standing is None:
                raise NotDone(f"There is no text for publication for {code}, {view.round.period}.")
            _keep(acting, replace(standing, words="", legal_check=False), "publication text taken out", standing.words)
            return (f"The text for publication for {code}, {view.round.period}, is taken out.",)


def write_text(acting: Acting, view: RoundView, code: str, words: str, legal_check: bool) -> tuple[str, ...]:
    """Set a text that is short enough and holds no personal data."""
    words, rules = " ".join(words.split()), view.partnership.publication
    most, count = rules.words if rules else DEFAULT_WORDS, len(words.split())
    if not words:
        raise NotDone(f"Say what is to be printed: \u201cpublication text for {code}: your words\u201d.")
    if count > most:
        raise NotDone(f"The text for {code} has {count} words; {most} is the most. Nothing was changed: shorten it.")
    if kinds := kinds_in(words):
        found = " and ".join(kind.value for kind in kinds)
        raise NotDone(f"The text for {code} seems to hold personal data ({found}). Nothing was changed: leave it out.")
    text = PublicationText(view.round.period, code, words, legal_check, acting.by.id, acting.now)
    _keep(acting, text, "publication text", words)
    then = f" once the legal check is done. To say so: legal check done for {code}" if legal_check else ""
    return (f"The report prints this with {code}, {view.round.period}{then or '.'}", f"\u201c{words}\u201d")


def text_lines(acting: Acting, view: RoundView) -> tuple[str, ...]:
    """The texts of a round as they stand, and which wait for a legal check."""
    waits = {True: " (waits for a legal check)", False: ""}
    found = acting.unit.texts.of(view.round.period)
    told = [
        f"{code}{waits[found[code].legal_check]}: {found[code].words}" for code in view.definitions if code in found
    ]
    return tuple(told) or (f"Nothing is written for publication for {view.round.period}.",)


def _keep(acting: Acting, text: PublicationText, action: str, words: str) -> None:
    acting.unit.texts.add(replace(text, person=acting.by.id, at=acting.now))
    acting.write(action, f"{text.measure} {text.period.key}", words)


def _row(view: RoundView, code: str) -> str:
    """A row of the report; one that is put together from parts is one too."""
    known = {measure.upper(): measure for measure in view.definitions}
    if code.strip().upper() not in known:
        raise NotDone(f"{code} is not a code of {view.round.period}.")
    return known[code.strip().upper()]


def _need_right(acting: Acting, view: RoundView, code: str, order: TextOrder) -> None:
    if acting.coordinates:
        return
    if isinstance(order, LegalCheckDone):
        raise NotDone("The coordinator notes that a legal check is done.")
    priority = view.definitions[code].priority
    if not any(may_sign(acting, view, each) for each in view.partnership.priorities if each.code == priority):
        raise NotDone(f"The text for {code} is written by the lead of its priority or the coordinator.")
