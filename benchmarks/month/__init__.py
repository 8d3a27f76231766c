"""A month of one person's life with the app, played through the browser (`benchmarks/a_month.py`)."""
