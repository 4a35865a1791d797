"""The sections of the page, a module and a template for each.

A module has TITLE, NAV (what the contents call it) and `section`: what its template shows, made of the
inputs; None where the section does not apply.
"""
