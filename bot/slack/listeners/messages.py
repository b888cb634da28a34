"""Messages and mentions. They are kept before any listener runs: all that is left is to say that we have them."""

from slack_bolt import App


def register(app: App) -> None:
    """Acknowledge them: Bolt does so for each event that has a listener."""
    for kind in ("message", "app_mention"):
        app.event(kind)(_have_it)


def _have_it() -> None:
    """Nothing more: the worker reads it and answers."""
