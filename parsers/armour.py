"""What stands in a text in a coding of its own: PGP blocks, and files as uuencode wrote them before there was MIME."""

import re

from parsers.charsets import one_line
from parsers.sealed import ENCRYPTED

_FILE_BEGINS = re.compile(r"begin [0-7]{3,4} (\S[^\n]{0,200})")
_SECRET, _SECRET_END = "-----BEGIN PGP MESSAGE-----", "-----END PGP MESSAGE-----"
_SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"
_SIGNATURE, _SIGNATURE_END = "-----BEGIN PGP SIGNATURE-----", "-----END PGP SIGNATURE-----"
_MOST_FILES = 10


def without_armour(text: str) -> tuple[str, tuple[str, ...]]:
    """The words of a text, and what is said of the rest. Signed words stay; nothing checks the signature."""
    if "-----BEGIN PGP " not in text and not text.startswith("begin ") and "\nbegin " not in text:
        return text, ()
    kept: list[str] = []
    files: list[str] = []
    until = ""
    secret = signed = False
    for line in text.split("\n"):
        bare = line.rstrip()
        begun = _FILE_BEGINS.fullmatch(bare)
        if until:
            until = "" if bare == until else until
        elif bare == _SECRET:
            until, secret = _SECRET_END, True
        elif bare == _SIGNED:
            signed = True
        elif bare == _SIGNATURE and signed:
            until, signed = _SIGNATURE_END, False
        elif begun:
            until = "end"
            files.append(one_line(begun[1], 80))
        elif not (signed and bare.startswith("Hash: ")):
            kept.append(line.removeprefix("- ") if signed and line.startswith("- -") else line)
    told = [ENCRYPTED] if secret else []
    told += [
        f"The file {name} stands in the text in an old form that we don't open. Attach it to the email."
        for name in files[:_MOST_FILES]
    ]
    return "\n".join(kept), tuple(told)
