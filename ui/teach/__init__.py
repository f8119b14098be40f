"""Teach: corrections are collected, learnt in seconds, measured, and taken back by one click."""
