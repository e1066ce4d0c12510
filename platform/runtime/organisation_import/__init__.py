"""The organisation from a file: departments, or people with their places, checked as a whole first."""
