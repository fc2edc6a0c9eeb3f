"""What bodies send of a year (报送): filled in, sent, given back, reminded of."""
