"""HTML mail to text: a row of a table stays one line, and what a mail program quotes gets its `>` back."""

import re
from collections.abc import Iterable

import lxml.html  # type: ignore[import-untyped]  # comes with inscriptis
from inscriptis.html_engine import Inscriptis  # type: ignore[import-untyped]  # it has no types
from inscriptis.model.config import ParserConfig  # type: ignore[import-untyped]  # nor here
from lxml import etree

from parsers.raised import raised

CELL = " | "

_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_LINES_IN_A_CELL = 10
_BREAKS = ("br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6")
_HIDDEN = re.compile(
    r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.IGNORECASE
)
_STRUCK = re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through", re.IGNORECASE)
_QUOTING = re.compile(r"gmail_quote|protonmail_quote|yahoo_quoted|moz-cite|cite", re.IGNORECASE)
_BORDER = re.compile(r"border-left\s*:(?!\s*(none|0|medium none))", re.IGNORECASE)


def page_text(page: str, *, pictures: bool = False) -> str:
    """The text a reader of the page sees. Hidden and struck-out words are left out; nothing is fetched.

    With `pictures`, each that came with the message stands as [cid:...] where it is shown.
    """
    tree = seen_tree(page)
    if tree is None:
        return ""
    if pictures:
        _mark_pictures(tree)
    for element in reversed(list(tree.iter("table", "blockquote"))):
        _flatten(element)
    return _INDENT.sub("", _rendered(tree))


def seen_tree(page: str) -> lxml.html.HtmlElement | None:
    """A page's elements without what its reader does not see, footnote marks told from digits; None for no page."""
    # lxml refuses a str that declares an encoding, and can't have NUL.
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        tree = lxml.html.document_fromstring(page.replace("\x00", "").encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    _drop_unseen(tree)
    _mark_raised(tree)
    return tree


def _rendered(tree: lxml.html.HtmlElement) -> str:
    text: str = Inscriptis(tree, ParserConfig()).get_text()
    return text


def _drop_unseen(tree: lxml.html.HtmlElement) -> None:
    for element in list(tree.iter("*")):
        style = element.get("style") or ""
        unseen = element.tag in ("script", "style", "title", "s", "strike", "del") or _HIDDEN.search(style)
        if (unseen or _STRUCK.search(style)) and element.getparent() is not None:
            element.drop_tree()


def _mark_raised(tree: lxml.html.HtmlElement) -> None:
    """A footnote mark must not become a digit of the figure before it: 15<sup>2</sup> is not 152, nor surely 15."""
    for element in tree.iter("sup", "sub"):
        mark = element.text_content().strip()
        if any(map(str.isdecimal, mark)):
            element.text = raised(mark, _before(element))
            for child in list(element):
                element.remove(child)


def _before(element: lxml.html.HtmlElement) -> str:
    """What stands right before an element, on the same line."""
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        return before.tail or before.text_content() or ""
    return (parent.text or "") if parent is not None else ""


def _mark_pictures(tree: lxml.html.HtmlElement) -> None:
    for element in list(tree.iter("img")):
        source = str(element.get("src") or "")
        if source.lower().startswith("cid:"):
            element.tag, element.text = "span", f" [cid:{source[4:]}] "


def _flatten(element: lxml.html.HtmlElement) -> None:
    """Turn a table of data, or a quotation, into preformatted lines; a table for layout becomes plain blocks.

    Called for inner elements before outer ones, so that what it finds inside is already flat.
    """
    if element.tag == "blockquote":
        if _is_quotation(element):
            _replace(element, (f"> {line}".rstrip() for line in _inner_text(element).splitlines()))
        return
    rows = [_cells(row) for row in element.iter("tr")]
    if _holds_data(element, rows):
        caption = [text for found in element.iter("caption") if (text := _flat(found))]
        _replace(element, [*caption, *(CELL.join(row) for row in rows if any(row))])
        return
    for part in element.iter("table", "thead", "tbody", "tfoot", "tr", "td", "th"):
        part.tag = "div"
        part.attrib.clear()


def _is_quotation(element: lxml.html.HtmlElement) -> bool:
    """A mail program's quotation, not a paragraph that the sender indented."""
    marks = f"{element.get('class') or ''} {element.get('type') or ''} {element.get('cite') or ''}"
    return bool(_QUOTING.search(marks) or element.get("cite") or _BORDER.search(element.get("style") or ""))


def _inner_text(element: lxml.html.HtmlElement) -> str:
    tail, element.tail = element.tail, None
    text = _rendered(element)
    element.tail = tail
    return text.strip("\n")


def _holds_data(table: lxml.html.HtmlElement, rows: list[list[str]]) -> bool:
    several = any(sum(bool(cell) for cell in row) > 1 for row in rows)
    nested = next(table.iter("pre", "ul", "ol"), None) is not None
    tall = any(sum(1 for _ in cell.iter(*_BREAKS)) > _LINES_IN_A_CELL for cell in table.iter("td", "th"))
    return several and not nested and not tall


def _cells(row: lxml.html.HtmlElement) -> list[str]:
    return [_flat(cell).replace("|", "/") for cell in row if cell.tag in ("td", "th")]


def _flat(element: lxml.html.HtmlElement) -> str:
    """All text on one line, with a space only where the page breaks: 15<b>3</b> is 153."""
    pieces: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if node.tag in _BREAKS:
            pieces.append(" ")
        if event == "start":
            pieces.append(node.text or "")
        elif node is not element:
            pieces.append(node.tail or "")
    return " ".join("".join(pieces).split())


def _replace(element: lxml.html.HtmlElement, lines: Iterable[str]) -> None:
    tail = element.tail
    element.clear()
    element.tag, element.tail = "pre", tail
    element.text = "\n".join(lines)
