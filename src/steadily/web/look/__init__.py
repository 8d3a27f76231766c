"""The Look room: a chat in, its story out, with the messages behind every line."""
