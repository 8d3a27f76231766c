"""A draft, before it is sent: how it may land, and how the true thing can be said so that it can be heard."""

from steadily.coach.frame import framed
from steadily.coach.moment import Hold, Moment, hold
from steadily.coach.readings import Readings
from steadily.coach.review import Remark, Review, review

__all__ = ["Hold", "Moment", "Readings", "Remark", "Review", "framed", "hold", "review"]
