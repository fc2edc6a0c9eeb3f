"""What any case needs before it is about anything in particular.

Someone to handle it, days to count, steps to take, figures to fill, a record kept.
"""
