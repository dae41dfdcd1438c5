"""The daily log: written in two presses, without a signal as well; nothing is lost and nothing is kept twice."""
