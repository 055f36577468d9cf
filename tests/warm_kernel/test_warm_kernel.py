"""Warm kernels: real kernels, forked, next to spawned ones; and nothing that outlives what it belongs to."""

import json
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from jupyter_client.manager import start_new_kernel
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from traitlets.config import Config

from paritrana.paths import ROOT
from warm_kernel import is_available, zygote

pytestmark = pytest.mark.skipif(not is_available(), reason="kernels are forked on Linux only")

MODULES = ["numpy", "matplotlib.pyplot"]
QUIET = ["--log-level=50"]
ORIGIN = "import os, pathlib\nprint('warm_kernel.zygote' in pathlib.Path(f'/proc/{os.getppid()}/cmdline').read_text())"
WARM = ("JUPYTER_DEFAULT_PROVISIONER_NAME", "WARM_KERNEL_ZYGOTE")
PROMPT = "warm_kernel.client.PromptClient"


@contextmanager
def selected(environment: Mapping[str, str]) -> Iterator[None]:
    """Kernels of this process start with these variables, and as they would outside pytest."""
    # ipykernel does not capture file descriptors where pytest's own variable is set.
    removed = {"PYTEST_CURRENT_TEST", *WARM} - environment.keys()
    with pytest.MonkeyPatch.context() as patch:
        for name in removed:
            patch.delenv(name, raising=False)
        for name, value in environment.items():
            patch.setenv(name, value)
        KernelProvisionerFactory.clear_instance()
        yield
    KernelProvisionerFactory.clear_instance()


@pytest.fixture(scope="module")
def warm() -> Iterator[dict[str, str]]:
    with zygote(MODULES) as environment:
        yield environment


def notebook(*sources: str) -> nbformat.NotebookNode:
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return made


def transport(folder: Path, **settings: str) -> Config:
    """Sockets that are files in a folder."""
    return Config(KernelManager={"transport": "ipc", "ip": f"{folder}/kernel", **settings})


def executed(environment: Mapping[str, str], sources: list[str], **options: Any) -> list[list[dict[str, Any]]]:
    """The outputs of each cell, run by Papermill with these variables."""
    settings = {"progress_bar": False, "kernel_name": "python3", "extra_arguments": QUIET, **options}
    with selected(environment):
        return [cell.outputs for cell in papermill.execute_notebook(notebook(*sources), None, **settings).cells]


def printed(environment: Mapping[str, str], *sources: str, **options: Any) -> list[str]:
    """What the last cell prints, by lines."""
    return executed(environment, list(sources), **options)[-1][0]["text"].splitlines()


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that is dead and whose parent has not asked for it does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def eventually(holds: Callable[[], bool]) -> bool:
    """Whether it comes to hold; a bound for hanging, not a measure of speed."""
    deadline = time.monotonic() + 60
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.05)
    return holds()


CELLS = [
    "import matplotlib, matplotlib.pyplot as plt, numpy as np\nprint(dict(matplotlib.rcParams))",
    "figure, axes = plt.subplots(figsize=(2, 1))\naxes.plot(np.arange(4) ** 2);",
    "from IPython.display import HTML, display\ndisplay(HTML('<b>x</b>'), metadata={'text/html': {'k': 1}})\nnp.eye(2)",
    "import os, sys, warnings\nwarnings.warn('careful')\nprint('out'); print('err', file=sys.stderr)",
    # ipykernel reads what children write in a thread of its own, and a cell does not wait for it.
    "import time\nos.system('echo from a child'); time.sleep(1)",
    "os.system('echo error of a child >&2'); time.sleep(1)",
    "input('name?')",
    "def fails(): raise ValueError('as written')\nfails()",
    "%who_ls",
    "print(os.getcwd(), sys.argv[1:2], os.path.basename(sys.argv[0]), sys.path, sys.orig_argv[1:3])",
    "import signal\nprint([signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD)])",
    "print(os.getsid(0) == os.getpid(), os.isatty(0), sys.stdin.read(), __name__, sys.modules['__main__'].__name__)",
    "import tempfile, threading\nprint(threading.active_count(), tempfile.gettempdir(), sys.flags, sys.warnoptions)",
    "kept = dict(os.environ)\nprint(kept.pop('JUPYTER_DEFAULT_PROVISIONER_NAME') != '', sorted(kept.items()))",
    "from ipykernel.kernelapp import IPKernelApp\nprint(sorted(IPKernelApp.instance().config))",
]


