"""The laws of this code that a search can hold. Each says where it applies, what breaks it, and how to mend that."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from swift_text import SwiftFile

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60
MAX_PARAMETERS = 5

# A module may import those of a lower floor. C libraries and databases have one importer each.
FLOORS = {
    "BotCore": 0,
    "CurlHTTP": 1,
    "OpenSSLCrypto": 1,
    "GitHubAPI": 2,
    "GoogleCloudStorage": 2,
    "Persistence": 2,
    "Playground": 2,
    "Bot": 3,
}
ONLY_IMPORTERS = {
    "CCurl": {"CurlHTTP"},
    "COpenSSL": {"OpenSSLCrypto"},
    "CYAML": {"BotCore"},
    "CExpat": {"BotCore"},
    "CZstd": {"Persistence"},
    "CMalloc": {"Bot"},
    "CPostgreSQL": {"Persistence"},
    "GRDB": {"Persistence"},
    "Hummingbird": {"Playground", "Bot"},
}
CORE_MAY_IMPORT = {"CExpat", "CYAML", "Foundation", "FoundationEssentials", "Mustache"}
_IMPORT = re.compile(
    r"^[ \t]*(?:@\w+[ \t]+)*(?:(?:public|package|internal|fileprivate|private)[ \t]+)?import[ \t]+"
    r"(?:(?:struct|class|enum|protocol|func|let|var|typealias)[ \t]+)?(\w+)",
    re.M,
)


@dataclass
class SourceFile:
    """One file of the tree, read once for all laws."""

    path: str
    text: str

    def __post_init__(self):
        self.lines = self.text.split("\n")
        self.parts = Path(self.path).parts
        self.is_swift = self.path.endswith(".swift")
        self.swift = SwiftFile(self.text) if self.is_swift else None

    @property
    def module(self):
        """The module whose laws hold here; that of the tests of X is X."""
        if len(self.parts) > 2 and self.parts[0] in ("Sources", "Tests"):
            return self.parts[1].removesuffix("Tests")
        return None

    @property
    def is_source(self):
        return self.is_swift and self.parts[0] in ("Sources", "Plugins")

    @property
    def is_core(self):
        return self.is_source and self.module == "BotCore"

    @property
    def is_library(self):
        return self.is_source and self.parts[0] == "Sources" and self.module != "Bot"

    @property
    def is_test(self):
        return self.is_swift and self.parts[0] == "Tests"


@dataclass
class Law:
    """One law: `breaches` yields line and words for each place that breaks it."""

    name: str
    says: str
    mend: str
    applies: Callable
    breaches: Callable


def pattern(expression, text="code"):
    """Breaches at every match of `expression` in the file's code (strings and comments hidden), or in `marked`."""
    compiled = re.compile(expression, re.M)

    def breaches(file):
        searched = getattr(file.swift, text)
        for match in compiled.finditer(searched):
            words = " ".join(match.group(0).split())
            yield file.swift.line_of(match.start()), words

    return breaches


def raw_pattern(expression):
    """Breaches at every match of `expression` in the lines as written."""
    compiled = re.compile(expression)

    def breaches(file):
        for number, line in enumerate(file.lines, 1):
            match = compiled.search(line)
            if match:
                yield number, match.group(0).strip()

    return breaches


def imports(file):
    for match in _IMPORT.finditer(file.swift.code):
        yield file.swift.line_of(match.start(1)), match.group(1)


def wrong_owner(file):
    for line, name in imports(file):
        if file.module is not None and name in ONLY_IMPORTERS and file.module not in ONLY_IMPORTERS[name]:
            yield line, name


def upward_import(file):
    floor = FLOORS.get(file.module)
    for line, name in imports(file):
        if floor is not None and name in FLOORS and FLOORS[name] >= floor:
            yield line, f"{file.module} imports {name}"


def foreign_to_core(file):
    for line, name in imports(file):
        if name not in CORE_MAY_IMPORT and not name.endswith("Collections") and name not in FLOORS:
            yield line, name


def unexplained(expression):
    """Breaches where neither the line nor one of the three above it holds a comment."""
    find = pattern(expression)

    def breaches(file):
        for line, words in find(file):
            if not any("//" in each for each in file.lines[max(0, line - 4) : line]):
                yield line, words

    return breaches


def too_long_file(file):
    count = len(file.text.splitlines())
    if count > MAX_FILE_LINES:
        yield MAX_FILE_LINES + 1, f"{count} lines"


def too_long_function(file):
    for function in file.swift.functions():
        count = function.last_line - function.line + 1
        if count > MAX_FUNCTION_LINES:
            yield function.line, f"{function.name}: {count} lines"


def too_many_parameters(file):
    for function in file.swift.functions():
        if function.parameters > MAX_PARAMETERS and not function.is_memberwise_init:
            yield function.line, f"{function.name}: {function.parameters} parameters"


def rule_template_part(file):
    for part in ("what", "why", "fix"):
        if not re.search(rf"^{part}:[ \t]*\S", file.text, re.M):
            yield 1, f"no '{part}:'"


def _is_source(file):
    return file.is_source


def _is_core(file):
    return file.is_core


def _is_swift(file):
    return file.is_swift


def _is_written(file):
    """What people write here; the data of tests and the seeds of fuzzing may look like anything."""
    return file.is_swift or file.parts[0] not in ("Tests", "Fuzzing", "Examples")


def _is_program(file):
    return file.is_swift or file.parts[0] in ("scripts", ".ci")


