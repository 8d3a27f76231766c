"""Do no harm: the gate in front of all coaching, the private self-check, and where to find help."""

from steadily.safety.gate import Answer, GateName, gate_chat, gate_text
from steadily.safety.helplines import Helpline, helplines

__all__ = ["Answer", "GateName", "Helpline", "gate_chat", "gate_text", "helplines"]
