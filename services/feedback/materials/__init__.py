"""What people learn the appraisal from: texts, links, and worked examples of measuring."""
