"""Mail as it is in the wild: broken, sealed, damaged on its way, or saying two things at once. Never a guess."""

import base64

import pytest

from collector.domain.submission import Opened, Refusal
from parsers.mime import open_mail
from tests.parsers.letters_by_hand import letter, multipart, part
from tests.parsers.test_damaged_mail import reading

WORDS = "DA06 153"
PICTURE = b"\x89PNG\r\n\x1a\n" + b"x" * 20_000
SIGNED_DATA = b"\x30\x80" + bytes.fromhex("06092a864886f70d010702") + b"\xa0\x80DA06 153"
ENVELOPED_DATA = b"\x30\x80" + bytes.fromhex("06092a864886f70d010703") + b"\xa0\x80"


def opened(raw: bytes) -> Opened:
    result = open_mail(raw, len(raw), False)
    assert isinstance(result, Opened), result
    return result


def only_reason(raw: bytes) -> str:
    """The one plain reason for a mail from which nothing is taken."""
    mail = opened(raw)
    assert mail.text == ""
    (reason,) = mail.defects
    return reason


def words(text: str = WORDS) -> bytes:
    return part("Content-Type: text/plain; charset=utf-8", body=text)


def page(text: str) -> bytes:
    return part("Content-Type: text/html; charset=utf-8", body=text)


# --- character sets ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "really"),
    [
        ("iso-8859-1", "cp1252"),
        ("utf-8", "cp1252"),
        ("utf-16", "utf-8"),
        ("utf-32", "ascii"),
        ("cp037", "utf-8"),
        ("us-ascii", "utf-8"),
        ("iso-2022-jp", "utf-8"),
        ("shift_jis", "ascii"),
        ("unknown-8bit", "utf-8"),
        ("utf-16le", "utf-16-le"),
        ("gb18030", "gb18030"),
        ("iso-2022-jp", "iso-2022-jp"),
        ("gb2312", "gb18030"),
        ("shift_jis", "cp932"),
        ("iso-8859-2", "cp1250"),
    ],
)
def test_a_figure_survives_a_wrong_label(said: str, really: str) -> None:
    raw = letter(f"Content-Type: text/plain; charset={said}", body="DA06 153 \u2013 café".encode(really, "replace"))
    assert opened(raw).text.startswith("DA06 153 ")


def test_utf_7_is_refused_where_it_could_hide_something() -> None:
    hidden = letter("Content-Type: text/plain; charset=utf-7", body="DA06 +ADEANQAz-")
    assert "UTF-7" in only_reason(hidden)
    assert opened(letter("Content-Type: text/plain; charset=utf-7", body=WORDS)).text == WORDS


@pytest.mark.parametrize("sign", [b"\x11", b"\x81", b"\xb5", "\ufffd".encode(), "\u202e".encode()])
def test_a_number_beside_a_sign_nobody_can_read_is_not_a_number(sign: bytes) -> None:
    for body in (b"DA06 1" + sign + b"3", b"DA06 15" + sign, b"DA06 " + sign + b"53", b"DA06 1 " + sign + b"53"):
        mail = opened(letter(body=body + b"\r\nDA07 91%\r\n"))
        assert mail.text == "DA06 [unreadable]\nDA07 91%"
        assert "could not read" in mail.defects[0]


def test_one_bad_byte_does_not_garble_the_words_around_it() -> None:
    text = "Caf\u00e9 \u2013 \u0417\u0434\u0440\u0430\u0432: DA06 153".encode()
    for charset in ("utf-8", "iso-8859-1"):
        mail = opened(letter(f"Content-Type: text/plain; charset={charset}", body=text + b" \xaa\r\nDA07 9\xb51%"))
        assert mail.text.startswith("Caf\u00e9 \u2013 \u0417\u0434\u0440\u0430\u0432: DA06 153 ")
        assert "91" not in mail.text
        assert "[unreadable]" in mail.text


@pytest.mark.parametrize(
    ("said", "signs"),
    [("gb2312", "\u955f\u9555\u4f60"), ("shift_jis", "\u2460\u3042"), ("iso-8859-2", "\u2013\u0161")],
)
def test_letters_of_the_wider_character_set_are_read_under_the_narrower_name(said: str, signs: str) -> None:
    really = {"gb2312": "gb18030", "shift_jis": "cp932", "iso-8859-2": "cp1250"}[said]
    raw = letter(f"Content-Type: text/plain; charset={said}", body=f"{signs} DA06 153".encode(really))
    assert opened(raw).text == f"{signs} DA06 153"


