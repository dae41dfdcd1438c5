"""Which technical competences a position asks for, imported by the performance office with their days."""
