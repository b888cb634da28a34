"""The Bolt app and its connection. What arrives is kept before any listener runs and before Slack hears from us."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPException
from socket import SHUT_RDWR
from typing import Any

import structlog
from slack_bolt import App, BoltResponse
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.socket_mode.client import BaseSocketModeClient

from bot.slack.door import SlackDoor
from bot.slack.errors import ABOUT_THE_ACCOUNT, code_of
from bot.slack.listeners import catch_all, choices, commands, forms, home, messages, trouble, ways
from bot.slack.messenger import SLACK_API, web_client

log = structlog.get_logger()

#: Seconds between two tries to connect, doubled each time up to the last.
BACK_OFF = (1.0, 60.0)
#: Seconds between two looks at whether the connection still stands.
_LOOK = 0.2
_PATIENCE = 10.0


def build_app(door: SlackDoor, bot_token: str, base_url: str = SLACK_API) -> App:
    """The app with every listener. Nothing is asked of Slack here: a dead network or token must not stop the rest.

    Bolt's own way asks `auth.test` before our middleware and acknowledges what it then drops; ours names the token.
    """

    def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=None, bot_token=bot_token)

    def keep_first(body: dict[str, Any], next: Callable[[], BoltResponse]) -> BoltResponse:
        # An exception in here leaves the envelope unacknowledged, so that Slack sends it again.
        door.keep(body)
        return next()

    app = App(
        name="collector",
        logger=_logger("bolt", logging.ERROR),
        client=web_client(None, base_url),
        before_authorize=keep_first,
        authorize=authorize,
        token_verification_enabled=False,
        # Socket Mode has no signatures, and the door itself passes over what bots say.
        request_verification_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        ignoring_self_events_enabled=False,
    )
    messages.register(app)
    choices.register(app, door)
    forms.register(app, door)
    ways.register(app, door)
    home.register(app, door)
    commands.register(app, door)
    catch_all.register(app)
    trouble.register(app, door)
    return app


class SlackConnection:
    """Keeps a Socket Mode connection up from `start` to `stop`, whatever becomes of the server or the token.

    `on_connected` is called in a thread of its own each time Slack greets us: what was said meanwhile is to be swept
    in.
    """

    def __init__(
        self,
        app: App,
        app_token: str,
        base_url: str = SLACK_API,
        on_connected: Callable[[], object] = lambda: None,
        ping_interval: float = 2.0,
        back_off: tuple[float, float] = BACK_OFF,
    ) -> None:
        self._app = app
        self._app_token = app_token
        self._base_url = base_url
        self._on_connected = on_connected
        # A dead server is noticed at the second ping that fails (59 s at Bolt's ten seconds, PARTS).
        self._ping_interval = ping_interval
        self._back_off = back_off
        self._stopping = threading.Event()
        self._greeted = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def connected(self) -> bool:
        """Whether Slack has greeted us on a connection that stands."""
        return self._greeted.is_set()

    def start(self) -> None:
        """Begin to connect; returns at once."""
        self._stopping.clear()
        self._thread = threading.Thread(target=self._stay_connected, name="slack", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Hang up, after what is under way; within some seconds."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(_PATIENCE)

    def _stay_connected(self) -> None:
        pause = self._back_off[0]
        while not self._stopping.is_set():
            why = "Slack hung up."
            try:
                if self._connect_and_stay():
                    pause = self._back_off[0]
            except (SlackClientError, OSError, HTTPException) as error:
                why = _plain(error)
            except Exception:
                # Nothing that goes wrong in one connection may end the next.
                log.exception("failed", part="slack")
            if not self._stopping.is_set():
                log.warning("slack not connected", why=why, retry_in=pause)
                self._stopping.wait(pause)
                pause = min(pause * 2, self._back_off[1])

    def _connect_and_stay(self) -> bool:
        """Connect and stay until the connection is gone or we stop; whether Slack ever greeted us."""
        handler = SocketModeHandler(
            self._app,
            self._app_token,
            # It says again, and in its own words, what we say once.
            logger=_logger("socket", logging.CRITICAL),
            web_client=web_client(self._app_token, self._base_url),
            # Connecting again is our business: the SDK's way knows no back-off and does not tell us.
            auto_reconnect_enabled=False,
            ping_interval=self._ping_interval,
        )
        handler.client.message_listeners.append(self._hear)
        greeted = False
        try:
            handler.client.connect()
            while _stands(handler) and not self._stopping.wait(_LOOK):
                greeted = greeted or self._greeted.is_set()
        finally:
            self._greeted.clear()
            _hang_up(handler)
        return greeted

    def _hear(self, _client: BaseSocketModeClient, message: dict[str, Any], _raw: str | None) -> None:
        if message.get("type") == "hello":
            self._greeted.set()
            log.info("slack connected")
            threading.Thread(target=self._tell, name="slack-connected", daemon=True).start()

    def _tell(self) -> None:
        try:
            self._on_connected()
        except Exception:
            # What is missed now is missed until the next sweep, not for good.
            log.exception("failed", part="slack sweep")


def _stands(handler: SocketModeHandler) -> bool:
    """Whether the line holds. One ping that can't be sent is enough: the SDK waits for five, in a busy loop."""
    session = handler.client.current_session
    return handler.client.is_connected() and session is not None and not session.consecutive_check_state_error_count


def _logger(part: str, level: int) -> logging.Logger:
    logger = logging.getLogger(f"collector.slack.{part}")
    logger.setLevel(level)
    return logger


def _hang_up(handler: SocketModeHandler) -> None:
    session = handler.client.current_session
    sock = session.sock if session is not None else None
    if sock is not None:
        with suppress(OSError):
            # The SDK's reader holds its lock for seconds in a read: this ends the read.
            sock.shutdown(SHUT_RDWR)
    handler.client.close()


def _plain(error: Exception) -> str:
    if not isinstance(error, SlackApiError):
        return f"Slack can't be reached: {' '.join(str(error).split())[:200]}."
    code = code_of(error) or str(error.response.status_code)
    if code in ABOUT_THE_ACCOUNT:
        return f"Slack does not accept the app token ({code}). Check SLACK_APP_TOKEN."
    return f"Slack did not give us a connection ({code})."