@pytest.mark.parametrize("written", ['"base64"', "BASE64 (ours)", "base64;", "Base64."])
def test_a_coding_is_known_however_it_is_written(written: str) -> None:
    assert opened(coded(written, base64.b64encode(b"DA06 153 in words"))).text == "DA06 153 in words"


@pytest.mark.parametrize("written", ["quoted printable", "quoted-printable;", "Quoted-Printable (by us)"])
def test_quoted_printable_is_known_however_it_is_written(written: str) -> None:
    assert opened(coded(written, b"DA06=20153")).text == WORDS


def test_a_heading_that_swallowed_the_next_one_still_says_what_it_is() -> None:
    raw = letter("Content-Type: text/html Content-Transfer-Encoding: 8bit", body="<p>DA06 153</p>")
    assert (opened(raw).text, opened(raw).attachments) == (WORDS, ())


def test_words_that_only_lost_the_empty_line_above_them_are_read() -> None:
    missing = multipart(b"Content-Type: text/plain\r\nDA06 153\r\n", kind="mixed")
    assert opened(missing).text == WORDS
    assert opened(letter(body="")[:-2] + b"DA06 153 without it").text == "DA06 153 without it"


def test_a_message_inside_with_broken_headings_is_a_file_all_the_same() -> None:
    for sign in (b"\x0b", b"\x0c", b"\x1c"):
        broken = b"From: Officer <officer@example.org>" + sign + b"To: all@example.org\r\n\r\nDA06 9"
        mail = opened(multipart(words(), part("Content-Type: message/rfc822", body=broken)))
        assert mail.text == WORDS
        assert b"DA06 9" in mail.attachments[0].content


def test_a_file_behind_an_end_that_came_too_early_is_told_of() -> None:
    inner = 'Content-Type: multipart/alternative; boundary="e"\r\n\r\n--e\r\n\r\nDA06 153\r\n--e--\r\n'
    file = "--e\r\nContent-Type: image/gif; name=a.gif\r\n\r\nGIF\r\n--e--\r\n"
    mail = opened(letter('Content-Type: multipart/mixed; boundary="e"', body=f"--e\r\n{inner}\r\n{file}"))
    assert mail.text == WORDS
    assert "behind the end" in mail.defects[0]


def test_a_raised_digit_close_behind_a_number_is_asked_about() -> None:
    for raw in (
        letter("Content-Type: text/plain; charset=utf-8", body="DA06 15\u00b3"),
        letter("Content-Type: text/html", body="<p>DA06 15<sup>3</sup></p>"),
        letter("Content-Type: text/html", body="<p>DA06 <b>15</b><sup>3</sup></p>"),
    ):
        mail = opened(raw)
        assert mail.text == "DA06 15\u00b3"
        assert [item.certain for item in reading(mail).items] == [False]
    footnote = letter("Content-Type: text/plain; charset=utf-8", body="DA06 Referrals\u00b2 153")
    assert [item.certain for item in reading(opened(footnote)).items] == [True]


def test_a_lost_letter_elsewhere_costs_no_figure() -> None:
    mail = opened(letter(body="caf\ufffd: DA06 153".encode()))
    assert mail.text == "caf\ufffd: DA06 153"
    assert mail.defects == ("Some letters in the email could not be read.",)


# --- damaged on the way -----------------------------------------------------------------------------------------------


def coded(encoding: str, body: bytes) -> bytes:
    return letter(f"Content-Transfer-Encoding: {encoding}", body=body)


@pytest.mark.parametrize(
    "raw",
    [
        multipart(words("DA06 153\r\nDA07 91%"))[:-14],
        multipart(part("Content-Type: application/pdf; name=a.pdf", body="%PDF"), words("DA07 91"))[:-10],
        multipart(words(WORDS * 30), kind="alternative")[:-50],
        coded("quoted-printable", b"DA06 15="),
        coded("quoted-printable", b"DA06 15=3"),
        coded("base64", base64.b64encode(b"DA06 153 and some more words")[:-3]),
        coded("base64", b"REEwNiAxN*MgREEwNyA5MSU="),
        coded("base64", WORDS.encode()),
        coded("x-none", base64.b64encode(b"DA06 153 and some more words")),
        letter(body="As of today =E2=80=93 we have 15=3D3, DA06 153"),
        letter(body="x" * 70 + " DA06 1=\r\n53"),
        letter("Content-Type: multipart/mixed", body="--e\r\nContent-Type: text/html\r\n\r\n<p width=153>DA06</p>"),
        multipart(words(f"{WORDS}\r\n--edgx\r\nContent-Type: text/html\r\n\r\n<p width=153>DA06</p>")),
        letter("no colon here", "Content-Transfer-Encoding: base64", body=base64.b64encode(b"DA06 153")),
    ],
)
def test_a_text_that_was_damaged_or_cut_is_not_read(raw: bytes) -> None:
    mail = opened(raw)
    assert "153" not in mail.text
    assert "91" not in mail.text
    assert "damaged" in mail.defects[0] or "is missing" in mail.defects[0]


