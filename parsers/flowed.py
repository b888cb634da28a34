"""Text that a mail program wrapped so that another may join it again (RFC 3676)."""


def unflowed(text: str, delete_space: bool) -> str:
    """Join lines that the mail program wrapped (RFC 3676); quoted lines stay apart from the answers between them.

    With `delete_space` the blank that marks a wrapped line is none of the sender's.
    """
    out: list[str] = []
    joined: list[str] = []
    for line in text.split("\n"):
        quoted = line.startswith(">")
        if quoted and joined:
            out.append("".join(joined).rstrip())
            joined = []
        plain = line if quoted else line.removeprefix(" ")
        wrapped = not quoted and plain.endswith(" ") and plain != "-- "
        joined.append(plain[:-1] if wrapped and delete_space else plain)
        if not wrapped:
            out.append("".join(joined))
            joined = []
    return "\n".join([*out, "".join(joined)] if joined else out)
