"""
The program: five steps, a small daily practice, check-ins, experiments, rituals, wins, hard days, and the proof that it adds up.

Texts lie in `content/` as Markdown, for whoever writes no programs. What a person keeps has its shapes in `entries`, and lies in
the vault (`records`). Everything here is a pure function of those and of the day that it is given.
"""