def test_where_one_form_of_the_words_is_whole_it_is_read() -> None:
    cut = multipart(words(), page("<p>DA06 153</p>"), kind="alternative")[:-20]
    assert (opened(cut).text, opened(cut).defects) == (WORDS, ())
    broken = part("Content-Transfer-Encoding: base64", body="REEwN*AxNTM")
    other = multipart(broken, page("<p>DA06 153</p>"), kind="alternative")
    assert (opened(other).text, opened(other).defects) == (WORDS, ())


def test_an_inner_part_without_an_end_is_whole_where_the_outer_one_ends() -> None:
    inner = b'Content-Type: multipart/alternative; boundary="in"\r\n\r\n--in\r\n' + words()
    assert opened(multipart(inner)).text == WORDS


def test_a_cut_within_an_attachment_costs_no_words() -> None:
    raw = multipart(words(), part("Content-Type: application/pdf; name=a.pdf", body="%PDF" * 50))[:-60]
    assert opened(raw).text == WORDS


def test_lines_that_came_twice_say_the_same() -> None:
    raw = letter("Subject: Q2", "Subject: Q2", "MIME-Version: 1.0", "MIME-Version: 1.0")
    assert (opened(raw).text, opened(raw).subject) == (WORDS, "Q2")


# --- two versions of the same words -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("plain", "formatted"),
    [
        ("DA06 153", "<p>DA06 154</p>"),
        ("DA06 153", "<p>DA06 153</p><p>DA07 91%</p>"),
        ("DA06 153\r\nDA07 91%", "<p>DA06 153</p>"),
    ],
)
def test_versions_with_different_figures_are_not_chosen_between(plain: str, formatted: str) -> None:
    assert "only one of them has" in only_reason(multipart(words(plain), page(formatted), kind="alternative"))


@pytest.mark.parametrize(
    ("plain", "formatted"),
    [
        ("DA06 153\r\n1. DA07 91%", "<p>DA06 153</p><ol><li>DA07 91%</li></ol>"),
        ("DA06 153 <https://example.org/2015/77>", '<p><a href="https://example.org/2015/77">DA06 153</a></p>'),
        ("[cid:image001.png@01D0.55]\r\nDA06 153", "<img src='cid:image001.png@01D0.55'><p>DA06 153</p>"),
        ("DA06 19% 153", "<p>DA06 <s>19%</s> 153</p>"),
        ("DA06 153\r\n> it was 147", "<p>DA06 153</p><blockquote type=cite>it was 147</blockquote>"),
        ("DA06 153", "<style>p {margin: 7px}</style><p style='width: 77px'>DA06 15<b>3</b></p>"),
    ],
)
def test_what_mail_programs_make_of_the_same_words_is_no_difference(plain: str, formatted: str) -> None:
    mail = opened(multipart(words(plain), page(formatted), kind="alternative"))
    assert "153" in mail.text
    assert mail.defects == ()


def test_a_third_version_for_another_program_is_left_alone() -> None:
    watch = part("Content-Type: text/watch-html", body="<b>DA06 7</b>")
    enriched = part("Content-Type: text/enriched", body="<bold>DA06 7</bold>")
    mail = opened(multipart(words(), watch, enriched, page("<p>DA06 153</p>"), kind="alternative"))
    assert (mail.text, mail.attachments, mail.defects) == (WORDS, (), ())


def test_a_page_that_says_it_is_plain_text_is_read_as_a_page() -> None:
    assert opened(letter("Content-Type: text/plain", body="<html><p>DA06 <b>15</b>3</p></html>")).text == WORDS


def test_words_too_small_to_be_seen_are_not_read() -> None:
    assert opened(letter("Content-Type: text/html", body="<p>DA06 153<span style='font-size:0'>7</span>")).text == WORDS


