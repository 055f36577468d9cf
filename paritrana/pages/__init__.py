"""What each page says: tables, figures and sentences made from one analysis, called by the notebooks.

Each module is one page. Its functions take a `Page` and return HTML or a `Picture`; they compute nothing that
`paritrana.analysis` does not hold.
"""
