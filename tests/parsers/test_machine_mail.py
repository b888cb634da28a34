"""Mail that programs write: what is not known as such says nothing that could be taken for a figure."""

import pytest

from collector.domain.submission import Opened
from parsers.mime import open_mail
from tests.parsers.test_damaged_mail import reading
from tests.support.machine_mail import machine_mail

FORMS = {name: (kind, raw) for name, kind, raw in machine_mail()}
#: What says of itself, in a way that a standard knows, that a program wrote it.
STANDARD = (b"multipart/report", b"auto-submitted", b"x-failed-recipients", b"method=reply")


@pytest.mark.parametrize("name", FORMS)
def test_no_program_reports_a_figure(name: str) -> None:
    _, raw = FORMS[name]
    mail = open_mail(raw, len(raw), False)
    assert isinstance(mail, Opened)
    assert [item for item in reading(mail).items if item.certain and item.candidates[0].value is not None] == []


@pytest.mark.parametrize("name", [name for name, (_, raw) in FORMS.items() if any(s in raw.lower() for s in STANDARD)])
def test_what_a_standard_marks_as_written_by_a_program_is_known_as_what_it_is(name: str) -> None:
    kind, raw = FORMS[name]
    assert open_mail(raw, len(raw), False).machine is kind
