"""What can go wrong between us and the mail servers."""

from collector.ports import SendFailed


class MailError(Exception):
    """The root of this room's errors; the message is plain words for the person who runs the service."""


class MailboxDown(MailError):
    """The mailbox can't be read now: the server is gone, refuses the account, or hangs up. Trying later can help."""


class SignInRefused(MailError):
    """No access token can be had; the words say what an administrator has to do."""


class NotSent(MailError, SendFailed):
    """The mail server did not take a message; `permanent` when sending it again can't help."""
