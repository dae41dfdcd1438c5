"""Official forms as papers: what each says, how it is typeset, what was made, and whether a paper is genuine."""
