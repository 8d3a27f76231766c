"""The same verbs for programs, as JSON under /api, with a token from the person's own vault page."""
