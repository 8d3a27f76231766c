"""Logs as one JSON object a line: when, how grave, where. Never what somebody wrote, and no names: messages are not logged."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime


class Plain(logging.Formatter):
    """A record without its content: the message of a record of ours is fixed text; of others, only its template is kept."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        said = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "what": str(record.msg) if record.name.startswith("steadily") else "",
            "where": f"{record.module}:{record.lineno}",
        }
        if record.exc_info and record.exc_info[0]:
            said["error"] = record.exc_info[0].__name__
        return json.dumps({name: value for name, value in said.items() if value})
