"""A message that lies inside another as a file: whose it is. Its figures are never taken as the sender's own."""

from collector.domain.submission import Refusal
from parsers.addresses import senders
from parsers.charsets import header_text, one_line
from parsers.headers import read_head

_LONGEST_SUBJECT = 80
#: The headers stand at the beginning.
_LOOKED_AT = 128 * 1024


def writers(content: bytes) -> tuple[str, ...]:
    """The addresses that a message inside another says it is from, lower case; nothing vouches for them."""
    return senders(read_head(content[:_LOOKED_AT]).all("from"))


def carried(name: str, content: bytes) -> Refusal:
    """What is said of a message that came as the file `name`: whose it is, and how its figures can count."""
    head = read_head(content[:_LOOKED_AT])
    subject = one_line(header_text(head.first("subject")), _LONGEST_SUBJECT)
    wrote = ", ".join(senders(head.all("from")))
    about = f" ('{subject}')" if subject else ""
    of_whom = f" from {wrote}" if wrote else ""
    return Refusal(
        "carried",
        f"{name} is a message{of_whom}{about} that came with yours. Its figures were not taken as yours: "
        "to report them, write them in the text of a reply, or have them sent to us by the person who wrote it.",
    )
