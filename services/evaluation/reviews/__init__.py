"""The appraisal system judged by itself."""
