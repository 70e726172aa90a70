"""Breaks inputs at random, and holds what is said of each against what all others say."""
