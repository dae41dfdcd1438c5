"""What happened about one person, and who looked: for that person, those above, the office and auditors."""
