"""Faults as they travel: between processes, with every one of them."""

import pickle

import pytest

from paritrana.faults import Fault, InvalidInput
from paritrana.parameters.page import national


def test_faults_come_out_of_another_process_as_they_went_in() -> None:
    faults = (
        Fault("a.csv", 2, "x", "1", "another was expected"),
        Fault("b.yml", None, None, None, "a file was expected"),
    )
    back = pickle.loads(pickle.dumps(InvalidInput(faults)))
    assert type(back) is InvalidInput
    assert back.faults == faults
    assert str(back) == str(InvalidInput(faults))


def test_what_the_parameters_say_is_the_same_on_the_other_side() -> None:
    with pytest.raises(InvalidInput) as error:
        national({"rubric": "hypothesis-z", "draws": 0})
    assert str(pickle.loads(pickle.dumps(error.value))) == str(error.value)
