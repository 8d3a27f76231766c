"""The Practice room: one small thing a day, check-ins, rituals, wins, a hard day, experiments, the proof and the workbook."""
