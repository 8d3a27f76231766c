"""The workbook: the whole program as a PDF, blank to write on or with a person's own entries."""

from steadily.report.workbook.book import Paper, workbook, write_workbook
from steadily.report.workbook.entries import Entries

__all__ = ["Entries", "Paper", "workbook", "write_workbook"]
