"""The quarter's report as data: what SEG and the scrutiny committee read, made once and rendered in several forms."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from collector.domain.indicator import Unit
from collector.domain.period import Quarter
from collector.domain.rag import Rag


@dataclass(frozen=True)
class Point:
    """One quarter of a trend: `value` is in the unit of its row (percentages run from 0 to 100)."""

    period: Quarter
    value: Decimal
    words: str


@dataclass(frozen=True)
class Trend:
    """What can be compared, the earliest first, and the goal where it is one line; `words` say it without a picture."""

    points: tuple[Point, ...] = ()
    goal: Decimal | None = None
    words: str = ""


@dataclass(frozen=True)
class Cell:
    """One measure in one quarter, as the books hold it.

    `words` say the figure, or why there is none; `value` is in `unit`. Without a colour `why` says why. `notes` are
    numbers of the report's footnotes. `commentary` is the progress or the explanation given with the figure; where it
    is `unedited` it is the sender's own words, else what was written for publication or came with the definition file
    (RULES 27).
    """

    period: Quarter
    words: str
    unit: Unit
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    rag: Rag | None = None
    why: str = ""
    notes: tuple[int, ...] = ()
    commentary: str = ""
    unedited: bool = False


@dataclass(frozen=True)
class Row:
    """A measure with its cells, one for each quarter of its part; `direction` compares the last one with earlier."""

    code: str
    indicator: str
    title: str
    target: str
    organisation: str
    cells: tuple[Cell, ...]
    direction: str = ""
    trend: Trend = Trend()
    notes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Table:
    """A priority of one part: its rows, and who stands by them (`signed`)."""

    code: str
    title: str
    signed: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Counts:
    """The colours of a quarter's figures; `none` have none, `out` are not in."""

    period: Quarter
    indicators: int
    red: int = 0
    amber: int = 0
    green: int = 0
    none: int = 0
    out: int = 0

    @property
    def figures(self) -> int:
        """All of them: a split indicator has several."""
        return self.red + self.amber + self.green + self.none + self.out


@dataclass(frozen=True)
class Part:
    """Quarters of one half of a year, under the definitions that were in force in its last one (RULES 16)."""

    title: str
    periods: tuple[Quarter, ...]
    counts: tuple[Counts, ...]
    tables: tuple[Table, ...]

    @property
    def indicators(self) -> int:
        """How many indicators it has; a split one counts once."""
        return len({row.indicator for table in self.tables for row in table.rows})


@dataclass(frozen=True)
class Line:
    """One thing said of one measure and quarter, or of several of one organisation, whose name is then the `code`."""

    code: str
    title: str
    period: Quarter
    text: str
    rag: Rag | None = None


@dataclass(frozen=True)
class Corrective:
    """What is done about a Red figure (RULES 15); "" where nobody has said."""

    code: str
    title: str
    period: Quarter
    reason: str = ""
    action: str = ""
    owner: str = ""
    by_when: str = ""
    outcome: str = ""


@dataclass(frozen=True)
class Report:
    """The whole report. A draft says in `missing` what keeps it from being final; its `mark` stands on every page.

    `standing` says of each quarter whether it is locked, signed off, still open, or was loaded.
    """

    partnership: str
    plan: str
    period: str
    made: datetime
    mark: str
    standing: tuple[str, ...]
    missing: tuple[str, ...]
    parts: tuple[Part, ...]
    attention: tuple[Line, ...]
    decisions: tuple[Line, ...]
    actions: tuple[Corrective, ...]
    findings: tuple[Line, ...]
    footnotes: tuple[str, ...]
    tolerance: tuple[str, ...]
    quality: tuple[str, ...]
    glossary: tuple[tuple[str, str], ...]

    @property
    def draft(self) -> bool:
        """Whether something keeps it from being final."""
        return bool(self.missing)

    @property
    def title(self) -> str:
        """What the document is called."""
        return f"{self.partnership}: performance report, {self.period}"

    @property
    def by_row(self) -> tuple[tuple[Part, Table, Row], ...]:
        """Every row with its part and table, in the report's order."""
        return tuple((part, table, row) for part in self.parts for table in part.tables for row in table.rows)
