"""`python -m paritrana.lab` writes `lab/fixture.js`, which `lab/dev.html` shows; `make texts` does so too."""

from paritrana.files import write_whole
from paritrana.lab.data import nation_data
from paritrana.lab.fixture import FIXTURE, fixture
from paritrana.parameters import page as parameters
from paritrana.record.tables import load

if __name__ == "__main__":
    defaults = parameters.national()
    write_whole(FIXTURE, fixture(nation_data(load(), defaults), defaults))
