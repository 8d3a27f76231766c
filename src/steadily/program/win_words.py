"""
Words by which a small win is said outright: turning back a hurt, thanking for something, asking along, saying yes.

Read only where a message carries the code already (`found_wins`); the two together are surer than either. English, as the codes are.
"""

from __future__ import annotations

import re

SOFT = re.compile(
    r"came out (?:all |so )?wrong|\bstart (?:this |that |it )?(?:again|over)\b|\btry (?:this |that |it )?again\b"
    r"|\bdid(?:n'?t| not) mean (?:it|that|to)\b|\bmy fault\b|\bthat(?:'s| was| one was)(?: all)? on me\b"
    r"|\bi snapped\b|\btruce\b|\btoo far\b|\bno excuse\b|\bgo again\b"
    r"|\bi (?:was|am|got) (?:being )?(?:too |so |very |really )?(?:harsh|unfair|sharp|short|rude|wrong|mean|horrid|unkind)\b"
    r"|\bsaid (?:that|it) badly\b|\b(?:horrid|unfair|mean|unkind|wrong) of me\b|\btake (?:it|that) back\b"
    r"|\bdon'?t want to (?:fight|argue|row)\b|\bshould(?:n'?t| not) have\b|\bi get it\b|\bi (?:do )?hear you\b|\byou'?re right\b"
    r"|\b(?:i'?m|so|really|very) sorry\b|^sorry\b|\bsorry[,.]|\bsorry (?:about|for|i)\b",
    re.IGNORECASE,
)
"""Turning back a hurt."""
NOT_SOFT = re.compile(
    r"\bsorry (?:you|that you|if|but)\b|\bsorry not sorry\b|\bi'?m sorry\?|\byou(?:'?re| are| should be)? sorry\b"
    r"|\b(?:can'?t|cannot|won'?t) (?:make|tonight|today|come|talk|do)\b|\b(?:running|be) late\b",
    re.IGNORECASE,
)
TAKEN = re.compile(
    r"^\W*(?:ok(?:ay)?|yes|yeah|it'?s (?:ok|okay|fine|alright|all right)|thank|me too|same|i know|come here|accepted|forgiven)\b|[❤💛🤗]",
    re.IGNORECASE,
)
"""An answer that takes it."""

THANKS = re.compile(
    r"\b(?:thank(?:s| you| u)(?: so much| again| very much)?,? for\b|(?:i'?m |so |really )grateful (?:for|that|you)\b"
    r"|i (?:really |do |so )?appreciate(?:d)? (?:you|it when|how)\b)",
    re.IGNORECASE,
)
"""A thank-you that says what for."""
NOT_THANKS = re.compile(
    r"\bfor (?:nothing|letting me know|telling me|saying|that|this|asking|understanding|your (?:patience|service))\b"
    r"|\bfor the (?:info|information|heads up|reminder|update|link|warning|tip|report|offer)\b|🙄|\bin advance\b"
    r"|\b(?:tell|told|say|says|said|saying|pass on|wrote|from|never|didn'?t|don'?t|could|would|might|a)\b[^.!?\n]{0,30}"
    r"(?:thank|grateful|appreciat)",
    re.IGNORECASE,
)
"""One in name only, or one that somebody else said or left unsaid."""

ASKS = re.compile(
    r"\bcome (?:and(?! gone)|sit|over|to|with|for|home|look|be|choose)\b|\blet'?s\b|\bshall we\b|\bfancy\b|\bwould you like\b"
    r"|\bdo you want to\b"
    r"|\bwant to\b[^.!?\n]*\?|\bwanna\b[^.!?\n]*\?|\bjoin me\b|\bwith me\b[^.!?\n]*\?|\bcan we\b[^.!?\n]*\?|\bcould we\b[^.!?\n]*\?"
    r"|\bwe could\b|\btonight\?|\bhow about\b|\bwhat about\b[^.!?\n]*\?|\byou and me\b|\b(?:walk|coffee|tea|dinner|film|pizza|swim)\?",
    re.IGNORECASE,
)
"""Asking along."""
NOT_ASKS = re.compile(
    r"\btalk about (?:us|it|this|that)\b|\b(?:need to|must|have to) talk\b|\btalk later\b", re.IGNORECASE
)
YES = re.compile(
    r"^\W*(?:oh |ooh |aw |omg |haha |ha |well |ok(?:ay)? )?(?:yes+|yeah|yep|yup|please|i'?d (?:love|like)|(?:would )?love to"
    r"|gladly|absolutely|definitely|of course|deal|sold|done|perfect|go on then|count me in|i'?m in|on my way|it'?s a date"
    r"|can'?t wait|coming|sounds (?:good|lovely|great|perfect|nice))\b|\byes[!. x]*$",
    re.IGNORECASE,
)
"""Saying yes."""
NOT_YES = re.compile(
    r"\b(?:but|can'?t make|cannot|not tonight|another (?:day|time)|maybe|might|suppose|guess|no)\b|\?", re.IGNORECASE
)
