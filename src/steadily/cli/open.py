"""`steadily open` and `steadily serve`: the app in the browser, for oneself or for others."""

from __future__ import annotations

import os
import secrets
import tempfile
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from steadily.errors import SteadilyError, UsageError

LOOPBACK = "127.0.0.1"
THREADS = 8
MOST_CONNECTIONS = 2_000
"""Open at once when serving: browsers keep several each, and Waitress would make the hundred-and-first wait without a word."""


def open_(
    port: Annotated[int, typer.Option("--port", help="Which port; a free one if not given.")] = 0,
    data: Annotated[
        Path | None,
        typer.Option("--data", metavar="FOLDER", help="Where the vault lies; your data folder if not given."),
    ] = None,
    sample: Annotated[
        bool, typer.Option("--sample", help="On an invented couple, with data that goes when you stop.")
    ] = False,
    model_server: Annotated[
        str, typer.Option("--model-server", metavar="ADDRESS", help="A model server of your own, for more wordings.")
    ] = "",
    model: Annotated[str, typer.Option("--model", metavar="NAME", help="What it calls its model.")] = "",
    browser: Annotated[bool, typer.Option(help="Open the browser.")] = True,
) -> None:
    """Open the app in your browser. It runs on this machine only, until you stop it with Ctrl+C."""
    if model_server or model:
        _connect(model_server, model)
    with tempfile.TemporaryDirectory(prefix="steadily-") as passing:
        folder = Path(passing) if sample else data
        if folder is not None:
            os.environ["STEADILY_DATA"] = str(folder.resolve())
        _prepare()
        from waitress.server import create_server

        from steadily.web.shell.start import let_in
        from steadily.web.wsgi import application

        token = secrets.token_urlsafe(24)
        let_in(token)
        try:
            server = create_server(application, host=LOOPBACK, port=port, threads=THREADS, ident="")
        except OSError:
            raise UsageError(f"Port {port} is taken. Choose another, or none.") from None
        address = f"http://{LOOPBACK}:{getattr(server, 'effective_port', port)}/{'look/sample/' if sample else ''}?key={token}"
        typer.echo(f"Open in your browser, once: {address}")
        typer.echo("It stays on this machine. Stop it with Ctrl+C.", err=True)
        if browser:
            webbrowser.open(address)
        server.run()


def serve(
    port: Annotated[int, typer.Option("--port", help="Which port.")] = 8000,
    host: Annotated[str, typer.Option("--host", help="Which address; this machine only if not given.")] = LOOPBACK,
    threads: Annotated[int, typer.Option("--threads", help="Requests that are answered at once.")] = 16,
) -> None:
    """Serve the app to others, each with a vault of their own. Settings come from the environment (docs/hosting.md)."""
    os.environ["STEADILY_MODE"] = "hosted"
    os.environ.setdefault("POLARS_MAX_THREADS", "1")  # the cores are for several people, not for one page
    _prepare()
    from waitress import serve as run

    from steadily.web.wsgi import application

    run(application, host=host, port=port, threads=threads, ident="", connection_limit=MOST_CONNECTIONS, asyncore_use_poll=True,
        trusted_proxy="127.0.0.1", trusted_proxy_headers={"x-forwarded-proto", "x-forwarded-for"})  # fmt: skip


def _connect(address: str, model: str) -> None:
    from steadily.coach.model_server import Server

    server = Server(address, model)
    os.environ["STEADILY_MODEL_SERVER"], os.environ["STEADILY_MODEL"] = server.address, server.model


def _prepare() -> None:
    """Settings, checks, tables, and nothing left behind by a crash."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "steadily.web.settings")
    import django
    from django.conf import settings
    from django.core.checks import Error, run_checks
    from django.core.management import call_command
    from django.db import DatabaseError

    os.umask(0o077)
    try:
        settings.DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
        django.setup()
        problems = [one for one in run_checks() if isinstance(one, Error)]
        if problems:
            raise SteadilyError("\n".join(f"{one.id}: {one.msg} {one.hint or ''}" for one in problems))
        call_command("migrate", verbosity=0)
        call_command("clearsessions", verbosity=0)
    except (OSError, DatabaseError) as error:
        raise SteadilyError(
            f"The app's data cannot be opened ({type(error).__name__}). Check that its folder or database can be written."
        ) from None
    from steadily.web.look.uploads import wipe_all

    wipe_all()
