"""How ratings are spread: predicates of units beside the guidance, the statistics of raters, and one's own line."""
