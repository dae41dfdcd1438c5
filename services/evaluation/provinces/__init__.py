"""What an official of the province reads of the cities that have declared him or her: numbers, never a person."""
