"""How the kernels of this book are set up; it imports nothing, for they are started before all else is imported."""

# One thread per kernel: two kernels on two cores would otherwise fight for both. Kernels are forked from a process that
# has imported what notebooks import; the process that runs pages has one of its own unless it is told of another.
KERNEL_ENVIRONMENT = {
    "JUPYTER_DEFAULT_PROVISIONER_NAME": "warm-kernel",
    "WARM_KERNEL_PRELOAD": "paritrana.pages.preload",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
SCRATCH = "PARITRANA_SCRATCH"  # the folder for sockets; who sets it clears up behind runs that are left in the middle