# --- sealed -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content_type", "content", "says"),
    [
        ("application/pkcs7-mime; smime-type=signed-data; name=smime.p7m", SIGNED_DATA, "digitally signed"),
        ("application/x-pkcs7-mime; name=smime.p7m", SIGNED_DATA, "digitally signed"),
        ("application/octet-stream; name=smime.p7m", SIGNED_DATA, "digitally signed"),
        ("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", ENVELOPED_DATA, "encrypted"),
        ("application/pkcs7-mime; smime-type=signed-data", ENVELOPED_DATA, "encrypted"),
        ("application/octet-stream; name=smime.p7m", ENVELOPED_DATA, "encrypted"),
        ("message/partial; id=a; number=1; total=2", b"Subject: x\r\n\r\nDA06 153", "several pieces"),
        ("message/external-body; access-type=URL", b"Content-Type: text/plain\r\n\r\nDA06 153", "Attach the file"),
    ],
)
def test_a_sealed_mail_gets_one_reason_and_what_to_do(content_type: str, content: bytes, says: str) -> None:
    coding = "8bit" if content_type.startswith("message") else "base64"
    body = content if coding == "8bit" else base64.b64encode(content)
    raw = letter(f"Content-Type: {content_type}", f"Content-Transfer-Encoding: {coding}", body=body)
    assert says in only_reason(raw)


def test_pgp_encrypted_mail_gets_one_reason() -> None:
    block = "-----BEGIN PGP MESSAGE-----\r\nVersion: 1\r\n\r\nhQEMA5QAz3a6153\r\n=ab12\r\n-----END PGP MESSAGE-----\r\n"
    version = part("Content-Type: application/pgp-encrypted", body="Version: 1")
    sealed = part("Content-Type: application/octet-stream; name=encrypted.asc", body=block)
    assert "encrypted" in only_reason(letter(body=block))
    assert "encrypted" in only_reason(multipart(version, sealed, kind="encrypted"))


def test_signed_words_are_read_and_the_signature_is_not() -> None:
    beside = part("Content-Type: application/pkcs7-signature; name=smime.p7s", body="x")
    assert opened(multipart(words(), beside, kind="signed")).text == WORDS
    inline = (
        "-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA512\r\n\r\nDA06 153\r\n- - and one line\r\n"
        "-----BEGIN PGP SIGNATURE-----\r\n\r\niQEz12 91%\r\n=AB12\r\n-----END PGP SIGNATURE-----\r\n"
    )
    assert opened(letter(body=inline)).text == "DA06 153\n- and one line"


def test_a_file_in_the_text_is_named_and_its_code_is_not_read() -> None:
    mail = opened(letter(body="DA06 153\r\nbegin 644 return.xls\r\n#0V%T 91%\r\n`\r\nend\r\n"))
    assert mail.text == WORDS
    assert "return.xls" in mail.defects[0]


# --- inside each other ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("disposition", ["inline", "attachment; filename=fw.eml"])
def test_figures_of_a_message_that_is_passed_on_as_a_file_are_not_the_senders(disposition: str) -> None:
    original = letter("Subject: Q2", body="DA06 7", sender="From: owner@example.org")
    inner = part("Content-Type: message/rfc822", f"Content-Disposition: {disposition}", body=original)
    mail = opened(multipart(words("DA07 91% as agreed"), inner))
    assert mail.text == "DA07 91% as agreed"
    assert mail.attachments[0].content_type == "message/rfc822"


def test_messages_within_messages_are_one_file() -> None:
    raw = letter(body="DA06 1")
    for depth in range(5):
        raw = multipart(words("fyi"), part("Content-Type: message/rfc822", body=raw))
        raw = raw.replace(b"edge", b"edge-%d" % depth)
    mail = opened(raw)
    assert (mail.text, len(mail.attachments)) == ("fyi", 1)


def test_the_rest_of_a_text_that_exchange_made_a_file_of_is_text() -> None:
    rest = part("Content-Type: text/plain; name=ATT00001.txt", "Content-Disposition: attachment", body="DA07 91%")
    mail = opened(multipart(words(), part("Content-Type: application/pdf; name=a.pdf", body="%PDF"), rest))
    assert mail.text == "DA06 153\n\nDA07 91%"


def test_invitations_and_cards_take_nothing_from_the_words() -> None:
    card = part("Content-Type: text/vcard; name=me.vcf", body="BEGIN:VCARD\r\nTEL:01634 153153\r\nEND:VCARD")
    meeting = part("Content-Type: text/calendar; method=REQUEST", body="BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\n")
    mail = opened(multipart(words(), meeting, card))
    assert (mail.text, mail.machine, mail.defects) == (WORDS, None, ())


