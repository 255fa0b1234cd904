"""Puts voices on this machine, only when the user asks for one."""
