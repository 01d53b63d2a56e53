"""One made-up survey as ten tools would have written it, each with its own kind of mess: a module for each tool.

Every file says what must come out of it, so that all of them can be held against the same answers.
"""