# --- nothing but a subject, nothing but a picture ---------------------------------------------------------------------


def test_a_figure_in_the_subject_of_an_empty_mail_is_read() -> None:
    assert opened(letter("Subject: DA06 153", body="")).text == WORDS
    assert opened(letter("Subject: DA06 153", body="\r\nSent from my iPhone\r\n")).text == ""
    assert opened(letter("Subject: DA06 153", body="See below")).text == "See below"


@pytest.mark.parametrize(
    "subject", ["RE: DA06 153", "FW: DA06 153", "Q2 2015-16 (Jul to Sep 2015): 4 figures due 5pm Fri 23 Oct [3F9A1C]"]
)
def test_a_subject_that_is_not_the_senders_own_is_no_figure(subject: str) -> None:
    assert opened(letter(f"Subject: {subject}", body="")).text == ""


def test_a_subject_that_was_cut_off_is_no_figure() -> None:
    raw = letter("Subject: DA06 153", body="")
    assert opened(raw.partition(b"53\r\n\r\n")[0]).text == ""


def shown(text: str, *headers: str) -> bytes:
    named = part("Content-Type: image/png; name=image001.png", *headers, body=PICTURE)
    return multipart(page(text), named, kind="related")


def test_a_logo_in_a_signature_is_not_spoken_of() -> None:
    body = "<p>DA06 153</p><p>Kind regards</p><p>The Officer</p><img src='cid:logo'>"
    assert opened(shown(body, "Content-ID: <logo>")).pictures == ()
    thanks = "<p>Figures to follow.</p><p>Kind regards</p><p>The Officer</p><p><img src='cid:logo'></p>"
    assert opened(shown(thanks, "Content-ID: <logo>")).pictures == ()


def test_a_picture_pasted_in_instead_of_figures_is_told_of() -> None:
    mail = opened(shown("<p>Our figures:</p><p><img src='cid:table'></p>", "Content-ID: <table>"))
    assert mail.pictures == ("image001.png",)


def test_a_picture_in_the_quoted_mail_is_not_the_senders() -> None:
    body = "<p>Thanks, will do</p><blockquote type=cite><img src='cid:logo'></blockquote>"
    assert opened(shown(body, "Content-ID: <logo>")).pictures == ()


def test_a_scan_that_is_attached_is_told_of() -> None:
    scan = part("Content-Type: image/jpeg; name=scan.jpg", "Content-Disposition: attachment", body=PICTURE)
    assert opened(multipart(words(), scan)).pictures == ("scan.jpg",)


def test_wrapped_lines_lose_the_blank_that_marks_them_where_the_mail_says_so() -> None:
    raw = letter("Content-Type: text/plain; format=flowed; delsp=yes", body="DA06 15 \r\n3 ref \r\nerrals\r\n")
    assert opened(raw).text == "DA06 153 referrals"


@pytest.mark.parametrize("name", ["con.xlsx.exe", "a\tb.xlsx", " .xlsx", "\u202excod.xlsx", "?" * 400, "x.XLSX "])
def test_odd_names_are_shown_on_one_line(name: str) -> None:
    raw = multipart(words(), part(f'Content-Type: application/x-any; name="{name}"', body="x"))
    shown_name = opened(raw).attachments[0].name
    assert shown_name
    assert shown_name.isprintable()


def test_no_reason_blames_or_puzzles() -> None:
    block = "-----BEGIN PGP MESSAGE-----\r\n\r\nx\r\n-----END PGP MESSAGE-----"
    reasons = [
        only_reason(raw)
        for raw in (
            letter(body=block),
            coded("base64", WORDS.encode()),
            multipart(words())[:-14],
            letter("Content-Type: application/pkcs7-mime", body=SIGNED_DATA),
            multipart(words(), page("<p>DA06 154</p>"), kind="alternative"),
        )
    ]
    for reason in reasons:
        assert not any(word in reason.lower() for word in ("sorry", "invalid", "illegal", "please", "error", "mime"))


def test_a_refusal_stays_a_refusal() -> None:
    raw = letter(body=b"Content-Type: message/rfc822\r\n\r\n" * 1000)
    nested = raw.replace(b"Message-ID", b"Content-Type: message/rfc822\r\nMessage-ID")
    assert isinstance(open_mail(nested, len(nested), False), Refusal)
