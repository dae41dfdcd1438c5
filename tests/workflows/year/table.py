"""Every obligation of the year with the day it was due, worked out by hand on the days off of ``dates``.

Working days are counted from the day after the opening; a limit ends at 23:59:59 in Jakarta of the day that is named.
"""

from tests.workflows.year.place import CAST

EVERYBODY = frozenset(CAST)
NOBODY = frozenset({"-"})
"""An obligation of the office that is about nobody in particular."""
QUARTERS = "2026-02-02"
"""The execution opens, and with it what is owed around its quarters."""

OBLIGATIONS = {
    # 12 after 1 December: 2-5 4, 8-12 9, 15-17.
    ("ACKNOWLEDGE_STANDARD", "2025-12-01", "2025-12-17"): EVERYBODY,
    # 10 after 2 January: 5-9 5, 12-15 9 (16 Isra Mikraj), 19.
    ("PROPOSE_PLAN", "2026-01-02", "2026-01-19"): EVERYBODY,
    # 5 after 8 January: 9, 12-15. Dewi proposes on the 19th: 20-23, 26.
    ("ANSWER_PLAN", "2026-01-08", "2026-01-15"): EVERYBODY - {"dewi"},
    ("ANSWER_PLAN", "2026-01-19", "2026-01-26"): {"dewi"},
    # 5 after 12 January: 13-15 3 (16 off), 19, 20; after 2 February: 3-6, 9; after 12 May: 13, 18-21 (14 and 15 off);
    # after 8 September: 9-11, 14, 15.
    ("CONFIRM_PLAN", "2026-01-12", "2026-01-20"): EVERYBODY - {"dewi"},
    ("CONFIRM_PLAN", "2026-02-02", "2026-02-09"): {"dewi"},
    ("CONFIRM_PLAN", "2026-05-12", "2026-05-21"): {"ani"},
    ("CONFIRM_PLAN", "2026-09-08", "2026-09-15"): {"kabid_a", "budi", "citra"},
    # 60 after 2 February: 3-6 4, 9-13 9, 18-27 17 (16 and 17 off), 2-17 March 29 (18-24 off), 25-27 March 32,
    # 30 March-2 April 36 (3 off), 6-30 April 55 (1 May off), 4-8 May. The secretary has no rater.
    ("GIVE_FEEDBACK", QUARTERS, "2026-05-08"): EVERYBODY - {"sekda"},
    # 5 after the quarter: 1, 2, 6-8 April (3 off); 1-3, 6, 7 July; 1, 2, 5-7 October.
    ("REPORT_ACTUALS", QUARTERS, "2026-04-08"): EVERYBODY,
    ("REPORT_ACTUALS", QUARTERS, "2026-07-07"): EVERYBODY,
    ("REPORT_ACTUALS", QUARTERS, "2026-10-07"): EVERYBODY,
    # Clock 11, 10 after the quarter: 1, 2 April 2 (3 off), 6-10 7, 13-15; 1-3 July 3, 6-10 8, 13, 14; 1, 2 October 2,
    # 5-9 7, 12-14. The fourth quarter is evaluated with the year.
    ("EVALUATE_PERIOD", QUARTERS, "2026-04-15"): EVERYBODY,
    ("EVALUATE_PERIOD", QUARTERS, "2026-07-14"): EVERYBODY,
    ("EVALUATE_PERIOD", QUARTERS, "2026-10-14"): EVERYBODY,
    # 15 after a transfer: 5-8 May 4, 11-13 7 (14 and 15 off), 18-22 12, 25, 26 14 (27 and 28 off), 29.
    ("ANSWER_PLAN", "2026-05-04", "2026-05-29"): {"ani"},
    # The head of section A with the new rater, two of section A with the next superior: 2-4 September 3, 7-18 13, 21, 22.
    ("ANSWER_PLAN", "2026-09-01", "2026-09-22"): {"kabid_a", "budi", "citra"},
    # 5 after 4 January: 6-8 (5 Isra Mikraj), 11, 12.
    ("REPORT_ACTUALS", "2027-01-04", "2027-01-12"): EVERYBODY,
    ("SET_ORG_PERFORMANCE", "2027-01-04", "2027-02-01"): NOBODY,
    # 19 after 4 January, with the window: 6-8 3, 11-29 18, 1 February.
    ("ASSESS", "2027-01-04", "2027-02-01"): EVERYBODY,
    # Clock 3, 10 after 4 February: 8-12 5 (5 leave), 15-19. Eko's after the superior's evaluation on the 10th: 11, 12,
    # 15-19 7, 22-24.
    ("ISSUE_RESULT", "2027-02-04", "2027-02-19"): EVERYBODY - {"eko"},
    ("ISSUE_RESULT", "2027-02-10", "2027-02-24"): {"eko"},
    # Clock 7, 30 after the window, which ends on 3 February now: 4, 8-26 16, 1-5 March 21, 16-19 25 (8-15 off),
    # 22-24 28 (25 and 26 off), 29, 30. Owed again on 3 March because a result was changed (clock 10).
    ("REPORT_UPWARD", "2027-02-04", "2027-03-30"): NOBODY,
    ("REPORT_UPWARD", "2027-03-03", "2027-03-30"): NOBODY,
    # Clock 4, 14 after 8 February: 9-12 4, 15-19 9, 22-26. Clock 6, 7 after 15 February: 16-19 4, 22-24.
    ("ACKNOWLEDGE_RESULT", "2027-02-08", "2027-02-26"): EVERYBODY - {"eko"},
    ("ACKNOWLEDGE_RESULT", "2027-02-15", "2027-02-24"): {"eko"},
    # 4 after the filing: 12, 15-17; 15-18 February.
    ("GIVE_STATEMENT", "2027-02-11", "2027-02-17"): {"dewi"},
    ("GIVE_STATEMENT", "2027-02-12", "2027-02-18"): {"citra"},
    # Clock 9, 7 after the filing, whenever both sides have explained: 12, 15-19 6, 22; 15-19 5, 22, 23 February.
    ("DECIDE_OBJECTION", "2027-02-15", "2027-02-22"): {"dewi"},
    ("DECIDE_OBJECTION", "2027-02-16", "2027-02-23"): {"citra"},
    # 20 after 31 March: 1, 2 April, 5-23 17, 26-28. 20 after 7 April: 8, 9, 12-30 17, 3-5 May.
    ("PLAN_DEVELOPMENT", "2027-03-31", "2027-04-28"): {"dewi"},
    # On the day that was agreed on when it was planned.
    ("COMPLETE_DEVELOPMENT", "2027-04-07", "2027-06-30"): {"dewi"},
    ("REVIEW_SYSTEM", "2027-04-07", "2027-05-05"): NOBODY,
}
"""Kind, opened, due as it was opened: about whom."""

