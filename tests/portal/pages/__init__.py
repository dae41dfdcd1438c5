"""The pages of each subject as (who, path), for the walk through every page."""
