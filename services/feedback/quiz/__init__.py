"""The quiz on the appraisal: answered as often as one likes, told to whoever answers, and to others in counts alone."""