_THIRD = ("2026-10-14", "2026-10-14")
_SECOND = ("2026-07-14", "2026-07-14")
_TAKEN_OVER = ("2026-07-14", "2026-07-15")
"""Who takes over on 1 July has at least the 10 days of the ladder: 2, 3 July 2, 6-10 7, 13-15."""
MOVES = {
    # To the 15th, as the office says; rungs by the same 5 working days.
    ("EXTENSION", "REPORT_ACTUALS", "citra", "2026-04-08", "2026-04-15", "citra"),
    # Ani's transfer on 4 May.
    *(("PERSONNEL", "EVALUATE_PERIOD", "ani", *days, "kabid_b") for days in (_SECOND, _THIRD)),
    # Fajar acts for the head of section B from 1 July, and is led by the next superior meanwhile; from 18 July back.
    *(("PERSONNEL", "EVALUATE_PERIOD", who, *_TAKEN_OVER, "fajar") for who in ("ani", "dewi", "eko")),
    *(("PERSONNEL", "EVALUATE_PERIOD", who, *_THIRD, "fajar") for who in ("ani", "dewi", "eko")),
    *(("PERSONNEL", "EVALUATE_PERIOD", "fajar", *days, "kadis") for days in (_TAKEN_OVER, _THIRD)),
    *(("PERSONNEL", "EVALUATE_PERIOD", who, *_THIRD, "kabid_b") for who in ("ani", "dewi", "eko", "fajar")),
    # What fell due while the system was down on the 14th and the 15th has two working days more: 15, 16 July.
    *(("OUTAGE", "EVALUATE_PERIOD", who, "2026-07-14", "2026-07-16", "kabid_a") for who in ("budi", "citra")),
    # The head of section A is transferred on 1 September.
    *(("PERSONNEL", "EVALUATE_PERIOD", who, *_THIRD, "kadis") for who in ("budi", "citra")),
    ("PERSONNEL", "EVALUATE_PERIOD", "kabid_a", *_THIRD, "sekda"),
    # The window is extended by two working days: 2, 3 February.
    ("EXTENSION", "ASSESS", "eko", "2027-02-01", "2027-02-03", "kabid_b"),
}
"""Why, kind, about whom, the day it was due, the day it is due now, who owes it now."""

EVALUATED_BY = {
    "sekda": {1: "eko", 2: "eko", 3: "eko"},
    **{who: dict.fromkeys((1, 2, 3), "sekda") for who in ("kadis", "petugas")},
    # Transferred in September; his people are left to the next superior, who evaluates them from then on.
    "kabid_a": {1: "kadis", 2: "kadis", 3: "sekda"},
    **{who: {1: "kabid_a", 2: "kabid_a", 3: "kadis"} for who in ("budi", "citra")},
    # Transferred in May: what the former rater said of the first quarter stands.
    "ani": {1: "kabid_a", 2: "fajar", 3: "kabid_b"},
    # On leave in July, so Fajar acts; silent about Fajar in the first quarter, about Eko in the third.
    "kabid_b": dict.fromkeys((1, 2, 3), "kadis"),
    "dewi": {1: "kabid_b", 2: "fajar", 3: "kabid_b"},
    "eko": {1: "kabid_b", 2: "fajar"},
    "fajar": {1: "kadis", 2: "kadis", 3: "kabid_b"},
}
"""By quarter; the fourth is evaluated with the year."""
