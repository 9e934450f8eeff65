"""What the owner is told in numbers: each with its definition and the rows behind it."""

from optfm.reports.catalogue import CHAPTERS, FUNNEL, REPORTS
from optfm.reports.period import Period
from optfm.reports.report import Part, Report, Row, number, parts, rows

__all__ = [
    "CHAPTERS",
    "FUNNEL",
    "REPORTS",
    "Part",
    "Period",
    "Report",
    "Row",
    "number",
    "parts",
    "rows",
]
