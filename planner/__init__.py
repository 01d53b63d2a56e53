"""Målrett: from a resident survey to a proven four-year plan and a council paper."""

__version__ = "0.1.0"
