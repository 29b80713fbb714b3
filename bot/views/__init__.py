"""Draws blocks, and reads back what was typed. Pure."""