_NOT_FOR_A_TYPE = r"(?:Manager|Helpers?|Utils?|Utility|Utilities)"

LAWS = [
    Law("c-library-owner", "a C library or database has one importer",
        "go through the module that owns it", _is_swift, wrong_owner),
    Law("downward-imports", "imports point downwards: Bot, then clients, stores and Playground, then HTTP and crypto, "
        "then BotCore", "move the shared value into BotCore", _is_source, upward_import),
    Law("core-imports", "BotCore does no input, output or logging",
        "let the caller do it and pass the value in", _is_core, foreign_to_core),
    Law("core-io", "BotCore does no input or output", "let the caller read, and take bytes", _is_core,
        pattern(r"\b(?:FileManager|FileHandle|URLSession|ProcessInfo|Process|Thread|InputStream|OutputStream)\b"
                r"|\b(?:String|Data)\(contentsOf(?:File)?:")),
    Law("core-clock", "BotCore never reads a clock", "take a parameter called now", _is_core,
        pattern(r"\bDate\(\)|\b(?:Date|\w*Clock|\w*Instant|DispatchTime)\.now\b|(?<![\w)\]?])\.now\b"
                r"|\b(?:ContinuousClock|SuspendingClock|timeIntervalSinceNow|clock_gettime|gettimeofday)\b"
                r"|\btime\(nil\)")),
    Law("core-random", "BotCore draws nothing at random", "take the generator or the value as a parameter", _is_core,
        pattern(r"\.random\((?![^\n]*\busing:)|\.(?:randomElement|shuffled?)\(\)"
                r"|\bSystemRandomNumberGenerator\b|\bUUID\(\)")),
    Law("core-async", "BotCore returns values at once", "let the caller await, and pass the answer in", _is_core,
        pattern(r"\b(?:async|await)\b")),
    Law("try-question", "a swallowed error turns an outage into a verdict",
        "catch it and say what follows from it", _is_swift, pattern(r"\btry\?")),
    Law("or-false", "not knowing is not no", "make the unknown a case of its own", _is_swift,
        pattern(r"\?\?\s*false\b")),
    Law("empty-catch", "a failure is handled, or the reason why it does not matter is written down",
        "handle it, or write that sentence into the braces", _is_swift,
        pattern(r"\bcatch\b[^{}\n]*\{\s*\}", text="marked")),
    Law("force", "nothing from outside may trap", "unwrap with guard, or throw", _is_source,
        pattern(r"\b(?:try|as)!|[\w)\]\"]!(?!=)")),
    Law("loose-task", "when a function returns, what it started is over",
        "use a task group, or a Service of the one ServiceGroup", _is_source,
        pattern(r"\bTask(?:<[^>{}\n]*>)?\s*(?:\([^(){}]*\)\s*)?\{|\bTask\.detached\b|\bTask(?:<[^>]*>)?\.init\b")),
    Law("fatal-error", "the program ends by its own decision only",
        "throw, or for what cannot be write a precondition with a sentence", _is_source, pattern(r"\bfatalError\b")),
    Law("blocking", "the cooperative pool is as wide as the machine and must not wait",
        "await, or use a thread of your own", _is_source,
        pattern(r"\bThread\.sleep\b|\bDispatchSemaphore\b|(?<![.\w])(?:u|nano)?sleep\(")),
    Law("unchecked", "what the compiler cannot check a sentence explains",
        "write above it why it is safe", _is_swift, unexplained(r"@unchecked\s+Sendable|\bnonisolated\(unsafe\)")),
    Law("library-print", "a library returns what it has to say", "return it, or take a logger",
        lambda file: file.is_library, pattern(r"(?<![\w.])(?:print|debugPrint|dump|NSLog)\(")),
    Law("test-sleep", "a test waits for what happened, never for time to pass", "await the event itself",
        lambda file: file.is_test, pattern(r"\b(?:Task|Thread)\.sleep\b|(?<![.\w])(?:u|nano)?sleep\(")),
    Law("test-disabled", "no test is skipped silently", "mend it, or delete it and say why",
        lambda file: file.is_test, pattern(r"\.disabled\(|\bXCTSkip\b")),
    Law("type-name", "a type is named by a noun of the process", "say what it is or what it holds", _is_swift,
        pattern(rf"\b(?:struct|class|enum|actor|protocol|typealias)\s+\w*{_NOT_FOR_A_TYPE}\b")),
    Law("file-length", f"a file has at most {MAX_FILE_LINES} lines", "split it by topic", _is_program, too_long_file),
    Law("function-length", f"a function has at most {MAX_FUNCTION_LINES} lines", "name its steps", _is_swift,
        too_long_function),
    Law("parameters", f"a function has at most {MAX_PARAMETERS} parameters", "make them a struct", _is_swift,
        too_many_parameters),
    Law("own-machine", "no path of somebody's machine", "take it from a setting, or ask for a temporary folder",
        _is_source, raw_pattern(r"(?<![\w.:/-])/(?:home|root|tmp|work|Users)/")),
    Law("open-end", "what is to be done stands in the tracker, not in the code", "do it, or take the note out",
        _is_written, raw_pattern(r"\b(?:TO[D]O|FIXM[E])\b")),
    Law("trailing-space", "no line ends in blanks", "delete them", _is_written, raw_pattern(r"[ \t]+$")),
    Law("rule-template", "a rule says what is wrong, why it matters and how to mend it",
        "write the line", lambda file: file.path.startswith("templates/rules/"), rule_template_part),
]
