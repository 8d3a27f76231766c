"""The thirty days: what happens on which evening."""

from __future__ import annotations

from collections.abc import Callable

from month.chat import gives_a_newer_export, says_that_a_mark_is_wrong
from month.keeping import (
    asks_for_a_ritual,
    does_the_ritual,
    gets_a_reminder,
    hears_a_yes,
    keeps_wins,
    looks_at_check_ins,
    takes_the_longer_look,
    writes_a_line_of_the_day,
)
from month.ledger import Day
from month.person import Person
from month.practicing import (
    changes_the_plan,
    does_one_more,
    has_a_hard_day,
    is_locked_out_while_writing,
    lets_the_plan_rest,
    reads_a_lesson,
    says_that_it_passed,
    sees_proof,
    takes_the_plan_up_again,
    writes_as_an_observer,
)

DAYS: dict[int, Day] = {
    2: Day((6, 5, 4), "left"),
    3: Day((5, 5, 6), ""),
    4: Day(None, "not for me"),
    5: Day(None, "done", "yes"),
    6: Day(opens=False),
    7: Day((6, 6, 2), "left"),
    8: Day((6, 5, 5), "done", "no"),
    9: Day((7, 6, 4), "done", "yes"),
    10: Day((6, 6, 5), ""),
    11: Day((7, 7, 3), "done", ""),
    12: Day((6, 6, 4), "something else", "a little"),
    13: Day((6, 5, 6), "left"),
    14: Day(None, ""),
    15: Day((7, 6, 4), "done", "yes"),
    16: Day((5, 5, 6), ""),
    17: Day((2, 2, 8), ""),
    18: Day((3, 2, 7), "done", "yes"),
    19: Day((5, 5, 5), "left"),
    20: Day((6, 6, 4), "done", "a little"),
    21: Day((7, 6, 3), ""),
    22: Day(opens=False),
    23: Day((7, 7, 4), "done", "yes"),
    24: Day((6, 6, 5), "something else", "yes"),
    25: Day((7, 7, 3), "done", ""),
    26: Day((8, 7, 3), "left"),
    27: Day((7, 7, 4), "done", "yes"),
    28: Day((8, 8, 2), "done", "a little"),
    29: Day((7, 7, 4), ""),
    30: Day((7, 8, 3), "done", "yes"),
}
Extra = Callable[[Person], None]

EXTRAS: dict[int, tuple[Extra, ...]] = {
    2: (says_that_a_mark_is_wrong,),
    3: (is_locked_out_while_writing,),
    4: (reads_a_lesson,),
    5: (writes_a_line_of_the_day, keeps_wins),
    7: (asks_for_a_ritual,),
    9: (hears_a_yes,),
    10: (writes_as_an_observer, looks_at_check_ins),
    11: (does_the_ritual, does_one_more),
    12: (changes_the_plan,),
    13: (lets_the_plan_rest,),
    14: (gets_a_reminder, does_the_ritual),
    15: (looks_at_check_ins,),
    16: (takes_the_longer_look,),
    17: (has_a_hard_day,),
    18: (sees_proof,),
    19: (says_that_it_passed,),
    20: (gives_a_newer_export,),
    21: (keeps_wins, does_the_ritual),
}
BEFORE: dict[int, tuple[Extra, ...]] = {15: (takes_the_plan_up_again,)}
"""What comes before the rest of the evening."""
