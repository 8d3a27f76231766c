"""The Write room: a page to type on, a reading beside it, and a drawer for what is kept until later."""
