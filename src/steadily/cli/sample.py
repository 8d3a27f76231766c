"""`steadily sample`: the sample couple's chat, as an app would export it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer


def sample(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to write it; made if it is not there.")],
    form: Annotated[
        Literal["whatsapp", "imessage", "telegram", "signal"],
        typer.Option("--form", help="Which app's export to write."),
    ] = "whatsapp",
    seed: Annotated[int, typer.Option("--seed", help="Another number makes another couple's chat.")] = 1,
) -> None:
    """Write the sample couple's chat (invented; Robin and Jules, fourteen months) to try things on."""
    from steadily.synthetic import sample_couple
    from steadily.synthetic.exports import write_export

    typer.echo(str(write_export(sample_couple(seed=seed), folder, form)))
