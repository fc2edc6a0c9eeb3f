"""How fast the project is where an office grows large, beside what cannot be beaten."""
