"""The daily log as a file: taken out in the form of the national application, and brought in from it once."""