def all_outputs(environment: Mapping[str, str], folder: Path) -> list[list[dict[str, Any]]]:
    """The outputs of CELLS, errors included."""
    made = notebook(*CELLS)
    client = NotebookClient(made, allow_errors=True, extra_arguments=QUIET, config=transport(folder))
    with selected(environment):
        client.execute(cwd=str(folder))
    # A code cell's file name holds the process number.
    return json.loads(re.sub(r"ipykernel_\d+", "ipykernel", json.dumps([cell.outputs for cell in made.cells])))


def test_a_forked_kernel_gives_what_a_spawned_one_gives(warm: dict[str, str], tmp_path: Path) -> None:
    assert printed(warm, ORIGIN) == ["True"]
    stock = {**warm, "JUPYTER_DEFAULT_PROVISIONER_NAME": "local-provisioner"}
    assert printed(stock, ORIGIN) == ["False"]
    assert all_outputs(warm, tmp_path) == all_outputs(stock, tmp_path)


def test_the_prompt_client_gives_the_same_outputs(warm: dict[str, str], tmp_path: Path) -> None:
    cells = ["import sys\nprint('x', file=sys.stderr)", "for i in range(3): print(i, flush=True)", "1 + 1"]
    prompt = executed(warm, cells, config=transport(tmp_path, client_class=PROMPT))
    assert prompt == executed(warm, cells, config=transport(tmp_path))


def test_the_prompt_client_tells_that_a_kernel_died_before_it_answered(warm: dict[str, str], tmp_path: Path) -> None:
    dying = ["--IPKernelApp.exec_lines=import os; os._exit(1)"]
    with pytest.raises(RuntimeError, match="Kernel died before replying to kernel_info"):
        executed(warm, ["1"], config=transport(tmp_path, client_class=PROMPT), extra_arguments=dying)


LEAK = """
import builtins, os, random, sys, numpy, matplotlib.pyplot as plt
leak = builtins.leak = 1
os.environ["LEAK"] = "1"
numpy.mean = numpy.pi = None
sys.path.append("leak"); sys.modules["leak"] = os
os.chdir("/")
numpy.random.seed(1); random.seed(1)
plt.rcParams["lines.linewidth"] = 99; plt.figure()
"""
LEAKED = """
import os, random, sys, numpy, matplotlib.pyplot as plt
print("leak" in globals(), hasattr(__builtins__, "leak"), *("leak" in each for each in (sys.path, sys.modules)))
print("LEAK" in os.environ, os.getcwd() == "/", numpy.pi is None, numpy.mean is None)
print(plt.rcParams["lines.linewidth"] == 99, len(plt.get_fignums()))
print(numpy.random.random(), random.random())
"""


def test_nothing_of_one_notebook_is_seen_in_the_next(warm: dict[str, str]) -> None:
    executed(warm, [LEAK])
    *rest, drawn = printed(warm, LEAKED)
    assert rest == ["False False False False", "False False False False", "False 0"]
    seeded = printed(warm, "import random, numpy\nnumpy.random.seed(1); random.seed(1)", LEAKED)[-1]
    assert drawn != seeded


def test_two_kernels_draw_different_random_numbers(warm: dict[str, str]) -> None:
    draw = "import random, numpy\nprint(random.random()); print(numpy.random.random())"
    first, second = printed(warm, draw), printed(warm, draw)
    assert first[0] != second[0]
    assert first[1] != second[1]


def test_a_kernel_ends_as_a_process_ends(warm: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "logbook.py").write_text("file = open('module.txt', 'w')\nfile.write('held by a module')")
    endings = """
import atexit, pathlib, threading, time, logbook
file = open("open.txt", "w"); _ = file.write("never closed")
atexit.register(lambda: pathlib.Path("atexit.txt").write_text("at exit"))
def linger(): time.sleep(0.1); pathlib.Path("thread.txt").write_text("a thread's last word")
threading.Thread(target=linger).start()
"""
    executed(warm, [endings], cwd=str(tmp_path))
    told = {file.name: file.read_text() for file in tmp_path.glob("*.txt")}
    assert told == {
        "module.txt": "held by a module",
        "open.txt": "never closed",
        "atexit.txt": "at exit",
        "thread.txt": "a thread's last word",
    }


