"""The Help room: whom to call, what to do on a shared phone, and the self-check. It needs no key."""
