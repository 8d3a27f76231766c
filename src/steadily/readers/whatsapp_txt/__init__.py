"""
WhatsApp text: `header` the grammar of a line's head, `scan` finds heads, `senders` and `bodies` take the rest apart.

`reader` puts them together.
"""

from steadily.readers.whatsapp_txt.reader import READER

__all__ = ["READER"]
