"""Kernels forked from a process that is ready."""
