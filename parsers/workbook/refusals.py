"""Why a file can't be used, in words for the person who sent it."""

from collector.domain.submission import Refusal
from parsers.errors import ParsersError

#: The largest file that is opened.
MOST_MEGABYTES = 15
OR_REPLY = "or reply with the figures"
_SAVE_IT = f"it is {{what}}. Save it as .xlsx and send it again, {OR_REPLY}."
_WORDS = {
    "password": f"the file is password protected. Save it without a password and send it again, {OR_REPLY}.",
    # RULES 29: a label is not a password, and its owner may not be free to take it off.
    "labelled": "it is protected by your organisation's label. Send an unencrypted copy if your policy allows, "
    f"{OR_REPLY}.",
    "broken": "the file is damaged or incomplete. Open it in your spreadsheet program, save it as .xlsx and send it "
    f"again, {OR_REPLY}.",
    "altered": "what we wrote into it before we sent it has changed, so the file may be damaged. Fill in the workbook "
    f"that comes with this and send it back, {OR_REPLY}.",
    "empty": f"the file is empty. Attach it again, {OR_REPLY}.",
    "packed": f"the file is packed (a zip file, for instance). Attach what is in it by itself, {OR_REPLY}.",
    "outlook_only": "it is how Outlook packs an email so that only Outlook opens it. In Outlook, choose Format Text, "
    f"then HTML or Plain Text, attach the workbook and send it again, {OR_REPLY}.",
    "nothing_in_it": f"there are no words or numbers in it. Fill it in and send it again, {OR_REPLY}.",
    "foreign": f"it isn't a workbook that we sent. Fill in the one from our last message and send it back, {OR_REPLY}.",
    "other_version": "it is an older or newer kind of our workbook. Fill in the one from our last message and send it "
    f"back, {OR_REPLY}.",
    "old_format": _SAVE_IT,
    "never_read": _SAVE_IT,
    "strict_format": "it is in the strict kind of its format. Save it as a plain Excel workbook (.xlsx) or Word "
    f"document (.docx) and send it again, {OR_REPLY}.",
    "kept_beside": "it is the small hidden file that a computer keeps beside the real one. Attach the real one, "
    f"{OR_REPLY}.",
    "too_big": f"the file has {{what}} and we open files up to {MOST_MEGABYTES} MB. Take pictures and other sheets "
    f"out and send it again, {OR_REPLY}.",
    "suspicious": "it is not built like a file that an office program saved. Fill in the one from our last "
    f"message and send it back, {OR_REPLY}.",
    "too_big_to_read": "it holds far more cells or parts than a return. Fill in the workbook from our last message "
    f"and send only that, {OR_REPLY}.",
}


class Unfit(ParsersError):
    """A workbook can't be used: `code` is a key of the words that its sender gets."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def refusal(code: str, name: str, what: str = "") -> Refusal:
    """The refusal of a file by its shown name; `what` completes the words of `old_format` and `too_big`."""
    return Refusal(code, f"We couldn't open {name}: {_WORDS[code].format(what=what)}")


def not_read(name: str, what: str) -> Refusal:
    """The refusal of a document of another kind, `what` in the plural ("PDF files")."""
    words = f"We kept {name} but can't read {what} yet. Reply with the figures, or fill in the workbook we sent."
    return Refusal("not_read", words)
