"""
Synthetic couples: seeded, with known phases, roles, ruptures and rituals.

`bank` holds the texts, `plan` what is planted, `couple` puts them together, `exports` writes them as apps would.
"""

from steadily.synthetic.couple import SyntheticCouple, make_couple, sample_couple
from steadily.synthetic.plan import Phase, Plan, PlantedRupture, Truth, sample_plan

__all__ = ["Phase", "Plan", "PlantedRupture", "SyntheticCouple", "Truth", "make_couple", "sample_couple", "sample_plan"]
