"""Parts that can't be opened by anyone but the sender's own programs: what they are and what to do, in plain words."""

_OR = "or send the figures as plain text if your policy allows."
ENCRYPTED = f"The email is encrypted, so we can't read it. Send it again without encryption, {_OR}"
_WRAPPED = (
    "The email is digitally signed in a way that wraps up its text, so we can't read it. "
    "Send it again without the digital signature, or with the signature beside the text (clear signed)."
)
_IN_PIECES = "The email was sent in several pieces, which we don't put together. Send it again in one piece."
_ELSEWHERE = "A part of the email lies somewhere else, and we don't fetch it. Attach the file itself."

_CMS = ("application/pkcs7-mime", "application/x-pkcs7-mime")
# The object identifiers by which such a file says what it is (RFC 5652), and how far into it they stand.
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_SENT_ENCRYPTED = (bytes.fromhex("06092a864886f70d010703"), bytes.fromhex("060b2a864886f70d0109100117"))
_BEGINNING = 64


def sealed_words(kind: str, name: str, smime_type: str, content: bytes) -> str:
    """What to tell the sender of a part that is sealed; empty for any other."""
    if kind == "message/partial":
        return _IN_PIECES
    if kind == "message/external-body":
        return _ELSEWHERE
    if kind == "application/pgp-encrypted":
        return ENCRYPTED
    if kind not in _CMS and not name.lower().endswith(".p7m"):
        return ""
    begins = content[:_BEGINNING]
    if _SIGNED_DATA in begins or (
        smime_type.lower() == "signed-data" and not any(one in begins for one in _SENT_ENCRYPTED)
    ):
        return _WRAPPED
    return ENCRYPTED