def test_a_kernel_that_is_killed_is_told_as_dead_and_others_go_on(warm: dict[str, str]) -> None:
    with pytest.raises(DeadKernelError):
        executed(warm, ["import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"])
    assert printed(warm, ORIGIN) == ["True"]


def test_a_cell_that_takes_too_long_is_interrupted_and_the_next_one_runs(warm: dict[str, str]) -> None:
    made = notebook("import time\ntime.sleep(600)", "print('on')")
    bounds: dict[str, Any] = {
        "timeout_func": lambda cell: 1 if "sleep" in cell.source else 600,
        "interrupt_on_timeout": True,
    }
    client = NotebookClient(made, allow_errors=True, extra_arguments=QUIET, **bounds)
    with selected(warm):
        client.execute()
    assert made.cells[0].outputs[0].ename == "KeyboardInterrupt"
    assert made.cells[1].outputs[0].text == "on\n"


@contextmanager
def managed(environment: Mapping[str, str], **options: Any) -> Iterator[tuple[Any, Any]]:
    """A kernel and its client, in the hands of jupyter_client."""
    with selected(environment):
        manager, client = start_new_kernel(extra_arguments=QUIET, **options)
        try:
            yield manager, client
        finally:
            client.stop_channels()
            if manager.has_kernel:
                manager.shutdown_kernel()


def value(client: Any, expression: str) -> str:
    """An expression's value in a kernel, as text."""
    reply = client.execute("", user_expressions={"value": expression}, reply=True, timeout=60)
    result = reply["content"]["user_expressions"]["value"]
    return result["data"]["text/plain"] if result["status"] == "ok" else result["ename"]


def test_a_restarted_kernel_is_another_process_with_an_empty_memory(warm: dict[str, str]) -> None:
    with managed(warm) as (manager, client):
        client.execute("x = 1", reply=True, timeout=60)
        before, known = manager.provisioner.pid, value(client, "x")
        manager.restart_kernel()
        client.wait_for_ready(timeout=60)
        after, unknown = manager.provisioner.pid, value(client, "x")
    assert (known, unknown) == ("1", "NameError")
    assert before != after
    assert not is_alive(before)
    assert not is_alive(after)


def test_a_kernel_that_does_not_listen_is_killed(warm: dict[str, str]) -> None:
    with managed(warm) as (manager, client):
        pid = manager.provisioner.pid
        client.execute("import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)", reply=True, timeout=60)
        client.execute("while True:\n    try: time.sleep(600)\n    except KeyboardInterrupt: pass")
        manager.shutdown_wait_time = 1.0
        manager.shutdown_kernel()
        assert not is_alive(pid)


def test_a_kernel_writes_to_the_streams_that_it_is_given(warm: dict[str, str], tmp_path: Path) -> None:
    with (tmp_path / "stream").open("w+") as stream:
        with managed(warm, stdout=stream, stderr=stream) as (_, client):
            client.execute("import os\nos.write(1, b'to the file')", reply=True, timeout=60)
        assert (tmp_path / "stream").read_text() == "to the file"


OWNER = """
import os
from jupyter_client.manager import start_new_kernel
from warm_kernel import zygote
with zygote([]) as environment:
    os.environ.update(environment)
    kernel = start_new_kernel(extra_arguments=["--log-level=50"])[0].provisioner.pid
    server = int(open(f"/proc/{kernel}/stat").read().rsplit(")", 1)[1].split()[1])
    print(kernel, server, flush=True)
    input()
left = [os.path.exists(path) for path in (f"/proc/{kernel}", f"/proc/{server}", environment["WARM_KERNEL_ZYGOTE"])]
print(*map(int, left), flush=True)
os._exit(0)  # the kernel's manager would have it shut down
"""
REQUESTER = """
import os, time
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(extra_arguments=["--log-level=50"])
other = os.fork()
if other:
    print(manager.provisioner.pid, other, flush=True)
time.sleep(600)
"""


