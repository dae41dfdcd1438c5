"""Every rung that was climbed in the year and every limit of a result and an objection, worked out by hand."""

STEPS = [
    # 3 days before 17 December: 16, 15, 12; the day itself; 10 days after: 18, 19, 22-24 5 (25 and 26 off), 29-31 8
    # (1 January off), 2, 5 January.
    ("2025-12-12", "ACKNOWLEDGE_STANDARD", "eko", "REMIND", "eko"),
    ("2025-12-17", "ACKNOWLEDGE_STANDARD", "eko", "REMIND", "eko"),
    ("2026-01-05", "ACKNOWLEDGE_STANDARD", "eko", "LAPSE", "eko"),
    # 3 before 19 January: 15 (16 off), 14, 13.
    ("2026-01-13", "PROPOSE_PLAN", "dewi", "REMIND", "dewi"),
    # Clock 1, around 26 January: 23, 22; the day; 27, 28; 29, 30. On the last working day of January the superior has it.
    ("2026-01-22", "ANSWER_PLAN", "dewi", "REMIND", "kabid_b"),
    ("2026-01-26", "ANSWER_PLAN", "dewi", "REMIND", "kabid_b"),
    ("2026-01-28", "ANSWER_PLAN", "dewi", "ESCALATE", "kadis"),
    ("2026-01-30", "ANSWER_PLAN", "dewi", "HAND_OVER", "kadis"),
    # First quarter, around 15 April: 14, 13, 10; the day; 16, 17; 20-22.
    ("2026-04-10", "EVALUATE_PERIOD", "fajar", "REMIND", "kabid_b"),
    ("2026-04-15", "EVALUATE_PERIOD", "fajar", "REMIND", "kabid_b"),
    ("2026-04-17", "EVALUATE_PERIOD", "fajar", "ESCALATE", "kadis"),
    ("2026-04-22", "EVALUATE_PERIOD", "fajar", "HAND_OVER", "kadis"),
    # Second quarter, before 14 July: 13, 10, 9; the day.
    ("2026-07-09", "EVALUATE_PERIOD", "budi", "REMIND", "kabid_a"),
    ("2026-07-09", "EVALUATE_PERIOD", "citra", "REMIND", "kabid_a"),
    ("2026-07-14", "EVALUATE_PERIOD", "budi", "REMIND", "kabid_a"),
    ("2026-07-14", "EVALUATE_PERIOD", "citra", "REMIND", "kabid_a"),
    # Third quarter, around 14 October: 13, 12, 9; the day; 15, 16; 19-21; 22, 23, 26-30 12, 2-4 November.
    ("2026-10-09", "EVALUATE_PERIOD", "eko", "REMIND", "kabid_b"),
    ("2026-10-14", "EVALUATE_PERIOD", "eko", "REMIND", "kabid_b"),
    ("2026-10-16", "EVALUATE_PERIOD", "eko", "ESCALATE", "kadis"),
    ("2026-10-21", "EVALUATE_PERIOD", "eko", "HAND_OVER", "kadis"),
    ("2026-11-04", "EVALUATE_PERIOD", "eko", "LAPSE", "kadis"),
    # Clock 5: 3 before 1 February, 29, 28, 27 January; then the window is extended, and the pen goes over when it ends.
    ("2027-01-27", "ASSESS", "eko", "REMIND", "kabid_b"),
    ("2027-02-03", "ASSESS", "eko", "HAND_OVER", "kadis"),
    # 2 before 22 February: 19, 18. 2 before 23 February: 22, 19; the day; 24-26 3, 1, 2 March.
    ("2027-02-18", "DECIDE_OBJECTION", "dewi", "REMIND", "kadis"),
    ("2027-02-19", "DECIDE_OBJECTION", "citra", "REMIND", "sekda"),
    ("2027-02-23", "DECIDE_OBJECTION", "citra", "OFFICE", "petugas"),
    ("2027-03-02", "DECIDE_OBJECTION", "citra", "OFFICE", "petugas"),
    # 3 before 26 February: 25, 24, 23; then the receipt is deemed.
    ("2027-02-23", "ACKNOWLEDGE_RESULT", "fajar", "REMIND", "fajar"),
    ("2027-02-26", "ACKNOWLEDGE_RESULT", "fajar", "LAPSE", "fajar"),
]
"""The day, kind, about whom, the step, who was told."""

LAPSED = {("ACKNOWLEDGE_STANDARD", "eko"), ("EVALUATE_PERIOD", "eko"), ("ACKNOWLEDGE_RESULT", "fajar")}
LATE = {("ANSWER_PLAN", "dewi"), ("EVALUATE_PERIOD", "fajar"), ("ASSESS", "eko"), ("DECIDE_OBJECTION", "citra")}

_SIGNED, _RECEIVED, _FINAL = "2027-02-08", "2027-02-09", "2027-03-31"
_UNTIL = "2027-03-01"
"""Clock 8, 14 after 9 February: 10-12 3, 15-19 8, 22-26 13, 1 March."""
RESULTS = {
    # Heads evaluated by nobody above whom there is anybody: final without objection (L IV.A.12).
    ("sekda", 1): ("eko", _SIGNED, _RECEIVED, None, _FINAL, "GOOD"),
    ("kadis", 1): ("sekda", _SIGNED, _RECEIVED, None, _FINAL, "GOOD"),
    ("petugas", 1): ("sekda", _SIGNED, _RECEIVED, _UNTIL, _FINAL, "GOOD"),
    # Transferred raters and servants are evaluated by those who lead them now.
    ("kabid_a", 1): ("sekda", _SIGNED, _RECEIVED, _UNTIL, _FINAL, "GOOD"),
    ("budi", 1): ("kadis", _SIGNED, _RECEIVED, _UNTIL, _FINAL, "GOOD"),
    ("ani", 1): ("kabid_b", _SIGNED, _RECEIVED, _UNTIL, _FINAL, "GOOD"),
    ("kabid_b", 1): ("kadis", _SIGNED, _RECEIVED, _UNTIL, _FINAL, "GOOD"),
    # Upheld; and amended, so that the second version is the final one.
    ("dewi", 1): ("kabid_b", _SIGNED, _RECEIVED, _UNTIL, _FINAL, "NEEDS_IMPROVEMENT"),
    ("citra", 1): ("kadis", _SIGNED, _RECEIVED, _UNTIL, None, "NEEDS_IMPROVEMENT"),
    ("citra", 2): ("sekda", "2027-03-03", None, None, _FINAL, "GOOD"),
    # Clock 5: the superior signed within 14 after 3 February (4, 8-12 6, 15-19 11, 22-24), and that is final.
    ("eko", 1): ("kadis", "2027-02-15", "2027-02-16", None, _FINAL, "GOOD"),
    # Deemed received; 14 after 26 February: 1-5 March 5, 16-19 9, 22-24 12, 29, 30 (8-15, 25 and 26 off).
    ("fajar", 1): ("kabid_b", _SIGNED, "2027-02-26", "2027-03-30", _FINAL, "GOOD"),
}
"""Of each version: signed by, signed, received, last day for an objection, final, predicate."""

OBJECTIONS = {
    # Decided on the seventh working day.
    "dewi": ("2027-02-11", "2027-02-17", "2027-02-22", None, "2027-02-22", "UPHELD"),
    # The authority is silent: the office is told when the seventh day ends, and a person decides all the same.
    "citra": ("2027-02-12", "2027-02-18", "2027-02-23", "2027-02-23", "2027-03-03", "AMENDED"),
}
"""Filed, statements due, decision due, escalated, decided, outcome."""
