"""What does a picture of it look like? Every picture, as SVG made from numbers and words that are given.

Nothing here loads, computes a figure or makes a sentence. Colour comes from classes: the page's stylesheet gives them
the theme's colours in light and dark, `png.py` gives them the light ones.
"""
