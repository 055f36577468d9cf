"""Kernels that start at once: forked from a process that has already imported the libraries.

`zygote` starts such a process and gives the environment variables that make Jupyter use it; `is_available` tells
whether kernels can be forked here. Nothing is needed but ipykernel and jupyter_client.
"""

from warm_kernel.start import is_available, zygote

__all__ = ["is_available", "zygote"]
