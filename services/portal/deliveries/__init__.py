"""The delivery log for the office: who did not get a mail, and sending it once more."""
