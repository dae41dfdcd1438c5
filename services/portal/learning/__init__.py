"""What one learns about the appraisal before it begins: sessions to come to, materials, the quiz."""
