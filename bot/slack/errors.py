"""What can go wrong between us and Slack."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPException

from slack_sdk.errors import SlackApiError, SlackClientError

from collector.ports import SendFailed

#: Errors that are about our account, not about a message: it can go once the token or its scopes are put right.
ABOUT_THE_ACCOUNT = frozenset(
    {
        "access_denied",
        "account_inactive",
        "accesslimited",
        "ekm_access_denied",
        "enterprise_is_restricted",
        "invalid_auth",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "team_added_to_org",
        "token_expired",
        "token_revoked",
        "two_factor_setup_required",
    }
)
#: Errors of Slack's own that pass.
_PASSING = frozenset(
    {
        "fatal_error",
        "internal_error",
        "message_limit_exceeded",
        "rate_limited",
        "ratelimited",
        "request_timeout",
        "service_unavailable",
    }
)
_TOO_MANY = 429
_THEIR_FAULT = 500
#: How long to wait where Slack asks us to but does not say how long.
_PAUSE = timedelta(seconds=30)
_LONGEST_PAUSE = timedelta(hours=1)


class SlackError(Exception):
    """The root of this room's errors; the message is plain words for the person who runs the service."""


class SlackDown(SlackError):
    """Slack can't be read now: it is away, refuses our account or asks us to wait. Trying later can help."""


class NotPosted(SlackError, SendFailed):
    """Slack did not take a message; `permanent` when posting it again can't help."""


@contextmanager
def translated() -> Iterator[None]:
    """Turn whatever a call of the Web API raises into NotPosted."""
    try:
        yield
    except SlackApiError as error:
        raise _refused(error) from error
    except (SlackClientError, OSError, HTTPException) as error:
        raise NotPosted(f"Slack did not answer: {_line(str(error))}") from error


def code_of(error: SlackApiError) -> str:
    """Slack's name of an error, "" where it sent no answer in its own form."""
    code = str(error.response.get("error") or "")
    return code if code.replace("_", "").isalnum() and len(code) < 60 else ""


def retry_after(error: SlackApiError) -> timedelta | None:
    """How long Slack asks us to wait, None where it does not."""
    if error.response.status_code != _TOO_MANY and code_of(error) not in ("ratelimited", "rate_limited"):
        return None
    headers = {str(name).lower(): value for name, value in error.response.headers.items()}
    try:
        asked = timedelta(seconds=float(headers["retry-after"]))
    except (KeyError, ValueError, OverflowError):
        return _PAUSE
    return min(max(asked, timedelta(0)), _LONGEST_PAUSE)


def is_for_now(error: SlackApiError) -> bool:
    """Whether Slack may do later what it did not do now, without anybody mending anything."""
    code = code_of(error)
    return bool(retry_after(error)) or error.response.status_code >= _THEIR_FAULT or not code or code in _PASSING


def _refused(error: SlackApiError) -> NotPosted:
    code, pause = code_of(error), retry_after(error)
    if pause is not None:
        return NotPosted(f"Slack asks us to wait {pause.total_seconds():.0f} seconds.", retry_after=pause)
    if is_for_now(error):
        return NotPosted(f"Slack is not well: it answered {error.response.status_code} {code}".rstrip())
    if code in ABOUT_THE_ACCOUNT:
        return NotPosted(f"Slack does not accept our account ({code}). Check SLACK_BOT_TOKEN and its scopes.")
    return NotPosted(f"Slack refused the message: {code}", permanent=True)


def _line(words: str) -> str:
    return " ".join(words.split())[:300]
