"""Names the concrete classes: the one place where the rooms are put together."""

import os
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.mail.account import TokenSource
from bot.mail.door import MailDoor
from bot.mail.filing import Filing
from bot.mail.letters import Letters
from bot.mail.mailbox import ImapAccount, Mailbox
from bot.mail.oauth import OAuthApp, Tokens
from bot.mail.pacing import pace_for
from bot.mail.postman import Postman, SmtpAccount
from bot.mail.trust import Border, domains_of, internal_of
from bot.service import Service
from bot.settings import Settings, SettingsError
from bot.slack.app import SlackConnection, build_app
from bot.slack.door import SlackDoor
from bot.slack.files import SlackFiles
from bot.slack.live import LiveSlack
from bot.slack.messenger import Messenger, web_client
from bot.slack.posts import Posts
from bot.slack.sweep import Sweep
from collector.clock import Clock
from collector.delivery import MAIL, Channel, Delivery
from collector.desk import Desk
from collector.domain.partnership import Partnership
from collector.domain.people import Person
from collector.domain.submission import Opened, Refusal
from collector.domain.timetable import Timetable
from collector.failpoints import Failpoint, Reached, pass_by
from collector.intake import Intake
from collector.ports import Books, Fetcher, NotLoaded, Sender
from collector.ports import Border as PortBorder
from collector.screening import SLACK
from parsers.figures import TextReader
from parsers.guard import GuardedFinder, GuardedOpener
from parsers.orders import read_orders
from parsers.workbook import write_booklet, write_workbook
from scheduler.calendar import WorkingDays
from scheduler.runner import Ticker
from storage.books import SqlBooks, open_books

Now = Callable[[], datetime]


def wall_clock() -> datetime:
    """The time now."""
    return datetime.now(UTC)


def rehearsal_clock(start: datetime) -> Now:
    """A clock that starts at a given moment and runs on at the usual speed."""
    begun = wall_clock()
    return lambda: start.astimezone(UTC) + (wall_clock() - begun)


def clock_of(settings: Settings) -> Now:
    """The clock the settings ask for; a rehearsal's start without a zone is London's."""
    start = settings.collector_clock
    if start is None:
        return wall_clock
    if start.tzinfo is None:
        start = WorkingDays(Timetable()).at(start.date(), start.time())
    return rehearsal_clock(start)


def dies_at(point: Failpoint | None) -> Reached:
    """For tests: end the process the hard way when a step is reached."""
    if point is None:
        return pass_by

    def reached(at: Failpoint) -> None:
        if at is point:
            os.kill(os.getpid(), signal.SIGKILL)

    return reached


def worker_name() -> str:
    """What this process calls itself on rows it holds."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}"


def loaded(books: Books) -> Partnership | None:
    """The partnership on the books, None before `load`."""
    with books.begin() as unit:
        return unit.plan.get()


def calendar_of(partnership: Partnership | None) -> WorkingDays:
    """The partnership's calendar; the usual timetable before one is loaded."""
    return WorkingDays(partnership.timetable if partnership else Timetable())


@dataclass(frozen=True)
class Rooms:
    """Everything the terminal and the service need, put together over one set of books."""

    books: SqlBooks
    intake: Intake
    desk: Desk
    clock: Clock
    calendar: WorkingDays
    partnership: Partnership | None
    now: Now


def furnish(settings: Settings, books: SqlBooks | None = None, now: Now | None = None) -> Rooms:
    """Open the books and put the rooms together; StorageError when the books can't be opened.

    Books that are open already, and another clock than the settings', can be handed in.
    """
    held = books or open_books(settings.database_url)
    partnership = loaded(held)
    calendar = calendar_of(partnership)
    reached = dies_at(settings.collector_failpoint)
    border: PortBorder = NoBorder() if settings.mail_border is None else border_of(settings)
    opener, reader = GuardedOpener(), TextReader()
    fetchers = _fetchers(settings)
    intake = Intake(
        held,
        opener,
        reader,
        read_orders,
        write_booklet,
        border,
        calendar,
        worker_name(),
        reached=reached,
        fetchers=fetchers,
        finder=GuardedFinder(),
    )
    desk = Desk(held, opener, reader, calendar, read_orders)
    return Rooms(held, intake, desk, Clock(held, calendar, reached), calendar, partnership, now or clock_of(settings))


def _fetchers(settings: Settings) -> dict[str, Fetcher]:
    token = settings.slack_bot_token
    return {SLACK: SlackFiles(token.get_secret_value(), settings.slack_api_url)} if token else {}


class NoBorder:
    """Before MAIL_BORDER is set nobody vouches for anything that came by mail."""

    def trusted(self, opened: Opened | Refusal) -> tuple[bool, str]:
        """Never."""
        return False, "MAIL_BORDER is not set, so nothing says who sent it"


def border_of(settings: Settings) -> Border:
    """The border server that is believed; SettingsError says which setting can't be used."""
    named = settings.mail_border
    try:
        inside = internal_of(settings.mail_internal_header, domains_of(settings.mail_internal_domains))
        without_dmarc = domains_of(settings.mail_without_dmarc)
    except ValueError as error:
        raise SettingsError(f"MAIL_INTERNAL_HEADER or one of the lists of domains can't be used: {error}") from error
    return Border(None if named == "none" else named, inside, without_dmarc)


