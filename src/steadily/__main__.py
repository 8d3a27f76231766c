"""`python -m steadily` is the `steadily` command."""

from steadily.cli import main

main()
