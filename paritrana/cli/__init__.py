"""The command line `paritrana`."""

import os

# One thread for linear algebra, as in every kernel: the arrays are small, and threads that share two cores with other
# processes made a fit twenty times slower. BLAS reads this when numpy is first imported, which nothing has done yet.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
