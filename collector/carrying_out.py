"""What people tell the collector to do, done: each order is a function of its own; who may is decided there."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from collector.acting import Acting, NotDone
from collector.asked_about import asked_about, thanked
from collector.closing_orders import close_or_open
from collector.confirming import confirm_target
from collector.definitions_by_message import NO_DEFINITIONS, Definitions, change_as_seen, look_over
from collector.domain.orders import (
    AboutMail,
    AboutWords,
    Approve,
    AskAbout,
    AskForTime,
    Away,
    Back,
    ChangeDefinitions,
    ConfirmTarget,
    Decide,
    Decline,
    Doubtful,
    Drop,
    Extend,
    Freeze,
    HandOver,
    Help,
    Hold,
    LegalCheckDone,
    Lock,
    OnBehalf,
    OpenRound,
    Order,
    PreviewDefinitions,
    PublishWords,
    PutBefore,
    RefuseTime,
    Release,
    Reopen,
    SendBack,
    SendDefinitions,
    SendHistory,
    SendRound,
    ShowList,
    SignOff,
    Snooze,
    Status,
    TakeOutText,
    Thank,
    WhoOwes,
)
from collector.earlier_names import order_in_todays_codes
from collector.enquiries import owed, status
from collector.handouts import send_definitions, send_history, send_round
from collector.held_words import deal_with_words
from collector.helping import help_lines
from collector.lists import list_of
from collector.mail_orders import about_mail
from collector.messages import File, Message, Notice, Previewed
from collector.named_round import meant
from collector.on_behalf import on_behalf
from collector.people_orders import about_people
from collector.ports import BookletWriter
from collector.publication_words import about_text
from collector.releasing import cover, drop, hold, hold_all, release, release_all
from collector.rounds import open_early
from collector.screening import partnership_of
from collector.signing_orders import approve, sign_off
from collector.signoff import send_back
from collector.view import RoundView, latest_view, view_round


@dataclass
class Carried:
    """What came of orders: plain lines that say what was done or why not, and files to be sent with them.

    `previewed` is a workbook of definitions that was looked over.
    """

    told: list[str] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    previewed: Previewed | None = None

    @property
    def apart(self) -> bool:
        """Whether this is a message of its own, also beside a receipt."""
        return bool(self.files) or self.previewed is not None

    def notice(self, to: str) -> Notice:
        """The answer to whoever gave the orders."""
        return Notice(to, "What you asked the collector", tuple(self.told), None, tuple(self.files), self.previewed)


@dataclass(frozen=True)
class Errand:
    """Orders on their way: who gives them, `answers` is our message that they answer, `write` makes workbooks.

    `definitions` are the workbooks of definitions that they are about; `of_a_round` says that the message that is
    answered was about a round.
    """

    acting: Acting
    write: BookletWriter
    answers: Message | None = None
    definitions: Definitions = NO_DEFINITIONS
    of_a_round: bool = False

    def run(self, view: RoundView | None, orders: Sequence[Order]) -> Carried:
        """Carry orders out in their turn; one that fails stops no other."""
        carried, unit = Carried(), self.acting.unit
        for order in orders:
            try:
                carried.told += self._done(view, order, carried)
            except NotDone as why:
                carried.told.append(str(why))
            # What an order changed is what the next one sees.
            view = view_round(unit, view.round.period) if view is not None else latest_view(unit)
        return carried

    def _done(self, view: RoundView | None, order: Order, carried: Carried) -> tuple[str, ...]:
        if isinstance(order, OpenRound):
            return open_early(self.acting, order.period)
        if isinstance(order, PreviewDefinitions):
            told, carried.previewed = look_over(self.acting, self.definitions)
            return told
        if isinstance(order, ChangeDefinitions):
            return change_as_seen(self.acting, order, self.definitions)
        if isinstance(order, AboutMail):
            return about_mail(self.acting, order)
        if isinstance(order, Doubtful):
            raise NotDone(
                f"\u201c{order.said}\u201d sets a condition or says no, so nothing was done. To have it done now,"
                f" write on a line of its own: {order.instead}"
            )
        if view is None:
            return self._before_a_round(order, carried)
        view, order = meant(self.acting, view, order, self.of_a_round)
        order, renamed = order_in_todays_codes(view, order)
        return (*renamed, *self._about_a_round(view, order, carried))

    def _before_a_round(self, order: Order, carried: Carried) -> tuple[str, ...]:
        """What can be done with the plan alone."""
        if isinstance(order, Help):
            return help_lines(self.acting.by, None)
        if isinstance(order, SendDefinitions):
            return self._attached(carried, send_definitions(self.acting, partnership_of(self.acting.unit), self.write))
        raise NotDone("No round is open yet, so nothing was done.")

    def _attached(self, carried: Carried, made: tuple[tuple[str, ...], File]) -> tuple[str, ...]:
        told, file = made
        carried.files.append(file)
        return told

    def _about_a_round(self, view: RoundView, order: Order, carried: Carried) -> tuple[str, ...]:
        match order:
            case SendRound() | SendDefinitions():
                return self._attached(carried, self._handed_out(view, order))
            case Freeze() | Lock() | Reopen() | Decline() | Decide():
                return close_or_open(self.acting, view, order)
            case Release() | Hold() | Drop() | PutBefore():
                return self._held(view, order)
            case _:
                return self._asked(view, order)

    def _handed_out(self, view: RoundView, order: SendRound | SendDefinitions) -> tuple[tuple[str, ...], File]:
        if isinstance(order, SendRound):
            return send_round(self.acting, view, order.period, self.write)
        return send_definitions(self.acting, view.partnership, self.write)

    def _held(self, view: RoundView, order: Release | Hold | Drop | PutBefore) -> tuple[str, ...]:
        if isinstance(order, PutBefore):
            return cover(self.acting, view, order.message, order.words)
        if isinstance(order, Release) and not order.messages:
            return release_all(self.acting, view, order.kept)
        if isinstance(order, Hold) and not order.messages:
            return hold_all(self.acting, view)
        told: list[str] = []
        for message in order.messages:
            match order:
                case Release():
                    told += release(self.acting, view, message)
                case Hold():
                    told += hold(self.acting, view, message)
                case Drop():
                    told += drop(self.acting, view, message)
        return tuple(told)

    def _asked(self, view: RoundView, order: Order) -> tuple[str, ...]:
        acting = self.acting
        match order:
            case Status():
                return status(acting, view)
            case Help():
                return help_lines(acting.by, view)
            case WhoOwes():
                return owed(acting, view)
            case AskAbout(code):
                return asked_about(acting, view, code)
            case Thank():
                return thanked(acting, view)
            case ShowList(what):
                return list_of(acting, view, what)
            case ConfirmTarget(code, why, since):
                return confirm_target(acting, code, why, since)
            case OnBehalf(who, text):
                return on_behalf(acting, view, who, text)
            case SendHistory(code, period):
                return send_history(acting, view, code, period)
            case SignOff():
                return sign_off(acting, view, order, self.answers)
            case Approve():
                return approve(acting, view, self.answers)
            case SendBack(code, why):
                return send_back(acting, view, code, why)
            case AboutWords(code, how, words):
                return deal_with_words(acting, view, code, how, words)
            case PublishWords() | LegalCheckDone() | TakeOutText():
                return about_text(acting, view, order)
            case Away() | Back() | HandOver() | Snooze() | Extend() | AskForTime() | RefuseTime():
                return about_people(acting, view, order)
            case _:
                raise NotDone("The collector can't do that.")
