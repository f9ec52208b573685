"""Readers of one column of raw cells as a whole: dates, times, numbers, words and text."""

from importers.values.clock import start_of_day
from importers.values.column import Parsed, Place
from importers.values.dates import date_order, dates, timestamps
from importers.values.numbers import integers, numbers
from importers.values.words import booleans, fold, text, words

__all__ = [
    "Parsed",
    "Place",
    "booleans",
    "date_order",
    "dates",
    "fold",
    "integers",
    "numbers",
    "start_of_day",
    "text",
    "timestamps",
    "words",
]
