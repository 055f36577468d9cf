"""What a module is made of: its own file and all that it imports of this library, directly or through others."""

from paritrana import paths
from paritrana.code import files_of_modules, imports, of_machine, of_modules

RULES = ("validation/meaning.py", "checked.py", "faults.py", "parameters/page.py", "parameters/rubric.py",
         "record/tables.py", "record/example.py", "indicators/catalogue.py")  # fmt: skip


def test_the_rules_are_all_that_validation_imports_directly_or_through_others() -> None:
    rules = set(files_of_modules(["paritrana.validation"]))
    assert rules >= {*(paths.LIBRARY / "validation").glob("*.py"), *(paths.LIBRARY / rule for rule in RULES)}
    assert not any(path.is_relative_to(paths.LIBRARY / room) for path in rules for room in ("pages", "lab", "build"))


def test_indicators_need_no_parameters_and_parameters_need_them() -> None:
    modules = [f"paritrana.indicators.{path.stem}" for path in (paths.LIBRARY / "indicators").glob("*.py")]
    needed = {path.parent.name for path in files_of_modules(modules)}
    assert needed == {"paritrana", "indicators", "record"}


def test_a_page_of_the_record_reaches_no_engine() -> None:
    files = files_of_modules(["paritrana.pages.coverage", "paritrana.pages.budget", "paritrana.pages.record_page"])
    assert [path for path in files if path.is_relative_to(paths.LIBRARY / "engine")] == []


def test_imports_are_found_anywhere_in_a_text_and_by_every_name() -> None:
    text = """
def f():
    from paritrana.engine import ranks
    try:
        import paritrana.paths
    except ImportError:
        with a:
            import paritrana.b
    else:
        import paritrana.c
    finally:
        for d in e:
            match d:
                case 1:
                    import paritrana.d
"""
    found = {"paritrana.engine", "paritrana.engine.ranks", *(f"paritrana.{name}" for name in ("paths", "b", "c", "d"))}
    assert set(imports(text)) == found


def test_what_is_no_module_of_the_library_has_no_file() -> None:
    assert files_of_modules(["numpy", "paritrana.nothing"]) == []


def test_a_digest_tells_modules_apart_and_stays_the_same() -> None:
    assert of_modules(["paritrana.paths"]) == of_modules(["paritrana.paths"]) != of_modules(["paritrana.files"])
    assert set(of_machine()) == {"lock", "Python"}
