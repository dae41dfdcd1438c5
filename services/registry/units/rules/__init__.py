"""What units there are, and what each inherits from those above."""
