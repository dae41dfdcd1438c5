"""The calendar that the tables were worked out on by hand, and when each phase opened, was due and ended.

National holidays and collective leave of December 2025 to 5 May 2027, the last day that any table names. Of 2027 the
package ``holidays`` knows collective leave as well, and marks Idul Fitri (10 and 11 March) as estimated.
"""

DAYS_OFF = {
    "2025-12-25": "Natal",
    "2025-12-26": "cuti bersama",
    "2026-01-01": "Tahun Baru",
    "2026-01-16": "Isra Mikraj",
    "2026-02-16": "cuti bersama",
    "2026-02-17": "Imlek",
    "2026-03-18": "cuti bersama",
    "2026-03-19": "Nyepi",
    "2026-03-20": "cuti bersama",
    "2026-03-21": "Idul Fitri (Saturday)",
    "2026-03-22": "Idul Fitri (Sunday)",
    "2026-03-23": "cuti bersama",
    "2026-03-24": "cuti bersama",
    "2026-04-03": "Wafat Yesus Kristus",
    "2026-04-05": "Paskah (Sunday)",
    "2026-05-01": "Hari Buruh",
    "2026-05-14": "Kenaikan Yesus Kristus",
    "2026-05-15": "cuti bersama",
    "2026-05-27": "Idul Adha",
    "2026-05-28": "cuti bersama",
    "2026-05-31": "Waisak (Sunday)",
    "2026-06-01": "Hari Lahir Pancasila",
    "2026-06-16": "Tahun Baru Islam",
    "2026-08-17": "Hari Kemerdekaan",
    "2026-08-25": "Maulid",
    "2026-12-24": "cuti bersama",
    "2026-12-25": "Natal",
    "2027-01-01": "Tahun Baru",
    "2027-01-05": "Isra Mikraj",
    "2027-02-05": "cuti bersama",
    "2027-02-06": "Imlek (Saturday)",
    "2027-03-08": "Nyepi",
    "2027-03-09": "cuti bersama",
    "2027-03-10": "Idul Fitri, estimated",
    "2027-03-11": "Idul Fitri, estimated",
    "2027-03-12": "cuti bersama",
    "2027-03-15": "cuti bersama",
    "2027-03-25": "cuti bersama",
    "2027-03-26": "Wafat Yesus Kristus",
    "2027-03-28": "Paskah (Sunday)",
    "2027-05-01": "Hari Buruh (Saturday)",
}
FIRST, LAST = "2025-12-01", "2027-05-05"

NIGHT, MIDNIGHT = "23:59:59", "00:00:00"
PHASES = {
    # 31 days before the period, until the day before it.
    "PREPARATION": ("2025-12-01 08:00:00", "2025-12-31", f"2025-12-31 {NIGHT}"),
    # From 2 January, a Friday, to the end of January (clock 1): the 31st is a Saturday, so Monday 2 February. It ends
    # when the last plan is set on that day.
    "PLANNING": (f"2026-01-02 {MIDNIGHT}", "2026-02-02", "2026-02-02 09:00:00"),
    "EXECUTION": ("2026-02-02 09:00:00", "2026-12-31", f"2026-12-31 {NIGHT}"),
    # 1 January is a holiday and a Friday, so from Monday 4 January to the end of January (clock 2): the 31st is a Sunday,
    # so Monday 1 February. The office extends it to the 3rd.
    "EVALUATION": (f"2027-01-04 {MIDNIGHT}", "2027-02-01", f"2027-02-03 {NIGHT}"),
    # 5 working days after 4 February: without the 5th (leave) the 8th to the 12th. Nobody owes anything, so it ends at once.
    "MODERATION": (f"2027-02-04 {MIDNIGHT}", "2027-02-12", f"2027-02-04 {MIDNIGHT}"),
    # 25 working days: 8-26 February 15, 1-5 March 20, 16-19 March 24 (8-15 March are off), 22 March. It ends with the
    # last receipt, which is deemed.
    "DISCLOSURE": (f"2027-02-04 {MIDNIGHT}", "2027-03-22", f"2027-02-26 {NIGHT}"),
    # 14 working days: 1-5 March 5, 16-19 March 9, 22-24 March 12, 29 and 30 March (25 and 26 March are off).
    "OBJECTION": (f"2027-02-27 {MIDNIGHT}", "2027-03-30", f"2027-03-30 {NIGHT}"),
    # 10 working days: 1 and 2 April, 5-9 April 7, 12-14 April. Every window is over, so it ends at once.
    "FINALISATION": (f"2027-03-31 {MIDNIGHT}", "2027-04-14", f"2027-03-31 {MIDNIGHT}"),
    # 20 working days: 1 and 2 April, 5-23 April 17, 26-28 April. It ends when Dewi's development is planned.
    "FOLLOW_UP": (f"2027-03-31 {MIDNIGHT}", "2027-04-28", "2027-04-07 09:00:00"),
    # 20 working days: 8 and 9 April, 12-30 April 17, 3-5 May. It ends with the review.
    "SYSTEM_REVIEW": ("2027-04-07 09:00:00", "2027-05-05", "2027-04-12 09:00:00"),
}
"""Opened, due (as it was opened), ended."""
EXTENDED = [("EVALUATION", "2027-02-01", "2027-02-03", "petugas", "Banjir di kantor Bidang B")]
OUTAGES = [("2026-07-14 13:00:00", "2026-07-15 10:00:00", "petugas", "Listrik padam di pusat data")]
