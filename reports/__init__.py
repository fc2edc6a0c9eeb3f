"""Figures over every kind of case: what is due, and what the year comes to."""
