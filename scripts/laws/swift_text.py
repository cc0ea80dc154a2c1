"""Swift source as the laws look at it: what is code, what is comment, where functions begin and end."""

import re
from dataclasses import dataclass

COMMENT_MARK = "~"
_OPENERS = re.compile(r'//|/\*|(#*)("""|")')
_WITHIN_INTERPOLATION = re.compile(r'//|/\*|(#*)("""|")|[()]')


def _blank(text, fill=" "):
    return re.sub(r"[^\n]", fill, text)


class _Masker:
    """Replaces comments and the text of string literals by characters that no law looks for."""

    def __init__(self, source):
        self.source = source
        self.out = []
        self.at = 0

    def mask(self):
        self._code(_OPENERS, closing_depth=None)
        return "".join(self.out)

    def _keep(self, end):
        self.out.append(self.source[self.at : end])
        self.at = end

    def _hide(self, end, fill=" "):
        self.out.append(_blank(self.source[self.at : end], fill))
        self.at = end

    def _code(self, pattern, closing_depth):
        """Copies code up to the end, or, inside an interpolation, up to the parenthesis that closes it."""
        depth = closing_depth
        while True:
            match = pattern.search(self.source, self.at)
            if match is None:
                return self._keep(len(self.source))
            self._keep(match.start())
            token = match.group(0)
            if token == "//":
                end = self.source.find("\n", self.at)
                self._hide(len(self.source) if end < 0 else end, COMMENT_MARK)
            elif token == "/*":
                self._block_comment()
            elif token in "()":
                self._keep(match.end())
                depth += 1 if token == "(" else -1
                if depth == 0:
                    return None
            else:
                self._string(hashes=match.group(1), quote=match.group(2))

    def _block_comment(self):
        depth, position = 0, self.at
        while position < len(self.source):
            if self.source.startswith("/*", position):
                depth, position = depth + 1, position + 2
            elif self.source.startswith("*/", position):
                depth, position = depth - 1, position + 2
                if depth == 0:
                    break
            else:
                position += 1
        self._hide(position, COMMENT_MARK)

    def _string(self, hashes, quote):
        self._keep(self.at + len(hashes) + len(quote))
        stop = re.compile("|".join([re.escape(quote + hashes), re.escape("\\" + hashes) + "(.)?"]), re.S)
        while True:
            match = stop.search(self.source, self.at)
            line_end = self.source.find("\n", self.at) if quote == '"' else -1
            if match is None or 0 <= line_end < match.start():
                # A quote that nothing closes on its line is no string, as in a regular expression.
                return self._hide(len(self.source) if line_end < 0 else line_end)
            if match.group(1) is None:
                self._hide(match.start())
                return self._keep(match.end())
            if match.group(1) == "(":
                self._hide(match.end() - 1)
                self._keep(match.end())
                self._code(_WITHIN_INTERPOLATION, closing_depth=1)
            else:
                self._hide(match.end())


@dataclass
class Function:
    """One `func`, `init` or `subscript` with its body, if it has one."""

    line: int
    name: str
    parameters: int
    body: str
    last_line: int

    @property
    def is_memberwise_init(self):
        """Whether the body does nothing but store its parameters."""
        statements = [line.strip() for line in self.body.splitlines() if line.strip(" " + COMMENT_MARK)]
        return self.name == "init" and all(re.match(r"self\.\w+ = ", each) for each in statements)


class SwiftFile:
    """A file of Swift: its lines as written, and the same text with comments and strings hidden."""

    def __init__(self, text):
        self.lines = text.split("\n")
        self.marked = _Masker(text).mask()
        self.code = self.marked.replace(COMMENT_MARK, " ")

    def line_of(self, offset):
        return self.code.count("\n", 0, offset) + 1

    def functions(self):
        """Every function, wherever it is nested."""
        for match in re.finditer(r"\b(?:func\s+([^\s(<]+)|(init)[?!]?|(subscript))\s*(?=[(<])", self.code):
            if re.search(r"[.\w]$", self.code[: match.start()][-1:]):
                continue  # `super.init(…)`, `self.init(…)`: a call.
            name = next(group for group in match.groups() if group)
            opening = self._after_generics(match.end())
            if opening is None or self.code[opening : opening + 1] != "(":
                continue
            closing = self._closing(opening)
            body_start = self._body(closing + 1)
            line = self.line_of(match.start())
            body, last_line = "", self.line_of(closing)
            if body_start is not None:
                body_end = self._closing(body_start)
                body, last_line = self.marked[body_start + 1 : body_end], self.line_of(body_end)
            parameters = self._arguments(self.code[opening + 1 : closing])
            yield Function(line, name, parameters, body, last_line)

    def _after_generics(self, at):
        if self.code[at] != "<":
            return at
        depth = 0
        for offset in range(at, len(self.code)):
            depth += {"<": 1, ">": -1}.get(self.code[offset], 0)
            if depth == 0:
                return offset + 1
        return None

    def _closing(self, at):
        """The offset of the bracket that closes the one at `at`, or the last offset."""
        depth = 0
        for match in re.compile(r"[(){}\[\]]").finditer(self.code, at):
            depth += 1 if match.group(0) in "({[" else -1
            if depth == 0:
                return match.start()
        return len(self.code) - 1

    def _body(self, at):
        """Where the body of the function whose parameters end before `at` opens; a requirement has none."""
        while at < len(self.code):
            character = self.code[at]
            if character == "{":
                return at
            if character in "};":
                return None
            if character in "([":
                at = self._closing(at)
            elif character == "\n":
                before = self.code[:at].rstrip()[-2:]
                goes_on = re.match(r"\s*(\{|where\b|->|throws\b|async\b|rethrows\b)", self.code[at:])
                if not goes_on and before[-1:] not in (",", "&", ":", "=") and before != "->":
                    return None
            at += 1
        return None

    @staticmethod
    def _arguments(text):
        """How many parameters stand between the parentheses."""
        depth, count = 0, 0
        for offset, character in enumerate(text):
            arrow = character == ">" and text[offset - 1 : offset] == "-"
            if character in "([{<":
                depth += 1
            elif character in ")]}>" and not arrow:
                depth -= 1
            elif character == "," and depth == 0:
                count += 1
        # A trailing comma ends the last parameter and starts none.
        return 0 if not text.strip() else count + (0 if text.rstrip().endswith(",") else 1)
