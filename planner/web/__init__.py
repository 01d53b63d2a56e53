"""HTTP only: read the form, call one service, render one view."""
