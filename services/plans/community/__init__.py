"""What the community answered (surveys, complaints, letters): counts that a file brings in as evidence (PLB-6, DMI-6)."""
