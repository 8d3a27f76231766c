"""The app in the browser: a Django project whose rooms are Look, Write and Help, with the vault behind them."""
