"""`steadily workbook`: the whole program as a PDF, blank to write on or with one's own entries."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from steadily.errors import SteadilyError, UnreadableFile, UsageError

if TYPE_CHECKING:
    from steadily.report.workbook import Entries
    from steadily.vault import Vault

NO_VAULT = (
    "There is no vault here yet, so there is nothing to fill the book with. Make one in the app (steadily open), say where it is with "
    "--data FOLDER, or set the book with --blank."
)
STOPPED = (
    "Coaching is stopped for now, and the workbook with it. Nothing is lost. Open the app (steadily open) to read why; steadily help shows "
    "whom you can call."
)


def workbook(
    out: Annotated[Path, typer.Argument(metavar="OUT.pdf", help="Where to write it.")],
    blank: Annotated[
        bool, typer.Option("--blank", help="Without your entries, to write on paper. Needs no vault.")
    ] = False,
    letter: Annotated[bool, typer.Option("--letter", help="On US Letter; on A4 if not given.")] = False,
    country: Annotated[
        str, typer.Option("--country", metavar="XX", help="Also print the helplines of this country, such as GB.")
    ] = "",
    data: Annotated[
        Path | None,
        typer.Option("--data", metavar="FOLDER", help="Where the vault lies; your data folder if not given."),
    ] = None,
    passphrase_file: Annotated[
        Path | None,
        typer.Option(
            "--passphrase-file", metavar="FILE", help="Read the passphrase from here instead of asking for it."
        ),
    ] = None,
) -> None:
    """
    Write the workbook as a PDF: lessons, practices, pages to fill, and, unless it is blank, what you kept in the app.

    The passphrase of the vault is asked for. The PDF is not encrypted.
    """
    if not out.parent.is_dir():
        raise UnreadableFile("The folder for the workbook is not there. Make it, or choose another place.")
    _known(country)
    entries = None if blank else _entries(data, passphrase_file)
    from steadily.report.workbook import workbook as book
    from steadily.report.workbook import write_workbook
    from steadily.safety.helplines import today

    write_workbook(out, book(entries, paper="letter" if letter else "a4", today=today(), country=country))
    private = "" if blank else " It holds private things and is not locked: keep it where only you can read it."
    typer.echo(f"Written to {out}.{private}", err=True)


def _known(country: str) -> None:
    """Say what is wrong with a country before anybody has typed a passphrase."""
    if country:
        from steadily.safety.helplines import helplines

        helplines(country)


def _entries(data: Path | None, passphrase_file: Path | None) -> Entries:
    """What lies in the vault, opened as the app opens it."""
    if data is not None:
        os.environ["STEADILY_DATA"] = str(data.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "steadily.web.settings")
    import django
    from django.conf import settings
    from django.db import DatabaseError

    database = settings.DATABASES["default"]
    if str(database["ENGINE"]).endswith("sqlite3") and not Path(str(database["NAME"])).exists():
        raise SteadilyError(NO_VAULT)
    django.setup()
    try:
        return _read(passphrase_file)
    except DatabaseError as error:
        raise SteadilyError(
            f"The app's data cannot be read ({type(error).__name__}). Nothing was changed. "
            "Open the app once with steadily open, then try again."
        ) from None


def _read(passphrase_file: Path | None) -> Entries:
    from steadily.report.workbook import Entries
    from steadily.safety.stopping import allowed
    from steadily.web.accounts import doors
    from steadily.web.accounts.place import ONLY_ONE
    from steadily.web.shell.stopping import stop_of

    person = doors.named(ONLY_ONE)
    if person is None:
        raise SteadilyError(NO_VAULT)
    vault: Vault = doors.open_with_passphrase(person, _passphrase(passphrase_file))
    if not allowed("practice", stop_of(vault)):
        raise SteadilyError(STOPPED)
    return Entries.of(vault)


def _passphrase(file: Path | None) -> str:
    if file is not None:
        try:
            return file.read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError):
            raise UnreadableFile(
                "The file with the passphrase cannot be read. Check its name, or leave the option out and type it."
            ) from None
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(
            "Nobody is here to type the passphrase. Run this at a terminal, or give --passphrase-file FILE."
        )
    asked: str = typer.prompt("Passphrase", hide_input=True, err=True)
    return asked
