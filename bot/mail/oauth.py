"""Signing in with OAuth 2: an app's own access tokens (client credentials), which both ends of the mail door use."""

import base64
import binascii
import json
import re
import threading
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn
from urllib.error import HTTPError

from bot.mail.account import checked
from bot.mail.errors import SignInRefused

MICROSOFT = "https://login.microsoftonline.com"
EXCHANGE = "https://outlook.office365.com/.default"
#: What the app must be allowed in the directory, by what it does.
READING, SENDING = "IMAP.AccessAsApp", "SMTP.SendAsApp"
_CODE = re.compile(r"AADSTS\d+")
#: What an administrator has to do about an answer of Microsoft's, by its code.
_ADVICE = {
    "AADSTS7000215": "The client secret is not the right one. Put the secret's value, not its ID, into"
    " OAUTH_CLIENT_SECRET.",
    "AADSTS7000222": "The client secret has run out. Make a new one under Certificates & secrets and put its value into"
    " OAUTH_CLIENT_SECRET.",
    "AADSTS700016": "The tenant does not know this app. Check OAUTH_CLIENT_ID and OAUTH_TENANT.",
    "AADSTS90002": "There is no such tenant. Check OAUTH_TENANT.",
    "AADSTS900023": "There is no such tenant. Check OAUTH_TENANT.",
    "AADSTS65001": "An administrator has not consented to the app's permissions yet: choose Grant admin consent under"
    " API permissions.",
    "AADSTS500011": "The tenant does not know the service that OAUTH_SCOPE names.",
    "AADSTS7000112": "The app is switched off in the tenant. An administrator has to enable it.",
    "AADSTS53003": "A Conditional Access policy of the tenant keeps the app out. An administrator has to except it.",
}
_BY_ERROR = {
    "invalid_client": "Check OAUTH_CLIENT_ID and OAUTH_CLIENT_SECRET.",
    "unauthorized_client": "Check OAUTH_CLIENT_ID, and that the app has its permissions with admin consent.",
    "invalid_scope": "Check OAUTH_SCOPE.",
}


@dataclass(frozen=True)
class OAuthApp:
    """An app registration; `scope` names the mail service that its tokens are for, `timeout` is in seconds."""

    tenant: str
    client_id: str
    secret: str = field(repr=False)
    authority: str = MICROSOFT
    scope: str = EXCHANGE
    timeout: float = 30.0


class Tokens:
    """Access tokens of one app. They are kept in memory only and renewed before they run out; safe between threads."""

    def __init__(self, app: OAuthApp) -> None:
        self._app = app
        self._made: Any = None
        self._lock = threading.Lock()

    def current(self) -> str:
        """A token that still lasts; SignInRefused says what an administrator has to do where there is none."""
        with self._lock:
            return self._token()

    def after(self, refused: str) -> str:
        """A new token in the place of one that a mail server refused; where there is a newer one already, that."""
        with self._lock:
            token = self._token()
            if token == refused:
                self._made.remove_tokens_for_client()
                token = self._token()
            return token

    def _token(self) -> str:
        # Importing it takes a third of a second, which commands that read no mail need not wait.
        from msal import ConfidentialClientApplication
        from msal.exceptions import MsalError

        where = f"{self._app.authority}/{self._app.tenant}"
        try:
            if self._made is None:
                self._made = ConfidentialClientApplication(
                    self._app.client_id,
                    client_credential=self._app.secret,
                    authority=where,
                    # The administrator has named the authority: nobody else need be asked whether it is one.
                    instance_discovery=False,
                    http_client=_Http(self._app.timeout),
                )
            answer = self._made.acquire_token_for_client([self._app.scope])
        except (OSError, MsalError) as error:
            raise SignInRefused(f"The sign-in service {where} can't be reached: {error}") from error
        except ValueError as error:
            raise SignInRefused(
                f"The sign-in service {where} knows no such tenant. Check OAUTH_TENANT and OAUTH_AUTHORITY."
            ) from error
        return str(answer["access_token"]) if "access_token" in answer else _refuse(where, answer)


def _refuse(where: str, answer: Mapping[str, Any]) -> NoReturn:
    """Say what to do. Only the code of the answer is handed on: descriptions name more than a log needs."""
    code = _CODE.search(str(answer.get("error_description", "")))
    name = str(answer.get("error", "no reason given"))[:60]
    advice = _ADVICE.get(code[0] if code else "") or _BY_ERROR.get(
        name, "An administrator finds it in the sign-in logs."
    )
    raise SignInRefused(f"The sign-in service {where} gave no token ({code[0] if code else name}). {advice}")


def advice_on(token: str, permission: str, mailbox: str) -> str:
    """Why a mail server may have refused a token, and what an administrator has to do: by what the token says."""
    if permission not in _roles(token):
        return (
            f"The app's token carries no permission {permission}: add it under API permissions (Office 365 Exchange"
            " Online, application permissions) and choose Grant admin consent."
        )
    return (
        f"The app may {'read' if permission == READING else 'send'}, but not for {mailbox}: in Exchange Online run"
        " New-ServicePrincipal and Add-MailboxPermission for it, as docs/mail.md shows."
    )


def _roles(token: str) -> tuple[str, ...]:
    """The permissions that a token names. It is only looked into to explain a refusal, so its seal does not matter."""
    try:
        middle = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))
        return tuple(claims.get("roles", ()))
    except (IndexError, ValueError, AttributeError, TypeError, binascii.Error):
        return ()


def xoauth2(username: str, token: str) -> str:
    """What signs a user in by XOAUTH2."""
    return f"user={username}\x01auth=Bearer {token}\x01\x01"


@dataclass(frozen=True)
class _Answer:
    """An answer as msal looks at it."""

    status_code: int
    text: str
    headers: Mapping[str, str]


class _Http:
    """What msal needs of an HTTP library, with the same certificate checks as the mail servers get."""

    def __init__(self, timeout: float) -> None:
        self._timeout = timeout

    def get(self, url: str, params: Mapping[str, str] | None = None, **more: Any) -> _Answer:
        query = f"?{urllib.parse.urlencode(params)}" if params else ""
        return self._asked(urllib.request.Request(url + query, headers=more.get("headers") or {}))

    def post(self, url: str, data: Mapping[str, str] | None = None, **more: Any) -> _Answer:
        body = urllib.parse.urlencode(data or {}).encode()
        return self._asked(urllib.request.Request(url, data=body, headers=more.get("headers") or {}))

    def close(self) -> None:
        """Nothing is kept open."""

    def _asked(self, request: urllib.request.Request) -> _Answer:
        if request.type != "https":
            raise OSError("it is not reached over https")
        try:
            with urllib.request.urlopen(request, timeout=self._timeout, context=checked()) as answer:
                return _Answer(answer.status, answer.read().decode("utf-8", "replace"), dict(answer.headers))
        except HTTPError as error:
            with error:
                return _Answer(error.code, error.read().decode("utf-8", "replace"), dict(error.headers))