@contextmanager
def run(script: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that runs this Python code, killed at the end."""
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, **environment},
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def said(process: subprocess.Popen[str]) -> list[int]:
    """The numbers on the next line of its output."""
    return [int(word) for word in process.stdout.readline().split()] if process.stdout else []


def test_nothing_survives_the_end_of_the_context_manager() -> None:
    with run(OWNER) as owner:
        kernel, server = said(owner)
        assert [is_alive(kernel), is_alive(server)] == [True, True]
        if owner.stdin:
            owner.stdin.write("\n")
            owner.stdin.flush()
        assert said(owner) == [0, 0, 0]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_nothing_survives_the_process_that_started_it(number: int) -> None:
    with run(OWNER) as owner:
        kernel, server = said(owner)
        assert [is_alive(kernel), is_alive(server)] == [True, True]
        owner.send_signal(number)
        assert eventually(lambda: not is_alive(kernel) and not is_alive(server))


def test_a_kernel_dies_with_the_process_that_asked_for_it_even_if_a_fork_of_that_lives(warm: dict[str, str]) -> None:
    with run(REQUESTER, **warm) as requester:
        kernel, fork = said(requester)
        assert is_alive(kernel)
        requester.kill()
        assert eventually(lambda: not is_alive(kernel))
        assert is_alive(fork)
        os.kill(fork, signal.SIGKILL)
    assert printed(warm, ORIGIN) == ["True"]


def test_what_is_no_request_and_who_ends_in_the_middle_do_not_disturb_others(warm: dict[str, str]) -> None:
    for sent in (b"", b"\0", b"\0\0\1\0{", b"\0\0\0\2{}"):
        with socket.socket(socket.AF_UNIX) as caller:
            caller.connect(warm["WARM_KERNEL_ZYGOTE"])
            caller.sendall(sent)
    for _ in range(3):
        with run(REQUESTER, **warm) as requester:
            kernel, fork = said(requester)
            for pid in (kernel, requester.pid, fork):
                os.kill(pid, signal.SIGKILL)
    assert printed(warm, ORIGIN) == ["True"]


def test_without_a_context_manager_a_process_starts_one_zygote_and_it_ends_with_the_process() -> None:
    script = """
from tests.warm_kernel.test_warm_kernel import printed
warm = {"JUPYTER_DEFAULT_PROVISIONER_NAME": "warm-kernel", "WARM_KERNEL_PRELOAD": "colorsys"}
cell = "import os, sys; print(os.getppid(), int('colorsys' in sys.modules))"
for _ in range(2):
    print(printed(warm, cell)[-1], flush=True)
"""
    with run(script) as process:
        (first, has_first), (second, has_second) = said(process), said(process)
        assert (has_first, has_second) == (1, 1)
        assert first == second
        assert eventually(lambda: not is_alive(first))
        assert process.wait() == 0


def test_when_the_zygote_is_gone_kernels_are_spawned_with_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    with zygote(["colorsys"]) as environment:
        server = int(printed(environment, "import os\nprint(os.getppid())")[0])
        with managed(environment) as (manager, _):
            os.kill(server, signal.SIGKILL)
            assert eventually(lambda: not is_alive(manager.provisioner.pid))
            assert not manager.is_alive()
        with caplog.at_level(logging.WARNING):
            assert printed(environment, ORIGIN) == ["False"]
    warnings = [record.getMessage() for record in caplog.records if "spawned" in record.getMessage()]
    assert len(warnings) == 1


def test_a_kernel_is_forked_that_is_asked_for_before_the_modules_are_imported(tmp_path: Path) -> None:
    (tmp_path / "slow.py").write_text(
        "import pathlib, time\ntime.sleep(2)\npathlib.Path(__file__).with_name('done').touch()"
    )
    path = {"PYTHONPATH": str(tmp_path)}
    with zygote(["slow"], path) as environment:
        assert not (tmp_path / "done").exists()
        assert printed({**environment, **path}, ORIGIN + "\nimport sys; print('slow' in sys.modules)") == ["True"] * 2


def test_who_waits_for_a_zygote_that_is_ended_gets_no_kernel(tmp_path: Path) -> None:
    (tmp_path / "slow.py").write_text("import time\ntime.sleep(60)")
    path = {"PYTHONPATH": str(tmp_path)}
    with ThreadPoolExecutor(1) as thread:
        with zygote(["slow"], path) as environment:
            waiting = thread.submit(printed, {**environment, **path}, ORIGIN)
            time.sleep(1)
            assert not waiting.done()
        with pytest.raises(RuntimeError, match="kernels are no longer forked"):
            waiting.result()


THREADED = "import threading, time\nthreading.Thread(target=time.sleep, args=(600,), name='busy', daemon=True).start()"


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("raise OSError('no data here')", "the module flawed cannot be imported: OSError: no data here"),
        (THREADED, "importing flawed leaves 1 more threads running (known to Python: MainThread, busy)"),
        ("import os; os._exit(1)", "the zygote does not answer"),
    ],
)
def test_a_module_that_cannot_be_preloaded_is_told_in_a_sentence(
    code: str, told: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "flawed.py").write_text(code)
    path = {"PYTHONPATH": str(tmp_path)}
    with zygote(["flawed"], path) as environment, caplog.at_level(logging.WARNING):
        for _ in range(2):
            assert printed({**environment, **path}, ORIGIN) == ["False"]
    assert [each.getMessage() for each in caplog.records] == [f"A kernel is spawned, not forked: {told}"] * 2


def test_a_process_whose_own_zygote_cannot_preload_spawns_its_kernels(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        own = {"JUPYTER_DEFAULT_PROVISIONER_NAME": "warm-kernel", "WARM_KERNEL_PRELOAD": "nonesuch"}
        assert printed(own, ORIGIN) == ["False"]
    assert "the module nonesuch cannot be imported: ModuleNotFoundError" in caplog.text


def five_notebooks(number: int) -> list[str]:
    """What five notebooks print, one after another, in this process."""
    with tempfile.TemporaryDirectory() as folder:
        read = "open(f'/proc/{os.getppid()}/cmdline').read()"
        cell = f"import os, numpy\nprint('warm_kernel.zygote' in {read}, {number} + %d)"
        environment = {name: os.environ[name] for name in WARM}
        runs = [printed(environment, cell % each, config=transport(Path(folder))) for each in range(5)]
    return [line for lines in runs for line in lines]


def test_four_processes_run_five_notebooks_each_at_the_same_time(warm: dict[str, str]) -> None:
    with selected(warm), ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        results = list(pool.map(five_notebooks, [0, 10, 20, 30]))
    assert results == [[f"True {number + each}" for each in range(5)] for number in (0, 10, 20, 30)]


def test_a_variable_asks_for_spawned_kernels(warm: dict[str, str]) -> None:
    assert printed({**warm, "WARM_KERNEL_SPAWN": "1"}, ORIGIN) == ["False"]
    with selected({"WARM_KERNEL_SPAWN": "1"}):
        assert not is_available()
        with zygote(MODULES) as environment:
            assert environment == {}


def test_the_kernel_of_another_python_is_spawned(warm: dict[str, str], tmp_path: Path) -> None:
    other = tmp_path / "bin" / "python"
    other.parent.mkdir()
    other.write_text(f'#!/bin/sh\nexport OTHER=1\nexec "{sys.executable}" "$@"\n')
    other.chmod(0o755)
    folder = tmp_path / "kernels" / "other"
    folder.mkdir(parents=True)
    argv = [str(other), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (folder / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "Other", "language": "python"}))
    environment = {**warm, "JUPYTER_PATH": str(tmp_path)}
    cell = f"{ORIGIN}\nprint(os.environ.get('OTHER'))"
    assert printed(environment, cell, kernel_name="other") == ["False", "1"]
    assert printed(environment, cell) == ["True", "None"]


@pytest.mark.parametrize("variable", [("PYTHONHASHSEED", "7"), ("OMP_NUM_THREADS", "2"), ("MPLBACKEND", "svg")])
def test_what_a_fork_comes_too_late_for_is_spawned(variable: tuple[str, str], warm: dict[str, str]) -> None:
    name, content = variable
    cell = f"{ORIGIN}\nprint(os.environ['{name}'])"
    assert printed({**warm, name: content}, cell) == ["False", content]


def test_the_environment_that_the_modules_were_imported_in_is_forked() -> None:
    seeded = {"PYTHONHASHSEED": "7"}
    with zygote([], seeded) as environment:
        assert printed({**environment, **seeded}, f"{ORIGIN}\nprint(hash('x'))")[0] == "True"


def test_the_package_needs_nothing_of_the_project_and_no_papermill() -> None:
    script = """
import sys
import warm_kernel.client, warm_kernel.provisioner, warm_kernel.zygote
print(int(not [name for name in sys.modules if name.startswith(("paritrana", "papermill", "pandas", "numpy"))]))
"""
    with run(script) as process:
        assert said(process) == [1]
