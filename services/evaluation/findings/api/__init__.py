"""The routes of findings: the list and the office's questions, how raters rated, and the persons concerned."""
