"""Everything that changes rows here: telling people, the read model of obligations, reading marks."""