def letters_of(partnership: Partnership, plus: bool = False) -> Letters:
    """The mail renderer of a partnership; with `plus` replies come back to an address that names the message."""
    return Letters(partnership.mailbox, partnership.name, write_workbook, plus=plus)


def posts_of(partnership: Partnership) -> Posts:
    """The Slack renderer of a partnership."""
    return Posts(partnership.name, write_workbook)


def service_of(settings: Settings, rooms: Rooms) -> Service:
    """The running service; SettingsError when an account is missing, NotLoaded before `load`."""
    settings.need("imap_host", "imap_user", *_sign_in_needs(settings), "smtp_host", "mail_border")
    if rooms.partnership is None:
        raise NotLoaded
    reached = dies_at(settings.collector_failpoint)
    tokens = _tokens(settings)
    account = _smtp_account(settings, tokens)
    postman = Postman(account, rooms.partnership.mailbox, pace_for(account.host, settings.mail_per_minute))
    mail = Channel(letters_of(rooms.partnership, settings.mail_plus == "yes"), postman, _first_address)
    mailbox = Mailbox(_imap_account(settings, tokens), filing=_filing(settings))
    door = MailDoor(mailbox, rooms.books, rooms.intake, reached)
    if settings.slack_bot_token is None:
        deliveries = [Delivery(rooms.books, {MAIL: mail}, rooms.calendar, worker_name(), reached)]
        return Service(door, rooms.intake, rooms.clock, deliveries, Ticker(), rooms.now)
    settings.need("slack_app_token")
    messenger = Messenger(web_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url))
    deliveries = both_ways(rooms, mail, slack_channel(rooms.partnership, messenger), reached)
    service = Service(door, rooms.intake, rooms.clock, deliveries, Ticker(), rooms.now)
    service.live = _live_slack(settings, rooms, service)
    return service


def slack_channel(partnership: Partnership, sender: Sender) -> Channel:
    """Messages as Slack shows them, to the people who are there."""
    return Channel(posts_of(partnership), sender, _slack_conversation)


def both_ways(rooms: Rooms, mail: Channel, slack: Channel, reached: Reached = pass_by) -> list[Delivery]:
    """A delivery for each channel, so that one that is slow holds up no other."""
    return [
        Delivery(rooms.books, {name: channel}, rooms.calendar, f"{worker_name()}:{name}", reached, only=(name,))
        for name, channel in ((MAIL, mail), (SLACK, slack))
    ]


def _live_slack(settings: Settings, rooms: Rooms, service: Service) -> LiveSlack:
    bot_token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
    app_token = settings.slack_app_token.get_secret_value() if settings.slack_app_token else ""
    url = settings.slack_api_url
    door = SlackDoor(rooms.intake, rooms.desk, rooms.books, rooms.now, service.kept.set)
    connection = SlackConnection(build_app(door, bot_token, url), app_token, url, service.missed.set)
    sweep = Sweep(web_client(bot_token, url), rooms.books, door, rooms.now, service.stopping.wait)
    return LiveSlack(connection, sweep)


def _first_address(person: Person) -> str | None:
    return next(iter(person.addresses), None)


def _slack_conversation(person: Person) -> str | None:
    return person.slack.conversation if person.slack else None


def _sign_in_needs(settings: Settings) -> tuple[str, ...]:
    if settings.mail_sign_in == "oauth2":
        return ("oauth_tenant", "oauth_client_id", "oauth_client_secret")
    return ("imap_password",)


def _tokens(settings: Settings) -> Tokens | None:
    """One source of tokens for both ends; None where they sign in with passwords."""
    if settings.mail_sign_in == "password":
        return None
    secret = settings.oauth_client_secret.get_secret_value() if settings.oauth_client_secret else ""
    tenant, client = settings.oauth_tenant or "", settings.oauth_client_id or ""
    return Tokens(OAuthApp(tenant, client, secret, settings.oauth_authority.rstrip("/"), settings.oauth_scope))


def _filing(settings: Settings) -> Filing:
    if settings.imap_handled == "move":
        settings.need("imap_handled_folder")
    return Filing(settings.imap_handled, settings.imap_handled_folder or "", settings.imap_aside_folder or "")


def _imap_account(settings: Settings, tokens: TokenSource | None) -> ImapAccount:
    return ImapAccount(
        host=settings.imap_host or "",
        port=settings.imap_port,
        security=settings.imap_security,
        username=settings.imap_user or "",
        password=settings.imap_password.get_secret_value() if settings.imap_password else "",
        folder=settings.imap_folder,
        tokens=tokens,
    )


def _smtp_account(settings: Settings, tokens: TokenSource | None) -> SmtpAccount:
    return SmtpAccount(
        host=settings.smtp_host or "",
        port=settings.smtp_port,
        security=settings.smtp_security,
        username=settings.smtp_user or (settings.imap_user if tokens else None),
        password=settings.smtp_password.get_secret_value() if settings.smtp_password else None,
        tokens=tokens,
    )
