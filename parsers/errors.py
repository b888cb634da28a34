"""What can go wrong in this room."""


class ParsersError(Exception):
    """The root of every error the parsers raise."""
